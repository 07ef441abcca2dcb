"""A batch that is durable beside its mark: nobody sees the store without it, and a fault in writing it is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.errors import StorageFault
from parley.store import Fault, Store, open_store
from tests.store.disks import SqliteDisk
from tests.store.samples import History
from tests.store.test_store import assert_empty, assert_whole, whole_batch


@pytest.fixture
def disk(tmp_path: Path) -> SqliteDisk:
    return SqliteDisk(tmp_path / "record.db")


def store_of(disk: SqliteDisk) -> Store:
    assert isinstance(disk.store, Store)
    return disk.store


def test_every_read_sees_what_was_deferred(disk: SqliteDisk) -> None:
    history, batch = whole_batch()
    store_of(disk).defer(batch)
    assert_whole(disk.store, history)


def test_what_was_deferred_goes_before_the_next_commit(disk: SqliteDisk) -> None:
    history = History(1)
    store_of(disk).defer(history.batch(2))
    store_of(disk).defer(history.batch(1))
    store_of(disk).commit(history.batch(3))
    assert disk.restart().entries(history.log, 0, 0, 9) == history.rows


def test_what_was_only_deferred_is_not_in_the_store_after_a_crash(disk: SqliteDisk, tmp_path: Path) -> None:
    store_of(disk).defer(whole_batch()[1])
    other = open_store(tmp_path / "record.db")
    assert_empty(other)
    other.close()


@pytest.mark.parametrize("fault", list(Fault))
def test_a_fault_in_writing_what_was_deferred_stops_the_store(disk: SqliteDisk, fault: Fault) -> None:
    history = History(1)
    store_of(disk).defer(history.batch(2))
    disk.fail_next(fault)
    with pytest.raises(StorageFault, match="commit failed"):
        disk.store.heads()
    with pytest.raises(StorageFault, match="an earlier commit failed"):
        store_of(disk).defer(history.batch(1))
