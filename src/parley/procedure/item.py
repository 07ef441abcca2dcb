"""What a case is made of: its statements and what became of each, the questions about them, the states it came through."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.charter.emergency import Plea
from parley.charter.terms import EmergencyRule
from parley.procedure.act import Act
from parley.procedure.because import Because
from parley.procedure.declare import Kind
from parley.procedure.fields import Content
from parley.procedure.ladder import Ladder


@dataclass(slots=True)
class Emergency:
    """That a statement was said under the emergency mandate, and what became of it.

    Attributes:
        rule: the charter's.
        settled: the authority's statement that confirmed or withdrew it; None while neither has.
        withdrawn: whether it withdrew it.
    """

    rule: EmergencyRule
    plea: Plea
    settled: Act | None = None
    withdrawn: bool = False


@dataclass(slots=True)
class Item:
    """One statement of the case, and what became of it.

    Attributes:
        content: its fields as they count: checked; None without sight of them.
        because: why it moves nothing, or None.
        ladders: by addressee, where its kind is to be acknowledged.
        corrects: what a correction corrects in the end; its fields are those of that.
        superseded: reference of its correction.
        released: reference of the second officer's release; "" where none is wanted; None while it is awaited.
        renditions: references.
        emergency: where it was said under the emergency mandate.
    """

    act: Act
    kind: Kind
    content: Content | None
    because: Because | None = None
    ladders: dict[int, Ladder] = field(default_factory=dict)
    corrects: Item | None = None
    superseded: str | None = None
    released: str | None = ""
    renditions: list[str] = field(default_factory=list)
    emergency: Emergency | None = None


@dataclass(slots=True)
class Clarification:
    """A question about a statement. `fields`: what was read back otherwise, where that is the question.

    It is closed by its asker's ``understood``, by a right read-back, or by a correction; `closed` says by which.
    """

    about: str
    asker: int
    opened: str
    opened_ms: int
    fields: tuple[str, ...] = ()
    answers: list[str] = field(default_factory=list)
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A state the case entered, by which statement, when by the clock of its author's node."""

    state: str
    act: Act
