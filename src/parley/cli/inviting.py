"""`parley officer invite`: a position is offered by a one-time link, and the key that its holder's browser makes is enrolled.

The link goes to one person; what comes back is a key. Whether it is that person's is settled by comparing its fingerprint, by
voice or face to face, before the registrar signs. Nothing secret passes: the key never leaves the browser.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import click
import segno

from parley.api.inviting import fingerprint
from parley.api.octets import from_text
from parley.charter.directory_build import DirectorySigner
from parley.charter.directory_kinds import KEY_BYTES, SIGNATURE_BYTES, Enrolment
from parley.cli.directory import Registry
from parley.cli.settings import (
    answer_line,
    home_of,
    home_option,
    json_option,
    passphrase,
    passphrase_option,
    show_banner,
    told,
)
from parley.errors import Misconfigured, ParleyError, Refused
from parley.node.home.home import Address

POLL_S = 0.5
LINK_PATH = "/#/enrol/"


@click.command("invite")
@click.argument("position")
@click.option("--mandate", "mandates", multiple=True, required=True, help="A mandate from the charter; repeat.")
@click.option("--language", help="Language of the page behind the link (BCP 47); by default the browser's.")
@click.option("--yes", is_flag=True, help="Enrol whatever key is presented, without comparing its fingerprint.")
@home_option
@passphrase_option
@json_option
@told
def officer_invite(
    position: str, mandates: tuple[str, ...], language: str | None, yes: bool, home_path: Path, passphrase_file: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Offer POSITION by a one-time link and QR code, wait for the key that is made there, and have it enrolled.

    A key that holds the position now ends with the same act. With --json: one object when the link is made, one at the end.
    """
    if not yes and not sys.stdin.isatty():
        raise Misconfigured("invite.unattended", "nobody is here to compare the fingerprint", rule="add --yes to enrol without it")  # fmt: skip
    registry = Registry.of(home_of(home_path))
    signer = registry.by_registrar(passphrase(passphrase_file))
    made = registry.client.invite(position, mandates, language)
    link = link_to(registry.home.settings().api, made["token"])
    try:
        _offer(registry.mechanism.banner, made, link, as_json=as_json)
        presented = _awaited(registry, made["id"])
        _compare(registry, presented, unattended=yes)
        reference = _enrol(registry, signer, presented)
    except BaseException:
        with suppress(ParleyError):
            registry.client.refuse_invitation(made["id"])
        raise
    if as_json:
        answer_line({"reference": reference, "fingerprint": presented["fingerprint"]})
    else:
        click.echo(f"enrolled {registry.member.code}/{position} at {reference}")


def link_to(api: Address, token: str) -> str:
    """The link that bears `token` after ``#``, where no server or log sees it."""
    host, port = api
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{LINK_PATH}{token}"


def qr_code(link: str) -> str:
    """`link` as a QR code, in characters of two modules each."""
    drawn = StringIO()
    segno.make(link, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()


def _offer(banner: str | None, made: dict[str, Any], link: str, *, as_json: bool) -> None:
    if as_json:
        answer_line({"banner": banner, "id": made["id"], "link": link, "expires_ms": made["expires_ms"]})
        return
    show_banner(banner)
    minutes = max(0, made["expires_ms"] // 1000 - int(time.time())) // 60
    click.echo(f"give this link to the officer; it is good once, for {minutes} minutes:\n\n  {link}\n")
    if sys.stdout.isatty():
        click.echo(qr_code(link))
    click.echo("waiting for the key that is made there (Ctrl-C calls the invitation off)")


def _awaited(registry: Registry, id_: str) -> dict[str, Any]:
    """The invitation once a key was presented."""
    while (found := registry.client.invitation(id_))["state"] == "open":
        time.sleep(POLL_S)
    if found["state"] != "presented":
        raise Refused("invitation.closed", f"the invitation is {found['state']}", rule="make another")
    return found


def _compare(registry: Registry, presented: dict[str, Any], *, unattended: bool) -> None:
    """The fingerprint is of the very key that will be signed for, not as the node tells it."""
    seen = fingerprint(from_text("public_key", presented["public_key"], KEY_BYTES))
    if unattended:
        return
    click.echo(f"a key was made. Its fingerprint:\n\n  {click.style(seen, bold=True)}\n")
    holder = registry.directory.holder(presented["position"])
    if holder is not None:
        click.echo(f"the key that holds {presented['position']} now ({holder.kid.hex()}) ends with this act")
    if not click.confirm("does the officer's page show the same?"):
        raise Refused("invitation.not-theirs", "the fingerprint is not theirs; nothing is enrolled", rule="make another")  # fmt: skip


def _enrol(registry: Registry, signer: DirectorySigner, presented: dict[str, Any]) -> str:
    """Have the key enrolled, in the place of one that holds the position; the reference."""
    holder = registry.directory.holder(presented["position"])
    enrolment = Enrolment(
        presented["position"], from_text("public_key", presented["public_key"], KEY_BYTES),
        from_text("possession", presented["possession"], SIGNATURE_BYTES), tuple(presented["mandates"]),
        holder.kid if holder is not None else None,
    )  # fmt: skip
    return registry.client.submit(*registry.signed(enrolment, signer))
