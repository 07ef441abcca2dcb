"""A view of the text under guard: digits folded, and what is already understood masked out, place by place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from parley.procedure.guard.coordinates import Coordinates, find_coordinates
from parley.procedure.guard.dates import Date, find_dates
from parley.procedure.guard.masking import masked
from parley.procedure.guard.normal import fold_digits
from parley.record.statement import Precedence


@dataclass(frozen=True, slots=True)
class View:
    """What the rules look at. All texts have the length of `text`, so a place in one is a place in all.

    Attributes:
        text: as written.
        folded: with digits in ASCII.
        language: BCP 47 tag under which it will be signed.
        codes: codes of members and units that the mechanism knows.
        coordinates, dates: found, in order.
        plain: folded, coordinates and dates masked.
        figures: folded, coordinates and dates written in numbers masked.
    """

    text: str
    folded: str
    language: str
    precedence: Precedence
    now_ms: int | None
    codes: frozenset[str]
    coordinates: tuple[Coordinates, ...]
    dates: tuple[Date, ...]
    plain: str
    figures: str


def view(text: str, *, language: str, precedence: Precedence, now_ms: int | None, codes: Collection[str]) -> View:
    """The view of a text."""
    folded = fold_digits(text)
    coordinates = tuple(find_coordinates(folded))
    without = masked(folded, _spans(coordinates))
    dates = tuple(find_dates(without))
    return View(
        text=text,
        folded=folded,
        language=language,
        precedence=precedence,
        now_ms=now_ms,
        codes=frozenset(codes),
        coordinates=coordinates,
        dates=dates,
        plain=masked(without, _spans(dates)),
        figures=masked(without, _spans(date for date in dates if not date.named)),
    )


def _spans(found: Iterable[Coordinates | Date]) -> Iterable[tuple[int, int]]:
    return [(one.start, one.end) for one in found]
