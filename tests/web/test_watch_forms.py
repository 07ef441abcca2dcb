"""The watch's own forms: a roster without JSON, a statement read aloud and its call recorded, a unit that is to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from parley.procedure.readaloud.check_words import check_words
from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = {"en": "Watch", "ar": "المناوبة", "he": "המשמרת"}


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


@pytest.fixture(scope="module")
def officers(cell: Floors) -> dict[str, Seated]:
    """One officer who reads each language: of SYR in Arabic and in English, of ISR in Hebrew."""
    return {
        "ar": cell.sit("SYR", "duty-2"), "en": cell.sit("SYR", "duty-3", language="en"), "he": cell.sit("ISR", "duty-2"),
    }  # fmt: skip


def begin_roster(one: Seated, language: str) -> None:
    """What the desk offers first."""
    one.page.keyboard.press("Escape")
    one.page.locator(".desks button", has_text=DESK[language]).click()
    one.page.locator(".write .key--first").click()
    one.panel.locator(".roster").wait_for()


def shift(one: Seated, number: int) -> Locator:
    return one.panel.locator(f'[data-shift="{number}"]').first


def fill_shift(where: Locator, position: str, start: str, end: str) -> None:
    where.locator(".position input").first.fill(position)
    where.locator(".input--time").nth(0).fill(start)
    where.locator(".input--time").nth(1).fill(end)


def roster_of(cell: Floors, code: str) -> dict[str, Any]:
    found: dict[str, Any] = cell.item(code, cell.latest(code, "roster"))["content"]["roster"]
    return found


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_a_roster_is_made_without_json_and_shows_its_holes_as_it_is_made(
    cell: Floors, officers: dict[str, Seated], language: str
) -> None:
    one = officers[language]
    begin_roster(one, language)
    form = one.panel.locator(".roster__form")
    form.locator(".roster__zone").fill("Europe/Paris")
    form.locator(".position input").first.fill("liaison")
    fill_shift(shift(one, 1), "duty-2", "06:00", "18:00")
    holes = one.panel.locator(".roster__holes li")
    expect(holes).to_have_count(14)
    one.tab.picture(f"roster-holes-{language}")

    one.panel.locator("[data-adds-shift]").first.click()
    fill_shift(shift(one, 2), "duty-3", "17:00", "06:00")
    expect(holes).to_have_count(7)
    expect(holes.first).to_contain_text("17:00")
    fill_shift(shift(one, 2), "duty-3", "18:00", "06:00")
    expect(holes).to_have_count(0)
    expect(one.panel.locator(".roster__week tbody tr").nth(12)).to_be_visible()
    expect(one.panel.locator(".roster__days")).to_contain_text("UTC+")

    alternates = shift(one, 1).locator(".alternates")
    for name in ("duty-1", "duty-3"):
        alternates.locator("input").fill(name)
        alternates.locator("input").press("Enter")
    expect(alternates.locator("li")).to_have_count(2)
    alternates.locator("li").nth(1).locator("button").first.focus()
    one.page.keyboard.press("Enter")
    expect(alternates.locator("li").first).to_contain_text("duty-3")
    expect(one.panel.locator(".roster__week tbody")).to_contain_text("duty-1")
    one.tab.picture(f"roster-{language}")
    assert not (found := one.tab.violations()), "\n".join(found)

    one.send()
    code = one.code
    until(lambda: roster_of(cell, code)["zone"] == "Europe/Paris", "the roster is in the record")
    said = roster_of(cell, code)
    assert said["liaison"] == "liaison"
    assert [(each["position"], each["from"], each["until"]) for each in said["shifts"]] == [
        ("duty-2", 360, 1080), ("duty-3", 1080, 1440), ("duty-3", 0, 360),
    ]  # fmt: skip
    assert said["shifts"][0]["alternates"] == ["duty-3", "duty-1"]
    assert one.tab.complaints == []


def test_the_roster_in_force_is_begun_with_and_its_json_stands_behind_a_key(
    cell: Floors, officers: dict[str, Seated]
) -> None:
    one = officers["en"]
    begin_roster(one, "en")
    one.panel.locator("[data-in-force]").click()
    expect(shift(one, 1).locator(".position input").first).to_have_value("duty-2")
    one.panel.locator("[data-json]").click()
    text = one.panel.locator("textarea")
    expect(text).to_contain_text('"zone": "Europe/Paris"')
    text.fill(text.input_value().replace("Europe/Paris", "America/New_York"))
    one.panel.locator(".roster button", has_text="As a form").click()
    expect(one.panel.locator(".roster__zone")).to_have_value("America/New_York")
    one.panel.locator("header button").click()


@pytest.mark.parametrize(("reader", "language"), [("en", "en"), ("ar", "ar"), ("he", "he")])
def test_both_ends_read_the_same_card_and_compare_the_same_words(
    cell: Floors, officers: dict[str, Seated], reader: str, language: str
) -> None:
    one = officers[reader]
    content = {"text": "SIMULATION: read me", "lang": "en", "place": [331_254_000, 358_012_000], "unit": "OP4"}
    said = cell.stage.speak("USA", "message", content, to=["ISR", "SYR"])
    one.page.keyboard.press("Escape")
    one.page.locator(".desks button").first.click()
    card = one.card(said)
    card.locator(".said__aloud").click()
    reading = one.panel.locator(".reading")
    reading.wait_for()
    words = check_words(bytes.fromhex(cell.item(one.code, said)["digest"]), language)
    assert reading.locator('[data-line="check"] .reading__spoken').all_inner_texts() == list(words)
    lines = [line.get_attribute("data-line") for line in reading.locator(".reading__line").all()]
    assert lines == ["reference", "precedence", "kind", "from", "to", "said", "place", "unit", "check"]
    one.tab.picture(f"read-aloud-{language}")
    assert not (found := one.tab.violations()), "\n".join(found)
    one.panel.locator("select").select_option("en")
    expect(reading.locator('[data-line="reference"]')).to_contain_text("Uniform")
    one.panel.locator("header button").click()


def test_a_call_is_begun_with_what_was_read_and_a_difference_stands_on_both_screens_until_it_is_reconciled(
    cell: Floors, officers: dict[str, Seated]
) -> None:
    caller, other = officers["he"], officers["en"]
    texts = [{"text": f"SIMULATION: read {number}", "lang": "en"} for number in (1, 2)]
    said = [cell.stage.speak("SYR", "message", text, to=["ISR"]) for text in texts]
    caller.page.locator(".desks button").first.click()
    for reference in said:
        caller.card(reference).locator(".said__aloud").click()
        caller.panel.locator(".reading").wait_for()
        last = caller.panel.locator("[data-call]")
        if reference != said[-1]:
            caller.panel.locator("header button").click()
    last.click()
    caller.text("text", "SIMULATION: read over the telephone; the second was heard otherwise.", "en")
    caller.field("differs").locator("input").check()
    caller.tab.picture("call-he")
    caller.send()
    call = cell.latest("ISR", "call")
    content = cell.item("ISR", call)["content"]
    assert set(said) <= set(content["read"])
    assert content["with"] == "SYR/duty-1"
    for code in ("ISR", "SYR"):
        until(lambda code=code: _runs(cell, code, call) == {"ISR", "SYR"}, f"it stands at {code}")
    expect(other.page.locator(".now")).to_contain_text(call)
    other.page.locator(".desks button", has_text=DESK["en"]).click()
    other.page.locator(".cases__list button", has_text=call).click()
    other.act(other.card(call), "reconcile")
    other.choose("stands", "written")
    other.tab.picture("reconcile-en")
    other.send()
    for code in ("ISR", "SYR"):
        until(lambda code=code: _runs(cell, code, call) == set(), f"it is reconciled at {code}")


def _runs(cell: Floors, code: str, reference: str) -> set[str]:
    try:
        clocks = cell.stage.clients[code].case(reference)["clocks"]
    except Exception:
        return {"not there yet"}
    return {one["member"] for one in clocks if one["stopped_ms"] is None}


def test_passed_on_says_not_confirmed_until_the_unit_has(cell: Floors, officers: dict[str, Seated]) -> None:
    one = officers["en"]
    said = cell.stage.speak("ISR", "message", {"text": "SIMULATION: pass on", "lang": "en"}, to=["SYR"])
    one.page.locator(".desks button").first.click()
    card = one.card(said)
    one.act(card, "acknowledge")
    one.send()
    one.act(card, "passed-on")
    one.text("unit", "OP4")
    one.send()
    expect(card.locator(".rung__unit--open")).to_contain_text("OP4")
    expect(card.locator(".rung__unit--open")).to_contain_text("not confirmed")
    until(
        lambda: "line.pass-down" in {each["name"] for each in cell.stage.clients["ISR"].now()["clocks"]},
        "all see it run",
    )
    one.tab.picture("not-confirmed-en")
    one.act(card, "unit-confirmed")
    assert one.field("unit").locator("input").input_value() == "OP4", "the unit waited for is filled in"
    one.text("by", "OP4 watch")
    one.choose("how", "radio")
    one.send()
    expect(card.locator(".rung__unit")).to_contain_text("has confirmed")
    one.tab.picture("confirmed-en")
    until(
        lambda: (
            said
            not in {
                each["about"] for each in cell.stage.clients["ISR"].now()["clocks"] if each["name"] == "line.pass-down"
            }
        ),
        "it runs no more",
    )
