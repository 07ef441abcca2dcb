"""The kinds built into every charter, all version 1, on channel 0, seen whole by every member.

| kind | signed by | says |
| --- | --- | --- |
| ``directory.node`` | root | the node's keys and TLS certificate from here on |
| ``directory.registrar`` | root | a registrar's position and key |
| ``directory.enrol`` | registrar, registrar on duty | an officer's position (a pseudonym, never a name), key and mandates |
| ``directory.revoke`` | registrar, registrar on duty (officers), root (anyone but itself) | a key ends here |
| ``directory.mandate`` | registrar | an officer's mandates from here on |
| ``charter.assent`` | root | this member assents to an amendment, given in full |
| ``log.reopen`` | root | entry 0 of a new generation: where the log before it ends |

Contents are maps with the field names below as text keys; an optional field that is absent is left out. An enrolled
key proves its possession: it signs ``possession_message``, which binds mechanism, member, position and key.

A statement of these kinds counts once, and only in the log it was signed for, so that a node whose key was stolen
cannot bring an old key or mandate back by appending what root or registrar signed earlier: in a log of generation 2
and later it replies to the digest of the ``log.reopen`` statement that opens that log, in the founding log to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from parley.charter.adoption import MAX_SIGNATURE_BYTES
from parley.charter.charter import MAX_CHARTER_BYTES, MAX_VERSION
from parley.charter.shapes import array, integer, octets, octets_within, text
from parley.charter.terms_rules import MAX_MANDATES
from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.record.ids import DIGEST_BYTES, MechanismDigest, MemberCode, RootHash, TreeSize, UnixMs
from parley.record.statement import KID_BYTES

KEY_BYTES = 32
PQ_KEY_BYTES = 1312
SEAL_KEY_BYTES = 1216
SIGNATURE_BYTES = 64
MAX_CERTIFICATE_BYTES = 4096
MAX_REASON_CHARS = 400
MAX_ORIGIN_CHARS = 64
ROOT_POSITION = "root"
POSSESSION_DOMAIN = "parley possession of an officer's key, version 1"

_POSITION = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.A)
_MANDATE = re.compile(r"[a-z][a-z0-9-]{0,23}", re.A)

ContentFields = Mapping[str, CborValue]


@dataclass(frozen=True, slots=True)
class NodeCertificate:
    """``directory.node``.

    Attributes:
        log_key: raw Ed25519 public key, 32 bytes; signs checkpoints.
        pq_key: raw ML-DSA-44 public key, 1312 bytes; cosigns checkpoints.
        seal_key: raw MLKEM768-X25519 public key, 1216 bytes.
        tls_certificate: DER; peers pin these very bytes.
    """

    KIND: ClassVar[str] = "directory.node"
    log_key: bytes
    pq_key: bytes
    seal_key: bytes
    tls_certificate: bytes


@dataclass(frozen=True, slots=True)
class RegistrarGrant:
    """``directory.registrar``."""

    KIND: ClassVar[str] = "directory.registrar"
    position: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """``directory.enrol``.

    Attributes:
        possession: 64-byte Ed25519 signature by `key` itself over `possession_message`.
        mandates: names from the charter.
        replaces: kid of the key that held the position until here, or None where the position was free.
    """

    KIND: ClassVar[str] = "directory.enrol"
    position: str
    key: bytes
    possession: bytes
    mandates: tuple[str, ...]
    replaces: bytes | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """``directory.revoke``: the key ends here; what it signed before stays as it is.

    Attributes:
        compromised_since_ms: annotates earlier statements as doubtful, voids none; None where nothing is feared.
    """

    KIND: ClassVar[str] = "directory.revoke"
    kid: bytes
    reason: str
    compromised_since_ms: UnixMs | None = None


@dataclass(frozen=True, slots=True)
class MandateChange:
    """``directory.mandate``: the whole new list."""

    KIND: ClassVar[str] = "directory.mandate"
    kid: bytes
    mandates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CharterAssent:
    """``charter.assent``: the amendment's version and complete CBOR, and its root signature (`adoption.sign_charter`).

    The signature lets anyone put the assents together into one signed charter that proves the adoption.
    """

    KIND: ClassVar[str] = "charter.assent"
    version: int
    charter: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Reopening:
    """``log.reopen``: the log of the generation before is frozen at this origin, size and root."""

    KIND: ClassVar[str] = "log.reopen"
    origin: str
    size: TreeSize
    root: RootHash
    reason: str


DirectoryContent = NodeCertificate | RegistrarGrant | Enrolment | Revocation | MandateChange | CharterAssent | Reopening


def possession_message(mechanism: MechanismDigest, code: MemberCode, position: str, key: bytes) -> bytes:
    """What a key being enrolled signs to prove that its holder has it."""
    return cbor.encode([POSSESSION_DOMAIN, mechanism, code, position, key])


def encode_fields(content: DirectoryContent) -> dict[str, CborValue]:
    """The content fields of `content`, without the salt."""
    encoded: dict[str, CborValue] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if value is not None:
            encoded[field.name] = list(value) if isinstance(value, tuple) else value
    return encoded


def decode_fields(kind: str, given: ContentFields) -> DirectoryContent:
    """The typed content of a built-in kind (one of `BUILT_IN_KINDS`); key points are checked where they are enrolled.

    Raises:
        BadInput: code ``directory.content`` or ``cbor.type``, naming the field.
    """
    return _DECODERS[kind](given)


def check_position(value: CborValue) -> str:
    """`value`, if an officer's or registrar's position may be called so.

    Raises:
        BadInput: code ``directory.content``, field ``position``.
    """
    position = text("position", value)
    if position == ROOT_POSITION or not _POSITION.fullmatch(position):
        raise BadInput("directory.content", f"{position[:40]!r} is not allowed", field="position",
                       rule="a pseudonym of small letters, digits and hyphens, such as duty-2")  # fmt: skip
    return position


def _node(given: ContentFields) -> NodeCertificate:
    _exactly(given, {"log_key", "pq_key", "seal_key", "tls_certificate"})
    return NodeCertificate(
        octets("log_key", given["log_key"], count=KEY_BYTES),
        octets("pq_key", given["pq_key"], count=PQ_KEY_BYTES),
        octets("seal_key", given["seal_key"], count=SEAL_KEY_BYTES),
        octets_within("tls_certificate", given["tls_certificate"], least=1, most=MAX_CERTIFICATE_BYTES),
    )


def _registrar(given: ContentFields) -> RegistrarGrant:
    _exactly(given, {"position", "key"})
    return RegistrarGrant(check_position(given["position"]), octets("key", given["key"], count=KEY_BYTES))


def _enrol(given: ContentFields) -> Enrolment:
    _exactly(given, {"position", "key", "possession", "mandates"}, {"replaces"})
    return Enrolment(
        check_position(given["position"]),
        octets("key", given["key"], count=KEY_BYTES),
        octets("possession", given["possession"], count=SIGNATURE_BYTES),
        _mandates(given["mandates"]),
        octets("replaces", given["replaces"], count=KID_BYTES) if "replaces" in given else None,
    )


def _revoke(given: ContentFields) -> Revocation:
    _exactly(given, {"kid", "reason"}, {"compromised_since_ms"})
    since = given.get("compromised_since_ms")
    return Revocation(
        octets("kid", given["kid"], count=KID_BYTES),
        text("reason", given["reason"], most=MAX_REASON_CHARS),
        UnixMs(integer("compromised_since_ms", since)) if "compromised_since_ms" in given else None,
    )


def _mandate(given: ContentFields) -> MandateChange:
    _exactly(given, {"kid", "mandates"})
    return MandateChange(octets("kid", given["kid"], count=KID_BYTES), _mandates(given["mandates"]))


def _assent(given: ContentFields) -> CharterAssent:
    _exactly(given, {"version", "charter", "signature"})
    return CharterAssent(
        integer("version", given["version"], least=2, most=MAX_VERSION),
        octets_within("charter", given["charter"], least=1, most=MAX_CHARTER_BYTES),
        octets_within("signature", given["signature"], least=1, most=MAX_SIGNATURE_BYTES),
    )


def _reopen(given: ContentFields) -> Reopening:
    _exactly(given, {"origin", "size", "root", "reason"})
    return Reopening(
        text("origin", given["origin"], most=MAX_ORIGIN_CHARS),
        TreeSize(integer("size", given["size"], least=1)),
        RootHash(octets("root", given["root"], count=DIGEST_BYTES)),
        text("reason", given["reason"], most=MAX_REASON_CHARS),
    )


_DECODERS: dict[str, Callable[[ContentFields], DirectoryContent]] = {
    NodeCertificate.KIND: _node,
    RegistrarGrant.KIND: _registrar,
    Enrolment.KIND: _enrol,
    Revocation.KIND: _revoke,
    MandateChange.KIND: _mandate,
    CharterAssent.KIND: _assent,
    Reopening.KIND: _reopen,
}
BUILT_IN_KINDS = frozenset(_DECODERS)


def _exactly(given: ContentFields, required: set[str], optional: set[str] | None = None) -> None:
    for name in sorted(required - given.keys()):
        raise BadInput("directory.content", "is missing", field=name)
    for name in sorted(given.keys() - required - (optional or set())):
        raise BadInput("directory.content", "is not a field of this kind", field=name)


def _mandates(value: CborValue) -> tuple[str, ...]:
    names = tuple(text("mandates", item) for item in array("mandates", value, most=MAX_MANDATES))
    if len(set(names)) != len(names) or not all(_MANDATE.fullmatch(name) for name in names):
        raise BadInput("directory.content", "must be names of mandates, each once", field="mandates")
    return names
