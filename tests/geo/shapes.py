"""Random volumes for the tests and the bench: circles, polygons and corridors around a place, at any latitude."""

from __future__ import annotations

import random

from parley.geo.ellipsoid import Position, along
from parley.geo.heights import Datum, Height
from parley.geo.shapes import Circle, Corridor, Outline, Polygon
from parley.geo.volumes import Volume4D

SITES = (
    Position.at(33.1, 35.8), Position.at(0, 0), Position.at(-45, 179.9), Position.at(60, -179.95), Position.at(89.95, 10),
    Position.at(-89.99, -120), Position.at(90, 0), Position.at(12, 180), Position.at(-33, 90), Position.at(71, -25),
)  # fmt: skip


def outline(dice: random.Random, near: Position, spread_m: float, least_m: float, most_m: float) -> Outline:
    """A circle, a star of 3 to 9 corners, or a corridor."""
    centre = along(near, dice.uniform(0, 360), dice.uniform(0, spread_m))
    size = dice.uniform(least_m, most_m)
    kind = dice.random()
    if kind < 0.35:
        return Circle(centre, round(size))
    if kind < 0.75:
        return star(dice, centre, size)
    points = [along(centre, dice.uniform(0, 360), size * dice.uniform(0.2, 1)) for _ in range(dice.randint(2, 4))]
    return Corridor(tuple(dict.fromkeys(points)), max(1, round(size * dice.uniform(0.02, 0.3))))


def star(dice: random.Random, centre: Position, size_m: float) -> Polygon:
    """A polygon that does not cross itself: its corners go round its centre."""
    count = dice.randint(3, 9)
    turn = dice.uniform(0, 360)
    bearings = [turn + 360 * (k + dice.uniform(0, 0.8)) / count for k in range(count)]
    return Polygon(tuple(along(centre, bearing, size_m * dice.uniform(0.3, 1)) for bearing in bearings))


def band(dice: random.Random) -> tuple[Height | None, Height | None]:
    """A band in metres or feet, of one datum or two, perhaps open."""
    datum = dice.choice([Datum.AMSL, Datum.AMSL, Datum.AGL, Datum.WGS84, Datum.FL])
    unit = dice.choice([100.0, 30.48])
    lower = dice.randrange(0, 3000, 10)
    upper = lower + dice.randrange(50, 2000, 10)
    floor = None if dice.random() < 0.15 else Height(round(lower * unit), datum)
    other = dice.choice(list(Datum)) if dice.random() < 0.15 else datum
    ceiling = None if dice.random() < 0.15 else Height(round(upper * unit), other)
    return floor, ceiling


def volume(dice: random.Random, near: Position, spread_m: float, least_m: float, most_m: float) -> Volume4D:
    """A volume within a day."""
    start = 1_800_000_000_000 + dice.randrange(0, 10 * 3_600_000, 60_000)
    end = start + dice.randrange(60_000, 8 * 3_600_000, 60_000)
    return Volume4D.trusted(outline(dice, near, spread_m, least_m, most_m), *band(dice), start, end)
