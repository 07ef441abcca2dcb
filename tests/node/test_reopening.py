"""A log is frozen by its member's root and goes on as another: what the others take, and what a restored node waits for."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path

import pytest

from bench.cell import found_cell, seed
from parley.charter.directory_build import DirectorySigner, build
from parley.charter.directory_kinds import Reopening
from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.link import frames
from parley.node.home.cards import Card
from parley.node.runtime import Node
from parley.record.branch import Item
from parley.record.ids import GENERATION_STEP, LogId, MemberSet, Seq, TreeSize
from parley.record.rows import Place
from tests.node.nodes import Nodes

OLD, FRESH = LogId(0), LogId(GENERATION_STEP)


@pytest.fixture
def nodes() -> Nodes:
    made = Nodes(3)
    made.connect()
    made.run(1_000)
    assert made.agree()
    return made


def reopening(nodes: Nodes, size: int, root: bytes, of: LogId = OLD) -> tuple[bytes, bytes]:
    seat = nodes.cell.seats[0]
    signer = DirectorySigner.root(nodes.cell.charter.mechanism, seat.code, seat.root)
    said = Reopening(nodes.cores[0].mechanism.origin(of), size, root, "the node key was stolen")  # type: ignore[arg-type]
    return build(said, signer, issued_at_s=nodes.now // 1000, nonce=b"n" * 16, salt=b"s" * 16)


def reopen(nodes: Nodes) -> None:
    """Node 0 goes on in a new log, and enrols its officer there."""
    held = nodes.cores[0].record.primary(OLD)
    nodes.cores[0].reopen(999, *reopening(nodes, held.size, held.root), nodes.now)
    nodes.pump(0)
    mechanism = nodes.cores[0].mechanism
    nodes.submit(0, *nodes.cell.seats[0].card_for(mechanism, FRESH))
    nodes.enrol(0, binding=mechanism.directory(FRESH).binding)


def put_back(nodes: Nodes, backup: object) -> None:
    """Node 0 starts again from a backup, its mark lost."""
    nodes.stores[0] = backup  # type: ignore[assignment]
    nodes.marks[0] = None
    nodes.restart(0)


def head_of_fresh(nodes: Nodes, size: int, holder: int = 0) -> frames.Heads:
    root = nodes.stores[holder].root_at(FRESH, 0, size)
    assert root is not None
    signature = nodes.cores[0].traffic.heads.sign_at(FRESH, TreeSize(size), root)
    return frames.Heads((frames.Head(FRESH, TreeSize(size), root, signature),), MemberSet(0))


def test_a_root_signed_reopening_goes_on_in_a_new_log_that_all_follow(nodes: Nodes) -> None:
    reopen(nodes)
    assert nodes.confirmed[0, 999] == Place(FRESH, 0, Seq(0))
    nodes.run(1_000)
    ticket = nodes.say(0, "in the new log")
    nodes.run(1_000)
    place = nodes.confirmed[0, ticket]
    assert place.log == FRESH
    assert nodes.cores[1].mechanism.reference(place) == f"{nodes.cell.seats[0].code}2 {place.seq}"
    assert nodes.holders(0, place) == {1, 2}
    assert nodes.agree()
    nodes.restart(0)
    assert nodes.cores[0].log == FRESH


def test_a_log_is_not_frozen_below_what_another_member_has_seen(nodes: Nodes) -> None:
    nodes.say(0, "seen by all")
    nodes.run(1_000)
    held = nodes.cores[0].record.primary(OLD)
    root = nodes.cores[0].record.root_at(held, held.size - 2)
    assert root is not None
    with pytest.raises(Refused, match=r"log\.reopen"):
        nodes.cores[0].reopen(999, *reopening(nodes, held.size - 2, root), nodes.now)


def test_a_log_without_its_nodes_certificate_which_nobody_else_can_check_is_not_frozen(nodes: Nodes) -> None:
    held = nodes.cores[0].record.primary(OLD)
    nodes.cores[0].reopen(999, *reopening(nodes, held.size, held.root), nodes.now)
    nodes.pump(0)
    fresh = nodes.cores[0].record.primary(FRESH)
    with pytest.raises(Refused, match="no certificate"):
        nodes.cores[0].reopen(1_000, *reopening(nodes, fresh.size, fresh.root, of=FRESH), nodes.now)


def test_a_node_that_stopped_before_its_reopened_log_was_certified_starts_and_is_certified_then(tmp_path: Path) -> None:
    async def main() -> None:
        cell = found_cell(tmp_path / "cell")
        mechanism, member = cell.charter.mechanism, cell.charter.members[0]
        signer = DirectorySigner.root(mechanism, member.code, SigningKey.from_seed(seed("root", member.code)))
        node = Node(cell.home(0), cell.secrets[0])
        await node.start()
        held = node.core.record.primary(OLD)
        said = Reopening(node.mechanism.origin(OLD), held.size, held.root, "SIMULATION")
        await node.reopen(*build(said, signer, issued_at_s=1_790_000_000, nonce=b"n" * 16, salt=b"s" * 16))
        await node.stop()
        node = Node(cell.home(0), cell.secrets[0])
        await node.start()
        try:
            assert node.core.log == FRESH
            certificate = node.mechanism.card_keys(Card.read(cell.home(0).card_file))
            binding = node.mechanism.directory(FRESH).binding
            place = await node.submit(
                *build(certificate, signer, issued_at_s=1_790_000_000, nonce=b"o" * 16, salt=b"s" * 16, binding=binding)
            )
            assert place.log == FRESH
            assert node.mechanism.any_keys(FRESH)
        finally:
            await node.stop()

    asyncio.run(main())


def test_a_log_that_was_refilled_before_it_was_reopened_is_signed_again(nodes: Nodes) -> None:
    backup = copy.deepcopy(nodes.stores[0])
    nodes.say(0, "after the backup")
    nodes.run(1_000)
    put_back(nodes, backup)
    nodes.connect((0, 1), (0, 2))
    nodes.run(1_000)
    reopen(nodes)
    nodes.run(1_000)
    ticket = nodes.say(0, "in the new log")
    nodes.run(1_000)
    assert nodes.holders(0, nodes.confirmed[0, ticket]) == {1, 2}


def test_a_node_put_back_from_before_the_reopening_writes_no_more_in_the_frozen_log(nodes: Nodes) -> None:
    backup = copy.deepcopy(nodes.stores[0])
    reopen(nodes)
    nodes.run(1_000)
    frozen = nodes.sizes(1)[OLD]
    put_back(nodes, backup)
    for peer in (1, 2):  # all are heard; the entries are a while in coming
        nodes.inject(peer, 0, head_of_fresh(nodes, nodes.sizes(1)[FRESH], holder=1))
    assert not nodes.cores[0].may_sign()
    nodes.connect((0, 1), (0, 2))
    nodes.run(1_000)
    assert nodes.cores[0].log == FRESH
    assert nodes.cores[0].may_sign()
    assert nodes.sizes(1)[OLD] == frozen
    assert nodes.agree()
    assert nodes.forks_seen == []


def away(nodes: Nodes) -> list[Item]:
    """Node 2 is away while node 0 reopens its log; that log's entries, of which the first sees what node 2 lacks."""
    nodes.disconnect(0, 2)
    nodes.disconnect(1, 2)
    nodes.say(1, "not heard by all")
    nodes.run(1_000)
    reopen(nodes)
    nodes.run(1_000)
    rows = nodes.stores[0].entries(FRESH, 0, 0, nodes.sizes(0)[FRESH])
    return [Item(row.raw, row.statement, row.content) for row in rows]


def pushed(nodes: Nodes, items: list[Item], first: int, stop: int) -> frames.Push:
    root = nodes.stores[0].root_at(FRESH, 0, stop)
    assert root is not None
    signature = nodes.cores[0].traffic.heads.sign_at(FRESH, TreeSize(stop), root)
    return frames.Push(FRESH, Seq(first), tuple(items[first:stop]), signature)


def test_what_follows_a_certificate_that_still_waits_for_its_place_is_taken(nodes: Nodes) -> None:
    items = away(nodes)
    nodes.inject(1, 2, pushed(nodes, items, 0, 2))
    nodes.inject(1, 2, pushed(nodes, items, 2, 3))
    held = nodes.cores[2].record.primary(FRESH)
    assert (held.size, held.tip.size) == (0, 3)
    assert nodes.cuts == []


def test_a_head_under_a_key_whose_certificate_is_not_here_yet_is_not_called_forged(nodes: Nodes) -> None:
    items = away(nodes)
    nodes.inject(1, 2, pushed(nodes, items, 0, 1))
    nodes.inject(1, 2, head_of_fresh(nodes, 2))
    assert nodes.cuts == []
    nodes.connect((1, 2))
    nodes.run(1_000)
    assert nodes.agree()
