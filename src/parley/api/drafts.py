"""Drafts of this member's officers (see `node.private`): any of them who is signed on reads, changes and notes them. What is only
``kept``, since its author left a shared terminal before it was sent, is its author's alone.

A change names the version it changes, ``If-Match: "3"``, as the ``ETag`` of the draft says. The browser of the officer who
signs sends the statement itself, and then marks the draft ``sent`` with the statement's reference.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, Field

from parley.api.access import Officer, officer_of
from parley.api.context import Context, Ctx
from parley.api.news import DraftNews
from parley.api.versions import tag_of, version_in
from parley.errors import BadInput, Refused
from parley.node.private import Draft, DraftBody, DraftState, Note
from parley.record.ids import log_owner
from parley.record.statement import MAX_CONTENT_BYTES, Precedence

MAX_PAGE = 200
ID_BYTES = 8
MAX_NOTE_CHARS = 4_000
MAX_WORD_CHARS = 64
_CURSOR = re.compile(r"([0-9]{1,18})\.([0-9a-f]{16})", re.A)

router = APIRouter(prefix="/api/v1/drafts", tags=["drafts"], dependencies=[Depends(officer_of)])

Word = Annotated[str, Field(min_length=1, max_length=MAX_WORD_CHARS)]


class DraftRequest(BaseModel):
    """What would be said, and how far it is. `reference`: of the statement it became; with state ``sent`` alone."""

    kind: Word
    channel: Word
    case: Word | None = None
    precedence: Annotated[str, Field(pattern="^(ROUTINE|PRIORITY|IMMEDIATE|FLASH)$")] = Precedence.ROUTINE.name
    addressees: Annotated[list[Word], Field(max_length=32)] = []
    content: dict[str, Any] = {}
    language: Word = "en"
    state: DraftState = DraftState.DRAFT
    reference: Word | None = None


class NoteRequest(BaseModel):
    """A note on a draft."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_NOTE_CHARS)]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Drafts, latest changed first; `next` is the cursor of the page after it, null where nothing is left."""

    drafts: list[Draft]
    next: str | None


@router.get("", operation_id="listDrafts")
async def list_drafts(
    context: Ctx, officer: Officer, state: DraftState | None = None, before: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
) -> DraftPage:  # fmt: skip
    """Drafts of this member's officers."""
    after = _cursor(before)
    found = await asyncio.to_thread(
        context.private.drafts.page, officer.position, state=state, before=after, limit=limit + 1
    )
    last = found[limit - 1] if len(found) > limit else None
    return DraftPage(found[:limit], None if last is None else f"{last.updated_ms}.{last.id}")


@router.post("", operation_id="createDraft", status_code=201)
async def create_draft(context: Ctx, officer: Officer, response: Response, asked: DraftRequest) -> Draft:
    """Begin a draft."""
    if asked.state.final:
        raise BadInput("draft.state", "does not begin so", field="state")
    now = context.node.now_ms()
    draft = Draft(context.random(ID_BYTES).hex(), 1, asked.state, officer.position, now, _body(asked))
    return _told(context, response, await asyncio.to_thread(context.private.drafts.add, draft))


@router.get("/{id}", operation_id="readDraft")
async def read_draft(context: Ctx, officer: Officer, response: Response, id: str) -> Draft:
    """One draft with its notes."""
    draft = await asyncio.to_thread(context.private.drafts.one, id, officer.position)
    response.headers["ETag"] = tag_of(draft.version)
    return draft


@router.put("/{id}", operation_id="changeDraft")
async def change_draft(
    context: Ctx, officer: Officer, response: Response, id: str, asked: DraftRequest, if_match: Annotated[str | None, Header()] = None
) -> Draft:  # fmt: skip
    """Replace what a draft says, or how far it is."""
    version = version_in(if_match, "draft")
    _check_sent(context, asked)
    changed = await asyncio.to_thread(
        context.private.drafts.change,
        id,
        version,
        context.node.now_ms(),
        _body(asked),
        asked.state,
        asked.reference,
        officer.position,
    )
    return _told(context, response, changed)


@router.delete("/{id}", operation_id="deleteDraft", status_code=204)
async def delete_draft(context: Ctx, officer: Officer, id: str, if_match: Annotated[str | None, Header()] = None) -> None:  # fmt: skip
    """Delete a draft and its notes."""
    version = version_in(if_match, "draft")
    await asyncio.to_thread(context.private.drafts.remove, id, version, officer.position)
    context.tell(DraftNews(id, version, None))


@router.post("/{id}/notes", operation_id="noteDraft", status_code=201)
async def note_draft(context: Ctx, officer: Officer, response: Response, id: str, asked: NoteRequest) -> Draft:
    """Note something on a draft; that changes no version."""
    note = Note(officer.position, context.node.now_ms(), asked.text)
    return _told(context, response, await asyncio.to_thread(context.private.drafts.note, id, note))


def _told(context: Context, response: Response, draft: Draft) -> Draft:
    context.tell(DraftNews(draft.id, draft.version, draft.state))
    response.headers["ETag"] = tag_of(draft.version)
    return draft


def _cursor(text: str | None) -> tuple[int, str] | None:
    match = _CURSOR.fullmatch(text[:64]) if text is not None else None
    if text is not None and match is None:
        raise BadInput("api.cursor", "is no cursor", field="before", rule="as the page before it gave it")
    return (int(match[1]), match[2]) if match is not None else None


def _body(asked: DraftRequest) -> DraftBody:
    if len(json.dumps(asked.content)) > MAX_CONTENT_BYTES:
        raise BadInput("draft.oversized", f"is more than {MAX_CONTENT_BYTES} bytes", field="content")
    return DraftBody(
        asked.kind, asked.channel, asked.case, asked.precedence, asked.addressees, asked.content, asked.language
    )


def _check_sent(context: Context, asked: DraftRequest) -> None:
    """A draft is sent by naming the own statement that it became."""
    if (asked.state is DraftState.SENT) != (asked.reference is not None):
        raise BadInput("draft.reference", "goes with the state sent", field="reference")
    if asked.reference is not None:
        node = context.node
        place = node.mechanism.place(asked.reference)
        own = place is not None and log_owner(place.log) == node.me
        if place is None or not own or not node.store.entries(place.log, 0, place.seq, 1):
            raise Refused("draft.reference", f"no statement of this member stands at {asked.reference}", field="reference")  # fmt: skip
