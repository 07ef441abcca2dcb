"""Location checks and doubts: slips that have happened, and what is said of them."""

from __future__ import annotations

import pytest

from parley.geo.doubts import doubt_height, doubt_times
from parley.geo.ellipsoid import Position, along
from parley.geo.heights import Datum, Height
from parley.geo.location import FromLandmark, Named, jump, three_ways, within_area
from parley.geo.shapes import Circle, Corridor, Polygon, check_outline
from parley.geo.volumes import Volume4D

AT = Position.at
GAZETTEER = (
    Named(("North Bridge", "الجسر الشمالي", "הגשר הצפוני"), AT(33.1, 35.8), 500),
    Named(("Mill",), AT(33.4, 35.9)),
    Named(("Mill",), AT(32.7, 35.6)),
)
AREA = (check_outline(Polygon((AT(32, 35), AT(32, 37), AT(34, 37), AT(34, 35)))),)


def test_coordinates_that_agree_raise_no_doubt() -> None:
    here = along(AT(33.1, 35.8), 45, 3_000)
    assert three_ways(here, GAZETTEER, name=" north bridge ", landmark=FromLandmark("الجسر الشمالي", 46, 2_950)) == []
    assert within_area(Circle(here, 500), AREA) == []
    assert jump(here, AT(33.1, 35.8)) == []


def test_a_name_elsewhere_is_told_with_how_far() -> None:
    [doubt] = three_ways(AT(33.2, 35.9), GAZETTEER, name="North Bridge")
    assert doubt.code == "name-elsewhere"
    assert 13_900 < doubt.numbers["distance_m"] < 14_600


def test_of_two_places_of_a_name_either_will_do() -> None:
    assert three_ways(AT(32.7, 35.61), GAZETTEER, name="Mill") == []
    assert three_ways(AT(33.4, 35.91), GAZETTEER, name="Mill") == []


def test_an_unknown_name_is_told() -> None:
    assert [doubt.code for doubt in three_ways(AT(33, 35), GAZETTEER, name="Nowhere", landmark=FromLandmark("Nowhere", 1, 1))] == [
        "name-unknown", "name-unknown",
    ]  # fmt: skip


def test_a_name_finds_the_swapped_place() -> None:
    [doubt] = three_ways(AT(35.8, 33.1), GAZETTEER, name="North Bridge")
    assert (doubt.how, doubt.guess) == ("swapped", AT(33.1, 35.8))


@pytest.mark.parametrize(("bearing", "distance"), [(225, 3_000), (60, 3_000), (45, 4_000), (45, 30_000)])
def test_a_bearing_that_leads_elsewhere_is_told(bearing: float, distance: float) -> None:
    here = along(AT(33.1, 35.8), 45, 3_000)
    [doubt] = three_ways(here, GAZETTEER, landmark=FromLandmark("North Bridge", bearing, distance))
    assert doubt.code == "landmark-elsewhere"
    assert "3.0 km on 045.0" in doubt.reason


@pytest.mark.parametrize(
    ("slip", "how"),
    [
        (AT(35.8, 33.1), "swapped"), (AT(-33.1, 35.8), "south"), (AT(33.1, -35.8), "west"), (AT(33.1, 53.8), "digits"),
        (AT(33.1, 358.0 - 360), None), (AT(31.3, 35.8), "digits"),
    ],
)  # fmt: skip
def test_outside_the_area_with_a_guess_at_the_slip(slip: Position, how: str | None) -> None:
    [doubt] = within_area(Circle(slip, 1_000), AREA, field="center")
    assert (doubt.code, doubt.field, doubt.how) == ("outside-area", "center", how)
    assert doubt.numbers["distance_m"] > 50_000
    if how in ("swapped", "south", "west"):
        assert doubt.guess == AT(33.1, 35.8)


def test_one_corner_outside_is_enough() -> None:
    [doubt] = within_area(Corridor((AT(33, 36), AT(33, 38), AT(33, 38.1)), 100), AREA)
    assert doubt.reason.startswith("2 of its corners lie outside")


def test_nothing_is_outside_of_no_area() -> None:
    assert within_area(Circle(AT(0, 0), 5), ()) == []


def test_a_jump_from_the_last_notice_is_told() -> None:
    [doubt] = jump(AT(35.8, 33.1), AT(33.11, 35.8))
    assert (doubt.code, doubt.how, doubt.guess) == ("jump", "swapped", AT(33.1, 35.8))
    assert jump(AT(33.5, 35.8), AT(33.1, 35.8)) == []
    assert jump(AT(33.5, 35.8), AT(33.1, 35.8), most_m=10_000)


@pytest.mark.parametrize(
    ("metres", "last", "how"),
    [
        (3_000, None, None), (20_000, None, "feet"), (60_000, None, None), (14_999, None, None),
        (3_281, 1_000, "feet"), (1_000, 3_281, "metres"), (1_100, 1_000, None), (3_000, 1_000, None), (5, 0, None),
    ],
)  # fmt: skip
def test_feet_for_metres(metres: float, last: float | None, how: str | None) -> None:
    before = None if last is None else Height(round(last * 100), Datum.AMSL)
    found = doubt_height(Height(round(metres * 100), Datum.AMSL), before, field="altitude_upper")
    assert [doubt.how for doubt in found] == ([how] if how else [])


def test_another_datum_is_no_other_unit() -> None:
    assert doubt_height(Height(328_100, Datum.AMSL), Height(100_000, Datum.AGL), field="altitude_upper") == []


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [(100, 200, []), (-100, 200, ["begun"]), (100, 31 * 86_400_000 + 101, ["long"]), (0, 200, [])],
)
def test_windows(start: int, end: int, codes: list[str]) -> None:
    now = 1_800_000_000_000
    volume = Volume4D.checked(Circle(AT(33, 35), 10), None, None, now + start, now + end)
    assert [doubt.code for doubt in doubt_times(volume, now)] == codes
