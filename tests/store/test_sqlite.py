"""What only the SQLite engine promises: on the disk, in the WAL, across threads and processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql

from parley.errors import Misconfigured, StorageFault
from parley.record.rows import WriteBatch
from parley.store import Store, open_store, sqlite
from parley.store.queries import Queries, queries_for
from tests.store.samples import LOG1, History, receipt


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


def pragma(store: Store, name: str) -> object:
    cursor = store._writer.connection.cursor()
    cursor.execute(f"PRAGMA {name}")
    return next(iter(cursor.fetchall()))[0]


# ---- on the disk -------------------------------------------------------------------------------------------


def test_commits_are_fully_synced(store: Store) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1


def test_the_database_is_readable_by_its_owner_only(store: Store, path: Path) -> None:
    store.commit(History(1).batch(1))
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        assert name.stat().st_mode & 0o077 == 0, name


def test_the_wal_is_grown_beforehand_and_overwritten_from_its_start(store: Store, path: Path) -> None:
    wal = Path(f"{path}-wal")
    assert wal.stat().st_size == sqlite.WAL_BYTES
    history = History(1)
    for _ in range(5):
        for _ in range(20):
            store.commit(history.batch(40))
        assert store.entries(LOG1, 0, history.size - 1, 1) == history.rows[-1:]
        store.checkpoint_wal()
    assert wal.stat().st_size == sqlite.WAL_BYTES


def test_a_wal_left_by_a_crash_is_read_and_grown_on(store: Store, path: Path, tmp_path: Path) -> None:
    history = History(1)
    store.commit(history.batch(30))
    left = tmp_path / "left.db"
    left.write_bytes(path.read_bytes())
    wal = Path(f"{path}-wal").read_bytes()
    end = len(wal.rstrip(b"\0"))
    Path(f"{left}-wal").write_bytes(wal[: end + 4096 - end % 4096])
    found = open_store(left)
    assert found.entries(LOG1, 0, 0, 99) == history.rows
    found.commit(history.batch(5))
    assert found.entries(LOG1, 0, 0, 99) == history.rows
    found.close()


@given(share=st.floats(0, 1), stale=st.booleans())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_wal_torn_anywhere_gives_whole_batches_from_the_first_on(
    store: Store, path: Path, share: float, stale: bool
) -> None:
    history = History(1)
    history.batch(next((head.size for head in store.heads()), 0))
    for _ in range(4):
        store.commit(history.batch(7))
    wal = Path(f"{path}-wal").read_bytes()
    cut = int(len(wal.rstrip(b"\0")) * share)
    torn = path.parent / "torn.db"
    torn.write_bytes(path.read_bytes())
    Path(f"{torn}-shm").unlink(missing_ok=True)
    Path(f"{torn}-wal").write_bytes(wal[:cut] + (b"\xa5" if stale else b"\0") * 8192)
    with closing(open_store(torn)) as found:
        held = sum(head.size for head in found.heads())
        assert held % 7 == 0
        assert held == history.size or cut < len(wal.rstrip(b"\0"))
        assert found.entries(LOG1, 0, 0, 1 << 20) == history.rows[:held]


def test_a_full_disk_stops_the_store_and_loses_nothing_confirmed(store: Store, path: Path) -> None:
    history = History(1)
    store.commit(history.batch(10))
    pages = pragma(store, "page_count")
    pragma(store, f"max_page_count={pages}")
    confirmed = history.rows[:]

    def fill() -> None:
        while True:
            batch = history.batch(20)
            store.commit(batch)
            confirmed.extend(batch.entries)

    with pytest.raises(StorageFault) as full:
        fill()
    assert full.value.code == "store.commit"
    assert isinstance(full.value.__cause__, sqlite3.Error)
    store.close()
    reopened = open_store(path)
    assert reopened.entries(LOG1, 0, 0, 99_999) == confirmed
    reopened.close()


def test_a_damaged_database_is_a_storage_fault(store: Store, path: Path) -> None:
    store.commit(History(1).batch(500))
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)

    def read() -> None:
        with closing(open_store(path)) as damaged:
            damaged.entries(LOG1, 0, 0, 500)

    with pytest.raises(StorageFault):
        read()


def test_what_is_no_database_is_a_storage_fault(path: Path) -> None:
    path.write_bytes(b"a letter to the administrator\n" * 300)
    with pytest.raises(StorageFault) as fault:
        open_store(path)
    assert fault.value.code == "store.open"


def test_a_folder_that_is_not_there_is_a_storage_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageFault) as fault:
        open_store(tmp_path / "absent" / "record.db")
    assert fault.value.code == "store.open"


def test_the_same_database_opens_by_path_and_by_url(path: Path) -> None:
    open_store(str(path)).close()
    store = open_store(f"sqlite:///{path}")
    store.commit(WriteBatch(documents=[("a", b"b")]))
    store.close()


@pytest.mark.parametrize("url", ["postgresql://db/record", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "://"])
def test_an_engine_this_program_has_not_is_a_misconfiguration(url: str) -> None:
    with pytest.raises(Misconfigured) as fault:
        open_store(url)
    assert fault.value.code == "store.url"


# ---- threads and processes ---------------------------------------------------------------------------------


def test_readers_on_other_threads_see_whole_batches_only(store: Store) -> None:
    history = History(1)
    stop = threading.Event()
    faults: list[str] = []

    def read() -> None:
        while not stop.is_set():
            for head in store.heads():
                held = len(list(store.leaves(LOG1, 0, 0, head.size)))
                if held != head.size or len(store.entries(LOG1, 0, head.size - 3, 3)) != 3:
                    faults.append(f"{held} of {head.size}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(60):
        store.commit(history.batch(3))
        store.checkpoint_wal()
    stop.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert store.entries(LOG1, 0, 0, 999) == history.rows


def test_a_second_writer_is_noticed(store: Store, path: Path) -> None:
    pragma(store, "busy_timeout=20")
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFault) as fault:
        store.commit(History(1).batch(1))
    assert fault.value.code == "store.commit"
    other.close()


CHILD = """
import sys
from parley.store import open_store
from tests.store.samples import History

store = open_store(sys.argv[1])
history = History(1)
for _ in range(20_000):
    batch = history.batch(3)
    store.commit(batch)
    print(history.size, flush=True)
"""


@pytest.mark.parametrize("confirmed_before_kill", [1, 7, 60])
def test_a_process_killed_while_it_commits_loses_nothing_it_confirmed(path: Path, confirmed_before_kill: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(confirmed_before_kill)]
        child.kill()
        lines += child.stdout.readlines()
    confirmed = int([line for line in lines if line.endswith(b"\n")][-1])
    history = History(1)
    store = open_store(path)
    (head,) = store.heads()
    assert head.size >= confirmed
    assert head.size % 3 == 0, "batches are whole"
    history.batch(head.size)
    assert store.entries(LOG1, 0, 0, head.size + 9) == history.rows
    assert head == history.head()
    store.commit(history.batch(1))
    store.close()


# ---- queries -----------------------------------------------------------------------------------------------


def plan(store: Store, query: str) -> str:
    cursor = store._writer.connection.cursor()
    cursor.execute(f"EXPLAIN QUERY PLAN {query}", [1] * query.count("?"))
    return "; ".join(row[3] for row in cursor.fetchall())


def test_nothing_is_found_by_reading_a_whole_table(store: Store) -> None:
    queries = store._queries
    for name in ("entries", "leaves", "root", "clock", "block_root", "base_size", "parcels", "document", "voids"):
        assert "SCAN" not in plan(store, getattr(queries, name)), name
    assert "entries_by_digest (digest_key=?)" in plan(store, queries.by_digest)
    assert "entries_by_repeat (repeat_key=?)" in plan(store, queries.by_repeat)
    assert "PRIMARY KEY (log=? AND span=? AND first>? AND first<?)" in plan(store, queries.receipts_for)


def test_every_statement_can_be_said_in_postgresql_too() -> None:
    dialect: Dialect = postgresql.dialect(paramstyle="format")  # type: ignore[no-untyped-call]

    def insert_new(table: Table) -> postgresql.Insert:
        return postgresql.insert(table).on_conflict_do_nothing()

    def upsert(table: Table) -> postgresql.Insert:
        statement = postgresql.insert(table)
        beside = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
        return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=beside)

    queries = queries_for(dialect, insert_new, upsert)
    assert isinstance(queries, Queries)
    assert "?" not in queries.entries


def test_receipts_are_found_by_a_short_scan_however_many_there_are(store: Store) -> None:
    store.commit(WriteBatch(receipts=[receipt(1, seq * 2, 2, seq=seq) for seq in range(5000)]))
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection = store._writer.connection.dbapi_connection
    assert isinstance(connection, sqlite3.Connection)
    connection.set_progress_handler(count, 1)
    rows = connection.execute(store._queries.receipts_for, (1, 9000, 9001, 9000)).fetchall()
    connection.set_progress_handler(None, 0)
    assert len(rows) == 1
    assert steps < 800
