"""A map pack that a member hands in: GeoJSON (RFC 7946) of boundaries, a gazetteer or other lines, brought down to what a map draws.

What is kept of a feature is its geometry, in two dimensions, and of a place of a gazetteer its name and that name's language: nothing
else of a stranger's file gets any further. Whatever is too large, of another reference system, out of range, or not closed is
refused by its place in the file, and nothing of the file is kept.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from parley.errors import BadInput

MAX_BYTES = 16 * 1024 * 1024
MAX_FEATURES = 20_000
MAX_POSITIONS = 400_000
MAX_NAME_CHARS = 120
MAX_TAG_CHARS = 35
_WGS84 = frozenset({
    "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326",
})  # fmt: skip
"""Names of WGS 84 that files of before RFC 7946 bear; longitude comes first in all of them."""
_DEPTHS = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
"""By type: how deep its positions lie."""

Json = Mapping[str, object]


class PackKind(StrEnum):
    """What a pack holds. A ground is of tiles, cut and rounded: it orients, and bounds and names nothing that counts."""

    BOUNDARIES = "boundaries"
    GAZETTEER = "gazetteer"
    OTHER = "other"
    GROUND = "ground"


class _Count:
    def __init__(self) -> None:
        self.positions = 0

    def one(self, field: str) -> None:
        self.positions += 1
        if self.positions > MAX_POSITIONS:
            raise _bad("pack.size", "has too many positions", field, f"at most {MAX_POSITIONS} in a pack")


def read_pack(value: object, kind: PackKind) -> dict[str, object]:
    """A FeatureCollection with nothing but what is drawn of it. A feature without a geometry is left out.

    Raises:
        BadInput: code ``pack.*``, naming the feature, the reason and the rule.
    """
    features = (
        value.get("features") if isinstance(value, Mapping) and value.get("type") == "FeatureCollection" else None
    )
    if not isinstance(value, Mapping) or not isinstance(features, list):
        raise _bad("pack.form", "is no FeatureCollection", "type", "GeoJSON, RFC 7946")
    _check_reference_system(value)
    if len(features) > MAX_FEATURES:
        raise _bad("pack.size", f"has {len(features)} features", "features", f"at most {MAX_FEATURES}")
    count, kept = _Count(), []
    for number, feature in enumerate(features):
        field = f"features[{number}]"
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            raise _bad("pack.form", "is no Feature", field, "GeoJSON, RFC 7946")
        if feature.get("geometry") is None:
            continue
        geometry = _geometry(feature["geometry"], f"{field}.geometry", count)
        properties = _place(feature, geometry, field) if kind is PackKind.GAZETTEER else {}
        kept.append({"type": "Feature", "geometry": geometry, "properties": properties})
    if not kept:
        raise _bad("pack.empty", "has nothing to draw", "features", "at least one feature with a geometry")
    return {"type": "FeatureCollection", "features": kept}


def _check_reference_system(value: Json) -> None:
    crs = value.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if name not in _WGS84:
        raise _bad("pack.crs", f"is in the reference system {str(name)[:60]}", "crs", "WGS 84, longitude first")


def _geometry(value: object, field: str, count: _Count) -> dict[str, object]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(kind, str) or kind not in _DEPTHS:
        raise _bad("pack.geometry", "is no geometry that a pack may have", field, ", ".join(_DEPTHS))
    coordinates = _coordinates(value.get("coordinates"), _DEPTHS[kind], f"{field}.coordinates", count)
    if kind in ("Polygon", "MultiPolygon"):
        for polygon in [coordinates] if kind == "Polygon" else coordinates:
            for ring in polygon:  # type: ignore[attr-defined]
                if len(ring) < 4 or ring[0] != ring[-1]:
                    raise _bad("pack.ring", "has a ring that is not closed", field, "RFC 7946, 3.1.6")
    if kind in ("LineString", "MultiLineString"):
        for line in [coordinates] if kind == "LineString" else coordinates:
            if len(line) < 2:  # type: ignore[arg-type]
                raise _bad("pack.line", "has a line of one point", field, "RFC 7946, 3.1.4")
    return {"type": kind, "coordinates": coordinates}


def _coordinates(value: object, depth: int, field: str, count: _Count) -> list[object]:
    if not isinstance(value, list):
        raise _bad("pack.coordinates", "is no array", field, "RFC 7946, 3.1")
    if depth:
        if not value:
            raise _bad("pack.coordinates", "is empty", field, "at least one position")
        return [_coordinates(one, depth - 1, f"{field}[{number}]", count) for number, one in enumerate(value)]
    count.one(field)
    longitude, latitude = _degrees(value, field)
    return [longitude, latitude]


def _degrees(value: list[object], field: str) -> tuple[float, float]:
    if not 2 <= len(value) <= 4:
        raise _bad("pack.coordinates", "is no position", field, "longitude, latitude, perhaps a height")
    longitude, latitude = value[0], value[1]
    for name, one, most in (("longitude", longitude, 180), ("latitude", latitude, 90)):
        if isinstance(one, bool) or not isinstance(one, int | float) or not math.isfinite(one) or abs(one) > most:
            raise _bad("pack.coordinates", f"the {name} is no number in range", field, f"-{most} to {most} degrees")
    assert isinstance(longitude, int | float), "it was checked"
    assert isinstance(latitude, int | float), "it was checked"
    return round(float(longitude), 7), round(float(latitude), 7)


def _place(feature: Json, geometry: Mapping[str, object], field: str) -> dict[str, object]:
    properties = feature.get("properties")
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if geometry["type"] != "Point" or not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME_CHARS:
        raise _bad(
            "pack.place", "is no place with a name", field, f"a Point with a name of 1 to {MAX_NAME_CHARS} characters"
        )
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for character in name):
        raise _bad("pack.place", "has control characters in its name", f"{field}.properties.name", "text alone")
    language = properties.get("lang") if isinstance(properties, Mapping) else None
    kept: dict[str, object] = {"name": name.strip()}
    if isinstance(language, str) and 0 < len(language) <= MAX_TAG_CHARS and language.replace("-", "").isascii():
        kept["lang"] = language
    return kept


def _bad(code: str, reason: str, field: str, rule: str) -> BadInput:
    return BadInput(code, reason, field=field, rule=rule)
