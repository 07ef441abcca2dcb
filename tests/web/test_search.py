"""The search place in Arabic and Hebrew: by keyboard alone, found across languages, marked in the original, on to the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from parley.procedure.references import LETTERS
from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARABIC = "محاكاة: وصلت القَافِلَةُ الطِّبِّيَّةُ إلى المعبر الشمالي."
HEBREW = 'סימולציה: צה"ל דיווח על שלום בַּגְּבוּל הצפוני.'
HOSTILE = 'SIMULATION: <b onclick="alert(1)">quarry</b> \u202e OR "NEAR" closed'
NEAR = (33.1254, 35.8012)
PHRASE = {
    "id": "stop.cease-fire-area",
    "slots": {"fire": "all-fire", "radius": 500, "place": [331_254_000, 358_012_000, ""]},
}


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


@pytest.fixture(scope="module")
def said(cell: Floors) -> dict[str, str]:
    """What was said, and is found at every node."""
    stage = cell.stage
    found = {
        "arabic": stage.speak("SYR", "message", {"text": ARABIC, "lang": "ar"}),
        "hebrew": stage.speak("ISR", "message", {"text": HEBREW, "lang": "he"}),
        "hostile": stage.speak("USA", "message", {"text": HOSTILE, "lang": "en"}),
        "phrase": stage.speak("SYR", "message", {"phrase": PHRASE}),
    }
    until(
        lambda: all(
            {hit["reference"] for hit in client.view("search?limit=50")["hits"]} >= set(found.values())
            for client in stage.clients.values()
        ),
        "everything is found everywhere",
    )
    return found


@pytest.fixture(scope="module")
def hebrew(cell: Floors, said: dict[str, str]) -> Seated:
    return cell.sit("ISR", "duty-2")


@pytest.fixture(scope="module")
def arabic(cell: Floors, said: dict[str, str]) -> Seated:
    return cell.sit("SYR", "duty-2")


def look(at: Seated, text: str) -> None:
    """Come to the search by its key, type, and look, by keyboard alone."""
    at.page.keyboard.press("Escape")
    at.page.evaluate("document.activeElement?.blur()")
    at.page.keyboard.press("/")
    expect(at.page.locator("#search-text")).to_be_focused()
    at.page.keyboard.press("Control+A")
    at.page.keyboard.type(text)
    at.page.keyboard.press("Enter")


def hits(at: Seated, *references: str) -> Locator:
    """The cards found, once they are just these."""
    cards = at.page.locator(".hit")
    expect(cards).to_have_count(len(references))
    for card, reference in zip(cards.all(), references, strict=True):
        expect(card).to_have_attribute("data-reference", reference)
    return cards


def marks(card: Locator) -> list[str]:
    return [one.inner_text() for one in card.locator("mark").all()]


def place(at: Seated, latitude: float, longitude: float) -> None:
    angles = at.page.locator('[data-field="place"] .input--angle')
    angles.nth(0).fill(f"{latitude:.4f}")
    angles.nth(1).fill(f"{longitude:.4f}")


def clean(*seats: Seated) -> None:
    for one in seats:
        assert one.tab.violations() == []
        assert one.tab.strangers == []
        assert one.tab.complaints == []


def test_arabic_without_vowel_signs_finds_arabic_with_them_and_marks_it(said: dict[str, str], arabic: Seated) -> None:
    look(arabic, "القافله الطبيه")
    assert marks(hits(arabic, said["arabic"])) == ["القَافِلَةُ", "الطِّبِّيَّةُ"]
    arabic.tab.picture("search-ar")
    clean(arabic)


def test_hebrew_by_its_keyboard_s_quotes_and_final_letters(said: dict[str, str], hebrew: Seated) -> None:
    look(hebrew, 'צה"ל שלומ')
    assert marks(hits(hebrew, said["hebrew"])) == ['צה"ל', "שלום"]
    assert hebrew.page.evaluate("getComputedStyle(document.querySelector('.hit .words')).direction") == "rtl"
    hebrew.tab.picture("search-he")
    clean(hebrew)


def test_a_phrase_said_in_one_language_is_found_and_shown_in_the_reader_s(
    cell: Floors, said: dict[str, str], arabic: Seated, hebrew: Seated
) -> None:
    rendered = cell.item("ISR", said["phrase"])["phrase"]
    for seat, tag in ((arabic, "ar"), (hebrew, "he")):
        look(seat, " ".join(rendered[tag]["text"].split()[:3]))
        card = hits(seat, said["phrase"])
        assert card.locator(".words").first.get_attribute("lang") == tag
        assert marks(card)


def test_a_hostile_text_is_marked_and_does_nothing(said: dict[str, str], hebrew: Seated) -> None:
    look(hebrew, "quarry OR closed")
    card = hits(hebrew, said["hostile"])
    assert marks(card) == ["quarry", "OR", "closed"]
    assert card.locator("b").count() == 0
    assert "U+202E" in card.inner_text()
    look(hebrew, "quarry OR nothing-of-the-kind")
    expect(hebrew.page.locator(".hit")).to_have_count(0)
    expect(hebrew.page.locator(".search .state--empty")).to_be_visible()


def test_a_reference_with_its_letter_leads_to_the_record_and_a_misheard_one_does_not(
    cell: Floors, said: dict[str, str], arabic: Seated
) -> None:
    reference = said["hebrew"]
    letter = cell.stage.clients["SYR"].entry(reference)["letter"]
    wrong = next(one for one in LETTERS if one != letter)
    look(arabic, f"{reference}-{wrong}")
    expect(arabic.page.locator(".search .banner--bad")).to_contain_text(letter)
    expect(arabic.page.locator(".hit")).to_have_count(0)
    arabic.tab.picture("search-misheard-ar")
    clean(arabic)
    look(arabic, f"{reference.lower().replace(' ', '')}{letter.lower()}")
    card = hits(arabic, reference)
    expect(card.locator(".said__reference")).to_have_text(f"{reference}-{letter}")
    card.locator(".said__reference").focus()
    arabic.page.keyboard.press("Enter")
    expect(arabic.page.locator(".entry h3")).to_have_text(f"{reference}-{letter}")
    arabic.page.locator(".record__ask input").fill(f"{reference} {wrong}")
    arabic.page.keyboard.press("Enter")
    expect(arabic.page.locator(".record__ask [role=alert]")).to_contain_text(wrong)
    arabic.page.evaluate("document.activeElement?.blur()")
    arabic.page.keyboard.press("/")
    hits(arabic, reference)


def test_what_narrows_it_is_entered_as_everywhere(said: dict[str, str], hebrew: Seated, cell: Floors) -> None:
    look(hebrew, "")
    page: Any = hebrew.page
    page.locator(".search__ask [aria-expanded]").click()
    page.locator('[data-field="member"] select').select_option("SYR")
    place(hebrew, *NEAR)
    radius = page.locator('[data-field="radius"] input')
    radius.fill("1000")
    page.keyboard.press("Enter")
    expect(hits(hebrew, said["phrase"])).to_contain_text("0")
    hebrew.tab.picture("search-narrow-he")
    clean(hebrew)
    radius.fill("")
    expect(page.locator('.field--wrong[data-field="radius"]')).to_be_visible()
    expect(page.locator(".search__ask .key--first")).to_be_disabled()
    place(hebrew, 43.0, 35.8)
    radius.fill("1000")
    page.locator(".search__ask .key--first").click()
    expect(page.locator(".hit")).to_have_count(0)
