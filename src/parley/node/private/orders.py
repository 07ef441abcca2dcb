"""Standing orders: what this member's watch is to do until it is told otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from parley.node.private.versioned import table_of

MAX_ORDERS = 500
TABLE = table_of("standing_orders")


@dataclass(frozen=True, slots=True)
class OrderBody:
    """An order.

    Attributes:
        language: of its text (BCP 47).
        from_ms, until_ms: while it stands; null: from when it was written, until it is deleted.
        given_by: position that gave it.
    """

    text: str
    language: str
    from_ms: int | None
    until_ms: int | None
    given_by: str

    def stands(self, now_ms: int) -> bool:
        """Whether it stands now."""
        return (self.from_ms is None or self.from_ms <= now_ms) and (self.until_ms is None or now_ms < self.until_ms)


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A standing order, as of its version."""

    id: str
    version: int
    author: str
    updated_ms: int
    body: OrderBody
