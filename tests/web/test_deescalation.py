"""De-escalation on three floors in three languages: what one files the other sees, what clashes both, and how it is settled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOUR_MS = 3_600_000
PLACE = (33.1254, 35.8012)
DESKS = {"en": "De-escalation", "ar": "خفض التصعيد", "he": "הפחתת הסלמה"}
REFUSED = "Failed to load resource"
"""What Chromium's console says of an answer that refuses: a notice filed blind, a form half filled in."""
NO_ANSWER = {"en": "no answer yet", "ar": "لا جواب بعد", "he": "טרם נענה"}


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


@pytest.fixture(scope="module")
def sides(cell: Floors) -> tuple[Seated, Seated, Seated]:
    """ISR in Hebrew, SYR in Arabic, USA in English, each at the desk."""
    seated = (cell.sit("ISR", "duty-2"), cell.sit("SYR", "duty-2"), cell.sit("USA", "duty-2"))
    for one, language in zip(seated, ("he", "ar", "en"), strict=True):
        one.page.locator(".desks button", has_text=DESKS[language]).click()
        one.page.locator(".maplibregl-canvas").wait_for(timeout=30_000)
    return seated


def notice(hours: int = 2, activity: str = "fire", place: tuple[float, float] = PLACE, **more: Any) -> dict[str, Any]:
    start = (int(time.time() * 1000) // HOUR_MS + hours) * HOUR_MS
    circle = [round(place[0] * 10_000_000), round(place[1] * 10_000_000), 4_000]
    volumes = [{"area": {"circle": circle}, "start": start, "end": start + HOUR_MS}]
    return {"activity": activity, "volumes": volumes, "unit": "E-3", "intent": "SIMULATION", "lang": "en", **more}


def conflict(seated: Seated, one: str, other: str) -> Locator:
    pair = sorted((one, other))
    return seated.page.locator(f'.conflict[data-pair="{pair[0]} {pair[1]}"]')


def active(seated: Seated) -> int:
    """How many items the slider says are active at its instant."""
    return int(seated.page.locator('.slider [role="status"]').inner_text().split()[0])


def fill_volume(seated: Seated, start: datetime, hours: int = 1) -> None:
    """The first volume of the form, as hands enter it: a circle, and two times in UTC."""
    form = seated.panel.locator('[data-volume="1"]')
    angles = form.locator(".input--angle")
    angles.nth(0).fill(f"{PLACE[0]:.4f}")
    angles.nth(1).fill(f"{PLACE[1]:.4f}")
    form.locator(".input--four").first.fill("4000")
    for part, at in (("start", start), ("end", start + timedelta(hours=hours))):
        group = form.locator(f'[data-part="{part}"]')
        group.locator("select").nth(0).select_option("UTC")
        group.locator(".input--time").fill(f"{at:%H:%M}")
        group.locator(".input--two").fill(str(at.day))
        group.locator("select").nth(1).select_option(str(at.month))
        group.locator(".input--four").fill(str(at.year))


def test_a_notice_that_clashes_is_seen_by_both_and_settled_by_moving_it(
    cell: Floors, sides: tuple[Seated, Seated, Seated]
) -> None:
    hebrew, arabic, english = sides
    theirs = cell.stage.speak("SYR", "notice", notice())
    until(
        lambda: hebrew.page.locator(f'.situation .item[data-key="{theirs}"]').count() > 0, "SYR's notice on ISR's map"
    )

    hebrew.page.locator(".write .key--first").click()
    hebrew.choose("activity", "fire")
    hebrew.text("unit", "G-1")
    hebrew.text("intent", "SIMULATION", "en")
    at = datetime.fromtimestamp((int(time.time()) // 3600 + 2) * 3600, UTC)
    fill_volume(hebrew, at)
    expect(hebrew.panel.locator(f'[data-meets="{theirs}"]')).to_be_visible()
    hebrew.tab.picture("deescalation-would-meet-he")
    hebrew.panel.locator(".saying__keys .key").first.click()
    expect(hebrew.panel).to_contain_text(theirs)
    hebrew.panel.locator("[data-names-them]").click()
    hebrew.send()
    mine = cell.latest("ISR", "notice")
    began = time.monotonic()
    for one in sides:
        expect(conflict(one, mine, theirs)).to_be_visible()
    print(f"the conflict is on all floors {time.monotonic() - began:.2f} s after the notice is filed")
    for one in sides:
        one.tab.picture(f"deescalation-conflict-{one.code}")

    conflict(arabic, mine, theirs).locator("[data-coordinates]").click()
    arabic.choose("way", "delay")
    arabic.send()
    settling = cell.latest("SYR", "coordination")
    for one in sides:
        expect(conflict(one, mine, theirs)).to_contain_text(settling)
    hebrew.page.locator('[data-view="cases"]').click()
    hebrew.page.locator(".cases__list button", has_text=settling).click()
    hebrew.act(hebrew.card(settling), "respond")
    hebrew.choose("answer", "confirmed")
    hebrew.send()
    for one in (arabic, english):
        expect(conflict(one, mine, theirs)).to_have_attribute("data-settled", "true")

    cell.stage.speak("SYR", "correction", notice(hours=9), case=theirs, about=theirs, channel="de-escalation")
    for one in (arabic, english):
        expect(conflict(one, mine, theirs)).to_have_count(0)
    hebrew.page.locator('[data-view="map"]').click()
    expect(conflict(hebrew, mine, theirs)).to_have_count(0)
    for one in sides:
        assert [said for said in one.tab.complaints if not said.startswith(REFUSED)] == []


def test_what_is_drawn_on_the_map_shows_its_clash_as_it_is_drawn(
    cell: Floors, sides: tuple[Seated, Seated, Seated]
) -> None:
    hebrew, arabic, english = sides
    place = (33.31, 35.93)
    theirs = cell.stage.speak("ISR", "notice", notice(place=place))
    row = arabic.page.locator(f'.situation .item[data-key="{theirs}"]')
    row.wait_for()
    arabic.page.locator("[data-draws]").click()
    arabic.page.locator(".draw__keys .key").first.click()
    angles = arabic.page.locator(".draw__point").last.locator(".input--angle")
    angles.nth(0).fill(f"{place[0]:.4f}")
    angles.nth(1).fill(f"{place[1] + 0.05:.4f}")
    arabic.page.locator(".draw__metres input").fill("3000")
    expect(arabic.page.locator(".draw__bad")).to_contain_text(theirs)
    arabic.tab.picture("deescalation-drawing-ar")
    arabic.page.locator('[data-writes="notice"]').click()
    arabic.choose("activity", "ground")
    arabic.text("unit", "C-2")
    arabic.text("intent", "SIMULATION", "ar")
    arabic.send()
    mine = cell.latest("SYR", "notice")
    for one in sides:
        expect(conflict(one, mine, theirs)).to_be_visible()

    slider = english.page.locator(".slider")
    slider.locator(".slider__keys .key").nth(2).click()
    clashing = english.page.locator(f'.situation .item[data-key="{mine}"]')
    expect(clashing).to_contain_text("CONFLICT")
    until(lambda: active(english) >= 2, "both are active at that instant")
    before = active(english)
    english.tab.picture("deescalation-slider-clash-en")
    cell.stage.speak("SYR", "called-off", {}, case=mine, channel="de-escalation")
    for one in sides:
        expect(conflict(one, mine, theirs)).to_have_count(0)
    expect(clashing).to_have_count(0)
    until(lambda: active(english) == before - 1, "one less is active then")
    expect(english.page.locator(f'.situation .item[data-key="{theirs}"]')).not_to_contain_text("CONFLICT")
    english.tab.picture("deescalation-slider-clear-en")
    assert hebrew.tab.strangers == arabic.tab.strangers == english.tab.strangers == []


def test_a_standstill_that_is_not_answered_says_so_on_all_floors(
    cell: Floors, sides: tuple[Seated, Seated, Seated]
) -> None:
    content = {"whose": ["ISR", "SYR"], "activity": "fire", "volumes": notice()["volumes"]}
    offered = cell.stage.speak("ISR", "standstill", content)
    for one, language in zip(sides, ("he", "ar", "en"), strict=True):
        one.page.locator('[data-view="cases"]').click()
        one.page.locator(".cases__list button", has_text=offered).click()
        answer = one.page.locator('.responses__one[data-member="SYR"]')
        expect(answer).to_have_attribute("data-answer", "none")
        expect(answer).to_contain_text(NO_ANSWER[language])
        one.tab.picture(f"deescalation-standstill-{one.code}")
    cell.stage.speak(
        "SYR",
        "respond",
        {"answer": "declined", "reason": "SIMULATION: not now", "lang": "en"},
        case=offered,
        about=offered,
    )
    for one in sides:
        answer = one.page.locator('.responses__one[data-member="SYR"]')
        expect(answer).to_have_attribute("data-answer", "declined")
        expect(answer).to_contain_text("not now")
    cell.stage.speak("SYR", "respond", {"answer": "confirmed"}, case=offered, about=offered)
    until(lambda: cell.stage.clients["USA"].case(offered)["state"] == "in-force", "in force once both have confirmed")
