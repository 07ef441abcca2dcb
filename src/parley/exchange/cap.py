"""A notice as an alert of the Common Alerting Protocol (OASIS CAP 1.2).

* Times have an offset and never ``Z``; UTC is written ``-00:00`` (CAP 3.3.2).
* ``altitude`` and ``ceiling`` are feet above mean sea level (3.2.4). A height of another datum does not go there: `areaDesc` says it.
* An area is the union of its polygons and circles, so a corridor is a box for each stretch and a circle for each point.
* What supersedes an earlier version is an Update and names it, a withdrawal a Cancel; an exercise has the status Exercise.
* Scope is Restricted: this never goes to the public of itself.

Nothing here is graded: severity is *Unknown*. A notice says what is going to be done, not how bad it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from parley.errors import BadInput
from parley.exchange import xml
from parley.geo import coordinates, drawing
from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height
from parley.geo.notice import Activity, Notice, Phase
from parley.geo.shapes import Circle, Corridor, Polygon
from parley.geo.volumes import Volume4D

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
RESTRICTION = "For the members of the mechanism, and those they release it to."
_FORBIDDEN_IN_IDS = frozenset(" ,<&")
_CATEGORY = {Activity.AIR: "Transport", Activity.SEA: "Transport", Activity.HUMANITARIAN: "Rescue"}
_SOON_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Sent:
    """An alert that was sent: what the next version refers to."""

    sender: str
    identifier: str
    sent_ms: int


def identifier(notice: Notice) -> str:
    """``SYR-42.1``."""
    return f"{notice.reference.replace(' ', '-')}.{notice.version}"


def write(notice: Notice, sender: str, sent_ms: int, earlier: Sequence[Sent] = ()) -> bytes:
    """The alert.

    Args:
        sender: of this node, unique in the world, such as ``cell@member.example``.
        earlier: the versions that this one supersedes.

    Raises:
        BadInput: code ``cap.sender``; code ``cap.earlier`` where an Update or Cancel names nothing.
    """
    if not sender or _FORBIDDEN_IN_IDS & set(sender):
        raise BadInput(
            "cap.sender", "the sender has characters that CAP forbids", field="sender", rule="no blank , < &"
        )
    kind = "Cancel" if notice.phase is Phase.WITHDRAWN else "Update" if earlier else "Alert"
    if kind != "Alert" and not earlier:
        raise BadInput(
            "cap.earlier", "a Cancel names what it cancels", field="earlier", rule="CAP 1.2, 3.2.1 references"
        )
    root = ElementTree.Element("alert", {"xmlns": NAMESPACE})
    xml.add(root, "identifier", identifier(notice))
    xml.add(root, "sender", sender)
    xml.add(root, "sent", when(sent_ms))
    xml.add(root, "status", "Exercise" if notice.simulation else "Actual")
    xml.add(root, "msgType", kind)
    xml.add(root, "scope", "Restricted")
    xml.add(root, "restriction", RESTRICTION)
    if notice.simulation:
        xml.add(root, "note", "SIMULATION")
    if earlier:
        named = " ".join(f"{one.sender},{one.identifier},{when(one.sent_ms)}" for one in earlier)
        xml.add(root, "references", named)
    xml.add(root, "incidents", notice.reference.replace(" ", "-"))
    _info(root, notice, sent_ms)
    return xml.document(root)


def when(unix_ms: int) -> str:
    """``2026-11-26T06:08:10-00:00``."""
    return f"{datetime.fromtimestamp(unix_ms // 1000, UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def _info(root: xml.Element, notice: Notice, sent_ms: int) -> None:
    info = xml.add(root, "info")
    xml.add(info, "language", notice.language)
    xml.add(info, "category", _CATEGORY.get(notice.activity, "Safety"))
    xml.add(info, "event", notice.activity.value)
    xml.add(info, "responseType", "Avoid" if notice.activity in (Activity.AVOID, Activity.STOP) else "Monitor")
    past = notice.phase in (Phase.ENDED, Phase.WITHDRAWN)
    soon = notice.start_ms - sent_ms <= _SOON_MS
    xml.add(
        info,
        "urgency",
        "Past" if past else "Immediate" if notice.start_ms <= sent_ms else "Expected" if soon else "Future",
    )
    xml.add(info, "severity", "Unknown")
    xml.add(info, "certainty", "Observed" if notice.phase is Phase.ACTIVE else "Likely")
    xml.add(info, "effective", when(notice.filed_ms))
    xml.add(info, "onset", when(notice.start_ms))
    xml.add(info, "expires", when(notice.end_ms))
    xml.add(info, "senderName", notice.member)
    xml.add(info, "headline", notice.title)
    xml.add(info, "description", notice.text or notice.title)
    for volume in notice.volumes:
        _area(info, volume)


def _area(info: xml.Element, volume: Volume4D) -> None:
    area = xml.add(info, "area")
    xml.add(area, "areaDesc", _described(volume))
    pieces = drawing.cover(volume.outline)
    for piece in pieces:
        if isinstance(piece, Polygon):
            ring = drawing.ring(piece)
            xml.add(area, "polygon", " ".join(_pair(place) for place in (*ring, ring[0])))
    for piece in pieces:
        if isinstance(piece, Circle):
            xml.add(area, "circle", f"{_pair(piece.centre)} {piece.radius_m / 1000:.3f}")
    lower, upper = _feet(volume.altitude_lower), _feet(volume.altitude_upper)
    if lower is None and upper is not None and volume.altitude_lower is None:
        lower = "0"
    if lower is not None:  # a ceiling without an altitude is not allowed
        xml.add(area, "altitude", lower)
        if upper is not None:
            xml.add(area, "ceiling", upper)


def _described(volume: Volume4D) -> str:
    """In words, so that nothing is lost: where, how high, from when to when."""
    match volume.outline:
        case Circle(centre, radius_m):
            where = f"{radius_m / 1000:g} km around {_place(centre)}"
        case Polygon(corners):
            where = f"{len(corners)} corners from {_place(corners[0])}"
        case Corridor(points, width_m):
            where = f"{width_m / 1000:g} km wide from {_place(points[0])} to {_place(points[-1])}"
    low = "the ground" if volume.altitude_lower is None else said(volume.altitude_lower)
    high = "no limit" if volume.altitude_upper is None else said(volume.altitude_upper)
    return f"{where}; {low} to {high}; {when(volume.time_start_ms)} to {when(volume.time_end_ms)}"


def said(height: Height) -> str:
    """``FL 240``; ``914.4 m AMSL``."""
    if height.datum is Datum.FL:
        return f"FL {round(height.centimetres / 3048)}"
    return f"{height.metres:g} m {height.datum}"


def _feet(height: Height | None) -> str | None:
    return None if height is None or height.datum is not Datum.AMSL else f"{height.feet:.0f}"


def _place(position: Position) -> str:
    return coordinates.write_position(position, coordinates.Convention.DEGREES)


def _pair(position: Position) -> str:
    latitude, longitude = position.degrees
    return f"{latitude:.7f},{longitude:.7f}"
