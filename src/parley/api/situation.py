"""What stands and what clashes, and what something drawn would meet before it is filed. Nothing of the latter is kept."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import BaseModel, Field

from parley.api.context import Ctx
from parley.crypto.cbor import CborValue
from parley.desks import deescalation
from parley.errors import BadInput
from parley.geo.location import FromLandmark
from parley.geo.volumes import of_record
from parley.node.cases.case_views import Json
from parley.node.cases.conflict_views import ConflictViewer, MeetingView, SituationView
from parley.node.cases.conflicts import MUST_NAME, NOTICE
from parley.node.cases.doubting import VolumeDoubt, area_of, doubts_of, last_notice, short_of
from parley.procedure.fields import MAX_VOLUMES, check_value

router = APIRouter(prefix="/api/v1", tags=["situation"])


class Landmark(BaseModel):
    """Bearing and distance from a place of a gazetteer: a true bearing in degrees."""

    name: str = Field(max_length=120)
    bearing_deg: float = Field(ge=0, le=360)
    distance_m: float = Field(ge=0, le=1_000_000)


class Drawn(BaseModel):
    """Something drawn, as a content would hold it.

    Attributes:
        besides: the case that it would correct.
        place_name, landmark: how the place of the first volume is also said, to be compared with this node's gazetteers.
    """

    kind: str = Field(max_length=32)
    activity: str = Field(max_length=32)
    volumes: list[dict[str, Json]] = Field(min_length=1, max_length=MAX_VOLUMES)
    bound: list[str] = Field(default_factory=list, max_length=64)
    besides: str | None = Field(default=None, max_length=32)
    place_name: str | None = Field(default=None, max_length=120)
    landmark: Landmark | None = None


@dataclass(frozen=True, slots=True)
class DoubtView:
    """Something that is to be looked at before it is filed; it refuses nothing.

    Attributes:
        volume: which one, from 0.
        code: what it is about, such as ``outside-area``; `field`: of the volume.
        numbers: what was found; names end in their unit.
        guess: latitude and longitude, in 1e-7 degree, of the place that may have been meant.
        how: what was changed to find it: ``swapped``, ``south``, ``west``, ``digits``; of a height the unit that may have been
            meant: ``feet``, ``metres``.
        reason: in English, for whoever has no words of its own for the code.
    """

    volume: int
    code: str
    field: str
    numbers: dict[str, float]
    guess: list[int] | None
    how: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """What it would meet, by reference; what is doubtful about it; and by how many ms a notice filed now falls short of the lead
    time that the charter asks for, null where it does not."""

    meetings: list[MeetingView]
    doubts: list[DoubtView]
    short_ms: int | None


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
    met = [
        viewer.meeting(one, must_name=drawn.kind == NOTICE and one.status in MUST_NAME)
        for one in sorted(found, key=lambda one: one.other.reference)
    ]
    made, charter, now_ms = [of_record(one) for one in written], node.mechanism.charter, node.now_ms()
    is_notice = drawn.kind == NOTICE
    log = node.mechanism.current_log(node.me)
    last = last_notice(node.casework, log, drawn.activity, besides=drawn.besides) if is_notice else ()
    doubts = doubts_of(
        made,
        area=area_of(charter),
        last=last,
        now_ms=now_ms,
        name=drawn.place_name or None,
        landmark=_landmark(drawn),
        gazetteer=context.map_packs.gazetteer() if drawn.place_name or drawn.landmark else (),
    )
    return Meetings(met, [_doubt(one) for one in doubts], short_of(charter, made, now_ms) if is_notice else None)


def _landmark(drawn: Drawn) -> FromLandmark | None:
    said = drawn.landmark
    return None if said is None else FromLandmark(said.name, said.bearing_deg, said.distance_m)


def _doubt(one: VolumeDoubt) -> DoubtView:
    doubt = one.doubt
    guess = None if doubt.guess is None else list(doubt.guess)
    return DoubtView(one.volume, doubt.code, doubt.field, dict(doubt.numbers), guess, doubt.how, doubt.reason)
