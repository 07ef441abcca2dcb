"""Redo: small batches, kept beside the high-water mark, so that one wait for the disk makes both durable.

The mark must be durable before anything signed leaves the node, and the store must never be behind it after a crash.
Written one after the other, store first, that costs two waits, and the store's is the longer one. A small batch is
therefore written into the mark's own slot; the store takes it a little later, with others (`Store.defer`), and before
the ring of slots comes round. A store that turns out to lack some of them is given these at the next start, entry for
entry, before anything is signed. A batch that does not fit is written in sequence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from parley.record.ids import LogId
from parley.record.rows import EntryRow, HeadRow, Place, ReceiptRow, RecordReader, WriteBatch
from parley.store.highwater import MAX_REDO_BYTES, HighWaterFile

if TYPE_CHECKING:
    from parley.store.store import Store

MAX_REDO_ENTRIES = 8


class _Batch(msgspec.Struct, array_like=True):
    """What lies beside a mark: for this file and this version of the program alone."""

    entries: list[EntryRow]
    heads: list[HeadRow]
    receipts: list[ReceiptRow]
    directory: list[Place]


def encode_redo(batch: WriteBatch) -> bytes | None:
    """The bytes that bring `batch` back; None where it is too large or holds more than entries and their receipts."""
    if batch.high_water is None or not batch.only_appends() or len(batch.entries) > MAX_REDO_ENTRIES:
        return None
    raw = msgspec.msgpack.encode(_Batch(batch.entries, batch.heads, batch.receipts, batch.directory))
    return raw if len(raw) <= MAX_REDO_BYTES else None


def decode_redo(raw: bytes) -> WriteBatch:
    """The inverse of `encode_redo`; its checksum was checked with the mark's."""
    one = msgspec.msgpack.decode(raw, type=_Batch)
    return WriteBatch(entries=one.entries, heads=one.heads, receipts=one.receipts, directory=one.directory)


def replay(store: Store, file: HighWaterFile) -> bool:
    """Give the store the batches beside the latest marks, as far as it lacks just these; whether it was given any.

    Raises:
        StorageFault: the store does not take them.
    """
    lacking = _lacking(store, map(decode_redo, file.redos()))
    for batch in lacking:
        store.commit(batch)
    return bool(lacking)


def unsettled(reader: RecordReader, file: HighWaterFile) -> list[WriteBatch]:
    """The batches that are durable beside their marks alone, oldest first: what a reader beside a running node, or of the store of
    one that was killed, does not see in the store. Ask before reading the store: what comes later may be in both.

    Raises:
        StorageFault: the file is damaged, or cannot be read.
    """
    return _lacking(reader, map(decode_redo, file.peek_redos()))


def _lacking(reader: RecordReader, batches: Iterable[WriteBatch]) -> list[WriteBatch]:
    """Those of which every entry comes right after what the store holds, and those that come right after these."""
    sizes = {(head.log, head.branch): int(head.size) for head in reader.heads()}
    found: list[WriteBatch] = []
    for batch in batches:
        first: dict[tuple[LogId, int], int] = {}
        for row in batch.entries:
            first.setdefault((row.log, row.branch), row.seq)
        if first and all(sizes.get(key, 0) == seq for key, seq in first.items()):
            found.append(batch)
            sizes |= {(row.log, row.branch): row.seq + 1 for row in batch.entries}
    return found
