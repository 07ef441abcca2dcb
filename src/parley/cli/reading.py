"""`parley read`: the card from which a statement is read aloud over a telephone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from parley.cli.client import NodeClient
from parley.cli.settings import answer, home_of, home_option, json_option, show_banner, told
from parley.procedure.readaloud import LANGUAGES
from parley.proof.words import printable


@click.command()
@click.argument("reference", nargs=-1, required=True)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="In which it is spelled."
)
@home_option
@json_option
@told
def read(reference: tuple[str, ...], language: str, home_path: Path, as_json: bool) -> None:
    """How to read a statement aloud, by its REFERENCE: spelled, in a fixed order, with the words by which both ends compare."""
    view = NodeClient.of(home_of(home_path)).view(f"readings/{quote(' '.join(reference))}?language={language}")
    if as_json:
        answer(view)
        return
    show_banner(view["banner"])
    for line in view["lines"]:
        mark = " *" if line["critical"] else ""
        click.secho(f"{printable(line['title'])}{mark}", bold=True)
        click.echo("  \u2068" + printable(" ".join(part["spoken"] for part in line["parts"])) + "\u2069")
        written = "".join(
            part["written"] if len(part["written"]) == 1 else f" {part['written']} " for part in line["parts"]
        )
        click.echo(f"  ({printable(written.strip())})")
    if view["text"]:
        click.echo(f"\n\u2068{printable(view['text'])}\u2069")
    click.echo("\n* is read back")
