"""Flags: what the guard says about a place in a text. It says what could be misread, and never what is meant.

A code is stable: faces translate by it. `refuse` is for what may never stand in a signed text, because a screen
would hide it or show another text; everything else only warns, and the officer decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from parley.procedure.guard.normal import BLANK

MAX_FOUND_CHARS = 80


class Severity(Enum):
    """What follows from a flag."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class FlagCode:
    """What a code says.

    Attributes:
        title: a few words, for a list.
        sentence: for people, around ``{found}``.
        rule: what to write instead.
    """

    title: str
    sentence: str
    rule: str
    severity: Severity = Severity.WARN


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in a text that could be misread.

    Attributes:
        code: one of `FLAG_CODES`.
        start, end: where it stands, in code points of the text as written; ``start < end``.
        found: what stands there, at most `MAX_FOUND_CHARS`, with characters that cannot be seen as ``<U+202E>``.
        sentence: in English, for people.
        rule: what to write instead.
        severity: what follows from it.
    """

    code: str
    start: int
    end: int
    found: str
    sentence: str
    rule: str
    severity: Severity


_REFUSE = Severity.REFUSE

FLAG_CODES: Mapping[str, FlagCode] = {
    "text.control": FlagCode("Control character", "{found} is a control character.", "delete it", _REFUSE),
    "text.surrogate": FlagCode("Broken character", "{found} is half of a character.", "delete it", _REFUSE),
    "text.invisible": FlagCode("Invisible character", "{found} cannot be seen.", "delete it"),
    "text.private-use": FlagCode("Private character", "{found} has no agreed meaning.", "use a common character"),
    "text.unassigned": FlagCode("Unknown character", "{found} is not a character.", "delete it"),
    "text.compatibility": FlagCode(
        "Styled letters", "{found} are styled forms of other letters.", "type plain letters"
    ),
    "text.combining": FlagCode("Too many marks", "{found} piles marks on one letter.", "at most three marks"),
    "text.too-long": FlagCode("Too long", "The text goes on beyond the limit from {found}.", "at most 200 words"),
    "text.language": FlagCode(
        "Other language", "The text is not in the script of the language named.", "name the language it is written in"
    ),
    "bidi.override": FlagCode("Text turned round", "{found} shows the text in a false order.", "delete it", _REFUSE),
    "bidi.embedding": FlagCode("Direction control", "{found} changes the direction unseen.", "delete it", _REFUSE),
    "bidi.isolate": FlagCode("Direction control", "{found} changes the direction unseen.", "delete it", _REFUSE),
    "bidi.mark": FlagCode("Direction mark", "{found} moves its neighbours unseen.", "delete it"),
    "script.mixed": FlagCode("Mixed scripts", "{found} mixes letters of two scripts.", "type it in one script"),
    "script.lookalike": FlagCode(
        "Look-alike letters", "{found} is written with look-alikes of Latin letters.", "type it in Latin letters"
    ),
    "code.lookalike": FlagCode("Look-alike code", "{found} looks like a code but is another.", "type the code itself"),
    "digits.mixed": FlagCode(
        "Mixed digits", "{found} is in other digits than what stands with it.", "one kind of digits"
    ),
    "time.no-zone": FlagCode("Time without zone", "{found} is a time without a zone.", "write 14:30 UTC"),
    "time.local-zone": FlagCode("Local time", "{found} is in a local zone.", "write UTC, or UTC beside it"),
    "time.relative": FlagCode("Relative time", "{found} depends on when it is read.", "write 14:30 UTC and the date"),
    "time.vague": FlagCode("Vague time", "{found} is not the same time for everyone.", "write 14:30 UTC"),
    "time.impossible": FlagCode("Impossible time", "{found} is no time of day.", "00:00 to 23:59"),
    "date.ambiguous": FlagCode(
        "Ambiguous date", "{found} can be read as two dates.", "write 2026-11-03 or 3 November 2026"
    ),
    "date.two-digit-year": FlagCode("Two-digit year", "{found} has a year of two digits.", "write the year with four"),
    "date.no-year": FlagCode("Date without year", "{found} is a date without a year.", "write the whole date"),
    "date.relative": FlagCode("Relative date", "{found} depends on when and where it is read.", "write the date"),
    "date.weekday": FlagCode("Wrong weekday", "{found} is not that day of the week.", "correct the day or the date"),
    "date.impossible": FlagCode("Impossible date", "{found} is not in the calendar.", "write a date that exists"),
    "date.far": FlagCode("Distant date", "{found} is more than a year from now.", "look again at the year"),
    "place.no-coordinates": FlagCode(
        "Place without coordinates", "{found} names a place, and the text holds no coordinates.", "add coordinates"
    ),
    "place.implausible": FlagCode("Impossible coordinates", "{found} lies nowhere.", "look again at the figures"),
    "height.no-datum": FlagCode("Height without datum", "{found} does not say above what.", "write AMSL, AGL or WGS84"),
    "height.no-unit": FlagCode("Height without unit", "{found} does not say feet or metres.", "write feet or metres"),
    "height.flight-level": FlagCode(
        "Flight level", "{found} depends on the air pressure set.", "give a height with its datum beside it"
    ),
    "unit.nm": FlagCode("nm", "{found}: nautical miles or nanometres?", "write nautical miles"),
    "unit.mile": FlagCode("Miles", "{found}: nautical or land miles?", "write nautical miles or kilometres"),
    "number.no-unit": FlagCode("Number without unit", "{found} does not say its unit.", "write the unit"),
    "number.grouping": FlagCode(
        "Ambiguous number", "{found} is thousands to some and a fraction to others.", "write 1500 or 1.5"
    ),
    "range.hyphen": FlagCode(
        "Range with a hyphen", "{found} is seen turned round on a right-to-left line.", "write from … to …"
    ),
}


def flag(code: str, text: str, start: int, end: int) -> Flag:
    """The flag of that code at a place of `text`."""
    said = FLAG_CODES[code]
    found = _shown(text[start:end])
    return Flag(code, start, end, found, said.sentence.format(found=found), said.rule, said.severity)


def _shown(text: str) -> str:
    cut = text[: MAX_FOUND_CHARS + 1]
    shown = "".join(f"<U+{ord(char):04X}>" if _unseen(char) else char for char in cut)
    return shown if len(shown) <= MAX_FOUND_CHARS else shown[: MAX_FOUND_CHARS - 1] + "…"


def _unseen(char: str) -> bool:
    return char in BLANK or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
