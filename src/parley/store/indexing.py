"""How a store finds what it holds: histories by their heads, long things by short keys."""

from __future__ import annotations

from parley.record.ids import sha256
from parley.record.rows import EvidenceRow, WriteBatch

MAX_SPAN = 14
"""Span of the longest receipt range that an entry can name, 2^53 - 1 entries."""


ERA_BITS = 16
"""Entries of a log whose digests are indexed together: 2^16."""


def digest_key(seq: int, digest: bytes | None) -> int | None:
    """Key of the statement digest of the entry at `seq`: its era, then the first 40 bits of the digest.

    Digests are random, and an insert at a random place of a big index costs a page each. With the era before them,
    a log's inserts fall within a few hundred pages whatever its size; a search asks every era.
    """
    return None if digest is None else seq >> ERA_BITS << 40 | int.from_bytes(digest[:5], "big")


def digest_keys(size: int, digest: bytes) -> range:
    """The keys under which `digest` may stand in a log of `size` entries, one an era."""
    first = int.from_bytes(digest[:5], "big")
    return range(first, first + (size + (1 << ERA_BITS) - 1 >> ERA_BITS << 40), 1 << 40)


def repeat_key(repeat: bytes | None) -> int | None:
    """Key of what a statement of this node signed: the first 8 bytes, signed. These come one at a time."""
    return None if repeat is None else int.from_bytes(repeat[:8], "big", signed=True)


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
