"""How far apart the cores of areas are: bounds that hold, found for many pairs at once.

Two points: the chord, and what it says of the geodesic (`ellipsoid`). Otherwise the pair is seen in the central projection
(`plane`) from above the direction halfway between its middles. There pieces are straight lines, so whether the cores cross, or
one lies within the other, is read off; if so they are 0 m apart. If not, let D be their distance on the plane. On the way
between them the surface is never further than ψ from the middle of the view (as seen from the Earth's centre), with

    ψ ≤ (0.51 d + min(e, f) + 1.01 D) / r        d: middles apart; e, f: extents of the cores; r: least radius of curvature

since a shorter way, if there were one, could leave neither core by more than its own length. Within ψ a metre of the plane is
at most (1 + k ψ)(1 + 6e-6) m of the surface and at least (1 - k ψ)(1 - ψ²) m: cos²ψ is the radial stretching of a
central projection, k = 0.0034 bounds how fast the distance from the Earth's centre changes, and 6e-6 is the surface's slant
against the sphere's. So (1 - k ψ)(1 - ψ²) D ≤ distance ≤ (1 + k ψ)(1 + 6e-6) D: for areas of 20 km a few metres at most,
for near ones centimetres. What is too close to call is settled by `exact`.

*The same on every node.* The view is the pair's own and the same from either side; every number is made by single IEEE operations,
element by element, and minima do not depend on order. So bounds are the same bits, whoever asks, and beside whom.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parley.geo import ellipsoid
from parley.geo.ellipsoid import Floats
from parley.geo.shapes import CoreKind, Shape

MAX_CELLS = 1 << 20
"""At most so many edge-corner pairs are looked at at once, beyond the first pair."""

_CLIMB = 0.0034
_SLANT = 6e-6
_HALF = 0.51
_LONGER = 1.01

Flags = NDArray[np.bool_]


def separations(one: Shape, others: Sequence[Shape]) -> tuple[Floats, Floats]:
    """Lower and upper bounds in metres of the distance from the core of `one` to each of the others', slack not counted.

    The middles of each pair are at most three times `MAX_REACH_M` apart: what is further is clear by its reach alone.
    """
    low, high = np.empty(len(others)), np.empty(len(others))
    points = np.array([other.kind is CoreKind.POINT for other in others], dtype=bool)
    if one.kind is not CoreKind.POINT:
        points[:] = False
    if points.any():
        at = np.flatnonzero(points)
        chords = _chords(one, np.array([others[i].centre for i in at.tolist()]))
        low[at], high[at] = ellipsoid.shortest(chords), ellipsoid.longest(chords)
    for at in _batches(one, others, np.flatnonzero(~points).tolist()):
        low[at], high[at] = _on_planes(one, [others[i] for i in at])
    return low, high


def _batches(one: Shape, others: Sequence[Shape], numbers: list[int]) -> list[list[int]]:
    """The numbers, cut into runs whose work fits into `MAX_CELLS`."""
    width = one.points.shape[1]
    if sum(others[i].points.shape[1] for i in numbers) * width <= MAX_CELLS:
        return [numbers] if numbers else []
    batches: list[list[int]] = []
    cells = MAX_CELLS
    for i in numbers:
        size = others[i].points.shape[1] * width
        if cells + size > MAX_CELLS:
            batches.append([])
            cells = 0
        batches[-1].append(i)
        cells += size
    return batches


def _chords(one: Shape, centres: Floats) -> Floats:
    x, y, z = centres[:, 0] - one.centre[0], centres[:, 1] - one.centre[1], centres[:, 2] - one.centre[2]
    return np.sqrt(x * x + y * y + z * z)


def _on_planes(one: Shape, others: Sequence[Shape]) -> tuple[Floats, Floats]:
    pairs = _Pairs(one, others)
    planar = np.sqrt(pairs.nearest())
    extents = np.array([other.extent_m for other in others])
    apart = ellipsoid.longest(_chords(one, np.array([other.centre for other in others])))
    return bounds(planar, apart, np.minimum(extents, one.extent_m))


def bounds(planar: Floats, apart: Floats, extent: Floats) -> tuple[Floats, Floats]:
    """What distances on the plane say of those on the surface: at least, at most."""
    psi = (_HALF * apart + extent + _LONGER * planar) / ellipsoid.LEAST_RADIUS_M
    low = planar * np.maximum((1 - _CLIMB * psi) * (1 - psi * psi), 0)
    return low, planar * (1 + _CLIMB * psi) * (1 + _SLANT)


class _Pairs:
    """One area and others, each pair in its own view. `v` runs over all points of the others, `e` over their edges."""

    def __init__(self, one: Shape, others: Sequence[Shape]) -> None:
        counts = np.array([other.points.shape[1] for other in others])
        self._firsts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        self._owner_v = np.repeat(np.arange(len(others)), counts)
        points = np.concatenate([other.points for other in others], axis=1)
        basis, radius = _views(one, np.array([other.centre for other in others]).T)
        seen = basis[:, :, self._owner_v] * points
        seen = seen[:, 0] + seen[:, 1] + seen[:, 2]
        self._v = seen[:2] * (radius[self._owner_v] / seen[2])
        mine = basis[:, :, :, None] * one.points[None, :, None, :]
        mine = mine[:, 0] + mine[:, 1] + mine[:, 2]
        self._q = mine[:2] * (radius[:, None] / mine[2])
        kinds = np.array([other.kind for other in others])
        starts = self._owner_v[:-1] == self._owner_v[1:]
        self._e = np.flatnonzero(starts)
        self._owner_e = self._owner_v[self._e]
        self._rings = kinds == CoreKind.AREA
        self._ring = one.kind is CoreKind.AREA
        self._count = len(others)
        self._edge_counts = counts - 1

    def distances(self) -> tuple[Floats, Floats, Flags]:
        """Squares of plane distances: of the one's points to edges (e, points), of points to the one's edges (v, edges).

        And of each other, whether the two cross or one lies within the other.
        """
        start, span = self._v[:, self._e], self._v[:, self._e + 1] - self._v[:, self._e]
        mine = self._q[:, self._owner_e, :] if self._count > 1 else self._q
        to_edges, side_e = _to_lines(
            mine[0], mine[1], start[0][:, None], start[1][:, None], span[0][:, None], span[1][:, None]
        )
        from_q = self._q[:, :, :-1]
        span_q = self._q[:, :, 1:] - from_q
        if self._count > 1:
            from_q, span_q = from_q[:, self._owner_v, :], span_q[:, self._owner_v, :]
        to_mine, side_v = _to_lines(
            self._v[0][:, None], self._v[1][:, None], from_q[0], from_q[1], span_q[0], span_q[1]
        )
        met = self._within(start, span, mine, side_e) | self._within_mine(from_q, span_q, side_v)
        if len(self._e) and side_v.shape[1]:
            crossed = (side_e[:, :-1] * side_e[:, 1:] < 0) & (side_v[self._e] * side_v[self._e + 1] < 0)
            met[self._owner_e[crossed.any(axis=1)]] = True
        return to_edges, to_mine, met

    def nearest(self) -> Floats:
        """The square of each pair's distance on its plane."""
        to_edges, to_mine, met = self.distances()
        best = np.full(self._count, np.inf)
        if len(self._e):
            has = self._edge_counts > 0
            offsets = (np.cumsum(self._edge_counts) - self._edge_counts)[has]
            best[has] = np.minimum.reduceat(to_edges.min(axis=1), offsets)
        if to_mine.shape[1]:
            best = np.minimum(best, np.minimum.reduceat(to_mine.min(axis=1), self._firsts))
        best[met] = 0.0
        return best

    def _within(self, start: Floats, span: Floats, mine: Floats, side: Floats) -> Flags:
        """Whether the one's first point lies within each of the others."""
        met = np.zeros(self._count, dtype=bool)
        if not self._rings.any():
            return met
        wound = _winding(start[1], start[1] + span[1], mine[1, :, 0], side[:, 0])
        turns = np.bincount(self._owner_e, weights=wound, minlength=self._count)
        return (turns != 0) & self._rings

    def _within_mine(self, start: Floats, span: Floats, side: Floats) -> Flags:
        """Whether the first point of each of the others lies within the one."""
        if not self._ring:
            return np.zeros(self._count, dtype=bool)
        at = self._firsts
        if self._count > 1:
            start, span = start[:, at, :], span[:, at, :]
        wound = _winding(start[1], start[1] + span[1], self._v[1, at][:, None], side[at])
        return np.asarray(wound.sum(axis=1) != 0)


def _views(one: Shape, centres: Floats) -> tuple[Floats, Floats]:
    """The views of each pair: unit vectors across, along, up of shape (3, 3, pairs), and metres to the surface."""
    mid = np.array(one.centre)[:, None] + centres
    n = mid / np.sqrt(mid[0] * mid[0] + mid[1] * mid[1] + mid[2] * mid[2])
    level = np.abs(n[2]) < 0.9
    a = np.where(level, -n[1], 0.0)
    b = np.where(level, n[0], -n[2])
    c = np.where(level, 0.0, n[1])
    size = np.sqrt(a * a + b * b + c * c)
    a, b, c = a / size, b / size, c / size
    basis = np.array([[a, b, c], [n[1] * c - n[2] * b, n[2] * a - n[0] * c, n[0] * b - n[1] * a], n])
    return basis, ellipsoid.surface_radius(n[0], n[1], n[2])


def _to_lines(px: Floats, py: Floats, ax: Floats, ay: Floats, dx: Floats, dy: Floats) -> tuple[Floats, Floats]:
    """Squares of the distances of points to pieces that start at a and go by d; and on which side each point is."""
    ux, uy = px - ax, py - ay
    t = (ux * dx + uy * dy) / (dx * dx + dy * dy)
    np.clip(t, 0.0, 1.0, out=t)
    rx, ry = ux - t * dx, uy - t * dy
    return rx * rx + ry * ry, dx * uy - dy * ux


def _winding(from_y: Floats, to_y: Floats, y: Floats, side: Floats) -> NDArray[np.int64]:
    """Of each edge, how it goes round a point: +1 as it passes upwards on the right, -1 downwards."""
    below, above = from_y <= y, to_y <= y
    up = below & ~above & (side > 0)
    down = ~below & above & (side < 0)
    return up.astype(np.int64) - down
