"""Volume4D as ASTM F3548-21 writes it in JSON: what UAS traffic management systems exchange.

``{"volume": {"outline_circle": {"center": {"lat", "lng"}, "radius": {"value", "units": "M"}} | "outline_polygon": {"vertices": [{"lat",
"lng"}, …]}, "altitude_lower"?, "altitude_upper"?: {"value", "reference", "units"}}, "time_start"?, "time_end"?: {"value":
RFC 3339, "format": "RFC3339"}}``. F3548 has metres above the WGS 84 ellipsoid only (``W84``); the other datums and the corridor
(``outline_corridor``: its ``vertices`` and ``width``) are written in the same manner and refused by strict readers, which is better
than a height taken for another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from parley.errors import BadInput
from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height, read_height
from parley.geo.shapes import MAX_CORNERS, Circle, Corridor, Outline, Polygon
from parley.geo.volumes import Volume4D

Json = Mapping[str, object]

_WGS84 = "W84"
_MOST = 10 * MAX_CORNERS


def write_volume(volume: Volume4D) -> dict[str, object]:
    """A volume as JSON."""
    inside: dict[str, object] = _write_outline(volume.outline)
    for name, limit in (("altitude_lower", volume.altitude_lower), ("altitude_upper", volume.altitude_upper)):
        if limit is not None:
            inside[name] = _write_height(limit)
    return {
        "volume": inside,
        "time_start": {"value": rfc3339(volume.time_start_ms), "format": "RFC3339"},
        "time_end": {"value": rfc3339(volume.time_end_ms), "format": "RFC3339"},
    }


def read_volume(value: object) -> Volume4D:
    """A volume from JSON.

    Raises:
        BadInput: naming the field, the reason and the rule.
    """
    outer = _map(value, "volume4d")
    inside = _map(outer.get("volume"), "volume")
    return Volume4D.checked(
        _read_outline(inside), _read_height(inside, "altitude_lower"), _read_height(inside, "altitude_upper"),
        _read_time(outer, "time_start"), _read_time(outer, "time_end"),
    )  # fmt: skip


def rfc3339(unix_ms: int) -> str:
    """``2026-11-26T06:08:10.000Z``."""
    whole, thousandths = divmod(unix_ms, 1000)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{thousandths:03}Z"


def read_rfc3339(text: object, *, field: str) -> int:
    """Unix ms of a time with its offset.

    Raises:
        BadInput: code ``exchange.time``: no time, or one without an offset.
    """
    try:
        when = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise BadInput("exchange.time", "is not a time with its offset", field=field, rule="RFC 3339")
    return round(when.timestamp() * 1000)


def finite(value: object, *, field: str) -> float:
    """A number that is one.

    Raises:
        BadInput: code ``exchange.number``: NaN, infinity, text, true.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput("exchange.number", "must be a finite number", field=field)
    return float(value)


def position_of(latitude: object, longitude: object, *, field: str) -> Position:
    """A place from degrees.

    Raises:
        BadInput: codes ``exchange.number``, ``geo.position``.
    """
    lat, lon = finite(latitude, field=field), finite(longitude, field=field)
    if not -90 <= lat <= 90 or not -180 <= lon <= 180:
        raise BadInput(
            "geo.position", "is out of range", field=field, rule="latitude -90 to 90, longitude -180 to 180 degrees"
        )
    return Position(round(lat * 10_000_000), round(lon * 10_000_000))


def _write_outline(outline: Outline) -> dict[str, object]:
    match outline:
        case Circle(centre, radius_m):
            return {"outline_circle": {"center": _vertex(centre), "radius": {"value": radius_m, "units": "M"}}}
        case Polygon(corners):
            return {"outline_polygon": {"vertices": [_vertex(corner) for corner in corners]}}
        case Corridor(points, width_m):
            vertices = [_vertex(point) for point in points]
            return {"outline_corridor": {"vertices": vertices, "width": {"value": width_m, "units": "M"}}}


def _read_outline(inside: Json) -> Outline:
    match [name for name in inside if name.startswith("outline_")]:
        case ["outline_circle"]:
            circle = _map(inside["outline_circle"], "outline_circle")
            return Circle(_position(circle.get("center"), "center"), _metres(circle.get("radius"), "radius"))
        case ["outline_polygon"]:
            return Polygon(_positions(_map(inside["outline_polygon"], "outline_polygon")))
        case ["outline_corridor"]:
            corridor = _map(inside["outline_corridor"], "outline_corridor")
            return Corridor(_positions(corridor), _metres(corridor.get("width"), "width"))
    raise BadInput("geo.outline", "has no outline, or several", field="volume", rule="one of circle, polygon, corridor")


def _write_height(height: Height) -> dict[str, object]:
    if height.datum is Datum.FL:
        return {"value": round(height.centimetres / 3048), "reference": "FL", "units": "FL"}
    reference = _WGS84 if height.datum is Datum.WGS84 else height.datum.value
    return {"value": height.metres, "reference": reference, "units": "M"}


def _read_height(inside: Json, field: str) -> Height | None:
    if inside.get(field) is None:
        return None
    value = _map(inside[field], field)
    number = finite(value.get("value"), field=field)
    reference = str(value.get("reference"))
    return read_height(number, str(value.get("units")), "WGS84" if reference == _WGS84 else reference, field=field)


def _read_time(outer: Json, field: str) -> int:
    value = _map(outer.get(field), field)
    if value.get("format") != "RFC3339":
        raise BadInput("exchange.time", "has no format that is known", field=field, rule="RFC3339")
    return read_rfc3339(value.get("value"), field=field)


def _metres(value: object, field: str) -> float:
    found = _map(value, field)
    number = finite(found.get("value"), field=field)
    match found.get("units"):
        case "M":
            return number
        case "FT":
            return number * 0.3048
    raise BadInput("geo.length", "has no unit that is known", field=field, rule="M or FT")


def _vertex(position: Position) -> dict[str, float]:
    latitude, longitude = position.degrees
    return {"lat": latitude, "lng": longitude}


def _positions(value: Json) -> tuple[Position, ...]:
    vertices = value.get("vertices")
    if not isinstance(vertices, Sequence) or isinstance(vertices, str) or len(vertices) > _MOST:
        raise BadInput(
            "geo.corners", "has no corners, or too many", field="vertices", rule=f"3 to {MAX_CORNERS} corners"
        )
    return tuple(_position(vertex, f"vertices[{number}]") for number, vertex in enumerate(vertices))


def _position(value: object, field: str) -> Position:
    found = _map(value, field)
    return position_of(found.get("lat"), found.get("lng"), field=field)


def _map(value: object, field: str) -> Json:
    if not isinstance(value, Mapping):
        raise BadInput("exchange.shape", "is missing, or no object", field=field)
    return value
