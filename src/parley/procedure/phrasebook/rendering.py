"""From identifier and slots to text, in any language of the phrasebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parley.procedure.phrasebook.kinds import RULES
from parley.procedure.phrasebook.kinds.nouns import gender_of
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.languages import language_of
from parley.procedure.phrasebook.slots import SLOTS, SlotKind, SlotValue
from parley.procedure.phrasebook.templates import Agreeing, Literal, SlotText, body, lead
from parley.procedure.phrasebook.validation import phrase_of, validate

_CODES = (SlotKind.UNIT, SlotKind.CASE, SlotKind.MEMBER)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a rendering.

    Attributes:
        slot: name of the slot whose text it is, or None for the phrase's own words.
        dir: ``ltr`` or ``rtl``: its base direction, when a screen isolates it.
    """

    text: str
    slot: str | None
    dir: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """A phrase, said in a language."""

    phrase_id: str
    language: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole as plain text, without any bidirectional control."""
        return "".join(part.text for part in self.parts)


def render(phrase_id: str, slots: Mapping[str, object], language: str) -> Rendering:
    """The phrase with its slots filled, in a language.

    Raises:
        BadInput: as `validate`, and ``phrase.language``.
    """
    return render_in(language_of(language), phrase_id, slots)


def render_in(language: Language, phrase_id: str, slots: Mapping[str, object]) -> Rendering:
    """As `render`, by a language's table."""
    phrase = phrase_of(phrase_id)
    values = validate(phrase_id, slots)
    opening = Part(lead(language, phrase.category, phrase_id), None, language.direction)
    return Rendering(phrase_id, language.tag, (opening, *_parts(language, phrase_id, values)))


def _parts(language: Language, phrase_id: str, values: Mapping[str, SlotValue]) -> Iterator[Part]:
    for segment in body(language, phrase_id):
        match segment:
            case Literal(text):
                yield Part(text, None, language.direction)
            case Agreeing(name, words):
                yield Part(words[gender_of(SLOTS[name], values[name], language)], None, language.direction)
            case SlotText(name, form):
                slot = SLOTS[name]
                text = RULES[slot.kind].write(Spot(slot, language, form), values[name])
                yield Part(text, name, "ltr" if slot.kind in _CODES else language.direction)
