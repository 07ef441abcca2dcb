"""What rings, for whom, and how far: never nobody for a STOP, never for who was not asked, save the facilitator in its time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.node.cases.watch import Ringing, Stage, Watch, escalates, rings
from parley.procedure.clocks import ACKNOWLEDGE, Clock
from parley.record.statement import Precedence
from tests.procedure.histories import CHARTER, ISR, SYR, USA

SINCE = 1_000_000
FLASH_DUE = SINCE + 600_000


def ringing(
    precedence: Precedence = Precedence.FLASH, *, member: int = SYR, stopped: int | None = None, name: str = ACKNOWLEDGE,
    due: int = FLASH_DUE, about: str = "ISR 7",
) -> Ringing:  # fmt: skip
    clock = Clock(name, {"en": name}, "ISR 7", about, member, precedence, SINCE, due, True, stopped)
    return Ringing(clock, "message", "ISR/duty-1", escalates(precedence, life_safety=False))


@pytest.mark.parametrize(
    ("after_s", "stage", "alternates"),
    [
        (0, Stage.FIRST, 0),
        (59, Stage.FIRST, 0),
        (60, Stage.ALTERNATES, 1),
        (120, Stage.ALTERNATES, 2),
        (500, Stage.ALTERNATES, 3),
    ],
)
def test_a_flash_rings_at_once_and_alternates_join_in_their_time(after_s: int, stage: Stage, alternates: int) -> None:
    [ring] = rings([ringing()], CHARTER, SYR, SINCE + after_s * 1000)
    assert (ring.stage, ring.alternates, ring.whose) == (stage, alternates, "SYR")


def test_the_facilitator_is_rung_last_and_nobody_else_who_was_not_asked() -> None:
    assert rings([ringing()], CHARTER, USA, SINCE + 239_999) == []
    [ring] = rings([ringing()], CHARTER, USA, SINCE + 240_000)
    assert (ring.stage, ring.whose) == (Stage.FACILITATOR, "SYR")
    assert rings([ringing()], CHARTER, ISR, SINCE + 10**9) == []


def test_what_is_acknowledged_rings_nowhere() -> None:
    for me in (ISR, SYR, USA):
        assert rings([ringing(stopped=SINCE + 5)], CHARTER, me, SINCE + 10**9) == []


def test_what_is_not_urgent_rings_again_when_its_clock_is_missed_and_goes_no_further() -> None:
    routine = ringing(Precedence.ROUTINE)
    assert rings([routine], CHARTER, SYR, SINCE)[0].stage is Stage.FIRST
    assert rings([routine], CHARTER, SYR, FLASH_DUE)[0].stage is Stage.MISSED
    assert rings([routine], CHARTER, USA, FLASH_DUE + 10**9) == []


def test_a_stop_of_any_precedence_escalates() -> None:
    assert escalates(Precedence.ROUTINE, life_safety=True)


def test_a_desk_clock_does_not_ring() -> None:
    assert rings([ringing(name="line.present")], CHARTER, SYR, SINCE) == []


def test_the_most_urgent_and_longest_waiting_stands_first() -> None:
    found = [
        ringing(Precedence.ROUTINE, about="ISR 1"),
        ringing(about="ISR 2"),
        ringing(Precedence.PRIORITY, about="ISR 3"),
    ]
    assert [ring.reference for ring in rings(found, CHARTER, SYR, SINCE)] == ["ISR 2", "ISR 3", "ISR 1"]


def test_a_watch_tells_each_step_once_and_when_it_ends() -> None:
    watch = Watch(SYR)
    assert [ring.stage for ring in watch.set("ISR 7", [ringing()], CHARTER, SINCE).fresh] == [Stage.FIRST]
    assert watch.next_due() == SINCE + 60_000
    assert watch.advance(CHARTER, SINCE + 59_000) == ((), ())
    change = watch.advance(CHARTER, SINCE + 60_000)
    assert ([ring.alternates for ring in change.fresh], [ring.alternates for ring in change.gone]) == ([1], [0])
    assert watch.advance(CHARTER, SINCE + 60_500) == ((), ())
    gone = watch.set("ISR 7", [], CHARTER, SINCE + 61_000)
    assert (gone.fresh, len(gone.gone), watch.current()) == ((), 1, [])


def test_a_clock_that_is_put_back_takes_back_what_it_let_ring_too_early() -> None:
    watch, day_ms = Watch(SYR), 86_400_000
    watch.set("ISR 7", [ringing()], CHARTER, SINCE + day_ms)
    assert [ring.alternates for ring in watch.current()] == [3]
    told = watch.advance(CHARTER, SINCE)
    assert [ring.alternates for ring in (*told.fresh, *told.gone)] == [0, 3]
    watch.advance(CHARTER, SINCE + 60_000)
    assert [ring.alternates for ring in watch.current()] == [1], "and lets it ring when it is time"


@given(
    st.lists(
        st.tuples(st.sampled_from(Precedence), st.sampled_from([ISR, SYR, USA]), st.integers(0, 400_000)), max_size=6
    ),
    st.sampled_from([ISR, SYR, USA]),
    st.lists(st.integers(0, 300_000), min_size=1, max_size=8),
)
def test_time_in_any_steps_comes_to_the_same_as_looking_once(
    found: list[tuple[Precedence, int, int]], me: int, steps: list[int]
) -> None:
    watch, now = Watch(me), SINCE
    made = [
        ringing(precedence, member=member, due=SINCE + due, about=f"ISR {number}")
        for number, (precedence, member, due) in enumerate(found)
    ]
    for one in made:
        watch.set(one.clock.about, [one], CHARTER, now)
    for step in steps:
        now += step
        watch.advance(CHARTER, now)
    assert watch.current() == rings(made, CHARTER, me, now)
