"""Quotas: how many statements a member's officers may have recorded in a UTC day, by the charter.

FLASH and STOP are counted apart from the rest, so that nothing ordinary can use them up. Beyond a quota statements
are slowed, not stopped: one every `EXCESS_EVERY_MS`.
"""

from __future__ import annotations

from parley.charter.terms import Quotas
from parley.errors import Refused
from parley.record.statement import Precedence

DAY_MS = 86_400_000
EXCESS_EVERY_MS = 60_000


class QuotaCounter:
    """What was recorded today. A counter begins empty at a start: a restart forgives, it never punishes."""

    def __init__(self) -> None:
        self._day = -1
        self._counts: dict[str, int] = {}
        self._last_ms: dict[str, int] = {}

    def count(self, quotas: Quotas, kind: str, precedence: Precedence, now: int) -> None:
        """Count one statement at `now` (Unix ms).

        Raises:
            Refused: code ``quota.exceeded``, saying how long to wait; nothing is counted.
        """
        if now // DAY_MS != self._day:
            self._day = now // DAY_MS
            self._counts.clear()
        name, limit = quotas.counted_as(kind, precedence)
        used = self._counts.get(name, 0)
        since = now - self._last_ms.get(name, 0)
        if used >= limit and 0 <= since < EXCESS_EVERY_MS:
            wait_s = -(-(EXCESS_EVERY_MS - since) // 1000)
            raise Refused(
                "quota.exceeded", f"the day's quota of {limit} ({name}) is used up", field="precedence",
                rule=f"beyond it one statement a minute; send again in {wait_s} s",
            )  # fmt: skip
        self._counts[name] = used + 1
        self._last_ms[name] = now
