"""`parley drill`: led at real nodes, scored from the record, the same at every node; and refused where it must not be."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from parley.charter.charter_toml import load_toml
from parley.charter.founding import found
from parley.cli import main
from parley.cli.drills.leading import check_charter
from parley.cli.drills.observing import order_at
from parley.cli.drills.playing import CLOCKS, LEADER, ROSTER, WATCH, plan
from parley.cli.drills.rehearsal import quickened, rehearse
from parley.cli.stage import POSITION, Stage
from parley.crypto.keys import SigningKey
from parley.errors import ParleyError, Refused
from parley.procedure.drill.exercises import EXERCISES, FORK_SEEN, MISSED_CALL, NODE_LOST, SPLIT, STOP_CALL
from parley.procedure.drill.score import Verdict
from tests.cli.conftest import CHARTER, Run, parsed


def test_a_mechanism_that_is_no_exercise_is_refused_with_the_reason() -> None:
    draft = load_toml(CHARTER.replace("exercise = true", "exercise = false"))
    with pytest.raises(Refused) as refused:
        check_charter(
            found(
                draft,
                {seat.code: SigningKey.from_seed(seat.code.encode().ljust(32)).verify_key.raw for seat in draft.seats},
            )
        )
    assert refused.value.code == "drill.exercise"
    assert "exercise = true" in str(refused.value.rule)


def test_a_charter_that_opens_no_drills_is_refused() -> None:
    draft = load_toml("\n".join(line for line in CHARTER.splitlines() if not line.startswith("assessment")))
    with pytest.raises(Refused) as refused:
        check_charter(
            found(
                draft,
                {seat.code: SigningKey.from_seed(seat.code.encode().ljust(32)).verify_key.raw for seat in draft.seats},
            )
        )
    assert (refused.value.code, "assessment" in refused.value.reason) == ("drill.kinds", True)


def test_a_charter_is_quickened_in_its_clocks_alone() -> None:
    before, after = load_toml(CHARTER), load_toml(quickened(CHARTER))
    assert after.terms.clocks.facilitator_ms == 9_000
    assert after.terms.kinds == before.terms.kinds
    assert after.terms.quotas == before.terms.quotas
    assert after.terms.levels == before.terms.levels
    assert CLOCKS in quickened(CHARTER)


def test_the_players_plans_come_of_their_seed_and_hold_every_mistake() -> None:
    def drawn(seed: int, exercise: str = STOP_CALL) -> dict:
        return plan(Random(seed), exercise, ["AAA", "BBB", "FAC"], ["BBB", "FAC"], "FAC", SPLIT)

    assert drawn(7) == drawn(7)
    every = [own for seed in range(60) for own in drawn(seed).values() if own.answers]
    assert {own.answers for own in every} == {*WATCH, LEADER}
    for name in ("misreads", "puts_right", "passes", "confirms", "tells"):
        assert {getattr(own, name) for own in every} == {True, False}, name
    assert all(drawn(seed)["BBB"].answers == WATCH[1] for seed in range(60)), "an alternate takes the STOP"
    held = {drawn(seed, FORK_SEEN)["AAA"].cause for seed in range(60)}
    assert {SPLIT, "unknown", None} < held


def watch_case(kind: str, content: dict[str, Any], opened_ms: int, taken_ms: int | None = None) -> dict[str, Any]:
    """A case of the watch desk, as a node shows it."""
    entered = [] if taken_ms is None else [{"state": "taken-over", "at_ms": taken_ms}]
    return {"kind": kind, "opener": "BBB", "opened_ms": opened_ms, "entered": entered, "items": [{"content": content}]}


def test_who_was_to_be_rung_is_told_by_the_roster_and_the_handovers_of_that_time() -> None:
    roster = {"roster": ROSTER}
    cases = [
        watch_case("handover", {"to": "duty-3"}, 50, 60), watch_case("handover", {"to": "duty-2"}, 40),
        watch_case("roster", roster, 10), watch_case("roster", {"roster": {"zone": "?"}}, 90),
    ]  # fmt: skip
    assert order_at(cases, "BBB", 9) == (), "before there was a roster"
    assert order_at(cases, "BBB", 45) == ("duty-1", "duty-2", "duty-3", "liaison"), "an offer moves nothing"
    assert order_at(cases, "BBB", 60) == ("duty-3", "duty-1", "duty-2", "liaison")
    assert order_at(cases, "BBB", 95) == (), "a roster that is none is none"
    assert order_at(cases, "AAA", 60) == ()


@pytest.mark.slow
def test_a_fork_is_not_made_in_a_mechanism_that_is_kept(run: Run) -> None:
    refused = run("ISR", "drill", "fork-seen", "--as", POSITION)
    assert refused.exit_code == 1
    assert "drill.fork" in refused.output


@pytest.mark.slow
def test_a_stop_drill_is_led_at_a_running_node_and_every_node_gives_the_same_report(
    stage: Stage, run: Run, tmp_path: Path
) -> None:
    """The other members' officers sit at their screens: here, a thread that does as they would."""
    done: list[str] = []

    def officers() -> None:
        stop = _await_stop(stage)
        for code, wrong in (("SYR", True), ("USA", False)):
            item = stage.clients[code].case(stop)["items"][0]
            stage.digests[stop] = bytes.fromhex(item["digest"])
            back = {one["name"]: item["content"][one["name"]] for one in item["critical"]}
            if wrong:
                stage.speak(code, "acknowledge", {"read_back": {**back, "activity": "air"}}, case=stop, about=stop)
            stage.speak(code, "acknowledge", {"read_back": back}, case=stop, about=stop)
            stage.speak(code, "shown", {}, case=stop, about=stop)
            stage.speak(code, "passed-on", {"unit": "OP4"}, case=stop, about=stop)
            confirmed = {"unit": "OP4", "by": "OP4 watch", "how": "radio", "time": time.time_ns() // 1_000_000}
            stage.speak(code, "unit-confirmed", confirmed, case=stop, about=stop)
            stage.speak(code, "outcome", {"result": "complied"}, case=stop, about=stop)
        done.append(stop)

    thread = threading.Thread(target=officers, daemon=True)
    thread.start()
    report = tmp_path / "report.html"
    led = parsed(run("ISR", "drill", "stop", "--as", POSITION, "--json", "--wait", "1", "-o", str(report)))
    thread.join(10)
    assert done, "the officers came to the end"
    [told] = led["drills"]
    assert led["banner"].startswith("SIMULATION")
    scores = {one["code"]: one for one in told["members"]}
    assert scores["USA"]["score"] == 100
    assert [one["name"] for one in scores["SYR"]["mistakes"]] == ["misread"]
    assert scores["SYR"]["score"] == 95
    assert 'lang="he" dir="rtl"' in report.read_text("utf-8"), "in the member's language"
    for code in ("SYR", "USA"):
        again = parsed(run(code, "drill", "--of", told["drill"], "--json"))
        assert again["drills"] == led["drills"], f"{code} comes to the same"
    refused = run("USA", "drill", "--of", done[0])
    assert (refused.exit_code, "drill.unknown" in refused.output) == (1, True)


def _await_stop(stage: Stage) -> str:
    """The STOP of the drill, once both other members hold it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for one in stage.clients["SYR"].cases("line"):
            if one["kind"] == "stop" and one["items"][0]["content"]["text"].startswith("תרגיל"):
                try:
                    stage.clients["USA"].case(one["reference"])
                    return str(one["reference"])
                except ParleyError:
                    pass
        time.sleep(0.1)
    raise AssertionError("no STOP came")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2])
def test_all_drills_are_played_by_scripted_officers_and_the_score_tells_their_mistakes(
    seed: int, tmp_path: Path
) -> None:
    told: list[str] = []
    played = {one.score.exercise: one for one in rehearse(tmp_path, CHARTER, EXERCISES, seed, told.append)}
    assert set(played) == set(EXERCISES)
    assert all(one.agreed for one in played.values()), told

    stop = played[STOP_CALL]
    scored = {one.code: one for one in stop.score.members}
    for code, own in stop.plans.items():
        if own.answers is None:
            continue
        mistakes = [one.name for one in scored[code].mistakes]
        assert ("stranger" in mistakes) == (own.answers == LEADER)
        assert ("misread" in mistakes) == (own.misreads and own.puts_right)
        assert ("misread-left" in mistakes) == (own.misreads and not own.puts_right)
        assert ("missed" in mistakes) == (own.passes and not own.confirms)
        outcome = next(one for one in scored[code].findings if one.name == "outcome")
        assert (outcome.verdict is Verdict.ON_TIME) == own.tells
    taken = [one for one in stop.score.members if one.steps and one.steps[-1].answered_by == WATCH[1]]
    assert taken, "a STOP taken by an alternate"
    assert all(one.steps[0].verdict is Verdict.NEVER and len(one.steps) == 2 for one in taken)

    missed = played[MISSED_CALL]
    [called] = [one for one in missed.score.members if one.steps]
    assert called.steps[-1].name == "facilitator", "it escalated as far as it goes"
    [facilitator] = [code for code, own in missed.plans.items() if code == "USA"]
    [acted] = [one for member in missed.score.members if member.code == facilitator for one in member.findings]
    wanted = Verdict.NEVER if missed.plans[facilitator].facilitates_s is None else Verdict.ON_TIME
    assert acted.name == "facilitated"
    assert acted.verdict in (wanted, Verdict.NOT_DUE) if wanted is Verdict.NEVER else acted.verdict is wanted

    for exercise, cause in ((NODE_LOST, "node"), (FORK_SEEN, SPLIT)):
        one = played[exercise]
        assert one.score.cause == cause
        assert one.score.about not in {member.code for member in one.score.members}
        for member in one.score.members:
            held = one.plans[member.code].cause
            believed = [mistake.detail for mistake in member.mistakes if mistake.name == "believed"]
            assert believed == ([held] if held not in (None, "unknown", cause) else []), (exercise, member.code)


@pytest.mark.slow
def test_the_command_plays_one_and_writes_its_report(tmp_path: Path) -> None:
    report = tmp_path / "drill.md"
    done = CliRunner().invoke(
        main, ["drill", "stop", "--players", "--seed", "4", "--language", "ar", "-o", str(report)]
    )
    assert done.exit_code == 0, done.output
    assert "every node comes to" in done.output
    assert "# نداء قف" in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("stop", "--as", "duty-1"), 5, "charter.missing"), (("stop", "--as", "duty-1", "-o", "x.pdf"), 1, "drill.report"),
        (("launch",), 2, "launch"), (("--of", "AVA 1"), 5, "settings.missing"),
    ],
)  # fmt: skip
def test_what_is_lacking_is_told(arguments: tuple[str, ...], code: int, told: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["drill", *arguments, "--home", str(tmp_path)])
    assert (done.exit_code, told in done.output) == (code, True), done.output
