"""Outlines: what is refused, with field, reason and place; what is taken, anywhere on the Earth."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.geo import plane
from parley.geo.ellipsoid import Position, along, distance_and_bearing
from parley.geo.shapes import MAX_CORNERS, Circle, Corridor, Outline, Polygon, check_outline

AT = Position.at


def ring(centre: Position, count: int, radius_m: float) -> tuple[Position, ...]:
    return tuple(along(centre, 360 * k / count, radius_m) for k in range(count))


SQUARE = (AT(33, 35), AT(33, 36), AT(34, 36), AT(34, 35))


@pytest.mark.parametrize(
    ("outline", "code", "field"),
    [
        (Circle(Position(900_000_001, 0), 10), "geo.position", "center"),
        (Circle(Position(0, -1_800_000_001), 10), "geo.position", "center"),
        (Circle(Position(33.5, 0), 10), "geo.position", "center"),  # type: ignore[arg-type]
        (Circle(Position(True, 0), 10), "geo.position", "center"),
        (Circle(AT(33, 35), 0), "geo.length", "radius"),
        (Circle(AT(33, 35), -5), "geo.length", "radius"),
        (Circle(AT(33, 35), math.nan), "geo.length", "radius"),
        (Circle(AT(33, 35), math.inf), "geo.length", "radius"),
        (Circle(AT(33, 35), True), "geo.length", "radius"),
        (Circle(AT(33, 35), 2_000_001), "geo.length", "radius"),
        (Corridor((AT(33, 35), AT(34, 35)), math.nan), "geo.length", "width"),
        (Corridor((AT(33, 35),), 100), "geo.corners", "points"),
        (Corridor((AT(33, 35), AT(33, 35)), 100), "geo.corners", "points[0]"),
        (Polygon(SQUARE[:2]), "geo.corners", "vertices"),
        (Polygon((*SQUARE, SQUARE[0])), "geo.corners", "vertices[4]"),
        (Polygon((SQUARE[0], SQUARE[1], SQUARE[1], SQUARE[2])), "geo.corners", "vertices[1]"),
        (Polygon(ring(AT(33, 35), 10_000, 20_000)), "geo.corners", "vertices"),
        (Polygon((AT(0, 0), AT(0, 120), AT(0, -120))), "geo.reach", "outline"),
        (Polygon((AT(0, 0), AT(0, 40), AT(30, 20))), "geo.reach", "outline"),
        (Corridor((AT(0, 0), AT(0, 179)), 100), "geo.reach", "outline"),
        (Polygon((AT(90, 0), AT(90, 50), AT(80, 0))), "geo.corners", "vertices[0]"),
        (Polygon((AT(10, 180), AT(10, -180), AT(11, 179))), "geo.corners", "vertices[0]"),
    ],
)
def test_what_is_no_area_is_refused_naming_the_field(outline: Outline, code: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_outline(outline)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.reason
    assert refused.value.rule


def test_a_limit_is_a_limit() -> None:
    assert check_outline(Polygon(ring(AT(33, 35), MAX_CORNERS, 20_000)))
    with pytest.raises(BadInput, match="257 corners"):
        check_outline(Polygon(ring(AT(33, 35), MAX_CORNERS + 1, 20_000)))


@pytest.mark.parametrize(
    ("corners", "place"),
    [
        ((AT(33, 35), AT(34, 36), AT(33, 36), AT(34, 35)), "33.50390 N 35.50000 E"),
        ((AT(-1, 179), AT(1, -179), AT(-1, -179), AT(1, 179)), "0.00000 N 180.00000"),  # over the 180th meridian
        ((AT(89, 0), AT(89, 180), AT(89, 90), AT(89, -90)), "90.00000 N"),  # at the pole
        ((AT(0, 0), AT(0, 2), AT(0, 1), AT(1, 1)), "0.00000 N"),  # goes back over itself
        ((AT(0, 0), AT(0, 2), AT(2, 2), AT(0, 1), AT(2, 0)), "0.00000 N 1.00000 E"),  # a corner on an edge
    ],
)
def test_a_boundary_that_crosses_itself_is_refused_naming_the_place(corners: tuple[Position, ...], place: str) -> None:
    with pytest.raises(BadInput, match=place) as refused:
        check_outline(Polygon(corners))
    assert refused.value.code == "geo.crossing"
    assert str(refused.value.field).startswith("vertices[")


def test_long_edges_cross_where_the_geodesics_do() -> None:
    """Two edges along 60° N that would cross on a flat map and do not on the Earth, and the other way round."""
    bulge = Polygon((AT(60, 0), AT(60, 20), AT(60.3, 10)))  # the geodesic from corner 1 to 2 passes at 60.4 N
    with pytest.raises(BadInput, match="meet"):
        check_outline(Polygon((AT(60, 0), AT(60, 20), AT(60.3, 12), AT(61, 10), AT(60.3, 8))))
    assert check_outline(bulge).extent_m > 500_000


@pytest.mark.parametrize("centre", [AT(90, 0), AT(-90, 0), AT(0, 180), AT(-17, -179.99), AT(33, 35), AT(0, 0)])
def test_anywhere_on_the_earth_an_area_is_the_same(centre: Position) -> None:
    shape = check_outline(Polygon(ring(centre, 12, 50_000)))
    assert shape.extent_m == pytest.approx(50_000, abs=200)
    view = plane.Plane.at(shape.centre)
    assert plane.area(*view.project(shape.rows[:3])) == pytest.approx(
        12 / 2 * 50_000**2 * math.sin(math.pi / 6), rel=1e-3
    )


def test_a_flat_polygon_is_refused() -> None:
    with pytest.raises(BadInput, match="encloses nothing"):
        check_outline(Polygon((Position(0, 0), Position(0, 60), Position(1, 30))))


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(0, 360), st.floats(60_000, 3_500_000))
def test_no_point_of_a_long_edge_is_off_its_pieces_by_more_than_the_slack(
    latitude: float, longitude: float, bearing: float, length: float
) -> None:
    start = AT(latitude, longitude)
    shape = check_outline(Corridor((start, along(start, bearing, length)), 2))
    total, out = distance_and_bearing(*shape.outline.points)  # type: ignore[union-attr]
    assert shape.rows.shape[1] - 1 == math.ceil(total / 49_999)
    for share in (0.013, 0.31, 0.5, 0.77):
        point = check_outline(Circle(along(start, out, total * share), 1))
        normals, x = shape.rows[3:6, :-1], point.rows[:3, 0]
        off = abs(normals[0] * x[0] + normals[1] * x[1] + normals[2] * x[2])
        assert off.min() <= shape.slack_m
