"""Times of day: without a zone, in a local zone, told by a word, or impossible.

A time has a zone if one stands right after or before it (Z, UTC, GMT, an offset, or words for them in Arabic or
Hebrew), if it is joined to a time that has one (``06:00 and 08:00 UTC``), or if the text says that all its times
are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.procedure.guard.clocks import CLOCK, HOURS, RELATIVE, VAGUE, Span, find_times, is_clock
from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.view import View

_OFFSET = r"(?:\s?[+\-−]\s?\d{1,2}(?::?\d{2})?)?"
_ZONE_AFTER = re.compile(
    rf"\s{{0,2}}{HOURS}?\s{{0,2}}[(\[]?\s?(?:[Zz](?!\w)|(?i:UTC|GMT|zulu){_OFFSET}(?!\w)|\+\d{{2}}(?::?\d{{2}})?(?!\d)"
    r"|ب?(?:ال)?توقيت\s(?:ال)?(?:UTC|GMT|غرينتش|غرينيتش|جرينتش|عالمي)|زولو"
    r"|(?:ב|לפי\s)?(?:שעון|זמן)\s(?:UTC|GMT|גריניץ|גרינוויץ|עולמי|אוניברסלי)|זולו)"
)
_LOCAL_AFTER = re.compile(
    rf"[A-GI-Yl](?!\w)|\s{{0,2}}{HOURS}?\s{{0,2}}[(\[]?\s?(?:(?i:local)(?!\w)|LT(?!\w)|L(?!\w)|(?:EE|E|I|TR|M|A|CE|C|P)(?:ST|DT|T)(?!\w)|MSK(?!\w)"
    r"|[A-Z][a-z]{2,14}\stime(?!\w)|ب(?:ال)?توقيت\s\w{2,15}|(?:ב|לפי\s)?(?:שעון|זמן)\s\w{2,15})"
)
_ZONE_BEFORE = re.compile(r"(?<![\d\w])(?<!\d\s)(?:UTC|GMT|(?i:zulu))(?:\stime)?[\s:,)]{0,3}$")
_JOINED = re.compile(
    r"[\s,،]{0,2}(?:and|or|to|until|till|و|أو|إلى|حتى|ו|או|עד|ל|[-‐-―−])?[\s-]{0,2}"
    r"(?:(?:at|from)\s|(?:الساعة|لساعة)\s|ה?שעה\s|ו?בשעה\s)?"
)
_ALL_TIMES = re.compile(
    r"(?:(?i:all\stimes|times\sare|times\sin)|(?:جميع|كل)\sالأوقات|الأوقات\sكلها|כל\s(?:השעות|הזמנים))"
    r"(?:\W{1,3}\w{1,12}){0,4}?\W{1,3}(?:\w{1,3}(?=UTC))?(?:UTC|GMT|(?i:zulu)|العالمي|غرينتش|גריניץ)"
)
_BEFORE_CHARS = 16
_JOIN_CHARS = 20


def time_flags(view: View) -> Iterator[Flag]:
    """Each time of day that another reader could take for another moment."""
    text = view.plain
    for match in CLOCK.finditer(text):
        if not is_clock(match):
            yield flag("time.impossible", view.text, *match.span())
    for code, pattern in (("time.vague", VAGUE), ("time.relative", RELATIVE)):
        yield from (flag(code, view.text, *match.span()) for match in pattern.finditer(text))
    for date in view.dates:
        if date.local:
            yield flag("time.local-zone", view.text, date.start, date.end)
    if not _ALL_TIMES.search(text):
        yield from _unzoned(view, find_times(text))


def _unzoned(view: View, times: list[Span]) -> Iterator[Flag]:
    codes: list[str] = []
    for index in range(len(times) - 1, -1, -1):
        joined = codes[-1] if codes and _is_joined(view.plain, times[index], times[index + 1]) else None
        codes.append(_zone_code(view.plain, times[index], joined))
    for (start, end), code in zip(times, reversed(codes), strict=True):
        if code:
            yield flag(code, view.text, start, end)


def _zone_code(text: str, time: Span, joined: str | None) -> str:
    """The code of what is wrong with the zone of a time; "" for nothing. `joined` is that of the time it is joined to."""
    start, end = time
    if _ZONE_AFTER.match(text, end) or _ZONE_BEFORE.search(text[max(0, start - _BEFORE_CHARS) : start]):
        return ""
    if _LOCAL_AFTER.match(text, end):
        return "time.local-zone"
    return "time.no-zone" if joined is None else joined


def _is_joined(text: str, time: Span, later: Span) -> bool:
    between = text[time[1] : later[0]]
    return len(between) <= _JOIN_CHARS and _JOINED.fullmatch(between) is not None
