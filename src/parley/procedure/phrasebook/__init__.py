"""The phrasebook: fixed phrases with typed slots, equal in meaning in every language by construction.

What is signed is a phrase's identifier and its slots; its text is rendered by rule, so no translation stands between
two officers and no side's wording is the original. No I/O, no clock, no randomness.

    slots       what may be filled in: kinds, names, enumerations
    phrases     the phrases: identifier, precedence, statement kinds, slots
    language    what a language brings; one file each in `languages/`
    faults      what is wrong with a language's table
    plurals     plural rules
    templates   bodies of phrases taken apart
    kinds/      each slot kind: check, write, read
    validation  whether slots fill a phrase
    rendering   identifier and slots to text
    parsing     text to identifier and slots
    declaring   all of it as plain data, for a form
"""

from __future__ import annotations

from parley.procedure.phrasebook.declaring import describe
from parley.procedure.phrasebook.languages import LANGUAGES
from parley.procedure.phrasebook.parsing import parse
from parley.procedure.phrasebook.phrases import CATEGORIES, PHRASES, Phrase, by_category
from parley.procedure.phrasebook.rendering import Part, Rendering, render
from parley.procedure.phrasebook.slots import Slot, SlotKind, SlotValue
from parley.procedure.phrasebook.validation import validate

__all__ = [
    "CATEGORIES",
    "LANGUAGES",
    "PHRASES",
    "Part",
    "Phrase",
    "Rendering",
    "Slot",
    "SlotKind",
    "SlotValue",
    "by_category",
    "describe",
    "parse",
    "render",
    "validate",
]
