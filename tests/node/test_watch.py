"""What rings, as time passes, and as a clock is set."""

from __future__ import annotations

from parley.node.watch import Ring, Ringing, Stage, Watch
from parley.procedure.clocks import ACKNOWLEDGE, ACKNOWLEDGE_TITLE, Clock
from parley.record.statement import Precedence
from tests.procedure.histories import CHARTER, NOON_MS, SYR, USA

MINUTE_MS = 60_000
CASE = "ISR 7"


def flash(since_ms: int = NOON_MS) -> Ringing:
    """A FLASH of ISR, for SYR to acknowledge within ten minutes."""
    clock = Clock(
        ACKNOWLEDGE, ACKNOWLEDGE_TITLE, CASE, CASE, SYR, Precedence.FLASH, since_ms, since_ms + 10 * MINUTE_MS, True, None
    )  # fmt: skip
    return Ringing(clock, "stop", "ISR/duty-1", True)


def stages(watch: Watch) -> list[tuple[Stage, int]]:
    return [(ring.stage, ring.alternates) for ring in watch.current()]


def test_alternates_join_at_the_charters_times_and_then_the_facilitator_rings() -> None:
    mine, facilitator = Watch(SYR), Watch(USA)
    for watch in (mine, facilitator):
        watch.set(CASE, [flash()], CHARTER, NOON_MS)
    assert stages(mine) == [(Stage.FIRST, 0)]
    found = []
    for minutes in range(6):
        for watch in (mine, facilitator):
            watch.advance(CHARTER, NOON_MS + minutes * MINUTE_MS)
        found.append((stages(mine)[0][1], bool(facilitator.current())))
    assert found == [(0, False), (1, False), (2, False), (3, False), (3, True), (3, True)]


def test_a_clock_that_is_put_back_takes_back_what_it_let_ring_too_early() -> None:
    watch, day_ms = Watch(SYR), 24 * 60 * MINUTE_MS
    watch.set(CASE, [flash()], CHARTER, NOON_MS + day_ms)
    assert stages(watch) == [(Stage.ALTERNATES, 3)]
    told = watch.advance(CHARTER, NOON_MS)
    assert stages(watch) == [(Stage.FIRST, 0)]
    assert [ring.alternates for ring in (*told.fresh, *told.gone)] == [0, 3]
    watch.advance(CHARTER, NOON_MS + MINUTE_MS)
    assert stages(watch) == [(Stage.ALTERNATES, 1)], "and lets it ring when it is time"


def test_what_has_been_acknowledged_rings_nowhere() -> None:
    watch = Watch(SYR)
    watch.set(CASE, [flash()], CHARTER, NOON_MS)
    told = watch.set(CASE, [], CHARTER, NOON_MS + 1)
    assert isinstance(told.gone[0], Ring)
    assert not watch.current()
