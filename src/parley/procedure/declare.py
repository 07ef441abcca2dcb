"""How a desk is declared: kinds with typed contents, procedures with states, moves and clocks.

Adding a desk is adding one file that makes a `Desk`. The engine folds cases by it, the API validates by it, and screens
draw forms, states, clocks and ladders from it; nothing else need know it.

* A *kind* says what a statement's content holds. One that *opens* begins a case of the procedure it names.
* A *procedure* lists states, and moves as a table: kind · from which states · to which · who · what else it needs.
* A statement that no move allows is kept and shown as void, because…; it moves nothing.
* A *clock* starts when a state is entered, is somebody's, and stops when one of the named states is left for another.

A declaration that contradicts itself is a programmer's mistake and crashes at import (`check_desk`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parley.procedure.fields import Field
from parley.procedure.words import Words

FieldValue = str | bool
"""A value by which a row or a beginning is chosen."""


class Who(StrEnum):
    """Who may make a move."""

    OPENER = "opener"  # the member that opened the case
    ADDRESSEE = "addressee"  # a member addressed by the statement that opened it
    OTHERS = "others"  # any member but the opener
    FACILITATOR = "facilitator"  # a member in the role of facilitator
    ANYONE = "anyone"
    CONCERNED = "concerned"  # a member that the case names in a field of its `concerned` ones
    NAMED = "named"  # the position that the opening statement names in ``to``, of the opener's member


class Needs(StrEnum):
    """What a move waits for besides the statement itself."""

    NOTHING = "nothing"
    ALL_ACKNOWLEDGED = "all-acknowledged"  # every addressee's acknowledgement of the opening statement counts
    ALL_ASSENT = "all-assent"  # every member named assents to one and the same statement
    ALL_CONFIRM = "all-confirm"  # every member named but its author confirms what the case says now


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case. `final`: nothing is expected any more. `overdue` names states' words when late."""

    name: str
    title: Words
    final: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a procedure's table.

    Attributes:
        where: values that fields of the content must have for this row to apply.
        same: fields in which it must say what the opening statement says, word for word.
    """

    kind: str
    frm: tuple[str, ...]
    to: str
    who: Who
    needs: Needs = Needs.NOTHING
    where: Mapping[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A clock of a procedure.

    Attributes:
        name: of the charter's desk clock that gives its length, such as ``dispute.answer``.
        runs_in: states in which it runs, from when the first of them was entered.
        who: whose clock it is; of those concerned, each one's stops with its response.
        default_ms: where the charter sets none; None: the clock does not run then.
    """

    name: str
    title: Words
    runs_in: tuple[str, ...]
    who: Who
    default_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """A case begins in `state` where the opening statement's fields have these values."""

    where: Mapping[str, FieldValue]
    state: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The life of a case. It begins in the state of the first of `begins` that fits, else in `initial`."""

    name: str
    states: tuple[State, ...]
    initial: str
    moves: tuple[Move, ...]
    clocks: tuple[ClockRule, ...] = ()
    begins: tuple[Begin, ...] = ()

    def begin(self, content: Mapping[str, object]) -> str:
        """The state in which a case opened with `content` begins."""
        fitting = (one for one in self.begins if all(content.get(name) == value for name, value in one.where.items()))
        return next((one.state for one in fitting), self.initial)

    def state(self, name: str) -> State:
        """The state of that name."""
        return next(one for one in self.states if one.name == name)


@dataclass(frozen=True, slots=True)
class Kind:
    """A statement kind.

    Attributes:
        opens: procedure of the case it opens; None for one that belongs in a case.
        one_of: sets of fields of which exactly one must be there.
        acknowledged: whether addressees must acknowledge it; the clock is by precedence.
        rings: whether it rings at the addressees' watches.
        acts_first: what its read-back says never delays *taken* and what follows (the STOP call).
        life_safety: it stays open in a suspension unless named there.
        expires: field (INSTANT) after which it is over.
    """

    name: str
    title: Words
    fields: tuple[Field, ...] = ()
    opens: str | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    acknowledged: bool = True
    rings: bool = True
    acts_first: bool = False
    life_safety: bool = False
    expires: str | None = None
    version: int = 1

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def critical(self) -> tuple[Field, ...]:
        """The fields that are read back."""
        return tuple(one for one in self.fields if one.critical)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk: what screens show as one column, and what the engine needs of it."""

    name: str
    title: Words
    kinds: tuple[Kind, ...]
    procedures: tuple[Procedure, ...]


def check_desk(desk: Desk, common: frozenset[str] = frozenset()) -> None:
    """Assert that a declaration is whole: every name it uses is declared once. `common` kinds are at every desk."""
    procedures = {one.name: one for one in desk.procedures}
    kinds = {one.name for one in desk.kinds}
    assert len(procedures) == len(desk.procedures), f"{desk.name}: a procedure is declared twice"
    assert len(kinds) == len(desk.kinds), f"{desk.name}: a kind is declared twice"
    assert not kinds & common, f"{desk.name}: redeclares {sorted(kinds & common)}"
    for kind in desk.kinds:
        names = [one.name for one in kind.fields]
        assert len(set(names)) == len(names), f"{kind.name}: a field is declared twice"
        assert kind.opens is None or kind.opens in procedures, f"{kind.name}: opens no procedure of this desk"
        grouped = [name for group in kind.one_of for name in group]
        assert set(grouped) <= set(names), f"{kind.name}: one_of names no field"
        assert not any(one.required for one in kind.fields if one.name in grouped), f"{kind.name}: one_of of required"
        assert kind.expires is None or kind.expires in names, f"{kind.name}: expires by no field of its own"
    fields = {kind.name: {one.name for one in kind.fields} for kind in desk.kinds}
    for procedure in desk.procedures:
        _check_procedure(procedure, kinds | common)
        for move in procedure.moves:
            assert set(move.same) <= fields.get(move.kind, set()), f"{move.kind}: has not every field of {move.same}"


def _check_procedure(procedure: Procedure, kinds: frozenset[str] | set[str]) -> None:
    states = {one.name for one in procedure.states}
    used = {procedure.initial, *(move.to for move in procedure.moves)}
    used |= {name for move in procedure.moves for name in move.frm}
    used |= {one.state for one in procedure.begins}
    used |= {name for clock in procedure.clocks for name in clock.runs_in}
    assert used <= states, f"{procedure.name}: undeclared states {sorted(used - states)}"
    unknown = {move.kind for move in procedure.moves} - kinds
    assert not unknown, f"{procedure.name}: undeclared kinds {sorted(unknown)}"
    reachable = {procedure.initial, *(one.state for one in procedure.begins)}
    step = set(reachable)
    while step:
        step = {move.to for move in procedure.moves if step & set(move.frm)} - reachable
        reachable |= step
    assert reachable == states, f"{procedure.name}: states never reached: {sorted(states - reachable)}"
