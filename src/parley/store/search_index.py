"""Search index: the words, places and times of every statement held here. Derived, never the truth.

It follows from the logs and the declarations at hand: the file may be deleted, and `parley rebuild` makes it anew. It lies
beside the record's database, of whatever kind that is, and only SQLite understands it (FTS5).

* A statement's number is its place in the record's order (`number_of`), so that the newest are found first without sorting.
* `statements` keeps what a result needs, the original texts among it; `words` is a contentless FTS5 table over their normal
  forms, and over *marks*: words that no text can have in that column, one for each thing by which results may be narrowed.
  A search is then one match of words and marks, read from the newest on until the page is full, however many match.
* Words are parted before they come here, so FTS5 takes them as they are (its ``ascii`` tokenizer). `BEGINNING` letters of each
  word are indexed besides: what is narrowed to a longer beginning is looked through, or asked of FTS5 once that is quicker.
* One thread writes at a time, and one reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from parley.errors import StorageFault
from parley.procedure.search.matter import Matter, Passage
from parley.procedure.search.normal import normal
from parley.procedure.search.places import cells_of
from parley.record.ids import GENERATION_STEP, LogId, MemberOrdinal
from parley.store import sqlite
from parley.store.readers import faults_of

SEARCH_VERSION = 1
BEGINNING = 3
DAY_MS = 86_400_000
BLOCK_DAYS = 32
BLOCK_SIZES = 3
LAST_DAY = 50 * BLOCK_DAYS**2 - 1
"""In the year 2110."""
PASSAGE_END = "\u00b6"
"""Stands between the texts of a statement; no word holds it, so no phrase reaches from one text into the next."""
ROWS_AT_ONCE = 64
PAGE_CACHE_KIB = 16 << 10
_LOG_BITS = 16
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS statements (
        number INTEGER PRIMARY KEY, log INTEGER NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,
        case_log INTEGER NOT NULL, case_seq INTEGER NOT NULL, desk TEXT NOT NULL, kind TEXT NOT NULL,
        member INTEGER NOT NULL, position TEXT NOT NULL, precedence INTEGER NOT NULL, about BLOB NOT NULL,
        ladder INTEGER NOT NULL, withheld INTEGER NOT NULL, matter BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX IF NOT EXISTS statements_by_place ON statements (log, seq)",
    "CREATE INDEX IF NOT EXISTS statements_astray ON statements (case_log, case_seq) WHERE desk = ''",
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5
        (text, marks, content='', columnsize=0, tokenize='ascii', prefix='{BEGINNING}')""",
    "CREATE TABLE IF NOT EXISTS progress (log INTEGER PRIMARY KEY, seq INTEGER NOT NULL)",
    """CREATE TABLE IF NOT EXISTS passed
        (log INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (log, seq)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS about (version INTEGER PRIMARY KEY)",
)
_TABLES = ("statements", "words", "progress", "passed", "about")
_COLUMNS = "number, log, seq, at_ms, case_log, case_seq, desk, kind, member, position, precedence, about, ladder, withheld, matter"


class Told(NamedTuple):
    """One statement as it is indexed.

    Attributes:
        number: as of `number_of`.
        desk: of its case; "" where what opened the case is not held here.
        about: digest of the statement that it names first, b"" where it names none.
        ladder: it only climbs another one's ladder, and is not told unless its words or its kind are asked for.
        withheld: its content is not held here.
    """

    number: int
    log: LogId
    seq: int
    at_ms: int
    case_log: LogId
    case_seq: int
    desk: str
    kind: str
    member: MemberOrdinal
    position: str
    precedence: int
    about: bytes
    ladder: bool
    withheld: bool
    matter: Matter


class Asked(NamedTuple):
    """What is asked of the index: an expression of FTS5 (see `expression`), from below a number, within times said."""

    match: str
    before: int
    from_ms: int
    until_ms: int


def number_of(clock: int, log: int) -> int:
    """A statement's place in the record's order, (clock, member, generation), as one number."""
    member, generation = log % GENERATION_STEP, log // GENERATION_STEP
    return clock << _LOG_BITS | member << _LOG_BITS // 2 | generation


def marks_of(one: Told) -> set[str]:
    """The marks of a statement."""
    marks = {mark("k", one.kind), mark("m", one.member), mark("p", one.precedence)}
    if one.desk:
        marks.add(mark("d", one.desk))
    if not one.ladder:
        marks.add("said")
    for sort, times in (("s", (one.at_ms,)), ("i", one.matter.instants)):
        for at_ms in times:
            day = _day(at_ms)
            marks |= {f"{sort}{size}x{day // BLOCK_DAYS**size}" for size in range(BLOCK_SIZES)}
    for shape in one.matter.shapes:
        marks |= cells_of(shape)
    return marks


def mark(sort: str, value: str | int) -> str:
    """A mark that no other value of its sort has."""
    return f"{sort}{value}" if isinstance(value, int) else f"{sort}{value.encode().hex()}"


def days(sort: str, from_ms: int, until_ms: int) -> set[str]:
    """Marks of which a time has one exactly where its day is in a span: of days, and of blocks of 32 and 1,024 days between.
    Sort ``s``: when it was said; ``i``: the times it speaks of."""
    first, last, found = _day(from_ms), _day(until_ms), set()
    for size in range(BLOCK_SIZES - 1):
        while first <= last and first % BLOCK_DAYS:
            found.add(f"{sort}{size}x{first}")
            first += 1
        while first <= last and last % BLOCK_DAYS != BLOCK_DAYS - 1:
            found.add(f"{sort}{size}x{last}")
            last -= 1
        if first > last:
            return found
        first, last = first // BLOCK_DAYS, last // BLOCK_DAYS
    return found | {f"{sort}{BLOCK_SIZES - 1}x{block}" for block in range(first, last + 1)}


def _day(at_ms: int) -> int:
    """The day of a time; all days from `LAST_DAY` on, which only clocks gone wrong tell, are one."""
    return min(max(at_ms // DAY_MS, 0), LAST_DAY)


def expression(phrases: Iterable[tuple[Sequence[str], bool]], marks: Iterable[Iterable[str]]) -> str:
    """An expression of FTS5: every phrase (words, and whether the last may go on), and one at least of each set of marks.

    Words hold letters, marks and digits alone, so that nothing in them can be taken for an operator; all are quoted besides.
    """
    terms = []
    for words, beginning in phrases:
        terms.append(f'text : "{" ".join(words)}"' + (" *" if beginning else ""))
    for one in marks:
        terms.append("marks : (" + " OR ".join(f'"{word}"' for word in sorted(one)) + ")")
    return " AND ".join(terms)


class SearchIndex:
    """The index in the file at `path`."""

    def __init__(self, path: Path) -> None:
        try:
            self._engine = sqlite.open_derived(path)
            self._faults = faults_of(self._engine)
            self._writing = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._reading = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._run(f"PRAGMA cache_size=-{PAGE_CACHE_KIB}")
            self._settle_version()
        except (OSError, SQLAlchemyError) as error:
            raise _fault("search.open", error, str(path)) from error

    def close(self) -> None:
        """Close it."""
        for connection in (self._reading, self._writing):
            connection.close()
        self._engine.dispose()

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._run(f"DROP TABLE IF EXISTS {table}")
        self._settle_version()

    # ---- writing -----------------------------------------------------------------------------------------------

    def write(
        self, told: Sequence[Told], progress: Iterable[tuple[LogId, int]], passed: Iterable[tuple[LogId, int]]
    ) -> None:
        """Statements, how far logs are indexed by these, and those of them that were missing: all, or after a crash none. A
        statement that is here already is put in its own place.

        Raises:
            StorageFault: code ``search.write``.
        """  # fmt: skip
        try:
            cursor = self._writing.connection.cursor()
            cursor.execute(sqlite.BEGIN)
            try:
                for one in sorted(told, key=lambda one: one.number):
                    self._put(cursor, one)
                cursor.executemany("INSERT OR REPLACE INTO progress VALUES (?, ?)", list(progress))
                cursor.executemany("INSERT OR IGNORE INTO passed VALUES (?, ?)", list(passed))
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")
            cursor.close()
        except self._faults as error:
            raise _fault("search.write", error) from error

    def _put(self, cursor: Any, one: Told) -> None:
        number = one.number
        cursor.execute(f"SELECT {_COLUMNS} FROM statements WHERE number = ?", (number,))
        known = cursor.fetchone()
        if known is not None:
            before = _found(known)
            if before == one:
                return
            cursor.execute(
                "INSERT INTO words (words, rowid, text, marks) VALUES ('delete', ?, ?, ?)",
                (number, _text_of(before), _marks_text(before)),
            )
            cursor.execute("DELETE FROM statements WHERE number = ?", (number,))
        cursor.execute("DELETE FROM passed WHERE log = ? AND seq = ?", (one.log, one.seq))
        cursor.execute(
            f"INSERT INTO statements ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*one[:14], msgspec.msgpack.encode(one.matter)),
        )
        cursor.execute(
            "INSERT INTO words (rowid, text, marks) VALUES (?, ?, ?)", (number, _text_of(one), _marks_text(one))
        )

    # ---- what the writer asks ------------------------------------------------------------------------------------

    def progress(self) -> dict[LogId, int]:
        """How far each log is indexed."""
        return dict(self._run("SELECT log, seq FROM progress"))

    def passed(self) -> list[tuple[LogId, int]]:
        """Statements that were missing, or their content was, when their log was indexed."""
        return [(LogId(log), seq) for log, seq in self._run("SELECT log, seq FROM passed")]

    def astray(self) -> dict[tuple[LogId, int], list[tuple[LogId, int]]]:
        """Statements whose case's opening one was not held, by case."""
        found: dict[tuple[LogId, int], list[tuple[LogId, int]]] = {}
        for case_log, case_seq, log, seq in self._run(
            "SELECT case_log, case_seq, log, seq FROM statements WHERE desk = ''"
        ):
            found.setdefault((LogId(case_log), case_seq), []).append((LogId(log), seq))
        return found

    # ---- reading -----------------------------------------------------------------------------------------------

    def search(self, asked: Asked) -> Iterator[Told]:
        """What matches, the newest first; read as it is taken.

        Raises:
            StorageFault: code ``search.read``.
        """
        cursor = self._reading.connection.cursor()
        try:
            cursor.execute(
                "SELECT s.* FROM words JOIN statements s ON s.number = words.rowid"
                " WHERE words MATCH ? AND words.rowid < ? AND s.at_ms BETWEEN ? AND ? ORDER BY words.rowid DESC",
                asked,
            )
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield from map(_found, rows)
        except self._faults as error:
            raise _fault("search.read", error) from error
        finally:
            cursor.close()

    def at(self, log: LogId, seq: int) -> Told | None:
        """The statement at a place."""
        cursor = self._reading.connection.cursor()
        try:
            cursor.execute(f"SELECT {_COLUMNS} FROM statements WHERE log = ? AND seq = ?", (log, seq))
            row = cursor.fetchone()
        except self._faults as error:
            raise _fault("search.read", error) from error
        finally:
            cursor.close()
        return _found(row) if row is not None else None

    def everything(self) -> Iterator[Told]:
        """Every statement, in the record's order."""
        cursor = self._reading.connection.cursor()
        cursor.execute(f"SELECT {_COLUMNS} FROM statements ORDER BY number")
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from map(_found, rows)
        cursor.close()

    def bare(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Rows of any query, for measuring and for tests."""
        cursor = self._reading.connection.cursor()
        try:
            cursor.execute(query, parameters)
            return list(cursor.fetchall())
        finally:
            cursor.close()

    # ---- inside ------------------------------------------------------------------------------------------------

    def _run(self, query: str, *parameters: object) -> list[Any]:
        cursor = self._writing.connection.cursor()
        try:
            cursor.execute(query, parameters)
            return list(cursor.fetchall())
        except self._faults as error:
            raise _fault("search.read", error) from error
        finally:
            cursor.close()

    def _settle_version(self) -> None:
        """An index of another version of the program is made anew."""
        for statement in _SCHEMA:
            self._run(statement)
        versions = [row[0] for row in self._run("SELECT version FROM about")]
        if not versions:
            self._run("INSERT INTO about VALUES (?)", SEARCH_VERSION)
        elif versions != [SEARCH_VERSION]:
            self.clear()


def _text_of(one: Told) -> str:
    return f" {PASSAGE_END} ".join(normal(passage.text) for passage in one.matter.passages)


def _marks_text(one: Told) -> str:
    return " ".join(sorted(marks_of(one)))


def _found(row: Sequence[Any]) -> Told:
    matter = msgspec.msgpack.decode(row[14], type=tuple[list[Passage], list[tuple[int, ...]], list[int]])
    passages, shapes, instants = matter
    about_it = Matter(tuple(passages), tuple(shapes), tuple(instants))
    return Told._make((*row[:12], bool(row[12]), bool(row[13]), about_it))


def _fault(code: str, error: BaseException, field: str | None = None) -> StorageFault:
    return StorageFault(code, f"the search index does not answer: {error}", field=field)
