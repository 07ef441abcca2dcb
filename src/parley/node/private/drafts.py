"""Drafts and the notes on them: what this member's officers would say, before one of them signs it.

``kept`` is its author's alone: for every other officer there is no such draft. ``sent`` and ``dropped`` are final. Sending is done by
the officer who signs; the draft then names the statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Connection, Integer, String, Table, select

from parley.errors import Refused
from parley.node.private.file import PrivateFile, metadata
from parley.store import sqlite

MAX_DRAFTS = 5_000
MAX_NOTES = 200

_drafts = Table(
    "drafts", metadata,
    Column("id", String, primary_key=True), Column("version", Integer, nullable=False), Column("state", String, nullable=False),
    Column("author", String, nullable=False), Column("updated_ms", BigInteger, nullable=False, index=True),
    Column("body", JSON, nullable=False), Column("reference", String), **sqlite.CLUSTERED,
)  # fmt: skip
_notes = Table(
    "notes", metadata,
    Column("draft", String, primary_key=True), Column("number", Integer, primary_key=True), Column("position", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False), Column("text", String, nullable=False), **sqlite.CLUSTERED,
)  # fmt: skip


class DraftState(StrEnum):
    """How far a draft is. ``kept``: left unsent at a terminal that its author left; only its author sees it."""

    KEPT = "kept"
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    READY = "ready"
    SENT = "sent"
    DROPPED = "dropped"

    @property
    def final(self) -> bool:
        """Whether nothing changes any more."""
        return self in (DraftState.SENT, DraftState.DROPPED)


@dataclass(frozen=True, slots=True)
class DraftBody:
    """What would be said. `content`: the fields of the kind as JSON, complete or not.

    Attributes:
        channel: its name.
        case: reference of the case it would move, null where it would open one.
        language: of what its author writes (BCP 47).
    """

    kind: str
    channel: str
    case: str | None
    precedence: str
    addressees: list[str]
    content: dict[str, Any]
    language: str


@dataclass(frozen=True, slots=True)
class Note:
    """What an officer noted on a draft."""

    position: str
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft.

    Attributes:
        author: position that wrote it first.
        reference: of the statement that it became.
    """

    id: str
    version: int
    state: DraftState
    author: str
    updated_ms: int
    body: DraftBody
    reference: str | None = None
    notes: list[Note] = field(default_factory=list)


class Drafts:
    """See the module."""

    def __init__(self, file: PrivateFile) -> None:
        self._file = file

    def add(self, draft: Draft) -> Draft:
        """Keep a new draft.

        Raises:
            Refused: ``draft.too-many``.
        """
        with self._file.transaction() as connection:
            if len(connection.execute(select(_drafts.c.id).limit(MAX_DRAFTS)).all()) >= MAX_DRAFTS:
                raise Refused("draft.too-many", f"{MAX_DRAFTS} drafts are kept already", rule="delete old ones")
            connection.execute(_drafts.insert().values(_row(draft)))
        return draft

    def one(self, id_: str, reader: str) -> Draft:
        """The draft of that id, as far as the officer in position `reader` may see it.

        Raises:
            Refused: ``draft.unknown``.
        """
        with self._file.transaction() as connection:
            return _read(connection, id_, reader)

    def page(
        self, reader: str, *, state: DraftState | None = None, before: tuple[int, str] | None = None, limit: int
    ) -> list[Draft]:
        """Drafts that `reader` may see, latest changed first; `before`: (updated_ms, id) of the last one of the page before."""
        query = select(_drafts).order_by(_drafts.c.updated_ms.desc(), _drafts.c.id.desc()).limit(limit)
        query = query.where((_drafts.c.state != DraftState.KEPT) | (_drafts.c.author == reader))
        if state is not None:
            query = query.where(_drafts.c.state == state)
        if before is not None:
            at, id_ = before
            query = query.where((_drafts.c.updated_ms < at) | ((_drafts.c.updated_ms == at) & (_drafts.c.id < id_)))
        with self._file.transaction() as connection:
            return [_draft(connection, row._mapping) for row in connection.execute(query).all()]

    def change(
        self, id_: str, version: int, now_ms: int, body: DraftBody, state: DraftState, reference: str | None, reader: str
    ) -> Draft:  # fmt: skip
        """Replace what the draft's `version` says, and how far it is.

        Raises:
            Refused: ``draft.unknown``, ``draft.changed``, ``draft.final``; ``draft.kept``: another officer's becomes nobody's own.
        """
        with self._file.removal() as connection:
            before = _at_version(_read(connection, id_, reader), version)
            if state is DraftState.KEPT and before.author != reader:
                raise Refused("draft.kept", "is another officer's draft", field="state", rule="keep your own beside it")
            changed = replace(
                before, version=version + 1, updated_ms=now_ms, body=body, state=state, reference=reference
            )
            connection.execute(_drafts.update().where(_drafts.c.id == id_).values(_row(changed)))
            return changed

    def note(self, id_: str, note: Note) -> Draft:
        """Add a note.

        Raises:
            Refused: ``draft.unknown``, ``draft.notes``.
        """
        with self._file.transaction() as connection:
            draft = _read(connection, id_, note.position)
            if len(draft.notes) >= MAX_NOTES:
                raise Refused("draft.notes", f"it bears {MAX_NOTES} notes already", field="text")
            connection.execute(_notes.insert().values(draft=id_, number=len(draft.notes), **asdict(note)))
            return replace(draft, notes=[*draft.notes, note])

    def remove(self, id_: str, version: int, reader: str) -> None:
        """Delete a draft and its notes; a final one too.

        Raises:
            Refused: ``draft.unknown``, ``draft.changed``.
        """
        with self._file.removal() as connection:
            _same_version(_read(connection, id_, reader), version)
            connection.execute(_notes.delete().where(_notes.c.draft == id_))
            connection.execute(_drafts.delete().where(_drafts.c.id == id_))


def _at_version(draft: Draft, version: int) -> Draft:
    _same_version(draft, version)
    if draft.state.final:
        raise Refused("draft.final", f"it is {draft.state} and does not change any more", field="state")
    return draft


def _same_version(draft: Draft, version: int) -> None:
    if draft.version != version:
        raise Refused(
            "draft.changed", "another officer has changed it meanwhile", field="If-Match", rule=f"it is at version {draft.version}"
        )  # fmt: skip


def _read(connection: Connection, id_: str, reader: str) -> Draft:
    row = connection.execute(select(_drafts).where(_drafts.c.id == id_)).first()
    if row is None or (row.state == DraftState.KEPT and row.author != reader):
        raise Refused("draft.unknown", "there is no such draft here", field="id")
    return _draft(connection, row._mapping)


def _row(draft: Draft) -> dict[str, Any]:
    whole = {name: getattr(draft, name) for name in ("id", "version", "state", "author", "updated_ms", "reference")}
    return whole | {"body": asdict(draft.body)}


def _draft(connection: Connection, row: Mapping[Any, Any]) -> Draft:
    notes = connection.execute(select(_notes).where(_notes.c.draft == row["id"]).order_by(_notes.c.number)).all()
    return Draft(
        row["id"], row["version"], DraftState(row["state"]), row["author"], row["updated_ms"], DraftBody(**row["body"]),
        row["reference"], [Note(note.position, note.at_ms, note.text) for note in notes],
    )  # fmt: skip
