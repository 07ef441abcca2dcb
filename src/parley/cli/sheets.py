"""`parley sheet`: enough to go on with on paper, as PDF, from the running node."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from parley.cli.client import NodeClient
from parley.cli.settings import answer, home_of, home_option, json_option, show_banner, told
from parley.errors import Misconfigured
from parley.node.sheets.values import LANGUAGES

STDOUT = "-"


@click.command()
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True),
    help="File to write; - writes to standard output. Without it: continuity-LANGUAGE.pdf here.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the sheet's own words."
)  # fmt: skip
@home_option
@json_option
@told
def sheet(output: str | None, language: str, home_path: Path, as_json: bool) -> None:
    """Print the continuity sheet: clocks, STOPs, contacts, who has the watch, and the last day, as PDF.

    It is private to this member: contacts, standing orders and the watch's own log are in it.
    """
    client = NodeClient.of(home_of(home_path))
    made = client.continuity(language)
    if output == STDOUT:
        sys.stdout.buffer.write(made)
        return
    path = Path(output or f"continuity-{language}.pdf")
    _write(path, made)
    banner = client.status()["banner"]
    if as_json:
        answer({"banner": banner, "file": str(path), "bytes": len(made)})
        return
    show_banner(banner)
    click.echo(f"{path}: {len(made)} bytes, private to this member")


def _write(path: Path, made: bytes) -> None:
    """Readable by its owner alone.

    Raises:
        Misconfigured: it cannot be written.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(made)
    except OSError as fault:
        raise Misconfigured("sheet.file", f"cannot be written: {fault.strerror}", field=str(path)) from None
