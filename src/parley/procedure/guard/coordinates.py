"""Coordinates in a text: where they stand, and whether they can be on this globe.

Recognised are MGRS, UTM, and latitude with longitude as decimal degrees, degrees-minutes-seconds, DDMM, DDMMSS and
their like, with hemispheres before or after as letters or Arabic, Hebrew or English words, or labelled in words.
Two bare numbers are coordinates from four decimals on. What is recognised is never converted.

All patterns here and in the other rules are bounded: the work at each place of a text has a limit whatever stands
there, so the work for a text grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.procedure.guard.masking import masked

_TAIL = "(?:\u064b?ا\u064b?)?"
_NS = rf"(?:[NSns](?![A-Za-z])|[Nn]orth|[Ss]outh|(?:شمال|جنوب){_TAIL}|צפון|דרום)"
_EW = rf"(?:[EWew](?![A-Za-z])|[Ee]ast|[Ww]est|(?:شرق|غرب){_TAIL}|מזרח|מערב)"
_DECIMAL = r"\d{1,3}\.\d{1,10}\s?[°º]?"
_MARKED = r"""\d{1,3}\s?[°º](?:\s?\d{1,2}(?:\.\d{1,6})?\s?['′’](?:\s?\d{1,2}(?:\.\d{1,4})?\s?(?:["″”]|''|′′))?)?"""
_PARTED = r"\d{1,3}[ :-]\d{2}(?:\.\d{1,4}|[ :-]\d{2}(?:\.\d{1,4})?)"
_COMPACT = r"\d{4,7}(?:\.\d{1,4})?"
_ANGLE = rf"(?:{_MARKED}|{_PARTED}|{_DECIMAL}|{_COMPACT})"
_SEP = r"[\s,;/،]{0,4}(?:and\s|و|ו)?"
_BEFORE = r"(?<![\w.,])"
_AFTER = r"(?!\d|\.\d)"

_LABEL_NS = r"(?:[Ll]at(?:itude|\.)?|خط\s(?:ال)?عرض|קו\s(?:ה)?רוחב)[\s:=]{0,3}"
_LABEL_EW = r"(?:[Ll]on(?:gitude|g|\.)?|خط\s(?:ال)?طول|קו\s(?:ה)?אורך)[\s:=]{0,3}"

_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_LABEL_NS}[+-]?(?P<ns>{_ANGLE})\s?{_NS}?{_SEP}{_LABEL_EW}[+-]?(?P<ew>{_ANGLE})(?:\s?{_EW})?{_AFTER}",
        rf"{_BEFORE}(?P<ns>{_ANGLE})\s?{_NS}{_SEP}(?P<ew>{_ANGLE})\s?{_EW}(?!\w)",
        rf"{_BEFORE}(?P<ew>{_ANGLE})\s?{_EW}{_SEP}(?P<ns>{_ANGLE})\s?{_NS}(?!\w)",
        rf"(?<!\w){_NS}\s?(?P<ns>{_ANGLE}){_SEP}{_EW}\s?(?P<ew>{_ANGLE}){_AFTER}",
        rf"(?<!\w){_EW}\s?(?P<ew>{_ANGLE}){_SEP}{_NS}\s?(?P<ns>{_ANGLE}){_AFTER}",
        rf"{_BEFORE}[+-]?(?P<ns>\d{{1,3}}\.\d{{4,10}})\s?[°º]?\s?[,;/،\s]\s?[+-]?(?P<ew>\d{{1,3}}\.\d{{4,10}}){_AFTER}",
    )
)
_MGRS = re.compile(
    r"(?<![\w.])(?P<zone>\d{1,2})(?!(?:UTC|GMT)\s?\d{0,4}(?!\d))(?:[C-HJ-NP-X]\s?|\s[C-HJ-NP-X]\s)[A-HJ-NP-Z]{2}\s?(?:(?P<e>\d{1,5})\s(?P<n>\d{1,5})|(?P<en>\d{2,10}))(?!\w)"
)
_UTM = re.compile(
    r"(?<![\w.])(?P<zone>\d{1,2})\s?[C-HJ-NP-X]\s\d{6}(?:\.\d{1,3})?\s?m?E?[\s,]{1,2}\d{7}(?:\.\d{1,3})?\s?m?N?(?!\w)"
)
_NUMBER = re.compile(r"\d{1,10}(?:\.\d{1,10})?")
_ARABIC_POINT = "\u066b"
_ZONES = range(1, 61)
_LIMITS = {"ns": 90, "ew": 180}


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where coordinates stand in a text; `plausible` if they can exist."""

    start: int
    end: int
    plausible: bool


def find_coordinates(text: str) -> Iterator[Coordinates]:
    """The coordinates in a text whose digits are folded, each place once."""
    text = text.replace(_ARABIC_POINT, ".")
    for pattern, plausible in ((_MGRS, _is_grid), (_UTM, _is_zone), *((pair, _is_pair) for pair in _PAIRS)):
        found = [Coordinates(*match.span(), plausible(match)) for match in pattern.finditer(text)]
        yield from found
        text = masked(text, ((one.start, one.end) for one in found))


def _is_zone(match: re.Match[str]) -> bool:
    return int(match["zone"]) in _ZONES


def _is_grid(match: re.Match[str]) -> bool:
    """Easting and northing have as many digits as each other."""
    even = len(match["en"]) % 2 == 0 if match["en"] else len(match["e"]) == len(match["n"])
    return _is_zone(match) and even


def _is_pair(match: re.Match[str]) -> bool:
    return all(_is_angle(match[axis], limit) for axis, limit in _LIMITS.items())


def _is_angle(text: str, limit: int) -> bool:
    degrees, minutes, seconds = _parts(text)
    return minutes < 60 and seconds < 60 and degrees + minutes / 60 + seconds / 3600 <= limit


def _parts(text: str) -> tuple[float, float, float]:
    numbers = _NUMBER.findall(text)
    if len(numbers) > 1:
        return float(numbers[0]), float(numbers[1]), float(numbers[2]) if len(numbers) > 2 else 0.0
    whole, _, fraction = numbers[0].partition(".")
    if len(whole) < 4:
        return float(numbers[0]), 0.0, 0.0
    if len(whole) < 6:
        return float(whole[:-2]), float(f"{whole[-2:]}.{fraction or 0}"), 0.0
    return float(whole[:-4]), float(whole[-4:-2]), float(f"{whole[-2:]}.{fraction or 0}")
