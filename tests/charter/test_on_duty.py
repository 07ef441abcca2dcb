"""Registrars on duty: within the charter's limits, judged alike everywhere, and below root and registrar in everything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter import admission
from parley.charter.charter import Charter, decode_charter
from parley.charter.charter_text import to_toml
from parley.charter.charter_toml import load_toml
from parley.charter.directory_build import DirectorySigner, build
from parley.charter.directory_kinds import DirectoryContent, MandateChange, RegistrarGrant, Revocation
from parley.charter.terms import Mandate, OnDuty, Role, Terms
from parley.charter.void import Void
from parley.crypto import cbor
from parley.errors import BadInput
from parley.record.ids import log_id
from parley.record.statement import Precedence, Statement, parse_statement
from tests.changed import replace
from tests.charter.mechanisms import SALT, Log, draft, founded, key, node_certificate

ON_DUTY = OnDuty(("register",), ("watch", "quiet"), new_positions=False)


def with_term(on_duty: OnDuty | None) -> Charter:
    terms = draft(2).terms
    register = Mandate("register", "Registrar on duty", Precedence.PRIORITY, (Role.PARTY,))
    mandates = (*terms.mandates, register, replace(register, name="head"))
    return founded(replace(draft(2), terms=replace(terms, mandates=mandates, on_duty=on_duty)))


def log_of(on_duty: OnDuty | None = ON_DUTY) -> Log:
    """A log with `desk` on duty, `duty-1` and `duty-2` on watch, and `head`."""
    log = Log(with_term(on_duty), log_id(0))
    assert log.certify() is None
    for position, mandates in (("desk", ["register"]), ("duty-1", ["watch"]), ("duty-2", ["quiet"]), ("head", ["head"])):  # fmt: skip
        assert log.enrol(position, mandates) is None
    return log


def built(log: Log, content: DirectoryContent, by: str = "desk", under: str = "register") -> tuple[Statement, bytes]:
    who = DirectorySigner(log.charter.mechanism, log.member.code, by, log.keys[by], under)
    nonce = log.size.to_bytes(16, "big")
    raw, sealed = build(content, who, issued_at_s=0, nonce=nonce, salt=SALT, binding=log.directory.binding)
    return parse_statement(raw), sealed


def judged(log: Log, content: DirectoryContent, by: str = "desk", under: str = "register") -> Void | None:
    """What every node makes of it as the next entry: admission, then the fold."""
    statement, sealed = built(log, content, by, under)
    void = admission.judge(log.charter, log.directory, log.entry(statement), statement, sealed)
    if void is not None:
        log.size += 1
        return void
    return log.append(statement, sealed)


def refused(log: Log, content: DirectoryContent, code: str, **more: Any) -> None:
    before = (log.directory.officers(), log.directory.registrars(), log.directory.latest_seq, log.directory.annotations)
    void = judged(log, content, **more)
    assert void is not None
    assert void.code == code
    assert (
        log.directory.officers(), log.directory.registrars(), log.directory.latest_seq, log.directory.annotations,
    ) == before  # fmt: skip


def anew(log: Log, position: str, mandates: list[str], label: str = "new browser") -> DirectoryContent:
    holder, before = log.directory.holder(position), log.keys.get(position)
    made = log.enrolment(position, mandates, label=f"{label} {log.size}", replaces=holder.kid if holder else None)
    if position == "desk" and before is not None:
        log.keys[position] = before  # what is asked here is signed by the key in force
    return made


def test_a_lost_key_is_replaced_and_the_one_before_it_ends() -> None:
    log = log_of()
    old = log.kid("duty-1")
    assert judged(log, anew(log, "duty-1", ["watch"])) is None
    assert log.directory.why_not(old, log.size).code == "officer.replaced"
    assert log.directory.officer_at(log.kid("duty-1"), log.size) is not None


def test_a_key_is_revoked_and_its_position_filled_again() -> None:
    log = log_of()
    assert judged(log, Revocation(log.kid("duty-1"), "browser lost")) is None
    assert log.directory.holder("duty-1") is None
    assert judged(log, anew(log, "duty-1", ["watch"])) is None


def test_a_charter_without_the_term_knows_no_registrar_on_duty() -> None:
    log = log_of(None)
    refused(log, anew(log, "duty-1", ["watch"]), "mandate.exceeded")
    log = log_of(None)
    refused(log, Revocation(log.kid("duty-1"), "coup"), "mandate.exceeded")


@pytest.mark.parametrize(
    ("by", "under", "code"),
    [
        ("duty-1", "watch", "mandate.exceeded"),
        ("duty-1", "register", "mandate.exceeded"),
        ("desk", "watch", "mandate.exceeded"),
        ("desk", "registrar", "mandate.exceeded"),
        ("desk", "root", "mandate.exceeded"),
        ("head", "head", "mandate.exceeded"),
    ],
)
def test_nobody_else_is_one_whatever_mandate_is_named(by: str, under: str, code: str) -> None:
    log = log_of()
    refused(log, Revocation(log.kid("duty-2"), "coup"), code, by=by, under=under)


@pytest.mark.parametrize(
    "content",
    [
        lambda log: MandateChange(log.kid("duty-1"), ("watch", "quiet")),
        lambda _: RegistrarGrant("registrar-2", key("thief").verify_key.raw),
        lambda _: node_certificate("thief"),
    ],
    ids=["entrusts", "makes a registrar", "certifies a node"],
)
def test_no_other_act_of_the_directory_is_open_to_it(content: Any) -> None:
    log = log_of()
    refused(log, content(log), "mandate.exceeded")


@pytest.mark.parametrize(
    "content",
    [
        lambda log: Revocation(log.kid("head"), "coup"),
        lambda log: Revocation(log.kid("desk"), "itself"),
        lambda log: Revocation(log.kid("head"), "doubt", 1),
        lambda log: anew(log, "head", ["watch"]),
        lambda log: anew(log, "desk", ["watch"]),
        lambda log: anew(log, "duty-1", ["register"]),
        lambda log: anew(log, "duty-1", ["head"]),
        lambda log: anew(log, "duty-1", ["watch", "quiet"]),
        lambda log: anew(log, "duty-7", ["watch"]),
    ],
    ids=["ends the head", "ends itself", "doubts the head", "takes the head's place", "takes its own place", "makes another",
         "makes a head", "gives more than was held", "fills a new position"],
)  # fmt: skip
def test_it_reaches_no_further_than_the_charter_lets_it(content: Any) -> None:
    log = log_of()
    refused(log, content(log), "directory.on-duty")


def test_it_touches_neither_registrar_nor_root() -> None:
    for position in ("registrar", "root"):
        log = log_of()
        refused(log, Revocation(log.kid(position), "coup"), "mandate.exceeded")


@pytest.mark.parametrize("by", ["registrar", "root"])
def test_whom_root_or_registrar_ended_it_does_not_bring_back(by: str) -> None:
    log = log_of()
    assert log.say(Revocation(log.kid("duty-1"), "dismissed"), by) is None
    refused(log, anew(log, "duty-1", ["watch"]), "directory.on-duty")
    assert log.say(anew(log, "duty-1", ["watch"]), "registrar") is None  # type: ignore[arg-type]
    assert judged(log, anew(log, "duty-1", ["watch"])) is None


def test_whatever_it_did_the_registrar_undoes() -> None:
    log = log_of()
    judged(log, anew(log, "duty-1", ["watch"]))
    assert log.revoke("duty-1") is None
    judged(log, Revocation(log.kid("duty-2"), "mistaken"))
    assert log.enrol("duty-2", ["quiet"], label="again") is None
    assert log.revoke("desk") is None
    refused(log, anew(log, "duty-2", ["quiet"]), "officer.revoked")


def test_where_the_charter_opens_new_positions_they_are_filled() -> None:
    log = log_of(replace(ON_DUTY, new_positions=True))
    assert judged(log, anew(log, "duty-7", ["watch", "quiet"])) is None
    refused(log, anew(log, "duty-8", ["head"]), "directory.on-duty")


def test_the_key_must_prove_its_possession_here_too() -> None:
    log = log_of()
    content = replace(anew(log, "duty-1", ["watch"]), possession=bytes(64))
    refused(log, content, "directory.possession")


def test_another_members_registrar_on_duty_is_nobody_here() -> None:
    log, other = log_of(), Log(with_term(ON_DUTY), log_id(1))
    other.certify()
    other.enrol("desk", ["register"])
    log.keys["desk"] = other.keys["desk"]
    refused(log, Revocation(log.kid("duty-1"), "coup"), "officer.unknown")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["desk", "registrar", "root", "duty-1"]),
        st.sampled_from(["enrol", "revoke"]),
        st.sampled_from(["duty-1", "duty-2", "desk", "head", "duty-7"]),
        st.sampled_from([["watch"], ["quiet"], ["watch", "quiet"], ["register"], ["head"], []]),
    ),
    max_size=12,
)


@given(ACTS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_sequence_of_acts_makes_a_registrar_on_duty_or_outlives_a_dismissal(acts: Any, new: bool) -> None:
    """Whatever is tried, only the registrar gives what is not granted, and any prefix folds to the same directory."""
    log = log_of(replace(ON_DUTY, new_positions=new))
    for by, act, position, mandates in acts:
        before = {one.position: one for one in log.directory.officers()}
        known = log.directory.holder(position)
        if act == "revoke" and known is None:
            continue
        content = Revocation(known.kid, "x") if act == "revoke" and known else anew(log, position, mandates)
        if by in ("registrar", "root"):
            log.say(content, by)
            continue
        judged(log, content, by, "register" if by == "desk" else "watch")
        for one in log.directory.officers():
            if one.kid not in {old.kid for old in before.values()}:
                assert set(one.mandates) <= set(ON_DUTY.grants)
        for old in before.values():
            if not set(old.mandates) <= set(ON_DUTY.grants):
                assert log.directory.officer_at(old.kid, log.size) is not None
    again = log.directory.prefix(log.size)
    assert again.officers() == log.directory.officers()
    assert again.latest_seq == log.directory.latest_seq


def terms_with(on_duty: OnDuty) -> Terms:
    return with_term(on_duty).terms


@pytest.mark.parametrize(
    ("on_duty", "field", "code"),
    [
        (OnDuty((), ("watch",), False), "on_duty.mandates", "charter.value"),
        (OnDuty(("register",), (), False), "on_duty.grants", "charter.value"),
        (OnDuty(("nobody",), ("watch",), False), "on_duty.mandates", "charter.unknown"),
        (OnDuty(("register",), ("registrar",), False), "on_duty.grants", "charter.unknown"),
        (OnDuty(("register", "register"), ("watch",), False), "on_duty.mandates", "charter.duplicate"),
        (OnDuty(("register",), ("watch", "register"), False), "on_duty.grants", "charter.value"),
    ],
)
def test_a_charter_that_contradicts_itself_is_refused(on_duty: OnDuty, field: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        with_term(on_duty)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_charter_without_the_term_is_the_bytes_that_it_was() -> None:
    without, given_term = with_term(None), with_term(ON_DUTY)
    assert 15 not in cbor.decode(without.raw)  # type: ignore[operator]
    assert decode_charter(given_term.raw) == given_term
    fields: Any = cbor.decode(given_term.raw)
    for wrong in ([["register"], ["watch"]], [["register"], ["watch"], 1], [[7], ["watch"], True], None):
        with pytest.raises(BadInput):
            decode_charter(cbor.encode(fields | {15: wrong}))
    with pytest.raises(BadInput):
        decode_charter(cbor.encode(fields | {17: 0}))


def test_the_text_form_has_it() -> None:
    a_draft = replace(draft(2), terms=terms_with(ON_DUTY))
    assert load_toml(to_toml(a_draft)) == a_draft
    with pytest.raises(BadInput):
        load_toml(to_toml(a_draft).replace("new_positions = false", ""))
