"""Points, chords and geodesics against PROJ and the C library."""

from __future__ import annotations

import math

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.geo import ellipsoid
from parley.geo.ellipsoid import HALF_E7, QUARTER_E7, Position

GEOD = pyproj.Geod(ellps="WGS84")
ECEF = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)

positions = st.builds(Position, st.integers(-QUARTER_E7, QUARTER_E7), st.integers(-HALF_E7, HALF_E7))


@given(st.integers(-4 * HALF_E7, 4 * HALF_E7))
def test_sines_and_cosines_are_right_to_the_last_digit(angle_e7: int) -> None:
    sine, cosine = ellipsoid.sine_cosine(angle_e7)
    exact = math.radians(math.fmod(angle_e7 / 1e7, 360))
    assert abs(sine - math.sin(exact)) < 2e-15
    assert abs(cosine - math.cos(exact)) < 2e-15


@pytest.mark.parametrize("quarters", range(-4, 5))
def test_quarters_are_exact(quarters: int) -> None:
    assert sorted(map(abs, ellipsoid.sine_cosine(quarters * QUARTER_E7))) == [0.0, 1.0]


@given(positions)
def test_points_are_where_proj_has_them(position: Position) -> None:
    latitude, longitude = position.degrees
    assert ellipsoid.to_point(position) == pytest.approx(ECEF.transform(longitude, latitude, 0), abs=1e-8)


@given(positions)
def test_a_point_is_of_its_place(position: Position) -> None:
    back = ellipsoid.to_position(ellipsoid.to_point(position))
    assert ellipsoid.chord(ellipsoid.to_point(back), ellipsoid.to_point(position)) < 0.02


def test_the_180th_meridian_is_one_line_and_a_pole_is_one_point() -> None:
    assert ellipsoid.to_point(Position(100, HALF_E7)) == pytest.approx(
        ellipsoid.to_point(Position(100, -HALF_E7)), abs=1e-9
    )
    north = ellipsoid.to_point(Position(QUARTER_E7, 0))
    assert ellipsoid.to_point(Position(QUARTER_E7, 123_456_789)) == pytest.approx(north, abs=1e-8)


@given(positions, st.floats(0, 360), st.floats(0.01, 7_000_000))
def test_the_geodesic_lies_between_the_bounds_of_its_chord(start: Position, bearing: float, metres: float) -> None:
    latitude, longitude = start.degrees
    lon, lat, _ = GEOD.fwd(longitude, latitude, bearing, metres)
    x, y, z = ECEF.transform([longitude, lon], [latitude, lat], [0, 0])
    chord = math.dist((x[0], y[0], z[0]), (x[1], y[1], z[1]))
    assert ellipsoid.shortest(chord) <= metres * (1 + 1e-9) + 1e-6
    assert ellipsoid.longest(chord) >= metres * (1 - 1e-9) - 1e-6


def test_bounds_are_close_where_areas_are_small() -> None:
    chords = np.array([1_000.0, 40_000.0])
    width = ellipsoid.longest(chords) - ellipsoid.shortest(chords)
    assert (width < [1e-6, 2e-3]).all()


@given(positions, st.floats(0, 359.99), st.floats(1, 1_000_000))
def test_along_and_back(start: Position, bearing: float, metres: float) -> None:
    distance, _ = ellipsoid.distance_and_bearing(start, ellipsoid.along(start, bearing, metres))
    assert distance == pytest.approx(metres, abs=0.02)
