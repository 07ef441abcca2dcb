"""Doubts about what an officer is about to file: what is to be looked at before it is sent. Nothing here refuses anything.

What is compared: each volume with the charter's area, with the last notice of the same member and activity, with the hour; and, where
the officer also says the place by its name or from a landmark, with this node's gazetteers. A last notice counts whether or
not it still stands: a slip shows against what was usual yesterday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.charter.charter import Charter
from parley.errors import BadInput
from parley.geo.doubts import Doubt, doubt_height, doubt_times
from parley.geo.ellipsoid import Position, distance_and_bearing
from parley.geo.heights import Height
from parley.geo.location import FromLandmark, Named, jump, three_ways, within_area
from parley.geo.shapes import Circle, Outline, Polygon, Shape, check_outline
from parley.geo.volumes import Volume4D, of_record
from parley.node.cases.conflicts import NOTICE

if TYPE_CHECKING:
    from parley.node.cases.casework import Casework
    from parley.procedure.fields import Content
    from parley.record.ids import LogId

LEAD_CLOCK = "notice.lead"
LOOKED_BACK = 50
"""How many of its own last notices a node looks at for one of the same activity."""


@dataclass(frozen=True, slots=True)
class VolumeDoubt:
    """A doubt about volume number `volume`, from 0."""

    volume: int
    doubt: Doubt


def area_of(charter: Charter) -> list[Shape]:
    """The charter's area as shapes; of none, and of one that geometry cannot make sense of, none."""
    if not charter.terms.area:
        return []
    try:
        return [check_outline(Polygon(tuple(Position(*corner) for corner in charter.terms.area)))]
    except BadInput:
        return []


def last_notice(casework: Casework, log: LogId, activity: str, *, besides: str | None = None) -> Sequence[Volume4D]:
    """The volumes of the last notice of that activity in a log, other than of the case `besides`."""
    for case in casework.cases.last_of(NOTICE, log, LOOKED_BACK):
        content = case.current().content
        if case.opening.reference != besides and content is not None and content.get("activity") == activity:
            return _volumes(content)
    return ()


def doubts_of(
    volumes: Sequence[Volume4D], *, area: Sequence[Shape], last: Sequence[Volume4D], now_ms: int,
    gazetteer: Sequence[Named] = (), name: str | None = None, landmark: FromLandmark | None = None,
) -> list[VolumeDoubt]:  # fmt: skip
    """Every doubt, in the order of the volumes.

    Args:
        area: of the charter, prepared; none: no doubt of it.
        last: volumes of the last notice of the same member and activity.
        name, landmark: how the officer says the place of the first volume otherwise, where it does.
    """
    found: list[VolumeDoubt] = []
    for number, volume in enumerate(volumes):
        place = place_of(volume.outline)
        doubts = within_area(volume.outline, area)
        if last:
            nearest = min(last, key=lambda one: distance_and_bearing(place_of(one.outline), place)[0])
            doubts += jump(place, place_of(nearest.outline))
        doubts += _of_heights(volume, last[min(number, len(last) - 1)] if last else None)
        doubts += doubt_times(volume, now_ms)
        if number == 0:
            doubts += three_ways(place, gazetteer, name=name, landmark=landmark)
        found += [VolumeDoubt(number, one) for one in doubts]
    return found


def short_of(charter: Charter, volumes: Sequence[Volume4D], now_ms: int) -> int | None:
    """By how many milliseconds a notice filed now falls short of the lead time that the charter asks for; None: it does not."""
    lead_ms = charter.terms.clocks.desk(LEAD_CLOCK)
    if lead_ms is None or not volumes:
        return None
    short = lead_ms - (min(one.time_start_ms for one in volumes) - now_ms)
    return short if short > 0 else None


def place_of(outline: Outline) -> Position:
    """The place by which an area is compared: a circle's centre, otherwise its first corner or point."""
    match outline:
        case Circle(centre, _):
            return centre
        case Polygon(corners):
            return corners[0]
        case _:
            return outline.points[0]


def _of_heights(volume: Volume4D, last: Volume4D | None) -> list[Doubt]:
    before: tuple[Height | None, Height | None] = (None, None)
    if last is not None:
        before = (last.altitude_lower, last.altitude_upper)
    limits = (("floor", volume.altitude_lower, before[0]), ("ceiling", volume.altitude_upper, before[1]))
    return [one for name, limit, was in limits if limit is not None for one in doubt_height(limit, was, field=name)]


def _volumes(content: Content) -> Sequence[Volume4D]:
    written = content.get("volumes")
    if not isinstance(written, list | tuple):
        return ()
    try:
        return [of_record(one, trusted=True) for one in written]
    except BadInput:
        return ()
