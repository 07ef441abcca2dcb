"""From text back to identifier and slots.

Rules:

* what is read is written again and compared: a text is a phrase only if it is, folded, exactly what `render` gives
  for what was read. So a text has at most one reading per phrase, whatever the patterns let through;
* digits of any script, Arabic vowel signs, Hebrew points and white space may differ; nothing else;
* a text that two phrases give is refused as ambiguous. The shipped languages have none: see `faults`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from parley.errors import BadInput
from parley.procedure.guard.normal import fold_text
from parley.procedure.phrasebook.kinds import RULES
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.kinds.texts import any_of
from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.languages import language_of
from parley.procedure.phrasebook.phrases import PHRASES
from parley.procedure.phrasebook.rendering import render_in
from parley.procedure.phrasebook.slots import SLOTS, SlotValue
from parley.procedure.phrasebook.templates import LEAD_END, Agreeing, Literal, Segment, SlotText, body, lead

MAX_TEXT_CHARS = 2000
_SHOWN_CHARS = 40

Read = tuple[str, dict[str, SlotValue]]


def parse(text: str, language: str) -> Read:
    """Identifier and slots of a phrase written in a language.

    Raises:
        BadInput: ``phrase.language``; ``phrase.unknown`` where no phrase begins so; ``phrase.text`` where the text
            leaves its phrase, with the slot at which it does as field; ``slot.*``; ``phrase.ambiguous``.
    """
    return parse_in(language_of(language), text)


def parse_in(language: Language, text: str) -> Read:
    """As `parse`, by a language's table."""
    folded = fold_text(text[:MAX_TEXT_CHARS]).strip()
    opening, _, rest = folded.partition(LEAD_END)
    candidates = _leads(language).get(opening + LEAD_END, ())
    if not candidates or len(text) > MAX_TEXT_CHARS:
        raise BadInput("phrase.unknown", f"no phrase begins with {opening[:_SHOWN_CHARS]!r}", field="text",
                       rule="the text of a phrase, as rendered")  # fmt: skip
    readings: list[Read] = []
    refusals: list[BadInput] = []
    for phrase_id in candidates:
        try:
            readings.append(_read(language, phrase_id, folded, rest))
        except BadInput as refusal:
            refusals.append(refusal)
    if not readings:
        raise refusals[0]
    if len(readings) > 1:
        raise BadInput("phrase.ambiguous", f"may be {' or '.join(one for one, _ in readings)}", field="text",
                       rule="choose the phrase by its identifier")  # fmt: skip
    return readings[0]


@lru_cache(maxsize=64)
def _leads(language: Language) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in PHRASES.values():
        opening = fold_text(lead(language, phrase.category, phrase.id))
        found[opening] = (*found.get(opening, ()), phrase.id)
    return found


def _read(language: Language, phrase_id: str, folded: str, rest: str) -> Read:
    slots: dict[str, SlotValue] = {}
    at = 0
    for segment, pattern in zip(body(language, phrase_id), _patterns(language, phrase_id), strict=True):
        found = pattern.match(rest, at)
        if found is None:
            raise _left(phrase_id, rest[at:], segment.slot if isinstance(segment, SlotText) else "text")
        if isinstance(segment, SlotText):
            spot = Spot(SLOTS[segment.slot], language, segment.form)
            slots[segment.slot] = RULES[spot.slot.kind].read(spot, found)
        at = found.end()
    if fold_text(render_in(language, phrase_id, slots).text) != folded:
        raise _left(phrase_id, rest[at:] or rest, "text")
    return phrase_id, slots


@lru_cache(maxsize=1024)
def _patterns(language: Language, phrase_id: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_pattern(language, segment)) for segment in body(language, phrase_id))


def _pattern(language: Language, segment: Segment) -> str:
    match segment:
        case Literal(text):
            return re.escape(fold_text(text))
        case Agreeing(_, words):
            return any_of(re.escape(fold_text(word)) for word in words.values())
        case SlotText(name, form):
            return RULES[SLOTS[name].kind].pattern(Spot(SLOTS[name], language, form))


def _left(phrase_id: str, rest: str, field: str) -> BadInput:
    return BadInput("phrase.text", f"leaves {phrase_id} at {rest[:_SHOWN_CHARS]!r}", field=field,
                    rule="the text of the phrase, as rendered")  # fmt: skip
