"""A case as plain values, so that two folds of it can be compared and what differs can be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parley.procedure.because import Because
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.procedure.ladder import Ladder


class ItemPicture(NamedTuple):
    """One statement, and what became of it."""

    reference: str
    digest: bytes
    kind: str
    because: Because | None
    released: str | None
    superseded: str | None
    renditions: tuple[str, ...]
    ladders: tuple[object, ...]


class Picture(NamedTuple):
    """A case: all that a fold says of it."""

    state: str
    entered: tuple[tuple[str, str], ...]
    items: tuple[ItemPicture, ...]
    clarifications: tuple[object, ...]
    assents: tuple[object, ...]
    responses: tuple[object, ...]


def picture(case: CaseFold) -> Picture:
    """All of a case."""
    assents = [
        (digest, sorted((member, act.reference) for member, act in given.items())) for digest, given in case.assents.items()
    ]  # fmt: skip
    return Picture(
        case.state,
        tuple((one.state, one.act.reference) for one in case.entered),
        tuple(_item(item) for item in case.items),
        tuple((one.about, one.asker, one.opened, one.fields, tuple(one.answers), one.closed) for one in case.clarifications),
        tuple(sorted(assents)),
        tuple(sorted((member, item.act.reference) for member, item in case.responses().items())),
    )  # fmt: skip


def differences(one: Picture, other: Picture) -> Iterator[str]:
    """What two pictures of one case differ in, in words."""
    for name in ("state", "entered", "clarifications", "assents", "responses"):
        if getattr(one, name) != getattr(other, name):
            yield f"{name}: {getattr(one, name)} and {getattr(other, name)}"
    if one.items != other.items:
        mine, theirs = ({item.reference: item for item in each.items} for each in (one, other))
        if [*mine] != [*theirs]:
            yield f"statements: {[*mine]} and {[*theirs]}"
        for reference in mine.keys() & theirs.keys():
            if mine[reference] != theirs[reference]:
                yield f"{reference}: {mine[reference]} and {theirs[reference]}"


def _item(item: Item) -> ItemPicture:
    return ItemPicture(
        item.act.reference, item.act.digest, item.kind.name, item.because, item.released, item.superseded,
        tuple(item.renditions), tuple((member, _ladder(ladder)) for member, ladder in sorted(item.ladders.items())),
    )  # fmt: skip


def _ladder(ladder: Ladder) -> object:
    return sorted(ladder.marks.items()), ladder.mismatched, ladder.declined, sorted(ladder.units.items())
