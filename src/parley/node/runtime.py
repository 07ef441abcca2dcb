"""The running node: the core wired to disk, lines, threads and clock (asyncio; nothing here decides anything).

`_pump` carries out the core's effects in order and hands outcomes back. The event loop checks a statement's signature, and
waits for the disk, only where that is quicker than asking another thread (see `verifier`, `disk`). While an own FLASH is on
its way, and after another's came, it stays awake (see `awake`).
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from parley.crypto.sealing import open_sealed
from parley.desks import at_hand
from parley.errors import Misconfigured, ParleyError, Refused, StorageFault
from parley.link.frames import Frame, Push
from parley.node.awake import Awake
from parley.node.cases.casework import CaseMoved, Casework, RangAhead, RingsChanged
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
)
from parley.node.core.mechanism import Mechanism
from parley.node.disk import Disk
from parley.node.home.home import Home
from parley.node.home.secrets import NodeSecrets
from parley.node.lines import Lines
from parley.node.notify import Notifier
from parley.node.presence import Presence
from parley.node.scrub import check_slice, slices
from parley.node.search.searching import Searching
from parley.node.selfcheck import check_roots
from parley.node.status import LineState, NodeStatus, node_status
from parley.node.tak import TakFeed, TakSender
from parley.node.verifier import Verifier
from parley.procedure.fields import Content
from parley.procedure.registry import Desks
from parley.record.ids import MemberOrdinal, TreeSize, log_id
from parley.record.merkle import EMPTY_ROOT
from parley.record.rows import HighWater, Place, WriteBatch
from parley.record.statement import Statement
from parley.store.case_index import CaseIndex
from parley.store.highwater import HighWaterFile
from parley.store.opening import open_store
from parley.store.redo import replay
from parley.store.store import Store

log = logging.getLogger("parley.node")

SCRUB_EVERY_S = 1.0
FOUND_RETRY_S = 1.0
COSIGN_FIRST_S = 5.0
COSIGN_EVERY_S = 86_400.0
LISTENER_QUEUE = 4096
MAX_TIMER_MS = 1000
SWITCH_S = 0.0005
COLLECT_AFTER = (10_000, 20, 20)


class LineChanged(NamedTuple):
    """The line to a peer opened, or closed with the reason `note`."""

    peer: MemberOrdinal
    open: bool
    note: str | None


Event = Confirmed | Arrived | Receipted | Folded | ForkSeen | CaseMoved | RingsChanged | RangAhead | LineChanged


def wall_ms() -> int:
    """This machine's clock, Unix milliseconds."""
    return time.time_ns() // 1_000_000


class Node:
    """See the module. Everything is called on the event loop's thread."""

    def __init__(
        self, home: Home, secrets: NodeSecrets, *, clock_ms: Callable[[], int] = wall_ms, desks: Desks | None = None
    ) -> None:
        self.home = home
        self.secrets = secrets
        self._clock_ms = clock_ms
        self._tickets = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Place]] = {}
        self._listeners: list[asyncio.Queue[Event]] = []
        self._observers: list[Callable[[Event], None]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._timer_due = 0
        self._awake = Awake()
        self._pumping = False
        self._unjudged = False
        self._verifier = Verifier(self._verified)
        self._notes: dict[int, str] = {}
        self.stopped: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()
        self.settings = home.settings()
        self.mechanism = self._load_mechanism()
        me = self.mechanism.ordinal(self.settings.code)
        if me is None:
            raise Misconfigured("settings.code", f"{self.settings.code} is no member of this mechanism", field="code")
        self.me = me
        self.store: Store = open_store(home.database(self.settings))
        self._high_water = HighWaterFile(home.high_water_file)
        if replay(self.store, self._high_water):
            log.info("the last batch before the stop was not in the store yet; it is now")
        if not self.store.heads() and self._high_water.read() is None:
            self._high_water.write(HighWater(log_id(me), TreeSize(0), EMPTY_ROOT))
        self.core = NodeCore(
            me, self.mechanism.current_log(me), secrets.log_key, self.mechanism, self.store,
            high_water=self._high_water.read(), unseal=self._unseal,
        )  # fmt: skip
        self.desks = desks or at_hand()
        self.presence = Presence(self._mandates_of)
        self._notifier = Notifier(self.settings.notify, self.mechanism.banner, positions=self.settings.notify_positions)
        self.casework = Casework(
            self.core, CaseIndex(home.case_index_file), self.desks, now_ms=clock_ms,
            later=asyncio.get_running_loop().call_later, tell=self._tell,
        )  # fmt: skip
        self.searching = Searching(self.core, self.casework, home.search_index_file, self.desks)
        self._tak: TakFeed | None = None
        if self.settings.tak is not None:
            sender = TakSender(self.settings.tak, self.mechanism.code(me), clock_ms)
            self._tak = TakFeed(self.mechanism, self.casework, me, sender, asyncio.get_running_loop().call_later)
        self._disk: Disk | None = None
        self._lines = Lines(home, self.settings, secrets, self.mechanism, me, self, clock_ms)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Resume from the store, then open the lines."""
        _tune_interpreter()
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(check_roots, self.store)
        self._disk = Disk(
            self.store,
            self._high_water,
            durable=partial(loop.call_soon_threadsafe, self._committed),
            failed=lambda fault: loop.call_soon_threadsafe(self._fail, fault),
            later=loop.call_later,
        )
        self.core.start(self._clock_ms())
        self._pump()
        self.casework.start()
        self.searching.feed.start()
        if self._tak is not None:
            self._tak.start()
        if self.core.may_sign() and self._lines.card().fits(self.mechanism.directory(self.core.log).binding):
            await self._found()
        await self._lines.open()
        self._tasks = [
            asyncio.create_task(self._found()),
            asyncio.create_task(self._scrub()),
            asyncio.create_task(self._cosign_daily()),
        ]

    async def stop(self) -> None:
        """Close lines, finish the write under way, close the store."""
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        await self._lines.close()
        for waiter in self._waiting.values():
            if not waiter.done():
                waiter.set_exception(
                    Refused("node.stopping", "the node is stopping", rule="send it again when it runs")
                )
        disk, self._disk = self._disk, None
        if disk is not None:
            await asyncio.to_thread(disk.close)
            self._high_water.close()
        await asyncio.to_thread(self._verifier.close)
        await self.searching.close()
        self.casework.close()
        await asyncio.to_thread(self._notifier.close)
        if self._tak is not None:
            await asyncio.to_thread(self._tak.close)
        self.store.close()
        if not self.stopped.done():
            self.stopped.set_result(None)

    async def submit(self, raw: bytes, content: bytes) -> Place:
        """Record an own officer's signed statement; returns once it is durable.

        Raises:
            ParleyError: it is refused, or the node stops first; in both cases nothing was confirmed.
        """
        return await self._recorded(self.core.submit, raw, content)

    def rehearse(self, statement: Statement, content: Content) -> None:
        """Refuse an own officer's statement that would move nothing in the cases as they stand here.

        Raises:
            Refused: code and reason are those of the void it would be.
        """
        log_held = self.core.log
        self.casework.cases.rehearse(log_held, self.core.record.size(log_held), statement, content, self._clock_ms())
        self.casework.admit(statement, content)

    async def reopen(self, raw: bytes, content: bytes) -> Place:
        """Freeze this member's log and go on in a new one, by its root's ``log.reopen``; as `submit`."""
        return await self._recorded(self.core.reopen, raw, content)

    async def _recorded(self, act: Callable[[int, bytes, bytes, int], None], raw: bytes, content: bytes) -> Place:
        ticket = next(self._tickets)
        waiter: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = waiter
        try:
            act(ticket, raw, content, self._clock_ms())
            self._pump()
            return await waiter
        finally:
            self._waiting.pop(ticket, None)

    def now_ms(self) -> int:
        """This node's clock, Unix ms."""
        return self._clock_ms()

    def status(self) -> NodeStatus:
        """What this node knows of itself and of the lines."""
        states: dict[int, LineState] = {}
        for ordinal in self.mechanism.ordinals:
            offset = self._lines.offset(ordinal)
            states[ordinal] = LineState(
                None if offset is None else offset.offset_ms,
                None if offset is None else offset.round_trip_ms,
                self._notes.get(ordinal),
            )
        return node_status(self.core, states, None if self._tak is None else self._tak.status())

    def listen(self) -> asyncio.Queue[Event]:
        """Live events from now on; a listener that falls `LISTENER_QUEUE` behind misses the rest."""
        queue: asyncio.Queue[Event] = asyncio.Queue(LISTENER_QUEUE)
        self._listeners.append(queue)
        return queue

    def unlisten(self, queue: asyncio.Queue[Event]) -> None:
        """Stop live events to `queue`."""
        self._listeners.remove(queue)

    def observe(self, observer: Callable[[Event], None]) -> None:
        """Have `observer` called with every live event from now on, soon after it: none is missed, and a fault of the
        observer's stays its own."""
        self._observers.append(observer)

    def unobserve(self, observer: Callable[[Event], None]) -> None:
        """Stop live events to `observer`."""
        self._observers.remove(observer)

    def cut(self, code: str) -> None:
        """Close the line to a member and keep it closed until `restore`."""
        self._lines.cut(code)

    def restore(self, code: str) -> None:
        """Open a line that was cut."""
        self._lines.restore(code)

    # ---- what the lines tell -------------------------------------------------------------------------------

    def greeted(self, peer: MemberOrdinal) -> None:
        """A session is open."""
        self._notes.pop(peer, None)
        self.core.link_up(peer, self._clock_ms())
        self._pump()
        self._tell(LineChanged(peer, True, None))

    def frame(self, peer: MemberOrdinal, frame: Frame) -> None:
        """A frame arrived."""
        self.core.receive(peer, frame, self._clock_ms())
        self._pump()

    def closed(self, peer: MemberOrdinal, code: str, reason: str) -> None:
        """A session ended."""
        self._notes[peer] = f"{reason} [{code}]"
        self.core.link_down(peer, self._clock_ms())
        self._pump()
        self._tell(LineChanged(peer, False, self._notes[peer]))

    # ---- inside --------------------------------------------------------------------------------------------

    def _mandates_of(self, position: str) -> tuple[str, ...]:
        """The mandates of the officer who holds `position` now."""
        officer = self.mechanism.directory(self.mechanism.current_log(self.me)).holder(position)
        return () if officer is None else officer.mandates

    def _load_mechanism(self) -> Mechanism:
        return Mechanism.of(self.home.load_charter())

    async def _scrub(self) -> None:
        """Read the whole store back, slowly, again and again."""
        while True:
            for log_held, branch, first in list(slices(self.store)):
                await asyncio.sleep(SCRUB_EVERY_S)
                try:
                    await asyncio.to_thread(check_slice, self.store, log_held, branch, first)
                except StorageFault as fault:
                    self._fail(fault)
                    return
            await asyncio.sleep(SCRUB_EVERY_S)

    async def _cosign_daily(self) -> None:
        while True:
            await asyncio.sleep(COSIGN_FIRST_S)
            self.core.cosign(self.secrets.pq_key, self._clock_ms())
            self._pump()
            await asyncio.sleep(COSIGN_EVERY_S - COSIGN_FIRST_S)

    async def _found(self) -> None:
        """A log is shown to nobody before it holds this node's own certificate: record it as soon as may be.

        That of a reopened log is signed by the root when it is reopened, or later: `parley reopen` goes on from there.
        """
        card = self._lines.card()
        while not self.mechanism.any_keys(self.core.log):
            fits = card.fits(self.mechanism.directory(self.core.log).binding)
            if fits and self.core.may_sign() and self.core.record.size(self.core.log) > 0:
                await self.submit(card.statement, card.content)
            else:
                await asyncio.sleep(FOUND_RETRY_S)

    def _unseal(self, sealed: bytes, info: bytes) -> bytes:
        return open_sealed(self.secrets.seal_key, sealed, info)

    def _pump(self) -> None:
        if self._pumping:
            return
        self._pumping = True
        try:
            self._carry_out_all()
            while self._unjudged:  # a receipt does not wait for it
                self._unjudged = False
                self._lines.flush()
                self._verifier.check(self.core.judge(self._clock_ms()))
                self._carry_out_all()
        finally:
            self._pumping = False
        self._lines.flush()
        self._set_timer()

    def _carry_out_all(self) -> None:
        while effects := self.core.effects():
            for effect in effects:
                self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Commit(batch):
                self._commit(batch)
            case Send(peer, frame, urgent):
                if urgent and isinstance(frame, Push) and frame.log == self.core.log:
                    self._awake.stay()
                self._lines.send(peer, frame, urgent=urgent)
            case Unjudged():
                self._unjudged = True
            case Confirmed(ticket, place, _):
                self._settle(ticket, place)
                self._tell(effect)
            case Rejected(ticket, error):
                self._settle(ticket, error)
            case Cut(peer, code, reason):
                log.warning("line to %s closed: %s [%s]", self.mechanism.code(peer), reason, code)
                self._lines.disconnect(peer, code, reason)
                self._notes[peer] = f"cut off: {reason} [{code}]"
            case Parted(forked):
                self.casework.parted(forked)
            case ForkSeen(evidence):
                log.error("the log of %s is forked; both checkpoints are kept", self.mechanism.log_name(evidence.log))
                self._tell(effect)
            case Receipted():
                self._awake.rest()
                self._tell(effect)
            case Durable(logs, receipts, late):
                self.casework.held(logs, receipts, late)
                self.searching.feed.late(late)
            case Arrived(place, statement, durable):
                self.casework.arrived(place, statement, durable=durable)
                self._tell(effect)
            case Folded(judged, 0, _):
                self.casework.judged(judged)
                self.searching.feed.wake()
                self._tell(effect)
            case Folded():
                pass

    def _commit(self, batch: WriteBatch) -> None:
        if self._disk is None or self.stopped.done():
            return
        try:
            durable = self._disk.commit(batch)
        except Exception as fault:
            self._fail(fault)
            return
        if durable:
            self.core.committed(self._clock_ms())

    def _settle(self, ticket: int, outcome: Place | ParleyError) -> None:
        waiter = self._waiting.get(ticket)
        if waiter is None or waiter.done():
            return
        if isinstance(outcome, ParleyError):
            waiter.set_exception(outcome)
        else:
            waiter.set_result(outcome)

    def _tell(self, event: Event) -> None:
        if isinstance(event, RingsChanged):
            self._notifier.notify(((ring, self.casework.reached(ring)) for ring in event.fresh), event.gone)
        if self._tak is not None and isinstance(event, CaseMoved):
            self._tak.moved(event.case)
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(event)
        if self._observers:
            soon = asyncio.get_running_loop().call_soon
            for observer in self._observers:
                soon(observer, event)

    def _verified(self, answers: list[tuple[Place, bool]]) -> None:
        self.core.verified(answers, self._clock_ms())
        self._pump()

    def _committed(self) -> None:
        self.core.committed(self._clock_ms())
        self._pump()

    def _fail(self, fault: BaseException) -> None:
        log.critical("the store failed; this node stops: %s", fault)
        if not self.stopped.done():
            reason = fault if isinstance(fault, ParleyError) else StorageFault("store.failed", str(fault))
            self.stopped.set_result(reason)

    def _set_timer(self) -> None:
        """Come back when something is due. A timer that fires too early does no harm, so it is left alone."""
        due = self.core.next_due()
        if due is None or (self._timer is not None and self._timer_due <= due):
            return
        if self._timer is not None:
            self._timer.cancel()
        now = self._clock_ms()
        self._timer_due = min(max(now, due), now + MAX_TIMER_MS)
        delay_s = (self._timer_due - now) / 1000
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self.core.tick(self._clock_ms())
        self._pump()


def _tune_interpreter() -> None:
    """Set this process up for three threads that mostly wait, and for many objects that live long.

    By default a thread that comes back from the disk or from a verification waits 5 ms for the interpreter beside a
    busy event loop, and the collector of cyclic garbage looks through all that waits every few hundred statements.
    """
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(*COLLECT_AFTER)
