"""A sheet out of what was gathered: pure functions of views. No clock is read here; every time comes in.

No desk is named but the Line's STOP and the watch's calls and paper: clocks, questions, and what is ahead come from any desk that
declares them. A time is *ahead* where a field holds an instant within the next twelve hours, or a window that touches them,
whatever its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from parley.desks.line import IN_FORCE, STOP
from parley.desks.watch import CALL, PAPER
from parley.node.cases.case_views import CaseView, ItemView, Json, SilenceView, WatchView
from parley.node.private import Contact, LogEntry, StandingOrder
from parley.node.sheets.views import (
    AHEAD_MS,
    MAX_ROWS,
    SHEET_VERSION,
    AheadRow,
    ClockRow,
    ContinuitySheet,
    HandoverSheet,
    LogHead,
    QuestionRow,
    SaidView,
    SinceSheet,
    Situation,
    StopRow,
)
from parley.procedure.fields import Field, FieldKind
from parley.procedure.words import FALLBACK
from parley.record.statement import Precedence

URGENT = frozenset({Precedence.FLASH.name, Precedence.IMMEDIATE.name})
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Scene:
    """What bears on a sheet.

    Attributes:
        fields: the fields of each kind declared here, by its name.
        clocks: those that run or have run out unmet, soonest first.
        cases: every case that may bear on it; cases that do not do no harm.
        since_ms: since when calls, paper and the private log are told.
        heads, log_upto: how much of the record, and of the private log, all this was read from.
    """

    mechanism: str
    name: str
    banner: str | None
    member: str
    zone: str
    at_ms: int
    since_ms: int
    fields: Mapping[str, Sequence[Field]]
    clocks: Sequence[ClockRow]
    cases: Sequence[CaseView]
    silence: Sequence[SilenceView]
    watches: Sequence[WatchView]
    orders: Sequence[StandingOrder]
    heads: Sequence[LogHead]
    log: Sequence[LogEntry] = ()
    log_upto: int = 0
    contacts: Sequence[Contact] = field(default_factory=tuple)
    traffic: Sequence[SaidView] = field(default_factory=tuple)


def situation(scene: Scene) -> Situation:
    """How matters stand."""
    left_out: dict[str, int] = {}

    def bounded(name: str, rows: Iterable[Row]) -> list[Row]:
        every = list(rows)
        if len(every) > MAX_ROWS:
            left_out[name] = len(every) - MAX_ROWS
        return every[:MAX_ROWS]

    said = [(case, item) for case in scene.cases for item in case.items if item.because is None]
    return Situation(
        scene.at_ms,
        bounded("clocks", scene.clocks),
        bounded("stops", _stops(scene)),
        bounded("clarifications", _questions(scene)),
        bounded("unread", sorted((row for row in _unread(said)), key=_urgency)),
        bounded("ahead", sorted(_ahead(scene, said), key=lambda row: (row.from_ms, row.said.reference))),
        list(scene.silence),
        list(scene.watches),
        bounded("orders", [one for one in scene.orders if _matters(one, scene.at_ms)]),
        left_out,
    )


def handover_sheet(scene: Scene, by: str, to: str) -> HandoverSheet:
    """What `by` hands over to `to`."""
    since_ms = scene.since_ms

    def opened(kind: str) -> list[SaidView]:
        found = [
            said_of(case, case.items[0])
            for case in scene.cases
            if case.kind == kind and case.items and case.opened_ms >= since_ms
        ]
        return sorted(found, key=lambda one: (one.at_ms, one.reference))[-MAX_ROWS:]

    return HandoverSheet(
        SHEET_VERSION, scene.mechanism, scene.name, scene.banner, scene.member, scene.at_ms, by, to, since_ms,
        {one.log: one.taken for one in scene.heads}, scene.log_upto, situation(scene),
        [one for one in scene.log if one.at_ms >= since_ms], opened(CALL.name), opened(PAPER.name),
    )  # fmt: skip


def continuity_sheet(scene: Scene) -> ContinuitySheet:
    """Enough to go on with on paper."""
    return ContinuitySheet(
        SHEET_VERSION, scene.mechanism, scene.name, scene.banner, scene.member, scene.zone, situation(scene),
        sorted(scene.contacts, key=lambda one: (one.body.body, one.body.name)), list(scene.log), list(scene.traffic),
        list(scene.heads),
    )  # fmt: skip


def since_sheet(at_ms: int, said: Sequence[SaidView], log: Sequence[LogEntry], left_out: int = 0) -> SinceSheet:
    """What came after a sheet, oldest first."""
    return SinceSheet(at_ms, sorted(said, key=lambda one: (one.at_ms, one.reference)), list(log), left_out)


def said_of(case: CaseView, item: ItemView) -> SaidView:
    """A statement of a case."""
    return said_in(item, case.desk, case.state, case.state_title)


def said_in(item: ItemView, desk: str, state: str, state_title: dict[str, str]) -> SaidView:
    """A statement, whose case stands so."""
    return SaidView(
        item.reference, item.case, desk, item.at_ms, item.author, item.position, item.kind, item.precedence, item.addressees,
        state, state_title, item.content, {language: one.text for language, one in item.phrase.items()},
        [one.member for one in item.ladders if one.due_ms is not None],
    )  # fmt: skip


def times_in(fields: Sequence[Field], content: Mapping[str, Json]) -> Iterator[tuple[Field, int, int | None]]:
    """Every field of a content that says when: from when, and until when where it is a window."""
    for one in fields:
        value = content.get(one.name)
        if one.kind is FieldKind.INSTANT and type(value) is int:
            yield one, value, None
            continue
        match value:
            case {"from": int() as start, "until": int() as end}:
                yield one, start, end
            case [*volumes] if one.kind is FieldKind.VOLUMES:
                windows = [
                    (each["start"], each["end"])
                    for each in volumes
                    if isinstance(each, dict) and {"start", "end"} <= each.keys()
                ]
                yield from (
                    (one, start, end) for start, end in windows if isinstance(start, int) and isinstance(end, int)
                )


def is_ahead(start: int, end: int | None, at_ms: int) -> bool:
    """Whether a time, or any part of a window, is within the next twelve hours."""
    return (start if end is None else end) > at_ms and start <= at_ms + AHEAD_MS


# ---- inside --------------------------------------------------------------------------------------------------------


def _stops(scene: Scene) -> list[StopRow]:
    found = [
        StopRow(said_of(case, case.items[0]), _expiry(case), case.items[0].ladders)
        for case in scene.cases
        if case.kind == STOP.name and case.state in IN_FORCE and case.items
    ]
    return sorted(found, key=lambda row: (row.until_ms or 0, row.said.reference))


def _expiry(case: CaseView) -> int | None:
    said = [
        item.content["until"]
        for item in case.items
        if item.because is None and item.content and "until" in item.content
    ]
    return said[-1] if said and type(said[-1]) is int else None  # fmt: skip


def _questions(scene: Scene) -> list[QuestionRow]:
    found = []
    for case in scene.cases:
        by_reference = {item.reference: item for item in case.items}
        for one in case.clarifications:
            item = by_reference.get(one.about)
            if one.closed is None and item is not None:
                found.append(QuestionRow(said_of(case, item), one.asker, one.opened, one.opened_ms, one.fields))
    return sorted(found, key=lambda row: (row.opened_ms, row.opened))


def _unread(said: Sequence[tuple[CaseView, ItemView]]) -> Iterator[SaidView]:
    for case, item in said:
        if item.precedence in URGENT and item.superseded is None:
            found = said_of(case, item)
            if found.waits_for:
                yield found


def _urgency(one: SaidView) -> tuple[int, int, str]:
    return -Precedence[one.precedence], one.at_ms, one.reference


def _ahead(scene: Scene, said: Sequence[tuple[CaseView, ItemView]]) -> Iterator[AheadRow]:
    for case, item in said:
        if item.content is None or item.superseded is not None:
            continue
        for one, start, end in times_in(scene.fields.get(item.kind, ()), item.content):
            if is_ahead(start, end, scene.at_ms):
                title = {FALLBACK: one.name, **one.title}
                yield AheadRow(said_of(case, item), one.name, title, start, end)


def _matters(order: StandingOrder, at_ms: int) -> bool:
    body = order.body
    return (body.until_ms is None or at_ms < body.until_ms) and (
        body.from_ms is None or body.from_ms <= at_ms + AHEAD_MS
    )
