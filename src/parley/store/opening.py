"""Which engine a store runs on, by its URL or path."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from parley.errors import Misconfigured, StorageFault
from parley.store import sqlite
from parley.store.migrations import upgrade
from parley.store.store import EngineForms, Store

_SQLITE_FORMS = EngineForms(sqlite.insert_new, sqlite.upsert, sqlite.checkpoint, sqlite.BEGIN)


def open_store(where: str | os.PathLike[str], *, grow: bool = True) -> Store:
    """The store at a file path or ``sqlite:///path`` URL; it is created, or its schema brought up to date.

    `grow` is for the one process that writes, the node's: it fills the log file up beforehand. Whoever only reads
    beside a running node leaves it alone.

    Raises:
        Misconfigured: ``store.url``: no engine of this program; ``store.no-wal``: no place for a SQLite database.
        StorageFault: ``store.open``, ``store.newer``.
    """
    path = _path(os.fspath(where))
    try:
        engine = sqlite.open_engine(path)
        upgrade(engine)
        store = Store(engine, _SQLITE_FORMS)
        try:
            if grow:
                sqlite.grow_wal(path)
        except OSError:
            store.close()
            raise
    except (OSError, SQLAlchemyError) as error:
        raise StorageFault("store.open", f"the database cannot be opened: {error}", field=str(path)) from error
    return store


def _path(where: str) -> Path:
    if "://" not in where:
        return Path(where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise Misconfigured("store.url", "this is not a database URL", field="store") from error
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise Misconfigured(
            "store.url", f"there is no engine for {url.get_backend_name()} here", field="store",
            rule="a file path or sqlite:///path",
        )  # fmt: skip
    return Path(url.database)
