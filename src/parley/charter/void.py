"""Void: why a recorded statement moves nothing.

A peer's bad statement is never dropped: it stays at its index in its author's log, shown as *void, because…*.
"""

from __future__ import annotations

from typing import NamedTuple

from parley.errors import BadInput


class Void(NamedTuple):
    """The reason a statement moves nothing.

    Attributes:
        code: stable dotted identifier, e.g. ``mandate.exceeded``.
        reason: one sentence, for an officer.
    """

    code: str
    reason: str

    @classmethod
    def because(cls, fault: BadInput) -> Void:
        """The void that a malformed content gives: the fault's code, its field and its reason."""
        where = f"{fault.field}: " if fault.field else ""
        return cls(fault.code, f"{where}{fault.reason}")
