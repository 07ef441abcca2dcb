"""Only keys that an honest generator makes are taken; a signature fits one key and one message."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import keys
from parley.crypto.keys import PqSigningKey, PqVerifyKey, SealPrivateKey, SealPublicKey, SigningKey, VerifyKey
from parley.crypto.points import SMALL_ORDER_Y, D, P, check_point
from parley.errors import BadInput

SEEDS = st.binary(min_size=32, max_size=32)

# Every encoding that OpenSSL takes for a point of order 1, 2, 4 or 8, as listed in "Taming the many EdDSAs"
# (Chalkias, Garillot, Nikolaenko, 2020), table 6: eight canonical, six not.
SMALL_ORDER = {
    "order 1": "01" + "00" * 31,
    "order 2": "ec" + "ff" * 30 + "7f",
    "order 4, x even": "00" * 32,
    "order 4, x odd": "00" * 31 + "80",
    "order 8, low y, x even": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, low y, x odd": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "order 8, high y, x even": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "order 8, high y, x odd": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "order 1, x = -0": "01" + "00" * 30 + "80",
    "order 2, x = -0": "ec" + "ff" * 31,
    "order 1, y = p + 1": "ee" + "ff" * 30 + "7f",
    "order 1, y = p + 1, x = -0": "ee" + "ff" * 31,
    "order 4, y = p": "ed" + "ff" * 30 + "7f",
    "order 4, y = p, x odd": "ed" + "ff" * 31,
}


def recover_x(y: int) -> int | None:
    """Decompression by RFC 8032 §5.1.3 with the root itself, to compare with."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    for candidate in (root, root * pow(2, (P - 1) // 4, P) % P):
        if candidate * candidate % P == square:
            return candidate
    return None


def add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The curve's addition law."""
    (x1, y1), (x2, y2) = one, other
    cross = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + cross, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - cross, -1, P) % P


def encodings(y: int) -> Iterator[bytes]:
    for sign in (0, 1 << 255):
        yield (y | sign).to_bytes(32, "little")


def refusal(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        VerifyKey.from_bytes(raw)
    return caught.value.code


@pytest.mark.parametrize("name", SMALL_ORDER)
def test_small_order_points_are_refused(name: str) -> None:
    raw = bytes.fromhex(SMALL_ORDER[name])
    assert refusal(raw) == "key.weak-point"
    # The library takes it: without our check the key would be enrolled.
    Ed25519PublicKey.from_public_bytes(raw)


def test_the_list_of_small_order_points_is_complete() -> None:
    """Eight times a point of small order is the neutral point, and no other points have that: there are eight."""
    found = {raw for raw in map(bytes.fromhex, SMALL_ORDER.values()) if int.from_bytes(raw, "little") % (1 << 255) < P}
    assert {int.from_bytes(raw, "little") % (1 << 255) for raw in found} == SMALL_ORDER_Y
    points = set()
    for raw in found:
        y = int.from_bytes(raw, "little") % (1 << 255)
        x = recover_x(y)
        assert x is not None
        for signed in (x, -x % P):
            twice = add((signed, y), (signed, y))
            four = add(twice, twice)
            assert add(four, four) == (0, 1)
            points.add((signed, y))
    assert len(points) == 8


def test_a_small_order_key_would_fit_any_message() -> None:
    """Why they are refused: one signature, without any private key, fits message after message."""
    key = VerifyKey.trusted(bytes.fromhex(SMALL_ORDER["order 1"]))
    signature = bytes.fromhex(SMALL_ORDER["order 1"]) + bytes(32)
    assert key.verify(signature, b"we agree")
    assert key.verify(signature, b"we do not agree")


@pytest.mark.parametrize("excess", range(19))
def test_second_encodings_of_a_point_are_refused(excess: int) -> None:
    for raw in encodings(P + excess):
        assert refusal(raw) == ("key.weak-point" if excess < 2 else "key.malformed")


@given(st.integers(0, P - 1) | st.sampled_from(sorted(SMALL_ORDER_Y)))
@settings(max_examples=60)
def test_exactly_the_points_of_the_curve_are_taken(y: int) -> None:
    on_curve = recover_x(y) is not None
    for raw in encodings(y):
        if y in SMALL_ORDER_Y or not on_curve:
            with pytest.raises(BadInput):
                check_point(raw)
        else:
            check_point(raw)


@given(SEEDS)
def test_every_honest_key_is_taken(seed: bytes) -> None:
    key = SigningKey.from_seed(seed).verify_key
    assert VerifyKey.from_bytes(key.raw) == key == VerifyKey.trusted(key.raw)
    assert hash(VerifyKey.from_bytes(key.raw)) == hash(key)
    assert key.kid == hashlib.sha256(key.raw).digest()[:8]


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length_are_refused(length: int) -> None:
    raw = bytes(length)
    makers = (
        VerifyKey.from_bytes, VerifyKey.trusted, SigningKey.from_seed, PqVerifyKey.from_bytes, PqSigningKey.from_seed,
        SealPublicKey.from_bytes, SealPrivateKey.from_seed,
    )  # fmt: skip
    for make in makers:
        with pytest.raises(BadInput, match=r"key\.malformed"):
            make(raw)


# RFC 8032 §7.1, tests 1 to 3.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bb"
        "e24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302"
        "aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed"
        "28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard(seed: str, public: str, message: str, signature: str) -> None:
    key = SigningKey.from_seed(bytes.fromhex(seed))
    assert key.verify_key.raw.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert VerifyKey.from_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), bytes.fromhex(message))


def test_post_quantum_signatures_of_others() -> None:
    """Known answers. All have a context, which ours never has: the keys agree, the signatures fit only with it."""
    vectors = pytest.importorskip("cryptography_vectors", reason="package with published vectors is not installed")
    with vectors.open_vector_file("asymmetric/MLDSA/kat_MLDSA_44_det_pure.rsp", "r") as file:
        fields: dict[str, str] = {}
        read = 0
        for line in [*file, "count = end"]:
            name, _, value = line.strip().partition(" = ")
            if name == "count" and "xi" in fields:
                key = PqSigningKey.from_seed(bytes.fromhex(fields["xi"]))
                assert key.verify_key.raw.hex() == fields["pk"]
                signature = bytes.fromhex(fields["sm"])[: keys.PQ_SIGNATURE_BYTES]
                message, context = bytes.fromhex(fields["msg"]), bytes.fromhex(fields["ctx"])
                public = PqVerifyKey.from_bytes(bytes.fromhex(fields["pk"]))
                public._key.verify(signature, message, context)
                assert context
                assert not public.verify(signature, message)
                read += 1
            fields[name] = value
    assert read > 10


@pytest.mark.parametrize("kind", [SigningKey, PqSigningKey])
@given(message=st.binary(max_size=50), data=st.data())
@settings(max_examples=25)
def test_any_change_of_signature_or_message_fails(
    kind: type[SigningKey] | type[PqSigningKey], message: bytes, data: st.DataObject
) -> None:
    key = kind.from_seed(b"\x01" * 32)
    signature = key.sign(message)
    assert key.verify_key.verify(signature, message)
    place, flip = data.draw(st.integers(0, len(signature) - 1)), data.draw(st.integers(1, 255))
    changed = signature[:place] + bytes([signature[place] ^ flip]) + signature[place + 1 :]
    assert not key.verify_key.verify(changed, message)
    assert not key.verify_key.verify(signature, message + b"\x00")
    assert not kind.from_seed(b"\x02" * 32).verify_key.verify(signature, message)


@pytest.mark.parametrize("kind", [SigningKey, PqSigningKey])
def test_signatures_of_another_length_are_a_no(kind: type[SigningKey] | type[PqSigningKey]) -> None:
    key = kind.from_seed(b"\x01" * 32)
    signature = key.sign(b"m")
    for other in (b"", signature[:-1], signature + b"\x00", signature * 2):
        assert not key.verify_key.verify(other, b"m")


def test_ed25519_is_not_malleable() -> None:
    """S and S + L satisfy the same equation; only S below L is taken (RFC 8032 §5.1.7)."""
    order = 2**252 + 27742317777372353535851937790883648493
    key = SigningKey.from_seed(b"\x01" * 32)
    signature = key.sign(b"m")
    other = int.from_bytes(signature[32:], "little") + order
    assert not key.verify_key.verify(signature[:32] + other.to_bytes(32, "little"), b"m")


def test_post_quantum_signing_is_hedged() -> None:
    key = PqSigningKey.from_seed(b"\x01" * 32)
    one, two = key.sign(b"m"), key.sign(b"m")
    assert one != two
    assert len(one) == keys.PQ_SIGNATURE_BYTES
    assert key.verify_key.verify(one, b"m")
    assert key.verify_key.verify(two, b"m")


@pytest.mark.parametrize("kind", [SigningKey, PqSigningKey, SealPrivateKey])
def test_keys_come_from_the_randomness_given(
    kind: type[SigningKey] | type[PqSigningKey] | type[SealPrivateKey],
) -> None:
    assert kind.generate(lambda count: b"\x07" * count).seed == kind.from_seed(b"\x07" * 32).seed
    assert kind.generate().seed != kind.generate().seed
    with pytest.raises(BadInput):
        kind.generate(lambda _: b"short")


@pytest.mark.parametrize("kind", [SigningKey, PqSigningKey, SealPrivateKey])
def test_no_secret_shows(kind: type[SigningKey] | type[PqSigningKey] | type[SealPrivateKey]) -> None:
    key = kind.from_seed(b"\xab" * 32)
    for shown in (repr(key), str(key), f"{key}"):
        assert "ab" * 4 not in shown
        assert "\\xab" not in shown


def test_sealing_keys_come_back() -> None:
    public = SealPrivateKey.from_seed(b"\x01" * 32).public_key
    assert SealPublicKey.from_bytes(public.raw) == public
    assert len(public.raw) == keys.SEAL_KEY_BYTES


def test_sealing_keys_out_of_range_are_refused() -> None:
    raw = SealPrivateKey.from_seed(b"\x01" * 32).public_key.raw
    with pytest.raises(BadInput, match=r"key\.malformed"):
        SealPublicKey.from_bytes(b"\xff\xff" + raw[2:])


@pytest.mark.parametrize(
    "point",
    [
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ],
)
def test_sealing_keys_to_which_nothing_can_be_sealed_are_refused(point: str) -> None:
    raw = SealPrivateKey.from_seed(b"\x01" * 32).public_key.raw
    with pytest.raises(BadInput, match=r"key\.weak-point"):
        SealPublicKey.from_bytes(raw[:1184] + bytes.fromhex(point))
