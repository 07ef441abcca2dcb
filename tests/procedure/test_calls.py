"""A telephone call beside the written original: where they differ, both sides are waited for until it is put right."""

from __future__ import annotations

import pytest

from parley.procedure.act import Act
from parley.procedure.clocks import clocks
from tests.procedure.histories import ISR, NOON_MS, SYR, History

CALL = {
    "with": "SYR/duty-1",
    "time": NOON_MS,
    "text": "SIMULATION. Read as written.",
    "lang": "en",
    "read": ["ISR 4", "SYR 2"],
}


def call(history: History, **more: object) -> Act:
    return history.say(ISR, "call", {**CALL, **more}, to=[SYR])


def test_a_call_that_agrees_with_the_original_is_kept_and_waits_for_nobody() -> None:
    history = History()
    case = history.fold(call(history))
    assert case.state == "kept"
    assert list(clocks(case, lambda _: {})) == []


@pytest.mark.parametrize("differs", [True, False])
def test_a_case_begins_in_the_state_that_its_opening_says(differs: bool) -> None:
    history = History()
    assert history.fold(call(history, differs=differs)).state == ("differs" if differs else "kept")


@pytest.mark.parametrize(("by", "stands"), [(SYR, "spoken"), (SYR, "written"), (SYR, "neither"), (ISR, "written")])
def test_a_difference_runs_on_both_sides_until_it_is_reconciled(by: int, stands: str) -> None:
    history = History()
    opening = call(history, differs=True)
    running = [one for one in clocks(history.fold(opening), lambda _: {}) if one.stopped_ms is None]
    assert {one.member for one in running} == {ISR, SYR}
    history.say(by, "reconcile", {"stands": stands}, case=opening)
    case = history.fold(opening)
    assert (case.state, case.is_over) == ("reconciled", True)
    assert [one for one in clocks(case, lambda _: {}) if one.stopped_ms is None] == []


def test_who_told_of_a_difference_cannot_alone_put_the_spoken_word_over_the_written() -> None:
    history = History()
    opening = call(history, differs=True)
    act = history.say(ISR, "reconcile", {"stands": "spoken"}, case=opening)
    case = history.fold(opening)
    assert case.state == "differs"
    because = next(one for one in case.items if one.act is act).because
    assert because is not None
    assert because.code == "move.not-yours"


def test_there_is_nothing_to_reconcile_in_a_call_that_agrees() -> None:
    history = History()
    opening = call(history)
    act = history.say(SYR, "reconcile", {"stands": "written"}, case=opening)
    because = next(one for one in history.fold(opening).items if one.act is act).because
    assert because is not None
    assert because.code == "move.other-state"
