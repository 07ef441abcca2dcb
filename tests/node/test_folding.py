"""A backlog is held first and judged after; what is urgent waits for neither, and nothing stays unjudged."""

from __future__ import annotations

from parley.node.folding import MAX_PUT_OFF_MS, may_be_directory
from parley.record.ids import LogId
from parley.record.statement import Precedence
from tests.node.nodes import Nodes

BACKLOG = 300


def behind() -> Nodes:
    """Two nodes; the second was away for `BACKLOG` statements of the first, and holds them since a moment."""
    nodes = Nodes(2)
    nodes.connect()
    nodes.run(500)
    nodes.disconnect(1, 0)
    for number in range(BACKLOG):
        nodes.say(0, f"{number}")
    nodes.arrived.clear()
    nodes.connect()
    return nodes


def heard(nodes: Nodes) -> list[int]:
    return [place.seq for n, place, _, durable in nodes.arrived if n == 1 and durable]


def test_a_backlog_is_held_before_it_is_judged_and_then_rings_in_order() -> None:
    nodes = behind()
    assert nodes.sizes(1)[LogId(0)] == nodes.sizes(0)[LogId(0)]
    assert not heard(nodes)
    assert not nodes.cores[1].folding.caught_up()
    nodes.run(500)
    assert nodes.cores[1].folding.caught_up()
    seqs = heard(nodes)
    assert len(seqs) == BACKLOG
    assert seqs == sorted(seqs)


def test_a_flash_rings_at_once_beside_a_backlog_that_is_put_off() -> None:
    nodes = behind()
    nodes.say(0, "now", precedence=Precedence.FLASH)
    nodes.deliver()
    size = nodes.sizes(0)[LogId(0)]
    assert heard(nodes) == [size - 1]
    nodes.run(500)
    assert sorted(set(heard(nodes))) == list(range(size - BACKLOG - 1, size))
    assert nodes.cores[1].folding.caught_up()


def test_judging_is_not_put_off_for_ever_by_a_backlog_that_does_not_end() -> None:
    nodes = behind()
    folding, begin = nodes.cores[1].folding, nodes.now
    place = next(place for place in nodes.confirmed.values() if place.log == 0)
    while not folding.caught_up() and nodes.now < begin + 2 * MAX_PUT_OFF_MS:
        folding._put_off(place, nodes.now)
        nodes.run(50)
    assert MAX_PUT_OFF_MS <= nodes.now - begin < MAX_PUT_OFF_MS + 1_000


def test_a_crash_leaves_nothing_of_a_backlog_unjudged() -> None:
    nodes = behind()
    nodes.restart(1)
    nodes.run(500)
    assert nodes.cores[1].folding.caught_up()
    assert not nodes.voids(1)


def test_no_statement_that_changes_a_directory_is_taken_for_one_that_does_not() -> None:
    nodes = Nodes(2)
    for row in nodes.stores[0].entries(LogId(0), 0, 1, 9):
        assert row.statement is not None
        assert may_be_directory(row.statement)
    statement, _ = nodes.message(0, "officer talk")
    assert not may_be_directory(statement)
