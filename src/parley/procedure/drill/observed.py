"""What the scorer looks at: what the record shows of a drill, in times of the nodes' clocks and positions, without words.

All times are Unix ms by the clock of the node whose statement or receipt is the proof, as the record has them; lengths are ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung reached, by which statement or receipt, and which position."""

    at_ms: int
    reference: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Critical fields read back otherwise; `right_ms`: when they were put right, None where they were not."""

    at_ms: int
    fields: tuple[str, ...]
    reference: str
    right_ms: int | None


@dataclass(frozen=True, slots=True)
class Passed:
    """Passed on to a unit; `confirmed_ms`: None where the unit has not confirmed."""

    alias: str
    at_ms: int
    confirmed_ms: int | None


@dataclass(frozen=True, slots=True)
class Belief:
    """What an officer held to be the cause."""

    at_ms: int
    cause: str
    position: str
    reference: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """A facilitator's officer acted in the injected case."""

    at_ms: int
    position: str
    reference: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """The charter's clocks for the inject.

    Attributes:
        acknowledge_ms: until a human must have acknowledged.
        alternates_ms, facilitator_ms: when those are rung, after the first ring; empty and None where it does not escalate.
        pass_down_ms: until a unit must have confirmed.
    """

    acknowledge_ms: int
    alternates_ms: tuple[int, ...]
    facilitator_ms: int | None
    pass_down_ms: int


@dataclass(frozen=True, slots=True)
class MemberObserved:
    """One member.

    Attributes:
        addressed: whether the inject was addressed to it.
        facilitates: whether it is rung last.
        order: who has its watch and who is rung after it, in order, when the inject came; () without a roster.
        rungs: ``stored``, ``shown``, ``acknowledged``, ``read-back``, ``passed-on``, ``outcome``.
    """

    code: str
    addressed: bool
    facilitates: bool = False
    order: tuple[str, ...] = ()
    rungs: Mapping[str, Reached] = field(default_factory=dict)
    mismatches: tuple[Mismatch, ...] = ()
    units: tuple[Passed, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    spoke: tuple[Spoke, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """A drill.

    Attributes:
        drill, inject: references.
        led_by: ``code/position``, which is itself not scored.
        said_ms, ended_ms: of the inject; of the drill's end: what came after counts for nothing.
        critical: whether the inject has fields to be read back.
        acts: whether the inject asks a unit to do something: it is to be passed on, and an outcome told.
        about, cause: the member whose silence is to be assessed and the cause in fact, where the drill has them.
    """

    exercise: str
    drill: str
    inject: str
    led_by: str
    said_ms: int
    ended_ms: int
    critical: bool
    acts: bool
    clocks: Clocks
    members: tuple[MemberObserved, ...]
    about: str | None = None
    cause: str | None = None
