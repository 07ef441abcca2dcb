"""Scrub: what lies on the disk is read back, a slice at a time, and checked against what it must hash to.

At a start every entry is hashed (see `selfcheck`); statements and contents are not, and disks rot while a node runs.
A slice is one aligned block of 256 entries. A mismatch is a fault of this node's own disk: it stops rather than sign
on top of it, and is refilled from its peers.
"""

from __future__ import annotations

from collections.abc import Iterator

from parley.errors import BadInput, StorageFault
from parley.record.content import content_digest
from parley.record.ids import LogId, sha256
from parley.record.merkle import BLOCK_LEAVES, leaf_hash, perfect_root
from parley.record.rows import EntryRow, RecordReader
from parley.record.statement import parse_statement


def slices(reader: RecordReader) -> Iterator[tuple[LogId, int, int]]:
    """(log, branch, first entry) of every slice now held."""
    for head in reader.heads():
        for first in range(head.base_size - head.base_size % BLOCK_LEAVES, head.size, BLOCK_LEAVES):
            yield head.log, head.branch, first


def check_slice(reader: RecordReader, log: LogId, branch: int, first: int) -> int:
    """Check one slice; the number of entries read.

    Raises:
        StorageFault: code ``scrub.*``, naming the place.
    """
    rows = reader.entries(log, branch, first, BLOCK_LEAVES)
    for row in rows:
        _check_row(row)
    root = reader.block_root(log, branch, first // BLOCK_LEAVES) if len(rows) == BLOCK_LEAVES else None
    if root is not None and perfect_root([leaf_hash(row.raw) for row in rows]) != root:
        raise StorageFault(
            "scrub.entry", f"entries {first} to {first + BLOCK_LEAVES - 1} of log {log} have changed on disk"
        )
    return len(rows)


def _check_row(row: EntryRow) -> None:
    if row.statement is None:
        return
    if row.digest != sha256(row.statement):
        raise StorageFault("scrub.statement", f"the statement of entry {row.seq} of log {row.log} has changed on disk")
    if row.content is None:
        return
    try:
        said = parse_statement(row.statement).fields.content_digest
    except BadInput:
        return
    if content_digest(row.content) != said:
        raise StorageFault("scrub.content", f"the content of entry {row.seq} of log {row.log} has changed on disk")
