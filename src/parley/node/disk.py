"""The one thread that writes: a batch, then its high-water mark, then word that both are durable.

A fault of either ends the node (fail-stop): after a failed write nobody can say what the disk holds, and starting
again finds out.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from parley.record.rows import WriteBatch
from parley.store.highwater import HighWaterFile
from parley.store.store import Store

IDLE_S = 1.0


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
        self._batches: queue.SimpleQueue[WriteBatch | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="parley-disk", daemon=True)
        self._thread.start()

    def commit(self, batch: WriteBatch) -> None:
        """Write `batch`; `durable` follows. At most one is on its way at any time."""
        self._batches.put(batch)

    def close(self) -> None:
        """Finish what is on its way and end the thread."""
        self._batches.put(None)
        self._thread.join()

    def _run(self) -> None:
        tidied = True
        while True:
            try:
                batch = self._batches.get(timeout=None if tidied else IDLE_S)
            except queue.Empty:
                self._store.checkpoint_wal()
                tidied = True
                continue
            if batch is None:
                return
            try:
                self._store.commit(batch)
                if batch.high_water is not None:
                    self._high_water.write(batch.high_water)
            except BaseException as fault:
                self._failed(fault)
                return
            tidied = False
            self._durable()
