"""Doubts: what is to be looked at before it is sent. They are shown to whoever files and whoever reads, and refuse nothing.

Here those of heights and times; those of places are `location`'s. Feet for metres and metres for feet look like the right
number in the wrong unit: a height that is very high in metres and usual in feet, or one that is 3.28 times the last
one of the same activity, or a 3.28th of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.geo.ellipsoid import Position
from parley.geo.heights import Height
from parley.geo.volumes import Volume4D

FOOT_M = 0.3048
HIGHEST_USUAL_M = 15_000.0
"""Above what nearly all aircraft fly; 49,000 ft."""
LONG_MS = 30 * 86_400_000
_ALIKE = 0.02


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is to be looked at.

    Attributes:
        code: such as ``outside-area``; screens word it.
        field: what it is about.
        numbers: what was found; names end in their unit.
        guess: the place that may have been meant, where one was found that fits.
        how: what was changed to find it: ``swapped``, ``south``, ``west``, ``digits``; of a height the unit that may have been
            meant: ``feet``, ``metres``.
    """

    code: str
    reason: str
    field: str
    numbers: Mapping[str, float]
    guess: Position | None = None
    how: str | None = None


def doubt_height(height: Height, last: Height | None = None, *, field: str) -> list[Doubt]:
    """The doubt that a height is in the wrong unit, if there is one.

    Args:
        last: the same limit in the last notice of the same activity.
    """
    metres = height.metres
    if last is not None and last.datum is height.datum and last.centimetres:
        for ratio, how in ((1 / FOOT_M, "feet"), (FOOT_M, "metres")):
            if abs(metres / last.metres / ratio - 1) <= _ALIKE:
                reason = f"{metres:g} m is {ratio:.2f} times the last height, {last.metres:g} m: another unit?"
                return [Doubt("unit", reason, field, {"height_m": metres, "last_m": last.metres}, how=how)]
    if metres > HIGHEST_USUAL_M and metres * FOOT_M <= HIGHEST_USUAL_M:
        return [Doubt("unit", f"{metres:g} m is very high: feet?", field, {"height_m": metres}, how="feet")]
    return []


def doubt_times(volume: Volume4D, now_ms: int) -> list[Doubt]:
    """The doubts that a window began already, or lasts longer than a month. (One that is over is refused: `volumes`.)"""
    doubts = []
    if volume.time_start_ms < now_ms < volume.time_end_ms:
        since_min = (now_ms - volume.time_start_ms) / 60_000
        doubts.append(Doubt("begun", f"it began {since_min:.0f} min ago", "time_start", {"since_min": since_min}))
    lasts = volume.time_end_ms - volume.time_start_ms
    if lasts > LONG_MS:
        days = lasts / 86_400_000
        doubts.append(Doubt("long", f"it lasts {days:.0f} days", "time_end", {"days": days}))
    return doubts
