"""Small mechanisms of any number of members, and logs of theirs, built the way nodes build them.

>>> cell = Cell(3)
>>> log = cell.log(0)                 # AAA's log, with node keys and the registrar certified
>>> log.enrol("duty-1", ["watch"])    # and an officer
>>> entry, statement, content = log.speak("duty-1")
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from parley.charter.charter import Charter, CharterDraft
from parley.charter.directory import Directory
from parley.charter.directory_build import DirectorySigner, build, prove_possession
from parley.charter.directory_kinds import (
    ROOT_POSITION,
    DirectoryContent,
    Enrolment,
    MandateChange,
    NodeCertificate,
    RegistrarGrant,
    Revocation,
)
from parley.charter.founding import found
from parley.charter.terms import Channel, Clocks, KindRule, Level, Mandate, Quotas, Role, Seat, Terms
from parley.charter.void import Void
from parley.crypto.keys import PqSigningKey, SealPrivateKey, SigningKey
from parley.record.content import content_digest, decode_content, encode_content
from parley.record.entry import Entry
from parley.record.ids import LogId, MemberCode, MemberSet, Seq, UnixMs, log_id, sha256
from parley.record.statement import Precedence, Statement, StatementFields, parse_statement, sign_statement
from tests.changed import replace

SALT = bytes(16)
CODES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH")
HOUR_MS = 3_600_000


@cache
def key(label: str) -> SigningKey:
    """The same key for the same label, always."""
    return SigningKey.from_seed(sha256(label.encode()))


@cache
def node_certificate(label: str) -> NodeCertificate:
    """Valid public keys of a node."""
    seed = sha256(label.encode())
    return NodeCertificate(
        key(label).verify_key.raw,
        PqSigningKey.from_seed(seed).verify_key.raw,
        SealPrivateKey.from_seed(seed).public_key.raw,
        b"\x30\x03\x02\x01\x00",
    )


def seats(count: int) -> tuple[Seat, ...]:
    """`count` parties."""
    return tuple(Seat(MemberCode(code), f"Member {code}", Role.PARTY, ("en",)) for code in CODES[:count])


def terms(count: int) -> Terms:
    """Terms for `count` members: ``open`` for all, ``sealed`` for those addressed, ``pair`` for the first two."""
    everyone, pair = MemberSet((1 << count) - 1), MemberSet(0b11)
    return Terms(
        name="Test mechanism",
        description="",
        exercise=True,
        channels=(
            Channel(1, "open", "All", everyone, everyone, False),
            Channel(2, "sealed", "Those addressed", everyone, everyone, True),
            Channel(3, "pair", "Two of them", pair, pair, False),
        ),
        kinds=(
            KindRule("message", 1, "line", (1, 2, 3), ("watch", "quiet")),
            KindRule("stop", 1, "line", (1,), ("watch",)),
        ),
        mandates=(
            Mandate("watch", "Watch", Precedence.FLASH, (Role.PARTY,)),
            Mandate("quiet", "Nothing urgent", Precedence.ROUTINE, (Role.PARTY,)),
            Mandate("supervision", "Facilitator's", Precedence.FLASH, (Role.FACILITATOR,)),
        ),
        clocks=Clocks((6 * HOUR_MS, 3 * HOUR_MS, HOUR_MS // 2, HOUR_MS // 6), (60_000,), None, ()),
        quotas=Quotas(100, 10, 20),
        levels=(Level("watch", "Duty officers", HOUR_MS),),
        purposes=(),
    )


def draft(count: int) -> CharterDraft:
    """A draft for `count` members."""
    return CharterDraft(seats(count), terms(count))


def root(code: str) -> SigningKey:
    """A member's root key."""
    return key(f"root of {code}")


def founded(a_draft: CharterDraft) -> Charter:
    """The founding charter of a draft, with every member's root key."""
    return found(a_draft, {seat.code: root(seat.code).verify_key.raw for seat in a_draft.seats})


@cache
def _charter(count: int) -> Charter:
    return founded(draft(count))


@dataclass(frozen=True)
class Cell:
    """A founded mechanism."""

    count: int

    @property
    def charter(self) -> Charter:
        """Its founding charter."""
        return _charter(self.count)

    def log(self, ordinal: int, generation: int = 1) -> Log:
        """A member's log with its node and one registrar (``registrar``) certified."""
        log = Log(self.charter, log_id(ordinal, generation))
        if generation == 1:
            assert log.certify() is None
        return log


class Log:
    """One member's log as far as its directory and judging need it."""

    def __init__(self, charter: Charter, log: LogId) -> None:
        self.charter = charter
        self.member = charter.members[log % 256]
        self.directory = Directory(self.member.code, self.member.root_key, charter.mechanism, log)
        self.size = 1 if log < 256 else 0
        self.keys = {ROOT_POSITION: root(self.member.code), "registrar": key(f"registrar of {self.member.code}")}
        self.root_key = self.keys[ROOT_POSITION]

    def certify(self) -> Void | None:
        """Certify the node and the registrar."""
        grant = RegistrarGrant("registrar", self.keys["registrar"].verify_key.raw)
        return self.say(node_certificate(f"node of {self.member.code}")) or self.say(grant)

    def build(self, content: DirectoryContent, signer: str = ROOT_POSITION) -> tuple[Statement, bytes]:
        """A built-in statement by root or a registrar, not yet in the log."""
        who = DirectorySigner(self.charter.mechanism, self.member.code, signer, self.keys[signer])
        nonce = self.size.to_bytes(16, "big")
        binding = () if content.KIND == "log.reopen" else self.directory.binding
        raw, sealed = build(content, who, issued_at_s=0, nonce=nonce, salt=SALT, binding=binding)
        return parse_statement(raw), sealed

    def append(self, statement: Statement, content: bytes) -> Void | None:
        """Fold a built-in statement as the next entry."""
        void = self.directory.apply(self.size, statement, decode_content(content), self.charter.terms.on_duty)
        self.size += 1
        return void

    def say(self, content: DirectoryContent, signer: str = ROOT_POSITION) -> Void | None:
        """Build and append."""
        return self.append(*self.build(content, signer))

    def enrolment(
        self, position: str, mandates: list[str], label: str = "", replaces: bytes | None = None
    ) -> Enrolment:
        """An enrolment of a key named by `label` (default: the position's)."""
        new = self.keys[position] = key(f"{self.member.code} {label or position}")
        possession = prove_possession(self.charter.mechanism, self.member.code, position, new)
        return Enrolment(position, new.verify_key.raw, possession, tuple(mandates), replaces)

    def enrol(self, position: str, mandates: list[str], **more: Any) -> Void | None:
        """Have the registrar enrol an officer."""
        return self.say(self.enrolment(position, mandates, **more), "registrar")

    def revoke(self, position: str, **more: Any) -> Void | None:
        """Have the registrar revoke the key of a position."""
        return self.say(Revocation(self.kid(position), "test", **more), "registrar")

    def entrust(self, position: str, mandates: list[str]) -> Void | None:
        """Have the registrar change an officer's mandates."""
        return self.say(MandateChange(self.kid(position), tuple(mandates)), "registrar")

    def kid(self, position: str) -> bytes:
        """The kid of the key last made for a position."""
        return self.keys[position].verify_key.kid

    def statement(self, position: str, content: bytes, **changes: Any) -> Statement:
        """An officer's statement, with any of its fields changed before signing."""
        fields = StatementFields(
            kid=self.kid(position),
            issuer=f"{self.member.code}/{position}",
            case=None,
            issued_at_s=0,
            nonce=bytes(16),
            mechanism=self.charter.mechanism,
            kind="message",
            kind_version=1,
            channel=1,
            precedence=Precedence.ROUTINE,
            addressees=MemberSet(self.charter.everyone & ~(1 << self.member.ordinal)),
            replies_to=(),
            mandate="watch",
            marking="",
            content_digest=content_digest(content),
            content_bytes=len(content),
            attachments=(),
        )
        return parse_statement(sign_statement(replace(fields, **changes), self.keys[position]))

    def entry(self, statement: Statement, **changes: Any) -> Entry:
        """The entry an honest node would append for `statement` next."""
        fields = statement.fields
        known = fields.channel < len(self.charter.channels)
        sights = self.charter.sights(fields.channel, self.member.ordinal, fields.addressees) if known else (0, 0)
        entry = Entry(
            Seq(self.size), UnixMs(0), self.charter.version, self.directory.latest_seq, {},
            MemberSet(sights[0]), MemberSet(sights[1]), statement.digest,
        )  # fmt: skip
        return replace(entry, **changes)

    def speak(self, position: str, **changes: Any) -> tuple[Entry, Statement, bytes]:
        """An officer's statement and its entry; the log does not grow."""
        content = encode_content({"text": "all quiet"}, SALT)
        statement = self.statement(position, content, **changes)
        return self.entry(statement), statement, content
