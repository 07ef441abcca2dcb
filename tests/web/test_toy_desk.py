"""A desk of another package, declared in one small file, through the API, the command line and the page of three nodes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Page, expect

from parley.cli import main
from parley.cli.demo import CHARTER
from parley.cli.seats import Seats
from parley.cli.speaking import Speaker, speak
from parley.cli.stage import PASSPHRASE, POSITION, Stage
from parley.crypto import cbor
from parley.crypto.keyfile import write_key_file
from parley.node import founding
from parley.node.home.token import read_token
from tests.procedure import toy_desk
from tests.web.floors import Floors, Seated, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHANNEL = "talks"
SOON = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=40)
ENTRY_POINTS = "[parley.desks]\ntoy = toy_desk:DESK\n"
METADATA = "Metadata-Version: 2.1\nName: toy-desk\nVersion: 1\n"


def install(folder: Path) -> None:
    """The toy desk as a package of somebody else: its module, and the entry point that names the desk."""
    told = folder / "toy_desk-1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(METADATA, "utf-8")
    (told / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    (folder / "toy_desk.py").write_text(Path(toy_desk.__file__).read_text("utf-8"), "utf-8")


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    packages = tmp_path_factory.mktemp("packages")
    install(packages)
    lines = toy_desk.CHARTER_LINES.replace('["line"]', f'["{CHANNEL}"]')
    charter = CHARTER.read_text("utf-8").replace("[kinds]\n", lines)
    with pytest.MonkeyPatch.context() as patch, Stage(tmp_path_factory.mktemp("toy"), charter) as stage:
        patch.setenv("PYTHONPATH", str(packages), prepend=os.pathsep)
        for code in stage.codes:
            stage.start(code)
        for code in stage.codes:
            stage.enrol(code)
            path = founding.officer_key_file(stage.home(code), POSITION)
            write_key_file(path, "officer", stage.officers[code].seed, PASSPHRASE, label=code, light=True)
        seats = Seats(stage)
        found = Floors(stage, browser, seats)
        try:
            yield found
        finally:
            found.close()
            seats.end()


@pytest.fixture(scope="module")
def api(cell: Floors) -> Callable[[str], httpx.Client]:
    """The API of a member's node, as who may read its token."""

    def client(code: str) -> httpx.Client:
        home = cell.stage.home(code)
        host, port = home.settings().api
        headers = {"Authorization": f"Bearer {read_token(home.token_file)}"}
        return httpx.Client(base_url=f"http://{host}:{port}/api/v1", headers=headers)

    return client


@pytest.fixture(scope="module")
def run(cell: Floors) -> Callable[..., Result]:
    """A command of a member's officer or administrator."""

    def invoke(code: str, *arguments: str) -> Result:
        stage = cell.stage
        home = {"PARLEY_HOME": str(stage.home(code).path), "PARLEY_PASSPHRASE_FILE": str(stage.passphrase_file)}
        return CliRunner().invoke(main, list(arguments), env=home)

    return invoke


def cases(client: httpx.Client) -> dict[str, Any]:
    """States of the desk's cases, by reference."""
    with client:
        found = client.get("/cases", params={"desk": "toy"}).raise_for_status().json()["cases"]
    return {one["reference"]: one["state"] for one in found}


def at_desk(one: Seated, title: str) -> Page:
    """Open the desk of that title."""
    one.page.locator(".desks .desk", has_text=title).click()
    return one.page


def test_it_goes_from_the_api_over_the_command_line_to_the_page(
    cell: Floors, api: Callable[[str], httpx.Client], run: Callable[..., Result]
) -> None:
    stage = cell.stage
    statement, content = speak(
        stage.charter, Speaker("ISR", POSITION, stage.officers["ISR"]), "pact",
        {"text": "SIMULATION. Nobody crosses.", "lang": "en", "until": round(SOON.timestamp() * 1000)},
        now_s=int(time.time()), random=os.urandom, channel=CHANNEL,
    )  # fmt: skip
    with api("ISR") as client:
        body = cbor.encode([statement, content])
        said = client.post("/statements", content=body, headers={"Content-Type": "application/cbor"})
    pact = said.raise_for_status().json()["reference"]
    until(lambda: cases(api("SYR")) == cases(api("USA")) == {pact: "proposed"}, "listed by every node")

    assert "Proposed" in run("SYR", "cases", "--desk", "toy").stdout
    send = ("send", "--as", POSITION, "--kind", "assent", "--channel", CHANNEL, "--mandate", "head", "--about", pact)
    assent = run("SYR", *send)
    assert assent.exit_code == 0, assent.output

    second = cell.sit("USA", "duty-3")
    at_desk(second, "Toy desk")
    expect(second.page.locator(".case-key", has_text=pact)).to_contain_text("Proposed")
    second.act(second.card(pact), "assent")
    second.send()
    until(lambda: cases(api("ISR")) == {pact: "agreed"}, "agreed once both have assented")
    told = run("ISR", "case", *pact.split()).stdout
    assert f"{pact} pact at the desk toy: Agreed" in told
    assert "this member may say: seal" in told

    duty, head = cell.sit("ISR", "duty-2", language="en"), cell.sit("ISR", "head-1", language="en")
    floor = at_desk(duty, "Toy desk")
    expect(floor.locator(".case-key", has_text=pact)).to_contain_text("Agreed")
    duty.act(duty.card(pact), "seal")
    duty.text("text", "SIMULATION. Sealed.", "en")
    duty.send()
    seal = cell.latest("ISR", "seal")
    assert cases(api("ISR"))[pact] == "agreed", "the second signature is awaited"
    at_desk(head, "Toy desk")
    expect(head.card(seal).locator("[data-act=release]")).to_be_visible()
    head.act(head.card(seal), "release")
    head.send()
    other = cell.sit("SYR", "duty-2")
    at_desk(other, "مكتب تجريبي")
    expect(other.page.locator(".case-key", has_text=pact)).to_contain_text("مختوم")
    other.tab.picture("toy-desk-ar")
    assert other.tab.violations() == []
    for one in (second, duty, head, other):
        assert (one.tab.strangers, one.tab.complaints) == ([], [])


def test_its_form_is_drawn_from_its_declaration(cell: Floors, api: Callable[[str], httpx.Client]) -> None:
    writer, reader = cell.sit("USA", "duty-2"), cell.sit("SYR", "duty-3", language="en")
    at_desk(writer, "Toy desk")
    writer.write()
    writer.text("text", "SIMULATION. A pact written on the page.", "en")
    writer.time("until", SOON)
    writer.tab.picture("toy-desk-form")
    assert writer.tab.violations() == []
    writer.send()
    pact = cell.latest("USA", "pact")
    row = at_desk(reader, "Toy desk").locator(".case-key", has_text=pact)
    expect(row).to_contain_text("Proposed")
    writer.page.locator(".case-key", has_text=pact).click()
    writer.act(writer.card(pact), "retract")
    writer.send()
    expect(row).to_contain_text("Retracted")
    assert cases(api("SYR"))[pact] == "retracted"
