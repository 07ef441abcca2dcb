"""Case index: which statements belong to which case, and where each case stands. Derived, never the truth.

Everything here follows from the logs: the file may be deleted, and `parley rebuild` makes it anew. It lies beside the
record's own database (for PostgreSQL: in it), so that writing it never delays a statement. One thread uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    select,
    tuple_,
)
from sqlalchemy.exc import SQLAlchemyError

from parley.errors import StorageFault
from parley.record.ids import LogId, MemberOrdinal, log_owner
from parley.store import sqlite

INDEX_VERSION = 4

metadata = MetaData()
_acts = Table(
    "acts", metadata,
    Column("log", Integer, primary_key=True), Column("seq", BigInteger, primary_key=True),
    Column("clock", BigInteger, nullable=False), Column("case_log", Integer, nullable=False),
    Column("case_seq", BigInteger, nullable=False), Column("desk", String, nullable=False),
    Column("kind", String, nullable=False), Column("member", Integer, nullable=False),
    Column("in_feed", Boolean, nullable=False), Column("past", LargeBinary, nullable=False),
    Index("acts_by_case", "case_log", "case_seq", "clock", "member", "log"),
    Index("acts_by_desk", "desk", "in_feed", "clock", "member", "log"),
    **sqlite.CLUSTERED,
)  # fmt: skip
_ORDER = (_acts.c.clock, _acts.c.member, _acts.c.log)
"""The record's order (`record.order`): a log's number grows with its generation, its member's place does not."""
_cases = Table(
    "cases", metadata,
    Column("log", Integer, primary_key=True), Column("seq", BigInteger, primary_key=True),
    Column("desk", String, nullable=False), Column("kind", String, nullable=False), Column("state", String, nullable=False),
    Column("over", Boolean, nullable=False), Column("channel", Integer, nullable=False),
    Column("opened_ms", BigInteger, nullable=False), Column("moved_ms", BigInteger, nullable=False),
    Column("clock", BigInteger, nullable=False), Column("due_ms", BigInteger),
    Index("cases_by_desk", "desk", "over", "clock", "log"), Index("cases_by_due", "due_ms"),
    **sqlite.CLUSTERED,
)  # fmt: skip
_progress = Table(
    "progress", metadata,
    Column("log", Integer, primary_key=True), Column("seq", BigInteger, nullable=False),
    Column("past", LargeBinary, nullable=False), **sqlite.CLUSTERED,
)  # fmt: skip
_passed = Table(
    "passed", metadata,
    Column("log", Integer, primary_key=True), Column("seq", BigInteger, primary_key=True),
    Column("sight", BigInteger, nullable=False), **sqlite.CLUSTERED,
)  # fmt: skip
_about = Table("about", metadata, Column("version", Integer, primary_key=True))

CaseKey = tuple[LogId, int]
"""Log and seq of the statement that opened a case."""


class ActRow(NamedTuple):
    """A statement's place in a case. `past`: how much of each log its author had seen."""

    log: LogId
    seq: int
    clock: int
    case_log: LogId
    case_seq: int
    desk: str
    kind: str
    member: MemberOrdinal
    in_feed: bool
    past: bytes

    @property
    def case(self) -> CaseKey:
        """The case it belongs to."""
        return self.case_log, self.case_seq


class CaseRow(NamedTuple):
    """Where a case stands; `due_ms` is the soonest clock that runs in it, None where none does."""

    log: LogId
    seq: int
    desk: str
    kind: str
    state: str
    over: bool
    channel: int
    opened_ms: int
    moved_ms: int
    clock: int
    due_ms: int | None


class Progress(NamedTuple):
    """How far a log is indexed, and what its author had seen by then."""

    log: LogId
    seq: int
    past: dict[int, int]


class Passed(NamedTuple):
    """A statement that was not held, or its content was not, when its log was indexed; `sight`: who may hold what is missing."""

    log: LogId
    seq: int
    sight: int


class CaseIndex:
    """The index in the file at `path`; None keeps it in memory."""

    def __init__(self, path: Path | None) -> None:
        try:
            self._engine = sqlite.open_derived(path)
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._settle_version()
            self._add_act = self._text(sqlite.insert_new(_acts))
            self._put_case = self._text(sqlite.upsert(_cases))
            self._put_progress = self._text(sqlite.upsert(_progress))
            self._add_passed = self._text(sqlite.insert_new(_passed))
        except (OSError, SQLAlchemyError) as error:
            raise StorageFault("cases.open", f"the case index cannot be opened: {error}", field=str(path)) from error

    def close(self) -> None:
        """Close it."""
        self._connection.close()
        self._engine.dispose()

    def clear(self) -> None:
        """Forget everything."""
        metadata.drop_all(self._connection)
        metadata.create_all(self._connection)
        self._connection.execute(_about.insert().values(version=INDEX_VERSION))

    # ---- writing -----------------------------------------------------------------------------------------------

    def write(
        self, acts: Sequence[ActRow], passed: Sequence[Passed], progress: Iterable[Progress], cases: Iterable[CaseRow]
    ) -> None:
        """Statements, those that were passed over, how far logs are indexed by these, and where cases stand with them: all, or
        after a crash none."""
        self._write(
            (self._add_act, acts), (self._add_passed, passed),
            (self._put_progress, [(one.log, one.seq, encode_past(one.past)) for one in progress]),
            (self._put_case, list(cases)),
        )  # fmt: skip

    def passed(self, member: MemberOrdinal) -> list[Passed]:
        """What was passed over and `member` may hold by now."""
        query = select(_passed).where(_passed.c.sight.bitwise_and(1 << member) != 0)
        return [Passed._make(row) for row in self._connection.execute(query)]

    def found(self, log: LogId, first: int, stop: int) -> None:
        """What was passed over in a range is taken."""
        self._connection.execute(
            _passed.delete().where(_passed.c.log == log, _passed.c.seq >= first, _passed.c.seq < stop)
        )

    def assign(self, case: CaseKey, desk: str) -> None:
        """Statements that came before the one that opened their case learn their desk."""
        self._connection.execute(
            _acts.update()
            .where(_acts.c.case_log == case[0], _acts.c.case_seq == case[1], _acts.c.desk == "")
            .values(desk=desk)
        )

    def orphans(self) -> list[CaseKey]:
        """Cases whose opening statement is not here yet."""
        query = select(_acts.c.case_log, _acts.c.case_seq).where(_acts.c.desk == "").distinct()
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    # ---- reading -----------------------------------------------------------------------------------------------

    def last_acts(self) -> dict[LogId, int]:
        """The last statement indexed of each log: after a crash it may lie beyond its progress."""
        last = {log: self.act_before(log, 1 << 62) for log in self.progress()}
        return {log: act.seq for log, act in last.items() if act is not None}

    def progress(self) -> dict[LogId, Progress]:
        """How far each log is indexed."""
        rows = self._connection.execute(select(_progress)).all()
        return {row.log: Progress(row.log, row.seq, decode_past(row.past)) for row in rows}

    def acts_of(self, case: CaseKey) -> list[ActRow]:
        """The statements of a case in the record's order."""
        query = select(_acts).where(_acts.c.case_log == case[0], _acts.c.case_seq == case[1])
        return [ActRow._make(row) for row in self._connection.execute(query.order_by(*_ORDER))]

    def act(self, log: LogId, seq: int) -> ActRow | None:
        """The statement at a place."""
        row = self._connection.execute(select(_acts).where(_acts.c.log == log, _acts.c.seq == seq)).first()
        return ActRow._make(row) if row is not None else None

    def act_before(self, log: LogId, seq: int) -> ActRow | None:
        """The last statement of a log below `seq`."""
        query = select(_acts).where(_acts.c.log == log, _acts.c.seq < seq).order_by(_acts.c.seq.desc()).limit(1)
        row = self._connection.execute(query).first()
        return ActRow._make(row) if row is not None else None

    def acts_in(self, log: LogId, first: int, stop: int) -> list[ActRow]:
        """The statements of a range of a log."""
        query = select(_acts).where(_acts.c.log == log, _acts.c.seq >= first, _acts.c.seq < stop).order_by(_acts.c.seq)
        return [ActRow._make(row) for row in self._connection.execute(query)]

    def case(self, key: CaseKey) -> CaseRow | None:
        """Where a case stands."""
        row = self._connection.execute(select(_cases).where(_cases.c.log == key[0], _cases.c.seq == key[1])).first()
        return CaseRow._make(row) if row is not None else None

    def cases(self, desk: str, *, over: bool | None, before: tuple[int, int] | None, limit: int) -> list[CaseRow]:
        """Cases of a desk, latest moved first; `before`: (clock, log) of the last one of the page before."""
        query = select(_cases).where(_cases.c.desk == desk)
        if over is not None:
            query = query.where(_cases.c.over == over)
        if before is not None:
            clock, log = before
            query = query.where((_cases.c.clock < clock) | ((_cases.c.clock == clock) & (_cases.c.log < log)))
        query = query.order_by(_cases.c.clock.desc(), _cases.c.log.desc()).limit(limit)
        return [CaseRow._make(row) for row in self._connection.execute(query)]

    def all_cases(self) -> list[CaseRow]:
        """Every case."""
        return [CaseRow._make(row) for row in self._connection.execute(select(_cases))]

    def with_clocks(self) -> list[CaseKey]:
        """Cases in which a clock runs, or has run out unmet, the soonest due first."""
        query = select(_cases.c.log, _cases.c.seq).where(_cases.c.due_ms.is_not(None)).order_by(_cases.c.due_ms)
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def open_of(self, kind: str) -> list[CaseRow]:
        """Cases opened by `kind` that are not over, oldest first."""
        query = select(_cases).where(_cases.c.kind == kind, _cases.c.over.is_(False)).order_by(_cases.c.clock)
        return [CaseRow._make(row) for row in self._connection.execute(query)]

    def last_of(self, kind: str, log: int, limit: int) -> list[CaseRow]:
        """The last cases that `log` opened by `kind`, latest first."""
        query = (
            select(_cases).where(_cases.c.kind == kind, _cases.c.log == log).order_by(_cases.c.seq.desc()).limit(limit)
        )
        return [CaseRow._make(row) for row in self._connection.execute(query)]

    def feed(self, desk: str, *, before: tuple[int, int] | None, limit: int) -> list[ActRow]:
        """What was said at a desk, latest first; what only climbs ladders is left out. `before`: as of `cases`."""
        query = select(_acts).where(_acts.c.desk == desk, _acts.c.in_feed.is_(True))
        if before is not None:
            clock, log = before
            query = query.where(tuple_(*_ORDER) < (clock, log_owner(LogId(log)), log))
        query = query.order_by(*(column.desc() for column in _ORDER)).limit(limit)
        return [ActRow._make(row) for row in self._connection.execute(query)]

    def counts(self) -> dict[str, int]:
        """Open cases of each desk."""
        query = select(_cases.c.desk, func.count()).where(_cases.c.over.is_(False)).group_by(_cases.c.desk)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    # ---- inside ------------------------------------------------------------------------------------------------

    def _write(self, *statements: tuple[str, Sequence[tuple[Any, ...]]]) -> None:
        """In one transaction, on the driver's cursor: Core's own way costs ten times as much a row."""
        if not any(rows for _, rows in statements):
            return
        cursor = self._connection.connection.cursor()
        cursor.execute(sqlite.BEGIN)
        for statement, rows in statements:
            if rows:
                cursor.executemany(statement, rows)
        cursor.execute("COMMIT")
        cursor.close()

    def _text(self, statement: Insert) -> str:
        return str(statement.compile(dialect=self._engine.dialect))

    def _settle_version(self) -> None:
        """An index of another version of the program is made anew."""
        metadata.create_all(self._connection)
        versions = [row.version for row in self._connection.execute(select(_about))]
        if not versions:
            self._connection.execute(_about.insert().values(version=INDEX_VERSION))
        elif versions != [INDEX_VERSION]:
            self.clear()


def encode_past(past: dict[int, int]) -> bytes:
    """How much of each log was seen, as bytes of this file."""
    return msgspec.msgpack.encode(past)


def decode_past(raw: bytes) -> dict[int, int]:
    """The inverse of `encode_past`."""
    return msgspec.msgpack.decode(raw, type=dict[int, int])
