"""The record as views: status, entries in causal order, one entry, its proof, and the read-only page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from parley.api.context import Ctx
from parley.api.page import record_page
from parley.errors import Refused
from parley.node.pages import Cursor, page_after, page_before
from parley.node.proving import prove_place
from parley.node.runtime import Node
from parley.node.status import NodeStatus
from parley.node.views import EntryView, entry_view, page_views
from parley.record.rows import EntryRow

MAX_PAGE = 500
SCREEN_ENTRIES = 100
MAX_SEQ = (1 << 53) - 1
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

router = APIRouter(tags=["record"])
Reference = Annotated[
    str,
    Path(
        description="as people say it, ``SYR 42``, or with its letter, ``SYR 42-F``; a hyphen may stand for the space"
    ),
]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries in causal order; `next` is the cursor of the page that goes on the same way, null where nothing is left.

    `banner`: what every screen opens with in an exercise, else null.
    """

    banner: str | None
    entries: list[EntryView]
    next: str | None


@dataclass(frozen=True, slots=True)
class MarkedEntry(EntryView):
    """One entry, and what every screen opens with in an exercise."""

    banner: str | None


@router.get("/api/v1/status", operation_id="readStatus")
async def read_status(context: Ctx) -> NodeStatus:
    """What this node knows of itself, of the lines, of the logs, and of forks."""
    return context.node.status()


@router.get("/api/v1/log", operation_id="listEntries")
async def list_entries(
    context: Ctx, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100, receipts: bool = False,
    backwards: bool = False,
) -> EntryPage:  # fmt: skip
    """The record from its beginning, or after `cursor`; with `receipts`, the entries that say nothing too.

    `backwards`: the last of it instead, or what is before `cursor`; in causal order all the same.
    """
    node, place = context.node, None if cursor is None else Cursor.parse(cursor)
    page = (page_before if backwards else page_after)(node.store, place, limit, receipts_too=receipts)
    following = None if page.further is None else str(page.further)
    return EntryPage(node.mechanism.banner, page_views(node.core, page), following)


@router.get("/api/v1/entries/{reference}", operation_id="readEntry")
async def read_entry(context: Ctx, reference: Reference) -> MarkedEntry:
    """One entry: what it says, who holds it by when."""
    node = context.node
    view = entry_view(node.core, _row(node, reference))
    return MarkedEntry(**view.fields(), banner=node.mechanism.banner)


@router.get(
    "/api/v1/proofs/{reference}",
    operation_id="readProof",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def read_proof(context: Ctx, reference: Reference, content: bool = True) -> Response:
    """The proof file of one statement; without `content` it proves that it was said, not what."""
    row = _row(context.node, reference)
    raw = prove_place(context.node, row.log, row.seq, with_content=content)
    return Response(raw, media_type="application/octet-stream")


@router.get("/record", include_in_schema=False)
async def show_record(context: Ctx, before: str | None = None) -> Response:
    """The read-only page of the record."""
    node = context.node
    page = page_before(node.store, None if before is None else Cursor.parse(before), SCREEN_ENTRIES)
    shown = record_page(node.status(), page_views(node.core, page), earlier=page.further, latest=before is None)
    return HTMLResponse(shown, headers={"Content-Security-Policy": PAGE_POLICY})


def _row(node: Node, reference: str) -> EntryRow:
    place = node.mechanism.heard(reference)
    there = place is not None and place.seq <= MAX_SEQ
    rows = node.store.entries(place.log, 0, place.seq, 1) if place is not None and there else []
    if not rows:
        raise Refused("api.not-found", f"nothing stands at {reference} here", field="reference", rule="as in SYR 42")
    return rows[0]
