"""What the simulated disk can do beyond a real one."""

from __future__ import annotations

import pytest

from parley.errors import StorageFault
from parley.record.rows import WriteBatch
from parley.store import Fault, MemoryStore
from tests.store.samples import LOG1, History


def test_a_crash_loses_nothing_of_an_honest_disk() -> None:
    store, history = MemoryStore(), History(1)
    store.commit(history.batch(3))
    store.crash(lose_unsynced=True)
    assert store.entries(LOG1, 0, 0, 9) == history.rows


def test_a_crash_loses_what_a_dishonest_disk_never_synced() -> None:
    store, history = MemoryStore(), History(1)
    store.commit(history.batch(3))
    store.honest = False
    store.commit(history.batch(3))
    store.commit(history.batch(3))
    assert store.entries(LOG1, 0, 0, 9) == history.rows
    store.crash(lose_unsynced=True)
    assert store.entries(LOG1, 0, 0, 9) == history.rows[:3]
    assert store.heads()[0].size == 3


def test_what_a_dishonest_disk_never_synced_may_survive_by_luck() -> None:
    store, history = MemoryStore(), History(1)
    store.honest = False
    store.commit(history.batch(3))
    store.crash(lose_unsynced=False)
    store.commit(history.batch(1))
    store.crash(lose_unsynced=True)
    assert store.entries(LOG1, 0, 0, 9) == history.rows[:3]


def test_an_honest_commit_syncs_what_came_before_it() -> None:
    store, history = MemoryStore(), History(1)
    store.honest = False
    store.commit(history.batch(2))
    store.honest = True
    store.commit(history.batch(2))
    store.crash(lose_unsynced=True)
    assert store.entries(LOG1, 0, 0, 9) == history.rows


def test_a_backup_put_back_is_the_store_as_it_was() -> None:
    store, history = MemoryStore(), History(1)
    store.commit(history.batch(300))
    backup = store.backup()
    fork = history.fork(0, 300)
    store.commit(history.batch(300))
    assert store.block_root(LOG1, 0, 1) is not None
    store.restore(backup)
    assert store.entries(LOG1, 0, 0, 999) == history.rows[:300]
    assert store.block_root(LOG1, 0, 1) is None
    store.commit(WriteBatch(entries=[fork.grow(signed=False)], heads=[fork.head()]))
    store.restore(backup)
    assert store.heads()[0].size == 300


def test_a_fault_that_was_asked_for_does_not_outlive_a_crash() -> None:
    store = MemoryStore()
    store.fail_next(Fault.NOT_PERSISTED)
    store.crash(lose_unsynced=False)
    store.commit(History(1).batch(1))


def test_a_closed_store_is_open_again_after_a_crash() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(StorageFault):
        store.commit(WriteBatch())
    store.crash(lose_unsynced=False)
    store.commit(WriteBatch())
