"""The core, step by step: receipts, relay, parcels, FLASH ahead, refill, forks."""

from __future__ import annotations

import copy

import pytest

from parley.charter.adoption import sign_charter
from parley.charter.charter_toml import load_toml
from parley.charter.directory_kinds import CharterAssent
from parley.charter.founding import amend
from parley.errors import BadInput, Refused
from parley.link import frames
from parley.node.core.effects import Commit
from parley.node.core.forks import MAX_WRONG
from parley.record.checkpoint import sign_head
from parley.record.content import decode_content
from parley.record.entry import Entry, encode_entry
from parley.record.fork import read_evidence
from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, StatementDigest, TreeSize, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.statement import Precedence
from tests.node.nodes import NOON_MS, Nodes
from tests.sim.cell import charter_text, new_roots

DAY_MS = 86_400_000


@pytest.fixture
def nodes() -> Nodes:
    made = Nodes(3)
    made.connect()
    made.run(1_000)
    assert made.agree()
    return made


def test_a_flash_is_confirmed_durable_and_receipted_by_all_without_waiting(nodes: Nodes) -> None:
    ticket = nodes.say(0, "one", precedence=Precedence.FLASH)
    nodes.deliver()
    place = nodes.confirmed[0, ticket]
    told = {row.holder for n, row in nodes.receipted if n == 0 and row.log == place.log and row.first <= place.seq}
    assert told == {1, 2}
    nodes.run(100)
    assert nodes.holders(0, place) == {1, 2}


def test_anything_else_is_receipted_within_the_delay(nodes: Nodes) -> None:
    ticket = nodes.say(0, "one")
    nodes.deliver()
    assert nodes.holders(0, nodes.confirmed[0, ticket]) == set()
    nodes.run(200)
    assert nodes.holders(0, nodes.confirmed[0, ticket]) == {1, 2}


def test_own_receipts_too_are_told_once_they_can_be_looked_up(nodes: Nodes) -> None:
    ticket = nodes.say(0, "one")
    nodes.run(300)
    place = nodes.confirmed[0, ticket]
    for n in range(3):
        told = [row for m, effect in nodes.durable if m == n for row in effect.receipts]
        assert {
            row.holder for row in told if row.log == place.log and row.first <= place.seq < row.first + row.count
        } == {1, 2}
        assert all(row in nodes.stores[n].receipts_for(row.log, row.first, row.first + row.count) for row in told)


def test_nothing_is_told_as_judged_before_that_is_durable(nodes: Nodes) -> None:
    statement, content = nodes.message(0, "forged")
    push = record_elsewhere(nodes, statement[:-64] + bytes(64), content)
    core, log = nodes.cores[1], LogId(0)
    size = nodes.sizes(1)[log]
    core.receive(MemberOrdinal(0), push, nodes.now)
    [commit] = [one for one in core.effects() if isinstance(one, Commit)]
    jobs = core.judge(nodes.now)
    core.verified([(job.place, job.statement.sign1.verify(job.key)) for job in jobs], nodes.now)
    assert core.judged(log) == size
    nodes.stores[1].commit(commit.batch)
    core.committed(nodes.now)
    assert core.judged(log) == size, "the verdict is in the next batch"
    nodes.durable.clear()
    nodes.pump(1)
    assert core.judged(log) == size + 1
    assert [code for held, seq, code in nodes.voids(1) if (held, seq) == (log, size)] == ["signature.invalid"]
    assert nodes.durable[-1][1].logs == {log}


def record_elsewhere(nodes: Nodes, statement: bytes, content: bytes) -> frames.Push:
    """What node 0 would push had it recorded a statement that its door refuses."""
    core, log = nodes.cores[0], LogId(0)
    everyone = nodes.cell.charter.everyone
    size = core.record.size(log)
    entry = Entry(
        size, nodes.now, 1, core.mechanism.directory_seq(log), {}, everyone, everyone, StatementDigest(sha256(statement)),  # type: ignore[arg-type]
    )  # fmt: skip
    raw, root, _ = core.record.append(log, entry)
    signature = sign_head(nodes.cell.seats[0].secrets.log_key, core.mechanism.origin(log), size + 1, root)
    return frames.Push(log, size, (frames.Item(raw, statement, content),), signature)  # type: ignore[arg-type]


def test_the_same_statement_submitted_twice_is_recorded_once(nodes: Nodes) -> None:
    statement, content = nodes.message(0, "one")
    first, second = nodes.submit(0, statement, content), nodes.submit(0, statement, content)
    assert nodes.confirmed[0, first] == nodes.confirmed[0, second]


def test_a_cut_line_is_relayed_around(nodes: Nodes) -> None:
    nodes.disconnect(0, 2)
    nodes.run(500)
    ticket = nodes.say(0, "around")
    nodes.run(1_000)
    assert nodes.holders(0, nodes.confirmed[0, ticket]) == {1, 2}
    assert nodes.agree()


def test_a_relay_without_sight_passes_on_only_what_is_sealed(nodes: Nodes) -> None:
    nodes.disconnect(1, 2)
    nodes.run(500)
    ticket = nodes.say(1, "between us", channel="side")
    nodes.run(3_000)
    place = nodes.confirmed[1, ticket]
    assert 2 in nodes.holders(1, place)
    assert nodes.stores[0].entries(place.log, 0, place.seq, 1)[0].statement is None
    held = nodes.stores[2].entries(place.log, 0, place.seq, 1)[0]
    assert held.content is not None
    assert decode_content(held.content)["text"] == "between us"
    assert not [row for row in nodes.stores[0].parcels(2) if row.seq == place.seq]  # type: ignore[arg-type]


def test_a_member_without_sight_never_gets_the_bytes(nodes: Nodes) -> None:
    ticket = nodes.say(1, "between us", channel="side")
    nodes.run(1_000)
    place = nodes.confirmed[1, ticket]
    row = nodes.stores[0].entries(place.log, 0, place.seq, 1)[0]
    assert (row.statement, row.content) == (None, None)
    assert 0 in nodes.holders(1, place)  # it holds the entry, which is all its sight


def test_a_flash_rings_ahead_of_a_backlog(nodes: Nodes) -> None:
    nodes.disconnect(0, 1)
    for number in range(30):
        nodes.say(0, f"backlog {number}")
    nodes.connect((0, 1))
    nodes.wire.clear()  # all that catch-up needs is still to come
    nodes.cores[0].traffic.peers[1].sent.clear()  # type: ignore[index]
    nodes.say(0, "now", precedence=Precedence.FLASH)
    ahead = [frame for _, to, frame in nodes.wire if to == 1 and isinstance(frame, frames.Ahead)]
    assert len(ahead) == 1
    nodes.wire.clear()
    nodes.inject(0, 1, ahead[0])
    assert [(n, durable) for n, _, _, durable in nodes.arrived[-1:]] == [(1, False)]
    altered = frames.Ahead(
        **{name: getattr(ahead[0], name) for name in ahead[0].__slots__} | {"size": ahead[0].size + 1}
    )
    nodes.inject(0, 1, altered)
    assert (1, 0, "ahead.unproven") in nodes.cuts


def test_an_entry_a_day_ahead_is_kept_and_rung_but_receipted_only_when_reached(nodes: Nodes) -> None:
    ticket = nodes.say(0, "from tomorrow", precedence=Precedence.FLASH, at=NOON_MS + DAY_MS)
    nodes.run(1_000)
    place = nodes.confirmed[0, ticket]
    assert any(n == 1 and rung == place for n, rung, _, _ in nodes.arrived)
    assert nodes.holders(0, place) == set()
    nodes.now += DAY_MS
    nodes.run(1_000)
    assert nodes.holders(0, place) == {1, 2}


# ---- signing is guarded -------------------------------------------------------------------------------------


def restored(nodes: Nodes, *, mark: bool) -> object:
    """Node 0's store goes back to an earlier copy while its lines are down."""
    backup = copy.deepcopy(nodes.stores[0])
    for number in range(5):
        nodes.say(0, f"after the backup {number}")
    nodes.run(500)
    nodes.disconnect(0, 1)
    nodes.disconnect(0, 2)
    nodes.stores[0] = backup
    if not mark:
        nodes.marks[0] = None
    nodes.restart(0)
    return backup


def test_a_restored_backup_signs_nothing_before_it_is_refilled(nodes: Nodes) -> None:
    restored(nodes, mark=True)
    ticket = nodes.say(0, "queued")
    assert (0, ticket) not in nodes.confirmed
    assert not nodes.cores[0].may_sign()
    nodes.connect((0, 1))
    nodes.run(1_000)
    assert nodes.cores[0].may_sign()
    assert (0, ticket) in nodes.confirmed
    nodes.connect((0, 2))
    nodes.run(1_000)
    assert nodes.agree()
    assert nodes.forks_seen == []


def test_a_lost_mark_waits_until_every_other_member_was_heard(nodes: Nodes) -> None:
    restored(nodes, mark=False)
    ticket = nodes.say(0, "queued")
    nodes.connect((0, 1))
    nodes.run(500)
    assert (0, ticket) not in nodes.confirmed
    nodes.connect((0, 2))
    nodes.run(1_000)
    assert (0, ticket) in nodes.confirmed
    assert nodes.forks_seen == []


def forked(nodes: Nodes) -> None:
    """Node 0 signs on top of a restored backup, as only a broken or hostile one does."""
    restored(nodes, mark=False)
    nodes.cores[0]._unmarked = False
    for number in range(3):
        nodes.say(0, f"another history {number}")
    nodes.connect((0, 1), (0, 2))
    nodes.run(15_000)


def test_a_fork_is_kept_as_two_signed_checkpoints_on_every_node(nodes: Nodes) -> None:
    forked(nodes)
    assert set(nodes.forks_seen) == {0, 1, 2}
    for n, core in enumerate(nodes.cores):
        assert core.traffic.forks.forked() == [LogId(0)]
        keys = core.mechanism.any_keys(LogId(0))
        origin = core.mechanism.origin(LogId(0))
        pairs = [
            (read_evidence(row.first, origin, keys), read_evidence(row.second, origin, keys))
            for row in nodes.stores[n].evidence()
        ]
        assert any(first.size == second.size and first.root != second.root for first, second in pairs)


def test_after_a_fork_the_line_stays_up_and_both_histories_are_held(nodes: Nodes) -> None:
    forked(nodes)
    before = len(nodes.arrived)
    nodes.say(0, "do you hear me", precedence=Precedence.FLASH)
    nodes.run(2_000)
    rung = [(n, place) for n, place, _, durable in nodes.arrived[before:] if durable]
    assert {n for n, _ in rung} == {1, 2}
    assert all(place.branch == 1 for _, place in rung)
    ticket = nodes.say(1, "we do")
    nodes.run(1_000)
    assert 2 in nodes.holders(1, nodes.confirmed[1, ticket])
    one, two = nodes.cores[1].record.branches(LogId(0))
    assert one.size > two.base_size
    assert two.size > two.base_size


def test_all_nodes_know_alike_where_a_log_parts(nodes: Nodes) -> None:
    forked(nodes)
    histories = [[bytes(raw) for raw in nodes.stores[1].leaves(LogId(0), branch, 0, 1 << 20)] for branch in (0, 1)]
    common = sum(one == other for one, other in zip(*histories, strict=False))
    assert [core.fork_base(LogId(0)) for core in nodes.cores] == [common] * 3
    record = nodes.cores[1].record
    held = record.branches(LogId(0))[1]
    held.base_size = TreeSize(common - 2)  # as where the last entries in common were not durable yet
    assert record.parting(LogId(0)) == common


def test_a_history_that_was_begun_and_of_which_nothing_came_parts_nothing(nodes: Nodes) -> None:
    nodes.say(0, "one history")
    nodes.run(1_000)
    record = nodes.cores[1].record
    record.add_branch(LogId(0), record.size(LogId(0)) - 1)
    assert record.parting(LogId(0)) is None


def test_who_is_told_of_a_fork_by_others_learns_from_them_where_the_log_parts(nodes: Nodes) -> None:
    restored(nodes, mark=False)
    nodes.disconnect(1, 2)
    nodes.cores[0]._unmarked = False
    for number in range(3):
        nodes.say(0, f"another history {number}")
    nodes.connect((0, 1))
    nodes.run(15_000)
    assert nodes.cores[1].fork_base(LogId(0)) is not None
    assert nodes.cores[2].fork_base(LogId(0)) is None
    nodes.disconnect(0, 1)
    nodes.connect((1, 2))
    nodes.run(25_000)
    assert nodes.cores[2].fork_base(LogId(0)) == nodes.cores[1].fork_base(LogId(0))
    assert (2, LogId(0)) in nodes.parted


def test_another_history_that_its_author_did_not_sign_is_not_held(nodes: Nodes) -> None:
    forked(nodes)
    first = TreeSize(nodes.cores[1].fork_base(LogId(0)) or 0)
    held = len(nodes.cores[1].record.branches(LogId(0)))
    items = (frames.Item(b"\x80", None, None),)
    for _ in range(MAX_WRONG + 2):
        nodes.inject(2, 1, frames.Push(LogId(0), first, items, bytes(64)))  # type: ignore[arg-type]
    assert len(nodes.cores[1].record.branches(LogId(0))) == held


def test_a_forked_entry_gets_no_receipt(nodes: Nodes) -> None:
    forked(nodes)
    common = nodes.cores[1].record.branches(LogId(0))[1].base_size
    first = nodes.cores[1].record.primary(LogId(0)).size
    assert all(row.first + row.count <= first for row in nodes.stores[1].receipts_for(LogId(0), common, 1 << 40))


# ---- what peers must not do ---------------------------------------------------------------------------------


def test_a_forged_checkpoint_is_told_and_the_peer_cut_off(nodes: Nodes) -> None:
    seq = nodes.cores[1].record.size(LogId(0))
    forged = frames.Push(LogId(0), seq, (frames.Item(b"\x80", None, None),), b"\x00" * 64)  # type: ignore[arg-type]
    nodes.inject(2, 1, forged)
    assert nodes.cores[1].record.size(LogId(0)) == seq
    head = frames.Heads((frames.Head(LogId(0), seq + 1, b"r" * 32, b"s" * 64),), 0)  # type: ignore[arg-type]
    nodes.wire.clear()
    nodes.inject(2, 1, head)
    assert (1, 2, "checkpoint.forged") in nodes.cuts


def test_a_relay_that_strips_a_statement_all_may_see_is_cut_off(nodes: Nodes) -> None:
    first = next(f for a, b, f in nodes.sent if (a, b) == (0, 1) and isinstance(f, frames.Push) and f.log == 0)
    other = Nodes(3)
    other.connect((1, 2))
    stripped = (*first.items[:-1], first.items[-1]._replace(statement=None, content=None))
    other.inject(2, 1, frames.Push(first.log, first.first, stripped, first.signature))
    assert (1, 2, "push.stripped") in other.cuts
    assert other.cores[1].record.size(LogId(0)) == 0


def test_a_relay_that_exchanges_a_statement_all_may_see_is_cut_off(nodes: Nodes) -> None:
    first = next(f for a, b, f in nodes.sent if (a, b) == (0, 1) and isinstance(f, frames.Push) and f.log == 0)
    other = Nodes(3)
    other.connect((1, 2))
    exchanged = (*first.items[:-1], first.items[-1]._replace(statement=first.items[1].statement))
    other.inject(2, 1, frames.Push(first.log, first.first, exchanged, first.signature))
    assert (1, 2, "push.stripped") in other.cuts


def test_a_log_that_is_no_members_is_refused(nodes: Nodes) -> None:
    nodes.inject(2, 1, frames.Push(LogId(77), 0, (frames.Item(b"\x80", None, None),), b"\x00" * 64))  # type: ignore[arg-type]
    assert (1, 2, "push.stranger") in nodes.cuts


def test_a_pull_of_a_log_that_is_no_members_makes_nobody_ask_for_it(nodes: Nodes) -> None:
    nodes.inject(2, 1, frames.Pull(LogId(4_000), 9, 1 << 20, fresh=True))  # type: ignore[arg-type]
    nodes.run(5_000)
    assert LogId(4_000) not in nodes.cores[1].record.logs()
    assert not [frame for _, _, frame in nodes.sent if isinstance(frame, frames.Pull) and frame.log == 4_000]


# ---- the door -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"mechanism": b"m" * 32}, "mechanism.other"),
        ({"kid": b"k" * 8}, "officer.unknown"),
        ({"issuer": "ZZZ/duty-1"}, "issuer.other-member"),
        ({"issuer": "QAB/duty-9"}, "issuer.other-position"),
        ({"mandate": "clerk"}, "mandate.exceeded"),
        ({"kind": "unheard-of"}, "kind.unknown"),
        ({"kind_version": 7}, "kind.version"),
        ({"channel": 99}, "channel.unknown"),
        ({"addressees": 1 << 9}, "addressees.outside"),
        ({"content_bytes": 1}, "content.length"),
        ({"content_digest": b"d" * 32}, "content.mismatch"),
    ],
)
def test_bad_input_is_refused_at_the_door_and_nothing_is_recorded(nodes: Nodes, changed: dict, code: str) -> None:
    before = (nodes.sizes(0), nodes.cores[0].queued())
    statement, content = nodes.message(0, "no", changed=changed)
    with pytest.raises((BadInput, Refused)) as refused:
        nodes.submit(0, statement, content)
    assert refused.value.code == code
    nodes.run(200)
    assert (nodes.sizes(0), nodes.cores[0].queued()) == before


def test_a_signature_by_another_key_is_refused_at_the_door(nodes: Nodes) -> None:
    statement, content = nodes.message(0, "no", changed={"signer": nodes.officers[1]})
    with pytest.raises(Refused, match=r"signature\.invalid"):
        nodes.submit(0, statement, content)


def test_a_revoked_officer_is_refused_and_what_was_said_before_stands(nodes: Nodes) -> None:
    from parley.charter.directory_kinds import Revocation

    nodes.say(0, "in office")
    nodes.directory(0, Revocation(nodes.officers[0].verify_key.kid, "end of service"))
    with pytest.raises(Refused, match=r"officer\.revoked"):
        nodes.say(0, "out of office")
    nodes.run(1_000)
    assert nodes.agree()
    assert nodes.voids(1) == []


def test_oversized_content_is_refused(nodes: Nodes) -> None:
    statement, _ = nodes.message(0, "x")
    with pytest.raises(BadInput, match=r"content\.oversized"):
        nodes.submit(0, statement, b"x" * (64 * 1024 + 1))


def test_trailing_bytes_and_other_algorithms_are_refused(nodes: Nodes) -> None:
    statement, content = nodes.message(0, "x")
    for broken in (statement + b"\x00", statement[:-1], statement.replace(b"\x01\x32", b"\x01\x27", 1)):
        with pytest.raises(BadInput):
            nodes.submit(0, broken, content)


def test_whether_a_log_is_a_strangers_is_told_by_what_the_author_had_seen_and_not_by_who_knows_what_by_now(
    nodes: Nodes,
) -> None:
    draft = load_toml(charter_text("One member more", 1, 4))
    charter = amend(draft, nodes.cell.charter, new_roots(1, 3, 4))
    for n in (1, 2, 0):
        if n == 0:  # it alone comes to know that all have assented
            for line in ((0, 1), (0, 2), (1, 2)):
                nodes.disconnect(*line)
        signature = sign_charter(charter, n, nodes.cell.seats[n].root, nodes.cell.charter)
        nodes.directory(n, CharterAssent(charter.version, charter.raw, signature), root=True)
        nodes.run(500)
    assert [len(core.mechanism.charter.members) for core in nodes.cores] == [4, 3, 3]
    hostile = nodes.cores[2]
    log, seq = hostile.log, hostile.record.size(hostile.log)
    seen = {LogId(3): (TreeSize(3), RootHash(b"r" * 32))}
    leaf = encode_entry(
        Entry(seq, nodes.now, 1, hostile.mechanism.directory_seq(log), seen, 0, 0, StatementDigest(b"d" * 32))  # type: ignore[arg-type]
    )
    tip = Frontier()
    tip.extend(nodes.stores[2].leaves(log, 0, 0, seq))
    tip.append(leaf_hash(leaf))
    signature = sign_head(nodes.cell.seats[2].secrets.log_key, hostile.mechanism.origin(log), tip.size, tip.root())
    rows = nodes.stores[2].entries(log, 0, 0, seq)
    items = [*(frames.Item(row.raw, row.statement, row.content) for row in rows), frames.Item(leaf, None, None)]
    for n in (0, 1):
        nodes.inject(2, n, frames.Push(log, Seq(0), tuple(items), signature))
        nodes.run(100)
        assert (log, seq, "entry.seen-stranger") in nodes.voids(n), n
