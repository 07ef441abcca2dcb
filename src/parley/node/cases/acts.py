"""Acts: statements of the record, as their cases take them: what each says, where it stands, what its author had seen by then.

What the record holds of a log is read in the log's own order. What is no statement, or belongs to the directory, is no act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from parley.charter.void import Void
from parley.errors import BadInput
from parley.node.core.mechanism import Mechanism
from parley.procedure.act import Act
from parley.procedure.fields import Content
from parley.record.content import decode_content
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, Seq, log_owner
from parley.record.order import OrderKey, order_key
from parley.record.rows import EntryRow, Place, RecordReader
from parley.record.statement import Statement, parse_statement
from parley.store.case_index import ActRow, Passed, Progress, decode_past

EVERYTHING = 1 << 53
LAST_CLOCK = 1 << 60

VoidsIn = Callable[[LogId, int, int], Mapping[int, Void]]


class Stretch(NamedTuple):
    """A stretch of a log: its acts, what this member may hold of it and does not, and where it ends."""

    acts: list[Act]
    passed: list[Passed]
    end: Progress


class Acts:
    """See the module.

    Args:
        voids_in: why the record holds statements of a range of a log void, by seq.
    """

    def __init__(self, mechanism: Mechanism, reader: RecordReader, voids_in: VoidsIn) -> None:
        self._mechanism = mechanism
        self._reader = reader
        self._voids_in = voids_in

    def after(self, at: Progress, upto: int, limit: int) -> Stretch:
        """What a log holds from `at` on, below `upto` and at most `limit` entries."""
        log, past = at.log, dict(at.past)
        acts: list[Act] = []
        passed: list[Passed] = []
        rows = self._reader.entries(log, 0, at.seq, min(limit, upto - at.seq)) if upto > at.seq else []
        voids = self._voids_in(log, at.seq, at.seq + len(rows))
        for row in rows:
            entry = _entry(row)
            if entry is not None:
                past |= {other: max(int(size), past.get(other, 0)) for other, (size, _) in entry.seen.items()}
                missing = _missing(row, entry)
                if missing:
                    passed.append(Passed(log, row.seq, missing))
            past[log] = row.seq
            act = self._of_row(row, past, voids.get(row.seq))
            if act is not None:
                acts.append(act)
        return Stretch(acts, passed, Progress(log, at.seq + len(rows), past))

    def again(self, row: ActRow) -> Act | None:
        """An act that was taken before; None where the record does not hold it any more."""
        rows = self._reader.entries(row.log, 0, row.seq, 1)
        void = self._voids_in(row.log, row.seq, row.seq + 1).get(row.seq)
        return self._of_row(rows[0], decode_past(row.past), void) if rows else None

    def upcoming(
        self, log: LogId, size: int, statement: Statement, content: Content, now: int, logs: list[LogId]
    ) -> Act | None:
        """The act that a statement would be, were it appended now to a log of that size: after everything that `logs` hold.
        None where none would be: it belongs to the directory, or to no channel."""
        fields = statement.fields
        if self._mechanism.is_directory(fields.kind) or not 0 <= fields.channel < len(self._mechanism.charter.channels):
            return None
        past = {int(other): EVERYTHING for other in logs} | {int(log): size}
        place = Place(log, 0, Seq(size))
        return self._made(place, order_key(LAST_CLOCK, log), now, statement, content, past, None, upcoming=True)

    def _of_row(self, row: EntryRow, past: Mapping[int, int], void: Void | None) -> Act | None:
        if row.statement is None or row.seq == 0:
            return None
        try:
            statement = parse_statement(row.statement)
        except BadInput:
            return None
        if self._mechanism.is_directory(statement.fields.kind):
            return None
        content = None
        if row.content is not None:
            try:
                content = decode_content(row.content)
            except BadInput as fault:
                void = void or Void.because(fault)
        place = Place(row.log, 0, row.seq)
        return self._made(place, order_key(row.clock, row.log), row.at_ms, statement, content, past, void)

    def _made(
        self, place: Place, key: OrderKey, at_ms: int, statement: Statement, content: Content | None,
        past: Mapping[int, int], void: Void | None, *, upcoming: bool = False,
    ) -> Act:  # fmt: skip
        fields = statement.fields
        charter = self._mechanism.charter if upcoming else self._mechanism.charter_at(place)
        return Act(
            place, self._mechanism.reference(place), charter, key, at_ms, statement.digest, log_owner(place.log),
            fields.issuer.partition("/")[2], fields.kind, fields.kind_version, fields.channel, fields.precedence,
            fields.addressees, fields.mandate, fields.replies_to, fields.case, content,
            {LogId(log): size for log, size in past.items()}, void, fields.marking,
        )  # fmt: skip


def _missing(row: EntryRow, entry: Entry) -> int:
    """Which members may hold what is not held of a statement: itself, or its content."""
    if row.statement is None:
        return entry.statement_sight
    return entry.content_sight if row.content is None else 0


def _entry(row: EntryRow) -> Entry | None:
    try:
        return decode_entry(row.raw)
    except BadInput:
        return None
