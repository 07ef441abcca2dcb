"""A node's disk: the store, and the high-water mark that lies outside it and its backups.

What was committed survives a crash, what was not is gone. A backup is a copy of the store alone: the index of cases
beside it stays, where there is one. Most runs keep the store in memory, and no index over a crash; a share of them uses
the real SQLite store and index in a directory of its own.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path

from parley.record.rows import HighWater
from parley.store.case_index import CaseIndex
from parley.store.highwater import HighWaterFile
from parley.store.memory import Backup, MemoryStore
from parley.store.opening import open_store
from parley.store.store import Store


class CrashPoint(Enum):
    """Where within one write a node dies: torn (nothing persisted), between its two files, or before it can tell."""

    BEFORE_COMMIT = auto()
    BEFORE_HIGH_WATER = auto()
    BEFORE_REPORT = auto()


class SimDisk:
    """A store in memory and a high-water mark beside it."""

    def __init__(self) -> None:
        self._memory = MemoryStore()
        self._backup: Backup | None = None
        self.mark: HighWater | None = None

    @property
    def store(self) -> MemoryStore | Store:
        """The store, readable also while its node is down."""
        return self._memory

    @property
    def high_water(self) -> HighWater | None:
        """What the high-water file says."""
        return self.mark

    def open(self) -> MemoryStore | Store:
        """The store as a starting node finds it."""
        self._memory.crash(lose_unsynced=True)
        return self._memory

    def case_index(self) -> CaseIndex:
        """The index of cases as a starting node finds it."""
        return CaseIndex(None)

    def close(self) -> None:
        """The node is gone."""

    def set_high_water(self, mark: HighWater) -> None:
        """Write the high-water file."""
        self.mark = mark

    def lose_mark(self) -> None:
        """The high-water file is gone, its node being down."""
        self.mark = None

    def back_up(self) -> None:
        """Copy the store, as an administrator's nightly job does."""
        self._backup = self._memory.backup()

    @property
    def has_backup(self) -> bool:
        """Whether there is a backup to put back."""
        return self._backup is not None

    def put_back(self) -> None:
        """Replace the store by its backup, its node being down; the high-water file stays."""
        assert self._backup is not None
        self._memory.restore(self._backup)

    def remove(self) -> None:
        """The run is over."""


class SqliteDisk(SimDisk):
    """The real SQLite store and high-water file, in `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir()
        self._folder = folder
        self._file = folder / "record.db"
        self._copy = folder / "backup.db"
        self._mark_file = HighWaterFile(folder / "high-water")
        self._database = open_store(self._file)

    @property
    def store(self) -> Store:
        return self._database

    @property
    def high_water(self) -> HighWater | None:
        return self._mark_file.read()

    def open(self) -> Store:
        self._reopen()
        return self._database

    def case_index(self) -> CaseIndex:
        return CaseIndex(self._folder / "cases.db")

    def set_high_water(self, mark: HighWater) -> None:
        self._mark_file.write(mark)

    def lose_mark(self) -> None:
        self._mark_file.close()
        self._mark_file = HighWaterFile(self._folder / "high-water")
        (self._folder / "high-water").unlink(missing_ok=True)

    def back_up(self) -> None:
        """By SQLite's own means, as with the node running."""
        source, target = sqlite3.connect(self._file), sqlite3.connect(self._copy)
        with closing(source), closing(target):
            source.backup(target)

    @property
    def has_backup(self) -> bool:
        return self._copy.exists()

    def put_back(self) -> None:
        self._database.close()
        for name in ("record.db-wal", "record.db-shm"):
            (self._folder / name).unlink(missing_ok=True)
        shutil.copy(self._copy, self._file)
        self._database = open_store(self._file)

    def remove(self) -> None:
        self._database.close()
        self._mark_file.close()

    def _reopen(self) -> None:
        self._database.close()
        self._mark_file.close()
        self._database = open_store(self._file)
