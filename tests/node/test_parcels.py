"""Parcels are delivered in windows: a line is not broken by all that waited for its other end."""

from __future__ import annotations

from collections import deque

import pytest

from parley.link import frames
from parley.node.core.parcels import PARCEL_PATIENCE_MS, PARCEL_TURNS, PARCEL_WINDOW
from parley.record.ids import LogId
from tests.node.nodes import STEP_MS, Nodes

AUTHOR, ADDRESSEE, RELAY = 0, 1, 2
LOG = LogId(AUTHOR)
COUNT = 3 * PARCEL_WINDOW


@pytest.fixture
def nodes() -> Nodes:
    """A relay that keeps parcels for a member that was away; their author is away by now."""
    made = Nodes(3)
    made.connect()
    made.run(2_000)
    made.disconnect(AUTHOR, ADDRESSEE)
    made.disconnect(RELAY, ADDRESSEE)
    for number in range(COUNT):
        made.say(AUTHOR, f"SIMULATION {number}", channel="caucus")
        made.deliver()
    made.run(1_000)
    made.disconnect(AUTHOR, RELAY)
    made.sent.clear()
    return made


def parcels(nodes: Nodes) -> list[int]:
    return [frame.seq for by, _, frame in nodes.sent if isinstance(frame, frames.Parcel) and by == RELAY]


def hold_back(nodes: Nodes) -> None:
    """Nothing on the wire arrives."""
    nodes.wire = deque()


def test_they_come_in_windows_and_all_of_them_once(nodes: Nodes) -> None:
    nodes.lines |= {(RELAY, ADDRESSEE), (ADDRESSEE, RELAY)}
    for one, other in ((RELAY, ADDRESSEE), (ADDRESSEE, RELAY)):
        nodes.cores[one].link_up(other, nodes.now)  # type: ignore[arg-type]
        nodes.pump(one)
    assert len(parcels(nodes)) == PARCEL_WINDOW, "the rest waits for receipts"
    nodes.run(5_000)
    held = [row for row in nodes.stores[ADDRESSEE].entries(LOG, 0, 0, 10_000) if row.content is not None]
    assert sum(b"SIMULATION" in (row.content or b"") for row in held) == COUNT
    assert len(parcels(nodes)) == len(set(parcels(nodes))) == COUNT
    assert not nodes.stores[RELAY].parcels(ADDRESSEE)  # type: ignore[arg-type]


def test_what_gets_no_receipt_gives_way_and_is_tried_again_a_few_times(nodes: Nodes) -> None:
    nodes.lines |= {(RELAY, ADDRESSEE), (ADDRESSEE, RELAY)}
    nodes.cores[RELAY].link_up(ADDRESSEE, nodes.now)  # type: ignore[arg-type]
    nodes.pump(RELAY)
    for _ in range(2 * PARCEL_TURNS * (COUNT // PARCEL_WINDOW) * PARCEL_PATIENCE_MS // STEP_MS // 10):
        nodes.now += 10 * STEP_MS
        nodes.cores[RELAY].tick(nodes.now)
        nodes.pump(RELAY)
        hold_back(nodes)
    turns = [parcels(nodes).count(seq) for seq in set(parcels(nodes))]
    assert turns == [PARCEL_TURNS] * COUNT
    assert len(nodes.stores[RELAY].parcels(ADDRESSEE)) == COUNT, "they are kept for the next line"  # type: ignore[arg-type]
