"""What is said for a value: each piece as it is written, beside how it is spoken. Digit by digit, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from parley.crypto.cbor import CborValue
from parley.procedure.fields import Field, FieldKind
from parley.procedure.readaloud.alphabets import TONGUES, Tongue
from parley.procedure.words import said as worded

DEGREE_E7 = 10_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Said(NamedTuple):
    """One piece: as `written`, and as `spoken`. What is a word of the language itself is written as it is spoken."""

    written: str
    spoken: str


def spelled(text: str, language: str) -> tuple[Said, ...]:
    """A code, letter by letter and digit by digit; a letter that has no spelling word is said as it is."""
    return tuple(_spelled(text, TONGUES[language]))


def moment(unix_ms: int, language: str) -> tuple[Said, ...]:
    """A time to the minute: day, month by name, year, hours and minutes, zone. Seconds follow where it has any."""
    return tuple(_moment(unix_ms, TONGUES[language]))


def value(field: Field, said: CborValue, language: str) -> tuple[Said, ...]:
    """A value of a field, as its kind is read aloud."""
    return tuple(_value(field, said, language, TONGUES[language]))


def _value(field: Field, said: CborValue, language: str, tongue: Tongue) -> Iterator[Said]:
    match field.kind, said:
        case FieldKind.INSTANT, int():
            yield from _moment(said, tongue)
        case FieldKind.PLACE, [int() as latitude, int() as longitude, *_]:
            yield from _place(latitude, longitude, tongue)
        case FieldKind.AREA, Mapping():
            yield from _area(said, tongue)
        case FieldKind.HEIGHT, [int() as centimetres, str() as datum, *_]:
            yield from _height(centimetres, datum, tongue)
        case FieldKind.CHOICE, _:
            title = next((worded(one.title, language) for one in field.choices if one.value == said), str(said))
            yield Said(title, title)
        case FieldKind.FLAG, bool():
            yield _word(tongue, "yes" if said else "no")
        case FieldKind.SPAN, int():
            yield from _digits(str(said // 60_000), tongue)
            yield Said("min", "min")
        case FieldKind.MEMBERS | FieldKind.NAMES, list() | tuple():
            for one in said:
                yield from _spelled(str(one), tongue)
        case FieldKind.TEXT, str():
            yield Said(said, said)
        case _:
            yield from _spelled(str(said), tongue)


def _spelled(text: str, tongue: Tongue) -> Iterator[Said]:
    for char in text:
        if char.isascii() and char.isdigit():
            yield Said(char, tongue.digits[int(char)])
        elif char == " ":
            yield Said(" ", tongue.say["space"])
        elif char in "-\u2010\u2011":
            yield Said(char, tongue.say["dash"])
        else:
            yield Said(char, tongue.letters.get(char.upper(), char))


def _digits(number: str, tongue: Tongue) -> Iterator[Said]:
    """Digits of a decimal number, its point and sign said."""
    for char in number:
        if char == ".":
            yield Said(".", tongue.say["decimal"])
        elif char == "-":
            yield Said("-", tongue.say["minus"])
        else:
            yield Said(char, tongue.digits[int(char)])


def _moment(unix_ms: int, tongue: Tongue) -> Iterator[Said]:
    try:
        when = _EPOCH + timedelta(milliseconds=unix_ms)
    except OverflowError:
        yield from _digits(str(unix_ms), tongue)
        return
    yield _word(tongue, "day")
    yield from _digits(f"{when.day:02}", tongue)
    month = tongue.months[when.month - 1]
    yield Said(month, month)
    yield _word(tongue, "year")
    yield from _digits(f"{when.year:04}", tongue)
    yield _word(tongue, "time")
    yield from _digits(f"{when:%H%M%S}" if when.second else f"{when:%H%M}", tongue)
    yield Said("UTC", tongue.say["zone"])


def _place(latitude: int, longitude: int, tongue: Tongue) -> Iterator[Said]:
    for value_e7, width, signs in ((latitude, 2, ("north", "south")), (longitude, 3, ("east", "west"))):
        degrees, fraction = divmod(abs(value_e7), DEGREE_E7)
        yield from _digits(f"{degrees:0{width}}.{fraction:07}", tongue)
        yield _word(tongue, signs[value_e7 < 0])


def _area(area: Mapping[CborValue, CborValue], tongue: Tongue) -> Iterator[Said]:
    match area:
        case {"circle": [int() as latitude, int() as longitude, int() as radius]}:
            yield from _place(latitude, longitude, tongue)
            yield _word(tongue, "radius")
            yield from _digits(str(radius), tongue)
            yield _word(tongue, "metres")
        case {"polygon": [*corners]}:
            yield from _corners(corners, tongue)
            yield _word(tongue, "end")
        case {"corridor": [[*points], int() as width]}:
            yield from _corners(points, tongue)
            yield _word(tongue, "end")
            yield _word(tongue, "width")
            yield from _digits(str(width), tongue)
            yield _word(tongue, "metres")


def _corners(corners: Sequence[CborValue], tongue: Tongue) -> Iterator[Said]:
    for number, corner in enumerate(corners, 1):
        match corner:
            case [int() as latitude, int() as longitude]:
                yield _word(tongue, "corner")
                yield from _digits(str(number), tongue)
                yield from _place(latitude, longitude, tongue)


def _height(centimetres: int, datum: str, tongue: Tongue) -> Iterator[Said]:
    whole, rest = divmod(abs(centimetres), 100)
    sign = "-" if centimetres < 0 else ""
    yield from _digits(f"{sign}{whole}.{rest:02}" if rest else f"{sign}{whole}", tongue)
    yield _word(tongue, "metres")
    yield _word(tongue, "datum")
    yield from _spelled(datum, tongue)


def _word(tongue: Tongue, name: str) -> Said:
    return Said(tongue.say[name], tongue.say[name])
