"""Days: dates that could be read as another or cannot be, and words that stand for a date.

A weekday or `today` beside a full date is not relative; a weekday is then compared with the date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from parley.procedure.guard.calendar_words import RELATIVE, WEEKDAY, weekday_number
from parley.procedure.guard.dates import Date
from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.view import View

FAR = timedelta(days=366)
NEAR_CHARS = 15


def date_flags(view: View) -> Iterator[Flag]:
    """What is wrong with each date, and whether it is far from now."""
    for one in view.dates:
        yield from (flag(code, view.text, one.start, one.end) for code in one.faults)
        if one.day and view.now_ms is not None and _is_far(one.day, view.now_ms):
            yield flag("date.far", view.text, one.start, one.end)


def _is_far(day: date, now_ms: int) -> bool:
    now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now_ms)
    return abs(day - now.date()) > FAR


def day_flags(view: View) -> Iterator[Flag]:
    """Words that stand for a date, and weekdays that are not those of their date."""
    full = sorted((one for one in view.dates if one.day), key=lambda one: one.start)
    starts = [one.start for one in full]
    for match in RELATIVE.finditer(view.plain):
        if not _beside(match, full, starts):
            yield flag("date.relative", view.text, *match.span())
    for match in WEEKDAY.finditer(view.plain):
        beside = _beside(match, full, starts)
        if not beside:
            yield flag("date.relative", view.text, *match.span())
        elif beside.day and beside.day.weekday() != weekday_number(match["day"]):
            yield flag("date.weekday", view.text, min(beside.start, match.start()), max(beside.end, match.end()))


def _beside(match: re.Match[str], full: Sequence[Date], starts: Sequence[int]) -> Date | None:
    """The full date that stands within a few characters of a word: the next one, else the one before."""
    index = bisect_right(starts, match.start())
    if index < len(full) and full[index].start - match.end() <= NEAR_CHARS:
        return full[index]
    if index and match.start() - full[index - 1].end <= NEAR_CHARS:
        return full[index - 1]
    return None
