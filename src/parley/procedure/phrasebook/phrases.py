"""The phrases: what can be said, with which slots; never how it sounds in a language.

After the manner of the IMO Standard Marine Communication Phrases: a phrase opens with the word of its category, so
that a listener knows at once whether he is warned, asked or answered. What is signed is the identifier and the
slots; the texts are rendered by rule. No phrase names a member, a place or a line, and none threatens.

An identifier is ``category.name`` and, once used, never means anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.procedure.phrasebook.slots import SLOTS, Slot
from parley.record.statement import Precedence

CATEGORIES = ("stop", "warning", "distress", "information", "question", "request", "intention", "answer", "line")

_FLASH, _IMMEDIATE = Precedence.FLASH, Precedence.IMMEDIATE
_PRIORITY, _ROUTINE = Precedence.PRIORITY, Precedence.ROUTINE

_Row = tuple[str, Precedence, str]

_AREA = "radius place"
_TIMES = "start end"

_TABLE: Mapping[str, tuple[_Row, ...]] = {
    "stop": (
        ("cease-fire-area", _FLASH, f"fire {_AREA}"),
        ("fire-on-us", _FLASH, "fire place time"),
        ("fire-on-protected", _FLASH, "fire protected place"),
        ("halt-movement", _FLASH, "object place direction"),
        ("turn-away", _FLASH, "aircraft place height direction"),
        ("extend", _FLASH, "case until"),
        ("lift", _FLASH, "case time"),
    ),
    "warning": (
        ("unidentified", _FLASH, "objects place direction time"),
        ("approaching", _FLASH, "object place direction time"),
        ("deviation", _FLASH, "object place direction time"),
        ("engine-failure", _IMMEDIATE, "craft place direction time"),
        ("lost-contact", _IMMEDIATE, "object place time"),
        ("out-of-control", _FLASH, "place height direction time"),
        ("accidental-fire", _FLASH, "weapon place time"),
        ("accidental-launch", _FLASH, "missiles place direction time"),
        ("armed-group", _FLASH, "persons place direction time"),
        ("unexploded-ordnance", _IMMEDIATE, "place distance"),
        ("blaze", _IMMEDIATE, "place direction time"),
    ),
    "distress": (
        ("search-and-rescue", _IMMEDIATE, "persons place time objects"),
        ("medical-evacuation", _FLASH, "injured carrier origin destination start"),
        ("persons-in-water", _IMMEDIATE, "persons place time"),
        ("aircraft-down", _FLASH, "aircraft place time persons"),
        ("vessel-in-distress", _IMMEDIATE, "vessel place time trouble persons"),
    ),
    "information": (
        ("position", _PRIORITY, "object place time"),
        ("position-and-height", _PRIORITY, "aircraft place height course time"),
        ("gunfire-heard", _IMMEDIATE, "place bearing time"),
        ("explosion-seen", _IMMEDIATE, "place bearing distance time"),
        ("contact-regained", _PRIORITY, "object place time"),
        ("activity-state", _PRIORITY, "case state time"),
        ("activity-overrun", _IMMEDIATE, "case end"),
        ("activity-delayed", _PRIORITY, "case delay start"),
        ("casualties", _IMMEDIATE, "injured killed place time"),
        ("persons-found", _PRIORITY, "persons place time"),
    ),
    "question": (
        ("ownership", _IMMEDIATE, "object place time"),
        ("intention", _IMMEDIATE, "object place time"),
        ("opening-of-fire", _IMMEDIATE, "weapon place time"),
    ),
    "request": (
        ("hold-fire", _IMMEDIATE, f"{_AREA} {_TIMES}"),
        ("keep-clear", _IMMEDIATE, f"{_AREA} {_TIMES}"),
        ("move-away", _IMMEDIATE, "object place direction by"),
        ("contact-unit", _IMMEDIATE, "place by"),
        ("safe-passage", _IMMEDIATE, f"objects persons origin destination {_TIMES}"),
        ("telephone-call", _PRIORITY, "member time"),
        ("confirm", _PRIORITY, "element case"),
        ("say-again", _PRIORITY, "case"),
    ),
    "intention": (
        ("withdrawal", _PRIORITY, f"unit origin direction {_TIMES}"),
        ("moving-away", _PRIORITY, "object place direction time"),
        ("humanitarian-movement", _PRIORITY, f"objects persons origin destination {_TIMES}"),
        ("works", _ROUTINE, f"work place persons {_TIMES}"),
        ("exercise", _ROUTINE, f"exercise {_AREA} {_TIMES}"),
        ("flight", _PRIORITY, f"flyers {_AREA} floor ceiling {_TIMES}"),
    ),
    "answer": (
        ("received", _PRIORITY, "case time"),
        ("understood", _PRIORITY, "case"),
        ("not-understood", _PRIORITY, "element case"),
        ("wait", _PRIORITY, "case by"),
        ("passed-on", _PRIORITY, "case unit time"),
        ("complied", _PRIORITY, "case time"),
        ("cannot-comply", _IMMEDIATE, "case reason"),
        ("not-ours", _IMMEDIATE, "object place time"),
        ("ours", _IMMEDIATE, "object place time"),
        ("not-under-our-control", _IMMEDIATE, "object place time"),
        ("yes", _PRIORITY, "case"),
        ("no", _PRIORITY, "case"),
    ),
    "line": (
        ("test", _ROUTINE, "by"),
        ("test-answer", _ROUTINE, "case time"),
        ("handover", _ROUTINE, "time unit"),
        ("interruption", _PRIORITY, "start duration outage"),
        ("time-check", _ROUTINE, "time"),
    ),
}

_KINDS: Mapping[str, tuple[str, ...]] = {
    "stop": ("stop",),
    "intention": ("message", "notice"),
    "line": ("service", "proof"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase.

    Attributes:
        id: stable, ``category.name``.
        category: one of `CATEGORIES`.
        precedence: the one it suits; an officer may choose another.
        kinds: statement kinds that may carry it.
        slots: what is filled in, in the order in which a form asks.
    """

    id: str
    category: str
    precedence: Precedence
    kinds: tuple[str, ...]
    slots: tuple[Slot, ...]


PHRASES: Mapping[str, Phrase] = {
    f"{category}.{name}": Phrase(
        id=f"{category}.{name}",
        category=category,
        precedence=precedence,
        kinds=_KINDS.get(category, ("message",)),
        slots=tuple(SLOTS[slot] for slot in slots.split(" ")),
    )
    for category in CATEGORIES
    for name, precedence, slots in _TABLE[category]
}


def by_category() -> Mapping[str, tuple[Phrase, ...]]:
    """The phrases of each category, both in the order in which they are offered."""
    return {
        category: tuple(phrase for phrase in PHRASES.values() if phrase.category == category) for category in CATEGORIES
    }
