"""The text guard: what in a text could be misread by the other side is flagged, never resolved or changed.

Small deterministic rules in Arabic, Hebrew and English, all applied to every text. No I/O, no clock, no randomness.

    checking      all rules over one text
    flags         what a flag says: codes, sentences, severity
    view          the text as the rules see it
    normal        digits, scripts, words
    characters, scripts, length          what stands in the text
    dates, days, calendar_words          on which day
    clocks, times                        at what time
    coordinates, places, measures        where, how high, how far, how many
    masking       what is understood is covered
"""

from __future__ import annotations

from parley.procedure.guard.checking import MAX_FLAGS_PER_CODE, check
from parley.procedure.guard.flags import FLAG_CODES, Flag, FlagCode, Severity
from parley.procedure.guard.length import MAX_WORDS
from parley.procedure.guard.normal import count_words, fold_digits

__all__ = [
    "FLAG_CODES",
    "MAX_FLAGS_PER_CODE",
    "MAX_WORDS",
    "Flag",
    "FlagCode",
    "Severity",
    "check",
    "count_words",
    "fold_digits",
]
