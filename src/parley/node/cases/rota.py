"""The rota: the one accountable watch of every member, as the record tells it, and whom a ring reaches.

Rosters and handovers are statements; what is made of them here is derived, from the record and the time alone, so every node
can tell it of every member. A member without a roster has no rota, and rings reach every officer of its watch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parley.desks.watch import HANDOVER, ROSTER, TAKEN_OVER
from parley.errors import BadInput
from parley.node.cases.cases import Cases
from parley.node.cases.watch import Ring, Stage
from parley.node.core.mechanism import Mechanism
from parley.procedure.fold import CaseFold
from parley.procedure.roster import OnWatch, Roster, on_watch, parse_roster
from parley.record.ids import MemberOrdinal

LOOKED_BACK = 32
"""Handovers that were offered and not taken over, at most, since the last one that was."""

HoldsKey = Callable[[MemberOrdinal, str], bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is accountable at a member, by which statements: `roster`, and `handover` where the watch was taken over since."""

    watch: OnWatch
    roster: str
    handover: str | None
    handing: str | None
    shift: str


@dataclass(frozen=True, slots=True)
class _Known:
    roster: Roster | None
    reference: str
    taken_by: str | None
    handover: str | None
    handing: str | None


class Rota:
    """See the module. `holds_key`: whether a position of a member can sign for its watch now."""

    def __init__(self, mechanism: Mechanism, cases: Cases, holds_key: HoldsKey) -> None:
        self._mechanism = mechanism
        self._cases = cases
        self._holds_key = holds_key
        self._known: dict[MemberOrdinal, _Known] = {}

    def moved(self, case: CaseFold) -> None:
        """A case changed: what is known of its member's watch is read anew when it is next asked for."""
        if case.opening.kind in (ROSTER.name, HANDOVER.name):
            self._known.pop(case.opening.member, None)

    def standing(self, member: MemberOrdinal, now_ms: int) -> Standing | None:
        """Who is accountable at `member`; None where it has no roster."""
        known = self._known.get(member)
        if known is None:
            known = self._known[member] = self._read(member)
        if known.roster is None:
            return None
        watch = on_watch(known.roster, known.taken_by, now_ms, lambda position: self._holds_key(member, position))
        return Standing(watch, known.reference, known.handover, known.handing, known.roster.shift(now_ms).position)

    def _read(self, member: MemberOrdinal) -> _Known:
        log = self._mechanism.current_log(member)
        case = self._cases.latest_of(ROSTER.name, log)
        roster = _roster(case)
        if case is None or roster is None:
            return _Known(None, "", None, None, None)
        offered, taken = None, None
        for one in self._cases.last_of(HANDOVER.name, log, LOOKED_BACK):
            if one.state == TAKEN_OVER:
                taken = one
                break
            if offered is None and not one.is_over:
                offered = one
        return _Known(
            roster, case.opening.reference, _to(taken) if taken is not None else None,
            taken.opening.reference if taken is not None else None, offered.opening.reference if offered is not None else None,
        )  # fmt: skip

    def order(self, member: MemberOrdinal, now_ms: int) -> tuple[str, ...]:
        """The accountable watch and who is rung after it, the liaison last; () where the member has no roster."""
        standing = self.standing(member, now_ms)
        return () if standing is None else (standing.watch.position, *standing.watch.alternates)

    def reached(self, ring: Ring, me: MemberOrdinal, now_ms: int) -> tuple[str, ...]:
        """The positions of this member that a ring reaches; none named where every officer of the watch is.

        Each step of the charter reaches one alternate more, and its last one everybody who is left, the liaison with them.
        """
        order = self.order(me, now_ms)
        steps = len(self._mechanism.charter.terms.clocks.alternates_ms)
        if ring.stage is Stage.MISSED:
            return order[:2]
        return order if steps and ring.alternates >= steps else order[: 1 + ring.alternates]


def _roster(case: CaseFold | None) -> Roster | None:
    content = case.opening.content if case is not None and case.opening.void is None else None
    try:
        return parse_roster(content["roster"]) if content is not None else None
    except (BadInput, KeyError):
        return None


def _to(case: CaseFold) -> str | None:
    to = (case.opening.content or {}).get("to")
    return to if isinstance(to, str) else None
