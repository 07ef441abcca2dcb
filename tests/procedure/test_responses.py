"""A standstill binds when all concerned have confirmed what it says, and nobody before; each one's answer is told, none as silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from parley.procedure.act import Act
from parley.procedure.clocks import clocks
from tests.procedure.histories import ISR, SYR, USA, History

VOLUME = {"area": {"circle": [331_254_000, 358_012_000, 5_000]}, "start": 1_900_000_000_000, "end": 1_900_003_600_000}


@pytest.fixture
def history() -> History:
    return History()


def offer(history: History, by: int, **more: Any) -> Act:
    content = {"whose": ["ISR", "SYR"], "activity": "fire", "volumes": [VOLUME], **more}
    return history.say(by, "standstill", content, to=[one for one in (ISR, SYR, USA) if one != by])


def respond(history: History, by: int, about: Act, case: Act, answer: str = "confirmed", **more: Any) -> Act:
    return history.say(by, "respond", {"answer": answer, **more}, case=case, about=about)


def answers(history: History, case: Act) -> Mapping[int, str]:
    return {member: (item.content or {}).get("answer", "") for member, item in history.fold(case).responses().items()}  # type: ignore[misc]


def because(history: History, case: Act, act: Act) -> str | None:
    item = next(one for one in history.fold(case).items if one.act is act)
    return item.because.code if item.because is not None else None


@pytest.mark.parametrize(("opener", "other"), [(ISR, SYR), (SYR, ISR)])
def test_it_is_in_force_once_the_other_side_has_confirmed(history: History, opener: int, other: int) -> None:
    opening = offer(history, opener)
    assert history.fold(opening).state == "offered"
    respond(history, other, opening, opening)
    assert history.fold(opening).state == "in-force"


def test_offered_by_the_facilitator_it_waits_for_both(history: History) -> None:
    opening = offer(history, USA)
    respond(history, SYR, opening, opening)
    assert history.fold(opening).state == "offered"
    respond(history, ISR, opening, opening, "reserved", reason="SIMULATION: but not at sea")
    assert history.fold(opening).state == "in-force"


def test_declining_does_not_bind_and_can_be_thought_over(history: History) -> None:
    opening = offer(history, ISR)
    respond(history, SYR, opening, opening, "declined", reason="SIMULATION: no")
    case = history.fold(opening)
    assert (case.state, answers(history, opening)[SYR]) == ("offered", "declined")
    respond(history, SYR, opening, opening)
    assert history.fold(opening).state == "in-force"


def test_a_denied_proposal_is_told_as_denied(history: History) -> None:
    opening = offer(history, ISR)
    respond(history, SYR, opening, opening, "denied")
    assert (history.fold(opening).state, answers(history, opening)[SYR]) == ("offered", "denied")


def test_the_facilitator_is_not_asked_and_cannot_confirm(history: History) -> None:
    opening = offer(history, ISR)
    act = respond(history, USA, opening, opening)
    assert (because(history, opening, act), history.fold(opening).state) == ("move.not-yours", "offered")


@pytest.mark.parametrize("answer", ["declined", "reserved"])
def test_a_reservation_and_a_refusal_say_why(history: History, answer: str) -> None:
    opening = offer(history, ISR)
    act = respond(history, SYR, opening, opening, answer)
    assert because(history, opening, act) == "content.missing"


def test_what_was_confirmed_before_a_correction_does_not_count_after(history: History) -> None:
    opening = offer(history, USA)
    respond(history, SYR, opening, opening)
    content = {"whose": ["ISR", "SYR"], "activity": "all", "volumes": [VOLUME]}
    corrected = history.say(USA, "correction", content, case=opening, about=opening)
    respond(history, ISR, corrected, opening)
    assert (history.fold(opening).state, SYR in answers(history, opening)) == ("offered", False)
    late = respond(history, SYR, opening, opening)
    assert because(history, opening, late) == "respond.superseded"
    respond(history, SYR, corrected, opening)
    assert history.fold(opening).state == "in-force"


def test_what_the_other_had_confirmed_before_it_could_see_the_offer_taken_back_binds(history: History) -> None:
    opening = offer(history, ISR)
    history.hear(SYR)
    back = history.say(ISR, "taken-back", case=opening)
    respond_blind = history.say(SYR, "respond", {"answer": "confirmed"}, case=opening, about=opening, blind=True)
    case = history.fold(opening)
    first, second = sorted((back, respond_blind), key=lambda act: act.key)
    if first is back:
        assert (case.state, because(history, opening, back)) == ("in-force", "withdrawal.bound")
    else:
        assert (case.state, because(history, opening, second)) == ("in-force", "move.other-state")


def test_an_answer_after_it_is_decided_is_void_and_says_by_what(history: History) -> None:
    opening = offer(history, ISR)
    bound = respond(history, SYR, opening, opening)
    late = respond(history, SYR, opening, opening, "declined", reason="SIMULATION: after all")
    item = history.fold(opening).items[-1]
    assert item.act is late
    assert item.because is not None
    assert (item.because.code, item.because.before) == ("move.other-state", bound.reference)
    assert answers(history, opening)[SYR] == "confirmed"


def test_the_clock_of_each_concerned_stops_with_its_own_answer(history: History) -> None:
    opening = offer(history, USA)
    respond(history, SYR, opening, opening, "declined", reason="SIMULATION: no")
    found = {
        one.member: one.stopped_ms
        for one in clocks(history.fold(opening), lambda _: {})
        if one.name == "standstill.respond"
    }
    assert found.keys() == {ISR, SYR}
    assert found[ISR] is None
    assert found[SYR] is not None
