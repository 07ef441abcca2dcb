"""A backlog is held first and judged after; what is urgent waits for neither, and nothing stays unjudged."""

from __future__ import annotations

import pytest

from parley.node.core import folding, traffic
from parley.node.core.folding import MAX_PUT_OFF_MS, may_be_directory
from parley.record.ids import LogId
from parley.record.statement import Precedence
from tests.node.nodes import STEP_MS, Nodes

BACKLOG = 300
LOG = LogId(0)


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backlog comes in several windows of several pushes."""
    monkeypatch.setattr(traffic, "CHUNK_ENTRIES", 64)
    monkeypatch.setattr(traffic, "PULL_WINDOW_BYTES", 32 * 1024)
    monkeypatch.setattr(folding, "REFILL_BELOW", 10)
    monkeypatch.setattr(folding, "READ_AGAIN_ROWS", 10)


def behind() -> Nodes:
    """Two nodes; the second was away for `BACKLOG` statements of the first."""
    nodes = Nodes(2)
    nodes.connect()
    nodes.run(500)
    nodes.disconnect(1, 0)
    for number in range(BACKLOG):
        nodes.say(0, f"{number}")
    nodes.arrived.clear()
    return nodes


def catching_up() -> Nodes:
    """As `behind`, the second having taken in half of it."""
    nodes = behind()
    nodes.lines |= {(0, 1), (1, 0)}
    for n in range(2):
        nodes.cores[n].link_up(1 - n, nodes.now)
        nodes.pump(n)
    while nodes.sizes(1).get(LOG, 0) < nodes.sizes(0)[LOG] - BACKLOG // 2:
        sender, receiver, frame = nodes.wire.popleft()
        nodes.inject(sender, receiver, frame)
    assert nodes.sizes(1)[LOG] < nodes.sizes(0)[LOG]
    return nodes


def heard(nodes: Nodes) -> list[int]:
    return [place.seq for n, place, _, durable in nodes.arrived if n == 1 and durable]


def test_a_backlog_is_held_before_it_is_judged_and_then_rings_in_order() -> None:
    nodes = catching_up()
    assert not heard(nodes)
    assert not nodes.cores[1].folding.caught_up()
    nodes.run(500)
    assert nodes.cores[1].folding.caught_up()
    seqs = heard(nodes)
    assert len(seqs) == BACKLOG
    assert seqs == sorted(seqs)


def test_a_flash_is_judged_at_once_beside_a_backlog_that_waits() -> None:
    nodes = behind()
    nodes.slow.add(1)
    nodes.connect()
    nodes.run(500)
    assert not nodes.cores[1].folding.caught_up()
    nodes.say(0, "now", precedence=Precedence.FLASH)
    nodes.deliver()
    size = nodes.sizes(0)[LOG]
    waiting, nodes.unverified[1] = nodes.unverified[1][:-1], nodes.unverified[1][-1:]
    nodes.verify(1)
    nodes.pump(1)
    assert heard(nodes) == [size - 1], "the FLASH waited for the backlog"
    nodes.slow.clear()
    nodes.unverified[1] += waiting
    nodes.verify(1)
    nodes.run(500)
    assert set(heard(nodes)) == set(range(size - BACKLOG - 1, size))
    assert nodes.cores[1].folding.caught_up()


def test_judging_is_not_put_off_for_ever_by_a_backlog_that_does_not_end() -> None:
    nodes = catching_up()
    nodes.wire.clear()
    begin, place = nodes.now, next(place for place in nodes.confirmed.values() if place.log == LOG)
    core = nodes.cores[1]
    while not heard(nodes) and nodes.now < begin + 2 * MAX_PUT_OFF_MS:
        core.folding._put_off(place, nodes.now)
        nodes.now += STEP_MS
        for pull in core.traffic.peers.pulls.values():
            pull.since_ms = nodes.now
        core.tick(nodes.now)
        nodes.pump(1)
        nodes.wire.clear()
    assert MAX_PUT_OFF_MS <= nodes.now - begin < MAX_PUT_OFF_MS + 1_000


def test_a_crash_leaves_nothing_of_a_backlog_unjudged() -> None:
    nodes = catching_up()
    nodes.restart(1)
    nodes.connect()
    nodes.run(500)
    assert nodes.cores[1].folding.caught_up()
    assert not nodes.voids(1)


def test_no_statement_that_changes_a_directory_is_taken_for_one_that_does_not() -> None:
    nodes = Nodes(2)
    for row in nodes.stores[0].entries(LOG, 0, 1, 9):
        assert row.statement is not None
        assert may_be_directory(row.statement)
    statement, _ = nodes.message(0, "officer talk")
    assert not may_be_directory(statement)
