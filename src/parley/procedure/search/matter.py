"""What of a statement's content is searched: its texts, its phrase in every language, its places and the times it speaks of.

Derived from the content and the declarations at hand alone, so that every rebuild gives the same. Where a kind is not declared
here, or its fields are another kind's (a correction), a field counts as what the declared fields of its name hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from parley.errors import BadInput
from parley.procedure.declare import Kind
from parley.procedure.fields import Content, Field, FieldKind, check_value
from parley.procedure.phrasebook import LANGUAGES, PHRASES, SlotKind, render
from parley.procedure.registry import Desks
from parley.procedure.search.places import Shape, shape_of

MAX_DEPTH = 6
MAX_PASSAGES = 64
MAX_INSTANTS = 32
MAX_SHAPES = 16
PHRASE = "phrase"
_SPOKEN_OF = (FieldKind.INSTANT, FieldKind.PLACE, FieldKind.AREA, FieldKind.CHOICE)
_UNSAID = frozenset({"lang"})


class Passage(NamedTuple):
    """A text of a statement. `language`: as its author named it, "" where nobody did."""

    field: str
    language: str
    text: str


class Matter(NamedTuple):
    """What is searched of one content; instants are Unix ms."""

    passages: tuple[Passage, ...] = ()
    shapes: tuple[Shape, ...] = ()
    instants: tuple[int, ...] = ()


NOTHING = Matter()


class Reading:
    """Reads contents by the desks at hand."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._by_name: dict[str, list[Field]] = {}
        for kind in (*desks.handling, *(kind for desk in desks.desks for kind in desk.kinds)):
            for field in kind.fields:
                if field.kind in _SPOKEN_OF:
                    self._by_name.setdefault(field.name, []).append(field)

    def matter(self, kind_name: str, version: int, content: Content | None) -> Matter:
        """What is searched of a content; nothing where there is none."""
        if content is None:
            return NOTHING
        kind = self._desks.kind(kind_name, version)
        passages: list[Passage] = []
        shapes: list[Shape] = []
        instants: list[int] = []
        language = content.get("lang")
        spoken = language if isinstance(language, str) else ""
        for name, value in content.items():
            if name == PHRASE:
                told = _phrase(value)
                passages += told.passages
                shapes += told.shapes
                instants += told.instants
                continue
            field = self._field(kind, name, value)
            match field.kind if field is not None else None:
                case FieldKind.INSTANT if isinstance(value, int):
                    instants.append(value)
                case FieldKind.PLACE | FieldKind.AREA:
                    shape = shape_of(value)
                    shapes += [shape] if shape is not None else []
                case FieldKind.CHOICE if field is not None:
                    passages += _choice(field, value)
                case _ if name not in _UNSAID:
                    passages += (Passage(name, spoken, text) for text in _texts(value, MAX_DEPTH))
        return Matter(tuple(passages[:MAX_PASSAGES]), tuple(shapes[:MAX_SHAPES]), tuple(instants[:MAX_INSTANTS]))

    def _field(self, kind: Kind | None, name: str, value: object) -> Field | None:
        """What a field is: as its kind declares it, else the first of its name that such a value fits."""
        declared = kind.field(name) if kind is not None else None
        for one in [declared] if declared is not None else self._by_name.get(name, ()):
            try:
                check_value(one, value)  # type: ignore[arg-type]  # a decoded content holds what CBOR can
            except BadInput:
                continue
            return one
        return None


def _phrase(value: object) -> Matter:
    match value:
        case {"id": str() as name, "slots": Mapping() as given} if name in PHRASES:
            slots = {str(key): item for key, item in given.items()}
        case _:
            return NOTHING
    try:
        passages = tuple(Passage(PHRASE, tag, render(name, slots, tag).text) for tag in LANGUAGES)
    except BadInput:
        return NOTHING
    shapes = [
        shape for slot in PHRASES[name].slots if slot.kind is SlotKind.PLACE and (shape := shape_of(slots.get(slot.name)))
    ]  # fmt: skip
    instants = [
        at for slot in PHRASES[name].slots if slot.kind is SlotKind.INSTANT and isinstance(at := slots.get(slot.name), int)
    ]  # fmt: skip
    return Matter(passages, tuple(shapes), tuple(instants))


def _choice(field: Field, value: object) -> Iterator[Passage]:
    chosen = next((one for one in field.choices if one.value == value), None)
    if chosen is not None:
        yield from (Passage(field.name, tag, title) for tag, title in chosen.title.items())


def _texts(value: object, depth: int) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, depth - 1)
