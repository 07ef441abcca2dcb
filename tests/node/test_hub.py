"""The hub: one order for all tabs, nothing missed within the ring, and no tab that costs more than its bound."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from parley.node import hub
from parley.node.hub import BEHIND, STOPPING, Ending, EventHub, Joined, Message, Tab


def joined(of: EventHub, epoch: str | None = None, since: int | None = None) -> Joined:
    found = of.join(epoch, since)
    assert found is not None
    return found


def taken(tab: Tab) -> list[int]:
    """Numbers of what waits for a tab."""

    async def read() -> list[int]:
        found: list[int] = []
        while True:
            try:
                message = await asyncio.wait_for(tab.next(), 0.01)
            except TimeoutError:
                return found
            if message is None:
                return found
            found.append(message.seq)

    return asyncio.run(read())


@given(before=st.integers(0, 30), away=st.integers(0, 30), after=st.integers(0, 30))
def test_a_tab_that_was_away_gets_what_it_missed_and_what_follows_once_and_in_order(
    before: int, away: int, after: int
) -> None:
    of = EventHub("e")
    for _ in range(before):
        of.publish("x", {})
    for _ in range(away):
        of.publish("x", {})
    back = joined(of, "e", before)
    for _ in range(after):
        of.publish("x", {})
    assert back.resumed
    assert back.seq == before + away
    assert taken(back.tab) == list(range(before + 1, before + away + after + 1))


def test_a_tab_of_another_life_of_the_node_is_told_to_begin_anew() -> None:
    of = EventHub("new")
    of.publish("x", {})
    assert not joined(of, "old", 1).resumed
    assert not joined(of, None, 1).resumed
    assert not joined(of).resumed


def test_a_tab_that_names_a_number_still_to_come_is_told_to_begin_anew() -> None:
    of = EventHub("e")
    assert not joined(of, "e", 1).resumed
    assert not joined(of, "e", -1).resumed
    assert joined(of, "e", 0).resumed


def test_what_the_ring_has_forgotten_is_not_passed_over_in_silence() -> None:
    of = EventHub("e")
    for _ in range(hub.RING_MESSAGES + 1):
        of.publish("x", {})
    assert not joined(of, "e", 0).resumed
    kept = joined(of, "e", 1)
    assert kept.resumed
    numbers = taken(kept.tab)
    assert (numbers[0], len(numbers)) == (2, hub.RING_MESSAGES)
    assert all(b - a == 1 for a, b in pairwise(numbers))


def test_a_tab_that_does_not_read_is_ended_and_holds_no_more_than_its_bound() -> None:
    of = EventHub("e")
    slow, quick = joined(of).tab, joined(of).tab
    for _ in range(hub.TAB_MESSAGES + 1):
        of.publish("x", {})
        taken_now = quick._waiting.get_nowait()
        assert taken_now is not None
    assert slow.ending == BEHIND
    assert taken(slow) == []
    assert quick.ending is None


def test_the_last_word_to_an_ended_tab_is_said_though_others_waited() -> None:
    tab = Tab()
    for seq in range(3):
        tab.put(Message(seq, "x", {}))
    tab.end(Ending(4001, "ended"), Message(7, "session", {"ended": "key"}))
    tab.end(STOPPING)
    tab.put(Message(8, "x", {}))
    assert taken(tab) == [7]
    assert tab.ending == Ending(4001, "ended")


def test_no_more_tabs_are_taken_than_there_is_room_for() -> None:
    of = EventHub("e")
    tabs = [joined(of).tab for _ in range(hub.MAX_TABS)]
    assert of.join() is None
    of.leave(tabs[0])
    assert of.join() is not None


def test_a_closed_hub_ends_every_tab_and_takes_no_other() -> None:
    of = EventHub("e")
    tab = joined(of).tab
    of.close()
    assert tab.ending == STOPPING
    assert of.join() is None


def test_a_message_is_its_number_its_type_and_its_data() -> None:
    assert json.loads(Message(3, "entry", {"reference": "AAA 7", "case": None}).text) == {
        "seq": 3, "type": "entry", "reference": "AAA 7", "case": None,
    }  # fmt: skip
