"""One session with one peer, a pure state machine: bytes and time come in, bytes and events go out. No I/O, no clock.

The dialling side greets first; the other side greets only once it has accepted that HELLO, so that it can still turn
the line down. Cues and what they lead to (`TRANSITIONS`; `test_session` holds the two together):

    |          | HELLO   | FRAME   | FAULT   | LEAVE   | BYE     | DRAINED  | LOST   |
    | -------- | ------- | ------- | ------- | ------- | ------- | -------- | ------ |
    | GREETING | OPEN    | CLOSING | CLOSING | CLOSING | CLOSED  | GREETING | CLOSED |
    | OPEN     | CLOSING | OPEN    | CLOSING | CLOSING | CLOSED  | OPEN     | CLOSED |
    | CLOSING  | CLOSING | CLOSING | CLOSING | CLOSING | CLOSING | CLOSED   | CLOSED |
    | CLOSED   | CLOSED  | CLOSED  | CLOSED  | CLOSED  | CLOSED  | CLOSED   | CLOSED |

Rules:

* a peer that breaks a rule (FAULT) is told which by BYE, and nothing after the fault is read;
* FLASH first, order kept within each log: see `lanes`. Probes and echoes count as urgent: they are small, and a line
  full of backlog must not look dead or slow;
* every queue is bounded, towards the peer (`send` gives False) and from it (BYE ``link.flood``);
* time-outs count on a time line of the session's own, which no jump of the node's clock can shorten: a step of it is
  never longer than `MAX_STEP_MS` nor negative. Call `tick` more often than that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from parley.errors import LinkFault, ParleyError
from parley.link.codec import FrameReader, encode_frame
from parley.link.forms import MAX_REASON_CHARS
from parley.link.frames import LINK_VERSION, Blob, Bye, Echo, Frame, Hello, Probe, Push
from parley.link.lanes import BOUNDS, Bounds, Lane, Lanes
from parley.link.offset import Offset, OffsetEstimate, measure
from parley.record.ids import MemberOrdinal

GREETING_LIMIT_MS = 10_000
PROBE_INTERVAL_MS = 5_000
SILENCE_LIMIT_MS = 16_000
CLOSING_LIMIT_MS = 3_000
MAX_STEP_MS = 2_000
MAX_PROBES_OUT = 4
MAX_UNREAD_FRAMES = 4096
MAX_UNREAD_BYTES = 16 << 20
FRAMES_PER_SECOND = 20_000
MAX_BURST_FRAMES = 40_000
PROBE_COST = 100  # in frames: each costs an ECHO, and ECHOs must never fill the urgent lane


class State(Enum):
    """Where a session stands."""

    GREETING = auto()
    OPEN = auto()
    CLOSING = auto()
    CLOSED = auto()


class Cue(Enum):
    """What moves it: a good HELLO, any other frame, a broken rule or time-out, our own leave, the peer's BYE, our BYE
    written, the line gone."""

    HELLO = auto()
    FRAME = auto()
    FAULT = auto()
    LEAVE = auto()
    BYE = auto()
    DRAINED = auto()
    LOST = auto()


def _row(*states: State) -> dict[Cue, State]:
    return dict(zip(Cue, states, strict=True))


_G, _O, _C, _X = State
TRANSITIONS: Mapping[State, Mapping[Cue, State]] = {
    State.GREETING: _row(_O, _C, _C, _C, _X, _G, _X),
    State.OPEN: _row(_C, _O, _C, _C, _X, _O, _X),
    State.CLOSING: _row(_C, _C, _C, _C, _C, _X, _X),
    State.CLOSED: _row(_X, _X, _X, _X, _X, _X, _X),
}


@dataclass(frozen=True, slots=True)
class Greeted:
    """The peer is who it must be, and the session is open."""

    hello: Hello


@dataclass(frozen=True, slots=True)
class Received:
    """A frame from the greeted peer."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Closed:
    """The session is over; told once. `by_peer` where the peer said BYE or the line went."""

    code: str
    reason: str
    by_peer: bool


Event = Greeted | Received | Closed


class Session:
    """See the module. `now` is this node's clock in Unix ms.

    Args:
        local: what this node says of itself.
        check_hello: raises a `ParleyError` where a peer's HELLO is not certified as it must be.
        initiator: whether this side dialled.
        expected: the member dialled, or None where any member may call.
        bounds: of the three lanes.
    """

    def __init__(
        self,
        local: Hello,
        check_hello: Callable[[Hello], None],
        *,
        initiator: bool,
        expected: MemberOrdinal | None = None,
        bounds: Bounds = BOUNDS,
    ) -> None:
        self.state = State.GREETING
        self._local = local
        self._check_hello = check_hello
        self._initiator = initiator
        self._expected = expected
        self._reader = FrameReader()
        self._lanes = Lanes(bounds)
        self._events: list[Event] = []
        self._unread_frames = 0
        self._unread_bytes = 0
        self._credit = MAX_BURST_FRAMES * 1000
        self._now = 0
        self._elapsed = 0
        self._heard = 0
        self._since = 0
        self._probe_due = 0
        self._probe_ident = 0
        self._probes_out: dict[int, int] = {}
        self._offsets = OffsetEstimate()

    # ---- what comes in ---------------------------------------------------------------------------------------

    def start(self, now: int) -> None:
        """The line is up; the dialling side greets."""
        self._now = now
        if self._initiator:
            self._lanes.put(encode_frame(self._local), Lane.URGENT)

    def receive(self, data: bytes, now: int) -> None:
        """Bytes from the peer, in any split."""
        self._advance(now)
        if self.state not in _LIVE or not data:
            return
        self._heard = self._elapsed
        self._unread_bytes += len(data)
        try:
            for frame in self._reader.feed(data):
                self._take(frame)
                if self.state not in _LIVE:
                    return
            if self._reader.fault is not None:
                raise self._reader.fault
            if self._unread_bytes > MAX_UNREAD_BYTES:
                raise LinkFault("link.flood", f"more than {MAX_UNREAD_BYTES} bytes unread")
        except ParleyError as error:
            self._end(Cue.FAULT, error.code, _sentence(error))

    def send(self, frame: Frame, *, urgent: bool = False) -> bool:
        """Queue `frame`. False, and nothing queued, where its lane is full or the session is not open."""
        if self.state is not State.OPEN:
            return False
        pushes = frame.log if isinstance(frame, Push) else None
        lane = Lane.URGENT if urgent else Lane.BULK if isinstance(frame, Push | Blob) else Lane.NORMAL
        return self._lanes.put(encode_frame(frame), lane, pushes)

    def close(self, code: str, reason: str) -> None:
        """Leave: what waits is dropped, the peer is told why."""
        self._end(Cue.LEAVE, code, reason)

    def tick(self, now: int) -> None:
        """Time passes: probe, or give up on a silent peer."""
        self._advance(now)
        waited = self._elapsed - self._since
        if self.state is State.GREETING and waited >= GREETING_LIMIT_MS:
            self._end(Cue.FAULT, "link.no-hello", f"no HELLO within {GREETING_LIMIT_MS} ms")
        elif self.state is State.OPEN and self._elapsed - self._heard >= SILENCE_LIMIT_MS:
            self._end(Cue.FAULT, "link.silent", f"nothing heard for {SILENCE_LIMIT_MS} ms")
        elif self.state is State.CLOSING and waited >= CLOSING_LIMIT_MS:
            self._move(Cue.DRAINED)
        elif self.state is State.OPEN and self._elapsed >= self._probe_due:
            self._probe()

    def lost(self, code: str = "link.lost", reason: str = "the line went down") -> None:
        """The line is gone, or no longer to be trusted."""
        self._end(Cue.LOST, code, reason, by_peer=True)

    # ---- what goes out ---------------------------------------------------------------------------------------

    def outgoing(self, limit: int) -> bytes:
        """Whole frames to write now, about `limit` bytes; empty where nothing waits."""
        data = self._lanes.take(limit)
        if self.state is State.CLOSING and not self._lanes:
            self._move(Cue.DRAINED)
        return data

    def events(self) -> list[Event]:
        """What happened since the last call, in order."""
        events, self._events = self._events, []
        self._unread_frames = self._unread_bytes = 0
        return events

    def offset(self) -> Offset | None:
        """The peer's clock against ours, once measured."""
        return self._offsets.best()

    @property
    def waiting(self) -> tuple[int, int]:
        """Frames and bytes not yet taken by `outgoing`."""
        return self._lanes.waiting_frames, self._lanes.waiting_bytes

    # ---- inside ----------------------------------------------------------------------------------------------

    def _advance(self, now: int) -> None:
        step = now - self._now
        if not 0 <= step <= MAX_STEP_MS:
            self._offsets.clear()
            self._probes_out.clear()
            step = MAX_STEP_MS if step > 0 else 0
        self._now = now
        self._elapsed += step
        self._credit = min(MAX_BURST_FRAMES * 1000, self._credit + step * FRAMES_PER_SECOND)

    def _take(self, frame: Frame) -> None:
        match frame:
            case Hello() if self.state is State.GREETING:
                self._greet(frame)
            case Bye():
                self._end(Cue.BYE, frame.code, frame.reason, by_peer=True)
            case _ if self.state is State.GREETING:
                self._end(Cue.FRAME, "link.not-greeted", f"{type(frame).__name__} before HELLO")
            case Hello():
                self._end(Cue.HELLO, "link.greeted-twice", "a second HELLO")
            case _:
                self._move(Cue.FRAME)
                self._count(PROBE_COST if isinstance(frame, Probe) else 1)
                self._serve(frame)

    def _greet(self, hello: Hello) -> None:
        if hello.version != LINK_VERSION:
            raise LinkFault("link.version", f"speaks link version {hello.version}", rule=f"version {LINK_VERSION} only")
        if hello.mechanism != self._local.mechanism:
            raise LinkFault("link.mechanism", "belongs to another mechanism", field="mechanism")
        if hello.ordinal == self._local.ordinal:
            raise LinkFault("link.ordinal", "says it is this very member", field="ordinal")
        if self._expected is not None and hello.ordinal != self._expected:
            reason = f"member {hello.ordinal} answered where member {self._expected} was called"
            raise LinkFault("link.ordinal", reason, field="ordinal")
        self._check_hello(hello)
        self._move(Cue.HELLO)
        if not self._initiator:
            self._lanes.put(encode_frame(self._local), Lane.URGENT)
        self._events.append(Greeted(hello))
        self._probe()

    def _count(self, cost: int) -> None:
        self._credit -= 1000 * cost
        self._unread_frames += 1
        if self._credit < 0:
            raise LinkFault("link.flood", "too many frames", rule=f"at most {FRAMES_PER_SECOND} frames a second")
        if self._unread_frames > MAX_UNREAD_FRAMES:
            raise LinkFault("link.flood", "too many frames at once", rule=f"at most {MAX_UNREAD_FRAMES} frames unread")

    def _serve(self, frame: Frame) -> None:
        match frame:
            case Probe():
                echo = Echo(frame.ident, frame.sent_ms, self._now, self._now)
                self._lanes.put(encode_frame(echo), Lane.URGENT)
            case Echo():
                sent = self._probes_out.pop(frame.ident, None)
                sample = None if sent is None else measure(sent, frame.received_ms, frame.replied_ms, self._now)
                if sample is not None:
                    self._offsets.add(sample)
            case _:
                self._events.append(Received(frame))

    def _probe(self) -> None:
        self._probe_due = self._elapsed + PROBE_INTERVAL_MS
        self._probe_ident += 1
        if len(self._probes_out) >= MAX_PROBES_OUT:
            del self._probes_out[min(self._probes_out)]
        self._probes_out[self._probe_ident] = self._now
        self._lanes.put(encode_frame(Probe(self._probe_ident, self._now)), Lane.URGENT)

    def _end(self, cue: Cue, code: str, reason: str, *, by_peer: bool = False) -> None:
        """Move by a cue that ends a live session: tell once, and tell the peer unless it is gone."""
        was_live = self.state in _LIVE
        self._move(cue)
        if not was_live:
            return
        self._lanes.clear()
        reason = _printable(reason)
        if self.state is State.CLOSING:
            self._lanes.put(encode_frame(Bye(code, reason)), Lane.URGENT)
        self._events.append(Closed(code, reason, by_peer))

    def _move(self, cue: Cue) -> None:
        state = TRANSITIONS[self.state][cue]
        if state is not self.state:
            self.state = state
            self._since = self._elapsed
        if state is State.CLOSED:
            self._lanes.clear()


_LIVE = frozenset({State.GREETING, State.OPEN})


def _sentence(error: ParleyError) -> str:
    return f"{error.reason} ({error.rule})" if error.rule else error.reason


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)[:MAX_REASON_CHARS]
