"""The pair test: statuses, numbers, reasons; what is too close to call; the same from either side, to the bit."""

from __future__ import annotations

import random

import numpy as np
import pyproj
import pytest

from parley.geo import exact, separation
from parley.geo import shapes as areas
from parley.geo.ellipsoid import Position, along, distance_and_bearing
from parley.geo.heights import Datum, Height
from parley.geo.separation import separations
from parley.geo.shapes import Circle, Corridor, Outline, Polygon
from parley.geo.verdict import Buffers, Relation, Status, compare, compare_many, worst
from parley.geo.volumes import Volume4D
from tests.geo import shapes

AT = Position.at
HOUR = 3_600_000
NOON = 1_800_000_000_000
BUFFERS = Buffers(1_000, 10 * 60_000, 150)
GEOD = pyproj.Geod(ellps="WGS84")


def volume(outline: Outline, start: int = NOON, end: int = NOON + HOUR, low: int = 0, high: int = 1000) -> Volume4D:
    return Volume4D.checked(outline, Height(low * 100, Datum.AMSL), Height(high * 100, Datum.AMSL), start, end)


HERE = Circle(AT(33, 35), 5_000)


def beside(gap_m: float, bearing: float = 77.0) -> Circle:
    """A circle of 5 km, `gap_m` from the edge of `HERE`."""
    return Circle(along(HERE.centre, bearing, 10_000 + gap_m), 5_000)


def test_a_conflict_tells_by_how_much() -> None:
    verdict = compare(volume(HERE), volume(beside(-500), NOON + HOUR // 2, NOON + 2 * HOUR, 800, 2000), BUFFERS)
    assert verdict.status is Status.CONFLICT
    assert (verdict.distance_m, verdict.time_gap_ms, verdict.height_gap_m) == (0, -HOUR // 2, -200)
    assert verdict.reasons == ("the areas overlap", "the times overlap by 30 min", "the heights overlap by 200 m")


@pytest.mark.parametrize(
    ("other", "status", "reason"),
    [
        (volume(beside(400)), Status.NEAR, "the areas are 0.400 km apart"),
        (volume(beside(1500)), Status.CLEAR, "the areas are 1.500 km apart"),
        (volume(HERE, NOON + HOUR, NOON + 2 * HOUR), Status.NEAR, "the times are 0 min apart"),
        (volume(HERE, NOON + HOUR + 600_001, NOON + 2 * HOUR), Status.CLEAR, "the times are 10 min apart"),
        (volume(HERE, low=1000, high=2000), Status.NEAR, "the heights are 0 m apart"),
        (volume(HERE, low=1151, high=2000), Status.CLEAR, "the heights are 151 m apart"),
    ],
)
def test_near_and_clear_tell_why(other: Volume4D, status: Status, reason: str) -> None:
    verdict = compare(volume(HERE), other, BUFFERS)
    assert (verdict.status, verdict.reasons) == (status, (reason,))


def test_what_touches_is_never_clear_even_without_a_buffer() -> None:
    nothing = Buffers(0, 0, 0)
    assert compare(volume(HERE), volume(HERE, NOON + HOUR, NOON + 2 * HOUR), nothing).status is Status.NEAR
    assert compare(volume(HERE), volume(HERE, low=1000, high=2000), nothing).status is Status.NEAR
    square = Polygon((AT(33, 35), AT(33, 35.1), AT(33.1, 35.1), AT(33.1, 35)))
    neighbour = Polygon((AT(33, 35.1), AT(33, 35.2), AT(33.1, 35.2), AT(33.1, 35.1)))
    assert compare(volume(square), volume(neighbour), nothing).status is Status.CONFLICT


def test_heights_that_cannot_be_compared_are_never_clear_by_height() -> None:
    agl = Volume4D.checked(HERE, Height(900_000, Datum.AGL), None, NOON, NOON + HOUR)
    verdict = compare(volume(HERE), agl, BUFFERS)
    assert verdict.status is Status.NOT_COMPARABLE
    assert verdict.reasons == ("the heights have different datums and cannot be compared",)
    assert verdict.height_gap_m is None
    far = Volume4D.checked(beside(9_000), Height(900_000, Datum.AGL), None, NOON, NOON + HOUR)
    assert compare(volume(HERE), far, BUFFERS).status is Status.CLEAR


@pytest.mark.parametrize("gap", [-0.02, 0.02, 999.98, 1000.02, 0.5, 1000.5])
@pytest.mark.parametrize("radius", [1_000, 20_000, 400_000])
def test_circles_too_close_to_call_are_measured(gap: float, radius: int) -> None:
    centre = AT(52, 7)
    other = along(centre, 31, 2 * radius + gap)
    gap = distance_and_bearing(centre, other)[0] - 2 * radius  # as rounded to 1e-7 degree
    verdict = compare(volume(Circle(centre, radius)), volume(Circle(other, radius)), BUFFERS)
    assert verdict.space is (Relation.OVERLAPS if gap <= 0 else Relation.NEAR if gap <= 1000 else Relation.APART)
    if gap > 0:
        assert verdict.distance_m == pytest.approx(gap, abs=verdict.distance_error_m + 1e-6)
        assert verdict.distance_error_m < 2.1 * radius / 1000


def test_a_long_edge_too_close_to_call_is_measured_on_its_geodesic() -> None:
    """A corridor 1,500 km long and a circle whose rim lies 0.5 m from it, seen from the middle."""
    start, end = AT(50, 0), AT(50, 21)
    length, out = distance_and_bearing(start, end)
    middle = along(start, out, length / 2)
    _, at_middle = distance_and_bearing(middle, end)
    for gap in (-0.5, 0.5):
        centre = along(middle, at_middle + 90, 30_000 + 500 + gap)
        verdict = compare(volume(Corridor((start, end), 1000)), volume(Circle(centre, 30_000)), Buffers(0, 0, 0))
        assert verdict.space is (Relation.OVERLAPS if gap < 0 else Relation.APART), gap
        if gap > 0:
            assert verdict.distance_m == pytest.approx(0.5, abs=verdict.distance_error_m + 0.02)
            assert verdict.distance_error_m < 0.5


def test_exact_distances_are_those_of_dense_samples() -> None:
    dice = random.Random(5)
    for _ in range(5):
        one = shapes.star(dice, AT(40, 20), 20_000)
        other = shapes.star(dice, along(AT(40, 20), dice.uniform(0, 360), 60_000), 15_000)
        low, high = separations(areas.check_outline(one), [areas.check_outline(other)])
        found = exact.core_distance(one, other, float(high[0]) + 0.1)
        assert low[0] - 0.01 <= found <= high[0] + 0.01
        assert found == exact.core_distance(other, one, float(high[0]) + 0.1)
        ends = [_samples(outline) for outline in (one, other)]
        lon, lat = (np.meshgrid(ends[0][:, k], ends[1][:, k]) for k in (0, 1))
        sampled = GEOD.inv(lon[0].ravel(), lat[0].ravel(), lon[1].ravel(), lat[1].ravel())[2].min()
        assert sampled == pytest.approx(found, abs=5)
        assert sampled >= found - 0.003


def _samples(outline: Polygon) -> np.ndarray:
    found = []
    for start, end in zip(outline.corners, (*outline.corners[1:], outline.corners[0]), strict=True):
        line = GEOD.inv_intermediate(
            start.degrees[1],
            start.degrees[0],
            end.degrees[1],
            end.degrees[0],
            npts=60,
            initial_idx=0,
            return_back_azimuth=True,
        )
        found += list(zip(line.lons, line.lats, strict=True))
    return np.array(found)


def test_the_same_from_either_side_and_beside_whatever_else_to_the_bit() -> None:
    dice = random.Random(11)
    for site in shapes.SITES:
        volumes = [shapes.volume(dice, site, 40_000, 1_000, 20_000) for _ in range(30)]
        table = [compare_many(one, volumes, BUFFERS) for one in volumes]
        for a in range(30):
            for b in range(30):
                assert table[a][b] == table[b][a]
        assert compare(volumes[0], volumes[7], BUFFERS) == table[0][7]


@pytest.mark.parametrize(
    ("outline", "other"),
    [
        (Circle(AT(0, 180), 5_000), Circle(AT(0, -179.95), 5_000)),
        (Circle(AT(89.99, 10), 5_000), Circle(AT(89.99, -170), 5_000)),
        (Polygon((AT(-1, 179), AT(-1, -179), AT(1, -179), AT(1, 179))), Circle(AT(0, 180), 100)),
        (Polygon((AT(89, 0), AT(89, 90), AT(89, 180), AT(89, -90))), Circle(AT(90, 0), 100)),
        (Polygon((AT(-89, 0), AT(-89, 120), AT(-89, -120))), Circle(AT(-89.9, 77), 100)),
        (Corridor((AT(10, 179.9), AT(10, -179.9)), 100), Circle(AT(10, 180), 10)),
    ],
)
def test_poles_and_the_180th_meridian_are_places_like_others(outline: Outline, other: Outline) -> None:
    assert compare(volume(outline), volume(other), BUFFERS).space is Relation.OVERLAPS


def test_a_polygon_over_the_180th_meridian_does_not_reach_round_the_earth() -> None:
    wide = Polygon((AT(-1, 179), AT(-1, -179), AT(1, -179), AT(1, 179)))
    assert compare(volume(wide), volume(Circle(AT(0, 0), 1_000)), BUFFERS).status is Status.CLEAR


def test_a_circle_is_no_polygon_inscribed_in_it() -> None:
    """64 corners on the rim would miss 24 m at 20 km: the rims of two circles that overlap by 10 m do overlap."""
    one, other = Circle(AT(33, 35), 20_000), Circle(along(AT(33, 35), 2.8125, 39_990), 20_000)
    assert compare(volume(one), volume(other), BUFFERS).space is Relation.OVERLAPS


def test_the_worst_verdict_is_the_one_to_tell() -> None:
    verdicts = compare_many(volume(HERE), [volume(beside(gap)) for gap in (9_000, 400, -5, 700)], BUFFERS)
    assert worst(verdicts).status is Status.CONFLICT
    assert worst(verdicts[::3]).distance_m == pytest.approx(700, abs=1)


def test_buffers_are_bounded() -> None:
    for wrong in ((-1, 0, 0), (0, -1, 0), (0, 0, -1), (100_001, 0, 0), (0, 86_400_001, 0)):
        with pytest.raises(ValueError, match="buffers"):
            Buffers(*wrong)


def test_work_is_cut_into_batches_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(4)
    volumes = [shapes.volume(dice, AT(33, 35), 40_000, 1_000, 20_000) for _ in range(40)]
    whole = compare_many(volumes[0], volumes, BUFFERS)
    for most in (1, 60, 200):
        monkeypatch.setattr(separation, "MAX_CELLS", most)
        assert compare_many(volumes[0], volumes, BUFFERS) == whole


def test_the_largest_areas_are_compared_within_bounds() -> None:
    """Two polygons of 256 corners, over the pole and beside it: many pieces, one pair."""
    ring = Polygon(tuple(along(AT(89, 10), 360 * k / 256, 900_000 + 20_000 * (k % 2)) for k in range(256)))
    other = Polygon(tuple(along(AT(77, 100), 360 * k / 256, 700_000 + 20_000 * (k % 2)) for k in range(256)))
    assert compare(volume(ring), volume(other), BUFFERS).space is Relation.OVERLAPS
    away = Polygon(tuple(along(AT(60, 100), 360 * k / 256, 900_000) for k in range(256)))
    verdict = compare(volume(ring), volume(away), BUFFERS)
    assert verdict.space is Relation.APART
    assert verdict == compare(volume(away), volume(ring), BUFFERS)


@pytest.mark.parametrize("other", [AT(-33.9, 151.2), AT(-51.5, 179.9), AT(51.5, 179.9), AT(-90, 0), AT(0, 90)])
def test_the_other_side_of_the_earth_is_clear(other: Position) -> None:
    verdict = compare(volume(Circle(AT(51.5, -0.1), 1_000_000)), volume(Circle(other, 1_000_000)), BUFFERS)
    assert verdict.status is Status.CLEAR
    true_gap = distance_and_bearing(AT(51.5, -0.1), other)[0] - 2_000_000
    assert abs(verdict.distance_m - true_gap) <= verdict.distance_error_m + 1


def test_a_middle_that_lies_outside_its_area_says_nothing_of_the_distance() -> None:
    """A corridor bent around another: their middles are nearer to each other than they are (found by the references)."""
    around = Corridor((AT(0, 0), AT(0.3, 0.3), AT(0.6, 0)), 100)
    within = Corridor((AT(0.3, 0.11), AT(0.3, 0.13)), 100)
    verdict = compare(volume(around), volume(within), BUFFERS)
    [[middles], _] = separations(areas.prepare(Circle(AT(0.3, 0.15), 1)), [areas.prepare(Circle(AT(0.3, 0.12), 1))])
    assert middles < 4_000
    assert verdict.distance_m == pytest.approx(0.17 * 111_100 / 2**0.5 - 100, rel=0.01)


@pytest.mark.parametrize("size_m", [0.1, 1.0, 10.0])
def test_edges_of_centimetres_are_measured_as_well_as_long_ones(size_m: float) -> None:
    dice = random.Random(8)
    for site in (AT(33, 35), AT(-60, 179.9999999), AT(89.9, 3), AT(0.0000001, 0)):
        for _ in range(20):
            one = shapes.star(dice, site, size_m)
            for other in (
                Circle(along(site, dice.uniform(0, 360), 5 * size_m), 1),
                shapes.star(dice, along(site, 9, 3 * size_m), size_m),
            ):
                [low], [high] = separations(areas.prepare(one), [areas.prepare(other)])
                assert low - 1e-4 <= exact.core_distance(one, other) <= high + 1e-4
                assert high - low < 0.0021
