"""A statement read aloud: every digit and letter said, always in one order, and words by which both ends know it is the same."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.desks.deescalation import NOTICE
from parley.desks.line import MESSAGE, STOP
from parley.procedure.critical import critical_in
from parley.procedure.fields import DATUMS, Field, FieldKind
from parley.procedure.readaloud import LANGUAGES, Card, Spoken, card
from parley.procedure.readaloud.alphabets import TONGUES
from parley.procedure.readaloud.check_words import COUNT, WORDS, check_words
from parley.procedure.readaloud.speaking import Said, moment, spelled, value
from parley.procedure.words import words
from parley.record.statement import Precedence

NOON = 1_790_000_040_000  # 2026-09-21 14:14 UTC
LANGUAGE = st.sampled_from(LANGUAGES)
FIXED = ("doctor", "forest", "drawer")
DIGESTS = st.binary(min_size=32, max_size=32)


def field(kind: FieldKind) -> Field:
    return Field("x", kind, words("X", "س", "א"))


def spoken(parts: tuple[Said, ...]) -> str:
    return " ".join(part.spoken for part in parts)


def of(content: dict, language: str = "en", digest: bytes = bytes(32)) -> Card:
    found = critical_in(STOP, content)
    return card(
        Spoken("SYR 42", digest, STOP, "FLASH", "SYR", "duty-1", ["ISR", "USA"], NOON, content, found), language
    )


CONTENT = {
    "area": {"circle": [335_000_000, 358_000_000, 2_000]},
    "activity": "fire",
    "until": NOON,
    "floor": [91_440, "AGL"],
}


# ---- spelling ------------------------------------------------------------------------------------------------------


def test_a_reference_is_spelled_by_the_icao_alphabet_and_its_digits() -> None:
    assert spoken(spelled("SYR 409", "en")) == "Sierra Yankee Romeo space fower zero niner"
    assert spoken(spelled("SYR 42", "he")) == "סיירה יאנקי רומיאו רווח ארבע שתיים"
    assert spoken(spelled("SYR 42", "ar")) == "سييرا يانكي روميو مسافة أربعة اثنان"


def test_letters_of_ones_own_script_have_words_and_what_has_none_is_said_as_it_is() -> None:
    assert spoken(spelled("צב", "he")) == "ציפורה בועז"
    assert spoken(spelled("نم", "ar")) == "نون كما في نهر ميم كما في ماء"
    assert spoken(spelled("Ж", "en")) == "Ж"


def test_a_time_is_said_to_the_minute_with_its_zone() -> None:
    assert spoken(moment(NOON, "en")) == (
        "day too wun September year too zero too six time wun fower wun fower Coordinated Universal Time"
    )
    assert "four zero" not in spoken(moment(NOON, "en"))
    assert spoken(moment(NOON + 5_000, "en")).count("zero fife") == 1, "seconds only where there are any"


def test_a_place_is_said_digit_by_digit_with_a_word_for_each_hemisphere() -> None:
    said = value(field(FieldKind.PLACE), [-335_000_001, 358_012_000], "en")
    assert (
        spoken(said)
        == "tree tree decimal fife zero zero zero zero zero wun south zero tree fife decimal ait zero wun too zero zero zero east"
    )


def test_a_height_says_its_sign_and_its_datum() -> None:
    assert spoken(value(field(FieldKind.HEIGHT), [-1_250, "AMSL"], "en")) == (
        "minus wun too decimal fife zero metres datum Alfa Mike Sierra Lima"
    )


@given(st.text(st.characters(codec="utf-8"), max_size=40), LANGUAGE)
def test_nothing_of_a_code_is_left_out(text: str, language: str) -> None:
    assert "".join(part.written for part in spelled(text, language)) == text


@given(st.integers(-900_000_000, 900_000_000), st.integers(-1_800_000_000, 1_800_000_000), LANGUAGE)
def test_places_that_differ_are_said_otherwise_and_can_be_written_down_again(
    latitude: int, longitude: int, language: str
) -> None:
    tongue = TONGUES[language]
    digit = {word: str(at) for at, word in enumerate(tongue.digits)} | {tongue.say["decimal"]: "."}
    found, number = [], ""
    for part in value(field(FieldKind.PLACE), [latitude, longitude], language):
        if part.spoken in digit:
            number += digit[part.spoken]
        else:
            negative = part.spoken in (tongue.say["south"], tongue.say["west"])
            found.append(round(float(number) * 10_000_000) * (-1 if negative else 1))
            number = ""
    assert found == [latitude, longitude]


@given(st.integers(0, 4_000_000_000_000), LANGUAGE)
def test_times_of_different_minutes_are_said_otherwise(unix_ms: int, language: str) -> None:
    assert spoken(moment(unix_ms, language)) != spoken(moment(unix_ms + 60_000, language))


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from(DATUMS), LANGUAGE)
def test_heights_that_differ_are_said_otherwise(centimetres: int, datum: str, language: str) -> None:
    said = spoken(value(field(FieldKind.HEIGHT), [centimetres, datum], language))
    others = {
        spoken(value(field(FieldKind.HEIGHT), [centimetres + step, datum], language)) for step in (-100, -1, 1, 100)
    }
    assert said not in others


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spelling_words_of_a_language_are_whole_and_no_two_are_the_same(language: str) -> None:
    tongue = TONGUES[language]
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") <= set(tongue.letters)
    for spelling in (tuple(tongue.letters.values()), tongue.digits, tongue.months, tuple(tongue.say.values())):
        assert len(set(spelling)) == len(spelling)
        assert all(one.strip() == one and one for one in spelling)
    assert tongue.say.keys() == TONGUES["en"].say.keys()


# ---- check words ---------------------------------------------------------------------------------------------------


def far(one: str, other: str) -> int:
    """How many letters must be changed, put in or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, a in enumerate(one, 1):
        before, row = row, [at]
        for column, b in enumerate(other, 1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (a != b)))
    return row[-1]


@pytest.mark.parametrize(("language", "least"), [("en", 3), ("ar", 2), ("he", 2)])
def test_check_words_are_far_apart_and_none_begin_alike(language: str, least: int) -> None:
    own = WORDS[language]
    assert len(set(own)) == 64
    for one, other in combinations(own, 2):
        assert far(one, other) >= least, (one, other)
        assert one[:3] != other[:3], (one, other)
    for word in own:
        assert all(unicodedata.category(char) == ("Ll" if language == "en" else "Lo") for char in word), word


@given(DIGESTS)
def test_check_words_stand_at_the_same_places_in_every_language(digest: bytes) -> None:
    places = {tuple(WORDS[language].index(word) for word in check_words(digest, language)) for language in LANGUAGES}
    assert len(places) == 1
    assert len(next(iter(places))) == COUNT


def test_check_words_are_fixed_for_ever() -> None:
    assert check_words(bytes(32), "en") == FIXED, "two versions of the program at two ends say the same"


def test_check_words_spread_evenly_over_many_statements() -> None:
    drawn = [check_words(number.to_bytes(32, "big"), "en") for number in range(4_096)]
    assert len(set(drawn)) > 4_050, "18 bits: collisions as rare as they should be"
    for place in range(COUNT):
        counts = [sum(one[place] == word for one in drawn) for word in WORDS["en"]]
        assert 24 < min(counts) <= max(counts) < 112


# ---- the card ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_its_lines_always_in_one_order(language: str) -> None:
    made = of(CONTENT, language)
    assert [line.name for line in made.lines] == [
        "reference", "precedence", "kind", "from", "to", "said", "area", "floor", "activity", "until", "check",
    ]  # fmt: skip
    assert [line.name for line in made.lines if line.critical] == ["area", "floor", "activity", "until"]
    assert tuple(part.spoken for part in made.lines[-1].parts) == made.check_words


@given(st.permutations(sorted(CONTENT)), LANGUAGE)
def test_the_order_is_that_of_the_kind_whatever_the_order_of_the_content(names: list[str], language: str) -> None:
    assert of({name: CONTENT[name] for name in names}, language) == of(CONTENT, language)


def test_a_text_is_read_as_it_stands_and_a_phrase_in_the_readers_language() -> None:
    assert (
        of({**CONTENT, "text": "محاكاة", "lang": "ar"}).text,
        of({**CONTENT, "text": "محاكاة", "lang": "ar"}).text_language,
    ) == ("محاكاة", "ar")
    said = Spoken("SYR 42", bytes(32), MESSAGE, "ROUTINE", "SYR", "duty-1", [], NOON, {}, [], "Wait.")
    assert (card(said, "en").text, card(said, "en").text_language) == ("Wait.", "en")


def test_a_letter_of_a_reference_is_said_after_it() -> None:
    said = Spoken("SYR 42", bytes(32), MESSAGE, "ROUTINE", "SYR", "duty-1", [], NOON, {}, [])
    assert spoken(card(said, "en", letter="K").lines[0].parts).endswith("too Kilo")


@given(DIGESTS, DIGESTS)
def test_other_statements_have_other_words_or_the_same_digest_bits(one: bytes, other: bytes) -> None:
    same = of(CONTENT, digest=one).check_words == of(CONTENT, digest=other).check_words
    assert same == (check_words(one, "he") == check_words(other, "he"))


def test_every_precedence_can_be_said() -> None:
    for one in Precedence:
        made = card(Spoken("SYR 1", bytes(32), MESSAGE, one.name, "SYR", "duty-1", [], NOON, {}, []), "he")
        assert made.lines[1].parts[0].spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_volumes_everything_is_read_though_one_corner_is_read_back(language: str) -> None:
    line = [[335_000_000, 358_000_000], [336_000_000, 359_000_000]]
    volumes = [
        {
            "area": {"circle": [335_000_000, 358_000_000, 2_000]},
            "start": NOON,
            "end": NOON + 60_000,
            "floor": [91_440, "AGL"],
        },
        {"area": {"corridor": [line, 500]}, "start": NOON, "end": NOON + 60_000},
    ]
    content = {"activity": "fire", "volumes": volumes, "unit": "E-3", "intent": "SIMULATION", "lang": "en"}
    said = Spoken(
        "SYR 42", bytes(32), NOTICE, "ROUTINE", "SYR", "duty-1", [], NOON, content, critical_in(NOTICE, content)
    )
    lines = {line.name: line for line in card(said, language).lines if line.critical}
    assert [*lines] == [
        "activity", "volumes.1.area", "volumes.1.start", "volumes.1.end", "volumes.1.floor", "volumes.2.area", "volumes.2.start",
        "volumes.2.end", "unit",
    ]  # fmt: skip
    corridor = [part.written for part in lines["volumes.2.area"].parts]
    assert corridor.count(TONGUES[language].say["corner"]) == 2
    assert TONGUES[language].say["width"] in corridor
