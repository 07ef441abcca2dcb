"""Scenario files of the demo (YAML): what is said by whom, and what breaks meanwhile.

`acts` is a list; each act is one of: ``say`` (narration), a statement (``id``, ``by``, ``kind``, ``text``, …), ``cut`` or
``restore`` of a line between two members, ``kill`` or ``restart`` of a node, ``settle`` (wait until all is receipted).
A statement without ``case`` opens a case; with it, it moves the case that the named statement opened. A notice has an
``activity``: what, by which unit, in which circle (degrees and metres), beginning how many hours from now, for how long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from parley.crypto.cbor import CborValue
from parley.errors import BadInput

STATEMENT_FIELDS = {"id", "by", "kind", "text", "lang", "channel", "precedence", "case", "to", "source", "activity"}
ACTIVITY_FIELDS = {"what", "unit", "circle", "begins_h", "lasts_h"}
HOUR_MS = 3_600_000
ACTS = ("say", "cut", "restore", "kill", "restart", "settle")


@dataclass(frozen=True, slots=True)
class Announced:
    """An activity that a notice announces; `circle`: latitude and longitude in degrees, metres."""

    what: str
    unit: str
    circle: tuple[float, float, int]
    begins_h: int
    lasts_h: int

    def volume(self, now_ms: int) -> dict[CborValue, CborValue]:
        """Where and when, as the record has it."""
        start = (now_ms // HOUR_MS + self.begins_h) * HOUR_MS
        latitude, longitude, radius_m = self.circle
        centre = [round(latitude * 10_000_000), round(longitude * 10_000_000)]
        return {"area": {"circle": [*centre, radius_m]}, "start": start, "end": start + self.lasts_h * HOUR_MS}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a scenario."""

    name: str
    by: str
    kind: str
    text: str
    lang: str
    channel: str | None = None
    precedence: str = "ROUTINE"
    case: str | None = None
    to: tuple[str, ...] | None = None
    source: str | None = None
    announced: Announced | None = None

    @property
    def opens(self) -> bool:
        """Whether it opens a case; a quotation is nobody's act and opens none."""
        return self.case is None and self.kind != "quotation"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that is not said: narration, or something that breaks or mends."""

    act: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario."""

    title: str
    charter: str
    acts: tuple[Said | Happening, ...] = field(default_factory=tuple)

    @property
    def said(self) -> list[Said]:
        """Its statements."""
        return [act for act in self.acts if isinstance(act, Said)]


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        BadInput: code ``scenario.*``, naming the act.
    """
    table = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(table, dict) or not isinstance(table.get("acts"), list):
        raise BadInput("scenario.form", "must be a map with title, charter and acts", field=str(path))
    acts = tuple(_act(number, one) for number, one in enumerate(table["acts"], 1))
    names = [act.name for act in acts if isinstance(act, Said)]
    for act in acts:
        if isinstance(act, Said) and act.case is not None and act.case not in names:
            raise BadInput("scenario.case", f"there is no statement {act.case}", field=act.name)
    return Scenario(str(table.get("title", path.stem)), str(table.get("charter", "")), acts)


def _act(number: int, one: object) -> Said | Happening:
    where = f"acts[{number}]"
    if not isinstance(one, dict):
        raise BadInput("scenario.act", "must be a map", field=where)
    if "id" not in one:
        (act, about), *more = one.items()
        if act not in ACTS or more:
            raise BadInput(
                "scenario.act", f"{act} is no act", field=where, rule=f"one of {', '.join(ACTS)}, or a statement"
            )
        return Happening(act, tuple(map(str, about)) if isinstance(about, list) else (str(about),))
    unknown = one.keys() - STATEMENT_FIELDS
    if unknown or not {"id", "by", "kind", "text", "lang"} <= one.keys():
        raise BadInput(
            "scenario.statement", f"lacks a field, or has an unknown one ({', '.join(unknown)})", field=where
        )
    to = one.get("to")
    return Said(
        str(one["id"]), str(one["by"]), str(one["kind"]), str(one["text"]), str(one["lang"]), one.get("channel"),
        str(one.get("precedence", "ROUTINE")), one.get("case"), tuple(map(str, to)) if to else None, one.get("source"),
        _announced(one["activity"], where) if "activity" in one else None,
    )  # fmt: skip


def _announced(given: object, where: str) -> Announced:
    if isinstance(given, dict) and given.keys() == ACTIVITY_FIELDS:
        match given["circle"], given["begins_h"], given["lasts_h"]:
            case [
                int() | float() as latitude,
                int() | float() as longitude,
                int() as radius_m,
            ], int() as begins, int() as lasts:
                circle = (float(latitude), float(longitude), radius_m)
                return Announced(str(given["what"]), str(given["unit"]), circle, begins, lasts)
    raise BadInput("scenario.activity", "is no activity", field=where, rule=", ".join(sorted(ACTIVITY_FIELDS)))
