"""`parley init` and `parley charter …`: from nothing to nodes that know each other, and to amended charters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from parley.charter.adoption import decode_signed, encode_signed, sign_charter
from parley.charter.amendments import Amendments
from parley.charter.charter import CharterDraft
from parley.charter.charter_text import to_toml
from parley.charter.charter_toml import load_toml
from parley.charter.directory_kinds import CharterAssent
from parley.charter.founding import amend
from parley.cli.directory import Registry
from parley.cli.settings import (
    answer,
    home_of,
    home_option,
    json_option,
    passphrase,
    passphrase_option,
    random_bytes,
    show_banner,
    told,
)
from parley.errors import BadInput, Misconfigured
from parley.node import founding
from parley.node.core.folding import fold_directories
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import Address, Settings, parse_address
from parley.node.home.record import durable_record

AFTER_JOINING = "`parley serve`, then `parley officer add POSITION --mandate …` beside it"


def _address(_: click.Context, parameter: click.Parameter, value: str) -> Address:
    try:
        return parse_address(parameter.name or "", value)
    except Misconfigured as error:
        raise click.BadParameter(error.reason, param=parameter) from None


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
@json_option
@told
def init(
    code: str, listen: Address, api: Address, peers: tuple[str, ...], home_path: Path, passphrase_file: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Make this member's root, registrar and node keys."""
    known: dict[str, Address] = {}
    for peer in peers:
        name, equals, where = peer.partition("=")
        if not name or not equals:
            raise click.BadParameter(f"{peer} is not CODE=HOST:PORT", param_hint="--peer")
        known[name] = parse_address("peer", where)
    home = home_of(home_path)
    public = founding.begin(
        home, Settings(code, listen, api, peers=known), passphrase(passphrase_file, confirm=True), random_bytes
    )
    if as_json:
        answer({"code": code, "home": str(home.path), "root_file": str(public)})
        return
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
@json_option
@told
def charter_new(draft: Path, roots: tuple[Path, ...], output: Path, as_json: bool) -> None:
    """Join the charter's text DRAFT (TOML) with all members' public root files."""
    signed = founding.new_charter(_text(draft), roots)
    output.write_bytes(encode_signed(signed))
    if as_json:
        answer({"banner": signed.charter.banner, "mechanism": signed.charter.mechanism.hex(), "file": str(output)})
        return
    show_banner(signed.charter.banner)
    click.echo(f"mechanism {signed.charter.mechanism.hex()}")
    click.echo("next: compare this digest by voice; then every member runs `parley charter sign " + str(output) + "`")


@charter.command("sign")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@passphrase_option
@json_option
@told
def charter_sign(file: Path, home_path: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Sign the charter FILE with this member's root, and certify this member's node (its card)."""
    home = home_of(home_path)
    unsigned = decode_signed(file.read_bytes())
    signed = founding.sign(home, unsigned, passphrase(passphrase_file), now=datetime.now(UTC), random=random_bytes)
    file.write_bytes(encode_signed(signed))
    if as_json:
        answer({"banner": signed.charter.banner, "mechanism": signed.charter.mechanism.hex(), "unsigned": signed.missing(),
                "card": str(home.card_file)})  # fmt: skip
        return
    show_banner(signed.charter.banner)
    click.echo(f"mechanism {signed.charter.mechanism.hex()}: it must be the one you compared by voice")
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
@json_option
@told
def charter_join(files: tuple[Path, ...], cards: tuple[Path, ...], home_path: Path, as_json: bool) -> None:
    """Take in signed copies of the charter and the other members' cards."""
    home = home_of(home_path)
    needs = founding.join(home, files, cards)
    banner = home.load_charter().charter.banner if home.charter_file.exists() else None
    if as_json:
        answer({"banner": banner, "missing": needs})
        return
    show_banner(banner)
    click.echo("still missing: " + "; ".join(needs) if needs else f"complete; next: {AFTER_JOINING}")


@charter.command("show")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@json_option
@told
def charter_show(file: Path | None, home_path: Path, as_json: bool) -> None:
    """Show the charter FILE, or this node's and what amends it."""
    home = home_of(home_path)
    signed = home.load_charter() if file is None else decode_signed(file.read_bytes())
    signed.verify(complete=False)
    mechanism = Mechanism(signed.charter)
    if file is None and home.settings_file.exists() and Path(home.database(home.settings())).exists():
        with durable_record(home) as store:
            fold_directories(store, mechanism)
    current, amendments = mechanism.charter, mechanism.amendments
    if as_json:
        answer({
            "banner": current.banner, "mechanism": current.mechanism.hex(), "version": current.version, "name": current.terms.name,
            "members": [{"code": one.code, "name": one.name, "role": one.role.label, "root": one.root_key.raw.hex()} for one in current.members],
            "unsigned": signed.missing(), "pending": [one.charter.version for one in amendments.pending()],
        })  # fmt: skip
        return
    show_banner(current.banner)
    click.echo(
        f"mechanism {current.mechanism.hex()}, version {current.version}; to sign: {', '.join(signed.missing()) or 'nobody'}"
    )
    click.echo(to_toml(CharterDraft(tuple(one.seat for one in current.members), current.terms)))
    _show_pending(amendments)


@charter.command("amend")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@passphrase_option
@json_option
@told
def charter_amend(draft: Path, home_path: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Assent with this member's root to the amendment that DRAFT (TOML, the whole new text) describes.

    It is in force when every member's root has assented to the same text.
    """
    home = home_of(home_path)
    registry = Registry.of(home)
    current = registry.mechanism.charter
    amended = amend(load_toml(_text(draft)), current)
    root = founding.read_signing_key(founding.root_key_file(home), passphrase(passphrase_file), "root")
    signature = sign_charter(amended, registry.member.ordinal, root, current)
    assent = CharterAssent(amended.version, amended.raw, signature)
    reference = registry.client.submit(*registry.signed(assent, registry.by_root(root)))
    if as_json:
        answer(
            {
                "banner": current.banner,
                "reference": reference,
                "version": amended.version,
                "digest": amended.digest.hex(),
            }
        )
        return
    show_banner(current.banner)
    click.echo(f"assented to version {amended.version} ({amended.digest.hex()[:16]}…) at {reference}")
    click.echo(
        "it is in force when every member has assented to the same text: `parley charter show` tells who has not"
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadInput("charter.text", f"{file} is not UTF-8 text", field="draft") from None


def _show_pending(amendments: Amendments) -> None:
    for one in amendments.pending():
        click.echo(
            f"pending: version {one.charter.version}, assented by {', '.join(one.assented)}; not yet by {', '.join(one.missing)}"
        )
