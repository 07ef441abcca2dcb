"""What was said in an authority's stead, until that authority confirms or withdraws it."""

from __future__ import annotations

import pytest

from parley.charter.emergency import Plea
from parley.procedure.act import Act
from parley.procedure.clocks import EMERGENCY, Phase, clocks, phase
from parley.procedure.fold import DISOWNED, CaseFold, Item
from tests.procedure.histories import ISR, SYR, USA, History

PLEA = Plea(1_790_000_000, "SIMULATION: no answer from the authority")
WORDS = {"reason": "SIMULATION", "lang": "en"}
SUSPENSION = {"scope": "all", "terms": "SIMULATION: when the line is tested", **WORDS}


@pytest.fixture
def history() -> History:
    return History()


def suspended(history: History, member: int = ISR, **more: object) -> Act:
    marking = str(more.pop("marking", PLEA.marking))
    return history.say(member, "suspend", SUSPENSION, marking=marking, **more)  # type: ignore[arg-type]


def item(case: CaseFold, act: Act) -> Item:
    return next(one for one in case.items if one.act is act)


def code(case: CaseFold, act: Act) -> str | None:
    found = item(case, act).because
    return None if found is None else found.code


def test_it_counts_and_bears_its_plea_until_the_authority_confirms(history: History) -> None:
    opening = suspended(history)
    said = history.fold(opening).items[0].emergency
    assert said is not None
    assert (said.plea, said.settled, history.fold(opening).state) == (PLEA, None, "in-force")
    act = history.say(ISR, "confirm-emergency", case=opening, about=opening, position="head-1", mandate="release")
    case = history.fold(opening)
    said = case.items[0].emergency
    assert said is not None
    assert (said.settled, said.withdrawn, case.state) == (act, False, "in-force")


def test_what_the_authority_withdraws_moves_nothing_any_more(history: History) -> None:
    opening = suspended(history)
    history.say(ISR, "withdraw-emergency", WORDS, case=opening, about=opening, position="head-1", mandate="release")
    case = history.fold(opening)
    assert (case.state, case.is_over, code(case, opening)) == (DISOWNED, True, "emergency.withdrawn")
    late = history.say(ISR, "resume", case=opening, mandate="release")
    assert code(history.fold(opening), late) == "move.other-state"
    about_it = [one for one in clocks(history.fold(opening), lambda _: {}) if one.about == opening.reference]
    assert [one.name for one in about_it] == [EMERGENCY]
    assert about_it[0].stopped_ms is not None


def test_a_move_that_is_withdrawn_leaves_the_state_it_led_to(history: History) -> None:
    opening = suspended(history, mandate="release", marking="")
    assert history.fold(opening).items[0].emergency is None
    resumed = history.say(ISR, "resume", case=opening, marking=PLEA.marking)
    assert history.fold(opening).state == "resumed"
    history.say(ISR, "withdraw-emergency", WORDS, case=opening, about=resumed, position="head-1", mandate="release")
    case = history.fold(opening)
    assert (case.state, case.is_over, code(case, resumed)) == ("in-force", False, "emergency.withdrawn")


@pytest.mark.parametrize(
    ("member", "position", "mandate"),
    [(ISR, "duty-1", "release"), (ISR, "head-1", "watch"), (ISR, "head-1", "head"), (SYR, "head-1", "release"), (USA, "duty-1", "release")],
    ids=["itself", "another of the watch", "another mandate", "the other party", "the facilitator"],
)  # fmt: skip
def test_nobody_but_the_authority_confirms_it(history: History, member: int, position: str, mandate: str) -> None:
    opening = suspended(history)
    act = history.say(member, "confirm-emergency", case=opening, about=opening, position=position, mandate=mandate)
    case = history.fold(opening)
    assert code(case, act) == "emergency.not-yours"
    said = case.items[0].emergency
    assert said is not None
    assert said.settled is None


def test_the_first_word_of_the_authority_counts(history: History) -> None:
    opening = suspended(history)
    first = history.say(ISR, "confirm-emergency", case=opening, about=opening, position="head-1", mandate="release")
    second = history.say(ISR, "withdraw-emergency", WORDS, case=opening, about=opening, position="head-2", mandate="release")  # fmt: skip
    case = history.fold(opening)
    assert (code(case, first), code(case, second), case.state) == (None, "emergency.settled", "in-force")


def test_what_needs_no_confirmation_gets_none(history: History) -> None:
    opening = suspended(history, mandate="release", marking=PLEA.marking)
    act = history.say(ISR, "confirm-emergency", case=opening, about=opening, position="head-1", mandate="release")
    assert code(history.fold(opening), act) == "emergency.none"


def test_the_authority_has_the_charters_time(history: History) -> None:
    opening = suspended(history)
    [clock] = [one for one in clocks(history.fold(opening), lambda _: {}) if one.name == EMERGENCY]
    assert (clock.member, clock.due_ms - clock.since_ms) == (ISR, 12 * 3_600_000)
    assert phase(clock, clock.due_ms) is Phase.MISSED
    history.say(ISR, "confirm-emergency", case=opening, about=opening, position="head-1", mandate="release")
    [clock] = [one for one in clocks(history.fold(opening), lambda _: {}) if one.name == EMERGENCY]
    assert phase(clock, clock.due_ms + 1) is Phase.MET
