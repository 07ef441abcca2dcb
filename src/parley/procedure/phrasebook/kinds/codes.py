"""Codes: aliases of units and positions, references of cases, codes of members. Written alike in every language.

An alias begins with a letter, and no hyphen stands between two digits: it would be taken for a range.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.kinds.texts import refused
from parley.procedure.phrasebook.slots import Slot, SlotKind, SlotValue

ALIAS_RULE = "2 to 12 capitals, digits and single hyphens; a letter first; no hyphen between digits or at the end"
ALIAS = re.compile(r"(?=[A-Z0-9-]{2,12}\Z)[A-Z](?:[A-Z0-9]|-(?=[A-Z])|(?<=[A-Z])-(?=[0-9]))*", re.A)

_FORMS: Mapping[SlotKind, tuple[re.Pattern[str], str]] = {
    SlotKind.UNIT: (ALIAS, ALIAS_RULE),
    SlotKind.CASE: (
        re.compile(r"[A-Z][A-Z0-9]{1,7} (?:0|[1-9][0-9]{0,15})", re.A),
        "a log's code and an entry's number, such as SYR 42",
    ),
    SlotKind.MEMBER: (
        re.compile(r"[A-Z][A-Z0-9]{0,4}[A-Z]", re.A),
        "2 to 6 capitals or digits, a letter first and last",
    ),
}
_LOOSE: Mapping[SlotKind, str] = {
    SlotKind.UNIT: r"[A-Z][A-Z0-9-]{1,11}",
    SlotKind.CASE: r"[A-Z][A-Z0-9]{1,7} [0-9]{1,16}",
    SlotKind.MEMBER: r"[A-Z][A-Z0-9]{0,4}[A-Z]",
}


def check_code(slot: Slot, value: object) -> str:
    """A code of the slot's kind."""
    form, rule = _FORMS[slot.kind]
    if not isinstance(value, str) or not form.fullmatch(value):
        raise refused(slot, "is not of its form", rule)
    return value


def write_code(spot: Spot, value: SlotValue) -> str:
    """The code itself."""
    return check_code(spot.slot, value)


def code_pattern(spot: Spot) -> str:
    """Whatever may be a code of the kind."""
    return _LOOSE[spot.slot.kind]


def read_code(_spot: Spot, match: re.Match[str]) -> str:
    """The code of a match."""
    return match[0]
