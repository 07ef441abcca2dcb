"""Connections to read with: as many as threads read at once, each used by one thread at a time.

Reads run in autocommit and take all their rows at once: none holds a snapshot of the database open, and each sees
the last committed batch.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import SQLAlchemyError

from parley.errors import StorageFault

Row = tuple[Any, ...]


class Readers:
    """Runs compiled queries, from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._faults = faults_of(engine)
        self._idle: list[tuple[Connection, DBAPICursor]] = []
        self._closed = False

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """All rows of `query`.

        Raises:
            StorageFault: code ``store.read``, or ``store.closed``.
        """
        try:
            connection, cursor = self._borrow()
            try:
                cursor.execute(query, parameters)
                found = cursor.fetchall()
            except BaseException:
                connection.close()
                raise
        except self._faults as error:
            raise StorageFault("store.read", f"the database does not answer: {error}") from error
        self._give_back(connection, cursor)
        return found  # type: ignore[return-value]  # a driver's rows are tuples

    def close(self) -> None:
        """Close what is idle now, and what is in use when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop()[0].close()

    def _borrow(self) -> tuple[Connection, DBAPICursor]:
        if self._closed:
            raise StorageFault("store.closed", "the store is closed")
        try:
            return self._idle.pop()  # atomic, as is append: all the locking that is needed
        except IndexError:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return connection, connection.connection.cursor()

    def _give_back(self, connection: Connection, cursor: DBAPICursor) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.append((connection, cursor))


def faults_of(engine: Engine) -> tuple[type[BaseException], ...]:
    """What a broken database may raise: the driver's errors, and SQLAlchemy's around them."""
    driver = engine.dialect.loaded_dbapi
    return (SQLAlchemyError, OSError, driver.Error)
