"""Dates in a text: where they stand, and what is wrong with the way each is written.

Nothing is wrong with ISO 8601 (2026-11-23), a date with the month's name and a year of four digits, a date
in numbers of which one can only be the day, and NATO date-time groups (231430ZNOV26). Nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from parley.procedure.guard.calendar_words import MONTH, SHORT_MONTH, month_number
from parley.procedure.guard.masking import masked

_NOT_IN_NUMBER = r"(?<![0-9A-Za-z_/.:,])(?<!\d-)"
_END = r"(?!\w|[-/.]\d)"

_GROUP = re.compile(
    rf"(?<!\w)(?P<d>\d{{2}})(?P<clock>\d{{4}})(?P<zone>[A-Z])\s?(?P<mon>(?i:{SHORT_MONTH}))\s?(?P<y>\d{{4}}|\d{{2}})(?!\w)"
)
_ISO = re.compile(
    r"(?<![0-9A-Za-z_/.:,])(?P<y>\d{4})(?P<sep>[-/.])(?P<mon>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})(?!\w)|(?!\d|[-/.]\d{1,3}(?!\d)))"
)
_NUMBERS = re.compile(
    rf"{_NOT_IN_NUMBER}(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_END}"
)
_SHORT = re.compile(
    rf"(?:(?<!\w)(?:(?i:on|dated?)|بتاريخ|يوم|בתאריך|ביום)\s{{1,2}}(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})"
    rf"|{_NOT_IN_NUMBER}(?P<c>\d{{2}})/(?P<e>\d{{2}})){_END}"
)
_YEAR = r"(?:[\s,-]{1,3}(?:عام\s|سنة\s|שנת\s)?(?P<y>\d{4}|'?\d{2})(?!\d|:\d))?"
_DAY_MONTH = re.compile(
    rf"{_NOT_IN_NUMBER}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-]{{1,2}}(?:من\s|[בל])?(?P<mon>{MONTH})\.?{_YEAR}(?!\w)"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<mon>{MONTH})\.?\s{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/.]\d){_YEAR}(?!\w)"
)
_DAY_ALONE = re.compile(
    r"(?<!\w)(?:(?i:on\sthe)\s(?P<d>\d{1,2})(?:st|nd|rd|th)(?=\s{0,2}(?:$|[.,;!?\n]|(?:at|from|between|and)\s))"
    r"|يوم\s(?P<e>\d{1,2})(?=\s{0,2}(?:$|[.,،؛؟!\n]))|ב-?(?P<f>\d{1,2})\sלחודש)"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text.

    Attributes:
        faults: codes of what is wrong with the way it is written.
        day: the date, where there is only one that it can be.
        named: whether the month is written as a name among other words.
        local: whether it is a date-time group in another zone than Z.
    """

    start: int
    end: int
    faults: tuple[str, ...] = ()
    day: date | None = None
    named: bool = False
    local: bool = False


def find_dates(text: str) -> Iterator[Date]:
    """The dates in a text whose digits are folded and coordinates masked, each place once."""
    readers = (
        (_GROUP, _group),
        (_ISO, _iso),
        (_NUMBERS, _numbers),
        (_DAY_MONTH, _named),
        (_MONTH_DAY, _named),
        (_SHORT, _short),
        (_DAY_ALONE, _day_alone),
    )
    for pattern, read in readers:
        found = [one for one in map(read, pattern.finditer(text)) if one]
        yield from found
        text = masked(text, ((one.start, one.end) for one in found))


def _at(match: re.Match[str]) -> Date:
    return Date(*match.span())


def _on(where: Date, year: int, month: int, day: int) -> Date:
    try:
        return replace(where, day=date(year, month, day))
    except ValueError:
        return replace(where, faults=(*where.faults, "date.impossible"))


def _group(match: re.Match[str]) -> Date:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    faults = () if match["clock"][:2] < "24" and match["clock"][2:] < "60" else ("time.impossible",)
    where = replace(_at(match), faults=faults, local=match["zone"] != "Z")
    return _on(where, year, month_number(match["mon"]), int(match["d"]))


def _iso(match: re.Match[str]) -> Date:
    return _on(_at(match), int(match["y"]), int(match["mon"]), int(match["d"]))


def _numbers(match: re.Match[str]) -> Date | None:
    where, first, second = _at(match), int(match["a"]), int(match["b"])
    orders = {(one, other) for one, other in ((first, second), (second, first)) if 1 <= one <= 31 and 1 <= other <= 12}
    if len(match["y"]) == 2:
        wrong = ("date.two-digit-year", "date.ambiguous") if len(orders) > 1 else ("date.two-digit-year",)
        return replace(where, faults=wrong) if orders else None
    if len(orders) > 1:
        return replace(where, faults=("date.ambiguous",))
    if not orders:
        return replace(where, faults=("date.impossible",))
    day, month = orders.pop()
    return _on(where, int(match["y"]), month, day)


def _short(match: re.Match[str]) -> Date | None:
    first, second = int(match["a"] or match["c"]), int(match["b"] or match["e"])
    possible = min(first, second) in range(1, 13) and max(first, second) in range(1, 32)
    return replace(_at(match), faults=("date.no-year",)) if possible and (first, second) != (24, 7) else None


def _day_alone(match: re.Match[str]) -> Date | None:
    day = int(match["d"] or match["e"] or match["f"])
    return replace(_at(match), faults=("date.no-year",)) if 1 <= day <= 31 else None


def _named(match: re.Match[str]) -> Date | None:
    where, day, year = replace(_at(match), named=True), int(match["d"]), match["y"]
    if not 1 <= day <= 31:
        return None
    if year is None:
        return replace(where, faults=("date.no-year",))
    if len(year) != 4:
        return replace(where, faults=("date.two-digit-year",))
    return _on(where, int(year), month_number(match["mon"]), day)
