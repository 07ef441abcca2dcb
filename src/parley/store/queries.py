"""The statements of a store: built by SQLAlchemy Core, compiled once for one dialect, run on driver cursors.

Core's own execution costs several times what the database needs for a row, at every statement of every commit. Its
compiler is what makes the text portable, so that is kept; the driver binds positional parameters itself. Each field
below is such a text; its comment names the parameters in order. What inserts takes a table's columns in order, for
several rows at once where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    ClauseElement,
    Dialect,
    FromClause,
    Insert,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    values,
)

from parley.record.ids import GENERATION_STEP
from parley.store import schema
from parley.store.indexing import ERA_SHIFT, MAX_SPAN

_STEP = literal_column(str(GENERATION_STEP), Integer)

UpsertForm = Callable[[Table], Insert]
Statements = tuple[tuple[int, str], ...]
"""One statement for several numbers of rows at a time, most first, one last: (rows, text)."""

_WIDTHS = (256, 64, 16, 4, 1)
_ONE_ROW = re.compile(r"VALUES (\([^)]*\))")


@dataclass(frozen=True, slots=True)
class Queries:
    """Statement texts of one dialect."""

    add_entry: Statements
    add_statement: Statements
    add_content: Statements
    put_head: Statements
    add_receipt: Statements
    add_void: Statements
    add_directory_place: Statements
    add_evidence: Statements
    add_parcel: Statements
    drop_parcel: Statements  # recipient, log, seq
    put_document: Statements
    add_block_root: str
    heads: str
    base_size: str  # log, branch
    entries: str  # log, branch, first, stop
    leaves: str  # log, branch, first, stop
    root: str  # log, branch, seq
    clock: str  # log, branch, seq
    block_root: str  # log, branch, block
    sizes: str
    by_digest: str  # first key, last key, digest
    by_repeat: str  # key, repeat
    receipts_for: str  # log, first, stop, first
    voids: str  # log, branch, first, stop
    directory_places: str
    evidence: str
    parcels: str  # recipient
    document: str  # name


def queries_for(dialect: Dialect, insert_new: UpsertForm, upsert: UpsertForm) -> Queries:
    """All statements in the words of `dialect`.

    Args:
        dialect: must use positional parameters.
        insert_new: INSERT that leaves existing rows alone.
        upsert: INSERT that replaces the row of the same key.
    """

    def text(clause: ClauseElement, *names: str) -> str:
        compiled = clause.compile(dialect=dialect)
        order = tuple(getattr(compiled, "positiontup", None) or ())
        if order != names:
            raise TypeError(f"parameters are {order}, not {names}")
        return str(compiled)

    def inserting(statement: Insert, table: Table) -> Statements:
        return _for_many(text(statement, *table.columns.keys()))

    return Queries(
        add_entry=inserting(insert(schema.entries), schema.entries),
        add_statement=inserting(insert_new(schema.statements), schema.statements),
        add_content=inserting(insert_new(schema.contents), schema.contents),
        put_head=inserting(upsert(schema.heads), schema.heads),
        add_receipt=inserting(insert_new(schema.receipts), schema.receipts),
        add_void=inserting(insert_new(schema.voids), schema.voids),
        add_directory_place=inserting(insert_new(schema.directory_places), schema.directory_places),
        add_evidence=inserting(insert_new(schema.evidence), schema.evidence),
        add_parcel=inserting(insert_new(schema.parcels), schema.parcels),
        drop_parcel=(
            (1, text(
                delete(schema.parcels).where(*_equal(schema.parcels, "recipient", "log", "seq")),
                "recipient", "log", "seq",
            )),
        ),
        put_document=inserting(upsert(schema.documents), schema.documents),
        add_block_root=inserting(insert_new(schema.block_roots), schema.block_roots)[-1][1],
        heads=text(select(schema.heads).order_by(schema.heads.c.log, schema.heads.c.branch)),
        base_size=text(
            select(schema.heads.c.base_size).where(*_equal(schema.heads, "log", "branch")), "log", "branch"
        ),
        entries=text(_entries(), "log", "branch", "first", "stop"),
        leaves=text(_range(select(schema.entries.c.raw), schema.entries), "log", "branch", "first", "stop"),
        root=text(_at(schema.entries.c.root), "log", "branch", "seq"),
        clock=text(_at(schema.entries.c.clock), "log", "branch", "seq"),
        block_root=text(
            select(schema.block_roots.c.root).where(*_equal(schema.block_roots, "log", "branch", "block")),
            "log", "branch", "block",
        ),
        sizes=text(select(schema.heads.c.log, func.max(schema.heads.c.size)).group_by(schema.heads.c.log)),
        by_digest=text(_by_digest(), "first_key", "last_key", "digest"),
        by_repeat=text(_first_place(*_equal(schema.entries, "repeat_key", "repeat")), "repeat_key", "repeat"),
        receipts_for=text(_receipts_for(), "log", "first", "stop", "first"),
        voids=text(_range(select(schema.voids), schema.voids), "log", "branch", "first", "stop"),
        directory_places=text(
            select(schema.directory_places).order_by(*schema.directory_places.primary_key)
        ),
        evidence=text(
            select(*_columns(schema.evidence, "log", "first", "second", "noticed_ms", "told_by"))
            .order_by(*_columns(schema.evidence, "log", "noticed_ms", "pair"))
        ),
        parcels=text(
            select(*_columns(schema.parcels, "log", "seq", "recipient", "sealed"))
            .where(*_equal(schema.parcels, "recipient"))
            .order_by(*_columns(schema.parcels, "log", "seq")),
            "recipient",
        ),
        document=text(select(schema.documents.c.body).where(*_equal(schema.documents, "name")), "name"),
    )  # fmt: skip


def _for_many(one: str) -> Statements:
    return tuple((width, _ONE_ROW.sub(partial(_rows_of, width), one, 1)) for width in _WIDTHS)


def _rows_of(width: int, row: re.Match[str]) -> str:
    return "VALUES " + ", ".join([row[1]] * width)


def _columns(table: FromClause, *names: str) -> list[Any]:
    return [table.c[name] for name in names]


def _equal(table: FromClause, *names: str) -> list[Any]:
    return [table.c[name] == bindparam(name) for name in names]


def _at(wanted: Any) -> Select[Any]:
    return select(wanted).where(*_equal(schema.entries, "log", "branch", "seq"))


def _range(wanted: Select[Any], table: Table) -> Select[Any]:
    seq = table.c.seq
    return wanted.where(
        *_equal(table, "log", "branch"), seq >= bindparam("first"), seq < bindparam("stop")
    ).order_by(seq)  # fmt: skip


def _entries() -> Select[Any]:
    entries, statements, contents = schema.entries, schema.statements, schema.contents
    held = entries.outerjoin(statements, _same_place(statements)).outerjoin(contents, _same_place(contents))
    wanted = select(
        *_columns(entries, "log", "branch", "seq", "at_ms", "clock", "raw", "root", "signature"),
        statements.c.raw, contents.c.raw, entries.c.digest, entries.c.repeat,
    ).select_from(held)  # fmt: skip
    return _range(wanted, entries)


def _same_place(table: Table) -> Any:
    return and_(*(table.c[name] == schema.entries.c[name] for name in ("log", "branch", "seq")))


def _first_place(*where: Any) -> Select[Any]:
    """The first of the entries in the record's order, which is by clock, member, generation, branch."""
    entries = schema.entries
    order = (entries.c.clock, entries.c.log % _STEP, entries.c.log, entries.c.branch, entries.c.seq)
    return (
        select(*_columns(entries, "log", "branch", "seq", "clock"))
        .where(*where)
        .order_by(*order)
        .limit(literal_column("1"))
        .offset(literal_column("0"))
    )


def _by_digest() -> Select[Any]:
    keys = select(bindparam("first_key", type_=BigInteger).label("key")).cte("keys", recursive=True)
    step = literal_column(str(1 << ERA_SHIFT), BigInteger)
    keys = keys.union_all(select(keys.c.key + step).where(keys.c.key < bindparam("last_key")))
    return _first_place(schema.entries.c.digest_key == keys.c.key, *_equal(schema.entries, "digest"))


def _receipts_for() -> Select[Any]:
    receipts = schema.receipts
    spans = (
        values(column("span", Integer), column("width", BigInteger), literal_binds=True)
        .data([(span, 16**span) for span in range(MAX_SPAN + 1)])
        .cte("spans")
    )
    first, stop = bindparam("first", type_=BigInteger), bindparam("stop", type_=BigInteger)
    return (
        select(*_columns(receipts, "holder", "holder_log", "seq", "at_ms", "log", "first", "count"))
        .select_from(spans.join(receipts, receipts.c.span == spans.c.span))
        .where(
            receipts.c.log == bindparam("log"),
            receipts.c.first > first - spans.c.width,
            receipts.c.first < stop,
            receipts.c.first + receipts.c.count > first,
        )
        .order_by(*_columns(receipts, "first", "holder_log", "seq", "count"))
    )
