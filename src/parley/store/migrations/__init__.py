"""Schema migrations, shipped inside the package and run when a store opens.

A database that is already current is recognised by its version row alone: Alembic is only imported where there is
something to do, since a node must be up again within seconds.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Engine, MetaData, String, Table, inspect, select

from parley.errors import StorageFault

HEAD = "0001"
"""The newest revision; the schema that `schema.metadata` describes."""

_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def upgrade(engine: Engine) -> None:
    """Bring the database up to `HEAD`, whole or not at all.

    Raises:
        StorageFault: ``store.newer``: it was written by a newer program.
    """
    held = revision(engine)
    if held == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    if held not in {None, *(known.revision for known in ScriptDirectory.from_config(config).walk_revisions())}:
        raise StorageFault(
            "store.newer", f"the database has schema {held}, unknown to this program", rule="upgrade the program"
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def revision(engine: Engine) -> str | None:
    """The revision of the database, None where it is empty."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not inspect(connection).has_table(_version.name):
            return None
        held: str | None = connection.scalar(select(_version.c.version_num))
        return held
