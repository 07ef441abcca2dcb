"""Clocks: who has to do what by when, told from the record alone. The fold reads no clock; `phase` compares with now.

An *acknowledge* clock runs for each addressee of each statement that is to be acknowledged, from when that member's node
is proven to hold it (its receipt), or from the author's clock while it is not proven, for as long as the charter says for
its precedence. It stops when a human's acknowledgement counts. A *pass-down* clock runs for an addressee who has passed a
statement on, from when it was passed on to the first unit that has not confirmed, until every unit named has; where the charter
does not open ``unit-confirmed``, nobody could, and none runs. A *desk* clock is the procedure's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parley.procedure.act import Act
from parley.procedure.declare import Who
from parley.procedure.fold import CaseFold
from parley.procedure.handling import UNIT_CONFIRMED
from parley.procedure.item import Item
from parley.procedure.ladder import Mark, Rung
from parley.procedure.words import Words, words

ACKNOWLEDGE = "acknowledge"
ACKNOWLEDGE_TITLE = words("Acknowledge", "إقرار الاستلام", "אישור קבלה")
PASS_DOWN, PASS_DOWN_MS = "line.pass-down", 30 * 60_000
"""The charter's desk clock of that name, else half an hour."""
PASS_DOWN_TITLE = words("The unit is to confirm", "على الوحدة أن تؤكد", "היחידה צריכה לאשר")

EMERGENCY = "emergency.confirm"
EMERGENCY_TITLE = words("Authority confirms or withdraws", "تأكيد صاحب الصلاحية أو سحبه", "בעל הסמכות מאשר או מושך")

Stored = Callable[[Act], Mapping[int, Mark]]
"""Which members are proven to hold a statement, by their receipts."""


class Phase(StrEnum):
    """Of a clock, now."""

    RUNNING = "running"
    MISSED = "missed"
    MET = "met"
    LATE = "late"  # done, but after it was due


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock.

    Attributes:
        name: ``acknowledge``, ``line.pass-down``, or the charter's name of a desk clock.
        about: reference of the statement, or of the case, that it is about.
        member: whose clock it is: who has to act.
        stored: whether that member's node is proven to hold the statement; without it, silence is not a refusal.
        stopped_ms: when it was met, None while it runs.
    """

    name: str
    title: Words
    case: str
    about: str
    member: int
    precedence: int
    since_ms: int
    due_ms: int
    stored: bool
    stopped_ms: int | None


def phase(clock: Clock, now_ms: int) -> Phase:
    """Where a clock stands at `now_ms`."""
    if clock.stopped_ms is None:
        return Phase.MISSED if now_ms >= clock.due_ms else Phase.RUNNING
    return Phase.LATE if clock.stopped_ms > clock.due_ms else Phase.MET


def clocks(case: CaseFold, stored: Stored) -> Iterator[Clock]:
    """Every clock of a case, run out or not, in no order."""
    return _all(case, stored, met=True)


def running_clocks(case: CaseFold, stored: Stored) -> Iterator[Clock]:
    """The clocks of a case that nothing has stopped, run out or not, in no order. What is met is not looked up: in a case of
    thousands of statements hardly any runs."""
    return (clock for clock in _all(case, stored, met=False) if clock.stopped_ms is None)


def _all(case: CaseFold, stored: Stored, *, met: bool) -> Iterator[Clock]:
    for item in case.items:
        if item.because is None and item.superseded is None:
            yield from _acknowledge(case, item, stored, met=met)
            yield from (clock for member in item.ladders if (clock := pass_down(case, item, member)) is not None)
        yield from _emergency(case, item)
    yield from _procedure(case)


def _acknowledge(case: CaseFold, item: Item, stored: Stored, *, met: bool) -> Iterator[Clock]:
    over_ms = None if case.awaits(item) else case.moved_by.at_ms
    stops: dict[int, int | None] = {}
    for member, ladder in item.ladders.items():
        done = ladder.marks.get(Rung.ACKNOWLEDGED)
        stopped = done.at_ms if done is not None else over_ms
        if met or stopped is None:
            stops[member] = stopped
    if not stops:
        return
    limit, held = case.setting.acknowledge_ms(item.act), stored(item.act)
    for member, stopped in stops.items():
        since = held[member].at_ms if member in held else item.act.at_ms
        yield Clock(
            ACKNOWLEDGE, ACKNOWLEDGE_TITLE, case.opening.reference, item.act.reference, member, item.act.precedence,
            since, since + limit, member in held, stopped,
        )  # fmt: skip


def pass_down(case: CaseFold, item: Item, member: int) -> Clock | None:
    """The pass-down clock of an addressee, of the first unit that has not confirmed; where all have, of the slowest."""
    ladder = item.ladders[member]
    charter = item.act.charter
    if not ladder.units or UNIT_CONFIRMED.name not in charter.kinds:
        return None
    limit = charter.terms.clocks.desk(PASS_DOWN) or PASS_DOWN_MS
    waiting = ladder.unconfirmed
    if waiting:
        since, stopped = ladder.units[waiting[0]].passed.at_ms, None if case.awaits(item) else case.moved_by.at_ms
    else:
        done = [(one.passed.at_ms, one.confirmed.mark.at_ms) for one in ladder.units.values() if one.confirmed]
        since, stopped = max(done, key=lambda one: (one[1] - one[0], one))
    return Clock(
        PASS_DOWN, PASS_DOWN_TITLE, case.opening.reference, item.act.reference, member, item.act.precedence, since, since + limit,
        stored=True, stopped_ms=stopped,
    )  # fmt: skip


def _emergency(case: CaseFold, item: Item) -> Iterator[Clock]:
    """The author's own authority is to confirm or withdraw what was said in its stead."""
    act, said = item.act, item.emergency
    if said is not None:
        yield Clock(
            EMERGENCY, EMERGENCY_TITLE, case.opening.reference, act.reference, act.member, act.precedence, act.at_ms,
            act.at_ms + said.rule.confirm_ms, True, None if said.settled is None else said.settled.at_ms,
        )  # fmt: skip


def _procedure(case: CaseFold) -> Iterator[Clock]:
    for rule in case.procedure.clocks if case.procedure is not None else ():
        limit = case.setting.clock_ms(rule, case.opening)
        if limit is None:
            continue
        entered = case.entered_at(rule.runs_in)
        if entered is None:
            continue
        responses = case.responses() if rule.who is Who.CONCERNED else {}
        for member in case.members(rule.who):
            answer = responses.get(member)
            yield Clock(
                rule.name, rule.title, case.opening.reference, case.opening.reference, member, case.opening.precedence,
                entered.act.at_ms, entered.act.at_ms + limit, True, answer.act.at_ms if answer is not None else None,
            )  # fmt: skip
