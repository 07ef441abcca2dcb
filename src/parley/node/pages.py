"""Pages of the record in causal order, either way from any place in it.

One member's clocks rise along its log, so a place in the order is found in each history by bisection, and the histories
are merged from there on. What a page costs depends on its length, never on that of the record.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from parley.errors import BadInput
from parley.record.ids import LogId
from parley.record.order import OrderKey, order_key
from parley.record.rows import EntryRow, HeadRow, RecordReader

WINDOW_ROWS = 128
MAX_CURSOR_CHARS = 48
_CURSOR = re.compile(r"(0|[1-9][0-9]{0,17})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})", re.A)


class Cursor(NamedTuple):
    """A place in the causal order, whether or not an entry is held there."""

    clock: int
    log: LogId
    branch: int

    def __str__(self) -> str:
        return f"{self.clock}.{self.log}.{self.branch}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The inverse of `str`.

        Raises:
            BadInput: code ``api.cursor``.
        """
        match = _CURSOR.fullmatch(text[:MAX_CURSOR_CHARS])
        if match is None:
            raise BadInput("api.cursor", "is no cursor", field="cursor", rule="as the page before it gave it")
        return cls(int(match[1]), LogId(int(match[2])), int(match[3]))

    @property
    def key(self) -> OrderKey:
        """Its sort key."""
        return order_key(*self)


class Page(NamedTuple):
    """Rows in causal order; `further` is where the next page the same way goes on, None where nothing is left."""

    rows: list[EntryRow]
    further: Cursor | None


def page_after(reader: RecordReader, cursor: Cursor | None, limit: int, *, receipts_too: bool = False) -> Page:
    """Up to `limit` entries after `cursor`; from the first without it."""
    histories = [_rising(reader, head, cursor) for head in reader.heads()]
    merged = (row for row in heapq.merge(*histories, key=_key) if receipts_too or _says(row))
    rows = list(islice(merged, limit + 1))
    return Page(rows[:limit], _further(rows, limit))


def page_before(reader: RecordReader, cursor: Cursor | None, limit: int, *, receipts_too: bool = False) -> Page:
    """Up to `limit` entries before `cursor`; the last ones without it."""
    histories = [_falling(reader, head, cursor) for head in reader.heads()]
    merged = (row for row in heapq.merge(*histories, key=_key, reverse=True) if receipts_too or _says(row))
    rows = list(islice(merged, limit + 1))
    return Page(rows[:limit][::-1], _further(rows, limit))


def _says(row: EntryRow) -> bool:
    """Whether it carries a statement; receipts and founding entries do not."""
    return row.digest is not None and row.seq > 0


def _key(row: EntryRow) -> OrderKey:
    return order_key(row.clock, row.log, row.branch)


def _further(rows: list[EntryRow], limit: int) -> Cursor | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return Cursor(last.clock, last.log, last.branch)


def _rising(reader: RecordReader, head: HeadRow, cursor: Cursor | None) -> Iterator[EntryRow]:
    first = int(head.base_size) if cursor is None else _place(reader, head, cursor)
    while rows := reader.entries(head.log, head.branch, first, min(WINDOW_ROWS, head.size - first)):
        yield from rows
        first += len(rows)


def _falling(reader: RecordReader, head: HeadRow, cursor: Cursor | None) -> Iterator[EntryRow]:
    stop = int(head.size) if cursor is None else _place(reader, head, cursor, before=True)
    while stop > head.base_size:
        first = max(int(head.base_size), stop - WINDOW_ROWS)
        yield from reversed(reader.entries(head.log, head.branch, first, stop - first))
        stop = first


def _place(reader: RecordReader, head: HeadRow, cursor: Cursor, *, before: bool = False) -> int:
    """The first seq of this history after `cursor`; or with `before`, the first that is not before it."""

    def is_past(seq: int) -> bool:
        key = order_key(reader.clock_at(head.log, head.branch, seq) or 0, head.log, head.branch)
        return key >= cursor.key if before else key > cursor.key

    own = range(int(head.base_size), int(head.size))
    return own.start + bisect_right(own, False, key=is_past)
