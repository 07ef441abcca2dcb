"""A node's record, read by another process than the node."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from parley.node.home.home import Home
from parley.store.highwater import HighWaterFile
from parley.store.opening import open_store
from parley.store.redo import unsettled
from parley.store.store import Store


@contextmanager
def durable_record(home: Home) -> Iterator[Store]:
    """All that is durable, also what lies beside its mark alone, whether the node runs, is stopped or was killed.

    For reading: what it holds besides the tables is the node's to write.

    Raises:
        Misconfigured: the store's address is at fault.
        StorageFault: the store, or the high-water file, cannot be opened or read.
    """
    store = open_store(home.database(home.settings()), grow=False)
    try:
        for batch in unsettled(store, HighWaterFile(home.high_water_file)):
            store.defer(batch)
        yield store
    finally:
        store.close()
