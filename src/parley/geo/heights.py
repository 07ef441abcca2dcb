"""Heights: each with its datum, and bands between two of them compared only where that can be done without terrain or weather.

A height above mean sea level (AMSL), above the ellipsoid (WGS84), above the ground (AGL) and a flight level (FL, by pressure) are
four different things: which of two is higher depends on the geoid, the terrain or the weather. Such a pair is *unknown*,
which never becomes *clear*. What can be said without is said: a band that is open below begins with the ground, and
two bands that begin, or end, at the same height meet there.

The record's unit is the centimetre; a foot is 30.48 cm, a flight level a hundred feet of pressure altitude.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from parley.errors import BadInput

LOWEST_CM, HIGHEST_CM = -10_000_000, 10_000_000
HIGHEST_FLIGHT_LEVEL = 999
FOOT_CM = 30.48


class Datum(StrEnum):
    """What a height is measured from."""

    AMSL = "AMSL"
    AGL = "AGL"
    WGS84 = "WGS84"
    FL = "FL"


DATUM_NUMBER: Final = {datum: number for number, datum in enumerate(Datum)}


class LengthUnit(StrEnum):
    """In what a height was written; F3548 knows M and FT."""

    METRES = "M"
    FEET = "FT"
    FLIGHT_LEVEL = "FL"


_UNITS: Final = frozenset(unit.value for unit in LengthUnit)
_CM: Final = {LengthUnit.METRES: 100.0, LengthUnit.FEET: FOOT_CM, LengthUnit.FLIGHT_LEVEL: 100 * FOOT_CM}


@dataclass(frozen=True, slots=True)
class Height:
    """A height in whole centimetres above a datum."""

    centimetres: int
    datum: Datum

    @property
    def metres(self) -> float:
        """In metres."""
        return self.centimetres / 100

    @property
    def feet(self) -> float:
        """In feet."""
        return self.centimetres / FOOT_CM


def read_height(value: float, unit: str, datum: str, *, field: str) -> Height:
    """A height as written: ``(3000, "FT", "AMSL")``, ``(240, "FL", "FL")``.

    Raises:
        BadInput: code ``geo.height``: not a number, out of range, a unit or datum that is none, below the ground.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _bad("must be a number", field, "a finite number of metres or feet, or a flight level")
    if unit not in _UNITS or datum not in DATUM_NUMBER:
        raise _bad("must say its unit and its datum", field, f"{' or '.join(LengthUnit)}; {', '.join(Datum)}")
    if (unit == LengthUnit.FLIGHT_LEVEL) is not (datum == Datum.FL):
        raise _bad("is half a flight level", field, "a flight level has the unit FL and the datum FL; nothing else has")
    if datum == Datum.FL and (value != int(value) or not 0 <= value <= HIGHEST_FLIGHT_LEVEL):
        raise _bad("is not a flight level", field, f"a whole number from 0 to {HIGHEST_FLIGHT_LEVEL}")
    scaled = value * _CM[LengthUnit(unit)]
    if not LOWEST_CM <= scaled <= HIGHEST_CM:
        raise _bad("is out of range", field, f"at most {HIGHEST_CM // 100} m up or down")
    return check_height(Height(round(scaled), Datum(datum)), field=field)


def check_height(height: Height, *, field: str) -> Height:
    """`height`, if it can be one.

    Raises:
        BadInput: code ``geo.height``.
    """
    if not LOWEST_CM <= height.centimetres <= HIGHEST_CM:
        raise _bad("is out of range", field, f"at most {HIGHEST_CM // 100} m up or down")
    if height.datum is Datum.AGL and height.centimetres < 0:
        raise _bad("is below the ground", field, "a height above ground level is 0 or more")
    return height


def check_band(lower: Height | None, upper: Height | None) -> None:
    """Refuse a band that is upside down or has no height. Limits of different datums cannot be compared and pass.

    Raises:
        BadInput: code ``geo.heights``, naming the upper limit.
    """
    if lower is not None:
        check_height(lower, field="altitude_lower")
    if upper is None:
        return
    check_height(upper, field="altitude_upper")
    if lower is None or lower.datum is not upper.datum:
        return
    if upper.centimetres < lower.centimetres:
        raise BadInput(
            "geo.heights", f"the ceiling, {upper.metres:g} m, is below the floor, {lower.metres:g} m",
            field="altitude_upper", rule="the ceiling is above the floor",
        )  # fmt: skip
    if upper.centimetres == lower.centimetres:
        raise BadInput(
            "geo.heights", f"floor and ceiling are the same height, {lower.metres:g} m", field="altitude_upper",
            rule="the ceiling is above the floor; leave it out if it is open above",
        )  # fmt: skip


def _bad(reason: str, field: str, rule: str) -> BadInput:
    return BadInput("geo.height", f"the height {reason}", field=field, rule=rule)
