"""Redo: a small batch, kept beside the high-water mark, so that one wait for the disk makes both durable.

The mark must be durable before anything signed leaves the node, and the store must never be behind it after a crash.
Written one after the other, store first, that costs two waits, and the store's is the longer one. A small batch is
therefore written into the mark's own slot; the store takes it afterwards (`Store.defer`), when what waited for it has
left. A store that turns out to lack just that batch is given it at the next start, entry for entry, before anything
is signed. A batch that does not fit is written in sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.record.ids import LogId
from parley.record.rows import EntryRow, HeadRow, Place, ReceiptRow, WriteBatch
from parley.store.highwater import MAX_REDO_BYTES, HighWaterFile

if TYPE_CHECKING:
    from parley.store.store import Store

MAX_REDO_ENTRIES = 8


def encode_redo(batch: WriteBatch) -> bytes | None:
    """The bytes that bring `batch` back; None where it is too large or holds more than entries and their receipts."""
    more = batch.blobs or batch.voids or batch.evidence or batch.parcels or batch.dropped_parcels or batch.documents
    if batch.high_water is None or more or len(batch.entries) > MAX_REDO_ENTRIES:
        return None
    parts: list[Sequence[CborValue]] = [
        [list(row) for row in batch.entries],
        [list(row) for row in batch.heads],
        [list(row) for row in batch.receipts],
        [list(row) for row in batch.directory],
    ]
    raw = cbor.encode(parts)
    return raw if len(raw) <= MAX_REDO_BYTES else None


def decode_redo(raw: bytes) -> WriteBatch:
    """The inverse of `encode_redo`; its checksum was checked with the mark's."""
    entries, heads, receipts, directory = _lists(cbor.decode(raw))
    return WriteBatch(
        entries=[EntryRow(*row) for row in _lists(entries)],
        heads=[HeadRow(*row) for row in _lists(heads)],
        receipts=[ReceiptRow(*row) for row in _lists(receipts)],
        directory=[Place(*row) for row in _lists(directory)],
    )


def replay(store: Store, file: HighWaterFile) -> bool:
    """Give the store the batch beside the mark, if it lacks just that; whether it was given.

    Raises:
        StorageFault: the store does not take it.
    """
    raw = file.redo()
    if not raw:
        return False
    batch = decode_redo(raw)
    sizes = {(head.log, head.branch): head.size for head in store.heads()}
    first: dict[tuple[LogId, int], int] = {}
    for row in batch.entries:
        first.setdefault((row.log, row.branch), row.seq)
    if not first or any(sizes.get(key, 0) != seq for key, seq in first.items()):
        return False
    store.commit(batch)
    return True


def _lists(value: object) -> Sequence[Any]:
    assert isinstance(value, list | tuple), "what was written is what is read"
    return value
