"""The fixed share of the simulator that every `make test` runs."""

from __future__ import annotations

import pytest

from tests.sim.attacks import BY_FRAMES, ON_LOG
from tests.sim.run import Run, play

SEEDS = range(24)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_is_kept_whatever_goes_wrong(seed: int) -> None:
    result = play(seed)
    assert not result.failures, result.report()


@pytest.mark.parametrize("attack", sorted(ON_LOG | BY_FRAMES))
def test_a_hostile_member_changes_nothing_for_the_others(attack: str) -> None:
    result = Run(7, members=3, hostile=True, attacks=(attack,), faults=()).play()
    assert result.counts.get(f"attack {attack}"), "the attack was not even tried"
    assert not result.failures, result.report()


@pytest.mark.parametrize("what", ["sessions", "reopening", "amending"])
@pytest.mark.parametrize("seed", [102, 104])
def test_what_comes_about_in_a_share_of_runs_keeps_every_promise(what: str, seed: int) -> None:
    result = Run(seed, **{what: True}).play()  # type: ignore[arg-type]
    assert not result.failures, result.report()
    told = {"sessions": "runs over sessions", "reopening": "logs reopened", "amending": "amendments"}
    assert result.counts[told[what]]


def test_a_hostile_member_cannot_part_the_others_by_a_member_that_only_some_know_of() -> None:
    how = {"amending": True, "reopening": False, "sessions": False}
    result = Run(0, members=4, hostile=True, attacks=("sees_a_stranger",), faults=("cut",), **how).play()
    assert not result.failures, result.report()


def test_one_seed_gives_one_run() -> None:
    first, second = (Run(11, tracing=True).play() for _ in range(2))
    assert first.trace == second.trace
    assert first.counts == second.counts
