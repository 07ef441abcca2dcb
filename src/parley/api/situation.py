"""What stands and what clashes, and what something drawn would meet before it is filed. Nothing of the latter is kept."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import BaseModel, Field

from parley.api.context import Ctx
from parley.crypto.cbor import CborValue
from parley.desks import deescalation
from parley.errors import BadInput
from parley.node.case_views import Json
from parley.node.conflict_views import ConflictViewer, MeetingView, SituationView
from parley.node.conflicts import MUST_NAME, NOTICE
from parley.procedure.fields import MAX_VOLUMES, check_value

router = APIRouter(prefix="/api/v1", tags=["situation"])


class Drawn(BaseModel):
    """Something drawn, as a content would hold it. `besides`: the case that it would correct."""

    kind: str = Field(max_length=32)
    activity: str = Field(max_length=32)
    volumes: list[dict[str, Json]] = Field(min_length=1, max_length=MAX_VOLUMES)
    bound: list[str] = Field(default_factory=list, max_length=64)
    besides: str | None = Field(default=None, max_length=32)


@dataclass(frozen=True, slots=True)
class Meetings:
    """What it would meet, by reference."""

    meetings: list[MeetingView]


@router.get("/situation", operation_id="readSituation")
async def read_situation(context: Ctx) -> SituationView:
    """What stands: notices, zones and standstills in force, STOPs; and every pair that is not clear."""
    return ConflictViewer(context.node.core, context.node.casework).situation()


@router.post("/situation/check", operation_id="checkDrawn")
async def check_drawn(context: Ctx, drawn: Drawn) -> Meetings:
    """What something drawn would meet if it were filed now, or why it is none."""
    if drawn.kind not in deescalation.STANDING:
        raise BadInput("situation.kind", "has no volumes", field="kind", rule=", ".join(sorted(deescalation.STANDING)))
    node = context.node
    volumes = check_value(deescalation.VOLUMES, drawn.volumes)  # type: ignore[arg-type]
    written: list[CborValue] = list(volumes) if isinstance(volumes, list | tuple) else []
    found = node.casework.conflicts.check(
        drawn.kind, drawn.activity, node.me, written, bound=drawn.bound, besides=drawn.besides
    )
    viewer = ConflictViewer(node.core, node.casework)
    return Meetings(
        [
            viewer.meeting(one, must_name=drawn.kind == NOTICE and one.status in MUST_NAME)
            for one in sorted(found, key=lambda one: one.other.reference)
        ]
    )
