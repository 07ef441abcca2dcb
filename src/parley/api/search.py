"""Searching everything that this member may see."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from parley.api.context import Ctx
from parley.errors import BadInput
from parley.node.search import search
from parley.node.search.search import SearchPage
from parley.procedure.phrasebook import LANGUAGES
from parley.procedure.search.places import DEGREE_E7, MAX_RADIUS_M
from parley.procedure.search.query import MAX_QUERY_CHARS

MAX_HITS = 50
MAX_MS = 1 << 53

router = APIRouter(tags=["search"])
Name = Annotated[str | None, Query(max_length=64)]
At = Annotated[int | None, Query(ge=0, le=MAX_MS, description="Unix ms")]


@router.get("/api/v1/search", operation_id="search")
async def search_record(
    context: Ctx,
    text: Annotated[str, Query(max_length=MAX_QUERY_CHARS, description="words, a phrase in quotes, or a reference")] = "",
    member: Name = None,
    kind: Name = None,
    desk: Name = None,
    precedence: Name = None,
    from_ms: At = None,
    until_ms: At = None,
    about_from_ms: At = None,
    about_until_ms: At = None,
    lat: Annotated[float | None, Query(ge=-90, le=90, description="degrees north, WGS 84")] = None,
    lon: Annotated[float | None, Query(ge=-180, le=180, description="degrees east, WGS 84")] = None,
    radius_m: Annotated[int | None, Query(ge=1, le=MAX_RADIUS_M)] = None,
    order: Literal["newest", "best"] = "newest",
    language: Annotated[str, Query(max_length=8)] = "en",
    cursor: Annotated[str | None, Query(max_length=24)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_HITS)] = 20,
) -> SearchPage:  # fmt: skip
    """Statements that hold all the words, in any of their languages, and fit all else: the newest first, or the best.

    A phrase of the phrasebook is found by its words in every language. `about_…`: a time that the statement speaks of; `lat`,
    `lon` and `radius_m`: something in it is within that distance.
    """
    query = search.Query(
        text, member, kind, desk, precedence, from_ms, until_ms, about_from_ms, about_until_ms, _around(lat, lon, radius_m),
        order == "best", language if language in LANGUAGES else "en", cursor, limit,
    )  # fmt: skip
    return await context.node.searching.find(query)


def _around(lat: float | None, lon: float | None, radius_m: int | None) -> tuple[int, int, int] | None:
    if lat is None and lon is None and radius_m is None:
        return None
    if lat is None or lon is None or radius_m is None:
        raise BadInput("search.around", "is told by all three of these", field="lat", rule="lat, lon, radius_m")
    return round(lat * DEGREE_E7), round(lon * DEGREE_E7), radius_m
