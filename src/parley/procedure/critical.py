"""What of a statement is read back: its critical fields, and the slots of its phrase that say when, where, how high and who.

A slot is read back under the name ``phrase.`` and its own, as a field of the kind that holds the same. Of volumes are read back
when the first begins and the last ends, and of one of them one corner, the floor and the ceiling: which, is taken from the
digest of all, so that both sides' machines choose alike and nobody knows before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.procedure import phrasebook
from parley.procedure.declare import Kind
from parley.procedure.fields import Content, Field, FieldKind, agree, check_value
from parley.procedure.phrasebook import PHRASES, SlotKind
from parley.procedure.words import Words, words
from parley.record.ids import sha256

SLOTS_READ_BACK: Mapping[SlotKind, FieldKind] = {
    SlotKind.INSTANT: FieldKind.INSTANT,
    SlotKind.PLACE: FieldKind.PLACE,
    SlotKind.HEIGHT: FieldKind.HEIGHT,
    SlotKind.UNIT: FieldKind.LABEL,
}

OF_VOLUMES: Mapping[str, tuple[FieldKind, Words]] = {
    "start": (FieldKind.INSTANT, words("Begins", "يبدأ", "התחלה")),
    "end": (FieldKind.INSTANT, words("Ends", "ينتهي", "סיום")),
    "corner": (FieldKind.PLACE, words("One of its corners", "إحدى زواياه", "אחת מפינותיו")),
    "floor": (FieldKind.HEIGHT, words("Floor", "الحد الأدنى للارتفاع", "גובה תחתון")),
    "ceiling": (FieldKind.HEIGHT, words("Ceiling", "الحد الأعلى للارتفاع", "גובה עליון")),
}

AREA_TITLE = words("Area", "المنطقة", "אזור")


class Critical(NamedTuple):
    """One value to be read back, as a field of its own."""

    field: Field
    said: CborValue


def critical_in(kind: Kind, content: Content | None) -> list[Critical]:
    """What of a content is read back, in the order of its fields."""
    if content is None:
        return []
    found: list[Critical] = []
    for one in kind.critical:
        if one.name in content:
            value = content[one.name]
            found += _of_volumes(one.name, value) if one.kind is FieldKind.VOLUMES else [Critical(one, value)]
    for one in kind.fields:
        if one.kind is FieldKind.PHRASE and one.name in content:
            found += _slots(one.name, content[one.name])
    return found


def mismatches(kind: Kind, said: Content | None, read_back: Mapping[CborValue, CborValue]) -> tuple[str, ...]:
    """The critical fields that were not read back, or otherwise than said."""
    return tuple(
        one.field.name for one in critical_in(kind, said) if not _same(one, read_back.get(one.field.name))
    )  # fmt: skip


def _of_volumes(name: str, value: CborValue) -> list[Critical]:
    """`value` was checked: a list of volumes."""
    volumes = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []
    corners = [(volume, corner) for volume in volumes for corner in _corners(volume["area"])]
    volume, corner = corners[int.from_bytes(sha256(cbor.encode(value))[:4]) % len(corners)]
    said = {
        "start": min(_instant(one["start"]) for one in volumes), "end": max(_instant(one["end"]) for one in volumes),
        "corner": list(corner), **{limit: volume[limit] for limit in ("floor", "ceiling") if limit in volume},
    }  # fmt: skip
    return [
        Critical(Field(f"{name}.{part}", kind, title, critical=True), said[part])
        for part, (kind, title) in OF_VOLUMES.items() if part in said
    ]  # fmt: skip


def volume_parts(name: str, value: CborValue) -> list[Critical]:
    """All that volumes say, each part as a field of its own: ``volumes.1.area`` and so on."""
    volumes = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []
    kinds = {
        "area": (FieldKind.AREA, AREA_TITLE),
        **{part: OF_VOLUMES[part] for part in ("start", "end", "floor", "ceiling")},
    }
    return [
        Critical(Field(f"{name}.{number}.{part}", kind, title, critical=True), volume[part])
        for number, volume in enumerate(volumes, 1) for part, (kind, title) in kinds.items() if part in volume
    ]  # fmt: skip


def _corners(area: CborValue) -> list[Sequence[CborValue]]:
    match area:
        case {"circle": [latitude, longitude, _]}:
            return [[latitude, longitude]]
        case {"polygon": [*corners]} | {"corridor": [[*corners], _]}:
            return [one for one in corners if isinstance(one, list | tuple)]
    return []


def _instant(value: CborValue) -> int:
    assert isinstance(value, int), "it was checked"
    return value


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
