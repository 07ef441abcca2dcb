"""One TCP connection: wires a `TlsChannel` and a `Session` to asyncio's transport. All rules live in those two.

Bytes are handed to the session as they arrive, and what it answers is written before control returns to the event
loop. One flush is one TLS record (up to 16 KiB) and one write. While the transport is paused nothing is pulled from
the session, so a FLASH never waits behind more than `WRITE_BUFFER_BYTES` here and about as much in the kernel.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from typing import Protocol, cast

from parley.errors import LinkFault
from parley.link.frames import Hello
from parley.link.session import Closed, Event, Session, State
from parley.link.tls import TlsChannel
from parley.record.ids import MemberOrdinal

WRITE_BUFFER_BYTES = 64 * 1024
WRITE_CHUNK_BYTES = 16 * 1024
HANDSHAKE_LIMIT_S = 10.0
FLUSH_LIMIT_S = 3.0


@dataclass(frozen=True, slots=True)
class LinkIdentity:
    """What this node speaks as, and whom it accepts.

    Attributes:
        hello: its own greeting.
        server, client: TLS contexts made for `pinned`.
        pinned: certificates (DER) of all members' nodes in force.
    """

    hello: Hello
    server: ssl.SSLContext
    client: ssl.SSLContext
    pinned: frozenset[bytes]


class Owner(Protocol):
    """What a connection reports to; called on the event loop."""

    identity: LinkIdentity

    def now_ms(self) -> int:
        """This node's clock."""
        ...

    def check_hello(self, hello: Hello, certificate: bytes) -> None:
        """Raise a `ParleyError` unless `hello` is certified and names `certificate`."""
        ...

    def made(self, connection: Connection) -> bool:
        """A new connection; False where there are too many."""
        ...

    def happened(self, connection: Connection, events: list[Event]) -> None:
        """All events of its session that one input caused."""
        ...

    def gone(self, connection: Connection) -> None:
        """It is closed, and reports nothing more."""
        ...


class Connection(asyncio.Protocol):
    """See the module.

    Attributes:
        dialled: the member called, None on a line that came in.
        peer: the member it is the line to, once greeted.
        opened_s: when that was, in the event loop's time.
        left: this side ended it; what the peer still says is not heard.
        end: how the session ended.
        ended: done when the connection is gone.
    """

    def __init__(self, owner: Owner, dialled: MemberOrdinal | None) -> None:
        loop = asyncio.get_running_loop()
        self.dialled = dialled
        self.peer: MemberOrdinal | None = None
        self.opened_s = 0.0
        self.left = False
        self.end: Closed | None = None
        self.ended: asyncio.Future[None] = loop.create_future()
        identity = owner.identity
        context = identity.server if dialled is None else identity.client
        self.tls = TlsChannel(context, identity.pinned, server_side=dialled is None)
        self.session = Session(identity.hello, self._check_hello, initiator=dialled is not None, expected=dialled)
        self._owner = owner
        self._loop = loop
        self._made_s = loop.time()
        self._transport: asyncio.Transport | None = None
        self._paused = False
        self._abort_timer: asyncio.TimerHandle | None = None

    # ---- called by asyncio -------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the TLS handshake."""
        self._transport = cast(asyncio.Transport, transport)
        if not self._owner.made(self):
            self._transport.abort()
            return
        _tune(transport.get_extra_info("socket"))
        self._transport.set_write_buffer_limits(high=WRITE_BUFFER_BYTES)
        self.tls.start()
        self._write(self.tls.output())

    def data_received(self, data: bytes) -> None:
        """Through TLS into the session, and out again with whatever it answers."""
        fresh = not self.tls.established
        try:
            plaintext = self.tls.receive(data)
        except LinkFault as fault:
            self._write(self.tls.output())
            self.session.lost(fault.code, fault.reason)
            self.report()
            self._finish()
            return
        self._write(self.tls.output())
        if fresh and self.tls.established:
            self.session.start(self._owner.now_ms())
        if plaintext:
            self.session.receive(plaintext, self._owner.now_ms())
        self.report()
        self.flush()

    def pause_writing(self) -> None:
        """The peer reads more slowly than we write."""
        self._paused = True

    def resume_writing(self) -> None:
        """There is room again."""
        self._paused = False
        self.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone, by whatever cause."""
        self._transport = None
        if self._abort_timer is not None:
            self._abort_timer.cancel()
        if exc is None:
            self.session.lost()
        else:
            self.session.lost("link.lost", f"the line went down: {exc}")
        self.report()
        self._owner.gone(self)
        if not self.ended.done():
            self.ended.set_result(None)

    # ---- called by the owner -----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what the session has to say, as far as the line takes it."""
        while self._transport is not None and not self._paused and self.tls.established:
            data = self.session.outgoing(WRITE_CHUNK_BYTES)
            if not data:
                break
            self._write(self.tls.seal(data))
        if self.session.state is State.CLOSED:
            self._finish()

    def report(self) -> None:
        """Hand the session's events to the owner."""
        events = self.session.events()
        if events:
            if isinstance(events[-1], Closed):
                self.end = events[-1]
            self._owner.happened(self, events)

    def tick(self) -> None:
        """Time passes."""
        if self.tls.established:
            self.session.tick(self._owner.now_ms())
            self.report()
            self.flush()
        elif self._loop.time() - self._made_s > HANDSHAKE_LIMIT_S:
            self.abort()

    def close(self, code: str, reason: str) -> None:
        """End the session politely: the peer is told why, and not heard any more."""
        self.left = True
        if not self.tls.established:
            self.abort()
            return
        self.session.close(code, reason)
        self.report()
        self.flush()

    def abort(self) -> None:
        """Drop the line as it is."""
        if self._transport is not None:
            self._transport.abort()

    # ---- inside ------------------------------------------------------------------------------------------------

    def _check_hello(self, hello: Hello) -> None:
        assert self.tls.certificate is not None, "HELLO before the handshake"
        self._owner.check_hello(hello, self.tls.certificate)

    def _write(self, data: bytes) -> None:
        if data and self._transport is not None:
            self._transport.write(data)

    def _finish(self) -> None:
        """Close once everything is written, but do not wait for ever for a peer that does not read."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()
            self._abort_timer = self._loop.call_later(FLUSH_LIMIT_S, self.abort)


def _tune(sock: socket.socket) -> None:
    """No delay for small writes, and little unsent data in the kernel, where no FLASH could overtake it."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    not_sent_low_water = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    if not_sent_low_water is not None:
        sock.setsockopt(socket.IPPROTO_TCP, not_sent_low_water, WRITE_BUFFER_BYTES)
