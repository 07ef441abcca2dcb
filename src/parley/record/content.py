"""Content: what a statement says, as the typed fields of its kind and a salt.

Deterministic CBOR map with text keys; ``salt`` is 16 random bytes, so that the digest of a guessable text tells
nothing to a member without content sight. At most 64 KiB.
"""

from __future__ import annotations

from collections.abc import Mapping

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.record.ids import ContentDigest, sha256
from parley.record.statement import MAX_CONTENT_BYTES

SALT = "salt"
SALT_BYTES = 16


def encode_content(fields: Mapping[str, CborValue], salt: bytes) -> bytes:
    """The content bytes of `fields` under `salt`.

    Raises:
        BadInput: a field is named ``salt``, the salt is not 16 bytes, or the whole is over 64 KiB.
    """
    if SALT in fields:
        raise BadInput("content.salt", "is reserved", field=SALT)
    if len(salt) != SALT_BYTES:
        raise BadInput("content.salt", f"must be {SALT_BYTES} bytes", field=SALT)
    whole: dict[CborValue, CborValue] = {SALT: salt}
    whole.update(fields)
    raw = cbor.encode(whole)
    if len(raw) > MAX_CONTENT_BYTES:
        raise BadInput("content.oversized", f"{len(raw)} bytes", field="content", rule=f"at most {MAX_CONTENT_BYTES}")
    return raw


def decode_content(raw: bytes) -> dict[str, CborValue]:
    """The fields of content bytes, without the salt.

    Raises:
        BadInput: code ``content.*`` or ``cbor.*``.
    """
    fields: dict[str, CborValue] | None = cbor.decode_flat_map(raw)
    if fields is None:
        value = cbor.decode(raw, max_bytes=MAX_CONTENT_BYTES, max_depth=12)
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise BadInput("content.form", "must be a map with text keys", field="content")
        fields = {str(key): item for key, item in value.items()}
    salt = fields.pop(SALT, None)
    if not isinstance(salt, bytes) or len(salt) != SALT_BYTES:
        raise BadInput("content.salt", f"must be {SALT_BYTES} bytes", field=SALT)
    return fields


def content_digest(raw: bytes) -> ContentDigest:
    """SHA-256 of content bytes: what the statement signs."""
    return ContentDigest(sha256(raw))
