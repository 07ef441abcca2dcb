"""What a proof file proves: who, in what capacity, to whom, where, held by whom, not before when; and what is void."""

from __future__ import annotations

from typing import Any

import pytest

from parley.charter.adoption import encode_signed
from parley.charter.charter import CharterDraft
from parley.charter.directory_kinds import Revocation
from parley.charter.founding import amend
from parley.charter.terms import Mandate, Role
from parley.proof.bundle import decode_proof, encode_proof
from parley.proof.report import Verdict
from parley.proof.verify import verify
from parley.record.content import encode_content
from parley.record.ids import UnixMs
from parley.record.statement import Precedence
from tests.changed import replace
from tests.charter.mechanisms import key, root
from tests.proof.scene import START_MS, Scene, codes


def test_a_whole_proof_tells_who_said_what_to_whom_and_who_held_it() -> None:
    scene = Scene(3)
    place = scene.say("AAA", "duty-1", "hello", precedence=Precedence.FLASH, marking="for the watch")
    scene.receive("BBB", place)
    scene.receive("CCC", place)
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    assert report.exit_code == 0
    assert report.reference == f"AAA {place.seq}"
    found = codes(report)
    assert found["signed.officer"]["member"] == "AAA"
    assert found["signed.officer"]["position"] == "duty-1"
    assert found["signed.officer"]["mandate"] == "watch"
    assert found["kind"] == {"kind": "message", "version": 1, "precedence": "FLASH"}
    assert found["addressed"] == {"channel": "open", "to": ["BBB", "CCC"]}
    assert found["marking"] == {"marking": "for the watch"}
    assert found["recorded"]["size"] == place.seq + 1
    assert found["checkpoint"]["certified"] == "AAA 1"
    assert found["enrolled"]["registrar"] == "registrar"
    assert (found["enrolled"]["certified"], found["enrolled"]["reference"]) == ("AAA 2", "AAA 3")
    held = [one.fields["holder"] for one in report.proven if one.code == "held.content"]
    assert held == ["BBB", "CCC"]
    assert found["mechanism"]["members"] == ["AAA", "BBB", "CCC"]
    assert found["mechanism"]["digest"] == report.mechanism == scene.charter.digest.hex()
    assert report.content == {"text": "hello"}
    for code in ("untold.person", "untold.root-keys", "untold.clocks", "untold.fork", "untold.read"):
        assert code in found
    assert not {"untold.content", "untold.post-quantum", "untold.earliest", "untold.receipt"} & found.keys()


@pytest.mark.parametrize("count", [2, 5])
def test_any_number_of_members_is_proven_alike(count: int) -> None:
    scene = Scene(count)
    for writer in list(scene.logs.values()):
        place = scene.say(writer.says.member.code, "duty-1", "hello")
        for other in scene.logs.values():
            if other is not writer:
                scene.receive(other.says.member.code, place)
        report = scene.report(place, by="BBB")
        assert report.verdict is Verdict.PROVEN
        assert sum(one.code == "held.content" for one in report.proven) == count - 1


def test_the_receipt_bears_the_holders_own_clock() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    receipt = scene.receive("BBB", place)
    held = codes(scene.report(place))["held.content"]
    assert held["reference"] == f"BBB {receipt.seq}"
    assert held["at_ms"] == scene.now


def test_a_missing_receipt_is_told_to_prove_nothing() -> None:
    scene = Scene(3)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("CCC", place)
    report = scene.report(place)
    assert [one.fields["member"] for one in report.untold if one.code == "untold.receipt"] == ["BBB"]


def test_a_member_without_sight_of_the_content_held_the_statement_only() -> None:
    scene = Scene(3)
    place = scene.say("AAA", "duty-1", "hello", channel=2, addressees=0b010)
    scene.receive("BBB", place)
    scene.receive("CCC", place)
    report = scene.report(place)
    assert {one.code: one.fields["holder"] for one in report.proven if one.code.startswith("held")} == {
        "held.content": "BBB",
        "held.statement": "CCC",
    }
    assert codes(report)["sight"] == {"statement": ["AAA", "BBB", "CCC"], "content": ["AAA", "BBB"]}


def test_a_member_outside_the_channel_held_the_entry_only() -> None:
    scene = Scene(3)
    place = scene.say("AAA", "duty-1", "hello", channel=3, addressees=0b010)
    scene.receive("CCC", place)
    assert codes(scene.report(place))["held.entry"]["holder"] == "CCC"


def test_withheld_content_is_told_and_the_rest_is_proven() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    report = scene.report(place, with_content=False)
    assert report.verdict is Verdict.PROVEN
    assert report.content is None
    assert "untold.content" in codes(report)
    assert "content" not in codes(report)


def test_the_earliest_time_is_what_the_author_had_seen_of_others() -> None:
    scene = Scene(3)
    said = scene.say("BBB", "duty-1", "before")
    place = scene.say("AAA", "duty-1", "after")
    bounds = {one.fields["member"]: one.fields for one in scene.report(place).proven if one.code == "not-before"}
    assert bounds["BBB"]["seen"] == f"BBB {said.seq}"
    assert bounds["BBB"]["at_ms"] == scene.now - 1000
    assert bounds["BBB"]["claim"] == f"AAA {place.seq}"


def test_where_the_entry_saw_nothing_new_the_earlier_entry_that_did_gives_the_bound() -> None:
    scene = Scene(2)
    first = scene.say("AAA", "duty-1", "first")
    second = scene.say("AAA", "duty-1", "second")
    bound = codes(scene.report(second))["not-before"]
    assert bound["claim"] == f"AAA {first.seq}"
    assert bound["seen"] == f"BBB {scene.writer('BBB').size - 1}"


def test_where_nothing_was_seen_no_earliest_time_is_given() -> None:
    scene = Scene(2, alone=True)
    report = scene.report(scene.say("AAA", "duty-1", "hello", seen=False))
    assert report.verdict is Verdict.PROVEN
    assert "untold.earliest" in codes(report)
    assert "not-before" not in codes(report)


def test_the_mechanism_expected_is_compared() -> None:
    scene = Scene(2)
    raw = scene.prove(scene.say("AAA", "duty-1", "hello"))
    anchored = verify(raw, expected=scene.charter.digest)
    assert anchored.verdict is Verdict.PROVEN
    assert {"anchored", "untold.root-keys-held"} <= codes(anchored).keys()
    assert "untold.root-keys" not in codes(anchored)
    other = verify(raw, expected=bytes(32))
    assert other.verdict is Verdict.NOT_PROVEN
    assert [one.code for one in other.failed] == ["mechanism.other"]
    assert other.proven == ()


def test_post_quantum_signatures_are_told_by_whose_they_are() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    own = codes(scene.report(place, by="AAA"))
    assert own["post-quantum"]["log"] == "AAA"
    assert own["cosigned"] == {"log": "BBB", "by": "AAA", "size": 5, "time_s": 0}
    others = scene.report(place, by="BBB")
    assert "untold.post-quantum" in codes(others)
    assert [one.fields["log"] for one in others.proven if one.code == "cosigned"] == ["AAA"]


def test_a_cosignature_with_a_time_says_whose_clock_it_is() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.notary = lambda code, time_s=0: Scene.notary(scene, code, 1_790_000_123)  # type: ignore[method-assign]
    assert codes(scene.report(place))["post-quantum.timed"]["time_s"] == 1_790_000_123


# ---- keys -------------------------------------------------------------------------------------------------


def test_a_later_revocation_is_annotated_and_changes_nothing() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    place = scene.say("AAA", "duty-1", "hello")
    revoked = scene.direct(
        writer, Revocation(writer.says.kid("duty-1"), "lost phone", UnixMs(START_MS - 5)), "registrar"
    )
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    found = codes(report)
    assert found["revoked-later"] == {"position": "duty-1", "reference": f"AAA {revoked.seq}", "reason": "lost phone"}
    assert found["compromised"]["since_ms"] == START_MS - 5
    assert found["untold.key-later"]["after"] == revoked.seq


def test_a_later_replacement_is_annotated() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    place = scene.say("AAA", "duty-1", "hello")
    kid = writer.says.kid("duty-1")
    replaced = scene.enrol(writer, "duty-1", ["watch"], label="second key", replaces=kid)
    assert codes(scene.report(place))["replaced-later"]["reference"] == f"AAA {replaced.seq}"


def test_doubt_about_the_registrar_who_enrolled_the_key_is_annotated() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    place = scene.say("AAA", "duty-1", "hello")
    kid = writer.says.keys["registrar"].verify_key.kid
    scene.direct(writer, Revocation(kid, "burglary", UnixMs(7)), "root")
    assert codes(scene.report(place))["compromised"]["position"] == "registrar"


def test_a_new_node_key_is_followed_through_the_chain() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    writer = scene.writer("AAA")
    scene.certify(writer, "second node of AAA")
    found = codes(scene.report(place))
    assert found["checkpoint"]["certified"] == f"AAA {writer.size - 1}"
    scene.say("AAA", "duty-1", "and on")
    assert scene.report(place, by="BBB").verdict is Verdict.PROVEN


@pytest.mark.parametrize("signer", ["root", "registrar"])
def test_a_directory_statement_is_proven_with_its_signer(signer: str) -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    content = Revocation(writer.says.kid("duty-1"), "left")
    place = scene.direct(writer, content, signer)
    report = scene.report(place, with_content=False)
    assert report.verdict is Verdict.PROVEN
    found = codes(report)
    assert found[f"signed.{signer}"]["mandate"] == signer
    assert ("root" if signer == "root" else "registrar") in found
    assert found["content"]


# ---- void -------------------------------------------------------------------------------------------------


def void_of(scene: Scene, place: Any, **more: Any) -> tuple[str, dict[str, dict[str, Any]]]:
    report = scene.report(place, **more)
    assert report.verdict is Verdict.VOID
    assert report.exit_code == 3
    return str(codes(report)["void"]["fault"]), codes(report)


def test_a_revoked_officers_statement_is_recorded_but_void() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    scene.direct(writer, Revocation(writer.says.kid("duty-1"), "left"), "registrar")
    place = scene.say("AAA", "duty-1", "still here")
    fault, found = void_of(scene, place)
    assert fault == "officer.revoked"
    assert "signed.officer" not in found
    assert found["recorded"]["reference"] == f"AAA {place.seq}"


def test_an_unknown_key_is_nobodys_word() -> None:
    scene = Scene(2)
    scene.writer("AAA").says.keys["duty-9"] = key("nobody")
    fault, found = void_of(scene, scene.say("AAA", "duty-9", "hello"))
    assert fault == "officer.unknown"
    assert "signed.officer" not in found


def test_a_signature_by_another_key_than_named_is_nobodys_word() -> None:
    scene = Scene(2)
    kid = scene.writer("AAA").says.kid("duty-1")
    scene.writer("AAA").says.keys["duty-1"] = key("forger")
    fault, found = void_of(scene, scene.say("AAA", "duty-1", "hello", kid=kid))
    assert fault == "signature.wrong"
    assert "signed.officer" not in found


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"mandate": "supervision"}, "mandate.exceeded"),
        ({"mandate": "nothing"}, "mandate.unknown"),
        ({"mechanism": bytes(32)}, "mechanism.other"),
        ({"issuer": "BBB/duty-1"}, "issuer.other-member"),
        ({"issuer": "AAA/duty-2"}, "issuer.other-position"),
        ({"kind_version": 2}, "kind.version"),
        ({"channel": 9}, "channel.unknown"),
        ({"content_bytes": 7}, "content.length"),
        ({"entry": {"statement_sight": 1}}, "sight.mismatch"),
        ({"entry": {"directory": 1}}, "directory.mismatch"),
    ],
)
def test_what_nodes_hold_void_is_told_as_recorded_but_void(changes: dict[str, Any], fault: str) -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello", **changes)
    scene.receive("AAA", scene.say("BBB", "duty-1", "later"))
    told, found = void_of(scene, place)
    assert told == fault
    assert found["signed.officer"]["member"] == "AAA"


def test_a_void_directory_statement_is_recorded_but_void_wherever_it_stands() -> None:
    scene = Scene(2)
    writer = scene.writer("AAA")
    place = scene.direct_void(writer, Revocation(bytes(8), "nobody"), "registrar")
    assert void_of(scene, place)[0] == "directory.unknown-key"
    scene.say("AAA", "duty-1", "later")
    assert void_of(scene, place)[0] == "directory.unknown-key"


def test_a_kind_that_the_charter_does_not_open_is_recorded_but_not_understood() -> None:
    scene = Scene(2)
    report = scene.report(scene.say("AAA", "duty-1", "hello", kind="novelty"))
    assert report.verdict is Verdict.PROVEN
    assert codes(report)["untold.kind"] == {"kind": "novelty"}


def test_without_a_later_entry_it_cannot_be_told_whether_a_directory_statement_was_passed_over() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    assert "untold.passed-over" in codes(scene.report(place))
    scene.receive("AAA", scene.say("BBB", "duty-1", "later"))
    assert "untold.passed-over" not in codes(scene.report(place))


# ---- charters and generations -------------------------------------------------------------------------------


def amended_scene() -> Scene:
    """Three members and an amendment by which the mandate `night` exists and BBB has a new root key."""
    scene = Scene(3)
    terms = scene.charter.terms
    night = Mandate("night", "Night watch", Precedence.ROUTINE, (Role.PARTY,))
    kinds = tuple(replace(kind, mandates=(*kind.mandates, "night")) for kind in terms.kinds)
    draft = CharterDraft(
        tuple(member.seat for member in scene.charter.members),
        replace(terms, mandates=(*terms.mandates, night), kinds=kinds),
    )
    scene.amend(amend(draft, scene.charter, {"BBB": key("second root of BBB").verify_key.raw}))
    scene.writer("BBB").says.keys["root"] = key("second root of BBB")
    return scene


def test_an_amendment_is_proven_by_all_root_signatures() -> None:
    scene = amended_scene()
    scene.enrol(scene.writer("AAA"), "night-1", ["night"])
    place = scene.say("AAA", "night-1", "hello", mandate="night")
    found = codes(scene.report(place))
    assert found["amended"]["version"] == 2
    assert found["amended"]["members"] == ["AAA", "BBB", "CCC"]
    assert found["untold.adoption-seen"]["version"] == 2


def test_a_root_key_changed_by_amendment_certifies_from_then_on() -> None:
    scene = amended_scene()
    writer = scene.writer("BBB")
    writer.says.directory.change_root(writer.size, writer.says.charter.members[1].root_key)
    scene.certify(writer, "second node of BBB")
    place = scene.say("BBB", "duty-1", "hello")
    assert scene.report(place, by="BBB").verdict is Verdict.PROVEN
    writer.says.keys["root"] = root("BBB")
    stale = scene.direct_void(writer, Revocation(writer.says.kid("duty-1"), "left"))
    assert void_of(scene, stale, by="BBB")[0] == "officer.replaced"


def test_an_amendment_that_lacks_an_assent_proves_nothing() -> None:
    scene = amended_scene()
    file = scene.file(scene.say("AAA", "duty-1", "hello"))
    signed = scene.signed[-1]
    for missing in range(3):
        fewer = replace(signed, signatures={one: raw for one, raw in signed.signatures.items() if one != missing})
        report = verify(encode_proof(replace(file, charters=(file.charters[0], encode_signed(fewer)))))
        assert report.verdict is Verdict.NOT_PROVEN
        assert report.failed[0].fields["fault"] == "charter.not-adopted"
    report = verify(encode_proof(replace(file, charters=file.charters[:1])))
    assert {one.code for one in report.failed} == {"charter.missing"}


def test_a_reopened_log_is_proven_from_its_root_signed_reopening() -> None:
    scene = Scene(2)
    scene.say("AAA", "duty-1", "before")
    writer = scene.reopen("AAA")
    scene.enrol(writer, "duty-1", ["watch"], label="new key")
    content = encode_content({"text": "again"}, bytes(16))
    place = scene.append_statement(writer, writer.says.statement("duty-1", content), content)
    report = scene.report(place, by="BBB")
    assert report.verdict is Verdict.PROVEN
    assert report.reference == f"AAA2 {place.seq}"


def test_leaves_are_what_the_proof_needs_and_no_other_statement_travels() -> None:
    scene = Scene(3)
    other = scene.say("AAA", "duty-1", "secret of another case")
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place, other)
    scene.say("AAA", "duty-1", "later secret")
    scene.say("BBB", "duty-1", "secret of BBB")
    raw = scene.prove(place, by="BBB")
    leaves = [(part.log, leaf) for part in decode_proof(raw).logs for leaf in part.leaves]
    spoken = {(log, leaf.seq) for log, leaf in leaves if leaf.statement is not None}
    assert b"secret" not in raw
    assert spoken == {(log, seq) for log in range(3) for seq in (1, 2, 3)} | {place[::2]}
