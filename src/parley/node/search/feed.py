"""What feeds the search index: every statement that is held and judged, in slices, behind the cases.

A slice reads and takes apart for `SLICE_S` on the event loop's thread, and is written by another (`apart`); there is never more
than one under way. Nothing is taken while cases wait, or while more than a few statements wait to be judged, and a moment
passes before what is new is taken: a FLASH is rung, receipted and on the other screens by then.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator

from parley.charter.charter import Charter
from parley.errors import BadInput
from parley.node.cases.cases import ONLY_LADDER
from parley.node.cases.casework import BACKLOG_ENTRIES, FLUSH_S, SLICE_S, Casework, Later, pause
from parley.node.core.core import NodeCore
from parley.node.core.mechanism import Mechanism
from parley.procedure import handling
from parley.procedure.fields import Content
from parley.procedure.registry import Desks
from parley.procedure.search.matter import NOTHING, Reading
from parley.record.content import decode_content
from parley.record.entry import decode_entry
from parley.record.ids import LogId, MemberOrdinal, Seq, log_owner
from parley.record.rows import EntryRow, Place, RecordReader
from parley.record.statement import Statement, parse_statement
from parley.store.search_index import SearchIndex, Told, number_of

log = logging.getLogger("parley.node")

SETTLE_S = 0.1
ROWS_AT_ONCE = 16
REBUILD_ROWS = 512
KEPT_KINDS = 4_096
LADDER = ONLY_LADDER - {handling.RENDITION.name}

Apart = Callable[[Callable[[], None], Callable[[BaseException | None], None]], None]
"""Does the first on another thread, then calls the second on this one, with what it raised."""
PlaceKey = tuple[LogId, int]


class Teller:
    """Makes of an entry what is indexed of it."""

    def __init__(self, mechanism: Mechanism, reader: RecordReader, desks: Desks, me: MemberOrdinal) -> None:
        self._mechanism = mechanism
        self._reader = reader
        self._desks = desks
        self._me = me
        self._reading = Reading(desks)
        self._kinds: dict[PlaceKey, str] = {}

    def told(self, row: EntryRow) -> Told | None:
        """What is indexed of an entry, None where it says nothing, or nothing that is held."""
        statement = _statement(row)
        if statement is None:
            return None
        fields = statement.fields
        content = _content(row)
        case = self._mechanism.place(fields.case) if fields.case is not None else None
        case_key = (case.log, int(case.seq)) if case is not None else (row.log, int(row.seq))
        opener = self._kind_at(case_key) if case is not None else fields.kind
        matter = self._reading.matter(fields.kind, fields.kind_version, content) if content is not None else NOTHING
        return Told(
            number_of(row.clock, row.log), row.log, row.seq, row.at_ms, *case_key, self._desk_of(opener), fields.kind,
            log_owner(row.log), fields.issuer.partition("/")[2], int(fields.precedence),
            fields.replies_to[0] if fields.replies_to else b"", fields.kind in LADDER, row.content is None, matter,
        )  # fmt: skip

    def misses(self, row: EntryRow) -> bool:
        """Whether what is not held of an entry is for this member to see."""
        if row.statement is not None and row.content is not None:
            return False
        try:
            entry = decode_entry(row.raw)
        except BadInput:
            return False
        return bool((entry.statement_sight if row.statement is None else entry.content_sight) >> self._me & 1)

    def _kind_at(self, case: PlaceKey) -> str:
        """The kind that opened a case, "" where that is not held."""
        known = self._kinds.get(case)
        if known is None:
            rows = self._reader.entries(case[0], 0, Seq(case[1]), 1) if case[1] < 1 << 53 else []
            statement = _statement(rows[0]) if rows else None
            if statement is None:
                return ""
            if len(self._kinds) >= KEPT_KINDS:
                self._kinds.clear()
            known = self._kinds[case] = statement.fields.kind
        return known

    def _desk_of(self, kind: str) -> str:
        desk = self._desks.desk_of(kind)
        if desk is not None:
            return desk.name
        charter: Charter = self._mechanism.charter
        rule = charter.kinds.get(kind)
        return rule.desk if rule is not None else ""


class SearchFeed:
    """See the module. Everything is called on the event loop's thread, but `SearchIndex.write`."""

    def __init__(
        self, core: NodeCore, casework: Casework, index: SearchIndex, desks: Desks, *, later: Later, apart: Apart
    ) -> None:
        self._core = core
        self._casework = casework
        self._index = index
        self._later = later
        self._apart = apart
        self._teller = Teller(core.mechanism, core.reader, desks, core.me)
        self._progress = index.progress()
        self._astray = index.astray()
        self._late: set[PlaceKey] = set()
        self._working = False
        self._writing = False
        self._closed = False
        self.fault: BaseException | None = None

    def start(self) -> None:
        """Go on from where the index is; what was missing when its log was indexed may have come since."""
        self._late.update(self._index.passed())
        self.wake()

    def close(self) -> None:
        """Take nothing more; the index may be closed once what is being written is."""
        self._closed = True

    def wake(self) -> None:
        """There may be more to take."""
        self._soon(SETTLE_S)

    def late(self, places: Iterable[Place]) -> None:
        """What was missing at `places` is there, or is there no more."""
        self._late.update((place.log, int(place.seq)) for place in places if place.branch == 0)
        self.wake()

    def behind(self) -> int:
        """How many entries that are in their cases are not indexed yet."""
        cases = self._casework.cases
        return sum(max(0, cases.progress(one) - self._progress.get(one, 0)) for one in cases.logs()) + len(self._late)

    # ---- inside --------------------------------------------------------------------------------------------------

    def _soon(self, after_s: float) -> None:
        if not (self._working or self._writing or self._closed or self.fault):
            self._working = True
            self._later(after_s, self._work)

    def _work(self) -> None:
        self._working = False
        if self._closed or self._writing:
            return
        if not self._casework.caught_up() or self._core.folding.backlog() > BACKLOG_ENTRIES:
            self._soon(FLUSH_S)
            return
        end = time.perf_counter() + SLICE_S
        told: list[Told] = []
        passed: list[PlaceKey] = []
        reached: dict[LogId, int] = {}
        for row in self._rows(reached):
            one = self._teller.told(row)
            if one is not None:
                told.append(one)
                self._settle(one)
            if self._teller.misses(row):
                passed.append((row.log, int(row.seq)))
            if time.perf_counter() >= end:
                break
        if told or passed or reached:
            self._writing = True
            self._apart(lambda: self._index.write(told, list(reached.items()), passed), self._written)

    def _rows(self, reached: dict[LogId, int]) -> Iterator[EntryRow]:
        """Entries to take: those that came late, then each log from where it is indexed; `reached` follows."""
        reader, cases = self._core.reader, self._casework.cases
        while self._late:
            log_held, seq = self._late.pop()
            if seq < self._progress.get(log_held, 0):
                yield from reader.entries(log_held, 0, Seq(seq), 1)
        for log_held in cases.logs():
            upto = cases.progress(log_held)
            while (at := self._progress.get(log_held, 0)) < upto:
                for row in reader.entries(log_held, 0, Seq(at), min(ROWS_AT_ONCE, upto - at)):
                    self._progress[log_held] = reached[log_held] = row.seq + 1
                    yield row
                if self._progress.get(log_held, 0) == at:
                    break

    def _settle(self, one: Told) -> None:
        """Statements that came before the one that opened their case learn their desk."""
        if not one.desk:
            self._astray.setdefault((one.case_log, one.case_seq), []).append((one.log, one.seq))
        elif (one.log, one.seq) in self._astray:
            self._late.update(self._astray.pop((one.log, one.seq)))

    def _written(self, fault: BaseException | None) -> None:
        self._writing = False
        if fault is not None:
            self.fault = fault
            log.error("the search index cannot be written, and is left as it is until the next start: %s", fault)
            return
        behind = self.behind()
        if behind:
            self._soon(pause(behind))
        elif not self._casework.caught_up():  # what woke this while it was written is not in its case yet
            self._soon(FLUSH_S)


def rebuild(index: SearchIndex, teller: Teller, reader: RecordReader, upto: Iterable[tuple[LogId, int]]) -> int:
    """Make the index anew from the logs, each up to a size; how many statements are in it."""
    index.clear()
    count = 0
    for log_held, size in upto:
        at = 0
        while at < size:
            rows = reader.entries(log_held, 0, Seq(at), min(REBUILD_ROWS, size - at))
            if not rows:
                break
            told = [one for row in rows if (one := teller.told(row)) is not None]
            passed = [(row.log, int(row.seq)) for row in rows if teller.misses(row)]
            at += len(rows)
            index.write(told, [(log_held, at)], passed)
            count += len(told)
    return count


def _statement(row: EntryRow) -> Statement | None:
    if row.statement is None or row.seq == 0:
        return None
    try:
        return parse_statement(row.statement)
    except BadInput:
        return None


def _content(row: EntryRow) -> Content | None:
    if row.content is None:
        return None
    try:
        return decode_content(row.content)
    except BadInput:
        return None
