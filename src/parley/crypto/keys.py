"""Signing, post-quantum signing and sealing keys.

Three pairs, all raw bytes outside and a 32-byte seed as the secret:

* Ed25519 (RFC 8032): `SigningKey` / `VerifyKey`, for statements, log heads and everything officers do;
* ML-DSA-44 (FIPS 204), empty context: `PqSigningKey` / `PqVerifyKey`, for checkpoints;
* X-Wing, that is MLKEM768-X25519 (draft-connolly-cfrg-xwing-kem): `SealPrivateKey` / `SealPublicKey`, for sealing.

Rules:

* a key of strangers enters by `from_bytes`, which refuses what no honest generator makes. One that was checked on
  entering may be loaded again by ``VerifyKey.trusted``;
* verifying answers yes or no; a signature of the wrong length is a no, never an error;
* no secret shows in a ``repr``, and private keys do not compare: compare the public halves.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from parley.crypto.points import check_point
from parley.errors import BadInput

SEED_BYTES = 32
KEY_BYTES = 32
SIGNATURE_BYTES = 64
KID_BYTES = 8
PQ_KEY_BYTES = 1312
PQ_SIGNATURE_BYTES = 2420
SEAL_KEY_BYTES = 1216

_MLKEM_KEY_BYTES = 1184
_MLKEM_SEED_BYTES = 64

# Not a secret. With any private key, an exchange with a point of small order gives zero, which OpenSSL refuses.
_ANY_X25519 = X25519PrivateKey.from_private_bytes(bytes([1]) * KEY_BYTES)

Random = Callable[[int], bytes]


@dataclass(frozen=True)
class VerifyKey:
    """An Ed25519 public key.

    `VerifyKey(raw)` and `trusted(raw)` are for keys that were checked when they were enrolled; `from_bytes` is for
    all others.
    """

    raw: bytes

    @classmethod
    def from_bytes(cls, raw: bytes) -> VerifyKey:
        """The key `raw` of 32 bytes, from anybody.

        Raises:
            BadInput: ``key.malformed`` where it is no point in its one encoding, ``key.weak-point`` where the point
                is of small order.
        """
        _need(raw, KEY_BYTES, "Ed25519")
        check_point(raw)
        return cls(raw)

    @classmethod
    def trusted(cls, raw: bytes) -> VerifyKey:
        """The key `raw`, checked before; its point is not looked at."""
        _need(raw, KEY_BYTES, "Ed25519")
        return cls(raw)

    @cached_property
    def kid(self) -> bytes:
        """Key id: the first 8 bytes of SHA-256 of the key."""
        return hashlib.sha256(self.raw).digest()[:KID_BYTES]

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """An Ed25519 private key."""

    __slots__ = ("_key", "seed", "verify_key")

    def __init__(self, seed: bytes) -> None:
        """See `from_seed`."""
        _need(seed, SEED_BYTES, "Ed25519 seed")
        self.seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verify_key = VerifyKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, random: Random = os.urandom) -> SigningKey:
        """A new key from 32 bytes of `random`."""
        return cls(random(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key of `seed`, 32 bytes.

        Raises:
            BadInput: ``key.malformed`` for another length.
        """
        return cls(seed)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message`."""
        return self._key.sign(message)


@dataclass(frozen=True)
class PqVerifyKey:
    """An ML-DSA-44 public key of 1312 bytes."""

    raw: bytes

    @classmethod
    def from_bytes(cls, raw: bytes) -> PqVerifyKey:
        """The key `raw`. Every string of 1312 bytes is one (FIPS 204, algorithm 23).

        Raises:
            BadInput: ``key.malformed`` for another length.
        """
        _need(raw, PQ_KEY_BYTES, "ML-DSA-44")
        return cls(raw)

    @cached_property
    def _key(self) -> MLDSA44PublicKey:
        return MLDSA44PublicKey.from_public_bytes(self.raw)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`, with the empty context."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class PqSigningKey:
    """An ML-DSA-44 private key. Signing is hedged: two signatures of one message differ."""

    __slots__ = ("_key", "seed", "verify_key")

    def __init__(self, seed: bytes) -> None:
        """See `from_seed`."""
        _need(seed, SEED_BYTES, "ML-DSA-44 seed")
        self.seed = seed
        self._key = MLDSA44PrivateKey.from_seed_bytes(seed)
        self.verify_key = PqVerifyKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, random: Random = os.urandom) -> PqSigningKey:
        """A new key from 32 bytes of `random`."""
        return cls(random(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> PqSigningKey:
        """The key of `seed`, 32 bytes.

        Raises:
            BadInput: ``key.malformed`` for another length.
        """
        return cls(seed)

    def sign(self, message: bytes) -> bytes:
        """A 2420-byte signature over `message`, with the empty context."""
        return self._key.sign(message)


@dataclass(frozen=True)
class SealPublicKey:
    """An X-Wing public key of 1216 bytes: ML-KEM-768 (1184), then X25519 (32)."""

    raw: bytes
    hpke: MLKEM768X25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def from_bytes(cls, raw: bytes) -> SealPublicKey:
        """The key `raw`.

        Raises:
            BadInput: ``key.malformed`` for another length, or where a coefficient is out of range (FIPS 203 §7.2);
                ``key.weak-point`` where the X25519 half gives the same secret with every key, so that nothing could
                be sealed to it.
        """
        _need(raw, SEAL_KEY_BYTES, "X-Wing")
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_KEY_BYTES])
        except ValueError:
            raise BadInput("key.malformed", "its ML-KEM-768 half is not reduced", field="key") from None
        x25519 = X25519PublicKey.from_public_bytes(raw[_MLKEM_KEY_BYTES:])
        try:
            _ANY_X25519.exchange(x25519)
        except ValueError:
            raise BadInput("key.weak-point", "its X25519 half is of small order", field="key") from None
        return cls(raw, MLKEM768X25519PublicKey(mlkem, x25519))


class SealPrivateKey:
    """An X-Wing private key: both private keys expanded from one 32-byte seed by SHAKE256."""

    __slots__ = ("hpke", "public_key", "seed")

    def __init__(self, seed: bytes) -> None:
        """See `from_seed`."""
        _need(seed, SEED_BYTES, "X-Wing seed")
        self.seed = seed
        expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_BYTES + KEY_BYTES)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES])
        x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:])
        self.hpke = MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public_key = SealPublicKey.from_bytes(
            mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls, random: Random = os.urandom) -> SealPrivateKey:
        """A new key from 32 bytes of `random`."""
        return cls(random(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> SealPrivateKey:
        """The key of `seed`, 32 bytes.

        Raises:
            BadInput: ``key.malformed`` for another length.
        """
        return cls(seed)


def _need(raw: bytes, count: int, name: str) -> None:
    if not isinstance(raw, bytes) or len(raw) != count:
        raise BadInput("key.malformed", f"{name}: must be {count} bytes", field="key")
