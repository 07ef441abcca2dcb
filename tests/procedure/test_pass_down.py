"""Passed on is not done before the unit has confirmed: until then a clock runs, and is missed at every node alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.act import Act
from parley.procedure.clocks import PASS_DOWN, Clock, Phase, clocks, phase
from parley.record.statement import Precedence
from tests.procedure.histories import CHARTER_FILE, ISR, NOON_MS, SYR, USA, History, charter_of, message

PASSED = {"unit": "OP4"}
CONFIRMED = {"unit": "OP4", "by": "OP4 watch", "how": "radio", "time": NOON_MS}


@pytest.fixture
def history() -> History:
    return History()


def because(history: History, opening: Act, act: Act) -> str | None:
    item = next(one for one in history.fold(opening).items if one.act is act)
    return item.because.code if item.because is not None else None


def taken(history: History) -> Act:
    """A statement that SYR has acknowledged."""
    opening = message(history, ISR, to=[SYR], precedence=Precedence.FLASH)
    history.say(SYR, "acknowledge", case=opening, about=opening)
    return opening


def pass_downs(history: History, opening: Act) -> list[Clock]:
    return [one for one in clocks(history.fold(opening), lambda _: {}) if one.name == PASS_DOWN]


def test_a_unit_that_has_not_confirmed_keeps_the_clock_running(history: History) -> None:
    opening = taken(history)
    assert not pass_downs(history, opening), "nothing runs before it is passed on"
    passed = history.say(SYR, "passed-on", PASSED, case=opening, about=opening)
    [clock] = pass_downs(history, opening)
    assert (clock.member, clock.since_ms, clock.due_ms) == (SYR, passed.at_ms, passed.at_ms + 15 * 60_000)
    history.say(SYR, "outcome", {"result": "complied"}, case=opening, about=opening)
    assert pass_downs(history, opening)[0].stopped_ms is None, "an outcome is not the unit's word"
    assert phase(clock, clock.due_ms) is Phase.MISSED
    confirmed = history.say(SYR, "unit-confirmed", CONFIRMED, case=opening, about=opening)
    [clock] = pass_downs(history, opening)
    assert clock.stopped_ms == confirmed.at_ms
    unit = history.fold(opening).items[0].ladders[SYR].units["OP4"]
    assert unit.confirmed is not None
    assert (unit.confirmed.by, unit.confirmed.how, unit.confirmed.at_ms) == ("OP4 watch", "radio", NOON_MS)


def test_what_was_passed_on_again_is_to_be_confirmed_again(history: History) -> None:
    opening = taken(history)
    for kind, content in (("passed-on", PASSED), ("unit-confirmed", CONFIRMED), ("passed-on", PASSED)):
        last = history.say(SYR, kind, content, case=opening, about=opening)
    [clock] = pass_downs(history, opening)
    assert (clock.since_ms, clock.stopped_ms) == (last.at_ms, None)


def test_each_unit_confirms_for_itself(history: History) -> None:
    opening = taken(history)
    history.say(SYR, "passed-on", PASSED, case=opening, about=opening)
    second = history.say(SYR, "passed-on", {"unit": "OP5"}, case=opening, about=opening)
    history.say(SYR, "unit-confirmed", CONFIRMED, case=opening, about=opening)
    assert history.fold(opening).items[0].ladders[SYR].unconfirmed == ["OP5"]
    [clock] = pass_downs(history, opening)
    assert (clock.since_ms, clock.stopped_ms) == (second.at_ms, None)


def test_a_confirmation_by_a_unit_that_nothing_was_passed_to_is_void(history: History) -> None:
    opening = taken(history)
    alone = history.say(SYR, "unit-confirmed", CONFIRMED, case=opening, about=opening)
    assert because(history, opening, alone) == "ladder.not-passed-on"
    history.say(SYR, "passed-on", PASSED, case=opening, about=opening)
    other = history.say(SYR, "unit-confirmed", {**CONFIRMED, "unit": "0P4"}, case=opening, about=opening)
    assert because(history, opening, other) == "ladder.not-passed-on"
    stranger = history.say(USA, "unit-confirmed", CONFIRMED, case=opening, about=opening)
    assert because(history, opening, stranger) == "ladder.not-addressed"
    [clock] = pass_downs(history, opening)
    assert clock.stopped_ms is None


def test_no_pass_down_clock_runs_where_the_charter_lets_no_unit_confirm() -> None:
    text = "\n".join(
        line for line in CHARTER_FILE.read_text("utf-8").split("\n") if not line.startswith("unit-confirmed")
    )
    history = History(charter_of(text))
    opening = taken(history)
    history.say(SYR, "passed-on", PASSED, case=opening, about=opening)
    assert not pass_downs(history, opening)
    assert history.fold(opening).items[0].ladders[SYR].unconfirmed == ["OP4"]


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["OP4", "OP5", "OP6"]), st.integers(0, 20 * 60_000)), max_size=12)
)
def test_the_pass_down_clock_runs_as_long_as_any_unit_has_not_confirmed(
    steps: list[tuple[bool, str, int]],
) -> None:
    history = History()
    opening = taken(history)
    waiting: dict[str, int] = {}
    known: set[str] = set()
    for passes, unit, later_ms in steps:
        kind, content = ("passed-on", {"unit": unit}) if passes else ("unit-confirmed", {**CONFIRMED, "unit": unit})
        act = history.say(SYR, kind, content, case=opening, about=opening, later_ms=later_ms + 1)
        if passes:
            waiting[unit] = act.at_ms
            known.add(unit)
        else:
            assert (because(history, opening, act) is None) == (unit in known)
            waiting.pop(unit, None)
        found = pass_downs(history, opening)
        assert len(found) == bool(known)
        if found:
            assert (found[0].stopped_ms is None) == bool(waiting)
        if waiting:
            assert found[0].since_ms == min(waiting.values()), "the unit waited for the longest"
