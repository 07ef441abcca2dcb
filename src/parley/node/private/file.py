"""The one file of what is private, and the turns that everybody takes on its one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Column, Connection, Integer, MetaData, Table, select
from sqlalchemy.exc import SQLAlchemyError

from parley.errors import StorageFault
from parley.store import sqlite

PRIVATE_VERSION = 2
EARLIER_VERSIONS = frozenset({1})
"""These had fewer tables, and the same rows in them."""

metadata = MetaData()
_about = Table("about", metadata, Column("version", Integer, primary_key=True))


class PrivateFile:
    """The file at `path`, created where it is absent; None keeps everything in memory.

    Raises:
        StorageFault: ``private.open``, ``private.newer``; `transaction` ``private.failed``.
    """

    def __init__(self, path: Path | None) -> None:
        self._turn = Lock()
        try:
            self._engine = sqlite.open_derived(None) if path is None else sqlite.open_engine(path)
            self._connection = self._engine.connect()
            try:
                self._settle_version()
            except StorageFault:
                self.close()
                raise
        except (OSError, SQLAlchemyError) as error:
            raise StorageFault("private.open", f"what is private cannot be opened: {error}", field=str(path)) from error

    def close(self) -> None:
        """Close it."""
        with self._turn:
            self._connection.close()
            self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The connection, for one transaction: all of it is durable, or nothing is."""
        with self._turn:
            try:
                with self._connection.begin():
                    yield self._connection
            except SQLAlchemyError as error:
                raise StorageFault("private.failed", f"what is private cannot be read or written: {error}") from error

    @contextmanager
    def removal(self) -> Iterator[Connection]:
        """A transaction in which something is deleted: it does not lie on in the write-ahead log."""
        with self.transaction() as connection:
            yield connection
        with self._turn:
            self._pragma("wal_checkpoint(TRUNCATE)")

    def _pragma(self, pragma: str) -> None:
        """Outside of any transaction, as these must be."""
        cursor = self._connection.connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.fetchall()
        cursor.close()

    def _settle_version(self) -> None:
        self._pragma("secure_delete=ON")
        with self._connection.begin():
            versions = {row.version for row in self._connection.execute(select(_about))} if self._is_there() else set()
            if not versions <= {PRIVATE_VERSION, *EARLIER_VERSIONS}:
                raise StorageFault("private.newer", "what is private was written by a later version of this program")
            metadata.create_all(self._connection)
            if versions != {PRIVATE_VERSION}:
                self._connection.execute(_about.delete())
                self._connection.execute(_about.insert().values(version=PRIVATE_VERSION))

    def _is_there(self) -> bool:
        return bool(self._connection.dialect.has_table(self._connection, _about.name))
