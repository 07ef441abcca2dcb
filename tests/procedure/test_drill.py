"""A drill's score: what was done in time earns, what was not does not, mistakes cost, and nothing after the end counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.drill import scale, vocabulary
from parley.procedure.drill.exercises import (
    ASSESSED,
    EXERCISES,
    FORK_SEEN,
    MISSED_CALL,
    NODE_LOST,
    SPLIT,
    STOP_CALL,
    UNKNOWN,
)
from parley.procedure.drill.observed import Belief, Clocks, MemberObserved, Mismatch, Observed, Passed, Reached, Spoke
from parley.procedure.drill.score import Finding, MemberScore, Mistake, Verdict, score
from parley.procedure.drill.telling import LANGUAGES, as_html, as_markdown, json_report
from tests.changed import replace

SAID = 1_790_000_000_000
CLOCKS = Clocks(600_000, (60_000, 120_000), 240_000, 300_000)
ENDED = SAID + 1_200_000
ORDER = ("duty-1", "duty-2", "duty-3", "liaison")
DOCUMENT = (Path(__file__).parents[2] / "docs" / "drills.md").read_text("utf-8")


def rungs(position: str = "duty-1", **after_s: float) -> dict[str, Reached]:
    return {
        name.replace("_", "-"): Reached(SAID + int(1000 * at), f"BBB {number}", position)
        for number, (name, at) in enumerate(after_s.items())
    }


GOOD = rungs(stored=0.1, shown=2, acknowledged=10, read_back=10, passed_on=20, outcome=60)
UNIT = Passed("OP4", SAID + 20_000, SAID + 40_000)


def member(code: str = "BBB", **more: Any) -> MemberObserved:
    return MemberObserved(code, **{"addressed": True, "order": ORDER, "rungs": GOOD, "units": (UNIT,), **more})


def drill(*members: MemberObserved, exercise: str = STOP_CALL, **more: Any) -> Observed:
    stop = exercise == STOP_CALL
    base = Observed(
        exercise, "AAA 1", "AAA 2", "AAA/exercise-1", SAID, ENDED, stop, stop, CLOCKS, members or (member(),),
        "CCC" if exercise in ASSESSED else None, {NODE_LOST: "node", FORK_SEEN: SPLIT}.get(exercise),
    )  # fmt: skip
    return replace(base, **more)


def of(seen: Observed) -> MemberScore:
    return score(seen).members[0]


def finding(one: MemberScore, name: str) -> Finding:
    return next(found for found in one.findings if found.name == name)


def test_everything_in_time_is_a_hundred() -> None:
    one = of(drill())
    assert (one.score, one.mistakes) == (100, ())
    assert [found.name for found in one.findings] == [
        "stored", "shown", "acknowledged", "read-back", "passed-on", "unit-confirmed", "outcome", "answered",
    ]  # fmt: skip
    assert all(found.verdict is Verdict.ON_TIME for found in one.findings)


def test_a_stop_taken_by_an_alternate_is_taken_in_the_alternates_step() -> None:
    late = {**GOOD, **rungs("duty-2", acknowledged=75, read_back=75)}
    one = of(drill(member(rungs=late)))
    assert [(step.name, step.rung, step.verdict) for step in one.steps] == [
        ("first", ("duty-1",), Verdict.NEVER), ("alternates", ("duty-2",), Verdict.ON_TIME),
    ]  # fmt: skip
    assert one.steps[1].answered_by == "duty-2"
    assert finding(one, scale.ANSWERED).verdict is Verdict.LATE
    assert finding(one, scale.ACKNOWLEDGED).verdict is Verdict.ON_TIME
    assert one.mistakes == (), "an alternate is no stranger"


def test_a_call_nobody_answers_comes_to_the_facilitator_and_is_missed() -> None:
    silent = member(rungs=rungs(stored=0), units=())
    spoke = (Spoke(SAID + 250_000, "duty-1", "FAC 9"),)
    for found, verdict in (
        (spoke, Verdict.ON_TIME),
        ((Spoke(SAID + 700_000, "duty-1", "FAC 9"),), Verdict.LATE),
        ((), Verdict.NEVER),
    ):
        facilitator = member("FAC", addressed=False, facilitates=True, rungs={}, units=(), spoke=found)
        told = score(drill(silent, facilitator, exercise=MISSED_CALL))
        assert [step.name for step in told.members[0].steps] == ["first", "alternates", "alternates", "facilitator"]
        assert told.members[0].steps[-1].rung == ("FAC",)
        assert [(one.name, one.detail, one.after_ms) for one in told.members[0].mistakes] == [
            ("missed", "acknowledged", 600_000)
        ]
        assert finding(told.members[1], scale.FACILITATED).verdict is verdict


def test_the_facilitator_is_expected_nothing_of_what_was_answered_before_it_was_rung() -> None:
    facilitator = member("FAC", addressed=False, facilitates=True, rungs={}, units=())
    assert score(drill(member(), facilitator)).members[1].score is None


@pytest.mark.parametrize(
    ("right_ms", "name", "cost"),
    [(SAID + 30_000, "misread", 5), (None, "misread-left", 15), (ENDED + 1, "misread-left", 15)],
)
def test_what_was_read_back_otherwise_costs_less_when_it_was_put_right(
    right_ms: int | None, name: str, cost: int
) -> None:
    one = of(drill(member(mismatches=(Mismatch(SAID + 10_000, ("until",), "BBB 3", right_ms),))))
    assert one.mistakes == (Mistake(name, 10_000, "until", "BBB 3", cost),)
    assert one.score == 100 - cost


def test_a_position_that_is_not_on_the_roster_is_a_stranger_and_without_a_roster_nobody_is() -> None:
    by_stranger = {**GOOD, **rungs("clerk-1", acknowledged=10)}
    assert [one.name for one in of(drill(member(rungs=by_stranger))).mistakes] == ["stranger"]
    assert of(drill(member(rungs=by_stranger, order=()))).mistakes == ()


def test_a_unit_that_does_not_confirm_is_a_clock_missed() -> None:
    one = of(drill(member(units=(replace(UNIT, confirmed_ms=None),))))
    assert finding(one, scale.CONFIRMED).verdict is Verdict.NEVER
    assert [(mistake.name, mistake.detail) for mistake in one.mistakes] == [("missed", "OP4")]


@pytest.mark.parametrize("exercise", sorted(ASSESSED))
def test_a_wrong_cause_costs_unknown_does_not_and_the_right_one_earns(exercise: str) -> None:
    right = {NODE_LOST: "node", FORK_SEEN: SPLIT}[exercise]

    def held(*causes: str) -> MemberScore:
        beliefs = tuple(Belief(SAID + 1000 * at, cause, "duty-1", f"BBB {at}") for at, cause in enumerate(causes))
        return of(drill(member(addressed=False, rungs={}, units=(), beliefs=beliefs), exercise=exercise))

    assert held(right).score == 100
    assert held(UNKNOWN).score == 50
    assert held().score == 0
    wrong = held("refused")
    assert (wrong.score, [(one.name, one.detail) for one in wrong.mistakes]) == (0, [("believed", "refused")])
    assert held("refused", right).score == 80, "who comes to the right cause is still told what was believed before"


def test_the_member_that_a_silence_is_about_is_not_asked() -> None:
    told = score(drill(member("CCC", addressed=False, rungs={}, units=()), member(), exercise=NODE_LOST))
    assert told.members[0].score is None


# ---- properties ----------------------------------------------------------------------------------------------------

TIMES = st.none() | st.integers(-5_000, 1_500_000)
REACHED = st.fixed_dictionaries(
    dict.fromkeys(("stored", "shown", "acknowledged", "read-back", "passed-on", "outcome"), TIMES)
)


@st.composite
def members(draw: st.DrawFn, code: str) -> MemberObserved:
    marks = draw(REACHED)
    position = draw(st.sampled_from([*ORDER, "clerk-1"]))
    at = SAID + draw(st.integers(0, 1_500_000))
    return MemberObserved(
        code, draw(st.booleans()), code == "FAC", draw(st.sampled_from([(), ORDER])),
        {name: Reached(SAID + after, f"{code} 1", position) for name, after in marks.items() if after is not None},
        tuple(draw(st.lists(st.builds(Mismatch, st.just(at), st.just(("until",)), st.just(f"{code} 2"), st.none() | st.just(at + 9)), max_size=2))),
        tuple(draw(st.lists(st.builds(Passed, st.sampled_from(["OP4", "OP5"]), st.just(at), st.none() | st.just(at + 400_000)), max_size=2))),
        tuple(draw(st.lists(st.builds(Belief, st.just(at), st.sampled_from(["node", "refused", UNKNOWN, SPLIT]), st.just(position), st.just(f"{code} 3")), max_size=2))),
        tuple(draw(st.lists(st.builds(Spoke, st.just(at), st.just(position), st.just(f"{code} 4")), max_size=2))),
    )  # fmt: skip


@st.composite
def drills(draw: st.DrawFn) -> Observed:
    found = [draw(members(code)) for code in draw(st.sampled_from([("BBB",), ("BBB", "FAC"), ("BBB", "CCC", "FAC")]))]
    clocks = draw(
        st.sampled_from([CLOCKS, Clocks(600_000, (), None, 300_000), Clocks(60_000, (30_000, 90_000), 240_000, 1)])
    )
    return drill(
        *found, exercise=draw(st.sampled_from(EXERCISES)), clocks=clocks, ended_ms=SAID + draw(st.integers(0, 1_500_000)),
        critical=draw(st.booleans()), acts=draw(st.booleans()),
    )  # fmt: skip


@given(drills())
def test_a_score_is_from_0_to_100_and_comes_of_its_findings(seen: Observed) -> None:
    told = score(seen)
    counted = [one.score for one in told.members if one.score is not None]
    assert told.score == (sum(counted) // len(counted) if counted else 0)
    for one in told.members:
        possible, cost = sum(each.possible for each in one.findings), sum(each.cost for each in one.mistakes)
        assert all(0 <= each.earned <= each.possible for each in one.findings)
        assert one.score == (
            max(0, 100 * sum(each.earned for each in one.findings) // possible - cost) if possible else None
        )


@given(drills())
def test_what_comes_after_the_end_changes_nothing(seen: Observed) -> None:
    def until_the_end(one: MemberObserved) -> MemberObserved:
        def kept(at_ms: int | None) -> int | None:
            return at_ms if at_ms is not None and at_ms <= seen.ended_ms else None

        return replace(
            one,
            rungs={name: mark for name, mark in one.rungs.items() if kept(mark.at_ms) is not None},
            mismatches=tuple(
                replace(each, right_ms=kept(each.right_ms)) for each in one.mismatches if kept(each.at_ms) is not None
            ),
            units=tuple(
                replace(each, confirmed_ms=kept(each.confirmed_ms))
                for each in one.units
                if kept(each.at_ms) is not None
            ),
            beliefs=tuple(each for each in one.beliefs if kept(each.at_ms) is not None),
            spoke=tuple(each for each in one.spoke if kept(each.at_ms) is not None),
        )

    assert score(seen) == score(replace(seen, members=tuple(until_the_end(one) for one in seen.members)))


@given(drills())
def test_the_steps_are_those_the_charter_names_in_order_and_one_answer_ends_them(seen: Observed) -> None:
    for told, one in zip(score(seen).members, seen.members, strict=True):
        times = [step.after_ms for step in told.steps]
        assert times == sorted(times)
        assert all(step.after_ms <= seen.ended_ms - seen.said_ms for step in told.steps)
        answered = [number for number, step in enumerate(told.steps) if step.answered_ms is not None]
        assert answered in ([], [len(told.steps) - 1])
        assert not told.steps or one.addressed


@given(drills())
def test_a_mistake_fewer_never_lowers_a_score(seen: Observed) -> None:
    better = replace(seen, members=tuple(replace(one, mismatches=()) for one in seen.members))
    for before, after in zip(score(seen).members, score(better).members, strict=True):
        assert (before.score is None) == (after.score is None)
        assert (after.score or 0) >= (before.score or 0)


# ---- the report ----------------------------------------------------------------------------------------------------


@given(drills(), st.sampled_from(LANGUAGES))
def test_a_report_is_told_in_every_language_with_whatever_is_in_it(seen: Observed, language: str) -> None:
    told = [score(seen)]
    page, text = as_html(told, "SIMULATION", language), as_markdown(told, "SIMULATION", language)
    for one in told[0].members:
        assert one.code in page
        assert one.code in text
    assert f'lang="{language}"' in page
    assert ("rtl" in page.split(">")[1]) == (language != "en")
    assert json_report(told, "SIMULATION")["drills"][0]["score"] == told[0].score


def test_what_people_wrote_is_no_part_of_the_reports_language() -> None:
    hostile = Passed("<b>|`\u202eOP4", SAID + 1, None)
    told = [score(drill(member(units=(hostile,))))]
    page, text = as_html(told, None, "en"), as_markdown(told, None, "en")
    assert "<b>" not in page
    assert "\u202e" not in page + text
    assert "\\<b\\>\\|\\`" in text


def test_every_word_of_a_report_is_in_every_language() -> None:
    for table in (vocabulary.EXERCISES, vocabulary.CAUSES, vocabulary.FINDINGS, vocabulary.STEPS, vocabulary.VERDICTS,
                  vocabulary.MISTAKES, vocabulary.LABELS):  # fmt: skip
        for name, label in table.items():
            assert set(label) == set(LANGUAGES), name
            assert all(label.values()), name
    assert set(vocabulary.FINDINGS) == set(scale.WORTH)
    assert set(vocabulary.MISTAKES) == set(scale.COST)


def test_the_document_tells_the_scale_as_it_is() -> None:
    told = {name: int(points) for name, points in re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", DOCUMENT, re.M)}
    assert told == {**scale.WORTH, **scale.COST}
    assert {one for one in EXERCISES if f"| `{one}` |" in DOCUMENT} == set(EXERCISES)
