"""Location checks, before a place goes out: a wrong place looks like any other until it is compared with something.

*Three ways*: coordinates against a place name of a gazetteer, against bearing and distance from a landmark. Further: whether it lies in
the charter's area, and how far it jumped since the last notice. Each that fails is a `Doubt`. Where two numbers changed places, the doubt says so: what was tried is the same
place with latitude and longitude exchanged, with either hemisphere turned over, or with two neighbouring digits exchanged.

A gazetteer is data, each party's own; nothing here knows a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parley.geo.doubts import Doubt
from parley.geo.ellipsoid import DEGREE_E7, HALF_E7, QUARTER_E7, Position, along, distance_and_bearing
from parley.geo.shapes import Circle, Corridor, Outline, Polygon, Shape, prepare
from parley.geo.verdict import OVERLAPS, judge_space

NAME_WITHIN_M = 5_000.0
JUMP_M = 50_000.0
BEARING_WITHIN_DEG = 5.0
DISTANCE_WITHIN = 0.1
_LEAST_TOLERANCE_M = 200.0


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a gazetteer: its names in whatever languages, where it is, and how far it extends."""

    names: tuple[str, ...]
    position: Position
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True)
class FromLandmark:
    """``12 km on 045° from the bridge``: a true bearing in degrees from a place of the gazetteer."""

    landmark: str
    bearing_deg: float
    distance_m: float


def named(gazetteer: Iterable[Named], name: str) -> list[Named]:
    """All places that have a name; case and outer blanks aside. None, or several, are for a person to settle."""
    wanted = name.strip().casefold()
    return [one for one in gazetteer if any(other.strip().casefold() == wanted for other in one.names)]


def three_ways(
    position: Position, gazetteer: Sequence[Named], *, name: str | None = None, landmark: FromLandmark | None = None
) -> list[Doubt]:
    """The doubts that arise from comparing coordinates with what else was said of the place."""
    doubts: list[Doubt] = []
    if name is not None:
        doubts += _against_name(position, gazetteer, name)
    if landmark is not None:
        doubts += _against_landmark(position, gazetteer, landmark)
    return doubts


def within_area(outline: Outline, area: Sequence[Shape], *, field: str = "area") -> list[Doubt]:
    """A doubt if an outline has no part in the charter's area, or a corner outside of it.

    Args:
        area: what the charter names, prepared; nothing is outside of an area of nothing.
    """
    if not area:
        return []
    points = _points(outline)
    outside = [number for number, point in enumerate(points) if not _inside(point, area)]
    if not outside:
        return []
    first = points[outside[0]]
    for how, guess in _likely(first):
        if _inside(guess, area):
            return [_outside(field, len(outside), first, area, guess, how)]
    return [_outside(field, len(outside), first, area, None, None)]


def jump(position: Position, last: Position, *, most_m: float = JUMP_M, field: str = "area") -> list[Doubt]:
    """A doubt if a place is far from that of the last notice of the same activity."""
    metres, _ = distance_and_bearing(last, position)
    if metres <= most_m:
        return []
    found = next(((how, p) for how, p in _likely(position) if distance_and_bearing(last, p)[0] <= most_m), (None, None))
    return [
        Doubt(
            "jump", f"it is {metres / 1000:.1f} km from the last one", field, {"distance_m": metres}, found[1], found[0]
        )
    ]


def _against_name(position: Position, gazetteer: Sequence[Named], name: str) -> Iterator[Doubt]:
    places = named(gazetteer, name)
    if not places:
        yield Doubt("name-unknown", f"the gazetteer has no place named {name}", "name", {})
        return
    gaps = [max(0.0, distance_and_bearing(position, one.position)[0] - one.radius_m) for one in places]
    if min(gaps) <= NAME_WITHIN_M:
        return
    how, guess = next(
        ((how, guess) for how, guess in _likely(position) for one in places
         if distance_and_bearing(guess, one.position)[0] <= one.radius_m + NAME_WITHIN_M), (None, None)
    )  # fmt: skip
    yield Doubt(
        "name-elsewhere",
        f"{name} is {min(gaps) / 1000:.1f} km from the coordinates",
        "name",
        {"distance_m": min(gaps)},
        guess,
        how,
    )


def _against_landmark(position: Position, gazetteer: Sequence[Named], said: FromLandmark) -> Iterator[Doubt]:
    places = named(gazetteer, said.landmark)
    if not places:
        yield Doubt("name-unknown", f"the gazetteer has no place named {said.landmark}", "landmark", {})
        return
    offs = []
    for one in places:
        meant = along(one.position, said.bearing_deg, said.distance_m)
        offs.append(distance_and_bearing(meant, position)[0])
    tolerance = max(_LEAST_TOLERANCE_M, said.distance_m * (DISTANCE_WITHIN + BEARING_WITHIN_DEG / 57.3))
    if min(offs) > tolerance:
        metres, bearing = distance_and_bearing(places[offs.index(min(offs))].position, position)
        yield Doubt(
            "landmark-elsewhere",
            f"the coordinates are {metres / 1000:.1f} km on {bearing:05.1f} from {said.landmark}, "
            f"not {said.distance_m / 1000:.1f} km on {said.bearing_deg:05.1f}",
            "landmark", {"off_m": min(offs), "distance_m": metres, "bearing_deg": bearing},
        )  # fmt: skip


def _outside(
    field: str, count: int, at: Position, area: Sequence[Shape], guess: Position | None, how: str | None
) -> Doubt:
    found = judge_space(prepare(Circle(at, 1)), area, 0.0)
    metres = float(found.low_m.min())
    what = "it lies" if count == 1 else f"{count} of its corners lie"
    return Doubt(
        "outside-area",
        f"{what} outside the charter's area, by {metres / 1000:.1f} km",
        field,
        {"distance_m": metres},
        guess,
        how,
    )


def _inside(position: Position, area: Sequence[Shape]) -> bool:
    return bool((judge_space(prepare(Circle(position, 1)), area, 0.0).space == OVERLAPS).any())


def _points(outline: Outline) -> Sequence[Position]:
    match outline:
        case Circle(centre, _):
            return (centre,)
        case Polygon(corners):
            return corners
        case Corridor(points, _):
            return points


def _likely(position: Position) -> Iterator[tuple[str, Position]]:
    """Places that a slip may have turned into this one, likeliest first."""
    latitude, longitude = position
    if abs(longitude) <= QUARTER_E7:
        yield "swapped", Position(longitude, latitude)
    yield "south", Position(-latitude, longitude)
    yield "west", Position(latitude, -longitude)
    for field, value, most in (("latitude", latitude, QUARTER_E7), ("longitude", longitude, HALF_E7)):
        for other in _exchanged(value):
            if abs(other) <= most:
                yield "digits", Position(other, longitude) if field == "latitude" else Position(latitude, other)


def _exchanged(value: int) -> Iterator[int]:
    """The number with two neighbouring digits of its degrees and first two decimals exchanged."""
    digits = f"{abs(value):010}"
    sign = -1 if value < 0 else 1
    for at in range(len(str(HALF_E7 // DEGREE_E7)) + 1):
        if digits[at] != digits[at + 1]:
            yield sign * int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
