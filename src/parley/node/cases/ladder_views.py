"""Views of ladders: how far a statement has got with each addressee, with the units that it was passed on to."""

from __future__ import annotations

from dataclasses import dataclass

from parley.procedure.clocks import Clock
from parley.procedure.handling import UNIT_CONFIRMED
from parley.procedure.ladder import Ladder, Mark, PassDown, Rung

STORED = "stored"


@dataclass(frozen=True, slots=True)
class RungView:
    """A rung reached: `reference` of the statement or receipt that proves it."""

    rung: str
    at_ms: int
    reference: str
    position: str
    detail: str


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit, by its alias, that a statement was passed on to; `confirmed`: null until the unit has confirmed.

    `confirmed_by`: who there, by which means (`how`), and when, as the officer who tells it says.
    """

    alias: str
    passed: RungView
    confirmed: RungView | None
    confirmed_by: str
    how: str
    confirmed_ms: int | None


@dataclass(frozen=True, slots=True)
class LadderView:
    """How far a statement has got with one addressee; `due_ms`: null where no acknowledgement is waited for any more.

    `units_due_ms`: until when the units that it was passed on to are to confirm; null where none is waited for.
    """

    member: str
    rungs: list[RungView]
    acknowledged: bool
    mismatched: list[str]
    declined: RungView | None
    due_ms: int | None
    units: list[UnitView]
    units_due_ms: int | None


def ladder_view(
    code: str, ladder: Ladder, held: Mark | None, at_ms: int, limit_ms: int | None, unit: Clock | None
) -> LadderView:
    """The ladder of the member `code`.

    Args:
        held: its receipt.
        at_ms: of the statement.
        limit_ms: how long an acknowledgement may take; None where none is waited for any more.
        unit: its pass-down clock.
    """
    stored = [rung_view(STORED, held)] if held is not None else []
    since = held.at_ms if held is not None else at_ms
    return LadderView(
        code, [*stored, *(rung_view(name, mark) for name, mark in ladder.marks.items())], ladder.acknowledged,
        list(ladder.mismatched), None if ladder.declined is None else rung_view("declined", ladder.declined),
        None if limit_ms is None or ladder.acknowledged else since + limit_ms,
        [_unit(alias, one) for alias, one in ladder.units.items()],
        None if unit is None or unit.stopped_ms is not None else unit.due_ms,
    )  # fmt: skip


def rung_view(name: str, mark: Mark, position: str = "") -> RungView:
    """A rung reached."""
    return RungView(name, mark.at_ms, mark.reference, position or mark.position, mark.detail)


def _unit(alias: str, one: PassDown) -> UnitView:
    said = one.confirmed
    if said is None:
        return UnitView(alias, rung_view(Rung.PASSED_ON, one.passed), None, "", "", None)
    return UnitView(
        alias,
        rung_view(Rung.PASSED_ON, one.passed),
        rung_view(UNIT_CONFIRMED.name, said.mark),
        said.by,
        said.how,
        said.at_ms,
    )
