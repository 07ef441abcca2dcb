"""A desk is declared, not programmed: one small file gives cases, clocks, assents, a withdrawal and a second signature."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parley.desks import line
from parley.procedure.act import Act
from parley.procedure.clocks import ACKNOWLEDGE, Phase, clocks, phase
from parley.procedure.fold import CaseFold
from parley.procedure.ladder import Mark
from parley.procedure.registry import Desks
from tests.procedure import toy_desk
from tests.procedure.histories import CHARTER_FILE, ISR, SYR, USA, History, charter_of
from tests.procedure.toy_desk import HOUR_MS

CHARTER = charter_of(CHARTER_FILE.read_text("utf-8").replace("[kinds]\n", toy_desk.CHARTER_LINES))
DESKS = Desks((line.DESK, toy_desk.DESK))


@pytest.fixture
def history() -> History:
    return History(CHARTER, DESKS)


def propose(history: History) -> Act:
    return history.say(ISR, "pact", text(history))


def text(history: History) -> dict:
    return {"text": "SIMULATION", "lang": "en", "until": history.now + 9 * HOUR_MS}


def assent(history: History, member: int, case: Act, to: Act | None = None, **how: object) -> Act:
    return history.say(member, "assent", case=case, about=to or case, **how)  # type: ignore[arg-type]


def running(case: CaseFold) -> dict[tuple[str, int], int]:
    """Clocks that nothing has stopped: when they are due, by name and member."""
    return {(one.name, one.member): one.due_ms for one in clocks(case, nobody) if one.stopped_ms is None}


def nobody(act: Act) -> Mapping[int, Mark]:
    return {}


def test_a_pact_is_agreed_when_all_have_assented_and_sealed_by_two_officers(history: History) -> None:
    pact = propose(history)
    assent(history, SYR, pact)
    assert history.fold(pact).state == "proposed"
    assent(history, USA, pact)
    assert history.fold(pact).state == "agreed"
    seal = history.say(ISR, "seal", case=pact)
    assert history.fold(pact).state == "agreed", "the second signature is awaited"
    release = history.say(ISR, "release", case=pact, about=seal, mandate="head", position="head-1")
    case = history.fold(pact)
    assert (case.state, case.is_over) == ("sealed", True)
    assert [one.act for one in case.entered] == [pact, history.acts[2], release]


def test_its_clocks_run_from_the_proposal_until_all_have_assented(history: History) -> None:
    pact = propose(history)
    case = history.fold(pact)
    wanted = {(name, member) for name in (ACKNOWLEDGE, "toy.assent") for member in (SYR, USA)}
    assert running(case).keys() == wanted
    [first, _] = [one for one in clocks(case, nobody) if one.name == "toy.assent"]
    assert first.due_ms == pact.at_ms + HOUR_MS
    assert phase(first, first.due_ms - 1) is Phase.RUNNING
    assert phase(first, first.due_ms) is Phase.MISSED
    for member in (SYR, USA):
        history.say(member, "acknowledge", {"read_back": {"until": pact.content["until"]}}, case=pact, about=pact)  # type: ignore[index]
        assent(history, member, pact)
    assert not running(history.fold(pact))


def test_assents_to_two_texts_agree_nothing(history: History) -> None:
    pact = propose(history)
    assent(history, SYR, pact)
    fix = history.say(ISR, "correction", text(history), case=pact, about=pact)
    assent(history, USA, pact, fix)
    case = history.fold(pact)
    assert case.state == "proposed"
    assert [sorted(given) for given in case.assents.values()] == [[SYR], [USA]]
    assent(history, SYR, pact, fix)
    assert history.fold(pact).state == "agreed"


def test_a_withdrawal_that_the_last_assent_had_not_seen_does_not_undo_it(history: History) -> None:
    pact = propose(history)
    assent(history, SYR, pact)
    history.hear(USA)
    retract = history.say(ISR, "retract", case=pact)
    last = assent(history, USA, pact, blind=True)
    assert retract.key < last.key
    case = history.fold(pact)
    assert case.state == "agreed"
    told = next(item for item in case.items if item.act is retract).because
    assert told is not None
    assert (told.code, told.before, told.unseen) == ("withdrawal.bound", last.reference, True)


def test_a_withdrawal_that_an_assent_had_seen_stands(history: History) -> None:
    pact = propose(history)
    assent(history, SYR, pact)
    history.say(ISR, "retract", case=pact)
    assent(history, USA, pact)
    assert history.fold(pact).state == "retracted"
