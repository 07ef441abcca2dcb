"""Built-in kinds: typed, strict, and equal after every round trip."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.directory_kinds import (
    BUILT_IN_KINDS,
    CharterAssent,
    DirectoryContent,
    Enrolment,
    MandateChange,
    NodeCertificate,
    RegistrarGrant,
    Reopening,
    Revocation,
    decode_fields,
    encode_fields,
    possession_message,
)
from parley.charter.terms import is_reserved
from parley.errors import BadInput
from parley.record.content import decode_content, encode_content
from parley.record.ids import MechanismDigest, MemberCode

POSITIONS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True).filter(lambda name: name != "root")
MANDATES = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True), max_size=5, unique=True).map(tuple)
KIDS = st.binary(min_size=8, max_size=8)
KEYS = st.binary(min_size=32, max_size=32)
SOME_BYTES = st.binary(min_size=1, max_size=99)
TIMES = st.none() | st.integers(0, 1 << 50)
CONTENTS: st.SearchStrategy[DirectoryContent] = st.one_of(
    st.builds(
        NodeCertificate,
        KEYS,
        st.binary(min_size=1312, max_size=1312),
        st.binary(min_size=1216, max_size=1216),
        SOME_BYTES,
    ),
    st.builds(RegistrarGrant, POSITIONS, KEYS),
    st.builds(Enrolment, POSITIONS, KEYS, st.binary(min_size=64, max_size=64), MANDATES, st.none() | KIDS),
    st.builds(Revocation, KIDS, st.text(max_size=50), TIMES),
    st.builds(MandateChange, KIDS, MANDATES),
    st.builds(CharterAssent, st.integers(2, 65535), SOME_BYTES, SOME_BYTES),
    st.builds(Reopening, st.text(max_size=64), st.integers(1, 1 << 50), KEYS, st.text(max_size=50)),
)


@given(CONTENTS, st.binary(min_size=16, max_size=16))
@settings(max_examples=100)
def test_a_content_is_the_same_after_encoding(content: DirectoryContent, salt: bytes) -> None:
    raw = encode_content(encode_fields(content), salt)
    assert decode_fields(content.KIND, decode_content(raw)) == content


@given(CONTENTS, st.data())
@settings(max_examples=100)
def test_a_missing_or_foreign_field_is_refused(content: DirectoryContent, data: Any) -> None:
    fields = encode_fields(content)
    with pytest.raises(BadInput) as caught:
        decode_fields(content.KIND, {**fields, "name_of_the_officer": "never"})
    assert caught.value.field == "name_of_the_officer"
    required = sorted(fields.keys() - {"replaces", "compromised_since_ms"})
    left_out = data.draw(st.sampled_from(required))
    with pytest.raises(BadInput) as caught:
        decode_fields(content.KIND, {name: value for name, value in fields.items() if name != left_out})
    assert caught.value.field == left_out


@given(CONTENTS, st.data())
@settings(max_examples=100)
def test_a_field_of_another_type_is_refused(content: DirectoryContent, data: Any) -> None:
    fields = encode_fields(content)
    name = data.draw(st.sampled_from(sorted(fields)))
    with pytest.raises(BadInput) as caught:
        decode_fields(content.KIND, {**fields, name: {}})
    assert caught.value.field == name


@pytest.mark.parametrize("position", ["root", "", "Duty", "duty 2", "duty/2", "-duty", "x" * 33, "dvty\u0301"])
def test_a_position_is_a_pseudonym_and_never_root(position: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode_fields("directory.registrar", {"position": position, "key": bytes(32)})
    assert caught.value.field == "position"


def test_all_built_in_kinds_are_out_of_a_charters_reach() -> None:
    assert all(is_reserved(kind) for kind in BUILT_IN_KINDS)
    assert is_reserved("directory")
    assert not is_reserved("directories.list")
    assert not is_reserved("message")


def test_a_proof_of_possession_is_for_one_mechanism_member_and_position() -> None:
    here = possession_message(MechanismDigest(bytes(32)), MemberCode("AAA"), "duty-1", bytes(32))
    others = [
        possession_message(MechanismDigest(b"\x01" * 32), MemberCode("AAA"), "duty-1", bytes(32)),
        possession_message(MechanismDigest(bytes(32)), MemberCode("BBB"), "duty-1", bytes(32)),
        possession_message(MechanismDigest(bytes(32)), MemberCode("AAA"), "duty-2", bytes(32)),
        possession_message(MechanismDigest(bytes(32)), MemberCode("AAA"), "duty-1", b"\x01" * 32),
    ]
    assert len({here, *others}) == 5
