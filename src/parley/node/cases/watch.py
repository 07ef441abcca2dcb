"""The watch: what rings here, for whom, and how far it has escalated. Told from the record's clocks and the time alone.

* A statement that rings does so at its addressees from the moment it is known there, until a human's acknowledgement
  counts.
* FLASH and life-safety kinds (the STOP call) escalate: the charter's alternates join at its times, then the facilitator's
  watch rings, whether or not it was addressed.
* Any other rings once more when its clock is missed.

No contact is named: whoever holds a watch may take it. A node decides only what rings at its own desks; every node can
compute what should ring at the others'.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from parley.charter.charter import Charter
from parley.charter.terms import Role
from parley.procedure.clocks import ACKNOWLEDGE, Clock
from parley.record.statement import Precedence

WATCH_MANDATE = "watch"


class Stage(StrEnum):
    """How far a ring has escalated."""

    FIRST = "first"
    ALTERNATES = "alternates"
    FACILITATOR = "facilitator"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Ringing:
    """What may ring: a statement's acknowledge clock, with what its kind says of it."""

    clock: Clock
    kind: str
    author: str
    escalates: bool


class Change(NamedTuple):
    """What rings that did not, or less far; and what does not any more."""

    fresh: tuple[Ring, ...]
    gone: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """One statement rings at this member's desks.

    Attributes:
        alternates: how many alternates are rung besides those on watch.
        whose: code of the member whose clock it is; another's where the facilitator is rung for it.
    """

    reference: str
    case: str
    kind: str
    author: str
    precedence: int
    stage: Stage
    alternates: int
    whose: str
    since_ms: int
    due_ms: int


class Watch:
    """What rings at member `me`. Cases are set as they change; `advance` lets time pass. Costs grow with what changes."""

    def __init__(self, me: int) -> None:
        self._me = me
        self._ringing: dict[str, tuple[Ringing, ...]] = {}
        self._rings: dict[str, tuple[Ring, ...]] = {}
        self._due: list[tuple[int, str]] = []
        self._latest_ms = 0

    def rings(self) -> bool:
        """Whether anything rings now."""
        return bool(self._rings)

    def current(self) -> list[Ring]:
        """What rings now, most urgent first."""
        found = (ring for own in self._rings.values() for ring in own)
        return sorted(found, key=lambda ring: (-ring.precedence, ring.since_ms, ring.reference))

    def set(self, case: str, ringing: Sequence[Ringing], charter: Charter, now_ms: int) -> Change:
        """What may ring of a case is now this."""
        if ringing:
            self._ringing[case] = tuple(ringing)
        else:
            self._ringing.pop(case, None)
        self._latest_ms = max(self._latest_ms, now_ms)
        return self._settle(case, charter, now_ms)

    def advance(self, charter: Charter, now_ms: int) -> Change:
        """Time has passed; or the clock was put back, and what rings is told anew."""
        cases: list[str] = list(self._ringing) if now_ms < self._latest_ms else []
        self._latest_ms = now_ms
        while self._due and self._due[0][0] <= now_ms:
            cases.append(heapq.heappop(self._due)[1])
        changes = [self._settle(case, charter, now_ms) for case in cases]
        return Change(
            tuple(ring for change in changes for ring in change.fresh), tuple(ring for change in changes for ring in change.gone)
        )  # fmt: skip

    def next_due(self) -> int | None:
        """When `advance` will next change something, at the earliest."""
        return self._due[0][0] if self._due else None

    def _settle(self, case: str, charter: Charter, now_ms: int) -> Change:
        ringing = self._ringing.get(case, ())
        before = self._rings.pop(case, ())
        after = tuple(ring for one in ringing if (ring := _ring(one, charter, self._me, now_ms)) is not None)
        if after:
            self._rings[case] = after
        later = [at for one in ringing for at in _times(one, charter, self._me) if at > now_ms]
        if later:
            heapq.heappush(self._due, (min(later), case))
        return Change(
            tuple(one for one in after if one not in before), tuple(one for one in before if one not in after)
        )


def rings(found: Iterable[Ringing], charter: Charter, me: int, now_ms: int) -> list[Ring]:
    """What rings of `found` at member `me`: any node can tell it of any member."""
    watch = Watch(me)
    watch.set("", tuple(found), charter, now_ms)
    return watch.current()


def _ring(one: Ringing, charter: Charter, me: int, now_ms: int) -> Ring | None:
    clock = one.clock
    if clock.name != ACKNOWLEDGE or clock.stopped_ms is not None:
        return None
    waited = now_ms - clock.since_ms
    terms = charter.terms.clocks
    if clock.member == me:
        alternates = sum(waited >= at for at in terms.alternates_ms) if one.escalates else 0
        stage = Stage.ALTERNATES if alternates else Stage.FIRST
        if not one.escalates and now_ms >= clock.due_ms:
            stage = Stage.MISSED
        return _made(one, charter, stage, alternates)
    if not one.escalates or charter.members[me].role is not Role.FACILITATOR or terms.facilitator_ms is None:
        return None
    return _made(one, charter, Stage.FACILITATOR, 0) if waited >= terms.facilitator_ms else None


def _times(one: Ringing, charter: Charter, me: int) -> Sequence[int]:
    clock, terms = one.clock, charter.terms.clocks
    if clock.stopped_ms is not None:
        return ()
    if clock.member == me:
        return [clock.since_ms + at for at in terms.alternates_ms] if one.escalates else [clock.due_ms]
    return [clock.since_ms + terms.facilitator_ms] if one.escalates and terms.facilitator_ms is not None else ()


def _made(one: Ringing, charter: Charter, stage: Stage, alternates: int) -> Ring:
    clock = one.clock
    return Ring(
        clock.about, clock.case, one.kind, one.author, clock.precedence, stage, alternates, charter.members[clock.member].code,
        clock.since_ms, clock.due_ms,
    )  # fmt: skip


def escalates(precedence: int, *, life_safety: bool) -> bool:
    """Whether alternates and facilitator are rung for a statement."""
    return precedence >= Precedence.FLASH or life_safety
