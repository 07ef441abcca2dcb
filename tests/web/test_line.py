"""The Line in three browsers over three nodes: said, rung, read back, stopped, clarified, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOON = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=40)
AWAY = ("ERR_CONNECTION", "HTTP Authentication failed", "401 (Unauthorized)")
"""What a browser notes while a node is away, and of the session that ended with it."""
PLACE = (33.1254, 35.8012)


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


@pytest.fixture(scope="module")
def hebrew(cell: Floors) -> Seated:
    return cell.sit("ISR", "duty-2")


@pytest.fixture(scope="module")
def arabic(cell: Floors) -> Seated:
    return cell.sit("SYR", "duty-2")


@pytest.fixture(scope="module")
def english(cell: Floors) -> Seated:
    return cell.sit("USA", "duty-2")


@pytest.fixture(autouse=True)
def quiet(hebrew: Seated, arabic: Seated, english: Seated) -> Iterator[None]:
    yield
    for one in (hebrew, arabic, english):
        one.page.keyboard.press("Escape")
        one.page.keyboard.press("Escape")
        assert one.tab.strangers == []
        assert one.tab.complaints == []


def test_a_flash_in_hebrew_is_read_back_in_arabic(cell: Floors, hebrew: Seated, arabic: Seated) -> None:
    hebrew.write("FLASH", ["SYR"])
    hebrew.text("text", "תרגיל: כלי טיס לא מזוהה צפונית לקו.", "he")
    hebrew.place("place", *PLACE)
    hebrew.time("time", SOON)
    hebrew.height("height", 3000, "ft", "AMSL")
    hebrew.tab.picture("compose-he")
    hebrew.send()
    reference = cell.latest("ISR", "message")
    arabic.rings(reference).wait_for()
    expect(arabic.card(reference)).to_contain_text("תרגיל")
    arabic.act(arabic.card(reference), "acknowledge")
    arabic.place("place", *PLACE)
    arabic.time("time", SOON)
    arabic.height("height", 914.4, "m", "AMSL")
    arabic.tab.picture("read-back-ar")
    assert arabic.tab.violations() == []
    arabic.send()
    expect(arabic.rings(reference)).to_have_count(0)
    until(lambda: cell.item("ISR", reference)["ladders"][0]["acknowledged"], "read back at the other side")


def test_a_flash_in_arabic_is_read_back_wrong_and_counts_only_when_put_right(
    cell: Floors, hebrew: Seated, arabic: Seated
) -> None:
    arabic.write("FLASH", ["ISR"])
    arabic.text("text", "تمرين: نشاط جوي قرب الموقع المذكور.", "ar")
    arabic.place("place", *PLACE)
    arabic.send()
    reference = cell.latest("SYR", "message")
    hebrew.rings(reference).wait_for()
    hebrew.act(hebrew.card(reference), "acknowledge")
    hebrew.place("place", PLACE[0], PLACE[1] + 0.3)
    expect(hebrew.panel.locator("[role=alert]")).to_be_visible()
    hebrew.tab.picture("read-back-wrong-he")
    hebrew.send()
    until(lambda: cell.item("SYR", reference)["questioned"], "a clarification is open")
    ladder = cell.item("SYR", reference)["ladders"][0]
    assert (ladder["acknowledged"], ladder["mismatched"]) == (False, ["place"])
    hebrew.rings(reference).wait_for()
    expect(arabic.card(reference).locator(".banner, .note--bad").first).to_be_visible()
    arabic.tab.picture("questioned-ar")
    hebrew.act(hebrew.card(reference), "acknowledge")
    hebrew.place("place", *PLACE)
    hebrew.send()
    until(lambda: cell.item("SYR", reference)["ladders"][0]["acknowledged"], "read back right")
    expect(hebrew.rings(reference)).to_have_count(0)


def test_a_phrase_is_the_same_in_every_language(cell: Floors, hebrew: Seated, arabic: Seated, english: Seated) -> None:
    arabic.write("FLASH", ["ISR", "USA"])
    arabic.phrase("warning.approaching")
    arabic.choose("phrase.object", "helicopter")
    arabic.place("phrase.place", *PLACE)
    arabic.choose("phrase.direction", "north")
    arabic.time("phrase.time", SOON)
    arabic.tab.picture("phrase-ar")
    arabic.send()
    reference = cell.latest("SYR", "message")
    said = cell.item("ISR", reference)["phrase"]
    for reader, language in ((hebrew, "he"), (english, "en"), (arabic, "ar")):
        card = reader.card(reference)
        card.wait_for()
        assert said[language]["text"] in plain(card.inner_text())
    english.tab.picture("phrase-en")
    hebrew.act(hebrew.card(reference), "acknowledge")
    hebrew.place("phrase.place", *PLACE)
    hebrew.time("phrase.time", SOON + timedelta(minutes=10))
    hebrew.send()
    until(lambda: mismatched(cell, "SYR", reference, "ISR") == ["phrase.time"], "the wrong time is told")
    hebrew.act(hebrew.card(reference), "acknowledge")
    hebrew.place("phrase.place", *PLACE)
    hebrew.time("phrase.time", SOON)
    hebrew.send()
    until(lambda: ladder(cell, "SYR", reference, "ISR")["acknowledged"], "read back right")
    english.act(english.card(reference), "acknowledge")
    english.place("phrase.place", *PLACE)
    english.time("phrase.time", SOON)
    english.send()
    until(lambda: cell.stage.clients["SYR"].case(reference)["state"] == "acknowledged", "all have acknowledged")


def test_a_rendition_stands_beside_the_original(cell: Floors, hebrew: Seated, arabic: Seated) -> None:
    reference = cell.stage.speak("ISR", "message", {"text": "תרגיל: דחפור עובד ליד הגדר.", "lang": "he"}, to=["SYR"])
    arabic.card(reference).wait_for()
    arabic.act(arabic.card(reference), "rendition")
    arabic.text("text", "تمرين: جرافة تعمل قرب السياج.", "ar")
    arabic.send()
    for reader in (arabic, hebrew):
        expect(reader.card(reference)).to_contain_text("جرافة")
        expect(reader.card(reference)).to_contain_text("דחפור")
    arabic.tab.picture("rendition-ar")


def test_a_stop_is_taken_by_an_alternate_in_spite_of_a_wrong_read_back(
    cell: Floors, hebrew: Seated, arabic: Seated, english: Seated
) -> None:
    alternate = cell.sit("SYR", "duty-3", language="en")
    hebrew.page.keyboard.press("F9")
    hebrew.choose("activity", "air")
    hebrew.place("area", *PLACE, radius_m=4000)
    hebrew.tab.picture("stop-he")
    assert hebrew.tab.violations() == []
    hebrew.page.locator("[role=alertdialog] .key--stop").click()
    hebrew.page.locator("[role=alertdialog]").wait_for(state="detached")
    reference = cell.latest("ISR", "stop")
    for one in (arabic, english, alternate):
        one.rings(reference).wait_for()
        one.stop_pin(reference).wait_for()
    arabic.tab.picture("stop-rings-ar")
    alternate.act(alternate.stop_pin(reference), "acknowledge")
    alternate.place("area", PLACE[0] + 0.5, PLACE[1], radius_m=4000)
    alternate.tab.picture("stop-taken-en")
    alternate.page.locator(".panel .taking .key--stop").click()
    alternate.panel.wait_for(state="detached")
    until(lambda: cell.stage.clients["ISR"].case(reference)["state"] == "taken", "it is taken all the same")
    case = cell.stage.clients["ISR"].case(reference)
    assert ladder(cell, "ISR", reference, "SYR")["acknowledged"]
    assert "area" in ladder(cell, "ISR", reference, "SYR")["mismatched"]
    assert any(one["closed"] is None for one in case["clarifications"])
    expect(hebrew.stop_pin(reference).locator(".note--bad")).to_be_visible()
    arabic.rings(reference).wait_for(state="detached")
    hebrew.tab.picture("stop-questioned-he")

    alternate.act(alternate.stop_pin(reference), "outcome")
    alternate.choose("result", "refused")
    alternate.text("reason", "SIMULATION: the aircraft is on a medical evacuation.", "en")
    alternate.send()
    until(
        lambda: any(rung["rung"] == "outcome" for rung in ladder(cell, "ISR", reference, "SYR")["rungs"]),
        "refused, because",
    )
    hebrew.tab.picture("stop-refused-he")
    hebrew.act(hebrew.stop_pin(reference), "lift")
    hebrew.send()
    for one in (hebrew, arabic, english, alternate):
        one.stop_pin(reference).wait_for(state="detached")
    alternate.page.context.close()


def test_a_suspension_leaves_what_saves_lives_open(
    cell: Floors, hebrew: Seated, arabic: Seated, english: Seated
) -> None:
    reference = cell.stage.speak(
        "SYR", "suspend", {"scope": "all", "reason": "SIMULATION: talks paused.", "lang": "en", "terms": "SIMULATION."}
    )
    for one in (hebrew, arabic, english):
        one.page.locator(".pin--suspension", has_text=reference).wait_for()
    hebrew.tab.picture("suspension-he")
    hebrew.page.keyboard.press("F9")
    hebrew.place("area", *PLACE, radius_m=900)
    hebrew.page.locator("[role=alertdialog] .key--stop").click()
    hebrew.page.locator("[role=alertdialog]").wait_for(state="detached")
    stop = cell.latest("ISR", "stop")
    arabic.rings(stop).wait_for()
    hebrew.act(hebrew.stop_pin(stop), "withdraw")
    hebrew.send()
    cell.stage.speak("SYR", "resume", {}, case=reference)
    for one in (hebrew, arabic, english):
        one.page.locator(".pin--suspension").wait_for(state="detached")


def test_a_proof_of_life_is_answered_by_one_key(cell: Floors, hebrew: Seated, arabic: Seated) -> None:
    reference = cell.stage.speak("ISR", "proof", {}, to=["SYR"])
    arabic.page.locator(".pin--proof", has_text=reference).wait_for()
    arabic.tab.picture("proof-ar")
    arabic.page.keyboard.press("p")
    arabic.page.locator(".pin--proof").wait_for(state="detached")
    until(lambda: cell.stage.clients["ISR"].case(reference)["state"] == "answered", "the human on duty answered")


def test_by_keyboard_alone_a_flash_is_acknowledged_and_a_stop_is_called(
    cell: Floors, hebrew: Seated, arabic: Seated
) -> None:
    keyboard = arabic.page.keyboard
    reference = cell.stage.speak(
        "ISR", "message", {"text": "SIMULATION.", "lang": "en"}, precedence="FLASH", to=["SYR"]
    )
    arabic.rings(reference).wait_for()
    for _ in range(8):  # what rings longest comes first
        keyboard.press("F8")
        arabic.panel.wait_for()
        to_key(arabic, ".panel .saying__keys .key")
        keyboard.press("Enter")
        arabic.panel.wait_for(state="detached")
        if arabic.rings(reference).count() == 0:
            break
    until(lambda: ladder(cell, "ISR", reference, "SYR")["acknowledged"], "acknowledged")
    keyboard.press("F9")
    arabic.page.locator("[role=alertdialog]").wait_for()
    to_key(arabic, "[role=alertdialog] .input--angle >> nth=0")
    keyboard.type("33.1254")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.type("35.8012")
    to_key(arabic, "[role=alertdialog] .input--four >> nth=0")
    keyboard.type("2500")
    to_key(arabic, "[role=alertdialog] .key--stop")
    keyboard.press("Enter")
    arabic.page.locator("[role=alertdialog]").wait_for(state="detached")
    stop = cell.latest("SYR", "stop")
    hebrew.rings(stop).wait_for()
    while not hebrew.panel.locator(".taking").count():
        if hebrew.panel.count():
            to_key(hebrew, ".panel .saying__keys .key")
            hebrew.page.keyboard.press("Enter")
            hebrew.panel.wait_for(state="detached")
        hebrew.page.keyboard.press("F8")
        hebrew.panel.wait_for()
    to_key(hebrew, ".panel .taking .key--stop")
    hebrew.page.keyboard.press("Enter")
    hebrew.panel.wait_for(state="detached")
    until(lambda: cell.stage.clients["SYR"].case(stop)["state"] == "taken", "taken")
    assert cell.stage.clients["SYR"].case(stop)["clarifications"] == [], "it is read back after, not otherwise"
    cell.stage.speak("SYR", "lift", {}, case=stop)
    hebrew.stop_pin(stop).wait_for(state="detached")


def test_by_keyboard_alone_a_flash_is_written_read_back_and_answered(
    cell: Floors, hebrew: Seated, arabic: Seated
) -> None:
    keyboard = hebrew.page.keyboard
    keyboard.press("n")
    hebrew.panel.wait_for()
    to_key(hebrew, ".panel .precedence-key input:checked", press="Shift+Tab")
    for _ in range(3):
        keyboard.press("ArrowDown")
    expect(hebrew.panel.locator(".precedence-key--FLASH[data-chosen]")).to_be_visible()
    to_key(hebrew, '.panel [data-chooses="text"]')
    keyboard.press("Enter")
    to_key(hebrew, '.panel [data-field="text"] textarea')
    keyboard.type("SIMULATION: by keyboard alone, 14:30 UTC.")
    to_key(hebrew, '.panel [data-adds="place"]')
    keyboard.press("Enter")
    enter_place(hebrew)
    to_key(hebrew, ".panel .saying__keys .key")
    keyboard.press("Enter")
    hebrew.panel.wait_for(state="detached")
    reference = cell.latest("ISR", "message")
    arabic.rings(reference).wait_for()
    to_key(arabic, f'.said[data-reference="{reference}"] [data-act="acknowledge"]', most=400)
    arabic.page.keyboard.press("Enter")
    arabic.panel.wait_for()
    enter_place(arabic)
    to_key(arabic, ".panel .saying__keys .key")
    arabic.page.keyboard.press("Enter")
    arabic.panel.wait_for(state="detached")
    until(lambda: ladder(cell, "ISR", reference, "SYR")["acknowledged"], "read back by keyboard")
    to_key(arabic, f'.said[data-reference="{reference}"] .acts [aria-haspopup]', most=400)
    arabic.page.keyboard.press("Enter")
    wanted = arabic.page.locator('.menu [data-act="answer"]')
    wanted.wait_for()
    for _ in range(12):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        arabic.page.keyboard.press("ArrowDown")
    arabic.page.keyboard.press("Enter")
    arabic.panel.wait_for()
    to_key(arabic, '.panel [data-field="text"] textarea')
    arabic.page.keyboard.type("SIMULATION: understood.")
    to_key(arabic, ".panel .saying__keys .key")
    arabic.page.keyboard.press("Enter")
    arabic.panel.wait_for(state="detached")
    until(lambda: cell.stage.clients["ISR"].case(reference)["state"] == "answered", "answered")


def enter_place(seated: Seated) -> None:
    """Latitude and longitude, as hands on a keyboard enter them."""
    to_key(seated, '.panel [data-field="place"] .input--angle >> nth=0')
    seated.page.keyboard.type(f"{PLACE[0]:.4f}")
    to_key(seated, '.panel [data-field="place"] .input--angle >> nth=1')
    seated.page.keyboard.type(f"{PLACE[1]:.4f}")


def to_key(seated: Seated, selector: str, most: int = 60, press: str = "Tab") -> None:
    """Press Tab, or it with Shift, until it has the focus."""
    wanted = seated.page.locator(selector).first
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        seated.page.keyboard.press(press)
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.parametrize("language", ["ar", "he", "en"])
def test_every_page_is_sound_in_every_language(cell: Floors, english: Seated, language: str) -> None:
    page = english.page
    page.locator(".strip .key[aria-expanded]").last.click()
    page.locator(f'.display [lang="{language}"]').click()
    page.keyboard.press("Escape")
    for name, keys in (("line", "l"), ("record", "r"), ("keys", "?"), ("drafts", "d"), ("write", "n"), ("stop", "F9")):
        page.keyboard.press(keys)
        page.wait_for_timeout(400)
        english.tab.picture(f"page-{name}-{language}")
        assert english.tab.violations() == [], name
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)


def test_a_killed_node_is_unreachable_and_its_desk_is_not_blamed(cell: Floors, hebrew: Seated, english: Seated) -> None:
    cell.stage.kill("USA")
    told = hebrew.lamp("USA")
    expect(told).to_contain_text("אין קשר", timeout=30_000)
    until(lambda: standing(cell, "ISR", "USA")["standing"] == "unreachable", "unreachable", 30)
    assert standing(cell, "ISR", "USA")["cause"] in ("unknown", "node")
    told.click()
    hebrew.tab.picture("node-lost-he")
    hebrew.page.keyboard.press("Escape")
    english.tab.picture("own-node-lost-en")
    assert english.page.locator(".strip").inner_text().count("not known") == 3, "what is old is not told as new"
    cell.stage.start("USA")
    until(lambda: standing(cell, "ISR", "USA")["standing"] == "reachable", "back", 40)
    expect(english.lamp("ISR")).not_to_contain_text("not known", timeout=20_000)
    english.tab.complaints[:] = [one for one in english.tab.complaints if not any(why in one for why in AWAY)]


def plain(text: str) -> str:
    """Without the marks that keep directions apart, and with single spaces."""
    return " ".join("".join(one for one in text if one not in "\u2066\u2067\u2068\u2069\u200e\u200f").split())


def ladder(cell: Floors, at: str, reference: str, of: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in cell.item(at, reference)["ladders"] if one["member"] == of)
    return found


def mismatched(cell: Floors, at: str, reference: str, of: str) -> list[str]:
    return list(ladder(cell, at, reference, of)["mismatched"])


def standing(cell: Floors, at: str, of: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in cell.stage.clients[at].now()["silence"] if one["code"] == of)
    return found
