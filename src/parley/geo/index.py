"""The conflict index: what is filed, and what a new notice is to all of it.

Candidates first (`grid`), then the exact test (`verdict`) on each. What `check` answers is a function of what is filed, not of the
order it came in, and is sorted by key: every node that holds the same notices finds the same conflicts, with the same numbers.

It does no locking of its own and keeps nothing on disk: `register` checks and files in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from parley.geo.grid import Grid, Ids, Reach
from parley.geo.shapes import Shape
from parley.geo.verdict import (
    APART,
    Buffers,
    Verdict,
    band_column,
    judge_close,
    judge_heights,
    judge_times,
    verdicts,
)
from parley.geo.volumes import Volume4D, check_count

Key = TypeVar("Key", bound="str | tuple[int, int]")
"""What a notice is known by: its reference, or log and seq."""

_FIRST_CAPACITY = 64
_ORDER = itemgetter(0, 1, 2)
_LIMITS, _RADIUS = slice(2, 6), 6


class Finding(NamedTuple, Generic[Key]):
    """What one volume of the new notice is to one of a filed one; never clear.

    Attributes:
        key: of the filed one.
        mine, theirs: numbers of the volumes, from 0.
    """

    key: Key
    mine: int
    theirs: int
    verdict: Verdict


class ConflictIndex(Generic[Key]):
    """Volumes by the key of their notice."""

    def __init__(self, buffers: Buffers | None = None) -> None:
        self.buffers = buffers or Buffers()
        self._grid = Grid()
        self._numbers: dict[Key, list[int]] = {}
        self._volumes: list[Volume4D | None] = []
        self._shapes: list[Shape] = []  # by number too: one step less on the way to where a million of them lie
        self._owners: list[tuple[Key, int]] = []
        self._rows = np.empty(
            (_FIRST_CAPACITY, 8)
        )  # by number: window, band, radius and slack; a line of the cache each
        self._free: list[int] = []

    def __len__(self) -> int:
        """How many notices are filed."""
        return len(self._numbers)

    def __contains__(self, key: Key) -> bool:
        return key in self._numbers

    def volumes(self, key: Key) -> tuple[Volume4D, ...]:
        """The volumes that are filed under a key."""
        found = (self._volumes[number] for number in self._numbers[key])
        return tuple(volume for volume in found if volume is not None)

    def insert(self, key: Key, volumes: Sequence[Volume4D]) -> None:
        """File volumes under a key; what was filed under it before is withdrawn.

        Raises:
            BadInput: code ``geo.volumes``: none, or too many.
        """
        check_count(volumes)
        self.withdraw(key)
        self._numbers[key] = [self._put(key, at, volume) for at, volume in enumerate(volumes)]

    def withdraw(self, key: Key) -> bool:
        """File nothing under a key any more; whether anything was."""
        numbers = self._numbers.pop(key, [])
        for number in numbers:
            self._grid.withdraw(number)
            self._volumes[number] = None
            self._free.append(number)
        return bool(numbers)

    def check(self, volumes: Sequence[Volume4D], *, besides: Iterable[Key] = ()) -> list[Finding[Key]]:
        """What volumes are to all that is filed: conflicts, near ones, and ones that cannot be excluded; sorted by key.

        Args:
            besides: keys not to look at, as those of the notice's own earlier versions.
        """
        without = frozenset(besides)
        found: list[Finding[Key]] = []
        for at, volume in enumerate(volumes):
            found += self.judge(at, volume, self.candidates(volume), without)
        if len(volumes) > 1:
            found.sort(key=_ORDER)
        return found

    def _put(self, key: Key, at: int, volume: Volume4D) -> int:
        number = self._free.pop() if self._free else len(self._volumes)
        if number == len(self._volumes):
            self._volumes.append(None)
            self._owners.append((key, at))
            self._shapes.append(volume.shape)
            if number == len(self._rows):
                self._rows = np.concatenate((self._rows, np.empty_like(self._rows)))
        shape = volume.shape
        self._volumes[number], self._shapes[number], self._owners[number] = volume, shape, (key, at)
        self._rows[number] = (
            volume.time_start_ms, volume.time_end_ms, *band_column(volume), shape.radius_m, shape.slack_m,
        )  # fmt: skip
        self._grid.insert(number, Reach.of(volume))
        return number

    def candidates(self, volume: Volume4D) -> Ids:
        """The numbers of all volumes that may not be clear of one, in no order.

        Numbers count volumes as they are filed; those of withdrawn ones are given again.
        """
        return self._grid.near(Reach.of(volume), self.buffers.distance_m, self.buffers.time_ms)

    def judge(self, mine: int, volume: Volume4D, numbers: Ids, without: frozenset[Key]) -> list[Finding[Key]]:
        """What a volume is to those of some numbers, exactly, sorted by key; nothing of what is clear."""
        buffers = self.buffers
        columns = self._rows.take(numbers, axis=0).T.copy()
        height, height_gap = judge_heights(volume, columns[_LIMITS], 100 * buffers.height_m)
        time, time_gap = judge_times(volume, columns[0], columns[1], buffers.time_ms)
        at = np.flatnonzero((height != APART) & (time != APART))
        if not len(at):
            return []
        numbers, height, height_gap, time, time_gap = numbers[at], height[at], height_gap[at], time[at], time_gap[at]
        shapes = [self._shapes[number] for number in numbers.tolist()]
        radii, slacks = columns[_RADIUS:].take(at, axis=1)
        space, low, high = judge_close(volume.shape, shapes, radii, slacks, buffers.distance_m)
        at = np.flatnonzero(space != APART)
        told = verdicts((space[at], low[at], high[at], time[at], time_gap[at], height[at], height_gap[at]))
        owners = [self._owners[number] for number in numbers[at].tolist()]
        found = [
            Finding(key, mine, theirs, verdict)
            for (key, theirs), verdict in zip(owners, told, strict=True)
            if key not in without
        ]
        found.sort(key=_ORDER)
        return found
