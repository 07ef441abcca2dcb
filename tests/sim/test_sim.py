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


def test_one_seed_gives_one_run() -> None:
    first, second = (Run(11, tracing=True).play() for _ in range(2))
    assert first.trace == second.trace
    assert first.counts == second.counts
