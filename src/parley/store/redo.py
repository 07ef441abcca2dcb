"""Redo: small batches, kept beside the high-water mark, so that one wait for the disk makes both durable.

The mark must be durable before anything signed leaves the node, and the store must never be behind it after a crash.
Written one after the other, store first, that costs two waits, and the store's is the longer one. A small batch is
therefore written into the mark's own slot; the store takes it a little later, with others (`Store.defer`), and before
the ring of slots comes round. A store that turns out to lack some of them is given these at the next start, entry for
entry, before anything is signed. A batch that does not fit is written in sequence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from parley.record.ids import LogId
from parley.record.rows import EntryRow, HeadRow, Place, ReceiptRow, WriteBatch
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
    more = batch.blobs or batch.voids or batch.evidence or batch.parcels or batch.dropped_parcels or batch.documents
    if batch.high_water is None or more or len(batch.entries) > MAX_REDO_ENTRIES:
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
    given = False
    for batch in map(decode_redo, file.redos()):
        if _follows(store, batch):
            store.commit(batch)
            given = True
    return given


def _follows(store: Store, batch: WriteBatch) -> bool:
    """Whether every entry of `batch` comes right after what the store holds."""
    sizes = {(head.log, head.branch): head.size for head in store.heads()}
    first: dict[tuple[LogId, int], int] = {}
    for row in batch.entries:
        first.setdefault((row.log, row.branch), row.seq)
    return bool(first) and all(sizes.get(key, 0) == seq for key, seq in first.items())
