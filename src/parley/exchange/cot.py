"""Own notices, STOPs and areas to avoid as Cursor on Target events (CoT 2.0), for a member's own TAK screens.

What goes out this way is one-sided on purpose. Of others' notices nothing goes out but what asks to stop or to keep out, and every event is
of neutral affiliation (``a-n-…``), whoever's it is: a map that draws a party as hostile, or another's plans as tracks, is not
made here. A notice over, withdrawn or past is sent stale, so that screens drop it.

Heights: CoT has metres above the WGS 84 ellipsoid only (``hae``). Another datum does not go there: `remarks` says it, and ``hae`` is
9999999.0, CoT's word for unknown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from parley.errors import Refused
from parley.exchange import xml
from parley.exchange.cap import said
from parley.geo import drawing
from parley.geo.ellipsoid import Position, to_position
from parley.geo.heights import Datum
from parley.geo.notice import Activity, Notice, Phase
from parley.geo.shapes import Circle, Corridor, Polygon
from parley.geo.volumes import Volume4D

UNKNOWN_M = "9999999.0"
_TYPE = {Activity.AIR: "a-n-A", Activity.SEA: "a-n-S"}
_ON_THE_GROUND = "a-n-G"
_HOW = "h-g-i-g-o"
_FOR_ALL = frozenset({Activity.STOP, Activity.AVOID})


def may_go_out(notice: Notice, own: str) -> bool:
    """Whether a notice is this member's own, a STOP, or an area to avoid."""
    return notice.member == own or notice.activity in _FOR_ALL


def write(notice: Notice, own: str, now_ms: int) -> list[bytes]:
    """One event for each volume.

    Args:
        own: code of the member whose screens they go to.

    Raises:
        Refused: code ``cot.not-own``: another's notice that asks neither to stop nor to keep out.
    """
    if not may_go_out(notice, own):
        raise Refused(
            "cot.not-own", f"{notice.reference} is another member's", field="notice",
            rule="own notices, STOPs and areas to avoid only",
        )  # fmt: skip
    return [_event(notice, number, volume, now_ms) for number, volume in enumerate(notice.volumes)]


def _event(notice: Notice, number: int, volume: Volume4D, now_ms: int) -> bytes:
    over = notice.phase in (Phase.ENDED, Phase.WITHDRAWN)
    stale_ms = now_ms if over else volume.time_end_ms
    root = ElementTree.Element("event", {
        "version": "2.0", "uid": f"parley.{notice.reference.replace(' ', '-')}.{number}",
        "type": _TYPE.get(notice.activity, _ON_THE_GROUND), "how": _HOW,
        "time": _when(now_ms), "start": _when(min(volume.time_start_ms, stale_ms)), "stale": _when(stale_ms),
    })  # fmt: skip
    middle = volume.outline.centre if isinstance(volume.outline, Circle) else to_position(volume.shape.centre)
    lower = volume.altitude_lower
    hae = f"{lower.metres:.1f}" if lower is not None and lower.datum is Datum.WGS84 else UNKNOWN_M
    xml.add(
        root,
        "point",
        lat=_degrees(middle)[0],
        lon=_degrees(middle)[1],
        hae=hae,
        ce=f"{volume.shape.reach_m:.1f}",
        le=UNKNOWN_M,
    )
    detail = xml.add(root, "detail")
    xml.add(detail, "contact", callsign=notice.reference)
    xml.add(detail, "remarks", _remarks(notice, volume))
    _shape(detail, volume)
    return xml.document(root)


def _shape(detail: xml.Element, volume: Volume4D) -> None:
    shape = xml.add(detail, "shape")
    match volume.outline:
        case Circle(_, radius_m):
            xml.add(shape, "ellipse", major=f"{radius_m:.1f}", minor=f"{radius_m:.1f}", angle="360")
            return
        case Polygon():
            places, closed = drawing.ring(volume.outline), "true"
        case Corridor(points, _):
            places, closed = drawing.line(points), "false"
    polyline = xml.add(shape, "polyline", closed=closed)
    for place in places:
        latitude, longitude = _degrees(place)
        xml.add(polyline, "vertex", lat=latitude, lon=longitude, hae=UNKNOWN_M)


def _remarks(notice: Notice, volume: Volume4D) -> str:
    low = "ground" if volume.altitude_lower is None else said(volume.altitude_lower)
    high = "no limit" if volume.altitude_upper is None else said(volume.altitude_upper)
    width = f"{volume.outline.width_m:g} m wide" if isinstance(volume.outline, Corridor) else ""
    mark = "SIMULATION" if notice.simulation else ""
    parts = (mark, notice.activity.value.upper(), notice.title, width, f"{low} to {high}", notice.text)
    return ". ".join(part for part in parts if part)


def _when(unix_ms: int) -> str:
    whole, thousandths = divmod(unix_ms, 1000)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{thousandths:03}Z"


def _degrees(position: Position) -> tuple[str, str]:
    latitude, longitude = position.degrees
    return f"{latitude:.7f}", f"{longitude:.7f}"
