"""Vector tiles for tests: one grid of streets, encoded here by the specification (Mapbox Vector Tile 2.1), packed by `pmtiles`."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

EXTENT = 4096
BOUNDS = {
    "min_lon_e7": -1_800_000_000,
    "min_lat_e7": -850_000_000,
    "max_lon_e7": 1_800_000_000,
    "max_lat_e7": 850_000_000,
}


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def field(number: int, payload: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def line(*points: tuple[int, int]) -> bytes:
    """A feature of one line: MoveTo the first point, LineTo the others, each as zigzag differences."""
    numbers, at = [9], (0, 0)
    for index, (x, y) in enumerate(points):
        if index == 1:
            numbers.append((len(points) - 1) << 3 | 2)
        numbers += [(one << 1) ^ (one >> 31) for one in (x - at[0], y - at[1])]
        at = (x, y)
    return varint(3 << 3) + varint(2) + field(4, b"".join(map(varint, numbers)))


def streets(name: str = "streets") -> bytes:
    """A tile with one layer: lines across it, both ways."""
    every = range(256, EXTENT, 512)
    lines = [line((at, 0), (at, EXTENT)) for at in every] + [line((0, at), (EXTENT, at)) for at in every]
    layer = field(1, name.encode()) + b"".join(field(2, one) for one in lines)
    return field(3, layer + varint(5 << 3) + varint(EXTENT) + varint(15 << 3) + varint(2))


def written(
    path: Path, tile: bytes | None = None, *, most: int = 2, metadata: Any = None, packed: bool = True, **header: Any
) -> Path:
    """A file of tiles, the same tile everywhere from zoom 0 to `most`."""
    data = streets() if tile is None else tile
    data = gzip.compress(data) if packed else data
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in range(most + 1):
            for column in range(1 << zoom):
                for row in range(1 << zoom):
                    writer.write_tile(zxy_to_tileid(zoom, column, row), data)
        told = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP if packed else Compression.NONE,
            **BOUNDS,
            **header,
        }
        writer.finalize(told, {"vector_layers": [{"id": "streets", "fields": {}}]} if metadata is None else metadata)
    return path
