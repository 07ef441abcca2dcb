"""Presence: which positions are signed on with a live connection, as the watch reads it.

A position is present while at least one of its tabs is connected. That a tab is connected says that a screen is on, not that
somebody looks at it; `seen_ms` is when one of them was last heard.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignedOn:
    """A position that is present.

    Attributes:
        mandates: those that its key holds now.
        since_ms: since when it has been present without a gap.
        seen_ms: when it was last heard.
    """

    position: str
    mandates: tuple[str, ...]
    since_ms: int
    seen_ms: int


@dataclass(slots=True)
class _Tab:
    position: str
    seen_ms: int


class Presence:
    """See the module. `mandates_of` gives the mandates that a position holds now."""

    def __init__(self, mandates_of: Callable[[str], tuple[str, ...]]) -> None:
        self._mandates_of = mandates_of
        self._tickets = itertools.count(1)
        self._tabs: dict[int, _Tab] = {}
        self._since: dict[str, int] = {}

    def came(self, position: str, now_ms: int) -> int:
        """A tab of `position` connected; the ticket to call the others with."""
        ticket = next(self._tickets)
        self._tabs[ticket] = _Tab(position, now_ms)
        self._since.setdefault(position, now_ms)
        return ticket

    def heard(self, ticket: int, now_ms: int) -> None:
        """That tab gave a sign of life."""
        self._tabs[ticket].seen_ms = now_ms

    def went(self, ticket: int) -> None:
        """That tab is gone."""
        position = self._tabs.pop(ticket).position
        if all(tab.position != position for tab in self._tabs.values()):
            del self._since[position]

    def signed_on(self) -> tuple[SignedOn, ...]:
        """Everybody present, by position."""
        return tuple(
            SignedOn(
                position, self._mandates_of(position), since_ms,
                max(tab.seen_ms for tab in self._tabs.values() if tab.position == position),
            )
            for position, since_ms in sorted(self._since.items())
        )  # fmt: skip
