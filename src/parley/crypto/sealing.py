"""Sealing to one member's node: HPKE (RFC 9180), base mode, one shot.

Suite: KEM 0x647a MLKEM768-X25519 (X-Wing, draft-ietf-hpke-pq), KDF HKDF-SHA256, AEAD ChaCha20-Poly1305. What is
recorded today stays closed to a quantum computer later. Form: version byte ``01``, enc (1120 bytes), ciphertext.

Rules:

* `info` names the context (what is sealed, where it belongs, to whom): opened elsewhere, it does not open. It is
  bound together with the version;
* sealing hides and protects from change; it does not say who sealed. That is for the signature inside;
* one sealed object is for one recipient. ChaCha20-Poly1305 does not commit to its key, so what several must read
  alike is checked by each against a signed digest after opening.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from parley.crypto.keys import SealPrivateKey, SealPublicKey
from parley.errors import BadInput

SEAL_VERSION = 1
SEAL_OVERHEAD_BYTES = 1 + 1120 + 16

_VERSION = bytes([SEAL_VERSION])
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(recipient: SealPublicKey, plaintext: bytes, info: bytes) -> bytes:
    """`plaintext` sealed to `recipient` under the context `info`; `SEAL_OVERHEAD_BYTES` longer.

    The fresh randomness is the library's own; it cannot be handed in.
    """
    return _VERSION + _SUITE.encrypt(plaintext, recipient.hpke, _VERSION + info)


def open_sealed(private: SealPrivateKey, sealed: bytes, info: bytes) -> bytes:
    """What was sealed to `private` under `info`.

    Raises:
        BadInput: ``seal.version``, ``seal.malformed`` where it is too short, ``seal.not-opened`` where it was changed,
            sealed to another key or under another context (which of these cannot be told).
    """
    if sealed[:1] != _VERSION:
        raise BadInput("seal.version", f"must be {SEAL_VERSION}", field="sealed")
    if len(sealed) < SEAL_OVERHEAD_BYTES:
        raise BadInput("seal.malformed", f"{len(sealed)} bytes", rule=f"at least {SEAL_OVERHEAD_BYTES}", field="sealed")
    try:
        return _SUITE.decrypt(sealed[1:], private.hpke, _VERSION + info)
    except InvalidTag:
        raise BadInput("seal.not-opened", "does not open with this key and context", field="sealed") from None
