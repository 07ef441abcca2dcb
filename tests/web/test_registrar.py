"""A browser's storage is lost at night: the registrar on duty replaces the key, and the old one is nobody's any more."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.web.floors import Floors, Seated, floors, until
from tests.web.tabs import tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITHIN_S = 120.0

WIPE = """async () => {
  for (const {name} of await indexedDB.databases()) {
    await new Promise((done, failed) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = done; asked.onerror = failed;  // another tab may be reading its key: it waits
    });
  }
  localStorage.clear();
  sessionStorage.clear();
}"""


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


def people(one: Seated) -> None:
    """Open the list of the member's officers."""
    one.page.locator(".strip .key--icon").click()
    one.page.locator(".explained__keys .key").nth(1).click()
    one.panel.wait_for()


def lines(page: Page, sockets: list[WebSocket]) -> int:
    page.wait_for_timeout(50)  # lets the browser tell
    return len(sockets)


def closed(page: Page, socket: WebSocket) -> bool:
    page.wait_for_timeout(50)  # lets the browser tell
    return socket.is_closed()


def void_at(cell: Floors, code: str, reference: str) -> str | None:
    found = cell.stage.clients[code].entry(reference)["void"]
    return None if found is None else str(found)


def fingerprint(page: Page) -> str:
    shown = page.locator("[data-told=fingerprint]")
    shown.wait_for()
    return shown.inner_text()


def stands_in_the_middle(page: Page) -> bool:
    """Whether the banner of an exercise goes across the whole page, and the card stands in the middle of it."""
    banner, card = page.locator(".exercise").bounding_box(), page.locator(".outside__card").bounding_box()
    width = page.evaluate("document.documentElement.clientWidth")
    return (
        banner is not None and card is not None and (banner["x"], banner["width"]) == (0, width)
        and abs(card["x"] * 2 + card["width"] - width) < 2
    )  # fmt: skip


def test_outside_the_floor_the_page_of_an_exercise_says_so_in_each_language(cell: Floors, browser: Browser) -> None:
    with tab(browser) as one:
        one.page.goto(cell.stage.page("SYR").removesuffix("record"))
        expect(one.page.locator(".outside__card")).to_be_visible()
        for at, said in enumerate(("SIMULATION", "محاكاة", "סימולציה")):
            one.page.locator(".outside__languages .key").nth(at).click()
            expect(one.page.locator(".exercise")).to_contain_text(said)
            assert stands_in_the_middle(one.page)
            assert one.violations() == []


def test_a_lost_key_is_replaced_by_the_registrar_on_duty_within_two_minutes(
    cell: Floors, capsys: pytest.CaptureFixture[str]
) -> None:
    registrar = cell.sit("SYR", "desk", language="en", mandates=["register"])
    officer = cell.sit("SYR", "night", mandates=["watch"])
    page = officer.page
    before = page.context.new_page()  # another tab, which holds the key that will have been lost
    before.goto(page.url)
    before.locator(".floor").wait_for()
    old = page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")["kid"]

    page.evaluate(WIPE)
    page.context.clear_cookies()
    begun = time.monotonic()
    page.goto(page.url)
    expect(page.locator(".outside__card")).to_be_visible()
    assert stands_in_the_middle(page)
    officer.tab.picture("lost-key-ar")

    people(registrar)
    row = registrar.page.locator('.officers [data-officer="night"]')
    assert old in row.inner_text()
    row.locator('[data-do="invite"]').click()
    link = registrar.page.locator("[data-told=link]")
    link.wait_for()
    assert registrar.page.locator(".qr path").get_attribute("d")
    assert registrar.tab.violations() == []
    registrar.tab.picture("registrar-link-en")

    page.goto("about:blank")
    page.goto(link.inner_text())
    page.locator(".key--first").click()
    assert fingerprint(page) == fingerprint(registrar.page)
    registrar.tab.picture("registrar-compare-en")
    registrar.page.locator('[data-do="enrol"]').click()
    registrar.page.locator("[data-told=done]").wait_for()
    page.locator(".floor").wait_for()
    officer.write(to=["ISR"])
    officer.text("text", "SIMULATION: the watch is kept again", "ar")
    officer.send()
    said = cell.latest("SYR", "message")
    until(
        lambda: void_at(cell, "ISR", said) is None and cell.item("ISR", said)["position"] == "night", "ISR accepts it"
    )
    took = time.monotonic() - begun
    with capsys.disabled():
        print(f"\nlost key replaced, and heard by another member, after {took:.1f} s")
    assert took < WITHIN_S

    # The tab that still held the old key is signed off, and told why; every node has the key as replaced.
    expect(before.locator('[data-problem="session.key-ended"]')).to_be_visible()
    enrolled = [one for one in cell.stage.clients["ISR"].log() if one["kind"] == "directory.enrol"][-1]
    for code in cell.stage.codes:
        until(lambda code=code: void_at(cell, code, enrolled["reference"]) is None, f"{code} takes the enrolment")  # type: ignore[misc]
    registrar.page.locator(".panel .officers__keys .key").click()
    assert old not in registrar.page.locator('.officers [data-officer="night"]').inner_text()


def test_a_revoked_officer_is_signed_off_at_once_and_told_why(cell: Floors) -> None:
    registrar = cell.sit("ISR", "desk", language="en", mandates=["register"])
    officer = cell.sit("ISR", "revoked", language="he", mandates=["watch"])
    sockets: list[WebSocket] = []
    officer.page.on("websocket", lambda one: sockets.append(one))
    officer.page.reload()
    officer.page.locator(".floor").wait_for()
    until(lambda: lines(officer.page, sockets) == 1, "the officer's line")
    people(registrar)
    registrar.page.locator('.officers [data-officer="revoked"] [data-do="revoke"]').click()
    registrar.page.locator(".revoking input").fill("SIMULATION: laptop lost")
    registrar.tab.picture("registrar-revoke-en")
    assert registrar.tab.violations() == []
    registrar.page.locator('[data-do="end"]').click()
    expect(officer.page.locator('[data-problem="session.key-ended"]')).to_be_visible()
    until(lambda: closed(officer.page, sockets[0]), "the officer's line is closed")
    assert officer.tab.violations() == []
    officer.tab.picture("revoked-he")
    expect(registrar.page.locator(".officers")).to_be_visible()
    expect(registrar.page.locator('.officers [data-officer="revoked"]')).to_have_count(0)


def test_who_is_no_registrar_on_duty_sees_the_officers_and_changes_none(cell: Floors) -> None:
    officer = cell.sit("USA", "watcher", mandates=["watch"])
    people(officer)
    expect(officer.page.locator('.officers [data-officer="watcher"]')).to_be_visible()
    expect(officer.page.locator(".officers [data-do]")).to_have_count(0)
    refused = officer.page.evaluate(
        """() => fetch('/api/v1/invitations', {method: 'POST', headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({position: 'watcher', mandates: ['watch']})}).then((answer) => answer.json())"""
    )
    assert refused["code"] == "api.registrars-only"
    officer.tab.complaints.clear()
