"""Everything that only SQLite understands.

* WAL with ``synchronous=FULL``: a commit returns after its frames are fsynced.
* An fsync that also grows a file costs twice one that overwrites. So the WAL is pre-grown when the database opens,
  never cut, and started over whenever a checkpoint has emptied it. SQLite ignores what follows the last valid frame.
* Checkpoints are asked for when the node is idle (`checkpoint`); the automatic one is a backstop against a WAL
  without bound, and its price falls on a commit.
* ``BEGIN IMMEDIATE`` for every transaction: schema changes are atomic too, and a second writer is
  noticed at once. Plain reads run in autocommit and hold no snapshot, so they never keep the WAL from starting over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Column, Connection, Engine, Index, Insert, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, StaticPool

from parley.errors import Misconfigured

CLUSTERED: Final[dict[str, Any]] = {"sqlite_with_rowid": False}
"""Table options: rows live in the primary key's own tree."""

PAGE_BYTES = 4096
WAL_BYTES = 16 << 20
"""Size the WAL is grown to beforehand; idle checkpoints keep it about there."""
BACKSTOP_PAGES = 4 * WAL_BYTES // PAGE_BYTES
CACHE_KIB = 64 << 10
BUSY_MS = 5000
BEGIN = "BEGIN IMMEDIATE"

_PRAGMAS = (
    f"page_size={PAGE_BYTES}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"wal_autocheckpoint={BACKSTOP_PAGES}",
    "journal_size_limit=-1",
    f"busy_timeout={BUSY_MS}",
    f"cache_size=-{CACHE_KIB}",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
)


def open_engine(path: Path) -> Engine:
    """An engine on the database file at `path`, created readable by its owner only where it is absent.

    It pools nothing: whoever opens a connection keeps it, uses it from one thread at a time, and closes it.

    Raises:
        OSError: the file cannot be created.
        Misconfigured: on connecting, where the file system cannot hold a WAL.
    """
    _create(path)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def open_derived(path: Path | None) -> Engine:
    """An engine on a database that can be made anew: what it loses in a crash is made again. None: in memory."""
    if path is not None:
        _create(path)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=":memory:" if path is None else str(path)),
        poolclass=NullPool if path is not None else StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _configure_derived)
    event.listen(engine, "begin", _begin)
    return engine


def grow_wal(path: Path) -> None:
    """Extend the WAL of the open database at `path` to `WAL_BYTES` with zeros; call before the first commit."""
    wal = os.open(f"{path}-wal", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        size = os.fstat(wal).st_size
        while size < WAL_BYTES:
            size += os.pwrite(wal, bytes(min(1 << 20, WAL_BYTES - size)), size)
        os.fsync(wal)
    finally:
        os.close(wal)


def checkpoint(connection: Connection) -> None:
    """Copy what the WAL holds into the database, as far as that can be done without waiting for anyone."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        cursor.fetchall()
    finally:
        cursor.close()


def insert_new(table: Table) -> Insert:
    """INSERT that leaves a row alone that is there already."""
    return insert(table).on_conflict_do_nothing()


def upsert(table: Table) -> Insert:
    """INSERT that replaces the row of the same primary key."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={column.name: statement.excluded[column.name] for column in _beside_key(table)},
    )


def sparse_index(name: str, column: Column[Any]) -> Index:
    """An index over the rows that have a value in `column`."""
    is_set = column.is_not(None)
    return Index(name, column, sqlite_where=is_set, postgresql_where=is_set)


def _beside_key(table: Table) -> Iterable[Column[Any]]:
    return (column for column in table.columns if not column.primary_key)


def _create(path: Path) -> None:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
        cursor.fetchall()
    cursor.execute("PRAGMA journal_mode")
    mode = cursor.fetchone()
    cursor.close()
    if mode != ("wal",):
        raise Misconfigured(
            "store.no-wal", "the file system cannot hold a write-ahead log", rule="keep the store on a local disk"
        )


def _configure_derived(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_MS}", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
        cursor.fetchall()
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(BEGIN)
