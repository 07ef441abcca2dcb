"""Normal forms of written text: its digits, its scripts, its words. What the guard looks at and the phrasebook reads.

Rules:

* `fold_digits` changes one code point into one, so that places found in the folded text are places in the original;
* `fold_text` gives equal texts for writings that no reader would tell apart: Unicode NFC, digits folded, Arabic
  vowel signs and tatweel and Hebrew points left out, white space run together. Hamza and other letters stay;
* a word is a run of characters between white space that holds a letter or a digit. Hebrew maqaf, slash and dashes
  between words part them, hyphen and apostrophe do not; an ideograph or kana counts as a word, as those scripts
  part no words. One count for every language, so that no side can say more in the same limit by its spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
# Arabic vowel signs, superscript alef and tatweel; Hebrew points and cantillation.
_UNSPELLED = re.compile(r"[\u064b-\u0652\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_SPACES = re.compile(r"\s+")
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\s\u05be/—–{_IDEOGRAPHS}]+")
# Fillers and selectors that are letters or marks to Unicode and blank to a reader.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for codes in (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for code in codes
}
# First words of Unicode names that tell a style and not a script.
_STYLES = frozenset(
    [
        "FULLWIDTH",
        "HALFWIDTH",
        "MATHEMATICAL",
        "MODIFIER",
        "FEMININE",
        "MASCULINE",
        "MICRO",
        "OHM",
        "KELVIN",
        "ANGSTROM",
        "SCRIPT",
        "BLACK-LETTER",
        "DOUBLE-STRUCK",
        "SQUARED",
        "CIRCLED",
        "PARENTHESIZED",
        "SUPERSCRIPT",
    ]
)


def fold_digits(text: str) -> str:
    """`text` with every decimal digit of any script written in ASCII; as many code points as before."""
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)


def fold_text(text: str) -> str:
    """`text` as it is compared: see the rules above. Leading and trailing white space is kept as one space."""
    return _SPACES.sub(" ", _UNSPELLED.sub("", fold_digits(unicodedata.normalize("NFC", text))))


def digit_system(char: str) -> int:
    """Code point of the zero in the row of digits that `char`, a decimal digit, belongs to."""
    return ord(char) - unicodedata.decimal(char)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The script of a letter, such as ``LATIN``, ``ARABIC``, ``HEBREW``; "" for anything that is no letter of one."""
    if not unicodedata.category(char).startswith("L"):
        return ""
    first = unicodedata.name(char, "").split(" ")[0]
    return "" if first in _STYLES else first


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end, in code points, of each word of `text`."""
    return [match.span() for match in _WORD.finditer(text) if any(map(str.isalnum, match[0]))]


def count_words(text: str) -> int:
    """How many words `text` has."""
    return len(word_spans(text))
