"""What is read back: critical fields, and of a phrase the slots that say when, where, how high and who."""

from __future__ import annotations

import pytest

from parley.crypto.cbor import CborValue
from parley.desks.line import MESSAGE
from parley.procedure.critical import critical_in, mismatches

NOON = 1_764_072_000_000
PHRASE: dict[str, CborValue] = {
    "id": "information.position-and-height",
    "slots": {
        "aircraft": "helicopter", "place": [331_254_000, 358_012_000, "OSPREY"], "height": [91_440, "AMSL", "ft"],
        "course": 9_000, "time": NOON,
    },
}  # fmt: skip
RIGHT: dict[CborValue, CborValue] = {
    "phrase.place": [331_254_900, 358_012_000], "phrase.height": [91_400, "AMSL"], "phrase.time": NOON + 30_000,
}  # fmt: skip


def test_the_slots_of_a_phrase_that_say_when_where_and_how_high_are_read_back() -> None:
    assert [(one.field.name, one.field.kind) for one in critical_in(MESSAGE, {"phrase": PHRASE})] == [
        ("phrase.place", "place"), ("phrase.height", "height"), ("phrase.time", "instant"),
    ]  # fmt: skip
    assert mismatches(MESSAGE, {"phrase": PHRASE}, RIGHT) == ()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("phrase.place", [331_254_000, 358_112_000]),
        ("phrase.height", [91_440, "AGL"]),
        ("phrase.height", [91_440, "AMSL", "ft"]),
        ("phrase.time", NOON + 60_000),
        ("phrase.time", "noon"),
    ],
)
def test_a_slot_read_back_otherwise_is_told(name: str, wrong: CborValue) -> None:
    assert mismatches(MESSAGE, {"phrase": PHRASE}, {**RIGHT, name: wrong}) == (name,)


def test_what_is_not_read_back_at_all_is_told_field_by_field() -> None:
    assert mismatches(MESSAGE, {"phrase": PHRASE, "time": NOON}, {}) == (
        "time", "phrase.place", "phrase.height", "phrase.time",
    )  # fmt: skip


def test_a_phrase_of_a_newer_phrasebook_is_not_asked_for() -> None:
    assert critical_in(MESSAGE, {"phrase": {"id": "warning.of-tomorrow", "slots": {"place": [1, 2, ""]}}}) == []
