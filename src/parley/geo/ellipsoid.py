"""The WGS 84 ellipsoid: places as Earth-centred points, and what a straight chord tells of the geodesic over it.

A place is a pair of integers of 1e-7 degree (about a centimetre), as everywhere in the record. Every node must find the same
conflicts, so what leads to a verdict uses only operations that IEEE 754 rounds alike on all machines (+ - * / and square
root): sines and cosines are a polynomial here and not the C library's, and arrays are never summed in an order that a
library chooses. The geodesics proper (Karney 2013) are GeographicLib's; they place the points in between on long edges,
which are then rounded to 1e-7 degree, and settle pairs too close to call.

*Chords.* Let c be the straight distance of two points of the surface and s the geodesic. The curvature of a geodesic lies
between 1/`GREATEST_RADIUS_M` and 1/`LEAST_RADIUS_M`, so by Schur's theorem s is at most 2 r asin(c / 2r) with the least
radius, and with the greatest radius that is a lower bound to within the torsion, for which a millionth is taken off.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeVar

import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

DEGREE_E7 = 10_000_000
QUARTER_E7 = 90 * DEGREE_E7
HALF_E7 = 180 * DEGREE_E7

EQUATORIAL_RADIUS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
POLAR_RADIUS_M = EQUATORIAL_RADIUS_M * (1 - FLATTENING)
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)
LEAST_RADIUS_M = POLAR_RADIUS_M * POLAR_RADIUS_M / EQUATORIAL_RADIUS_M
GREATEST_RADIUS_M = EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M / POLAR_RADIUS_M

_TORSION = 1e-6
_RADIAN_PER_E7 = math.pi / HALF_E7
_SIN = tuple((-1) ** k / math.factorial(2 * k + 1) for k in range(9, -1, -1))
_COS = tuple((-1) ** k / math.factorial(2 * k) for k in range(9, -1, -1))
_ASIN_REST = 0.1
"""asin u = u (1 + u²/6 + 3u⁴/40 + 5u⁶/112 + …), and what follows u²/6 is at most u⁴/10 where u² is at most 0.4."""
_BY_LEAST, _BY_GREATEST = 1 / (4 * LEAST_RADIUS_M**2), 1 / (4 * GREATEST_RADIUS_M**2)

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)
Point = tuple[float, float, float]
"""Earth-centred metres: x towards 0° E on the equator, y towards 90° E, z north."""


class Position(NamedTuple):
    """A place on WGS 84, in integers of 1e-7 degree, north and east positive."""

    latitude_e7: int
    longitude_e7: int

    @property
    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude_e7 / DEGREE_E7, self.longitude_e7 / DEGREE_E7

    @classmethod
    def at(cls, latitude: float, longitude: float) -> Position:
        """The nearest place to degrees; any longitude."""
        turned = round(longitude * DEGREE_E7)
        return cls(round(latitude * DEGREE_E7), (turned + HALF_E7) % (2 * HALF_E7) - HALF_E7)


def sine_cosine(angle_e7: int) -> tuple[float, float]:
    """Sine and cosine of an angle of 1e-7 degree, the same bits everywhere; exact at multiples of 90 degrees."""
    quarter, rest = divmod(angle_e7 + QUARTER_E7 // 2, QUARTER_E7)
    x = (rest - QUARTER_E7 // 2) * _RADIAN_PER_E7
    square = x * x
    sine = cosine = 0.0
    for s, c in zip(_SIN, _COS, strict=True):
        sine = sine * square + s
        cosine = cosine * square + c
    sine *= x
    match quarter % 4:
        case 0:
            return sine, cosine
        case 1:
            return cosine, -sine
        case 2:
            return -sine, -cosine
    return -cosine, sine


def to_point(place: Position) -> Point:
    """The Earth-centred point of a place on the surface."""
    sin_lat, cos_lat = sine_cosine(place.latitude_e7)
    sin_lon, cos_lon = sine_cosine(place.longitude_e7)
    normal = EQUATORIAL_RADIUS_M / math.sqrt(1 - ECCENTRICITY_2 * sin_lat * sin_lat)
    return (
        normal * cos_lat * cos_lon,
        normal * cos_lat * sin_lon,
        normal * (1 - ECCENTRICITY_2) * sin_lat,
    )


def to_position(point: Point) -> Position:
    """The place under which the ray from the Earth's centre through `point` leaves the surface."""
    x, y, z = point
    latitude = math.atan2(z, (1 - ECCENTRICITY_2) * math.hypot(x, y))
    return Position.at(math.degrees(latitude), math.degrees(math.atan2(y, x)))


def surface_radius(x: Floats, y: Floats, z: Floats) -> Floats:
    """Distance from the Earth's centre to the surface in the direction of unit vectors, in metres."""
    equatorial = (x * x + y * y) / (EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M)
    return 1 / np.sqrt(equatorial + z * z / (POLAR_RADIUS_M * POLAR_RADIUS_M))


def longest(chord: Number) -> Number:
    """The longest that a geodesic can be between points so many metres apart in a straight line (at most 8,000 km)."""
    u2 = chord * chord * _BY_LEAST
    return chord * (1 + u2 * (1 / 6 + u2 * _ASIN_REST))


def shortest(chord: Number) -> Number:
    """The shortest that a geodesic can be between points so many metres apart in a straight line."""
    u2 = chord * chord * _BY_GREATEST
    return chord * (1 + u2 * ((1 - _TORSION) / 6))


def chord(one: Point, other: Point) -> float:
    """Straight distance in metres."""
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return math.sqrt(x * x + y * y + z * z)


def distance_and_bearing(one: Position, other: Position) -> tuple[float, float]:
    """The geodesic from one place to another: metres, and the bearing it leaves at in degrees from true north, 0 to 360."""
    found = Geodesic.WGS84.Inverse(*one.degrees, *other.degrees)
    return float(found["s12"]), float(found["azi1"]) % 360


def along(start: Position, bearing: float, distance_m: float) -> Position:
    """The place so far along a geodesic."""
    found = Geodesic.WGS84.Direct(*start.degrees, bearing, distance_m)
    return Position.at(found["lat2"], found["lon2"])
