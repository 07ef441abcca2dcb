"""The text form: read strictly, every fault named by field, reason and rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from parley.charter.charter import EXERCISE_BANNER, CharterDraft, decode_charter
from parley.charter.charter_text import to_toml
from parley.charter.charter_toml import MAX_TOML_CHARS, load_toml
from parley.charter.terms import Role
from parley.errors import BadInput
from parley.record.ids import ordinals
from parley.record.statement import Precedence
from tests.charter.mechanisms import draft, founded
from tests.charter.strategies import drafts

EXAMPLES = Path(__file__).parents[2] / "examples" / "charters"
TEXT = to_toml(draft(3))


def example(name: str) -> CharterDraft:
    return load_toml((EXAMPLES / name).read_text(encoding="utf-8"))


@given(drafts())
@settings(max_examples=60)
def test_a_charter_is_the_same_after_text_and_cbor(a_draft: CharterDraft) -> None:
    assert load_toml(to_toml(a_draft)) == a_draft
    charter = founded(a_draft)
    again = decode_charter(charter.raw)
    assert again == charter
    assert again.digest == charter.digest


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_every_example_is_marked_as_a_simulation_wherever_it_shows(name: str) -> None:
    a_draft = example(name)
    assert "SIMULATION" in a_draft.terms.name
    assert EXERCISE_BANNER in a_draft.terms.description
    assert all("SIMULATION" in seat.name for seat in a_draft.seats)
    assert founded(a_draft).banner == EXERCISE_BANNER


def test_the_joint_mechanism_gives_both_parties_the_same() -> None:
    charter = founded(example("joint-mechanism.toml"))
    first, second = (member.ordinal for member in charter.members if member.role == Role.PARTY)
    swap = {first: second, second: first}

    def swapped(bits: int) -> int:
        return sum(1 << swap.get(one, one) for one in ordinals(bits))

    rights = {(c.content, c.statement, c.addressed_only) for c in charter.terms.channels}
    assert {(swapped(content), swapped(statement), only) for content, statement, only in rights} == rights
    assert all(rule.roles != (Role.FACILITATOR, Role.OBSERVER) for rule in charter.terms.mandates)


def test_a_caucus_is_hidden_from_the_other_party() -> None:
    charter = founded(example("joint-mechanism.toml"))
    codes = [str(member.code) for member in charter.members]
    for party, other in (("ISR", "SYR"), ("SYR", "ISR")):
        caucus = charter.channel(f"caucus-{party.lower()}")
        assert caucus is not None
        statement, content = charter.sights(caucus.index, codes.index(party), 1 << codes.index("USA"))
        assert statement == content
        assert not statement >> codes.index(other) & 1


def test_the_observer_of_the_hotline_sees_that_the_line_is_used_but_not_what_is_said() -> None:
    charter = founded(example("maritime-hotline.toml"))
    line = charter.channel("line")
    assert line is not None
    observer = charter.member("OBS")
    assert observer is not None
    statement, content = charter.sights(line.index, 0, 0b10)
    assert statement >> observer.ordinal & 1
    assert not content >> observer.ordinal & 1


def test_the_examples_keep_the_clocks_of_the_design() -> None:
    for name in ("joint-mechanism.toml", "maritime-hotline.toml"):
        clocks = example(name).terms.clocks
        minutes = [clocks.acknowledge_ms[precedence] // 60_000 for precedence in reversed(Precedence)]
        assert minutes == [10, 30, 180, 360]
        assert clocks.alternates_ms == (60_000, 120_000, 180_000)
        assert (clocks.desk("dispute.acknowledge"), clocks.desk("dispute.answer")) == (3_600_000, 86_400_000)
        assert clocks.desk("dispute.tea") is None


FAULTS = [
    ("exercise = true", 'exercise = "yes"', "charter.type", "exercise"),
    ("exercise = true", "", "charter.missing", "exercise"),
    ("exercise = true", "exercise = true\nexcercise = false", "charter.unknown-field", "excercise"),
    ("exercise = true", "exercise = true\nexercise = false", "charter.toml", None),
    ('code = "CCC"', 'code = "AAA"', "charter.duplicate", "members"),
    ('code = "CCC"', 'code = "CCC2"', "charter.value", "members[2].code"),
    ('code = "CCC"', 'code = "CCC"\nroot_key = "00"', "charter.unknown-field", "members[2].root_key"),
    ('role = "party"', 'role = "judge"', "charter.unknown", "members[0].role"),
    ('languages = ["en"]', 'languages = ["english"]', "charter.value", "members[0].languages"),
    ('languages = ["en"]', "languages = [1]", "charter.type", "members[0].languages"),
    ('name = "sealed"', 'name = "open"', "charter.duplicate", "channels"),
    ('name = "open"', 'name = "directory"', "charter.reserved", "channels[0].name"),
    ('name = "open"', 'name = "shut"', "charter.unknown", "kinds.message.channels"),
    ('content = ["AAA", "BBB", "CCC"]', 'content = ["AAA", "ZZZ"]', "charter.unknown", "channels[0].content"),
    ('content = ["AAA", "BBB", "CCC"]', 'content = ["AAA", "AAA"]', "charter.duplicate", "channels[0].content"),
    ('content = ["AAA", "BBB", "CCC"]', 'content = ["AAA"]', "charter.value", "channels[0].content"),
    ('statement = ["AAA", "BBB", "CCC"]', 'statement = ["AAA"]', "charter.value", "channels[0].statement"),
    ("[mandates.watch]", "[mandates.root]", "charter.reserved", "mandates.root"),
    ('ceiling = "FLASH"', 'ceiling = "URGENT"', "charter.unknown", "mandates.watch.ceiling"),
    ('[kinds."stop"]', '[kinds."directory.stop"]', "charter.reserved", "kinds.directory.stop"),
    ('[kinds."stop"]', '[kinds."log"]', "charter.reserved", "kinds.log"),
    ('[kinds."stop"]', '[kinds."Stop"]', "charter.value", "kinds.Stop"),
    ('mandates = ["watch"]', 'mandates = ["wacht"]', "charter.unknown", "kinds.stop.mandates"),
    ("version = 1", "version = 1.5", "charter.type", "kinds.message.version"),
    ("version = 1", "version = 0", "charter.value", "kinds.message.version"),
    ('FLASH = "10 min"', 'FLASH = "10"', "charter.type", "clocks.acknowledge.FLASH"),
    ('FLASH = "10 min"', "FLASH = 10", "charter.type", "clocks.acknowledge.FLASH"),
    ('FLASH = "10 min"', 'FLASH = "7 h"', "charter.value", "clocks.acknowledge.FLASH"),
    ('FLASH = "10 min"', 'FLASH = "\u0661\u0660 min"', "charter.type", "clocks.acknowledge.FLASH"),
    ('alternates = ["1 min"]', 'alternates = ["2 min", "1 min"]', "charter.value", "clocks.rings.alternates"),
    ('alternates = ["1 min"]', 'alternates = []\nfacilitator = "9 s"', "charter.value", "clocks.rings.facilitator"),
    ("[clocks.desk]", '[clocks.desk]\ndispute = "1 h"', "charter.value", "clocks.desk.dispute"),
    ("[clocks.desk]", "[clocks.tea]", "charter.unknown-field", "clocks.tea"),
    ("flash = 10", "flash = 0", "charter.value", "quotas.flash"),
    ('answer = "1 h"', 'answer = "1 century"', "charter.type", "levels[0].answer"),
    ("purposes = []", 'purposes = ["a", "a"]', "charter.duplicate", "purposes"),
]


@pytest.mark.parametrize(("old", "new", "code", "field"), FAULTS)
def test_a_bad_text_is_refused_with_field_reason_and_rule(old: str, new: str, code: str, field: str | None) -> None:
    assert old in TEXT
    with pytest.raises(BadInput) as caught:
        load_toml(TEXT.replace(old, new, 1))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.reason
    assert caught.value.rule


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\x07", "\u2028", "e\u0301"])
def test_a_name_cannot_be_made_to_read_as_another(character: str) -> None:
    escaped = "".join(f"\\u{ord(one):04X}" for one in character)
    with pytest.raises(BadInput) as caught:
        load_toml(TEXT.replace('name = "Member BBB"', f'name = "Member {escaped} BBB"'))
    assert (caught.value.code, caught.value.field) == ("charter.value", "members[1].name")


@pytest.mark.parametrize("text", ["", "= 1", "a = 1979-05-27", "[[[[", "name = 'x'\n" * 2])
def test_what_is_no_charter_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        load_toml(text)


def test_an_oversized_text_is_refused_unread() -> None:
    with pytest.raises(BadInput) as caught:
        load_toml("#" * (MAX_TOML_CHARS + 1))
    assert caught.value.code == "charter.oversized"


def test_left_out_parts_mean_none_of_them() -> None:
    text = TEXT.replace('[[levels]]\nname = "watch"\ntitle = "Duty officers"\nanswer = "1 h"\n', "")
    text = text.replace("[clocks.desk]\n", "").replace("purposes = []\n", "").replace("addressed_only = false\n", "")
    text = text.replace('statement = ["AAA", "BBB"]\n', "")
    loaded = load_toml(text)
    assert loaded.terms.levels == ()
    assert loaded.terms.channels == draft(3).terms.channels


def test_an_area_is_a_polygon_of_places_as_people_write_them() -> None:
    text = (EXAMPLES / "joint-mechanism.toml").read_text("utf-8")
    area = load_toml(text).terms.area
    assert area[0] == (325_000_000, 350_000_000)
    written = text[text.index("corners = [") : text.index("]", text.index("corners = ["))]

    def corners(*places: str) -> str:
        return text.replace(written, f"corners = [{', '.join(repr(place) for place in places)}")

    degrees = corners("33 30 00 N 35 00 00 E", "E37 N33", "34.0, 36.5")
    assert load_toml(degrees).terms.area == (
        (335_000_000, 350_000_000),
        (330_000_000, 370_000_000),
        (340_000_000, 365_000_000),
    )
    refused = [
        (("33 N 35 E", "33 N 36 E", "somewhere"), "geo.coordinates", "area.corners[2]"),
        (("33 N 35 E", "33 N 36 E"), "charter.value", "area.corners"),
        (("33 N 35 E", "34 N 36 E", "34 N 35 E", "33 N 36 E"), "geo.crossing", "vertices[2]"),
    ]
    for places, code, field in refused:
        with pytest.raises(BadInput) as caught:
            load_toml(corners(*places))
        assert (caught.value.code, caught.value.field) == (code, field)
