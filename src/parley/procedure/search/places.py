"""Places on the globe: cells by which they are found, and distances.

Cells are squares of latitude and longitude in four sizes, `CELL_E7`. A shape is found by the cells it covers in every size
in which these are few, and in its finest such size it is marked besides: who looks with smaller cells looks there too. Cells
only choose whom to measure. Distances are great circles on a sphere of the mean radius (IUGG, 6,371.0088 km): at most 0.56 %
from those on the WGS 84 ellipsoid, and no more is asked of a search. An area's distance is to its edge, 0 inside; the edges of
a polygon are taken as straight on a plane about the centre of the search.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

EARTH_M = 6_371_008.8
DEGREE_E7 = 10_000_000
CELL_E7 = (100_000_000, 10_000_000, 1_000_000, 100_000)
"""Sides of cells in 1e-7 degree: 10, 1, 0.1 and 0.01 degrees, about 1,100 km to 1.1 km."""
FEW_CELLS = 16
MAX_RADIUS_M = 5_000_000
_ROUND_E7 = 3_600_000_000
_LATITUDES_E7 = 1_800_000_000
_M_PER_E7 = math.radians(1 / DEGREE_E7) * EARTH_M

Shape: TypeAlias = "tuple[int, ...]"
"""``(lat, lon)``, a circle ``(lat, lon, radius_m)``, or a polygon ``(lat, lon, lat, lon, lat, lon, …)``; 1e-7 degree."""


def shape_of(value: object) -> Shape | None:
    """The shape that a place or an area field holds."""
    match value:
        case [int() as latitude, int() as longitude, *_]:
            return latitude, longitude
        case {"circle": [int() as latitude, int() as longitude, int() as radius_m]}:
            return latitude, longitude, radius_m
        case {"polygon": [*corners]}:
            flat = [part for corner in corners if isinstance(corner, Sequence) for part in corner]
            return tuple(part for part in flat if isinstance(part, int))
    return None


def cells_of(shape: Shape) -> set[str]:
    """The words by which a shape is found."""
    box = _box(shape)
    found: set[str] = set()
    for size in range(len(CELL_E7)):
        cells = _cover(box, size)
        if len(cells) > FEW_CELLS and size > 0:
            break
        found |= {f"g{size}{cell}" for cell in cells}
        finest, marked = size, cells
    return found | ({f"h{finest}{cell}" for cell in marked} if finest < len(CELL_E7) - 1 else set())


def cells_around(latitude: int, longitude: int, radius_m: int) -> set[str]:
    """The words of which one at least belongs to every shape within `radius_m` of a place."""
    box = _box((latitude, longitude, radius_m))
    size = max((one for one in range(len(CELL_E7)) if len(_cover(box, one)) <= FEW_CELLS), default=0)
    found = {f"g{size}{cell}" for cell in _cover(box, size)}
    for coarser in range(size):
        found |= {f"h{coarser}{cell}" for cell in _cover(box, coarser)}
    return found


def distance_m(latitude: int, longitude: int, shape: Shape) -> float:
    """How far a shape is from a place, in m."""
    if len(shape) == 2:
        return _great_circle_m(latitude, longitude, shape[0], shape[1])
    if len(shape) == 3:
        return max(0.0, _great_circle_m(latitude, longitude, shape[0], shape[1]) - shape[2])
    return _polygon_m(latitude, longitude, shape)


def nearest_m(latitude: int, longitude: int, shapes: Iterable[Shape]) -> float:
    """How far the nearest of some shapes is, in m; infinite where there is none."""
    return min((distance_m(latitude, longitude, one) for one in shapes), default=math.inf)


def _great_circle_m(lat_a: int, lon_a: int, lat_b: int, lon_b: int) -> float:
    phi_a, phi_b = math.radians(lat_a / DEGREE_E7), math.radians(lat_b / DEGREE_E7)
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians((lon_b - lon_a) / DEGREE_E7) / 2
    haversine = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, haversine)))


def _polygon_m(latitude: int, longitude: int, shape: Shape) -> float:
    """On a plane about the place: metres east and north of it."""
    east = math.cos(math.radians(latitude / DEGREE_E7)) * _M_PER_E7
    corners = [
        ((shape[at + 1] - longitude + _ROUND_E7 // 2) % _ROUND_E7 * east - _ROUND_E7 // 2 * east, (shape[at] - latitude) * _M_PER_E7)
        for at in range(0, len(shape) - 1, 2)
    ]  # fmt: skip
    inside, nearest = False, math.inf
    for (x_a, y_a), (x_b, y_b) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (y_a > 0) != (y_b > 0) and x_a + (x_b - x_a) * -y_a / (y_b - y_a) > 0:
            inside = not inside
        nearest = min(nearest, _segment_m(x_a, y_a, x_b, y_b))
    return 0.0 if inside else nearest


def _segment_m(x_a: float, y_a: float, x_b: float, y_b: float) -> float:
    """Distance of the origin from a segment."""
    x, y = x_b - x_a, y_b - y_a
    length = x * x + y * y
    along = min(1.0, max(0.0, -(x_a * x + y_a * y) / length)) if length else 0.0
    return math.hypot(x_a + along * x, y_a + along * y)


def _box(shape: Shape) -> tuple[int, int, int, int]:
    """South, west, north, east, in 1e-7 degree; east may lie beyond 180 degrees."""
    if len(shape) > 3:
        latitudes, longitudes = shape[::2], shape[1::2]
        west, east = min(longitudes), max(longitudes)
        if east - west > _ROUND_E7 // 2:  # the short way leads over the line where dates change
            turned = [one % _ROUND_E7 for one in longitudes]
            west, east = min(turned), max(turned)
        return min(latitudes), west, max(latitudes), east
    latitude, longitude, radius_m = (*shape, 0)[:3]
    high = math.ceil(radius_m / _M_PER_E7)
    south, north = latitude - high, latitude + high
    if max(-south, north) >= _LATITUDES_E7 // 2:  # a pole is in it, and so is every longitude
        wide = _ROUND_E7 // 2
    else:
        ratio = math.sin(min(radius_m / EARTH_M, math.pi / 2)) / math.cos(math.radians(latitude / DEGREE_E7))
        wide = math.ceil(math.degrees(math.asin(min(1.0, ratio))) * DEGREE_E7)
    return max(south, -_LATITUDES_E7 // 2), longitude - wide, min(north, _LATITUDES_E7 // 2), longitude + wide


def _cover(box: tuple[int, int, int, int], size: int) -> list[str]:
    """Cells that a box touches, in a size; more than `FEW_CELLS` of the finer sizes are not all told."""
    side = CELL_E7[size]
    south, west, north, east = box
    rows = range((south + _LATITUDES_E7 // 2) // side, (north + _LATITUDES_E7 // 2) // side + 1)
    first, last = (west + _ROUND_E7 // 2) // side, (east + _ROUND_E7 // 2) // side
    around = _ROUND_E7 // side
    columns = range(first, min(last, first + around - 1) + 1)
    if size > 0 and len(rows) * len(columns) > FEW_CELLS:
        return [""] * (FEW_CELLS + 1)
    return sorted({f"x{row}x{column % around}" for row in rows for column in columns})
