"""The desks at hand: which kind belongs to which desk, and the handling kinds that belong to all.

Every module of `parley.desks` that names a `DESK` is at hand by being there; tests and other programs may hand in more.
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.procedure.declare import Desk, Kind, Procedure, check_desk
from parley.procedure.handling import HANDLING_KINDS

_HANDLING_NAMES = frozenset(one.name for one in HANDLING_KINDS)


class Desks:
    """See the module."""

    def __init__(self, desks: Iterable[Desk]) -> None:
        self.desks: tuple[Desk, ...] = tuple(desks)
        self._kinds: dict[str, tuple[Desk | None, Kind]] = {one.name: (None, one) for one in HANDLING_KINDS}
        common = frozenset(self._kinds)
        for desk in self.desks:
            check_desk(desk, common)
            for kind in desk.kinds:
                assert kind.name not in self._kinds, f"{kind.name} is declared by two desks"
                self._kinds[kind.name] = (desk, kind)

    def kind(self, name: str, version: int = 1) -> Kind | None:
        """The kind of that name, if it is understood in that version."""
        _, kind = self._kinds.get(name, (None, None))
        return kind if kind is not None and kind.version == version else None

    def desk_of(self, kind: str) -> Desk | None:
        """The desk that declares a kind; None for handling and unknown ones."""
        return self._kinds.get(kind, (None, None))[0]

    def desk(self, name: str) -> Desk | None:
        """The desk of that name."""
        return next((one for one in self.desks if one.name == name), None)

    def procedure_of(self, kind: str, version: int = 1) -> Procedure | None:
        """The procedure of the case that a kind opens."""
        desk, found = self.desk_of(kind), self.kind(kind, version)
        if desk is None or found is None or found.opens is None:
            return None
        return next(one for one in desk.procedures if one.name == found.opens)

    def is_handling(self, kind: str) -> bool:
        """Whether a kind is one that every desk has."""
        return kind in _HANDLING_NAMES

    @property
    def handling(self) -> tuple[Kind, ...]:
        """The kinds of no desk in particular."""
        return HANDLING_KINDS
