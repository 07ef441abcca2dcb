"""No change of a proof file makes it prove anything else than it did: each attack has its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.adoption import decode_signed, encode_signed
from parley.charter.charter import CharterDraft
from parley.charter.directory_kinds import Revocation
from parley.charter.founding import amend
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from parley.proof.bundle import Leaf, LogPart, ProofFile, decode_proof, encode_proof
from parley.proof.report import Verdict, VerificationReport
from parley.proof.verify import verify
from parley.record.checkpoint import (
    Checkpoint,
    cosign,
    cosignature_line,
    head_line,
    parse_checkpoint,
    sign_head,
    signed_note,
)
from parley.record.entry import decode_entry, encode_entry
from parley.record.ids import LogId, MemberSet, Seq, StatementDigest, TreeSize, UnixMs, sha256
from parley.record.merkle import LeafTree, leaf_hash
from parley.record.note import parse_note
from parley.record.rows import Place
from tests.changed import replace
from tests.proof.scene import Scene, codes, pq_key


@cache
def told() -> tuple[Scene, Place, bytes, VerificationReport]:
    """A scene of two members, a statement with all that can be around it, its file and its report."""
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    writer = scene.writer("AAA")
    scene.direct(writer, Revocation(writer.says.kid("duty-1"), "left"), "registrar")
    raw = scene.prove(place)
    return scene, place, raw, verify(raw)


def file() -> ProofFile:
    return decode_proof(told()[2])


def failures(proof: ProofFile) -> set[str]:
    """Why a file fails; it must, and then proves nothing."""
    report = verify(encode_proof(proof))
    assert report.verdict is Verdict.NOT_PROVEN
    assert report.exit_code == 1
    assert report.proven == report.untold == ()
    assert report.content is None
    assert report.failed
    return {one.code for one in report.failed}


def with_part(proof: ProofFile, log: int, change: Callable[[LogPart], LogPart]) -> ProofFile:
    return replace(proof, logs=tuple(change(part) if part.log == log else part for part in proof.logs))


def with_leaf(proof: ProofFile, log: int, seq: int, **changes: Any) -> ProofFile:
    return with_part(
        proof,
        log,
        lambda part: replace(
            part, leaves=tuple(replace(leaf, **changes) if leaf.seq == seq else leaf for leaf in part.leaves)
        ),
    )


def without_leaf(proof: ProofFile, log: int, seq: int) -> ProofFile:
    return with_part(
        proof, log, lambda part: replace(part, leaves=tuple(leaf for leaf in part.leaves if leaf.seq != seq))
    )


def says_no_more(changed: bytes) -> None:
    """A changed file fails, or proves nothing that the original did not, with the same verdict."""
    original = told()[3]
    report = verify(changed)
    if report.verdict is Verdict.NOT_PROVEN:
        assert report.proven == ()
        return
    assert report.verdict is original.verdict
    assert report.banner == original.banner
    assert report.mechanism == original.mechanism
    assert report.reference == original.reference
    assert report.content in (original.content, None)
    assert all(one in original.proven for one in report.proven)


# ---- bytes ------------------------------------------------------------------------------------------------


@given(st.integers(0, 1 << 30), st.integers(1, 255))
@settings(max_examples=250)
def test_no_changed_byte_leaves_anything_proven(at: int, mask: int) -> None:
    raw = bytearray(told()[2])
    raw[at % len(raw)] ^= mask
    report = verify(bytes(raw))
    assert report.verdict is Verdict.NOT_PROVEN
    assert report.proven == ()


@given(st.integers(0, 1 << 30))
@settings(max_examples=60)
def test_a_truncated_file_proves_nothing(size: int) -> None:
    raw = told()[2]
    report = verify(raw[: size % len(raw)])
    assert [one.code for one in report.failed] == ["file.malformed"]


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_junk_proves_nothing(junk: bytes) -> None:
    assert verify(junk).verdict is Verdict.NOT_PROVEN


def test_an_oversized_file_is_not_read() -> None:
    report = verify(bytes((16 << 20) + 1))
    assert report.failed[0].fields["fault"] == "proof.oversized"


def elements(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place in decoded CBOR, and what stands there."""
    yield path, value
    if isinstance(value, dict):
        for name in value:
            yield from elements(value[name], (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from elements(item, (*path, index))


def changed_at(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed_at(value[path[0]], path[1:], other)
    return copy


def variations(value: Any) -> list[Any]:
    """Other values of the same type."""
    if isinstance(value, bytes):
        return [value[:-1] + bytes([value[-1] ^ 1]), value[::-1], value + b"\0"] if value else [b"\0"]
    if isinstance(value, bool) or value is None:
        return [b"x"]
    if isinstance(value, int):
        return [value + 1, 0]
    if isinstance(value, str):
        return [value + "x", value.replace("\n", "\n\n", 1), value.lower()]
    if isinstance(value, list):
        return [value[1:], value[:-1], value[::-1], [*value, *value[-1:]]]
    return []


def test_no_field_changed_in_good_form_says_more_than_the_original() -> None:
    value = cbor.decode(told()[2], max_bytes=1 << 24)
    for path, item in elements(value):
        for other in variations(item):
            changed = cbor.encode(changed_at(value, path, other))
            if changed != told()[2]:
                says_no_more(changed)


# ---- the mechanism ------------------------------------------------------------------------------------------


def test_a_charter_of_another_mechanism_proves_nothing_of_these_logs() -> None:
    other = Scene(2, exercise=False)
    assert failures(replace(file(), charters=(encode_signed(other.signed[0]),))) == {"genesis.other"}
    assert failures(replace(file(), charters=())) == {"charter.refused"}


def test_a_founding_charter_that_lacks_a_signature_or_has_a_wrong_one_proves_nothing() -> None:
    signed = decode_signed(file().charters[0])
    fewer = replace(signed, signatures={0: signed.signatures[0]})
    assert failures(replace(file(), charters=(encode_signed(fewer),))) == {"charter.refused"}
    swapped = replace(signed, signatures={0: signed.signatures[1], 1: signed.signatures[0]})
    assert failures(replace(file(), charters=(encode_signed(swapped),))) == {"charter.refused"}


def test_a_log_that_no_member_writes_proves_nothing() -> None:
    foreign = replace(file().logs[1], log=LogId(7))
    assert failures(replace(file(), logs=(file().logs[0], foreign))) == {"log.unknown"}
    assert failures(replace(file(), log=LogId(1 << 12))) == {"log.unknown"}
    assert failures(replace(file(), logs=file().logs[1:])) == {"log.unknown"}


# ---- checkpoints ----------------------------------------------------------------------------------------------


def note_signed_by(part: LogPart, log_key: SigningKey, cosigner: str | None = None, **changes: Any) -> LogPart:
    head = parse_checkpoint(parse_note(part.note).text)._replace(**changes)
    lines = [head_line(head.origin, log_key.verify_key, sign_head(log_key, *head))]
    if cosigner is not None:
        key = pq_key(cosigner)
        lines.append(cosignature_line(head.origin, key.verify_key, cosign(key, head.origin, *head, 0)))
    return replace(part, note=signed_note(head, lines))


def test_a_checkpoint_signed_by_another_members_node_proves_nothing() -> None:
    forger = told()[0].writer("BBB").node_key
    assert failures(with_part(file(), 0, lambda part: note_signed_by(part, forger))) == {"checkpoint.refused"}


def test_a_cosignature_by_a_stranger_proves_nothing() -> None:
    own = told()[0].writer("AAA").node_key
    bad = with_part(file(), 0, lambda part: note_signed_by(part, own, "a stranger"))
    assert failures(bad) == {"checkpoint.stranger"}


def test_a_cosignature_alone_is_no_checkpoint() -> None:
    head = parse_checkpoint(parse_note(file().logs[0].note).text)
    key = pq_key("node of AAA")
    note = signed_note(head, [cosignature_line(head.origin, key.verify_key, cosign(key, head.origin, *head, 0))])
    assert failures(with_part(file(), 0, lambda part: replace(part, note=note))) == {"checkpoint.unsigned"}


def test_the_checkpoint_of_another_log_proves_nothing() -> None:
    note = file().logs[1].note
    assert failures(with_part(file(), 0, lambda part: replace(part, note=note))) == {"checkpoint.refused"}


def test_a_checkpoint_over_another_tree_proves_nothing() -> None:
    own = told()[0].writer("AAA").node_key
    bad = with_part(file(), 0, lambda part: note_signed_by(part, own, root=bytes(32)))
    assert "inclusion.wrong" in failures(bad)


# ---- entries and the chain --------------------------------------------------------------------------------------


def test_a_chain_with_a_gap_proves_nothing() -> None:
    for seq in (0, 1, 2, 3):
        assert failures(without_leaf(file(), 0, seq)) == {"chain.gap"}


def test_a_chain_link_without_its_words_proves_nothing() -> None:
    for seq in (1, 2, 3):
        assert failures(with_leaf(file(), 0, seq, content=None)) == {"chain.withheld"}
        assert failures(with_leaf(file(), 0, seq, statement=None, content=None)) == {"chain.withheld"}


def test_words_exchanged_between_links_prove_nothing() -> None:
    one, two = file().logs[0].leaves[1:3]
    assert failures(with_leaf(file(), 0, 1, statement=two.statement, content=two.content)) == {"statement.other"}
    assert failures(with_leaf(file(), 0, 1, content=two.content)) == {"content.other"}
    assert one.statement != two.statement


def test_another_statement_or_content_than_recorded_proves_nothing() -> None:
    seq = told()[1].seq
    link = file().logs[0].leaves[1]
    assert failures(with_leaf(file(), 0, seq, statement=link.statement)) == {"statement.other"}
    assert failures(with_leaf(file(), 0, seq, statement=None, content=None)) == {"statement.missing"}
    assert failures(with_leaf(file(), 0, seq, content=link.content)) == {"content.other"}


def test_an_entry_at_another_place_proves_nothing() -> None:
    seq = told()[1].seq
    entry = file().logs[0].leaves[2].entry
    assert failures(with_leaf(file(), 0, seq, entry=entry)) == {"entry.place"}
    assert failures(with_leaf(file(), 0, seq, entry=b"\x80")) == {"entry.malformed"}


def test_an_entry_that_is_not_in_the_tree_proves_nothing() -> None:
    seq = told()[1].seq
    leaf = next(leaf for leaf in file().logs[0].leaves if leaf.seq == seq)
    entry = decode_entry(leaf.entry)
    forged = encode_entry(replace(entry, at_ms=UnixMs(entry.at_ms + 1)))
    assert failures(with_leaf(file(), 0, seq, entry=forged)) == {"inclusion.wrong"}
    assert failures(with_leaf(file(), 0, seq, path=leaf.path[1:])) == {"inclusion.wrong"}


def test_a_statement_that_proves_nothing_may_not_travel_along() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    receipt = scene.receive("BBB", place)
    proof = scene.file(place)
    leaf = next(leaf for part in proof.logs for leaf in part.leaves if leaf.seq == place.seq and part.log == place.log)
    assert failures(with_leaf(proof, 1, receipt.seq, content=leaf.content)) == {"leaf.superfluous"}


def test_a_log_signed_by_a_key_that_root_never_certified_proves_nothing() -> None:
    thief = SigningKey.from_seed(bytes(32))
    assert failures(with_part(file(), 0, lambda part: note_signed_by(part, thief))) == {"checkpoint.refused"}


# ---- receipts and claims ------------------------------------------------------------------------------------------


def two_statements() -> tuple[Scene, Place, Place, Place]:
    """Two statements, of which BBB receipted the first only."""
    scene = Scene(2)
    first = scene.say("AAA", "duty-1", "first")
    second = scene.say("AAA", "duty-1", "second")
    return scene, first, second, scene.receive("BBB", first)


def borrowed(scene: Scene, first: Place, second: Place) -> ProofFile:
    """A file for `second` with the receipt of `first`."""
    proof, other = scene.file(second), scene.file(first)
    part = other.part(LogId(1))
    assert part is not None
    return replace(
        proof,
        logs=(proof.logs[0], part),
        receipts=other.receipts,
        claims=tuple(sorted({*proof.claims, *(claim for claim in other.claims if claim.by == 1)})),
    )


def test_a_receipt_of_another_statement_proves_nothing() -> None:
    scene, first, second, _ = two_statements()
    assert failures(borrowed(scene, first, second)) == {"receipt.elsewhere"}


def test_a_statement_passed_off_as_a_receipt_proves_nothing() -> None:
    log, seq = file().log, file().seq
    assert failures(replace(file(), receipts=((log, seq),))) == {"receipt.none"}
    assert failures(replace(file(), receipts=((LogId(1), Seq(1)),))) == {"receipt.none"}
    assert failures(replace(file(), receipts=((LogId(1), Seq(99)),))) == {"receipt.none"}


def test_an_authors_own_receipt_is_none_of_another() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    own = scene.receive("AAA", place)
    proof = scene.file(place)
    assert failures(replace(proof, receipts=((own.log, own.seq),))) == {"receipt.none"}


def test_a_receipt_without_the_claim_that_binds_it_proves_nothing() -> None:
    claims = tuple(claim for claim in file().claims if claim.by == 0)
    assert len(claims) < len(file().claims)
    assert failures(replace(file(), claims=claims)) == {"receipt.unbound"}


def test_a_claim_that_its_entry_does_not_make_proves_nothing() -> None:
    for claim in file().claims:
        for wrong in (
            claim._replace(seq=Seq(claim.seq - 1)),
            claim._replace(path=(bytes(32), *claim.path)),
            claim._replace(by=LogId(9)),
            claim._replace(of=claim.by),
        ):
            claims = sorted({*file().claims, wrong} - {claim})
            assert "claim.wrong" in failures(replace(file(), claims=tuple(claims)))


def test_an_earliest_time_without_the_entry_seen_proves_nothing() -> None:
    scene = Scene(2)
    seen = scene.say("BBB", "duty-1", "before")
    proof = scene.file(scene.say("AAA", "duty-1", "after"))
    scene.say("BBB", "duty-1", "later")
    assert failures(without_leaf(proof, 1, seen.seq)) == {"claim.wrong"}


def test_a_claim_later_than_the_statement_bounds_nothing() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.say("BBB", "duty-1", "later")
    later = scene.say("AAA", "duty-1", "later still")
    proof, other = scene.file(place), scene.file(later)
    late = next(claim for claim in other.claims if claim.seq == later.seq)
    assert failures(replace(proof, claims=tuple(sorted({*proof.claims, late})))) == {"claim.wrong"}


# ---- what hostile members write ---------------------------------------------------------------------------------


def forged_log(entries: list[bytes], key: SigningKey, origin: str) -> LogPart:
    """A log of raw entries with its signed checkpoint."""
    tree = LeafTree([leaf_hash(raw) for raw in entries])
    head = Checkpoint(origin, TreeSize(len(entries)), tree.root())
    note = signed_note(head, [head_line(origin, key.verify_key, sign_head(key, *head))])
    return LogPart(LogId(0), note, tuple(Leaf(Seq(n), raw, ()) for n, raw in enumerate(entries)))


def test_a_log_of_receipts_only_with_no_certificate_proves_nothing() -> None:
    scene = told()[0]
    writer = scene.writer("AAA")
    first = file().logs[0].leaves[0].entry
    part = forged_log([first], writer.node_key, parse_checkpoint(parse_note(file().logs[0].note).text).origin)
    proof = replace(file(), logs=(part,), claims=(), receipts=(), seq=Seq(0))
    assert failures(proof) == {"node.uncertified"}


def test_an_entry_that_names_a_directory_statement_ahead_of_it_proves_nothing() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    proof = scene.file(place)
    bad = scene.say("AAA", "duty-1", "bad", entry={"directory": Seq(99)})
    row = scene.store.entries(bad.log, 0, bad.seq, 1)[0]
    leaf = Leaf(bad.seq, row.raw, ())
    assert failures(with_part(proof, 0, lambda part: replace(part, leaves=(*part.leaves, leaf)))) == {"entry.directory"}


def test_bytes_that_are_no_statement_are_recorded_but_void() -> None:
    scene = Scene(2)
    place = scene.append(
        scene.writer("AAA"), StatementDigest(sha256(b"junk")), MemberSet(3), MemberSet(3), statement=b"junk"
    )
    report = scene.report(place)
    assert report.verdict is Verdict.VOID
    assert codes(report)["void"]["fault"] == "statement.malformed"
    assert not any(one.code.startswith("signed") for one in report.proven)


def test_an_entry_that_goes_back_to_an_earlier_charter_is_recorded_but_void() -> None:
    scene = Scene(2)
    terms = replace(scene.charter.terms, description="amended")
    scene.amend(amend(CharterDraft(tuple(one.seat for one in scene.charter.members), terms), scene.charter))
    scene.say("AAA", "duty-1", "under the amended charter")
    place = scene.say("AAA", "duty-1", "hello", entry={"charter_version": 1})
    report = scene.report(place)
    assert report.verdict is Verdict.VOID
    assert codes(report)["void"]["fault"] == "entry.charter"


def test_a_checkpoint_of_more_entries_than_can_be_numbered_proves_nothing() -> None:
    own = told()[0].writer("AAA").node_key
    assert failures(with_part(file(), 0, lambda part: note_signed_by(part, own, size=TreeSize(1 << 53)))) == {
        "checkpoint.refused"
    }
    most = with_part(file(), 0, lambda part: note_signed_by(part, own, size=TreeSize((1 << 53) - 1)))
    assert "inclusion.wrong" in failures(most)
