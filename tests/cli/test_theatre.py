"""The theatre's buttons do what they say, to real nodes, and each side is told of alike."""

from __future__ import annotations

import string
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from parley.api.floor_files import FOLDER
from parley.cli.demo import CHARTER
from parley.cli.seats import Seats
from parley.cli.stage import Stage, free_ports
from parley.cli.theatre import LANGUAGES, NARRATION_FILE, Theatre
from parley.cli.theatre_page import FLOOR_SEAT, OWN_SEAT, make_theatre

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    with Stage(tmp_path_factory.mktemp("stage"), CHARTER.read_text("utf-8")) as stage:
        for code in stage.codes:
            stage.start(code)
        for code in stage.codes:
            stage.enrol(code)
        theatre = Theatre(stage, quiet=True)
        theatre.begin()
        yield theatre
        theatre.end()


@pytest.fixture(scope="module")
def page(theatre: Theatre) -> Iterator[httpx.Client]:
    seats = Seats(theatre.stage)
    seats.offer((FLOOR_SEAT, OWN_SEAT))
    [port] = free_ports(1)
    server = uvicorn.Server(
        uvicorn.Config(make_theatre(theatre, seats), port=port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, "the theatre is open")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield client
    seats.end()
    server.should_exit = True
    thread.join(10)


def act(page: httpx.Client, name: str, **about: str) -> int:
    return page.post("/theatre/act", json={"act": name, **about}).status_code


def state(page: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = page.get("/theatre/state").json()
    return answer


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def rings(theatre: Theatre, code: str) -> list[dict[str, Any]]:
    return list(theatre.stage.clients[code]._object("/api/v1/now")["rings"])


def test_a_flash_rings_at_the_other_side_and_each_side_has_its_turn(theatre: Theatre, page: httpx.Client) -> None:
    for turn in (("ISR", "SYR"), ("SYR", "ISR")):
        assert act(page, "flash") == 200
        by, to = turn
        until(
            lambda to=to, by=by: any(one["author"] == f"{by}/duty-1" for one in rings(theatre, to)), f"a ring at {to}"
        )
    assert [told["event"] for told in state(page)["narration"]][-2:] == ["flash", "flash"]


def test_a_stop_is_called_on_whom_it_is_meant_for(theatre: Theatre, page: httpx.Client) -> None:
    assert act(page, "stop", by="ISR", to="SYR") == 200
    until(lambda: any(one["kind"] == "stop" for one in rings(theatre, "SYR")), "the STOP rings")
    assert not any(one["kind"] == "stop" for one in rings(theatre, "USA")), "the facilitator only in its time"


def test_a_cut_line_and_a_killed_node_are_restored(theatre: Theatre, page: httpx.Client) -> None:
    assert act(page, "cut", a="ISR", b="SYR") == 200
    assert {"a": "ISR", "b": "SYR", "cut": True} in state(page)["lines"]
    until(lambda: _cause(theatre, "ISR", "SYR") == "link", "the cause is the link, by the facilitator's word")
    assert act(page, "kill", code="USA") == 200
    assert {"code": "USA", "alive": False} in state(page)["nodes"]
    until(lambda: _cause(theatre, "ISR", "SYR") == "unknown", "who hears nobody knows no cause")
    assert act(page, "restore") == 200
    until(lambda: _cause(theatre, "ISR", "SYR") == _cause(theatre, "ISR", "USA") == "none", "all lines are back")
    assert not any(line["cut"] for line in state(page)["lines"])


def _cause(theatre: Theatre, code: str, of: str) -> str:
    silence = theatre.stage.clients[code]._object("/api/v1/now")["silence"]
    return next(str(one["cause"]) for one in silence if one["code"] == of)


def test_traffic_begins_and_ends_when_it_is_asked(page: httpx.Client) -> None:
    for name, quiet in (("talk", False), ("quiet", True)):
        assert act(page, name) == 200
        assert state(page)["quiet"] is quiet


def test_the_page_is_the_theatres_and_no_nodes(theatre: Theatre, page: httpx.Client) -> None:
    if not (FOLDER / "theatre.html").is_file():
        pytest.skip("the page is not built: `make web`")
    answer = page.get("/")
    assert "frame-src http://127.0.0.1:*" in answer.headers["content-security-policy"]
    host, port = theatre.stage.home(theatre.stage.codes[0]).settings().api
    assert httpx.get(f"http://{host}:{port}/").status_code == 200
    assert httpx.get(f"http://{host}:{port}/theatre.html").status_code in (401, 404)


@pytest.mark.parametrize(
    "asked", [{"act": "launch"}, {"act": "cut", "a": "ISR", "b": "ISR"}, {"act": "kill", "code": "ZZZ"}, {}, []]
)
def test_what_is_no_act_is_refused_and_told_why(page: httpx.Client, asked: object) -> None:
    answer = page.post("/theatre/act", json=asked)
    assert answer.status_code == 400
    assert answer.json()["code"].startswith("theatre.")


def test_a_page_of_a_stranger_cannot_press_the_buttons(page: httpx.Client) -> None:
    for origin in ("http://evil.example", "http://127.0.0.1:9"):
        assert (
            page.post("/theatre/act", json={"act": "kill", "code": "ISR"}, headers={"Origin": origin}).status_code
            == 403
        )


def test_three_seats_are_offered_at_the_floors_and_three_alone(page: httpx.Client) -> None:
    shown = state(page)
    assert (
        [floor["code"] for floor in shown["floors"]]
        == [seat["code"] for seat in shown["seats"]]
        == ["ISR", "SYR", "USA"]
    )
    links = [one["url"] for one in (*shown["floors"], *shown["seats"])]
    assert len(set(links)) == 6
    assert shown["banner"].startswith("SIMULATION")


def test_everything_is_told_in_every_language(theatre: Theatre) -> None:
    for event, texts in tomllib.loads(Path(NARRATION_FILE).read_text("utf-8")).items():
        assert set(texts) == {*LANGUAGES, "why"}, event
        assert set(texts["why"]) == set(LANGUAGES), event
        names = {frozenset(_names(texts[language])) for language in LANGUAGES}
        assert len(names) == 1, f"{event}: the languages name other things"


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
