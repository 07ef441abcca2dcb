"""One simulated node: the production core and casework, store, high-water mark, clock; crashes and restarts.

It carries out the core's effects as the running node does, without threads: the disk is done some milliseconds after it
was asked, signatures are checked some milliseconds later and in any order. A crash loses everything but the disk: the
cases are made anew, or taken up from their index where the disk keeps one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from parley.crypto.sealing import open_sealed
from parley.desks import at_hand
from parley.errors import LinkFault, ParleyError
from parley.link.frames import Frame, Hello
from parley.node.cases.casework import Casework, RingsChanged, Told
from parley.node.core.core import NodeCore
from parley.node.core.effects import (
    Arrived,
    Commit,
    Confirmed,
    Cut,
    Durable,
    Effect,
    Folded,
    ForkSeen,
    Parted,
    Receipted,
    Rejected,
    Send,
    Unjudged,
    VerifyJob,
)
from parley.node.core.mechanism import Mechanism
from parley.record.ids import MemberOrdinal
from parley.record.rows import Place, WriteBatch
from parley.store.case_index import CaseIndex
from tests.sim.cell import Cell
from tests.sim.disk import CrashPoint, SimDisk
from tests.sim.world import World

if TYPE_CHECKING:
    from tests.sim.network import Network
    from tests.sim.observer import Observer

VERIFY_CHUNK = 64
WRITE_MS = 12
MAX_TIMER_MS = 1_000
FOUNDING_TICKET = 0
REOPENING_TICKET = -1
DESKS = at_hand()


class SimNode:
    """See the module. `offset_ms` is its clock less the true time."""

    honest = True

    def __init__(
        self, world: World, network: Network, observer: Observer, cell: Cell, ordinal: int, disk: SimDisk
    ) -> None:
        self.world = world
        self.network = network
        self.observer = observer
        self.cell = cell
        self.seat = cell.seats[ordinal]
        self.ordinal = MemberOrdinal(ordinal)
        self.disk = disk
        self.offset_ms = 0
        self.slowest_write_ms = WRITE_MS
        self.alive = False
        self.life = 0
        self.crash_at: CrashPoint | None = None
        self.on_crash: Callable[[], None] | None = None
        self.unconfirmed: dict[int, tuple[bytes, bytes]] = {}
        self.next_ticket = FOUNDING_TICKET + 1
        self.core: NodeCore
        self.casework: Casework
        self.index: CaseIndex | None = None
        self._pumping = False
        self._timer = 0

    # ---- life ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start from what the disk holds."""
        assert not self.alive
        self.world.note(f"{self.seat.code} starts")
        self.alive = True
        self.life += 1
        mechanism = Mechanism(self.cell.charter)
        store = self.disk.open()
        self.core = self.make_core(mechanism, store)
        self.index = self.disk.case_index()
        self.casework = Casework(
            self.core, self.index, DESKS, now_ms=self.clock, tell=self._told,
            later=lambda delay_s, action: self.later(int(delay_s * 1000), action),
        )  # fmt: skip
        unconfirmed, self.unconfirmed = self.unconfirmed, {}
        self.core.start(self.clock())
        self.pump()
        self.casework.start()
        uncertified = not mechanism.any_keys(self.core.log)
        if uncertified:
            self.submit(FOUNDING_TICKET, *self.seat.card_for(mechanism, self.core.log))
        if self.alive and not (uncertified and self.core.may_sign()):
            self.network.node_up(self)
        for ticket, (raw, content) in unconfirmed.items():
            if ticket != FOUNDING_TICKET and self.alive:
                self.observer.resubmitted(self, ticket)
                self.submit(ticket, raw, content)

    def make_core(self, mechanism: Mechanism, store: object) -> NodeCore:
        """The core over an opened store."""
        return NodeCore(
            self.ordinal, mechanism.current_log(self.ordinal), self.seat.secrets.log_key, mechanism, store,
            high_water=self.disk.high_water, unseal=self._unseal,
        )  # fmt: skip

    def crash(self) -> None:
        """Stop without a word; a batch on its way to the disk is not persisted."""
        if not self.alive:
            return
        self.world.note(f"{self.seat.code} crashes")
        self.alive = False
        self.life += 1
        self.crash_at = None
        self._drop_index()
        self.disk.close()
        self.network.node_down(self.ordinal)
        told, self.on_crash = self.on_crash, None
        if told is not None:
            told()

    def remove(self) -> None:
        """The run is over."""
        self._drop_index()
        self.disk.remove()

    def clock(self) -> int:
        """This node's clock, Unix ms."""
        return self.world.now + self.offset_ms

    def jump_clock(self, offset_ms: int) -> None:
        """Set the clock to the true time plus `offset_ms`."""
        self.world.note(f"{self.seat.code}'s clock is {offset_ms} ms off")
        self.offset_ms = offset_ms

    # ---- what comes in -------------------------------------------------------------------------------------

    def submit(self, ticket: int, raw: bytes, content: bytes) -> ParleyError | None:
        """An officer's statement; the refusal, if it is refused at the door."""
        self.unconfirmed[ticket] = (raw, content)
        try:
            self.core.submit(ticket, raw, content, self.clock())
        except ParleyError as error:
            self.world.note(f"{self.seat.code} refuses ticket {ticket}: {error}")
            del self.unconfirmed[ticket]
            return error
        self.pump()
        return None

    def reopen(self, raw: bytes, content: bytes) -> ParleyError | None:
        """The root's ``log.reopen``; the refusal, if it is refused."""
        try:
            self.core.reopen(REOPENING_TICKET, raw, content, self.clock())
        except ParleyError as error:
            return error
        self.pump()
        return None

    def link_up(self, peer: MemberOrdinal) -> None:
        """A session is open."""
        self.core.link_up(peer, self.clock())
        self.pump()

    def link_down(self, peer: MemberOrdinal) -> None:
        """A session ended."""
        self.core.link_down(peer, self.clock())
        self.pump()

    def receive(self, peer: MemberOrdinal, frame: Frame) -> None:
        """A frame arrived."""
        self.core.receive(peer, frame, self.clock())
        self.pump()

    def refuse(self, peer: MemberOrdinal, error: ParleyError) -> None:
        """What arrived is no frame."""
        self.observer.cut(self, peer, error.code, error.reason)

    def hello(self) -> Hello:
        """How this node greets."""
        return Hello(self.cell.charter.mechanism, self.ordinal, *self.seat.card)

    def check_hello(self, hello: Hello) -> None:
        """As `runtime.Node` does, who called over which certificate apart."""
        mechanism = self.core.mechanism
        if mechanism.node_keys_in(hello.ordinal, hello.node_statement, hello.node_content) is None:
            raise LinkFault("hello.uncertified", "its node keys are not certified by that member's root key")

    # ---- effects -------------------------------------------------------------------------------------------

    def pump(self) -> None:
        """Carry out the core's effects, as `runtime.Node` does."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while self.alive and (effects := self.core.effects()):
                self.observer.effects(self, effects)
                for effect in effects:
                    if self.alive:
                        self.carry_out(effect)
        finally:
            self._pumping = False
        if self.alive:
            self._set_timer()

    def carry_out(self, effect: Effect) -> None:
        """Do one effect."""
        match effect:
            case Commit(batch):
                self._commit(batch)
            case Send(peer, frame, urgent):
                self.send(peer, frame, urgent=urgent)
            case Unjudged():
                self._verify(self.core.judge(self.clock()))
            case Confirmed(ticket, place) if ticket == REOPENING_TICKET:
                self.world.note(f"{self.seat.code} goes on in log {place.log}")
                self.submit(FOUNDING_TICKET, *self.seat.card_for(self.core.mechanism, place.log))
            case Confirmed(ticket, place):
                raw, _ = self.unconfirmed.pop(ticket, (b"", b""))
                self.observer.confirmed(self, ticket, place, raw)
                if ticket == FOUNDING_TICKET:
                    self.network.node_up(self)
            case Rejected(ticket, error):
                self.world.note(f"{self.seat.code} rejects ticket {ticket}: {error}")
                self.unconfirmed.pop(ticket, None)
            case Cut(peer, code, reason):
                self.observer.cut(self, peer, code, reason)
                self.network.line(self.ordinal, peer).leave(self.ordinal, code, reason)
            case Parted(log):
                self.casework.parted(log)
            case ForkSeen(evidence):
                self.world.note(f"{self.seat.code} sees a fork of log {evidence.log}")
            case Durable(logs, receipts, late):
                self.casework.held(logs, receipts, late)
            case Arrived(place, statement, durable):
                self.casework.arrived(place, statement, durable=durable)
            case Folded(log, 0, _):
                self.casework.judged(log)
            case Folded() | Receipted():
                pass

    def send(self, peer: MemberOrdinal, frame: Frame, *, urgent: bool) -> None:
        """Send a frame."""
        self.observer.sent(self, peer, frame)
        self.network.send(self.ordinal, peer, frame, urgent=urgent)

    def later(self, delay_ms: int, action: Callable[[], None]) -> None:
        """Do `action` later, unless this node has crashed meanwhile."""
        life = self.life

        def run() -> None:
            if self.alive and self.life == life:
                action()

        self.world.after(delay_ms, run)

    def _told(self, told: Told) -> None:
        if isinstance(told, RingsChanged):
            for ring in told.fresh:
                self.observer.rang(self, ring)

    def _drop_index(self) -> None:
        """As a crash does: what was not written is gone."""
        index, self.index = self.index, None
        if index is not None:
            index.close()

    def _commit(self, batch: WriteBatch) -> None:
        self.later(self.world.rng.randint(1, self.slowest_write_ms), lambda: self._write(batch))

    def _write(self, batch: WriteBatch) -> None:
        """Persist `batch`, unless the crash planned for this write comes before, amid or after it."""
        crash, self.crash_at = self.crash_at, None
        if crash is CrashPoint.BEFORE_COMMIT:
            self.crash()
            return
        self.disk.store.commit(batch)
        if crash is CrashPoint.BEFORE_HIGH_WATER:
            self.crash()
            return
        if batch.high_water is not None:
            self.disk.set_high_water(batch.high_water)
        if crash is CrashPoint.BEFORE_REPORT:
            self.crash()
            return
        self.core.committed(self.clock())
        self.pump()

    def _verify(self, jobs: tuple[VerifyJob, ...]) -> None:
        shuffled = self.world.rng.sample(jobs, len(jobs))
        for first in range(0, len(shuffled), VERIFY_CHUNK):
            chunk = shuffled[first : first + VERIFY_CHUNK]
            self.later(self.world.rng.randint(0, 40), lambda chunk=chunk: self._verified(chunk))

    def _verified(self, jobs: list[VerifyJob]) -> None:
        answers: list[tuple[Place, bool]] = [(job.place, job.statement.sign1.verify(job.key)) for job in jobs]
        self.core.verified(answers, self.clock())
        self.pump()

    def _set_timer(self) -> None:
        due = self.core.next_due()
        if due is None:
            return
        self._timer += 1
        number = self._timer

        def fire() -> None:
            if self._timer == number:
                self.core.tick(self.clock())
                self.pump()

        self.later(min(max(1, due - self.clock()), MAX_TIMER_MS), fire)

    def _unseal(self, sealed: bytes, info: bytes) -> bytes:
        return open_sealed(self.seat.secrets.seal_key, sealed, info)
