"""Random notices for measuring: circles and polygons of 1 to 20 km in 500 x 500 km, within 30 days, 1,000 to 10,000 ft high."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from parley.geo.ellipsoid import Position
from parley.geo.heights import FOOT_CM, Datum, Height
from parley.geo.shapes import Circle, Outline, Polygon
from parley.geo.volumes import Volume4D

MIDDLE = Position.at(33.0, 36.0)
SIDE_M = 500_000.0
BEGIN_MS = 1_800_000_000_000
DAYS = 30
_DEGREE_M = 111_000.0


def volumes(seed: int, count: int) -> Iterator[Volume4D]:
    """So many notices of one volume each, always the same ones."""
    dice = random.Random(seed)
    return (_volume(dice) for _ in range(count))


def _volume(dice: random.Random) -> Volume4D:
    floor_ft, height_ft = dice.uniform(0, 30_000), dice.uniform(1_000, 10_000)
    start = BEGIN_MS + dice.randrange(DAYS * 86_400_000)
    lower, upper = (Height(round(feet * FOOT_CM), Datum.AMSL) for feet in (floor_ft, floor_ft + height_ft))
    return Volume4D.trusted(_outline(dice), lower, upper, start, start + round(dice.uniform(0.5, 12) * 3_600_000))


def _outline(dice: random.Random) -> Outline:
    north, east = dice.uniform(-SIDE_M / 2, SIDE_M / 2), dice.uniform(-SIDE_M / 2, SIDE_M / 2)
    size = dice.uniform(1_000, 20_000)
    if dice.random() < 0.5:
        return Circle(_moved(north, east), round(size))
    bearings = sorted(dice.uniform(0, 2 * math.pi) for _ in range(7))
    reach = [size * dice.uniform(0.5, 1) for _ in bearings]
    return Polygon(tuple(
        _moved(north + r * math.cos(b), east + r * math.sin(b)) for r, b in zip(reach, bearings, strict=True)
    ))  # fmt: skip


def _moved(north_m: float, east_m: float) -> Position:
    latitude, longitude = MIDDLE.degrees
    latitude += north_m / _DEGREE_M
    return Position.at(latitude, longitude + east_m / _DEGREE_M / math.cos(math.radians(latitude)))
