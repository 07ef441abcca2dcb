"""Adoption: the charter with its members' root signatures, as a file passed from hand to hand.

- Each signature is a COSE_Sign1 (RFC 9052) over the charter's digest (hash envelope, RFC 9995), by the member's root
  key, with ``CODE/root`` as issuer and a type of its own, so that it can be taken for nothing else.
- A founding charter is adopted when all its members have signed. An amendment is adopted when all members of the
  charter it amends have, with the root keys that charter gives them; a member that joins by it signs by its own key
  if it likes, and is bound when it begins its log.
- File: deterministic CBOR ``["parley charter", 1, charter bytes, {ordinal: COSE_Sign1}]``. Copies that different
  members signed are merged; the order of signing leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.charter.charter import MAX_CHARTER_BYTES, Charter, decode_charter
from parley.charter.founding import check_amendment
from parley.charter.shapes import integer, mapping, octets_within
from parley.crypto import cbor, cose
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SigningKey, VerifyKey
from parley.errors import BadInput, Refused
from parley.record.ids import MAX_MEMBERS
from parley.record.statement import CONTENT_FORMAT_CBOR, SHA256_ALG

CHARTER_TYPE = "application/parley-charter+cose"
FILE_TITLE = "parley charter"
FILE_VERSION = 1
MAX_SIGNATURE_BYTES = 512
MAX_FILE_BYTES = MAX_CHARTER_BYTES + MAX_MEMBERS * (MAX_SIGNATURE_BYTES + 8) + 64


@dataclass(frozen=True, slots=True)
class SignedCharter:
    """A charter and the signatures it has so far, by ordinal. Nothing is verified until `verify`."""

    charter: Charter
    signatures: Mapping[int, bytes]

    def missing(self, previous: Charter | None = None) -> list[str]:
        """Codes of the members that must still sign. `previous` is the charter amended, None for a founding one."""
        needed = self.charter if previous is None else previous
        return [member.code for member in needed.members if member.ordinal not in self.signatures]

    def verify(self, previous: Charter | None = None, *, complete: bool = True) -> None:
        """Check every signature, and unless `complete` is false that none is missing.

        Raises:
            BadInput: ``charter.signature`` names the member whose signature is wrong; ``charter.amendment`` where
                it does not amend `previous`.
            Refused: ``charter.not-adopted`` names the members that have not signed.
        """
        if (previous is None) != (self.charter.founding is None):
            raise BadInput("charter.amendment", "is an amendment and needs the charter it amends, or the reverse",
                           field="previous")  # fmt: skip
        if previous is not None:
            check_amendment(previous, self.charter)
        for ordinal, raw in self.signatures.items():
            verify_signature(self.charter, ordinal, raw, previous)
        missing = self.missing(previous)
        if complete and missing:
            raise Refused("charter.not-adopted", f"not signed by {', '.join(missing)}", field="signatures",
                          rule="every member signs with its root key")  # fmt: skip

    def signed_by(self, ordinal: int, key: SigningKey, previous: Charter | None = None) -> SignedCharter:
        """This charter with one more signature.

        Raises:
            BadInput: ``charter.not-your-key`` where `key` is not that member's root key.
        """
        return SignedCharter(
            self.charter, {**self.signatures, ordinal: sign_charter(self.charter, ordinal, key, previous)}
        )

    def merged(self, other: SignedCharter) -> SignedCharter:
        """All signatures of two copies. Verify both first: of two signatures by one member, either is kept.

        Raises:
            BadInput: ``charter.different`` where they are not copies of one charter.
        """
        if self.charter.raw != other.charter.raw:
            raise BadInput("charter.different", "the two files hold different charters", field="charter",
                           rule="merge copies of one charter only")  # fmt: skip
        return SignedCharter(self.charter, {**self.signatures, **other.signatures})


def sign_charter(charter: Charter, ordinal: int, key: SigningKey, previous: Charter | None = None) -> bytes:
    """The root signature of member `ordinal`: a complete COSE_Sign1.

    Raises:
        BadInput: ``charter.not-your-key`` where `key` is not that member's root key.
    """
    if key.verify_key.raw != _root_key(charter, ordinal, previous).raw:
        raise BadInput("charter.not-your-key", f"is not the root key of {charter.members[ordinal].code}", field="key",
                       rule="sign with the root key that the charter names")  # fmt: skip
    return cose.sign1(key, _protected(charter, ordinal, key.verify_key), charter.digest)


def verify_signature(charter: Charter, ordinal: int, raw: bytes, previous: Charter | None = None) -> None:
    """Check one root signature.

    Raises:
        BadInput: ``charter.signature``, naming the member.
    """
    if not 0 <= ordinal < len(charter.members):
        raise BadInput("charter.signature", f"there is no member {ordinal}", field="signatures")
    if not signs(charter, ordinal, raw, _root_key(charter, ordinal, previous)):
        raise BadInput("charter.signature", f"the signature of {charter.members[ordinal].code} is wrong",
                       field=f"signatures[{ordinal}]", rule="a root signature of this very charter")  # fmt: skip


def signs(charter: Charter, ordinal: int, raw: bytes, key: VerifyKey) -> bool:
    """Whether `raw` is the signature of `charter` by member `ordinal` with `key`, to the last header field."""
    try:
        sign1 = cose.parse1(raw, max_bytes=MAX_SIGNATURE_BYTES)
    except BadInput:
        return False
    if not 0 <= ordinal < len(charter.members) or sign1.payload != charter.digest:
        return False
    return sign1.protected == _protected(charter, ordinal, key) and sign1.verify(key)


def encode_signed(signed: SignedCharter) -> bytes:
    """The file form."""
    signatures: dict[CborValue, CborValue] = {one: signed.signatures[one] for one in sorted(signed.signatures)}
    return cbor.encode([FILE_TITLE, FILE_VERSION, signed.charter.raw, signatures])


def decode_signed(raw: bytes) -> SignedCharter:
    """Read the file form; call `SignedCharter.verify` before relying on it.

    Raises:
        BadInput: ``charter.file`` or what `decode_charter` raises.
    """
    parts = cbor.decode(raw, max_bytes=MAX_FILE_BYTES, max_depth=3)
    known = (FILE_TITLE, FILE_VERSION)
    if not isinstance(parts, list | tuple) or len(parts) != 4 or tuple(parts[:2]) != known or parts[1] is True:
        raise BadInput("charter.file", "is not a signed charter of this version", field="file")
    charter = decode_charter(octets_within("charter", parts[2], least=1, most=MAX_CHARTER_BYTES))
    signatures = {
        integer("signatures", ordinal, most=len(charter.members) - 1): octets_within(
            "signatures", signature, least=1, most=MAX_SIGNATURE_BYTES
        )
        for ordinal, signature in mapping("signatures", parts[3]).items()
    }
    return SignedCharter(charter, signatures)


def _root_key(charter: Charter, ordinal: int, previous: Charter | None) -> VerifyKey:
    """The key that must sign: an amendment is signed with the keys of the charter it amends."""
    if previous is not None and ordinal < len(previous.members):
        return previous.members[ordinal].root_key
    return charter.members[ordinal].root_key


def _protected(charter: Charter, ordinal: int, key: VerifyKey) -> dict[int, CborValue]:
    return {
        1: cose.ALG_ED25519,
        4: key.kid,
        15: {1: f"{charter.members[ordinal].code}/root"},
        16: CHARTER_TYPE,
        258: SHA256_ALG,
        259: CONTENT_FORMAT_CBOR,
    }
