"""What a roster comes to in the days ahead is what it says at each minute, over clock changes too."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.roster import Roster, on_watch, parse_roster
from parley.procedure.roster_week import MINUTE_MS, next_clock_change, stints
from tests.procedure.test_roster import YEAR_MS, roster, rosters, shift

MOMENTS = st.integers(YEAR_MS // MINUTE_MS, YEAR_MS // MINUTE_MS + 365 * 1440).map(lambda minute: minute * MINUTE_MS)


@given(rosters(), MOMENTS, st.lists(st.floats(0, 1, exclude_max=True), min_size=12, max_size=12))
def test_the_stints_cover_the_days_once_and_are_what_the_roster_says(
    one: Roster, from_ms: int, at: list[float]
) -> None:
    found = stints(one, from_ms)
    assert found[0].start_ms == from_ms
    for before, after in pairwise(found):
        assert before.end_ms == after.start_ms
        assert (before.position, before.alternates, before.languages) != (
            after.position,
            after.alternates,
            after.languages,
        )
    for share in at:
        moment = from_ms + int(share * (found[-1].end_ms - from_ms))
        watch = on_watch(one, None, moment, lambda _: True)
        stint = next(stint for stint in found if stint.start_ms <= moment < stint.end_ms)
        assert (stint.position, stint.alternates) == (watch.position, watch.alternates)


def test_seven_local_days_end_at_a_local_midnight_though_the_clock_is_changed() -> None:
    zone = ZoneInfo("America/New_York")
    one = parse_roster({**roster(shift("duty-1", 0, 720), shift("duty-2", 720)), "zone": "America/New_York"})
    begin = datetime(2026, 10, 29, 12, 0, tzinfo=zone)
    found = stints(one, int(begin.timestamp() * 1000))
    end = datetime.fromtimestamp(found[-1].end_ms / 1000, zone)
    assert (end.hour, end.minute, end.day) == (0, 0, 5)
    assert len(found) == 13


@pytest.mark.parametrize(
    ("zone", "after", "at", "before", "then"),
    [
        ("America/New_York", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 8, 7, 0, tzinfo=UTC), -300, -240),
        ("America/New_York", datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 11, 1, 6, 0, tzinfo=UTC), -240, -300),
        ("Australia/Lord_Howe", datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 4, 15, 0, tzinfo=UTC), 660, 630),
    ],
)
def test_the_next_clock_change_is_told_to_the_minute(
    zone: str, after: datetime, at: datetime, before: int, then: int
) -> None:
    change = next_clock_change(zone, int(after.timestamp() * 1000))
    assert change is not None
    assert (change.at_ms, change.before, change.after) == (int(at.timestamp() * 1000), before, then)


def test_a_zone_that_never_changes_its_clock_says_so() -> None:
    assert next_clock_change("UTC", YEAR_MS) is None
