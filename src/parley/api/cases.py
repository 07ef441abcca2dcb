"""Cases, the feed of a desk, clocks, rings and silence, as the floor shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from parley.errors import BadInput
from parley.node.cases.case_views import (
    CaseView,
    CaseViewer,
    ClockView,
    ItemView,
    RingView,
    SilenceView,
    WatchView,
    cursor_of,
)
from parley.node.runtime import Node

MAX_CASES = 200
_CURSOR = re.compile(r"([0-9]{1,18})\.([0-9]{1,6})", re.A)


@dataclass(frozen=True, slots=True)
class CasesPage:
    """Cases of a desk, latest moved first; `next` is the cursor of the page after it, null where nothing is left."""

    cases: list[CaseView]
    next: str | None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What was said at a desk, with the state of its case."""

    item: ItemView
    state: str
    over: bool
    opener: bool


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What was said at a desk, latest first."""

    items: list[FeedItem]
    next: str | None


@dataclass(frozen=True, slots=True)
class NowView:
    """Everything that runs: clocks soonest first, what rings here, and what is known of every other member.

    `proof_due_ms`: when this member is to ask the others for a proof of life. `watches`: who is accountable where.
    """

    now_ms: int
    clocks: list[ClockView]
    rings: list[RingView]
    silence: list[SilenceView]
    proof_due_ms: int | None
    watches: list[WatchView]


def cases_router(node: Node) -> APIRouter:
    """The routes over the casework of `node`."""
    router = APIRouter(prefix="/api/v1", tags=["cases"])
    viewer = CaseViewer(node.core, node.casework)
    cases = node.casework.cases

    @router.get("/cases", operation_id="listCases")
    async def list_cases(
        desk: str,
        over: bool | None = None,
        before: str | None = None,
        limit: Annotated[int, Query(ge=1, le=MAX_CASES)] = 50,
    ) -> CasesPage:
        """Cases of a desk, latest moved first; with `over`, only those that are, or are not."""
        found = cases.cases(desk, over=over, before=_cursor(before), limit=limit + 1)
        views = [viewer.case(one) for one in found[:limit]]
        return CasesPage(views, views[-1].cursor if len(found) > limit else None)

    @router.get("/cases/{reference}", operation_id="readCase")
    async def read_case(reference: str) -> CaseView:
        """One case: what was said in it, where it stands, what runs."""
        return viewer.case(cases.case(reference))

    @router.get("/feed", operation_id="readFeed")
    async def read_feed(
        desk: str, before: str | None = None, limit: Annotated[int, Query(ge=1, le=MAX_CASES)] = 100
    ) -> FeedPage:
        """What was said at a desk, latest first."""
        found = cases.feed(desk, before=_cursor(before), limit=limit + 1)
        items = [
            FeedItem(viewer.item(fold, item), fold.state, fold.is_over, item.act is fold.opening)
            for fold, item in found[:limit]
        ]
        last = found[limit - 1][1].act if len(found) > limit else None
        return FeedPage(items, cursor_of(last.key.clock, last.place.log) if last is not None else None)

    @router.get("/now", operation_id="readNow")
    async def read_now() -> NowView:
        """Everything that runs now, what rings here, and who is silent."""
        return NowView(
            node.now_ms(), viewer.running(), viewer.rings(), viewer.silence(), viewer.proof_due_ms(), viewer.watches()
        )

    return router


def _cursor(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    match = _CURSOR.fullmatch(text[:32])
    if match is None:
        raise BadInput("api.cursor", "is no cursor", field="before", rule="as the page before it gave it")
    return int(match[1]), int(match[2])
