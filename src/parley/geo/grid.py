"""Which volumes may be near another: buckets of the Earth's surface and of time, whose contents lie side by side in arrays.

A volume is held by its middle, in one bucket: a cell of latitude and longitude (cells of a row get fewer towards the poles, so
that all are about as wide as high) and a slot of time in which it begins. How far it reaches and how long it lasts decide on
which of a few layers, each with cells and slots of its own size. So inserting and withdrawing move one row, never a tree.

A query visits, on each layer in use, the cells and slots that anything near could be held in: of what is left, windows
and then middles are compared in arrays. Cells are found by what holds on the ellipsoid, generously: a point no further than s is
at most s / 6335 km of latitude away, and its meridian no further than asin(s / p), p the distance from the axis.
Candidates may be too many, never too few; what they are to the query is decided elsewhere. Uses no order of insertion.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parley.geo import ellipsoid
from parley.geo.ellipsoid import Point
from parley.geo.volumes import Volume4D

_REACHES_M = (25_000.0, 100_000.0, 400_000.0, math.inf)
_CELLS_DEG = (0.45, 1.8, 7.2, 36.0)
_HOUR_MS = 3_600_000
_LASTS_MS = (12 * _HOUR_MS, 96 * _HOUR_MS, 768 * _HOUR_MS, math.inf)
_SLOTS_MS = (12 * _HOUR_MS, 96 * _HOUR_MS, 768 * _HOUR_MS, 6144 * _HOUR_MS)
_FIRST_CAPACITY = 8
_MARGIN_M = 1.0
_START, _END, _X, _NUMBER = 0, 1, 2, 6

Ids = NDArray[np.int64]
Cell = tuple[int, int]


class Reach(NamedTuple):
    """What a volume is held by: its middle, how far it reaches, its window."""

    middle: Point
    reach_m: float
    start_ms: int
    end_ms: int

    @classmethod
    def of(cls, volume: Volume4D) -> Reach:
        """Of a volume."""
        return cls(volume.shape.centre, volume.shape.reach_m, volume.time_start_ms, volume.time_end_ms)


class Grid:
    """Numbers of volumes, each held by its `Reach`."""

    def __init__(self) -> None:
        self._layers: dict[tuple[int, int], _Layer] = {}
        self._held: dict[int, tuple[_Layer, Cell, int, int]] = {}  # layer, cell, slot, place in the bucket

    def insert(self, number: int, reach: Reach) -> None:
        """Hold a number that is not held."""
        if number in self._held:
            raise ValueError(f"number {number} is held already")
        space = next(i for i, most in enumerate(_REACHES_M) if reach.reach_m <= most)
        time = next(i for i, most in enumerate(_LASTS_MS) if reach.end_ms - reach.start_ms <= most)
        layer = self._layers.get((space, time))
        if layer is None:
            layer = self._layers[space, time] = _Layer(_CELLS_DEG[space], _SLOTS_MS[time])
        self._held[number] = (layer, *layer.insert(number, reach))

    def withdraw(self, number: int) -> None:
        """Hold a number no longer."""
        layer, cell, slot, place = self._held.pop(number)
        moved = layer.withdraw(cell, slot, place)
        if moved != number:
            self._held[moved] = (layer, cell, slot, place)

    def near(self, reach: Reach, distance_m: float, time_ms: int) -> Ids:
        """The numbers of all that may be within the distance and the time of a volume, in no order."""
        found = [
            ids for layer in self._layers.values() if len(ids := layer.near(reach, distance_m + _MARGIN_M, time_ms))
        ]
        return found[0] if len(found) == 1 else np.concatenate(found) if found else np.empty(0, dtype=np.int64)


class _Bucket:
    """Rows of one cell and slot, side by side."""

    __slots__ = ("columns", "count")

    def __init__(self) -> None:
        self.count = 0
        self.columns = np.empty((7, _FIRST_CAPACITY))

    def add(self, number: int, reach: Reach) -> int:
        if self.count == self.columns.shape[1]:
            self.columns = np.concatenate((self.columns, np.empty_like(self.columns)), axis=1)
        at = self.count
        self.columns[:, at] = (reach.start_ms, reach.end_ms, *reach.middle, reach.reach_m, number)
        self.count += 1
        return at

    def remove(self, at: int) -> int:
        """Put the last row in the place of one; its number."""
        self.count -= 1
        self.columns[:, at] = self.columns[:, self.count]
        return int(self.columns[_NUMBER, at])


class _Layer:
    """Cells and slots of one size. `furthest_m`, `longest_ms`: the most of any volume that was ever held."""

    def __init__(self, cell_deg: float, slot_ms: int) -> None:
        self._cell_deg = cell_deg
        self._slot_ms = slot_ms
        rows = math.ceil(180 / cell_deg)
        widest = [max(0.0, 90 - abs(90 - edge)) for edge in ((row + 0.5) * cell_deg for row in range(rows))]
        self._columns = [max(1, int(360 * math.sin(math.radians(min(90, w))) / cell_deg)) for w in widest]
        self._cells: dict[Cell, dict[int, _Bucket]] = {}
        self.furthest_m = 0.0
        self.longest_ms = 0

    def insert(self, number: int, reach: Reach) -> tuple[Cell, int, int]:
        self.furthest_m = max(self.furthest_m, reach.reach_m)
        self.longest_ms = max(self.longest_ms, reach.end_ms - reach.start_ms)
        latitude, longitude = _degrees(reach.middle)
        row = self._row(latitude)
        cell = row, int((longitude + 180) / 360 * self._columns[row]) % self._columns[row]
        slot = reach.start_ms // self._slot_ms
        slots = self._cells.setdefault(cell, {})
        bucket = slots.get(slot)
        if bucket is None:
            bucket = slots[slot] = _Bucket()
        return cell, slot, bucket.add(number, reach)

    def withdraw(self, cell: Cell, slot: int, place: int) -> int:
        slots = self._cells[cell]
        moved = slots[slot].remove(place)
        if not slots[slot].count:
            del slots[slot]
            if not slots:
                del self._cells[cell]
        return moved

    def near(self, reach: Reach, distance_m: float, time_ms: int) -> Ids:
        within = reach.reach_m + distance_m
        earliest, latest = reach.start_ms - time_ms, reach.end_ms + time_ms
        buckets = self._buckets(reach.middle, within + self.furthest_m, earliest - self.longest_ms, latest)
        if not buckets:
            return np.empty(0, dtype=np.int64)
        columns = np.concatenate([bucket.columns[:, : bucket.count] for bucket in buckets], axis=1)
        at = np.flatnonzero((columns[_START] <= latest) & (columns[_END] >= earliest))
        x, y, z, far, numbers = columns[_X:].take(at, axis=1)
        x -= reach.middle[0]
        y -= reach.middle[1]
        z -= reach.middle[2]
        far += within
        return np.asarray(numbers[x * x + y * y + z * z <= far * far], dtype=np.int64)

    def _buckets(self, middle: Point, within_m: float, earliest: int, latest: int) -> list[_Bucket]:
        """The buckets whose volumes may have their middle within a distance and begin within a window."""
        window = range(earliest // self._slot_ms, latest // self._slot_ms + 1)
        found: list[_Bucket] = []
        for cell in self._cells_within(middle, within_m):
            slots = self._cells.get(cell)
            if slots is None:
                continue
            for slot in window if len(window) < len(slots) else list(slots):
                if slot in slots and slot in window:
                    found.append(slots[slot])
        return found

    def _cells_within(self, middle: Point, within_m: float) -> list[Cell]:
        latitude, longitude = _degrees(middle)
        up = math.degrees(within_m / ellipsoid.LEAST_RADIUS_M)
        from_axis = math.hypot(middle[0], middle[1])
        aside = math.degrees(math.asin(within_m / from_axis)) if within_m < from_axis * 0.999 else 180.0
        found: list[Cell] = []
        for row in range(self._row(latitude - up), self._row(latitude + up) + 1):
            count = self._columns[row]
            first, last = (math.floor((longitude + side + 180) / 360 * count) for side in (-aside, aside))
            if last - first + 1 >= count:
                first, last = 0, count - 1
            found += [(row, column % count) for column in range(first, last + 1)]
        # a reach of thousands of kilometres spans more cells than may be in use
        return found if len(found) <= len(self._cells) else list(self._cells.keys() & set(found))

    def _row(self, latitude: float) -> int:
        return min(max(int((latitude + 90) / self._cell_deg), 0), len(self._columns) - 1)


def _degrees(point: Point) -> tuple[float, float]:
    """Latitude and longitude of a point of the surface."""
    x, y, z = point
    latitude = math.atan2(z, (1 - ellipsoid.ECCENTRICITY_2) * math.hypot(x, y))
    return math.degrees(latitude), math.degrees(math.atan2(y, x))
