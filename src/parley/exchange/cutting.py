"""Cutting rings and lines at the 180th meridian, as RFC 7946, 3.1.9 asks for; and rings around a pole along it.

Longitudes are unrolled first, so that no step goes more than half round the Earth. A ring that then ends a full turn away goes round
a pole, and is led there and back. What lies beyond 180 degrees is cut off and turned back by 360. Along the cut, the inside
lies between the first and the second crossing, the third and the fourth, and so on, counted by latitude.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from parley.geo.ellipsoid import Position

Coordinate = tuple[float, float]
"""Longitude, latitude in degrees: GeoJSON's order."""

_TURN, _HALF, _POLE = 360.0, 180.0, 90.0
_NARROW = 1e-7


class _Crossing(NamedTuple):
    latitude: float
    number: int


def cut_ring(ring: Sequence[Position]) -> list[list[Coordinate]]:
    """Closed rings, counter-clockwise, none of which crosses the 180th meridian."""
    unrolled = _unrolled([*ring, ring[0]])
    turn = round((unrolled[-1][0] - unrolled[0][0]) / _TURN)
    corners = _round_a_pole(unrolled, turn) if turn else unrolled[:-1]
    return [_closed(piece) for piece in _strips(corners)]


def cut_line(line: Sequence[Position]) -> list[list[Coordinate]]:
    """Lines none of which crosses the 180th meridian."""
    pieces: list[list[Coordinate]] = [[]]
    before: Coordinate | None = None
    for point in _unrolled(line):
        if before is not None and _strip(before[0]) != _strip(point[0]):
            edge = _HALF + _TURN * min(_strip(before[0]), _strip(point[0]))
            crossing = edge, _at(before, point, edge)
            pieces[-1].append(crossing)
            pieces.append([crossing])
        pieces[-1].append(point)
        before = point
    return [_turned(piece, _strip(_middle(piece))) for piece in pieces if len(piece) > 1]


def _unrolled(places: Sequence[Position]) -> list[Coordinate]:
    found: list[Coordinate] = []
    for place in places:
        latitude, longitude = place.degrees
        if found:
            longitude = found[-1][0] + math.remainder(longitude - found[-1][0], _TURN)
        found.append((longitude, latitude))
    return found


def _round_a_pole(unrolled: list[Coordinate], turn: int) -> list[Coordinate]:
    """A ring around a pole, begun where it crosses the 180th meridian, and led along it to the pole and back."""
    begin = next(i for i in range(1, len(unrolled)) if _strip(unrolled[i - 1][0]) != _strip(unrolled[i][0]))
    before, after = unrolled[begin - 1], unrolled[begin]
    edge = _HALF + _TURN * min(_strip(before[0]), _strip(after[0]))
    latitude = _at(before, after, edge)
    around = [*unrolled[begin:-1], *((x + _TURN * turn, y) for x, y in unrolled[:begin])]
    pole = math.copysign(_POLE, latitude)
    return [(edge, latitude), *around, (edge + _TURN * turn, latitude), (edge + _TURN * turn, pole), (edge, pole)]


def _strips(corners: list[Coordinate]) -> list[list[Coordinate]]:
    """The ring, cut at every 180 + n 360 degrees, each piece turned back."""
    pieces = [corners]
    for number in range(_strip(min(x for x, _ in corners)), _strip(max(x for x, _ in corners))):
        pieces = [part for piece in pieces for part in _cut(piece, _HALF + _TURN * number)]
    wide = [piece for piece in pieces if max(x for x, _ in piece) - min(x for x, _ in piece) > _NARROW]
    return [_turned(piece, _strip(_middle(piece))) for piece in wide]


def _cut(ring: list[Coordinate], edge: float) -> list[list[Coordinate]]:
    """A ring, cut along a meridian: the chains between crossings, joined along it."""
    sides = [x >= edge for x, _ in ring]
    begin = next((i for i in range(len(ring)) if sides[i] != sides[i - 1]), None)
    if begin is None:
        return [ring]
    chains: list[list[Coordinate]] = []
    crossings: list[_Crossing] = []  # the crossing of the same number is where a chain begins
    for step in range(len(ring)):
        i = (begin + step) % len(ring)
        if sides[i] != sides[i - 1]:
            latitude = _at(ring[i - 1], ring[i], edge)
            if chains:
                chains[-1].append((edge, latitude))
            crossings.append(_Crossing(latitude, len(chains)))
            chains.append([(edge, latitude)])
        chains[-1].append(ring[i])
    chains[-1].append((edge, crossings[0].latitude))
    ordered = [crossing.number for crossing in sorted(crossings)]
    partner = {number: ordered[at ^ 1] for at, number in enumerate(ordered)}
    pieces, left = [], set(range(len(chains)))
    while left:
        first = at = min(left)
        piece: list[Coordinate] = []
        while at in left:
            left.discard(at)
            piece += chains[at]
            at = partner[(at + 1) % len(chains)]  # from where this chain ends, along the edge, to where another begins
        assert at == first
        pieces.append(piece)
    return pieces


def _at(a: Coordinate, b: Coordinate, edge: float) -> float:
    return a[1] + (edge - a[0]) / (b[0] - a[0]) * (b[1] - a[1])


def _strip(longitude: float) -> int:
    return math.floor((longitude + _HALF) / _TURN)


def _middle(points: Sequence[Coordinate]) -> float:
    return (min(x for x, _ in points) + max(x for x, _ in points)) / 2


def _turned(points: Sequence[Coordinate], strip: int) -> list[Coordinate]:
    return [(round(min(max(x - _TURN * strip, -_HALF), _HALF), 7), round(y, 7)) for x, y in points]


def _closed(points: list[Coordinate]) -> list[Coordinate]:
    """Counter-clockwise, without repetitions, the first again at the end."""
    kept = [point for number, point in enumerate(points) if point != points[number - 1]]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(kept, [*kept[1:], kept[0]], strict=True))
    if twice < 0:
        kept.reverse()
    return [*kept, kept[0]]
