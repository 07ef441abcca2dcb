"""The examples take no side, and everything in them is marked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from parley.charter.charter_toml import load_toml
from parley.charter.terms import Role
from parley.cli.scenario import Happening, Said, read_scenario
from parley.errors import BadInput

EXAMPLES = Path(__file__).parents[2] / "examples"
SCENARIOS = sorted((EXAMPLES / "scenarios").glob("*.yaml"))
MARKS = ("SIMULATION", "סימולציה", "محاكاة")


def parties(path: Path) -> list[str]:
    draft = load_toml((EXAMPLES.parent / read_scenario(path).charter).read_text("utf-8"))
    return [seat.code for seat in draft.seats if seat.role is Role.PARTY]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_each_party_opens_as_many_cases_as_the_other_and_speaks_as_often(path: Path) -> None:
    said = read_scenario(path).said
    opened = Counter(one.by for one in said if one.opens)
    spoken = Counter(one.by for one in said)
    first, *others = parties(path)
    assert all(opened[code] == opened[first] > 0 for code in others)
    assert all(abs(spoken[code] - spoken[first]) <= 1 for code in others)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_each_party_opens_the_same_kinds_of_case(path: Path) -> None:
    kinds = {
        code: Counter(one.kind for one in read_scenario(path).said if one.by == code and one.opens)
        for code in parties(path)
    }
    first, *others = kinds.values()
    assert all(other == first for other in others)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_each_party_goes_first_as_often_as_the_other(path: Path) -> None:
    codes = parties(path)
    firsts: Counter[str] = Counter()
    waiting: str | None = None
    for one in read_scenario(path).said:
        if one.by in codes and waiting in (None, one.by):
            firsts[one.by] += waiting is None
            waiting = one.by
        elif one.by in codes:
            waiting = None
    assert abs(firsts[codes[0]] - firsts[codes[1]]) <= 1, firsts


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_flash_goes_each_way_and_what_breaks_breaks_for_no_party_alone(path: Path) -> None:
    scenario, codes = read_scenario(path), set(parties(path))
    flashes = Counter(one.by for one in scenario.said if one.precedence == "FLASH")
    assert len({flashes[code] for code in codes}) == 1
    assert min(flashes[code] for code in codes) > 0
    for act in scenario.acts:
        if isinstance(act, Happening) and act.act in ("cut", "kill"):
            assert not codes & set(act.about) or codes <= set(act.about), act


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_finding_on_one_partys_case_has_its_like_on_the_others(path: Path) -> None:
    said = read_scenario(path).said
    opened = {one.name: one.by for one in said}
    found = [(opened[one.case], one.text) for one in said if one.kind == "finding" and one.case]
    texts = {code: sorted(text for of, text in found if of == code) for code in parties(path)}
    assert len({tuple(one) for one in texts.values()}) == 1


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_invented_statement_says_that_it_is_a_simulation(path: Path) -> None:
    for one in read_scenario(path).said:
        assert one.source or any(mark in one.text for mark in MARKS), one.name


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_what_was_reported_is_an_attributed_quotation_by_no_party(path: Path) -> None:
    for one in read_scenario(path).said:
        assert (one.kind == "quotation") == (one.source is not None), one.name
        assert one.kind != "quotation" or one.by not in parties(path), one.name


@pytest.mark.parametrize("path", sorted((EXAMPLES / "charters").glob("*.toml")), ids=lambda path: path.stem)
def test_example_charters_are_exercises(path: Path) -> None:
    assert load_toml(path.read_text("utf-8")).terms.exercise


def test_a_scenario_that_moves_an_unknown_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "title: x\ncharter: y\nacts:\n- {id: a, by: A, kind: answer, text: t, lang: en, case: nowhere}\n", "utf-8"
    )
    with pytest.raises(BadInput, match=r"scenario\.case"):
        read_scenario(path)


def test_both_scripts_of_the_parties_are_heard() -> None:
    said = [act for act in read_scenario(EXAMPLES / "scenarios" / "first-day.yaml").acts if isinstance(act, Said)]
    assert {one.lang for one in said} == {"en", "ar", "he"}
