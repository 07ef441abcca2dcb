"""Whether slots fill a phrase. What is returned is their one form: the form that is signed and compared."""

from __future__ import annotations

from collections.abc import Mapping

from parley.errors import BadInput
from parley.procedure.phrasebook.kinds import RULES
from parley.procedure.phrasebook.phrases import PHRASES, Phrase
from parley.procedure.phrasebook.slots import ASCENDING, SLOTS, SlotKind, SlotValue


def phrase_of(phrase_id: str) -> Phrase:
    """The phrase of that identifier.

    Raises:
        BadInput: ``phrase.id``.
    """
    phrase = PHRASES.get(phrase_id)
    if phrase is None:
        raise BadInput(
            "phrase.id", f"there is no phrase {phrase_id[:64]!r}", field="phrase", rule="one of the phrasebook"
        )
    return phrase


def validate(phrase_id: str, slots: Mapping[str, object]) -> dict[str, SlotValue]:
    """The values of a phrase's slots, checked, in the phrase's order, arrays as tuples.

    Raises:
        BadInput: ``phrase.id``, ``phrase.slots`` for a slot too many or too few, ``slot.<kind>`` for a value that
            breaks its rule, ``slot.order`` for an end before its start or a ceiling below its floor.
    """
    phrase = phrase_of(phrase_id)
    wanted = {slot.name for slot in phrase.slots}
    for name in sorted(wanted - slots.keys()):
        raise BadInput("phrase.slots", "is missing", field=name, rule=f"{phrase_id} has no optional slots")
    for name in sorted(slots.keys() - wanted, key=str):
        raise BadInput(
            "phrase.slots", "is no slot of this phrase", field=str(name)[:32], rule=f"one of {sorted(wanted)}"
        )
    values = {slot.name: RULES[slot.kind].check(slot, slots[slot.name]) for slot in phrase.slots}
    for low, high in ASCENDING:
        if low in values and high in values and not _ascends(values[low], values[high], SLOTS[low].kind):
            raise BadInput("slot.order", f"is not after {low}", field=high, rule=f"{low} comes before {high}")
    return values


def _ascends(low: SlotValue, high: SlotValue, kind: SlotKind) -> bool:
    """Heights over different datums cannot be compared without the terrain, so they are not refused."""
    if kind is SlotKind.HEIGHT and isinstance(low, tuple) and isinstance(high, tuple):
        return low[1] != high[1] or int(low[0]) < int(high[0])
    return isinstance(low, int) and isinstance(high, int) and low < high
