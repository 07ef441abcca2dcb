"""MemoryStore: a store on a simulated disk, for the simulator and for tests.

The same interface and the same rules as `Store`, and the faults of a disk on demand:

* `fail_next`: the next commit is reported failed, and was not persisted, or was;
* `honest` set to False: the disk says it has synced and has not; `crash(lose_unsynced=True)` loses what came since;
* `backup` and `restore`: an administrator puts back an older copy.

After a fault it refuses commits, as `Store` does, until `crash`, after which it is what a node finds at its next
start. Nothing handed out is shared with what is held, and what is handed in must not be changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from parley.errors import StorageFault
from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq
from parley.record.merkle import BLOCK_LEAVES, leaf_hash, perfect_root
from parley.record.order import OrderKey, order_key
from parley.record.rows import EntryRow, EvidenceRow, HeadRow, ParcelRow, Place, ReceiptRow, VoidRow, WriteBatch
from parley.store.indexing import evidence_pair, require_heads


class Fault(Enum):
    """A commit that is reported failed."""

    NOT_PERSISTED = "and the disk has nothing of it"
    PERSISTED = "and yet the disk has it"


@dataclass(slots=True)
class Backup:
    """All tables of a store at one moment. Opaque: for `MemoryStore.restore`."""

    entries: dict[tuple[LogId, int], dict[int, EntryRow]] = field(default_factory=dict)
    ends: dict[tuple[LogId, int], int] = field(default_factory=dict)
    statements: dict[Place, bytes] = field(default_factory=dict)
    contents: dict[Place, bytes] = field(default_factory=dict)
    digests: dict[bytes, tuple[Place, ...]] = field(default_factory=dict)
    repeats: dict[bytes, tuple[Place, ...]] = field(default_factory=dict)
    heads: dict[tuple[LogId, int], HeadRow] = field(default_factory=dict)
    receipts: dict[LogId, dict[ReceiptRow, None]] = field(default_factory=dict)
    voids: dict[Place, VoidRow] = field(default_factory=dict)
    directory: set[Place] = field(default_factory=set)
    evidence: dict[tuple[LogId, str, str], EvidenceRow] = field(default_factory=dict)
    parcels: dict[tuple[MemberOrdinal, LogId, Seq], ParcelRow] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)

    def copy(self) -> Backup:
        """An independent copy."""
        return Backup(
            {history: rows.copy() for history, rows in self.entries.items()},
            self.ends.copy(),
            self.statements.copy(),
            self.contents.copy(),
            self.digests.copy(),
            self.repeats.copy(),
            self.heads.copy(),
            {log: rows.copy() for log, rows in self.receipts.items()},
            self.voids.copy(),
            self.directory.copy(),
            self.evidence.copy(),
            self.parcels.copy(),
            self.documents.copy(),
        )


class MemoryStore:
    """See the module; reads are those of `RecordReader`."""

    def __init__(self) -> None:
        self.honest = True
        self._held = Backup()
        self._synced: Backup | None = None
        self._fault: Fault | None = None
        self._stopped: str | None = None
        self._block_roots: dict[tuple[LogId, int, int], bytes] = {}

    # ---- the disk ------------------------------------------------------------------------------------------

    def fail_next(self, fault: Fault) -> None:
        """Let the next commit be reported failed."""
        self._fault = fault

    def crash(self, *, lose_unsynced: bool) -> None:
        """The machine goes down and comes up again; what a dishonest disk never synced is lost, or by luck is not."""
        if lose_unsynced and self._synced is not None:
            self._held = self._synced
            self._block_roots.clear()
        self._synced = None
        self._fault = None
        self._stopped = None

    def backup(self) -> Backup:
        """A copy of all that is held now."""
        return self._held.copy()

    def restore(self, backup: Backup) -> None:
        """Put `backup` in the place of all that is held, as with the node stopped; ends like `crash`."""
        self._held = backup.copy()
        self._block_roots.clear()
        self.crash(lose_unsynced=False)

    # ---- writing -------------------------------------------------------------------------------------------

    def commit(self, batch: WriteBatch) -> None:
        """Take `batch`, whole or not at all.

        Raises:
            StorageFault: ``store.commit``: it failed; ``store.stopped``: an earlier one did.
            ValueError: it lacks a head that covers its entries.
        """
        require_heads(batch)
        if self._stopped is not None:
            raise StorageFault("store.stopped", self._stopped, rule="start the node again to recover")
        fault, self._fault = self._fault, None
        if fault is Fault.NOT_PERSISTED or _breaks_a_rule(self._held, batch):
            self._stopped = "an earlier commit failed"
            raise StorageFault("store.commit", "a commit failed")
        if not self.honest and self._synced is None:
            self._synced = self._held.copy()
        if self.honest:
            self._synced = None
        _apply(self._held, batch)
        if fault is Fault.PERSISTED:
            self._stopped = "an earlier commit failed"
            raise StorageFault("store.commit", "a commit failed")

    def checkpoint_wal(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Refuse commits until `crash`."""
        self._stopped = "the store is closed"

    # ---- reading: see RecordReader -------------------------------------------------------------------------

    def heads(self) -> list[HeadRow]:
        """All branches held, ordered by (log, branch)."""
        return [self._held.heads[key] for key in sorted(self._held.heads)]

    def entries(self, log: LogId, branch: int, first: int, limit: int) -> list[EntryRow]:
        """The rows of [first, first + limit) that are held, in order."""
        rows = (self._entry(log, branch, seq) for seq in self._within(log, branch, first, first + limit))
        return [self._with_blobs(row) for row in rows if row is not None]

    def leaves(self, log: LogId, branch: int, first: int, stop: int) -> Iterator[bytes]:
        """Leaf bytes of [first, stop), in order."""
        for seq in self._within(log, branch, first, stop):
            row = self._entry(log, branch, seq)
            if row is not None:
                yield row.raw

    def root_at(self, log: LogId, branch: int, size: int) -> RootHash | None:
        """Tree root at `size` ≥ 1."""
        row = self._entry(log, branch, size - 1)
        return row.root if row else None

    def clock_at(self, log: LogId, branch: int, seq: int) -> int | None:
        """Logical clock of one entry."""
        row = self._entry(log, branch, seq)
        return row.clock if row else None

    def block_root(self, log: LogId, branch: int, block: int) -> bytes | None:
        """Root of the complete aligned 256-leaf subtree number `block`, or None where it is not complete."""
        start = block * BLOCK_LEAVES
        root = self._block_roots.get((log, branch, block))
        if root is None:
            leaves = [leaf_hash(raw) for raw in self.leaves(log, branch, start, start + BLOCK_LEAVES)]
            if len(leaves) == BLOCK_LEAVES:
                root = self._block_roots[log, branch, block] = perfect_root(leaves)
        return root

    def find_statement(self, digest: bytes) -> Place | None:
        """The first place, in the record's order, of an entry for the statement with this digest."""
        return min(self._held.digests.get(digest, ()), key=self._order, default=None)

    def find_repeat(self, repeat: bytes) -> Place | None:
        """Where this node's own statement with this to-be-signed digest stands."""
        return min(self._held.repeats.get(repeat, ()), key=self._order, default=None)

    def receipts_for(self, log: LogId, first: int, stop: int) -> list[ReceiptRow]:
        """Receipts of any holder that cover part of [first, stop), ordered by (first, holder log, seq, count)."""
        rows = self._held.receipts.get(log, {})
        covering = [row for row in rows if row.first < stop and row.first + row.count > first]
        return sorted(covering, key=lambda row: (row.first, row.holder_log, row.seq, row.count))

    def voids(self, log: LogId, branch: int, first: int, stop: int) -> list[VoidRow]:
        """Void statements in [first, stop)."""
        places = (self._place(log, branch, seq) for seq in self._within(log, branch, first, stop))
        return [self._held.voids[place] for place in places if place in self._held.voids]

    def directory_places(self) -> list[Place]:
        """Places of all directory and charter statements, ordered by (log, branch, seq)."""
        return sorted(self._held.directory)

    def evidence(self) -> list[EvidenceRow]:
        """All fork evidence kept, ordered by (log, time noticed)."""
        return sorted(self._held.evidence.values(), key=lambda row: (row.log, row.noticed_ms, evidence_pair(row)))

    def parcels(self, recipient: MemberOrdinal) -> Sequence[ParcelRow]:
        """Sealed parcels kept for `recipient`, ordered by (log, seq)."""
        return [self._held.parcels[key] for key in sorted(self._held.parcels) if key[0] == recipient]

    def document(self, name: str) -> bytes | None:
        """A named document, the latest under that name."""
        return self._held.documents.get(name)

    # ---- inside --------------------------------------------------------------------------------------------

    def _place(self, log: LogId, branch: int, seq: int) -> Place:
        """Where the entry at `seq` of this history is kept: a fork's entries below its base are branch 0's."""
        return _place(self._held.heads, log, branch, seq)

    def _entry(self, log: LogId, branch: int, seq: int) -> EntryRow | None:
        place = self._place(log, branch, seq)
        return self._held.entries.get((log, place.branch), {}).get(seq)

    def _within(self, log: LogId, branch: int, first: int, stop: int) -> range:
        """[first, stop) without what lies beyond all that is held."""
        end = max(self._held.ends.get((log, 0), 0), self._held.ends.get((log, branch), 0))
        return range(max(first, 0), min(stop, end))

    def _with_blobs(self, row: EntryRow) -> EntryRow:
        place = Place(row.log, row.branch, row.seq)
        return row._replace(statement=self._held.statements.get(place), content=self._held.contents.get(place))

    def _order(self, place: Place) -> OrderKey:
        clock = self._held.entries[place.log, place.branch][place.seq].clock
        return order_key(clock, place.log, place.branch)


def _breaks_a_rule(held: Backup, batch: WriteBatch) -> bool:
    """Whether a place is written twice, a block completed with a gap, or something said of an entry not there."""
    fresh = {Place(row.log, row.branch, row.seq) for row in batch.entries}
    if len(fresh) < len(batch.entries) or any(_holds(held, place) for place in fresh):
        return True
    heads = held.heads | {(head.log, head.branch): head for head in batch.heads}
    for log, branch, last in fresh:
        if last % BLOCK_LEAVES == BLOCK_LEAVES - 1:
            block = (_place(heads, log, branch, seq) for seq in range(last - BLOCK_LEAVES + 1, last))
            if any(place not in fresh and not _holds(held, place) for place in block):
                return True
    named = batch.directory + [Place(row.log, row.branch, row.seq) for row in batch.blobs]
    named += [Place(row.log, row.branch, row.seq) for row in batch.voids]
    return any(place not in fresh and not _holds(held, place) for place in named)


def _place(heads: Mapping[tuple[LogId, int], HeadRow], log: LogId, branch: int, seq: int) -> Place:
    head = heads.get((log, branch))
    return Place(log, 0 if head is not None and seq < head.base_size else branch, Seq(seq))


def _holds(held: Backup, place: Place) -> bool:
    return place.seq in held.entries.get((place.log, place.branch), ())


def _apply(held: Backup, batch: WriteBatch) -> None:
    for entry in batch.entries:
        _add_entry(held, entry)
    for blob in batch.blobs:
        _add_blobs(held, Place(blob.log, blob.branch, blob.seq), blob.statement, blob.content)
    for head in batch.heads:
        held.heads[head.log, head.branch] = head
    for receipt in batch.receipts:
        held.receipts.setdefault(receipt.log, {}).setdefault(receipt)
    for void in batch.voids:
        held.voids.setdefault(Place(void.log, void.branch, void.seq), void)
    held.directory.update(batch.directory)
    for evidence in batch.evidence:
        held.evidence.setdefault((evidence.log, evidence.first, evidence.second), evidence)
    for parcel in batch.parcels:
        held.parcels.setdefault((parcel.recipient, parcel.log, parcel.seq), parcel)
    for log, seq, recipient in batch.dropped_parcels:
        held.parcels.pop((recipient, log, seq), None)
    held.documents.update(batch.documents)


def _add_entry(held: Backup, row: EntryRow) -> None:
    place = Place(row.log, row.branch, row.seq)
    bare = row._replace(statement=None, content=None)
    held.entries.setdefault((row.log, row.branch), {})[row.seq] = bare
    held.ends[row.log, row.branch] = max(held.ends.get((row.log, row.branch), 0), row.seq + 1)
    _add_blobs(held, place, row.statement, row.content)
    if row.digest is not None:
        held.digests[row.digest] = (*held.digests.get(row.digest, ()), place)
    if row.repeat is not None:
        held.repeats[row.repeat] = (*held.repeats.get(row.repeat, ()), place)


def _add_blobs(held: Backup, place: Place, statement: bytes | None, content: bytes | None) -> None:
    if statement is not None:
        held.statements.setdefault(place, statement)
    if content is not None:
        held.contents.setdefault(place, content)
