"""The command."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from parley.charter.charter import EXERCISE_BANNER
from parley.charter.charter_toml import load_toml
from parley.cli.client import NodeClient
from parley.cli.drills.leading import Leader, Note, Officer, check_charter
from parley.cli.drills.observing import observe
from parley.cli.drills.rehearsal import rehearse
from parley.cli.exits import REFUSED
from parley.cli.settings import (
    answer,
    home_of,
    home_option,
    json_option,
    passphrase,
    passphrase_option,
    told,
)
from parley.cli.speaking import Speaker
from parley.errors import BadInput, Misconfigured, Refused
from parley.node import founding
from parley.node.home.home import Home
from parley.procedure.clocks import PASS_DOWN, PASS_DOWN_MS
from parley.procedure.drill.exercises import EXERCISES, FORK_SEEN, NODE_LOST
from parley.procedure.drill.score import Score, score
from parley.procedure.drill.telling import LANGUAGES, as_html, as_markdown, json_report
from parley.record.statement import Precedence

ROOT = Path(__file__).resolve().parents[4]
CHARTER = ROOT / "examples" / "charters" / "joint-mechanism.toml"
ALL = "all"
SILENCE_LIMIT_S = 600.0
FORMATS = (".md", ".html", ".json")


@click.command()
@click.argument("exercise", type=click.Choice([*EXERCISES, ALL]), required=False)
@click.option(
    "--as", "position", help="The position that leads it at this node; its key must be in this node's directory."
)
@click.option("--to", multiple=True, help="A member's code; repeat. By default every other member.")
@click.option("--lost", metavar="CODE", help="Of node-lost: the member whose administrator stops its node.")
@click.option("--wait", "wait_min", type=click.FloatRange(0.05, 1440), metavar="MINUTES",
              help="How long to wait for everybody; by default the acknowledge clock and twice the pass-down clock.")  # fmt: skip
@click.option(
    "--of", "reference", metavar="REFERENCE", help="Lead nothing: score a drill that is over, from this node's record."
)
@click.option("--players", is_flag=True, help="Found a mechanism of its own, and play it with scripted officers.")
@click.option("--seed", default=1, show_default=True, help="Of the scripted officers' mistakes.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Of what is said and reported; by default this member's first."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report there: .md, .html or .json.",
)
@home_option
@passphrase_option
@json_option
@told
def drill(
    exercise: str | None, position: str | None, to: tuple[str, ...], lost: str | None, wait_min: float | None,
    reference: str | None, players: bool, seed: int, language: str | None, output: Path | None, home_path: Path,
    passphrase_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Lead a drill in an exercise mechanism, and score what the record shows of everyone.

    At a running node it speaks as one of this member's officers, announces itself as DRILL, waits for the others at their
    screens, and scores; every other member comes to the same score by --of. With --players it founds a mechanism of its own.
    Exit code 1 if nodes come to different scores.
    """
    note: Note = _silent if as_json else click.echo
    if output is not None and output.suffix not in FORMATS:
        raise BadInput("drill.report", f"{output.suffix or 'no ending'} is no form of a report", field="output",
                       rule=", ".join(FORMATS))  # fmt: skip
    agreed, banner = True, None
    if players:
        chosen = EXERCISES if exercise in (None, ALL) else (str(exercise),)
        found, agreed, banner = _rehearsed(chosen, seed, note)
    elif reference is not None:
        client = NodeClient.of(home_of(home_path))
        found, banner = [score(observe(client, reference))], client.status()["banner"]
        language = language or _first_language(home_of(home_path))
    else:
        found, banner = _led(
            home_of(home_path), exercise, position, to, lost, wait_min, language, passphrase_file, note
        )
        language = language or _first_language(home_of(home_path))
    _report(found, banner, language or LANGUAGES[0], output, as_json)
    sys.exit(0 if agreed else REFUSED)


def _silent(_: str) -> None:
    """Tell nothing: the answer is JSON."""


# ---- at a running node ---------------------------------------------------------------------------------------------


def _led(
    home: Home, exercise: str | None, position: str | None, to: Sequence[str], lost: str | None, wait_min: float | None,
    language: str | None, passphrase_file: Path | None, note: Note,
) -> tuple[list[Score], str | None]:  # fmt: skip
    charter = home.load_charter().charter
    check_charter(charter)
    if exercise is None or position is None:
        raise click.UsageError("name a drill, and the position that leads it by --as (or --of REFERENCE, or --players)")
    if exercise == FORK_SEEN:
        raise Refused(
            "drill.fork", "a log that is split stays so: this mechanism's record would keep it for ever", field="exercise",
            rule="with --players it is done in a mechanism of its own",
        )  # fmt: skip
    key = founding.read_signing_key(founding.officer_key_file(home, position), passphrase(passphrase_file), "officer")
    officer = Officer(NodeClient.of(home), charter, Speaker(home.settings().code, position, key))
    leader = Leader(officer, language or _first_language(home), note)
    chosen = (
        [one for one in EXERCISES if one != FORK_SEEN and (one != NODE_LOST or lost)] if exercise == ALL else [exercise]
    )
    for one in chosen:
        leader.check(one, lost if one == NODE_LOST else None)
    if exercise == ALL:
        left = [one for one in EXERCISES if one not in chosen]
        note(f"left out: {', '.join(left)} (node-lost needs --lost, fork-seen --players)")
    if charter.banner:
        note(charter.banner)
    clocks = charter.terms.clocks
    default_ms = clocks.acknowledge_ms[Precedence.FLASH] + 2 * (clocks.desk(PASS_DOWN) or PASS_DOWN_MS)
    wait_s = wait_min * 60 if wait_min is not None else default_ms / 1000
    return [_lead(leader, one, lost if one == NODE_LOST else None, to, wait_s) for one in chosen], charter.banner


def _lead(leader: Leader, exercise: str, about: str | None, to: Sequence[str], wait_s: float) -> Score:
    """One drill, ended whatever happens meanwhile: nobody is left in one that is not led any more."""
    reference, inject = leader.announce(exercise, about), None
    try:
        if about is not None:
            _await_silence(leader, about)
        inject = leader.inject(exercise, about, to)
        leader.wait(reference, inject, exercise, wait_s)
    except KeyboardInterrupt:
        leader.note("called off")
    finally:
        leader.end(reference, inject, exercise)
    return leader.score(reference)


def _await_silence(leader: Leader, about: str) -> None:
    leader.note(f"waiting until the node of {about} is down")
    deadline = time.monotonic() + SILENCE_LIMIT_S
    while not any(
        one["code"] == about and one["standing"] == "unreachable" for one in leader.officer.client.now()["silence"]
    ):
        if time.monotonic() > deadline:
            raise Refused("drill.not-lost", f"the node of {about} still answers", field="lost",
                          rule="its administrator stops it when the drill is announced")  # fmt: skip
        time.sleep(0.5)


def _first_language(home: Home) -> str:
    member = home.load_charter().charter.member(home.settings().code)
    known = [one for one in (member.languages if member is not None else ()) if one in LANGUAGES]
    return known[0] if known else LANGUAGES[0]


# ---- with players --------------------------------------------------------------------------------------------------


def _rehearsed(exercises: Sequence[str], seed: int, note: Note) -> tuple[list[Score], bool, str | None]:
    if not CHARTER.exists():
        raise Misconfigured(
            "drill.charter", f"{CHARTER} is not there", field="players", rule="run it from a clone of the sources"
        )
    text = CHARTER.read_text("utf-8")
    assert load_toml(text).terms.exercise, "the example is an exercise"
    with tempfile.TemporaryDirectory(prefix="parley-drill-") as folder:
        played = rehearse(Path(folder), text, exercises, seed, note)
    for one in played:
        note(
            f"{one.score.exercise}: {'every node comes to' if one.agreed else 'nodes DIFFER about'} {one.score.score} of 100"
        )
    return [one.score for one in played], all(one.agreed for one in played), EXERCISE_BANNER


# ---- the report ----------------------------------------------------------------------------------------------------


def _report(found: Sequence[Score], banner: str | None, language: str, output: Path | None, as_json: bool) -> None:
    if output is not None:
        if output.suffix == ".json":
            output.write_text(json.dumps(json_report(found, banner), ensure_ascii=False, indent=2) + "\n", "utf-8")
        else:
            made = as_html if output.suffix == ".html" else as_markdown
            output.write_text(made(found, banner, language), "utf-8")
    if as_json:
        answer(json_report(found, banner))
    elif output is None:
        click.echo(as_markdown(found, banner, language))
    else:
        click.echo(f"report: {output}")
