"""Limits on how often somebody asks: buckets of tokens that fill again with time. Generous: they stop runaways, not people.

FLASH and STOP are never limited here; whoever shows the node's token is not either, for such a caller reads its files.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from parley.errors import Refused

MAX_KEYS = 4_096


class Buckets:
    """Buckets by key; of more than `MAX_KEYS` the one longest untouched is forgotten, which is to fill it.

    Args:
        rate: tokens that come back each second.
        burst: tokens in a full bucket.
    """

    def __init__(self, rate: float, burst: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take a token.

        Raises:
            Refused: code ``api.rate``; the rule says when to try again.
        """
        now = self._clock()
        level, at = self._levels.pop(key, (float(self._burst), now))
        level = min(self._burst, level + (now - at) * self._rate)
        spent = level >= 1
        self._levels[key] = (level - 1 if spent else level, now)
        if len(self._levels) > MAX_KEYS:
            self._levels.popitem(last=False)
        if not spent:
            wait_s = ceil((1 - level) / self._rate)
            raise Refused("api.rate", "too many requests", rule=f"try again in {wait_s} s")


class Limits:
    """The buckets of one node: by address, by session, and for sign-ons and links that fail, by address."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.address = Buckets(100, 1_000, clock=clock)
        self.session = Buckets(100, 1_000, clock=clock)
        self.failures = Buckets(0.5, 30, clock=clock)
