"""Cells and distances: who is within a radius is among those that its cells name, wherever on the globe."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.search.places import (
    CELL_E7,
    DEGREE_E7,
    FEW_CELLS,
    MAX_RADIUS_M,
    cells_around,
    cells_of,
    distance_m,
    nearest_m,
    shape_of,
)

LATITUDE = st.one_of(
    st.integers(-900_000_000, 900_000_000), st.sampled_from([-900_000_000, 0, 900_000_000, 899_999_999])
)
LONGITUDE = st.one_of(
    st.integers(-1_800_000_000, 1_800_000_000), st.sampled_from([-1_800_000_000, -1_799_999_999, 0, 1_799_999_999, 1_800_000_000])
)  # fmt: skip
RADIUS = st.one_of(st.integers(1, 100), st.integers(1, 50_000), st.integers(1, MAX_RADIUS_M))


def moved(latitude: int, longitude: int, bearing: float, metres: float) -> tuple[int, int]:
    """The place so far away."""
    angle, phi, lam = metres / 6_371_008.8, math.radians(latitude / DEGREE_E7), math.radians(longitude / DEGREE_E7)
    there = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(there)
    )
    round_ = (math.degrees(lam + east) + 540) % 360 - 180
    return round(math.degrees(there) * DEGREE_E7), round(round_ * DEGREE_E7)


@given(LATITUDE, LONGITUDE, RADIUS, st.floats(0, 2 * math.pi), st.floats(0, 1))
def test_a_place_within_the_radius_is_in_a_cell_asked_for(
    latitude: int, longitude: int, radius_m: int, bearing: float, part: float
) -> None:
    there = moved(latitude, longitude, bearing, radius_m * part)
    if distance_m(latitude, longitude, there) <= radius_m:
        assert cells_of(there) & cells_around(latitude, longitude, radius_m)


@given(LATITUDE, LONGITUDE, RADIUS, st.floats(0, 2 * math.pi), st.floats(0, 1), st.integers(1, 2_000_000))
def test_so_is_an_area_that_reaches_into_it(
    latitude: int, longitude: int, radius_m: int, bearing: float, part: float, wide_m: int
) -> None:
    circle = (*moved(latitude, longitude, bearing, min((radius_m + wide_m) * part, 15_000_000)), wide_m)
    if distance_m(latitude, longitude, circle) <= radius_m:
        assert cells_of(circle) & cells_around(latitude, longitude, radius_m)


@given(LATITUDE, LONGITUDE, RADIUS)
def test_few_cells_are_asked_for(latitude: int, longitude: int, radius_m: int) -> None:
    assert len(cells_around(latitude, longitude, radius_m)) <= 4 * FEW_CELLS + 36 * 19


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0, 0), (0, DEGREE_E7), 111_195),
        ((335_138_000, 362_765_000), (317_683_000, 352_137_000), 218_000),
        ((0, 1_799_000_000), (0, -1_799_000_000), 2 * 11_119.5),
        ((900_000_000, 0), (-900_000_000, 0), math.pi * 6_371_008.8),
    ],
)
def test_distances(one: tuple[int, int], other: tuple[int, int], metres: float) -> None:
    assert distance_m(*one, other) == pytest.approx(metres, rel=0.005)


def test_the_distance_of_areas_is_to_their_edge_and_nought_inside() -> None:
    square = (330_000_000, 350_000_000, 331_000_000, 350_000_000, 331_000_000, 351_000_000, 330_000_000, 351_000_000)
    assert distance_m(330_500_000, 350_500_000, square) == 0
    assert distance_m(332_000_000, 350_500_000, square) == pytest.approx(11_119.5, rel=0.01)
    assert distance_m(330_500_000, 352_000_000, square) == pytest.approx(9_325, rel=0.01)
    assert distance_m(330_000_000, 350_000_000, (330_000_000, 350_000_000, 500)) == 0
    assert distance_m(331_000_000, 350_000_000, (330_000_000, 350_000_000, 1_000)) == pytest.approx(10_119.5, rel=0.01)
    across = (0, 1_799_000_000, 10_000_000, 1_799_000_000, 10_000_000, -1_799_000_000, 0, -1_799_000_000)
    assert distance_m(5_000_000, 1_800_000_000, across) == 0
    assert cells_of(across) & cells_around(5_000_000, 1_800_000_000, 100)
    assert nearest_m(0, 0, ()) == math.inf


def test_a_wide_area_is_found_by_coarse_cells_and_marked_there() -> None:
    wide = cells_of((330_000_000, 350_000_000, 300_000))
    assert {one[:2] for one in wide} >= {"g0", "g1", "h1"} or {one[:2] for one in wide} >= {"g0", "h0"}
    assert len(CELL_E7) == 4


def test_shapes_of_fields() -> None:
    assert shape_of([1, 2]) == (1, 2)
    assert shape_of([1, 2, "name"]) == (1, 2)
    assert shape_of({"circle": [1, 2, 3]}) == (1, 2, 3)
    assert shape_of({"polygon": [[1, 2], [3, 4], [5, 6]]}) == (1, 2, 3, 4, 5, 6)
    assert shape_of("no") is None
