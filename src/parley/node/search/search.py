"""Asking the search index: by words, by whom, where and when; the newest first, or what fits best.

`Search.wanted` and `Search.view` are called on the event loop's thread, `look` on one that may wait. A page is bounded by
`limit` and by `LOOK_S`: where that is over first, the page is short and its cursor goes on from there.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from parley.errors import BadInput
from parley.node.cases.casework import Casework
from parley.node.core.core import NodeCore
from parley.node.search.feed import SearchFeed
from parley.procedure.references import Typed, letter_at, typed
from parley.procedure.search.excerpts import Excerpt, excerpts_of, holds, score
from parley.procedure.search.places import MAX_RADIUS_M, cells_around, nearest_m
from parley.procedure.search.query import Phrase, phrases_of
from parley.record.ids import LogId, Seq, log_id
from parley.record.rows import Place
from parley.record.statement import Precedence
from parley.store.search_index import BEGINNING, Asked, SearchIndex, Told, days, expression, mark

LOOK_S = 1.0
BEST_OF = 200
LOOKED_THROUGH, WORTH_IT = 100, 8
NEWEST = (1 << 63) - 1
LATEST_MS = 1 << 53
_CURSOR = re.compile(r"n([0-9]{1,19})|b([0-9]{1,4})", re.A)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for; what is None narrows nothing.

    Attributes:
        text: words, of which the last may go on; words between quotes stand together; or a reference.
        member: code of its author's.
        from_ms, until_ms: when it was said, by its author's node; Unix ms, both included.
        about_from_ms, about_until_ms: a time it speaks of.
        around: a place (1e-7 degree) and a distance in m, of which something in it is within.
        best: what fits best first, of the newest `BEST_OF`; else the newest first.
        language: of the excerpts, where a phrase has several.
        cursor: of the page before it.
    """

    text: str = ""
    member: str | None = None
    kind: str | None = None
    desk: str | None = None
    precedence: str | None = None
    from_ms: int | None = None
    until_ms: int | None = None
    about_from_ms: int | None = None
    about_until_ms: int | None = None
    around: tuple[int, int, int] | None = None
    best: bool = False
    language: str = "en"
    cursor: str | None = None
    limit: int = 20


class Wanted(NamedTuple):
    """A query as the index is asked."""

    query: Query
    phrases: tuple[Phrase, ...]
    marks: tuple[frozenset[str], ...]
    named: Typed | None
    before: int
    skip: int


class Hit(NamedTuple):
    """A statement that was found; `distance_m` from the place asked for."""

    told: Told
    excerpts: list[Excerpt]
    distance_m: int | None


class Page(NamedTuple):
    """What was found; `cursor` of the page after it, None where nothing is left. `named`: what stands at the reference typed."""

    hits: list[Hit]
    cursor: str | None
    named: Hit | None


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """A piece of an original text. `start` and `marks` are offsets in the original, in code points."""

    field: str
    language: str
    text: str
    start: int
    marks: list[tuple[int, int]]
    further: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A statement that was found.

    Attributes:
        letter: of its reference (see `procedure.references`).
        about: reference of the statement that it names first.
        void: why it moves nothing, or null.
        superseded: reference of its correction.
        withheld: its content is withheld from this member, erased, or not arrived.
        distance_m: of the nearest place in it from the place asked for.
    """

    reference: str
    letter: str
    case: str
    desk: str
    kind: str
    author: str
    position: str
    precedence: str
    at_ms: int
    about: str | None
    void: str | None
    superseded: str | None
    withheld: bool
    distance_m: int | None
    excerpts: list[ExcerptView]


@dataclass(frozen=True, slots=True)
class NamedView:
    """The reference that was typed. `letter`: the one it has; `given`: the one that was typed, "" where none was.

    Where they differ it was misheard, and nothing is told of what stands there. `hit`: the statement, where one is held.
    """

    reference: str
    letter: str
    given: str
    misheard: bool
    hit: SearchHit | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found. `next`: cursor of the page after it. `behind`: entries that are held and cannot be found yet."""

    named: NamedView | None
    hits: list[SearchHit]
    next: str | None
    behind: int


class Search:
    """See the module."""

    def __init__(self, core: NodeCore, casework: Casework, index: SearchIndex, feed: SearchFeed) -> None:
        self._core = core
        self._casework = casework
        self._feed = feed
        self.index = index

    def wanted(self, query: Query) -> Wanted:
        """A query as the index is asked.

        Raises:
            BadInput: code ``search.…``, naming the parameter.
            StorageFault: the index cannot be written, and would not find what is new.
        """
        if self._feed.fault is not None:
            raise self._feed.fault
        mechanism = self._core.mechanism
        codes = [mechanism.code(one) for one in mechanism.ordinals]
        return wanted(query, codes)

    def view(self, wanted: Wanted, page: Page) -> SearchPage:
        """A page as people read it."""
        named = self._named(wanted.named, page.named) if wanted.named is not None else None
        return SearchPage(named, [self._hit(one) for one in page.hits], page.cursor, self._feed.behind())

    def _named(self, one: Typed, hit: Hit | None) -> NamedView:
        place = Place(log_id(one.ordinal, one.generation), 0, Seq(one.seq))
        view = self._hit(hit) if hit is not None else None
        return NamedView(self._core.mechanism.reference(place), one.right_letter, one.letter, _misheard(one), view)

    def _hit(self, hit: Hit) -> SearchHit:
        mechanism, told = self._core.mechanism, hit.told
        place = Place(told.log, 0, Seq(told.seq))
        about = self._core.reader.find_statement(told.about) if told.about else None
        void, superseded = self._standing(place)
        return SearchHit(
            mechanism.reference(place), letter_at(told.log, told.seq),
            mechanism.reference(Place(told.case_log, 0, Seq(told.case_seq))), told.desk, told.kind, mechanism.code(told.member),
            told.position, Precedence(told.precedence).name, told.at_ms,
            mechanism.reference(about) if about is not None else None, void, superseded, told.withheld, hit.distance_m,
            [ExcerptView(one.field, one.language, one.text, one.start, list(one.marks), one.further) for one in hit.excerpts],
        )  # fmt: skip

    def _standing(self, place: Place) -> tuple[str | None, str | None]:
        """Why a statement is void, and by what it is superseded."""
        fold = self._casework.cases.case_of(place)
        item = next((one for one in fold.items if one.act.place == place), None) if fold is not None else None
        if item is not None:
            return None if item.because is None else item.because.reason, item.superseded
        void = self._core.voids_in(place.log, place.seq, place.seq + 1).get(place.seq)
        return (None if void is None else void.reason), None


def wanted(query: Query, codes: list[str]) -> Wanted:
    """A query as the index is asked; `codes`: the members' in the charter's order.

    Raises:
        BadInput: code ``search.…``, naming the parameter.
    """
    named = typed(query.text, codes)
    phrases = phrases_of(query.text)
    if named is not None:
        code = codes[named.ordinal] + (str(named.generation) if named.generation > 1 else "")
        phrases = (Phrase((code.casefold(), str(named.seq))),)
    marks: list[set[str]] = []
    if query.member is not None:
        if query.member not in codes:
            raise BadInput("search.member", "is no member of this mechanism", field="member", rule=", ".join(codes))
        marks.append({mark("m", codes.index(query.member))})
    if query.kind is not None:
        marks.append({mark("k", query.kind[:64])})
    if query.desk is not None:
        marks.append({mark("d", query.desk[:64])})
    if query.precedence is not None:
        if query.precedence not in Precedence.__members__:
            raise BadInput(
                "search.precedence", "is no precedence", field="precedence", rule=", ".join(Precedence.__members__)
            )
        marks.append({mark("p", int(Precedence[query.precedence]))})
    if query.from_ms is not None or query.until_ms is not None:
        marks.append(days("s", *_span(query.from_ms, query.until_ms, "from_ms")))
    if query.about_from_ms is not None or query.about_until_ms is not None:
        marks.append(days("i", *_span(query.about_from_ms, query.about_until_ms, "about_from_ms")))
    if query.around is not None:
        latitude, longitude, radius_m = query.around
        if abs(latitude) > 900_000_000 or abs(longitude) > 1_800_000_000 or not 0 < radius_m <= MAX_RADIUS_M:
            raise BadInput(
                "search.around", "is no place on the globe, or too far about it", field="around", rule=f"at most {MAX_RADIUS_M} m"
            )  # fmt: skip
        marks.append(cells_around(latitude, longitude, radius_m))
    if not phrases and query.kind is None:
        marks.append({"said"})
    before, skip = _cursor(query.cursor, best=query.best)
    return Wanted(query, phrases, tuple(map(frozenset, marks)), named, before, skip)


def look(index: SearchIndex, wanted: Wanted) -> Page:
    """The page that is asked for."""
    query, named = wanted.query, wanted.named
    first = None
    if named is not None:
        if _misheard(named):
            return Page([], None, None)
        told = index.at(LogId(log_id(named.ordinal, named.generation)), named.seq) if named.seq < LATEST_MS else None
        first = Hit(told, excerpts_of(told.matter.passages, (), query.language), None) if told is not None else None
    hits, cursor = _best(index, wanted) if query.best and wanted.phrases else _newest(index, wanted)
    page = [_hit(wanted, one) for one in hits if first is None or one.number != first.told.number]
    return Page(page, cursor, first)


def _newest(index: SearchIndex, wanted: Wanted) -> tuple[list[Told], str | None]:
    end = time.perf_counter() + LOOK_S
    found: list[Told] = []
    for one, fits in _looked_at(index, wanted):
        if fits:
            found.append(one)
        if len(found) > wanted.query.limit:
            return found[:-1], f"n{found[-2].number}"
        if time.perf_counter() > end:
            return found, f"n{one.number}"
    return found, None


def _best(index: SearchIndex, wanted: Wanted) -> tuple[list[Told], str | None]:
    end = time.perf_counter() + LOOK_S
    found: list[Told] = []
    for one, fits in _looked_at(index, wanted):
        if fits:
            found.append(one)
        if len(found) == BEST_OF or time.perf_counter() > end:
            break
    ranked = sorted(found, key=lambda one: (-score(one.matter.passages, wanted.phrases), -one.number))
    upto = wanted.skip + wanted.query.limit
    return ranked[wanted.skip : upto], f"b{upto}" if upto < len(ranked) else None


def _looked_at(index: SearchIndex, wanted: Wanted) -> Iterator[tuple[Told, bool]]:
    """Statements that may fit, the newest first, and whether they do.

    The beginning of a word that is longer than those indexed is looked for by its first letters, and the rest by reading the
    texts: quick where many have it. Where few do, FTS5 is asked for the whole beginning, which is quick then.
    """
    query = wanted.query
    from_ms = query.from_ms if query.from_ms is not None else -LATEST_MS
    until_ms = query.until_ms if query.until_ms is not None else 1 << 62
    before = wanted.before
    last = wanted.phrases[-1] if wanted.phrases else None
    if last is not None and last.beginning and len(last.words[-1]) > BEGINNING:
        cut = replace(last, words=(*last.words[:-1], last.words[-1][:BEGINNING]))
        held = 0
        short = _expression((*wanted.phrases[:-1], cut), wanted)
        for at, one in enumerate(index.search(Asked(short, before, from_ms, until_ms))):
            if at >= LOOKED_THROUGH and held * LOOKED_THROUGH < at * WORTH_IT:
                before = one.number + 1
                break
            holds_it = holds(one.matter.passages, last)
            held += holds_it
            yield one, holds_it and _fits(query, one)
        else:
            return
    for one in index.search(Asked(_expression(wanted.phrases, wanted), before, from_ms, until_ms)):
        yield one, _fits(query, one)


def _expression(phrases: tuple[Phrase, ...], wanted: Wanted) -> str:
    return expression([(one.words, one.beginning) for one in phrases], wanted.marks)


def _fits(query: Query, one: Told) -> bool:
    """What marks only narrow, measured."""
    if query.about_from_ms is not None or query.about_until_ms is not None:
        first, last = _span(query.about_from_ms, query.about_until_ms, "about_from_ms")
        if not any(first <= at_ms <= last for at_ms in one.matter.instants):
            return False
    if query.around is None:
        return True
    latitude, longitude, radius_m = query.around
    return nearest_m(latitude, longitude, one.matter.shapes) <= radius_m


def _hit(wanted: Wanted, one: Told) -> Hit:
    around = wanted.query.around
    distance = round(nearest_m(around[0], around[1], one.matter.shapes)) if around is not None else None
    return Hit(one, excerpts_of(one.matter.passages, wanted.phrases, wanted.query.language), distance)


def _misheard(named: Typed) -> bool:
    return named.letter not in ("", named.right_letter)


def _span(from_ms: int | None, until_ms: int | None, field: str) -> tuple[int, int]:
    first, last = from_ms if from_ms is not None else 0, until_ms if until_ms is not None else LATEST_MS
    if not 0 <= first <= last <= LATEST_MS:
        raise BadInput("search.span", "ends before it begins", field=field, rule="Unix ms, the earlier one first")
    return first, last


def _cursor(text: str | None, *, best: bool) -> tuple[int, int]:
    """Below which number, and how many of the best are told already."""
    if text is None:
        return NEWEST, 0
    match = _CURSOR.fullmatch(text[:24])
    if match is None or (match[2] is not None) != best or int(match[1] or 0) > NEWEST:
        raise BadInput(
            "search.cursor", "is no cursor of this search", field="cursor", rule="as the page before it gave it"
        )
    return (int(match[1]), 0) if match[1] else (NEWEST, int(match[2]))
