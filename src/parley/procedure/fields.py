"""Typed content fields: what a kind's content may hold, how each value is written, checked, and read back.

Values are deterministic CBOR: text · a time is an integer, Unix ms UTC · a span of time an integer, ms · a coordinate an
integer of 1e-7 degree · a height ``[cm, datum]`` · a place ``[lat, lon]`` · an area ``{"circle": [lat, lon, radius_m]}``
or ``{"polygon": [[lat, lon], …]}`` · volumes a list of ``{"area", "start", "end", "floor"?, "ceiling"?}``, whose area may
also be ``{"corridor": [[[lat, lon], …], width_m]}`` · a choice its value · members a list of codes · a phrase ``{"id": …, "slots": …}``.

*Critical* fields are read back: the receiver enters them again, in the receiver's own convention, and the two are
compared by machine, with the tolerance that a convention's own rounding makes (`TOLERANCES`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.procedure import phrasebook
from parley.procedure.roster import parse_roster
from parley.procedure.words import Words

MAX_TEXT_CHARS = 20_000
MAX_LABEL_CHARS = 120
MAX_POLYGON = 64
MAX_VOLUMES = 16
MAX_WINDOW_MS = 366 * 86_400_000
MAX_MS = 1 << 53
DATUMS = ("AMSL", "AGL", "WGS84")
REFERENCE = re.compile(r"[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})", re.A)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?", re.A)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}", re.A)
_LATITUDE_E7, _LONGITUDE_E7 = 900_000_000, 1_800_000_000
_HIGHEST_CM = 10_000_000
_WIDEST_M = 2_000_000


class FieldKind(StrEnum):
    """What a field holds; screens draw one input for each."""

    TEXT = "text"
    LABEL = "label"
    LANGUAGE = "language"
    INSTANT = "instant"
    SPAN = "span"
    PLACE = "place"
    AREA = "area"
    VOLUMES = "volumes"
    HEIGHT = "height"
    CHOICE = "choice"
    MEMBER = "member"
    MEMBERS = "members"
    REFERENCE = "reference"
    REFERENCES = "references"
    COUNT = "count"
    FLAG = "flag"
    PHRASE = "phrase"
    NAMES = "names"
    READ_BACK = "read-back"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a choice may have; `wants`: a field that must be there beside it."""

    value: str
    title: Words
    wants: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind's content.

    Attributes:
        critical: must be read back.
        choices: of a CHOICE.
        free: a text that people write, for the text guard to look at.
        concerned: members named here are those whom the case concerns (`declare.Who.CONCERNED`).
    """

    name: str
    kind: FieldKind
    title: Words
    required: bool = True
    critical: bool = False
    choices: tuple[Choice, ...] = ()
    free: bool = False
    concerned: bool = False


Content = Mapping[str, CborValue]
Check = Callable[[Field, CborValue], CborValue]


def check_value(field: Field, value: CborValue) -> CborValue:
    """`value`, if it is one of this field.

    Raises:
        BadInput: code ``content.field``, naming the field and its rule.
    """
    return _CHECKS[field.kind](field, value)


def agree(field: Field, said: CborValue, read_back: CborValue) -> bool:
    """Whether a value read back is the one that was said, within the tolerance of its kind. Both were checked."""
    tolerance = TOLERANCES.get(field.kind, 0)
    if field.kind in _NUMBERS:
        return _numbers_agree(said, read_back, tolerance)
    return said == read_back


def _text(field: Field, value: CborValue) -> CborValue:
    most = MAX_TEXT_CHARS if field.kind is FieldKind.TEXT else MAX_LABEL_CHARS
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise _bad(field, "must be a text", f"1 to {most} characters, not blank")
    return value


def _pattern(pattern: re.Pattern[str], what: str) -> Check:
    def check(field: Field, value: CborValue) -> CborValue:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _bad(field, f"must be {what}")
        return value

    return check


def _whole(least: int, most: int, what: str) -> Check:
    def check(field: Field, value: CborValue) -> CborValue:
        if type(value) is not int or not least <= value <= most:
            raise _bad(field, f"must be {what}", f"{least} to {most}")
        return value

    return check


def _place(field: Field, value: CborValue) -> CborValue:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise _bad(field, "must be a latitude and a longitude", "[latitude, longitude] in 1e-7 degree")
    latitude, longitude = value
    if type(latitude) is not int or not -_LATITUDE_E7 <= latitude <= _LATITUDE_E7:
        raise _bad(field, "the latitude is out of range", "-90 to 90 degrees, as an integer of 1e-7 degree")
    if type(longitude) is not int or not -_LONGITUDE_E7 <= longitude <= _LONGITUDE_E7:
        raise _bad(field, "the longitude is out of range", "-180 to 180 degrees, as an integer of 1e-7 degree")
    return [latitude, longitude]


def _area(field: Field, value: CborValue) -> CborValue:
    match value:
        case {"circle": [latitude, longitude, radius_m], **others} if not others:
            _place(field, [latitude, longitude])
            if type(radius_m) is not int or not 0 < radius_m <= _WIDEST_M:
                raise _bad(field, "the radius is out of range", f"1 to {_WIDEST_M} m")
            return value
        case {"polygon": [*corners], **others} if not others and 3 <= len(corners) <= MAX_POLYGON:
            for corner in corners:
                _place(field, corner)
            return value
    raise _bad(field, "must be a circle or a polygon", f"a polygon has 3 to {MAX_POLYGON} corners")


def _volumes(field: Field, value: CborValue) -> CborValue:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MAX_VOLUMES:
        raise _bad(field, "must be a list of volumes", f"1 to {MAX_VOLUMES}")
    for number, one in enumerate(value):
        _volume(replace(field, name=f"{field.name}[{number}]"), one)
    return value


def _volume(field: Field, value: CborValue) -> None:
    """What is looked at is whole numbers alone, so that every node says the same of it. Whether an outline crosses itself is
    for the author's own node to refuse."""
    if not isinstance(value, Mapping) or not {"area", "start", "end"} <= value.keys() <= _OF_VOLUME:
        raise _bad(field, "is not a volume", "area, start and end; perhaps floor and ceiling")
    part = {name: replace(field, name=f"{field.name}.{name}") for name in map(str, value)}
    match value["area"]:
        case {"corridor": [[*points], width_m], **others} if not others and 2 <= len(points) <= MAX_POLYGON:
            for point in points:
                _place(part["area"], point)
            if type(width_m) is not int or not 0 < width_m <= _WIDEST_M:
                raise _bad(part["area"], "the width is out of range", f"1 to {_WIDEST_M} m")
        case {"corridor": _}:
            raise _bad(part["area"], "must be a line and its width", f"2 to {MAX_POLYGON} points, and whole metres")
        case area:
            _area(part["area"], area)
    limits = [_height(part[name], value[name]) for name in ("floor", "ceiling") if name in value]
    match limits:
        case [[int() as floor, str() as lower], [int() as ceiling, str() as upper]] if (
            lower == upper and ceiling <= floor
        ):
            raise _bad(part["ceiling"], "is not above the floor")
    start, end = (check_value(replace(part[name], kind=FieldKind.INSTANT), value[name]) for name in ("start", "end"))
    if not isinstance(start, int) or not isinstance(end, int) or end <= start:
        raise _bad(part["end"], "it ends when or before it begins", "the end is after the start")
    if end - start > MAX_WINDOW_MS:
        raise _bad(part["end"], "it lasts too long", f"at most {MAX_WINDOW_MS // 86_400_000} days; file it anew")


def _height(field: Field, value: CborValue) -> CborValue:
    match value:
        case [int() as centimetres, str() as datum] if type(centimetres) is int and datum in DATUMS:
            if not -_HIGHEST_CM <= centimetres <= _HIGHEST_CM:
                raise _bad(field, "the height is out of range", f"at most {_HIGHEST_CM // 100} m")
            return [centimetres, datum]
    raise _bad(field, "must be a height and its datum", f"[centimetres, one of {', '.join(DATUMS)}]")


def _choice(field: Field, value: CborValue) -> CborValue:
    values = [choice.value for choice in field.choices]
    if value not in values:
        raise _bad(field, "is not one of the choices", ", ".join(values))
    return value


def _list_of(pattern: re.Pattern[str], what: str) -> Check:
    def check(field: Field, value: CborValue) -> CborValue:
        if not isinstance(value, list | tuple) or not 0 < len(value) <= MAX_POLYGON:
            raise _bad(field, f"must be a list of {what}")
        for item in value:
            if not isinstance(item, str) or not pattern.fullmatch(item):
                raise _bad(field, f"must be a list of {what}")
        if len(set(map(str, value))) != len(value):
            raise _bad(field, "names one twice")
        return value

    return check


def _flag(field: Field, value: CborValue) -> CborValue:
    if type(value) is not bool:
        raise _bad(field, "must be true or false")
    return value


def _phrase(field: Field, value: CborValue) -> CborValue:
    match value:
        case {"id": str() as name, "slots": Mapping() as slots, **others} if not others:
            phrasebook.validate(name, {str(key): item for key, item in slots.items()})
            return value
    raise _bad(field, "must be a phrase of the phrasebook", "its id and its slots")


def _read_back(field: Field, value: CborValue) -> CborValue:
    """Fields of another statement: what they may be, its kind says, where the two are compared."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise _bad(field, "must be a map of fields")
    return value


def _roster(_: Field, value: CborValue) -> CborValue:
    parse_roster(value)
    return value


_OF_VOLUME = {"area", "start", "end", "floor", "ceiling"}
_ONE_NAME = re.compile(r"[a-z][a-z0-9.-]{0,48}", re.A)
_CHECKS: dict[FieldKind, Check] = {
    FieldKind.TEXT: _text,
    FieldKind.LABEL: _text,
    FieldKind.LANGUAGE: _pattern(_LANGUAGE, "a language tag"),
    FieldKind.INSTANT: _whole(0, MAX_MS, "a time in Unix ms"),
    FieldKind.SPAN: _whole(1, MAX_MS, "a span of time in ms"),
    FieldKind.PLACE: _place,
    FieldKind.AREA: _area,
    FieldKind.VOLUMES: _volumes,
    FieldKind.HEIGHT: _height,
    FieldKind.CHOICE: _choice,
    FieldKind.MEMBER: _pattern(_CODE, "a member's code"),
    FieldKind.MEMBERS: _list_of(_CODE, "members' codes"),
    FieldKind.REFERENCE: _pattern(REFERENCE, "a reference such as SYR 42"),
    FieldKind.REFERENCES: _list_of(REFERENCE, "references such as SYR 42"),
    FieldKind.COUNT: _whole(0, 1 << 31, "a number"),
    FieldKind.FLAG: _flag,
    FieldKind.PHRASE: _phrase,
    FieldKind.READ_BACK: _read_back,
    FieldKind.ROSTER: _roster,
    FieldKind.NAMES: _list_of(_ONE_NAME, "names of kinds"),
}
TOLERANCES: Mapping[FieldKind, int] = {
    FieldKind.INSTANT: 59_999,  # read back to the minute
    FieldKind.PLACE: 2_000,  # 1e-7 degree: a ten-metre grid square, or a second of arc cut off
    FieldKind.AREA: 2_000,
    FieldKind.HEIGHT: 50,  # cm: whole feet, whole metres
}
_NUMBERS = frozenset(TOLERANCES)


def _numbers_agree(said: CborValue, read_back: CborValue, tolerance: int) -> bool:
    """Numbers within `tolerance` of each other, at the same places of the same structure; all else equal."""
    if type(said) is int and type(read_back) is int:
        return abs(said - read_back) <= tolerance
    if isinstance(said, Mapping) and isinstance(read_back, Mapping):
        return said.keys() == read_back.keys() and all(
            _numbers_agree(said[key], read_back[key], tolerance) for key in said
        )
    if isinstance(said, str) or isinstance(read_back, str):
        return said == read_back
    if isinstance(said, Sequence) and isinstance(read_back, Sequence):
        return len(said) == len(read_back) and all(
            _numbers_agree(one, other, tolerance) for one, other in zip(said, read_back, strict=True)
        )
    return said == read_back


def _bad(field: Field, reason: str, rule: str | None = None) -> BadInput:
    return BadInput("content.field", reason, field=field.name, rule=rule)
