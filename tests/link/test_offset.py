from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.link.offset import KEPT_SAMPLES, Offset, OffsetEstimate, measure

DAY_MS = 86_400_000
START = 1_800_000_000_000


@given(st.integers(-DAY_MS, DAY_MS), st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_the_error_is_never_more_than_half_the_round_trip(ahead: int, there: int, held: int, back: int) -> None:
    received = START + there + ahead
    sample = measure(START, received, received + held, START + there + held + back)
    assert sample is not None
    assert sample.round_trip_ms == there + back
    assert abs(sample.offset_ms - ahead) <= sample.round_trip_ms / 2 + 1


def test_a_clock_a_day_off_is_seen_as_such() -> None:
    sample = measure(START, START + DAY_MS + 20, START + DAY_MS + 20, START + 40)
    assert sample == Offset(DAY_MS, 40)


@given(st.integers(0, 1 << 52), st.integers(0, 1 << 52), st.integers(0, 1 << 52), st.integers(0, 1 << 52))
def test_impossible_times_give_no_sample(sent: int, received: int, replied: int, returned: int) -> None:
    sample = measure(sent, received, replied, returned)
    if returned < sent or replied < received or replied - received > returned - sent + 1:
        assert sample is None
    else:
        assert sample is not None
        assert sample.round_trip_ms >= 0


def test_the_shortest_round_trip_of_the_last_samples_wins() -> None:
    estimate = OffsetEstimate()
    assert estimate.best() is None
    estimate.add(Offset(100, 5))
    for number in range(KEPT_SAMPLES - 1):
        estimate.add(Offset(number, 50))
    assert estimate.best() == Offset(100, 5)
    estimate.add(Offset(7, 60))
    assert estimate.best() == Offset(KEPT_SAMPLES - 2, 50)
    estimate.clear()
    assert estimate.best() is None
