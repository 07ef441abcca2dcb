"""The slot kinds: how a value of each is checked, written in a language, and read back.

Rules:

* `check` takes anything, refuses what breaks the kind's rule with `BadInput` (``slot.<kind>``, the slot's name as
  field) and returns the value in its one form;
* `write` takes a checked value; two values of a slot never have the same text in any language;
* `pattern` is a regular expression, for text folded by `fold_text`, that finds every text `write` gives; `read`
  takes its match. What a pattern finds beyond that is caught by writing the value again: see `parsing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parley.procedure.phrasebook.kinds import codes, moments, nouns, positions
from parley.procedure.phrasebook.kinds.spot import Spot
from parley.procedure.phrasebook.slots import Slot, SlotKind, SlotValue


@dataclass(frozen=True, slots=True)
class SlotRules:
    """The four functions of a kind."""

    check: Callable[[Slot, object], SlotValue]
    write: Callable[[Spot, SlotValue], str]
    pattern: Callable[[Spot], str]
    read: Callable[[Spot, re.Match[str]], SlotValue]


_CODE = SlotRules(codes.check_code, codes.write_code, codes.code_pattern, codes.read_code)

RULES: Mapping[SlotKind, SlotRules] = {
    SlotKind.INSTANT: SlotRules(
        moments.check_instant, moments.write_instant, moments.instant_pattern, moments.read_instant
    ),
    SlotKind.DURATION: SlotRules(
        moments.check_duration, moments.write_duration, moments.duration_pattern, moments.read_duration
    ),
    SlotKind.PLACE: SlotRules(
        positions.check_place, positions.write_place, positions.place_pattern, positions.read_place
    ),
    SlotKind.HEIGHT: SlotRules(
        positions.check_height, positions.write_height, positions.height_pattern, positions.read_height
    ),
    SlotKind.DISTANCE: SlotRules(
        positions.check_distance, positions.write_distance, positions.distance_pattern, positions.read_distance
    ),
    SlotKind.BEARING: SlotRules(
        positions.check_bearing, positions.write_bearing, positions.bearing_pattern, positions.read_bearing
    ),
    SlotKind.COUNT: SlotRules(nouns.check_count, nouns.write_count, nouns.count_pattern, nouns.read_count),
    SlotKind.OBJECTS: SlotRules(nouns.check_objects, nouns.write_objects, nouns.objects_pattern, nouns.read_objects),
    SlotKind.CHOICE: SlotRules(nouns.check_choice, nouns.write_choice, nouns.choice_pattern, nouns.read_choice),
    SlotKind.UNIT: _CODE,
    SlotKind.CASE: _CODE,
    SlotKind.MEMBER: _CODE,
}
