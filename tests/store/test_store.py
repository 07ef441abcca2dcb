"""What every store promises, whatever it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.errors import StorageFault
from parley.record.ids import LogId, MemberOrdinal, Seq
from parley.record.merkle import BLOCK_LEAVES, leaf_hash, perfect_root
from parley.record.rows import WriteBatch
from parley.store import Fault
from parley.store.indexing import MAX_SPAN, receipt_span
from tests.store.disks import AnyStore, Disk
from tests.store.samples import (
    LOG1,
    LOG2,
    LOG3,
    History,
    blob,
    digest,
    evidence,
    far_entry,
    noise,
    parcel,
    place,
    receipt,
    void,
)


def whole_batch() -> tuple[History, WriteBatch]:
    """A batch with something of every sort."""
    history = History(1)
    batch = history.batch(5, repeat=True)
    batch.receipts = [receipt(1, 0, 3)]
    batch.voids = [void(1, 2)]
    batch.directory = [place(1, 1)]
    batch.evidence = [evidence(1, "a")]
    batch.parcels = [parcel(2, 1, 3), parcel(2, 1, 4), parcel(3, 1, 3)]
    batch.dropped_parcels = [(parcel(2, 1, 4).log, Seq(4), MemberOrdinal(2))]
    batch.documents = [("charter/1", b"old"), ("charter/1", b"new")]
    return history, batch


def assert_whole(store: AnyStore, history: History) -> None:
    assert store.heads() == [history.head()]
    assert store.entries(history.log, 0, 0, 100) == history.rows
    assert list(store.leaves(history.log, 0, 0, 100)) == [row.raw for row in history.rows]
    assert store.root_at(history.log, 0, 5) == history.rows[4].root
    assert store.clock_at(history.log, 0, 4) == history.rows[4].clock
    assert store.find_statement(digest(1, 0, 3)) == place(1, 3)
    assert store.find_repeat(noise("repeat", 1, 0, 3)) == place(1, 3)
    assert store.receipts_for(history.log, 0, 5) == [receipt(1, 0, 3)]
    assert store.voids(history.log, 0, 0, 5) == [void(1, 2)]
    assert store.directory_places() == [place(1, 1)]
    assert store.evidence() == [evidence(1, "a")]
    assert store.parcels(MemberOrdinal(2)) == [parcel(2, 1, 3)]
    assert store.parcels(MemberOrdinal(3)) == [parcel(3, 1, 3)]
    assert store.document("charter/1") == b"new"


def assert_empty(store: AnyStore) -> None:
    assert store.heads() == []
    assert store.entries(LOG1, 0, 0, 100) == []
    assert list(store.leaves(LOG1, 0, 0, 100)) == []
    assert store.root_at(LOG1, 0, 1) is None
    assert store.clock_at(LOG1, 0, 0) is None
    assert store.block_root(LOG1, 0, 0) is None
    assert store.find_statement(digest(1, 0, 3)) is None
    assert store.find_repeat(noise("repeat", 1, 0, 3)) is None
    assert store.receipts_for(LOG1, 0, 5) == []
    assert store.voids(LOG1, 0, 0, 5) == []
    assert store.directory_places() == []
    assert store.evidence() == []
    assert store.parcels(MemberOrdinal(2)) == []
    assert store.document("charter/1") is None


def test_a_new_store_holds_nothing(store: AnyStore) -> None:
    assert_empty(store)


def test_what_was_committed_is_read_at_once_and_after_a_restart(disk: Disk) -> None:
    history, batch = whole_batch()
    disk.store.commit(batch)
    assert_whole(disk.store, history)
    assert_whole(disk.restart(), history)


# ---- faults ------------------------------------------------------------------------------------------------


def test_a_failed_commit_that_was_not_persisted_leaves_nothing_of_the_batch(disk: Disk) -> None:
    disk.fail_next(Fault.NOT_PERSISTED)
    with pytest.raises(StorageFault) as fault:
        disk.store.commit(whole_batch()[1])
    assert fault.value.code == "store.commit"
    assert_empty(disk.restart())


def test_a_failed_commit_that_was_persisted_is_found_whole_at_the_next_start(disk: Disk) -> None:
    history, batch = whole_batch()
    disk.fail_next(Fault.PERSISTED)
    with pytest.raises(StorageFault) as fault:
        disk.store.commit(batch)
    assert fault.value.code == "store.commit"
    assert_whole(disk.restart(), history)


@pytest.mark.parametrize("fault", Fault)
def test_after_a_fault_no_commit_is_taken_before_a_restart(disk: Disk, fault: Fault) -> None:
    history = History(1)
    disk.store.commit(history.batch(1))
    disk.fail_next(fault)
    with pytest.raises(StorageFault):
        disk.store.commit(History(2).batch(1))
    with pytest.raises(StorageFault) as refused:
        disk.store.commit(history.batch(1))
    assert refused.value.code == "store.stopped"
    assert len(disk.store.entries(LOG1, 0, 0, 9)) == 1
    restarted = disk.restart()
    restarted.commit(WriteBatch(entries=history.rows[1:], heads=[history.head()]))
    assert restarted.entries(LOG1, 0, 0, 9) == history.rows


def test_a_closed_store_takes_no_commit(disk: Disk) -> None:
    disk.store.close()
    with pytest.raises(StorageFault) as refused:
        disk.store.commit(History(1).batch(1))
    assert refused.value.code == "store.stopped"


# ---- entries, statements, contents -------------------------------------------------------------------------


def test_an_entry_once_written_is_never_replaced(disk: Disk) -> None:
    history = History(1)
    disk.store.commit(history.batch(2))
    other = History(1, clock=50).batch(1)
    other.documents = [("x", b"of the refused batch")]
    with pytest.raises(StorageFault):
        disk.store.commit(other)
    restarted = disk.restart()
    assert restarted.entries(LOG1, 0, 0, 9) == history.rows
    assert restarted.document("x") is None


@pytest.mark.parametrize(
    "about",
    [
        WriteBatch(blobs=[blob(1, 7)]),
        WriteBatch(voids=[void(1, 7)]),
        WriteBatch(directory=[place(1, 7)]),
    ],
    ids=["statement", "void", "directory"],
)
def test_nothing_is_said_of_an_entry_that_is_not_held(disk: Disk, about: WriteBatch) -> None:
    disk.store.commit(History(1).batch(7))
    with pytest.raises(StorageFault):
        disk.store.commit(about)


def test_a_batch_without_the_head_of_its_entries_is_a_programmers_error_and_harms_nothing(store: AnyStore) -> None:
    history = History(1)
    batch = history.batch(2)
    short = History(1)
    short.batch(1)
    for heads in ([], [short.head()], [History(2).head()]):
        with pytest.raises(ValueError, match="without a head"):
            store.commit(WriteBatch(entries=batch.entries, heads=heads))
    store.commit(batch)
    assert store.entries(LOG1, 0, 0, 9) == history.rows


def test_statement_and_content_may_come_later_and_apart(store: AnyStore) -> None:
    history = History(1)
    store.commit(history.batch(2, blobs=False))
    store.commit(WriteBatch(blobs=[blob(1, 1, content=None)]))
    assert [(row.statement, row.content) for row in store.entries(LOG1, 0, 0, 9)] == [
        (None, None),
        (b"statement", None),
    ]
    store.commit(WriteBatch(blobs=[blob(1, 1)]))
    assert store.entries(LOG1, 0, 1, 1)[0].content == b"content"


def test_a_statement_that_comes_again_changes_nothing(store: AnyStore) -> None:
    history = History(1)
    store.commit(history.batch(1))
    store.commit(WriteBatch(blobs=[blob(1, 0, content=b"other", statement=b"other")] * 2))
    assert store.entries(LOG1, 0, 0, 1) == history.rows


def test_entries_are_read_by_ranges(store: AnyStore) -> None:
    history = History(3)
    store.commit(history.batch(20))
    store.commit(History(4).batch(5))
    assert store.entries(LOG3, 0, 5, 4) == history.rows[5:9]
    assert store.entries(LOG3, 0, 18, 9) == history.rows[18:]
    assert store.entries(LOG3, 0, 20, 9) == []
    assert list(store.leaves(LOG3, 0, 2, 7)) == [row.raw for row in history.rows[2:7]]
    assert list(store.leaves(LOG3, 0, 7, 7)) == []


def test_leaves_are_streamed_by_parts_without_a_seam(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.store.store.LEAVES_AT_ONCE", 4)
    history = History(1)
    store.commit(history.batch(23))
    for stop in (3, 4, 5, 8, 22, 23, 1 << 40):
        assert list(store.leaves(LOG1, 0, 1, stop)) == [row.raw for row in history.rows[1:stop]]


def test_leaves_may_be_read_while_the_log_grows(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.store.store.LEAVES_AT_ONCE", 4)
    history = History(1)
    store.commit(history.batch(10))
    leaves = store.leaves(LOG1, 0, 0, 10)
    taken = [next(leaves)]
    store.commit(history.batch(3))
    assert taken + list(leaves) == [row.raw for row in history.rows[:10]]


# ---- heads and forks ---------------------------------------------------------------------------------------


def test_heads_are_replaced_and_ordered_by_log_and_branch(store: AnyStore) -> None:
    first, second = History(258), History(2)
    store.commit(first.batch(2))
    store.commit(second.batch(1))
    fork = second.fork(1, 1)
    store.commit(fork.batch(1))
    moved = second.head()._replace(receipted=Seq(1), folded=Seq(1), claims=b"\xa0")
    store.commit(WriteBatch(heads=[moved]))
    assert store.heads() == [moved, fork.head(), first.head()]


def test_a_fork_shares_everything_below_its_base_with_the_first_history(store: AnyStore) -> None:
    first = History(1)
    batch = first.batch(300)
    batch.voids = [void(1, 8), void(1, 20)]
    store.commit(batch)
    fork = first.fork(1, 10)
    batch = fork.batch(300)
    batch.voids = [void(1, 15, branch=1)]
    store.commit(batch)
    assert store.entries(LOG1, 1, 5, 10) == first.rows[5:10] + fork.rows[10:15]
    assert store.entries(LOG1, 0, 5, 10) == first.rows[5:15]
    assert list(store.leaves(LOG1, 1, 0, 999)) == [row.raw for row in fork.rows]
    assert [store.root_at(LOG1, 1, size) for size in (10, 11)] == [first.rows[9].root, fork.rows[10].root]
    assert [store.clock_at(LOG1, 1, seq) for seq in (9, 10)] == [first.rows[9].clock, fork.rows[10].clock]
    assert store.voids(LOG1, 1, 0, 99) == [void(1, 8), void(1, 15, branch=1)]
    assert [store.block_root(LOG1, branch, 0) for branch in (0, 1)] == [block_root(first, 0), block_root(fork, 0)]


def block_root(history: History, block: int) -> bytes:
    start = block * BLOCK_LEAVES
    return perfect_root([leaf_hash(row.raw) for row in history.rows[start : start + BLOCK_LEAVES]])


def test_roots_of_blocks_are_held_as_soon_as_the_block_is_complete(disk: Disk) -> None:
    history = History(1)
    for fresh in (255, 1, 300, 1, 300):
        disk.store.commit(history.batch(fresh, blobs=False))
        whole = history.size // BLOCK_LEAVES
        expected = [block_root(history, block) for block in range(whole)] + [None]
        assert [disk.store.block_root(LOG1, 0, block) for block in range(whole + 1)] == expected
        disk.restart()
        assert [disk.store.block_root(LOG1, 0, block) for block in range(whole + 1)] == expected


def test_a_fork_beyond_a_block_shares_its_root(store: AnyStore) -> None:
    first = History(1)
    store.commit(first.batch(257))
    store.commit(first.fork(1, 256).batch(1))
    assert store.block_root(LOG1, 1, 0) == block_root(first, 0)
    assert store.block_root(LOG1, 1, 1) is None


def test_a_block_with_a_leaf_missing_is_a_fault(store: AnyStore) -> None:
    with pytest.raises(StorageFault):
        store.commit(far_entry(1, BLOCK_LEAVES - 1, digest("x")))


# ---- finding -----------------------------------------------------------------------------------------------


def test_a_statement_is_found_where_it_first_stands_in_the_order_of_the_record(store: AnyStore) -> None:
    said = digest("said")
    store.commit(far_entry(3, 5, said, clock=9))
    store.commit(far_entry(2, 7, said, clock=9))
    assert store.find_statement(said) == place(2, 7)
    store.commit(far_entry(259, 0, said, clock=2))
    store.commit(far_entry(4, 0, said, clock=2))
    assert store.find_statement(said) == place(259, 0), "member 3 comes before member 4, whichever its generation"


def test_a_statement_is_found_by_its_whole_digest(store: AnyStore) -> None:
    alike = [digest("x")[:31] + bytes([last]) for last in range(3)]
    for seq, said in enumerate(alike[:2]):
        store.commit(far_entry(1, seq, said))
    assert [store.find_statement(said) for said in alike] == [place(1, 0), place(1, 1), None]


def test_a_statement_is_found_however_long_the_log_is(store: AnyStore) -> None:
    seqs = [0, 65_534, 65_536, 1_048_577, 2_000_003]
    for seq in seqs:
        store.commit(far_entry(1, seq, digest(seq)))
    assert [store.find_statement(digest(seq)) for seq in seqs] == [place(1, seq) for seq in seqs]


def test_a_repeat_of_a_statement_is_found_by_the_whole_of_what_was_signed(store: AnyStore) -> None:
    store.commit(History(1).batch(3, repeat=True))
    asked = noise("repeat", 1, 0, 1)
    assert store.find_repeat(asked) == place(1, 1)
    assert store.find_repeat(asked[:31] + b"?") is None


# ---- receipts and the rest ---------------------------------------------------------------------------------


@pytest.fixture
def fresh_logs() -> Iterator[int]:
    return count(1)


ranges = st.tuples(st.integers(0, 400), st.one_of(st.integers(1, 3), st.integers(1, 300), st.just(1 << 40)))


@given(
    rows=st.lists(ranges, max_size=25), asked=st.tuples(st.integers(0, 500), st.integers(0, 60)),
)  # fmt: skip
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_receipts_found_are_exactly_those_that_overlap(
    store: AnyStore, fresh_logs: Iterator[int], rows: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    log, first, stop = LogId(next(fresh_logs)), asked[0], asked[0] + asked[1]
    written = [receipt(log, start, count, seq=seq) for seq, (start, count) in enumerate(rows)]
    store.commit(WriteBatch(receipts=written))
    found = store.receipts_for(log, first, stop)
    assert sorted(found) == sorted(row for row in written if row.first < stop and row.first + row.count > first)
    assert found == sorted(found, key=lambda row: (row.first, row.holder_log, row.seq, row.count))


def test_a_peer_that_names_a_range_twice_in_one_receipt_does_no_harm(store: AnyStore) -> None:
    twice = [receipt(2, 0, 3), receipt(2, 0, 3), receipt(2, 0, 4)]
    store.commit(WriteBatch(receipts=twice))
    store.commit(WriteBatch(receipts=twice))
    assert store.receipts_for(LOG2, 0, 1) == [receipt(2, 0, 3), receipt(2, 0, 4)]


def test_every_range_an_entry_can_name_has_a_span() -> None:
    for length in [1, 2, 15, 16, 17, 255, 256, 257, 2**53 - 1]:
        span = receipt_span(length)
        assert length <= 16**span
        assert span == 0 or length > 16 ** (span - 1)
    assert receipt_span(2**53 - 1) == MAX_SPAN


def test_the_first_reason_for_a_void_stays(store: AnyStore) -> None:
    batch = History(1).batch(3)
    batch.voids = [void(1, 1, "first"), void(1, 1, "second")]
    store.commit(batch)
    store.commit(WriteBatch(voids=[void(1, 1, "third"), void(1, 2)]))
    assert store.voids(LOG1, 0, 0, 9) == [void(1, 1, "first"), void(1, 2)]
    assert store.voids(LOG1, 0, 2, 9) == [void(1, 2)]


def test_the_same_evidence_is_kept_once(store: AnyStore) -> None:
    store.commit(WriteBatch(evidence=[evidence(2, "b", 9), evidence(2, "a", 8), evidence(1, "c", 9)]))
    store.commit(WriteBatch(evidence=[evidence(2, "a", 3)]))
    assert store.evidence() == [evidence(1, "c", 9), evidence(2, "a", 8), evidence(2, "b", 9)]


def test_directory_places_are_kept_once_and_in_order(store: AnyStore) -> None:
    for log in (2, 1):
        batch = History(log).batch(3)
        batch.directory = [place(log, 2), place(log, 0)]
        store.commit(batch)
    store.commit(WriteBatch(directory=[place(1, 0)]))
    assert store.directory_places() == [place(1, 0), place(1, 2), place(2, 0), place(2, 2)]


def test_a_parcel_once_kept_is_not_overwritten_by_another_relay(store: AnyStore) -> None:
    store.commit(WriteBatch(parcels=[parcel(2, 1, 0, b"good")]))
    store.commit(WriteBatch(parcels=[parcel(2, 1, 0, b"garbage")]))
    assert store.parcels(MemberOrdinal(2)) == [parcel(2, 1, 0, b"good")]
    store.commit(WriteBatch(dropped_parcels=[(parcel(2, 1, 0).log, Seq(0), MemberOrdinal(2))] * 2))
    assert store.parcels(MemberOrdinal(2)) == []
