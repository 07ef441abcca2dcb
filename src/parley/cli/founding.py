"""`parley init`, `parley charter …`, `parley officer …`: from nothing to officers who can speak."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from parley.charter.adoption import decode_signed, encode_signed, sign_charter
from parley.charter.amendments import Amendments
from parley.charter.charter import Charter, CharterDraft
from parley.charter.charter_text import to_toml
from parley.charter.charter_toml import load_toml
from parley.charter.directory import Directory
from parley.charter.directory_build import DirectorySigner, prove_possession
from parley.charter.directory_kinds import CharterAssent, DirectoryContent, Enrolment, RegistrarGrant, Revocation
from parley.charter.founding import amend
from parley.cli.client import NodeClient
from parley.cli.settings import (
    answer,
    home_of,
    home_option,
    json_option,
    passphrase,
    passphrase_option,
    random_bytes,
    told,
)
from parley.crypto.keyfile import write_key_file
from parley.crypto.keys import SigningKey
from parley.errors import BadInput, Refused
from parley.node import founding
from parley.node.folding import fold_directories
from parley.node.home import Address, Home, Settings
from parley.node.mechanism import Mechanism
from parley.store.opening import open_store

OFFICER = "officer"


def _address(_: click.Context, parameter: click.Parameter, value: str) -> Address:
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.BadParameter("must be host:port", param=parameter)
    return host, int(port)


@click.command()
@click.option("--code", required=True, help="This member's code, as the charter will have it.")
@click.option(
    "--listen", default="0.0.0.0:7341", callback=_address, show_default=True, help="Where the other nodes call."
)
@click.option(
    "--api", default="127.0.0.1:7342", callback=_address, show_default=True, help="For this member's own people."
)
@click.option("--peer", "peers", multiple=True, metavar="CODE=HOST:PORT", help="Where to call another member; repeat.")
@home_option
@passphrase_option
@told
def init(
    code: str, listen: Address, api: Address, peers: tuple[str, ...], home_path: Path, passphrase_file: Path | None
) -> None:
    """Make this member's root, registrar and node keys."""
    known: dict[str, Address] = {}
    for peer in peers:
        name, _, where = peer.partition("=")
        host, _, port = where.rpartition(":")
        if not name or not host or not port.isdigit():
            raise click.BadParameter(f"{peer} is not CODE=HOST:PORT", param_hint="--peer")
        known[name] = (host, int(port))
    home = home_of(home_path)
    public = founding.begin(
        home, Settings(code, listen, api, peers=known), passphrase(passphrase_file, confirm=True), random_bytes
    )
    click.echo(f"made the keys of {code} in {home.keys}")
    click.echo(
        f"next: give {public} to whoever writes the charter; keep {founding.root_key_file(home).name} offline when not needed"
    )


@click.group()
def charter() -> None:
    """Make, sign, read and amend the charter."""


@charter.command("new")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("roots", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The charter file to write."
)
@told
def charter_new(draft: Path, roots: tuple[Path, ...], output: Path) -> None:
    """Join the charter's text DRAFT (TOML) with all members' public root files."""
    signed = founding.new_charter(draft.read_text("utf-8"), roots)
    output.write_bytes(encode_signed(signed))
    _banner(signed.charter)
    click.echo(f"mechanism {signed.charter.mechanism.hex()}")
    click.echo("next: compare this digest by voice; then every member runs `parley charter sign " + str(output) + "`")


@charter.command("sign")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@passphrase_option
@told
def charter_sign(file: Path, home_path: Path, passphrase_file: Path | None) -> None:
    """Sign the charter FILE with this member's root, and certify this member's node (its card)."""
    home = home_of(home_path)
    signed = founding.sign(
        home, decode_signed(file.read_bytes()), passphrase(passphrase_file), now=datetime.now(UTC), random=random_bytes
    )
    file.write_bytes(encode_signed(signed))
    founding.join(home, [file], [])
    _banner(signed.charter)
    click.echo(f"signed; still to sign: {', '.join(signed.missing()) or 'nobody'}")
    click.echo(f"next: hand on {file} and {home.card_file}; then `parley charter join` with what the others give you")


@charter.command("join")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--card",
    "cards",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another member's card; repeat.",
)
@home_option
@told
def charter_join(files: tuple[Path, ...], cards: tuple[Path, ...], home_path: Path) -> None:
    """Take in signed copies of the charter and the other members' cards."""
    needs = founding.join(home_of(home_path), files, cards)
    click.echo("still missing: " + "; ".join(needs) if needs else "complete; next: `parley serve`")


@charter.command("show")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@json_option
@told
def charter_show(file: Path | None, home_path: Path, as_json: bool) -> None:
    """Show the charter FILE, or this node's and what amends it."""
    home = home_of(home_path)
    signed = decode_signed((file or home.charter_file).read_bytes())
    signed.verify(complete=False)
    mechanism = Mechanism(signed.charter)
    if file is None and home.settings_file.exists() and Path(home.database(home.settings())).exists():
        store = open_store(home.database(home.settings()))
        fold_directories(store, mechanism)
        store.close()
    current, amendments = mechanism.charter, mechanism.amendments
    if as_json:
        answer({
            "banner": current.banner, "mechanism": current.mechanism.hex(), "version": current.version, "name": current.terms.name,
            "members": [{"code": one.code, "name": one.name, "role": one.role.label, "root": one.root_key.raw.hex()} for one in current.members],
            "unsigned": signed.missing(), "pending": [one.charter.version for one in amendments.pending()],
        })  # fmt: skip
        return
    _banner(current)
    click.echo(
        f"mechanism {current.mechanism.hex()}, version {current.version}; to sign: {', '.join(signed.missing()) or 'nobody'}"
    )
    click.echo(to_toml(CharterDraft(tuple(one.seat for one in current.members), current.terms)))
    _show_pending(amendments)


@charter.command("amend")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@passphrase_option
@told
def charter_amend(draft: Path, home_path: Path, passphrase_file: Path | None) -> None:
    """Assent with this member's root to the amendment that DRAFT (TOML, the whole new text) describes.

    It is in force when every member's root has assented to the same text.
    """
    home = home_of(home_path)
    client, mechanism = _running(home)
    amended = amend(load_toml(draft.read_text("utf-8")), mechanism.charter)
    code = home.settings().code
    root = founding.read_signing_key(founding.root_key_file(home), passphrase(passphrase_file), "root")
    ordinal = mechanism.ordinal(code)
    assert ordinal is not None, "the node runs, so its member is known"
    assent = CharterAssent(amended.version, amended.raw, sign_charter(amended, ordinal, root, mechanism.charter))
    reference = _record(client, mechanism, home, assent, root, root=True)
    click.echo(f"assented to version {amended.version} ({amended.digest.hex()[:16]}…) at {reference}")
    click.echo(
        "it is in force when every member has assented to the same text: `parley charter show` tells who has not"
    )


@click.group()
def officer() -> None:
    """Enrol, revoke and list officers. They are known to the others by position, never by name."""


@officer.command("add")
@click.argument("position")
@click.option("--mandate", "mandates", multiple=True, required=True, help="A mandate from the charter; repeat.")
@home_option
@passphrase_option
@told
def officer_add(position: str, mandates: tuple[str, ...], home_path: Path, passphrase_file: Path | None) -> None:
    """Make a key for POSITION (such as duty-1) and have the registrar enrol it."""
    home = home_of(home_path)
    client, mechanism = _running(home)
    secret = passphrase(passphrase_file)
    registrar = enlist_registrar(client, mechanism, home, secret)
    key = SigningKey.generate(random_bytes)
    member = mechanism.charter.member(home.settings().code)
    assert member is not None, "the node runs, so its member is known"
    unknown = [name for name in mandates if name not in mechanism.charter.mandates]
    if unknown:
        raise BadInput(
            "mandate.unknown",
            f"the charter has no mandate {unknown[0]}",
            field="mandate",
            rule=", ".join(mechanism.charter.mandates),
        )
    proof = prove_possession(mechanism.digest, member.code, position, key)
    write_key_file(
        founding.officer_key_file(home, position), OFFICER, key.seed, secret, label=f"{member.code}/{position}"
    )
    reference = _record(client, mechanism, home, Enrolment(position, key.verify_key.raw, proof, mandates), registrar)
    click.echo(
        f"enrolled {member.code}/{position} at {reference}; its key: {founding.officer_key_file(home, position)}"
    )


@officer.command("revoke")
@click.argument("position")
@click.option("--reason", required=True, help="Why; every member reads it.")
@click.option(
    "--compromised-since", type=click.DateTime(), help="UTC; annotates what the key signed since then, voids nothing."
)
@home_option
@passphrase_option
@told
def officer_revoke(
    position: str, reason: str, compromised_since: datetime | None, home_path: Path, passphrase_file: Path | None
) -> None:
    """End the key that holds POSITION. What it signed before stands."""
    home = home_of(home_path)
    client, mechanism = _running(home)
    holder = next((one for one in _directory(mechanism, home).officers() if one.position == position), None)
    if holder is None:
        raise Refused("officer.unknown", f"nobody holds {position}", field="position", rule="see `parley officer list`")
    registrar = enlist_registrar(client, mechanism, home, passphrase(passphrase_file))
    since = None if compromised_since is None else int(compromised_since.replace(tzinfo=UTC).timestamp() * 1000)
    reference = _record(client, mechanism, home, Revocation(holder.kid, reason, since), registrar)  # type: ignore[arg-type]
    click.echo(f"revoked {position} at {reference}")


@officer.command("list")
@home_option
@json_option
@told
def officer_list(home_path: Path, as_json: bool) -> None:
    """List the officers in force in every member's log, as this copy knows them."""
    home = home_of(home_path)
    mechanism = _folded(home)
    rows = [
        {
            "member": member.code,
            "position": one.position,
            "key": one.kid.hex(),
            "mandates": list(one.mandates),
            "from": one.from_seq,
        }
        for member in mechanism.charter.members
        for one in mechanism.directory(mechanism.current_log(member.ordinal)).officers()
    ]
    if as_json:
        answer(rows)
        return
    _banner(mechanism.charter)
    for row in rows:
        click.echo(f"{row['member']}/{row['position']:<12} {row['key']}  {', '.join(map(str, row['mandates']))}")  # type: ignore[call-overload]


def enlist_registrar(client: NodeClient, mechanism: Mechanism, home: Home, secret: str) -> SigningKey:
    """The registrar's key; the first time, root has it recorded."""
    key = founding.read_signing_key(founding.registrar_key_file(home), secret, founding.REGISTRAR)
    if all(one.kid != key.verify_key.kid for one in _directory(mechanism, home).registrars()):
        root = founding.read_signing_key(founding.root_key_file(home), secret, "root")
        _record(client, mechanism, home, RegistrarGrant(founding.REGISTRAR, key.verify_key.raw), root, root=True)
    return key


def _record(
    client: NodeClient,
    mechanism: Mechanism,
    home: Home,
    content: DirectoryContent,
    key: SigningKey,
    *,
    root: bool = False,
) -> str:
    member = mechanism.charter.member(home.settings().code)
    assert member is not None, "the node runs, so its member is known"
    digest = mechanism.digest
    signer = (
        DirectorySigner.root(digest, member.code, key)
        if root
        else DirectorySigner(digest, member.code, founding.REGISTRAR, key)
    )
    binding = _directory(mechanism, home).binding
    return client.submit(
        *founding.directory_statement(content, signer, now=datetime.now(UTC), random=random_bytes, binding=binding)
    )


def _running(home: Home) -> tuple[NodeClient, Mechanism]:
    """The running node, and the mechanism as its store has it."""
    client = NodeClient(home.settings().api)
    client.status()
    return client, _folded(home)


def _folded(home: Home) -> Mechanism:
    mechanism = Mechanism.of(decode_signed(home.charter_file.read_bytes()))
    store = open_store(home.database(home.settings()))
    fold_directories(store, mechanism)
    store.close()
    return mechanism


def _directory(mechanism: Mechanism, home: Home) -> Directory:
    ordinal = mechanism.ordinal(home.settings().code)
    assert ordinal is not None, "this member is in its own charter"
    return mechanism.directory(mechanism.current_log(ordinal))


def _banner(current: Charter) -> None:
    if current.banner:
        click.secho(current.banner, fg="yellow", bold=True)


def _show_pending(amendments: Amendments) -> None:
    for one in amendments.pending():
        click.echo(
            f"pending: version {one.charter.version}, assented by {', '.join(one.assented)}; not yet by {', '.join(one.missing)}"
        )
