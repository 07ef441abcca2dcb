"""Packs on disk: imported once checked, read as long as they are the same, removed; GeoPackages read as a stranger's file is."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from parley.errors import BadInput, Refused, StorageFault
from parley.exchange.packs import MAX_BYTES, PackKind
from parley.geo.ellipsoid import Position
from parley.node.maps import packs as map_packs
from parley.node.maps.packs import MapPacks, read_source
from tests.exchange.test_packs import RING, collection, geometry

LINE = geometry("LineString", RING[:2])


def written(path: Path, value: Any) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def test_a_pack_is_listed_served_from_memory_and_removed(tmp_path: Path) -> None:
    packs = MapPacks(tmp_path / "map")
    assert packs.packs() == []
    source = written(tmp_path / "one.geojson", collection(LINE))
    first = packs.add(source, "ISR", " Lines ", "", PackKind.BOUNDARIES)
    second = packs.add(source, "SYR", "Lines", "Survey, CC BY 4.0", PackKind.OTHER)
    assert [(one.number, one.member, one.shown) for one in packs.packs()] == [
        (1, "ISR", "Lines"), (2, "SYR", "Lines · Survey, CC BY 4.0"),
    ]  # fmt: skip
    assert packs.packs()[1] is packs.packs()[1]
    assert (tmp_path / "map" / "0001.json").stat().st_mode & 0o077 == 0
    other = MapPacks(tmp_path / "map")
    assert other.packs() == [first, second]
    other.remove(1)
    assert packs.packs() == [second]
    with pytest.raises(Refused):
        packs.remove(1)


def test_a_gazetteer_feeds_the_location_check(tmp_path: Path) -> None:
    packs = MapPacks(tmp_path / "map")
    place = geometry("Point", [35.8012, 33.1254])
    packs.add(written(tmp_path / "g.json", collection(place, name="Bridge")), "ISR", "Names", "", PackKind.GAZETTEER)
    packs.add(written(tmp_path / "o.json", collection(place, name="Other")), "ISR", "Points", "", PackKind.OTHER)
    assert [(one.names, one.position) for one in packs.gazetteer()] == [
        (("Bridge",), Position(331_254_000, 358_012_000))
    ]


def test_what_is_no_pack_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = MapPacks(tmp_path / "map")
    for value, code in (
        ("{", "map.json"), ("[NaN]", "map.json"), ("[" * 100_000, "map.json"), ("\udcff".encode("utf-8", "surrogateescape").decode("latin-1"), "map.json"),
        (collection(), "pack.empty"), (" " * (MAX_BYTES + 1), "map.size"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as caught:
            packs.add(written(tmp_path / "x", value), "ISR", "T", "", PackKind.OTHER)
        assert caught.value.code == code
    good = written(tmp_path / "x", collection(LINE))
    for title in ("", " ", "x" * 121, "a\u202eb"):
        with pytest.raises(BadInput) as caught:
            packs.add(good, "ISR", title, "", PackKind.OTHER)
        assert caught.value.code == "map.text"
    assert packs.packs() == []
    monkeypatch.setattr(map_packs, "MAX_PACKS", 1)
    packs.add(good, "ISR", "T", "", PackKind.OTHER)
    with pytest.raises(Refused):
        packs.add(good, "ISR", "T", "", PackKind.OTHER)
    written(tmp_path / "map" / "0001.json", "{}")
    with pytest.raises(StorageFault):
        packs.packs()


# ---- GeoPackage --------------------------------------------------------------------------------------------------


def blob(wkb: bytes, flags: int = 1, envelope: bytes = b"") -> bytes:
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", 4326) + envelope + wkb


def wkb_point(order: str = "<", code: int = 1, *extra: float) -> bytes:
    return (b"\x01" if order == "<" else b"\x00") + struct.pack(f"{order}I{2 + len(extra)}d", code, 35.8, 33.1, *extra)


def wkb_polygon(code: int = 3) -> bytes:
    flat = [number for corner in RING for number in corner]
    return b"\x01" + struct.pack(f"<III{len(flat)}d", code, 1, len(RING), *flat)


def geopackage(
    path: Path, *rows: tuple[bytes | None, str | None], srs: int = 4326, table: str = "", column: str = "geom"
) -> Path:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            + (table or "CREATE TABLE places (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);")
        )
        file.execute("INSERT INTO gpkg_contents VALUES ('places', 'features')")
        file.execute("INSERT INTO gpkg_geometry_columns VALUES ('places', ?, ?)", (column, srs))
        for row in rows:
            file.execute("INSERT INTO places (geom, name) VALUES (?, ?)", row)
        file.commit()
    return path


def test_a_geopackage_is_read_in_every_form_that_its_blobs_may_have(tmp_path: Path) -> None:
    multi = b"\x01" + struct.pack("<II", 6, 1) + wkb_polygon()
    path = geopackage(
        tmp_path / "p.gpkg",
        (blob(wkb_point()), "Bridge"), (blob(wkb_point(">")), None), (blob(wkb_point("<", 1001, 812.0)), None),
        (blob(wkb_point(), 3, bytes(32)), None), (blob(wkb_polygon()), None), (blob(multi), None), (None, None),
        (blob(wkb_point(), 0x11), None),
    )  # fmt: skip
    features = read_source(path)["features"]  # type: ignore[index]
    point = geometry("Point", [35.8, 33.1])
    polygon = geometry("Polygon", [RING])
    assert [one["geometry"] for one in features] == [
        point, point, point, point, polygon, geometry("MultiPolygon", [[RING]]), None, None,
    ]  # fmt: skip
    assert features[0]["properties"] == {"name": "Bridge"}
    packs = MapPacks(tmp_path / "map")
    assert len(packs.add(path, "SYR", "T", "", PackKind.BOUNDARIES).features["features"]) == 6  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "more", "code"),
    [
        ((b"XX" + bytes(8), None), {}, "gpkg.geometry"), ((blob(wkb_point(), 0x21), None), {}, "gpkg.geometry"),
        ((blob(b"\x01" + struct.pack("<I", 7)), None), {}, "gpkg.geometry"),
        ((blob(wkb_polygon()[:-8]), None), {}, "gpkg.geometry"),
        ((blob(b"\x01" + struct.pack("<II", 2, 4_000_000_000)), None), {}, "gpkg.size"),
        ((blob(b"\x01"), None), {}, "gpkg.file"),
        ((blob(wkb_point()), None), {"srs": 32636}, "gpkg.srs"),
        ((blob(wkb_point()), None), {"column": 'geom" FROM sqlite_schema --'}, "gpkg.name"),
        (None, {"table": "CREATE TABLE hidden (geom BLOB, name TEXT); CREATE VIEW places AS SELECT * FROM hidden;"}, "gpkg.table"),
        (None, {"table": "CREATE VIRTUAL TABLE places USING fts5(geom, name);"}, "gpkg.table"),
    ],
)  # fmt: skip
def test_a_geopackage_that_is_hostile_or_mistaken_is_refused(tmp_path: Path, row: Any, more: Any, code: str) -> None:
    path = geopackage(tmp_path / "p.gpkg", *([row] if row else []), **more)
    with pytest.raises(BadInput) as caught:
        read_source(path)
    assert caught.value.code == code


def test_a_geopackage_that_is_cut_or_scrambled_is_refused(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "p.gpkg", *[(blob(wkb_polygon()), "x")] * 200)
    raw = path.read_bytes()
    for at in (50, 4096, 9000):
        broken = bytearray(raw)
        broken[at : at + 600] = b"\xff" * 600
        path.write_bytes(bytes(broken[: len(broken) - 3000]))
        with pytest.raises(BadInput):
            read_source(path)
