"""Lines between every two members: latency, bandwidth, loss, repeats, reordering, cuts.

What is sent passes through the real codec (`encode_frame`, `FrameReader`). A line carries sessions; what was under
way when a session ended is lost with it. Frames that are urgent leave before those that are not. A line that
was closed is opened again after a jittered pause while its wire is whole and both nodes run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from parley.errors import ParleyError
from parley.link.codec import FrameReader, encode_frame
from parley.link.frames import Blob, Frame, Hello, Push
from parley.link.lanes import Lane, Lanes
from parley.record.ids import MemberOrdinal
from tests.sim.world import World

if TYPE_CHECKING:
    from tests.sim.observer import Observer

RECONNECT_MS = (50, 1_500)


class Station(Protocol):
    """One end of lines: a node or a hostile actor."""

    ordinal: MemberOrdinal
    alive: bool

    def link_up(self, peer: MemberOrdinal) -> None: ...
    def link_down(self, peer: MemberOrdinal) -> None: ...
    def receive(self, peer: MemberOrdinal, frame: Frame) -> None: ...
    def refuse(self, peer: MemberOrdinal, error: ParleyError) -> None: ...
    def clock(self) -> int: ...
    def hello(self) -> Hello: ...
    def check_hello(self, hello: Hello) -> None: ...


@dataclass
class Weather:
    """What a line does to frames; probabilities per frame."""

    latency_ms: tuple[int, int] = (1, 30)
    bytes_per_ms: int = 2_000
    loss: float = 0.0
    repeat: float = 0.0
    reorder: float = 0.0


@dataclass
class _Direction:
    lanes: Lanes = field(default_factory=Lanes)
    busy: bool = False
    last_arrival: int = 0
    reader: FrameReader = field(default_factory=FrameReader)


class Line:
    """The line between two members."""

    def __init__(self, network: Network, ends: tuple[MemberOrdinal, MemberOrdinal], weather: Weather) -> None:
        self.network = network
        self.ends = ends
        self.weather = weather
        self.whole = True
        self.session = 0
        self.open = False
        self._directions: dict[MemberOrdinal, _Direction] = {}

    def try_open(self) -> None:
        """Open a session where wire and both ends allow it."""
        stations = [self.network.stations.get(end) for end in self.ends]
        if self.open or not self.whole or any(one is None or not one.alive for one in stations):
            return
        self.open = True
        self.session += 1
        self._directions = {end: _Direction() for end in self.ends}
        session = self.session
        for station, peer in ((stations[0], self.ends[1]), (stations[1], self.ends[0])):
            if self.open and self.session == session and station is not None and station.alive:
                station.link_up(peer)

    def close(self) -> None:
        """End the session; both ends that still run are told."""
        if not self.open:
            return
        self.open = False
        self._directions = {}
        for end, peer in (self.ends, self.ends[::-1]):
            station = self.network.stations.get(end)
            if station is not None and station.alive:
                station.link_down(peer)
        self.reopen_later()

    def leave(self, end: MemberOrdinal, code: str, reason: str) -> None:
        """One end goes, and says why where the line can carry that."""
        del end, code, reason
        self.close()

    def cut(self) -> None:
        """The wire is cut."""
        self.whole = False
        self.close()

    def reopen_later(self) -> None:
        """Try to open a session after a jittered pause."""
        self.network.world.after(self.network.world.rng.randint(*RECONNECT_MS), self.try_open)

    def send(self, sender: MemberOrdinal, frame: Frame, *, urgent: bool) -> None:
        """Queue a frame as a session does; a line that is not open swallows it."""
        direction = self._directions.get(sender)
        if not self.open or direction is None:
            return
        lane = Lane.URGENT if urgent else Lane.BULK if isinstance(frame, Push | Blob) else Lane.NORMAL
        if not direction.lanes.put(encode_frame(frame), lane, frame.log if isinstance(frame, Push) else None):
            self.close()
            return
        if not direction.busy:
            self._transmit(sender, direction)

    def send_raw(self, sender: MemberOrdinal, raw: bytes) -> None:
        """Put any bytes on the line, as a hostile peer does."""
        direction = self._directions.get(sender)
        if self.open and direction is not None:
            self._carry(sender, direction, raw, 1)

    def _transmit(self, sender: MemberOrdinal, direction: _Direction) -> None:
        raw = direction.lanes.take(1)
        direction.busy = bool(raw)
        if not raw:
            return
        world, weather, session = self.network.world, self.weather, self.session
        duration = len(raw) // weather.bytes_per_ms
        self._carry(sender, direction, raw, duration)

        def next_one() -> None:
            if self.open and self.session == session:
                self._transmit(sender, direction)

        world.after(max(1, duration), next_one)

    def _carry(self, sender: MemberOrdinal, direction: _Direction, raw: bytes, duration: int) -> None:
        world, weather = self.network.world, self.weather
        for _ in range(2 if world.chance(weather.repeat) else 1):
            if world.chance(weather.loss):
                continue
            arrival = world.now + duration + world.rng.randint(*weather.latency_ms)
            if world.chance(weather.reorder):
                arrival += world.rng.randint(1, 400)
            else:
                arrival = direction.last_arrival = max(arrival, direction.last_arrival)
            self._deliver_at(arrival, sender, direction, raw)

    def _deliver_at(self, arrival: int, sender: MemberOrdinal, direction: _Direction, raw: bytes) -> None:
        session, world = self.session, self.network.world
        receiver = self.ends[1] if sender == self.ends[0] else self.ends[0]

        def deliver() -> None:
            station = self.network.stations.get(receiver)
            if not self.open or self.session != session or station is None or not station.alive:
                return
            cut = world.rng.randint(0, len(raw))
            try:
                received = [*direction.reader.feed(raw[:cut]), *direction.reader.feed(raw[cut:])]
            except ParleyError as error:
                station.refuse(sender, error)
                self.close()
                return
            for frame in received:
                if self.open and self.session == session and station.alive:
                    station.receive(sender, frame)

        world.after(arrival - world.now, deliver)


class Network:
    """All lines of a cell."""

    def __init__(
        self, world: World, observer: Observer, ordinals: list[MemberOrdinal], line: type[Line] = Line
    ) -> None:
        self.world = world
        self.observer = observer
        self.stations: dict[MemberOrdinal, Station] = {}
        self.lines = {
            (one, other): line(self, (one, other), Weather()) for one in ordinals for other in ordinals if one < other
        }

    def line(self, one: MemberOrdinal, other: MemberOrdinal) -> Line:
        """The line between two members."""
        return self.lines[min(one, other), max(one, other)]

    def lines_of(self, ordinal: MemberOrdinal) -> list[Line]:
        """All lines that end at `ordinal`."""
        return [line for line in self.lines.values() if ordinal in line.ends]

    def send(self, sender: MemberOrdinal, receiver: MemberOrdinal, frame: Frame, *, urgent: bool) -> None:
        """Send one frame."""
        self.line(sender, receiver).send(sender, frame, urgent=urgent)

    def node_up(self, station: Station) -> None:
        """A node runs: its lines are opened."""
        self.stations[station.ordinal] = station
        for line in self.lines_of(station.ordinal):
            line.reopen_later()

    def node_down(self, ordinal: MemberOrdinal) -> None:
        """A node stopped: its sessions end."""
        for line in self.lines_of(ordinal):
            line.close()

    def restore(self, line: Line) -> None:
        """Mend the wire."""
        line.whole = True
        line.reopen_later()

    def heal(self) -> None:
        """Mend all wires and calm all weather."""
        for line in self.lines.values():
            line.weather = Weather()
            self.restore(line)
