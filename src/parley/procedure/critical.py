"""What of a statement is read back: its critical fields, and the slots of its phrase that say when, where, how high and who.

A slot is read back under the name ``phrase.`` and its own, as a field of the kind that holds the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.procedure import phrasebook
from parley.procedure.declare import Kind
from parley.procedure.fields import Content, Field, FieldKind, agree, check_value
from parley.procedure.phrasebook import PHRASES, SlotKind

SLOTS_READ_BACK: Mapping[SlotKind, FieldKind] = {
    SlotKind.INSTANT: FieldKind.INSTANT,
    SlotKind.PLACE: FieldKind.PLACE,
    SlotKind.HEIGHT: FieldKind.HEIGHT,
    SlotKind.UNIT: FieldKind.LABEL,
}


class Critical(NamedTuple):
    """One value to be read back, as a field of its own."""

    field: Field
    said: CborValue


def critical_in(kind: Kind, content: Content | None) -> list[Critical]:
    """What of a content is read back, in the order of its fields."""
    if content is None:
        return []
    found = [Critical(one, content[one.name]) for one in kind.critical if one.name in content]
    for one in kind.fields:
        if one.kind is FieldKind.PHRASE and one.name in content:
            found += _slots(one.name, content[one.name])
    return found


def mismatches(kind: Kind, said: Content | None, read_back: Mapping[CborValue, CborValue]) -> tuple[str, ...]:
    """The critical fields that were not read back, or otherwise than said."""
    return tuple(
        one.field.name for one in critical_in(kind, said) if not _same(one, read_back.get(one.field.name))
    )  # fmt: skip


def _slots(name: str, phrase: CborValue) -> list[Critical]:
    match phrase:
        case {"id": str() as id_, "slots": Mapping() as slots} if id_ in PHRASES:
            titles = {tag: language.labels for tag, language in phrasebook.LANGUAGES.items()}
            return [
                Critical(
                    Field(f"{name}.{slot.name}", SLOTS_READ_BACK[slot.kind],
                          {tag: labels[slot.name] for tag, labels in titles.items()}, critical=True),
                    _plain(slot.kind, slots[slot.name]),
                )
                for slot in PHRASES[id_].slots if slot.kind in SLOTS_READ_BACK and slot.name in slots
            ]  # fmt: skip
    return []


def _plain(kind: SlotKind, value: CborValue) -> CborValue:
    """The value without what only words are made of: the code name of a place, the unit in which a height was written."""
    if kind in (SlotKind.PLACE, SlotKind.HEIGHT) and isinstance(value, list | tuple):
        return list(value[:2])
    return value


def _same(one: Critical, read_back: CborValue) -> bool:
    if read_back is None:
        return False
    try:
        return agree(one.field, one.said, check_value(one.field, read_back))
    except BadInput:
        return False
