"""`parley send`: saying something of any kind that the charter opens."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from parley.charter.charter import Charter
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
from parley.errors import Refused
from parley.node import founding
from parley.procedure.references import misheard, typed

RECEIPT_WAIT_S = 20.0
LANGUAGE = "en"


@click.command()
@click.argument("text", required=False)
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
@click.option("--lang", help=f"Language of what is written (BCP 47); of TEXT it is {LANGUAGE} unless named.")
@click.option("--channel", help="By default the first that the charter opens for this kind.")
@click.option("--to", multiple=True, help="A member's code; repeat. By default everyone with sight.")
@click.option(
    "--mandate", help="The mandate it is signed under; by default the first that the charter names for its kind."
)
@click.option("--case", help="Reference of the case it moves; by default that of what it is about.")
@click.option(
    "--about",
    multiple=True,
    metavar="REFERENCE",
    help="A statement of that case that it is about; repeat, target first.",
)
@click.option(
    "--content", "given", metavar="JSON", help="An object of content fields, with values as the API tells them."
)
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A further content field of text; repeat.")
@click.option("--wait", is_flag=True, help="Wait until every member addressed has receipted it.")
@home_option
@passphrase_option
@json_option
@told
def send(
    text: str | None, position: str, kind: str, precedence: str, lang: str | None, channel: str | None, to: tuple[str, ...],
    mandate: str | None, case: str | None, about: tuple[str, ...], given: str | None, fields: tuple[str, ...], wait: bool,
    home_path: Path, passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Sign a statement as an officer and have it recorded; answers when it is durable here.

    TEXT is what it says, where its kind has a text.
    """
    home = home_of(home_path)
    settings = home.settings()
    charter = home.load_charter().charter
    content = _content(text, lang, given, fields)
    key = founding.read_signing_key(founding.officer_key_file(home, position), passphrase(passphrase_file), "officer")
    client = NodeClient.of(home)
    case, about = (None if case is None else _plain(charter, case)), tuple(_plain(charter, one) for one in about)
    if about and case is None:
        case = client.entry(about[0])["case"] or about[0]
    statement, raw = speak(
        charter, Speaker(settings.code, position, key), kind, content, now_s=int(time.time()), random=random_bytes,
        channel=channel, precedence=precedence, to=to or None, case=case, mandate=mandate,
        about=_digests(client, case, about) if case and about else (),
    )  # fmt: skip
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


def _plain(charter: Charter, given: str) -> str:
    """A reference as it is signed, of one as people type it; its letter, where it is given, is checked."""
    one = typed(given, [member.code for member in charter.members])
    if one is None:
        return given
    name = charter.members[one.ordinal].code + (str(one.generation) if one.generation > 1 else "")
    if one.letter not in ("", one.right_letter):
        raise misheard(f"{name} {one.seq}", one.right_letter, one.letter)
    return f"{name} {one.seq}"


def _content(text: str | None, lang: str | None, given: str | None, fields: tuple[str, ...]) -> dict[str, Any]:
    content: dict[str, Any] = {} if text is None else {"text": text, "lang": LANGUAGE}
    content |= {} if lang is None else {"lang": lang}
    return content | _object(given) | dict(_field(one) for one in fields)


def _object(given: str | None) -> dict[str, Any]:
    try:
        value = json.loads(given or "{}")
    except ValueError as error:
        raise click.BadParameter(f"is not JSON: {error}", param_hint="--content") from None
    if not isinstance(value, dict):
        raise click.BadParameter("is not a JSON object", param_hint="--content")
    return value


def _field(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{text} is not NAME=VALUE", param_hint="--field")
    return name, value


def _digests(client: NodeClient, case: str, about: tuple[str, ...]) -> list[bytes]:
    """Digests of statements of a case, by which another is about them."""
    digests = {one["reference"]: one["digest"] for one in client.case(case)["items"]}
    lacking = [one for one in about if one not in digests]
    if lacking:
        raise Refused("about.unknown", f"{', '.join(lacking)} is not in the case {case}", field="about",
                      rule=f"`parley case {case}` tells what is")  # fmt: skip
    return [bytes.fromhex(digests[one]) for one in about]


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
