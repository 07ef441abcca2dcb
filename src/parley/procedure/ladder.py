"""The ladder: how far one statement has got with one addressee, and by whose word.

signed → stored → shown → acknowledged → read back → passed on → outcome. *Stored* is proven by a receipt in the other
side's own log, everything above it by a statement of one of its officers. *Passed on* is to a unit, known by an alias, and is
not done before that unit has confirmed: until then the pass-down clock runs (see `clocks`). A rung that does not apply (a kind without
critical fields is not read back) is left out. What was read back wrong does not count as acknowledged, unless the kind
acts first: then it counts, and the mismatch is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parley.procedure import handling
from parley.procedure.act import Act
from parley.procedure.critical import critical_in, mismatches
from parley.procedure.declare import Kind
from parley.procedure.fields import Content


class Rung(StrEnum):
    """In their order."""

    STORED = "stored"
    SHOWN = "shown"
    ACKNOWLEDGED = "acknowledged"
    READ_BACK = "read-back"
    PASSED_ON = "passed-on"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rung reached: when, by the clock of whose node; by which statement or receipt; by which position."""

    at_ms: int
    reference: str
    position: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A unit's own word that it has it, as told by an officer: `by` whom there, `how`, and when (`at_ms`, Unix)."""

    mark: Mark
    by: str
    how: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class PassDown:
    """A statement was passed on to a unit; `confirmed`: None until the unit has confirmed."""

    passed: Mark
    confirmed: Confirmation | None = None


@dataclass(slots=True)
class Ladder:
    """See the module.

    Attributes:
        marks: the rungs reached by statements; *stored* is added where receipts are known.
        mismatched: critical fields that this addressee read back otherwise, and has not since read back right.
        declined: who would not take it.
        units: by alias, the units that it was passed on to; one that it is passed on to again is to confirm again.
    """

    marks: dict[Rung, Mark] = field(default_factory=dict)
    mismatched: tuple[str, ...] = ()
    declined: Mark | None = None
    units: dict[str, PassDown] = field(default_factory=dict)

    @property
    def unconfirmed(self) -> list[str]:
        """The units that have not confirmed, in the order in which it was passed on to them."""
        found = [alias for alias, one in self.units.items() if one.confirmed is None]
        return sorted(found, key=lambda alias: self.units[alias].passed.at_ms)

    @property
    def acknowledged(self) -> bool:
        """Whether a human's acknowledgement counts."""
        return Rung.ACKNOWLEDGED in self.marks

    def take(self, act: Act, kind: Kind, said: Content | None) -> None:
        """A handling kind's statement about the one this ladder is of, by an officer of its addressee."""
        mark = Mark(act.at_ms, act.reference, act.position)
        content = act.content or {}
        match act.kind:
            case handling.SHOWN.name:
                self.marks.setdefault(Rung.SHOWN, mark)
            case handling.ACKNOWLEDGE.name:
                self._acknowledge(act, kind, said, mark)
            case handling.PASSED_ON.name:
                passed = Mark(*_head(mark), str(content.get("unit", "")))
                self.marks[Rung.PASSED_ON] = passed
                self.units[passed.detail] = PassDown(passed)
            case handling.UNIT_CONFIRMED.name:
                self._confirm(content, mark)
            case handling.OUTCOME.name:
                self.marks[Rung.OUTCOME] = Mark(*_head(mark), str(content.get("result", "")))
            case handling.DECLINE.name:
                self.declined = mark

    def _confirm(self, content: Content, mark: Mark) -> None:
        """The first confirmation counts; `CaseFold` holds void what names a unit that nothing was passed on to."""
        unit, when = str(content.get("unit", "")), content.get("time")
        known = self.units.get(unit)
        if known is not None and known.confirmed is None:
            said = Confirmation(
                mark, str(content.get("by", "")), str(content.get("how", "")), when if type(when) is int else mark.at_ms
            )
            self.units[unit] = PassDown(known.passed, said)

    def _acknowledge(self, act: Act, kind: Kind, said: Content | None, mark: Mark) -> None:
        self.marks.setdefault(Rung.SHOWN, mark)
        read_back = (act.content or {}).get("read_back")
        given = read_back if isinstance(read_back, Mapping) else {}
        asked = [one.field.name for one in critical_in(kind, said)]
        wrong = mismatches(kind, said, given)
        if asked and not wrong:
            self.marks.setdefault(Rung.READ_BACK, mark)
        if kind.acts_first:  # what is not read back yet may follow; what was read back otherwise stands until put right
            before = self.mismatched
            self.mismatched = tuple(name for name in asked if name in (wrong if name in given else before))
        else:
            self.mismatched = wrong
        if not wrong or kind.acts_first:
            self.marks.setdefault(Rung.ACKNOWLEDGED, mark)
            self.declined = None


def addressed(act: Act) -> Iterable[int]:
    """The members that an act addresses, its own left out."""
    bits = act.addressees & ~(1 << act.member)
    return (member for member in range(bits.bit_length()) if bits >> member & 1)


def _head(mark: Mark) -> tuple[int, str, str]:
    return mark.at_ms, mark.reference, mark.position
