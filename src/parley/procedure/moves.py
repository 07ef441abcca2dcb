"""The procedure's table in one case: by which row a statement moves it, or why by none.

The first row of its kind whose states, authors and values fit moves the case; a row that *needs* all acknowledgements or
assents moves it once they are there. Assents cite one digest. A withdrawal that an assent had not seen does not undo it
(`Moves._binds_all_the_same`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.procedure import handling
from parley.procedure.act import Act
from parley.procedure.because import Because
from parley.procedure.declare import Move, Needs, Procedure, Who
from parley.procedure.item import Entered, Item

if TYPE_CHECKING:
    from parley.procedure.fold import CaseFold


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    """The state that a case was in, and what its opener ended it by."""

    state: str
    act: Act


class Moves:
    """See the module. What a row asks about the case is read from its fold, and the states it enters are written there; it is
    handed over each time, so that a case that is let go is gone at once."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._withdrawn: _Withdrawn | None = None

    def begin(self, case: CaseFold, at: Act) -> None:
        """The case opens, as of `at`."""
        case.entered.append(Entered(self._procedure.begin(case.items[0].content or {}), at))

    def take(self, case: CaseFold, item: Item, at: Act) -> Because | None:
        """Move the case by a statement, as of `at`; why it moves nothing, where it should have."""
        act = item.act
        rows = [row for row in self._procedure.moves if row.kind == act.kind]
        fitting = [
            row for row in rows if all((item.content or {}).get(key) == value for key, value in row.where.items())
        ]
        allowed = [row for row in fitting if _may(case, row, act)]
        here = next((row for row in allowed if case.state in row.frm), None)
        if here is not None:
            other = next((name for name in here.same if not _says_the_same(case, name, item)), None)
            if other is not None:
                first = case.opening.reference
                why = f"its {other} is another than that of {first}"
                return Because("move.differs", why, {"field": other, "about": first}, first)
            if _has_needed(case, here, act):
                self._enter(case, here, act, at)
            return None
        if self._binds_all_the_same(case, allowed, act, at):
            return None
        if case.setting.desks.is_handling(act.kind) and act.kind != handling.RESPOND.name:
            return None
        if case.is_unreleased:
            return Because("move.unreleased", "the case is not released yet")
        if not rows:
            return Because("move.no-place", f"{act.kind} has no place in this case", {"kind": act.kind})
        if not allowed:
            return Because("move.not-yours", f"it is not this member's to say {act.kind} here", {"kind": act.kind})
        return _too_late(case, act, allowed)

    def _enter(self, case: CaseFold, row: Move, act: Act, at: Act) -> None:
        if row.who is Who.OPENER and row.needs is Needs.NOTHING and self._procedure.state(row.to).final:
            self._withdrawn = _Withdrawn(case.state, act)
        case.entered.append(Entered(row.to, at))

    def _binds_all_the_same(self, case: CaseFold, rows: list[Move], act: Act, at: Act) -> bool:
        """An assent that had not seen the withdrawal is as good as one before it, and the withdrawal moves nothing."""
        gone = self._withdrawn
        if gone is None or not act.replies_to:
            return False
        for row in rows:
            given = _given(case, row.needs, act)
            blind = not any(one.has_seen(gone.act) for one in given.values())
            if (
                row.needs in (Needs.ALL_ASSENT, Needs.ALL_CONFIRM)
                and gone.state in row.frm
                and blind
                and _has_needed(case, row, act)
            ):
                item = case.item(gone.act.digest)
                assert item is not None, "what moved the case is in it"
                item.because = Because(
                    "withdrawal.bound", f"all had assented, the last by {act.reference}, before they could see it",
                    {"last": act.reference}, act.reference, unseen=not gone.act.has_seen(act),
                )  # fmt: skip
                self._withdrawn = None
                case.entered.append(Entered(row.to, at))
                return True
        return False


def _may(case: CaseFold, row: Move, act: Act) -> bool:
    if row.who is Who.NAMED and act.position != (case.opening.content or {}).get("to"):
        return False
    return case.may(row.who, act.member)


def _says_the_same(case: CaseFold, name: str, item: Item) -> bool:
    """Whether a field says what it says in what the case is about; whoever has no sight of either cannot tell, and goes by
    those who let it be recorded."""
    asked, said = case.current().content, item.content
    return asked is None or said is None or asked.get(name) == said.get(name)


def _too_late(case: CaseFold, act: Act, rows: list[Move]) -> Because:
    """The case is in another state; by whose statement, and whether the author had seen it."""
    state, came = case.state, case.moved_by
    wanted = sorted({name for row in rows for name in row.frm})
    return Because(
        "move.other-state",
        f"the case is {state} since {came.reference}; {act.kind} is for a case that is {' or '.join(wanted)}",
        {"kind": act.kind, "state": state, "wanted": ", ".join(wanted)},
        came.reference,
        unseen=not act.has_seen(came),
    )


def _has_needed(case: CaseFold, row: Move, act: Act) -> bool:
    match row.needs:
        case Needs.ALL_ACKNOWLEDGED:
            ladders = case.current().ladders
            return bool(ladders) and all(one.acknowledged for one in ladders.values())
        case Needs.ALL_ASSENT | Needs.ALL_CONFIRM:
            given, wanted = _given(case, row.needs, act), case.members(row.who)
            return bool(wanted) and all(member in given for member in wanted)
        case Needs.NOTHING:
            return True


def _given(case: CaseFold, needs: Needs, act: Act) -> Mapping[int, Act]:
    """By whom that is given which a row needs, where `act` is the last that gives it; and by which statements."""
    if needs is Needs.ALL_CONFIRM:
        said = case.responses()
        return {
            member: one.act for member, one in said.items()
            if one.act.kind != handling.RESPOND.name or (one.content or {}).get("answer") in handling.BINDING
        }  # fmt: skip
    return case.assents.get(act.replies_to[0], {}) if act.replies_to else {}
