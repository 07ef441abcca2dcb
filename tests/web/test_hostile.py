"""Hostile texts on real floors: said by one member's officer through its node, read by officers of three in three languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser

from parley.cli.stage import Stage
from parley.procedure.fields import MAX_LABEL_CHARS, MAX_TEXT_CHARS
from tests.hostile import HOSTILE
from tests.web.floors import Floors, Seated, floors, until
from tests.web.tabs import SIZE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPEAKER, OTHER = "SYR", "ISR"
HARMLESS = "SIMULATION"
AREA = {"circle": [331_254_000, 358_012_000, 500]}
TEXTS = {name: text for name, text in HOSTILE.items() if text.strip() and len(text) <= MAX_TEXT_CHARS}
BATCH = 6
CARDED = {"answer", "service", "quotation", "stop", "lift", "suspend", "resume", "message"}
ALIKE = ("direction", "order", "tops", "rest")
BATCHES = [list(TEXTS)[at : at + BATCH] for at in range(0, len(TEXTS), BATCH)]

# What a floor looks like to whoever sits there: whether code of others ran, and whether all that must stand does.
FLOOR = """() => {
  const seen = (selector) => {
    const found = document.querySelector(selector);
    if (!found) return `${selector}: is not there`;
    const box = found.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return at && (found.contains(at) || at.contains(found)) ? null : `${selector}: covered by ${at && at.outerHTML.slice(0, 120)}`;
  };
  return {
    canary: window.canary ?? null,
    polluted: ({}).canary ?? null,
    foreign: document.querySelectorAll('#floor script, #floor iframe, #floor img, #floor link, #floor style, #floor object').length,
    width: document.scrollingElement.scrollWidth,
    hidden: ['.key--stop', '.exercise', '.alarm .key--silence'].map(seen).filter((one) => one !== null),
    unseen: [...new Set(document.body.innerText.match(
      /[\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff]|[\\u{e0000}-\\u{e0fff}]/gu,
    ) ?? [])].map((one) => one.codePointAt(0).toString(16)),
  };
}"""

# A card: what stands in its head, in what order and where; what is said outside the elements that hold texts; what paints outside.
CARDS = """(references) => references.map((reference) => {
  const card = document.querySelector(`.said[data-reference="${reference}"]`);
  if (!card) return { reference, missing: true };
  const head = card.querySelector('.said__head');
  const frame = card.getBoundingClientRect();
  const boxes = [...head.children].map((one) => ({ name: one.className, x: one.getBoundingClientRect().x, y: one.getBoundingClientRect().y - frame.y }));
  const rest = card.cloneNode(true);
  for (const held of rest.querySelectorAll('.words, .code')) held.replaceWith('…');
  for (const live of rest.querySelectorAll('.ladder, .acts')) live.remove();
  const out = [...card.querySelectorAll('.words, .passage, .code')].filter((one) => {
    const box = one.getBoundingClientRect();
    const holder = one.closest('.passage') ?? one;
    const held = getComputedStyle(holder).overflowX !== 'visible' || getComputedStyle(holder).contain.includes('paint');
    return box.x < frame.x - 1 || (!held && box.right > frame.right + 1);
  });
  return {
    reference,
    direction: getComputedStyle(head).direction,
    order: boxes.slice().sort((a, b) => a.y - b.y || a.x - b.x).map((one) => one.name),
    tops: boxes.map((one) => Math.round(one.y)),
    rest: rest.textContent.replace(/[0-9]+/g, '0'),
    out: out.map((one) => one.outerHTML.slice(0, 120)),
    wide: card.scrollWidth > card.clientWidth + 1,
    text: [...card.querySelectorAll('.words, .code')].map((one) => one.textContent).join(' '),
  };
})"""


@dataclass
class World:
    """Three floors, and what was said."""

    found: Floors
    seated: list[Seated]
    dialogs: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))


@pytest.fixture(scope="module")
def world(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with floors(tmp_path_factory.mktemp("hostile"), browser) as found:
        seated = [found.sit(code, "duty-2") for code in ("USA", "SYR", "ISR")]
        made = World(found, seated)
        for one in seated:
            one.page.on("dialog", lambda dialog: (made.dialogs.append(dialog.message), dialog.dismiss()))
        yield made


@pytest.mark.parametrize("names", BATCHES, ids=lambda names: names[0])
def test_it_stays_in_its_place(world: World, names: list[str]) -> None:
    stage = world.found.stage
    plain = say_all(stage, HARMLESS)
    said = {name: say_all(stage, TEXTS[name]) for name in names}
    wrong: list[str] = []
    for seated in world.seated:
        last = list(said.values())[-1]["message"]
        until(lambda seated=seated, last=last: shown(seated, last), f"the last statement at {seated.name}", 60)
        usual = {one["reference"]: one for one in seated.page.evaluate(CARDS, list(plain.values()))}
        drawn = {kind for kind, reference in plain.items() if "missing" not in usual[reference]}
        assert drawn >= CARDED, f"drawn at {seated.code}: {sorted(drawn)}"
        for name, kinds in said.items():
            cards = seated.page.evaluate(CARDS, list(kinds.values()))
            for card, kind in zip(cards, kinds, strict=True):
                wrong += compare(f"{name} in {kind} at {seated.code}", card, usual[plain[kind]], TEXTS[name])
        floor = seated.page.evaluate(FLOOR)
        rings = seated.code == OTHER
        hidden = [one for one in floor["hidden"] if rings or not one.startswith(".alarm")]
        told = (floor["canary"], floor["polluted"], floor["foreign"], hidden, floor["width"], floor["unseen"])
        if told != (None, None, 0, [], SIZE["width"], []):
            wrong.append(f"floor of {seated.code}: {told}")
        if seated.tab.strangers or seated.tab.complaints:
            wrong.append(f"floor of {seated.code}: {seated.tab.strangers} {seated.tab.complaints[:3]}"[:900])
            seated.tab.strangers.clear()
            seated.tab.complaints.clear()
        seated.tab.picture(f"hostile-{names[0].replace(' ', '-')}-{seated.code}")
    assert (wrong, world.dialogs) == ([], [])


def shown(seated: Seated, reference: str) -> bool:
    return seated.page.locator(f'.said[data-reference="{reference}"]').count() > 0


def compare(what: str, card: Mapping[str, Any], usual: Mapping[str, Any], text: str) -> list[str]:
    """What is wrong with the card of a hostile text, beside one of the same kind that says something harmless."""
    if "missing" in usual and "missing" in card:  # told in the ladder of another card
        return []
    found = [f"{name}: {card.get(name)} not {usual.get(name)}" for name in ALIKE if card.get(name) != usual.get(name)]
    found += [f"paints outside: {one}" for one in card.get("out", ())]
    found += ["wider than its card"] if card.get("wide") else []
    found += ["says nothing"] if not card.get("text") else []
    return [f"{what}: {one}"[:600] for one in found]


def say_all(stage: Stage, text: str) -> dict[str, str]:
    """The text, as a statement of each kind that can hold it; references by kind."""
    label = text if len(text) <= MAX_LABEL_CHARS else "E-3"
    plain, told = {"text": text, "lang": "en"}, {"reason": text, "lang": "en"}
    said: dict[str, str] = {}

    def speak(by: str, kind: str, content: dict[str, Any], about: str | None = None, **more: Any) -> str:
        case = said[about] if about else None
        name = kind if by == SPEAKER else f"{kind} of {by}"
        said[name] = stage.speak(by, kind, content, case=case, about=case, channel="line", **more)
        return said[name]

    speak(OTHER, "message", {"text": HARMLESS, "lang": "en"})
    about = f"message of {OTHER}"
    speak(SPEAKER, "acknowledge", plain, about)
    speak(SPEAKER, "passed-on", {**plain, "unit": label}, about)
    speak(SPEAKER, "outcome", {"result": "refused", **told}, about)
    speak(SPEAKER, "answer", plain, about)
    speak(SPEAKER, "clarification", {"stage": "asked", **plain}, about)
    speak(SPEAKER, "rendition", {**plain, "translator": label, "checker": label}, about)
    speak(SPEAKER, "service", plain)
    speak(SPEAKER, "quotation", {**plain, "source": label})
    speak(SPEAKER, "stop", {"area": AREA, "activity": "fire", "until": 1_900_000_000_000, **plain}, precedence="FLASH")
    speak(SPEAKER, "lift", plain, "stop")
    speak(SPEAKER, "suspend", {"scope": "named", "kinds": ["quotation"], **told, "terms": label})
    speak(SPEAKER, "resume", plain, "suspend")
    speak(SPEAKER, "message", {**plain, "unit": label, "action": label}, precedence="FLASH")
    speak(OTHER, "decline", told, "message")
    speak(SPEAKER, "stop", {"area": AREA, "activity": "air", "until": 1_900_000_000_000, **plain}, precedence="FLASH")
    speak(SPEAKER, "withdraw", told, "stop")
    del said[about]
    return said
