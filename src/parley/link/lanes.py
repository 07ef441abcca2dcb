"""What waits to be written to one peer: three lanes, FLASH first, each with a hard bound.

Rules:

* urgent before normal before bulk; inside a lane, first come first written; frames are never cut in two;
* an urgent PUSH never overtakes an earlier PUSH of the same log, which would make it useless: the earlier ones are
  promoted with it, in their order, and keep counting against the bound of the lane they were put in;
* a frame that does not fit its lane's bound is refused, never queued in place of another.
"""

from __future__ import annotations

from collections import Counter, deque
from enum import IntEnum
from typing import NamedTuple

from parley.record.ids import LogId


class Lane(IntEnum):
    """In the order of writing."""

    URGENT = 0
    NORMAL = 1
    BULK = 2


class Bound(NamedTuple):
    """The most that may wait in one lane."""

    frames: int
    bytes: int


Bounds = tuple[Bound, Bound, Bound]
BOUNDS: Bounds = (Bound(1024, 4 << 20), Bound(1024, 4 << 20), Bound(4096, 32 << 20))


class _Waiting(NamedTuple):
    """A frame; `promotable` names the log of a PUSH that does not yet wait in the urgent lane."""

    data: bytes
    charged: Lane
    promotable: LogId | None


class Lanes:
    """The frames that wait, as wire bytes."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        self._bounds = bounds
        self._lanes: tuple[deque[_Waiting], ...] = (deque(), deque(), deque())
        self._frames = [0, 0, 0]
        self._bytes = [0, 0, 0]
        self._promotable: Counter[LogId] = Counter()

    def __bool__(self) -> bool:
        return any(self._lanes)

    @property
    def waiting_frames(self) -> int:
        """How many frames wait."""
        return sum(self._frames)

    @property
    def waiting_bytes(self) -> int:
        """How many bytes wait."""
        return sum(self._bytes)

    def put(self, data: bytes, lane: Lane, pushes: LogId | None = None) -> bool:
        """Queue one frame; `pushes` names the log where it is a PUSH. False, and nothing queued, where it is full."""
        bound = self._bounds[lane]
        if self._frames[lane] >= bound.frames or self._bytes[lane] + len(data) > bound.bytes:
            return False
        if pushes is not None and lane is Lane.URGENT:
            self._promote(pushes)
            pushes = None
        if pushes is not None:
            self._promotable[pushes] += 1
        self._frames[lane] += 1
        self._bytes[lane] += len(data)
        self._lanes[lane].append(_Waiting(data, lane, pushes))
        return True

    def take(self, limit: int) -> bytes:
        """The next whole frames in order, up to `limit` bytes, but at least one frame where any waits."""
        taken: list[bytes] = []
        room = limit
        for lane in self._lanes:
            while lane:
                if taken and len(lane[0].data) > room:
                    return b"".join(taken)
                item = lane.popleft()
                self._release(item)
                taken.append(item.data)
                room -= len(item.data)
        return b"".join(taken)

    def clear(self) -> None:
        """Drop everything."""
        for lane in self._lanes:
            lane.clear()
        self._frames = [0, 0, 0]
        self._bytes = [0, 0, 0]
        self._promotable.clear()

    def _release(self, item: _Waiting) -> None:
        self._frames[item.charged] -= 1
        self._bytes[item.charged] -= len(item.data)
        if item.promotable is not None:
            self._promotable[item.promotable] -= 1

    def _promote(self, log: LogId) -> None:
        if not self._promotable.pop(log, 0):
            return
        urgent = self._lanes[Lane.URGENT]
        for lane in self._lanes[Lane.NORMAL :]:
            urgent.extend(item._replace(promotable=None) for item in lane if item.promotable == log)
            staying = [item for item in lane if item.promotable != log]
            lane.clear()
            lane.extend(staying)
