"""Map packs of this node: lines and names that members vouch for, each with whose it is. They never leave this member.

Each lies in the node's directory as one file of JSON, as `exchange.packs` brought it down; commands write it, the running node reads it
when it is asked and keeps it as long as the file is the same. Formats: GeoJSON, and GeoPackage (`geopackage`). Vector tiles (PMTiles) are
not taken: they are cut by tile and rounded by zoom, so that a line drawn from them is not the line that was handed in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parley.errors import BadInput, Refused, StorageFault
from parley.exchange.packs import MAX_BYTES, PackKind, read_pack
from parley.geo.ellipsoid import Position
from parley.geo.location import Named
from parley.node.geopackage import MAGIC, read_geopackage

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
        features: a GeoJSON FeatureCollection.
    """

    number: int
    member: str
    title: str
    attribution: str
    kind: PackKind
    features: dict[str, object]

    @property
    def shown(self) -> str:
        """Its title as screens show it, with the attribution."""
        return f"{self.title} · {self.attribution}" if self.attribution else self.title


class MapPacks:
    """The packs in a directory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[tuple[int, int], MapPack]] = {}

    def packs(self) -> list[MapPack]:
        """All of them, in the order in which they were imported.

        Raises:
            StorageFault: code ``map.file``: one is not as it was written.
        """
        found: dict[Path, tuple[tuple[int, int], MapPack]] = {}
        for path in self._files():
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            known = self._read.get(path)
            found[path] = known if known is not None and known[0] == stamp else (stamp, _load(path))
        self._read = found
        return [pack for _, pack in found.values()]

    def gazetteer(self) -> list[Named]:
        """Every place of every gazetteer."""
        return [one for pack in self.packs() if pack.kind is PackKind.GAZETTEER for one in _places(pack)]

    def add(self, source: Path, member: str, title: str, attribution: str, kind: PackKind) -> MapPack:
        """Take in a file.

        Raises:
            BadInput: it is too large, or not what it must be; nothing of it is kept.
        """
        title, attribution = _text("title", title), _text("attribution", attribution, may_be_empty=True)
        features = read_pack(read_source(source), kind)
        numbers = [_number(path) for path in self._files()]
        if len(numbers) >= MAX_PACKS:
            raise Refused(
                "map.full", f"{MAX_PACKS} packs are there already", rule="remove one with `parley map remove`"
            )
        pack = MapPack(max(numbers, default=0) + 1, member, title, attribution, kind, features)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path, temporary = self._path(pack.number), self._folder / f".{pack.number}.new"
        text = json.dumps(
            {"member": member, "title": title, "attribution": attribution, "kind": kind.value, "features": features},
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
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
            f"is neither JSON nor a GeoPackage: {str(error)[:80]}",
            field="file",
            rule="GeoJSON or GeoPackage",
        ) from None


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _load(path: Path) -> MapPack:
    try:
        value = json.loads(path.read_text("utf-8"))
        return MapPack(
            _number(path), str(value["member"]), str(value["title"]), str(value["attribution"]), PackKind(value["kind"]),
            value["features"],
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
