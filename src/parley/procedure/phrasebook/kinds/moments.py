"""Instants and durations.

An instant is written with the 24-hour clock, ``UTC``, and the full date with the month's name: a date of numbers is
read in another order elsewhere, and on a right-to-left line it turns round. A duration is written in hours where it
is whole hours, else in minutes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.kinds.texts import (
    any_of,
    counted,
    counted_number,
    counted_pattern,
    refused,
    to_pattern,
    whole,
)
from parley.procedure.phrasebook.slots import Slot, SlotValue

MINUTE_MS = 60_000
FIRST_INSTANT_MS = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1000
LAST_INSTANT_MS = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1000 - MINUTE_MS
MAX_DURATION_MIN = 366 * 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR_MIN = 60


def check_instant(slot: Slot, value: object) -> int:
    """Milliseconds UTC of a whole minute."""
    rule = "milliseconds UTC of a whole minute, years 2000 to 2099"
    if type(value) is not int or not FIRST_INSTANT_MS <= value <= LAST_INSTANT_MS:
        raise refused(slot, "is no instant of these years", rule)
    if value % MINUTE_MS:
        raise refused(slot, "is finer than a minute", rule)
    return value


def write_instant(spot: Spot, value: SlotValue) -> str:
    """Such as ``14:30 UTC on 23 November 2026``."""
    moment = _EPOCH + timedelta(milliseconds=check_instant(spot.slot, value))
    return spot.language.instant.format(
        clock=f"{moment.hour:02}:{moment.minute:02}",
        day=moment.day,
        month=spot.language.months[moment.month - 1],
        year=moment.year,
    )


def instant_pattern(spot: Spot) -> str:
    """Clock, day, month's name and year as the language orders them."""
    groups = {
        "clock": r"(?P<clock>[0-9]{2}:[0-9]{2})",
        "day": r"(?P<day>[0-9]{1,2})",
        "month": f"(?P<month>{any_of(re.escape(fold_text(month)) for month in spot.language.months)})",
        "year": r"(?P<year>[0-9]{4})",
    }
    return to_pattern(spot.language.instant, groups)


def read_instant(spot: Spot, match: re.Match[str]) -> int:
    """The instant of a match."""
    month = [fold_text(name) for name in spot.language.months].index(match["month"]) + 1
    hour, minute = map(int, match["clock"].split(":"))
    try:
        moment = datetime(int(match["year"]), month, int(match["day"]), hour, minute, tzinfo=UTC)
    except ValueError:
        raise refused(spot.slot, f"{match[0]!r} is not in the calendar", "a date and a time that exist") from None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def check_duration(slot: Slot, value: object) -> int:
    """Whole minutes, at least one, at most a year."""
    return whole(slot, value, 1, MAX_DURATION_MIN, "minutes")


def write_duration(spot: Spot, value: SlotValue) -> str:
    """Such as ``2 hours`` or ``90 minutes``."""
    hours, minutes = divmod(check_duration(spot.slot, value), _HOUR_MIN)
    if minutes:
        return counted(hours * _HOUR_MIN + minutes, spot.language.units["minute"], spot)
    return counted(hours, spot.language.units["hour"], spot)


def duration_pattern(spot: Spot) -> str:
    """A number of hours or of minutes."""
    return any_of(counted_pattern(spot.language.units[unit], unit) for unit in ("hour", "minute"))


def read_duration(_spot: Spot, match: re.Match[str]) -> int:
    """The minutes of a match."""
    hours = counted_number(match, "hour")
    return (counted_number(match, "minute") or 0) if hours is None else hours * _HOUR_MIN
