"""One accountable watch at every moment: who a ring reaches before, during and after a handover."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = hashlib.sha256(b"SIMULATION: nothing runs").hexdigest()
SIMULATION = {"en": "SIMULATION", "ar": "محاكاة", "he": "סימולציה"}
ROSTER: dict[str, Any] = {
    "zone": "Asia/Damascus",
    "shifts": [
        {
            "position": "duty-2",
            "days": list(range(7)),
            "from": 0,
            "until": 1440,
            "alternates": ["duty-3"],
            "languages": ["ar"],
        }
    ],
    "liaison": "duty-1",
}


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


def flash(cell: Floors, text: str) -> str:
    return cell.stage.speak(
        "ISR", "message", {"text": f"SIMULATION: {text}", "lang": "en"}, precedence="FLASH", to=["SYR"]
    )


def reaches(cell: Floors, reference: str) -> list[str]:
    rings = cell.stage.clients["SYR"].now()["rings"]
    return next((list(one["positions"]) for one in rings if one["reference"] == reference), [])


def alarmed(one: Seated) -> bool:
    return one.page.locator(".key--silence").count() > 0


def acknowledge(one: Seated, reference: str) -> None:
    one.act(one.card(reference), "acknowledge")
    one.send()
    expect(one.rings(reference)).to_have_count(0)


def test_a_flash_in_the_middle_of_a_handover_rings_exactly_one_watch(cell: Floors) -> None:
    outgoing, incoming = cell.sit("SYR", "duty-2"), cell.sit("SYR", "duty-3", language="en")
    cell.stage.speak("SYR", "roster", {"roster": ROSTER})
    expect(outgoing.page.locator(".strip__watch[data-mine]")).to_be_visible()
    expect(incoming.page.locator(".strip__watch")).to_contain_text("duty-2")

    before = flash(cell, "before the handover")
    until(lambda: alarmed(outgoing), "the accountable watch is alarmed")
    assert reaches(cell, before) == ["duty-2"]
    assert not alarmed(incoming)
    acknowledge(outgoing, before)

    outgoing.page.locator(".desks button", has_text="المناوبة").click()
    outgoing.page.locator('[data-watch="hand-over"]').click()
    outgoing.field("to").locator("select").select_option("duty-3")
    outgoing.panel.locator("[data-make-sheet]").click()
    outgoing.panel.locator(".handover").wait_for()

    during = flash(cell, "during the handover")
    until(lambda: alarmed(outgoing), "who hands over is accountable until it is taken over")
    assert reaches(cell, during) == ["duty-2"]
    assert not alarmed(incoming)
    expect(outgoing.panel.locator(f'.since [data-reference="{during}"]')).to_be_visible()
    outgoing.panel.locator("[data-make-sheet]").click()
    expect(outgoing.panel.locator(f'.handover [data-section="unread"] [data-reference="{during}"]')).to_be_visible()
    expect(outgoing.panel.locator(".since .handover__row")).to_have_count(0)
    outgoing.tab.picture("hand-over-ar")
    outgoing.send()
    handover = cell.latest("SYR", "handover")
    later = flash(cell, "before it is taken over")
    until(
        lambda: reaches(cell, later) == ["duty-2"], "it rings at the watch that is still accountable, and nowhere else"
    )
    outgoing.page.keyboard.press("l")
    for one in (during, later):
        acknowledge(outgoing, one)

    incoming.page.locator(".desks button", has_text="Watch").click()
    incoming.page.locator('[data-watch="take-over"]').click()
    incoming.panel.wait_for()
    expect(incoming.panel.locator(f'.handover [data-section="unread"] [data-reference="{during}"]')).to_be_visible()
    expect(incoming.panel.locator(f'.since [data-reference="{later}"]')).to_be_visible()
    expect(incoming.panel.locator(f'.since [data-reference="{handover}"]')).to_have_count(0)
    incoming.tab.picture("take-over-en")
    incoming.send()
    until(lambda: cell.stage.clients["SYR"].case(handover)["state"] == "taken-over", "the watch is taken over")
    expect(incoming.page.locator(".strip__watch[data-mine]")).to_be_visible()
    expect(outgoing.page.locator(".strip__watch[data-mine]")).to_have_count(0)

    after = flash(cell, "after the handover")
    until(lambda: alarmed(incoming), "the watch that took over is alarmed")
    assert reaches(cell, after) == ["duty-3"]
    assert not alarmed(outgoing)
    watches = {one["member"]: one for one in cell.stage.clients["ISR"].now()["watches"]}
    assert watches["SYR"]["position"] == "duty-3", "the others know who is accountable"
    for one in (outgoing, incoming):
        assert one.tab.complaints == []


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_the_continuity_sheet_is_a_pdf_in_the_language_asked_for(cell: Floors, language: str) -> None:
    seated = cell.sit("ISR", f"duty-{language}", language=language)
    desk = {"en": "Watch", "ar": "المناوبة", "he": "המשמרת"}[language]
    seated.page.locator(".desks button", has_text=desk).click()
    seated.page.locator('[data-watch="continuity"]').click()
    with seated.page.expect_download() as fetched:
        seated.panel.locator(f'[data-language="{language}"]').click()
    pdf = PdfReader(fetched.value.path())
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert all(SIMULATION[language] in page.extract_text() for page in pdf.pages), "every page of an exercise says so"
    assert "ISR" in text
    assert len(pdf.pages) >= 1


def test_only_the_position_named_can_take_the_watch_over(cell: Floors) -> None:
    handover = cell.stage.speak("SYR", "handover", {"to": "duty-9", "sheet": SHEET})
    with pytest.raises(Exception, match=r"move\.not-yours"):
        cell.stage.speak("SYR", "take-over", {"sheet": SHEET}, case=handover)
    assert cell.stage.clients["SYR"].case(handover)["state"] == "offered"
