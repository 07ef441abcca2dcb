"""Beside the form what is doubtful, a notice on paper, and packs with whose they are: on real floors, in three languages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parley.exchange.packs import PackKind
from parley.node.maps.packs import MapPacks
from tests.tiles import streets, written
from tests.web.floors import Floors, Seated, floors
from tests.web.tabs import PICTURES
from tests.web.test_deescalation import DESKS, PLACE, fill_volume, notice

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MEANT = "33.12540 N 35.80120 E"
SWAPPED = {
    "en": f"Latitude and longitude may be exchanged: did you mean {MEANT}?",
    "ar": f"قد يكون خط العرض وخط الطول متبادلين: هل تقصد {MEANT}؟",
    "he": f"ייתכן שקו הרוחב וקו האורך הוחלפו: האם הכוונה ל־{MEANT}?",
}
AT = {"en": 1, "ar": 3, "he": 5}
"""Hours from now: too soon for the charter, and not at the same time."""
BRIDGE = {"en": "Bridge", "ar": "الجسر", "he": "הגשר"}


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


@pytest.fixture(scope="module")
def seats(cell: Floors, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seated]:
    """Officers at the desk by language, each node with packs."""
    found = {}
    for code, language in (("USA", "en"), ("SYR", "ar"), ("ISR", "he")):
        load(cell, code, tmp_path_factory.mktemp(code))
        found[language] = at_the_desk(cell, code, language)
    return found


def at_the_desk(cell: Floors, code: str, language: str) -> Seated:
    seated = cell.sit(code, "duty-2", language=language)
    seated.page.locator(".desks button", has_text=DESKS[language]).click()
    seated.page.locator(".situation").wait_for()
    return seated


def load(cell: Floors, code: str, folder: Path) -> None:
    """A gazetteer and a line at one node."""
    point = {"type": "Point", "coordinates": [PLACE[1], PLACE[0]]}
    names = [
        {"type": "Feature", "geometry": point, "properties": {"name": name, "lang": language}}
        for language, name in BRIDGE.items()
    ]
    line = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[35.6, 33.0], [36.0, 33.3]]}}
    packs = MapPacks(cell.stage.home(code).map_folder)
    for name, features, kind in (("Names", names, PackKind.GAZETTEER), ("Lines", [line], PackKind.BOUNDARIES)):
        file = folder / f"{name}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        packs.add(file, "SYR", name, "SIMULATION", kind)
    packs.add(written(folder / "streets.pmtiles", most=9), "SYR", "Streets", "SIMULATION")


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_a_swapped_place_is_told_in_words_and_filed_all_the_same(seats: dict[str, Seated], language: str) -> None:
    seated = seats[language]
    expect(seated.page.locator(".packs__whose")).to_contain_text("Names · SIMULATION")
    expect(seated.page.locator(".packs__whose")).to_contain_text("SYR")
    seated.tab.picture(f"going-out-packs-{language}")

    seated.page.locator(".write .key--first").click()
    seated.choose("activity", "sea")
    seated.text("unit", "G-1")
    seated.text("intent", "SIMULATION", "en")
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=AT[language])
    fill_volume(seated, at)
    angles = seated.panel.locator('[data-volume="1"] .input--angle')
    short = seated.panel.locator('[data-doubt="short"]')
    expect(short).to_be_visible()
    expect(seated.panel.locator('[data-doubt="outside-area"]')).to_have_count(0)
    angles.nth(0).fill(f"{PLACE[1]:.4f}")
    angles.nth(1).fill(f"{PLACE[0]:.4f}")
    outside = seated.panel.locator('[data-doubt="outside-area"]')
    expect(outside.locator('[data-how="swapped"]')).to_have_text(SWAPPED[language])
    seated.panel.locator(".otherwise summary").click()
    seated.panel.locator('[data-field="otherwise-placeName"] input').fill(BRIDGE[language])
    expect(seated.panel.locator('[data-doubt="name-elsewhere"] [data-how="swapped"]')).to_be_visible()
    seated.panel.locator(".doubts").scroll_into_view_if_needed()
    seated.tab.picture(f"going-out-doubts-{language}")
    angles.nth(0).fill(f"{PLACE[0]:.4f}")
    angles.nth(1).fill(f"{PLACE[1]:.4f}")
    expect(outside).to_have_count(0)
    expect(seated.panel.locator('[data-doubt="name-elsewhere"]')).to_have_count(0)
    seated.send()
    assert seated.tab.complaints == []


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_a_ground_of_tiles_is_drawn_with_whose_it_is_and_can_be_hidden(seats: dict[str, Seated], language: str) -> None:
    page = seats[language].page
    canvas = page.get_by_test_id("map")
    expect(page.locator(".packs__whose")).to_contain_text("Streets · SIMULATION")
    notes = page.locator(".packs summary")
    box = page.locator(".packs .check", has_text="Streets").locator("input")

    def picture(*, ground: bool) -> bytes:
        notes.click()
        box.set_checked(ground)
        notes.click()
        page.wait_for_timeout(1_500)  # what is in sight is drawn
        return canvas.screenshot()

    hidden = picture(ground=False)
    with page.expect_response("**/tiles/**") as tile:
        shown = picture(ground=True)
    assert (tile.value.status, tile.value.body()) == (200, streets())
    seats[language].tab.picture(f"going-out-ground-{language}")
    assert shown != hidden
    assert picture(ground=False) == hidden
    expect(page.locator(".map__part")).to_have_count(0)


def test_a_notice_is_printed_from_its_statement_in_the_readers_language(cell: Floors, seats: dict[str, Seated]) -> None:
    reference = cell.stage.speak("SYR", "notice", notice(hours=9, activity="sea"))
    seated = seats["ar"]
    seated.page.locator('[data-view="cases"]').click()
    seated.page.locator(".cases__list button", has_text=reference).click()
    with seated.page.context.expect_page() as opened:
        seated.page.locator(f'a[data-paper="{reference}"]').first.click()
    paper = opened.value
    expect(paper.locator("html")).to_have_attribute("dir", "rtl")
    expect(paper.locator("h1")).to_contain_text(reference)
    expect(paper.locator(".sim").first).to_contain_text("SIMULATION")
    expect(paper.locator("tbody")).to_contain_text("36S YB 61347 68681")
    paper.emulate_media(media="print")
    box = paper.locator(".n", has_text=MEANT).first
    assert box.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert paper.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if os.environ.get("PARLEY_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        paper.screenshot(path=str(PICTURES / "going-out-paper-ar.png"), full_page=True)
