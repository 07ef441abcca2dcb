"""References as people say and type them, and the letter by which a misheard one is noticed.

``SYR 42`` is drawn and read aloud as ``SYR 42-F``; what is signed, and what the API names, is ``SYR 42``.

The letter is one of `LETTERS`, eleven capitals of which no two rhyme when they are named in English, and none looks like
another or like a digit. It is chosen by ``o + 5 (g - 1) + Σ 2^i d_i`` modulo 11, with `o` the member's place in the charter
(from 0), `g` the generation of its log and `d_i` the digit at 10^i. Eleven is prime and 2 one of its primitive roots, so:

* every single wrong digit is caught, for a weight and the difference of two digits are never multiples of 11;
* so is every swap of two digits, neighbours or up to nine places apart, for the difference of their weights is none either;
* so are ``aa`` heard as ``bb``, and ``13`` to ``19`` heard as ``30`` to ``90``, at any place;
* so is a first digit left out or put before, and the generation of a log, up to the eleventh, left out;
* so is the code of another member of the charter, where it has no more than eleven: of two members whose places differ by
  11 or 22 one may be taken for the other.

What can escape, one time in eleven: two errors at once; a digit left out or put in elsewhere; three digits turned about. The
proof is `tests/procedure/test_references.py`: by all numbers up to 9999, and by property above.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from parley.errors import Refused
from parley.procedure.guard.normal import fold_digits
from parley.record.ids import GENERATION_STEP

LETTERS = "FHKLMRTUWXY"
SPELLED: Mapping[str, str] = {
    "F": "Foxtrot", "H": "Hotel", "K": "Kilo", "L": "Lima", "M": "Mike", "R": "Romeo", "T": "Tango", "U": "Uniform",
    "W": "Whiskey", "X": "X-ray", "Y": "Yankee",
}  # fmt: skip
"""How each is said on a telephone (ICAO Annex 10, volume II, 5.2.1.3)."""
MAX_TYPED_CHARS = 40
_GENERATION_WEIGHT = 5
_TYPED = re.compile(r"[ \t\r\n]*([A-Z][A-Z0-9]{1,7}?)[ \t_-]*([0-9]{1,16})(?:[ \t_-]*([A-Z]))?[ \t\r\n]*", re.A)
_MAX_GENERATION = 16


class Typed(NamedTuple):
    """A reference as somebody typed it: the member's place in the charter, and the letter that was given, "" where none was."""

    ordinal: int
    generation: int
    seq: int
    letter: str

    @property
    def right_letter(self) -> str:
        """The letter that it has."""
        return letter_of(self.ordinal, self.generation, self.seq)


def letter_of(ordinal: int, generation: int, seq: int) -> str:
    """The letter of an entry of a member's log."""
    total, weight = ordinal + _GENERATION_WEIGHT * (generation - 1), 1
    for digit in reversed(str(seq)):
        total += weight * int(digit)
        weight = weight * 2 % len(LETTERS)
    return LETTERS[total % len(LETTERS)]


def letter_at(log: int, seq: int) -> str:
    """The same, of a place by its log's number."""
    return letter_of(log % GENERATION_STEP, log // GENERATION_STEP + 1, seq)


def typed(text: str, codes: Sequence[str]) -> Typed | None:
    """A reference as people type it (``SYR 42``, ``syr42``, ``SYR-42-F``); None where it is none of a member of `codes`.

    `codes` are the members' in the charter's order. The letter that was given is not checked here.
    """
    if len(text) > MAX_TYPED_CHARS:
        return None
    plain = fold_digits(unicodedata.normalize("NFKC", text))
    shown = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    match = _TYPED.fullmatch(shown.upper())
    if match is None:
        return None
    code = match[1].rstrip("0123456789")
    generation = match[1][len(code) :]
    if code not in codes or generation[:1] == "0" or generation == "1" or int(generation or 1) > _MAX_GENERATION:
        return None
    return Typed(codes.index(code), int(generation or 1), int(match[2]), match[3] or "")


def misheard(reference: str, right: str, given: str) -> Refused:
    """The refusal of a reference with the wrong letter."""
    return Refused(
        "reference.letter", f"{reference} has the letter {right}, not {given}: misheard?", field="reference",
        rule="ask for the reference again, with its letter",
    )  # fmt: skip
