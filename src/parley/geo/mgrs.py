"""Grid references (MGRS) between 80° S and 84° N: the transverse Mercator of UTM, and the letters of its squares.

Projection by Krüger's series to the sixth order in n (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers",
eqs. 7-9, 11, 35, 36). Letters by NGA.SIG.0012, lettering scheme AA, with the wider zones of Norway and Svalbard. A reference
names the square in which a place lies, cut and not rounded; read, it gives the middle of that square.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from parley.errors import BadInput
from parley.geo.ellipsoid import DEGREE_E7, ECCENTRICITY_2, EQUATORIAL_RADIUS_M, FLATTENING, Position

SOUTHERNMOST_E7, NORTHERNMOST_E7 = -80 * DEGREE_E7, 84 * DEGREE_E7
BANDS = "CDEFGHJKLMNPQRSTUVWX"
COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
"""By zone number modulo 3; eastings from 100 km up."""
ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE_M = 100_000
_FALSE_EASTING_M, _FALSE_NORTHING_M = 500_000, 10_000_000
_SCALE = 0.9996
_ROUND_M = len(ROWS) * _SQUARE_M

_REFERENCE = re.compile(r"([0-9]{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])([0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10})")
_RULE = "zone, band, square and 4 to 10 digits, such as 36S YC 49382 67109"
_E = math.sqrt(ECCENTRICITY_2)
_N = FLATTENING / (2 - FLATTENING)
_RECTIFYING_M = EQUATORIAL_RADIUS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64 + _N**6 / 256)
_ALPHA = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4 - 127 / 288 * _N**5 + 7891 / 37800 * _N**6,
    13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4 + 281 / 630 * _N**5 - 1983433 / 1935360 * _N**6,
    61 / 240 * _N**3 - 103 / 140 * _N**4 + 15061 / 26880 * _N**5 + 167603 / 181440 * _N**6,
    49561 / 161280 * _N**4 - 179 / 168 * _N**5 + 6601661 / 7257600 * _N**6,
    34729 / 80640 * _N**5 - 3418889 / 1995840 * _N**6,
    212378941 / 319334400 * _N**6,
)
_BETA = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - 1 / 360 * _N**4 - 81 / 512 * _N**5 + 96199 / 604800 * _N**6,
    1 / 48 * _N**2 + 1 / 15 * _N**3 - 437 / 1440 * _N**4 + 46 / 105 * _N**5 - 1118711 / 3870720 * _N**6,
    17 / 480 * _N**3 - 37 / 840 * _N**4 - 209 / 4480 * _N**5 + 5569 / 90720 * _N**6,
    4397 / 161280 * _N**4 - 11 / 504 * _N**5 - 830251 / 7257600 * _N**6,
    4583 / 161280 * _N**5 - 108847 / 3991680 * _N**6,
    20648693 / 638668800 * _N**6,
)


class Utm(NamedTuple):
    """A place in a zone of the Universal Transverse Mercator grid; northings of the southern half count from 10,000 km."""

    zone: int
    north: bool
    easting_m: float
    northing_m: float


def write(position: Position) -> str:
    """``36S YC 49382 67109``: the square of a metre in which a place lies.

    Raises:
        BadInput: code ``geo.grid``, near the poles.
    """
    if not SOUTHERNMOST_E7 <= position.latitude_e7 <= NORTHERNMOST_E7:
        raise _bad("there are no such references near the poles", "position", "between 80° S and 84° N")
    utm = to_utm(position)
    column, easting = divmod(math.floor(utm.easting_m + 1e-6), _SQUARE_M)
    row, northing = divmod(math.floor(utm.northing_m + 1e-6) % _ROUND_M, _SQUARE_M)
    letters = COLUMNS[utm.zone % 3][column - 1] + ROWS[(row + _first_row(utm.zone)) % len(ROWS)]
    return f"{utm.zone}{_band(position.latitude_e7)} {letters} {easting:05} {northing:05}"


def read(text: str, *, field: str = "position") -> Position:
    """The middle of the square that a reference names.

    Raises:
        BadInput: code ``geo.grid``: no reference, or a square that is not in its zone and band.
    """
    found = _REFERENCE.fullmatch(re.sub(r"\s+", "", text).upper())
    if not found:
        raise _bad("it is no grid reference", field, _RULE)
    zone, band = int(found[1]), found[2]
    columns = COLUMNS[zone % 3]
    if not 1 <= zone <= 60 or found[3] not in columns or (band == "X" and zone in (32, 34, 36)):
        raise _bad("there is no such square in its zone", field, _RULE)
    digits = len(found[5]) // 2
    size = 10 ** (5 - digits)
    easting = (columns.index(found[3]) + 1) * _SQUARE_M + int(found[5][:digits]) * size + size / 2
    row = (ROWS.index(found[4]) - _first_row(zone)) % len(ROWS)
    within = row * _SQUARE_M + int(found[5][digits:]) * size + size / 2
    south, north = _band_edges(band)
    for turn in range(5):
        northing = within + turn * _ROUND_M
        position = from_utm(Utm(zone, band >= "N", easting, northing))
        # a square on the edge of a band may have its middle just outside of it
        if south - DEGREE_E7 // 50 <= position.latitude_e7 <= north + DEGREE_E7 // 50:
            return position
    raise _bad("there is no such square in its band", field, _RULE)


def zone_of(position: Position) -> int:
    """The zone in which a place is given."""
    latitude, longitude = position.degrees
    zone = min(int((longitude + 180) // 6) % 60 + 1, 60)
    if 56 <= latitude < 64 and 3 <= longitude < 12:
        return 32
    if latitude >= 72 and 0 <= longitude < 42:
        return 31 if longitude < 9 else 33 if longitude < 21 else 35 if longitude < 33 else 37
    return zone


def to_utm(position: Position) -> Utm:
    """A place in its zone."""
    zone = zone_of(position)
    latitude, longitude = position.degrees
    phi = math.radians(latitude)
    lam = math.radians(math.remainder(longitude - _meridian(zone), 360))
    tau = math.tan(phi)
    sigma = math.sinh(_E * math.atanh(_E * math.sin(phi)))
    conformal = tau * math.sqrt(1 + sigma * sigma) - sigma * math.sqrt(1 + tau * tau)
    xi = math.atan2(conformal, math.cos(lam))
    eta = math.asinh(math.sin(lam) / math.hypot(conformal, math.cos(lam)))
    x = eta + sum(a * math.cos(2 * k * xi) * math.sinh(2 * k * eta) for k, a in enumerate(_ALPHA, 1))
    y = xi + sum(a * math.sin(2 * k * xi) * math.cosh(2 * k * eta) for k, a in enumerate(_ALPHA, 1))
    north = position.latitude_e7 >= 0
    return Utm(
        zone, north, _FALSE_EASTING_M + _SCALE * _RECTIFYING_M * x,
        _SCALE * _RECTIFYING_M * y + (0 if north else _FALSE_NORTHING_M),
    )  # fmt: skip


def from_utm(utm: Utm) -> Position:
    """The place that is meant."""
    y = (utm.northing_m - (0 if utm.north else _FALSE_NORTHING_M)) / (_SCALE * _RECTIFYING_M)
    x = (utm.easting_m - _FALSE_EASTING_M) / (_SCALE * _RECTIFYING_M)
    xi = y - sum(b * math.sin(2 * k * y) * math.cosh(2 * k * x) for k, b in enumerate(_BETA, 1))
    eta = x - sum(b * math.cos(2 * k * y) * math.sinh(2 * k * x) for k, b in enumerate(_BETA, 1))
    conformal = math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi))
    tau = conformal
    for _ in range(5):
        sigma = math.sinh(_E * math.atanh(_E * tau / math.hypot(1, tau)))
        guess = tau * math.hypot(1, sigma) - sigma * math.hypot(1, tau)
        tau += (
            (conformal - guess) / math.hypot(1, guess)
            * (1 + (1 - ECCENTRICITY_2) * tau * tau) / ((1 - ECCENTRICITY_2) * math.hypot(1, tau))
        )  # fmt: skip
    longitude = _meridian(utm.zone) + math.degrees(math.atan2(math.sinh(eta), math.cos(xi)))
    return Position.at(math.degrees(math.atan(tau)), longitude)


def _meridian(zone: int) -> int:
    return 6 * zone - 183


def _first_row(zone: int) -> int:
    """Rows of even zones begin five letters on."""
    return 0 if zone % 2 else 5


def _band(latitude_e7: int) -> str:
    return BANDS[min((latitude_e7 - SOUTHERNMOST_E7) // (8 * DEGREE_E7), len(BANDS) - 1)]


def _band_edges(band: str) -> tuple[int, int]:
    south = SOUTHERNMOST_E7 + BANDS.index(band) * 8 * DEGREE_E7
    return south, NORTHERNMOST_E7 if band == "X" else south + 8 * DEGREE_E7


def _bad(reason: str, field: str, rule: str) -> BadInput:
    return BadInput("geo.grid", reason, field=field, rule=rule)
