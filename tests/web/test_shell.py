"""The page's frame: three languages, both directions, nothing from elsewhere, nothing that assistive technology stumbles over."""

from __future__ import annotations

import pytest

from tests.web.tabs import SIZE, Tab

pytestmark = pytest.mark.browser

SIMULATION = {"en": "SIMULATION", "ar": "محاكاة", "he": "סימולציה"}
DIRECTION = {"en": "ltr", "ar": "rtl", "he": "rtl"}
SCENES = ("floor", "trouble", "empty", "loading", "stale", "offline", "stop", "error")


@pytest.mark.parametrize("language", ["en", "ar", "he"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_floor_stands_in_each_language(opened: Tab, page_address: str, language: str, theme: str) -> None:
    opened.open(f"{page_address}/#gallery/floor", language=language, theme=theme)
    page = opened.page
    opened.picture(f"floor-{language}-{theme}")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language,
        DIRECTION[language],
    ]
    assert SIMULATION[language] in page.locator(".exercise").inner_text()
    desks, now = page.locator(".desks").bounding_box(), page.locator(".now").bounding_box()
    assert desks is not None
    assert now is not None
    assert (desks["x"] < now["x"]) == (DIRECTION[language] == "ltr")
    assert page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]") == [
        SIZE["width"], SIZE["height"],
    ]  # fmt: skip
    assert opened.violations() == []


@pytest.mark.parametrize("scene", SCENES)
def test_every_state_is_drawn(opened: Tab, page_address: str, scene: str) -> None:
    opened.open(f"{page_address}/#gallery/{scene}", language="ar" if scene == "trouble" else "en")
    opened.picture(f"state-{scene}")
    assert opened.page.locator(".key--stop").is_visible()
    assert opened.violations() == []


@pytest.mark.parametrize("look", [{"contrast": "more"}, {"contrast": "more", "theme": "night"}, {"mode": "watch"}])
def test_other_looks_are_legible_too(opened: Tab, page_address: str, look: dict[str, str]) -> None:
    opened.open(f"{page_address}/#gallery/floor", language="he", **look)
    opened.picture("-".join(["look", *look.values()]))
    assert opened.violations() == []


def test_stop_is_reached_and_left_by_keyboard_alone(opened: Tab, page_address: str) -> None:
    opened.open(f"{page_address}/#gallery/floor")
    page = opened.page
    page.locator(".key--stop").focus()
    page.keyboard.press("Enter")
    page.locator("[role=alertdialog]").wait_for()
    assert opened.violations() == []
    page.keyboard.press("Escape")
    page.locator("[role=alertdialog]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.className").startswith("key key--stop")
