"""`parley log`, `show`, `proof`, `verify`: reading the record, and proving it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from parley.cli.client import NodeClient
from parley.cli.settings import (
    answer,
    home_of,
    home_option,
    json_option,
    show_banner,
    told,
)
from parley.errors import BadInput
from parley.procedure.references import SPELLED
from parley.proof.verify import verify
from parley.proof.words import lines, moment, printable


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
    letter = entry["letter"]
    click.echo(f"  read aloud {entry['reference']}-{letter} ({SPELLED[letter]})")
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
