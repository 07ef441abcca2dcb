"""Counts, objects and choices: everything that a language has a word for.

A counted noun takes the plural form of its number by the language's rule and always shows the number in digits.
"""

from __future__ import annotations

import re

from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.kinds.texts import (
    any_of,
    array,
    counted,
    counted_number,
    counted_pattern,
    refused,
    whole,
)
from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.slots import THINGS, Slot, SlotValue, codes_of

MAX_COUNT = 9999


def check_count(slot: Slot, value: object) -> int:
    """A number from 0."""
    return whole(slot, value, 0, MAX_COUNT, f"number ({slot.of})")


def write_count(spot: Spot, value: SlotValue) -> str:
    """Such as ``3 persons``."""
    return counted(check_count(spot.slot, value), spot.language.nouns[spot.slot.of].forms, spot)


def count_pattern(spot: Spot) -> str:
    """A number of what the slot counts."""
    return counted_pattern(spot.language.nouns[spot.slot.of].forms, "n")


def read_count(_spot: Spot, match: re.Match[str]) -> int:
    """The number of a match."""
    return counted_number(match, "n") or 0


def check_objects(slot: Slot, value: object) -> tuple[int, str]:
    """A number from 1, and what they are."""
    number, code = array(slot, value, 2, "[number, code of what they are]")
    return whole(slot, number, 1, MAX_COUNT, "number"), _code(slot, code)


def write_objects(spot: Spot, value: SlotValue) -> str:
    """Such as ``3 unmanned aircraft``."""
    number, code = check_objects(spot.slot, value)
    return counted(number, spot.language.nouns[code].forms, spot)


def objects_pattern(spot: Spot) -> str:
    """A number of any of the things. The group ``of_<index>`` tells which."""
    return any_of(
        f"(?P<of_{index}>{counted_pattern(spot.language.nouns[code].forms, f'n{index}_')})"
        for index, code in enumerate(codes_of(spot.slot))
    )


def read_objects(spot: Spot, match: re.Match[str]) -> tuple[int, str]:
    """Number and code of a match."""
    index = next(index for index in range(len(codes_of(spot.slot))) if match[f"of_{index}"] is not None)
    return counted_number(match, f"n{index}_") or 0, codes_of(spot.slot)[index]


def check_choice(slot: Slot, value: object) -> str:
    """A code of the slot's enumeration."""
    return _code(slot, value)


def write_choice(spot: Spot, value: SlotValue) -> str:
    """The code's word."""
    return choice_text(spot, check_choice(spot.slot, value))


def choice_text(spot: Spot, code: str) -> str:
    """The word of a code: for a thing in the form asked for, else in the singular."""
    if spot.slot.of in THINGS:
        forms = spot.language.nouns[code].forms
        return forms.get(spot.form or "sg", forms["sg"])
    return spot.language.words[spot.slot.of][code]


def choice_pattern(spot: Spot) -> str:
    """Any word of the enumeration."""
    return any_of(re.escape(fold_text(choice_text(spot, code))) for code in codes_of(spot.slot))


def read_choice(spot: Spot, match: re.Match[str]) -> str:
    """The code of a match."""
    return next(code for code in codes_of(spot.slot) if fold_text(choice_text(spot, code)) == match[0])


def gender_of(slot: Slot, value: SlotValue, language: Language) -> str:
    """The gender of the thing that a choice names."""
    return language.nouns[check_choice(slot, value)].gender


def _code(slot: Slot, value: object) -> str:
    codes = codes_of(slot)
    if not isinstance(value, str) or value not in codes:
        raise refused(slot, "is not among the choices", f"one of {', '.join(codes)}")
    return value
