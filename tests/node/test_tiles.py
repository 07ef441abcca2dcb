"""A ground of vector tiles: taken in whole or not at all, handed out tile by tile, never a boundary; a stranger's file to the end."""

from __future__ import annotations

import gzip
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import Compression, Entry, TileType, serialize_directory

from parley.errors import BadInput
from parley.exchange.packs import PackKind
from parley.node.maps import tiles
from parley.node.maps.packs import MapPacks
from parley.node.maps.tiles import TileFile
from tests.tiles import streets, written


def test_a_ground_is_taken_in_with_its_tiles_and_removed_with_them(tmp_path: Path) -> None:
    packs = MapPacks(tmp_path / "map")
    source = written(tmp_path / "streets.pmtiles")
    pack = packs.add(source, "SYR", "Streets", "Survey, CC BY 4.0")
    assert pack.kind is PackKind.GROUND
    assert pack.tiles is not None
    assert (pack.tiles.layers, pack.tiles.least, pack.tiles.most) == (("streets",), 0, 2)
    assert pack.tiles.bounds == (-180, -85, 180, 85)
    source.unlink()
    again = MapPacks(tmp_path / "map")
    assert again.packs() == [pack]
    assert again.tile(1, 2, 3, 1) == streets()
    assert again.tile(1, 3, 0, 0) is None
    assert again.tile(1, 0, 0, 1) is None
    assert again.tile(7, 0, 0, 0) is None
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "map").iterdir())
    packs.remove(1)
    assert list((tmp_path / "map").iterdir()) == []
    assert again.tile(1, 0, 0, 0) is None


def test_tiles_that_are_not_packed_are_taken_too(tmp_path: Path) -> None:
    with closing(TileFile(written(tmp_path / "t", packed=False))) as file:
        assert file.check().most == 2
        assert file.tile(1, 1, 0) == streets()


def test_tiles_bound_and_name_nothing_and_a_ground_is_of_tiles(tmp_path: Path) -> None:
    packs = MapPacks(tmp_path / "map")
    source = written(tmp_path / "streets.pmtiles")
    for kind in (PackKind.BOUNDARIES, PackKind.GAZETTEER, PackKind.OTHER):
        with pytest.raises(BadInput) as caught:
            packs.add(source, "SYR", "Streets", "", kind)
        assert (caught.value.code, caught.value.field) == ("map.kind", "kind")
    other = tmp_path / "one.geojson"
    other.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    with pytest.raises(BadInput) as caught:
        packs.add(other, "SYR", "Streets", "", PackKind.GROUND)
    assert caught.value.code == "map.kind"
    assert packs.packs() == []


@pytest.mark.parametrize(
    "made",
    [
        {"tile_type": TileType.PNG}, {"tile_compression": Compression.BROTLI}, {"metadata": {}}, {"metadata": []},
        {"metadata": {"vector_layers": []}}, {"metadata": {"vector_layers": [{"id": "a\u202eb"}]}}, {"metadata": {"vector_layers": [{"id": 7}]}},
        {"metadata": {"vector_layers": [{"id": "a"}, {"id": "a"}]}}, {"min_lon_e7": 1_900_000_000}, {"max_lat_e7": -860_000_000},
    ],
)  # fmt: skip
def test_what_is_no_ground_is_refused_and_nothing_is_kept(tmp_path: Path, made: dict[str, Any]) -> None:
    packs = MapPacks(tmp_path / "map")
    with pytest.raises(BadInput) as caught:
        packs.add(written(tmp_path / "t", **made), "SYR", "Streets", "")
    assert (caught.value.code, caught.value.field) == ("tiles.file", "file")
    assert caught.value.rule
    assert packs.packs() == []


def test_a_file_that_is_cut_or_scrambled_is_refused_or_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "t", most=4)
    raw = path.read_bytes()
    refused = 0
    for at in range(len(raw)):
        broken = bytearray(raw)
        broken[at] ^= 0x55
        path.write_bytes(bytes(broken if at % 2 else raw[:at]))
        try:
            with closing(TileFile(path)) as file:
                file.check()
        except BadInput:
            refused += 1
        else:
            assert at % 2, f"cut at {at} of {len(raw)}"
    assert refused > len(raw) // 2


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = written(tmp_path / "t", bytes(tiles.MAX_TILE_BYTES + 1))
    with closing(TileFile(bomb)) as file:
        file.check()
        with pytest.raises(BadInput):
            file.tile(0, 0, 0)
    with closing(TileFile(written(tmp_path / "u"))) as file:
        header = file._header
        for inside in (bytes(tiles.MAX_DIRECTORY_BYTES + 1), b"\xff" * 100_000):
            packed = gzip.compress(inside)
            path = tmp_path / "v"
            raw = bytearray((tmp_path / "u").read_bytes())
            raw[8:24] = len(raw).to_bytes(8, "little") + len(packed).to_bytes(8, "little")
            path.write_bytes(bytes(raw) + packed)
            with closing(TileFile(path)) as broken, pytest.raises(BadInput):
                broken.check()
    assert header["max_zoom"] == 2


def test_directories_that_lead_round_in_a_ring_end(tmp_path: Path) -> None:
    raw = bytearray(written(tmp_path / "t").read_bytes())
    ring = serialize_directory([Entry(0, 0, 0, 0)])
    for length in range(len(ring), len(ring) + 4):  # the entry names its own place and length
        ring = serialize_directory([Entry(0, 0, length, 0)])
        if len(ring) == length:
            break
    place = len(raw).to_bytes(8, "little")
    raw[8:24] = place + len(ring).to_bytes(8, "little")
    raw[40:48] = place
    path = tmp_path / "u"
    path.write_bytes(bytes(raw) + ring)
    with closing(TileFile(path)) as file:
        with pytest.raises(BadInput):
            file.check()
        with pytest.raises(BadInput):
            file.tile(0, 0, 0)
