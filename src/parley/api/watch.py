"""What an officer asks while a roster is written, and while a statement is read aloud over a telephone. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, JsonValue

from parley.api.context import Ctx
from parley.errors import BadInput
from parley.node.cases.readings import ReadingView, reading
from parley.procedure.roster import parse_roster, roster_holes
from parley.procedure.roster_week import next_clock_change, stints

HOLED = frozenset({"roster.gap", "roster.twice"})

router = APIRouter(prefix="/api/v1", tags=["watch"])


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position of this member that an officer holds now, with its mandates."""

    position: str
    mandates: list[str]


@dataclass(frozen=True, slots=True)
class PositionsView:
    """This member's positions, in order of their names."""

    positions: list[PositionView]


@dataclass(frozen=True, slots=True)
class RosterFaultView:
    """Why a roster would be refused: a gap, two watches at once, or its form; `field`: where."""

    code: str
    reason: str
    field: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class HoleView:
    """On a weekday (0 is Monday), from minute `start` to `end`, nobody has the watch, or two have (`twice`).

    `holiday`: the place of the holiday whose shifts these are; null for those of the week.
    """

    day: int
    start: int
    end: int
    twice: bool
    holiday: int | None


@dataclass(frozen=True, slots=True)
class StintView:
    """From `start_ms` to `end_ms` one position has the watch; who is rung after it, in order; languages of the shift."""

    start_ms: int
    end_ms: int
    position: str
    alternates: list[str]
    languages: list[str]


@dataclass(frozen=True, slots=True)
class ClockChangeView:
    """When the zone's clock is next changed, from how many minutes ahead of UTC to how many."""

    at_ms: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What a roster comes to: why it would be refused, with every hole in it, or who has the watch in the seven days ahead."""

    fault: RosterFaultView | None
    holes: list[HoleView]
    week: list[StintView]
    clock_change: ClockChangeView | None


class RosterRequest(BaseModel):
    """A roster as it would be said."""

    roster: dict[str, JsonValue] = Field(description="zone, shifts, holidays, absences, liaison")


@router.get("/positions", operation_id="readPositions")
async def read_positions(context: Ctx) -> PositionsView:
    """The positions of this member that officers hold now."""
    mechanism = context.node.mechanism
    signers = mechanism.directory(mechanism.current_log(context.node.me)).officers()
    found = {one.position: sorted(one.mandates) for one in signers}
    return PositionsView([PositionView(position, found[position]) for position in sorted(found)])


@router.post("/rosters/preview", operation_id="previewRoster")
async def preview_roster(context: Ctx, asked: RosterRequest) -> RosterPreview:
    """What a roster comes to, before it is said."""
    try:
        roster = parse_roster(asked.roster)  # type: ignore[arg-type]  # JSON is CBOR's, but for its numbers with a point: refused there
    except BadInput as fault:
        told = RosterFaultView(fault.code, fault.reason, fault.field or "", fault.rule)
        return RosterPreview(told, _holes(asked.roster) if fault.code in HOLED else [], [], None)
    now_ms = context.node.now_ms()
    change = next_clock_change(roster.zone, now_ms)
    return RosterPreview(
        None,
        [],
        [
            StintView(one.start_ms, one.end_ms, one.position, list(one.alternates), list(one.languages))
            for one in stints(roster, now_ms)
        ],
        None if change is None else ClockChangeView(change.at_ms, change.before, change.after),
    )


def _holes(roster: dict[str, JsonValue]) -> list[HoleView]:
    return [HoleView(one.day, one.start, one.end, one.twice, one.holiday) for one in roster_holes(roster)]  # type: ignore[arg-type]


@router.get("/readings/{reference}", operation_id="readAloud")
async def read_aloud(
    context: Ctx, reference: str, language: Annotated[str, Query(max_length=16)] = "en"
) -> ReadingView:
    """The card from which a statement is read aloud."""
    node = context.node
    return reading(node.core, node.casework, reference, language)
