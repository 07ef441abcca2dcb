"""Coordinates: what one convention writes it reads back; the page's own rules; MGRS against GEOTRANS's and PROJ's."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import mgrs as geotrans
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.geo import mgrs
from parley.geo.coordinates import Convention, read_position, write_position
from parley.geo.ellipsoid import HALF_E7, QUARTER_E7, Position, distance_and_bearing

GEOTRANS = geotrans.MGRS()
WEB = Path(__file__).resolve().parents[2] / "web"
anywhere = st.builds(Position, st.integers(-QUARTER_E7, QUARTER_E7), st.integers(-HALF_E7, HALF_E7))
in_the_grid = st.builds(
    Position, st.integers(mgrs.SOUTHERNMOST_E7, mgrs.NORTHERNMOST_E7), st.integers(-HALF_E7, HALF_E7 - 1)
)


@given(anywhere)
def test_degrees_are_read_back_exactly(position: Position) -> None:
    assert read_position(write_position(position, Convention.DEGREES)) == position


@pytest.mark.parametrize(("convention", "within_e7"), [(Convention.DMS, 14), (Convention.DDMMSS, 1390)])
@given(position=anywhere)
def test_seconds_are_read_back_to_half_of_what_they_are_written_to(
    convention: Convention, within_e7: int, position: Position
) -> None:
    back = read_position(write_position(position, convention))
    assert abs(back.latitude_e7 - position.latitude_e7) <= within_e7
    assert abs(back.longitude_e7 - position.longitude_e7) <= within_e7


@given(in_the_grid)
def test_a_grid_reference_is_read_back_as_the_middle_of_its_metre(position: Position) -> None:
    back = read_position(write_position(position, Convention.MGRS))
    assert distance_and_bearing(position, back)[0] < 0.75
    if mgrs.zone_of(back) == mgrs.zone_of(position) and back.latitude_e7 <= mgrs.NORTHERNMOST_E7:
        assert write_position(back, Convention.MGRS) == write_position(position, Convention.MGRS)


@given(in_the_grid)
def test_grid_references_are_those_of_geotrans(position: Position) -> None:
    ours = mgrs.write(position)
    theirs = GEOTRANS.toMGRS(*position.degrees, MGRSPrecision=5)
    if ours.replace(" ", "").rjust(15, "0") != theirs.rjust(15, "0"):
        # it rounds where this cuts: then the place is within a hair of the square's edge
        utm = mgrs.to_utm(position)
        edges = [abs(value - round(value)) for value in (utm.easting_m, utm.northing_m)]
        assert min(edges) < 2e-3, (ours, theirs)


@given(in_the_grid)
def test_the_grid_is_projs(position: Position) -> None:
    utm = mgrs.to_utm(position)
    project = pyproj.Proj(proj="utm", zone=utm.zone, ellps="WGS84", south=not utm.north)
    assert project(position.degrees[1], position.degrees[0]) == pytest.approx((utm.easting_m, utm.northing_m), abs=1e-5)
    assert distance_and_bearing(mgrs.from_utm(utm), position)[0] < 0.02


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("33.12540 N 35.80120 E", (331254000, 358012000)),
        ("33,1254° n 35,8012° e", (331254000, 358012000)),
        ("N 33.1254 E 35.8012", (331254000, 358012000)),
        ("E35.8012 N33.1254", (331254000, 358012000)),
        ("33.1254 35.8012", (331254000, 358012000)),
        ("-33.5, 151.2", (-335000000, 1512000000)),
        ("\u221233.5 +151.2", (-335000000, 1512000000)),
        ("33°07'31.44\" N, 35°48'04.32\" E", (331254000, 358012000)),
        ("33 07 31.44 N 35 48 04.32 E", (331254000, 358012000)),
        ("33:07:31,44 S 35:48:04,32 W", (-331254000, -358012000)),
        ("33°07.5 N 35°48 E", None),
        ("33°07 N 35°48 E", (331166667, 358000000)),
        ("330731N 0354804E", (331252778, 358011111)),
        ("330731.44N0354804.32E", (331254000, 358012000)),
        ("٣٣٫١٢٥٤٠ N", None),
        ("٣٣.١٢٥٤٠ N ٣٥.٨٠١٢٠ E", (331254000, 358012000)),
        ("۳۳.۱۲۵۴ N ۳۵.۸۰۱۲ E", (331254000, 358012000)),
        ("90 N 180 W", (900000000, -1800000000)),
        ("90.0000001 N 0 E", None),
        ("33.1 N 180.1 E", None),
        ("35.8 E 33.1 E", None),
        ("33.1 N 35.8 N", None),
        ("-33.1 S 35.8 E", None),
        ("33 60 00 N 35 00 00 E", None),
        ("33 00 60 N 35 00 00 E", None),
        ("336000N 0354804E", None),
        ("33.12345678 N 35 E", None),
        ("33.1254", None),
        ("NaN 5", None),
        ("1e1 5", None),
        ("", None),
        ("9" * 81, None),
    ],
)
def test_texts(text: str, position: tuple[int, int] | None) -> None:
    if position is None:
        with pytest.raises(BadInput) as refused:
            read_position(text, field="centre")
        assert (refused.value.code, refused.value.field) == ("geo.coordinates", "centre")
        assert refused.value.rule
    else:
        assert read_position(text) == position


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("36S YC 493", "no grid reference"), ("36S YC 493826710", "no grid reference"), ("36I YC 49382 67109", "no grid"),
        ("61S YC 49382 67109", "no such square in its zone"), ("0S YC 49382 67109", "no such square in its zone"),
        ("36S AC 49382 67109", "no such square in its zone"), ("32X NF 49382 67109", "no such square in its zone"),
        ("36S YN 49382 67109", "no such square in its band"),
    ],
)  # fmt: skip
def test_squares_that_are_not_are_refused(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        mgrs.read(text)


@pytest.mark.parametrize("latitude", [84.0000001, -80.0000001, 90, -90])
def test_near_the_poles_there_are_no_references(latitude: float) -> None:
    with pytest.raises(BadInput, match="near the poles"):
        write_position(Position.at(latitude, 10), Convention.MGRS)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (60, 4, 32),
        (60, 2, 31),
        (75, 8, 31),
        (75, 10, 33),
        (75, 22, 35),
        (75, 34, 37),
        (71, 10, 32),
        (0, 180, 1),
        (0, -180, 1),
        (0, 179.9, 60),
    ],
)
def test_zones(latitude: float, longitude: float, zone: int) -> None:
    assert mgrs.zone_of(Position.at(latitude, longitude)) == zone


@pytest.mark.skipif(
    not (WEB / "node_modules").is_dir() or shutil.which("node") is None, reason="the page's packages are absent"
)
def test_the_page_reads_and_writes_grid_references_alike() -> None:
    """The page's `mgrs` (npm) uses a shorter series; squares of ten metres are the same but where a place is on an edge."""
    places = [Position.at(-79 + 3.7 * k, -179 + 8.1 * k) for k in range(44)]
    texts = [mgrs.write(place).replace(" ", "") for place in places]
    script = (
        "import mgrs from 'mgrs'; const { forward, toPoint } = mgrs;"
        "const given = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify(given.map(([lat, lon, text]) => [forward([lon, lat], 5), toPoint(text)])))"
    )
    asked = json.dumps([[*place.degrees, text] for place, text in zip(places, texts, strict=True)])
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, asked], cwd=WEB, capture_output=True, text=True, check=True
    )
    for place, text, (theirs, (longitude, latitude)) in zip(places, texts, json.loads(done.stdout), strict=True):
        assert theirs[:-10] == text[:-10]
        for a, b in ((theirs[-10:-5], text[-10:-5]), (theirs[-5:], text[-5:])):
            assert abs(int(a) - int(b)) <= 1
        assert distance_and_bearing(Position.at(latitude, longitude), place)[0] < 2.5
