"""The phrasebook and the text guard over HTTP: what a composer asks while an officer writes. Nothing of it is kept.

A text is looked through on another thread: a long one takes a fifth of a second, for which no FLASH may wait.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, TypeAdapter

from parley.api.context import Ctx
from parley.node.cases.case_views import Json, PhraseRendering, render_all
from parley.procedure import guard, phrasebook
from parley.procedure.fields import MAX_TEXT_CHARS
from parley.procedure.guard import Flag
from parley.record.statement import Precedence

MAX_SLOTS = 16
MAX_WORD_CHARS = 64

router = APIRouter(prefix="/api/v1", tags=["phrases"])

Titles = dict[str, str]
PrecedenceName = Literal["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"]


@dataclass(frozen=True, slots=True)
class PhraseLanguage:
    """A language that every phrase is rendered in."""

    tag: str
    name: str
    dir: str


@dataclass(frozen=True, slots=True)
class PhraseCategory:
    """A heading of the phrasebook."""

    id: str
    titles: Titles


@dataclass(frozen=True, slots=True)
class PhraseView:
    """A phrase. `outlines`: by language, with ``[label]`` where a slot stands; `slots`: by name."""

    id: str
    category: str
    precedence: str
    kinds: list[str]
    titles: Titles
    outlines: Titles
    slots: list[str]


@dataclass(frozen=True, slots=True)
class SlotView:
    """What may be filled in; `enumeration`: the name of the list it is chosen from, null where it is none."""

    kind: str
    labels: Titles
    limits: dict[str, Json]
    enumeration: str | None = None


@dataclass(frozen=True, slots=True)
class CodeView:
    """A value that may be chosen."""

    code: str
    labels: Titles


@dataclass(frozen=True, slots=True)
class PhrasebookView:
    """All phrases. `ascending`: pairs of slots of which the first must be less."""

    languages: list[PhraseLanguage]
    categories: list[PhraseCategory]
    phrases: list[PhraseView]
    slots: dict[str, SlotView]
    enumerations: dict[str, list[CodeView]]
    ascending: list[list[str]]


class PhraseRequest(BaseModel):
    """A phrase with its slots filled in."""

    id: Annotated[str, Field(max_length=MAX_WORD_CHARS)]
    slots: Annotated[dict[str, Json], Field(max_length=MAX_SLOTS)] = {}


@dataclass(frozen=True, slots=True)
class RenderedPhrase:
    """A phrase in every language, equal in meaning by construction."""

    renderings: dict[str, PhraseRendering]


class TextRequest(BaseModel):
    """A text as an officer writes it; `language` (BCP 47) and `precedence` as it would be signed."""

    text: Annotated[str, Field(max_length=MAX_TEXT_CHARS)]
    language: Annotated[str, Field(max_length=MAX_WORD_CHARS)]
    precedence: PrecedenceName = "ROUTINE"


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What in a text could be misread, in the order in which it stands there; positions count code points."""

    flags: list[Flag]


_BOOK = TypeAdapter(PhrasebookView)


@router.get("/phrasebook", operation_id="readPhrasebook")
async def read_phrasebook() -> PhrasebookView:
    """The phrasebook, for forms that ask for slots in the officer's own language."""
    return _BOOK.validate_python(phrasebook.describe())


@router.post("/phrases", operation_id="renderPhrase")
async def render_phrase(asked: PhraseRequest) -> RenderedPhrase:
    """What a phrase says in every language; refused where a slot is not filled rightly."""
    return RenderedPhrase(render_all(asked.id, asked.slots))


@router.post("/guard", operation_id="checkText")
async def check_text(context: Ctx, asked: TextRequest) -> CheckedText:
    """What in a text could be misread by the other side; the text is never changed, and not kept."""
    mechanism = context.node.mechanism
    codes = [mechanism.code(one) for one in mechanism.ordinals]
    found = await asyncio.to_thread(
        guard.check, asked.text, language=asked.language, precedence=Precedence[asked.precedence], now_ms=context.node.now_ms(),
        codes=codes,
    )  # fmt: skip
    return CheckedText(list(found))
