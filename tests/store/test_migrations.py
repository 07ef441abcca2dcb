"""The schema grows by migrations alone, whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from parley.errors import StorageFault
from parley.store import migrations, open_store, sqlite
from parley.store.schema import metadata
from tests.store.samples import LOG1, History


def definitions(path: Path) -> dict[str, str]:
    """All tables and indexes of a database, without line breaks; the version table aside."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_migrating_from_nothing_gives_the_schema(tmp_path: Path) -> None:
    open_store(tmp_path / "migrated.db").close()
    engine = sqlite.open_engine(tmp_path / "created.db")
    metadata.create_all(engine)
    migrated = definitions(tmp_path / "migrated.db")
    assert migrated == definitions(tmp_path / "created.db")
    assert set(metadata.tables) < set(migrated)


def test_the_newest_revision_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_a_current_database_opens_without_alembic(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_store(path).close()
    program = (
        "import sys; from parley.store import open_store; open_store(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], env={"PYTHONPATH": ":".join(sys.path)}, check=False
    )
    assert done.returncode == 0


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    history = History(1)
    for _ in range(3):
        store = open_store(path)
        store.commit(history.batch(2))
        assert store.entries(LOG1, 0, 0, 99) == history.rows
        store.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageFault) as fault:
        open_store(path)
    assert fault.value.code == "store.newer"


def test_a_migration_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    engine = sqlite.open_engine(path)

    def fail(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        if "parcels" in statement:
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(OperationalError):
        migrations.upgrade(engine)
    assert definitions(path) == {}
    assert migrations.revision(engine) is None
    open_store(path).close()
    assert set(metadata.tables) < set(definitions(path))
