"""Templates: the bodies of phrases taken apart into literals, slots and agreeing words. Syntax: see `language`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from parley.procedure.phrasebook.language import Language

LEAD_END = ". "
_SLOT = re.compile(r"\{([a-z]+)(?::([a-z]+))?((?:\|[a-z]+:[^|{}]+)*)\}")


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that is always the same."""

    text: str


@dataclass(frozen=True, slots=True)
class SlotText:
    """Where a slot's text stands, in the `form` that the sentence needs ("" for the usual one)."""

    slot: str
    form: str


@dataclass(frozen=True, slots=True)
class Agreeing:
    """A word that agrees with the gender of what the slot names: text by gender."""

    slot: str
    words: Mapping[str, str]


Segment: TypeAlias = Literal | SlotText | Agreeing


def split_template(template: str) -> tuple[Segment, ...]:
    """The segments of a template, in order.

    Raises:
        ValueError: a brace is left over; a template is code, and this a programmer's mistake.
    """
    segments: list[Segment] = []
    end = 0
    for match in _SLOT.finditer(template):
        _literal(segments, template[end : match.start()])
        slot, form, words = match.groups()
        segments.append(Agreeing(slot, _words(words)) if words else SlotText(slot, form or ""))
        end = match.end()
    _literal(segments, template[end:])
    return tuple(segments)


def _literal(segments: list[Segment], text: str) -> None:
    if "{" in text or "}" in text:
        raise ValueError(f"not a template: {text!r}")
    if text:
        segments.append(Literal(text))


def _words(source: str) -> Mapping[str, str]:
    pairs = (pair.partition(":") for pair in source[1:].split("|"))
    return {gender: word for gender, _, word in pairs}


def lead(language: Language, category: str, phrase_id: str) -> str:
    """How a rendering opens, up to the body: unlike for every two phrases of a language."""
    return f"{language.categories[category]}: {language.texts[phrase_id][0]}{LEAD_END}"


@lru_cache(maxsize=1024)
def body(language: Language, phrase_id: str) -> tuple[Segment, ...]:
    """The segments of a phrase's body in a language."""
    return split_template(language.texts[phrase_id][1])
