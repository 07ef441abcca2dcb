"""A statement has one form: what is read by the places of its parts is read just so by the strict codec."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import cbor, cose
from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.record.ids import ContentDigest, MechanismDigest, MemberSet, StatementDigest
from parley.record.statement import (
    MAX_STATEMENT_BYTES,
    PARLEY_LABEL,
    Precedence,
    StatementFields,
    _usual,
    parse_statement,
    protected_header,
    sign_statement,
)

KEY = SigningKey.from_seed(b"\x07" * 32)
digests = st.binary(min_size=32, max_size=32)
fields = st.builds(
    StatementFields,
    kid=st.just(KEY.verify_key.kid),
    issuer=st.from_regex(r"\A[A-Z][A-Z0-9]{1,7}/[a-z0-9][a-z0-9-]{0,31}\Z"),
    case=st.none() | st.from_regex(r"\A[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})\Z"),
    issued_at_s=st.integers(0, (1 << 40) - 1),
    nonce=st.binary(min_size=16, max_size=16),
    mechanism=digests.map(MechanismDigest),
    kind=st.from_regex(r"\A[a-z][a-z0-9-]{0,23}(\.[a-z][a-z0-9-]{0,23})?\Z"),
    kind_version=st.integers(0, 65535),
    channel=st.integers(0, 255),
    precedence=st.sampled_from(Precedence),
    addressees=st.integers(0, (1 << 32) - 1).map(MemberSet),
    replies_to=st.lists(digests.map(StatementDigest), max_size=4).map(tuple),
    mandate=st.text(max_size=32),
    marking=st.text(max_size=128),
    content_digest=digests.map(ContentDigest),
    content_bytes=st.integers(0, 65536),
    attachments=st.lists(digests, max_size=3).map(tuple),
)


@given(fields)
def test_what_is_signed_is_read_back_by_both_ways_alike(said: StatementFields) -> None:
    raw = sign_statement(said, KEY)
    usual = _usual(raw)
    strict = cose.parse1(raw, max_bytes=MAX_STATEMENT_BYTES)
    assert usual is not None
    assert usual.fields == said == parse_statement(raw).fields
    assert (usual.sign1.protected, usual.sign1.protected_raw, usual.sign1.payload, usual.sign1.signature) == (
        strict.protected, strict.protected_raw, strict.payload, strict.signature,
    )  # fmt: skip
    assert usual.sign1.verify(KEY.verify_key)


RAW = sign_statement(
    StatementFields(
        KEY.verify_key.kid, "AAA/duty-1", "BBB 42", 1_760_000_000, bytes(16), MechanismDigest(bytes(32)), "message", 1, 1,
        Precedence.FLASH, MemberSet(2), (StatementDigest(bytes(32)),), "watch", "", ContentDigest(bytes(32)), 99, (),
    ),
    KEY,
)  # fmt: skip


@settings(max_examples=500)
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255), st.integers(0, 2))
def test_no_byte_can_be_changed_added_or_left_out_to_give_the_same_statement(place: int, byte: int, cut: int) -> None:
    changed = RAW[:place] + bytes([byte]) + RAW[place + cut :]
    try:
        read = parse_statement(changed)
    except BadInput:
        return
    assert changed == RAW or read.sign1.to_be_signed + read.sign1.signature != (
        parse_statement(RAW).sign1.to_be_signed + parse_statement(RAW).sign1.signature
    )
    cbor.decode(changed[1:])  # what is taken is deterministic CBOR


def header_with(change: Any) -> bytes:
    """A whole statement whose header is `change`d: a function from its map to bytes."""
    header = dict(protected_header(parse_statement(RAW).fields))
    return cose.assemble(change(header), bytes(32), bytes(64))


def float_for(label: int) -> Any:
    return lambda header: cbor2.dumps({key: float(item) if key == label else item for key, item in header.items()})


@pytest.mark.parametrize(
    "change",
    [
        float_for(258),
        float_for(1),
        lambda header: cbor2.dumps({(True if key == 1 else key): item for key, item in header.items()}),
        lambda header: cbor2.dumps(dict(reversed(header.items()))),
        lambda header: cbor2.dumps(header | {15: dict(reversed(header[15].items()))}),
        lambda header: cbor2.dumps(header | {15: header[15] | {6: 1_760_000_000.0}}),
        lambda header: cbor2.dumps(header) + b"\x00",
        lambda header: cbor2.dumps(header)[:-1],
        lambda header: cbor2.dumps(header).replace(b"\x18\x63", b"\x19\x00\x63"),
        lambda header: cbor2.dumps(header | {PARLEY_LABEL: cbor2.CBORTag(4, [1, 2])}),
    ],
    ids=["float", "float alg", "true label", "labels out of order", "claims out of order", "float time", "more", "less", "long integer", "tag"],
)  # fmt: skip
def test_a_header_in_another_form_is_refused_as_such_whatever_else_is_wrong_in_it(change: Any) -> None:
    with pytest.raises(BadInput):
        parse_statement(header_with(change))
    with pytest.raises(BadInput, match=r"\[(cbor|cose)\.") as caught:
        parse_statement(header_with(lambda header: change(header | {4: bytes(7)})))
    assert not caught.value.code.startswith("statement.")
