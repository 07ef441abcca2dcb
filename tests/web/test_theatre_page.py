"""The theatre's page over three real nodes: every floor in a frame of its own node, seated by itself, and keys that do what they say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Frame, FrameLocator

from parley.cli.demo import CHARTER
from parley.cli.seats import Seats
from parley.cli.stage import Stage, free_ports
from parley.cli.theatre import Theatre
from parley.cli.theatre_page import FLOOR_SEAT, OWN_SEAT, make_theatre
from tests.web.conftest import lacking
from tests.web.floors import until
from tests.web.served import FLOOR
from tests.web.tabs import Tab, tab

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (1920, 1080))
DIRECTION = {"en": "ltr", "ar": "rtl", "he": "rtl"}
WAIT_MS = 20_000
OF_THE_NETWORK = ("Failed to load resource", "WebSocket connection")
"""What a browser says by itself of a node that is away."""


@dataclass
class Shown:
    """The theatre on screen."""

    theatre: Theatre
    tab: Tab
    address: str

    @property
    def page(self) -> Any:
        """Its tab's page."""
        return self.tab.page

    @property
    def codes(self) -> list[str]:
        """Codes of all members."""
        return self.theatre.stage.codes

    def floor(self, code: str) -> FrameLocator:
        """The inside of a member's frame."""
        locator: FrameLocator = self.page.frame_locator(f'[data-code="{code}"] iframe')
        return locator

    def frame(self, code: str) -> Frame:
        """The same, to evaluate something in it."""
        port = self.theatre.stage.home(code).settings().api[1]
        frame: Frame = next(one for one in self.page.frames if urlsplit(one.url).port == port)
        return frame

    def seated(self) -> None:
        """Wait until every floor is seated."""
        for code in self.codes:
            self.floor(code).locator(".floor").wait_for(timeout=WAIT_MS)

    def press(self, act: str, within: str = "") -> None:
        """Press a key of the theatre, and wait until the narration tells of it."""
        before = len(self.theatre.told)
        self.page.locator(f'{within} [data-act="{act}"]').click()
        until(lambda: len(self.theatre.told) > before, f"{act} is told")

    def lamp(self, code: str, of: str) -> str:
        """What the floor of a member shows of another."""
        classes = self.floor(code).locator(".lamp", has_text=of).get_attribute("class") or ""
        return classes.rpartition("lamp--")[2]


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    if not (FLOOR / "theatre.html").is_file():
        lacking("the page is not built: `make web`")
    with Stage(tmp_path_factory.mktemp("stage"), CHARTER.read_text("utf-8")) as stage:
        for code in stage.codes:
            stage.start(code)
        for code in stage.codes:
            stage.enrol(code)
        theatre, seats = Theatre(stage, quiet=True), Seats(stage)
        seats.offer((FLOOR_SEAT, OWN_SEAT))
        theatre.begin()
        with served(theatre, seats) as address, tab(browser) as one:
            one.page.add_init_script(
                f"if (location.origin === {address!r} && !localStorage.getItem('parley.language'))"
                " localStorage.setItem('parley.language', 'en');"
            )
            one.page.goto(address)
            yield Shown(theatre, one, address)
        theatre.end()
        seats.end()


@contextmanager
def served(theatre: Theatre, seats: Seats) -> Iterator[str]:
    """The address of the theatre, for as long as this lasts."""
    [port] = free_ports(1)
    server = uvicorn.Server(
        uvicorn.Config(make_theatre(theatre, seats), port=port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, "the theatre is open")
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_every_floor_is_seated_by_itself_in_its_members_language(shown: Shown) -> None:
    shown.seated()
    for member in shown.theatre.stage.charter.members:
        code, language = str(member.code), member.languages[0]
        assert shown.floor(code).locator(".strip__node .ref").last.inner_text() == f"{code}/{FLOOR_SEAT}"
        assert shown.frame(code).evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            language,
            DIRECTION[language],
        ]
    assert shown.page.locator(".theatre > .exercise").is_visible()
    assert shown.tab.strangers == []
    assert shown.tab.complaints == []


def test_three_nodes_of_one_host_keep_their_sessions_and_keys_apart(shown: Shown) -> None:
    names = [cookie["name"] for cookie in shown.page.context.cookies()]
    assert sorted(name.split("_")[1] for name in names) == sorted(shown.codes)
    for code in shown.codes:
        kept = shown.frame(code).evaluate("localStorage.getItem('parley.seat')")
        assert kept.endswith(f"{code}/{FLOOR_SEAT}")


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_the_page_stands_in_each_language(shown: Shown, language: str) -> None:
    page = shown.page
    page.locator(f'.head__languages [lang="{language}"]').click()
    until(lambda: page.evaluate("document.documentElement.lang") == language, "the page speaks it")
    assert page.evaluate("document.documentElement.dir") == DIRECTION[language]
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        shown.tab.picture(f"theatre-{width}-{language}")
        assert page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]") == [
            width,
            height,
        ]
        stage = page.locator(".theatre__stage")
        assert stage.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
        for code in shown.codes:
            box = page.locator(f'[data-code="{code}"] iframe').bounding_box()
            assert box["width"] > 400
            assert box["height"] > 440
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    newest = page.locator(".told__what").first.inner_text()
    assert newest == shown.theatre.told[-1].text[language]
    assert shown.tab.violations() == []
    for code in shown.codes:
        assert shown.tab.violations(shown.frame(code)) == [], code
    assert shown.tab.complaints == []


def test_a_flash_pressed_by_keyboard_rings_in_the_addressees_frame(shown: Shown) -> None:
    shown.page.locator('[data-act="flash"]').focus()
    shown.page.keyboard.press("Enter")
    until(lambda: shown.theatre.told[-1].event == "flash", "the FLASH is told")
    by, to = _pair(shown)
    shown.floor(to).locator(".running--rings").first.wait_for(timeout=WAIT_MS)
    assert shown.floor(by).locator(".running--rings").count() == 0
    shown.page.locator('.told__one[data-event="flash"]').first.wait_for(timeout=WAIT_MS)
    shown.tab.picture("theatre-flash")


def test_a_stop_stands_in_every_frame_and_is_taken_where_it_is_meant_for(shown: Shown) -> None:
    shown.press("stop")
    for code in shown.codes:
        shown.floor(code).locator(".pin--stop").first.wait_for(timeout=WAIT_MS)
    shown.tab.picture("theatre-stop")
    assert shown.tab.complaints == []


def test_a_cut_line_shows_in_the_page_and_in_both_frames_and_is_restored(shown: Shown) -> None:
    shown.press("cut", within=".wire:not([data-cut]) >> nth=0 >>")
    a, b = sorted(next(iter(shown.theatre.cut)))
    shown.page.locator(".wire[data-cut]").wait_for(timeout=WAIT_MS)
    until(lambda: shown.lamp(a, b) == shown.lamp(b, a) == "trouble", "both floors show that the line is away")
    shown.tab.picture("theatre-cut")
    shown.press("restore")
    shown.page.locator(".wire[data-cut]").wait_for(state="detached", timeout=WAIT_MS)
    until(lambda: shown.lamp(a, b) == shown.lamp(b, a) == "good", "the line is back")


def test_a_killed_node_shows_and_comes_back_with_its_floor_seated(shown: Shown) -> None:
    code = shown.codes[-1]
    shown.press("kill", within=f'[data-code="{code}"]')
    shown.page.locator(f'[data-code="{code}"][data-down]').wait_for(timeout=WAIT_MS)
    shown.floor(code).locator(".age--offline").first.wait_for(timeout=WAIT_MS)
    shown.tab.picture("theatre-kill")
    assert shown.tab.violations() == []
    shown.press("restore")
    shown.page.locator("[data-down]").wait_for(state="detached", timeout=WAIT_MS)
    shown.floor(code).locator(".age--offline").first.wait_for(state="detached", timeout=WAIT_MS)
    until(
        lambda: all(shown.lamp(code, other) == "good" for other in shown.codes if other != code), "its lines are back"
    )
    assert [one for one in shown.tab.complaints if not one.startswith(OF_THE_NETWORK)] == []


def test_a_reload_sits_down_again_with_the_keys_it_kept(shown: Shown) -> None:
    before = [_kid(shown, code) for code in shown.codes]
    shown.page.reload()
    shown.seated()
    assert [_kid(shown, code) for code in shown.codes] == before


def test_traffic_is_switched_on_and_off(shown: Shown) -> None:
    key = shown.page.locator('[data-act="traffic"]')
    for pressed in ("true", "false"):
        key.click()
        until(lambda pressed=pressed: key.get_attribute("aria-pressed") == pressed, "the key shows it")
        assert shown.theatre.quiet == (pressed == "false")


def test_a_seat_of_ones_own_is_another_site_to_the_browser(shown: Shown) -> None:
    code = shown.codes[0]
    with shown.page.context.expect_page() as opening:
        shown.page.locator(f'[data-code="{code}"] a.key').click()
    own = opening.value
    own.locator(".key--first").wait_for(timeout=WAIT_MS)
    assert urlsplit(own.url).hostname == "localhost"
    own.locator(".key--first").click()
    own.locator(".floor").wait_for(timeout=WAIT_MS)
    assert own.locator(".strip__node .ref").last.inner_text() == f"{code}/{OWN_SEAT}"
    assert shown.floor(code).locator(".strip__node .ref").last.inner_text() == f"{code}/{FLOOR_SEAT}"
    own.close()


def _pair(shown: Shown) -> tuple[str, str]:
    """Who said the newest thing to whom, as the narration has it."""
    words = shown.theatre.told[-1].text["en"]
    by, to = sorted((code for code in shown.codes if code in words), key=words.index)
    return by, to


def _kid(shown: Shown, code: str) -> str:
    kid: str = shown.frame(code).evaluate("fetch('api/v1/session').then((one) => one.json()).then((one) => one.kid)")
    return kid
