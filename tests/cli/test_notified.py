"""Officers away from any screen are rung by a real service, each in the step of the roster in force; no browser is open."""

from __future__ import annotations

import http.server
import json
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from parley.cli.drills.leading import Officer
from parley.cli.drills.playing import LIAISON, ROSTER, WATCH
from parley.cli.drills.rehearsal import quickened
from parley.cli.speaking import Speaker
from parley.cli.stage import Stage
from parley.crypto.keys import SigningKey
from tests.cli.conftest import CHARTER

pytestmark = [pytest.mark.slow]

SHEET = {"sheet": "ab" * 32}


class Pagers:
    """A service on loopback that takes Apprise's JSON notifications: who was paged, in order, with title and time."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, float]] = []
        got = self.got

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                got.append((self.path.strip("/"), told["title"], time.monotonic()))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def address(self, whose: str) -> str:
        return f"json://127.0.0.1:{self.server.server_port}/{whose}"

    def of(self, reference: str) -> list[str]:
        """Who was paged for a statement, in order."""
        return [whose for whose, title, _ in self.got if title.endswith(reference)]


Cell = tuple[Stage, Pagers, dict[tuple[str, str], Officer]]


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cell]:
    pagers = Pagers()
    with Stage(tmp_path_factory.mktemp("stage"), quickened(CHARTER)) as stage:
        officers = {}
        for code in stage.codes:
            lines = [f'{position} = ["{pagers.address(f"{code}-{position}")}"]' for position in (*WATCH, LIAISON)]
            with stage.home(code).settings_file.open("a", encoding="utf-8") as settings:
                settings.write("\n[notify.positions]\n" + "\n".join(lines) + "\n")
            stage.start(code)
        for code in stage.codes:
            keys = {position: SigningKey.generate(os.urandom) for position in (*WATCH, LIAISON)}
            stage.enrol(code, keys)
            for position, key in keys.items():
                officers[code, position] = Officer(stage.clients[code], stage.charter, Speaker(code, position, key))
            officers[code, WATCH[0]].say("roster", {"roster": ROSTER})
        until(
            lambda: all(
                peer["line"] == "open" for code in stage.codes for peer in stage.clients[code].status()["peers"]
            ),
            "lines",
        )
        yield stage, pagers, officers
    pagers.server.shutdown()
    pagers.server.server_close()


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def flash(cell: Cell, text: str) -> str:
    _, _, officers = cell
    content = {"text": f"SIMULATION: {text}", "lang": "en"}
    return officers["ISR", WATCH[0]].say("message", content, to=["SYR"], precedence="FLASH")


def acknowledge(cell: Cell, position: str, reference: str) -> None:
    stage, _, officers = cell
    officers["SYR", position].say("acknowledge", {}, case=reference, about=reference)
    until(lambda: not stage.clients["SYR"].now()["rings"], "it rings no more")


def test_the_alternate_is_paged_in_its_step_and_nobody_after_it_has_acknowledged(cell: Cell) -> None:
    _, pagers, _ = cell
    said = flash(cell, "taken by the alternate")
    until(lambda: "SYR-duty-2" in pagers.of(said), "the alternate is paged")
    acknowledge(cell, WATCH[1], said)
    times = {whose: at for whose, title, at in pagers.got if title.endswith(said)}
    assert pagers.of(said) == ["SYR-duty-1", "SYR-duty-2"], "the watch first, then its first alternate, nobody else"
    assert times["SYR-duty-2"] - times["SYR-duty-1"] > 2, "in the charter's time"
    assert all(title.startswith("SIMULATION") for _, title, _ in pagers.got)
    time.sleep(4)
    assert len(pagers.of(said)) == 2


def test_the_last_step_pages_the_liaison_and_then_the_facilitators_watch(cell: Cell) -> None:
    _, pagers, _ = cell
    said = flash(cell, "taken by nobody at first")
    until(lambda: "USA-duty-1" in pagers.of(said), "the facilitator's watch is paged")
    acknowledge(cell, LIAISON, said)
    paged = pagers.of(said)
    assert paged[:2] == ["SYR-duty-1", "SYR-duty-2"]
    assert sorted(paged[2:-1]) == ["SYR-duty-3", "SYR-liaison"], "whoever is left, once each"
    assert paged[-1] == "USA-duty-1"
    assert not [whose for whose in paged if whose.startswith("ISR")], "nobody of the member that said it"


def test_who_takes_the_watch_over_while_it_rings_is_paged(cell: Cell) -> None:
    stage, pagers, officers = cell
    said = flash(cell, "in the middle of a handover")
    until(lambda: pagers.of(said) == ["SYR-duty-1"], "the watch is paged")
    offer = officers["SYR", WATCH[0]].say("handover", {"to": WATCH[2], **SHEET})
    until(lambda: any(one["reference"] == offer for one in stage.clients["SYR"].cases("watch")), "it is offered")
    officers["SYR", WATCH[2]].say("take-over", SHEET, case=offer)
    until(lambda: "SYR-duty-3" in pagers.of(said), "who took over is paged")
    [watch] = [one for one in stage.clients["SYR"].now()["watches"] if one["member"] == "SYR"]
    assert watch["position"] == WATCH[2]
    acknowledge(cell, WATCH[2], said)
    after = flash(cell, "after the handover")
    until(lambda: pagers.of(after) == ["SYR-duty-3"], "the one accountable watch is paged")
    acknowledge(cell, WATCH[2], after)
