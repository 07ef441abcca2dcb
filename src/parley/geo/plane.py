"""A flat view of a part of the Earth: the central projection, in which pieces of great ellipses are straight lines.

Points are projected from the Earth's centre onto a plane that stands upright on the ray to a middle. What crosses or encloses
what can be read off it without error, at the poles and the 180th meridian as anywhere; lengths are true in the middle only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from parley.geo import ellipsoid
from parley.geo.ellipsoid import Floats, Point, Position

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Plane:
    """The view from above a middle: unit vectors east-ish, north-ish and up, and metres to the surface there."""

    across: Point
    along: Point
    up: Point
    radius_m: float

    @classmethod
    def at(cls, centre: Point) -> Plane:
        """The view from above a point of the surface."""
        radius = math.sqrt(centre[0] ** 2 + centre[1] ** 2 + centre[2] ** 2)
        x, y, z = centre[0] / radius, centre[1] / radius, centre[2] / radius
        if abs(z) < 0.9:
            size = math.sqrt(x * x + y * y)
            across = (-y / size, x / size, 0.0)
        else:
            size = math.sqrt(y * y + z * z)
            across = (0.0, -z / size, y / size)
        along = (
            y * across[2] - z * across[1],
            z * across[0] - x * across[2],
            x * across[1] - y * across[0],
        )
        return cls(across, along, (x, y, z), radius)

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """Plane coordinates in metres of points of shape (3, n), all less than 90 degrees from the middle."""
        scale = self.radius_m / _dot(points, self.up)
        return _dot(points, self.across) * scale, _dot(points, self.along) * scale

    def surface(self, x: float, y: float) -> Position:
        """The place on the surface that is seen at plane coordinates."""
        across, along, up = self.across, self.along, self.up
        return ellipsoid.to_position((
            across[0] * x + along[0] * y + up[0] * self.radius_m,
            across[1] * x + along[1] * y + up[1] * self.radius_m,
            across[2] * x + along[2] * y + up[2] * self.radius_m,
        ))  # fmt: skip


def area(x: Floats, y: Floats) -> float:
    """What a closed ring encloses, in square metres of the plane."""
    middle_x, middle_y = x[0], y[0]
    twice = (x[:-1] - middle_x) * (y[1:] - middle_y) - (x[1:] - middle_x) * (y[:-1] - middle_y)
    return abs(math.fsum(twice.tolist())) / 2


def first_meeting(x: Floats, y: Floats) -> tuple[int, int, tuple[float, float]] | None:
    """The first two pieces of a closed ring that touch or cross, and where; neighbours may meet at their common end only."""
    count = len(x) - 1
    dx, dy = np.diff(x), np.diff(y)
    turned = dx * np.roll(dx, -1) + dy * np.roll(dy, -1)
    bent = dx * np.roll(dy, -1) - dy * np.roll(dx, -1)
    back = (turned < 0) & (np.abs(bent) <= 1e-9 * np.abs(turned))
    if back.any():
        first = int(np.flatnonzero(back)[0])
        return first, (first + 1) % count, (float(x[first + 1]), float(y[first + 1]))
    for start in range(0, count, _CHUNK):
        rows = slice(start, min(start + _CHUNK, count))
        ax, ay, bx, by = (v[rows, None] for v in (x[:-1], y[:-1], dx, dy))
        from_x, from_y = x[None, :] - ax, y[None, :] - ay
        side = bx * from_y - by * from_x  # of every point, as seen from the pieces of these rows
        straddles = side[:, :-1] * side[:, 1:] <= 0
        number = np.arange(rows.start, rows.stop)[:, None]
        other = np.arange(count)[None, :]
        apart = (other > number + 1) & ~((number == 0) & (other == count - 1))
        for one, two in np.argwhere(straddles & apart).tolist():
            met = _meeting(x, y, one + start, two)
            if met:
                return one + start, two, met
    return None


def _meeting(x: Floats, y: Floats, one: int, two: int) -> tuple[float, float] | None:
    """Where two pieces meet, ends included."""
    px, py, qx, qy = (float(v) for v in (x[one], y[one], x[two], y[two]))
    ax, ay = float(x[one + 1]) - px, float(y[one + 1]) - py
    bx, by = float(x[two + 1]) - qx, float(y[two + 1]) - qy
    bent = ax * by - ay * bx
    if abs(bent) <= 1e-12 * math.hypot(ax, ay) * math.hypot(bx, by):  # parallel: do they overlap?
        size = ax * ax + ay * ay
        off = (ax * (qy - py) - ay * (qx - px)) / math.sqrt(size)
        ends = sorted((ax * (qx + t * bx - px) + ay * (qy + t * by - py)) / size for t in (0.0, 1.0))
        if abs(off) > 1e-3 or ends[1] < 0 or ends[0] > 1:
            return None
        t = min(max(ends[0], 0.0), 1.0)
        return px + t * ax, py + t * ay
    t = ((qx - px) * by - (qy - py) * bx) / bent
    u = ((qx - px) * ay - (qy - py) * ax) / bent
    edge = 1e-9
    return (px + t * ax, py + t * ay) if -edge <= t <= 1 + edge and -edge <= u <= 1 + edge else None


def _dot(points: Floats, vector: Point) -> Floats:
    return np.asarray(points[0] * vector[0] + points[1] * vector[1] + points[2] * vector[2])
