"""The floor in little room, as in a frame of the theatre: nothing is cut off, and what must be seen is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.web.tabs import tab

pytestmark = pytest.mark.browser

SIZES = ((440, 470), (600, 640))
ALWAYS = (".exercise", ".strip__node p .ref", ".clock--utc", ".lamp >> nth=0", ".lamp >> nth=-1", ".key--stop", ".key--silence",
          ".desk[aria-current=page]", "[data-next=acknowledge] >> nth=0", ".write .key >> nth=0")  # fmt: skip
LOG_AT_LEAST = 80


@pytest.mark.parametrize("language", ["en", "ar", "he"])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scene", ["floor", "trouble"])
def test_what_must_be_seen_is_seen(
    browser: Browser, page_address: str, language: str, size: tuple[int, int], scene: str
) -> None:
    width, height = size
    with tab(browser, viewport={"width": width, "height": height}) as opened:
        opened.open(f"{page_address}/#gallery/{scene}", language=language)
        page = opened.page
        opened.picture(f"compact-{scene}-{width}-{language}")
        boxes = {}
        for what in ALWAYS:
            box = page.locator(what).bounding_box()
            assert box is not None, what
            assert box["x"] >= 0, what
            assert box["x"] + box["width"] <= width, what
            assert 0 <= box["y"] <= height - box["height"], what
            boxes[what] = box
        lamps, stop = boxes[".lamp >> nth=-1"], boxes[".key--stop"]
        assert lamps["x"] + lamps["width"] <= stop["x"] or stop["x"] + stop["width"] <= lamps["x"], (
            "lamps under the keys"
        )
        log = page.locator(".log").bounding_box()
        assert log is not None
        assert log["height"] >= LOG_AT_LEAST
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
        assert opened.violations() == []
        assert opened.complaints == []


def test_the_alarm_and_stop_stay_over_what_is_written(browser: Browser, page_address: str) -> None:
    with tab(browser, viewport={"width": 440, "height": 470}) as opened:
        opened.open(f"{page_address}/#gallery/floor")
        page = opened.page
        page.locator("[data-next=acknowledge]").first.click()
        panel = page.locator(".panel").bounding_box()
        alarm = page.locator(".key--silence").bounding_box()
        assert panel is not None
        assert alarm is not None
        assert alarm["y"] + alarm["height"] <= panel["y"]
        page.locator(".key--stop").click()
        page.locator("[role=alertdialog]").wait_for()
        assert opened.violations() == []
