"""All lines of this node: one live session per peer, whoever dialled it.

Rules:

* when two lines to one peer are open, both ends decide alike which stays (`prefers_new`), and the other is closed
  with ``link.duplicate``; a line that never became the live one is never announced;
* the listener is never called from within one of its own calls: what happens meanwhile waits for it to return;
* what a piece of input made the listener queue is written before control goes back to the event loop. `send` from
  anywhere else is written on the loop's next turn, or at once by `flush`: frames queued together share a TLS record;
* a line `cut` by an administrator stays down in both directions until `restore`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

from parley.link.connection import Connection, LinkIdentity
from parley.link.frames import Frame, Hello
from parley.link.offset import Offset
from parley.link.session import Closed, Event, Greeted, Received
from parley.record.ids import MemberOrdinal

TICK_S = 0.5
CROSSING_LIMIT_S = 5.0
STOP_LIMIT_S = 2.0
MAX_UNGREETED = 64
CUT = "an administrator of the other node cut the line"
DUPLICATE = "another line between these two members stays"


class LinkListener(Protocol):
    """What the node is told; called on the event loop, never from within one of its own calls. `Links.disconnect`,
    `cut` and `renew`, called from elsewhere, tell `closed` before they return."""

    def greeted(self, peer: MemberOrdinal) -> None:
        """A session with `peer` is open."""
        ...

    def frame(self, peer: MemberOrdinal, frame: Frame) -> None:
        """A frame from `peer`."""
        ...

    def closed(self, peer: MemberOrdinal, code: str, reason: str) -> None:
        """The session with `peer` is over; what was queued for it is gone."""
        ...


class Traffic(NamedTuple):
    """Bytes on the wire with one peer since the start, TLS included, TCP/IP not."""

    wire_in: int
    wire_out: int


def prefers_new(*, me: int, peer: int, new_by_me: bool, old_by_me: bool, old_age_s: float) -> bool:
    """Which of two lines to one peer stays.

    Nobody dials a peer it has a line to. So a second line dialled by the same side, or long after the first, shows
    that the first is dead at the other end. Two lines that crossed: the lower ordinal's call stays.
    """
    if new_by_me == old_by_me or old_age_s > CROSSING_LIMIT_S:
        return True
    return new_by_me == (me < peer)


class Links:
    """See the module.

    Args:
        identity: as what this node speaks; replaced by `renew`.
        listener: told of everything.
        check_hello: raises a `ParleyError` unless a HELLO is certified by its member's root key and names the
            TLS certificate (DER) of the connection it came over.
        now_ms: this node's clock, Unix ms.
    """

    def __init__(
        self,
        identity: LinkIdentity,
        listener: LinkListener,
        check_hello: Callable[[Hello, bytes], None],
        now_ms: Callable[[], int],
    ) -> None:
        self.identity = identity
        self.now_ms = now_ms
        self.check_hello = check_hello
        self._listener = listener
        self._live: dict[MemberOrdinal, Connection] = {}
        self._all: dict[Connection, None] = {}
        self._unflushed: dict[Connection, None] = {}
        self._cut: set[MemberOrdinal] = set()
        self._wanted: dict[MemberOrdinal, asyncio.Event] = {}
        self._past: dict[MemberOrdinal, Traffic] = {}
        self._pending: deque[tuple[Connection, Event]] = deque()
        self._telling = False
        self._flush_scheduled = False
        self._stopping = False
        self._timer: asyncio.TimerHandle | None = None

    # ---- for the node ------------------------------------------------------------------------------------------

    def connected(self) -> list[MemberOrdinal]:
        """Peers with an open session, ascending."""
        return sorted(self._live)

    def send(self, peer: MemberOrdinal, frame: Frame, *, urgent: bool = False) -> bool:
        """Queue `frame` for `peer`. False where there is no session, or its lane is full."""
        connection = self._live.get(peer)
        if connection is None or not connection.session.send(frame, urgent=urgent):
            return False
        self._unflushed[connection] = None
        if not self._telling and not self._flush_scheduled:
            self._flush_scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)
        return True

    def flush(self) -> None:
        """Write out now what was queued by `send`."""
        self._flush_scheduled = False
        while self._unflushed:
            connection, _ = self._unflushed.popitem()
            connection.flush()

    def disconnect(self, peer: MemberOrdinal, code: str, reason: str) -> None:
        """End the session with `peer` and say why; the dialler will call again."""
        connection = self._live.get(peer)
        if connection is not None:
            connection.close(code, reason)

    def cut(self, peer: MemberOrdinal) -> None:
        """Take the line to `peer` down, and keep it down in both directions until `restore`."""
        self._cut.add(peer)
        self._note(peer)
        self.disconnect(peer, "link.cut", CUT)
        for connection in list(self._all):
            if connection.dialled == peer and connection.peer is None:
                connection.close("link.cut", CUT)

    def restore(self, peer: MemberOrdinal) -> None:
        """Allow the line to `peer` again; its dialler calls as soon as its back-off allows (see `Dialer.wake`)."""
        self._cut.discard(peer)
        self._note(peer)

    def is_cut(self, peer: MemberOrdinal) -> bool:
        """Whether the line to `peer` is cut by an administrator of this node."""
        return peer in self._cut

    def offset(self, peer: MemberOrdinal) -> Offset | None:
        """The clock of a connected peer against ours, once measured."""
        connection = self._live.get(peer)
        return connection.session.offset() if connection is not None else None

    def waiting(self, peer: MemberOrdinal) -> tuple[int, int]:
        """Frames and bytes queued for `peer` and not yet written."""
        connection = self._live.get(peer)
        return connection.session.waiting if connection is not None else (0, 0)

    def traffic(self, peer: MemberOrdinal) -> Traffic:
        """What was sent and received with `peer` on all greeted lines so far."""
        past = self._past.get(peer, Traffic(0, 0))
        connection = self._live.get(peer)
        if connection is None:
            return past
        return Traffic(past.wire_in + connection.tls.wire_in, past.wire_out + connection.tls.wire_out)

    def renew(self, identity: LinkIdentity) -> None:
        """Speak as `identity` from the next connection on; end lines whose certificate is no longer accepted."""
        self.identity = identity
        for connection in list(self._all):
            if connection.tls.established and connection.tls.certificate not in identity.pinned:
                connection.close("link.certificate", "this certificate is no longer in force")

    async def wanted(self, peer: MemberOrdinal) -> None:
        """Wait until there is reason to dial `peer`: no session, and not cut."""
        await self._wish(peer).wait()

    async def stop(self) -> None:
        """End all sessions politely; nothing is accepted any more."""
        self._stopping = True
        ends = [connection.ended for connection in self._all]
        for connection in list(self._all):
            connection.close("link.stopping", "this node stops")
        if ends:
            await asyncio.wait(ends, timeout=STOP_LIMIT_S)
        for connection in list(self._all):
            connection.abort()

    # ---- for the connections -----------------------------------------------------------------------------------

    def made(self, connection: Connection) -> bool:
        """Take a new connection in, unless there are too many, or none is wanted any more."""
        ungreeted = sum(1 for other in self._all if other.peer is None)
        if self._stopping or ungreeted >= MAX_UNGREETED or self._crossed(connection):
            return False
        self._all[connection] = None
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK_S, self._tick)
        return True

    def happened(self, connection: Connection, events: list[Event]) -> None:
        """Handle events now, or after the one that is being handled; then write what the listener queued."""
        self._pending.extend((connection, event) for event in events)
        if self._telling:
            return
        self._telling = True
        try:
            while self._pending:
                self._handle(*self._pending.popleft())
        finally:
            self._telling = False
        self.flush()

    def gone(self, connection: Connection) -> None:
        """Forget a connection, but not what it carried."""
        self._all.pop(connection, None)
        self._unflushed.pop(connection, None)

    # ---- inside ------------------------------------------------------------------------------------------------

    def _handle(self, connection: Connection, event: Event) -> None:
        match event:
            case Received() if connection.peer is not None and not connection.left:
                self._listener.frame(connection.peer, event.frame)
            case Greeted():
                self._greeted(connection, event.hello.ordinal)
            case Closed() if connection.peer is not None and self._live.get(connection.peer) is connection:
                self._closed(connection, connection.peer, event)
            case _:
                pass

    def _greeted(self, connection: Connection, peer: MemberOrdinal) -> None:
        if peer in self._cut:
            connection.close("link.cut", CUT)
            return
        old = self._live.get(peer)
        if old is not None and not self._prefers(connection, old, peer):
            connection.close("link.duplicate", DUPLICATE)
            return
        if old is not None:
            self._closed(old, peer, Closed("link.duplicate", DUPLICATE, by_peer=False))
            old.close("link.duplicate", DUPLICATE)
        connection.peer = peer
        connection.opened_s = asyncio.get_running_loop().time()
        self._live[peer] = connection
        self._note(peer)
        for other in list(self._all):
            if self._crossed(other):
                other.close("link.duplicate", DUPLICATE)
        self._listener.greeted(peer)

    def _closed(self, connection: Connection, peer: MemberOrdinal, event: Closed) -> None:
        del self._live[peer]
        past = self._past.get(peer, Traffic(0, 0))
        self._past[peer] = Traffic(past.wire_in + connection.tls.wire_in, past.wire_out + connection.tls.wire_out)
        self._note(peer)
        self._listener.closed(peer, event.code, event.reason)

    def _prefers(self, new: Connection, old: Connection, peer: MemberOrdinal) -> bool:
        return prefers_new(
            me=self.identity.hello.ordinal,
            peer=peer,
            new_by_me=new.dialled is not None,
            old_by_me=old.dialled is not None,
            old_age_s=asyncio.get_running_loop().time() - old.opened_s,
        )

    def _crossed(self, connection: Connection) -> bool:
        """Whether it is our own call to a lower member that meanwhile has a line to us: its call stays."""
        peer = connection.dialled
        return (
            peer is not None and connection.peer is None and peer in self._live and peer < self.identity.hello.ordinal
        )

    def _wish(self, peer: MemberOrdinal) -> asyncio.Event:
        if peer not in self._wanted:
            self._wanted[peer] = asyncio.Event()
            self._note(peer)
        return self._wanted[peer]

    def _note(self, peer: MemberOrdinal) -> None:
        event = self._wish(peer)
        if peer in self._live or peer in self._cut:
            event.clear()
        else:
            event.set()

    def _tick(self) -> None:
        self._timer = None
        for connection in list(self._all):
            connection.tick()
        if self._all:
            self._timer = asyncio.get_running_loop().call_later(TICK_S, self._tick)
