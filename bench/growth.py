"""Cost of one confirmed append as the record grows: the real core, store and high-water file, without a network.

A clock runs from `submit` of a signed statement until it is confirmed: checked at the door (signature included), made an
entry, committed and marked on disk by the node's own `Disk`; where the event loop would settle the store right after it,
that too. The records of the three sizes are appended to in turns, a few appends each, so that a noisy machine disturbs all
alike. Between the turns, and not measured, the WAL is emptied, as the node does when it is idle.
"""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator, Mapping

from bench.cell import Cell
from bench.rows import Row, percentile
from parley.charter.adoption import decode_signed
from parley.node.core.core import NodeCore
from parley.node.core.effects import Commit, Confirmed, Rejected
from parley.node.core.mechanism import Mechanism
from parley.node.disk import Disk
from parley.node.runtime import wall_ms
from parley.record.ids import log_id
from parley.store.highwater import HighWaterFile
from parley.store.opening import open_store

ROUNDS = 30
PER_ROUND = 20
WARM_UP = 60
FLAT = 1.3


class Appender:
    """A core on its store, driven by hand."""

    def __init__(self, cell: Cell, me: int) -> None:
        self._cell = cell
        self._me = me
        home = cell.home(me)
        self.store = open_store(home.database(home.settings()))
        self._high_water = HighWaterFile(home.high_water_file)
        self._core = NodeCore(
            cell.charter.members[me].ordinal, log_id(me), cell.secrets[me].log_key,
            Mechanism.of(decode_signed(home.charter_file.read_bytes())), self.store,
            high_water=self._high_water.read(), unseal=_nothing_sealed,
        )  # fmt: skip
        self._loop = asyncio.new_event_loop()
        self._durable = threading.Event()
        self._fault: BaseException | None = None
        self._settle: Callable[[], None] | None = None
        self._disk = Disk(
            self.store, self._high_water, durable=self._durable.set, failed=self._failed, later=self._later
        )
        self._core.start(wall_ms())
        self._run()

    def append(self) -> float:
        """Milliseconds of one confirmed append."""
        raw, content = self._cell.message(
            self._me, "SIMULATION. One more report of the watch, of a hundred characters or so; nothing new."
        )
        begin = time.perf_counter()
        self._core.submit(1, raw, content, wall_ms())
        if not self._run():
            raise RuntimeError("the statement was not confirmed")
        settle, self._settle = self._settle, None
        if settle is not None:
            settle()
        return (time.perf_counter() - begin) * 1000

    def close(self) -> None:
        """Let go of the files."""
        self._disk.close()
        self._loop.close()
        self.store.close()
        self._high_water.close()

    def _run(self) -> bool:
        """Carry out effects; whether a confirmation was among them."""
        confirmed = False
        while effects := self._core.effects():
            for effect in effects:
                match effect:
                    case Commit(batch):
                        if not self._disk.commit(batch):
                            self._durable.wait()
                            self._durable.clear()
                        if self._fault is not None:
                            raise self._fault
                        self._core.committed(wall_ms())
                    case Confirmed():
                        confirmed = True
                    case Rejected(_, error):
                        raise error
                    case _:
                        pass
        return confirmed

    def _later(self, delay_s: float, act: Callable[[], None]) -> asyncio.TimerHandle:
        """What is to follow at once follows the append, and is measured with it; what can wait longer never comes due."""
        if not delay_s:
            self._settle = act
        return asyncio.TimerHandle(0, act, (), self._loop)

    def _failed(self, fault: BaseException) -> None:
        self._fault = fault
        self._durable.set()


def measure(cells: Mapping[int, Cell], me: int) -> Iterator[Row]:
    """The row `append_growth`, on records of the sizes that `cells` are given under, held by node `me` of each."""
    appenders = {size: Appender(cell, me) for size, cell in sorted(cells.items())}
    times: dict[int, list[float]] = {size: [] for size in appenders}
    try:
        gc.collect()
        for appender in appenders.values():
            for _ in range(WARM_UP):
                appender.append()
            appender.store.checkpoint_wal()
        for _ in range(ROUNDS):
            for size, appender in appenders.items():
                times[size] += [appender.append() for _ in range(PER_ROUND)]
                appender.store.checkpoint_wal()
    finally:
        for appender in appenders.values():
            appender.close()
    middle = {size: percentile(taken, 50) for size, taken in times.items()}
    smallest, largest = min(middle), max(middle)
    told = ", ".join(f"{value:.3f} ms at {size}" for size, value in middle.items())
    yield Row.against(
        "append_growth", middle[largest], "ms", middle[smallest], f"the same at {smallest} entries",
        f"p50 of {ROUNDS * PER_ROUND} appends at each size of record, in turns: {told}", f"at most {FLAT}x",
    )  # fmt: skip


def _nothing_sealed(sealed: bytes, info: bytes) -> bytes:
    raise NotImplementedError("no parcels come here")
