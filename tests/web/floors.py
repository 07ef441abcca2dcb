"""Three nodes, a process each, and officers who sit at their floors in tabs of a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError

from parley.cli.demo import CHARTER
from parley.cli.seats import Seats
from parley.cli.stage import Stage
from tests.web.tabs import Tab, tab

LANGUAGE = {"ISR": "he", "SYR": "ar", "USA": "en"}
ENOUGH_S = 60.0


@dataclass
class Seated:
    """An officer at a floor, and what an officer does there."""

    code: str
    position: str
    tab: Tab

    @property
    def page(self) -> Page:
        """Its tab's page."""
        return self.tab.page

    @property
    def name(self) -> str:
        """As others see it."""
        return f"{self.code}/{self.position}"

    @property
    def panel(self) -> Locator:
        """The panel in which something is said."""
        return self.page.locator(".panel")

    def card(self, reference: str) -> Locator:
        """The card of a statement."""
        return self.page.locator(f'.said[data-reference="{reference}"]').first

    def stop_pin(self, reference: str) -> Locator:
        """The card of a STOP in force."""
        return self.page.locator(f'.pin--stop[aria-label="STOP {reference}"]')

    def rings(self, reference: str) -> Locator:
        """The row of Now that rings for a statement."""
        return self.page.locator(".running--rings", has_text=reference)

    def lamp(self, code: str) -> Locator:
        """What the strip says of a member."""
        return self.page.locator(".strip__lamps .lamp__key", has_text=code)

    def write(self, precedence: str = "ROUTINE", to: Sequence[str] = ()) -> None:
        """Begin a message."""
        self.page.keyboard.press("Escape")
        self.page.locator(".write .key--first").click()
        self.panel.locator(f".precedence-key--{precedence}").click()
        if to:
            for row in self.panel.locator(".heading__addressees .check").all():
                row.locator("input").set_checked(row.inner_text().strip() in to)

    def act(self, where: Locator, name: str) -> None:
        """Press an act beside a statement, or one behind *More*."""
        where.locator(".acts").first.wait_for()
        beside, behind = where.locator(f'[data-act="{name}"]'), self.page.locator(f'.menu [data-act="{name}"]')
        end = time.monotonic() + ENOUGH_S
        while beside.count() == 0:  # what was done before may not be drawn yet
            where.locator("[aria-haspopup]").last.click()
            self.page.locator(".menu").wait_for()
            if behind.count():
                beside = behind
                break
            assert time.monotonic() < end, f"{name} is not offered"
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(200)
        beside.click()
        self.panel.wait_for()

    def field(self, name: str) -> Locator:
        """A field of the open form, opened where it waits; `phrase.` and a name: a slot of the phrase."""
        form = self.page.locator(".panel, [role=alertdialog]").last
        if name.startswith("phrase."):
            within = form.locator('[data-field="phrase"]').or_(form)
            return within.locator(f'[data-field="{name}"], [data-field="{name.removeprefix("phrase.")}"]').last
        waiting = form.locator(f'[data-adds="{name}"], [data-chooses="{name}"][aria-pressed=false]')
        if waiting.count():
            waiting.first.click()
        found = form.locator(f'[data-field="{name}"]')
        found.wait_for()
        return found

    def text(self, name: str, value: str, language: str | None = None) -> None:
        """Fill in a text or a label."""
        self.field(name).locator("textarea, input").first.fill(value)
        if language:
            self.field("lang").locator("select").select_option(language)

    def phrase(self, name: str) -> None:
        """Choose a phrase of the phrasebook by its identifier."""
        found = self.field("phrase")
        found.locator("select").nth(0).select_option(name.partition(".")[0])
        found.locator("select").nth(1).select_option(name)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        self.field(name).locator("select").first.select_option(value)

    def place(self, name: str, latitude: float, longitude: float, radius_m: int | None = None) -> None:
        """Fill in a place, or a circle around one, in degrees."""
        angles = self.field(name).locator(".input--angle")
        angles.nth(0).fill(f"{latitude:.4f}")
        angles.nth(1).fill(f"{longitude:.4f}")
        if radius_m is not None:
            self.field(name).locator(".input--four").last.fill(str(radius_m))

    def height(self, name: str, amount: float, unit: str, datum: str) -> None:
        """Fill in a height."""
        found = self.field(name)
        found.locator("select").nth(0).select_option(unit)
        found.locator("select").nth(1).select_option(datum)
        found.locator(".input--angle").fill(str(amount))

    def time(self, name: str, at: datetime) -> None:
        """Fill in a moment, in UTC."""
        found = self.field(name)
        found.locator(".input--time").fill(f"{at:%H:%M}")
        found.locator(".input--two").fill(str(at.day))
        found.locator("select").nth(1).select_option(str(at.month))

    def send(self) -> None:
        """Sign and send what the panel holds."""
        self.panel.locator(".saying__keys .key").first.click()
        try:
            self.panel.wait_for(state="detached")
        except TimeoutError:
            raise AssertionError(f"not sent: {self.panel.inner_text()}") from None


@dataclass
class Floors:
    """See the module."""

    stage: Stage
    browser: Browser
    seats: Seats
    _open: ExitStack = field(default_factory=ExitStack)

    def sit(
        self, code: str, position: str, *, language: str | None = None, at: Seated | None = None, passphrase: str = "",
        mandates: Sequence[str] | None = None, **look: str,
    ) -> Seated:  # fmt: skip
        """Open the one-time link of a position, make the key, be enrolled, and wait for the floor.

        `at`: the terminal where another officer sits; a new one where none is named. `passphrase`: of the key, if any.
        `mandates`: that the officer is to hold; by default all those of a duty officer.
        """
        self.seats.offer((position,), codes=(code,), mandates=mandates)
        link = next(seat.link for seat in self.seats.of(position) if seat.code == code)
        one = at.tab if at is not None else self._open.enter_context(tab(self.browser))
        one.page.set_default_timeout(30_000)
        if at is not None:
            one.page.goto("about:blank")
        one.open(link, language=language or LANGUAGE[code], **look)
        if passphrase:
            fields = one.page.locator(".making input")
            fields.last.wait_for()
            for field_ in fields.all():
                field_.fill(passphrase)
        one.page.locator(".key--first").click()
        one.page.locator(".floor").wait_for()
        return Seated(code, position, one)

    def latest(self, code: str, kind: str) -> str:
        """The reference of the last statement of a kind that a member's node holds from it."""
        said = [one for one in self.stage.clients[code].log() if one["kind"] == kind and one["log"].startswith(code)]
        return str(said[-1]["reference"])

    def item(self, at: str, reference: str) -> dict[str, Any]:
        """A statement as the node of `at` shows it."""
        case = self.stage.clients[at].entry(reference)["case"] or reference
        found: dict[str, Any] = next(
            one for one in self.stage.clients[at].case(case)["items"] if one["reference"] == reference
        )
        return found

    def close(self) -> None:
        """Close every tab."""
        self._open.close()


@contextmanager
def floors(folder: Path, browser: Browser, *, charter: str | None = None) -> Iterator[Floors]:
    """Start the nodes of the example mechanism, or of another, with one scripted officer each."""
    with Stage(folder, charter or CHARTER.read_text("utf-8")) as stage:
        for code in stage.codes:
            stage.start(code)
        for code in stage.codes:
            stage.enrol(code)
        until(lambda: _all_lines(stage), "lines between all nodes")
        seats = Seats(stage)
        found = Floors(stage, browser, seats)
        try:
            yield found
        finally:
            found.close()
            seats.end()


def until(is_so: Callable[[], bool], what: str, limit_s: float = ENOUGH_S) -> None:
    """Wait until it is so.

    Raises:
        AssertionError: it is not, within `limit_s`.
    """
    end = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def _all_lines(stage: Stage) -> bool:
    return all(peer["line"] == "open" for code in stage.codes for peer in stage.clients[code].status()["peers"])
