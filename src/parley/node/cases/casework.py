"""Casework: what the desks of a running node need done. It feeds verified statements to the cases, keeps the watch and the
account of silence, and tells what changed.

Judged statements come from the core as log positions (`judged`), once the judgement is durable: what a crash undoes is in
no case. They are taken a slice at a time between other work, and a
backlog only once all of it is judged: a FLASH that comes meanwhile is not kept waiting. Called on the event loop's thread;
`later` and `now_ms` are the only things it knows of loop and clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from parley.desks.deescalation import COORDINATION, STANDING
from parley.node.cases.cases import Cases
from parley.node.cases.conflicts import Conflicts
from parley.node.cases.rota import Rota
from parley.node.cases.silence import PeerFacts, PeerSilence, Report, Said, Unmet, account
from parley.node.cases.watch import WATCH_MANDATE, Change, Ring, Ringing, Watch, escalates
from parley.node.core.core import NodeCore
from parley.procedure import handling
from parley.procedure.act import Act
from parley.procedure.clocks import Clock
from parley.procedure.fields import Content
from parley.procedure.fold import CaseFold
from parley.procedure.ladder import Rung
from parley.procedure.registry import Desks
from parley.record.ids import LogId, MemberOrdinal, Seq
from parley.record.rows import Place, ReceiptRow
from parley.record.statement import Precedence, Statement
from parley.store.case_index import CaseIndex, CaseKey, Passed

SLICE_S = 0.005
BACKLOG_ENTRIES = 1_024
FLUSH_S = 0.25
MANY, PAUSE_S = 1_024, 0.045
READ_AT_START_S = 0.2
COORDINATIONS_READ = 1_000
MAX_TIMER_MS = 1_000
UNACTED = frozenset({handling.SHOWN.name})
"""Acts that a screen signs by itself: no sign of a human."""


def pause(left: int) -> float:
    """How long to leave the processor to others between two slices, in s: what is a backlog can wait."""
    return PAUSE_S if left > MANY else 0.0


Later = Callable[[float, Callable[[], None]], object]


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A case changed: by these statements, or, where there are none, by what is known about them."""

    case: CaseFold
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class RingsChanged:
    """What rings at this member's desks changed: `fresh` did not, less far, or not these people before; `gone` does not so any
    more."""

    fresh: tuple[Ring, ...]
    gone: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class RangAhead:
    """A FLASH is verified and rings at once, though what stands before it is not in its cases yet."""

    place: Place
    statement: Statement
    durable: bool


Told = CaseMoved | RingsChanged | RangAhead


class Casework:
    """See the module."""

    def __init__(
        self, core: NodeCore, index: CaseIndex, desks: Desks, *, now_ms: Callable[[], int], later: Later,
        tell: Callable[[Told], None],
    ) -> None:  # fmt: skip
        self._core = core
        self._index = index
        self._now_ms = now_ms
        self._later = later
        self._tell = tell
        self._upto: dict[LogId, int] = {}
        self._receipts: list[ReceiptRow] = []
        self._receipted: dict[CaseKey, None] = {}
        self._telling = False
        self._parted: set[LogId] = set()
        self._bases: dict[LogId, int] = {}
        self._again: dict[LogId, int] = {}
        self._late: set[Place] = set()
        self._working = False
        self._flushing = False
        self._closed = False
        self._watch = Watch(core.me)
        self._watching: int | None = None
        self._order: tuple[str, ...] | None = None
        self._human_ms: dict[int, int] = {}
        self.cases = Cases(
            core.mechanism, core.reader, index, desks, voids_in=core.voids_in, fork_base=core.fork_base, latest=self._latest,
            changed=self._moved,
        )  # fmt: skip
        self.rota = Rota(core.mechanism, self.cases, self._holds_key)
        self.conflicts = Conflicts()
        self._standing: list[CaseKey] = []

    def now_ms(self) -> int:
        """The time by this node's clock."""
        return self._now_ms()

    def _holds_key(self, member: MemberOrdinal, position: str) -> bool:
        mechanism = self._core.mechanism
        officer = mechanism.directory(mechanism.current_log(member)).holder(position)
        return officer is not None and WATCH_MANDATE in officer.mandates

    def start(self) -> None:
        """Take up what was judged before the last stop and not yet put into cases; and what is in cases, but by this
        store, which may be an older one put back, is still to be judged."""
        self._again = {log: self._core.judged(log) for log in self.cases.logs()}
        self._late.update(
            Place(one.log, 0, Seq(one.seq)) for one in self.cases.passed(self._core.me) if self._is_there(one)
        )
        for log in {*self._core.record.logs(), *self._again}:
            self.parted(log)
            self.judged(log)
        self._read_running(READ_AT_START_S)
        self._standing = self.cases.open_keys(STANDING)
        self._read_standing()
        self._keep_watch()

    def close(self) -> None:
        """Write the index and let go of it."""
        self._closed = True
        self.cases.flush()
        self._index.close()

    # ---- what comes in -----------------------------------------------------------------------------------------

    def judged(self, log: LogId) -> None:
        """More of a log may be judged."""
        upto = self._upto[log] = max(self._core.judged(log), self._upto.get(log, 0))
        if upto > self.cases.progress(log) or upto > self._again.get(log, upto) or self._late:
            self._work_soon()

    def held(self, logs: Iterable[LogId], receipts: Sequence[ReceiptRow], late: Sequence[Place]) -> None:
        """A batch is durable: more of `logs` may be judged, `receipts` name statements as held by members, and what was
        missing at `late` is there, and may have been passed over."""
        self._late.update(late)
        for log in logs:
            self.judged(log)
        if receipts:
            self._receipts += receipts
            self._work_soon()

    def arrived(self, place: Place, statement: Statement, *, durable: bool) -> None:
        """A statement of another member is verified."""
        behind = not durable or place.seq - self.cases.progress(place.log) > BACKLOG_ENTRIES
        if behind and statement.fields.precedence is Precedence.FLASH:
            self._tell(RangAhead(place, statement, durable))

    def parted(self, log: LogId) -> None:
        """Two histories of a log are held, and where they part may be known better."""
        self._parted.add(log)
        self._work_soon()

    def admit(self, statement: Statement, content: Content) -> None:
        """Refuse an own officer's statement that would be filed blind, over ground or times that are none.

        Raises:
            ParleyError: as `conflicts.Conflicts.admit`.
        """
        case = self.cases.case(statement.fields.case) if statement.fields.case is not None else None
        self.conflicts.admit(statement, content, case, self._core.me, self._now_ms())

    # ---- what is known -----------------------------------------------------------------------------------------

    def rings(self) -> list[Ring]:
        """What rings here now, most urgent first."""
        return self._watch.current()

    def reached(self, ring: Ring) -> tuple[str, ...]:
        """The positions here that a ring reaches now; none named where every officer of the watch is."""
        return self.rota.reached(ring, self._core.me, self._now_ms())

    def clocks(self) -> list[Clock]:
        """Every clock that runs or has run out unmet, soonest first."""
        found = (clock for own in self.cases.running() for clock in own.clocks)
        return sorted(found, key=lambda clock: (clock.due_ms, clock.about, clock.member))

    def silence(self) -> list[PeerSilence]:
        """What can be said of every other member."""
        mechanism, now = self._core.mechanism, self._now_ms()
        running = self.clocks()
        facts = [self._facts(ordinal, running, now) for ordinal in mechanism.ordinals if ordinal != self._core.me]
        return account(facts, mechanism.code(self._core.me), now)

    def standing_read(self) -> bool:
        """Whether all that stood when the node stopped is taken up: until then, conflicts may be missing."""
        return not self._standing

    def caught_up(self) -> bool:
        """Whether every judged statement is in its case, and what receipts say of cases is told."""
        return not self._behind() and not self._receipted

    # ---- inside --------------------------------------------------------------------------------------------------

    def _latest(self) -> dict[MemberOrdinal, int]:
        mechanism, record = self._core.mechanism, self._core.record
        return {ordinal: record.primary(mechanism.current_log(ordinal)).clock for ordinal in mechanism.ordinals}

    def _behind(self) -> int:
        return sum(max(0, upto - self.cases.progress(log)) for log, upto in self._upto.items())

    def _work_soon(self, after_s: float = 0) -> None:
        if not self._working and not self._closed:
            self._working = True
            self._later(after_s, self._work)

    def _work(self) -> None:
        self._working = False
        if self._closed:
            return
        receipts, self._receipts = self._receipts, []
        for row in receipts:
            self._receipted |= dict.fromkeys(self.cases.receipted(row.log, row.first, row.count))
        self._take_again()
        if self._core.folding.backlog() > BACKLOG_ENTRIES:
            self._working = True
            self._later(FLUSH_S, self._work)
            return
        end, behind = time.perf_counter() + SLICE_S, self._behind()
        for log, upto in self._upto.items():
            while self.cases.take(log, upto) and time.perf_counter() < end:
                pass
        if 0 < self._behind() < behind:
            self._work_soon(pause(self._behind()))
        if self._receipted and not self._telling:
            self._tell_receipted()
        self._keep_watch()
        self._flush_soon()

    def _read_running(self, slice_s: float = SLICE_S) -> None:
        """Take up the clocks that ran when the node stopped, the soonest due first; of very many a few at a time."""
        end = time.perf_counter() + slice_s
        while not self._closed and (found := self.cases.read_running()) is not None:
            case, running = found
            self._watch.set(case.opening.reference, self._ringing(case, running), self._core.mechanism.charter, 0)
            if time.perf_counter() >= end:
                self._later(PAUSE_S, self._read_running_on)
                return

    def _read_standing(self) -> None:
        """Take up what stood when the node stopped: its volumes, and how what clashes was settled; a few at a time."""
        end = time.perf_counter() + SLICE_S
        while self._standing and not self._closed:
            case = self.cases.case_at(self._standing.pop())
            if case is not None:
                self.conflicts.moved(case, self._codes())
            if time.perf_counter() >= end:
                self._later(PAUSE_S if self._standing else 0, self._read_standing)
                return
        if self._closed:
            return
        for log in map(self._core.mechanism.current_log, self._core.mechanism.ordinals):
            for case in reversed(self.cases.last_of(COORDINATION.name, log, COORDINATIONS_READ)):
                self.conflicts.moved(case, self._codes())

    def _codes(self) -> list[str]:
        return [member.code for member in self._core.mechanism.charter.members]

    def _read_running_on(self) -> None:
        self._read_running()
        self._keep_watch()

    def _tell_receipted(self) -> None:
        """Tell the cases that receipts have changed, the latest first."""
        self._telling = bool(self._receipted) and not self._closed
        if not self._telling:
            return
        end = time.perf_counter() + SLICE_S
        while self._receipted:
            self.cases.tell(self._receipted.popitem()[0])
            if time.perf_counter() >= end:
                break
        self._later(pause(len(self._receipted)), self._tell_receipted)
        self._flush_soon()

    def _take_again(self) -> None:
        """Statements that count otherwise than they did, or were passed over, when their log was taken."""
        parted, self._parted = self._parted, set()
        for log in parted:
            base, known = self._core.fork_base(log), self._bases.get(log)
            if base is not None and base != known:
                self._bases[log] = base
                self.cases.take_again(log, base if known is None else min(base, known), self.cases.progress(log))
                self.cases.tell_clocks()
        for log, first in list(self._again.items()):
            upto = min(self._upto[log], self.cases.progress(log))
            if upto > first:
                self.cases.take_again(log, first, upto)
                self._again[log] = upto
            if upto == self.cases.progress(log):
                del self._again[log]
        for place in sorted(self._late):
            if place.seq < self._core.judged(place.log):
                self._late.discard(place)
                self.cases.take_again(place.log, place.seq, min(place.seq + 1, self.cases.progress(place.log)))

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            self._later(FLUSH_S, self._flush)

    def _flush(self) -> None:
        self._flushing = False
        if not self._closed:
            self.cases.flush()

    def _moved(self, case: CaseFold, running: Sequence[Clock], acts: Sequence[Act]) -> None:
        for act in acts:
            if act.kind not in UNACTED and act.void is None:
                self._human_ms[act.member] = max(self._human_ms.get(act.member, 0), act.at_ms)
        self.rota.moved(case)
        self.conflicts.moved(case, self._codes())
        self._tell(CaseMoved(case, tuple(acts)))
        ringing = self._ringing(case, running)
        self._ring(self._watch.set(case.opening.reference, ringing, self._core.mechanism.charter, self._now_ms()))

    def _keep_watch(self) -> None:
        """Let time pass on the watch, and come back when it changes something, or to see whether the clock was set."""
        if self._closed:
            return
        now = self._now_ms()
        self._ring(self._watch.advance(self._core.mechanism.charter, now))
        self._relieve(now)
        due = self._watch.next_due()
        if due is None and self._watch.rings():
            due = now + MAX_TIMER_MS
        if due is not None and (self._watching is None or due < self._watching):
            self._watching = due
            self._later(min(max(0, due - now), MAX_TIMER_MS) / 1000, self._watch_again)

    def _watch_again(self) -> None:
        self._watching = None
        self._keep_watch()

    def _relieve(self, now: int) -> None:
        """Another has the watch than before, or others are rung after it: what rings reaches them too."""
        before, self._order = self._order, self.rota.order(self._core.me, now) if self._watch.rings() else None
        if before is not None and self._order is not None and self._order != before:
            self._tell(RingsChanged(tuple(self._watch.current()), ()))

    def _ring(self, change: Change) -> None:
        if change.fresh or change.gone:
            self._tell(RingsChanged(change.fresh, change.gone))

    def _ringing(self, case: CaseFold, running: Sequence[Clock]) -> list[Ringing]:
        found: list[Ringing] = []
        for clock in running:
            item = case.item_at(clock.about)
            if item is None or not item.kind.rings:
                continue
            author = f"{self._core.mechanism.code(item.act.member)}/{item.act.position}"
            urgent = escalates(item.act.precedence, life_safety=item.kind.life_safety)
            found.append(Ringing(clock, item.act.kind, author, urgent))
        return found

    def _facts(self, ordinal: MemberOrdinal, running: Sequence[Clock], now: int) -> PeerFacts:
        mechanism, peers = self._core.mechanism, self._core.traffic.peers
        peer = peers[ordinal]
        reports = tuple(
            Report(mechanism.code(other.ordinal), bool(other.reach >> ordinal & 1), other.reach_ms)
            for other in peers.up() if other.ordinal != ordinal and other.reach_ms
        )  # fmt: skip
        unmet = tuple(
            Unmet(clock.about, clock.due_ms, clock.stored) for clock in running if clock.member == ordinal and clock.due_ms <= now
        )  # fmt: skip
        latest = self._core.record.primary(mechanism.current_log(ordinal))
        heard = None if not latest.size else (peer.since_ms if peer.up else self._entry_ms(latest.log, latest.size - 1))
        return PeerFacts(
            mechanism.code(ordinal), peer.up, peer.since_ms, heard, self._human_ms.get(ordinal), reports, unmet, self._said(ordinal)
        )  # fmt: skip

    def _is_there(self, passed: Passed) -> bool:
        """Whether what was passed over is held by now; a node that stopped in between was not told."""
        rows = self._core.reader.entries(passed.log, 0, passed.seq, 1)
        return bool(rows) and rows[0].statement is not None

    def _entry_ms(self, log: LogId, seq: int) -> int | None:
        rows = self._core.reader.entries(log, 0, seq, 1)
        return int(rows[0].at_ms) if rows else None

    def _said(self, ordinal: MemberOrdinal) -> tuple[Said, ...]:
        """Declined and refused by a member, of what still runs."""
        found: list[Said] = []
        for case in self.cases.running_cases():
            for item in case.items:
                ladder = item.ladders.get(ordinal)
                if ladder is None or item.superseded is not None:
                    continue
                outcome = ladder.marks.get(Rung.OUTCOME)
                if outcome is not None and outcome.detail == handling.REFUSED:
                    found.append(Said(item.act.reference, outcome.at_ms, refused=True))
                if ladder.declined is not None:
                    found.append(Said(item.act.reference, ladder.declined.at_ms, refused=False))
        return tuple(found)
