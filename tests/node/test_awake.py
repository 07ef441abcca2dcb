"""The event loop polls without sleeping as long as it was told to, once a turn, and no longer."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from parley.node.awake import AWAKE_S, Awake

TURNS = 10


class Counted(Awake):
    """Counts its turns."""

    turns = 0

    def _poll(self) -> None:
        self.turns += 1
        super()._poll()


async def turns_of(awake: Counted) -> int:
    """How often it polls in `TURNS` turns of the loop."""
    before = awake.turns
    for _ in range(TURNS):
        await asyncio.sleep(0)
    return awake.turns - before


def test_it_polls_once_a_turn_until_its_time_is_over_or_it_may_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("parley.node.awake.time", SimpleNamespace(monotonic=lambda: now[0]))

    async def look() -> None:
        awake = Counted()
        assert await turns_of(awake) == 0
        awake.stay()
        assert await turns_of(awake) == TURNS
        now[0] += AWAKE_S
        assert await turns_of(awake) == 1
        awake.stay()
        await turns_of(awake)
        for _ in range(3):  # an answer, and the next FLASH, in one turn of the loop
            awake.rest()
            awake.stay()
        assert await turns_of(awake) == TURNS
        awake.rest()
        assert await turns_of(awake) == 1

    asyncio.run(look())
