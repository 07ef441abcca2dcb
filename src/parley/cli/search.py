"""`parley search`: everything that this member may see, by words, by whom, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from parley.cli.client import NodeClient
from parley.cli.settings import answer, home_of, home_option, json_option, show_banner, told
from parley.proof.words import moment, printable

MARKED = ("\u2039", "\u203a")
"""Around a hit, where there is no colour."""


class Moment(click.ParamType[int]):
    """A time with its zone, ISO 8601; Unix ms."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The time in Unix ms."""
        try:
            at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        except ValueError:
            self.fail(f"{value} is no time such as 2026-11-25T06:30Z", param, ctx)
        if at.tzinfo is None:
            self.fail(f"{value} names no zone; add Z, or +02:00", param, ctx)
        return int(at.timestamp() * 1000)


@click.command()
@click.argument("words", nargs=-1)
@click.option("--member", help="Code of the author's member.")
@click.option("--kind", help="Name of the kind, such as stop.")
@click.option("--desk", help="Name of the desk, such as line.")
@click.option(
    "--precedence", type=click.Choice(["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"], case_sensitive=False),
    help="Its precedence.",
)  # fmt: skip
@click.option("--from", "from_ms", type=Moment(), help="Said no earlier; a time with its zone.")
@click.option("--until", "until_ms", type=Moment(), help="Said no later.")
@click.option("--about-from", "about_from_ms", type=Moment(), help="It speaks of a time no earlier.")
@click.option("--about-until", "about_until_ms", type=Moment(), help="It speaks of a time no later.")
@click.option(
    "--near", nargs=3, type=float, metavar="LAT LON METRES", help="Something in it is within that distance of a place."
)
@click.option("--best", is_flag=True, help="What fits best first, rather than the newest.")
@click.option("--limit", type=click.IntRange(1, 50), default=20, show_default=True, help="How many at most.")
@click.option("--cursor", help="Go on after the page that gave this.")
@home_option
@json_option
@told
def search(words: tuple[str, ...], near: tuple[float, float, float] | None, best: bool, home_path: Path, as_json: bool,
           **given: Any) -> None:  # fmt: skip
    """Statements that hold all of WORDS, in any language: the newest first.

    The last word may be the beginning of a longer one; words between quotes stand together. A phrase of the phrasebook is found
    by its words in every language. WORDS may be a reference (SYR 42), with its letter or without.
    """
    asked = {name: value for name, value in given.items() if value is not None}
    asked |= {"text": " ".join(words), "order": "best" if best else "newest"}
    if near is not None:
        asked |= {"lat": near[0], "lon": near[1], "radius_m": round(near[2])}
    client = NodeClient.of(home_of(home_path))
    found, banner = client.view(f"search?{urlencode(asked)}"), client.status()["banner"]
    if as_json:
        answer({"banner": banner, **found})
        return
    show_banner(banner)
    for line in _lines(found):
        click.echo(line)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    named = found["named"]
    if named is not None and named["misheard"]:
        yield f"{named['reference']} has the letter {named['letter']}, not {named['given']}: misheard?"
        return
    if named is not None and named["hit"] is None:
        yield f"no statement at {named['reference']}-{named['letter']} is held here"
    exact = [named["hit"]] if named is not None and named["hit"] is not None else []
    for hit in exact + found["hits"]:
        yield from _hit_lines(hit)
    if not found["hits"] and named is None:
        yield "nothing found"
    if found["next"] is not None:
        yield f"there is more: --cursor {found['next']}"
    if found["behind"]:
        yield f"{found['behind']} entries are held and cannot be found yet"


def _hit_lines(hit: dict[str, Any]) -> Iterator[str]:
    about = f" about {hit['about']}" if hit["about"] else ""
    within = f" in {hit['case']}" if hit["case"] != hit["reference"] else ""
    away = f", {hit['distance_m']} m away" if hit["distance_m"] is not None else ""
    yield (
        f"{hit['reference'] + '-' + hit['letter']:<10} {moment(hit['at_ms'])} {hit['precedence']:<9} "
        f"{hit['author']}/{printable(hit['position'])} {printable(hit['kind'])}{about}{within}{away}"
    )
    if hit["void"]:
        yield f"  VOID: {printable(hit['void'])}"
    if hit["superseded"]:
        yield f"  superseded by {hit['superseded']}"
    if hit["withheld"]:
        yield "  its content is withheld from this member, erased, or not arrived"
    for one in hit["excerpts"]:
        yield f"  {printable(one['field'])}: \u2068{_marked(one)}\u2069"


def _marked(excerpt: dict[str, Any]) -> str:
    """The text of an excerpt with its hits set apart."""
    text, start, at, pieces = excerpt["text"], excerpt["start"], 0, []
    for first, last in excerpt["marks"]:
        pieces += [
            printable(text[at : first - start]),
            MARKED[0],
            printable(text[first - start : last - start]),
            MARKED[1],
        ]
        at = last - start
    pieces.append(printable(text[at:]))
    return ("… " if start else "") + "".join(pieces) + (" …" if excerpt["further"] else "")
