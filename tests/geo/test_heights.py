"""Heights and bands: units, datums, what cannot be compared."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height, check_band, read_height
from parley.geo.shapes import Circle
from parley.geo.verdict import Buffers, Relation, Status, compare
from parley.geo.volumes import Volume4D

AMSL, AGL, WGS84, FL = Datum


def limit(metres: float, datum: Datum = AMSL) -> Height:
    return Height(round(metres * 100), datum)


@pytest.mark.parametrize(
    ("value", "unit", "datum", "height"),
    [
        (3000, "FT", "AMSL", Height(91_440, AMSL)),
        (1, "FT", "AGL", Height(30, AGL)),
        (120.5, "M", "WGS84", Height(12_050, WGS84)),
        (240, "FL", "FL", Height(731_520, FL)),
        (-400, "M", "AMSL", Height(-40_000, AMSL)),
    ],
)
def test_heights_as_written(value: float, unit: str, datum: str, height: Height) -> None:
    assert read_height(value, unit, datum, field="altitude_lower") == height


@pytest.mark.parametrize(
    ("value", "unit", "datum"),
    [
        (math.nan, "M", "AMSL"), (math.inf, "M", "AMSL"), (True, "M", "AMSL"), ("3", "M", "AMSL"), (100_001, "M", "AMSL"),
        (10, "KM", "AMSL"), (10, "M", "QFE"), (10, "M", ""), (240, "FL", "AMSL"), (240, "M", "FL"), (24.5, "FL", "FL"),
        (1000, "FL", "FL"), (-1, "FL", "FL"), (-1, "M", "AGL"),
    ],
)  # fmt: skip
def test_what_is_no_height_is_refused(value: float, unit: str, datum: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_height(value, unit, datum, field="altitude_upper")
    assert (refused.value.code, refused.value.field) == ("geo.height", "altitude_upper")
    assert refused.value.rule


@pytest.mark.parametrize(("lower", "upper"), [(limit(100), limit(50)), (limit(100), limit(100))])
def test_an_inverted_or_empty_band_is_refused(lower: Height, upper: Height) -> None:
    with pytest.raises(BadInput) as refused:
        check_band(lower, upper)
    assert (refused.value.code, refused.value.field) == ("geo.heights", "altitude_upper")


def test_limits_of_different_datums_pass() -> None:
    check_band(limit(500, AGL), limit(100, AMSL))
    check_band(None, limit(100))
    check_band(limit(100), None)


def related(one: tuple[Height | None, Height | None], other: tuple[Height | None, Height | None]) -> Relation:
    here = Circle(Position.at(33, 35), 1000)
    a, b = (Volume4D.checked(here, *limits, 0, 60_000) for limits in (one, other))
    verdict = compare(a, b, Buffers(height_m=150))
    assert compare(b, a, Buffers(height_m=150)) == verdict
    assert verdict.status is {
        Relation.OVERLAPS: Status.CONFLICT, Relation.NEAR: Status.NEAR,
        Relation.APART: Status.CLEAR, Relation.UNKNOWN: Status.NOT_COMPARABLE,
    }[verdict.height]  # fmt: skip
    return verdict.height


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ((limit(100), limit(200)), (limit(150), limit(300)), Relation.OVERLAPS),
        ((limit(100), limit(200)), (limit(200), limit(300)), Relation.NEAR),
        ((limit(100), limit(200)), (limit(350), limit(400)), Relation.NEAR),
        ((limit(100), limit(200)), (limit(350.01), limit(400)), Relation.APART),
        ((limit(100), limit(200)), (limit(100, AGL), limit(200, AGL)), Relation.UNKNOWN),
        ((limit(0, AGL), limit(200, AGL)), (limit(5000), limit(6000)), Relation.UNKNOWN),
        ((limit(100, FL), limit(200, FL)), (limit(100), limit(200)), Relation.UNKNOWN),
        ((limit(100, WGS84), limit(200, WGS84)), (limit(9000), limit(9100)), Relation.UNKNOWN),
        # both begin at the ground, whatever they end in
        ((None, limit(200, AGL)), (None, limit(5000)), Relation.OVERLAPS),
        ((limit(0, AGL), limit(200, AGL)), (limit(0, AGL), limit(5000)), Relation.OVERLAPS),
        # both are open above
        ((limit(200, AGL), None), (limit(5000), None), Relation.OVERLAPS),
        ((None, None), (limit(5000), limit(6000)), Relation.OVERLAPS),
        # one's floor is above the other's ceiling, whatever the rest is in
        ((limit(500), limit(600, FL)), (limit(100, AGL), limit(300)), Relation.APART),
        ((limit(500), limit(600, FL)), (limit(100, AGL), limit(550)), Relation.UNKNOWN),
        # the same ceiling: both reach to just below it
        ((limit(500), limit(600, FL)), (limit(100, AGL), limit(600, FL)), Relation.OVERLAPS),
        ((None, limit(600, FL)), (limit(100, AGL), limit(600, FL)), Relation.OVERLAPS),
    ],
)
def test_bands(
    one: tuple[Height | None, Height | None], other: tuple[Height | None, Height | None], relation: Relation
) -> None:
    assert related(one, other) is relation


heights = st.none() | st.builds(Height, st.integers(0, 2000), st.sampled_from(Datum))


@given(heights, heights, heights, heights)
def test_the_usual_case_is_judged_as_the_general_one(
    a: Height | None, b: Height | None, c: Height | None, d: Height | None
) -> None:
    """One datum everywhere takes a short way; beside a band in another datum the same pair takes the long one."""
    from parley.geo.verdict import band_column, judge_heights

    here = Circle(Position.at(33, 35), 1000)
    one, other, odd = (
        Volume4D.trusted(here, *limits, 0, 1) for limits in ((a, b), (c, d), (limit(1, AGL), limit(2, FL)))
    )
    alone, gap = judge_heights(one, np.array([band_column(other)]).T, 500)
    beside, gap_beside = judge_heights(one, np.array([band_column(other), band_column(odd)]).T, 500)
    assert alone[0] == beside[0]
    assert np.array_equal(gap[:1], gap_beside[:1], equal_nan=True)
