"""Excerpts: what is marked is what was looked for, by offsets in the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.search.excerpts import EXCERPT_CHARS, excerpts_of, score
from parley.procedure.search.matter import Passage
from parley.procedure.search.normal import normal
from parley.procedure.search.query import Phrase, phrases_of

WORDS = st.lists(
    st.sampled_from(["قافلة", "القَافِلَةُ", "שלום", "בַּגְּבוּל", "convoy", "North-West", "06:30", "٤٢", "and", "\u2067to\u2069", "🕊"]),
    min_size=1, max_size=120,
).map(" ".join)  # fmt: skip


@given(WORDS, st.sampled_from(["قافلة", "שלומ", "convoy", "north west", "06:30", "42", "بگب", "בגבול"]))
def test_every_mark_reads_as_what_was_looked_for(text: str, typed: str) -> None:
    phrases = phrases_of(typed)
    for one in excerpts_of([Passage("text", "", text)], phrases, "en"):
        assert one.text == text[one.start : one.start + len(one.text)]
        assert len(one.text) <= EXCERPT_CHARS
        assert one.marks
        assert one.further == (one.start + len(one.text) < len(text))
        before = one.start
        for start, end in one.marks:
            assert before <= start < end <= one.start + len(one.text)
            before = end
            marked = normal(text[start:end])
            assert any(
                marked.startswith(" ".join(phrase.words)) or " ".join(phrase.words).startswith(marked)
                for phrase in phrases
            )


def test_a_late_hit_is_shown_with_what_stands_before_it() -> None:
    text = "SIMULATION " * 60 + "the heliograph is out"
    [one] = excerpts_of([Passage("text", "en", text)], phrases_of("heliograph"), "en")
    [(start, end)] = one.marks
    assert text[start:end] == "heliograph"
    assert one.start > 0
    assert text[one.start - 1] == " "


def test_the_reader_s_own_language_comes_first_and_the_beginning_where_nothing_is_looked_for() -> None:
    passages = [
        Passage("phrase", "en", "Stop 500"),
        Passage("phrase", "ar", "قف 500"),
        Passage("phrase", "he", "עצור 500"),
    ]
    assert [one.language for one in excerpts_of(passages, phrases_of("500"), "he")] == ["he", "en"]
    [one] = excerpts_of(passages, (), "ar")
    assert (one.text, one.marks, one.further) == ("قف 500", (), False)


def test_words_are_read_from_what_is_typed() -> None:
    assert phrases_of("") == ()
    assert phrases_of('one "two three" fou') == (
        Phrase(("one",)),
        Phrase(("two", "three")),
        Phrase(("fou",), beginning=True),
    )
    assert phrases_of('"whole') == (Phrase(("whole",)),)
    assert phrases_of("06:30") == (Phrase(("06", "30")),)
    assert phrases_of("at 06:305") == (Phrase(("at",)), Phrase(("06", "305"), beginning=True))
    assert phrases_of('צה"ל אמר') == (Phrase(("צהל",)), Phrase(("אמר",), beginning=True))


def test_what_stands_close_together_and_makes_up_more_of_its_text_fits_better() -> None:
    phrases = phrases_of("north gate")
    close = [Passage("text", "", "the north gate")]
    apart = [Passage("text", "", "north of it all, by the river, is the old gate")]
    split = [Passage("text", "", "north"), Passage("reason", "", "gate")]
    assert score(close, phrases) > score(apart, phrases) > score(split, phrases) > 0
