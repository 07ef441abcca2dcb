"""Statement: what an officer signs (a *Signed Statement* in SCITT's words).

COSE_Sign1 (RFC 9052), tag 18, empty unprotected header, payload = SHA-256 of the content (hash envelope,
RFC 9995). Protected header: ``1`` alg, ``4`` kid, ``15`` CWT claims {1 iss, 2 sub, 6 iat, 7 cti}, ``16`` typ,
``258``/``259`` hash envelope, and one private label holding the array of Parley's own fields. The digest of what
was signed (`repeat_digest`) only recognises repeats; everything else refers to `digest`, SHA-256 of the
complete bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import cached_property, lru_cache

import msgspec

from parley.crypto import cbor, cose
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.record.ids import (
    DIGEST_BYTES,
    ContentDigest,
    MechanismDigest,
    MemberSet,
    StatementDigest,
    sha256,
)

STATEMENT_TYPE = "application/parley-statement+cose"
CONTENT_FORMAT_CBOR = 60  # CoAP content-format of application/cbor, the type of the hashed content
SHA256_ALG = -16
PARLEY_LABEL = -65537
MAX_STATEMENT_BYTES = 4096
MAX_CONTENT_BYTES = 64 * 1024
NONCE_BYTES = 16
KID_BYTES = 8
MAX_REPLIES = 32
KEPT_STATEMENTS = 2048
MAX_ATTACHMENTS = 16

_LABELS = {1, 4, 15, 16, 258, 259, PARLEY_LABEL}
_ISSUER = re.compile(r"[A-Z][A-Z0-9]{1,7}/[a-z0-9][a-z0-9-]{0,31}", re.A)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,23}(\.[a-z][a-z0-9-]{0,23})?", re.A)
_CASE = re.compile(r"[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})", re.A)


class Precedence(IntEnum):
    """How fast it must reach a human; FLASH is first everywhere."""

    ROUTINE = 0
    PRIORITY = 1
    IMMEDIATE = 2
    FLASH = 3


_PRECEDENCES = tuple(Precedence)
_PRECEDENCE_AT = 4


class StatementFields(msgspec.Struct, frozen=True, gc=False):
    """What the signer says of a content, before signing.

    Attributes:
        kid: 8-byte id of the signing key.
        issuer: ``CODE/position``; a pseudonym, never a name.
        case: reference of the case it moves (``SYR 42``), or None where it opens one.
        issued_at_s: signer's clock, Unix seconds (no evidence of time; the entry's receipts are).
        nonce: 16 random bytes.
        mechanism: digest of the founding charter; replay in another mechanism is refused by it.
        kind, kind_version: what content to expect.
        channel: index into the charter's channels.
        precedence: see `Precedence`.
        addressees: bit set of members addressed.
        replies_to: digests of the statements it answers, corrects or assents to.
        mandate: name of the mandate it is signed under.
        marking: handling marking, "" for none.
        content_digest, content_bytes: SHA-256 and length of the content.
        attachments: SHA-256 digests.
    """

    kid: bytes
    issuer: str
    case: str | None
    issued_at_s: int
    nonce: bytes
    mechanism: MechanismDigest
    kind: str
    kind_version: int
    channel: int
    precedence: Precedence
    addressees: MemberSet
    replies_to: tuple[StatementDigest, ...]
    mandate: str
    marking: str
    content_digest: ContentDigest
    content_bytes: int
    attachments: tuple[bytes, ...]


class Statement(msgspec.Struct, frozen=True, dict=True):
    """A parsed statement: its fields, its exact bytes and its COSE parts."""

    fields: StatementFields
    raw: bytes
    sign1: cose.Sign1

    @cached_property
    def digest(self) -> StatementDigest:
        """SHA-256 of the complete bytes: the statement's identity."""
        return StatementDigest(sha256(self.raw))

    @cached_property
    def repeat_digest(self) -> bytes:
        """SHA-256 of what was signed; equal for a re-signed copy of the same statement."""
        return sha256(self.sign1.to_be_signed)


def protected_header(fields: StatementFields) -> dict[int, CborValue]:
    """The COSE protected header that `fields` give."""
    claims: dict[CborValue, CborValue] = {1: fields.issuer}
    if fields.case is not None:
        claims[2] = fields.case
    claims |= {6: fields.issued_at_s, 7: fields.nonce}
    own: list[CborValue] = [
        fields.mechanism,
        fields.kind,
        fields.kind_version,
        fields.channel,
        int(fields.precedence),
        fields.addressees,
        list(fields.replies_to),
        fields.mandate,
        fields.marking,
        fields.content_bytes,
        list(fields.attachments),
    ]
    return {
        1: cose.ALG_ED25519,
        4: fields.kid,
        15: claims,
        16: STATEMENT_TYPE,
        258: SHA256_ALG,
        259: CONTENT_FORMAT_CBOR,
        PARLEY_LABEL: own,
    }


def sign_statement(fields: StatementFields, key: SigningKey) -> bytes:
    """The complete COSE_Sign1 of `fields`, signed by the officer's `key`."""
    return cose.sign1_raw(key, cbor.encode_as_is(protected_header(fields)), fields.content_digest)


@lru_cache(maxsize=KEPT_STATEMENTS)
def parse_statement(raw: bytes) -> Statement:
    """Parse and check the form of a statement; its signature is checked elsewhere, against the directory.

    The latest ones are kept parsed: a statement is looked at several times on its way in and out.

    Raises:
        BadInput: code ``statement.*`` or ``cose.*`` or ``cbor.*``, naming the field.
    """
    usual = _usual(raw)
    if usual is not None:
        return usual
    sign1 = cose.parse1(raw, max_bytes=MAX_STATEMENT_BYTES)
    header = sign1.protected
    if header.keys() != _LABELS:
        raise _bad("protected", "labels must be exactly 1, 4, 15, 16, 258, 259 and the private one")
    if header[16] != STATEMENT_TYPE:
        raise _bad("typ", f"must be {STATEMENT_TYPE}")
    if header[258] != SHA256_ALG or header[259] != CONTENT_FORMAT_CBOR:
        raise _bad("hash-envelope", "must be SHA-256 of application/cbor")
    return Statement(_fields(header, sign1.payload), raw, sign1)


def content_digest_in(raw: bytes) -> bytes | None:
    """The digest of the content that a statement is over, found without parsing it; None where it has none."""
    parts = cose.split1(raw)
    return parts[1] if parts is not None else None


@lru_cache(maxsize=64)
def precedence_in(raw: bytes) -> Precedence | None:
    """The precedence that a statement says it has, found without parsing all of it; None where none can be read."""
    parts = cose.split1(raw) if len(raw) <= MAX_STATEMENT_BYTES else None
    header = cbor.read(parts[0]) if parts is not None else None
    own = header.get(PARLEY_LABEL) if type(header) is dict else None
    said = own[_PRECEDENCE_AT] if type(own) is list and len(own) > _PRECEDENCE_AT else None
    return _PRECEDENCES[said] if type(said) is int and 0 <= said < len(_PRECEDENCES) else None


def _usual(raw: bytes) -> Statement | None:
    """The statement in bytes as every node writes them; where these are not, None leaves it to `cose.parse1` to say why.

    Its fields, which are of the right types, give the very header it came with.
    """
    parts = cose.split1(raw) if len(raw) <= MAX_STATEMENT_BYTES else None
    header = cbor.read(parts[0]) if parts is not None else None
    if parts is None or type(header) is not dict or header.keys() != _LABELS:
        return None
    try:
        fields = _fields(header, parts[1])
    except BadInput:
        return None
    again = protected_header(fields)
    return Statement(fields, raw, cose.Sign1(again, *parts)) if cbor.encode_as_is(again) == parts[0] else None


def _fields(header: Mapping[int, CborValue], payload: bytes) -> StatementFields:
    claims, own = header[15], header[PARLEY_LABEL]
    if not isinstance(claims, dict) or not {1, 6, 7} <= claims.keys() <= {1, 2, 6, 7}:
        raise _bad("claims", "must be iss, iat, cti and at most sub")
    if not isinstance(own, list | tuple) or len(own) != 11:
        raise _bad("fields", "must be an array of 11")
    case = claims.get(2)
    mechanism, kind, version, channel, precedence, addressees, replies, mandate, marking, length, attached = own
    return StatementFields(
        kid=_octets("kid", header[4], KID_BYTES),
        issuer=_matching("iss", claims[1], _ISSUER),
        case=None if case is None else _matching("sub", case, _CASE),
        issued_at_s=_integer("iat", claims[6], 1 << 40),
        nonce=_octets("cti", claims[7], NONCE_BYTES),
        mechanism=MechanismDigest(_octets("mechanism", mechanism, DIGEST_BYTES)),
        kind=_matching("kind", kind, _KIND),
        kind_version=_integer("kind_version", version, 1 << 16),
        channel=_integer("channel", channel, 1 << 8),
        precedence=_PRECEDENCES[_integer("precedence", precedence, len(_PRECEDENCES))],
        addressees=MemberSet(_integer("addressees", addressees, 1 << 32)),
        replies_to=tuple(
            StatementDigest(_octets("replies_to", item, DIGEST_BYTES))
            for item in _array("replies_to", replies, MAX_REPLIES)
        ),
        mandate=_text("mandate", mandate, 32),
        marking=_text("marking", marking, 128),
        content_digest=ContentDigest(_octets("payload", payload, DIGEST_BYTES)),
        content_bytes=_integer("content_bytes", length, MAX_CONTENT_BYTES + 1),
        attachments=tuple(
            _octets("attachments", item, DIGEST_BYTES) for item in _array("attachments", attached, MAX_ATTACHMENTS)
        ),
    )


def _bad(field: str, reason: str) -> BadInput:
    return BadInput(f"statement.{field.replace('_', '-')}", reason, field=field)


def _octets(field: str, value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise _bad(field, f"must be {length} bytes")
    return value


def _integer(field: str, value: object, limit: int) -> int:
    if type(value) is not int or not 0 <= value < limit:
        raise _bad(field, f"must be an integer from 0 to {limit - 1}")
    return value


def _text(field: str, value: object, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise _bad(field, f"must be text of at most {limit} characters")
    return value


def _matching(field: str, value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _bad(field, f"must match {pattern.pattern}")
    return value


def _array(field: str, value: object, limit: int) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple) or len(value) > limit:
        raise _bad(field, f"must be an array of at most {limit}")
    return value
