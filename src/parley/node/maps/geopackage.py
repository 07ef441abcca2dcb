"""Vector features of a GeoPackage (OGC 12-128, an SQLite file) as GeoJSON, read as a stranger's file is read.

It is opened read-only and as it lies, with nothing of its own schema trusted: no views, no triggers, no virtual tables are asked; how
much work a query may be is bounded. Tables are those that ``gpkg_contents`` names as features, in WGS 84 (srs 4326). Geometries are
GeoPackage blobs with ISO WKB; a third and fourth dimension are left out.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from parley.errors import BadInput
from parley.exchange.packs import MAX_FEATURES, MAX_POSITIONS

MAGIC = b"SQLite format 3\x00"
WGS84_SRS = 4326
STEPS, MOST_STEPS = 10_000, 20_000
"""SQLite's instructions between two looks, and how many looks a file may take."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]{0,62}", re.A)
_TYPES = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def read_geopackage(path: Path) -> dict[str, object]:
    """A FeatureCollection of all its feature tables; a column ``name`` and ``lang`` are kept as properties.

    Raises:
        BadInput: code ``gpkg.*``.
    """
    looks = 0

    def too_long() -> int:
        nonlocal looks
        looks += 1
        return int(looks > MOST_STEPS)

    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            file.execute("PRAGMA trusted_schema=OFF")
            file.execute("PRAGMA cell_size_check=ON")
            file.set_progress_handler(too_long, STEPS)
            if (found := file.execute("PRAGMA quick_check(1)").fetchone()) != ("ok",):
                raise BadInput(
                    "gpkg.file", f"is damaged: {str(found)[:80]}", field="file", rule="a GeoPackage, OGC 12-128"
                )
            return {"type": "FeatureCollection", "features": list(_features(file))}
    except (sqlite3.Error, UnicodeDecodeError, struct.error, RecursionError) as error:
        raise BadInput("gpkg.file", f"cannot be read: {error}", field="file", rule="a GeoPackage, OGC 12-128") from None


def _features(file: sqlite3.Connection) -> Iterator[dict[str, object]]:
    tables = file.execute(
        "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c JOIN gpkg_geometry_columns g "
        "ON g.table_name = c.table_name WHERE c.data_type = 'features' LIMIT 65"
    ).fetchall()
    count = 0
    for table, column, srs in tables[:64]:
        if not all(isinstance(one, str) and _NAME.fullmatch(one) for one in (table, column)):
            raise BadInput("gpkg.name", "names a table or column that is no plain name", field="gpkg_geometry_columns")
        if srs != WGS84_SRS:
            raise BadInput("gpkg.srs", f"{table} is in the reference system {srs}", field="srs_id", rule="WGS 84, 4326")
        if file.execute("SELECT type, sql FROM sqlite_schema WHERE name = ?", (table,)).fetchall() != _plain(
            file, table
        ):
            raise BadInput(
                "gpkg.table", f"{table} is no plain table", field="table", rule="no views, no virtual tables"
            )
        known = {row[1] for row in file.execute(f'PRAGMA table_info("{table}")')}
        extra = [name for name in ("name", "lang") if name in known]
        columns = ", ".join(f'"{name}"' for name in (column, *extra))
        for row in file.execute(f'SELECT {columns} FROM "{table}" LIMIT {MAX_FEATURES + 1}'):
            count += 1
            if count > MAX_FEATURES:
                raise BadInput("gpkg.size", "has too many features", field="features", rule=f"at most {MAX_FEATURES}")
            properties = {name: value for name, value in zip(extra, row[1:], strict=True) if isinstance(value, str)}
            yield {"type": "Feature", "geometry": _geometry(row[0]), "properties": properties}


def _plain(file: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Its row in the schema, if it is a table that is not virtual and computes nothing."""
    rows = file.execute("SELECT type, sql FROM sqlite_schema WHERE name = ? AND type = 'table'", (table,)).fetchall()
    return [
        (kind, sql)
        for kind, sql in rows
        if re.match(r"\s*CREATE\s+TABLE\b", str(sql), re.I) and "GENERATED" not in sql.upper()
    ]


def _geometry(blob: object) -> dict[str, object] | None:
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise BadInput("gpkg.geometry", "has a geometry that is no GeoPackage blob", field="geometry")
    flags = blob[3]
    envelope = _ENVELOPES.get((flags >> 1) & 7)
    if envelope is None or flags & 0x20:
        raise BadInput("gpkg.geometry", "has a geometry of an extension", field="geometry", rule="standard geometries")
    if flags & 0x10:
        return None
    geometry, _ = _wkb(blob, 8 + envelope, 0)
    return geometry


def _wkb(blob: bytes, at: int, depth: int) -> tuple[dict[str, object], int]:
    order = "<" if blob[at : at + 1] == b"\x01" else ">"
    (code,) = struct.unpack_from(f"{order}I", blob, at + 1)
    kind, dimensions = _TYPES.get(code % 1000), 2 + (0, 1, 1, 2)[code // 1000] if code < 4000 else 0
    if kind is None or not dimensions or depth > 1:
        raise BadInput(
            "gpkg.geometry", f"has a geometry of type {code}", field="geometry", rule="points, lines, polygons"
        )
    at += 5
    if kind == "Point":
        point, at = _points(blob, at, order, dimensions, 1)
        return {"type": kind, "coordinates": point[0]}, at
    count, at = _count(blob, at, order)
    parts: list[object] = []
    if kind == "LineString":
        parts, at = _points(blob, at, order, dimensions, count)
    elif kind == "Polygon":
        for _ in range(count):
            length, at = _count(blob, at, order)
            ring, at = _points(blob, at, order, dimensions, length)
            parts.append(ring)
    else:
        for _ in range(count):
            inner, at = _wkb(blob, at, depth + 1)
            if f"Multi{inner['type']}" != kind:
                raise BadInput("gpkg.geometry", "has a collection of mixed parts", field="geometry")
            parts.append(inner["coordinates"])
    return {"type": kind, "coordinates": parts}, at


def _count(blob: bytes, at: int, order: str) -> tuple[int, int]:
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    if count > MAX_POSITIONS:
        raise BadInput("gpkg.size", "has too many positions", field="geometry", rule=f"at most {MAX_POSITIONS}")
    return count, at + 4


def _points(blob: bytes, at: int, order: str, dimensions: int, count: int) -> tuple[list[object], int]:
    size = 8 * dimensions
    if at + count * size > len(blob):
        raise BadInput("gpkg.geometry", "has a geometry that is cut short", field="geometry")
    made: list[object] = []
    for number in range(count):
        made.append(list(struct.unpack_from(f"{order}2d", blob, at + number * size)))
    return made, at + count * size
