"""A line on which the real sessions speak: HELLO, lanes, probes, silence, BYE, over an ordered stream of bytes.

What TCP hides is hidden here: what weather loses or a cut wire holds up comes later, in its order. A wire that is cut
either breaks the connection at once or leaves both ends to find out by the silence. Both ends count time by their
nodes' clocks, which jump.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.errors import LinkFault
from parley.link.frames import Frame
from parley.link.session import Closed, Greeted, Received, Session, State
from parley.record.ids import MemberOrdinal
from tests.sim.network import Line, Network, Weather

if TYPE_CHECKING:
    from tests.sim.network import Station

TICK_MS = 500
CHUNK_BYTES = 16 * 1024
SENT_AGAIN_MS = (200, 1_000)
TIME_OUTS = frozenset({"link.silent", "link.no-hello"})


@dataclass
class _End:
    """One side of a connection; `arriving` are pieces on their way to it, None the end of the stream."""

    station: Station
    peer: MemberOrdinal
    session: Session
    greeted: bool = False
    left: bool = False
    finished: bool = False
    busy: bool = False
    unsent: bytes = b""
    arriving: deque[bytes | None] = field(default_factory=deque)
    last_arrival: int = 0


class SessionLine(Line):
    """See the module."""

    def __init__(self, network: Network, ends: tuple[MemberOrdinal, MemberOrdinal], weather: Weather) -> None:
        super().__init__(network, ends, weather)
        self._sides: dict[MemberOrdinal, _End] = {}

    def try_open(self) -> None:
        stations = [self.network.stations.get(end) for end in self.ends]
        if self.open or not self.whole or any(one is None or not one.alive for one in stations):
            return
        self.open = True
        self.session += 1
        caller = self.network.world.rng.choice(self.ends)
        for station, peer in zip(stations, self.ends[::-1], strict=True):
            assert station is not None, "both ends run"
            dials = station.ordinal == caller
            session = Session(station.hello(), station.check_hello, initiator=dials, expected=peer if dials else None)
            self._sides[station.ordinal] = _End(station, peer, session)
            session.start(station.clock())
        for side in list(self._sides.values()):
            self._write(side)
        self._tick(self.session)

    def cut(self) -> None:
        self.whole = False
        if self.network.world.chance(0.5):
            self.close()

    def close(self) -> None:
        """The connection breaks; both ends that still run are told."""
        sides, self._sides = self._sides, {}
        if not self.open:
            return
        self.open = False
        for side in sides.values():
            if side.station.alive:
                side.session.lost()
                self._report(side)
        self.reopen_later()

    def leave(self, end: MemberOrdinal, code: str, reason: str) -> None:
        side = self._sides.get(end)
        if side is not None:
            self._leave(side, code, reason)

    def send(self, sender: MemberOrdinal, frame: Frame, *, urgent: bool) -> None:
        side = self._sides.get(sender)
        if side is None or not side.greeted:
            return
        if not side.session.send(frame, urgent=urgent):
            self._leave(side, "link.queue-full", "it does not take what it is sent")
        self._after(side)

    def send_raw(self, sender: MemberOrdinal, raw: bytes) -> None:
        side = self._sides.get(sender)
        if side is not None and side.greeted:
            side.unsent += raw
            self._write(side)

    # ---- inside --------------------------------------------------------------------------------------------

    def _tick(self, session: int) -> None:
        if not self.open or self.session != session:
            return
        for side in list(self._sides.values()):
            if side.station.alive:
                side.session.tick(side.station.clock())
                self._after(side)
        self.network.world.after(TICK_MS, lambda: self._tick(session))

    def _leave(self, side: _End, code: str, reason: str) -> None:
        side.left = True
        side.session.close(code, reason)
        self._after(side)

    def _after(self, side: _End) -> None:
        """A session was given something: tell what it says of it, and write what it answers."""
        self._report(side)
        self._write(side)

    def _report(self, side: _End) -> None:
        for event in side.session.events():
            if not side.station.alive:
                return
            match event:
                case Greeted():
                    side.greeted = True
                    side.station.link_up(side.peer)
                case Received(frame) if side.greeted and not side.left:
                    side.station.receive(side.peer, frame)
                case Closed(code, reason, by_peer):
                    if not by_peer and not side.left and code not in TIME_OUTS:
                        side.station.refuse(side.peer, LinkFault(code, reason))
                    if side.greeted:
                        side.greeted = False
                        side.station.link_down(side.peer)
                case _:
                    pass

    def _write(self, side: _End) -> None:
        if self._sides.get(side.station.ordinal) is not side or side.busy or side.finished:
            return
        world = self.network.world
        data = side.unsent or side.session.outgoing(CHUNK_BYTES)
        piece, side.unsent = data[:CHUNK_BYTES], data[CHUNK_BYTES:]
        if not piece:
            if side.session.state is State.CLOSED:
                side.finished = True
                self._carry(side, None, 0)
            return
        side.busy = True
        duration = max(1, len(piece) // self.weather.bytes_per_ms)
        self._carry(side, piece, duration)

        def next_one() -> None:
            side.busy = False
            self._write(side)

        world.after(duration, next_one)

    def _carry(self, side: _End, piece: bytes | None, duration: int) -> None:
        world, other = self.network.world, self._sides[side.peer]
        arrival = world.now + duration + world.rng.randint(*self.weather.latency_ms)
        if world.chance(self.weather.loss):
            arrival += world.rng.randint(*SENT_AGAIN_MS)
        other.last_arrival = max(arrival, other.last_arrival)
        other.arriving.append(piece)
        world.after(other.last_arrival - world.now, lambda: self._arrive(other))

    def _arrive(self, side: _End) -> None:
        if self._sides.get(side.station.ordinal) is not side:
            return
        if not self.whole:
            self.network.world.after(self.network.world.rng.randint(*SENT_AGAIN_MS), lambda: self._arrive(side))
            return
        piece = side.arriving.popleft()
        if piece is None:
            self.close()
            return
        cut = self.network.world.rng.randint(0, len(piece))
        for part in (piece[:cut], piece[cut:]):
            if side.station.alive:
                side.session.receive(part, side.station.clock())
                self._report(side)
        self._write(side)
