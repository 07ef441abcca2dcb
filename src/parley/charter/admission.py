"""Admission: whether a statement, at its place in its author's log, is void, and why.

Every node judges every statement alike, from the charter the entry names, the author's directory below the entry,
and the bytes. The same rules refuse an own officer's bad input at the door, before there is an entry.

    needed_key        whose signature it must be          verified by the caller, in threads
    judge_statement   mechanism, author, kind, mandate, channel, addressees, content
    judge_entry       what the entry says of it: charter, directory chain, digest, sights
    judge             all of them, signature included

Kinds are judged by the charter: a built-in or opened kind in another version than the one in force is void; a kind
that the charter does not know at all is not void but *not understood here*, and moves nothing.
"""

from __future__ import annotations

from parley.charter import mandate
from parley.charter.charter import Charter, Member
from parley.charter.directory import Directory
from parley.charter.directory_kinds import BUILT_IN_KINDS
from parley.charter.terms import BUILT_IN_VERSION, DIRECTORY_CHANNEL, is_reserved
from parley.charter.void import Void
from parley.crypto.keys import VerifyKey
from parley.record.content import content_digest
from parley.record.entry import Entry
from parley.record.ids import log_owner
from parley.record.statement import Statement, StatementFields

WRONG_SIGNATURE = Void("signature.wrong", "the signature is not by the key it names")


def is_understood(charter: Charter, kind: str) -> bool:
    """Whether the charter opens `kind`, or it is built in here."""
    return kind in charter.kinds or kind in BUILT_IN_KINDS


def needed_key(directory: Directory, seq: int, statement: Statement) -> VerifyKey | Void:
    """The key whose signature the statement needs at entry `seq`, or why there is none.

    The directory must have been folded up to that entry.
    """
    kid = statement.fields.kid
    return directory.signer_key(kid, seq) or directory.why_not(kid, seq)


def judge(
    charter: Charter, directory: Directory, entry: Entry, statement: Statement, content: bytes | None
) -> Void | None:
    """Judge a statement wholly.

    Args:
        charter: the charter of the version that the entry names.
        directory: of the log the entry stands in, folded up to the entry.
        entry: the leaf.
        statement: parsed, its signature not yet verified.
        content: its bytes, or None where this node does not hold them; the rest is judged all the same.

    Returns:
        Why it moves nothing, or None where it counts. A built-in kind that counts is then folded by
        `Directory.apply`, which may still find it void.
    """
    key = needed_key(directory, entry.seq, statement)
    if isinstance(key, Void):
        return key
    if not statement.sign1.verify(key):
        return WRONG_SIGNATURE
    return judge_statement(charter, directory, entry.seq, statement, content) or judge_entry(
        charter, directory, entry, statement
    )


def judge_statement(
    charter: Charter, directory: Directory, seq: int, statement: Statement, content: bytes | None
) -> Void | None:
    """Judge what the statement itself says, as if it stood at entry `seq`; the signature is not looked at."""
    fields = statement.fields
    if fields.mechanism != charter.mechanism:
        return Void("mechanism.other", "it was signed for another mechanism")
    ordinal = log_owner(directory.log)
    if ordinal >= len(charter.members):
        return Void("issuer.no-member", "its author is not yet a member under the charter that the entry names")
    member = charter.members[ordinal]
    code, _, position = fields.issuer.partition("/")
    if code != member.code:
        return Void("issuer.other-member", f"it speaks as {code} in the log of {member.code}")
    signer = directory.signer_at(fields.kid, seq)
    if signer is None:
        return directory.why_not(fields.kid, seq)
    if position != signer.position:
        return Void("issuer.other-position", f"its key is that of {signer.position}, not of {position}")
    void = _kind_closed(charter, fields) or mandate.exceeded(charter, member, signer, fields)
    if void is None and fields.kind in BUILT_IN_KINDS:
        void = directory.authority(fields.kind, fields.kid, seq, charter.terms.on_duty)
    return void or _channel_closed(charter, member, fields) or _content_differs(fields, content)


def judge_entry(charter: Charter, directory: Directory, entry: Entry, statement: Statement) -> Void | None:
    """Judge what the entry says of its statement, whose channel and author `judge_statement` found good."""
    fields = statement.fields
    if entry.charter_version != charter.version:
        return Void("charter.version", f"the entry names version {entry.charter_version} of the charter")
    if entry.body != statement.digest:
        return Void("entry.other-statement", "the entry commits to another statement")
    if entry.directory != directory.latest_before(entry.seq):
        return Void("directory.mismatch", f"the entry passes over directory statement "
                    f"{directory.latest_before(entry.seq)} and names {entry.directory}")  # fmt: skip
    sights = charter.sights(fields.channel, log_owner(directory.log), fields.addressees)
    if sights != (entry.statement_sight, entry.content_sight):
        return Void("sight.mismatch", "the entry gives sight to other members than channel and addressees do")
    return None


def _kind_closed(charter: Charter, fields: StatementFields) -> Void | None:
    if is_reserved(fields.kind):
        if fields.channel != DIRECTORY_CHANNEL:
            return Void("kind.channel", f"{fields.kind} is for the built-in channel only")
        if fields.kind in BUILT_IN_KINDS and fields.kind_version != BUILT_IN_VERSION:
            return Void("kind.version", f"{fields.kind} is in force in version {BUILT_IN_VERSION}")
        return None
    if fields.channel == DIRECTORY_CHANNEL:
        return Void("kind.channel", f"{fields.kind} is not for the built-in channel")
    rule = charter.kinds.get(fields.kind)
    if rule is None:
        return None
    if fields.kind_version != rule.version:
        return Void("kind.version", f"{fields.kind} is in force in version {rule.version}, not {fields.kind_version}")
    if fields.channel not in rule.channels and fields.channel < len(charter.channels):
        return Void("kind.channel", f"{fields.kind} is not for channel {charter.channels[fields.channel].name}")
    return None


def _channel_closed(charter: Charter, member: Member, fields: StatementFields) -> Void | None:
    if fields.channel >= len(charter.channels):
        return Void("channel.unknown", f"the charter has no channel {fields.channel}")
    channel = charter.channels[fields.channel]
    if not channel.content >> member.ordinal & 1:
        return Void("channel.not-yours", f"{member.code} has no content sight on {channel.name}")
    if fields.addressees & ~channel.content:
        return Void("addressees.outside", f"it addresses a member without content sight on {channel.name}")
    if fields.addressees >> member.ordinal & 1:
        return Void("addressees.self", "it addresses its own author")
    if channel.addressed_only and not fields.addressees:
        return Void("addressees.none", f"{channel.name} is for named addressees only")
    return None


def _content_differs(fields: StatementFields, content: bytes | None) -> Void | None:
    if content is None:
        return None
    if len(content) != fields.content_bytes:
        return Void("content.length", f"the content has {len(content)} bytes and not {fields.content_bytes}")
    if content_digest(content) != fields.content_digest:
        return Void("content.mismatch", "the content is not the one that was signed")
    return None
