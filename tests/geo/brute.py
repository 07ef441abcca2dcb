"""The pair test against slow references that share nothing with it but the definitions.

*Space*: every edge is sampled densely along its geodesic by PROJ, the samples are projected by PROJ's azimuthal equidistant projection
around the group, and GEOS measures. *Heights*: worlds are drawn at random (how high the ground is, where sea level lies against the
ellipsoid, what the pressure does), every limit is turned into metres above the ellipsoid in each, and bands are compared
there; what is near in any world must not be called clear. *Time*: as integers.

A group is a number of shapes around one site: of metres, of kilometres or of hundreds of kilometres; all its pairs are compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyproj
import shapely

from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height
from parley.geo.shapes import Circle, Corridor, Outline, Polygon
from parley.geo.verdict import Buffers, Relation, Status, compare_many
from parley.geo.volumes import Volume4D
from tests.geo import shapes

GROUP = 20
SAMPLES = 24
WORLDS = 12
SCALES = (
    (60_000.0, 1_000.0, 20_000.0),
    (60_000.0, 1_000.0, 20_000.0),
    (3_000.0, 20.0, 800.0),
    (900_000.0, 20_000.0, 300_000.0),
)
GEOD = pyproj.Geod(ellps="WGS84")


@dataclass
class Outcome:
    """How many pairs were compared, how many of each status, and what was wrong."""

    pairs: int = 0
    statuses: dict[Status, int] = field(default_factory=dict)
    false_clear: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def compare_groups(seed: int, pairs: int) -> Outcome:
    """Compare so many pairs, or a few more."""
    outcome = Outcome()
    number = 0
    while outcome.pairs < pairs:
        _group(random.Random(f"{seed}/{number}"), outcome, f"seed {seed} group {number}")
        number += 1
    return outcome


def _group(dice: random.Random, outcome: Outcome, name: str) -> None:
    site = dice.choice(shapes.SITES)
    spread, least, most = dice.choice(SCALES)
    volumes = [shapes.volume(dice, site, spread, least, most) for _ in range(GROUP)]
    buffers = Buffers(dice.choice([0, most / 5]), dice.choice([0, 3_600_000]), dice.choice([0, 500]))
    geometries, radii = geometries_of([volume.outline for volume in volumes], site)
    # the projection stretches by (angle)^2 / 6 at most; two thousandths of a metre is what the product says of itself
    far = 2 * spread + 4 * most
    stretch = (far / 6.33e6) ** 2 / 5 + 1e-6
    worlds = list(_worlds(dice))
    for one, volume in enumerate(volumes):
        verdicts = compare_many(volume, volumes, buffers)
        planar = shapely.distance(geometries[one], geometries)
        for other, verdict in enumerate(verdicts):
            gap = float(planar[other]) - radii[one] - radii[other]
            slack = (
                0.02
                + volume.shape.slack_m
                + volumes[other].shape.slack_m
                + stretch * float(planar[other])
                + most * 2e-7
            )
            _judge(f"{name} pair {one}/{other}", outcome, volume, volumes[other], verdict, gap, slack, buffers, worlds)
            outcome.pairs += 1
            outcome.statuses[verdict.status] = outcome.statuses.get(verdict.status, 0) + 1


def _judge(name, outcome, one, other, verdict, gap, slack, buffers, worlds) -> None:  # type: ignore[no-untyped-def]
    """Compare a verdict with what the references say of the pair."""
    if verdict.space is Relation.APART and gap < buffers.distance_m - slack:
        outcome.false_clear.append(f"{name}: {gap} m apart, called {verdict}")
    if (verdict.space is not Relation.APART and gap > buffers.distance_m + slack) or (
        verdict.space is Relation.OVERLAPS and gap > slack
    ):
        outcome.wrong.append(f"{name}: {gap} m apart, called {verdict}")
    if (
        verdict.space is not Relation.OVERLAPS
        and abs(verdict.distance_m - max(gap, 0)) > slack + verdict.distance_error_m
    ):
        outcome.wrong.append(f"{name}: {gap} m apart, said to be {verdict.distance_m}")
    time_gap = max(one.time_start_ms, other.time_start_ms) - min(one.time_end_ms, other.time_end_ms)
    if verdict.time_gap_ms != time_gap or (verdict.time is Relation.APART) is not (time_gap > buffers.time_ms):
        outcome.false_clear.append(f"{name}: times {time_gap} ms apart, called {verdict}")
    bands = [(_band(one, world), _band(other, world)) for world in worlds]
    # a world in which a band would be upside down is none in which both volumes are
    gaps = [max(a[0] - b[1], b[0] - a[1]) for a, b in bands if a[0] < a[1] and b[0] < b[1]]
    if verdict.height is Relation.APART and gaps and min(gaps) < buffers.height_m - 1e-6:
        outcome.false_clear.append(f"{name}: heights {min(gaps)} m apart in some world, called {verdict}")
    if verdict.height is Relation.OVERLAPS and gaps and max(gaps) > 1e-6:
        outcome.wrong.append(f"{name}: heights {max(gaps)} m apart in some world, called {verdict}")
    if verdict.status is Status.CLEAR and Relation.APART not in (verdict.space, verdict.time, verdict.height):
        outcome.false_clear.append(f"{name}: clear without a reason: {verdict}")


def _worlds(dice: random.Random) -> Iterator[dict[Datum, float]]:
    """Where the zero of each datum lies above the ellipsoid, in metres."""
    for _ in range(WORLDS):
        geoid = dice.uniform(-106, 85)
        ground = geoid + dice.choice([0, dice.uniform(-400, 8000)])
        yield {Datum.WGS84: 0.0, Datum.AMSL: geoid, Datum.AGL: ground, Datum.FL: geoid + dice.uniform(-1000, 1000)}


def _band(volume: Volume4D, world: dict[Datum, float]) -> tuple[float, float]:
    """A band in metres above the ellipsoid."""

    def level(limit: Height | None, without: float) -> float:
        return without if limit is None else world[limit.datum] + limit.centimetres / 100

    return level(volume.altitude_lower, -1e9), level(volume.altitude_upper, 1e9)


def geometries_of(outlines: list[Outline], site: Position) -> tuple[np.ndarray, list[float]]:
    """Cores around a site as GEOS geometries in metres, and how far each area goes beyond its core."""
    latitude, longitude = site.degrees
    to_plane = pyproj.Proj(proj="aeqd", lat_0=latitude, lon_0=longitude, ellps="WGS84")
    found, radii = [], []
    for one in outlines:
        match one:
            case Circle(centre, radius_m):
                found.append(shapely.Point(*to_plane(centre.degrees[1], centre.degrees[0])))
                radii.append(float(radius_m))
            case Polygon(corners):
                found.append(shapely.Polygon(_sampled([*corners, corners[0]], to_plane)))
                radii.append(0.0)
            case Corridor(points, width_m):
                found.append(shapely.LineString(_sampled(points, to_plane)))
                radii.append(width_m / 2)
    return np.array(found), radii


def _sampled(points, to_plane) -> np.ndarray:  # type: ignore[no-untyped-def]
    degrees = np.array([point.degrees for point in points])
    bearings, _, lengths = GEOD.inv(degrees[:-1, 1], degrees[:-1, 0], degrees[1:, 1], degrees[1:, 0])
    share = np.arange(SAMPLES) / SAMPLES
    count = len(bearings)
    lon, lat, _ = GEOD.fwd(
        np.repeat(degrees[:-1, 1], SAMPLES), np.repeat(degrees[:-1, 0], SAMPLES), np.repeat(bearings, SAMPLES),
        (lengths[:, None] * share[None, :]).reshape(count * SAMPLES),
    )  # fmt: skip
    x, y = to_plane(np.append(lon, degrees[-1, 1]), np.append(lat, degrees[-1, 0]))
    return np.column_stack([x, y])
