"""Assembling: what is left out, what is refused, and that every file handed out verifies and is honest."""

from __future__ import annotations

import pytest

from parley.charter.charter import CharterDraft
from parley.charter.directory_kinds import Revocation
from parley.charter.founding import amend
from parley.errors import ParleyError, Refused
from parley.proof import gather
from parley.proof.assemble import assemble
from parley.proof.report import Verdict
from parley.proof.verify import verify
from parley.record.branch import Claims
from parley.record.checkpoint import Checkpoint, cosign, cosignature_line, head_line, origin, sign_head, signed_note
from parley.record.entry import ReceiptRange, encode_entry
from parley.record.ids import LogId, MemberOrdinal, MemberSet, RootHash, Seq, TreeSize, UnixMs
from parley.record.merkle import Frontier, leaf_hash
from parley.record.rows import EntryRow, EvidenceRow, HeadRow, Place, WriteBatch
from tests.changed import replace
from tests.proof.scene import Scene, Writer, codes, pq_key


def refusal(scene: Scene, place: Place, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        scene.prove(place, **more)  # type: ignore[arg-type]
    return refused.value.code


@pytest.mark.parametrize("where", [(0, 0, 0), (0, 0, 99), (0, 1, 0), (7, 0, 0)])
def test_a_place_without_a_statement_is_refused(where: tuple[int, int, int]) -> None:
    log, branch, seq = where
    assert refusal(Scene(2), Place(LogId(log), branch, Seq(seq))) == "proof.no-statement"


def test_a_receipt_is_no_statement() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    assert refusal(scene, scene.receive("BBB", place)) == "proof.no-statement"


def test_without_every_root_signature_no_proof_is_made() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    unsigned = replace(scene.signed[0], signatures={})
    with pytest.raises(ParleyError, match=r"charter\.not-adopted"):
        assemble(scene.store, [unsigned], place, notary=scene.notary("AAA"))


def test_an_entry_under_a_charter_that_is_not_at_hand_is_refused() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello", entry={"charter_version": 9})
    assert refusal(scene, place) == "proof.unsound"


def test_a_statement_that_no_signed_checkpoint_covers_is_refused() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    scene.say("AAA", "duty-1", "signed")
    content = writer.says.speak("duty-1")
    place = scene.append_statement(writer, content[1], content[2], signed=False)
    with pytest.raises(Refused, match=r"proof\.unsigned"):
        scene.prove(place, by="BBB")
    assert scene.report(place, by="AAA").verdict is Verdict.PROVEN


def test_a_node_that_does_not_write_a_log_proves_by_the_newest_head_it_holds_signed() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    writer = scene.writer("AAA")
    said = writer.says.speak("duty-1")
    scene.append_statement(writer, said[1], said[2], signed=False)
    assert codes(scene.report(place, by="BBB"))["recorded"]["size"] == place.seq + 1
    assert codes(scene.report(place, by="AAA"))["recorded"]["size"] == place.seq + 2


def test_without_keys_of_any_node_a_proof_is_made_from_what_is_stored() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    report = verify(assemble(scene.store, scene.signed, place))
    assert report.verdict is Verdict.PROVEN
    assert {"held.content", "untold.post-quantum"} <= codes(report).keys()
    assert not {"cosigned", "post-quantum"} & codes(report).keys()


def test_a_void_that_a_file_cannot_show_is_not_passed_off_as_proven() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.void(place, "charter.not-adopted")
    assert refusal(scene, place) == "proof.void"


def test_a_statement_void_for_its_content_is_not_proven_by_withholding_it() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello", content_bytes=7)
    scene.void(place, "content.length")
    assert scene.report(place).verdict is Verdict.VOID
    assert refusal(scene, place, with_content=False) == "proof.void"


def test_only_the_earliest_receipt_of_each_holder_goes_in() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    first = scene.receive("BBB", place)
    scene.receive("BBB", place)
    assert scene.file(place).receipts == ((first.log, first.seq),)


def test_one_receipt_of_many_entries_proves_each_of_them() -> None:
    scene = Scene(2)
    places = [scene.say("AAA", "duty-1", f"hello {n}") for n in range(5)]
    body = (ReceiptRange(LogId(0), places[0].seq, 5),)
    scene.append(scene.writer("BBB"), body, MemberSet(0), MemberSet(0))
    assert all("held.content" in codes(scene.report(place)) for place in places)


def test_a_receipt_whose_author_had_claimed_the_log_earlier_is_bound_by_that_claim() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    claim = scene.say("BBB", "duty-1", "I see you")
    scene.receive("BBB", place)
    assert Place(LogId(1), 0, claim.seq) in [Place(one.by, 0, one.seq) for one in scene.file(place).claims]
    assert "held.content" in codes(scene.report(place))


def test_a_receipt_of_the_other_side_of_a_fork_is_left_out() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    body = (ReceiptRange(place.log, place.seq, 1),)
    other = {place.log: (TreeSize(place.seq + 1), RootHash(bytes(32)))}
    scene.append(scene.writer("BBB"), body, MemberSet(0), MemberSet(0), entry={"seen": other})
    report = scene.report(place)
    assert scene.file(place).receipts == ()
    assert "untold.receipt" in codes(report)


def test_a_receipt_of_more_than_its_author_had_seen_is_left_out() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    body = (ReceiptRange(place.log, place.seq, 9),)
    scene.append(scene.writer("BBB"), body, MemberSet(0), MemberSet(0))
    assert scene.file(place).receipts == ()


def test_proofs_in_a_long_log_pass_through_blocks() -> None:
    scene = Scene(2)
    places = [scene.say("AAA", "duty-1", f"hello {n}") for n in range(600)]
    scene.receive("BBB", places[100])
    for place in (places[0], places[100], places[251], places[252], places[599]):
        assert scene.report(place).verdict is Verdict.PROVEN
    assert "held.content" in codes(scene.report(places[100]))


def test_the_walk_back_for_an_earlier_claim_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "WALK_ENTRIES", 3)
    scene = Scene(2)
    places = [scene.say("AAA", "duty-1", f"hello {n}") for n in range(5)]
    assert "not-before" in codes(scene.report(places[2]))
    assert "untold.earliest" in codes(scene.report(places[4]))


def test_a_hostile_members_bad_entries_do_not_spoil_proofs_of_earlier_ones() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    for bad in ({"charter_version": 9}, {"directory": Seq(999)}, {"directory": Seq(4)}, {"seq": Seq(0)}):
        scene.say("AAA", "duty-1", "bad", entry=bad)
        scene.say("BBB", "duty-1", "bad", entry=bad)
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    assert "held.content" in codes(report)


def test_a_link_of_the_chain_that_is_not_held_is_refused() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    statement, _ = writer.says.build(Revocation(writer.says.kid("duty-1"), "left"))
    scene.append(writer, statement.digest, MemberSet(3), MemberSet(3))
    writer.says.directory.apply(writer.size - 1, statement, {"kid": writer.says.kid("duty-1"), "reason": "left"})
    place = scene.say("AAA", "duty-1", "hello")
    assert refusal(scene, place) == "proof.chain"


def test_a_holder_whose_chain_is_not_held_is_left_out() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    writer = scene.writer("BBB")
    statement, _ = writer.says.build(Revocation(writer.says.kid("duty-1"), "left"))
    scene.append(writer, statement.digest, MemberSet(3), MemberSet(3))
    writer.says.directory.apply(writer.size - 1, statement, {"kid": writer.says.kid("duty-1"), "reason": "left"})
    scene.receive("BBB", place)
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    assert {"untold.receipt", "untold.earliest"} <= codes(report).keys()


def test_a_late_entry_of_a_caucus_is_not_shown_to_outsiders() -> None:
    scene = Scene(3)
    place = scene.say("AAA", "duty-1", "hello")
    caucus = scene.say("AAA", "duty-1", "between us", channel=3, addressees=0b010)
    shown = {leaf.seq for leaf in scene.file(place).logs[0].leaves}
    assert caucus.seq not in shown


def test_a_proof_under_an_amended_charter_covers_logs_that_were_founded_before() -> None:
    scene = Scene(2)
    draft = CharterDraft(
        tuple(one.seat for one in scene.charter.members), replace(scene.charter.terms, description="amended")
    )
    early = scene.say("BBB", "duty-1", "before")
    scene.amend(amend(draft, scene.charter))
    late = scene.say("AAA", "duty-1", "after")
    assert codes(scene.report(late))["amended"]["version"] == 2
    assert "amended" not in codes(scene.report(early, by="BBB"))


# ---- further checkpoints ---------------------------------------------------------------------------------------


def head_note(scene: Scene, writer: Writer, size: int, root: bytes, pq: bool = False) -> str:
    head = Checkpoint(origin(scene.charter.mechanism, writer.says.member.code), TreeSize(size), RootHash(root))
    lines = [head_line(head.origin, writer.node_key.verify_key, sign_head(writer.node_key, *head))]
    if pq:
        key = pq_key(writer.label)
        lines.append(cosignature_line(head.origin, key.verify_key, cosign(key, head.origin, *head, 77)))
    return signed_note(head, lines)


def test_the_daily_post_quantum_checkpoint_covers_what_is_below_it() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    writer = scene.writer("AAA")
    daily = head_note(scene, writer, writer.size, writer.frontier.root(), pq=True)
    after = scene.say("AAA", "duty-1", "after")
    cosigned = {LogId(0): daily}
    below = codes(scene.report(place, by="BBB", cosigned=cosigned))
    assert below["post-quantum.timed"]["time_s"] == 77
    assert "untold.post-quantum" not in below
    above = codes(scene.report(after, by="BBB", cosigned=cosigned))
    assert "untold.post-quantum" in above


def test_evidence_of_a_fork_of_a_log_in_the_proof_goes_with_it() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    writer = scene.writer("AAA")
    ours = head_note(scene, writer, writer.size, writer.frontier.root())
    theirs = head_note(scene, writer, writer.size, bytes(32))
    scene.say("AAA", "duty-1", "later")
    row = EvidenceRow(LogId(0), ours, theirs, UnixMs(0), MemberOrdinal(1))
    scene.store.commit(WriteBatch(evidence=[row]))
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    assert codes(report)["fork"] == {"log": "AAA", "size": place.seq + 1}
    assert [one.note for one in scene.file(place).further] == [theirs]


def test_a_statement_on_the_other_side_of_a_fork_is_proven_in_its_own_history() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    writer = scene.writer("AAA")
    main = head_note(scene, writer, place.seq + 1, writer.frontier.root())
    forked, other = fork(scene, writer, place)
    scene.store.commit(WriteBatch(evidence=[EvidenceRow(LogId(0), main, other, UnixMs(0), MemberOrdinal(1))]))
    report = scene.report(forked, by="BBB")
    assert report.verdict is Verdict.PROVEN
    assert report.content == {"text": "all quiet"}
    assert codes(report)["fork"]["size"] == place.seq + 1
    assert "untold.receipt" in codes(report)


def fork(scene: Scene, writer: Writer, place: Place) -> tuple[Place, str]:
    """Another entry at `place`, as branch 1 of the log, and that history's signed checkpoint."""
    entry, statement, content = writer.says.speak("duty-1")
    raw = encode_entry(replace(entry, seq=place.seq))
    grown = Frontier()
    grown.extend(scene.store.leaves(place.log, 0, Seq(0), place.seq))
    grown.append(leaf_hash(raw))
    size, root = TreeSize(grown.size), grown.root()
    signature = sign_head(writer.node_key, origin(scene.charter.mechanism, "AAA"), size, root)
    row = EntryRow(
        place.log, 1, place.seq, UnixMs(0), 1, raw, root, signature, statement.raw, content, statement.digest, None
    )
    head = HeadRow(
        place.log, 1, TreeSize(place.seq), size, root, grown.to_bytes(), 1, Seq(0), Seq(0), Claims().to_bytes()
    )
    scene.store.commit(WriteBatch(entries=[row], heads=[head]))
    return Place(place.log, 1, place.seq), head_note(scene, writer, size, root)
