"""Findings: the facts of a verified file put into what is proven, and what is not proven or cannot be told.

What cannot be told is told each time, for a reader who has never heard of this record: clocks are each member's own,
a missing receipt proves nothing, keys are not people, and a file cannot show what is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from parley.charter import admission
from parley.charter.directory_kinds import Enrolment, RegistrarGrant, Revocation
from parley.charter.signers import Capacity, Signer
from parley.crypto.keys import VerifyKey
from parley.proof.chain import Link
from parley.proof.facts import Facts
from parley.proof.report import FieldValue, Finding
from parley.record.ids import log_owner, ordinals
from parley.record.statement import Statement


def proven(facts: Facts) -> Iterator[Finding]:
    """What the file proves, the statement's own part first."""
    if facts.void is not None:
        yield _find("void", reference=facts.reference, reason=facts.void.reason, fault=facts.void.code)
    yield from _said(facts)
    yield from _recorded(facts)
    yield from _signers_standing(facts)
    yield from _holders(facts)
    yield from _earliest(facts)
    yield from _mechanism(facts)
    for fork in facts.forks:
        yield _find("fork", log=facts.line.name(fork.log), size=int(fork.size))


def untold(facts: Facts) -> Iterator[Finding]:
    """What the file does not prove, or nobody could tell from it."""
    if facts.content is None:
        yield _find("untold.content")
    if facts.statement is not None:
        yield _find("untold.signing-time", issued_at_s=facts.statement.fields.issued_at_s)
        if not admission.is_understood(facts.charter, facts.statement.fields.kind):
            yield _find("untold.kind", kind=facts.statement.fields.kind)
    if facts.signer is not None:
        yield _find("untold.person", position=facts.signer.position)
        yield _find("untold.key-later", log=facts.line.name(facts.log), after=facts.chain.last)
    if facts.chain.last == facts.entry.seq:
        yield _find("untold.passed-over", log=facts.line.name(facts.log), reference=facts.reference)
    yield _find("untold.entry-claims", log=facts.line.name(facts.log), reference=facts.reference)
    yield from _unreceipted(facts)
    yield _find("untold.clocks")
    if not facts.sightings:
        yield _find("untold.earliest", reference=facts.reference)
    yield _find("untold.read")
    yield _find("untold.fork", log=facts.line.name(facts.log), size=int(facts.head.size))
    if not _own_post_quantum(facts):
        yield _find("untold.post-quantum", log=facts.line.name(facts.log))
    if facts.charter.version > 1:
        yield _find("untold.adoption-seen", version=facts.charter.version, author=facts.line.name(facts.log))
    digest = facts.line.mechanism.hex()
    yield _find("untold.root-keys-held") if facts.anchored else _find("untold.root-keys", digest=digest)


def _said(facts: Facts) -> Iterator[Finding]:
    """Who said it, in what capacity, to whom, and how."""
    statement, member = facts.statement, facts.line.newest.members[facts.author]
    if statement is None:
        return
    fields = statement.fields
    if facts.signer is not None:
        yield _find(
            f"signed.{facts.signer.capacity.label}",
            member=member.code,
            name=member.name,
            position=facts.signer.position,
            mandate=fields.mandate,
            key=facts.signer.kid.hex(),
            statement=statement.digest.hex(),
        )
    yield _find("kind", kind=fields.kind, version=fields.kind_version, precedence=fields.precedence.name)
    channels = facts.charter.channels
    if fields.mechanism == facts.line.mechanism and fields.channel < len(channels):
        yield _find(
            "addressed" if fields.addressees else "unaddressed",
            channel=channels[fields.channel].name,
            to=[_code(facts, ordinal) for ordinal in ordinals(fields.addressees)],
        )
    yield from _bearing(statement)
    if facts.content is not None:
        yield _find("content", bytes=len(facts.content), digest=fields.content_digest.hex())


def _bearing(statement: Statement) -> Iterator[Finding]:
    """What the statement refers to."""
    fields = statement.fields
    if fields.case is not None:
        yield _find("case", case=fields.case)
    if fields.replies_to:
        yield _find("replies", digests=[digest.hex() for digest in fields.replies_to])
    if fields.marking:
        yield _find("marking", marking=fields.marking)
    if fields.attachments:
        yield _find("attachments", digests=[digest.hex() for digest in fields.attachments])


def _recorded(facts: Facts) -> Iterator[Finding]:
    """Where it stands, and under whose signature."""
    line, head = facts.line, facts.head
    name = line.name(facts.log)
    yield _find(
        "recorded",
        reference=facts.reference,
        log=name,
        size=int(head.size),
        root=head.root.hex(),
        at_ms=int(facts.entry.at_ms),
    )
    yield _find(
        "sight",
        statement=[_code(facts, ordinal) for ordinal in ordinals(facts.entry.statement_sight)],
        content=[_code(facts, ordinal) for ordinal in ordinals(facts.entry.content_sight)],
    )
    yield _find(
        "checkpoint",
        log=name,
        size=int(head.size),
        key=head.keys.log_key.kid.hex(),
        certified=line.reference(facts.log, head.keys.seq),
    )
    for one in facts.cosigned:
        code = "post-quantum" if one.by == one.log else "cosigned"
        code += ".timed" if one.time_s else ""
        yield _find(code, log=line.name(one.log), by=line.name(one.by), size=int(one.size), time_s=one.time_s)


def _signers_standing(facts: Facts) -> Iterator[Finding]:
    """Who enrolled the signing key, and what became of it."""
    signer = facts.signer
    if signer is None:
        return
    positions = {signer.kid: signer.position}
    if signer.capacity == Capacity.OFFICER:
        enrolment = _enrolment(facts, signer.kid)
        assert enrolment is not None, "an officer's tenure exists only because there was one"
        yield from _enrolled(facts, signer, enrolment, positions)
    elif signer.capacity == Capacity.REGISTRAR:
        yield _find("registrar", position=signer.position, certified=_place(facts, _grant(facts, signer.kid)))
    else:
        yield _find("root", member=facts.line.name(facts.log), version=facts.charter.version)
    for link in facts.chain.links:
        if link.seq > facts.entry.seq:
            yield from _ended(facts, signer, link)
    for kid, position in positions.items():
        for note in facts.chain.directory.annotations.get(kid, []):
            yield _find(
                "compromised",
                position=position,
                since_ms=int(note.since_ms),
                reference=facts.line.reference(facts.log, note.seq),
                reason=note.reason,
            )


def _enrolled(facts: Facts, signer: Signer, enrolment: Link, positions: dict[bytes, str]) -> Iterator[Finding]:
    """By whom, up to the registrar whom root certified; whoever enrolled another is noted in `positions`.

    An officer on duty may have been enrolled by another, who was on duty earlier: a registrar, or an amendment of the charter, can
    make a registrar on duty of whom one enrolled. What each of them held is told as of the act by which it enrolled the next.
    """
    at = facts.reference
    while True:
        by = enrolment.statement.fields
        positions[by.kid] = by.issuer.partition("/")[2]
        told: dict[str, FieldValue] = {
            "position": signer.position, "reference": _place(facts, enrolment), "mandates": list(signer.mandates), "at": at,
        }  # fmt: skip
        above = _enrolment(facts, by.kid)
        if above is None:
            grant = _place(facts, _grant(facts, by.kid))
            yield _find("enrolled", **told, registrar=positions[by.kid], certified=grant)
            return
        told |= {"officer": positions[by.kid], "mandate": by.mandate}
        top = above.statement.fields
        if _enrolment(facts, top.kid) is None:
            positions[top.kid] = top.issuer.partition("/")[2]
            grant = _place(facts, _grant(facts, top.kid))
            enrolled = _place(facts, above)
            yield _find("enrolled-on-duty", **told, enrolled=enrolled, registrar=positions[top.kid], certified=grant)
            return
        yield _find("enrolled-by-officer", **told)
        officer = facts.chain.directory.signer_at(by.kid, enrolment.seq)
        assert officer is not None, "what it enrolled is a link"
        signer, at, enrolment = officer, _place(facts, enrolment), above


def _enrolment(facts: Facts, kid: bytes) -> Link | None:
    """The statement that enrolled the key `kid`; None where none did."""
    return next(
        (
            link
            for link in facts.chain.links
            if isinstance(link.said, Enrolment) and VerifyKey.trusted(link.said.key).kid == kid
        ),
        None,
    )


def _grant(facts: Facts, kid: bytes) -> Link:
    """The root-signed statement that made a registrar of a key; only such keys enrol whoever is on duty."""
    return next(
        link
        for link in facts.chain.links
        if isinstance(link.said, RegistrarGrant) and VerifyKey.trusted(link.said.key).kid == kid
    )


def _ended(facts: Facts, signer: Signer, link: Link) -> Iterator[Finding]:
    said = link.said
    if isinstance(said, Revocation) and said.kid == signer.kid:
        yield _find("revoked-later", position=signer.position, reference=_place(facts, link), reason=said.reason)
    if isinstance(said, Enrolment) and said.replaces == signer.kid:
        yield _find("replaced-later", position=signer.position, reference=_place(facts, link))


def _holders(facts: Facts) -> Iterator[Finding]:
    for one in facts.holdings:
        holder = log_owner(one.log)
        if facts.entry.content_sight >> holder & 1:
            code = "held.content"
        else:
            code = "held.statement" if facts.entry.statement_sight >> holder & 1 else "held.entry"
        yield _find(
            code,
            holder=_code(facts, holder),
            reference=facts.line.reference(one.log, one.seq),
            at_ms=int(one.at_ms),
            size=int(facts.heads[one.log].size),
        )


def _earliest(facts: Facts) -> Iterator[Finding]:
    for one in facts.sightings:
        yield _find(
            "not-before",
            member=_code(facts, log_owner(one.log)),
            seen=facts.line.reference(one.log, one.seq),
            at_ms=int(one.at_ms),
            author=facts.line.name(facts.log),
            claim=facts.line.reference(facts.log, one.claimed_at),
        )


def _mechanism(facts: Facts) -> Iterator[Finding]:
    line = facts.line
    founding = line.founding
    members = [str(member.code) for member in founding.members]
    digest = line.mechanism.hex()
    yield _find("mechanism", name=founding.terms.name, digest=digest, members=members)
    yield _find("exercise" if founding.terms.exercise else "in-earnest")
    for previous, amended in zip(line.charters, line.charters[1:], strict=False):
        if amended.version <= facts.charter.version:
            signed = [str(member.code) for member in previous.members]
            yield _find("amended", version=amended.version, digest=amended.digest.hex(), members=signed)
    if facts.anchored:
        yield _find("anchored", digest=digest)


def _unreceipted(facts: Facts) -> Iterator[Finding]:
    held = {log_owner(one.log) for one in facts.holdings}
    for member in facts.charter.members:
        if member.ordinal != facts.author and member.ordinal not in held:
            yield _find("untold.receipt", member=member.code)


def _own_post_quantum(facts: Facts) -> bool:
    """Whether the author's node signed, post-quantum, a tree that the statement's entry is in."""
    return any(one.by == one.log == facts.log and one.size > facts.entry.seq for one in facts.cosigned)


def _place(facts: Facts, link: Link) -> str:
    return facts.line.reference(facts.log, link.seq)


def _code(facts: Facts, ordinal: int) -> str:
    members = facts.line.newest.members
    return members[ordinal].code if ordinal < len(members) else f"member {ordinal}"


def _find(code: str, /, **fields: FieldValue) -> Finding:
    return Finding(code, fields)
