"""The map over the gallery's simulated items: offline, under the node's policy, by pointer and by keyboard, in three languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.served import FLOOR
from tests.web.tabs import Tab

pytestmark = pytest.mark.browser

SHAPES = {"Polygon", "GeometryCollection"}
CONFLICT = {"en": "CONFLICT", "ar": "تعارض", "he": "התנגשות"}
ENOUGH_MS = 60_000


def show(opened: Tab, address: str, scene: str, **look: Any) -> Page:
    """Open a scene of the gallery and wait until its map has drawn all that it has."""
    opened.open(f"{address}/#gallery/map/{scene}", **look)
    drawn(opened.page)
    return opened.page


def drawn(page: Page) -> Locator:
    canvas = page.get_by_test_id("map")
    page.wait_for_selector("[data-testid=map][data-idle]", timeout=ENOUGH_MS)
    return canvas


def areas(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.locator(".gallery__map").get_attribute("data-drawn") or "[]")
    return found


@pytest.mark.parametrize("language", ["en", "ar", "he"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_map_stands_in_each_language(opened: Tab, page_address: str, language: str, theme: str) -> None:
    page = show(opened, page_address, "packs", language=language, theme=theme)
    opened.picture(f"map-{language}-{theme}")
    rows = page.locator(".item")
    assert CONFLICT[language] in rows.nth(0).inner_text()
    assert "BBB 141" in rows.nth(0).inner_text()
    assert page.locator(".map__canvas").evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    assert opened.violations() == []


def test_the_hard_places_of_the_globe_are_drawn(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "edges")
    opened.picture("map-edges")
    assert page.locator(".item").count() == 5


def test_what_is_pressed_on_the_map_is_selected_in_the_list(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "items")
    box = page.get_by_test_id("map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.32, box["y"] + box["height"] * 0.6)
    page.locator('.item[aria-selected=true]:has-text("AAA 133")').wait_for()
    assert page.locator(".item[aria-selected=true]").bounding_box()["y"] < 500  # type: ignore[index]
    page.mouse.click(box["x"] + box["width"] * 0.01, box["y"] + box["height"] * 0.5)
    page.locator(".item[aria-selected=true]").wait_for(state="detached")


def test_the_list_is_used_by_keyboard_and_moves_the_map(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "many")
    first = page.locator(".item").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".item[aria-selected=true]").wait_for()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    chosen = page.locator(".item[aria-selected=true]")
    chosen.wait_for()
    assert chosen.get_attribute("aria-setsize") in (None, "2000")


def test_the_map_is_used_by_keyboard(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "items")
    canvas = page.locator(".map__canvas canvas")
    canvas.focus()
    page.keyboard.press("Enter")
    selected = page.locator(".item[aria-selected=true]")
    assert page.locator(".map__cross").evaluate("(one) => getComputedStyle(one).visibility") == "visible"
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    selected.wait_for()
    assert "131" in selected.inner_text() or "141" in selected.inner_text()


def test_an_area_is_drawn_by_pointer_and_its_clash_is_shown(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "draw")
    box = page.get_by_test_id("map").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.4)
    page.mouse.click(*middle)
    page.mouse.click(middle[0] + 90, middle[1])
    page.locator('.draw__bad:has-text("CONFLICT")').wait_for()
    opened.picture("map-draw-clash")
    (area,) = areas(page)
    assert 5_000 < area["circle"][2] < 50_000
    assert opened.violations() == []


def test_an_area_is_drawn_by_keyboard_and_corrected_in_figures(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "draw", language="he")
    page.locator("input[value=polygon]").check()
    page.locator(".map__canvas canvas").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.wait_for_timeout(700)
    (area,) = areas(page)
    assert len(area["polygon"]) == 3
    page.keyboard.press("Backspace")
    assert areas(page) == []
    page.keyboard.press("Enter")
    third = page.locator(".draw__point").nth(2).locator(".input--angle")
    third.nth(0).fill("10.5")
    third.nth(1).fill("150.5")
    page.locator(".draw__point").nth(2).locator("select").nth(1).select_option("W")
    assert areas(page)[0]["polygon"][2] == [105_000_000, -1_505_000_000]
    assert opened.violations() == []


def test_the_map_goes_to_what_is_entered_in_figures(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "draw")
    page.locator(".draw__keys .key").first.click()
    centre = page.locator(".draw__point").locator(".input--angle")
    centre.nth(0).fill("41.25")
    centre.nth(1).fill("17.75")
    radius = page.locator(".draw__metres input")
    radius.fill("3000")
    page.wait_for_timeout(1_000)
    opened.picture("map-draw-entered")
    page.locator(".map__canvas canvas").focus()
    page.keyboard.press("Enter")  # a point of the rim, in the middle of the map: it is the centre that was entered
    expect(radius).not_to_have_value("3000")
    (area,) = areas(page)
    assert area["circle"][:2] == [412_500_000, 177_500_000]
    assert area["circle"][2] < 100


def test_a_boundary_that_crosses_itself_is_told_with_its_place(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "draw", language="ar")
    page.locator("input[value=polygon]").check()
    for latitude, longitude in (("10.0", "150.4"), ("10.2", "150.0"), ("10.0", "150.0"), ("10.2", "150.4")):
        page.locator(".draw__keys .key").first.click()
        entry = page.locator(".draw__point").last
        entry.locator(".input--angle").nth(0).fill(latitude)
        entry.locator(".input--angle").nth(1).fill(longitude)
        entry.locator("select").nth(1).select_option("W")
    crossing = page.locator(".draw__bad")
    crossing.wait_for()
    opened.picture("map-draw-crossing")
    assert "10.10" in crossing.inner_text()
    assert "150.2" in crossing.inner_text()
    assert areas(page) == []
    assert opened.violations() == []


def test_the_slider_steps_by_keys_and_plays(opened: Tab, page_address: str) -> None:
    page = show(opened, page_address, "items")
    slider = page.locator(".slider__range")
    slider.focus()
    page.keyboard.press("PageUp")
    page.locator('.slider__at:has-text("08:")').wait_for()
    assert "UTC" in (slider.get_attribute("aria-valuetext") or "")
    page.locator('.item:has-text("AAA 131"):has-text("over")').wait_for()
    page.locator(".slider__keys .key").first.click()
    page.locator('.slider__at:has-text("09:")').wait_for()
    page.locator(".slider__keys .key").first.click()
    page.locator(".slider__keys .key").nth(3).click()
    page.locator('.slider__at:has-text("02:04")').wait_for()


def test_without_a_way_to_draw_the_list_has_everything(opened: Tab, page_address: str) -> None:
    opened.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    opened.open(f"{page_address}/#gallery/map/items")
    opened.page.locator(".map__none").wait_for()
    assert opened.page.locator(".item").count() > 2
    assert opened.violations() == []
    opened.complaints.clear()


def test_two_thousand_notices_are_drawn(opened: Tab, page_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = show(opened, page_address, "many")
    idle_ms = int(page.get_by_test_id("map").get_attribute("data-idle") or 0)
    opened.picture("map-many")
    with capsys.disabled():
        print(
            f"\nmap_idle_2000: {idle_ms} ms to all 2,000 notices drawn, from the making of the map; software rendering"
        )
    assert "2000" in page.locator(".items__head").inner_text()


def test_no_border_no_country_and_no_name_ships(page_address: str) -> None:
    """Every geographic file of the built page is bare polygons of land or water; MapLibre's style names no address of others."""
    packs = {}
    for path in sorted((FLOOR / "assets").glob("*.json")):
        packs[path.name.split("-")[0]] = json.loads(path.read_text("utf-8"))
    assert set(packs) == {"land", "water"}
    for pack in packs.values():
        assert set(pack) == {"type", "geometries"}
        assert {frozenset(one) for one in pack["geometries"]} == {frozenset({"type", "coordinates"})}
        assert {pack["type"], *(one["type"] for one in pack["geometries"])} == SHAPES
    others = {".geojson", ".topojson", ".pmtiles", ".mbtiles", ".gpkg", ".pbf", ".shp", ".kml"}
    assert [path.name for path in FLOOR.rglob("*") if path.suffix in others] == []
