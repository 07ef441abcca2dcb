"""The phrasebook as plain data, for a form that asks for slots in the officer's own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from parley.procedure.phrasebook.kinds import moments, nouns, positions
from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.languages import LANGUAGES
from parley.procedure.phrasebook.phrases import CATEGORIES, PHRASES, Phrase
from parley.procedure.phrasebook.slots import ASCENDING, SLOTS, THINGS, WORDS, Slot, SlotKind
from parley.procedure.phrasebook.templates import Agreeing, Literal, Segment, body

Plain: TypeAlias = "str | int | list[Plain] | dict[str, Plain]"

_LIMITS: Mapping[SlotKind, dict[str, Plain]] = {
    SlotKind.INSTANT: {
        "least": moments.FIRST_INSTANT_MS,
        "most": moments.LAST_INSTANT_MS,
        "step": moments.MINUTE_MS,
    },
    SlotKind.DURATION: {"least": 1, "most": moments.MAX_DURATION_MIN},
    SlotKind.PLACE: {"units_per_degree": positions.DEGREE_E7},
    SlotKind.HEIGHT: {
        "least": positions.LOWEST_HEIGHT_CM,
        "most": positions.HIGHEST_HEIGHT_CM,
        "datums": list(positions.DATUMS),
        "units": list(positions.UNITS),
    },
    SlotKind.DISTANCE: {"least": 1, "most": positions.MAX_DISTANCE_M},
    SlotKind.BEARING: {"least": 0, "most": positions.CIRCLE_CENTIDEGREES - 1},
    SlotKind.COUNT: {"least": 0, "most": nouns.MAX_COUNT},
    SlotKind.OBJECTS: {"least": 1, "most": nouns.MAX_COUNT},
}


def describe() -> dict[str, Plain]:
    """Everything that a form needs, as values that JSON can hold; texts are by language tag.

    ``languages`` (tag, name, dir) · ``categories`` (id, titles) · ``phrases`` (id, category, precedence, kinds,
    titles, outlines, slots by name) · ``slots`` (name, kind, labels, limits, enumeration) · ``enumerations`` (by
    name: code, labels) · ``ascending`` (pairs of slots of which the first must be less). An outline is the phrase
    with ``[label]`` where a slot stands.
    """
    return {
        "languages": [{"tag": one.tag, "name": one.name, "dir": one.direction} for one in LANGUAGES.values()],
        "categories": [
            {"id": category, "titles": {tag: one.categories[category] for tag, one in LANGUAGES.items()}}
            for category in CATEGORIES
        ],
        "phrases": [_phrase(phrase) for phrase in PHRASES.values()],
        "slots": {name: _slot(slot) for name, slot in SLOTS.items()},
        "enumerations": {**{name: _things(name) for name in THINGS}, **{name: _words(name) for name in WORDS}},
        "ascending": [list(pair) for pair in ASCENDING],
    }


def _phrase(phrase: Phrase) -> Plain:
    return {
        "id": phrase.id,
        "category": phrase.category,
        "precedence": phrase.precedence.name,
        "kinds": list(phrase.kinds),
        "titles": {tag: language.texts[phrase.id][0] for tag, language in LANGUAGES.items()},
        "outlines": {
            tag: "".join(_outlined(language, segment) for segment in body(language, phrase.id))
            for tag, language in LANGUAGES.items()
        },
        "slots": [slot.name for slot in phrase.slots],
    }


def _outlined(language: Language, segment: Segment) -> str:
    match segment:
        case Literal(text):
            return text
        case Agreeing(_, words):
            return "/".join(words.values())
        case _:
            return f"[{language.labels[segment.slot]}]"


def _slot(slot: Slot) -> Plain:
    declared: dict[str, Plain] = {
        "kind": slot.kind.value,
        "labels": {tag: language.labels[slot.name] for tag, language in LANGUAGES.items()},
        "limits": _LIMITS.get(slot.kind, {}),
    }
    if slot.of and slot.kind is not SlotKind.COUNT:
        declared["enumeration"] = slot.of
    return declared


def _things(name: str) -> Plain:
    return [
        {"code": code, "labels": {tag: language.nouns[code].forms["sg"] for tag, language in LANGUAGES.items()}}
        for code in THINGS[name]
    ]


def _words(name: str) -> Plain:
    return [
        {"code": code, "labels": {tag: language.words[name][code] for tag, language in LANGUAGES.items()}}
        for code in WORDS[name]
    ]
