"""What goes wrong in a run: lines cut and slow and lossy, nodes crashing amid a write, clocks jumping, a backup put back.

Only what the product says it survives is done: a backup is put back only while another honest node, itself complete,
holds every entry that the restored node ever signed; otherwise entries would be gone with the only disks that held
them.
"""

from __future__ import annotations

from parley.record.ids import Seq
from tests.sim.actor_node import WRITE_MS, SimNode
from tests.sim.disk import CrashPoint
from tests.sim.network import Network, Weather
from tests.sim.world import World

DAY_MS = 86_400_000
JUMPS_MS = (-DAY_MS, -3_600_000, -5_000, -300, 400, 7_000, 3_600_000, DAY_MS)
PAUSE_MS = (200, 4_000)


class Faults:
    """The run's bad luck, until `over`. Counts what happened, by name."""

    def __init__(self, world: World, network: Network, nodes: list[SimNode]) -> None:
        self.world = world
        self.network = network
        self.nodes = nodes
        self.over = False
        self.counts: dict[str, int] = {}
        self.restored: SimNode | None = None
        rng = world.rng
        self.enabled = [name for name in ("cut", "weather", "crash", "clock", "backup", "disk") if rng.random() < 0.7]

    def begin(self) -> None:
        """Let things go wrong from now on."""
        for name in self.enabled:
            self._next(name)

    def end(self) -> None:
        """Everything heals: wires, weather, clocks, nodes."""
        self.over = True
        self.network.heal()
        for node in self.nodes:
            node.crash_at = None
            node.slowest_write_ms = WRITE_MS
            node.jump_clock(0)
            if not node.alive:
                node.start()

    def _next(self, name: str) -> None:
        def happen() -> None:
            if self.over:
                return
            self.counts[name] = self.counts.get(name, 0) + 1
            getattr(self, f"_{name}")()
            self._next(name)

        self.world.after(self.world.rng.randint(*PAUSE_MS), happen)

    def _cut(self) -> None:
        line = self.world.rng.choice(list(self.network.lines.values()))
        if line.whole:
            self.world.note(f"line {line.ends} is cut")
            line.cut()
            self.world.after(self.world.rng.randint(100, 9_000), lambda: self.network.restore(line))

    def _weather(self) -> None:
        rng = self.world.rng
        line = rng.choice(list(self.network.lines.values()))
        bad = rng.random() < 0.7
        line.weather = Weather(
            latency_ms=(1, rng.choice([5, 50, 600])),
            bytes_per_ms=rng.choice([20, 200, 5_000]),
            loss=rng.choice([0, 0.05, 0.3]) if bad else 0,
            repeat=rng.choice([0, 0.1]) if bad else 0,
            reorder=rng.choice([0, 0.2]) if bad else 0,
        )

    def _crash(self) -> None:
        node = self.world.rng.choice(self.nodes)
        if not node.alive:
            return
        point = self.world.rng.choice([None, *CrashPoint])
        if point is None:
            node.crash()
            self._restart_later(node)
        else:
            node.crash_at = point
            self.world.note(f"{node.seat.code} will die {point.name}")
            node.on_crash = lambda: self._restart_later(node)

    def _restart_later(self, node: SimNode) -> None:
        self.world.after(self.world.rng.randint(50, 6_000), lambda: None if node.alive or self.over else node.start())

    def _clock(self) -> None:
        node = self.world.rng.choice(self.nodes)
        node.jump_clock(self.world.rng.choice([0, *JUMPS_MS]))

    def _disk(self) -> None:
        node = self.world.rng.choice(self.nodes)
        node.slowest_write_ms = self.world.rng.choice([WRITE_MS, 200, 4_000])
        self.world.note(f"{node.seat.code}'s disk takes up to {node.slowest_write_ms} ms")

    def _backup(self) -> None:
        """Back one node up; or put an earlier backup back where that may be survived."""
        honest = [node for node in self.nodes if node.honest and node.alive]
        if not honest:
            return
        node = self.world.rng.choice(honest)
        if self.restored is not None or not node.disk.has_backup or not self._held_elsewhere(node):
            if node.core.may_sign():
                node.disk.back_up()
            return
        self.restored = node
        node.crash()
        node.disk.put_back()
        self.world.note(f"{node.seat.code} is put back from its backup")
        self._restart_later(node)

    def lose(self, node: SimNode) -> bool:
        """Lose store and mark of a node and put its backup back; whether that may be survived."""
        if not node.alive or not node.disk.has_backup or not self._held_elsewhere(node):
            if node.alive and node.core.may_sign() and not node.disk.has_backup:
                node.disk.back_up()
            return False
        node.crash()
        node.disk.put_back()
        node.disk.lose_mark()
        self.world.note(f"{node.seat.code} lost its disk, and is put back from its backup without a mark")
        self._restart_later(node)
        return True

    def _held_elsewhere(self, node: SimNode) -> bool:
        """Whether one other honest disk holds every log as far as `node`, and others every statement that it holds: the author's
        may be gone with its disk, and not yet be back."""
        mark = node.disk.high_water
        if mark is None:
            return False
        others = [other.disk.store for other in self.nodes if other is not node and other.honest]
        mine = {head.log: head.size for head in node.disk.store.heads() if head.branch == 0}
        complete = False
        for store in others:
            theirs = {head.log: head.size for head in store.heads() if head.branch == 0}
            complete |= (
                all(theirs.get(log, 0) >= size for log, size in mine.items()) and theirs.get(mark.log, 0) >= mark.size
            )
        return complete and all(
            any(
                row.raw == one.raw and row.statement == one.statement and row.content in (None, one.content)
                for store in others
                for one in store.entries(log, 0, row.seq, 1)
            )
            for log, size in mine.items()
            for row in node.disk.store.entries(log, 0, Seq(0), size)
            if row.statement is not None
        )
