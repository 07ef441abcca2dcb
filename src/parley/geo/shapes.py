"""Areas on the ground: circle, polygon, corridor; checked, and prepared for measuring.

Edges are geodesics of WGS 84, the shortest way over the ellipsoid, not lines of constant bearing or straight lines of some
map: over 9 degrees at 60° N the difference is kilometres. A *circle* is all that lies within its radius of its centre; a
*corridor* all that lies within half its width of its line, ends rounded; a *polygon* the side of its boundary that does not go
round the Earth. None cares where the poles or the 180th meridian are.

Limits, each refused with its reason: `MAX_CORNERS` corners; a radius or width from 1 m; nothing further than `MAX_REACH_M`
from the middle of its area; no boundary longer than `MAX_PIECES` pieces of `PIECE_M`. A polygon may not touch or cross itself:
the refusal names both edges and the place. A corridor may cross itself, as routes do.

*Prepared*, an area is a core (a point, a line or a ring) and a radius around it. Long edges get points in between,
found on the true geodesic, until each piece is at most `PIECE_M` long; the piece itself is then taken to lie in the plane
through the Earth's centre. The two differ sideways by at most (piece² / 8 r) e²/2, 17 cm at 50 km: `slack_m`,
which is always taken off distances.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

import numpy as np

from parley.errors import BadInput
from parley.geo import ellipsoid, plane
from parley.geo.ellipsoid import Floats, Point, Position

MAX_CORNERS = 256
MAX_PIECES = 512
PIECE_M = 50_000
MAX_REACH_M = 2_000_000
LEAST_M = 1

_SIDEWAYS = ellipsoid.ECCENTRICITY_2 / 2 * 1.02 / (8 * ellipsoid.LEAST_RADIUS_M)
_ROUNDED_M = 0.012  # a point in between is rounded to 1e-7 degree
_LEAST_AREA_M2 = 1.0


POINT, NORMAL, ALONG, AXIS = slice(0, 3), slice(3, 6), slice(6, 9), slice(10, 13)
BEGIN, SIDE_OF_AXIS = 9, 13
"""Rows of `Shape.rows`."""


class CoreKind(IntEnum):
    """What the core of an area is."""

    POINT = 0
    LINE = 1
    AREA = 2


@dataclass(frozen=True, slots=True)
class Circle:
    """All within `radius_m` of `centre`."""

    centre: Position
    radius_m: float


@dataclass(frozen=True, slots=True)
class Polygon:
    """What its corners enclose; the last is joined to the first."""

    corners: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Corridor:
    """All within half of `width_m` of the line through `points`."""

    points: tuple[Position, ...]
    width_m: float


Outline = Circle | Polygon | Corridor


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """An outline prepared for measuring.

    Attributes:
        outline: what was prepared.
        kind: of the core.
        rows: float64 of shape (14, n), a column for each point of the core; a ring ends with its first point. `POINT`:
            Earth-centred metres. Of the piece from it to the next point, nothing but 0 where there is none: `NORMAL`, the unit
            normal of its plane; `ALONG`, by which the way along it is measured, 1 at its end, with `BEGIN` to take
            off. Of rings only: `AXIS`, normal of the plane through the point and an axis far from the ring;
            `SIDE_OF_AXIS`, on which side of the piece that axis lies.
        centre: a point of the surface near the middle, from which `extent_m` is measured.
        extent_m: no point of the core is further from `centre`.
        radius_m: how far the area goes beyond its core.
        slack_m: how far the pieces between `points` can be off the geodesics that are meant.
    """

    outline: Outline
    kind: CoreKind
    rows: Floats = field(repr=False)
    centre: Point
    extent_m: float
    radius_m: float
    slack_m: float

    @property
    def reach_m(self) -> float:
        """Nothing of the area is further from `centre`."""
        return self.extent_m + self.radius_m + self.slack_m


def check_outline(outline: Outline) -> Shape:
    """The outline, prepared, if it can be one.

    Raises:
        BadInput: codes ``geo.position``, ``geo.length``, ``geo.corners``, ``geo.reach``, ``geo.crossing``, ``geo.flat``.
    """
    match outline:
        case Circle(centre, radius_m):
            check_position(centre, field="center")
            _check_length(radius_m, MAX_REACH_M, field="radius")
        case Polygon(corners):
            _check_corners(corners, 3, field="vertices", closed=True)
        case Corridor(points, width_m):
            _check_corners(points, 2, field="points", closed=False)
            _check_length(width_m, 2 * MAX_REACH_M, field="width")
    shape = prepare(outline)
    if shape.reach_m > MAX_REACH_M:
        raise BadInput(
            "geo.reach", f"it reaches {shape.reach_m / 1000:.0f} km from its middle", field="outline",
            rule=f"at most {MAX_REACH_M // 1000} km",
        )  # fmt: skip
    if isinstance(outline, Polygon):
        _check_simple(outline, shape)
    return shape


def prepare(outline: Outline) -> Shape:
    """The outline, prepared. It was checked before, perhaps by another run of the program."""
    match outline:
        case Circle(centre, radius_m):
            point = ellipsoid.to_point(centre)
            return Shape(
                outline, CoreKind.POINT, _rows([point], CoreKind.POINT, point), point, 0.0, float(radius_m), 0.0
            )
        case Polygon(corners):
            return _of_edges(outline, CoreKind.AREA, (*corners, corners[0]), 0.0)
        case Corridor(points, width_m):
            return _of_edges(outline, CoreKind.LINE, points, width_m / 2)


def check_position(position: Position, *, field: str) -> None:
    """Refuse what is no place on the Earth.

    Raises:
        BadInput: code ``geo.position``.
    """
    for name, value, most in (
        ("latitude", position.latitude_e7, ellipsoid.QUARTER_E7),
        ("longitude", position.longitude_e7, ellipsoid.HALF_E7),
    ):
        if type(value) is not int or not -most <= value <= most:
            degrees = most // ellipsoid.DEGREE_E7
            raise BadInput(
                "geo.position", f"the {name} is out of range", field=field,
                rule=f"-{degrees} to {degrees} degrees, as an integer of 1e-7 degree",
            )  # fmt: skip


def _of_edges(outline: Outline, kind: CoreKind, corners: Sequence[Position], radius_m: float) -> Shape:
    points = [ellipsoid.to_point(corners[0])]
    longest_piece, slack = 0.0, 0.0
    for before, after in pairwise(corners):
        end = ellipsoid.to_point(after)
        length = ellipsoid.chord(points[-1], end)
        if length > PIECE_M:
            between = _between(before, after, MAX_PIECES - len(points))
            points += between
            longest_piece, slack = float(PIECE_M), _ROUNDED_M
        longest_piece = max(longest_piece, min(length, PIECE_M))
        points.append(end)
        if len(points) > MAX_PIECES:
            raise BadInput(
                "geo.reach", "the line is too long", field="outline",
                rule=f"at most {MAX_PIECES} pieces of {PIECE_M // 1000} km, each edge of its own",
            )  # fmt: skip
    centre = _middle(points)
    extent = max(ellipsoid.longest(ellipsoid.chord(centre, point)) for point in points)
    slack += longest_piece * longest_piece * _SIDEWAYS * 1.01
    return Shape(outline, kind, _rows(points, kind, centre), centre, extent, radius_m, slack)


def _rows(points: list[Point], kind: CoreKind, centre: Point) -> Floats:
    """`Shape.rows` of points."""
    rows = np.zeros((14, len(points)))
    rows[POINT] = np.array(points).T
    if kind is CoreKind.POINT:
        return rows
    x, y, z = rows[POINT, :-1]
    span = rows[POINT, 1:] - rows[POINT, :-1]
    dx, dy, dz = span
    # by the way to the next point rather than by that point: of two long vectors nearly alike little would be left
    normal = np.array((y * dz - z * dy, z * dx - x * dz, x * dy - y * dx))
    rows[NORMAL, :-1] = normal / np.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2])
    along = span / (dx * dx + dy * dy + dz * dz)
    rows[ALONG, :-1] = along
    rows[BEGIN, :-1] = along[0] * x + along[1] * y + along[2] * z
    if kind is CoreKind.AREA:
        at_pole = abs(centre[2]) > 0.8 * ellipsoid.POLAR_RADIUS_M
        x, y, z = rows[POINT]
        rows[AXIS] = (0.0 * x, -z, y) if at_pole else (-y, x, 0.0 * z)  # the axis, crossed with the point
        rows[SIDE_OF_AXIS] = rows[3 if at_pole else 5]
    return rows


def _between(before: Position, after: Position, room: int) -> list[Point]:
    """Points on the geodesic between two places, evenly, so that no piece is longer than `PIECE_M`; at most `room`."""
    length, bearing = ellipsoid.distance_and_bearing(before, after)
    pieces = min(math.ceil(length / (PIECE_M - 1)), room + 1)
    return [
        ellipsoid.to_point(ellipsoid.along(before, bearing, length * number / pieces)) for number in range(1, pieces)
    ]


def _middle(points: list[Point]) -> Point:
    """The point of the surface in the direction of the middle of the box around `points`."""
    x, y, z = ((min(axis) + max(axis)) / 2 for axis in zip(*points, strict=True))
    norm = math.sqrt(x * x + y * y + z * z)
    if norm < ellipsoid.POLAR_RADIUS_M / 2:
        raise BadInput(
            "geo.reach",
            "it goes round the Earth",
            field="outline",
            rule=f"at most {MAX_REACH_M // 1000} km from its middle",
        )
    x, y, z = x / norm, y / norm, z / norm
    equatorial = (x * x + y * y) / ellipsoid.EQUATORIAL_RADIUS_M**2
    radius = 1 / math.sqrt(equatorial + z * z / ellipsoid.POLAR_RADIUS_M**2)
    return x * radius, y * radius, z * radius


def _check_length(value: float, most: float, *, field: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not LEAST_M <= value <= most:
        raise BadInput("geo.length", f"the {field} is out of range", field=field, rule=f"{LEAST_M} to {most:.0f} m")


def _check_corners(corners: Sequence[Position], least: int, *, field: str, closed: bool) -> None:
    if not least <= len(corners) <= MAX_CORNERS:
        raise BadInput(
            "geo.corners", f"it has {len(corners)} corners", field=field, rule=f"{least} to {MAX_CORNERS} corners"
        )
    for number, corner in enumerate(corners):
        check_position(corner, field=f"{field}[{number}]")
    followers = (*corners[1:], corners[0]) if closed else corners[1:]
    for number, (corner, follower) in enumerate(zip(corners, followers, strict=False)):
        if _same(corner, follower):
            raise BadInput(
                "geo.corners", f"corners {number + 1} and {(number + 1) % len(corners) + 1} are the same place",
                field=f"{field}[{number}]", rule="no corner is given twice in a row, nor the first again at the end",
            )  # fmt: skip


def _same(one: Position, other: Position) -> bool:
    if one.latitude_e7 != other.latitude_e7:
        return False
    at_pole = abs(one.latitude_e7) == ellipsoid.QUARTER_E7
    return at_pole or (one.longitude_e7 - other.longitude_e7) % (2 * ellipsoid.HALF_E7) == 0


def _check_simple(outline: Polygon, shape: Shape) -> None:
    """Refuse a boundary that touches or crosses itself, or encloses nothing."""
    view = plane.Plane.at(shape.centre)
    x, y = view.project(shape.rows[POINT])
    if met := plane.first_meeting(x, y):
        one, other, at = met
        place = view.surface(*at)
        starts = _edge_of_piece(outline, shape)
        latitude, longitude = place.degrees
        raise BadInput(
            "geo.crossing",
            f"the edges from corner {starts[one]} and from corner {starts[other]} meet at "
            f"{abs(latitude):.5f} {'S' if latitude < 0 else 'N'} {abs(longitude):.5f} {'W' if longitude < 0 else 'E'}",
            field=f"vertices[{starts[other] - 1}]", rule="the boundary of a polygon does not touch or cross itself",
        )  # fmt: skip
    if plane.area(x, y) < _LEAST_AREA_M2:
        raise BadInput("geo.flat", "the polygon encloses nothing", field="vertices", rule="at least 1 m²")


def _edge_of_piece(outline: Polygon, shape: Shape) -> list[int]:
    """For each piece of the boundary, the number of the corner (from 1) whose edge it is of."""
    corners = [ellipsoid.to_point(corner) for corner in outline.corners]
    starts, number = [], 0
    for point in shape.rows[POINT].T.tolist()[:-1]:
        if number < len(corners) and tuple(point) == corners[number]:
            number += 1
        starts.append(number)
    return starts
