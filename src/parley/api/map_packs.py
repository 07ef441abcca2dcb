"""What this member loaded of maps, each pack with whose it is. It is this node's alone and goes over no line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse, Response

from parley.api.context import Ctx
from parley.node.maps.packs import MAX_ID
from parley.node.maps.tiles import MAX_ZOOM

MVT = "application/vnd.mapbox-vector-tile"
Number = Annotated[int, Path(ge=1, le=MAX_ID)]
Zoom = Annotated[int, Path(ge=0, le=MAX_ZOOM)]
Index = Annotated[int, Path(ge=0, lt=1 << MAX_ZOOM)]

router = APIRouter(prefix="/api/v1", tags=["situation"])


@dataclass(frozen=True, slots=True)
class TileSetView:
    """Vector tiles (Mapbox Vector Tile 2) of a ground: names of its layers, its zooms, and west, south, east, north in degrees."""

    layers: list[str]
    least: int
    most: int
    bounds: list[float]


@dataclass(frozen=True, slots=True)
class MapPackView:
    """A pack.

    Attributes:
        number: by which its tiles are asked for.
        member: code of the member that alone vouches for it.
        title: what it is, with its attribution.
        kind: ``boundaries``, ``gazetteer``, ``other`` or ``ground``.
        features: a GeoJSON FeatureCollection (RFC 7946); a place of a gazetteer is a Point with ``name``, perhaps ``lang``.
        tiles: of a ground, else null.
    """

    number: int
    member: str
    title: str
    kind: str
    features: dict[str, object]
    tiles: TileSetView | None


@dataclass(frozen=True, slots=True)
class MapPacksView:
    """Every pack, in the order of import."""

    packs: list[MapPackView]


@router.get("/map/packs", operation_id="listMapPacks", response_model=MapPacksView)
async def list_map_packs(context: Ctx) -> Response:
    """Every pack, in the order of import."""
    packs = context.map_packs.packs()
    shown = [
        {
            "number": one.number, "member": one.member, "title": one.shown, "kind": one.kind.value, "features": one.features,
            "tiles": None if one.tiles is None else one.tiles.fields(),
        }
        for one in packs
    ]  # fmt: skip
    return JSONResponse({"packs": shown})


@router.get(
    "/map/packs/{number}/tiles/{zoom}/{column}/{row}", operation_id="readTile", response_class=Response,
    responses={200: {"content": {MVT: {"schema": {"type": "string", "format": "binary"}}}}, 204: {"description": "no tile"}},
)  # fmt: skip
async def read_tile(context: Ctx, number: Number, zoom: Zoom, column: Index, row: Index) -> Response:
    """A tile of a ground, by the usual numbering of Web Mercator tiles; 204 where it has none."""
    tile = await asyncio.to_thread(context.map_packs.tile, number, zoom, column, row)
    return Response(status_code=204) if tile is None else Response(tile, media_type=MVT)
