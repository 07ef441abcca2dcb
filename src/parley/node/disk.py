"""Writing: a batch and its high-water mark, then word that both are durable.

A small batch is durable beside its mark (see `store.redo`) after one wait for the disk; the store takes it a little
later, with others that came meanwhile: within `SETTLE_AFTER_S`, or at once after the current turn of the event loop where
many wait. Any other batch goes to the store first, and its mark follows.

What is small is written at once, where it stands, while the disk is quick: a FLASH then waits for no other thread.
What is large, or anything after the disk was slow, goes to the writing thread, and the event loop does not wait for it.

A fault of either ends the node (fail-stop): after a failed write nobody can say what the disk holds, and starting
again finds out.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from typing import Final

from parley.record.rows import WriteBatch
from parley.store.highwater import SLOTS, HighWaterFile
from parley.store.redo import encode_redo
from parley.store.store import Store

IDLE_S = 1.0
SETTLE_AFTER_S = 0.02
SMALL_ENTRIES = 8
QUICK_S = 0.02
SLOW_BATCHES = 64
CROWDED = SLOTS // 2
MAX_DEFERRED = SLOTS - 2

Later = Callable[[float, Callable[[], None]], asyncio.TimerHandle]

_SETTLE: Final = WriteBatch()


class Disk:
    """See the module. Made and called on the event loop's thread.

    Args:
        durable: called on the writing thread when it has written a batch.
        failed: called on either thread.
        later: the event loop's ``call_later``.
    """

    def __init__(
        self,
        store: Store,
        high_water: HighWaterFile,
        *,
        durable: Callable[[], object],
        failed: Callable[[BaseException], object],
        later: Later,
    ) -> None:
        self._store = store
        self._high_water = high_water
        self._durable = durable
        self._failed = failed
        self._later = later
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        self._slow = 0
        self._tidied = True
        self._unsettled = False
        self._batches: queue.SimpleQueue[WriteBatch | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="parley-disk", daemon=True)
        self._thread.start()

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
        self._note_pace(begin)
        self._settle_soon()
        return True

    def close(self) -> None:
        """Finish what is on its way and end the thread; from any thread."""
        self._closed = True
        self._batches.put(None)
        self._thread.join()
        self._store.settle()

    def _settle_soon(self) -> None:
        waiting = self._store.deferred_count()
        if waiting and (self._timer is None or waiting == CROWDED):
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._later(SETTLE_AFTER_S if waiting < CROWDED else 0, self._settle)

    def _settle(self) -> None:
        """Give the store what is durable beside its mark alone: now, or where the disk is slow, on the writing thread."""
        self._timer = None
        if self._closed:
            return
        if self._slow > 0:
            self._batches.put(_SETTLE)
            return
        begin = time.perf_counter()
        try:
            self._store.settle()
        except BaseException as fault:
            self._failed(fault)
        self._note_pace(begin)

    def _note_pace(self, begin: float) -> None:
        """What was written here since `begin` shows how quick the disk is."""
        if time.perf_counter() - begin > QUICK_S:
            self._slow = SLOW_BATCHES

    def _write(self, batch: WriteBatch) -> None:
        redo = encode_redo(batch)
        if batch.high_water is not None and redo is not None:
            if self._store.deferred_count() >= MAX_DEFERRED:
                self._store.settle()
            self._high_water.write(batch.high_water, redo)
            self._store.defer(batch)
        else:
            self._store.commit(batch)
            if batch.high_water is not None:
                self._high_water.write(batch.high_water)
        self._tidied = False

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        except BaseException as fault:
            self._failed(fault)

    def _turn(self) -> bool:
        """Write what comes, or where nothing does, give the store what waits, then tidy up. False: it is the end."""
        try:
            batch = self._batches.get(timeout=SETTLE_AFTER_S if self._unsettled else IDLE_S)
        except queue.Empty:
            if self._unsettled:
                self._settle_here()
            elif not self._tidied:
                self._tidied = True
                self._store.checkpoint_wal()
            return True
        if batch is None:
            return False
        if batch is _SETTLE:
            self._settle_here()
        else:
            self._write(batch)
            self._unsettled = True
            self._durable()
        return True

    def _settle_here(self) -> None:
        self._unsettled = False
        self._store.settle()
