"""What the slot kinds share: patterns made from a language's texts, counted nouns, and how a value is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from parley.errors import BadInput
from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.language import Forms
from parley.procedure.phrasebook.plurals import plural
from parley.procedure.phrasebook.slots import Slot

MAX_DIGITS = 7
_FIELD = re.compile(r"\{(\w+)\}")


def refused(slot: Slot, reason: str, rule: str) -> BadInput:
    """The error for a value that `slot` cannot hold."""
    return BadInput(f"slot.{slot.kind.value}", reason, field=slot.name, rule=rule)


def whole(slot: Slot, value: object, least: int, most: int, unit: str) -> int:
    """`value`, if it is an integer from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise refused(slot, "is out of range", f"whole {unit} from {least} to {most}")
    return value


def array(slot: Slot, value: object, length: int, rule: str) -> tuple[object, ...]:
    """The items of `value`, if it is an array of that length."""
    if not isinstance(value, list | tuple) or len(value) != length:
        raise refused(slot, f"is not an array of {length}", rule)
    return tuple(value)


def to_pattern(text: str, groups: Mapping[str, str]) -> str:
    """A regular expression for `text`, folded, with ``{name}`` replaced by the expression of that name."""
    pieces = _FIELD.split(fold_text(text))
    return "".join(groups[piece] if index % 2 else re.escape(piece) for index, piece in enumerate(pieces))


def any_of(patterns: Iterable[str]) -> str:
    """A regular expression for one of several, the longest tried first."""
    return "(?:" + "|".join(sorted(patterns, key=lambda pattern: (-len(pattern), pattern))) + ")"


def counted(number: int, forms: Forms, spot: Spot) -> str:
    """The noun with its number, in the plural form that the language's rule gives."""
    category = plural(spot.language.plurals, number)
    return forms.get(f"{category}.{spot.form}", forms[category]).format(n=number)


def counted_texts(forms: Forms) -> list[str]:
    """Every text of a counted noun, around ``{n}``."""
    return sorted({text for text in forms.values() if "{n}" in text})


def counted_pattern(forms: Forms, group: str) -> str:
    """A regular expression for a counted noun; its number is in one of the groups named `group` and a number."""
    return any_of(
        to_pattern(text, {"n": rf"(?P<{group}{index}>[0-9]{{1,{MAX_DIGITS}}})"})
        for index, text in enumerate(counted_texts(forms))
    )


def counted_number(match: re.Match[str], group: str) -> int | None:
    """The number that the match of a `counted_pattern` holds; None where that noun did not match."""
    for name, text in match.groupdict().items():
        if text is not None and re.fullmatch(rf"{group}[0-9]+", name):
            return int(text)
    return None
