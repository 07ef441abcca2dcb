"""Building statements of the built-in kinds, as a root, a registrar or the officer being enrolled does.

Time, nonce and salt are handed in. What is built is what `admission.judge` and `Directory.apply` accept, provided
that the signer is in force.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.charter.directory_kinds import ROOT_POSITION, DirectoryContent, encode_fields, possession_message
from parley.charter.signers import Capacity
from parley.charter.terms import BUILT_IN_VERSION, DIRECTORY_CHANNEL
from parley.crypto.keys import SigningKey
from parley.record.content import content_digest, encode_content
from parley.record.ids import MechanismDigest, MemberCode, MemberSet, StatementDigest
from parley.record.statement import Precedence, StatementFields, sign_statement


@dataclass(frozen=True, slots=True)
class DirectorySigner:
    """Who signs: a member's root (position ``root``) or the registrar in that position.

    `under`: the mandate of a registrar on duty, who is an officer.
    """

    mechanism: MechanismDigest
    code: MemberCode
    position: str
    key: SigningKey
    under: str | None = None

    @classmethod
    def root(cls, mechanism: MechanismDigest, code: MemberCode, key: SigningKey) -> DirectorySigner:
        """The member's root."""
        return cls(mechanism, code, ROOT_POSITION, key)

    @property
    def mandate(self) -> str:
        """The mandate it signs under: ``root``, ``registrar``, or that of an officer."""
        if self.under is not None:
            return self.under
        return (Capacity.ROOT if self.position == ROOT_POSITION else Capacity.REGISTRAR).label


def build(
    content: DirectoryContent,
    signer: DirectorySigner,
    *,
    issued_at_s: int,
    nonce: bytes,
    salt: bytes,
    binding: tuple[StatementDigest, ...] = (),
) -> tuple[bytes, bytes]:
    """The signed statement and the content of `content`.

    Args:
        content: what it says.
        signer: root or registrar.
        issued_at_s: the signer's clock, Unix seconds.
        nonce: 16 random bytes.
        salt: 16 random bytes.
        binding: `Directory.binding` of the log it is for; empty in a founding log and for ``log.reopen``.

    Returns:
        (complete COSE_Sign1, content bytes)
    """
    raw = encode_content(encode_fields(content), salt)
    fields = StatementFields(
        kid=signer.key.verify_key.kid,
        issuer=f"{signer.code}/{signer.position}",
        case=None,
        issued_at_s=issued_at_s,
        nonce=nonce,
        mechanism=signer.mechanism,
        kind=content.KIND,
        kind_version=BUILT_IN_VERSION,
        channel=DIRECTORY_CHANNEL,
        precedence=Precedence.ROUTINE,
        addressees=MemberSet(0),
        replies_to=binding,
        mandate=signer.mandate,
        marking="",
        content_digest=content_digest(raw),
        content_bytes=len(raw),
        attachments=(),
    )
    return sign_statement(fields, signer.key), raw


def prove_possession(mechanism: MechanismDigest, code: MemberCode, position: str, key: SigningKey) -> bytes:
    """The signature by which the holder of `key` asks to be enrolled as `position` of `code`."""
    return key.sign(possession_message(mechanism, code, position, key.verify_key.raw))
