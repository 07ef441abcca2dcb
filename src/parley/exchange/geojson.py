"""Notices as GeoJSON (RFC 7946) and areas from it.

Out: a FeatureCollection, one Feature for each volume, areas cut at the 180th meridian, outer rings counter-clockwise, WGS 84 and nothing
else. A circle is drawn by a polygon that goes round it, a corridor by its middle line; `properties.volume4d` holds the
volume itself as F3548 writes it, which is what is read back. In: such a volume; or a Polygon without holes, a LineString with `width_m`,
a Point with `radius_m`, as map programs export them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parley.errors import BadInput
from parley.exchange import f3548
from parley.exchange.cutting import Coordinate, cut_line, cut_ring
from parley.exchange.f3548 import Json
from parley.geo import drawing
from parley.geo.ellipsoid import Position
from parley.geo.notice import Notice
from parley.geo.shapes import MAX_CORNERS, Circle, Corridor, Outline, Polygon
from parley.geo.volumes import Volume4D

MEDIA_TYPE = "application/geo+json"
MAX_FEATURES = 10_000


def write(notices: Iterable[Notice]) -> dict[str, object]:
    """A FeatureCollection."""
    features = [_feature(notice, number, volume) for notice in notices for number, volume in enumerate(notice.volumes)]
    return {"type": "FeatureCollection", "features": features}


def geometry(outline: Outline) -> dict[str, object]:
    """An area as a geometry: a Polygon, a LineString, or several of them where it was cut."""
    if isinstance(outline, Corridor):
        lines = cut_line(drawing.line(outline.points))
        if len(lines) == 1:
            return {"type": "LineString", "coordinates": _listed(lines[0])}
        return {"type": "MultiLineString", "coordinates": [_listed(line) for line in lines]}
    rings = cut_ring(drawing.ring(outline))
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": [_listed(rings[0])]}
    return {"type": "MultiPolygon", "coordinates": [[_listed(ring)] for ring in rings]}


def read_volumes(value: object) -> list[Volume4D]:
    """The volumes of a FeatureCollection that `write` made.

    Raises:
        BadInput: naming the field, the reason and the rule; code ``geojson.volume`` where a feature has none.
    """
    found = []
    for number, feature in enumerate(_features(value)):
        properties = feature.get("properties")
        if not isinstance(properties, Mapping) or "volume4d" not in properties:
            raise BadInput("geojson.volume", "has no volume", field=f"features[{number}]", rule="properties.volume4d")
        found.append(f3548.read_volume(properties["volume4d"]))
    return found


def read_outlines(value: object) -> list[Outline]:
    """The areas of a FeatureCollection, a Feature or a geometry; checked for their form, not yet as areas.

    Raises:
        BadInput: naming the field, the reason and the rule.
    """
    return [_outline(feature, f"features[{number}]") for number, feature in enumerate(_features(value))]


def _feature(notice: Notice, number: int, volume: Volume4D) -> dict[str, object]:
    properties: dict[str, object] = {
        "reference": notice.reference, "version": notice.version, "member": notice.member,
        "activity": notice.activity.value, "phase": notice.phase.value, "title": notice.title, "text": notice.text,
        "language": notice.language, "simulation": notice.simulation, "filed": f3548.rfc3339(notice.filed_ms),
        "volume4d": f3548.write_volume(volume),
    }  # fmt: skip
    if isinstance(volume.outline, Corridor):
        properties["width_m"] = volume.outline.width_m
    return {
        "type": "Feature", "id": f"{notice.reference}/{number}", "geometry": geometry(volume.outline), "properties": properties,
    }  # fmt: skip


def _listed(points: Sequence[Coordinate]) -> list[list[float]]:
    return [list(point) for point in points]


def _features(value: object) -> list[Json]:
    if isinstance(value, Mapping) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        if (
            isinstance(features, list)
            and len(features) <= MAX_FEATURES
            and all(isinstance(f, Mapping) for f in features)
        ):
            return features
        raise BadInput("geojson.form", "has no features, or too many", field="features", rule=f"at most {MAX_FEATURES}")
    if isinstance(value, Mapping) and value.get("type") == "Feature":
        return [value]
    if isinstance(value, Mapping) and "coordinates" in value:
        return [{"type": "Feature", "geometry": value, "properties": {}}]
    raise BadInput("geojson.form", "is no GeoJSON that holds areas", field="type", rule="RFC 7946")


def _outline(feature: Json, field: str) -> Outline:
    inside, properties = feature.get("geometry"), feature.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    if isinstance(inside, Mapping):
        match inside.get("type"), inside.get("coordinates"):
            case "Polygon", [[*ring]]:
                return Polygon(_ring(ring, field))
            case "Polygon", [_, *_]:
                raise BadInput("geojson.holes", "the polygon has holes", field=field, rule="an area has none")
            case "LineString", [*line] if line:
                width = f3548.finite(properties.get("width_m"), field=f"{field}.width_m")
                return Corridor(_line(line, field), width)
            case "Point", coordinate if "radius_m" in properties:
                radius = f3548.finite(properties["radius_m"], field=f"{field}.radius_m")
                return Circle(_position(coordinate, field), radius)
    raise BadInput(
        "geojson.geometry", "is no area", field=field,
        rule="a Polygon, a LineString with width_m, or a Point with radius_m; cut areas are read by their volume4d",
    )  # fmt: skip


def _ring(coordinates: Sequence[object], field: str) -> tuple[Position, ...]:
    places = _line(coordinates, field)
    if len(places) < 4 or places[0] != places[-1]:
        raise BadInput("geojson.ring", "the ring is not closed", field=field, rule="RFC 7946, 3.1.6")
    return places[:-1]


def _line(coordinates: Sequence[object], field: str) -> tuple[Position, ...]:
    if len(coordinates) > MAX_CORNERS + 1:
        raise BadInput(
            "geo.corners", f"it has {len(coordinates)} corners", field=field, rule=f"at most {MAX_CORNERS} corners"
        )
    return tuple(_position(coordinate, field) for coordinate in coordinates)


def _position(coordinate: object, field: str) -> Position:
    match coordinate:
        case [longitude, latitude, *rest] if len(rest) <= 1:
            return f3548.position_of(latitude, longitude, field=field)
    raise BadInput("geojson.position", "must be a longitude and a latitude", field=field, rule="RFC 7946, 3.1.1")
