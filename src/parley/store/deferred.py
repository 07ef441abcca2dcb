"""Deferred batches: durable beside the high-water mark, not in the tables yet; and what a read finds in them.

They only append (`WriteBatch.only_appends`): entries right after those the tables hold, and receipts. A read takes hold of
them before it asks the tables: what is written meanwhile is then in both, and never in neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parley.record.ids import LogId
from parley.record.rows import EntryRow, HeadRow, Place, ReceiptRow, WriteBatch


class Deferred(tuple[WriteBatch, ...]):
    """The batches that wait, oldest first."""

    __slots__ = ()

    def heads(self) -> dict[tuple[LogId, int], HeadRow]:
        """The newest head of every branch of which one waits here."""
        return {(head.log, head.branch): head for batch in self for head in batch.heads}

    def directory_places(self) -> set[Place]:
        """The places of directory and charter statements."""
        return {place for batch in self for place in batch.directory}

    def entries(self, log: LogId, branch: int, first: int, stop: int) -> list[EntryRow]:
        """The rows of [first, stop) of one branch, in order, without a gap between them."""
        return [row for row in self._all() if row.log == log and row.branch == branch and first <= row.seq < stop]

    def said(self, digest: bytes) -> Iterator[EntryRow]:
        """The entries for the statement with this digest."""
        return (row for row in self._all() if row.digest == digest)

    def repeated(self, repeat: bytes) -> EntryRow | None:
        """The entry for this node's own statement with this to-be-signed digest."""
        return next((row for row in self._all() if row.repeat == repeat), None)

    def receipts_for(self, log: LogId, first: int, stop: int) -> list[ReceiptRow]:
        """The receipts that cover part of [first, stop) of a log."""
        return [
            row
            for batch in self
            for row in batch.receipts
            if row.log == log and row.first < stop and row.first + row.count > first
        ]

    def _all(self) -> Iterator[EntryRow]:
        return (row for batch in self for row in batch.entries)


NOTHING = Deferred()


def all_heads(written: Iterable[HeadRow], waiting: Mapping[tuple[LogId, int], HeadRow]) -> list[HeadRow]:
    """The newer of both of each branch, ordered as `Store.heads` gives them: no head ever goes back."""
    found = dict(waiting)
    for head in written:
        other = found.get((head.log, head.branch))
        if other is None or _progress(head) > _progress(other):
            found[head.log, head.branch] = head
    return [found[key] for key in sorted(found)]


def all_receipts(written: Sequence[ReceiptRow], waiting: Sequence[ReceiptRow]) -> list[ReceiptRow]:
    """Both, each receipt once, the one that is written where it is in both, ordered as `Store.receipts_for` gives them."""
    if not waiting:
        return list(written)
    found = {(row.first, row.holder_log, row.seq, row.count): row for row in (*reversed(waiting), *written)}
    return [found[key] for key in sorted(found)]


def _progress(head: HeadRow) -> tuple[int, int, int]:
    return head.size, head.receipted, head.folded
