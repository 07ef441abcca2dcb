"""Areas as others draw them: rings and lines of places, close enough together that straight lines between them will do.

Maps and formats join places by straight lines of longitude and latitude, where here an edge is a geodesic. So places are put in
between until a straight line is off by at most `OFF_M`. A circle becomes a ring that goes round it, never inside it. A corridor
becomes pieces that together cover it: a box for each stretch, a circle for each point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from parley.geo.ellipsoid import Position, along, distance_and_bearing
from parley.geo.shapes import Circle, Corridor, Outline, Polygon

OFF_M = 10.0
CIRCLE_PLACES = 72
_MOST_HALVINGS = 9
_STRETCH_M = 20_000.0

Ring = list[Position]
"""Places in order; the first is not given again."""
_Stop = tuple[float, Position]


def circle(centre: Position, radius_m: float, places: int = CIRCLE_PLACES) -> Ring:
    """Places around a circle, counter-clockwise, so far out that the straight lines between them do not cut it."""
    out = radius_m / math.cos(math.pi / places) + OFF_M / 100
    return [along(centre, -360 * number / places, out) for number in range(places)]


def edge(start: Position, end: Position) -> list[Position]:
    """`start` and the places between it and `end` that straight lines need."""
    length, bearing = distance_and_bearing(start, end)
    return [start, *_between(start, bearing, (0.0, start), (length, end), _MOST_HALVINGS)]


def _between(origin: Position, bearing: float, low: _Stop, high: _Stop, halvings: int) -> list[Position]:
    middle = (low[0] + high[0]) / 2
    place = along(origin, bearing, middle)
    if not halvings or distance_and_bearing(place, _straight_middle(low[1], high[1]))[0] <= OFF_M:
        return []
    before = _between(origin, bearing, low, (middle, place), halvings - 1)
    return [*before, place, *_between(origin, bearing, (middle, place), high, halvings - 1)]


def _straight_middle(one: Position, other: Position) -> Position:
    """The middle of a straight line of longitude and latitude."""
    (lat, lon), (other_lat, other_lon) = one.degrees, other.degrees
    return Position.at((lat + other_lat) / 2, lon + math.remainder(other_lon - lon, 360) / 2)


def ring(outline: Circle | Polygon) -> Ring:
    """The boundary of an area."""
    match outline:
        case Circle(centre, radius_m):
            return circle(centre, radius_m)
        case Polygon(corners):
            return [place for start, end in pairwise((*corners, corners[0])) for place in edge(start, end)]


def line(points: Sequence[Position]) -> list[Position]:
    """The middle line of a corridor."""
    return [*(place for start, end in pairwise(points) for place in edge(start, end)), points[-1]]


def cover(outline: Outline) -> list[Circle | Polygon]:
    """Circles and polygons that together cover an area: itself, or the stretches and points of a corridor."""
    if not isinstance(outline, Corridor):
        return [outline]
    half = outline.width_m / 2
    pieces: list[Circle | Polygon] = [Circle(point, half) for point in outline.points]
    for start, end in pairwise(outline.points):
        length, bearing = distance_and_bearing(start, end)
        count = math.ceil(length / _STRETCH_M)
        stops = [start, *(along(start, bearing, length * n / count) for n in range(1, count)), end]
        pieces += [_box(a, b, half + OFF_M / 100) for a, b in pairwise(stops)]
    return pieces


def _box(start: Position, end: Position, half_m: float) -> Polygon:
    _, out = distance_and_bearing(start, end)
    _, back = distance_and_bearing(end, start)
    return Polygon((
        along(start, out + 90, half_m), along(end, back - 90, half_m), along(end, back + 90, half_m), along(start, out - 90, half_m),
    ))  # fmt: skip
