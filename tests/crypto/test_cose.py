"""A signed object has one form and one reading; no byte of it can change."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import cbor, cose
from parley.crypto.keys import SigningKey, VerifyKey
from parley.errors import BadInput
from tests.vectors import load_json, vectors

KEY = SigningKey.from_seed(b"\x01" * 32)
HEADER: dict[int, Any] = {1: -19, 4: KEY.verify_key.kid, 15: {1: "AAA/chief", 6: 1_760_000_000}, 16: "x/y", -65537: [1]}
PAYLOAD = b"\x05" * 32
SIGNED = cose.sign1(KEY, HEADER, PAYLOAD)
HEADERS = st.dictionaries(
    st.integers(-70000, 400).filter(lambda label: label not in (1, 2)),
    st.integers(-(1 << 64), (1 << 64) - 1) | st.text(max_size=9) | st.binary(max_size=9) | st.lists(st.booleans()),
    max_size=5,
).map(lambda fields: {1: -19} | fields)


def signed(
    header: Any = None, *, header_raw: bytes | None = None, unprotected: Any = None, tag: bytes = b"\xd2"
) -> bytes:
    """An object whose signature is right, however wrong its form."""
    raw = cbor2.dumps(HEADER if header is None else header) if header_raw is None else header_raw
    signature = KEY.sign(cose.to_be_signed(raw, PAYLOAD))
    return tag + cbor2.dumps([raw, {} if unprotected is None else unprotected, PAYLOAD, signature])


def refusal(raw: bytes, max_bytes: int = 4096) -> str:
    with pytest.raises(BadInput) as caught:
        cose.parse1(raw, max_bytes=max_bytes)
    return caught.value.code


@given(HEADERS, st.binary(max_size=100))
def test_what_is_signed_comes_back_and_verifies(header: dict[int, Any], payload: bytes) -> None:
    raw = cose.sign1(KEY, header, payload)
    parsed = cose.parse1(raw, max_bytes=len(raw))
    assert parsed.protected == header
    assert parsed.payload == payload
    assert parsed.verify(KEY.verify_key)
    assert cose.assemble(parsed.protected_raw, parsed.payload, parsed.signature) == raw
    assert not parsed.verify(SigningKey.from_seed(b"\x02" * 32).verify_key)


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
@settings(max_examples=400)
def test_any_changed_byte_fails(place: int, flip: int) -> None:
    changed = SIGNED[:place] + bytes([SIGNED[place] ^ flip]) + SIGNED[place + 1 :]
    try:
        parsed = cose.parse1(changed, max_bytes=4096)
    except BadInput:
        return
    assert not parsed.verify(KEY.verify_key)


def test_every_single_bit_counts() -> None:
    for place in range(len(SIGNED)):
        for bit in range(8):
            changed = SIGNED[:place] + bytes([SIGNED[place] ^ 1 << bit]) + SIGNED[place + 1 :]
            try:
                parsed = cose.parse1(changed, max_bytes=4096)
            except BadInput:
                continue
            assert not parsed.verify(KEY.verify_key)


@given(st.integers(0, len(SIGNED) - 1), st.binary(min_size=1, max_size=3))
def test_cut_and_lengthened_objects_are_refused(place: int, more: bytes) -> None:
    refusal(SIGNED[:place])
    assert refusal(SIGNED + more) == "cbor.trailing-bytes"


def test_signing_twice_gives_the_same_bytes() -> None:
    assert cose.sign1(KEY, dict(reversed(HEADER.items())), PAYLOAD) == SIGNED


def test_signed_bytes_are_those_of_the_standard() -> None:
    parsed = cose.parse1(SIGNED, max_bytes=4096)
    expected = cbor2.dumps(["Signature1", parsed.protected_raw, b"", PAYLOAD])
    assert parsed.to_be_signed == expected == cose.to_be_signed(parsed.protected_raw, PAYLOAD)


def test_an_algorithm_set_by_hand_does_not_verify() -> None:
    parsed = cose.parse1(SIGNED, max_bytes=4096)
    other = cose.Sign1({1: -8}, parsed.protected_raw, parsed.payload, parsed.signature)
    assert not other.verify(KEY.verify_key)


def hostile() -> dict[str, tuple[bytes, str]]:
    good_raw = cbor.encode(HEADER)
    signature = cose.parse1(SIGNED, max_bytes=4096).signature
    body = SIGNED[1:]
    unsorted = cbor2.dumps({16: "x/y", 1: -19})
    twice = b"\xa2" + cbor2.dumps(1) + cbor2.dumps(-19) + cbor2.dumps(1) + cbor2.dumps(-19)
    return {
        "empty": (b"", "cose.untagged"),
        "untagged": (body, "cose.untagged"),
        "tag 98, COSE_Sign": (signed(tag=b"\xd8\x62"), "cose.untagged"),
        "tag 18 in a longer head": (signed(tag=b"\xd8\x12"), "cose.untagged"),
        "tag 18 twice": (signed(tag=b"\xd2\xd2"), "cose.untagged"),
        "self-described": (b"\xd9\xd9\xf7" + SIGNED, "cose.untagged"),
        "tag 61, CWT": (b"\xd8\x3d" + SIGNED, "cose.untagged"),
        "array of 3": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD]), "cose.untagged"),
        "array of 5": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD, signature, 0]), "cose.untagged"),
        "indefinite array": (b"\xd2\x9f" + body[1:] + b"\xff", "cose.untagged"),
        "array in a longer head": (b"\xd2\x98\x04" + body[1:], "cose.untagged"),
        "algorithm unprotected": (signed({4: b"k"}, unprotected={1: -19}), "cose.unprotected"),
        "algorithm in both headers": (signed(unprotected={1: -19}), "cose.unprotected"),
        "receipt unprotected": (signed(unprotected={394: [b"r"]}), "cose.unprotected"),
        "unprotected not a map": (signed(unprotected=[]), "cose.unprotected"),
        "unprotected null": (b"\xd2" + cbor2.dumps([good_raw, None, PAYLOAD, signature]), "cose.unprotected"),
        "detached payload": (b"\xd2" + cbor2.dumps([good_raw, {}, None, signature]), "cose.payload"),
        "text payload": (b"\xd2" + cbor2.dumps([good_raw, {}, "text", signature]), "cose.payload"),
        "no signature": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD, b""]), "cose.signature"),
        "signature of 63 bytes": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD, signature[:63]]), "cose.signature"),
        "signature of 65 bytes": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD, signature + b"0"]), "cose.signature"),
        "signature as text": (b"\xd2" + cbor2.dumps([good_raw, {}, PAYLOAD, "s" * 64]), "cose.signature"),
        "protected a map, not bytes": (b"\xd2" + cbor2.dumps([HEADER, {}, PAYLOAD, signature]), "cose.header"),
        "protected empty bytes": (signed(header_raw=b""), "cbor.malformed"),
        "protected an array": (signed([1, -19]), "cose.header"),
        "protected unsorted": (signed(header_raw=unsorted), "cbor.not-canonical"),
        "protected with equal labels": (signed(header_raw=twice), "cbor.malformed"),
        "protected with trailing bytes": (signed(header_raw=good_raw + b"\x00"), "cbor.trailing-bytes"),
        "protected with a long integer": (signed(header_raw=b"\xa1\x18\x01\x32"), "cbor.not-canonical"),
        "protected indefinite": (signed(header_raw=b"\xbf\x01\x32\xff"), "cbor.malformed"),
        "protected with a tagged date": (signed(header_raw=b"\xa2\x01\x32\x06\xc1\x00"), "cbor.tag"),
        "protected with a float date": (signed(header_raw=b"\xa2\x01\x32\x06\xf9\x3c\x00"), "cbor.type"),
        "text label": (signed({1: -19, "kid": b"k"}), "cose.header"),
        "byte label": (signed({1: -19, b"kid": b"k"}), "cose.header"),
        "no algorithm": (signed({4: b"k"}), "cose.wrong-alg"),
        "empty header": (signed(header_raw=b"\xa0"), "cose.wrong-alg"),
        "algorithm none": (signed({1: None}), "cose.wrong-alg"),
        "algorithm 0": (signed({1: 0}), "cose.wrong-alg"),
        "algorithm EdDSA": (signed({1: -8}), "cose.wrong-alg"),
        "algorithm ES256": (signed({1: -7}), "cose.wrong-alg"),
        "algorithm ML-DSA-44": (signed({1: -48}), "cose.wrong-alg"),
        "algorithm as text": (signed({1: "Ed25519"}), "cose.wrong-alg"),
        "algorithm in an array": (signed({1: [-19]}), "cose.wrong-alg"),
        "unknown critical label": (signed({1: -19, 2: [99], 99: 0}), "cose.crit"),
        "critical label that is absent": (signed({1: -19, 2: [4]}), "cose.crit"),
        "critical and empty": (signed({1: -19, 2: []}), "cose.crit"),
    }


@pytest.mark.parametrize("attack", hostile())
def test_hostile_object_with_a_right_signature_is_refused(attack: str) -> None:
    raw, code = hostile()[attack]
    assert refusal(raw) == code


def test_oversized_objects_are_refused() -> None:
    assert cose.parse1(SIGNED, max_bytes=len(SIGNED)).payload == PAYLOAD
    assert refusal(SIGNED, max_bytes=len(SIGNED) - 1) == "cbor.oversized"


@pytest.mark.parametrize("header", [{}, {1: -8}, {1: -19, 2: [4]}, {4: b"k"}])
def test_what_would_be_refused_is_not_signed(header: dict[int, Any]) -> None:
    with pytest.raises(BadInput, match=r"cose\."):
        cose.sign1(KEY, header, PAYLOAD)


def test_the_published_ed25519_example() -> None:
    """Its algorithm is the older EdDSA (-8) and its kid unprotected, so we refuse it; bytes and signature agree."""
    example = load_json("cose", "eddsa-sig-01.json")
    raw = bytes.fromhex(example["output"]["cbor"])
    protected_raw, _, payload, signature = cbor2.loads(raw[1:])
    assert cose.to_be_signed(protected_raw, payload).hex().upper() == example["intermediates"]["ToBeSign_hex"]
    key = VerifyKey.from_bytes(bytes.fromhex(example["input"]["sign0"]["key"]["x_hex"]))
    assert key.verify(signature, cose.to_be_signed(protected_raw, payload))
    signer = SigningKey.from_seed(bytes.fromhex(example["input"]["sign0"]["key"]["d_hex"]))
    assert signer.sign(cose.to_be_signed(protected_raw, payload)) == signature
    assert refusal(raw) == "cose.unprotected"
    assert refusal(cose.assemble(protected_raw, payload, signature)) == "cose.wrong-alg"


def test_published_examples_of_other_profiles_are_refused() -> None:
    """All sign with ES256 and put the kid unprotected; pass-01 hides the algorithm there, pass-03 has no tag."""
    refused = {}
    for path in sorted(vectors("cose").glob("sign-*.json")):
        refused[path.stem] = refusal(bytes.fromhex(load_json("cose", path.name)["output"]["cbor"]))
    expected = dict.fromkeys(refused, "cose.unprotected") | {
        "sign-pass-03": "cose.untagged",
        "sign-fail-01": "cose.untagged",
    }
    assert refused == expected
    assert len(refused) == 9


def test_published_signed_bytes_are_ours() -> None:
    """The Sig_structure of each unchanged ES256 example without external data."""
    for name in ("sign-pass-01", "sign-pass-03"):
        example = load_json("cose", f"{name}.json")
        raw = bytes.fromhex(example["output"]["cbor"])
        protected_raw, _, payload, _ = cbor2.loads(raw[1:] if raw[0] == 0xD2 else raw)
        # An empty header is signed as an empty string (RFC 9052 §4.4, step 2); our headers are never empty.
        protected_raw = b"" if protected_raw == b"\xa0" else protected_raw
        assert cose.to_be_signed(protected_raw, payload).hex().upper() == example["intermediates"]["ToBeSign_hex"]
