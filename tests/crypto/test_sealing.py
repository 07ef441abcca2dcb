"""What is sealed opens with one key, in one context, unchanged; else not at all."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import sealing
from parley.crypto.keys import SealPrivateKey
from parley.crypto.sealing import SEAL_OVERHEAD_BYTES, open_sealed, seal
from parley.errors import BadInput

KEY = SealPrivateKey.from_seed(b"\x01" * 32)
SEALED = seal(KEY.public_key, b"content", b"context")


def refusal(sealed: bytes, info: bytes = b"context", key: SealPrivateKey = KEY) -> str:
    with pytest.raises(BadInput) as caught:
        open_sealed(key, sealed, info)
    return caught.value.code


@given(st.binary(max_size=2000), st.binary(max_size=200))
@settings(max_examples=50)
def test_what_is_sealed_opens(plaintext: bytes, info: bytes) -> None:
    sealed = seal(KEY.public_key, plaintext, info)
    assert len(sealed) == len(plaintext) + SEAL_OVERHEAD_BYTES
    assert open_sealed(KEY, sealed, info) == plaintext


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
@settings(max_examples=200)
def test_any_changed_byte_does_not_open(place: int, flip: int) -> None:
    changed = SEALED[:place] + bytes([SEALED[place] ^ flip]) + SEALED[place + 1 :]
    assert refusal(changed) == ("seal.version" if place == 0 else "seal.not-opened")


def test_sealing_twice_gives_other_bytes() -> None:
    assert seal(KEY.public_key, b"content", b"context") != SEALED


def test_another_context_does_not_open() -> None:
    for info in (b"", b"contex", b"context\x00", b"\x01context"):
        assert refusal(SEALED, info) == "seal.not-opened"


def test_another_key_does_not_open() -> None:
    assert refusal(SEALED, key=SealPrivateKey.from_seed(b"\x02" * 32)) == "seal.not-opened"


def test_cut_and_lengthened_do_not_open() -> None:
    for length in range(0, len(SEALED), 37):
        assert refusal(SEALED[:length]) in ("seal.version", "seal.malformed", "seal.not-opened")
    assert refusal(b"") == "seal.version"
    assert refusal(SEALED[: SEAL_OVERHEAD_BYTES - 1]) == "seal.malformed"
    assert refusal(SEALED + b"\x00") == "seal.not-opened"


def test_a_version_to_come_is_refused() -> None:
    assert refusal(b"\x02" + SEALED[1:]) == "seal.version"


def test_the_version_is_bound_and_not_only_a_prefix() -> None:
    plain_hpke = sealing._SUITE.encrypt(b"content", KEY.public_key.hpke, b"context")
    assert refusal(b"\x01" + plain_hpke) == "seal.not-opened"


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31)])
def test_an_enc_of_small_order_does_not_open(point: bytes) -> None:
    assert refusal(SEALED[: 1 + 1088] + point + SEALED[1 + 1120 :]) == "seal.not-opened"


def test_published_hpke_vectors_open() -> None:
    """X-Wing with HKDF-SHA256 and ChaCha20-Poly1305: our key class gives the public key and opens the first message.

    The vectors carry additional data, which the library's public functions do not take; hence the private one.
    """
    vectors = pytest.importorskip("cryptography_vectors", reason="package with published vectors is not installed")
    with vectors.open_vector_file("HPKE/hpke-pq-test-vectors.json", "r") as file:
        ours = [
            vector
            for vector in json.load(file)
            if (vector["mode"], vector["kem_id"], vector["kdf_id"], vector["aead_id"]) == (0, 0x647A, 1, 3)
        ]
    assert ours
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    for vector in ours:
        key = SealPrivateKey.from_seed(bytes.fromhex(vector["skRm"]))
        assert key.public_key.raw.hex() == vector["pkRm"]
        first = vector["encryptions"][0]
        opened = openssl.hpke._decrypt_with_aad(
            suite,
            bytes.fromhex(vector["enc"] + first["ct"]),
            key.hpke,
            bytes.fromhex(vector["info"]),
            bytes.fromhex(first["aad"]),
        )
        assert opened.hex() == first["pt"]
