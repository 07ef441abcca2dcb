"""What is wrong with a language's table. Languages are loaded only without faults, so an incomplete one cannot ship."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds.positions import DATUMS
from parley.procedure.phrasebook.language import Forms, Language
from parley.procedure.phrasebook.phrases import CATEGORIES, PHRASES, Phrase
from parley.procedure.phrasebook.plurals import plural_forms
from parley.procedure.phrasebook.slots import COUNTED, SLOTS, THINGS, WORDS
from parley.procedure.phrasebook.templates import LEAD_END, Agreeing, SlotText, body, lead

UNIT_NAMES = ("metre", "foot", "minute", "hour")
_RANGE = re.compile(r"[\d}]\s*[-\u2010-\u2015\u2212]\s*[\d{]")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def faults(language: Language) -> list[str]:
    """Every fault of a table, in words; an empty list where it may be used."""
    return [
        *_differences("categories", CATEGORIES, language.categories),
        *_differences("texts", PHRASES, language.texts),
        *_differences("labels", SLOTS, language.labels),
        *_differences("datums", DATUMS, language.datums),
        *_differences("nouns", {*COUNTED, *(code for codes in THINGS.values() for code in codes)}, language.nouns),
        *_differences("words", WORDS, language.words),
        *_vocabulary_faults(language),
        *(fault for phrase in PHRASES.values() if phrase.id in language.texts for fault in _text_faults(language, phrase)),
        *_lead_faults(language),
    ]  # fmt: skip


def _differences(what: str, wanted: Iterable[str], given: Iterable[str]) -> Iterator[str]:
    wanted, given = set(wanted), set(given)
    yield from (f"{what}: {name} is missing" for name in sorted(wanted - given))
    yield from (f"{what}: {name} is not known" for name in sorted(given - wanted))


def _vocabulary_faults(language: Language) -> Iterator[str]:
    for enumeration, words in language.words.items():
        yield from _differences(f"words.{enumeration}", WORDS.get(enumeration, ()), words)
        yield from _repeats(f"words.{enumeration}", words.values())
    things = {code for codes in THINGS.values() for code in codes}
    for code, noun in language.nouns.items():
        yield from _form_faults(f"nouns.{code}", language, noun.forms)
        if code in things and "sg" not in noun.forms:
            yield f"nouns.{code}: sg is missing"
    yield from _differences("units", UNIT_NAMES, language.units)
    for unit, forms in language.units.items():
        yield from _form_faults(f"units.{unit}", language, forms)
    if len(language.months) != 12:
        yield "months: not twelve"
    yield from _repeats("months", language.months)
    yield from _repeats("hemispheres", language.hemispheres)


def _form_faults(what: str, language: Language, forms: Forms) -> Iterator[str]:
    plurals = plural_forms(language.plurals)
    yield from (f"{what}: {form} is missing" for form in sorted(plurals - forms.keys()))
    for form, text in forms.items():
        if form.partition(".")[0] in plurals and text.count("{n}") != 1:
            yield f"{what}: {form} does not show the number once"


def _repeats(what: str, texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            yield f"{what}: {text!r} stands twice"
        seen.add(text)


def _text_faults(language: Language, phrase: Phrase) -> Iterator[str]:
    headline, text = language.texts[phrase.id]
    if "." in headline:
        yield f"texts.{phrase.id}: a full stop in the headline"
    if _RANGE.search(text):
        yield f"texts.{phrase.id}: a hyphen between two values"
    if _BIDI.search(headline + text):
        yield f"texts.{phrase.id}: a bidirectional control"
    segments = body(language, phrase.id)
    shown = [segment.slot for segment in segments if isinstance(segment, SlotText)]
    if sorted(shown) != sorted(slot.name for slot in phrase.slots):
        yield f"texts.{phrase.id}: not each slot once"
    genders = {noun.gender for noun in language.nouns.values()}
    for segment in segments:
        if isinstance(segment, Agreeing):
            if SLOTS[segment.slot].of not in THINGS or segment.slot not in shown:
                yield f"texts.{phrase.id}: {segment.slot} is no thing of this phrase"
            if segment.words.keys() != genders:
                yield f"texts.{phrase.id}: {segment.slot} agrees with {sorted(segment.words)}, not {sorted(genders)}"


def _lead_faults(language: Language) -> Iterator[str]:
    known = [phrase for phrase in PHRASES.values() if phrase.id in language.texts]
    leads = [
        fold_text(lead(language, phrase.category, phrase.id))
        for phrase in known
        if phrase.category in language.categories
    ]
    yield from _repeats("leads", leads)
    yield from (f"leads: {text!r} holds more than one end" for text in leads if text.count(LEAD_END) != 1)
