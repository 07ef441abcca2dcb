"""Virtual time and chance: one seed drives everything that happens in a run.

Time is integer milliseconds. Events due at one moment happen in the order they were asked for, so that a seed always
gives the same run.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable

START_MS = 1_790_000_000_000
MAX_EVENTS = 2_000_000


class World:
    """The event queue, the true time, and the run's only source of chance."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.now = START_MS
        self.trace: list[str] = []
        self.tracing = False
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._events = 0

    def after(self, delay_ms: int, action: Callable[[], None]) -> None:
        """Do `action` `delay_ms` from now."""
        heapq.heappush(self._queue, (self.now + max(0, delay_ms), next(self._order), action))

    def run_for(self, duration_ms: int) -> None:
        """Let `duration_ms` pass."""
        end = self.now + duration_ms
        while self._queue and self._queue[0][0] <= end:
            self._events += 1
            assert self._events < MAX_EVENTS, f"seed {self.seed}: more than {MAX_EVENTS} events; something loops"
            self.now, _, action = heapq.heappop(self._queue)
            action()
        self.now = end

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return self.rng.random() < probability

    def octets(self, count: int) -> bytes:
        """`count` bytes of chance."""
        return self.rng.randbytes(count)

    def note(self, text: str) -> None:
        """A line of the run's story, kept where somebody wants to read it."""
        if self.tracing:
            self.trace.append(f"{self.now - START_MS:>8} {text}")
