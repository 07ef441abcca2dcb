"""COSE_Sign1 (RFC 9052 §4.2) in Parley's strict profile.

``18([protected, {}, payload, signature])`` in deterministic CBOR: tagged; algorithm Ed25519 (-19, RFC 9864) only, and
only in the protected header; no ``crit`` and nothing unprotected, since what is unsigned can be changed by anybody
(RFC 9943 §6.3 empties it before the object enters a log); payload present; signature of 64 bytes.

Each message so has one reading and one form. What others may put in COSE (another algorithm, detached payloads,
unprotected fields) is refused, not ignored. Bytes are verified as they came, never as written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SIGNATURE_BYTES, SigningKey, VerifyKey
from parley.errors import BadInput

ALG_ED25519 = -19
LABEL_ALG = 1
LABEL_CRIT = 2

_TAG_18 = b"\xd2"
_OPENING = b"\xd2\x84"
_BYTES_1, _BYTES_2 = 0x58, 0x59
_TO_DIGEST = b"\xa0\x58\x20"
_TO_SIGNATURE = b"\x58\x40"
DIGEST_BYTES = 32
_AFTER_HEADER = len(_TO_DIGEST) + DIGEST_BYTES + len(_TO_SIGNATURE) + SIGNATURE_BYTES


class Sign1(msgspec.Struct, frozen=True, dict=True):
    """A parsed COSE_Sign1; its signature is not yet verified.

    Attributes:
        protected: the protected header by label.
        protected_raw: its bytes, as signed.
        payload: the payload's bytes.
        signature: 64 bytes.
    """

    protected: Mapping[int, CborValue]
    protected_raw: bytes
    payload: bytes
    signature: bytes

    @cached_property
    def to_be_signed(self) -> bytes:
        """The bytes that the signature is over."""
        return to_be_signed(self.protected_raw, self.payload)

    def verify(self, key: VerifyKey) -> bool:
        """Whether `key` signed this, as Ed25519."""
        return self.protected.get(LABEL_ALG) == ALG_ED25519 and key.verify(self.signature, self.to_be_signed)


def to_be_signed(protected_raw: bytes, payload: bytes) -> bytes:
    """The Sig_structure ``["Signature1", protected, external_aad, payload]`` (RFC 9052 §4.4), external_aad empty."""
    return cbor.encode_as_is(["Signature1", protected_raw, b"", payload])


def assemble(protected_raw: bytes, payload: bytes, signature: bytes) -> bytes:
    """The complete tagged object; nothing is checked."""
    return _TAG_18 + cbor.encode_as_is([protected_raw, {}, payload, signature])


def sign1(key: SigningKey, protected: Mapping[int, CborValue], payload: bytes) -> bytes:
    """`payload` under the header `protected`, signed by `key`; the algorithm must be in the header.

    Raises:
        BadInput: ``cose.wrong-alg`` or ``cose.crit`` where `parse1` would refuse the header, ``cbor.*``.
    """
    _check_header(protected)
    return sign1_raw(key, cbor.encode(protected), payload)


def sign1_raw(key: SigningKey, protected_raw: bytes, payload: bytes) -> bytes:
    """As `sign1`, of a header that is encoded, and known to be good."""
    return assemble(protected_raw, payload, key.sign(to_be_signed(protected_raw, payload)))


def parse1(raw: bytes, *, max_bytes: int) -> Sign1:
    """Parse a complete object of at most `max_bytes`; the signature is for `Sign1.verify`.

    Raises:
        BadInput: ``cose.untagged``, ``cose.form``, ``cose.unprotected``, ``cose.payload``, ``cose.signature``,
            ``cose.header``, ``cose.crit``, ``cose.wrong-alg``, or ``cbor.*``.
    """
    if raw[:2] != _OPENING:
        raise BadInput("cose.untagged", "does not begin with tag 18 and an array of 4", rule="RFC 9052 §4.2")
    parts = cbor.decode(raw[1:], max_bytes=max_bytes - 1)
    if not isinstance(parts, list) or len(parts) != 4:
        raise BadInput("cose.form", "must be an array of 4")
    protected_raw, unprotected, payload, signature = parts
    if not isinstance(unprotected, dict) or unprotected:
        raise BadInput("cose.unprotected", "must be an empty map", field="unprotected")
    if not isinstance(payload, bytes):
        raise BadInput("cose.payload", "must be a byte string, not detached", field="payload")
    if not isinstance(signature, bytes) or len(signature) != SIGNATURE_BYTES:
        raise BadInput("cose.signature", f"must be {SIGNATURE_BYTES} bytes", field="signature")
    if not isinstance(protected_raw, bytes):
        raise BadInput("cose.header", "must be a byte string", field="protected")
    protected = cbor.decode(protected_raw, max_bytes=max_bytes)
    if not isinstance(protected, dict):
        raise BadInput("cose.header", "must hold a map", field="protected")
    _check_header(protected)
    return Sign1(protected, protected_raw, payload, signature)


def split1(raw: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Protected header, payload and signature of an object whose payload is a digest, by their places in it.

    None where `raw` does not have just the bytes that `assemble` gives for such parts; why not, `parse1` says.
    """
    size, at = len(raw), 4
    if size > 4 and raw[2] == _BYTES_1 and raw[3] >= 24:
        protected_size = raw[3]
    elif size > 5 and raw[2] == _BYTES_2 and raw[3]:
        protected_size, at = raw[3] << 8 | raw[4], 5
    else:
        return None
    end = at + protected_size
    payload, signature = end + len(_TO_DIGEST), size - SIGNATURE_BYTES
    if (
        raw[:2] != _OPENING
        or size != end + _AFTER_HEADER
        or raw[end:payload] != _TO_DIGEST
        or raw[payload + DIGEST_BYTES : signature] != _TO_SIGNATURE
    ):
        return None
    return raw[at:end], raw[payload : payload + DIGEST_BYTES], raw[signature:]


def _check_header(protected: Mapping[int, CborValue]) -> None:
    for label in protected:
        if type(label) is not int:
            raise BadInput("cose.header", "labels must be integers", field="protected")
    if LABEL_CRIT in protected:
        raise BadInput("cose.crit", "no critical extensions are known", field="crit")
    if protected.get(LABEL_ALG) != ALG_ED25519:
        raise BadInput("cose.wrong-alg", f"must be {ALG_ED25519}, Ed25519", field="alg", rule="RFC 9864")
