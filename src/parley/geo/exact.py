"""Pairs too close to call: the distance of two cores that do not meet, by exact geodesics, to a millimetre.

The shortest way between two areas starts or ends at a corner. So it is the least distance of a corner to an edge, and only those
that the bounds of `separation` leave open are looked at. The nearest point of an edge is found by walking: from where one
stands on it, the geodesic to the corner makes an angle with the edge, and a right-angled spherical triangle says how far to go.

Each pair is taken in an order of its own, not of who asks, and what is found is rounded to a tenth of a millimetre: geodesics
are computed with the C library's sines, whose last digits may differ between machines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from geographiclib.geodesic import Geodesic

from parley.geo.ellipsoid import Position, chord, distance_and_bearing, to_point
from parley.geo.shapes import Circle, Corridor, Outline, Polygon

ERROR_M = 0.002
_STEPS = 40
_STILL_M = 1e-4
_RADIUS_M = 6_371_000.0

Edge = tuple[Position, Position]


def core_distance(one: Outline, other: Outline, within_m: float = math.inf) -> float:
    """Metres between cores that neither cross nor lie within each other, right to `ERROR_M`.

    Args:
        within_m: the distance is known to be at most this; corners further from an edge are passed over.
    """
    if _order(other) < _order(one):
        one, other = other, one
    best = math.inf
    for near, far in ((one, other), (other, one)):
        corners, edges = _corners(near), _edges(far)
        if not edges and len(corners) == 1:
            best = min(best, distance_and_bearing(corners[0], _corners(far)[0])[0])
        points = [to_point(corner) for corner in corners]
        for start, end in edges:
            length, bearing = distance_and_bearing(start, end)
            line = Geodesic.WGS84.Line(*start.degrees, bearing)
            ends = to_point(start), to_point(end)
            for corner, point in zip(corners, points, strict=True):
                least = (chord(ends[0], point) + chord(ends[1], point) - length) / 2
                if least <= min(best, within_m) + ERROR_M:
                    best = min(best, _to_edge(corner, line, length))
    return round(best, 4)


def _to_edge(corner: Position, line: object, length: float) -> float:
    """The distance of a corner to an edge, in metres."""
    at, best = length / 2, math.inf
    for _ in range(_STEPS):
        stand = line.Position(at)  # type: ignore[attr-defined]
        found = Geodesic.WGS84.Inverse(stand["lat2"], stand["lon2"], *corner.degrees)
        distance = float(found["s12"])
        best = min(best, distance)
        turn = math.radians(found["azi1"] - stand["azi2"])
        step = _RADIUS_M * math.atan2(math.sin(distance / _RADIUS_M) * math.cos(turn), math.cos(distance / _RADIUS_M))
        goal = min(max(at + step, 0.0), length)
        if abs(goal - at) < _STILL_M:
            break
        at = goal
    return best


def _corners(outline: Outline) -> Sequence[Position]:
    match outline:
        case Circle(centre, _):
            return (centre,)
        case Polygon(corners):
            return corners
        case Corridor(points, _):
            return points


def _edges(outline: Outline) -> Sequence[Edge]:
    match outline:
        case Circle():
            return ()
        case Polygon(corners):
            return tuple(zip(corners, (*corners[1:], corners[0]), strict=True))
        case Corridor(points, _):
            return tuple(pairwise(points))


def _order(outline: Outline) -> tuple[str, Sequence[Position]]:
    return type(outline).__name__, _corners(outline)
