"""Sheets that the program makes (see `node.sheets`): the handover sheet, frozen under its digest; the continuity sheet.

A handover sheet is made and kept at once: what the outgoing officer sees is what both sign. Whoever reads it later is told beside
it what has come since. The continuity sheet is made anew whenever it is asked for.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field, TypeAdapter

from parley.api.access import Officer, officer_of
from parley.api.context import Context, Ctx
from parley.api.news import PrivateNews
from parley.errors import Refused
from parley.node.cases.watch import WATCH_MANDATE
from parley.node.private import KeptSheet
from parley.node.sheets.canon import sheet_bytes, sheet_fields
from parley.node.sheets.gather import Gathering
from parley.node.sheets.hourly import continuity_pdf, file_name
from parley.node.sheets.making import handover_sheet
from parley.node.sheets.views import HandoverSheet, SinceSheet

MAX_LIST = 200
POSITION = r"^[a-z][a-z0-9-]{0,31}$"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.A)
_SHEET = TypeAdapter(HandoverSheet)

router = APIRouter(prefix="/api/v1", tags=["sheets"])
Officers = Depends(officer_of)


class SheetRequest(BaseModel):
    """A handover to the position `to` of this member."""

    to: Annotated[str, Field(pattern=POSITION)]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A handover sheet as it was made, and what has come since."""

    kept: KeptSheet
    sheet: HandoverSheet
    since: SinceSheet


@dataclass(frozen=True, slots=True)
class SheetList:
    """Sheets that are kept, latest first."""

    sheets: list[KeptSheet]


@router.get("/sheets", operation_id="listSheets", dependencies=[Officers])
async def list_sheets(context: Ctx, limit: Annotated[int, Query(ge=1, le=MAX_LIST)] = 50) -> SheetList:
    """Handover sheets that are kept here."""
    return SheetList(await asyncio.to_thread(context.private.sheets.list, limit))


@router.post("/sheets", operation_id="makeSheet", status_code=201)
async def make_sheet(context: Ctx, officer: Officer, asked: SheetRequest) -> SheetView:
    """Make the sheet of a handover, and keep it under its digest."""
    _check_to(context, officer.position, asked.to)
    gathering = Gathering(context.node, context.private)
    sheet = handover_sheet(await gathering.for_handover(), officer.position, asked.to)
    kept = await asyncio.to_thread(context.private.sheets.keep, sheet_bytes(sheet), sheet.made_ms, sheet.by, sheet.to)
    context.tell(PrivateNews("sheets"))
    return SheetView(kept, sheet, await gathering.since(sheet))


@router.get("/sheets/{digest}", operation_id="readSheet", dependencies=[Officers])
async def read_sheet(context: Ctx, digest: str) -> SheetView:
    """The sheet of a digest, and what has come since it was made."""
    kept, raw = await asyncio.to_thread(context.private.sheets.read, _digest(digest))
    sheet = _SHEET.validate_python(sheet_fields(raw))
    since = await Gathering(context.node, context.private).since(sheet)
    return SheetView(kept, sheet, since)


@router.get(
    "/continuity", operation_id="makeContinuitySheet", response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The sheet, as PDF."}},
)  # fmt: skip
async def make_continuity_sheet(context: Ctx, language: Literal["en", "ar", "he"] = "en") -> Response:
    """Enough to go on with on paper, as of now."""
    made = await continuity_pdf(Gathering(context.node, context.private), language)
    headers = {
        "Content-Disposition": f'inline; filename="{file_name(context.node.now_ms(), language)}"',
        "Cache-Control": "no-store",
    }
    return Response(made, media_type="application/pdf", headers=headers)


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        raise Refused("sheet.unknown", "no sheet of that digest is kept here", field="digest")
    return text


def _check_to(context: Context, by: str, to: str) -> None:
    """A handover is to another position of this member, that can sign for the watch."""
    if to == by:
        raise Refused("sheet.to", "a watch is handed over to another position", field="to")
    mechanism, me = context.node.mechanism, context.node.me
    officer = mechanism.directory(mechanism.current_log(me)).holder(to)
    if officer is None or WATCH_MANDATE not in officer.mandates:
        raise Refused(
            "sheet.to", f"no officer holds the position {to} with a key of the watch", field="to",
            rule="enrol one, or choose another",
        )  # fmt: skip
