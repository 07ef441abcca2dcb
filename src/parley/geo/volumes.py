"""4D volumes: an area on the ground, a band of heights, a window of time. Names after ASTM F3548's Volume4D.

Times are Unix ms, UTC. Windows and bands hold their beginning and not their end: an activity that ends at 12:00 and one that
begins at 12:00 do not overlap; they are near, 0 minutes apart, and never clear.

Three forms:

* in the program, `Volume4D`: checked when it is made by `check_volume` and its friends;
* in the record, integers only: ``{"area": {"circle": [lat, lon, radius_m]} | {"polygon": [[lat, lon], …]} |
  {"corridor": [[[lat, lon], …], width_m]}, "floor"?: [cm, datum], "ceiling"?: [cm, datum], "start": ms, "end": ms}``,
  places in 1e-7 degree, as the fields of a content hold them (`of_record`, `to_record`);
* between programs, F3548's JSON (`parley.exchange.f3548`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parley.errors import BadInput
from parley.geo import heights, shapes
from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height
from parley.geo.shapes import Circle, Corridor, Outline, Polygon, Shape

MAX_MS = 1 << 53
MAX_WINDOW_MS = 366 * 86_400_000
MAX_VOLUMES = 16


@dataclass(frozen=True, slots=True)
class Volume4D:
    """Where, how high, and when.

    Attributes:
        altitude_lower, altitude_upper: None: from the ground (or the sea bed) up; without limit above.
        time_start_ms, time_end_ms: Unix ms; the end is not of it.
        shape: the outline as it is measured.
    """

    outline: Outline
    altitude_lower: Height | None
    altitude_upper: Height | None
    time_start_ms: int
    time_end_ms: int
    shape: Shape = field(compare=False, repr=False)

    @classmethod
    def checked(
        cls, outline: Outline, lower: Height | None, upper: Height | None, start_ms: int, end_ms: int
    ) -> Volume4D:
        """A volume, if it can be one.

        Raises:
            BadInput: naming the field, the reason and the rule.
        """
        check_window(start_ms, end_ms)
        heights.check_band(lower, upper)
        return cls(outline, lower, upper, start_ms, end_ms, shapes.check_outline(outline))

    @classmethod
    def trusted(
        cls, outline: Outline, lower: Height | None, upper: Height | None, start_ms: int, end_ms: int
    ) -> Volume4D:
        """A volume that was checked before: when an index is built anew from the record."""
        return cls(outline, lower, upper, start_ms, end_ms, shapes.prepare(outline))


def check_window(start_ms: int, end_ms: int) -> None:
    """Refuse a window that is none.

    Raises:
        BadInput: code ``geo.window``.
    """
    for name, value in (("time_start", start_ms), ("time_end", end_ms)):
        if type(value) is not int or not 0 <= value <= MAX_MS:
            raise BadInput("geo.window", "the time is out of range", field=name, rule="Unix ms, UTC")
    if end_ms == start_ms:
        raise BadInput(
            "geo.window", "it begins and ends at the same time", field="time_end", rule="the end is after the start"
        )
    if end_ms < start_ms:
        raise BadInput("geo.window", "it ends before it begins", field="time_end", rule="the end is after the start")
    if end_ms - start_ms > MAX_WINDOW_MS:
        raise BadInput(
            "geo.window",
            "it lasts too long",
            field="time_end",
            rule=f"at most {MAX_WINDOW_MS // 86_400_000} days; file it anew",
        )


def check_not_past(volume: Volume4D, now_ms: int) -> None:
    """Refuse what is to be filed and is over already.

    Raises:
        BadInput: code ``geo.past``.
    """
    if volume.time_end_ms <= now_ms:
        raise BadInput("geo.past", "it is over already", field="time_end", rule="the end lies in the future")


def check_count(volumes: Sequence[Volume4D]) -> None:
    """Refuse a notice of no volume, or of too many.

    Raises:
        BadInput: code ``geo.volumes``.
    """
    if not 1 <= len(volumes) <= MAX_VOLUMES:
        raise BadInput("geo.volumes", f"it has {len(volumes)} volumes", field="volumes", rule=f"1 to {MAX_VOLUMES}")


def of_record(value: object, *, trusted: bool = False) -> Volume4D:
    """A volume from its form in the record.

    Args:
        trusted: it was checked before, when it was filed.

    Raises:
        BadInput: naming the field, the reason and the rule.
    """
    if not isinstance(value, Mapping) or not {"area", "start", "end"} <= value.keys() <= _FIELDS:
        raise BadInput("geo.volume", "is not a volume", field="volume", rule="area, start, end; perhaps floor, ceiling")
    make = Volume4D.trusted if trusted else Volume4D.checked
    return make(
        outline_of_record(value["area"]), _height(value.get("floor"), "altitude_lower"),
        _height(value.get("ceiling"), "altitude_upper"), value["start"], value["end"],
    )  # fmt: skip


def to_record(volume: Volume4D) -> dict[str, object]:
    """The form in the record."""
    value: dict[str, object] = {"area": outline_to_record(volume.outline)}
    if volume.altitude_lower is not None:
        value["floor"] = [volume.altitude_lower.centimetres, volume.altitude_lower.datum.value]
    if volume.altitude_upper is not None:
        value["ceiling"] = [volume.altitude_upper.centimetres, volume.altitude_upper.datum.value]
    return value | {"start": volume.time_start_ms, "end": volume.time_end_ms}


def outline_of_record(value: object) -> Outline:
    """An area from its form in the record; not checked further than that it has this form.

    Raises:
        BadInput: code ``geo.outline``.
    """
    match value:
        case {"circle": [latitude, longitude, radius_m], **others} if not others:
            return Circle(Position(latitude, longitude), radius_m)
        case {"polygon": [*corners], **others} if not others:
            return Polygon(_positions(corners))
        case {"corridor": [[*points], width_m], **others} if not others:
            return Corridor(_positions(points), width_m)
    raise BadInput("geo.outline", "must be a circle, a polygon or a corridor", field="area")


def outline_to_record(outline: Outline) -> dict[str, object]:
    """An area's form in the record."""
    match outline:
        case Circle(centre, radius_m):
            return {"circle": [*centre, radius_m]}
        case Polygon(corners):
            return {"polygon": [list(corner) for corner in corners]}
        case Corridor(points, width_m):
            return {"corridor": [[list(point) for point in points], width_m]}


_FIELDS = {"area", "floor", "ceiling", "start", "end"}


def _positions(values: Sequence[object]) -> tuple[Position, ...]:
    if not all(isinstance(value, list | tuple) and len(value) == 2 for value in values):
        raise BadInput("geo.outline", "a corner must be a latitude and a longitude", field="area")
    return tuple(Position(*value) for value in values)  # type: ignore[misc]


def _height(value: object, field: str) -> Height | None:
    match value:
        case None:
            return None
        case [int() as centimetres, str() as datum] if type(centimetres) is int and datum in heights.DATUM_NUMBER:
            return Height(centimetres, Datum(datum))
    raise BadInput("geo.height", "must be a height and its datum", field=field, rule=f"[cm, one of {', '.join(Datum)}]")
