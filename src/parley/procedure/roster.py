"""A roster: who has the watch at any moment, in the member's own local time, with alternates in order.

``{"zone", "shifts", "holidays"?, "absences"?, "liaison"}``. Shifts cover every minute of the week once, holidays every minute of
a day once, so that at every moment there is one watch and never two: an instant has one local time in a zone, also where the
clock is put forward or back. Whoever is absent is stood in for by the first alternate who is not, and last by the liaison, who
cannot be absent.

Which position is *accountable* is told by `on_watch`: who took the watch over last, by both officers' signatures, and only
where nobody ever did, or that position is absent or holds no key, the one whose shift it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from parley.crypto.cbor import CborValue
from parley.errors import BadInput

DAY_MINUTES = 24 * 60
MAX_SHIFTS = 64
MAX_ABSENCES = 256
MAX_HOLIDAYS = 64
_POSITION = re.compile(r"[a-z][a-z0-9-]{0,31}", re.A)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.A)


@dataclass(frozen=True, slots=True)
class Shift:
    """A position on watch on `days` (0 is Monday) from minute `start` to minute `end` of the local day."""

    position: str
    days: tuple[int, ...]
    start: int
    end: int
    alternates: tuple[str, ...]
    languages: tuple[str, ...]

    def covers(self, day: int, minute: int) -> bool:
        """Whether it is this shift's time."""
        return day in self.days and self.start <= minute < self.end


@dataclass(frozen=True, slots=True)
class Holiday:
    """Local days from `first` to `last`, with shifts of their own."""

    first: date
    last: date
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A position is away from `start_ms` to `end_ms` (Unix)."""

    position: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Roster:
    """See the module."""

    zone: str
    shifts: tuple[Shift, ...]
    holidays: tuple[Holiday, ...]
    absences: tuple[Absence, ...]
    liaison: str

    def shift(self, at_ms: int) -> Shift:
        """The shift whose time it is."""
        local = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.zone))
        day, minute = local.weekday(), local.hour * 60 + local.minute
        holiday = next((one for one in self.holidays if one.first <= local.date() <= one.last), None)
        shifts = holiday.shifts if holiday is not None else self.shifts
        return next(one for one in shifts if one.covers(day, minute))

    def is_absent(self, position: str, at_ms: int) -> bool:
        """Whether a position is away."""
        return any(one.position == position and one.start_ms <= at_ms < one.end_ms for one in self.absences)


@dataclass(frozen=True, slots=True)
class OnWatch:
    """The one accountable watch, and who is rung after it, in order; the liaison is last."""

    position: str
    alternates: tuple[str, ...]


def on_watch(roster: Roster, taken_by: str | None, at_ms: int, holds_key: Callable[[str], bool]) -> OnWatch:
    """Who is accountable. `taken_by`: who took the watch over last; `holds_key`: whether a position can sign for the watch."""
    shift = roster.shift(at_ms)
    wanted = [*([taken_by] if taken_by else []), shift.position, *shift.alternates]
    there = [one for one in dict.fromkeys(wanted) if not roster.is_absent(one, at_ms) and holds_key(one)]
    order = [*(one for one in there if one != roster.liaison), roster.liaison]
    return OnWatch(order[0], tuple(order[1:]))


# ---- reading -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hole:
    """On a weekday (0 is Monday), from minute `start` to `end`, nobody has the watch, or two have (`twice`).

    `holiday`: the place of the holiday whose shifts these are; None for those of the week.
    """

    day: int
    start: int
    end: int
    twice: bool
    holiday: int | None = None


def parse_roster(value: CborValue) -> Roster:
    """A roster, checked.

    Raises:
        BadInput: code ``roster.shape``, ``roster.zone``, ``roster.gap``, ``roster.twice`` or ``roster.liaison``, naming the field.
    """
    roster = _read(value)
    for hole in _holes(roster):
        field = "shifts" if hole.holiday is None else f"holidays[{hole.holiday}].shifts"
        day, start, end = _DAY_NAMES[hole.day], _time(hole.start), _time(hole.end)
        if hole.twice:
            raise BadInput("roster.twice", f"two have the watch on {day} from {start} to {end}", field=field)
        raise BadInput("roster.gap", f"nobody has the watch on {day} from {start} to {end}", field=field)
    if any(one.position == roster.liaison for one in roster.absences):
        raise BadInput(
            "roster.liaison",
            "the liaison cannot be absent",
            field="absences",
            rule="name another liaison for that time",
        )
    return roster


def roster_holes(value: CborValue) -> list[Hole]:
    """Everything for which `parse_roster` would refuse a roster as a gap, or as two watches at once.

    Raises:
        BadInput: it has not the form of a roster.
    """
    return list(_holes(_read(value)))


def _read(value: CborValue) -> Roster:
    match value:
        case {"zone": str() as zone, "shifts": [*shifts], "liaison": str() as liaison, **more}:
            pass
        case _:
            raise BadInput("roster.shape", "must hold zone, shifts and liaison", field="roster")
    unknown = sorted(set(map(str, more)) - {"holidays", "absences"})
    if unknown:
        raise BadInput("roster.shape", f"holds unknown fields: {', '.join(unknown)}", field="roster")
    return Roster(
        _zone(zone), _shifts("shifts", shifts), _holidays(more.get("holidays", [])), _absences(more.get("absences", [])),
        _position("liaison", liaison),
    )  # fmt: skip


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadInput(
            "roster.zone", "is no time zone", field="zone", rule="an IANA name such as Europe/Paris"
        ) from None
    return name


def _shifts(field: str, values: Sequence[CborValue]) -> tuple[Shift, ...]:
    if not 1 <= len(values) <= MAX_SHIFTS:
        raise BadInput("roster.shape", f"must be 1 to {MAX_SHIFTS} shifts", field=field)
    return tuple(_shift(f"{field}[{number}]", value) for number, value in enumerate(values))


def _shift(field: str, value: CborValue) -> Shift:
    match value:
        case {"position": str() as position, "days": [*days], "from": int() as start, "until": int() as end, **more}:
            pass
        case _:
            raise BadInput("roster.shape", "must hold position, days, from and until", field=field)
    if set(map(str, more)) - {"alternates", "languages"}:
        raise BadInput("roster.shape", "holds unknown fields", field=field)
    if not days or not all(type(day) is int and 0 <= day <= 6 for day in days):
        raise BadInput("roster.shape", "days are 0 (Monday) to 6", field=f"{field}.days")
    if not 0 <= start < end <= DAY_MINUTES:
        raise BadInput(
            "roster.shape", "must begin before it ends, on one day", field=f"{field}.from",
            rule="minutes of the local day, 0 to 1440; a night is two shifts",
        )  # fmt: skip
    alternates = _list(f"{field}.alternates", more.get("alternates", []), _POSITION)
    languages = _list(f"{field}.languages", more.get("languages", []), _LANGUAGE)
    return Shift(
        _position(f"{field}.position", position), tuple(sorted({int(str(day)) for day in days})), start, end,
        alternates, languages,
    )  # fmt: skip


_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _holes(roster: Roster) -> Iterator[Hole]:
    yield from _uncovered(roster.shifts, None)
    for number, holiday in enumerate(roster.holidays):
        yield from _uncovered(holiday.shifts, number)


def _uncovered(shifts: Sequence[Shift], holiday: int | None) -> Iterator[Hole]:
    for day in range(7):
        upto = 0
        for one in sorted((one for one in shifts if day in one.days), key=lambda one: (one.start, one.end)):
            if one.start != upto:
                twice = one.start < upto
                yield Hole(
                    day,
                    min(one.start, upto),
                    min(max(one.start, upto), one.end) if twice else one.start,
                    twice,
                    holiday,
                )
            upto = max(upto, one.end)
        if upto < DAY_MINUTES:
            yield Hole(day, upto, DAY_MINUTES, twice=False, holiday=holiday)


def _holidays(values: object) -> tuple[Holiday, ...]:
    if not isinstance(values, list | tuple) or len(values) > MAX_HOLIDAYS:
        raise BadInput("roster.shape", f"must be at most {MAX_HOLIDAYS} holidays", field="holidays")
    found = []
    for number, value in enumerate(values):
        field = f"holidays[{number}]"
        match value:
            case {"from": str() as first, "until": str() as last, "shifts": [*shifts], **more} if not more:
                own = _shifts(f"{field}.shifts", shifts)
                found.append(Holiday(_date(f"{field}.from", first), _date(f"{field}.until", last), own))
            case _:
                raise BadInput("roster.shape", "must hold from, until and shifts", field=field)
        if found[-1].first > found[-1].last:
            raise BadInput("roster.shape", "must begin before it ends", field=field)
    return tuple(found)


def _absences(values: object) -> tuple[Absence, ...]:
    if not isinstance(values, list | tuple) or len(values) > MAX_ABSENCES:
        raise BadInput("roster.shape", f"must be at most {MAX_ABSENCES} absences", field="absences")
    found = []
    for number, value in enumerate(values):
        match value:
            case {"position": str() as position, "from": int() as start, "until": int() as end, **more} if (
                not more and start < end
            ):
                found.append(Absence(_position(f"absences[{number}]", position), start, end))
            case _:
                raise BadInput(
                    "roster.shape", "must hold position, from and until (Unix ms)", field=f"absences[{number}]"
                )
    return tuple(found)


def _position(field: str, value: str) -> str:
    if not _POSITION.fullmatch(value):
        raise BadInput("roster.shape", "is no position", field=field, rule="a pseudonym such as duty-1")
    return value


def _list(field: str, values: object, pattern: re.Pattern[str]) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(
        isinstance(one, str) and pattern.fullmatch(one) for one in values
    ):
        raise BadInput("roster.shape", "is not in its form", field=field)
    return tuple(str(one) for one in values)


def _date(field: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadInput("roster.shape", "is no date", field=field, rule="such as 2026-12-01") from None


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
