"""`parley map …`: lines and names on this member's maps, each with whose it is."""

from __future__ import annotations

from pathlib import Path

import click

from parley.cli.settings import answer, home_of, home_option, json_option, told
from parley.errors import BadInput
from parley.exchange.packs import PackKind
from parley.node.home.home import Home
from parley.node.maps.packs import MapPack, MapPacks
from parley.proof.words import printable


@click.group("map")
def map_() -> None:
    """Import, list and remove map packs: boundaries, place names and grounds of members. They never leave this node."""


@map_.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--member", required=True, help="Code of the member that vouches for it.")
@click.option("--title", required=True, help="What it is, as the map says it.")
@click.option(
    "--attribution", default="", help="Whose work it is, as its licence wants it said; the map shows it always."
)
@click.option(
    "--kind", type=click.Choice([one.value for one in PackKind]),
    help="Boundaries and other lines are drawn; a gazetteer names places, and checks where notices are; a ground is of tiles.",
)  # fmt: skip
@home_option
@json_option
@told
def map_import(
    file: Path, member: str, title: str, attribution: str, kind: str | None, home_path: Path, as_json: bool
) -> None:
    """Take in FILE: GeoJSON, or a GeoPackage, in WGS 84; or vector tiles as PMTiles, for orientation alone. Screens show it
    when they ask next."""
    home = home_of(home_path)
    charter = home.load_charter().charter
    if charter.member(member) is None:
        codes = ", ".join(one.code for one in charter.members)
        raise BadInput("map.member", f"{member} is no member of this mechanism", field="member", rule=f"one of {codes}")
    pack = _packs(home).add(file, member, title, attribution, None if kind is None else PackKind(kind))
    if as_json:
        answer(_told(pack))
        return
    click.echo(f"pack {pack.number}: {_line(pack)}")


@map_.command("list")
@home_option
@json_option
@told
def map_list(home_path: Path, as_json: bool) -> None:
    """The packs of this node."""
    packs = _packs(home_of(home_path)).packs()
    if as_json:
        answer([_told(one) for one in packs])
        return
    for pack in packs:
        click.echo(f"{pack.number:4}  {_line(pack)}")
    if not packs:
        click.echo("no packs; the map shows land and water alone")


@map_.command("remove")
@click.argument("number", type=int)
@home_option
@told
def map_remove(number: int, home_path: Path) -> None:
    """Take away the pack of that NUMBER."""
    _packs(home_of(home_path)).remove(number)
    click.echo(f"removed pack {number}")


def _packs(home: Home) -> MapPacks:
    return MapPacks(home.map_folder)


def _features(pack: MapPack) -> int:
    features = pack.features["features"]
    return len(features) if isinstance(features, list) else 0


def _line(pack: MapPack) -> str:
    held = f"{_features(pack)} features" if pack.tiles is None else f"{len(pack.tiles.layers)} layers of tiles"
    return f"{pack.kind.value} according to {pack.member}: {printable(pack.shown)} ({held})"


def _told(pack: MapPack) -> dict[str, object]:
    return {
        "number": pack.number, "member": pack.member, "title": pack.title, "attribution": pack.attribution,
        "kind": pack.kind.value, "features": _features(pack), "tiles": None if pack.tiles is None else pack.tiles.fields(),
    }  # fmt: skip
