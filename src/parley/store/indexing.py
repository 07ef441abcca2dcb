"""How a store finds what it holds: histories by their heads, long things by short keys."""

from __future__ import annotations

from parley.record.ids import LogId, sha256
from parley.record.rows import EvidenceRow, WriteBatch

MAX_SPAN = 14
"""Span of the longest receipt range that an entry can name, 2^53 - 1 entries."""
ERA_BITS = 16
"""A log's digests are indexed by eras of 2^16 entries."""
ERA_SHIFT = 24
LOG_SHIFT = 47
"""A digest's key, from the top: 16 bits of log, 23 of era, 24 of the digest."""


def digest_key(log: LogId, seq: int, digest: bytes | None) -> int | None:
    """Key of the statement digest of the entry at (log, seq): log, era, then the beginning of the digest.

    Digests are random, and an insert at a random place of a big index costs a page each. With log and era before
    them, inserts fall within a few hundred pages whatever the size of the log; a search asks every era.
    """
    return None if digest is None else log << LOG_SHIFT | seq >> ERA_BITS << ERA_SHIFT | _head_of(digest)


def digest_keys(log: LogId, size: int, digest: bytes) -> tuple[int, int]:
    """First and last key that `digest` may have in `log` of `size` entries; between them, one an era."""
    first = log << LOG_SHIFT | _head_of(digest)
    return first, first + (max(size - 1, 0) >> ERA_BITS << ERA_SHIFT)


def repeat_key(repeat: bytes | None) -> int | None:
    """Key of what a statement of this node signed: the first 8 bytes, signed. These come one at a time."""
    return None if repeat is None else int.from_bytes(repeat[:8], "big", signed=True)


def _head_of(digest: bytes) -> int:
    return int.from_bytes(digest[: ERA_SHIFT // 8], "big")


def receipt_span(count: int) -> int:
    """Length class of a receipt range: the least n with count <= 16^n.

    A range of class n that overlaps [first, stop) begins after first - 16^n: with the class before the beginning in
    the key, overlaps are found by one short scan a class, however many receipts there are.
    """
    return ((count - 1).bit_length() + 3) // 4


def evidence_pair(row: EvidenceRow) -> bytes:
    """What tells one pair of contradicting checkpoints from another."""
    return sha256(f"{row.first}\0{row.second}".encode())


def require_heads(batch: WriteBatch) -> None:
    """Raise ValueError unless `batch` brings a head that covers each of its entries."""
    sizes = {(head.log, head.branch): head.size for head in batch.heads}
    for row in batch.entries:
        if row.seq >= sizes.get((row.log, row.branch), 0):
            raise ValueError(f"entry {row.seq} of log {row.log} is committed without a head that covers it")
