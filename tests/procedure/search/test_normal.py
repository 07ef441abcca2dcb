"""The normal form of words: which writings are the same, that it is its own form, and that words stand where it says."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parley.procedure.search.normal import MAX_WORD_CHARS, normal, words_of

SCRIPTS = st.text(
    st.one_of(
        st.sampled_from("abz AZ0 9'\"-:.\n\tßﬁİıſ½ⅧÅ"),
        st.characters(min_codepoint=0x590, max_codepoint=0x5FF),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.sampled_from([chr(code) for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))]),
        st.characters(min_codepoint=0xFB1D, max_codepoint=0xFEFC),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)  # fmt: skip


@given(SCRIPTS)
@example('\u0344\u0345 \u1e9e\u03f4 \u0130\u0307 \ufdfa \u0675 צ"ל')
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(SCRIPTS)
def test_a_word_stands_where_it_says(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.form in normal(text[word.start : word.end]).split(" ")
        assert 0 < len(word.form) <= MAX_WORD_CHARS


@given(SCRIPTS)
def test_nothing_is_left_in_a_word_that_means_something_to_the_index(text: str) -> None:
    for word in normal(text).split():
        assert all(not char.isascii() or char.isalnum() for char in word)
        assert all(unicodedata.category(char)[0] in "LMN" for char in word)


@given(SCRIPTS)
def test_canonically_equal_texts_have_one_form(text: str) -> None:
    assert normal(unicodedata.normalize("NFD", text)) == normal(text)


ALIKE = [
    ("القَافِلَةُ الطِّبِّيَّةُ", "القافلة الطبية", "vowel signs"),
    ("القافـــلة", "القافلة", "tatweel"),
    ("هٰذا", "هذا", "dagger alef"),
    ("أمر إلى آخر ٱلمعبر", "امر الى اخر المعبر", "forms of alef"),
    ("إلى", "الي", "alef maqsura"),
    ("قافلة", "قافله", "ta marbuta"),
    ("مسؤول شاطئ", "مسوول شاطي", "carriers of hamza"),
    ("ﻻﺣﻆ", "لاحظ", "presentation forms"),
    ("یک", "يك", "Persian ya and kaf"),
    ("الساعة ٠٦:٣٠", "الساعة 06:30", "Arabic digits"),
    ("۰۶", "06", "Persian digits"),
    ("०६", "06", "Devanagari digits"),
    ("שָׁלוֹם", "שלום", "niqqud"),
    ("בְּרֵאשִׁ֖ית", "בראשית", "cantillation"),
    ("שלום ארץ כף", "שלומ ארצ כפ", "final letters"),
    ("צה״ל", "צהל", "gershayim"),
    ('צה"ל', "צהל", "a quote between Hebrew letters"),
    ("ג׳נין ג'נין", "גנין גנין", "geresh"),
    ("שּׁ", "ש", "Hebrew presentation form"),
    ("\u202bקו\u202c \u2067הפסקה\u2069", "קו הפסקה", "bidirectional controls"),
    ("con\u200bvoy con\u00advoy", "convoy convoy", "zero-width and soft hyphen"),
    ("STRASSE Straße ﬁre", "strasse strasse fire", "case and ligatures"),
    ("ＳＹＲ ４２", "syr 42", "full width"),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE, ids=[why for _, _, why in ALIKE])
def test_writings_that_are_the_same(one: str, other: str, why: str) -> None:
    assert normal(one) == normal(other), why


@pytest.mark.parametrize(
    ("one", "other"), [("سوريا", "سوري"), ("אב", "בא"), ("convoy", "convoys"), ("06", "60"), ("ب", "ت")]
)
def test_writings_that_are_not(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_what_parts_words() -> None:
    assert normal("north-west 06:30, בית־חולים (קו) وقف؛ النار") == "north west 06 30 בית חולימ קו وقف النار"
    assert [word.form for word in words_of('"צה"ל"')] == ["צהל"]


def test_a_word_of_marks_without_end_is_cut() -> None:
    [word] = words_of("a" + "\u0301" * 10_000)
    assert len(word.form) == MAX_WORD_CHARS
    assert (word.start, word.end) == (0, 10_001)


def test_no_letter_is_forgotten_that_is_final_in_hebrew() -> None:
    finals = [chr(code) for code in range(0x5D0, 0x5EB) if "FINAL" in unicodedata.name(chr(code))]
    assert [re.sub("FINAL ", "", unicodedata.name(one)) for one in finals] == [
        unicodedata.name(normal(one)) for one in finals
    ]
