"""`parley export`: what stands at the de-escalation desk, in the formats of other systems."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from parley.cli.client import NodeClient
from parley.cli.settings import home_of, home_option, told
from parley.errors import BadInput

SUFFIX = {"geojson": "geojson", "cap": "cap.xml", "cot": "cot"}


@click.command()
@click.argument("format_", metavar="geojson|cap|cot", type=click.Choice(tuple(SUFFIX)))
@click.argument("reference", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to a file; without it, to the terminal.",
)
@home_option
@told
def export(format_: str, reference: tuple[str, ...], output: Path | None, home_path: Path) -> None:
    """A notice, zone, standstill or STOP, by the REFERENCE of its case (such as SYR 42), for another system.

    Without a reference: all that stands (GeoJSON), or what of it may go out (CoT: own notices, STOPs and areas to avoid). A CAP
    alert is of one.
    """
    client = NodeClient.of(home_of(home_path))
    if reference:
        made = client.octets(f"notices/{quote(' '.join(reference))}.{SUFFIX[format_]}")
    elif format_ == "cap":
        raise BadInput(
            "export.reference", "an alert is of one notice", field="reference", rule="name it, such as SYR 42"
        )
    else:
        made = client.octets(f"situation.{SUFFIX[format_]}")
    if output is None:
        click.echo(made.rstrip(b"\n"))
        return
    output.write_bytes(made)
    click.echo(f"wrote {output}")
