"""Night mode and watch mode, as an officer chooses them: legible, in three languages, and still chosen when the page is read again."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.tabs import SIZE, Tab

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "ar", "he")
DIRECTION = {"en": "ltr", "ar": "rtl", "he": "rtl"}
DARK = 0.05
"""Relative luminance (WCAG 2.2) of a ground that is dark."""


def arrive(opened: Tab, address: str, language: str) -> Page:
    """Open the floor in a browser in which nothing but the language was ever chosen."""
    opened.page.add_init_script(
        f"localStorage.getItem('parley.language') ?? localStorage.setItem('parley.language', {json.dumps(language)})"
    )
    opened.page.goto(f"{address}/#gallery/floor")
    opened.page.locator(".floor").wait_for()
    opened.page.evaluate("document.fonts.ready.then(() => undefined)")
    return opened.page


def again(page: Page) -> None:
    page.reload()
    page.locator(".floor").wait_for()


def choose(page: Page, group: int, option: int) -> None:
    """Choose in the display's sheet, by keyboard alone, as on a terminal without a mouse."""
    page.locator(".strip__keys .key").filter(has=page.locator(".key__word")).last.focus()
    page.keyboard.press("Enter")
    page.locator(".display").wait_for()
    radios = page.locator(".display [role=radiogroup]").nth(group)
    radios.locator("input:checked").focus()
    for _ in range(option):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.locator(".display").wait_for(state="detached")


def luminance(page: Page, what: str) -> float:
    told = page.evaluate(f"getComputedStyle(document.querySelector({what!r})).backgroundColor")
    channels = [int(one) / 255 for one in re.findall(r"\d+", told)[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LIGHT, ON_SCREEN = 1, 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_night_is_dark_legible_and_kept(opened: Tab, page_address: str, language: str) -> None:
    page = arrive(opened, page_address, language)
    assert luminance(page, "html") > 1 - DARK * 4
    choose(page, LIGHT, 1)
    for _ in range(2):
        assert page.evaluate("document.documentElement.dataset.theme") == "night"
        assert page.evaluate("document.documentElement.dir") == DIRECTION[language]
        for what in ("body", ".centre", ".now", ".said", ".desks"):
            ground = page.evaluate(f"getComputedStyle(document.querySelector({what!r})).backgroundColor")
            assert ground == "rgba(0, 0, 0, 0)" or luminance(page, what) < DARK, what
        assert luminance(page, "html") < DARK
        assert opened.violations() == []
        again(page)
    opened.picture(f"night-{language}")
    page.locator(".key--stop").click()
    page.locator("[role=alertdialog]").wait_for()
    assert opened.violations() == []
    opened.picture(f"night-stop-{language}")


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_watch_sees_now_the_line_and_stop_and_nothing_else(
    opened: Tab, page_address: str, language: str, theme: str
) -> None:
    page = arrive(opened, page_address, language)
    if theme == "night":
        choose(page, LIGHT, 1)
    page.locator(".desk").nth(1).click()
    expect(page.locator(".log")).to_have_count(0)
    page.locator(".strip h1").click()
    page.keyboard.press("w")
    for _ in range(2):
        assert page.evaluate("document.documentElement.dataset.mode") == "watch"
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        for seen in (".now", ".log", ".key--stop", ".exercise", ".clock--utc", ".lamp >> nth=0", ".key--silence"):
            expect(page.locator(seen)).to_be_visible()
        expect(page.locator(".desks")).to_be_hidden()
        assert page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]") == [
            SIZE["width"], SIZE["height"],
        ]  # fmt: skip
        now, log = page.locator(".now").bounding_box(), page.locator(".log").bounding_box()
        assert now is not None
        assert log is not None
        assert (now["x"] < log["x"]) == (DIRECTION[language] == "ltr")
        # The ladder is folded to the furthest rung, and the next that is overdue.
        assert page.locator(".said .ladder:not(.ladder--folded)").count() == 0
        assert page.locator(".said .ladder__furthest").count() > 0
        assert opened.violations() == []
        again(page)
    opened.picture(f"watch-{language}-{theme}")


def test_the_watch_acts_as_on_the_whole_floor_and_comes_back(opened: Tab, page_address: str) -> None:
    page = arrive(opened, page_address, "en")
    choose(page, ON_SCREEN, 1)
    expect(page.locator(".desks")).to_be_hidden()
    page.keyboard.press("F8")
    expect(page.locator(".panel")).to_be_visible()
    assert opened.violations() == []
    page.keyboard.press("Escape")
    page.keyboard.press("F9")
    expect(page.locator("[role=alertdialog]")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".strip h1").click()
    page.keyboard.press("w")
    expect(page.locator(".desks")).to_be_visible()
    again(page)
    expect(page.locator(".desks")).to_be_visible()
