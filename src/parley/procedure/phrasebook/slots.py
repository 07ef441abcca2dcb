"""Slots: what may be filled in a phrase, and of what kind.

A slot's name says the same thing in every phrase, so its kind and its label belong to the name. Values are integers,
codes or arrays of both, and have one form each, so that they can be signed (deterministic CBOR) and compared:

    instant     milliseconds UTC, whole minutes, years 2000 to 2099
    duration    whole minutes
    place       [latitude, longitude, code name or ""], in units of 1e-7 degree, north and east positive (WGS 84)
    height      [centimetres, datum, unit]: AMSL, AGL or WGS84; shown in ``ft`` or ``m``, whichever the author used
    distance    whole metres
    bearing     0.01 degree from true north, 0 to 35999
    count       a number of what the slot's noun names
    objects     [number, code from the slot's enumeration]
    unit        alias that the author's side uses for one of its units or positions on this mechanism
    case        reference such as ``SYR 42``
    member      code of a member
    choice      a code from the slot's enumeration

Never free text. An enumeration only grows: a code that was once signed keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

SlotValue: TypeAlias = "int | str | tuple[int | str, ...]"


class SlotKind(Enum):
    """What a slot holds; the values are the names used in declarations."""

    INSTANT = "instant"
    DURATION = "duration"
    PLACE = "place"
    HEIGHT = "height"
    DISTANCE = "distance"
    BEARING = "bearing"
    COUNT = "count"
    OBJECTS = "objects"
    UNIT = "unit"
    CASE = "case"
    MEMBER = "member"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to fill in.

    Attributes:
        name: stable; the key of its value in what is signed.
        kind: see the table above.
        of: name of the enumeration for a choice or objects, of the noun for a count; otherwise "".
    """

    name: str
    kind: SlotKind
    of: str = ""


CRAFT = ("aircraft", "helicopter", "unmanned-aircraft", "vehicle", "armoured-vehicle", "engineering-vehicle",
         "vessel", "small-boat")  # fmt: skip

# Enumerations of things: their words have a gender and can be counted.
THINGS: Mapping[str, tuple[str, ...]] = {
    "object": (*CRAFT, "convoy", "group-of-persons"),
    "craft": CRAFT,
    "aircraft": ("aircraft", "helicopter", "unmanned-aircraft"),
    "vessel": ("vessel", "small-boat"),
    "carrier": ("helicopter", "vehicle", "armoured-vehicle", "vessel", "small-boat"),
}
COUNTED = ("person", "injured", "killed", "missile")

# Enumerations of everything else.
WORDS: Mapping[str, tuple[str, ...]] = {
    "fire": ("all-fire", "small-arms-fire", "direct-fire", "artillery-fire", "rocket-fire", "air-strikes",
             "naval-gunfire", "air-defence-fire"),
    "weapon": ("small-arms", "tank-gun", "mortar", "artillery", "rockets", "naval-gun", "air-defence", "from-the-air"),
    "protected": ("civilians", "medical-facility", "ambulance", "humanitarian-convoy", "rescue-party", "school",
                  "water-or-power-facility", "neutral-observers"),
    "direction": ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"),
    "element": ("time", "place", "height", "direction", "unit", "number", "action"),
    "reason": ("weather", "technical-fault", "no-contact-with-unit", "unit-under-fire", "route-blocked",
               "danger-to-persons", "not-our-forces", "not-under-our-control", "decision-awaited", "message-unclear"),
    "outage": ("maintenance", "power-failure", "technical-fault", "weather", "relocation"),
    "trouble": ("fire-on-board", "flooding", "grounding", "drifting", "collision"),
    "work": ("road-works", "water-line-repair", "power-line-repair", "barrier-repair", "mine-clearance",
             "controlled-demolition", "fire-fighting", "agriculture", "survey"),
    "exercise": ("live-firing", "vehicle-movement", "flights", "naval-manoeuvres", "illumination", "command-post"),
    "state": ("begun", "ended", "cancelled"),
}  # fmt: skip

_INSTANTS = ("time", "start", "end", "until", "by")
_PLACES = ("place", "origin", "destination")

SLOTS: Mapping[str, Slot] = {
    slot.name: slot
    for slot in (
        *(Slot(name, SlotKind.INSTANT) for name in _INSTANTS),
        Slot("delay", SlotKind.DURATION),
        Slot("duration", SlotKind.DURATION),
        *(Slot(name, SlotKind.PLACE) for name in _PLACES),
        Slot("height", SlotKind.HEIGHT),
        Slot("floor", SlotKind.HEIGHT),
        Slot("ceiling", SlotKind.HEIGHT),
        Slot("radius", SlotKind.DISTANCE),
        Slot("distance", SlotKind.DISTANCE),
        Slot("bearing", SlotKind.BEARING),
        Slot("course", SlotKind.BEARING),
        Slot("persons", SlotKind.COUNT, "person"),
        Slot("injured", SlotKind.COUNT, "injured"),
        Slot("killed", SlotKind.COUNT, "killed"),
        Slot("missiles", SlotKind.COUNT, "missile"),
        Slot("objects", SlotKind.OBJECTS, "object"),
        Slot("flyers", SlotKind.OBJECTS, "aircraft"),
        Slot("unit", SlotKind.UNIT),
        Slot("case", SlotKind.CASE),
        Slot("member", SlotKind.MEMBER),
        *(Slot(name, SlotKind.CHOICE, name) for name in THINGS),
        *(Slot(name, SlotKind.CHOICE, name) for name in WORDS),
    )
}

# Pairs of which the first must lie before, or below, the second.
ASCENDING = (("start", "end"), ("floor", "ceiling"))


def codes_of(slot: Slot) -> tuple[str, ...]:
    """The codes that a choice or objects slot may hold, in their order; () for every other kind."""
    return THINGS.get(slot.of) or WORDS.get(slot.of, ())
