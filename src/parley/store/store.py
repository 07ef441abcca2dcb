"""Store: the durable side of a record, on any engine SQLAlchemy speaks.

* `commit` is all or nothing, and durable when it returns. After a fault in it nobody knows what the disk holds:
  the store refuses every further commit, and the node starts again from what it reads back.
* `defer` takes a batch that is durable elsewhere already (beside the high-water mark, see `redo`). What is deferred
  is written, all of it together, by `settle` or before the next commit; reads see it as if it were written, and write
  nothing (see `deferred`).
* A batch brings the head of every branch it adds entries to: by the heads, all that is held is found again.
* An entry is written once; writing a place again is a fault. What a peer can repeat (statements, contents, receipts,
  voids, directory places, evidence, parcels) may be written again: the first stays.
* When an aligned block of 256 leaves is complete, its root is computed from the leaves read back, in the same
  transaction, so that a proof in a log of millions reads two blocks and a few thousand hashes.
* One writer at a time; readers on connections of their own, from any thread. No reader waits for the writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from threading import Lock, get_ident
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPICursor

from parley.errors import StorageFault
from parley.record.ids import LogId, MemberOrdinal, RootHash
from parley.record.merkle import BLOCK_LEAVES, leaf_hash, perfect_root
from parley.record.order import OrderKey, order_key
from parley.record.rows import EntryRow, EvidenceRow, HeadRow, ParcelRow, Place, ReceiptRow, VoidRow, WriteBatch
from parley.store.deferred import NOTHING, Deferred, all_heads, all_receipts
from parley.store.indexing import digest_key, digest_keys, evidence_pair, receipt_span, repeat_key, require_heads
from parley.store.queries import Queries, Statements, UpsertForm, queries_for
from parley.store.readers import Readers, Row, faults_of

LEAVES_AT_ONCE = 2048

_FIRST = itemgetter(0)


class EngineForms(NamedTuple):
    """What a store needs of its engine beyond portable SQL."""

    insert_new: UpsertForm
    upsert: UpsertForm
    checkpoint: Callable[[Connection], None]
    begin: str


class Store:
    """See the module; reads are those of `RecordReader`.

    Every method raises StorageFault, code ``store.*``, where the database does not do what it must; the constructor,
    SQLAlchemy's errors.
    """

    def __init__(self, engine: Engine, forms: EngineForms) -> None:
        self._queries: Queries = queries_for(engine.dialect, forms.insert_new, forms.upsert)
        self._checkpoint = forms.checkpoint
        self._begin = forms.begin
        self._faults = faults_of(engine)
        self._readers = Readers(engine)
        self._writing = Lock()
        self._owner = get_ident()
        self._stopped: str | None = None
        self._deferred = NOTHING
        self._writer = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._reading = self._writer.connection.cursor()
        self._checkpointer = engine.connect()

    # ---- writing -------------------------------------------------------------------------------------------

    def commit(self, batch: WriteBatch) -> None:
        """Make `batch` durable, whole or not at all; its high-water mark belongs in the high-water file.

        Raises:
            StorageFault: ``store.commit``: it failed, whether before or after the disk took it is unknown;
                ``store.stopped``: an earlier commit failed, or the store is closed.
            ValueError: it lacks a head that covers its entries.
        """
        require_heads(batch)
        with self._writing:
            self._settle()
            self._commit([batch])

    def defer(self, batch: WriteBatch) -> None:
        """Take `batch`, which is durable elsewhere, and write it later; see the module.

        Raises:
            StorageFault: the store is stopped.
            ValueError: as `commit`, or it does more than append.
        """
        require_heads(batch)
        if not batch.only_appends():
            raise ValueError("a batch that does more than append cannot be written later")
        with self._writing:
            self._refuse_if_stopped()
            self._deferred = Deferred((*self._deferred, batch))

    def deferred_count(self) -> int:
        """How many deferred batches wait to be written."""
        return len(self._deferred)

    def settle(self) -> None:
        """Write what was deferred.

        Raises:
            StorageFault: as `commit`.
        """
        if self._deferred:
            with self._writing:
                self._settle()

    def checkpoint_wal(self) -> None:
        """Move what was committed from the engine's log into its tables, so that the log's space is used again.

        Call it when idle, from any thread; without it, now and then a commit does it, and takes long. Most of the
        work is done beside the writer, which is held up only while what was written meanwhile is moved.
        """
        try:
            self._checkpoint(self._checkpointer)
            with self._writing:
                if self._stopped is None:
                    self._checkpoint(self._writer)
        except self._faults as error:
            raise StorageFault("store.checkpoint", f"a checkpoint failed: {error}") from error

    def close(self) -> None:
        """Close all connections. No other method may run or follow."""
        with self._writing:
            self._stopped = "the store is closed"
            self._readers.close()
            self._checkpointer.close()
            self._writer.close()

    # ---- reading: see RecordReader --------------------------------------------------------------------------

    def heads(self) -> list[HeadRow]:
        """All branches held, ordered by (log, branch)."""
        waiting = self._deferred.heads()
        return all_heads(map(HeadRow._make, self._rows(self._queries.heads)), waiting)

    def entries(self, log: LogId, branch: int, first: int, limit: int) -> list[EntryRow]:
        """The rows of [first, first + limit) that are held, in order."""
        return [row for part in self._parts(log, branch, first, first + limit) for row in self._entries(*part)]

    def leaves(self, log: LogId, branch: int, first: int, stop: int) -> Iterator[bytes]:
        """Leaf bytes of [first, stop), in order, `LEAVES_AT_ONCE` in memory."""
        for _, kept, start, end in self._parts(log, branch, first, stop):
            for at in range(start, end, LEAVES_AT_ONCE):
                leaves = self._leaves(log, kept, at, min(at + LEAVES_AT_ONCE, end))
                if not leaves:
                    return
                yield from leaves

    def root_at(self, log: LogId, branch: int, size: int) -> RootHash | None:
        """Tree root at `size` ≥ 1."""
        waiting, held = self._at(self._queries.root, log, branch, size - 1)
        return waiting.root if waiting else held

    def clock_at(self, log: LogId, branch: int, seq: int) -> int | None:
        """Logical clock of one entry."""
        waiting, held = self._at(self._queries.clock, log, branch, seq)
        return waiting.clock if waiting else held

    def block_root(self, log: LogId, branch: int, block: int) -> bytes | None:
        """Root of the complete aligned 256-leaf subtree number `block`, or None where it is not complete."""
        last = (block + 1) * BLOCK_LEAVES - 1
        kept = self._branch_of(log, branch, last)
        waits = self._deferred.entries(log, kept, last, last + 1)
        rows = self._rows(self._queries.block_root, log, kept, block)
        if waits and not rows:
            return perfect_root([leaf_hash(raw) for raw in self.leaves(log, branch, last + 1 - BLOCK_LEAVES, last + 1)])
        root: bytes | None = rows[0][0] if rows else None
        return root

    def find_statement(self, digest: bytes) -> Place | None:
        """The first place, in the record's order, of an entry for the statement with this digest."""
        found: list[Row] = [(row.log, row.branch, row.seq, row.clock) for row in self._deferred.said(digest)]
        for log, size in self._rows(self._queries.sizes):
            found += self._rows(self._queries.by_digest, *digest_keys(log, size, digest), digest)
        first = min(found, key=_order, default=None)
        return Place._make(first[:3]) if first else None

    def find_repeat(self, repeat: bytes) -> Place | None:
        """Where this node's own statement with this to-be-signed digest stands."""
        waiting = self._deferred.repeated(repeat)
        if waiting is not None:
            return Place(waiting.log, waiting.branch, waiting.seq)
        rows = self._rows(self._queries.by_repeat, repeat_key(repeat), repeat)
        return Place._make(rows[0][:3]) if rows else None

    def receipts_for(self, log: LogId, first: int, stop: int) -> list[ReceiptRow]:
        """Receipts of any holder that cover part of [first, stop), ordered by (first, holder log, seq, count)."""
        waiting = self._deferred.receipts_for(log, first, stop)
        rows = self._rows(self._queries.receipts_for, log, first, stop, first)
        return all_receipts([ReceiptRow._make(row) for row in rows], waiting)

    def voids(self, log: LogId, branch: int, first: int, stop: int) -> list[VoidRow]:
        """Void statements in [first, stop)."""
        return [
            VoidRow._make(row)
            for part in self._parts(log, branch, first, stop)
            for row in self._rows(self._queries.voids, *part)
        ]

    def directory_places(self) -> list[Place]:
        """Places of all directory and charter statements, ordered by (log, branch, seq)."""
        waiting = self._deferred.directory_places()
        return sorted(waiting.union(map(Place._make, self._rows(self._queries.directory_places))))

    def evidence(self) -> list[EvidenceRow]:
        """All fork evidence kept, ordered by (log, time noticed)."""
        return [EvidenceRow._make(row) for row in self._rows(self._queries.evidence)]

    def parcels(self, recipient: MemberOrdinal) -> Sequence[ParcelRow]:
        """Sealed parcels kept for `recipient`, ordered by (log, seq)."""
        return [ParcelRow._make(row) for row in self._rows(self._queries.parcels, recipient)]

    def document(self, name: str) -> bytes | None:
        """A named document, the latest under that name."""
        rows = self._rows(self._queries.document, name)
        body: bytes | None = rows[0][0] if rows else None
        return body

    # ---- inside --------------------------------------------------------------------------------------------

    def _rows(self, query: str, *parameters: object) -> list[Row]:
        """Of the tables alone. On the thread of its owner the connection that writes is read while it is free: its pages
        are those of the last commit, where a reader has to fetch them anew."""
        if get_ident() != self._owner or self._stopped is not None or not self._writing.acquire(blocking=False):
            return self._readers.rows(query, *parameters)
        try:
            self._reading.execute(query, parameters)
            return self._reading.fetchall()  # type: ignore[return-value]  # a driver's rows are tuples
        except self._faults as error:
            raise StorageFault("store.read", f"the database does not answer: {error}") from error
        finally:
            self._writing.release()

    def _settle(self) -> None:
        if self._deferred:
            self._commit(self._deferred)
            self._deferred = NOTHING

    def _refuse_if_stopped(self) -> None:
        if self._stopped is not None:
            raise StorageFault("store.stopped", self._stopped, rule="start the node again to recover")

    def _cursor(self) -> DBAPICursor:
        return self._writer.connection.cursor()

    def _commit(self, batches: Sequence[WriteBatch]) -> None:
        self._refuse_if_stopped()
        try:
            cursor = self._cursor()
            try:
                cursor.execute(self._begin)
                for batch in batches:
                    self._write(cursor, batch)
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(*self._faults):
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()
        except BaseException as error:
            self._stopped = "an earlier commit failed"
            if isinstance(error, self._faults):
                raise StorageFault("store.commit", f"a commit failed: {error}") from error
            raise

    def _write(self, cursor: DBAPICursor, batch: WriteBatch) -> None:
        queries = self._queries
        for statement, rows in (
            (queries.add_entry, [_entry(row) for row in batch.entries]),
            (queries.add_statement, _statements(batch)),
            (queries.add_content, _contents(batch)),
            (queries.put_head, batch.heads),
            (queries.add_receipt, [_receipt(row) for row in batch.receipts]),
            (queries.add_void, batch.voids),
            (queries.add_directory_place, batch.directory),
            (queries.add_evidence, [_evidence(row) for row in batch.evidence]),
            (queries.add_parcel, [(row.recipient, row.log, row.seq, row.sealed) for row in batch.parcels]),
            (queries.drop_parcel, [(recipient, log, seq) for log, seq, recipient in batch.dropped_parcels]),
            (queries.put_document, batch.documents),
        ):
            if rows:
                _run_all(cursor, statement, rows)
        for row in batch.entries:
            if row.seq % BLOCK_LEAVES == BLOCK_LEAVES - 1:
                self._add_block_root(cursor, row.log, row.branch, row.seq // BLOCK_LEAVES)

    def _add_block_root(self, cursor: DBAPICursor, log: LogId, branch: int, block: int) -> None:
        def rows(query: str, *parameters: object) -> list[Row]:
            cursor.execute(query, parameters)
            return list(cursor.fetchall())

        start = block * BLOCK_LEAVES
        base = _base_size(rows, self._queries, log, branch)
        parts = _parts(log, branch, base, start, start + BLOCK_LEAVES)
        leaves = [leaf_hash(raw) for part in parts for (raw,) in rows(self._queries.leaves, *part)]
        if len(leaves) != BLOCK_LEAVES:
            raise StorageFault("store.leaves", f"leaves of block {block} of log {log} are missing", field="leaves")
        cursor.execute(self._queries.add_block_root, (log, branch, block, perfect_root(leaves)))

    def _parts(self, log: LogId, branch: int, first: int, stop: int) -> list[Part]:
        waiting = self._deferred.heads().get((log, branch)) if branch else None
        base = waiting.base_size if waiting else _base_size(self._rows, self._queries, log, branch)
        return _parts(log, branch, base, first, stop)

    def _branch_of(self, log: LogId, branch: int, seq: int) -> int:
        """The branch under which the entry at `seq` of this history is kept."""
        return self._parts(log, branch, seq, seq + 1)[0][1] if branch else 0

    def _entries(self, log: LogId, kept: int, first: int, stop: int) -> list[EntryRow]:
        waiting = self._deferred.entries(log, kept, first, stop)
        before, after = self._around(self._queries.entries, log, kept, first, stop, waiting)
        return [*map(EntryRow._make, before), *waiting, *map(EntryRow._make, after)]

    def _leaves(self, log: LogId, kept: int, first: int, stop: int) -> list[bytes]:
        waiting = self._deferred.entries(log, kept, first, stop)
        before, after = self._around(self._queries.leaves, log, kept, first, stop, waiting)
        return [*map(_FIRST, before), *(row.raw for row in waiting), *map(_FIRST, after)]

    def _around(
        self, query: str, log: LogId, kept: int, first: int, stop: int, waiting: Sequence[EntryRow]
    ) -> tuple[list[Row], list[Row]]:
        """What the tables hold of [first, stop) before and after what waits; after it is what was written meanwhile."""
        start, end = (waiting[0].seq, waiting[-1].seq + 1) if waiting else (stop, stop)
        before = self._rows(query, log, kept, first, start) if first < start else []
        return before, self._rows(query, log, kept, end, stop) if end < stop else []

    def _at(self, query: str, log: LogId, branch: int, seq: int) -> tuple[EntryRow | None, Any]:
        """The entry where it is deferred, or else what `query` finds of it."""
        kept = self._branch_of(log, branch, seq)
        for row in self._deferred.entries(log, kept, seq, seq + 1):
            return row, None
        rows = self._rows(query, log, kept, seq)
        return None, rows[0][0] if rows else None


Part = tuple[LogId, int, int, int]
"""A log, the branch under which rows are kept, and the range [first, stop) of them."""


def _base_size(rows: Callable[..., list[Row]], queries: Queries, log: LogId, branch: int) -> int:
    """By the tables; 0 where they know no such branch."""
    held = rows(queries.base_size, log, branch) if branch else []
    return held[0][0] if held else 0


def _parts(log: LogId, branch: int, base: int, first: int, stop: int) -> list[Part]:
    """Where [first, stop) of a history is kept: a fork's entries below its `base` are branch 0's."""
    if branch == 0:
        return [(log, 0, first, stop)]
    parts = [(log, 0, first, min(stop, base)), (log, branch, max(first, base), stop)]
    return [part for part in parts if part[2] < part[3]]


def _run_all(cursor: DBAPICursor, statement: Statements, rows: Sequence[Sequence[Any]]) -> None:
    """Run `statement` for all `rows`, many at a time: beside a busy thread each run waits for the interpreter once."""
    at = 0
    for width, text in statement:
        while len(rows) - at >= width:
            chunk = rows[at : at + width]
            cursor.execute(text, chunk[0] if width == 1 else list(chain.from_iterable(chunk)))
            at += width


def _order(row: Row) -> OrderKey:
    log, branch, _, clock = row
    return order_key(clock, log, branch)


def _entry(row: EntryRow) -> Row:
    log, branch, seq, at_ms, clock, raw, root, signature, _, _, digest, repeat = row
    keys = digest_key(log, seq, digest), repeat_key(repeat)
    return log, branch, seq, at_ms, clock, raw, root, signature, digest, repeat, *keys


def _statements(batch: WriteBatch) -> list[Row]:
    rows: list[Row] = [
        (row.log, row.branch, row.seq, row.statement) for row in batch.entries if row.statement is not None
    ]
    rows.extend((row.log, row.branch, row.seq, row.statement) for row in batch.blobs)
    return rows


def _contents(batch: WriteBatch) -> list[Row]:
    rows: list[Row] = [(row.log, row.branch, row.seq, row.content) for row in batch.entries if row.content is not None]
    rows.extend((row.log, row.branch, row.seq, row.content) for row in batch.blobs if row.content is not None)
    return rows


def _receipt(row: ReceiptRow) -> Row:
    span = receipt_span(row.count)
    return row.log, span, row.first, row.holder_log, row.seq, row.count, row.holder, row.at_ms


def _evidence(row: EvidenceRow) -> Row:
    return row.log, evidence_pair(row), row.first, row.second, row.noticed_ms, row.told_by
