"""A batch that is durable beside its mark: every read sees it, none writes it, and a fault in writing it is not lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from parley.errors import StorageFault
from parley.record.ids import Seq, UnixMs
from parley.record.merkle import leaf_hash, perfect_root
from parley.record.rows import WriteBatch
from parley.store import Fault, Store, open_store
from parley.store.readers import Row
from tests.store.disks import SqliteDisk
from tests.store.samples import History, digest, far_entry, noise, place, receipt
from tests.store.test_store import assert_empty, whole_batch


@pytest.fixture
def disk(tmp_path: Path) -> SqliteDisk:
    return SqliteDisk(tmp_path / "record.db")


def store_of(disk: SqliteDisk) -> Store:
    assert isinstance(disk.store, Store)
    return disk.store


def test_reads_see_what_was_deferred_without_writing_it(disk: SqliteDisk) -> None:
    store, history = store_of(disk), History(1)
    first = history.batch(3, repeat=True)
    first.receipts = [receipt(1, 0, 2), receipt(1, 2, 1, seq=4)]
    store.commit(first)
    later = history.batch(2, repeat=True)
    later.receipts = [receipt(1, 0, 2), receipt(1, 1, 1, holder=2, seq=3), receipt(1, 4, 1, seq=6), receipt(2, 0, 9)]
    store.defer(later)
    store.defer(history.batch(1))
    assert store.entries(history.log, 0, 0, 9) == history.rows
    assert store.entries(history.log, 0, 2, 2) == history.rows[2:4]
    assert store.entries(history.log, 0, 4, 9) == history.rows[4:]
    assert store.entries(history.log, 0, 6, 9) == []
    assert [store.root_at(history.log, 0, size) for size in (3, 4, 6)] == [history.rows[at].root for at in (2, 3, 5)]
    assert [store.clock_at(history.log, 0, seq) for seq in (2, 3, 5, 6)] == [3, 4, 6, None]
    assert store.find_statement(digest(1, 0, 2)) == place(1, 2)
    assert store.find_statement(digest(1, 0, 5)) == place(1, 5)
    assert store.find_repeat(noise("repeat", 1, 0, 1)) == place(1, 1)
    assert store.find_repeat(noise("repeat", 1, 0, 4)) == place(1, 4)
    assert store.find_repeat(noise("repeat", 1, 0, 9)) is None
    assert store.receipts_for(history.log, 0, 5) == [
        receipt(1, 0, 2), receipt(1, 1, 1, holder=2, seq=3), receipt(1, 2, 1, seq=4), receipt(1, 4, 1, seq=6),
    ]  # fmt: skip
    assert store.receipts_for(history.log, 3, 4) == []
    assert store.voids(history.log, 0, 0, 9) == []
    assert store.deferred_count() == 2


def test_of_two_statements_with_one_digest_the_first_in_the_record_is_found_also_where_one_is_deferred(
    disk: SqliteDisk,
) -> None:
    store = store_of(disk)
    store.commit(far_entry(2, 0, digest("twice"), clock=5))
    store.defer(far_entry(3, 0, digest("twice"), clock=4))
    assert store.find_statement(digest("twice")) == place(3, 0)
    store.defer(far_entry(1, 0, digest("twice"), clock=9))
    assert store.find_statement(digest("twice")) == place(3, 0)
    assert store.deferred_count() == 2


def test_reads_of_whole_logs_see_it_too_and_write_nothing(disk: SqliteDisk) -> None:
    store, history = store_of(disk), History(1)
    store.commit(history.batch(250))
    old = History(2)
    store.commit(old.batch(2))
    for count in (3, 2, 5):
        batch = history.batch(count)
        batch.directory = [place(1, history.size - 1)]
        store.defer(batch)
    assert store.heads() == [history.head(), old.head()]
    assert list(store.leaves(history.log, 0, 251, 999)) == [row.raw for row in history.rows[251:]]
    assert store.block_root(history.log, 0, 0) == perfect_root([leaf_hash(row.raw) for row in history.rows[:256]])
    assert store.block_root(history.log, 0, 1) is None
    assert store.directory_places() == [place(1, 252), place(1, 254), place(1, 259)]
    fork = history.fork(1, 4)
    store.defer(fork.batch(3))
    assert store.entries(history.log, 1, 2, 9) == fork.rows[2:]
    assert store.root_at(history.log, 1, 7) == fork.rows[6].root
    assert store.heads() == [history.head(), fork.head(), old.head()]
    assert store.deferred_count() == 4


def test_a_head_that_waits_is_newer_than_one_that_is_written_and_none_goes_back(disk: SqliteDisk) -> None:
    store, history = store_of(disk), History(1)
    store.commit(history.batch(2))
    settled = history.head()._replace(receipted=Seq(2))
    store.defer(WriteBatch(heads=[settled]))
    assert store.heads() == [settled]
    store.commit(WriteBatch())
    store.defer(WriteBatch(heads=[history.head()]))
    assert store.heads() == [settled]


def test_what_is_deferred_is_read_also_while_another_thread_writes_it(disk: SqliteDisk) -> None:
    """At no moment is a row in neither place, nor in both."""
    store, history = store_of(disk), History(1)
    store.commit(history.batch(1))
    done = threading.Event()

    def settle() -> None:
        while not done.is_set():
            store.settle()

    writer = threading.Thread(target=settle)
    writer.start()
    try:
        for number in range(400):
            batch = history.batch(1)
            batch.receipts = [receipt(1, number, 1, seq=number)]
            store.defer(batch)
            assert store.entries(history.log, 0, 0, 9_999) == history.rows
            assert len(store.receipts_for(history.log, 0, 9_999)) == number + 1
            assert store.find_statement(digest(1, 0, number + 1)) == place(1, number + 1)
    finally:
        done.set()
        writer.join()


def test_what_is_written_between_a_look_at_what_is_deferred_and_one_at_the_tables_is_read_once(
    disk: SqliteDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, history = store_of(disk), History(1)
    store.commit(history.batch(2))
    held = store._rows

    def late(query: str, *parameters: object) -> list[Row]:
        store.settle()
        return held(query, *parameters)

    monkeypatch.setattr(store, "_rows", late)
    batch = history.batch(2)
    batch.receipts = [receipt(1, 0, 2)]
    store.defer(batch)
    assert store.entries(history.log, 0, 1, 9) == history.rows[1:]
    assert store.deferred_count() == 0
    again = history.batch(1)
    again.receipts = [receipt(1, 0, 2)._replace(at_ms=UnixMs(6)), receipt(1, 1, 3, seq=1)]
    store.defer(again)
    assert store.receipts_for(history.log, 0, 9) == [receipt(1, 0, 2), receipt(1, 1, 3, seq=1)]
    assert store.deferred_count() == 0


def test_a_batch_that_does_more_than_append_is_not_deferred(disk: SqliteDisk) -> None:
    _, batch = whole_batch()
    with pytest.raises(ValueError, match="more than append"):
        store_of(disk).defer(batch)
    assert_empty(disk.store)


def test_what_was_deferred_goes_before_the_next_commit(disk: SqliteDisk) -> None:
    history = History(1)
    store_of(disk).defer(history.batch(2))
    store_of(disk).defer(history.batch(1))
    store_of(disk).commit(history.batch(3))
    assert disk.restart().entries(history.log, 0, 0, 9) == history.rows


def test_what_was_only_deferred_is_not_in_the_store_after_a_crash(disk: SqliteDisk, tmp_path: Path) -> None:
    store_of(disk).defer(History(1).batch(5))
    other = open_store(tmp_path / "record.db")
    assert_empty(other)
    other.close()


@pytest.mark.parametrize("fault", list(Fault))
def test_a_fault_in_writing_what_was_deferred_stops_the_store(disk: SqliteDisk, fault: Fault) -> None:
    history = History(1)
    store_of(disk).defer(history.batch(2))
    disk.fail_next(fault)
    with pytest.raises(StorageFault, match="commit failed"):
        store_of(disk).settle()
    with pytest.raises(StorageFault, match="an earlier commit failed"):
        store_of(disk).defer(history.batch(1))
