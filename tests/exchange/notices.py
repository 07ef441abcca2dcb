"""Notices for the tests of formats; SIMULATION."""

from __future__ import annotations

from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height
from parley.geo.notice import Activity, Notice, Phase
from parley.geo.shapes import Circle, Corridor, Outline, Polygon
from parley.geo.volumes import Volume4D

AT = Position.at
NOON = 1_800_000_000_000
HOUR = 3_600_000
LOW, HIGH = Height(100_000, Datum.AMSL), Height(200_000, Datum.AMSL)

OUTLINES: dict[str, Outline] = {
    "circle": Circle(AT(33.1, 35.8), 5_000),
    "polygon": Polygon((AT(33, 35.2), AT(33, 35.4), AT(33.2, 35.4), AT(33.1, 35.3), AT(33.2, 35.2))),
    "clockwise": Polygon((AT(33, 35.2), AT(33.2, 35.2), AT(33.2, 35.4), AT(33, 35.4))),
    "corridor": Corridor((AT(33, 35.1), AT(33.3, 35.5), AT(33.2, 36.0)), 2_000),
    "circle over 180": Circle(AT(-17, 179.99), 20_000),
    "zigzag over 180": Polygon((
        AT(-10, 179.5), AT(-10, -179.5), AT(-9.7, -179.5), AT(-9.7, 179.8), AT(-9.5, 179.8), AT(-9.5, -179.6), AT(-9, -179.6),
        AT(-9, 179.5),
    )),
    "corridor over 180": Corridor((AT(10, 179.5), AT(10.2, -179.6), AT(10.4, 179.6)), 4_000),
    "north pole": Circle(AT(90, 0), 30_000),
    "south pole": Polygon((AT(-89, 10), AT(-88.5, 130), AT(-89.2, -110))),
    "long": Polygon((AT(60, 0), AT(60, 9), AT(63, 4))),
}  # fmt: skip


def notice(
    *outlines: Outline, activity: Activity = Activity.AIR, phase: Phase = Phase.PLANNED, member: str = "SYR", text: str = "",
    lower: Height | None = LOW, upper: Height | None = HIGH, version: int = 1,
) -> Notice:  # fmt: skip
    volumes = tuple(Volume4D.checked(one, lower, upper, NOON, NOON + HOUR) for one in outlines or OUTLINES.values())
    title = "SIMULATION. Survey flight <north> & back"
    return Notice(
        f"{member} 42", version, member, activity, phase, title, text, "en", NOON - HOUR, volumes, simulation=True
    )
