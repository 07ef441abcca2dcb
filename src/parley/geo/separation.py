"""How far apart the cores of areas are: bounds that hold, found for many pairs at once.

A piece of a boundary lies in a plane through the Earth's centre (`shapes`). On which side of a piece a point lies is the sign of one
scalar product with that plane's unit normal, and its size is how far the point is from the plane. So

* two pieces cross where the ends of each lie on different sides of the other;
* a point lies in a ring if the arc from it to a far axis crosses the ring an odd number of times;
* if the cores meet in neither way, the nearest points are two corners, or a corner and the middle of a piece.

With D the least of the chords between corners, and of the distances of corners from planes where they stand beside the piece:
the way over the surface is no shorter than a chord of D says. And it is no longer than a chord of D (1 + (0.0034 + D / 2r)² / 2)
says, because beside a plane the surface falls away by D² / 2r and is tilted by at most 0.0034 (the ellipsoid's normal
against the ray from the centre). A millimetre is taken off the lower bound: for rounding, and for points that stand a little beside
the end of a piece though not of the chord under it (thousandths of a millimetre). `ellipsoid` turns chords into bounds of geodesics. For D of 1 km the bounds are a centimetre
apart, for 20 km 0.3 m. What is too close to call is settled by `exact`.

*The same on every node.* No view or projection is chosen that would depend on who asks. Every number is made by single IEEE operations,
element by element, the same for either side of a pair, and minima do not depend on order. So the bounds of a pair are the same
bits, whoever asks, and beside whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from parley.geo import ellipsoid
from parley.geo.ellipsoid import Floats
from parley.geo.shapes import ALONG, AXIS, BEGIN, NORMAL, POINT, SIDE_OF_AXIS, CoreKind, Shape

MAX_CELLS = 1 << 20
"""At most so many pairs of corners are looked at at once, beyond the first pair of areas."""

_TILT = 0.0034
_SECOND_ORDER_M = 0.001

Flags = NDArray[np.bool_]


def separations(one: Shape, others: Sequence[Shape]) -> tuple[Floats, Floats]:
    """Lower and upper bounds in metres of the distance from the core of `one` to each of the others'; 0 where they meet.

    No two corners are further than 90 degrees apart. The slack of the shapes is not counted.
    """
    rows = [other.rows for other in others]
    counts = [each.shape[1] for each in rows]
    if sum(counts) * one.rows.shape[1] <= MAX_CELLS:
        planes = _planes(one, rows, counts)
    else:
        batches = [slice(*ends) for ends in pairwise(_ends(counts, MAX_CELLS // one.rows.shape[1]))]
        planes = np.concatenate([_planes(one, rows[batch], counts[batch]) for batch in batches])
    return np.maximum(ellipsoid.shortest(planes) - _SECOND_ORDER_M, 0.0), upper(planes)


def upper(planes: Floats) -> Floats:
    """The longest that a geodesic can be over a distance D as above."""
    tilt = _TILT + planes / (2 * ellipsoid.LEAST_RADIUS_M)
    return ellipsoid.longest(planes * (1 + tilt * tilt / 2))


def _ends(counts: Sequence[int], most: int) -> list[int]:
    """Where to cut, so that the counts of a run add up to no more than `most`, or the run is of one."""
    ends, total = [0], 0
    for number, count in enumerate(counts):
        if total and total + count > most:
            ends.append(number)
            total = 0
        total += count
    return [*ends, len(counts)]


def _planes(one: Shape, rows: Sequence[Floats], counts: Sequence[int]) -> Floats:
    """D of each pair, 0 where they meet. Rows are the corners of `one`; columns are the others', one after another."""
    all_rows = np.concatenate(rows, axis=1)
    firsts = np.array([0, *accumulate(counts[:-1])])
    mine, theirs = one.rows[:, :, None], all_rows[:, None, :]
    x, y, z = mine[0] - theirs[0], mine[1] - theirs[1], mine[2] - theirs[2]
    chords = x * x + y * y + z * z
    side = _dot(theirs[NORMAL], mine)
    nearest = np.minimum(chords, _beside(theirs, mine, side))
    met = _odd(all_rows, side[0], _dot(all_rows[AXIS], one.rows[:, 0]), firsts)
    if one.kind is not CoreKind.POINT:
        side_of_mine = _dot(mine[NORMAL], theirs)
        nearest = np.minimum(nearest, _beside(mine, theirs, side_of_mine))
        crossed = np.zeros(all_rows.shape[1], dtype=bool)
        crossing = (side[:-1, :-1] * side[1:, :-1] < 0) & (side_of_mine[:-1, :-1] * side_of_mine[:-1, 1:] < 0)
        crossed[:-1] = np.logical_or.reduce(crossing, axis=0)
        met |= np.logical_or.reduceat(crossed, firsts)
        if one.kind is CoreKind.AREA:
            points = all_rows[POINT].take(firsts, axis=1)[:, None, :]
            met |= _odd_each(one.rows, side_of_mine.take(firsts, axis=1), _dot(mine[AXIS], points))
    least = np.sqrt(np.minimum.reduceat(np.minimum.reduce(nearest, axis=0), firsts))
    least[met] = 0.0
    return least


def _beside(pieces: Floats, points: Floats, side: Floats) -> Floats:
    """The square of the distance from a piece's plane, for points that stand beside the piece; else infinite."""
    along = _dot(pieces[ALONG], points)
    along -= pieces[BEGIN]
    return np.where((along > 0) & (along < 1), side * side, np.inf)


def _odd(rows: Floats, side: Floats, of_axis: Floats, firsts: NDArray[np.int64]) -> Flags:
    """Of each ring, whether the arc from a point to the ring's axis crosses it an odd number of times.

    Args:
        side: on which side of each piece the point lies; nothing but 0 for what is no ring's.
        of_axis: on which side of the arc each corner lies.
    """
    right = of_axis > 0
    crossed = np.zeros(len(right), dtype=bool)
    crossed[:-1] = _crossed(right[:-1], right[1:], side[:-1], rows[SIDE_OF_AXIS, :-1])
    return np.asarray(np.logical_xor.reduceat(crossed, firsts))


def _odd_each(rows: Floats, side: Floats, of_axis: Floats) -> Flags:
    """The same for one ring, and each of many points."""
    right = of_axis > 0
    crossed = _crossed(right[:-1], right[1:], side[:-1], rows[SIDE_OF_AXIS, :-1, None])
    return np.asarray(np.logical_xor.reduce(crossed, axis=0))


def _crossed(right: Flags, next_right: Flags, side: Floats, side_of_axis: Floats) -> Flags:
    """Whether a piece is crossed by the arc from a point to the axis; if by the arc's far side, the signs do not agree."""
    onto_right = ~right & next_right & (side > 0) & (side_of_axis < 0)
    return onto_right | (right & ~next_right & (side < 0) & (side_of_axis > 0))


def _dot(rows: Floats, points: Floats) -> Floats:
    return np.asarray(rows[0] * points[0] + rows[1] * points[1] + rows[2] * points[2])
