"""A store, the disk it lies on, and the faults of that disk: one interface over both engines."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.engine.interfaces import DBAPICursor

from parley.store import Fault, MemoryStore, Store, open_store

AnyStore = Store | MemoryStore


class Disk(Protocol):
    """`store` is the store as it is open now."""

    store: AnyStore

    def fail_next(self, fault: Fault) -> None:
        """Let the next commit be reported failed."""

    def restart(self) -> AnyStore:
        """What a node finds at its next start."""

    def close(self) -> None: ...


class FailingCursor:
    """A cursor whose COMMIT is reported failed."""

    def __init__(self, cursor: DBAPICursor, fault: Fault) -> None:
        self._cursor = cursor
        self._fault = fault

    def execute(self, statement: str, *parameters: Any) -> None:
        if statement != "COMMIT":
            self._cursor.execute(statement, *parameters)
            return
        if self._fault is Fault.PERSISTED:
            self._cursor.execute(statement)
        raise sqlite3.OperationalError("disk I/O error")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class SqliteDisk:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.store: AnyStore = open_store(path)

    def fail_next(self, fault: Fault) -> None:
        assert isinstance(self.store, Store)

        store, cursor = self.store, self.store._cursor

        def failing() -> FailingCursor:
            store._cursor = cursor
            return FailingCursor(cursor(), fault)

        store._cursor = failing

    def restart(self) -> AnyStore:
        self.store.close()
        self.store = open_store(self._path)
        return self.store

    def close(self) -> None:
        self.store.close()


class MemoryDisk:
    def __init__(self) -> None:
        self._memory = MemoryStore()
        self.store: AnyStore = self._memory

    def fail_next(self, fault: Fault) -> None:
        self._memory.fail_next(fault)

    def restart(self) -> AnyStore:
        self._memory.crash(lose_unsynced=True)
        return self._memory

    def close(self) -> None:
        self._memory.close()


def open_disk(engine: str, folder: Path) -> SqliteDisk | MemoryDisk:
    return SqliteDisk(folder / "record.db") if engine == "sqlite" else MemoryDisk()
