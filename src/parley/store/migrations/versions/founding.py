"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from parley.store.sqlite import CLUSTERED

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    _create_entries()
    for name in ("statements", "contents"):
        op.create_table(name, *_place(), _bytes("raw"), _of_entry(), **CLUSTERED)
    op.create_table(
        "voids", *_place(), sa.Column("code", sa.Text, nullable=False), sa.Column("reason", sa.Text, nullable=False),
        _of_entry(), **CLUSTERED,
    )  # fmt: skip
    op.create_table("directory_places", *_place(), _of_entry(), **CLUSTERED)
    op.create_table(
        "heads", _key("log"), _key("branch", sa.Integer), _number("base_size"), _number("size"), _bytes("root"),
        _bytes("frontier"), _number("clock"), _number("receipted"), _number("folded"), _bytes("claims"), **CLUSTERED,
    )  # fmt: skip
    op.create_table("block_roots", _key("log"), _key("branch", sa.Integer), _key("block"), _bytes("root"), **CLUSTERED)
    op.create_table(
        "receipts", _key("log"), _key("span", sa.Integer), _key("first"), _key("holder_log"), _key("seq"),
        _key("count"), _number("holder", sa.Integer), _number("at_ms"), **CLUSTERED,
    )  # fmt: skip
    op.create_table(
        "evidence", _key("log"), sa.Column("pair", sa.LargeBinary, primary_key=True),
        sa.Column("first", sa.Text, nullable=False), sa.Column("second", sa.Text, nullable=False),
        _number("noticed_ms"), _number("told_by", sa.Integer),
    )  # fmt: skip
    op.create_table("parcels", _key("recipient", sa.Integer), _key("log"), _key("seq"), _bytes("sealed"))
    op.create_table("documents", sa.Column("name", sa.Text, primary_key=True), _bytes("body"))


def _create_entries() -> None:
    op.create_table(
        "entries", *_place(), _number("at_ms"), _number("clock"), _bytes("raw"), _bytes("root"),
        _bytes("signature", optional=True), _bytes("digest", optional=True), _bytes("repeat", optional=True),
        sa.Column("digest_key", sa.BigInteger), sa.Column("repeat_key", sa.BigInteger), **CLUSTERED,
    )  # fmt: skip
    for name, column in (("entries_by_digest", "digest_key"), ("entries_by_repeat", "repeat_key")):
        is_set = sa.column(column).is_not(None)
        op.create_index(name, "entries", [column], sqlite_where=is_set, postgresql_where=is_set)


def _place() -> list[sa.Column[Any]]:
    return [_key("log"), _key("branch", sa.Integer), _key("seq")]


def _key(name: str, type_: type[sa.Integer] = sa.BigInteger) -> sa.Column[Any]:
    return sa.Column(name, type_, primary_key=True, autoincrement=False)


def _number(name: str, type_: type[sa.Integer] = sa.BigInteger) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def _bytes(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=optional)


def _of_entry() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["log", "branch", "seq"], ["entries.log", "entries.branch", "entries.seq"])
