"""Writing: a batch and its high-water mark, then word that both are durable.

The mark follows the batch; or, where the disk takes longer than waking a thread does and the batch fits beside its
mark (see `store.redo`), both are written at the same time.

A small batch is written at once, where it stands, while the disk is quick: a FLASH then waits for no other thread. A
large one, or any after the disk was slow, goes to the writing thread, and the event loop does not wait for it.

A fault of either ends the node (fail-stop): after a failed write nobody can say what the disk holds, and starting
again finds out.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from parley.record.rows import HighWater, WriteBatch
from parley.store.highwater import HighWaterFile
from parley.store.redo import encode_redo
from parley.store.store import Store

IDLE_S = 1.0
SMALL_ENTRIES = 8
QUICK_S = 0.02
WORTH_A_THREAD_S = 0.001
SLOW_BATCHES = 64


class Disk:
    """See the module. `durable` and `failed` are called on the writing thread."""

    def __init__(
        self,
        store: Store,
        high_water: HighWaterFile,
        *,
        durable: Callable[[], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        self._store = store
        self._high_water = high_water
        self._durable = durable
        self._failed = failed
        self._slow = 0
        self._mark_s = 0.0
        self._tidied = True
        self._batches: queue.SimpleQueue[WriteBatch | None] = queue.SimpleQueue()
        self._marks: queue.SimpleQueue[tuple[HighWater, bytes] | None] = queue.SimpleQueue()
        self._marked: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name="parley-disk", daemon=True),
            threading.Thread(target=self._mark, name="parley-mark", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def commit(self, batch: WriteBatch) -> bool:
        """Write `batch`. True: it is durable already. False: `durable` follows. At most one is on its way at any time.

        Raises:
            StorageFault: the disk failed.
        """
        if self._slow > 0 or len(batch.entries) > SMALL_ENTRIES:
            self._slow = max(0, self._slow - 1)
            self._batches.put(batch)
            return False
        begin = time.perf_counter()
        self._write(batch)
        if time.perf_counter() - begin > QUICK_S:
            self._slow = SLOW_BATCHES
        return True

    def close(self) -> None:
        """Finish what is on its way and end the thread."""
        self._batches.put(None)
        self._threads[0].join()
        self._marks.put(None)
        self._threads[1].join()

    def _write(self, batch: WriteBatch) -> None:
        redo = encode_redo(batch) if self._mark_s > WORTH_A_THREAD_S else None
        if batch.high_water is None or redo is None:
            self._store.commit(batch)
            if batch.high_water is not None:
                self._write_mark(batch.high_water, b"")
        else:
            self._marks.put((batch.high_water, redo))
            try:
                self._store.commit(batch)
            finally:
                fault = self._marked.get()
            if fault is not None:
                raise fault
        self._tidied = False

    def _write_mark(self, mark: HighWater, redo: bytes) -> None:
        begin = time.perf_counter()
        self._high_water.write(mark, redo)
        self._mark_s += (time.perf_counter() - begin - self._mark_s) / 8

    def _mark(self) -> None:
        """The thread that writes marks beside the store's commits."""
        while (order := self._marks.get()) is not None:
            try:
                self._write_mark(*order)
                self._marked.put(None)
            except BaseException as fault:
                self._marked.put(fault)

    def _run(self) -> None:
        while True:
            try:
                batch = self._batches.get(timeout=IDLE_S)
            except queue.Empty:
                if not self._tidied:
                    self._tidied = True
                    self._store.checkpoint_wal()
                continue
            if batch is None:
                return
            try:
                self._write(batch)
            except BaseException as fault:
                self._failed(fault)
                return
            self._durable()
