"""All rules over one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from parley.procedure.guard.characters import character_flags, combining_flags, digit_flags
from parley.procedure.guard.days import date_flags, day_flags
from parley.procedure.guard.flags import Flag
from parley.procedure.guard.length import length_flags
from parley.procedure.guard.measures import height_flags, number_flags, range_flags, unit_flags
from parley.procedure.guard.places import place_flags
from parley.procedure.guard.scripts import code_flags, language_flags, script_flags
from parley.procedure.guard.times import time_flags
from parley.procedure.guard.view import View, view
from parley.record.statement import Precedence

MAX_FLAGS_PER_CODE = 20

RULES: tuple[Callable[[View], Iterator[Flag]], ...] = (
    character_flags,
    combining_flags,
    digit_flags,
    script_flags,
    code_flags,
    language_flags,
    length_flags,
    time_flags,
    date_flags,
    day_flags,
    place_flags,
    height_flags,
    unit_flags,
    number_flags,
    range_flags,
)


def check(
    text: str, *, language: str, precedence: Precedence, now_ms: int | None = None, codes: Collection[str] = ()
) -> tuple[Flag, ...]:
    """What in a text could be misread, in the order in which it stands there.

    Args:
        text: as written; never changed. Any string, also one that could not be signed.
        language: BCP 47 tag under which it will be signed.
        now_ms: the time, Unix milliseconds, against which far dates are told; None to tell none.
        codes: codes of members and units that the mechanism knows, against which look-alikes are told.

    Returns:
        The first `MAX_FLAGS_PER_CODE` flags of each code.
    """
    seen = view(text, language=language, precedence=precedence, now_ms=now_ms, codes=codes)
    found = sorted((one for rule in RULES for one in rule(seen)), key=lambda one: (one.start, one.end, one.code))
    counted: Counter[str] = Counter()
    kept = []
    for one in found:
        counted[one.code] += 1
        if counted[one.code] <= MAX_FLAGS_PER_CODE:
            kept.append(one)
    return tuple(kept)
