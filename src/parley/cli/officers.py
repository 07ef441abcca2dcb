"""`parley officer …`: who may speak for this member, known to the others by position, never by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from parley.charter.directory_build import prove_possession
from parley.charter.directory_kinds import Enrolment, Revocation
from parley.cli.directory import Registry, folded
from parley.cli.inviting import officer_invite
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
from parley.crypto.keyfile import write_key_file
from parley.crypto.keys import SigningKey
from parley.errors import BadInput, Refused
from parley.node import founding
from parley.proof.words import printable

OFFICER = "officer"


@click.group()
def officer() -> None:
    """Enrol, revoke and list officers. They are known to the others by position, never by name."""


@officer.command("add")
@click.argument("position")
@click.option("--mandate", "mandates", multiple=True, required=True, help="A mandate from the charter; repeat.")
@click.option("--replace", is_flag=True, help="End the key that holds the position now, in the same act.")
@home_option
@passphrase_option
@click.option(
    "--officer-passphrase-file", type=click.Path(path_type=Path, dir_okay=False),
    help="File whose first line opens the officer's new key; by default it opens as the registrar's does.",
)  # fmt: skip
@json_option
@told
def officer_add(
    position: str, mandates: tuple[str, ...], replace: bool, home_path: Path, passphrase_file: Path | None,
    officer_passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a key for POSITION (such as duty-1) and have the registrar enrol it."""
    registry = Registry.of(home_of(home_path))
    _check_mandates(registry, mandates)
    holder = registry.directory.holder(position)
    if holder is not None and not replace:
        raise Refused("officer.held", f"{position} is held", field="position", rule="add --replace to end that key")
    secret = passphrase(passphrase_file)
    signer = registry.by_registrar(secret)
    key = SigningKey.generate(random_bytes)
    member, mechanism = registry.member, registry.mechanism
    possession = prove_possession(mechanism.digest, member.code, position, key)
    enrolment = Enrolment(position, key.verify_key.raw, possession, mandates, holder.kid if holder else None)
    statement = registry.signed(enrolment, signer)
    opens = passphrase(officer_passphrase_file) if officer_passphrase_file else secret
    file = founding.officer_key_file(registry.home, position)
    set_aside = _set_aside(file)
    write_key_file(file, OFFICER, key.seed, opens, label=f"{member.code}/{position}")
    try:
        reference = registry.client.submit(*statement)
    except (BadInput, Refused):
        file.unlink()
        if set_aside is not None:
            set_aside.rename(file)
        raise
    if as_json:
        answer({"banner": mechanism.banner, "reference": reference, "key": key.verify_key.kid.hex(), "file": str(file)})
        return
    show_banner(mechanism.banner)
    click.echo(f"enrolled {member.code}/{position} at {reference}; its key: {file}")


@officer.command("revoke")
@click.argument("position")
@click.option("--reason", required=True, help="Why; every member reads it.")
@click.option(
    "--compromised-since", type=click.DateTime(), help="UTC; annotates what the key signed since then, voids nothing."
)
@home_option
@passphrase_option
@json_option
@told
def officer_revoke(
    position: str, reason: str, compromised_since: datetime | None, home_path: Path, passphrase_file: Path | None, as_json: bool
) -> None:  # fmt: skip
    """End the key that holds POSITION. What it signed before stands."""
    registry = Registry.of(home_of(home_path))
    holder = registry.directory.holder(position)
    if holder is None:
        raise Refused("officer.unknown", f"nobody holds {position}", field="position", rule="see `parley officer list`")
    signer = registry.by_registrar(passphrase(passphrase_file))
    since = None if compromised_since is None else int(compromised_since.replace(tzinfo=UTC).timestamp() * 1000)
    reference = registry.client.submit(*registry.signed(Revocation(holder.kid, reason, since), signer))  # type: ignore[arg-type]
    if as_json:
        answer({"banner": registry.mechanism.banner, "reference": reference, "key": holder.kid.hex()})
        return
    show_banner(registry.mechanism.banner)
    click.echo(f"revoked {position} at {reference}")


@officer.command("list")
@home_option
@json_option
@told
def officer_list(home_path: Path, as_json: bool) -> None:
    """List the officers in force in every member's log, as this copy knows them."""
    mechanism = folded(home_of(home_path))
    held = [
        (member.code, one)
        for member in mechanism.charter.members
        for one in mechanism.directory(mechanism.current_log(member.ordinal)).officers()
    ]
    if as_json:
        answer({"banner": mechanism.banner, "officers": [
            {"member": code, "position": one.position, "key": one.kid.hex(), "mandates": list(one.mandates), "from": one.from_seq}
            for code, one in held
        ]})  # fmt: skip
        return
    show_banner(mechanism.banner)
    for code, one in held:
        click.echo(printable(f"{code}/{one.position:<12} {one.kid.hex()}  {', '.join(one.mandates)}"))


officer.add_command(officer_invite)


def _check_mandates(registry: Registry, mandates: tuple[str, ...]) -> None:
    known = registry.mechanism.charter.mandates
    for name in mandates:
        if name not in known:
            raise BadInput(
                "mandate.unknown", f"the charter has no mandate {name}", field="mandate", rule=", ".join(known)
            )
        if registry.member.role not in known[name].roles:
            raise Refused(
                "mandate.role", f"the charter gives no {registry.member.role.label} the mandate {name}", field="mandate"
            )


def _set_aside(file: Path) -> Path | None:
    """Where the file of a key that holds the position no more went, so that the next has its place."""
    if not file.exists():
        return None
    return file.rename(file.with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S%f}.ended"))
