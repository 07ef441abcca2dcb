"""A terminal that officers share: its alarm is proved, and it changes hands by two keystrokes and a passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSPHRASE = "four plain words here"
OTHERS = "and four other words"

# Every tone that the page starts, counted where the browser plays it.
HEAR = """(() => {
  window.tones = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...given) {
    window.tones.push({hz: this.frequency.value, running: this.context.state === 'running', at: performance.now()});
    return start.apply(this, given);
  };
})()"""


# A desktop that asks for leave, as one with a desktop does: a browser without a screen denies it outright.
NOTIFY = """(() => {
  window.shown = [];
  window.Notification = class {
    static permission = 'default';
    static requestPermission = async () => (window.Notification.permission = 'granted');
    constructor(title) { window.shown.push(title); }
  };
})()"""


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


def tones(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("window.tones ?? []")
    return found


def check(one: Seated, name: str) -> None:
    one.page.locator(f'[data-check="{name}"]').click()


def flash(cell: Floors, text: str) -> str:
    return cell.stage.speak(
        "ISR", "message", {"text": f"SIMULATION: {text}", "lang": "en"}, precedence="FLASH", to=["SYR"]
    )


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_whoever_signs_on_hears_the_alarm_or_is_told_what_to_do(cell: Floors, language: str) -> None:
    officer = cell.sit("USA", f"duty-{language}", language=language)
    page, bar, strip = officer.page, officer.page.locator(".check-bar"), officer.page.locator(".key--alarm")
    page.add_init_script(HEAR)
    page.evaluate(HEAR)
    expect(bar).to_have_attribute("data-step", "begin")
    expect(strip).to_have_attribute("data-standing", "not-proved")
    officer.tab.picture(f"alarm-begin-{language}")
    check(officer, "sound")
    expect(bar).to_have_attribute("data-step", "sounded")
    heard = tones(page)
    assert [one["running"] for one in heard] == [True] * 8
    assert {one["hz"] for one in heard} == {960, 720}

    check(officer, "unheard")
    expect(bar).to_have_attribute("data-step", "unheard")
    expect(strip).to_have_attribute("data-standing", "not-heard")
    assert officer.tab.violations() == []
    officer.tab.picture(f"alarm-unheard-{language}")
    page.reload()
    page.locator(".floor").wait_for()
    expect(strip).to_have_attribute("data-standing", "not-heard")

    strip.click()
    check(officer, "sound")
    check(officer, "heard")
    expect(strip).to_have_count(0)
    page.reload()
    page.locator(".floor").wait_for()
    expect(page.locator(".key--stop")).to_be_visible()
    expect(strip).to_have_count(0)
    expect(bar).to_have_count(0)


def test_a_notification_is_shown_and_asked_after(cell: Floors) -> None:
    officer = cell.sit("USA", "duty-notified", language="en")
    page = officer.page
    page.evaluate(NOTIFY)
    check(officer, "sound")
    check(officer, "heard")
    check(officer, "show")
    expect(page.locator(".check-bar")).to_have_attribute("data-step", "shown")
    assert page.evaluate("window.shown") == ["Parley: a test"]
    check(officer, "unseen")
    expect(page.locator(".check-bar [role=alert]")).to_be_visible()
    assert page.evaluate("JSON.parse(localStorage.getItem('parley.alarm-check'))['seen']") is False
    check(officer, "show")
    check(officer, "seen")
    expect(page.locator(".check-bar")).to_have_count(0)


def told(page: Page) -> bool:
    """Let the browser tell what it has to."""
    page.wait_for_timeout(50)
    return True


def shared(cell: Floors, first: str, second: str) -> Seated:
    """A terminal at which two officers were enrolled, and the second sits."""
    one = cell.sit("SYR", first, language="en", passphrase=PASSPHRASE)
    two = cell.sit("SYR", second, language="en", at=one, passphrase=OTHERS)
    return Seated("SYR", second, two.tab)


def who(one: Seated) -> str:
    return one.page.locator(".strip__node p .ref").first.inner_text()


def take(one: Seated, passphrase: str) -> None:
    field = one.page.locator(".passphrase input")
    expect(field).to_be_focused()
    one.page.keyboard.type(passphrase)
    one.page.keyboard.press("Enter")


def test_an_officer_takes_the_terminal_by_two_keystrokes_and_a_passphrase(cell: Floors) -> None:
    terminal = shared(cell, "early", "late")
    page = terminal.page
    assert "SYR/late" in who(terminal)
    terminal.write(to=["ISR"])
    terminal.text("text", "SIMULATION: unfinished thought of the late watch")
    page.keyboard.press("Tab")
    page.locator(".strip h1").click()

    page.keyboard.press("o")
    page.keyboard.press("1")
    assert terminal.tab.violations() == []
    terminal.tab.picture("switch-en")
    take(terminal, PASSPHRASE)
    expect(page.locator(".strip__node p .ref").first).to_have_text("SYR/early")
    expect(page.locator(".panel")).to_have_count(0)
    assert "unfinished thought" not in page.content()
    page.locator(".write .key").last.click()
    page.locator(".panel").wait_for()
    assert "unfinished thought" not in page.content()
    page.keyboard.press("Escape")

    # What the early watch says is signed by its own key.
    terminal.write(to=["ISR"])
    terminal.text("text", "SIMULATION: early watch", "en")
    terminal.send()
    said = cell.latest("SYR", "message")
    until(lambda: cell.stage.clients["ISR"].entry(said)["void"] is None, "held in force by the other member")
    assert cell.item("ISR", said)["position"] == "early"

    page.keyboard.press("o")
    page.keyboard.press("1")
    take(terminal, OTHERS)
    expect(page.locator(".strip__node p .ref").first).to_have_text("SYR/late")
    page.keyboard.press("d")
    draft = page.locator(".draft", has_text="unfinished thought")
    expect(draft).to_be_visible()
    draft.locator(".key").click()
    expect(page.locator(".panel textarea")).to_have_value("SIMULATION: unfinished thought of the late watch")


def test_the_one_who_left_is_signed_off_and_hears_and_sees_nothing_more(cell: Floors) -> None:
    terminal = shared(cell, "left", "leaver")
    page = terminal.page
    sockets: list[Any] = []
    page.on("websocket", lambda one: sockets.append(one))
    page.reload()
    take(terminal, OTHERS)
    page.locator(".floor").wait_for()

    def lines() -> list[Any]:
        return [one for one in sockets if told(page) and not one.is_closed()]

    until(lambda: len(lines()) == 1, "the leaver's line")
    (leavers,) = lines()
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    page.locator(".strip h1").click()
    page.keyboard.press("o")
    page.keyboard.press("1")
    take(terminal, PASSPHRASE)
    expect(page.locator(".strip__node p .ref").first).to_have_text("SYR/left")
    until(lambda: leavers not in lines(), "the leaver's line is closed")
    until(lambda: len(lines()) == 1, "one line, of who sits here now")
    origin = page.evaluate("location.origin")
    replayed = page.context.browser.new_context()  # type: ignore[union-attr]
    replayed.add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
    assert replayed.request.get(f"{origin}/api/v1/session").status == 401
    replayed.close()


def test_a_wrong_passphrase_is_told_and_slowed_and_locks_nobody_out(cell: Floors) -> None:
    terminal = shared(cell, "right", "wrong")
    page, note = terminal.page, terminal.page.locator(".sheet [data-problem]")
    page.locator(".strip h1").click()
    page.keyboard.press("o")
    page.keyboard.press("1")
    take(terminal, "not the right words")
    expect(note).to_have_attribute("data-problem", "key.passphrase")
    assert "SYR/wrong" in who(terminal)
    send = page.locator(".passphrase .key--first")
    expect(send).to_be_disabled()
    assert terminal.tab.violations() == []
    terminal.tab.picture("switch-wrong-en")
    expect(send).to_be_enabled(timeout=5_000)
    take(terminal, PASSPHRASE)
    expect(page.locator(".strip__node p .ref").first).to_have_text("SYR/right")


def test_the_alarm_rings_on_while_the_terminal_changes_hands(cell: Floors) -> None:
    terminal = shared(cell, "ringing", "rung")
    page = terminal.page
    page.locator(".strip h1").click()
    page.evaluate(HEAR)
    ringing = flash(cell, "while officers change")
    until(lambda: len(tones(page)) > 0, "it rings")
    page.keyboard.press("o")
    page.keyboard.press("1")
    page.wait_for_timeout(2_500)
    take(terminal, PASSPHRASE)
    expect(page.locator(".strip__node p .ref").first).to_have_text("SYR/ringing")
    page.wait_for_timeout(4_500)
    at = [one["at"] for one in tones(page) if one["running"]]
    assert len(at) > 8
    assert max(later - earlier for earlier, later in pairwise(at)) < 6_000
    expect(terminal.rings(ringing)).to_be_visible()

    # Read anew, the page asks for the passphrase and signs nobody on; what rings is told, and heard after the first key.
    page.add_init_script(HEAR)
    page.reload()
    expect(page.locator(".passphrase input")).to_be_visible()
    expect(page.locator("[data-rings]")).to_be_visible()
    page.locator(".passphrase input").press("a")
    until(lambda: any(one["running"] for one in tones(page)), "it is heard before anybody signed on")
    page.locator(".passphrase input").fill("")
    take(terminal, PASSPHRASE)
    terminal.act(terminal.card(ringing), "acknowledge")
    terminal.send()
    expect(terminal.rings(ringing)).to_have_count(0)
