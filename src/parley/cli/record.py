"""`parley send`, `log`, `show`, `proof`, `verify`: saying something, reading the record, and proving it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from parley.cli.client import NodeClient
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
from parley.cli.speaking import Speaker, speak
from parley.errors import BadInput, Refused
from parley.node import founding
from parley.proof.verify import verify
from parley.proof.words import lines, moment, printable

RECEIPT_WAIT_S = 20.0


@click.command()
@click.argument("text")
@click.option(
    "--as", "position", required=True, help="The officer's position; its key must be in this node's directory."
)
@click.option("--kind", default="message", show_default=True, help="A kind that the charter opens.")
@click.option(
    "--precedence",
    default="ROUTINE",
    show_default=True,
    help="How fast it must reach a human.",
    type=click.Choice(["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"], case_sensitive=False),
)
@click.option("--lang", default="en", show_default=True, help="Language of the text (BCP 47).")
@click.option("--channel", help="By default the first that the charter opens for this kind.")
@click.option("--to", multiple=True, help="A member's code; repeat. By default everyone with sight.")
@click.option(
    "--mandate", help="The mandate it is signed under; by default the first that the charter names for its kind."
)
@click.option("--case", help="Reference of the case it moves.")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A further content field; repeat.")
@click.option("--wait", is_flag=True, help="Wait until every member addressed has receipted it.")
@home_option
@passphrase_option
@json_option
@told
def send(
    text: str, position: str, kind: str, precedence: str, lang: str, channel: str | None, to: tuple[str, ...], mandate: str | None, case: str | None,
    fields: tuple[str, ...], wait: bool, home_path: Path, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Sign TEXT as an officer and have it recorded; answers when it is durable here."""
    home = home_of(home_path)
    settings = home.settings()
    charter = home.load_charter().charter
    key = founding.read_signing_key(founding.officer_key_file(home, position), passphrase(passphrase_file), "officer")
    content = {"text": text, "lang": lang, **dict(_field(one) for one in fields)}
    statement, raw = speak(
        charter, Speaker(settings.code, position, key), kind, content, now_s=int(time.time()), random=random_bytes,
        channel=channel, precedence=precedence, to=to or None, case=case, mandate=mandate,
    )  # fmt: skip
    client = NodeClient.of(home)
    reference = client.submit(statement, raw)
    entry = _await_receipts(client, reference) if wait else client.entry(reference)
    if as_json:
        answer(entry)
        return
    show_banner(charter.banner)
    click.echo(
        f"{reference} is in the record"
        + ("; held by " + ", ".join(one["holder"] for one in entry["receipts"]) if wait else "")
    )


def _await_receipts(client: NodeClient, reference: str) -> dict[str, Any]:
    deadline = time.monotonic() + RECEIPT_WAIT_S
    while True:
        entry = client.entry(reference)
        lacking = set(entry["addressees"]) - {one["holder"] for one in entry["receipts"]}
        if not lacking:
            return entry
        if time.monotonic() > deadline:
            raise Refused("receipt.none-yet", f"{reference} is recorded; no receipt yet from {', '.join(sorted(lacking))}",
                          rule="a missing receipt proves nothing; `parley show` tells later")  # fmt: skip
        time.sleep(0.1)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Receipts and founding entries too.")
@home_option
@json_option
@told
def log(everything: bool, home_path: Path, as_json: bool) -> None:
    """The record in causal order."""
    client = NodeClient.of(home_of(home_path))
    banner = client.status()["banner"]
    entries = client.log(receipts=everything)
    if as_json:
        answer({"banner": banner, "entries": list(entries)})
        return
    show_banner(banner)
    for entry in entries:
        click.echo(_line(entry))


@click.command()
@click.argument("reference", nargs=-1, required=True)
@home_option
@json_option
@told
def show(reference: tuple[str, ...], home_path: Path, as_json: bool) -> None:
    """One entry, by its REFERENCE (such as SYR 42): what it says, who holds it by when."""
    client = NodeClient.of(home_of(home_path))
    entry = client.entry(" ".join(reference))
    if as_json:
        answer(entry)
        return
    show_banner(entry["banner"])
    click.echo(_line(entry))
    for name, value in (entry["content"] or {}).items():
        click.echo(f"  {printable(name)}: {printable(str(value))}")
    for one in entry["receipts"]:
        click.echo(f"  held by {one['holder']} at {moment(one['at_ms'])} by its own clock ({one['reference']})")
    if not entry["receipts"]:
        click.echo("  no receipt yet, which proves nothing")


@click.command()
@click.argument("reference", nargs=-1, required=True)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The proof file to write."
)
@click.option("--without-content", is_flag=True, help="Prove that it was said, not what.")
@home_option
@told
def proof(reference: tuple[str, ...], output: Path, without_content: bool, home_path: Path) -> None:
    """Write the proof of one statement to a file that anybody can verify alone."""
    client = NodeClient.of(home_of(home_path))
    output.write_bytes(client.proof(" ".join(reference), with_content=not without_content))
    show_banner(client.status()["banner"])
    click.echo(f"wrote {output}; anybody can run `parley verify {output}`")


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mechanism", help="Digest (hex) that the mechanism must have, known from elsewhere.")
@json_option
@told
def verify_command(file: Path, mechanism: str | None, as_json: bool) -> None:
    """Say in plain words what a proof FILE proves, and what it cannot tell. Needs nothing but the file."""
    expected = _digest(mechanism) if mechanism else None
    report = verify(file.read_bytes(), expected=expected)
    if as_json:
        answer(report.as_dict())
    else:
        for line in lines(report):
            click.echo(line)
    sys.exit(report.verdict.exit_code)


def _digest(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BadInput("mechanism.digest", "must be hexadecimal", field="mechanism") from None


def _field(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{text} is not NAME=VALUE", param_hint="--field")
    return name, value


def _line(entry: dict[str, Any]) -> str:
    said = entry["content"] or {}
    text = str(said.get("text", "")) or f"({entry['sight'] or ('receipt' if entry['receipt'] else 'founding')})"
    mark = click.style(f" VOID: {printable(entry['void'])}", fg="red", bold=True) if entry["void"] else ""
    quoted = f" (quotation: {printable(str(said['source']))})" if "source" in said else ""
    precedence = click.style(
        f"{entry['precedence'] or '-':<9}",
        bold=entry["precedence"] == "FLASH",
        fg="red" if entry["precedence"] == "FLASH" else None,
    )
    return (
        f"{entry['reference']:<8} {moment(entry['at_ms'])} {precedence} {printable(entry['author'] or '-'):<14} {printable(entry['kind'] or '-'):<12} "
        f"{entry['standing']:<11} \u2068{printable(text)}\u2069{quoted}{mark}"
    )
