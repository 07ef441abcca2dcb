"""Coordinates as people write them: decimal degrees, degrees minutes seconds, DDMMSS, grid references (MGRS); WGS 84.

The rules are those of the page's forms (`web/src/forms/place.ts`), so that what one takes the other takes:

* decimal degrees have at most seven decimals and are written with at least five, never rounded;
* a comma is a decimal point; Arabic-Indic digits are digits;
* minutes and seconds are below 60; seconds have at most three decimals;
* a grid reference stands for the middle of its square, of 1 km to 1 m; near the poles (below 80° S, above 84° N) there is none.

Here hemispheres are the letters N, S, E, W behind or before each number, or a sign for decimal degrees. Which number is the latitude
is never guessed: a text without letters is latitude first, and one with letters in the other order is read by its letters.
"""

from __future__ import annotations

import re
from enum import StrEnum

from parley.errors import BadInput
from parley.geo import mgrs
from parley.geo.ellipsoid import DEGREE_E7, HALF_E7, QUARTER_E7, Position

MAX_CHARS = 80
_DEGREES_RULE = "such as 33.12540 N 35.80120 E"
_DIGITS = {ord(first) + n: str(n) for first in "\u0660\u06f0" for n in range(10)}
_MARKS = str.maketrans({"\u2212": "-", "′": "'", "’": "'", "″": '"', "”": '"', "º": "°", "\u00a0": " ", "\u202f": " "})
_DECIMAL = re.compile(r"([+-]?)([0-9]{1,3})(?:[.,]([0-9]{1,7}))?°?")
_SEXAGESIMAL = re.compile(r"""([0-9]{1,3})[\s°:]+([0-9]{1,2})(?:[\s':]+([0-9]{1,2})(?:[.,]([0-9]{1,3}))?)?[\s"'']*""")
_COMPACT = {
    "latitude": re.compile(r"([0-9]{2})([0-5][0-9])([0-5][0-9])(?:[.,]([0-9]{1,3}))?"),
    "longitude": re.compile(r"([0-9]{3})([0-5][0-9])([0-5][0-9])(?:[.,]([0-9]{1,3}))?"),
}
_BEHIND = re.compile(r"(?P<one>[^NSEW]+)(?P<first>[NSEW])[\s,;/]*(?P<two>[^NSEW]+)(?P<second>[NSEW])")
_BEFORE = re.compile(r"(?P<first>[NSEW])(?P<one>[^NSEW]+)(?P<second>[NSEW])(?P<two>[^NSEW]+)")
_GRID = re.compile(r"[0-9]{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}[0-9]*")


class Convention(StrEnum):
    """How a place is written."""

    DEGREES = "degrees"
    DMS = "dms"
    DDMMSS = "ddmmss"
    MGRS = "mgrs"


def read_position(text: str, *, field: str = "position") -> Position:
    """The place that a text names, in any of the conventions.

    Raises:
        BadInput: code ``geo.coordinates``: nothing that can be read as one, or out of range.
    """
    clean = text.translate(_DIGITS).translate(_MARKS).strip().upper()
    if not clean or len(clean) > MAX_CHARS:
        raise _bad("are missing" if not clean else "are too long", field, _DEGREES_RULE)
    if _GRID.fullmatch(grid := re.sub(r"\s+", "", clean)):
        return mgrs.read(grid, field=field)
    if pair := _BEHIND.fullmatch(clean) or _BEFORE.fullmatch(clean):
        return _lettered(pair, field)
    parts = re.split(r"\s*[;/]\s*|,\s+|\s+", clean)
    if len(parts) != 2:
        raise _bad("cannot be read", field, _DEGREES_RULE)
    return Position(_angle(parts[0], "latitude", field), _angle(parts[1], "longitude", field))


def write_position(position: Position, convention: Convention) -> str:
    """A place in a convention; what is written is read back as the same place to the convention's own fineness.

    Raises:
        BadInput: code ``geo.grid``: near the poles there are no grid references.
    """
    latitude, longitude = position
    ns, ew = "S" if latitude < 0 else "N", "W" if longitude < 0 else "E"
    match convention:
        case Convention.DEGREES:
            return f"{degrees(latitude)} {ns} {degrees(longitude)} {ew}"
        case Convention.DMS:
            return f"{dms(latitude)} {ns} {dms(longitude)} {ew}"
        case Convention.DDMMSS:
            return f"{ddmmss(latitude, 2)}{ns} {ddmmss(longitude, 3)}{ew}"
        case Convention.MGRS:
            return mgrs.write(position)


def degrees(value_e7: int) -> str:
    """Decimal degrees without sign, at least five places, never rounded."""
    whole, fraction = divmod(abs(value_e7), DEGREE_E7)
    decimals = f"{fraction:07}"
    return f"{whole}.{decimals[:5]}{decimals[5:].rstrip('0')}"


def dms(value_e7: int) -> str:
    """Degrees, minutes, seconds with two decimals, without sign."""
    minutes, hundredths = divmod(_rounded(abs(value_e7) * 360_000, DEGREE_E7), 6_000)
    return f"{minutes // 60}°{minutes % 60:02}′{hundredths // 100:02}.{hundredths % 100:02}″"


def ddmmss(value_e7: int, width: int) -> str:
    """Whole seconds run together, without sign; degrees have `width` digits."""
    minutes, seconds = divmod(_rounded(abs(value_e7) * 3_600, DEGREE_E7), 60)
    return f"{minutes // 60:0{width}}{minutes % 60:02}{seconds:02}"


def _lettered(pair: re.Match[str], field: str) -> Position:
    found: dict[str, int] = {}
    for text, letter in ((pair["one"], pair["first"]), (pair["two"], pair["second"])):
        name = "latitude" if letter in "NS" else "longitude"
        clean = text.strip(" ,;/")
        if clean.startswith(("-", "+")):
            raise _bad("have a sign and a letter", field, "one or the other says the hemisphere")
        value = _angle(clean, name, field)
        found[name] = -value if letter in "SW" else value
    if len(found) != 2:
        raise _bad("name one direction twice", field, "a latitude with N or S, a longitude with E or W")
    return Position(found["latitude"], found["longitude"])


def _angle(text: str, name: str, field: str) -> int:
    """An angle in 1e-7 degree."""
    most = QUARTER_E7 if name == "latitude" else HALF_E7
    value: int | None = None
    sign = 1
    if compact := _COMPACT[name].fullmatch(text):
        value = _sexagesimal(*compact.groups())
    elif decimal := _DECIMAL.fullmatch(text):
        sign = -1 if decimal[1] == "-" else 1
        value = int(decimal[2]) * DEGREE_E7 + int((decimal[3] or "").ljust(7, "0"))
    elif (long := _SEXAGESIMAL.fullmatch(text)) and int(long[2]) < 60 and int(long[3] or 0) < 60:
        value = _sexagesimal(*long.groups())
    if value is None:
        raise _bad(f"have a {name} that cannot be read", field, _DEGREES_RULE)
    if value > most:
        raise _bad(f"have a {name} out of range", field, f"at most {most // DEGREE_E7} degrees")
    return sign * value


def _sexagesimal(degree: str, minute: str, second: str | None, part: str | None) -> int:
    thousandths = (int(minute) * 60 + int(second or 0)) * 1000 + int((part or "").ljust(3, "0"))
    return int(degree) * DEGREE_E7 + _rounded(thousandths * DEGREE_E7, 3_600_000)


def _rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves up, as the page rounds."""
    return (2 * numerator + denominator) // (2 * denominator)


def _bad(reason: str, field: str, rule: str) -> BadInput:
    return BadInput("geo.coordinates", f"the coordinates {reason}", field=field, rule=rule)
