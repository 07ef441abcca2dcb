"""Single characters that do not belong in a signed text, or that a reader cannot see.

Unicode UTS 39 and UAX 9. Newline and tab are the only controls that may stand; a character's category is that of
the running Python's Unicode, so what a later Unicode assigns may be flagged as unassigned until then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from parley.procedure.guard.coordinates import Coordinates
from parley.procedure.guard.dates import Date
from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.masking import masked
from parley.procedure.guard.normal import BLANK, digit_system
from parley.procedure.guard.view import View

MAX_MARKS = 3
_ALLOWED_CONTROLS = "\n\t"
_BIDI = {
    **dict.fromkeys("\u202d\u202e", "bidi.override"),
    **dict.fromkeys("\u202a\u202b\u202c", "bidi.embedding"),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", "bidi.isolate"),
    **dict.fromkeys("\u200e\u200f\u061c", "bidi.mark"),
}
_BY_CATEGORY = {
    "Cc": "text.control",
    "Cs": "text.surrogate",
    "Co": "text.private-use",
    "Cn": "text.unassigned",
    "Cf": "text.invisible",
    "Zl": "text.invisible",
    "Zp": "text.invisible",
}
# What stands where a conversion lost a character.
_LOST = frozenset("\ufffc\ufffd")
# Format characters of Arabic that are drawn.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2")
_FIRST_LIGATURE = "\ufb00"
_ORDINALS = "ªº"
_ASCII_ZERO = ord("0")
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile(r"[A-Za-z]")
# Letters joined to the digits, or a case's reference (SYR 42).
_CODE_BEFORE = re.compile(r"(?:[A-Za-z]-?|(?<!\w)(?!UTC |GMT )[A-Z][A-Z0-9]{1,7} )\Z")
_CODE_CHARS = 10
_NOT_ASCII = re.compile(r"[^\x20-\x7e\n\t]+")


def character_flags(view: View) -> Iterator[Flag]:
    """One flag for each run of characters of the same fault."""
    for stretch in _NOT_ASCII.finditer(view.text):
        at = stretch.start()
        for code, run in groupby(stretch[0], _fault):
            length = sum(1 for _ in run)
            if code:
                yield flag(code, view.text, at, at + length)
            at += length


@lru_cache(maxsize=8192)
def _fault(char: str) -> str:
    category = unicodedata.category(char)
    if char in _BIDI:
        return _BIDI[char]
    if char in BLANK:
        return "text.invisible"
    if char in _LOST:
        return "text.unassigned"
    if char in _DRAWN or char in _ALLOWED_CONTROLS:
        return ""
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    return "text.compatibility" if _is_styled(char, category) else ""


def _is_styled(char: str, category: str) -> bool:
    """Whether a letter or digit is only another's form. Those that plain writing needs (Thai, the micro sign) are not."""
    if category[0] != "L" and category != "Nd":
        return False
    form = unicodedata.decomposition(char).partition(" ")[0]
    plain = form == "<compat>" and char < _FIRST_LIGATURE
    return form.startswith("<") and not plain and char not in _ORDINALS


def combining_flags(view: View) -> Iterator[Flag]:
    """More than `MAX_MARKS` marks on one base."""
    at = 0
    for is_mark, run in groupby(view.text, _is_mark):
        length = sum(1 for _ in run)
        if is_mark and length > MAX_MARKS:
            yield flag("text.combining", view.text, max(at - 1, 0), at + length)
        at += length


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char) in ("Mn", "Me")


def digit_flags(view: View) -> Iterator[Flag]:
    """Digits of another kind than the first ones of the text; within a code, of another kind than ASCII.

    Coordinates and dates with Latin letters (MGRS, date-time groups) are codes too.
    """
    figures: tuple[Coordinates | Date, ...] = (*view.coordinates, *view.dates)
    spans = [(one.start, one.end) for one in figures if _LATIN.search(view.text, one.start, one.end)]
    text = masked(view.text, spans)
    first = None
    for match in _DIGITS.finditer(text):
        at = match.start()
        expected = _ASCII_ZERO if _CODE_BEFORE.search(text, max(at - _CODE_CHARS, 0), at) else first
        for system, run in groupby(match[0], digit_system):
            length = sum(1 for _ in run)
            if expected is None:
                first = expected = system
            if system != expected:
                yield flag("digits.mixed", view.text, at, at + length)
            at += length
