"""Normal form of words, by which texts are found. One rule file: what is indexed and what is asked pass through it alike.

1. A *word* is a run of letters, marks and numbers (Unicode general categories L, M, N); everything else parts words.
   Scripts that write no spaces (Thai, Chinese) give one word a run, found by its beginning.
2. Default-ignorable code points (Unicode DerivedCoreProperties: zero-width, bidirectional controls, variation selectors,
   soft hyphen) are left out of words and part none.
3. NFKC and full case folding (Unicode 3.13, D145; UAX #15): presentation forms, ligatures, full-width and styled letters.
4. Arabic: vowel signs, Qur'anic marks, dagger alef and tatweel are left out; alef with hamza, madda or wasla is alef, alef
   maqsura is ya, ta marbuta is ha (as Lucene's ArabicNormalizer); waw and ya as carriers of hamza are waw and ya; the
   Persian and Urdu ya and kaf, which many keyboards give, are the Arabic ones (as Lucene's PersianNormalizer).
5. Hebrew: points and cantillation are left out (Unicode chapter 9.1), final letters are the plain ones; geresh and
   gershayim, or the quotes typed in their place between Hebrew letters, are left out and part no word; maqaf parts words.
6. Decimal digits of every script are ASCII digits.
7. A word is cut at `MAX_WORD_CHARS`.

Steps 2 to 6 are repeated until nothing changes, so that the form of a form is itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from parley.procedure.guard.normal import fold_digits

MAX_WORD_CHARS = 64
_PASSES = 8
_CACHED_WORDS = 1 << 15
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ARABIC_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
_HEBREW_MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05f3\u05f4"
_UNWRITTEN = re.compile(f"[{_IGNORABLE}{_ARABIC_MARKS}{_HEBREW_MARKS}]")
_LETTERS = str.maketrans(
    "أإآٱٲٳىیېےةۀہۃؤئکڪךםןףץ",
    "اااااايييي" + "ههههويككכמנפצ",
)
# A quote between Hebrew letters, with whatever points: gershayim or geresh as keyboards give them.
_TYPED_GERESH = re.compile(
    "(?<=[\u05d0-\u05ea\ufb1d-\ufb4f\u0591-\u05c7])[\"'\u2018\u2019\u201c\u201d\u201e\u00b4`]+(?=[\u05d0-\u05ea\ufb1d-\ufb4f])"
)
_GERESH = "\u05f3"


class _Parting(dict[int, int]):
    """Every code point that parts words as a space, every other as itself; learned as it is met."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        within = unicodedata.category(char)[0] in "LMN" or _UNWRITTEN.fullmatch(char) is not None
        kept = self[code] = code if within else 0x20
        return kept


_PARTING = _Parting()


class Word(NamedTuple):
    """A word in its normal form, and where it stands in the original: code points from `start` to before `end`."""

    form: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order. A run that is several words in normal form (``½``) gives each with the run's place."""
    return [Word(form, start, end) for start, end, forms in _runs(text) for form in forms]


def normal(text: str) -> str:
    """A text as the words by which it is found, with single spaces between. `normal(normal(text)) == normal(text)`."""
    return " ".join(word.form for word in words_of(text))


def shield_geresh(text: str) -> str:
    """`text` with the quotes within Hebrew words as geresh, so that they quote nothing; as long as before."""
    return _TYPED_GERESH.sub(lambda match: _GERESH * len(match[0]), text)


def _runs(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The runs of a text that stand between what parts words: start, end, and the words in it."""
    found = []
    for match in re.finditer(r"[^ ]+", shield_geresh(text).translate(_PARTING)):
        run = match[0]
        forms = _forms(run) if len(run) <= MAX_WORD_CHARS else _made(run)
        if forms:
            found.append((match.start(), match.end(), forms))
    return found


def _made(run: str) -> tuple[str, ...]:
    for _ in range(_PASSES):
        before = run
        run = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", run).casefold())
        run = fold_digits(_UNWRITTEN.sub("", run).translate(_LETTERS))
        if run == before:
            break
    return tuple(word[:MAX_WORD_CHARS] for word in run.translate(_PARTING).split(" ") if word)


_forms = lru_cache(_CACHED_WORDS)(_made)
