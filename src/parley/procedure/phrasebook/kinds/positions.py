"""Places, heights, distances, bearings.

A place is written in decimal degrees, at least five places (about a metre) and never rounded, with a word for each
hemisphere and no sign. A height always says its datum in words; below it is said, not signed. Feet are shown only
for heights that are the nearest centimetre to whole feet, metres for whole metres, so nothing is lost in writing.
"""

from __future__ import annotations

import re

from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds.codes import ALIAS, ALIAS_RULE
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.kinds.texts import (
    any_of,
    array,
    counted,
    counted_number,
    counted_pattern,
    refused,
    to_pattern,
    whole,
)
from parley.procedure.phrasebook.slots import Slot, SlotValue

DEGREE_E7 = 10_000_000
MAX_DISTANCE_M = 1_000_000
LOWEST_HEIGHT_CM, HIGHEST_HEIGHT_CM = -100_000, 10_000_000
CIRCLE_CENTIDEGREES = 36_000
DATUMS = ("AMSL", "AGL", "WGS84")
UNITS = ("ft", "m")
_LEAST_DECIMALS = 5
_PLACE_RULE = '[latitude, longitude, code name or ""], in units of 1e-7 degree'
_HEIGHT_RULE = f"[centimetres, datum, unit]; a datum of {', '.join(DATUMS)}, a unit of {', '.join(UNITS)}"


def check_place(slot: Slot, value: object) -> tuple[int, int, str]:
    """Latitude, longitude, code name. The 180th meridian is east."""
    latitude, longitude, name = array(slot, value, 3, _PLACE_RULE)
    north = whole(slot, latitude, -90 * DEGREE_E7, 90 * DEGREE_E7, "units of 1e-7 degree of latitude")
    east = whole(slot, longitude, 1 - 180 * DEGREE_E7, 180 * DEGREE_E7, "units of 1e-7 degree of longitude")
    if not isinstance(name, str) or (name and not ALIAS.fullmatch(name)):
        raise refused(slot, "has a code name that is none", ALIAS_RULE)
    return north, east, name


def write_place(spot: Spot, value: SlotValue) -> str:
    """Such as ``33.12540 N 35.80120 E (code name OP-4)``."""
    latitude, longitude, name = check_place(spot.slot, value)
    north, south, east, west = spot.language.hemispheres
    text = spot.language.place.format(
        latitude=_degrees(latitude),
        ns=south if latitude < 0 else north,
        longitude=_degrees(longitude),
        ew=west if longitude < 0 else east,
    )
    return text + (spot.language.code_name.format(name=name) if name else "")


def _degrees(value_e7: int) -> str:
    degrees, fraction = divmod(abs(value_e7), DEGREE_E7)
    decimals = f"{fraction:07}"
    return f"{degrees}.{decimals[:_LEAST_DECIMALS]}{decimals[_LEAST_DECIMALS:].rstrip('0')}"


def place_pattern(spot: Spot) -> str:
    """Latitude, longitude, and perhaps a code name."""
    number = r"[0-9]{1,3}\.[0-9]{5,7}"
    north, south, east, west = (re.escape(fold_text(word)) for word in spot.language.hemispheres)
    groups = {
        "latitude": f"(?P<latitude>{number})",
        "longitude": f"(?P<longitude>{number})",
        "ns": f"(?:{north}|(?P<south>{south}))",
        "ew": f"(?:{east}|(?P<west>{west}))",
    }
    name = to_pattern(spot.language.code_name, {"name": r"(?P<name>[A-Z0-9-]{1,16})"})
    return f"{to_pattern(spot.language.place, groups)}(?:{name})?"


def read_place(_spot: Spot, match: re.Match[str]) -> tuple[int, int, str]:
    """The place of a match."""
    latitude, longitude = _value_e7(match["latitude"]), _value_e7(match["longitude"])
    return -latitude if match["south"] else latitude, -longitude if match["west"] else longitude, match["name"] or ""


def _value_e7(text: str) -> int:
    degrees, decimals = text.split(".")
    return int(degrees) * DEGREE_E7 + int(decimals.ljust(7, "0"))


def feet_to_cm(feet: int) -> int:
    """The nearest whole centimetre to a number of feet of 30.48 cm."""
    size = (abs(feet) * 3048 + 50) // 100
    return -size if feet < 0 else size


def cm_to_feet(height_cm: int) -> int:
    """The nearest whole foot."""
    size = (abs(height_cm) * 100 + 1524) // 3048
    return -size if height_cm < 0 else size


def check_height(slot: Slot, value: object) -> tuple[int, str, str]:
    """Centimetres, datum, unit."""
    length, datum, unit = array(slot, value, 3, _HEIGHT_RULE)
    height_cm = whole(slot, length, LOWEST_HEIGHT_CM, HIGHEST_HEIGHT_CM, "centimetres")
    if datum not in DATUMS or unit not in UNITS:
        raise refused(slot, "has no datum or no unit", _HEIGHT_RULE)
    if datum == "AGL" and height_cm < 0:
        raise refused(slot, "is below the ground", "a height above ground level is 0 or more")
    if height_cm != (height_cm // 100 * 100 if unit == "m" else feet_to_cm(cm_to_feet(height_cm))):
        raise refused(slot, "is finer than its unit", "whole metres, or the nearest centimetre to whole feet")
    return height_cm, str(datum), str(unit)


def write_height(spot: Spot, value: SlotValue) -> str:
    """Such as ``3000 feet above mean sea level``."""
    height_cm, datum, unit = check_height(spot.slot, value)
    size = abs(cm_to_feet(height_cm)) if unit == "ft" else abs(height_cm) // 100
    length = counted(size, spot.language.units["foot" if unit == "ft" else "metre"], spot)
    above, below = spot.language.datums[datum]
    return (below if height_cm < 0 else above).format(length=length)


def height_pattern(spot: Spot) -> str:
    """A length and a datum. Group ``AMSL_0`` holds what stands above that datum, ``AMSL_1`` below it."""
    options = []
    for datum in DATUMS:
        for side, text in enumerate(spot.language.datums[datum]):
            if text:
                prefix = f"{datum}_{side}_"
                length = any_of(
                    counted_pattern(spot.language.units[unit], prefix + unit + "_") for unit in ("foot", "metre")
                )
                options.append(f"(?P<{datum}_{side}>{to_pattern(text, {'length': length})})")
    return any_of(options)


def read_height(_spot: Spot, match: re.Match[str]) -> tuple[int, str, str]:
    """The height of a match."""
    datum, side = next((datum, side) for datum in DATUMS for side in (0, 1) if match.groupdict().get(f"{datum}_{side}"))
    sign = -1 if side else 1
    feet = counted_number(match, f"{datum}_{side}_foot_")
    if feet is not None:
        return sign * feet_to_cm(feet), datum, "ft"
    return sign * 100 * (counted_number(match, f"{datum}_{side}_metre_") or 0), datum, "m"


def check_distance(slot: Slot, value: object) -> int:
    """Whole metres, at least one, at most 1000 km."""
    return whole(slot, value, 1, MAX_DISTANCE_M, "metres")


def write_distance(spot: Spot, value: SlotValue) -> str:
    """Such as ``1500 metres``: never grouped, never in another unit."""
    return counted(check_distance(spot.slot, value), spot.language.units["metre"], spot)


def distance_pattern(spot: Spot) -> str:
    """A number of metres."""
    return counted_pattern(spot.language.units["metre"], "metre")


def read_distance(_spot: Spot, match: re.Match[str]) -> int:
    """The metres of a match."""
    return counted_number(match, "metre") or 0


def check_bearing(slot: Slot, value: object) -> int:
    """Hundredths of a degree from true north; north itself is 0."""
    return whole(slot, value, 0, CIRCLE_CENTIDEGREES - 1, "hundredths of a degree")


def write_bearing(spot: Spot, value: SlotValue) -> str:
    """Such as ``045.50 degrees true``: always three digits before the point and two after it."""
    degrees, fraction = divmod(check_bearing(spot.slot, value), 100)
    return spot.language.bearing.format(degrees=f"{degrees:03}.{fraction:02}")


def bearing_pattern(spot: Spot) -> str:
    """Degrees and hundredths."""
    return to_pattern(spot.language.bearing, {"degrees": r"(?P<degrees>[0-9]{3}\.[0-9]{2})"})


def read_bearing(_spot: Spot, match: re.Match[str]) -> int:
    """The bearing of a match."""
    return int(match["degrees"].replace(".", ""))
