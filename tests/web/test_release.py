"""A statement that only the authority may sign: handed on to it, signed at another terminal; or said in its stead, and settled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.web.floors import Floors, Seated, floors, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def cell(browser: Browser, page_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floors]:
    with floors(tmp_path_factory.mktemp("cell"), browser) as found:
        yield found


def begin(one: Seated, kind: str) -> None:
    one.page.keyboard.press("Escape")
    one.page.locator(".write [aria-haspopup]").click()
    one.page.locator(f'.menu [data-key="{kind}"]').click()
    one.panel.wait_for()


def fill(one: Seated) -> None:
    one.choose("scope", "all")
    one.text("reason", "SIMULATION: the line is tested", "en")
    one.text("terms", "SIMULATION: when the test is over")


def press(one: Seated, name: str) -> None:
    one.panel.locator(".saying__keys .key", has_text=name).click()
    one.panel.wait_for(state="detached")


def draft(one: Seated) -> None:
    one.page.keyboard.press("Escape")
    one.page.locator(".write > .key").last.click()
    one.page.locator(".draft .key").first.click()
    one.panel.locator(".saying").wait_for()


def pin(one: Seated, reference: str) -> Locator:
    """The card of a suspension in force, at the top of the Line."""
    return one.page.locator(".pin--suspension", has_text=reference)


def void_at(cell: Floors, code: str, reference: str) -> object:
    return cell.stage.clients[code].entry(reference)["void"]


def test_the_authority_signs_at_another_terminal_what_others_wrote_and_reviewed(cell: Floors) -> None:
    writer = cell.sit("SYR", "writer", language="en", mandates=["watch"])
    reviewer = cell.sit("SYR", "reviewer", language="en", mandates=["watch"])
    authority = cell.sit("SYR", "authority", language="en", mandates=["release"])

    begin(writer, "suspend")
    expect(writer.panel.locator('[data-standing="to-hand-on"]')).to_be_visible()
    expect(writer.panel.locator(".saying__keys .key--first, .saying__keys .key--danger")).to_have_count(0)
    fill(writer)
    assert writer.tab.violations() == []
    writer.tab.picture("release-hand-on-en")
    press(writer, "Hand on for review")

    draft(reviewer)
    press(reviewer, "Reviewed: ready")
    expect(authority.page.locator(".write > .key").last).to_contain_text("1 draft")
    draft(authority)
    assert "SIMULATION: the line is tested" in authority.panel.locator("textarea").first.input_value()
    authority.send()

    said = cell.latest("SYR", "suspend")
    until(lambda: void_at(cell, "ISR", said) is None, "ISR holds it in force")
    held = cell.item("ISR", said)
    assert (held["position"], held["mandate"], held["emergency"]) == ("authority", "release", None)
    writer.page.keyboard.press("d")
    expect(writer.page.locator(".draft")).to_have_count(0)

    # The receiving node judges by the charter: the same under a mandate that does not cover it would be void.
    rules = {one["name"]: one for one in cell.stage.clients["ISR"].view("floor")["kinds"]}
    assert rules["suspend"]["mandates"] == ["release", "head"]


def test_what_is_said_in_the_authoritys_stead_is_shown_so_everywhere_until_it_is_settled(cell: Floors) -> None:
    duty = cell.sit("ISR", "night", language="he", mandates=["watch"])
    authority = cell.sit("ISR", "authority", language="en", mandates=["release"])
    others = [
        cell.sit("SYR", "reader", mandates=["watch"]),
        cell.sit("USA", "reader", language="en", mandates=["watch"]),
    ]

    begin(duty, "suspend")
    duty.panel.locator('[data-do="emergency"]').click()
    send = duty.panel.locator(".saying__keys .key").first
    expect(send).to_be_disabled()
    duty.panel.locator('[data-field="plea-reason"] input').fill("תרגיל: אין מענה מבעל הסמכות")
    duty.panel.locator('[data-field="plea-minutes"] input').fill("9")
    fill(duty)
    expect(send).to_be_disabled()
    duty.panel.locator('[data-field="plea-minutes"] input').fill("15")
    expect(send).to_be_enabled()
    assert duty.tab.violations() == []
    duty.tab.picture("emergency-plea-he")
    duty.send()

    said = cell.latest("ISR", "suspend")
    banners = []
    for one in (duty, authority, *others):
        banner = one.card(said).locator(".banner", has_text="אין מענה מבעל הסמכות")
        expect(banner).to_be_visible()
        banners.append(banner)
        one.tab.picture(f"emergency-{one.code}-{one.position}")
        assert one.tab.violations() == []
    for code in cell.stage.codes:
        told = cell.item(code, said)["emergency"]
        assert (told["authority"], told["settled"], told["withdrawn"]) == (["release"], None, False)

    expect(pin(duty, said).locator(".banner")).to_contain_text("אין מענה")
    expect(pin(duty, said).locator('[data-act="confirm-emergency"]')).to_have_count(0)
    pin(authority, said).locator('[data-act="confirm-emergency"]').click()
    authority.send()
    confirmed = cell.latest("ISR", "confirm-emergency")
    for one, banner in zip((duty, authority, *others), banners, strict=True):
        expect(banner).to_contain_text(confirmed)
        expect(banner).to_be_visible()
        one.tab.picture(f"emergency-confirmed-{one.code}-{one.position}")
    assert cell.item("SYR", said)["emergency"]["settled"] == confirmed


def test_what_the_authority_withdraws_is_void_on_every_screen(cell: Floors) -> None:
    duty = cell.sit("SYR", "night", language="en", mandates=["watch"])
    authority = cell.sit("SYR", "night-authority", language="en", mandates=["release"])
    reader = cell.sit("ISR", "night-reader", mandates=["watch"])
    begin(duty, "suspend")
    duty.panel.locator('[data-do="emergency"]').click()
    duty.panel.locator('[data-field="plea-reason"] input').fill("SIMULATION: nobody answers")
    duty.panel.locator('[data-field="plea-minutes"] input').fill("30")
    fill(duty)
    duty.send()
    said = cell.latest("SYR", "suspend")
    authority.act(pin(authority, said), "withdraw-emergency")
    authority.text("reason", "SIMULATION: not what the state means", "en")
    authority.send()
    withdrawn = cell.latest("SYR", "withdraw-emergency")
    for one in (duty, reader):
        expect(one.card(said).locator(".banner--bad").first).to_contain_text(withdrawn)
    case = cell.stage.clients["ISR"].case(said)
    assert (case["state"], case["over"]) == ("disowned", True)
    assert cell.item("USA", said)["because"]["code"] == "emergency.withdrawn"
