"""What was said in an authority's stead, until that authority confirms or withdraws it."""

from __future__ import annotations

import pytest

from parley.charter.emergency import Plea
from parley.procedure.act import Act
from parley.procedure.clocks import EMERGENCY, PASS_DOWN, Phase, clocks, phase
from parley.procedure.fold import DISOWNED, UNRELEASED, CaseFold
from parley.procedure.item import Item
from tests.procedure.histories import CHARTER_FILE, ISR, SYR, USA, History, charter_of

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


VOLUME = {"area": {"circle": [331_254_000, 358_012_000, 5_000]}, "start": 1_900_000_000_000, "end": 1_900_003_600_000}
STANDSTILL = {"whose": ["ISR", "SYR"], "activity": "fire", "volumes": [VOLUME]}


def withdraw(history: History, opening: Act, about: Act) -> Act:
    return history.say(
        ISR, "withdraw-emergency", WORDS, case=opening, about=about, position="head-1", mandate="release"
    )


def test_no_clock_of_a_procedure_runs_in_what_its_authority_withdrew(history: History) -> None:
    opening = history.say(ISR, "standstill", STANDSTILL, marking=PLEA.marking)
    assert "standstill.respond" in {one.name for one in clocks(history.fold(opening), lambda _: {})}
    withdrawal = withdraw(history, opening, opening)
    case = history.fold(opening)
    running = [one.name for one in clocks(case, lambda _: {}) if one.stopped_ms is None and one.about != withdrawal.reference]  # fmt: skip
    assert (case.state, running) == (DISOWNED, [])


def test_a_pass_down_ends_when_what_was_passed_on_is_withdrawn(history: History) -> None:
    opening = suspended(history)
    said = history.say(SYR, "answer", {"text": "SIMULATION", "lang": "en"}, case=opening, about=opening, to=[ISR])
    history.say(ISR, "passed-on", {"unit": "OP4"}, case=opening, about=said)
    withdrawal = withdraw(history, opening, opening)
    [clock] = [one for one in clocks(history.fold(opening), lambda _: {}) if one.name == PASS_DOWN]
    assert clock.stopped_ms == withdrawal.at_ms > clock.since_ms


def paired(kind: str) -> History:
    """A history under a charter that wants a head as the second officer of a kind."""
    text = CHARTER_FILE.read_text("utf-8")
    one = f'{kind} = {{ version = 1, desk = "line",'
    assert one in text
    return History(charter_of(text.replace(one, f'{one} countersigned_by = ["head"],')))


def test_a_move_that_a_second_officer_released_is_undone_like_any_other() -> None:
    history = paired("resume")
    opening = suspended(history, mandate="release", marking="")
    resumed = history.say(ISR, "resume", case=opening, marking=PLEA.marking)
    history.say(ISR, "release", case=opening, about=resumed, position="head-2", mandate="head")
    assert history.fold(opening).state == "resumed"
    withdraw(history, opening, resumed)
    case = history.fold(opening)
    assert (case.state, case.is_over, code(case, resumed)) == ("in-force", False, "emergency.withdrawn")


def test_what_a_withdrawn_correction_corrected_counts_as_it_stood() -> None:
    text = CHARTER_FILE.read_text("utf-8").replace('"suspend", "resume", "zone", "standstill"]', '"correction"]')
    line = next(one for one in text.splitlines() if one.startswith("correction ="))
    history = History(charter_of(text.replace(line, line.split("mandates")[0] + 'mandates = ["release", "head"] }')))
    opening = suspended(history, mandate="release", marking="")
    asked = history.say(SYR, "clarification", {"stage": "asked", "text": "SIMULATION", "lang": "en"}, case=opening, about=opening)  # fmt: skip
    other = {**SUSPENSION, "terms": "SIMULATION: other terms"}
    correction = history.say(ISR, "correction", other, case=opening, about=opening, marking=PLEA.marking)
    case = history.fold(opening)
    assert (case.current().act, case.clarifications[0].closed) == (correction, correction.reference)
    withdraw(history, opening, correction)
    case = history.fold(opening)
    assert (case.current().act, code(case, correction)) == (opening, "emergency.withdrawn")
    assert (case.clarifications[0].opened, case.clarifications[0].closed) == (asked.reference, None)
    again = history.say(ISR, "correction", other, case=opening, about=opening, position="head-1", mandate="release")
    assert history.fold(opening).current().act is again


def test_what_is_withdrawn_before_its_second_officer_released_it_is_over_like_any_other() -> None:
    history = paired("suspend")
    opening = suspended(history)
    assert history.fold(opening).state == UNRELEASED
    withdrawal = withdraw(history, opening, opening)
    late = history.say(ISR, "resume", case=opening, mandate="release")
    case = history.fold(opening)
    assert (case.state, case.is_over, code(case, late)) == (DISOWNED, True, "move.other-state")
    because = item(case, late).because
    assert because is not None
    assert (because.before, because.arguments["state"]) == (withdrawal.reference, DISOWNED)
    assert all(one.stopped_ms is not None for one in clocks(case, lambda _: {}) if one.about == opening.reference)
