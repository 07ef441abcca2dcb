"""What stands, for other systems and on paper: GeoJSON, CAP 1.2, Cursor on Target, a page to be printed.

Each is made from the case when it is asked for. Nothing goes anywhere by itself from here: whoever asks takes it, and answers for
whom it is handed on to.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, JSONResponse, Response

from parley.api.context import Ctx
from parley.api.notice_page import Printing, notice_page, zone_of
from parley.api.record import PAGE_POLICY
from parley.exchange import cot, geojson
from parley.node.cases.notices import cap_alert, find_notice, standing_notices

CAP_TYPE = "application/cap+xml"
COT_TYPE = "text/plain; charset=utf-8"
"""Events of Cursor on Target, one a line, as they follow each other on a TAK stream: several are no XML document."""

router = APIRouter(tags=["situation"])
Reference = Annotated[str, Path(description="of the case, ``SYR 42``; a hyphen may stand for the space", max_length=32)]


def _answers(media_type: str, kind: str = "string") -> dict[int | str, dict[str, object]]:
    return {200: {"content": {media_type: {"schema": {"type": kind}}}}}


@router.get(
    "/api/v1/situation.geojson", operation_id="exportSituation", response_class=Response,
    responses=_answers(geojson.MEDIA_TYPE, "object"),
)  # fmt: skip
async def export_situation(context: Ctx) -> Response:
    """All that stands, as GeoJSON (RFC 7946): a feature for each volume, its Volume4D of ASTM F3548 among the properties."""
    node = context.node
    standing = (one.reference for one in node.casework.conflicts.items())
    return _geojson(geojson.write(standing_notices(node.casework.cases, node.mechanism, standing)))


@router.get(
    "/api/v1/notices/{reference}.geojson", operation_id="exportNoticeGeoJson", response_class=Response,
    responses=_answers(geojson.MEDIA_TYPE, "object"),
)  # fmt: skip
async def export_notice(context: Ctx, reference: Reference) -> Response:
    """One notice, zone, standstill or STOP as GeoJSON, whether or not it still stands."""
    _, notice = find_notice(context.node.casework.cases, context.node.mechanism, reference)
    return _geojson(geojson.write([notice]))


@router.get(
    "/api/v1/notices/{reference}.cap.xml", operation_id="exportNoticeCap", response_class=Response,
    responses=_answers(CAP_TYPE),
)  # fmt: skip
async def export_cap(context: Ctx, reference: Reference) -> Response:
    """One as an alert of the Common Alerting Protocol 1.2; the same on every node."""
    mechanism = context.node.mechanism
    case, notice = find_notice(context.node.casework.cases, mechanism, reference)
    return Response(cap_alert(case, notice, mechanism.origin(case.opening.place.log)), media_type=CAP_TYPE)


@router.get("/api/v1/situation.cot", operation_id="exportOwnCot", response_class=Response, responses=_answers(COT_TYPE))
async def export_own_cot(context: Ctx) -> Response:
    """Own notices, STOPs and areas to avoid that stand, as events of Cursor on Target, one a line. Nothing is sent by this."""
    node = context.node
    standing = (one.reference for one in node.casework.conflicts.items())
    own = node.mechanism.code(node.me)
    notices = standing_notices(node.casework.cases, node.mechanism, standing)
    return _cot(
        [one for notice in notices if cot.may_go_out(notice, own) for one in cot.write(notice, own, node.now_ms())]
    )


@router.get(
    "/api/v1/notices/{reference}.cot",
    operation_id="exportNoticeCot",
    response_class=Response,
    responses=_answers(COT_TYPE),
)
async def export_cot(context: Ctx, reference: Reference) -> Response:
    """One as events of Cursor on Target, one a line; another's notice that asks neither to stop nor to keep out is refused."""
    node = context.node
    _, notice = find_notice(node.casework.cases, node.mechanism, reference)
    return _cot(cot.write(notice, node.mechanism.code(node.me), node.now_ms()))


@router.get("/notices/{reference}", include_in_schema=False)
async def show_notice(
    context: Ctx, reference: Reference, language: Literal["en", "ar", "he"] = "en", zone: str | None = None
) -> Response:
    """One on paper. `zone`: of the local clock, of the IANA database; without it this machine's."""
    node = context.node
    mechanism = node.mechanism
    case, notice = find_notice(node.casework.cases, mechanism, reference)
    now = case.current()
    behalf = (now.content or {}).get("behalf")
    printing = Printing(
        mechanism.banner, mechanism.charter.members[case.opening.member].name, str(behalf) if behalf else None,
        now.act.reference, mechanism.code(node.me), mechanism.digest.hex(), node.now_ms(), language, zone_of(zone),
    )  # fmt: skip
    return HTMLResponse(notice_page(notice, printing), headers={"Content-Security-Policy": PAGE_POLICY})


def _geojson(value: dict[str, object]) -> Response:
    return JSONResponse(value, media_type=geojson.MEDIA_TYPE)


def _cot(events: list[bytes]) -> Response:
    return Response(b"".join(one.rstrip() + b"\n" for one in events), media_type=COT_TYPE)
