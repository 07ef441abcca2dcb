"""Quotas slow what is in excess and never let the ordinary use up what is urgent."""

from __future__ import annotations

import pytest

from parley.charter.terms import Quotas
from parley.errors import Refused
from parley.node.core.quota import DAY_MS, EXCESS_EVERY_MS, QuotaCounter
from parley.record.statement import Precedence

QUOTAS = Quotas(statements=2, flash=1, stop=1)
NOON = 20_000 * DAY_MS + DAY_MS // 2


def count(counter: QuotaCounter, now: int, kind: str = "message", precedence: Precedence = Precedence.ROUTINE) -> None:
    counter.count(QUOTAS, kind, precedence, now)


def test_excess_is_slowed_to_one_a_minute_and_told_how_long_to_wait() -> None:
    counter = QuotaCounter()
    count(counter, NOON)
    count(counter, NOON + 1)
    with pytest.raises(Refused, match=r"60 s.*quota\.exceeded"):
        count(counter, NOON + 2)
    count(counter, NOON + 1 + EXCESS_EVERY_MS)
    with pytest.raises(Refused):
        count(counter, NOON + 2 + EXCESS_EVERY_MS)


def test_a_flood_of_routine_leaves_flash_and_stop_their_own() -> None:
    counter = QuotaCounter()
    count(counter, NOON)
    count(counter, NOON)
    count(counter, NOON, precedence=Precedence.FLASH)
    count(counter, NOON, kind="stop", precedence=Precedence.FLASH)


def test_a_new_utc_day_begins_anew() -> None:
    counter = QuotaCounter()
    count(counter, NOON)
    count(counter, NOON)
    count(counter, NOON + DAY_MS)
