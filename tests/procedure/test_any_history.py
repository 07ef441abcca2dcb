"""No history of statements stops a fold, whatever charter it stands under: also with second officers and emergencies for every kind."""

from __future__ import annotations

import re
from random import Random

import pytest

from parley.charter.charter import Charter
from parley.charter.emergency import Plea
from parley.desks import at_hand
from parley.geo.notice import Notice
from parley.node.cases.conflicts import Conflicts
from parley.node.cases.notices import editions, notice_of
from parley.procedure.act import Act
from parley.procedure.clocks import clocks
from parley.procedure.fold import CaseFold
from parley.record.ids import members
from parley.record.statement import Precedence
from tests.procedure.histories import CHARTER_FILE, History, charter_of
from tests.procedure.sayings import Saying, content_of, nonsense, opening, sensible

PLEA = Plea(1_790_000_000, "SIMULATION: no answer from the authority").marking
SECOND_HAND = ("release", "confirm-emergency", "withdraw-emergency")
KIND = re.compile(r"^([a-z-]+) = \{ version = 1,(.*mandates = \[(.*)\] \})$", re.M)
EVERYONE = range(3)
HISTORIES = 100


def charter(rng: Random) -> Charter:
    """The example's, with a second officer wanted for some kinds, and a plea allowed for every kind that the watch may not say."""
    text = CHARTER_FILE.read_text("utf-8")
    paired = {name for name, *_ in KIND.findall(text) if name not in SECOND_HAND and rng.random() < 0.3}
    pleaded = [
        f'"{name}"' for name, _, mandates in KIND.findall(text)
        if name not in SECOND_HAND and '"watch"' not in mandates and '"release"' in mandates
    ]  # fmt: skip
    text = KIND.sub(lambda one: with_second(one) if one[1] in paired else one[0], text)
    text, count = re.subn(r'kinds = \["suspend".*\]', f"kinds = [{', '.join(pleaded)}]", text)
    assert count == 1
    assert paired
    return charter_of(text)


def with_second(one: re.Match[str]) -> str:
    return f'{one[1]} = {{ version = 1, countersigned_by = ["head"],{one[2]}'


def say(history: History, rng: Random, member: int, saying: Saying) -> Act:
    """By an officer who may say it, mostly; half of what needs an authority in its stead; now and then without having heard
    the others."""
    position, mandate = rng.choice((("duty-1", "watch"), ("head-1", "release"), ("head-2", "head")))
    if saying.kind in SECOND_HAND and rng.random() < 0.8:
        position, mandate = rng.choice((("head-1", "release"), ("head-2", "head")))
    elif rng.random() < 0.5:
        position, mandate = "duty-1", "watch"
    return history.record(
        member, saying.kind, saying.content, saying.case, saying.about, members([one for one in EVERYONE if one != member]),
        position=position, precedence=Precedence.ROUTINE, mandate=mandate, blind=rng.random() < 0.3,
        marking=PLEA if mandate == "watch" and rng.random() < 0.8 else "",
    )  # fmt: skip


def untimely(rng: Random, case: CaseFold, member: int, now_ms: int) -> Saying | None:
    """A move that is the member's to make, wherever the case stands."""
    rows = [row for row in case.procedure.moves if case.may(row.who, member)] if case.procedure is not None else []
    if not rows:
        return None
    row = rng.choice(rows)
    kind = case.setting.desks.kind(row.kind)
    assert kind is not None
    content = {**content_of(kind, rng, now_ms), **row.where}
    return Saying(row.kind, content, case.opening.reference, (case.current().act.digest,))


@pytest.mark.parametrize("seed", range(8))
def test_no_history_stops_a_fold(seed: int) -> None:
    rng = Random(seed)
    terms, desks = charter(rng), at_hand()
    openers = [kind for desk in desks.desks for kind in desk.kinds if kind.opens is not None]
    for _ in range(HISTORIES):
        history = History(terms)
        first = say(history, rng, rng.choice(EVERYONE), opening(rng, rng.choice(openers), history.now))
        for _ in range(rng.randint(3, 25)):
            case = history.fold(first)
            member = rng.choice(EVERYONE)
            said = rng.choice((sensible, sensible, sensible, untimely))(rng, case, member, history.now)
            say(history, rng, member, said or nonsense(rng, desks, case, history.now))
        case = history.fold(first)
        assert len(case.items) == len(history.acts)
        assert case.current().because is None or case.current() is case.items[0]
        assert all(one.due_ms > one.since_ms for one in clocks(case, lambda _: {}))
        notice = notice_of(case, "ISR", simulation=True)
        assert not isinstance(notice, Notice) or editions(case)
        Conflicts().moved(case, ["ISR", "SYR", "USA"])
