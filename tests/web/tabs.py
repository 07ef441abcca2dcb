"""Tabs of a Chromium that keep watch: what a page asked of strangers, and what it complained of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, sync_playwright

from tools import browser as finder

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = Path(__file__).resolve().parent / "pictures"
SIZE = {"width": 1366, "height": 768}
PICTURE_TAKEN = "GL Driver Message (OpenGL, Performance"
"""Chromium warns so of itself when a picture is taken of what it drew without a graphics card."""
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass
class Tab:
    """One page in a context of its own, and what it did."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str, *, language: str = "en", **look: str) -> None:
        """Open `address` as a browser that was set to this language and look before."""
        stored = json.dumps({"theme": "day", "contrast": "usual", "mode": "floor", **look})
        self.page.add_init_script(
            f"localStorage.setItem('parley.language', {json.dumps(language)});"
            f"localStorage.setItem('parley.look', {json.dumps(stored)});"
        )
        self.page.goto(address)
        self.page.wait_for_selector("#floor > *")
        self.page.evaluate("document.fonts.ready.then(() => undefined)")

    def violations(self, frame: Frame | None = None) -> list[str]:
        """What axe-core finds serious or critical (WCAG 2.2 A and AA, and best practices), here or in one frame of it."""
        where = frame or self.page
        where.evaluate(AXE.read_text("utf-8"))
        found: list[dict[str, Any]] = where.evaluate(
            "axe.run(document, {iframes: false}).then((result) => result.violations)"
        )
        return [
            f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def picture(self, name: str) -> Path | None:
        """A picture of what is on screen, where `PARLEY_PICTURES` asks for them."""
        if not os.environ.get("PARLEY_PICTURES"):
            return None
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=str(path))
        return path


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A Chromium, or None where there is none."""
    found = finder.find()
    if found is None:
        yield None
        return
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=found.path, args=found.arguments, env={**os.environ, **found.environment}
        )
        yield started
        started.close()


@contextmanager
def tab(browser: Browser, **more: Any) -> Iterator[Tab]:
    """A tab of 1366×768 in a context of its own."""
    context = browser.new_context(**{"viewport": SIZE, "reduced_motion": "reduce", **more})
    page = context.new_page()
    watched = Tab(page)
    page.on("request", lambda request: _note_stranger(watched, request.url))
    page.on("console", lambda message: _note_complaint(watched, message))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    yield watched
    context.close()


def _note_complaint(watched: Tab, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning") and not message.text.startswith(PICTURE_TAKEN, message.text.find("]") + 1):
        watched.complaints.append(message.text)


def _note_stranger(watched: Tab, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname not in LOOPBACK:
        watched.strangers.append(url)
