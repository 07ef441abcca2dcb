"""A spot: the place in a sentence where a slot's text stands."""

from __future__ import annotations

from dataclasses import dataclass

from parley.procedure.phrasebook.language import Language
from parley.procedure.phrasebook.slots import Slot


@dataclass(frozen=True, slots=True)
class Spot:
    """What a slot's text depends on besides its value.

    Attributes:
        form: the form of the text that the sentence needs; "" for the usual one.
    """

    slot: Slot
    language: Language
    form: str
