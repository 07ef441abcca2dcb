"""The exact pair test: *conflict*, *near*, *not comparable* or *clear*, with the numbers it rests on.

Each of space, time and height is judged apart: it *overlaps*, is *near* (apart by no more than the buffer), is *apart*, and heights
may be *unknown* against each other (`heights`). Then

    any apart                    clear
    else heights unknown         not comparable: cannot be excluded
    else all overlap             conflict
    else                         near

Errors fall on the safe side. Where the bounds of `separation` leave open whether a limit is passed, `exact` measures, and what is
within its error counts as touching; areas that touch overlap. Times and heights are integers and compared exactly; where one
ends as the other begins they are near, 0 apart, even with a buffer of nothing. So nothing is called clear that is
not, and a conflict is called that is none only where areas miss each other by less than 2 mm or, where their edges
cross on paper only, less than their slack (17 cm at most).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parley.geo import ellipsoid, exact, heights
from parley.geo.ellipsoid import Floats
from parley.geo.heights import Height
from parley.geo.separation import separations
from parley.geo.shapes import MAX_REACH_M, Shape
from parley.geo.volumes import Volume4D


class Status(StrEnum):
    """What two volumes are to each other; worse ones first."""

    CONFLICT = "conflict"
    NOT_COMPARABLE = "not comparable"
    NEAR = "near"
    CLEAR = "clear"


class Relation(StrEnum):
    """What they are to each other in one dimension."""

    OVERLAPS = "overlaps"
    NEAR = "near"
    APART = "apart"
    UNKNOWN = "unknown"


WORST = {status: rank for rank, status in enumerate(Status)}
OVERLAPS, NEAR, APART, UNKNOWN = 0, 1, 2, 3
_RELATIONS = tuple(Relation)
_STATUSES = tuple(Status)
_NOT_FAR_M = 2.5 * MAX_REACH_M

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Buffers:
    """What still counts as near; the charter says how much. A buffer of 0 leaves *near* to what touches."""

    distance_m: float = 1_000.0
    time_ms: int = 10 * 60_000
    height_m: float = 150.0

    def __post_init__(self) -> None:
        if not (0 <= self.distance_m <= 100_000 and 0 <= self.time_ms <= 86_400_000 and 0 <= self.height_m <= 10_000):
            raise ValueError("buffers are at most 100 km, a day, 10 km, and none is negative")


class Verdict(NamedTuple):
    """What two volumes are to each other, and by how much.

    Attributes:
        distance_m: between their areas, 0 where they overlap; right to `distance_error_m`.
        time_gap_ms: between their windows; where they overlap, minus how long.
        height_gap_m: between their bands; where they overlap, minus how far; None where that is unknown or without end.
    """

    status: Status
    space: Relation
    time: Relation
    height: Relation
    distance_m: float
    distance_error_m: float
    time_gap_ms: int
    height_gap_m: float | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words, one for each dimension that decides: for logs and descriptions; screens word the numbers themselves."""
        match self.status:
            case Status.CLEAR:
                telling: tuple[Relation, ...] = (Relation.APART,)
            case Status.CONFLICT:
                telling = (Relation.OVERLAPS,)
            case _:
                telling = (Relation.NEAR, Relation.UNKNOWN)
        return tuple(self._words(name, relation) for name, relation in self._dimensions() if relation in telling)

    def _dimensions(self) -> tuple[tuple[str, Relation], ...]:
        return (("space", self.space), ("time", self.time), ("height", self.height))

    def _words(self, name: str, relation: Relation) -> str:
        match name, relation:
            case "space", Relation.OVERLAPS:
                return "the areas overlap"
            case "space", _:
                return f"the areas are {self.distance_m / 1000:.3f} km apart"
            case "time", Relation.OVERLAPS:
                return f"the times overlap by {-self.time_gap_ms / 60_000:.0f} min"
            case "time", _:
                return f"the times are {self.time_gap_ms / 60_000:.0f} min apart"
            case "height", Relation.UNKNOWN:
                return "the heights have different datums and cannot be compared"
            case "height", Relation.OVERLAPS:
                by = "" if self.height_gap_m is None else f" by {-self.height_gap_m:.0f} m"
                return f"the heights overlap{by}"
        return f"the heights are {self.height_gap_m:.0f} m apart"


class Judged(NamedTuple):
    """Verdicts on many pairs, as columns; relations as numbers of `Relation`."""

    space: Numbers
    low_m: Floats
    high_m: Floats


def compare(one: Volume4D, other: Volume4D, buffers: Buffers) -> Verdict:
    """What two volumes are to each other; the same from either side."""
    return compare_many(one, [other], buffers)[0]


def compare_many(one: Volume4D, others: Sequence[Volume4D], buffers: Buffers) -> list[Verdict]:
    """What a volume is to each of others."""
    starts = np.array([other.time_start_ms for other in others], dtype=np.float64)
    ends = np.array([other.time_end_ms for other in others], dtype=np.float64)
    limits = np.array([band_column(other) for other in others]).T
    space = judge_space(one.shape, [other.shape for other in others], buffers.distance_m)
    time = judge_times(one, starts, ends, buffers.time_ms)
    return verdicts((*space, *time, *judge_heights(one, limits, 100 * buffers.height_m)))


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """The worst of some verdicts: by status, then by distance, then by time."""
    return min(verdicts, key=lambda one: (WORST[one.status], one.distance_m, one.time_gap_ms))


def verdicts(columns: tuple[Numbers, Floats, Floats, Numbers, Floats, Numbers, Floats]) -> list[Verdict]:
    """The verdicts that follow from what was found in each dimension.

    Args:
        columns: space with its bounds low and high; times with their gaps; heights with theirs.
    """
    space, low, high, time, time_gap, height, height_gap = columns
    worst_of = np.maximum(np.maximum(space, time), np.where(height == UNKNOWN, OVERLAPS, height))
    status = np.where(worst_of == APART, 3, np.where(height == UNKNOWN, 1, np.where(worst_of == NEAR, 2, 0)))
    told = (
        ((low + high) / 2).tolist(), ((high - low) / 2).tolist(), time_gap.tolist(), (height_gap / 100).tolist(),
    )  # fmt: skip
    relations = zip(status.tolist(), space.tolist(), time.tolist(), height.tolist(), *told, strict=True)
    return [
        Verdict(_STATUSES[s], _RELATIONS[a], _RELATIONS[b], _RELATIONS[c], d, e, int(g), None if h != h else h)
        for s, a, b, c, d, e, g, h in relations
    ]


def judge_times(one: Volume4D, starts: Floats, ends: Floats, buffer_ms: int) -> tuple[Numbers, Floats]:
    """The relation of a window to others, and the gaps between them in ms; minus the overlap where they overlap."""
    gaps = np.maximum(starts, one.time_start_ms) - np.minimum(ends, one.time_end_ms)
    return np.where(gaps < 0, OVERLAPS, np.where(gaps <= buffer_ms, NEAR, APART)), gaps


def judge_heights(one: Volume4D, limits: Floats, buffer_cm: float) -> tuple[Numbers, Floats]:
    """The relation of a band to others, and the gaps in cm; minus the overlap; NaN where unknown or without end.

    Args:
        limits: of shape (4, n), a column for each band, as `band_column` makes them.
    """
    floor_in, floor, ceiling_in, ceiling = limits
    my_floor_in, my_floor, my_ceiling_in, my_ceiling = band_column(one)
    if my_floor_in == my_ceiling_in >= 0 and (limits[::2] == my_floor_in).all():  # all in one datum: the usual case
        gap = np.maximum(floor - my_ceiling, my_floor - ceiling)
        return np.where(gap < 0, OVERLAPS, np.where(gap <= buffer_cm, NEAR, APART)), gap
    theirs_known = (floor_in == my_ceiling_in) & (floor_in >= 0)
    mine_known = (ceiling_in == my_floor_in) & (ceiling_in >= 0)
    theirs_above = np.where(theirs_known, floor - my_ceiling, -np.inf)
    mine_above = np.where(mine_known, my_floor - ceiling, -np.inf)
    gap = np.maximum(theirs_above, mine_above)
    floors_same = (floor_in == my_floor_in) & (floor_in >= 0)
    ceilings_same = (ceiling_in == my_ceiling_in) & (ceiling_in >= 0)
    theirs_begin_below = (
        (floor_in < 0) | (my_ceiling_in < 0) | theirs_known
        | (floors_same & (floor <= my_floor)) | (ceilings_same & (ceiling <= my_ceiling))
    )  # fmt: skip
    mine_begins_below = (
        (ceiling_in < 0) | (my_floor_in < 0) | mine_known
        | (floors_same & (my_floor <= floor)) | (ceilings_same & (my_ceiling <= ceiling))
    )  # fmt: skip
    relation = np.where(
        gap >= 0,
        np.where(gap <= buffer_cm, NEAR, APART),
        np.where(theirs_begin_below & mine_begins_below, OVERLAPS, UNKNOWN),
    )
    told = (gap >= 0) | (theirs_known & mine_known)
    return relation, np.where(told, gap, np.nan)


def band_column(volume: Volume4D) -> tuple[float, float, float, float]:
    """Datum and centimetres of the floor, of the ceiling; what is not there is infinitely far, in no datum."""
    return (*_packed(volume.altitude_lower, -np.inf), *_packed(volume.altitude_upper, np.inf))


def _packed(limit: Height | None, without: float) -> tuple[float, float]:
    return (-1.0, without) if limit is None else (heights.DATUM_NUMBER[limit.datum], limit.centimetres)


def judge_space(one: Shape, others: Sequence[Shape], buffer_m: float) -> Judged:
    """The relation of an area to others: bounds of the distance between them, exact where these would not decide."""
    middles = np.array([other.centre for other in others])
    reach = np.array([other.reach_m for other in others]) + one.reach_m
    x, y, z = (middles[:, i] - one.centre[i] for i in range(3))
    apart = np.sqrt(x * x + y * y + z * z)
    space = np.full(len(others), APART, dtype=np.int64)
    low = np.maximum(apart - reach, 0.0)  # a chord is shorter than the way over the surface
    high = np.full(len(others), np.pi * ellipsoid.GREATEST_RADIUS_M)  # no two places are further apart
    at = np.flatnonzero(apart <= _NOT_FAR_M)
    if len(at):
        chosen = [others[i] for i in at.tolist()]
        sizes = np.array([(other.radius_m, other.slack_m) for other in chosen])
        space[at], low[at], high[at] = judge_close(one, chosen, sizes[:, 0], sizes[:, 1], buffer_m)
    return Judged(space, low, high)


def judge_close(one: Shape, others: Sequence[Shape], radii: Floats, slacks: Floats, buffer_m: float) -> Judged:
    """The same for areas whose middles are within their reach and the buffer of each other.

    Args:
        radii, slacks: `radius_m` and `slack_m` of the others, which whoever holds many has side by side.
    """
    low, high = separations(one, others)
    around = radii + one.radius_m
    slack = slacks + one.slack_m
    meet = high == 0
    core_high = high
    low, high = low - around - slack, high - around + slack
    space = np.where(meet | (high <= 0), OVERLAPS, np.where(low <= buffer_m, NEAR, APART))
    open_to_doubt = ~meet & (((low <= 0) & (high > 0)) | ((low <= buffer_m) & (high > buffer_m)))
    for i in np.flatnonzero(open_to_doubt).tolist():
        between = exact.core_distance(one.outline, others[i].outline, float(core_high[i] + slack[i])) - around[i]
        low[i], high[i] = between - exact.ERROR_M, between + exact.ERROR_M
        space[i] = OVERLAPS if low[i] <= 0 else NEAR if low[i] <= buffer_m else APART
    over = space == OVERLAPS
    low[over] = high[over] = 0.0
    return Judged(space, np.maximum(low, 0.0), np.maximum(high, 0.0))
