"""A cell for measuring: a founded exercise mechanism with node homes on disk and one officer each."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parley.charter.adoption import SignedCharter, decode_signed, encode_signed
from parley.charter.charter import Charter
from parley.charter.charter_toml import load_toml
from parley.charter.directory_build import DirectorySigner, build, prove_possession
from parley.charter.directory_kinds import Enrolment, NodeCertificate, RegistrarGrant
from parley.charter.founding import found
from parley.charter.terms import Quotas
from parley.crypto.keys import SigningKey
from parley.link.certificate import make_certificate
from parley.node.home.cards import Card
from parley.node.home.home import Address, Home, Settings, format_settings
from parley.node.home.secrets import NodeSecrets
from parley.record.content import content_digest, encode_content
from parley.record.ids import members
from parley.record.statement import Precedence, StatementFields, sign_statement

CHARTER = Path(__file__).parent.parent / "examples" / "charters" / "joint-mechanism.toml"
QUOTAS = Quotas(10_000_000, 10_000_000, 10_000_000)
"""The example's would slow the measured statements down: a day's worth goes in a minute."""
Signed = tuple[bytes, bytes]


def seed(*parts: object) -> bytes:
    """32 bytes that depend on `parts` alone."""
    return hashlib.sha256(repr(parts).encode()).digest()


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Cell:
    """A founded mechanism, in `root`."""

    root: Path
    charter: Charter
    secrets: tuple[NodeSecrets, ...]
    officers: tuple[SigningKey, ...]

    def home(self, ordinal: int) -> Home:
        """The directory of a member's node."""
        return Home(self.root / self.charter.members[ordinal].code)

    def enrolments(self, ordinal: int) -> list[Signed]:
        """The statements by which a member enrols its registrar and its officer."""
        code, mechanism = self.charter.members[ordinal].code, self.charter.mechanism
        root = SigningKey.from_seed(seed("root", code))
        registrar = SigningKey.from_seed(seed("registrar", code))
        officer = self.officers[ordinal]
        mandates = tuple(
            one.name for one in self.charter.terms.mandates if self.charter.members[ordinal].role in one.roles
        )
        enrolment = Enrolment(
            "duty-1", officer.verify_key.raw, prove_possession(mechanism, code, "duty-1", officer), mandates
        )
        return [
            _build(RegistrarGrant("registrar", registrar.verify_key.raw), DirectorySigner.root(mechanism, code, root)),
            _build(enrolment, DirectorySigner(mechanism, code, "registrar", registrar)),
        ]

    def message(self, ordinal: int, text: str, precedence: Precedence = Precedence.ROUTINE, lang: str = "en") -> Signed:
        """A line message of a member's officer to all others."""
        key, code = self.officers[ordinal], self.charter.members[ordinal].code
        channel = self.charter.channel("line")
        assert channel is not None, "the measured charter has a channel named line"
        rule = self.charter.kinds["message"]
        content = encode_content({"text": text, "lang": lang}, os.urandom(16))
        fields = StatementFields(
            kid=key.verify_key.kid, issuer=f"{code}/duty-1", case=None, issued_at_s=int(time.time()),
            nonce=os.urandom(16), mechanism=self.charter.mechanism, kind="message", kind_version=rule.version,
            channel=channel.index, precedence=precedence,
            addressees=members(one.ordinal for one in self.charter.members if one.ordinal != ordinal),
            replies_to=(), mandate=rule.mandates[0], marking="", content_digest=content_digest(content),
            content_bytes=len(content), attachments=(),
        )  # fmt: skip
        return sign_statement(fields, key), content


def found_cell(root: Path, *, peers: bool = True) -> Cell:
    """Found the example mechanism under `root`, with one home for each member."""
    draft = load_toml(CHARTER.read_text("utf-8"))
    draft = replace(draft, terms=replace(draft.terms, quotas=QUOTAS))
    roots = {seat.code: SigningKey.from_seed(seed("root", seat.code)) for seat in draft.seats}
    charter = found(draft, {code: key.verify_key.raw for code, key in roots.items()})
    signed = SignedCharter(charter, {})
    for member in charter.members:
        signed = signed.signed_by(member.ordinal, roots[member.code])
    cell = _cell(root, charter)
    ports = [free_port() for _ in charter.members]
    for member in charter.members:
        home = cell.home(member.ordinal)
        home.path.mkdir(parents=True)
        home.charter_file.write_bytes(encode_signed(signed))
        others: dict[str, Address] = {
            one.code: ("127.0.0.1", ports[one.ordinal]) for one in charter.members if one != member
        }
        home.settings_file.write_text(
            format_settings(
                Settings(
                    member.code,
                    ("127.0.0.1", ports[member.ordinal]),
                    ("127.0.0.1", free_port()),
                    peers=others if peers else {},
                )
            )
        )
        _card(cell, member.ordinal).write(home.card_file)
        for other in charter.members:
            if other != member:
                _card(cell, other.ordinal).write(home.peer_card_file(other.code))
    return cell


def open_cell(root: Path) -> Cell:
    """The cell that `found_cell` left under `root`; all its keys follow from fixed seeds."""
    return _cell(root, decode_signed(next(root.glob("*/charter.parley")).read_bytes()).charter)


def _cell(root: Path, charter: Charter) -> Cell:
    secrets = tuple(
        NodeSecrets.from_seeds(*(seed(name, one.code) for name in ("log", "pq", "tls", "seal")))
        for one in charter.members
    )
    return Cell(
        root, charter, secrets, tuple(SigningKey.from_seed(seed("duty-1", one.code)) for one in charter.members)
    )


def _card(cell: Cell, ordinal: int) -> Card:
    member, own = cell.charter.members[ordinal], cell.secrets[ordinal]
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = NodeCertificate(
        own.log_key.verify_key.raw, own.pq_key.verify_key.raw, own.seal_key.public_key.raw,
        make_certificate(own.tls_key, member.code, 1, begin, begin + timedelta(days=9999)),
    )  # fmt: skip
    root = SigningKey.from_seed(seed("root", member.code))
    return Card(member.code, *_build(certificate, DirectorySigner.root(cell.charter.mechanism, member.code, root)))


def _build(content: NodeCertificate | RegistrarGrant | Enrolment, signer: DirectorySigner) -> Signed:
    drawn = seed("statement", signer.code, content)
    return build(content, signer, issued_at_s=int(time.time()), nonce=drawn[:16], salt=drawn[16:])
