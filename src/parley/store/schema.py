"""The tables of a store, as SQLAlchemy Core metadata that any engine can create.

* A place is (log, branch, seq), the primary key wherever something is kept per entry. What is erasable or may come
  later than its entry (statements, contents) has its own table.
* Digests are found by short integer keys (`indexing`), which keep the price of an append flat; the whole digest is
  compared on reading.
* Nothing but heads and documents is ever updated.
* Options that begin with a dialect's name come from `sqlite` and mean nothing to other engines.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Table, Text

from parley.store.sqlite import CLUSTERED, sparse_index

metadata = MetaData()


def _place() -> list[Column[int]]:
    """Key columns of what is kept once per entry."""
    return [
        Column("log", BigInteger, primary_key=True, autoincrement=False),
        Column("branch", Integer, primary_key=True, autoincrement=False),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
    ]


def _of_entry() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["log", "branch", "seq"], ["entries.log", "entries.branch", "entries.seq"]
    )  # fmt: skip


entries = Table(
    "entries",
    metadata,
    *_place(),
    Column("at_ms", BigInteger, nullable=False),
    Column("clock", BigInteger, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("signature", LargeBinary),
    Column("digest", LargeBinary),
    Column("repeat", LargeBinary),
    Column("digest_key", BigInteger),
    Column("repeat_key", BigInteger),
    **CLUSTERED,
)
sparse_index("entries_by_digest", entries.c.digest_key)
sparse_index("entries_by_repeat", entries.c.repeat_key)

statements = Table(
    "statements", metadata, *_place(), Column("raw", LargeBinary, nullable=False), _of_entry(), **CLUSTERED
)
contents = Table("contents", metadata, *_place(), Column("raw", LargeBinary, nullable=False), _of_entry(), **CLUSTERED)

heads = Table(
    "heads",
    metadata,
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("branch", Integer, primary_key=True, autoincrement=False),
    Column("base_size", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("clock", BigInteger, nullable=False),
    Column("receipted", BigInteger, nullable=False),
    Column("folded", BigInteger, nullable=False),
    Column("claims", LargeBinary, nullable=False),
    **CLUSTERED,
)

block_roots = Table(
    "block_roots",
    metadata,
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("branch", Integer, primary_key=True, autoincrement=False),
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    **CLUSTERED,
)

receipts = Table(
    "receipts",
    metadata,
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("span", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("holder_log", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    **CLUSTERED,
)

voids = Table(
    "voids",
    metadata,
    *_place(),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    _of_entry(),
    **CLUSTERED,
)

directory_places = Table("directory_places", metadata, *_place(), _of_entry(), **CLUSTERED)

evidence = Table(
    "evidence",
    metadata,
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("pair", LargeBinary, primary_key=True),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("noticed_ms", BigInteger, nullable=False),
    Column("told_by", Integer, nullable=False),
)

parcels = Table(
    "parcels",
    metadata,
    Column("recipient", Integer, primary_key=True, autoincrement=False),
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
