"""SQLite and memory give the same answers, whatever is done to both, faults and restarts included."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from parley.errors import StorageFault
from parley.record.ids import LogId, MemberOrdinal, Seq
from parley.record.merkle import BLOCK_LEAVES
from parley.record.rows import WriteBatch
from parley.store import Fault, Store
from tests.store.disks import AnyStore, MemoryDisk, SqliteDisk
from tests.store.samples import History, blob, digest, evidence, noise, parcel, place, receipt, void

LOGS = (LogId(0), LogId(1), LogId(257))
small = st.integers(0, 12)
logs = st.sampled_from(LOGS)


class TwoStores(RuleBasedStateMachine):
    """Every rule gives one batch to both; every invariant asks both the same."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._disks = (SqliteDisk(Path(self._folder.name) / "record.db"), MemoryDisk())
        self._histories: dict[tuple[LogId, int], History] = {}

    def teardown(self) -> None:
        for disk in self._disks:
            disk.close()
        self._folder.cleanup()

    @initialize()
    def begin(self) -> None:
        for log in LOGS:
            self._histories[log, 0] = History(log)

    # ---- what is done --------------------------------------------------------------------------------------

    @rule(
        log=logs, branch=st.integers(0, 2), count=st.sampled_from([1, 2, 5, 130, 256]), blobs=st.booleans(),
        repeat=st.booleans(), fault=st.sampled_from([None, None, None, *Fault]),
    )  # fmt: skip
    def grow(self, log: LogId, branch: int, count: int, blobs: bool, repeat: bool, fault: Fault | None) -> None:
        history = self._histories.get((log, branch), self._histories[log, 0])
        before = history.size
        batch = history.batch(count, blobs=blobs, repeat=repeat)
        batch.documents = [("last", noise(log, branch, history.size))]
        if fault is not None:
            self._settle()
            for disk in self._disks:
                disk.fail_next(fault)
        self._commit(batch, fails=fault is not None)
        if fault is Fault.NOT_PERSISTED:
            self._histories[log, history.branch] = _cut(history, before)

    @rule(log=logs, branch=st.integers(0, 2), count=st.sampled_from([1, 2, 130]), holder=logs, first=small)
    def grow_deferred(self, log: LogId, branch: int, count: int, holder: LogId, first: int) -> None:
        """Durable elsewhere: the store on disk writes it when it likes."""
        history = self._histories.get((log, branch), self._histories[log, 0])
        batch = history.batch(count, repeat=True)
        batch.receipts = [receipt(log, first, count, holder=holder, seq=first)]
        batch.directory = [place(log, history.size - 1, history.branch)]
        on_disk, in_memory = (disk.store for disk in self._disks)
        assert isinstance(on_disk, Store)
        on_disk.defer(batch)
        in_memory.commit(batch)

    @rule(log=logs, base=small, count=st.sampled_from([1, 3, 260]))
    def fork(self, log: LogId, base: int, count: int) -> None:
        first = self._histories[log, 0]
        branch = sum(key[0] == log for key in self._histories)
        if first.size < base or branch > 2:
            return
        fork = self._histories[log, branch] = first.fork(branch, base)
        self._commit(fork.batch(count))

    @rule(log=logs, seq=small, content=st.one_of(st.none(), st.binary(max_size=3)))
    def blob_comes(self, log: LogId, seq: int, content: bytes | None) -> None:
        self._commit(WriteBatch(blobs=[blob(log, seq, content)]), fails=not self._held(log, seq))

    @rule(log=logs, branch=st.integers(0, 1), seq=small, reason=st.text(max_size=2))
    def is_void(self, log: LogId, branch: int, seq: int, reason: str) -> None:
        batch = WriteBatch(voids=[void(log, seq, reason, branch)], directory=[place(log, seq, branch)])
        self._commit(batch, fails=not self._held(log, seq, branch))

    @rule(log=logs, first=small, count=st.sampled_from([1, 2, 17, 300, 70_000]), holder=logs, seq=small)
    def receipted(self, log: LogId, first: int, count: int, holder: LogId, seq: int) -> None:
        self._commit(WriteBatch(receipts=[receipt(log, first, count, holder=holder, seq=seq)]))

    @rule(log=logs, which=st.sampled_from("ab"), at=small, recipient=st.integers(0, 2), seq=small, drop=st.booleans())
    def other_rows(self, log: LogId, which: str, at: int, recipient: int, seq: int, drop: bool) -> None:
        kept = parcel(recipient, log, seq, noise(at))
        batch = WriteBatch(evidence=[evidence(log, which, at)], parcels=[kept])
        if drop:
            batch.dropped_parcels = [(kept.log, kept.seq, kept.recipient)]
        self._commit(batch)

    @rule(log=logs)
    def an_entry_is_written_again(self, log: LogId) -> None:
        history = self._histories[log, 0]
        if history.size:
            batch = WriteBatch(entries=history.rows[-1:], heads=[history.head()], documents=[("last", b"refused")])
            self._commit(batch, fails=True)

    @rule()
    def restart(self) -> None:
        self._settle()
        for disk in self._disks:
            disk.restart()

    @rule()
    def idle(self) -> None:
        for disk in self._disks:
            disk.store.checkpoint_wal()

    # ---- what is asked -------------------------------------------------------------------------------------

    @invariant()
    def both_hold_what_was_confirmed_and_say_the_same(self) -> None:
        self._same(_what_is_small)
        for recipient in range(3):
            self._same(_parcels_for, MemberOrdinal(recipient))
        for (log, branch), history in self._histories.items():
            self._same(_history, log, branch)
            leaves = [row.raw for row in history.rows]
            assert list(self._disks[0].store.leaves(log, branch, 0, 1 << 30)) == leaves

    def _same(self, ask: Callable[..., object], *about: int) -> None:
        on_disk, in_memory = (ask(disk.store, *about) for disk in self._disks)
        assert on_disk == in_memory

    def _settle(self) -> None:
        """Before the store is opened again: a start gives it what it lacks of what was deferred (see `test_redo`)."""
        on_disk = self._disks[0].store
        assert isinstance(on_disk, Store)
        on_disk.settle()

    def _commit(self, batch: WriteBatch, *, fails: bool = False) -> None:
        if fails:
            self._settle()
        for disk in self._disks:
            try:
                disk.store.commit(batch)
            except StorageFault:
                assert fails, "an honest batch was refused"
                disk.restart()
            else:
                assert not fails, "a batch was taken that breaks a rule"

    def _held(self, log: LogId, seq: int, branch: int = 0) -> bool:
        history = self._histories.get((log, branch))
        return history is not None and history.base <= seq < history.size


def _cut(history: History, size: int) -> History:
    """The history as it was at `size`."""
    cut = history.fork(history.branch, size)
    cut.base = history.base
    return cut


def _what_is_small(store: AnyStore) -> object:
    return store.heads(), store.directory_places(), store.evidence(), store.document("last")


def _parcels_for(store: AnyStore, recipient: MemberOrdinal) -> object:
    return store.parcels(recipient)


def _history(store: AnyStore, log: LogId, branch: int) -> object:
    """Everything a reader can ask of one branch, at and around its ends."""
    end = 700
    return (
        store.entries(log, branch, 0, 20),
        store.entries(log, branch, 120, 300),
        store.entries(log, branch, end, 9),
        [store.root_at(log, branch, size) for size in range(1, 14)],
        [store.clock_at(log, branch, seq) for seq in (0, 5, 11, 12, 300, end)],
        [store.find_statement(digest(log, branch, seq)) for seq in range(0, 14, 3)],
        [store.find_repeat(noise("repeat", log, branch, seq)) for seq in range(0, 14, 3)],
        [store.receipts_for(log, first, first + width) for first in (0, 6, 250) for width in (0, 1, 9)],
        store.voids(log, branch, 0, 99),
        store.voids(log, branch, 5, Seq(7)),
        list(store.leaves(log, branch, 3, 400)),
        [store.block_root(log, branch, block) for block in range(1 + end // BLOCK_LEAVES)],
    )


TestTwoStores = TwoStores.TestCase
TestTwoStores.settings = settings(max_examples=15, stateful_step_count=25)
