"""What stands and what clashes: by whom, in what state; gone with what is moved or withdrawn; never clear where it cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.crypto.cbor import CborValue
from parley.geo.verdict import Status
from parley.node.cases.conflicts import Conflicts
from parley.procedure.act import Act
from tests.procedure.histories import ISR, SYR, USA, History

HOUR_MS = 3_600_000
NOON = 1_900_000_000_000
CODES = ("ISR", "SYR", "USA")
BOW_TIE = {
    "polygon": [
        [331_000_000, 358_000_000],
        [332_000_000, 359_000_000],
        [332_000_000, 358_000_000],
        [331_000_000, 359_000_000],
    ]
}


def volume(east_km: float = 0.0, hours: float = 0.0, **limits: Any) -> dict[CborValue, CborValue]:
    centre = [331_254_000, 358_012_000 + round(east_km / 93.3 * 10_000_000)]
    return {
        "area": {"circle": [*centre, 5_000]},
        "start": NOON + round(hours * HOUR_MS),
        "end": NOON + round((hours + 1) * HOUR_MS),
        **limits,
    }


def notice(*volumes: Mapping[CborValue, CborValue], activity: str = "fire") -> dict[str, Any]:
    return {"activity": activity, "volumes": list(volumes), "unit": "E-3", "intent": "SIMULATION", "lang": "en"}


class Floor:
    """Cases of one history, and the conflicts that a node would see."""

    def __init__(self) -> None:
        self.history = History()
        self.conflicts = Conflicts()
        self.openings: list[Act] = []

    def opens(self, member: int, kind: str, content: dict[str, Any]) -> Act:
        opening = self.history.say(member, kind, content)
        self.openings.append(opening)
        self.look(opening)
        return opening

    def says(self, member: int, kind: str, content: dict[str, Any], case: Act, about: Act | None = None) -> Act:
        act = self.history.say(member, kind, content, case=case, about=about)
        self.look(case)
        return act

    def look(self, opening: Act) -> None:
        self.conflicts.moved(self.history.fold(opening), CODES)

    def pairs(self) -> dict[tuple[str, str], Status]:
        return {(one.one, one.other): one.status for one in self.conflicts.conflicts()}


@pytest.fixture
def floor() -> Floor:
    return Floor()


def test_two_sides_notices_that_meet_are_in_conflict_whoever_comes_first(floor: Floor) -> None:
    one, other = floor.opens(ISR, "notice", notice(volume())), floor.opens(SYR, "notice", notice(volume(6)))
    turned = Floor()
    turned.opens(ISR, "notice", notice(volume()))
    turned.openings.append(turned.history.say(SYR, "notice", notice(volume(6))))
    turned.conflicts = Conflicts()
    for opening in reversed(turned.openings):
        turned.look(opening)
    assert floor.pairs() == {(one.reference, other.reference): Status.CONFLICT}
    assert turned.pairs() == floor.pairs()
    assert turned.conflicts.conflicts() == floor.conflicts.conflicts()


def test_ones_own_notices_are_ones_own_matter(floor: Floor) -> None:
    floor.opens(ISR, "notice", notice(volume()))
    floor.opens(ISR, "notice", notice(volume()))
    assert floor.pairs() == {}


@pytest.mark.parametrize("away", [{"east_km": 40}, {"hours": 3}])
def test_moving_or_delaying_it_takes_the_conflict_away(floor: Floor, away: dict[str, float]) -> None:
    one = floor.opens(ISR, "notice", notice(volume()))
    floor.opens(SYR, "notice", notice(volume()))
    floor.says(ISR, "correction", notice(volume(**away)), one, one)
    assert floor.pairs() == {}


@pytest.mark.parametrize("kind", ["called-off", "ended"])
def test_what_is_over_clashes_no_more(floor: Floor, kind: str) -> None:
    one = floor.opens(ISR, "notice", notice(volume()))
    floor.opens(SYR, "notice", notice(volume()))
    if kind == "ended":
        floor.says(ISR, "begun", {}, one)
    floor.says(ISR, kind, {}, one)
    assert floor.pairs() == {}


def test_what_is_not_as_filed_is_looked_at_beyond_its_time(floor: Floor) -> None:
    one = floor.opens(ISR, "notice", notice(volume()))
    other = floor.opens(SYR, "notice", notice(volume(hours=3)))
    assert floor.pairs() == {}
    floor.says(ISR, "begun", {}, one)
    floor.says(ISR, "off-nominal", {"status": "overrun"}, one)
    assert floor.pairs() == {(one.reference, other.reference): Status.CONFLICT}


def test_heights_over_different_datums_cannot_be_excluded(floor: Floor) -> None:
    floor.opens(ISR, "notice", notice(volume(ceiling=[100_000, "AGL"])))
    floor.opens(SYR, "notice", notice(volume(floor=[200_000, "AMSL"])))
    assert list(floor.pairs().values()) == [Status.NOT_COMPARABLE]


def test_an_outline_that_another_node_let_through_is_never_clear(floor: Floor) -> None:
    bow_tie = {"area": BOW_TIE, "start": NOON, "end": NOON + HOUR_MS}
    one = floor.opens(SYR, "notice", notice(bow_tie))
    other = floor.opens(ISR, "notice", notice(volume()))
    assert floor.conflicts.items()[1].doubtful == {0}
    assert floor.pairs() == {(other.reference, one.reference): Status.NOT_COMPARABLE}


def test_a_standstill_restrains_once_it_is_in_force_and_only_whom_it_binds(floor: Floor) -> None:
    content = {"whose": ["ISR"], "against": ["SYR"], "activity": "fire", "volumes": [volume()]}
    halt = floor.opens(USA, "standstill", content)
    mine, theirs = floor.opens(ISR, "notice", notice(volume())), floor.opens(SYR, "notice", notice(volume(30)))
    floor.opens(SYR, "notice", notice(volume(0, 5)))
    assert floor.pairs() == {}
    floor.says(ISR, "respond", {"answer": "confirmed"}, halt, halt)
    floor.says(SYR, "respond", {"answer": "confirmed"}, halt, halt)
    assert floor.history.fold(halt).state == "in-force"
    assert floor.pairs() == {(mine.reference, halt.reference): Status.CONFLICT}
    assert theirs.reference not in {reference for pair in floor.pairs() for reference in pair}


def test_a_stop_restrains_everyone_in_its_area_until_it_expires(floor: Floor) -> None:
    area = {"circle": [331_254_000, 358_012_000, 2_000]}
    stop = floor.opens(SYR, "stop", {"area": area, "activity": "fire", "until": NOON + 2 * HOUR_MS})
    one = floor.opens(ISR, "notice", notice(volume()))
    late = floor.opens(ISR, "notice", notice(volume(hours=4)))
    march = floor.opens(ISR, "notice", notice(volume(), activity="ground"))
    assert floor.pairs() == {(one.reference, stop.reference): Status.CONFLICT}
    floor.says(SYR, "extend", {"until": NOON + 6 * HOUR_MS}, stop)
    assert {late.reference, stop.reference} in [set(pair) for pair in floor.pairs()]
    floor.says(SYR, "lift", {}, stop)
    assert floor.pairs() == {}
    assert march.reference in {one.reference for one in floor.conflicts.items()}


def test_a_coordination_is_found_by_the_two_it_names(floor: Floor) -> None:
    one, other = floor.opens(ISR, "notice", notice(volume())), floor.opens(SYR, "notice", notice(volume()))
    content = {"items": [other.reference, one.reference], "members": ["ISR", "SYR"], "way": "delay"}
    settled = floor.opens(SYR, "coordination", content)
    assert floor.conflicts.coordination(one.reference, other.reference) == settled.reference
    floor.says(ISR, "respond", {"answer": "confirmed"}, settled, settled)
    assert floor.history.fold(settled).state == "agreed"


@given(
    st.permutations(range(6)),
    st.lists(st.tuples(st.floats(-15, 15), st.floats(-2, 2), st.sampled_from([ISR, SYR])), min_size=6, max_size=6),
)
def test_the_order_in_which_cases_come_changes_nothing(
    order: list[int], spread: list[tuple[float, float, int]]
) -> None:
    floor = Floor()
    for east, hours, member in spread:
        floor.opens(member, "notice", notice(volume(east, hours)))
    other = Conflicts()
    for number in order:
        other.moved(floor.history.fold(floor.openings[number]), CODES)
    assert other.conflicts() == floor.conflicts.conflicts()
    assert other.items() == floor.conflicts.items()
