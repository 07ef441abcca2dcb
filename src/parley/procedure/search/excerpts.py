"""Excerpts: where in the original texts of a statement what was looked for stands. Offsets are code points of the original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parley.procedure.search.matter import Passage
from parley.procedure.search.normal import Word, words_of
from parley.procedure.search.query import Phrase

EXCERPT_CHARS = 240
BEFORE_CHARS = 60
MAX_EXCERPTS = 2


class Excerpt(NamedTuple):
    """A piece of an original text.

    Attributes:
        field: the content's field in which it stands; ``phrase`` where it is a phrase as rendered in `language`.
        language: as its author named it, "" where nobody did.
        start: where the piece begins in the original.
        marks: start and end of each hit, in the original; none where the piece is only its beginning.
        further: whether more of the original stands after it; before it does where `start` is above 0.
    """

    field: str
    language: str
    text: str
    start: int
    marks: tuple[tuple[int, int], ...]
    further: bool


def marks_in(words: Sequence[Word], phrase: Phrase) -> list[tuple[int, int]]:
    """Where a phrase stands among the words of a text."""
    forms = [word.form for word in words]
    *before, last = phrase.words
    ends = [at for at, form in enumerate(forms) if (form.startswith(last) if phrase.beginning else form == last)]
    length = len(before)
    return [
        (words[at - length].start, words[at].end)
        for at in ends
        if not length or (at >= length and forms[at - length : at] == before)
    ]


def holds(passages: Sequence[Passage], phrase: Phrase) -> bool:
    """Whether a phrase stands in one of some texts."""
    return any(marks_in(words_of(one.text), phrase) for one in passages)


def excerpts_of(passages: Sequence[Passage], phrases: Sequence[Phrase], language: str) -> list[Excerpt]:
    """The pieces that show why a statement was found, those of most phrases first, then those in `language`.

    Where nothing was looked for: the beginning of its first text, a phrase in `language`.
    """
    ranked = []
    for at, one in enumerate(passages):
        words = words_of(one.text) if phrases else []
        marks = [marks_in(words, phrase) for phrase in phrases]
        hits = sum(map(bool, marks))
        if hits or not phrases:
            spans = _joined([span for found in marks for span in found])
            ranked.append((-hits, one.language != language, at, spans))
    ranked.sort(key=lambda one: one[:3])
    told: list[Excerpt] = []
    for _, _, at, spans in ranked:
        if len(told) < (MAX_EXCERPTS if phrases else 1) and all(one.text != passages[at].text for one in told):
            told.append(_excerpt(passages[at], spans))
    return told


def score(passages: Sequence[Passage], phrases: Sequence[Phrase]) -> float:
    """How well texts fit what was looked for: whether all of it stands in one text, how close, how much of the text it is."""
    best = 0.0
    for one in passages:
        words = words_of(one.text)
        marks = [marks_in(words, phrase) for phrase in phrases]
        found = [spans for spans in marks if spans]
        if not found:
            continue
        hits = sum(len(spans) for spans in found)
        spread = _spread(found)
        best = max(best, len(found) / len(phrases) * 4 + 2 / (1 + spread / 40) + hits / (8 + len(words)))
    return best


def _spread(found: Sequence[Sequence[tuple[int, int]]]) -> int:
    """Code points from the first of each phrase's marks to the last, by the marks nearest the first phrase's first."""
    origin = found[0][0][0]
    nearest = [min(spans, key=lambda span: abs(span[0] - origin)) for spans in found]
    return max(end for _, end in nearest) - min(start for start, _ in nearest)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    told: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if told and start <= told[-1][1]:
            told[-1] = told[-1][0], max(end, told[-1][1])
        else:
            told.append((start, end))
    return told


def _excerpt(passage: Passage, spans: list[tuple[int, int]]) -> Excerpt:
    text = passage.text
    start = _left(text, spans[0][0] - BEFORE_CHARS) if spans and spans[0][1] > EXCERPT_CHARS else 0
    end = _right(text, start + EXCERPT_CHARS)
    marks = tuple((first, min(last, end)) for first, last in spans if first < end)
    return Excerpt(passage.field, passage.language, text[start:end], start, marks, further=end < len(text))


def _left(text: str, at: int) -> int:
    """The beginning of a word near `at`, not before it by much: a mark is never cut from its letter there."""
    if at <= 0:
        return 0
    found = max(
        text.rfind(" ", max(0, at - BEFORE_CHARS // 2), at), text.rfind("\n", max(0, at - BEFORE_CHARS // 2), at)
    )
    return found + 1 if found >= 0 else at


def _right(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    found = max(text.rfind(" ", at - BEFORE_CHARS // 2, at), text.rfind("\n", at - BEFORE_CHARS // 2, at))
    return found if found > 0 else at
