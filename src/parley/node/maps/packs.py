"""Map packs of this node: lines and names that members vouch for, each with whose it is. They never leave this member.

Each lies in the node's directory as one file of JSON, as `exchange.packs` brought it down; commands write it, the running node reads it
when it is asked and keeps it as long as the file is the same. Formats: GeoJSON, and GeoPackage (`geopackage`). Vector tiles (PMTiles,
see `tiles`) lie beside theirs as they came, and are a *ground* alone: cut by tile and rounded by zoom, a line drawn from them is not
the line that was handed in, so that no boundary and no gazetteer is taken from them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from parley.errors import BadInput, Refused, StorageFault
from parley.exchange.packs import MAX_BYTES, PackKind, read_pack
from parley.geo.ellipsoid import Position
from parley.geo.location import Named
from parley.node.maps import tiles
from parley.node.maps.geopackage import MAGIC, read_geopackage
from parley.node.maps.tiles import TileFile, TileSet

MAX_PACKS = 32
MAX_TITLE_CHARS = 120
MAX_ID = 9_999


@dataclass(frozen=True, slots=True)
class MapPack:
    """One pack.

    Attributes:
        number: by which commands name it.
        member: code of the member that alone vouches for it.
        title: what it is; `attribution`: whose work, as its licence wants it said; may be empty.
        features: a GeoJSON FeatureCollection; empty where it is of tiles.
        tiles: what its file of tiles holds; None where it is of features.
    """

    number: int
    member: str
    title: str
    attribution: str
    kind: PackKind
    features: dict[str, object]
    tiles: TileSet | None = None

    @property
    def shown(self) -> str:
        """Its title as screens show it, with the attribution."""
        return f"{self.title} · {self.attribution}" if self.attribution else self.title


class MapPacks:
    """The packs in a directory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[tuple[int, int], MapPack]] = {}
        self._tiles: dict[int, tuple[tuple[int, int], TileFile]] = {}

    def packs(self) -> list[MapPack]:
        """All of them, in the order in which they were imported.

        Raises:
            StorageFault: code ``map.file``: one is not as it was written.
        """
        found: dict[Path, tuple[tuple[int, int], MapPack]] = {}
        for path in self._files():
            stamp, known = _stamp(path), self._read.get(path)
            found[path] = known if known is not None and known[0] == stamp else (stamp, _load(path))
        self._read = found
        return [pack for _, pack in found.values()]

    def gazetteer(self) -> list[Named]:
        """Every place of every gazetteer."""
        return [one for pack in self.packs() if pack.kind is PackKind.GAZETTEER for one in _places(pack)]

    def tile(self, number: int, zoom: int, column: int, row: int) -> bytes | None:
        """A tile of a ground; None where it has none there, or there is no such ground.

        Raises:
            BadInput: code ``tiles.file``: the file is not as it was taken in.
        """
        path = self._tiles_path(number)
        try:
            stamp = _stamp(path)
            held = self._tiles.get(number)
            if held is None or held[0] != stamp:
                held = self._tiles[number] = (stamp, TileFile(path))
        except FileNotFoundError:
            self._tiles.pop(number, None)
            return None
        return held[1].tile(zoom, column, row)

    def add(self, source: Path, member: str, title: str, attribution: str, kind: PackKind | None = None) -> MapPack:
        """Take in a file; of no `kind`, a file of tiles is a ground, and any other is of lines.

        Raises:
            BadInput: it is too large, or not what it must be; nothing of it is kept.
        """
        title, attribution = _text("title", title), _text("attribution", attribution, may_be_empty=True)
        found = _tiles_in(source)
        if (kind or PackKind.GROUND) is not PackKind.GROUND and found is not None:
            raise BadInput(
                "map.kind", f"is of tiles, which are cut and rounded: no {kind}", field="kind",
                rule="ground; lines and names that a member vouches for as GeoJSON or GeoPackage",
            )  # fmt: skip
        if kind is PackKind.GROUND and found is None:
            raise BadInput("map.kind", "is not of tiles", field="kind", rule="a ground is vector tiles, PMTiles")
        kind = kind or (PackKind.OTHER if found is None else PackKind.GROUND)
        features: dict[str, object] = {"type": "FeatureCollection", "features": []}
        if found is None:
            features = read_pack(read_source(source), kind)
        numbers = [_number(path) for path in self._files()]
        if len(numbers) >= MAX_PACKS:
            raise Refused(
                "map.full", f"{MAX_PACKS} packs are there already", rule="remove one with `parley map remove`"
            )
        pack = MapPack(max(numbers, default=0) + 1, member, title, attribution, kind, features, found)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        if found is not None:
            with source.open("rb") as there, _private(self._tiles_path(pack.number)) as here:
                shutil.copyfileobj(there, here)
                here.flush()
                os.fsync(here.fileno())
        path, temporary = self._path(pack.number), self._folder / f".{pack.number}.new"
        text = json.dumps(
            {
                "member": member, "title": title, "attribution": attribution, "kind": kind.value, "features": features,
                **({} if found is None else {"tiles": found.fields()}),
            },
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        with _private(temporary) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        return pack

    def remove(self, number: int) -> None:
        """Take one away.

        Raises:
            Refused: code ``map.unknown``.
        """
        path = self._path(number)
        if not path.is_file():
            raise Refused("map.unknown", f"there is no pack {number}", field="number", rule="see `parley map list`")
        path.unlink()
        self._tiles_path(number).unlink(missing_ok=True)

    def _tiles_path(self, number: int) -> Path:
        return self._folder / f"{number:04}.pmtiles"

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:04}.json"

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9][0-9][0-9][0-9].json"))


def read_source(path: Path) -> object:
    """What a file of a member holds: GeoJSON, or a GeoPackage as GeoJSON.

    Raises:
        BadInput: code ``map.size``, ``map.json`` or ``gpkg.*``.
    """
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInput("map.size", f"is of {size} bytes", field="file", rule=f"at most {MAX_BYTES}")
        if head == MAGIC:
            return read_geopackage(path)
        raw = head + file.read(MAX_BYTES)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "map.json",
            f"is neither JSON, a GeoPackage nor PMTiles: {str(error)[:80]}",
            field="file",
            rule="GeoJSON, GeoPackage or PMTiles",
        ) from None


def _tiles_in(path: Path) -> TileSet | None:
    """What a file of tiles holds, checked whole; None where it is another file."""
    with path.open("rb") as file:
        if file.read(len(tiles.MAGIC)) != tiles.MAGIC:
            return None
    if (size := path.stat().st_size) > tiles.MAX_FILE_BYTES:
        raise BadInput("map.size", f"is of {size} bytes", field="file", rule=f"at most {tiles.MAX_FILE_BYTES}")
    with closing(TileFile(path)) as found:
        return found.check()


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _load(path: Path) -> MapPack:
    try:
        value = json.loads(path.read_text("utf-8"))
        return MapPack(
            _number(path), str(value["member"]), str(value["title"]), str(value["attribution"]), PackKind(value["kind"]),
            value["features"], TileSet.of(value["tiles"]) if "tiles" in value else None,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageFault("map.file", f"{path} is not as it was written: {error}", field=path.name) from None


def _number(path: Path) -> int:
    return int(path.stem)


def _text(field: str, text: str, *, may_be_empty: bool = False) -> str:
    clean = text.strip()
    if len(clean) > MAX_TITLE_CHARS or not (clean or may_be_empty) or not clean.isprintable():
        raise BadInput("map.text", "is no such text", field=field, rule=f"1 to {MAX_TITLE_CHARS} printable characters")
    return clean


def _places(pack: MapPack) -> Iterator[Named]:
    features = pack.features["features"]
    assert isinstance(features, list), "it was checked when it was imported"
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        yield Named((feature["properties"]["name"],), Position.at(latitude, longitude))
