"""The directory: good or not by place in the log alone; a bad statement changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.adoption import sign_charter
from parley.charter.charter import Charter, CharterDraft
from parley.charter.directory import Directory
from parley.charter.directory_kinds import (
    CharterAssent,
    DirectoryContent,
    MandateChange,
    RegistrarGrant,
    Reopening,
    Revocation,
)
from parley.charter.founding import amend
from parley.record.checkpoint import origin
from parley.record.content import decode_content, encode_content
from parley.record.ids import RootHash, TreeSize
from tests.changed import replace
from tests.charter.mechanisms import SALT, Cell, Log, draft, key, node_certificate, root


def picture(directory: Directory) -> object:
    """Everything that a directory answers."""
    return (
        directory.officers(), directory.registrars(), directory.latest_seq, directory.all_node_keys(),
        directory.annotations, directory.assents, directory.reopening,
    )  # fmt: skip


def refused(log: Log, content: DirectoryContent, signer: str, code: str) -> None:
    """`content` is void with `code` and changes nothing."""
    before = picture(log.directory)
    void = log.say(content, signer)
    assert void is not None
    assert void.code == code
    assert void.reason
    assert picture(log.directory) == before


def test_an_officer_is_in_force_after_its_enrolment_and_until_its_revocation() -> None:
    log = Cell(2).log(0)
    enrolled = log.size
    assert log.enrol("duty-1", ["watch"]) is None
    log.size += 5
    revoked = log.size
    assert log.revoke("duty-1") is None
    kid = log.kid("duty-1")
    in_force = [seq for seq in range(revoked + 9) if log.directory.officer_at(kid, seq)]
    assert in_force == list(range(enrolled + 1, revoked))
    assert log.directory.why_not(kid, enrolled).code == "officer.not-yet"
    assert log.directory.why_not(kid, revoked + 1).code == "officer.revoked"
    assert log.directory.why_not(bytes(8), 9).code == "officer.unknown"
    assert log.directory.signer_key(kid, enrolled + 1) == log.keys["duty-1"].verify_key
    assert log.directory.signer_key(kid, revoked) is None


def test_a_revocation_is_not_retroactive_and_compromised_since_voids_nothing() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    before = log.size
    log.size += 3
    assert log.revoke("duty-1", compromised_since_ms=1) is None
    kid = log.kid("duty-1")
    assert log.directory.officer_at(kid, before) is not None
    [note] = log.directory.annotations[kid]
    assert (note.since_ms, note.reason) == (1, "test")


def test_a_key_found_stolen_after_it_ended_can_still_be_annotated() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    log.revoke("duty-1")
    refused(log, Revocation(log.kid("duty-1"), "again"), "registrar", "directory.not-in-force")
    assert log.revoke("duty-1", compromised_since_ms=5) is None
    assert len(log.directory.annotations[log.kid("duty-1")]) == 1


def test_a_replaced_key_ends_where_the_new_one_begins() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    log.size += 1
    old, place = log.kid("duty-1"), log.size
    assert log.enrol("duty-1", ["watch"], label="new device", replaces=old) is None
    assert log.directory.officer_at(old, place - 1) is not None
    assert log.directory.officer_at(old, place + 1) is None
    assert log.directory.officer_at(log.kid("duty-1"), place + 1) is not None
    assert log.directory.why_not(old, place + 1).code == "officer.replaced"


def test_mandates_are_those_at_the_place() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    place = log.size
    log.size += 1
    assert log.entrust("duty-1", ["watch", "quiet"]) is None
    kid = log.kid("duty-1")
    mandates = [officer.mandates for seq in range(20) if (officer := log.directory.officer_at(kid, seq))]
    assert mandates[0] == ("watch",)
    assert mandates[-1] == ("watch", "quiet")
    officer = log.directory.officer_at(kid, place)
    assert officer is not None
    assert officer.mandates == ("watch",)
    assert log.enrol("duty-1", ["watch"], label="new device", replaces=kid) is None


def test_a_revoked_registrars_enrolments_stay_and_it_enrols_no_more() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    assert log.say(Revocation(log.kid("registrar"), "left")) is None
    refused(log, log.enrolment("duty-2", ["watch"]), "registrar", "officer.revoked")
    assert [officer.position for officer in log.directory.officers()] == ["duty-1"]
    assert log.directory.registrars() == []
    assert len(log.directory.registrars(log.size - 3)) == 1


def test_a_key_is_enrolled_once() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    log.revoke("duty-1")
    refused(log, log.enrolment("duty-1", ["watch"]), "registrar", "directory.key-used")
    registrars = log.keys["registrar"].verify_key.raw
    refused(log, RegistrarGrant("registrar-2", registrars), "root", "directory.key-used")
    refused(log, RegistrarGrant("registrar-2", log.root_key.verify_key.raw), "root", "directory.key-used")
    node = node_certificate(f"node of {log.member.code}")
    refused(log, RegistrarGrant("registrar-2", node.log_key), "root", "directory.key-used")
    refused(log, replace(node, log_key=registrars), "root", "directory.key-used")
    assert log.say(replace(node, tls_certificate=b"\x30\x00")) is None


def test_a_position_has_one_holder() -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    refused(log, log.enrolment("duty-1", ["watch"], "other"), "registrar", "directory.position")
    log.keys["duty-1"] = key("AAA duty-1")
    free = log.enrolment("duty-2", ["watch"], replaces=log.kid("duty-1"))
    refused(log, free, "registrar", "directory.position")
    log.keys["registrar-2"] = key("another registrar")
    refused(log, RegistrarGrant("registrar", log.keys["registrar-2"].verify_key.raw), "root", "directory.position")


def test_only_an_officers_key_in_force_can_be_replaced_or_entrusted() -> None:
    log = Cell(2).log(0)
    registrar = log.kid("registrar")
    refused(log, log.enrolment("duty-1", ["watch"], replaces=bytes(8)), "registrar", "directory.not-in-force")
    refused(log, log.enrolment("duty-1", ["watch"], replaces=registrar), "registrar", "directory.not-in-force")
    refused(log, MandateChange(registrar, ("watch",)), "registrar", "directory.not-in-force")
    refused(log, MandateChange(bytes(8), ("watch",)), "registrar", "directory.not-in-force")


def test_enrolment_without_possession_of_the_key_is_refused() -> None:
    log = Cell(2).log(0)
    true = log.enrolment("duty-1", ["watch"])
    refused(log, replace(true, possession=bytes(64)), "registrar", "directory.possession")
    refused(log, replace(true, position="duty-2"), "registrar", "directory.possession")
    theirs = Cell(2).log(1).enrolment("duty-1", ["watch"])
    refused(log, theirs, "registrar", "directory.possession")
    assert log.say(true, "registrar") is None


@pytest.mark.parametrize("weak", [bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_a_weak_key_is_refused_at_enrolment(weak: bytes) -> None:
    log = Cell(2).log(0)
    for content, signer in (
        (replace(log.enrolment("duty-1", ["watch"]), key=weak), "registrar"),
        (RegistrarGrant("registrar-2", weak), "root"),
        (replace(node_certificate("n"), log_key=weak), "root"),
    ):
        before = picture(log.directory)
        void = log.say(content, signer)
        assert void is not None
        assert void.code in {"key.weak-point", "key.malformed"}
        assert picture(log.directory) == before


@pytest.mark.parametrize(
    ("content", "signer"),
    [
        (lambda log: log.enrolment("duty-9", ["watch"]), "root"),
        (lambda log: MandateChange(log.kid("duty-1"), ("quiet",)), "root"),
        (lambda _: node_certificate("thief"), "registrar"),
        (lambda _: RegistrarGrant("registrar-2", key("thief").verify_key.raw), "registrar"),
        (lambda log: Revocation(log.kid("registrar"), "coup"), "registrar"),
        (lambda log: Revocation(log.kid("root"), "coup"), "registrar"),
        (lambda log: Revocation(log.kid("root"), "by itself"), "root"),
        (lambda log: log.enrolment("duty-9", ["watch"]), "duty-1"),
        (lambda log: Revocation(log.kid("registrar"), "mutiny"), "duty-1"),
        (lambda log: MandateChange(log.kid("duty-1"), ("quiet",)), "duty-1"),
        (lambda _: CharterAssent(2, b"x", b"x"), "registrar"),
    ],
)
def test_nobody_reaches_above_its_capacity(content: Any, signer: str) -> None:
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    refused(log, content(log), signer, "mandate.exceeded")


def test_a_key_never_enrolled_changes_nothing() -> None:
    log = Cell(2).log(0)
    log.keys["thief"] = key("thief")
    refused(log, Revocation(log.kid("registrar"), "coup"), "thief", "officer.unknown")
    refused(log, Revocation(bytes(8), "nobody"), "registrar", "directory.unknown-key")


def test_a_root_of_another_member_changes_nothing() -> None:
    log = Cell(2).log(0)
    log.keys["root"] = root("BBB")
    refused(log, node_certificate("other"), "root", "officer.unknown")


def test_an_old_statement_appended_again_changes_nothing() -> None:
    """A node whose log key was stolen cannot bring back an old node key or mandate."""
    log = Cell(2).log(0)
    log.enrol("duty-1", ["watch"])
    old_node = log.build(node_certificate("old"))
    old_mandates = log.build(MandateChange(log.kid("duty-1"), ("watch", "quiet")), "registrar")
    assert log.append(*old_node) is None
    assert log.append(*old_mandates) is None
    assert log.say(node_certificate("new")) is None
    assert log.entrust("duty-1", []) is None
    for old in (old_node, old_mandates):
        before = picture(log.directory)
        void = log.append(*old)
        assert void is not None
        assert void.code == "directory.repeated"
        assert picture(log.directory) == before


def test_node_keys_govern_the_sizes_after_their_entry_and_the_first_also_those_before() -> None:
    log = Cell(2).log(0)
    [first] = log.directory.all_node_keys()
    place = log.size
    assert log.say(node_certificate("next")) is None
    second, _ = log.directory.all_node_keys()
    governing = [log.directory.node_keys_for_size(size) for size in range(place + 3)]
    assert governing == [first] * (place + 1) + [second] * 2
    empty = Directory(log.member.code, log.member.root_key, log.charter.mechanism, log.directory.log)
    assert empty.node_keys_for_size(1) is None


def test_every_entry_names_the_latest_statement_in_force_before_it() -> None:
    log = Cell(2).log(0)
    log.size += 2
    log.enrol("duty-1", ["watch"])
    log.say(MandateChange(bytes(8), ()), "registrar")
    assert log.directory.latest_seq == 5
    assert [log.directory.latest_before(seq) for seq in range(9)] == [0, 0, 1, 2, 2, 2, 5, 5, 5]


def test_malformed_contents_are_void_with_their_field() -> None:
    log = Cell(2).log(0)
    statement, _ = log.build(Revocation(bytes(8), "x"), "registrar")
    void = log.directory.apply(log.size, statement, {"kid": b"short", "reason": "x"})
    assert void is not None
    assert void.code == "cbor.type"
    assert void.reason.startswith("kid:")


def test_a_kind_of_a_later_program_changes_nothing_and_is_not_void() -> None:
    log = Cell(2).log(0)
    statement = log.statement("registrar", encode_content({}, SALT), kind="directory.audit")
    before = picture(log.directory)
    assert log.directory.apply(log.size, statement, {}) is None
    assert picture(log.directory) == before


def test_entries_are_folded_in_order() -> None:
    log = Cell(2).log(0)
    statement, content = log.build(node_certificate("n"))
    with pytest.raises(ValueError, match="after entry"):
        log.directory.apply(1, statement, decode_content(content))


def test_a_changed_root_rules_from_its_entry_on() -> None:
    log = Cell(2).log(0)
    old = log.kid("root")
    new = key("new root")
    assert log.directory.change_root(log.size, log.root_key.verify_key) is None
    assert log.directory.change_root(log.size, new.verify_key) is None
    assert log.directory.signer_key(old, log.size - 1) is not None
    assert log.directory.signer_key(old, log.size) is None
    refused(log, node_certificate("n"), "root", "officer.replaced")
    log.keys["root"] = new
    assert log.say(node_certificate("n")) is None
    void = log.directory.change_root(log.size, log.keys["registrar"].verify_key)
    assert void is not None
    assert void.code == "directory.key-used"
    assert log.say(node_certificate("m")) is None


def amendment(log: Log, name: str = "Renamed") -> Charter:
    return amend(CharterDraft(draft(2).seats, replace(draft(2).terms, name=name)), log.charter)


def assent(log: Log, charter: Charter) -> CharterAssent:
    return CharterAssent(
        charter.version, charter.raw, sign_charter(charter, log.member.ordinal, log.root_key, log.charter)
    )


def test_a_member_assents_to_a_version_once() -> None:
    log = Cell(2).log(0)
    first, rival = amendment(log), amendment(log, "Rival")
    assert log.say(assent(log, first)) is None
    assert log.directory.assents[2].charter == first
    refused(log, assent(log, rival), "root", "charter.assented")


def test_an_assent_to_anything_but_this_mechanisms_charter_is_void() -> None:
    log = Cell(2).log(0)
    true = assent(log, amendment(log))
    foreign = amend(draft(3), Cell(3).charter)
    signature = sign_charter(foreign, 0, log.root_key)
    refused(log, replace(true, version=3), "root", "charter.amendment")
    refused(log, CharterAssent(2, foreign.raw, signature), "root", "charter.amendment")
    refused(log, CharterAssent(2, log.charter.raw, true.signature), "root", "charter.amendment")
    refused(log, replace(true, charter=true.charter + b"\x00"), "root", "cbor.trailing-bytes")
    refused(log, replace(true, signature=bytes(99)), "root", "charter.signature")
    other = sign_charter(amendment(log, "Rival"), 0, log.root_key)
    refused(log, replace(true, signature=other), "root", "charter.signature")


def reopening(log: Log, generation: int = 1) -> Reopening:
    name = origin(log.charter.mechanism, log.member.code, generation)
    return Reopening(name, TreeSize(7), RootHash(bytes(32)), "forked")


def test_a_reopened_log_begins_empty_with_its_roots_word() -> None:
    log = Cell(2).log(0, generation=2)
    assert log.say(reopening(log)) is None
    assert log.directory.reopening == reopening(log)
    assert log.directory.officers() == []
    assert log.certify() is None
    assert log.enrol("duty-1", ["watch"]) is None
    assert log.directory.latest_before(1) == 0


def test_a_log_not_reopened_by_root_has_no_directory() -> None:
    log = Cell(2).log(0, generation=2)
    refused(log, node_certificate("thief"), "root", "directory.place")
    refused(log, node_certificate("thief"), "root", "directory.place")
    log = Cell(2).log(0, generation=2)
    refused(log, reopening(log, generation=2), "root", "directory.place")


def test_reopening_is_for_entry_0_only() -> None:
    log = Cell(2).log(0)
    refused(log, reopening(log), "root", "directory.place")


def test_a_statement_of_the_old_log_is_void_in_the_reopened_one() -> None:
    """Whoever stole the old log key cannot bring its certificate into the new log."""
    old = Cell(2).log(0)
    certificate = old.build(node_certificate("stolen"))
    assert old.append(*certificate) is None
    log = Cell(2).log(0, generation=2)
    assert log.say(reopening(log)) is None
    void = log.append(*certificate)
    assert void is not None
    assert void.code == "directory.other-log"
    assert log.directory.all_node_keys() == []


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "replace", "revoke", "entrust", "idle"]),
        st.integers(0, 2),
        st.sets(st.sampled_from(["watch", "quiet"])),
    ),
    max_size=16,
)


@given(ACTIONS, st.data())
@settings(max_examples=40)
def test_every_answer_agrees_with_a_table_of_who_held_what_when(actions: list[Any], data: Any) -> None:
    """The naive model writes down, for every entry, the whole list of officers in force there."""
    log = Cell(2).log(0)
    in_force: dict[str, tuple[bytes, tuple[str, ...]]] = {}
    table: list[dict[str, tuple[bytes, tuple[str, ...]]]] = [{} for _ in range(log.size)]
    for count, (action, number, names) in enumerate(actions):
        position, mandates = f"duty-{number}", sorted(names)
        table.append({})
        held = in_force.get(position)
        if action in ("enrol", "replace"):
            kid = held[0] if held and action == "replace" else None
            void = log.enrol(position, mandates, label=f"key {count}", replaces=kid)
            assert (void is None) == (held is None or action == "replace")
            if void is None:
                in_force[position] = log.kid(position), tuple(mandates)
        elif action == "revoke":
            void = log.say(Revocation(held[0] if held else bytes(8), "test"), "registrar")
            assert (void is None) == (in_force.pop(position, None) is not None)
        elif action == "entrust":
            void = log.say(MandateChange(held[0] if held else bytes(8), tuple(mandates)), "registrar")
            assert (void is None) == (held is not None)
            if held is not None:
                in_force[position] = held[0], tuple(mandates)
        else:
            log.size += 1
        table[-1] = dict(in_force)
    kids = {kid for row in table for kid, _ in row.values()}
    for seq in range(3, log.size):
        # An entry is signed by whoever is in force after the entry before it. Nobody asks at the very entry that
        # changes an officer, for it is the registrar's.
        before = {kid: (position, mandates) for position, (kid, mandates) in table[seq - 1].items()}
        after = {kid: (position, mandates) for position, (kid, mandates) in table[seq].items()}
        for kid in kids:
            officer = log.directory.officer_at(kid, seq)
            found = None if officer is None else (officer.position, officer.mandates)
            assert found == before.get(kid) or (found in (None, after.get(kid)) and before.get(kid) != after.get(kid))
    size = data.draw(st.integers(1, log.size))
    early = log.directory.prefix(size)
    for seq in range(size):
        for kid in kids:
            assert early.officer_at(kid, seq) == trimmed(log.directory.officer_at(kid, seq), size)
    assert early.latest_seq == log.directory.latest_before(size)


def trimmed(officer: Any, size: int) -> Any:
    """`officer` as known before anything at `size` and later ended its tenure."""
    if officer is None or officer.until_seq is None or officer.until_seq < size:
        return officer
    return replace(officer, until_seq=None, ended="", ended_by=None)


def test_the_prefix_before_a_changed_root_has_the_old_root() -> None:
    log = Cell(2).log(0)
    size = log.size
    log.directory.change_root(size, key("new root").verify_key)
    log.keys["root"] = key("new root")
    assert log.say(node_certificate("n")) is None
    assert log.directory.prefix(size).signer_key(root("AAA").verify_key.kid, size) is not None
    assert log.directory.prefix(size + 1).signer_key(root("AAA").verify_key.kid, size) is None
    assert picture(log.directory.prefix(size + 1)) == picture(log.directory)
