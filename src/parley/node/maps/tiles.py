"""Vector tiles that a member hands in as the ground of its maps: one PMTiles file, version 3, read as a stranger's file is read.

All its directories are walked before it is taken: every tile lies within the file and its zooms, nothing unpacks to more than is allowed,
and no number is longer than a number may be. What a tile draws is cut by its edges and rounded by its zoom, so that it serves for
orientation alone. Tiles are handed out one by one, unpacked; the file itself is never read whole.

Source: PMTiles specification, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
"""

from __future__ import annotations

import json
import mmap
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from parley.errors import BadInput

MAGIC = b"PMTiles"
HEADER_BYTES = 127
MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_TILE_BYTES = 4 * 1024 * 1024
MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
MAX_METADATA_BYTES = 1024 * 1024
MAX_ENTRIES = 4_000_000
MAX_DEPTH = 4
MAX_ZOOM = 22
MAX_LAYERS = 64
MAX_LAYER_CHARS = 120
HELD_DIRECTORIES = 64
RULE = "vector tiles, PMTiles version 3"
_GZIP = 16 + zlib.MAX_WBITS
_LONG_NUMBER = re.compile(rb"[\x80-\xff]{10}")


@dataclass(frozen=True, slots=True)
class TileSet:
    """What a file of tiles holds.

    Attributes:
        layers: names of its layers.
        least, most: its zooms.
        bounds: west, south, east, north, in degrees.
    """

    layers: tuple[str, ...]
    least: int
    most: int
    bounds: tuple[float, float, float, float]

    def fields(self) -> dict[str, object]:
        """As JSON; `TileSet.of` reads it back."""
        return {"layers": list(self.layers), "least": self.least, "most": self.most, "bounds": list(self.bounds)}

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> TileSet:
        """The inverse of `fields`.

        Raises:
            KeyError, TypeError, ValueError: it is another thing.
        """
        layers, bounds = fields["layers"], fields["bounds"]
        if not isinstance(layers, list) or not isinstance(bounds, list):
            raise TypeError("layers and bounds are arrays")
        west, south, east, north = map(float, bounds)
        return cls(
            tuple(map(str, layers)), int(str(fields["least"])), int(str(fields["most"])), (west, south, east, north)
        )


class TileFile:
    """A PMTiles file that is open; what is asked of it was checked by `check`, or is checked again."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if path.stat().st_size < HEADER_BYTES:
                raise _bad("ends within its header")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._header: HeaderDict = deserialize_header(self._map[:HEADER_BYTES])
        except (MagicNumberNotFound, SpecVersionUnsupported, ValueError):
            raise _bad("is no PMTiles file of version 3") from None
        self._directory = lru_cache(HELD_DIRECTORIES)(self._read_directory)

    def check(self) -> TileSet:
        """Walk all of it.

        Raises:
            BadInput: code ``tiles.*``.
        """
        header = self._header
        if header["tile_type"] is not TileType.MVT:
            raise _bad(f"holds {header['tile_type'].name} tiles")
        if header["internal_compression"] is not Compression.GZIP:
            raise _bad("has directories in another compression", "gzip")
        if header["tile_compression"] not in (Compression.GZIP, Compression.NONE):
            raise _bad("has tiles in another compression", "gzip, or none")
        least, most = header["min_zoom"], header["max_zoom"]
        if not least <= most <= MAX_ZOOM:
            raise _bad(f"has zooms {least} to {most}", f"at most {MAX_ZOOM}")
        bounds = (
            header["min_lon_e7"] / 1e7, header["min_lat_e7"] / 1e7, header["max_lon_e7"] / 1e7, header["max_lat_e7"] / 1e7,
        )  # fmt: skip
        west, south, east, north = bounds
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise _bad("has bounds that are none", "west, south, east and north in degrees")
        self._walk(header["root_offset"], header["root_length"], 0, zxy_to_tileid(most + 1, 0, 0))
        return TileSet(self._layers(), least, most, bounds)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """A tile as Mapbox Vector Tile, unpacked; None where there is none.

        Raises:
            BadInput: it cannot be read, or unpacks to more than `MAX_TILE_BYTES`.
        """
        if not 0 <= zoom <= MAX_ZOOM or not 0 <= column < 1 << zoom or not 0 <= row < 1 << zoom:
            return None
        header = self._header
        tile = zxy_to_tileid(zoom, column, row)
        offset, length = header["root_offset"], header["root_length"]
        for _ in range(MAX_DEPTH):
            entry = find_tile(self._directory(offset, length), tile)
            if entry is None:
                return None
            if entry.run_length > 0:
                data = self._octets(header["tile_data_offset"] + entry.offset, entry.length)
                packed = header["tile_compression"] is Compression.GZIP
                return _unpacked(data, MAX_TILE_BYTES, "tile") if packed else data
            offset, length = header["leaf_directory_offset"] + entry.offset, entry.length
        raise _bad("has directories within directories", f"at most {MAX_DEPTH} deep")

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()

    def _layers(self) -> tuple[str, ...]:
        raw = self._octets(self._header["metadata_offset"], self._header["metadata_length"])
        try:
            metadata = json.loads(_unpacked(raw, MAX_METADATA_BYTES, "metadata"))
            names = [layer["id"] for layer in metadata["vector_layers"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise _bad("does not say in its metadata which layers it has", "vector_layers, each with an id") from None
        if not 0 < len(names) <= MAX_LAYERS or len(set(map(str, names))) < len(names):
            raise _bad(f"has {len(names)} layers", f"1 to {MAX_LAYERS}, each once")
        for name in names:
            if not isinstance(name, str) or not 0 < len(name) <= MAX_LAYER_CHARS or not name.isprintable():
                raise _bad("has a layer without such a name", f"1 to {MAX_LAYER_CHARS} printable characters")
        return tuple(names)

    def _walk(self, offset: int, length: int, depth: int, stop: int, seen: int = 0) -> int:
        """Check a directory and all in it; the number of entries seen by then."""
        if depth >= MAX_DEPTH:
            raise _bad("has directories within directories", f"at most {MAX_DEPTH} deep")
        last, header = -1, self._header
        entries = self._read_directory(offset, length)
        seen += len(entries)
        if not entries or seen > MAX_ENTRIES:
            raise _bad("has a directory that is empty, or too many entries", f"at most {MAX_ENTRIES}")
        for entry in entries:
            if entry.tile_id <= last or entry.tile_id + entry.run_length > stop:
                raise _bad("has tiles out of order, or outside its zooms")
            last = entry.tile_id + max(entry.run_length, 1) - 1
            if entry.run_length == 0:
                seen = self._walk(header["leaf_directory_offset"] + entry.offset, entry.length, depth + 1, stop, seen)
            elif entry.length > MAX_TILE_BYTES:
                raise _bad(f"has a tile of {entry.length} bytes", f"at most {MAX_TILE_BYTES}")
            else:
                self._check_within(header["tile_data_offset"] + entry.offset, entry.length)
        return seen

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        raw = self._octets(offset, length)
        if _LONG_NUMBER.search(_unpacked(raw, MAX_DIRECTORY_BYTES, "directory")):
            raise _bad("has a directory with a number that is too long")
        try:
            return deserialize_directory(raw)
        except EOFError:
            raise _bad("has a directory that ends early") from None

    def _octets(self, offset: int, length: int) -> bytes:
        self._check_within(offset, length)
        return self._map[offset : offset + length]

    def _check_within(self, offset: int, length: int) -> None:
        if offset < 0 or length <= 0 or offset + length > len(self._map):
            raise _bad("names a place outside of itself")


def _unpacked(data: bytes, most: int, what: str) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        whole = unpacking.decompress(data, most + 1)
    except zlib.error:
        raise _bad(f"has a {what} that is not gzip", "gzip") from None
    if len(whole) > most or not unpacking.eof or unpacking.unused_data:
        raise _bad(f"has a {what} that is too large, or not whole", f"at most {most} bytes unpacked")
    return whole


def _bad(reason: str, rule: str = RULE) -> BadInput:
    return BadInput("tiles.file", reason, field="file", rule=rule)
