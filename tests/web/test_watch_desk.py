"""One accountable watch at every moment: who a ring reaches before, during and after a handover."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = hashlib.sha256(b"SIMULATION: nothing runs").hexdigest()
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
    outgoing.page.locator(".write [aria-haspopup]").click()
    outgoing.page.locator('.menu [data-key="handover"]').click()
    outgoing.text("to", "duty-3")
    outgoing.text("sheet", SHEET)
    outgoing.send()
    handover = cell.latest("SYR", "handover")

    during = flash(cell, "during the handover")
    until(lambda: alarmed(outgoing), "who hands over is accountable until it is taken over")
    assert reaches(cell, during) == ["duty-2"]
    assert not alarmed(incoming)
    outgoing.page.keyboard.press("l")
    acknowledge(outgoing, during)

    incoming.page.locator(".desks button", has_text="Watch").click()
    incoming.page.locator(".cases__list button", has_text=handover).click()
    incoming.act(incoming.card(handover), "take-over")
    incoming.text("sheet", SHEET)
    incoming.tab.picture("take-over-en")
    incoming.send()
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


def test_only_the_position_named_can_take_the_watch_over(cell: Floors) -> None:
    handover = cell.stage.speak("SYR", "handover", {"to": "duty-9", "sheet": SHEET})
    with pytest.raises(Exception, match=r"move\.not-yours"):
        cell.stage.speak("SYR", "take-over", {"sheet": SHEET}, case=handover)
    assert cell.stage.clients["SYR"].case(handover)["state"] == "offered"
