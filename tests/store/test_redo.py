"""A batch beside its mark: whichever of the two writes a crash leaves out, the store is never behind the mark."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parley.errors import StorageFault
from parley.node.disk import CROWDED, SETTLE_AFTER_S, Disk
from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, StatementDigest, TreeSize, UnixMs
from parley.record.rows import EntryRow, HeadRow, HighWater, Place, ReceiptRow, WriteBatch
from parley.store import HighWaterFile, MemoryStore, open_store
from parley.store.highwater import MAX_REDO_BYTES, SLOTS
from parley.store.redo import MAX_REDO_ENTRIES, decode_redo, encode_redo, replay, unsettled

LOG = LogId(1)


def batch(first: int, count: int = 1, content: bytes = b"content") -> WriteBatch:
    made = WriteBatch()
    for seq in range(first, first + count):
        made.entries.append(
            EntryRow(
                LOG,
                0,
                Seq(seq),
                UnixMs(9),
                seq + 1,
                b"leaf %d" % seq,
                RootHash(bytes([seq + 1]) * 32),
                None,
                b"statement",
                content,
                StatementDigest(bytes([seq]) * 32),
                b"r" * 32,
            )
        )
    size, root = TreeSize(first + count), RootHash(bytes([first + count]) * 32)
    made.heads.append(HeadRow(LOG, 0, TreeSize(0), size, root, b"", first + count, Seq(0), Seq(0), b"\x80"))
    made.receipts.append(ReceiptRow(MemberOrdinal(1), LOG, Seq(first), UnixMs(9), LogId(2), Seq(0), 3))
    made.directory.append(Place(LOG, 0, Seq(first)))
    made.high_water = HighWater(LOG, size, root)
    return made


class Timer:
    """What `Timers` gives, as far as a `Disk` uses it."""

    def __init__(self, after_s: float, act: Callable[[], None]) -> None:
        self.after_s = after_s
        self.act = act
        self.ended = False

    def cancel(self) -> None:
        self.ended = True


class Timers:
    """An event loop's ``call_later`` by which nothing happens before `fire`."""

    def __init__(self) -> None:
        self._all: list[Timer] = []

    def __call__(self, after_s: float, act: Callable[[], None]) -> Any:
        self._all.append(Timer(after_s, act))
        return self._all[-1]

    def running(self) -> list[Timer]:
        return [timer for timer in self._all if not timer.ended]

    def fire(self) -> None:
        for timer in self.running():
            timer.ended = True
            timer.act()


@pytest.fixture
def file(tmp_path: Path) -> HighWaterFile:
    return HighWaterFile(tmp_path / "high-water")


def test_a_small_batch_comes_back_as_it_was() -> None:
    small = batch(0, 2)
    raw = encode_redo(small)
    assert raw is not None
    back = decode_redo(raw)
    assert (back.entries, back.heads, back.receipts, back.directory) == (
        small.entries, small.heads, small.receipts, small.directory,
    )  # fmt: skip


@pytest.mark.parametrize(
    "large",
    [batch(0, MAX_REDO_ENTRIES + 1), batch(0, content=b"x" * MAX_REDO_BYTES), WriteBatch()],
    ids=["many", "long", "unmarked"],
)
def test_what_does_not_fit_beside_its_mark_is_written_in_sequence(large: WriteBatch) -> None:
    assert encode_redo(large) is None


def test_a_crash_that_left_the_store_without_the_marked_batch_is_mended_at_start(file: HighWaterFile) -> None:
    store = MemoryStore()
    store.commit(batch(0))
    lost = batch(1)
    assert lost.high_water is not None
    file.write(lost.high_water, encode_redo(lost) or b"")
    file.close()
    assert replay(store, file)  # type: ignore[arg-type]
    assert store.heads()[0].size == lost.high_water.size
    assert store.entries(LOG, 0, 1, 9) == lost.entries


def test_a_crash_that_left_the_mark_behind_changes_nothing(file: HighWaterFile) -> None:
    store = MemoryStore()
    first, second = batch(0), batch(1)
    for one in (first, second):
        store.commit(one)
    assert first.high_water is not None
    file.write(first.high_water, encode_redo(first) or b"")
    assert not replay(store, file)  # type: ignore[arg-type]
    assert store.heads()[0].size == 2


def test_an_older_backup_is_not_given_a_batch_that_does_not_follow(file: HighWaterFile) -> None:
    store = MemoryStore()
    store.commit(batch(0))
    later = batch(5)
    assert later.high_water is not None
    file.write(later.high_water, encode_redo(later) or b"")
    assert not replay(store, file)  # type: ignore[arg-type]
    assert store.heads()[0].size == 1


def test_a_damaged_redo_spoils_its_slot_and_the_mark_before_stands(file: HighWaterFile, tmp_path: Path) -> None:
    first, second = batch(0), batch(1)
    assert first.high_water is not None
    assert second.high_water is not None
    file.write(first.high_water, encode_redo(first) or b"")
    before = (tmp_path / "high-water").read_bytes()
    file.write(second.high_water, encode_redo(second) or b"")
    file.close()
    data = bytearray((tmp_path / "high-water").read_bytes())
    changed = max(at for at in range(len(data)) if data[at] != before[at])
    data[changed] ^= 1
    (tmp_path / "high-water").write_bytes(bytes(data))
    assert HighWaterFile(tmp_path / "high-water").read() == first.high_water


@pytest.mark.parametrize("held", range(6))
def test_a_crash_between_the_marks_and_the_store_loses_none_of_the_batches(file: HighWaterFile, held: int) -> None:
    store = MemoryStore()
    batches = [batch(seq) for seq in range(5)]
    for one in batches[:held]:
        store.commit(one)
    for one in batches:
        assert one.high_water is not None
        file.write(one.high_water, encode_redo(one) or b"")
    file.close()
    assert replay(store, file) == (held < 5)  # type: ignore[arg-type]
    assert store.heads()[0].size == 5
    assert store.entries(LOG, 0, 0, 9) == [row for one in batches for row in one.entries]


def test_the_ring_is_long_enough_for_what_waits_for_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.node.disk.QUICK_S", float("inf"))  # a loaded disk is no reason to write elsewhere
    marks, store = HighWaterFile(tmp_path / "high-water"), open_store(tmp_path / "record.db")
    disk = Disk(store, marks, durable=lambda: None, failed=lambda fault: None, later=Timers())
    held = []
    for seq in range(3 * SLOTS):
        assert disk.commit(batch(seq))
        held.append(len(open_heads(tmp_path)))
    disk.close()
    marks.close()
    assert held[0] == 0, "the first batch was not deferred"
    assert store.heads()[0].size == 3 * SLOTS
    store.close()


def test_who_reads_beside_the_writer_sees_what_the_store_does_not_have_yet(file: HighWaterFile, tmp_path: Path) -> None:
    store = MemoryStore()
    assert unsettled(store, file) == []
    batches = [batch(seq) for seq in range(4)]
    for one in batches:
        assert one.high_water is not None
        file.write(one.high_water, encode_redo(one) or b"")
    store.commit(batches[0])
    reader = HighWaterFile(tmp_path / "high-water")  # the writer keeps its lock meanwhile
    found = unsettled(store, reader)
    assert [one.entries for one in found] == [one.entries for one in batches[1:]]
    assert store.heads()[0].size == 1
    for one in batches[1:]:
        store.commit(one)
    assert unsettled(store, reader) == []
    file.close()


def test_what_the_event_loop_writes_it_settles_a_little_later_and_at_once_where_many_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.node.disk.QUICK_S", float("inf"))
    marks, store, timers = HighWaterFile(tmp_path / "high-water"), open_store(tmp_path / "record.db"), Timers()
    disk = Disk(store, marks, durable=lambda: None, failed=lambda fault: None, later=timers)
    for seq in range(CROWDED - 1):
        disk.commit(batch(seq))
    assert [timer.after_s for timer in timers.running()] == [SETTLE_AFTER_S]
    disk.commit(batch(CROWDED - 1))
    disk.commit(batch(CROWDED))
    assert [timer.after_s for timer in timers.running()] == [0]
    assert store.deferred_count() == CROWDED + 1
    timers.fire()
    assert store.deferred_count() == 0
    disk.commit(batch(CROWDED + 1))
    assert [timer.after_s for timer in timers.running()] == [SETTLE_AFTER_S]
    disk.close()
    timers.fire()
    marks.close()
    store.close()


def test_where_the_disk_is_slow_it_is_the_writing_thread_that_settles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks, store, timers = HighWaterFile(tmp_path / "high-water"), open_store(tmp_path / "record.db"), Timers()
    settled_by: list[str] = []
    written, settle = threading.Event(), store.settle

    def settling() -> None:
        settled_by.append(threading.current_thread().name)
        settle()
        written.set()

    monkeypatch.setattr(store, "settle", settling)
    disk = Disk(store, marks, durable=lambda: None, failed=lambda fault: None, later=timers)
    monkeypatch.setattr("parley.node.disk.QUICK_S", float("inf"))
    assert disk.commit(batch(0))
    timers.fire()
    monkeypatch.setattr("parley.node.disk.QUICK_S", -1.0)
    assert disk.commit(batch(1))
    written.clear()
    timers.fire()
    assert written.wait(30)
    assert settled_by == [threading.current_thread().name, "parley-disk"]
    assert store.deferred_count() == 0
    disk.close()
    marks.close()
    store.close()


def test_a_fault_in_settling_ends_the_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks, store, timers = HighWaterFile(tmp_path / "high-water"), open_store(tmp_path / "record.db"), Timers()
    faults: list[BaseException] = []

    def failing() -> None:
        raise StorageFault("store.commit", "the disk is gone")

    monkeypatch.setattr("parley.node.disk.QUICK_S", float("inf"))
    disk = Disk(store, marks, durable=lambda: None, failed=faults.append, later=timers)
    disk.commit(batch(0))
    with monkeypatch.context() as broken:
        broken.setattr(store, "settle", failing)
        timers.fire()
    assert [str(fault) for fault in faults] == ["the disk is gone [store.commit]"]
    disk.close()
    marks.close()
    store.close()


def test_what_the_writing_thread_defers_it_gives_the_store_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.node.disk.QUICK_S", -1.0)  # every write is slow: what comes next goes to the thread
    marks, store, written = (
        HighWaterFile(tmp_path / "high-water"),
        open_store(tmp_path / "record.db"),
        threading.Event(),
    )
    disk = Disk(store, marks, durable=written.set, failed=lambda fault: None, later=Timers())
    assert disk.commit(batch(0))
    assert not disk.commit(batch(1))
    assert written.wait(30)
    beside = open_store(tmp_path / "record.db", grow=False)
    end = time.monotonic() + 30
    while not beside.heads() or beside.heads()[0].size < 2:
        assert time.monotonic() < end, "the store is left behind"
        time.sleep(0.01)
    beside.close()
    disk.close()
    marks.close()
    store.close()


def open_heads(folder: Path) -> list[HeadRow]:
    """The heads as a crash now would leave them, with what lies beside the marks given back."""
    other, marks = MemoryStore(), HighWaterFile(folder / "copy")
    (folder / "copy").write_bytes((folder / "high-water").read_bytes())
    beside = [decode_redo(raw) for raw in marks.redos()]
    marks.close()
    on_disk = open_store(folder / "record.db")
    size = on_disk.heads()[0].size if on_disk.heads() else 0
    on_disk.close()
    assert [one.entries[0].seq for one in beside if one.entries[0].seq >= size] == list(
        range(size, int(beside[-1].entries[0].seq) + 1)
    ), "a crash now would lose a batch"
    other.close()
    return [] if size == 0 else [beside[-1].heads[0]]
