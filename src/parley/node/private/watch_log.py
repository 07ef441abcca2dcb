"""The watch's own log: what an officer wants the next one to know. Entries are added and never changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import JSON, BigInteger, Column, Connection, Integer, String, Table, func, select

from parley.errors import Refused
from parley.node.private.file import PrivateFile, metadata
from parley.store import sqlite

MAX_ENTRIES = 200_000
MAX_SINCE = 500

_entries = Table(
    "watch_log", metadata,
    Column("number", Integer, primary_key=True), Column("at_ms", BigInteger, nullable=False, index=True),
    Column("position", String, nullable=False), Column("text", String, nullable=False), Column("language", String, nullable=False),
    Column("references", JSON, nullable=False), Column("corrects", Integer, index=True), **sqlite.CLUSTERED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry.

    Attributes:
        number: 1 and up, without a gap.
        position: whose key was signed on.
        references: statements it is about.
        corrects: number of the entry it corrects.
        corrected_by: number of the last entry that corrects it.
    """

    number: int
    at_ms: int
    position: str
    text: str
    language: str
    references: list[str]
    corrects: int | None
    corrected_by: int | None = None


class WatchLog:
    """See the module."""

    def __init__(self, file: PrivateFile, most: int = MAX_ENTRIES) -> None:
        self._file = file
        self._most = most

    def add(
        self, at_ms: int, position: str, text: str, language: str, references: list[str], corrects: int | None
    ) -> LogEntry:
        """Add an entry.

        Raises:
            Refused: ``log.full``, ``log.unknown``.
        """
        with self._file.transaction() as connection:
            last = connection.scalar(select(func.max(_entries.c.number))) or 0
            if last >= self._most:
                raise Refused("log.full", f"it holds {self._most} entries already", field="text")
            if corrects is not None and not 1 <= corrects <= last:
                raise Refused("log.unknown", f"there is no entry {corrects} to correct", field="corrects")
            made = LogEntry(last + 1, at_ms, position, text, language, references, corrects)
            row = asdict(made)
            del row["corrected_by"]
            connection.execute(_entries.insert().values(row))
            return made

    def entry(self, number: int) -> LogEntry:
        """The entry of that number.

        Raises:
            Refused: ``log.unknown``.
        """
        found = self.page(before=number + 1, limit=1)
        if not found or found[0].number != number:
            raise Refused("log.unknown", f"there is no entry {number}", field="number")
        return found[0]

    def page(self, *, before: int | None = None, limit: int) -> list[LogEntry]:
        """Entries, latest first; `before`: the number of the last one of the page before."""
        query = select(_entries).order_by(_entries.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(_entries.c.number < before)
        with self._file.transaction() as connection:
            return _read(connection, query)

    def since(self, at_ms: int, after: int = 0) -> list[LogEntry]:
        """The last `MAX_SINCE` entries written at `at_ms` or later, beyond number `after`; oldest first."""
        wanted = (_entries.c.at_ms >= at_ms) & (_entries.c.number > after)
        query = select(_entries).where(wanted).order_by(_entries.c.number.desc()).limit(MAX_SINCE)
        with self._file.transaction() as connection:
            return _read(connection, query)[::-1]


def _read(connection: Connection, query: object) -> list[LogEntry]:
    rows = connection.execute(query).all()  # type: ignore[call-overload]
    numbers = [row.number for row in rows]
    by = select(_entries.c.corrects, func.max(_entries.c.number)).where(_entries.c.corrects.in_(numbers))
    corrected = {row[0]: row[1] for row in connection.execute(by.group_by(_entries.c.corrects))}
    return [
        LogEntry(
            row.number, row.at_ms, row.position, row.text, row.language, row.references, row.corrects, corrected.get(row.number)
        )
        for row in rows
    ]  # fmt: skip
