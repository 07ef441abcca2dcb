"""Three nodes, a process each, and officers who sit at their floors in tabs of a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator

from parley.cli.demo import CHARTER
from parley.cli.seats import Seats
from parley.cli.stage import Stage
from tests.web.tabs import Tab, tab

LANGUAGE = {"ISR": "he", "SYR": "ar", "USA": "en"}
ENOUGH_S = 20.0


@dataclass
class Seated:
    """An officer at a floor."""

    code: str
    position: str
    tab: Tab

    @property
    def page(self) -> Any:
        """Its tab's page."""
        return self.tab.page

    @property
    def name(self) -> str:
        """As others see it."""
        return f"{self.code}/{self.position}"

    def card(self, reference: str) -> Locator:
        """The card of a statement on screen."""
        return self.page.locator(f'[data-reference="{reference}"]').first


@dataclass
class Floors:
    """See the module."""

    stage: Stage
    browser: Browser
    seats: Seats
    _open: ExitStack = field(default_factory=ExitStack)

    def sit(self, code: str, position: str, *, language: str | None = None, **look: str) -> Seated:
        """Open the one-time link of a position, make the key, be enrolled, and wait for the floor."""
        self.seats.offer((position,), codes=(code,))
        link = next(seat.link for seat in self.seats.of(position) if seat.code == code)
        one = self._open.enter_context(tab(self.browser))
        one.open(link, language=language or LANGUAGE[code], **look)
        one.page.locator(".key--first").click()
        one.page.locator(".floor").wait_for()
        return Seated(code, position, one)

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
