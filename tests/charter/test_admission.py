"""Admission: each attack on the record is void, because…; each test is named after the attack."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter import admission
from parley.charter.admission import WRONG_SIGNATURE, is_understood, judge, judge_statement, needed_key
from parley.charter.charter import Charter, CharterDraft
from parley.charter.directory_kinds import Revocation
from parley.charter.founding import amend
from parley.charter.terms import Role
from parley.charter.void import Void
from parley.record.content import content_digest, decode_content, encode_content
from parley.record.entry import Entry
from parley.record.ids import MechanismDigest, MemberSet, Seq, StatementDigest
from parley.record.statement import Precedence, Statement, parse_statement
from tests.changed import replace
from tests.charter.mechanisms import SALT, Cell, Log, draft, founded, key, node_certificate, root


def desk(ordinal: int = 0, count: int = 3) -> Log:
    """A log with a duty officer and a quiet one."""
    log = Cell(count).log(ordinal)
    assert log.enrol("duty-1", ["watch"]) is None
    assert log.enrol("clerk", ["quiet"]) is None
    return log


def verdict(log: Log, entry: Entry, statement: Statement, content: bytes | None, charter: Charter | None = None) -> str:
    void = judge(charter or log.charter, log.directory, entry, statement, content)
    assert void is None or void.reason
    return "" if void is None else void.code


def said(log: Log, position: str = "duty-1", **changes: Any) -> str:
    return verdict(log, *log.speak(position, **changes))


@given(st.integers(2, 8), st.data())
@settings(max_examples=30)
def test_an_honest_statement_counts_whoever_says_it(count: int, data: Any) -> None:
    ordinal = data.draw(st.integers(0, count - 1))
    others = data.draw(st.sets(st.sampled_from([one for one in range(count) if one != ordinal]), min_size=1))
    log = desk(ordinal, count)
    addressees = MemberSet(sum(1 << one for one in others))
    precedence = data.draw(st.sampled_from(Precedence))
    assert said(log, addressees=addressees, channel=data.draw(st.sampled_from([1, 2])), precedence=precedence) == ""
    entry, statement, _ = log.speak("duty-1", addressees=addressees)
    assert verdict(log, entry, statement, None) == ""


def test_replay_in_another_mechanism() -> None:
    log = desk()
    assert said(log, mechanism=MechanismDigest(Cell(4).charter.mechanism)) == "mechanism.other"


def test_statement_of_another_member_put_into_the_own_log() -> None:
    log = desk()
    assert said(log, issuer="BBB/duty-1") == "issuer.other-member"
    theirs = desk(1)
    entry, statement, content = theirs.speak("duty-1")
    assert verdict(log, log.entry(statement), statement, content) == "officer.unknown"
    assert entry.body == statement.digest


def test_officer_speaks_as_another_position() -> None:
    assert said(desk(), issuer="AAA/clerk") == "issuer.other-position"


def test_unknown_officer() -> None:
    log = desk()
    log.keys["duty-1"] = key("stranger")
    assert said(log) == "officer.unknown"


def test_revoked_officer() -> None:
    log = desk()
    earlier = log.speak("duty-1")
    log.size += 1
    log.revoke("duty-1")
    assert said(log) == "officer.revoked"
    assert verdict(log, *earlier) == ""


def test_officer_of_the_future() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, replace(entry, seq=Seq(2)), statement, content) == "officer.not-yet"


def test_forged_signature() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    forged = parse_statement(statement.raw[:-1] + bytes([statement.raw[-1] ^ 1]))
    assert verdict(log, log.entry(forged), forged, content) == WRONG_SIGNATURE.code
    log.keys["thief"] = key("thief")
    stolen = log.statement("thief", content, kid=log.kid("duty-1"), issuer="AAA/duty-1")
    assert verdict(log, log.entry(stolen), stolen, content) == WRONG_SIGNATURE.code
    assert entry.body != forged.digest


def test_the_signature_can_be_checked_apart() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    needed = needed_key(log.directory, entry.seq, statement)
    assert needed == log.keys["duty-1"].verify_key
    unsigned = parse_statement(statement.raw[:-64] + bytes(64))
    assert judge_statement(log.charter, log.directory, entry.seq, unsigned, content) is None
    log.keys["duty-1"] = key("stranger")
    unknown = log.statement("duty-1", content)
    missing = needed_key(log.directory, entry.seq, unknown)
    assert isinstance(missing, Void)
    assert judge_statement(log.charter, log.directory, entry.seq, unknown, content) == missing


@pytest.mark.parametrize(
    ("position", "changes"),
    [
        ("clerk", {"mandate": "watch"}),
        ("clerk", {"mandate": "quiet", "precedence": Precedence.PRIORITY}),
        ("clerk", {"mandate": "quiet", "precedence": Precedence.FLASH}),
        ("clerk", {"mandate": "quiet", "kind": "stop"}),
        ("duty-1", {"kind": "directory.revoke", "channel": 0, "addressees": MemberSet(0)}),
        ("duty-1", {"kind": "log.reopen", "channel": 0, "addressees": MemberSet(0), "mandate": "root"}),
        ("duty-1", {"kind": "directory.audit", "channel": 0, "addressees": MemberSet(0)}),
        ("registrar", {}),
        ("registrar", {"mandate": "registrar"}),
        ("root", {"mandate": "root"}),
    ],
)
def test_mandate_exceeded(position: str, changes: dict[str, Any]) -> None:
    assert said(desk(), position, **changes) == "mandate.exceeded"


def test_mandate_that_the_charter_does_not_know() -> None:
    log = desk()
    log.enrol("duty-2", ["emperor"])
    assert said(log, "duty-2", mandate="emperor") == "mandate.unknown"


def test_mandate_for_another_role() -> None:
    log = desk()
    log.enrol("duty-2", ["supervision"])
    assert said(log, "duty-2", mandate="supervision") == "mandate.exceeded"
    facilitated = draft(3)
    first = replace(facilitated.seats[0], role=Role.FACILITATOR)
    kinds = (*facilitated.terms.kinds, replace(facilitated.terms.kinds[0], name="finding", mandates=("supervision",)))
    charter = founded(CharterDraft((first, *facilitated.seats[1:]), replace(facilitated.terms, kinds=kinds)))
    for ordinal, expected in ((0, ""), (1, "mandate.exceeded")):
        log = Log(charter, Cell(3).log(ordinal).directory.log)
        assert log.certify() is None
        log.enrol("duty-2", ["supervision"])
        assert said(log, "duty-2", mandate="supervision", kind="finding") == expected


def test_kind_in_a_version_not_in_force() -> None:
    log = desk()
    assert said(log, kind_version=2) == "kind.version"
    assert said(log, kind_version=0) == "kind.version"
    assert said(log, "root", kind="directory.node", kind_version=2, channel=0, mandate="root") == "kind.version"


def test_a_kind_not_opened_is_kept_as_not_understood_and_still_needs_its_officer() -> None:
    log = desk()
    assert said(log, kind="item") == ""
    assert not is_understood(log.charter, "item")
    assert is_understood(log.charter, "message")
    assert is_understood(log.charter, "directory.node")
    assert said(log, "clerk", kind="item", mandate="watch") == "mandate.exceeded"
    assert said(log, kind="item", channel=9) == "channel.unknown"


def test_kind_on_a_channel_not_its_own() -> None:
    log = desk()
    assert said(log, kind="stop", channel=2) == "kind.channel"
    assert said(log, kind="message", channel=0) == "kind.channel"
    assert said(log, kind="item", channel=0) == "kind.channel"
    assert said(log, "root", kind="directory.node", channel=1, mandate="root") == "kind.channel"


def test_unknown_channel() -> None:
    log = desk()
    assert said(log, channel=4) == "channel.unknown"
    assert said(log, channel=255, kind="stop") == "channel.unknown"


def test_channel_of_others() -> None:
    assert said(desk(2), channel=3, addressees=MemberSet(0b01)) == "channel.not-yours"


def test_addressees_outside_the_channel() -> None:
    log = desk()
    assert said(log, channel=3, addressees=MemberSet(0b110)) == "addressees.outside"
    assert said(log, addressees=MemberSet(1 << 31)) == "addressees.outside"


def test_addressing_oneself_or_nobody_where_addressees_decide() -> None:
    log = desk()
    assert said(log, addressees=MemberSet(0b011)) == "addressees.self"
    assert said(log, channel=2, addressees=MemberSet(0)) == "addressees.none"
    assert said(log, channel=1, addressees=MemberSet(0)) == ""


@pytest.mark.parametrize("change", [{"statement_sight": 0b001}, {"content_sight": 0b001}, {"content_sight": 0b1111}])
def test_entry_gives_other_sights_than_channel_and_addressees(change: dict[str, Any]) -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, replace(entry, **change), statement, content) == "sight.mismatch"


def test_leak_of_an_addressed_content_by_its_entry() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1", channel=2, addressees=MemberSet(0b010))
    leak = replace(entry, content_sight=MemberSet(0b111))
    assert verdict(log, leak, statement, content) == "sight.mismatch"


def test_entry_passes_over_a_revocation() -> None:
    log = desk()
    before = log.directory.latest_seq
    log.revoke("clerk")
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, replace(entry, directory=before), statement, content) == "directory.mismatch"
    assert verdict(log, replace(entry, directory=entry.seq), statement, content) == "directory.mismatch"


def test_entry_commits_to_another_statement() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, replace(entry, body=StatementDigest(bytes(32))), statement, content) == "entry.other-statement"


def test_entry_names_another_charter() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, replace(entry, charter_version=2), statement, content) == "charter.version"


def test_statements_are_judged_by_the_charter_their_entry_names() -> None:
    log = desk()
    terms = draft(3).terms
    closed = amend(CharterDraft(draft(3).seats, replace(terms, kinds=terms.kinds[1:])), log.charter)
    shifted = replace(terms, kinds=(replace(terms.kinds[0], version=2),))
    newer = amend(CharterDraft(draft(3).seats, shifted), log.charter)
    entry, statement, content = log.speak("duty-1")
    later = replace(entry, charter_version=2)
    assert verdict(log, later, statement, content, closed) == ""
    assert not is_understood(closed, "message")
    assert verdict(log, later, statement, content, newer) == "kind.version"


def test_member_speaks_under_a_charter_from_before_it_joined() -> None:
    joined = amend(draft(3), Cell(2).charter, {"CCC": root("CCC").verify_key.raw})
    log = Log(joined, Cell(3).log(2).directory.log)
    assert log.certify() is None
    log.enrol("duty-1", ["watch"])
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, entry, statement, content) == ""
    assert verdict(log, replace(entry, charter_version=1), statement, content, Cell(2).charter) == "issuer.no-member"


def test_swapped_content() -> None:
    log = desk()
    entry, statement, content = log.speak("duty-1")
    assert verdict(log, entry, statement, content[:-1] + b"?") == "content.mismatch"
    assert verdict(log, entry, statement, content + b"?") == "content.length"
    lying = log.statement("duty-1", content, content_bytes=len(content) + 1)
    assert verdict(log, log.entry(lying), lying, content) == "content.length"
    other = encode_content({"text": "all QUIET"}, SALT)
    swapped = log.statement("duty-1", content, content_digest=content_digest(other))
    assert verdict(log, log.entry(swapped), swapped, content) == "content.mismatch"


def test_built_in_statements_are_judged_like_all_others() -> None:
    log = desk()
    statement, content = log.build(Revocation(log.kid("clerk"), "left"), "registrar")
    entry = log.entry(statement)
    assert entry.statement_sight == entry.content_sight == log.charter.everyone
    assert verdict(log, entry, statement, content) == ""
    assert verdict(log, replace(entry, content_sight=MemberSet(1)), statement, content) == "sight.mismatch"
    statement, content = log.build(Revocation(log.kid("clerk"), "left"), "root")
    assert verdict(log, log.entry(statement), statement, content) == ""
    statement, content = log.build(node_certificate("coup"), "registrar")
    assert verdict(log, log.entry(statement), statement, content) == "mandate.exceeded"
    statement = log.statement("registrar", content, kind="directory.enrol", channel=0, mandate="watch")
    assert verdict(log, log.entry(statement), statement, content) == "mandate.exceeded"


FIELDS = {
    "mechanism": st.binary(min_size=32, max_size=32),
    "kind": st.sampled_from(["message", "stop", "item", "directory.node", "directory.audit", "log.reopen", "charter"]),
    "kind_version": st.integers(0, 3),
    "channel": st.integers(0, 255),
    "precedence": st.sampled_from(Precedence),
    "addressees": st.integers(0, (1 << 32) - 1),
    "mandate": st.sampled_from(["watch", "quiet", "supervision", "root", "registrar", "", "x"]),
    "issuer": st.sampled_from(["AAA/duty-1", "AAA/clerk", "AAA/root", "BBB/duty-1", "ZZZ/x"]),
}


@given(
    st.sampled_from(["duty-1", "clerk", "registrar", "root"]),
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.integers()).flatmap(
        lambda chosen: st.fixed_dictionaries({name: FIELDS[name] for name in chosen})
    ),
)
@settings(max_examples=150)
def test_every_well_formed_statement_gets_a_verdict_and_hostile_ones_never_crash(
    position: str, changes: dict[str, Any]
) -> None:
    log = desk()
    entry, statement, content = log.speak(position, **changes)
    void = judge(log.charter, log.directory, entry, statement, content)
    if void is None and admission.is_understood(log.charter, statement.fields.kind):
        assert statement.fields.mechanism == log.charter.mechanism
        assert statement.fields.issuer == f"AAA/{position}"
    if void is None:
        log.directory.apply(log.size, statement, decode_content(content))
