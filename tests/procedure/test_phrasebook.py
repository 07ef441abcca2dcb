"""The phrasebook says the same in every language, and what it says can be read back."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import cbor
from parley.errors import BadInput
from parley.procedure import phrasebook
from parley.procedure.guard.normal import count_words, fold_text
from parley.procedure.phrasebook import (
    CATEGORIES,
    LANGUAGES,
    PHRASES,
    SlotKind,
    by_category,
    describe,
    parse,
    render,
    validate,
)
from parley.procedure.phrasebook.faults import faults
from parley.procedure.phrasebook.kinds import RULES
from parley.procedure.phrasebook.kinds.positions import DATUMS
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.parsing import parse_in
from parley.procedure.phrasebook.slots import SLOTS, codes_of
from parley.procedure.phrasebook.templates import Literal, SlotText, body, lead
from tests.procedure.bidi import visual
from tests.procedure.strategies import filled, in_arabic_digits, said

TAGS = sorted(LANGUAGES)
# Tests of each phrase run once for every phrase: a share of the profile's examples is enough.
EXAMPLES_EACH = settings().max_examples // 4
MAX_WORDS = 60
BIDI_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HYPHEN_RANGE = re.compile(r"\d\s*[-\u2010-\u2015\u2212]\s*\d")
STOP = {"fire": "all-fire", "radius": 5000, "place": (331_254_000, 358_012_000, "OP-4")}
NOON_MS = 1_795_435_200_000


def test_three_languages_are_shipped() -> None:
    assert TAGS == ["ar", "en", "he"]


def test_about_sixty_phrases_in_every_category() -> None:
    assert 60 <= len(PHRASES) <= 70
    assert tuple(by_category()) == CATEGORIES
    assert [phrase for group in by_category().values() for phrase in group] == list(PHRASES.values())


@pytest.mark.parametrize("tag", TAGS)
def test_every_phrase_is_in_every_language_with_the_same_slots(tag: str) -> None:
    language = LANGUAGES[tag]
    assert language.texts.keys() == PHRASES.keys()
    for phrase in PHRASES.values():
        shown = [segment.slot for segment in body(language, phrase.id) if isinstance(segment, SlotText)]
        assert sorted(shown) == sorted(slot.name for slot in phrase.slots), phrase.id


@pytest.mark.parametrize("tag", TAGS)
def test_no_two_phrases_can_read_alike_because_no_opening_begins_another(tag: str) -> None:
    openings = [fold_text(lead(LANGUAGES[tag], phrase.category, phrase.id)) for phrase in PHRASES.values()]
    for one, other in itertools.permutations(openings, 2):
        assert not one.startswith(other)


@given(said())
def test_every_phrase_reads_back_to_itself_in_every_language(spoken: tuple[str, dict[str, object]]) -> None:
    phrase_id, slots = spoken
    for tag in TAGS:
        assert parse(render(phrase_id, slots, tag).text, tag) == (phrase_id, slots)


@pytest.mark.parametrize("phrase_id", PHRASES)
@settings(max_examples=EXAMPLES_EACH)
@given(data=st.data())
def test_each_phrase_by_itself(phrase_id: str, data: st.DataObject) -> None:
    slots = data.draw(filled(PHRASES[phrase_id]))
    texts = {tag: render(phrase_id, slots, tag).text for tag in TAGS}
    for tag, text in texts.items():
        assert parse(in_arabic_digits(text), tag) == (phrase_id, slots)
        assert count_words(text) < MAX_WORDS, text
        assert not BIDI_CONTROL.search(text)
        assert not HYPHEN_RANGE.search(text)
        assert not re.search(r"(?![0-9])\d", text), "digits are ASCII"
        assert unicodedata.normalize("NFC", text) == text
    numbers = [sorted(re.findall(r"\d+", text)) for text in texts.values()]
    assert all(one == numbers[0] for one in numbers), "both sides read the same digits"


@given(said(), said())
def test_different_words_are_different_texts(
    one: tuple[str, dict[str, object]], other: tuple[str, dict[str, object]]
) -> None:
    for tag in TAGS:
        assert (one == other) == (render(*one, tag).text == render(*other, tag).text)


@given(said())
def test_parts_are_the_text_and_mark_each_slot_once(spoken: tuple[str, dict[str, object]]) -> None:
    phrase_id, slots = spoken
    for tag in TAGS:
        rendering = render(phrase_id, slots, tag)
        assert "".join(part.text for part in rendering.parts) == rendering.text
        assert sorted(part.slot for part in rendering.parts if part.slot) == sorted(slots)
        for part in rendering.parts:
            code = part.slot and SLOTS[part.slot].kind in (SlotKind.UNIT, SlotKind.CASE, SlotKind.MEMBER)
            assert part.dir == ("ltr" if code else LANGUAGES[tag].direction)


@given(said())
def test_a_screen_without_isolation_still_shows_every_token_in_its_place(spoken: tuple[str, dict[str, object]]) -> None:
    for tag in ("ar", "he"):
        text = render(*spoken, tag).text
        place = {index: at for at, index in enumerate(visual(text, "rtl"))}
        # Codes such as SYR 42 are one token: they are read from left to right as a whole.
        tokens = [match.span() for match in re.finditer(r"[A-Z][A-Z0-9]{1,7} \d+(?=\W)|\S+", text)]
        lefts = [min(place[index] for index in range(*span)) for span in tokens]
        assert lefts == sorted(lefts, reverse=True), text
        for start, end in tokens:
            inside = [place[index] for index in range(start, end)]
            assert max(inside) - min(inside) == end - start - 1, "a token is not torn apart"
        for match in re.finditer(r"\d+(?:[:.]\d+)+|\d+", text):
            inside = [place[index] for index in range(*match.span())]
            assert inside == sorted(inside), "digits read from left to right"


WORDIEST: dict[SlotKind, list[object]] = {
    SlotKind.INSTANT: [NOON_MS],
    SlotKind.DURATION: [1, 2, 3, 60, 120],
    SlotKind.PLACE: [(-1, -1, "OP-4")],
    SlotKind.HEIGHT: [(size * 100, datum, "m") for size in (0, 1, 2, 3) for datum in DATUMS],
    SlotKind.DISTANCE: [1, 2, 3],
    SlotKind.BEARING: [0],
    SlotKind.COUNT: [0, 1, 2, 3],
    SlotKind.UNIT: ["OP-4"],
    SlotKind.CASE: ["SYR 42"],
    SlotKind.MEMBER: ["UNX"],
}


@pytest.mark.parametrize("tag", TAGS)
def test_no_rendering_has_sixty_words_even_with_the_wordiest_values(tag: str) -> None:
    language = LANGUAGES[tag]
    for phrase in PHRASES.values():
        words = count_words(lead(language, phrase.category, phrase.id))
        for segment in body(language, phrase.id):
            if isinstance(segment, SlotText):
                slot = SLOTS[segment.slot]
                numbered = [(n, code) for n in (1, 2, 3) for code in codes_of(slot)]
                values = WORDIEST.get(slot.kind) or (numbered if slot.kind is SlotKind.OBJECTS else codes_of(slot))
                spot = Spot(slot, language, segment.form)
                words += max(count_words(RULES[slot.kind].write(spot, value)) for value in values)
            else:
                words += count_words(
                    segment.text if isinstance(segment, Literal) else max(segment.words.values(), key=len)
                )
        assert words < MAX_WORDS, (phrase.id, words)


def test_the_bidi_model_shows_the_reversed_range_that_it_must_show() -> None:
    def seen(text: str) -> str:
        return "".join(text[index] for index in visual(text, "rtl"))

    assert seen("من 0-3000") == "3000-0 نم"
    assert seen("בין 0-3000") == "0-3000 ןיב"
    assert seen("من 06:00-08:00") == "08:00-06:00 نم"


@given(said())
def test_slots_survive_the_encoding_that_is_signed(spoken: tuple[str, dict[str, object]]) -> None:
    phrase_id, slots = spoken
    decoded = cbor.decode(cbor.encode(slots))  # type: ignore[arg-type]
    assert isinstance(decoded, dict)
    assert validate(phrase_id, {str(name): value for name, value in decoded.items()}) == slots
    assert validate(phrase_id, json.loads(json.dumps(slots))) == slots


@given(st.text(), st.sampled_from(TAGS))
def test_any_other_text_is_refused(text: str, tag: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, tag)
    assert caught.value.code == "phrase.unknown"


@given(said(), st.data())
def test_a_changed_text_is_another_phrase_or_none(spoken: tuple[str, dict[str, object]], data: st.DataObject) -> None:
    tag = data.draw(st.sampled_from(TAGS))
    text = render(*spoken, tag).text
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from(["", "x", "9", " 1", ".", "-", "(2)", "ל", "و"])) + text[at + 1 :]
    try:
        found = parse(changed, tag)
    except BadInput:
        return
    assert fold_text(render(*found, tag).text) == fold_text(changed).strip()


def test_vowel_signs_points_and_spaces_do_not_matter() -> None:
    arabic = render("stop.cease-fire-area", STOP, "ar").text
    assert parse("  " + re.sub("[\u064b-\u0652]", "", arabic).replace(" ", "  "), "ar")[0] == "stop.cease-fire-area"
    hebrew = render("answer.yes", {"case": "SYR 42"}, "he").text
    assert parse(hebrew.replace("כן", "כֵּן"), "he") == ("answer.yes", {"case": "SYR 42"})


def test_a_language_tag_with_a_region_is_read_by_its_language() -> None:
    assert render("answer.yes", {"case": "SYR 42"}, "ar-SY").text == render("answer.yes", {"case": "SYR 42"}, "ar").text


def test_adding_a_language_is_adding_one_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from parley.procedure.phrasebook import languages

    (tmp_path / "xx.py").write_text(
        "from dataclasses import replace\n"
        "from parley.procedure.phrasebook.languages import en\n"
        "LANGUAGE = replace(en.LANGUAGE, tag='xx', name='Other')\n"
    )
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    found = languages.discover()
    assert sorted(found) == ["ar", "en", "he", "xx"]
    assert parse_in(found["xx"], "Answer: yes. Yes, in answer to your message SYR 42.")[0] == "answer.yes"


def _broken(language: Language) -> dict[str, Language]:
    texts = dict(language.texts)
    return {
        "missing": replace(language, texts={k: v for k, v in texts.items() if k != "answer.no"}),
        "not known": replace(language, texts={**texts, "answer.maybe": ("maybe", "{case}")}),
        "not each slot once": replace(language, texts={**texts, "answer.no": ("no", "No.")}),
        "hyphen": replace(
            language, texts={**texts, "request.hold-fire": ("hold fire", "{radius} {place} {start}-{end}")}
        ),
        "stands twice": replace(language, texts={**texts, "answer.no": texts["answer.yes"]}),
        "full stop": replace(language, texts={**texts, "answer.no": ("no. no", "{case}")}),
        "control": replace(language, texts={**texts, "answer.no": ("no", "\u202e{case}")}),
        "agrees": replace(language, texts={**texts, "answer.ours": ("ours", "{object|x:a} {object} {place} {time}")}),
        "no thing": replace(language, texts={**texts, "answer.no": ("no", "{case} {case|n:a}")}),
        "show the number": replace(
            language, units={**language.units, "hour": {"one": "an hour", "other": "{n} hours"}}
        ),
        "not twelve": replace(language, months=language.months[1:]),
        "words.state": replace(language, words={**language.words, "state": {"begun": "began"}}),
    }


@pytest.mark.parametrize("fault", _broken(LANGUAGES["en"]))
def test_an_incomplete_language_is_told_and_not_loaded(fault: str) -> None:
    assert any(fault in one for one in faults(_broken(LANGUAGES["en"])[fault]))


def test_ambiguity_is_refused_where_a_language_has_it() -> None:
    english = LANGUAGES["en"]
    twins = replace(english, texts={**english.texts, "answer.no": english.texts["answer.yes"]})
    with pytest.raises(BadInput, match=r"answer\.yes or answer\.no") as caught:
        parse_in(twins, "Answer: yes. Yes, in answer to your message SYR 42.")
    assert caught.value.code == "phrase.ambiguous"


def test_where_a_text_leaves_its_phrase_is_told() -> None:
    text = render("stop.cease-fire-area", STOP, "en").text
    with pytest.raises(BadInput) as caught:
        parse(text.replace("5000 metres", "5 km"), "en")
    assert (caught.value.code, caught.value.field) == ("phrase.text", "radius")


BAD_SLOTS = [
    ("stop.no-such-phrase", {}, "phrase.id", "phrase"),
    ("answer.yes", {}, "phrase.slots", "case"),
    ("answer.yes", {"case": "SYR 42", "note": "and attack at dawn"}, "phrase.slots", "note"),
    ("answer.yes", {"case": "SYR 042"}, "slot.case", "case"),
    ("answer.yes", {"case": "SYR ٤٢"}, "slot.case", "case"),
    ("answer.yes", {"case": 42}, "slot.case", "case"),
    ("answer.passed-on", {"case": "SYR 42", "unit": "free text", "time": NOON_MS}, "slot.unit", "unit"),
    ("answer.passed-on", {"case": "SYR 42", "unit": "B-1-2", "time": NOON_MS}, "slot.unit", "unit"),
    ("answer.passed-on", {"case": "SYR 42", "unit": "OP4-", "time": NOON_MS}, "slot.unit", "unit"),
    ("answer.passed-on", {"case": "SYR 42", "unit": "\u0421\u0423", "time": NOON_MS}, "slot.unit", "unit"),
    ("answer.received", {"case": "SYR 42", "time": NOON_MS + 1}, "slot.instant", "time"),
    ("answer.received", {"case": "SYR 42", "time": True}, "slot.instant", "time"),
    ("answer.received", {"case": "SYR 42", "time": -NOON_MS}, "slot.instant", "time"),
    ("answer.cannot-comply", {"case": "SYR 42", "reason": "because"}, "slot.choice", "reason"),
    ("request.telephone-call", {"member": "SYR2", "time": NOON_MS}, "slot.member", "member"),
    ("warning.unexploded-ordnance", {"place": (900_000_001, 0, ""), "distance": 5}, "slot.place", "place"),
    ("warning.unexploded-ordnance", {"place": (0, -1_800_000_000, ""), "distance": 5}, "slot.place", "place"),
    ("warning.unexploded-ordnance", {"place": (0, 0, "near the hill"), "distance": 5}, "slot.place", "place"),
    ("warning.unexploded-ordnance", {"place": (0, 0), "distance": 5}, "slot.place", "place"),
    ("warning.unexploded-ordnance", {"place": (0, 0, ""), "distance": 0}, "slot.distance", "distance"),
    ("warning.unexploded-ordnance", {"place": (0, 0, ""), "distance": 1.5}, "slot.distance", "distance"),
    ("line.interruption", {"start": NOON_MS, "duration": 0, "outage": "weather"}, "slot.duration", "duration"),
    ("request.hold-fire", {"radius": 5, "place": (0, 0, ""), "start": NOON_MS, "end": NOON_MS}, "slot.order", "end"),
    ("distress.persons-in-water", {"persons": -1, "place": (0, 0, ""), "time": NOON_MS}, "slot.count", "persons"),
]


@pytest.mark.parametrize(("phrase_id", "slots", "code", "field"), BAD_SLOTS)
def test_bad_slots_are_refused_with_field_and_rule(
    phrase_id: str, slots: dict[str, object], code: str, field: str
) -> None:
    for attempt in (lambda: validate(phrase_id, slots), lambda: render(phrase_id, slots, "en")):
        with pytest.raises(BadInput) as caught:
            attempt()
        assert (caught.value.code, caught.value.field) == (code, field)
        assert caught.value.reason
        assert caught.value.rule


@pytest.mark.parametrize(
    "height",
    [(91440, "AMSL", "ft", 1), (91441, "AMSL", "ft"), (91450, "AMSL", "m"), (-100, "AGL", "m"), (100, "MSL", "m"),
     (100, "AMSL", "km"), (100, None, "m"), (100.0, "AMSL", "m"), ([], "AMSL", "m"), (100, [], "m"), "3000"],
)  # fmt: skip
def test_a_height_without_its_datum_or_finer_than_its_unit_is_refused(height: object) -> None:
    slots = {"aircraft": "helicopter", "place": (0, 0, ""), "height": height, "direction": "north"}
    with pytest.raises(BadInput) as caught:
        validate("stop.turn-away", slots)
    assert (caught.value.code, caught.value.field) == ("slot.height", "height")


def test_floor_and_ceiling_of_one_datum_must_ascend_and_of_two_cannot_be_compared() -> None:
    slots = {"flyers": (1, "aircraft"), "radius": 5, "place": (0, 0, ""), "start": NOON_MS, "end": NOON_MS + 60_000}
    high, low, ground = (200_000, "AMSL", "m"), (100_000, "AMSL", "m"), (300_000, "AGL", "m")
    assert validate("intention.flight", {**slots, "floor": low, "ceiling": high})
    assert validate("intention.flight", {**slots, "floor": ground, "ceiling": high})
    for floor, ceiling in ((high, low), (low, low), ((0, "AMSL", "ft"), (0, "AMSL", "m"))):
        with pytest.raises(BadInput, match="is not after floor"):
            validate("intention.flight", {**slots, "floor": floor, "ceiling": ceiling})


WORDS_OF_NUMBERS = [
    ("ar", 0, "0 شخص"),
    ("ar", 1, "شخص واحد (1)"),
    ("ar", 2, "شخصان (2)"),
    ("ar", 3, "3 أشخاص"),
    ("ar", 10, "10 أشخاص"),
    ("ar", 11, "11 شخصًا"),
    ("ar", 99, "99 شخصًا"),
    ("ar", 100, "100 شخص"),
    ("ar", 102, "102 شخص"),
    ("ar", 103, "103 أشخاص"),
    ("ar", 111, "111 شخصًا"),
    ("he", 1, "אדם אחד (1)"),
    ("he", 2, "שני אנשים (2)"),
    ("he", 20, "20 אנשים"),
    ("en", 0, "0 persons"),
    ("en", 1, "1 person"),
    ("en", 21, "21 persons"),
]


@pytest.mark.parametrize(("tag", "number", "words"), WORDS_OF_NUMBERS)
def test_counted_nouns_take_their_plural_form(tag: str, number: int, words: str) -> None:
    slots = {"persons": number, "place": (0, 0, ""), "time": NOON_MS}
    assert words in render("distress.persons-in-water", slots, tag).text


@pytest.mark.parametrize(
    ("tag", "code", "words"),
    [
        ("ar", "vessel", "السفينة"),
        ("ar", "small-boat", "الزورق"),
        ("he", "vessel", "כלי השיט"),
        ("he", "small-boat", "הסירה"),
    ],
)
def test_words_agree_with_the_gender_of_the_thing(tag: str, code: str, words: str) -> None:
    text = render("answer.not-ours", {"object": code, "place": (0, 0, ""), "time": NOON_MS}, tag).text
    agreeing = {
        ("ar", "vessel"): "ليست تابعة لنا",
        ("ar", "small-boat"): "ليس تابعًا لنا",
        ("he", "vessel"): "אינו שייך לנו",
        ("he", "small-boat"): "אינה שייכת לנו",
    }[tag, code]
    assert words in text
    assert text.endswith(agreeing + ".")


def test_the_arabic_dual_stands_in_the_case_of_its_sentence() -> None:
    slots = {"persons": 2, "place": (0, 0, ""), "time": NOON_MS, "objects": (2, "small-boat")}
    assert "بواسطة زورقين (2)" in render("distress.search-and-rescue", slots, "ar").text
    moved = {"objects": (2, "small-boat"), "place": (0, 0, ""), "direction": "north", "time": NOON_MS}
    assert "زورقان (2)" in render("warning.unidentified", moved, "ar").text
    away = {"place": (0, 0, ""), "distance": 2}
    assert "لا تقل عن مترين (2)" in render("warning.unexploded-ordnance", away, "ar").text


def test_below_the_sea_is_said_and_not_signed() -> None:
    slots = {"aircraft": "helicopter", "place": (-1, -1, ""), "height": (-21_000, "AMSL", "m"), "direction": "north"}
    assert (
        "at 0.0000001 S 0.0000001 W, height 210 metres below mean sea level"
        in render("stop.turn-away", slots, "en").text
    )


def test_the_declarations_are_plain_and_whole() -> None:
    told = json.loads(json.dumps(describe()))
    assert [one["id"] for one in told["phrases"]] == list(PHRASES)
    assert [one["tag"] for one in told["languages"]] == TAGS
    for phrase in told["phrases"]:
        assert phrase["titles"].keys() == phrase["outlines"].keys() == set(TAGS)
        for name in phrase["slots"]:
            slot = told["slots"][name]
            assert slot["labels"].keys() == set(TAGS)
            assert ("enumeration" in slot) == (slot["kind"] in ("choice", "objects"))
            for item in told["enumerations"].get(slot.get("enumeration"), []):
                assert item["labels"].keys() == set(TAGS)
    assert told["phrases"][0]["outlines"]["en"].startswith("Cease [Type of fire] now in the circle")


def test_public_names() -> None:
    assert sorted(phrasebook.__all__) == phrasebook.__all__ == [
        "CATEGORIES", "LANGUAGES", "PHRASES", "Part", "Phrase", "Rendering", "Slot", "SlotKind", "SlotValue",
        "by_category", "describe", "parse", "render", "validate",
    ]  # fmt: skip


def test_identifiers_that_were_once_signed_keep_their_meaning() -> None:
    for phrase in PHRASES.values():
        assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", phrase.id)
        assert phrase.id.startswith(phrase.category + ".")
        assert phrase.kinds
