"""What this member loaded of maps, each pack with whose it is. It is this node's alone and goes over no line."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from parley.api.context import Ctx

router = APIRouter(prefix="/api/v1", tags=["situation"])


@dataclass(frozen=True, slots=True)
class MapPackView:
    """A pack.

    Attributes:
        member: code of the member that alone vouches for it.
        title: what it is, with its attribution.
        kind: ``boundaries``, ``gazetteer`` or ``other``.
        features: a GeoJSON FeatureCollection (RFC 7946); a place of a gazetteer is a Point with ``name``, perhaps ``lang``.
    """

    member: str
    title: str
    kind: str
    features: dict[str, object]


@dataclass(frozen=True, slots=True)
class MapPacksView:
    """Every pack, in the order of import."""

    packs: list[MapPackView]


@router.get("/map/packs", operation_id="listMapPacks", response_model=MapPacksView)
async def list_map_packs(context: Ctx) -> Response:
    """Every pack, in the order of import."""
    packs = context.map_packs.packs()
    shown = [
        {"member": one.member, "title": one.shown, "kind": one.kind.value, "features": one.features} for one in packs
    ]
    return JSONResponse({"packs": shown})
