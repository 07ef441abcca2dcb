"""What a member keeps for itself, on its page: by keyboard, over a reload, at two terminals at once, told at the field, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, expect

from parley.procedure.references import letter_of
from tests.hostile import HOSTILE
from tests.web.floors import Floors, Seated, floors

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABS = ("log", "contacts", "orders")


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


def open_private(one: Seated, tab: str) -> Locator:
    """The panel at one of its tabs, reached and chosen by keyboard alone."""
    if one.panel.count() == 0:
        one.page.locator(".desks button").nth(3).focus()
        one.page.keyboard.press("Enter")
        one.page.locator('[data-watch="private"]').focus()
        one.page.keyboard.press("Enter")
        one.panel.wait_for()
    one.panel.get_by_role("tab").and_(one.page.locator("[aria-selected=true]")).focus()
    one.page.keyboard.press("Home")
    for _ in range(TABS.index(tab)):
        one.page.keyboard.press("ArrowLeft" if one.page.evaluate("document.dir") == "rtl" else "ArrowRight")
    panel = one.panel.get_by_role("tabpanel")
    expect(panel).to_have_count(1)
    return panel


def typed(one: Seated, field: str, text: str) -> None:
    box = one.panel.locator(f'[data-field="{field}"] :is(input, textarea)').first
    box.focus()
    one.page.keyboard.press("ControlOrMeta+a")
    one.page.keyboard.press("Delete")
    one.page.keyboard.insert_text(text)


def entered(one: Seated, key: Locator) -> None:
    expect(key).to_be_enabled()
    key.focus()
    one.page.keyboard.press("Enter")


def submit(one: Seated) -> Locator:
    return one.panel.locator('.private__form [type="submit"]')


def kept(one: Seated, text: str) -> Locator:
    return one.panel.locator(".private__row", has_text=text)


def test_by_keyboard_alone_all_of_it_is_added_changed_deleted_and_there_again(cell: Floors) -> None:
    one = cell.sit("SYR", "private-1", language="en")
    page = one.page
    open_private(one, "log")
    typed(one, "text", "SIMULATION: the boat is late")
    typed(one, "references", "syr 1, ISR 2")
    entered(one, submit(one))
    expect(one.panel.locator(".entry-row")).to_contain_text(["SIMULATION: the boat is late"])
    expect(one.panel.locator(".entry-row").first).to_contain_text("ISR 2")
    entered(one, one.panel.locator(".entry-row .key").first)
    typed(one, "text", "SIMULATION: the boat is in")
    entered(one, submit(one))
    expect(one.panel.locator(".entry-row")).to_have_count(2)
    expect(one.panel.locator(".entry-row[data-corrected]")).to_contain_text("late")

    open_private(one, "contacts")
    entered(one, one.panel.locator(".key--first").first)
    typed(one, "name", "SIMULATION: harbour")
    typed(one, "telephones", "+00 00 0000 001, 555 0101")
    entered(one, submit(one))
    expect(kept(one, "harbour")).to_contain_text("555 0101")
    entered(one, kept(one, "harbour").locator(".private__keys .key").first)
    typed(one, "hours", "SIMULATION: at night")
    entered(one, submit(one))
    expect(kept(one, "at night")).to_be_visible()

    open_private(one, "orders")
    entered(one, one.panel.locator(".key--first").first)
    typed(one, "text", "SIMULATION: call the harbour each hour")
    entered(one, submit(one))
    expect(kept(one, "each hour")).to_contain_text("private-1")

    page.reload()
    page.locator(".floor").wait_for()
    open_private(one, "log")
    expect(one.panel.locator(".entry-row")).to_have_count(2)
    open_private(one, "contacts")
    expect(kept(one, "at night")).to_be_visible()
    open_private(one, "orders")
    expect(kept(one, "each hour")).to_be_visible()
    keys = kept(one, "each hour").locator(".private__keys .key")
    entered(one, keys.nth(1))
    entered(one, keys.nth(1))
    expect(kept(one, "each hour")).to_have_count(0)
    assert one.tab.complaints == []


def test_two_terminals_see_each_others_changes_and_neither_overwrites_the_other(cell: Floors) -> None:
    first = cell.sit("ISR", "private-1", language="he")
    second = cell.sit("ISR", "private-2", language="en")
    for one in (first, second):
        open_private(one, "contacts")
    entered(first, first.panel.locator(".key--first").first)
    typed(first, "name", "SIMULATION: tower")
    typed(first, "telephones", "555 0102")
    entered(first, submit(first))
    expect(kept(second, "tower")).to_be_visible()

    for one in (first, second):
        entered(one, kept(one, "tower").locator(".private__keys .key").first)
    typed(first, "hours", "SIMULATION: by day")
    typed(second, "hours", "SIMULATION: always")
    entered(first, submit(first))
    expect(kept(first, "by day")).to_be_visible()
    entered(second, submit(second))
    expect(second.panel.locator(".private__form [role=alert]")).to_be_visible()
    expect(second.panel.locator('[data-field="hours"] input')).to_have_value("SIMULATION: always")
    expect(kept(first, "by day")).to_be_visible()


def test_what_is_wrong_is_told_at_its_field_and_cannot_be_kept(cell: Floors) -> None:
    one = cell.sit("USA", "private-1", language="en")
    open_private(one, "log")
    typed(one, "text", "SIMULATION")
    for text, word in (
        ("SYR 42-FF", "a reference such as"),
        ("XYZ 1", "a reference such as"),
        (wrong("SYR 42"), "misheard"),
    ):
        typed(one, "references", text)
        expect(one.panel.locator('[data-field="references"]')).to_contain_text(word)
        expect(submit(one)).to_be_disabled()
    typed(one, "references", "")
    expect(submit(one)).to_be_enabled()
    typed(one, "text", " \n ")
    expect(submit(one)).to_be_disabled()

    open_private(one, "contacts")
    entered(one, one.panel.locator(".key--first").first)
    typed(one, "name", "SIMULATION")
    expect(submit(one)).to_be_disabled()
    typed(one, "telephones", "call me")
    expect(one.panel.locator('[data-field="telephones"]')).to_contain_text("telephone numbers, such as")
    assert one.tab.violations() == []
    typed(one, "telephones", "555 0103")
    typed(one, "languages", "Arabic")
    expect(one.panel.locator('[data-field="languages"]')).to_contain_text("the code of a language")
    expect(submit(one)).to_be_disabled()
    typed(one, "languages", "ar")
    expect(submit(one)).to_be_enabled()

    open_private(one, "orders")
    entered(one, one.panel.locator(".key--first").first)
    typed(one, "text", "SIMULATION")
    for name in ("from_ms", "until_ms"):
        entered(one, one.panel.locator(f'[data-adds="{name}"]'))
    expect(one.panel.locator('[data-field="until_ms"]').first).to_contain_text("must end after it begins")
    expect(submit(one)).to_be_disabled()


def wrong(reference: str) -> str:
    """A reference with a letter that is not its own: of two letters, one is not."""
    return f"{reference}-{'F' if letter_of(1, 1, int(reference.split()[1])) != 'F' else 'H'}"


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_hostile_texts_stay_texts_and_the_panel_holds_in_each_language(cell: Floors, language: str) -> None:
    one = cell.sit("SYR", f"private-{language}", language=language)
    page = one.page
    for text in HOSTILE.values():
        words = (text if text.strip() else "x")[:4_000]
        answer = page.evaluate(
            """(text) => fetch('/api/v1/private/log', {method: 'POST', headers: {'Content-Type': 'application/json'},
               body: JSON.stringify({text, language: 'en'})}).then((answer) => answer.status)""",
            words,
        )
        assert answer in (201, 400, 422)
    open_private(one, "log")
    expect(one.panel.locator(".entry-row")).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("globalThis.hostile ?? null") is None
    assert one.tab.violations() == []
    one.tab.picture(f"private-log-{language}")
    open_private(one, "contacts")
    one.tab.picture(f"private-contacts-{language}")
    entered(one, one.panel.locator(".key--first").first)
    one.tab.picture(f"private-contact-form-{language}")
    open_private(one, "orders")
    entered(one, one.panel.locator(".key--first").first)
    for name in ("from_ms", "until_ms"):
        entered(one, one.panel.locator(f'[data-adds="{name}"]'))
    one.tab.picture(f"private-orders-{language}")
    assert one.tab.violations() == []


def test_nobody_else_has_any_of_it(cell: Floors) -> None:
    """The disks and the lines are looked at byte for byte in `tests/node/test_private.py`; here, what a page can ask for."""
    for code in ("ISR", "USA"):
        home = cell.stage.home(code)
        host, port = home.settings().api
        with httpx.Client(
            base_url=f"http://{host}:{port}/api/v1/",
            headers={"Authorization": f"Bearer {home.token_file.read_text().strip()}"},
        ) as node:
            for path in ("private/log", "private/contacts", "private/orders", "log", "search?text=harbour"):
                answer = node.get(path)
                assert "harbour" not in answer.text.replace("text=harbour", ""), path
                assert "the boat is" not in answer.text, path
