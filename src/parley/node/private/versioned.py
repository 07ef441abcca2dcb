"""What officers keep and change together: one body each, whose version rises with every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import JSON, BigInteger, Column, Connection, Integer, String, Table, func, select

from parley.errors import Refused
from parley.node.private.file import PrivateFile, metadata
from parley.store import sqlite


class Kept(Protocol):
    """A thing kept: who wrote it first, when it was last changed, and what it says (`body`, a dataclass)."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def updated_ms(self) -> int: ...  # noqa: D102
    @property
    def body(self) -> Any: ...  # noqa: D102


Thing = TypeVar("Thing", bound=Kept)


def table_of(name: str) -> Table:
    """The table of one kind of thing."""
    return Table(
        name, metadata,
        Column("id", String, primary_key=True), Column("version", Integer, nullable=False), Column("author", String, nullable=False),
        Column("updated_ms", BigInteger, nullable=False, index=True), Column("body", JSON, nullable=False), **sqlite.CLUSTERED,
    )  # fmt: skip


class Versioned(Generic[Thing]):
    """All things of one kind. `noun`: the first part of its refusals' codes, and what they call it."""

    def __init__(
        self, file: PrivateFile, table: Table, noun: str, most: int, thing: Callable[..., Thing], body: type[Any]
    ) -> None:
        self._file = file
        self._table = table
        self._noun = noun
        self._most = most
        self._thing = thing
        self._body = body

    def add(self, thing: Thing) -> Thing:
        """Keep a new one.

        Raises:
            Refused: ``….too-many``.
        """
        with self._file.transaction() as connection:
            if (connection.scalar(select(func.count()).select_from(self._table)) or 0) >= self._most:
                raise Refused(f"{self._noun}.too-many", f"{self._most} are kept already", rule="delete old ones")
            connection.execute(self._table.insert().values(_row(thing)))
        return thing

    def one(self, id_: str) -> Thing:
        """The one of that id.

        Raises:
            Refused: ``….unknown``.
        """
        with self._file.transaction() as connection:
            return self._read(connection, id_)

    def all(self) -> list[Thing]:
        """Every one, latest changed first."""
        query = select(self._table).order_by(self._table.c.updated_ms.desc(), self._table.c.id.desc())
        with self._file.transaction() as connection:
            return [self._made(row._mapping) for row in connection.execute(query).all()]

    def change(self, id_: str, version: int, now_ms: int, body: Any) -> Thing:
        """Replace what its `version` says.

        Raises:
            Refused: ``….unknown``, ``….changed``.
        """
        with self._file.removal() as connection:
            before = self._at(connection, id_, version)
            changed: Thing = replace(before, version=version + 1, updated_ms=now_ms, body=body)
            connection.execute(self._table.update().where(self._table.c.id == id_).values(_row(changed)))
            return changed

    def remove(self, id_: str, version: int) -> None:
        """Delete it.

        Raises:
            Refused: ``….unknown``, ``….changed``.
        """
        with self._file.removal() as connection:
            self._at(connection, id_, version)
            connection.execute(self._table.delete().where(self._table.c.id == id_))

    def _at(self, connection: Connection, id_: str, version: int) -> Thing:
        found = self._read(connection, id_)
        if found.version != version:
            raise Refused(
                f"{self._noun}.changed", "another officer has changed it meanwhile", field="If-Match",
                rule=f"it is at version {found.version}",
            )  # fmt: skip
        return found

    def _read(self, connection: Connection, id_: str) -> Thing:
        row = connection.execute(select(self._table).where(self._table.c.id == id_)).first()
        if row is None:
            raise Refused(f"{self._noun}.unknown", f"there is no such {self._noun} here", field="id")
        return self._made(row._mapping)

    def _made(self, row: Mapping[Any, Any]) -> Thing:
        return self._thing(
            **{name: row[name] for name in ("id", "version", "author", "updated_ms")}, body=self._body(**row["body"])
        )


def _row(thing: Kept) -> dict[str, Any]:
    whole = {name: getattr(thing, name) for name in ("id", "version", "author", "updated_ms")}
    return whole | {"body": asdict(thing.body)}
