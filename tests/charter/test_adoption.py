"""Adoption: nothing founds or amends but every member's root signature."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.adoption import CHARTER_TYPE, SignedCharter, decode_signed, encode_signed, sign_charter
from parley.charter.charter import Charter, CharterDraft
from parley.charter.founding import amend
from parley.crypto import cbor, cose
from parley.errors import BadInput, Refused
from parley.record.statement import STATEMENT_TYPE
from tests.changed import replace
from tests.charter.mechanisms import draft, founded, key, root


def signed(charter: Charter, who: list[int], previous: Charter | None = None) -> SignedCharter:
    paper = SignedCharter(charter, {})
    for ordinal in who:
        paper = paper.signed_by(ordinal, root(charter.members[ordinal].code), previous)
    return paper


@given(st.integers(2, 8), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_any_number_of_members_adopt_in_any_order(count: int, random: Any) -> None:
    charter = founded(draft(count))
    order = list(range(count))
    random.shuffle(order)
    papers = [signed(charter, [ordinal]) for ordinal in order]
    paper = papers[0]
    for other in papers[1:]:
        assert paper.missing()
        with pytest.raises(Refused):
            paper.verify()
        paper = decode_signed(encode_signed(paper)).merged(other)
    paper.verify()
    assert encode_signed(paper) == encode_signed(signed(charter, list(range(count))))


def test_a_missing_signature_is_named() -> None:
    paper = signed(founded(draft(3)), [0, 2])
    assert paper.missing() == ["BBB"]
    paper.verify(complete=False)
    with pytest.raises(Refused) as caught:
        paper.verify()
    assert caught.value.code == "charter.not-adopted"
    assert "BBB" in caught.value.reason


def test_nobody_signs_with_another_key_than_its_root() -> None:
    with pytest.raises(BadInput) as caught:
        sign_charter(founded(draft(2)), 0, root("BBB"))
    assert caught.value.code == "charter.not-your-key"


def forged(charter: Charter, signer: str, **header: Any) -> bytes:
    protected: dict[int, Any] = {
        1: -19, 4: root(signer).verify_key.kid, 15: {1: "AAA/root"}, 16: CHARTER_TYPE, 258: -16, 259: 60,
    } | {int(label[1:]): value for label, value in header.items()}  # fmt: skip
    return cose.sign1(root(signer), protected, charter.digest)


def test_the_forgeries_below_differ_from_a_true_signature_in_what_they_forge_only() -> None:
    charter = founded(draft(2))
    assert forged(charter, "AAA") == sign_charter(charter, 0, root("AAA"))


@pytest.mark.parametrize(
    "forge",
    [
        lambda c: forged(c, "BBB"),
        lambda c: forged(c, "AAA", _16=STATEMENT_TYPE),
        lambda c: forged(c, "AAA", _15={1: "BBB/root"}),
        lambda c: forged(c, "AAA", _4=bytes(8)),
        lambda c: forged(c, "AAA", _7=1),
        lambda _: forged(founded(draft(3)), "AAA"),
        lambda c: forged(c, "AAA")[:-1] + bytes([forged(c, "AAA")[-1] ^ 1]),
        lambda c: forged(c, "AAA")[:-1],
        lambda _: b"",
    ],
    ids=["other key", "a statement", "other issuer", "other kid", "more", "other charter", "bit", "cut", "empty"],
)
def test_a_forged_signature_is_refused_and_its_member_named(forge: Any) -> None:
    charter = founded(draft(2))
    paper = SignedCharter(charter, {**signed(charter, [1]).signatures, 0: forge(charter)})
    with pytest.raises(BadInput) as caught:
        paper.verify()
    assert (caught.value.code, caught.value.field) == ("charter.signature", "signatures[0]")
    assert "AAA" in caught.value.reason


def test_a_signature_of_no_member_is_refused() -> None:
    paper = signed(founded(draft(2)), [0, 1])
    with pytest.raises(BadInput):
        SignedCharter(paper.charter, {**paper.signatures, 2: paper.signatures[0]}).verify()


def test_copies_of_different_charters_are_not_merged() -> None:
    with pytest.raises(BadInput) as caught:
        signed(founded(draft(2)), [0]).merged(signed(founded(draft(3)), [1]))
    assert caught.value.code == "charter.different"


def test_an_amendment_is_signed_with_the_keys_of_the_charter_it_amends() -> None:
    old = founded(draft(2))
    new_root = key("new root")
    new = amend(draft(2), old, {"BBB": new_root.verify_key.raw})
    signed(new, [0, 1], old).verify(old)
    with pytest.raises(BadInput):
        SignedCharter(new, {}).signed_by(1, new_root, old)


def test_who_joins_by_an_amendment_need_not_have_signed_it_but_may() -> None:
    old = founded(draft(2))
    new = amend(draft(3), old, {"CCC": root("CCC").verify_key.raw})
    assert signed(new, [2], old).missing(old) == ["AAA", "BBB"]
    signed(new, [0, 1], old).verify(old)
    signed(new, [0, 1, 2], old).verify(old)


def test_an_amendment_is_not_verified_without_the_charter_it_amends() -> None:
    old = founded(draft(2))
    new = amend(draft(2), old)
    with pytest.raises(BadInput):
        signed(new, [0, 1], old).verify()
    with pytest.raises(BadInput):
        signed(old, [0, 1]).verify(old)
    other = amend(CharterDraft(draft(2).seats, replace(draft(2).terms, name="Other")), old)
    with pytest.raises(BadInput):
        signed(new, [0, 1], old).verify(other)


@pytest.mark.parametrize(
    "parts",
    [
        ["parley charter", 2, b"", {}],
        ["another file", 1, b"", {}],
        ["parley charter", 1, b"\x00", {}],
        ["parley charter", 1],
        "parley charter",
    ],
)
def test_another_file_is_refused(parts: Any) -> None:
    with pytest.raises(BadInput):
        decode_signed(cbor.encode(parts))


def test_true_does_not_pass_for_version_1_of_the_file() -> None:
    paper = signed(founded(draft(2)), [0, 1])
    with pytest.raises(BadInput, match=r"charter\.file"):
        decode_signed(cbor.encode(["parley charter", True, paper.charter.raw, dict(paper.signatures)]))


def test_a_file_with_signatures_of_strangers_or_trailing_bytes_is_refused() -> None:
    paper = signed(founded(draft(2)), [0, 1])
    with pytest.raises(BadInput):
        decode_signed(encode_signed(paper) + b"\x00")
    with pytest.raises(BadInput):
        decode_signed(cbor.encode(["parley charter", 1, paper.charter.raw, {2: paper.signatures[0]}]))
    with pytest.raises(BadInput):
        decode_signed(cbor.encode(["parley charter", 1, paper.charter.raw, {0: bytes(600)}]))
