"""What a roster comes to: who has the watch when in the days ahead, and when the zone's clock is next put forward or back.

Pure: of a roster and a moment. Whether a position holds a key is not looked at here; absences are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from parley.procedure.roster import DAY_MINUTES, Roster, on_watch

DAYS = 7
MINUTE_MS = 60_000
LOOKED_AHEAD_DAYS = 400


@dataclass(frozen=True, slots=True)
class Stint:
    """From `start_ms` to `end_ms` (Unix) one position has the watch, and these are rung after it, in order."""

    start_ms: int
    end_ms: int
    position: str
    alternates: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At `at_ms` (Unix) the local clock goes from `before` to `after`, in minutes ahead of UTC."""

    at_ms: int
    before: int
    after: int


def stints(roster: Roster, from_ms: int, days: int = DAYS) -> list[Stint]:
    """The watch from `from_ms` on for as many local days, the day of `from_ms` first; what is alike is one stint."""
    zone = ZoneInfo(roster.zone)
    first = datetime.fromtimestamp(from_ms / 1000, zone)
    last_day = first.date() + timedelta(days=days)
    end = _ms(datetime(last_day.year, last_day.month, last_day.day, tzinfo=zone))
    edges = sorted({from_ms, end, *(at for at in _edges(roster, zone, first, days) if from_ms < at < end)})
    found: list[Stint] = []
    for start_ms, end_ms in itertools.pairwise(edges):
        watch, shift = on_watch(roster, None, start_ms, _everybody), roster.shift(start_ms)
        if found and (found[-1].position, found[-1].alternates, found[-1].languages) == (
            watch.position,
            watch.alternates,
            shift.languages,
        ):
            found[-1] = Stint(found[-1].start_ms, end_ms, watch.position, watch.alternates, shift.languages)
        else:
            found.append(Stint(start_ms, end_ms, watch.position, watch.alternates, shift.languages))
    return found


def next_clock_change(zone: str, from_ms: int) -> ClockChange | None:
    """When the zone's clock is next changed, within the next `LOOKED_AHEAD_DAYS`; to the minute."""
    info = ZoneInfo(zone)
    low = from_ms // MINUTE_MS
    before = _offset(info, low)
    for _ in range(LOOKED_AHEAD_DAYS):
        high = low + DAY_MINUTES
        if _offset(info, high) != before:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if _offset(info, middle) != before else (middle, high)
            return ClockChange(high * MINUTE_MS, before, _offset(info, high))
        low = high
    return None


def _edges(roster: Roster, zone: ZoneInfo, first: datetime, days: int) -> Iterator[int]:
    """Every moment at which somebody else may have the watch: ends of shifts on each local day, absences, clock changes."""
    minutes = {minute for one in (*roster.shifts, *(own for holiday in roster.holidays for own in holiday.shifts))
               for minute in (one.start, one.end % DAY_MINUTES)} | {0}  # fmt: skip
    for day in range(days + 1):
        date = first.date() + timedelta(days=day)
        for minute in minutes:
            for fold in (0, 1):
                yield _ms(datetime(date.year, date.month, date.day, minute // 60, minute % 60, fold=fold, tzinfo=zone))
    for absence in roster.absences:
        yield from (absence.start_ms, absence.end_ms)
    at_ms, end_ms = _ms(first), _ms(first) + (days + 1) * DAY_MINUTES * MINUTE_MS
    while (change := next_clock_change(roster.zone, at_ms)) is not None and change.at_ms < end_ms:
        yield change.at_ms
        at_ms = change.at_ms


def _everybody(_: str) -> bool:
    return True


def _ms(when: datetime) -> int:
    return int(when.astimezone(UTC).timestamp()) * 1000


def _offset(zone: tzinfo, minute: int) -> int:
    offset = datetime.fromtimestamp(minute * 60, zone).utcoffset()
    assert offset is not None, "a zone has an offset"
    return int(offset.total_seconds()) // 60
