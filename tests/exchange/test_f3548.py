"""F3548's Volume4D: what is written is read back; what is no volume is refused naming the field."""

from __future__ import annotations

import json
import random

import pytest

from parley.errors import BadInput
from parley.exchange import f3548
from parley.geo.heights import Datum, Height
from parley.geo.volumes import Volume4D, of_record, to_record
from tests.exchange.notices import NOON, OUTLINES
from tests.geo import shapes


def test_what_is_written_is_read_back() -> None:
    dice = random.Random(3)
    for site in shapes.SITES:
        for _ in range(10):
            low, high = shapes.band(dice)
            volume = Volume4D.checked(shapes.outline(dice, site, 10_000, 500, 9_000), low, high, NOON, NOON + 1)
            assert of_record(to_record(volume)) == volume
            if Datum.FL not in {limit.datum for limit in (low, high) if limit}:
                assert f3548.read_volume(json.loads(json.dumps(f3548.write_volume(volume)))) == volume


CIRCLE = {"center": {"lat": 33.0, "lng": 35.0}, "radius": {"value": 500, "units": "M"}}
TIME = {"value": "2027-01-15T08:00:00Z", "format": "RFC3339"}
LATER = {"value": "2027-01-15T10:00:00+01:00", "format": "RFC3339"}


def told(**changes: object) -> dict[str, object]:
    volume = {"outline_circle": CIRCLE} | {key: changes.pop(key) for key in list(changes) if not key.startswith("time")}
    return {
        "volume": {k: v for k, v in volume.items() if v is not None},
        "time_start": TIME,
        "time_end": LATER,
    } | changes


def test_a_volume_as_uas_systems_write_it() -> None:
    height = {"value": 120, "reference": "W84", "units": "M"}
    volume = f3548.read_volume(told(altitude_upper=height))
    assert volume.altitude_upper == Height(12_000, Datum.WGS84)
    assert (volume.time_start_ms, volume.time_end_ms - volume.time_start_ms) == (NOON, 3_600_000)
    feet = f3548.read_volume(told(outline_circle=CIRCLE | {"radius": {"value": 1000, "units": "FT"}}))
    assert feet.shape.radius_m == pytest.approx(304.8)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outline_circle": None}, "volume"),
        ({"outline_polygon": {"vertices": []}}, "volume"),
        ({"outline_circle": CIRCLE | {"center": {"lat": "33", "lng": 35}}}, "center"),
        ({"outline_circle": CIRCLE | {"center": {"lat": 133.0, "lng": 35}}}, "center"),
        ({"outline_circle": CIRCLE | {"center": {"lat": float("nan"), "lng": 35}}}, "center"),
        ({"outline_circle": CIRCLE | {"radius": {"value": float("nan"), "units": "M"}}}, "radius"),
        ({"outline_circle": CIRCLE | {"radius": {"value": 5, "units": "NM"}}}, "radius"),
        ({"outline_circle": CIRCLE | {"radius": None}}, "radius"),
        ({"outline_circle": None, "outline_polygon": {"vertices": [{"lat": 0, "lng": 0}] * 10_000}}, "vertices"),
        ({"altitude_lower": {"value": 5, "reference": "QNH", "units": "M"}}, "altitude_lower"),
        ({"altitude_lower": {"value": True, "reference": "W84", "units": "M"}}, "altitude_lower"),
        (
            {
                "altitude_lower": {"value": 9, "reference": "W84", "units": "M"},
                "altitude_upper": {"value": 5, "reference": "W84", "units": "M"},
            },
            "altitude_upper",
        ),
        ({"time_start": {"value": "2027-01-15T08:00:00", "format": "RFC3339"}}, "time_start"),
        ({"time_start": {"value": "noon", "format": "RFC3339"}}, "time_start"),
        ({"time_start": None}, "time_start"),
        ({"time_end": TIME}, "time_end"),
        ({"time_end": {"value": "2027-01-15T07:00:00Z", "format": "RFC3339"}}, "time_end"),
        ({"time_end": {"value": "2029-01-15T07:00:00Z", "format": "RFC3339"}}, "time_end"),
    ],
)
def test_what_is_no_volume_is_refused_naming_the_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        f3548.read_volume(told(**changes))
    assert refused.value.field == field
    assert refused.value.reason


@pytest.mark.parametrize("name", OUTLINES)
def test_the_form_in_the_record_is_read_back(name: str) -> None:
    volume = Volume4D.checked(OUTLINES[name], None, Height(5, Datum.AGL), NOON, NOON + 60_000)
    assert of_record(to_record(volume)) == volume
    assert of_record(to_record(volume), trusted=True) == volume


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"area": {"circle": [1, 2]}, "start": 1, "end": 2},
        {"area": {"polygon": [[1]]}, "start": 1, "end": 2},
        {"area": {"circle": [1, 2, 3]}, "start": 1, "end": 2, "x": 1},
        {"area": {"circle": [1, 2, 3]}, "start": 1.5, "end": 2},
        {"area": {"circle": [1, 2, 3]}, "start": 1, "end": 2, "floor": [1.5, "AMSL"]},
    ],
)
def test_what_has_not_the_form_of_the_record_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        of_record(value)
