"""`parley demo`: found a mechanism of sovereign nodes on this machine, play a day on it, and show who holds what."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from parley.charter.charter_toml import load_toml
from parley.cli.exits import REFUSED
from parley.cli.scenario import Happening, Said, Scenario, read_scenario
from parley.cli.seats import Seats
from parley.cli.settings import show_banner, told
from parley.cli.stage import Stage, free_ports
from parley.cli.theatre import Theatre
from parley.cli.theatre_page import FLOOR_SEAT, OWN_SEAT, serve_theatre
from parley.errors import Misconfigured, Refused
from parley.proof.verify import verify
from parley.proof.words import lines

ROOT = Path(__file__).resolve().parents[3]
CHARTER = ROOT / "examples" / "charters" / "joint-mechanism.toml"
SETTLE_LIMIT_S = 45.0
LINES_LIMIT_S = 20.0
RULE = "─" * 100


@click.command()
@click.option(
    "--exit", "ends", is_flag=True, help="End with the table instead of running on; so it does without a terminal."
)
@click.option(
    "--charter",
    "charter_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another example charter.",
)
@click.option(
    "--scenario",
    "scenario_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What is played; by default the one made for the charter.",
)
@click.option("--quiet", is_flag=True, help="Only the table; and no scripted traffic in the theatre.")
@told
def demo(ends: bool, charter_file: Path | None, scenario_file: Path | None, quiet: bool) -> None:
    """Found a mechanism on this machine, play a day on it, and show who holds what.

    Exit code 0 only if every statement has every receipt and all copies agree.
    """
    chosen = charter_file or CHARTER
    if not chosen.exists():
        raise Misconfigured("demo.charter", f"{chosen} is not there", field="charter", rule="name one by --charter")
    scenario = read_scenario(scenario_file or _scenario_for(chosen))
    text = chosen.read_text("utf-8")
    _end_well()
    if not load_toml(text).terms.exercise:
        raise Misconfigured(
            "demo.exercise", "the demo plays exercise charters only", field="exercise", rule="exercise = true"
        )
    with tempfile.TemporaryDirectory(prefix="parley-demo-") as folder, Stage(Path(folder), text) as stage:
        play = _Play(stage, scenario, quiet=quiet)
        play.begin()
        play.play()
        good = play.table()
        if ends or not sys.stdout.isatty():
            sys.exit(0 if good else REFUSED)
        play.stay()


def _end_well() -> None:
    """Let what ends this process from outside end its nodes too, as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _: sys.exit(128 + received))


class _Play:
    """One performance; `references` are those of the statements said so far, by their names in the scenario."""

    def __init__(self, stage: Stage, scenario: Scenario, *, quiet: bool) -> None:
        self._stage = stage
        self._scenario = scenario
        self._quiet = quiet
        self._references: dict[str, str] = {}
        self._down: set[str] = set()

    def begin(self) -> None:
        """Start the nodes, wait for all lines, enrol the officers."""
        stage = self._stage
        self._banner()
        self._tell(self._scenario.title)
        self._note(f"founded mechanism {stage.charter.mechanism.hex()}")
        self._note(f"{len(stage.codes)} members signed the charter with their root keys: {', '.join(stage.codes)}")
        for code in stage.codes:
            stage.start(code)
            self._note(f"node of {code} runs as a process of its own: {stage.page(code)}")
        for code in stage.codes:
            stage.enrol(code)
        self._await("lines between all nodes", self._all_lines, LINES_LIMIT_S)
        self._note(
            "all lines are up (TLS 1.3, both sides certified by their members' roots); one officer is enrolled at each"
        )

    def play(self) -> None:
        """Play every act, then let everything arrive."""
        for act in self._scenario.acts:
            if isinstance(act, Said):
                self._say(act)
            else:
                self._happen(act)
        self._await("every receipt", self._settled, SETTLE_LIMIT_S, must=False)

    def table(self) -> bool:
        """Print who holds what; whether every receipt is there and all copies agree."""
        stage, codes = self._stage, self._stage.codes
        entries = {one["reference"]: one for one in stage.clients[codes[0]].log()}
        self._banner()
        click.echo(
            f"{'reference':<10}{'statement':<17}{'at (UTC)':<14}"
            + "".join(f"{'held by ' + code:<22}" for code in codes)
        )
        complete = True
        for said in self._scenario.said:
            reference = self._references[said.name]
            entry = stage.clients[said.by].entry(reference)
            held = {one["holder"]: one["at_ms"] - entry["at_ms"] for one in entry["receipts"]}
            cells = [_cell(code, said.by, held) for code in codes]
            complete &= all(code in held or code == said.by for code in codes) and entry["void"] is None
            complete &= reference in entries
            click.echo(
                f"{reference:<10}{said.name:<17}{_clock(entry['at_ms']):<14}" + "".join(f"{cell:<22}" for cell in cells)
            )
        click.echo(
            "a receipt is an entry in the holder's own log; the time is by the holder's own clock, after the author's"
        )
        agree = self._copies()
        self._proof()
        click.secho(
            "every statement has every receipt, and all copies agree" if complete and agree else "NOT every receipt is there, or copies differ",
            fg="green" if complete and agree else "red", bold=True,
        )  # fmt: skip
        return complete and agree

    def stay(self) -> None:
        """Open the theatre and the seats, and run on until interrupted."""
        theatre, seats = Theatre(self._stage, quiet=self._quiet), Seats(self._stage)
        [port] = free_ports(1)
        seats.offer((FLOOR_SEAT, OWN_SEAT))
        theatre.begin()
        self._banner()
        click.secho(f"\nThe theatre, all three floors side by side:\n  http://127.0.0.1:{port}/", bold=True)
        click.echo("\nOr take a seat at one floor alone (each link is good once):")
        for seat in seats.of(OWN_SEAT):
            click.echo(f"  {seat.code}  {seat.link}")
        click.echo("\nEach node also shows its own copy of the record:")
        for code in self._stage.codes:
            click.echo(f"  {code}  {self._stage.page(code)}")
        click.echo("Ctrl-C ends it; nothing is kept.")
        with contextlib.suppress(KeyboardInterrupt):
            serve_theatre(theatre, seats, port)
        theatre.end()
        seats.end()

    # ---- acts ----------------------------------------------------------------------------------------------

    def _say(self, said: Said) -> None:
        reference = self._stage.say(said, self._references)
        self._references[said.name] = reference
        if not self._quiet:
            precedence = click.style(
                f"{said.precedence:<9}",
                fg="red" if said.precedence == "FLASH" else None,
                bold=said.precedence == "FLASH",
            )
            quoted = f"“{said.text}” ({said.source})" if said.source else said.text
            click.echo(f"  {reference:<8} {precedence} {said.kind:<12} \u2068{quoted}\u2069")

    def _happen(self, act: Happening) -> None:
        match act.act:
            case "say":
                self._tell(act.about[0])
            case "cut" | "restore":
                self._stage.line(act.act, *act.about)
                self._note(f"{act.act}: the line between {act.about[0]} and {act.about[1]}")
                if act.act == "restore":
                    self._await("the line is back", self._all_lines, LINES_LIMIT_S)
            case "kill":
                self._stage.kill(act.about[0])
                self._down.add(act.about[0])
                self._note(f"SIGKILL: the node of {act.about[0]}")
            case "restart":
                self._stage.start(act.about[0])
                self._down.discard(act.about[0])
                self._note(f"started again: the node of {act.about[0]}")
                self._await("the lines are back", self._all_lines, LINES_LIMIT_S)
            case _:
                self._await("everything said so far is receipted", self._settled, SETTLE_LIMIT_S)

    # ---- waiting -------------------------------------------------------------------------------------------

    def _await(self, what: str, is_so: Any, limit_s: float, *, must: bool = True) -> None:
        begin = time.monotonic()
        while not is_so():
            if time.monotonic() - begin > limit_s:
                if must:
                    raise Refused("demo.late", f"{what}: not within {limit_s:.0f} s")
                return
            time.sleep(0.05)
        self._note(f"{what}: after {time.monotonic() - begin:.2f} s")

    def _all_lines(self) -> bool:
        up = [code for code in self._stage.codes if code not in self._down]
        return all(
            peer["line"] == "open"
            for code in up
            for peer in self._stage.clients[code].status()["peers"]
            if peer["code"] in up
        )

    def _settled(self) -> bool:
        """Whether every statement said has every receipt at its author, and copies agree."""
        others = len(self._stage.codes) - 1
        for said in self._scenario.said:
            reference = self._references.get(said.name)
            if reference is not None and len(self._stage.clients[said.by].entry(reference)["receipts"]) < others:
                return False
        return self._down != set() or len(set(self._heads().values())) == 1

    def _heads(self) -> dict[str, str]:
        return {
            code: str(
                sorted((log["code"], log["size"], log["root"]) for log in self._stage.clients[code].status()["logs"])
            )
            for code in self._stage.codes
        }

    # ---- telling -------------------------------------------------------------------------------------------

    def _copies(self) -> bool:
        for log in self._stage.clients[self._stage.codes[0]].status()["logs"]:
            click.echo(f"log {log['code']}: {log['size']} entries, root {log['root'][:32]}…")
        agree = len(set(self._heads().values())) == 1
        click.echo(f"copies at {', '.join(self._stage.codes)}: " + ("equal, entry for entry" if agree else "DIFFERENT"))
        return agree

    def _proof(self) -> None:
        """Prove one FLASH from the other side's node, and say what the file alone tells."""
        said = next((one for one in self._scenario.said if one.precedence == "FLASH"), None)
        if said is None or self._quiet:
            return
        other = next(code for code in self._stage.codes if code != said.by)
        reference = self._references[said.name]
        report = verify(self._stage.clients[other].proof(reference), expected=self._stage.charter.mechanism)
        self._tell(f"What {other} can prove of {reference} to anybody, from one file, alone:")
        for line in lines(report):
            click.echo(f"  {line}")
        click.echo(RULE)

    def _banner(self) -> None:
        show_banner(self._stage.charter.banner)

    def _tell(self, text: str) -> None:
        if not self._quiet:
            click.secho("\n" + text, bold=True)

    def _note(self, text: str) -> None:
        if not self._quiet:
            click.secho("  · " + text, dim=True)


def _scenario_for(charter: Path) -> Path:
    folder = charter.resolve().parent.parent / "scenarios"
    for path in sorted(folder.glob("*.yaml")):
        if Path(read_scenario(path).charter).name == charter.name:
            return path
    raise Misconfigured(
        "demo.scenario", f"no scenario names {charter.name}", field="scenario", rule="name one by --scenario"
    )


def _cell(code: str, author: str, held: dict[str, int]) -> str:
    if code == author:
        return "author"
    return f"{held[code]:+d} ms" if code in held else "—"


def _clock(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%H:%M:%S.%f")[:-3]
