"""The guard on any text at all: it never raises, marks only what is there, and takes no longer than the text is."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parley.procedure import guard
from parley.procedure.guard import FLAG_CODES, Flag, Severity, check, fold_digits
from parley.procedure.guard.coordinates import find_coordinates
from parley.procedure.guard.dates import find_dates
from parley.procedure.phrasebook import LANGUAGES, render
from parley.record.statement import MAX_CONTENT_BYTES, Precedence
from tests.procedure.guard_examples import CLEAN, FLAGGED
from tests.procedure.strategies import said

NOON_MS = 1_795_435_200_000
HIDDEN = "\x00\r\u200b\u200f\u202e\u2066\u0301\ufe0f\ue000\u0378\ufffd"
ANY_CHARACTER = st.one_of(st.characters(), st.sampled_from(HIDDEN + "0٣۴:.-/ \n"))
PIECES = st.sampled_from([text for _, text, _ in FLAGGED] + [text for _, text in CLEAN])
SCRAPS = st.builds(lambda text, at, size: text[at : at + size], PIECES, st.integers(0, 40), st.integers(1, 30))
TEXTS = st.one_of(
    st.text(ANY_CHARACTER), st.lists(st.one_of(SCRAPS, PIECES, st.text(ANY_CHARACTER, max_size=3))).map("".join)
)
LANGUAGE_TAGS = st.sampled_from(["en", "ar", "he", "ar-SY", "ru", "xx", ""])


def checked(text: str, language: str = "en", codes: tuple[str, ...] = ()) -> tuple[Flag, ...]:
    return check(text, language=language, precedence=Precedence.FLASH, now_ms=NOON_MS, codes=codes)


@given(TEXTS, LANGUAGE_TAGS)
@example("", "en")
@example("\ud800" * 3, "he")
def test_any_text_is_read_and_its_flags_stand_within_it_in_order(text: str, language: str) -> None:
    flags = checked(text, language, ("OP-4", text[:12]))
    assert all(0 <= one.start < one.end <= len(text) for one in flags)
    assert [one.start for one in flags] == sorted(one.start for one in flags)
    for one in flags:
        said = FLAG_CODES[one.code]
        assert (one.rule, one.severity) == (said.rule, said.severity)
        assert one.sentence == said.sentence.format(found=one.found)
        assert one.sentence.encode(), "whatever is found can be sent as UTF-8"
    assert flags == checked(text, language, ("OP-4", text[:12])), "the same text has the same flags"


@given(TEXTS)
def test_nothing_that_may_never_be_signed_is_overlooked(text: str) -> None:
    never = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
    assert bool(never.search(text)) == any(one.severity is Severity.REFUSE for one in checked(text))


@given(st.text(ANY_CHARACTER))
def test_folding_digits_keeps_every_place(text: str) -> None:
    folded = fold_digits(text)
    assert len(folded) == len(text)
    assert all(
        one == other or (other in "0123456789" and one.isdecimal()) for one, other in zip(text, folded, strict=True)
    )


@given(TEXTS)
def test_what_is_understood_is_understood_once(text: str) -> None:
    for find in (find_coordinates, find_dates):
        taken = [place for one in find(fold_digits(text)) for place in range(one.start, one.end)]
        assert len(taken) == len(set(taken))


@given(said())
def test_no_phrase_of_the_phrasebook_is_flagged(spoken: tuple[str, dict[str, object]]) -> None:
    for tag in LANGUAGES:
        text = render(*spoken, tag).text
        assert check(text, language=tag, precedence=Precedence.FLASH) == (), text


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.iter_modules(guard.__path__):
        module = importlib.import_module(f"{guard.__name__}.{found.name}")
        for name, value in vars(module).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    yield f"{found.name}.{name}", one


# A pattern of one character class, repeated, has one way to match: it may be unbounded.
ONE_CLASS = re.compile(r"x\+|x\|x\+")


def test_no_pattern_can_be_made_to_run_away() -> None:
    seen = 0
    for name, pattern in _patterns():
        bare = re.sub(r"\\u[0-9a-fA-F]{4}|\\.|\[(?:\\.|[^\]\\])+\]", "x", pattern.pattern)
        seen += 1
        if not ONE_CLASS.fullmatch(re.sub(r"\(\?!x\)", "", bare)):
            assert not re.search(r"[^(]\*|[^(]\+|\{\d*,\}", bare), f"{name} repeats without a bound"
            assert all(int(most) <= 40 for most in re.findall(r"\{(?:\d+,)?(\d+)\}", bare)), f"{name} repeats too often"
    assert seen > 50, "the patterns are found"


LOADS = [
    "1",
    "12:",
    "12:00-",
    "1,",
    "1 N ",
    "at 6 ",
    "near x ",
    "ב-",
    "٣٬٠٠٠ ",
    "\u202ea",
    "e\u0301",
    "ОР ",
    "1\u2316",
    "T06:00+02:00",
]


@pytest.mark.parametrize("load", LOADS)
def test_twice_the_text_is_not_more_than_twice_the_work(load: str) -> None:
    def calls(size: int) -> int:
        counted = 0

        def count(_frame: object, event: str, _what: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        text = load * (size // len(load))
        sys.setprofile(count)
        try:
            checked(text, codes=("OP-4",))
        finally:
            sys.setprofile(None)
        return counted

    calls(4_000)  # fills what is kept between calls
    assert calls(8_000) <= 2.2 * calls(4_000) + 500


@pytest.mark.parametrize("load", ["1", "a ", "12:00-", "1 2026-11-23T"])
def test_a_text_as_large_as_a_content_is_read_whole(load: str) -> None:
    text = load * (MAX_CONTENT_BYTES // len(load)) + " \u202e"
    assert checked(text)[-1].start == len(text) - 1
