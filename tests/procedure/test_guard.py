"""The guard flags what could be misread, in three languages, and leaves alone what cannot."""

from __future__ import annotations

import re

import pytest

from parley.procedure import guard
from parley.procedure.guard import FLAG_CODES, MAX_FLAGS_PER_CODE, MAX_WORDS, Flag, Severity, check
from parley.record.statement import Precedence
from tests.procedure.guard_examples import CLEAN, FLAGGED

NOON_MS = 1_795_435_200_000  # 23 November 2026, 12:00 UTC


def flags_of(text: str, language: str = "en", precedence: Precedence = Precedence.ROUTINE) -> tuple[Flag, ...]:
    return check(text, language=language, precedence=precedence, now_ms=NOON_MS)


def codes_of(text: str, language: str = "en", precedence: Precedence = Precedence.ROUTINE) -> list[str]:
    return [one.code for one in flags_of(text, language, precedence)]


@pytest.mark.parametrize(("language", "text", "marked"), FLAGGED)
def test_what_could_be_misread_is_flagged_where_it_stands(
    language: str, text: str, marked: list[tuple[str, str]]
) -> None:
    assert [(one.code, text[one.start : one.end]) for one in flags_of(text, language)] == marked


@pytest.mark.parametrize(("language", "text"), CLEAN)
def test_what_cannot_be_misread_is_left_alone(language: str, text: str) -> None:
    assert flags_of(text, language) == ()


def test_the_examples_are_enough_of_every_language() -> None:
    for language, least in (("en", 25), ("ar", 15), ("he", 15)):
        assert sum(row[0] == language for row in FLAGGED) >= least
        assert sum(row[0] == language for row in CLEAN) >= least


def test_every_code_has_an_example() -> None:
    shown = {code for _, _, marked in FLAGGED for code, _ in marked}
    assert shown | {"text.too-long", "code.lookalike"} == FLAG_CODES.keys()


def test_every_code_says_what_is_wrong_and_what_to_write() -> None:
    for code, said in FLAG_CODES.items():
        assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", code)
        assert said.title
        assert said.rule
        assert said.sentence.format(found="x").endswith((".", "?"))


def test_only_what_may_never_be_signed_is_refused() -> None:
    refused = {code for code, said in FLAG_CODES.items() if said.severity is Severity.REFUSE}
    assert refused == {"text.control", "text.surrogate", "bidi.override", "bidi.embedding", "bidi.isolate"}


@pytest.mark.parametrize("control", [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"])
def test_no_control_character_can_be_signed(control: str) -> None:
    assert [one.severity for one in flags_of(f"Hold{control}fire")] == [Severity.REFUSE]


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_text_cannot_be_turned_round_by_a_hidden_control(control: str) -> None:
    (found,) = flags_of(f"Do not {control}fire")
    assert found.severity is Severity.REFUSE
    assert found.found == f"<U+{ord(control):04X}>"


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDFFF), chr(0xDC00) + chr(0xD800)])
def test_half_a_character_cannot_be_signed(half: str) -> None:
    assert [one.code for one in flags_of(f"Fire {half}")] == ["text.surrogate"]


def test_letters_disguised_as_others_are_told_from_words_of_their_script() -> None:
    cyrillic = "\u0421\u0421\u0421\u0420"
    assert codes_of(f"Unit {cyrillic} moves") == ["script.lookalike"]
    assert codes_of(f"{cyrillic} и другие", "ru") == []


@pytest.mark.parametrize("written", ["0P-4", "\u041eP-4", "O\u0420-4", "OP-\uff14"])
def test_a_code_cannot_be_imitated(written: str) -> None:
    found = check(f"Ask {written} now", language="en", precedence=Precedence.ROUTINE, codes=("OP-4",))
    assert ("code.lookalike", written) in {(one.code, one.found) for one in found}


def test_a_code_itself_is_no_imitation() -> None:
    assert check("Ask OP-4 now", language="en", precedence=Precedence.ROUTINE, codes=("OP-4", "0P-4")) == ()


@pytest.mark.parametrize("precedence", Precedence)
def test_flash_and_immediate_are_short(precedence: Precedence) -> None:
    short, long = " ".join(["word"] * MAX_WORDS), " ".join(["word"] * (MAX_WORDS + 1))
    assert codes_of(short, precedence=precedence) == []
    limited = precedence >= Precedence.IMMEDIATE
    assert codes_of(long, precedence=precedence) == (["text.too-long"] if limited else [])


def test_the_words_beyond_the_limit_are_marked() -> None:
    text = "كلمة " * MAX_WORDS + "واحدة زائدة"
    (found,) = flags_of(text, "ar", Precedence.FLASH)
    assert text[found.start : found.end] == "واحدة زائدة"


def test_without_a_clock_no_date_is_far() -> None:
    assert check("On 23 November 2126", language="en", precedence=Precedence.ROUTINE) == ()
    assert codes_of("On 23 November 2126") == ["date.far"]


def test_what_is_found_is_shown_short_and_seen() -> None:
    (found,) = flags_of("Hold " + "\u200b" * 500)
    assert found.found.startswith("<U+200B><U+200B>")
    assert len(found.found) <= 80
    assert found.found.endswith("…")
    assert found.found in found.sentence


def test_flags_of_one_code_are_bounded() -> None:
    assert len(flags_of("at 06:00, " * 500)) == MAX_FLAGS_PER_CODE


def test_public_names() -> None:
    assert sorted(guard.__all__) == [
        "FLAG_CODES", "Flag", "FlagCode", "MAX_FLAGS_PER_CODE", "MAX_WORDS", "Severity", "check", "count_words",
        "fold_digits",
    ]  # fmt: skip


def test_codes_by_which_faces_translate_stay() -> None:
    assert list(FLAG_CODES) == [
        "text.control", "text.surrogate", "text.invisible", "text.private-use", "text.unassigned", "text.compatibility",
        "text.combining", "text.too-long", "text.language", "bidi.override", "bidi.embedding", "bidi.isolate",
        "bidi.mark", "script.mixed", "script.lookalike", "code.lookalike", "digits.mixed", "time.no-zone",
        "time.local-zone", "time.relative", "time.vague", "time.impossible", "date.ambiguous", "date.two-digit-year",
        "date.no-year", "date.relative", "date.weekday", "date.impossible", "date.far", "place.no-coordinates",
        "place.implausible", "height.no-datum", "height.no-unit", "height.flight-level", "unit.nm", "unit.mile",
        "number.no-unit", "number.grouping", "range.hyphen",
    ]  # fmt: skip
