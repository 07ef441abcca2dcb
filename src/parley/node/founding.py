"""Founding: from nothing to nodes that know each other, in two rounds.

Round 1: every member makes its keys (`begin`) and gives the others its public root file. Somebody joins these with the
charter's text (`new_charter`). Round 2: every member signs that charter, which fixes the mechanism's digest, and now
that it is fixed certifies its node (`sign`): its card. Signed copies are merged and cards exchanged (`join`).

Time and randomness come in as arguments; files are written below the node's home only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parley.charter.adoption import SignedCharter, decode_signed, encode_signed
from parley.charter.charter import Charter
from parley.charter.charter_toml import load_toml
from parley.charter.directory_build import DirectorySigner, build
from parley.charter.directory_kinds import DirectoryContent, NodeCertificate
from parley.charter.founding import found
from parley.crypto.keyfile import read_key_file, write_key_file
from parley.crypto.keys import SigningKey, VerifyKey
from parley.errors import BadInput, Misconfigured, Refused
from parley.link.certificate import make_certificate
from parley.node.core.mechanism import Mechanism
from parley.node.home.cards import Card
from parley.node.home.home import Home, Settings, format_settings, parse_settings
from parley.node.home.secrets import NodeSecrets
from parley.record.ids import MemberCode, StatementDigest

Random = Callable[[int], bytes]
SEED_BYTES = 32
CERTIFICATE_DAYS = 3650
REGISTRAR = "registrar"
CODE_RULE = "2 to 6 capitals or digits, a letter first and last"
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,4}[A-Z]", re.A)
_ROOT_LINE = re.compile(r"parley-root/1 ([A-Z0-9]{2,6}) ([0-9a-f]{64})\n?", re.A)


def begin(home: Home, settings: Settings, passphrase: str, random: Random, *, light: bool = False) -> Path:
    """Make a member's root, registrar and node keys and its settings; returns its public root file.

    Raises:
        Refused: there is a node in this directory already; nothing is overwritten.
        Misconfigured: a setting that the node would not start with.
        BadInput: the passphrase is empty.
    """
    if home.settings_file.exists():
        raise Refused("home.exists", f"{home.path} holds a node already", rule="choose an empty directory")
    for code in (settings.code, *settings.peers):
        if not _CODE.fullmatch(code):
            raise Misconfigured("settings.code", f"{code} cannot be a member's code", field="code", rule=CODE_RULE)
    text = format_settings(settings)
    parse_settings(text)
    _make_folders(home)
    root = SigningKey.generate(random)
    registrar = SigningKey.generate(random)
    code = settings.code
    write_key_file(root_key_file(home), "root", root.seed, passphrase, label=f"{code} root", light=light)
    write_key_file(
        registrar_key_file(home), REGISTRAR, registrar.seed, passphrase, label=f"{code} registrar", light=light
    )
    NodeSecrets.generate(random).write(home.node_key_file, passphrase, label=f"{code} node", light=light)
    home.settings_file.write_text(text, "utf-8")
    public = home.path / f"{code}.root"
    public.write_text(f"parley-root/1 {code} {root.verify_key.raw.hex()}\n", "ascii")
    return public


def _make_folders(home: Home) -> None:
    officers = home.keys / "officers"
    officers.mkdir(parents=True, exist_ok=True)
    for folder in (home.path, home.keys, officers):
        folder.chmod(0o700)


def root_key_file(home: Home) -> Path:
    """The member's root key; it may be kept elsewhere once the node is certified."""
    return home.keys / "root.key"


def registrar_key_file(home: Home) -> Path:
    """The registrar's key."""
    return home.keys / "registrar.key"


def officer_key_file(home: Home, position: str) -> Path:
    """An officer's key, where this machine keeps it."""
    return home.keys / "officers" / f"{position}.key"


def read_signing_key(path: Path, passphrase: str, kind: str) -> SigningKey:
    """The Ed25519 key in a key file.

    Raises:
        Misconfigured: it is not there, or of another kind.
    """
    found_kind, seed, _ = read_key_file(path, passphrase)
    if found_kind != kind or len(seed) != SEED_BYTES:
        raise Misconfigured("keyfile.kind", f"{path} holds a {found_kind} key, not a {kind} key", field="key")
    return SigningKey.from_seed(seed)


def read_root_file(path: Path) -> tuple[str, bytes]:
    """(code, raw public key) of a member's public root file.

    Raises:
        BadInput: it is none.
    """
    match = _ROOT_LINE.fullmatch(path.read_text("ascii", "replace"))
    if match is None:
        raise BadInput(
            "root-file.malformed",
            f"{path} is not a public root file",
            field=str(path),
            rule="as `parley init` writes it",
        )
    return match[1], VerifyKey.from_bytes(bytes.fromhex(match[2])).raw


def new_charter(text: str, root_files: Iterable[Path]) -> SignedCharter:
    """The founding charter of a text and all members' root files; nobody has signed it yet.

    Raises:
        BadInput: the text breaks a rule, or the files are not one of each member.
    """
    roots: dict[str, bytes] = {}
    for path in root_files:
        code, key = read_root_file(path)
        if roots.setdefault(code, key) != key:
            raise BadInput(
                "root-file.twice", f"there are two root keys of {code}", field=str(path), rule="ask which is meant"
            )
    return SignedCharter(found(load_toml(text), roots), {})


def sign(home: Home, signed: SignedCharter, passphrase: str, *, now: datetime, random: Random) -> SignedCharter:
    """Sign a charter with this member's root, and certify this member's node for its mechanism (`home.card_file`).

    What was signed before the node first ran may be given up for another charter; once it runs, never.

    Raises:
        Refused: it is not this member's, or the node has a record under another charter.
        ParleyError: a signature on it is wrong.
    """
    settings = home.settings()
    member = signed.charter.member(settings.code)
    if member is None:
        raise Refused("charter.no-member", f"{settings.code} is no member of this charter", field="members")
    signed.verify(complete=False)
    copies = [signed]
    if home.charter_file.exists() and home.load_charter().charter.raw == signed.charter.raw:
        copies.append(home.load_charter())
    elif home.charter_file.exists():
        _give_up(home)
    root = read_signing_key(root_key_file(home), passphrase, "root")
    adopted = _merged(copies).signed_by(member.ordinal, root)
    if not home.card_file.exists():
        secrets = NodeSecrets.read(home.node_key_file, passphrase)
        certify(signed.charter, member.code, secrets, root, now=now, random=random).write(home.card_file)
    home.charter_file.write_bytes(encode_signed(adopted))
    return adopted


def _give_up(home: Home) -> None:
    """Forget a charter that nothing was recorded under, and the cards made for it."""
    if home.high_water_file.exists():
        raise Refused(
            "charter.other", f"{home.path} has a record under another charter", field="charter",
            rule="a node is of one mechanism for ever: make another with `parley init`",
        )  # fmt: skip
    home.card_file.unlink(missing_ok=True)
    for card in home.path.glob("peers/*.card"):
        card.unlink()


def _merged(copies: Sequence[SignedCharter]) -> SignedCharter:
    merged = copies[0]
    for copy in copies:
        copy.verify(complete=False)
        merged = merged.merged(copy)
    return merged


def certify(
    charter: Charter, code: MemberCode, secrets: NodeSecrets, root: SigningKey, *, now: datetime, random: Random,
    binding: tuple[StatementDigest, ...] = (), certificate: bytes | None = None,
) -> Card:  # fmt: skip
    """A node's card: its keys, certified by its member's root for the mechanism of `charter`.

    Args:
        binding: as `Directory.binding` of a reopened log.
        certificate: the TLS certificate (DER) to go on with; a new one by default.
    """
    begin_on = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    serial = int.from_bytes(random(8), "big") >> 1 | 1
    made = certificate or make_certificate(
        secrets.tls_key, code, serial, begin_on, begin_on + timedelta(days=CERTIFICATE_DAYS)
    )
    keys = NodeCertificate(
        secrets.log_key.verify_key.raw, secrets.pq_key.verify_key.raw, secrets.seal_key.public_key.raw, made
    )
    signer = DirectorySigner.root(charter.mechanism, code, root)
    return Card(code, *directory_statement(keys, signer, now=now, random=random, binding=binding))


def directory_statement(
    content: DirectoryContent, signer: DirectorySigner, *, now: datetime, random: Random,
    binding: tuple[StatementDigest, ...] = (),
) -> tuple[bytes, bytes]:  # fmt: skip
    """A signed directory statement and its content."""
    return build(
        content, signer, issued_at_s=int(now.timestamp()), nonce=random(16), salt=random(16), binding=binding
    )  # fmt: skip


def join(home: Home, signed_files: Iterable[Path], card_files: Iterable[Path]) -> list[str]:
    """Take in signed copies of the charter and the others' cards; what is still missing, in words.

    Raises:
        ParleyError: a signature is wrong, or a card is not certified by its member's root.
    """
    copies = [decode_signed(path.read_bytes()) for path in signed_files]
    if home.charter_file.exists():
        copies.append(home.load_charter())
    if copies:
        home.charter_file.write_bytes(encode_signed(_merged(copies)))
    cards = [Card.read(path) for path in card_files]
    if cards:
        mechanism = Mechanism(home.load_charter().charter)
        for card in cards:
            mechanism.card_keys(card)
            card.write(home.peer_card_file(card.code))
    return missing(home)


def missing(home: Home) -> list[str]:
    """What this node still needs before it can run, in words."""
    if not home.charter_file.exists():
        return ["the signed charter (parley charter join FILE)"]
    signed = home.load_charter()
    own = home.settings().code
    needs = [f"the signature of {code} on the charter" for code in signed.missing()]
    needs += ["this node's own card (parley charter sign)"] if not home.card_file.exists() else []
    return needs + [
        f"the card of {member.code}"
        for member in signed.charter.members
        if member.code != own and not home.peer_card_file(member.code).exists()
    ]
