"""`parley cases`, `case`, `now`: where matters stand, what runs, what rings, and who is silent, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from parley.cli.client import NodeClient
from parley.cli.settings import answer, home_of, home_option, json_option, show_banner, told
from parley.procedure.words import said
from parley.proof.words import moment, printable

LANGUAGE = "en"
ON_LADDERS = frozenset({"shown", "acknowledge", "passed-on", "unit-confirmed"})
"""Kinds that are told as how far a statement has got, rather than as statements."""
STANDINGS = {
    ("reachable", "none"): "reachable",
    ("reachable", "declined"): "reachable; an officer there declined to take something",
    ("reachable", "refused"): "reachable; an officer there refused something",
    ("silent", "desk"): "its node answers, and nobody at its desk does",
    ("unreachable", "link"): "unreachable: the line between us",
    ("unreachable", "node"): "unreachable: its node",
}
EVIDENCE = {
    "line.open": "our line to {peer} is open since {at}",
    "line.closed": "our line to {peer} is closed since {at}",
    "node.heard": "its node last gave a sign at {at}",
    "other.reaches": "{by} says, at {at}, that it has a line to {peer}",
    "other.reaches-not": "{by} says, at {at}, that it has no line to {peer}",
    "self.alone": "this node hears nobody since {at}: the fault may be here",
    "human.unmet": "its node holds {reference}, and no human there answered it by {at}",
    "officer.refused": "an officer of {peer} refused {reference} at {at}",
    "officer.declined": "an officer of {peer} declined to take {reference} at {at}",
}
STAGES = {
    "first": "rings",
    "alternates": "rings the alternates too",
    "facilitator": "rings the facilitator",
    "missed": "rings again: it was missed",
}


@click.command()
@click.option("--desk", required=True, help="Name of the desk, such as line.")
@home_option
@json_option
@told
def cases(desk: str, home_path: Path, as_json: bool) -> None:
    """The latest cases of a desk, latest moved first."""
    client = NodeClient.of(home_of(home_path))
    found, banner = client.cases(desk), client.status()["banner"]
    if as_json:
        answer({"banner": banner, "cases": found})
        return
    show_banner(banner)
    for one in found:
        running = sum(clock["stopped_ms"] is None for clock in one["clocks"])
        runs = f"  {running} clock{'s' if running > 1 else ''} running" if running else ""
        click.echo(
            f"{one['reference']:<8} {printable(one['kind']):<12} {_state(one):<24} by {one['opener']} {moment(one['opened_ms'])}{runs}"
            f"  {_text(one['items'][0])}"
        )
    if not found:
        click.echo(f"no case at the desk {printable(desk)}")


@click.command()
@click.argument("reference", nargs=-1, required=True)
@home_option
@json_option
@told
def case(reference: tuple[str, ...], home_path: Path, as_json: bool) -> None:
    """One case, by its REFERENCE (such as SYR 42): its states, what was said in it, what runs, what may be said next."""
    client = NodeClient.of(home_of(home_path))
    found, banner = client.case(" ".join(reference)), client.status()["banner"]
    if as_json:
        answer({"banner": banner, **found})
        return
    show_banner(banner)
    for line in _case_lines(found, client.now()["now_ms"]):
        click.echo(line)


@click.command()
@home_option
@json_option
@told
def now(home_path: Path, as_json: bool) -> None:
    """What runs, what rings here, and what is known of every other member, with the evidence."""
    client = NodeClient.of(home_of(home_path))
    found, banner = client.now(), client.status()["banner"]
    if as_json:
        answer({"banner": banner, **found})
        return
    show_banner(banner)
    for line in _now_lines(found):
        click.echo(line)


def _case_lines(found: dict[str, Any], now_ms: int) -> Iterator[str]:
    yield f"{found['reference']} {printable(found['kind'])} at the desk {printable(found['desk'])}: {_state(found)}"
    for one in found["entered"]:
        yield f"  {said(one['title'], LANGUAGE)} since {moment(one['at_ms'])} ({one['by']})"
    yield ""
    for item in found["items"]:
        if item["kind"] not in ON_LADDERS or item["because"]:
            yield from _item_lines(item)
    for one in found["clarifications"]:
        if one["closed"] is None:
            yield f"not yet mutually understood: {one['asker']} asks about {one['about']} ({one['opened']})"
    for clock in found["clocks"]:
        if clock["stopped_ms"] is None:
            yield _clock(clock, now_ms)
    moves = sorted({one["kind"] for one in found["moves"]})
    if moves:
        yield f"this member may say: {', '.join(map(printable, moves))}"


def _item_lines(item: dict[str, Any]) -> Iterator[str]:
    about = f" about {', '.join(item['about'])}" if item["about"] else ""
    yield (
        f"{item['reference']:<8} {moment(item['at_ms'])} {item['author']}/{printable(item['position'])} "
        f"{printable(item['kind'])}{about}  {_text(item)}"
    )
    for name, value in (item["content"] or {}).items():
        if name not in ("text", "lang", "phrase"):
            yield f"  {printable(name)}: {printable(str(value))}"
    if item["because"]:
        before = f"; {item['because']['before']} came first" if item["because"]["before"] else ""
        yield f"  VOID: {printable(item['because']['reason'])}{before}"
    if item["superseded"]:
        yield f"  superseded by {item['superseded']}"
    if item["released"] is None:
        yield "  waits for a second officer's release"
    for ladder in item["ladders"]:
        reached = [f"{one['rung']} {moment(one['at_ms'])}" for one in ladder["rungs"]]
        declined = ["declined"] if ladder["declined"] else []
        yield f"  {ladder['member']}: {'; '.join([*reached, *declined]) or 'not proven to hold it'}"
        for unit in ladder["units"]:
            yield f"    {_unit(unit)}"
        if ladder["mismatched"]:
            yield f"    read back otherwise: {', '.join(map(printable, ladder['mismatched']))}"


def _now_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "Rings here"
    for ring in found["rings"]:
        yield (
            f"  {ring['precedence']} {ring['reference']} {printable(ring['kind'])} of {printable(ring['author'])}: "
            f"{STAGES.get(ring['stage'], ring['stage'])}; it is {ring['whose']}'s to answer by {moment(ring['due_ms'])}"
        )
    if not found["rings"]:
        yield "  nothing"
    yield "Runs"
    running = [one for one in found["clocks"] if one["stopped_ms"] is None]
    yield from (f"  {_clock(one, found['now_ms'])}" for one in running)
    if not running:
        yield "  nothing"
    yield "Members"
    for one in found["silence"]:
        standing = STANDINGS.get((one["standing"], one["cause"]), f"{one['standing']}, cause unknown")
        yield f"  {one['code']}: {standing}"
        for each in one["evidence"]:
            yield f"    {_evidence(each, one['code'])}"


def _clock(clock: dict[str, Any], now_ms: int) -> str:
    left = clock["due_ms"] - now_ms
    until = f"{_span(left)} left" if left > 0 else f"missed by {_span(-left)}"
    unproven = "" if clock["stored"] else " (not proven to hold it)"
    return f"{clock['member']}: {said(clock['title'], LANGUAGE)}, {clock['about']}: {until}, due {moment(clock['due_ms'])}{unproven}"


def _evidence(one: dict[str, Any], peer: str) -> str:
    words = EVIDENCE.get(one["code"])
    if words is None:
        return f"{printable(one['code'])} {one['by']} {moment(one['at_ms'])}"
    return words.format(
        peer=peer, by=one["by"], at=moment(one["at_ms"]), reference=one["arguments"].get("reference", "")
    )


def _unit(unit: dict[str, Any]) -> str:
    alias, confirmed = printable(unit["alias"]), unit["confirmed"]
    if confirmed is None:
        return f"unit {alias} has NOT confirmed (passed on {moment(unit['passed']['at_ms'])})"
    by, how, at = printable(unit["confirmed_by"]), printable(unit["how"]), moment(unit["confirmed_ms"])
    return f"unit {alias} has confirmed: {by}, by {how}, {at} ({confirmed['reference']})"


def _state(found: dict[str, Any]) -> str:
    return printable(said(found["state_title"], LANGUAGE)) + ("" if found["final"] else ", provisional")


def _text(item: dict[str, Any]) -> str:
    phrase = item["phrase"].get(LANGUAGE)
    text = phrase["text"] if phrase else (item["content"] or {}).get("text", "")
    text = text or (f"({item['sight']})" if item["sight"] else "")
    return f"\u2068{printable(str(text))}\u2069" if text else ""


def _span(ms: int) -> str:
    """A span of time, in its two largest units."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [
        f"{value} {unit}" for value, unit in ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")) if value
    ]
    return " ".join(parts[:2]) or "0 s"
