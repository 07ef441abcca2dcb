"""At every moment one watch, and never two, whatever the roster, the absences and the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.procedure.roster import DAY_MINUTES, Roster, on_watch, parse_roster, roster_holes

POSITIONS = [f"duty-{number}" for number in range(1, 7)]
ZONES = [
    "UTC",
    "Asia/Jerusalem",
    "Asia/Damascus",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
]
YEAR_MS = 1_767_225_600_000  # 2026-01-01


def shift(
    position: str, start: int = 0, end: int = DAY_MINUTES, days: list[int] | None = None, **more: Any
) -> dict[str, Any]:
    return {"position": position, "days": days or list(range(7)), "from": start, "until": end, **more}


def roster(*shifts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"zone": "UTC", "shifts": list(shifts) or [shift("duty-1")], "liaison": "liaison", **more}


@st.composite
def days_of_shifts(draw: st.DrawFn, days: list[int]) -> list[dict[str, Any]]:
    cuts = sorted(draw(st.sets(st.integers(1, DAY_MINUTES - 1), max_size=4)))
    return [
        shift(
            draw(st.sampled_from(POSITIONS)),
            start,
            end,
            days,
            alternates=draw(st.lists(st.sampled_from(POSITIONS), max_size=3)),
        )
        for start, end in zip([0, *cuts], [*cuts, DAY_MINUTES], strict=True)
    ]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    working = draw(st.sampled_from([[0, 1, 2, 3, 4], [6, 0, 1, 2, 3], [0, 2, 4, 6]]))
    shifts = draw(days_of_shifts(working)) + draw(days_of_shifts([day for day in range(7) if day not in working]))
    first = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 364)))
    holidays = [
        {"from": f"{first:%Y-%m-%d}", "until": f"{first + timedelta(days=draw(st.integers(0, 3))):%Y-%m-%d}",
         "shifts": draw(days_of_shifts(list(range(7))))}
    ] * draw(st.integers(0, 1))  # fmt: skip
    absences = [
        {"position": draw(st.sampled_from(POSITIONS)), "from": (start := draw(st.integers(YEAR_MS, YEAR_MS + 365 * 86_400_000))),
         "until": start + draw(st.integers(1, 90 * 86_400_000))}
        for _ in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    return parse_roster(
        {
            "zone": draw(st.sampled_from(ZONES)),
            "shifts": shifts,
            "holidays": holidays,
            "absences": absences,
            "liaison": "liaison",
        }
    )


@given(
    rosters(), st.integers(YEAR_MS, YEAR_MS + 365 * 86_400_000), st.none() | st.sampled_from(POSITIONS),
    st.sets(st.sampled_from(POSITIONS)),
)  # fmt: skip
def test_there_is_always_one_watch_and_somebody_to_ring(
    one: Roster, at_ms: int, taken: str | None, keys: set[str]
) -> None:
    found = on_watch(one, taken, at_ms, lambda position: position in keys)
    order = [found.position, *found.alternates]
    assert len(set(order)) == len(order), "nobody is rung twice"
    assert order[-1] == "liaison", "there is a last one"
    assert all(position in keys and not one.is_absent(position, at_ms) for position in order[:-1])
    if taken in keys and not one.is_absent(str(taken), at_ms):
        assert found.position == taken, "who took the watch over has it until it is taken over"


@given(rosters(), st.integers(YEAR_MS, YEAR_MS + 365 * 86_400_000))
def test_exactly_one_shift_covers_every_moment(one: Roster, at_ms: int) -> None:
    assert one.shift(at_ms).position in POSITIONS


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),  # 02:00 to 03:00 local is left out
        ("America/New_York", datetime(2026, 11, 1, 6, 0, tzinfo=UTC)),  # 01:00 to 02:00 local comes twice
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 0, tzinfo=UTC)),  # by half an hour
        ("Asia/Jerusalem", datetime(2026, 3, 27, 0, 0, tzinfo=UTC)),
    ],
)
def test_where_the_clock_is_changed_there_is_one_watch_each_minute(zone: str, around: datetime) -> None:
    shifts = [shift("duty-1", 0, 90), shift("duty-2", 90, 150), shift("duty-3", 150)]
    one = parse_roster({**roster(*shifts), "zone": zone})
    begin = int((around - timedelta(hours=3)).timestamp() * 1000)
    for minute in range(6 * 60):
        assert one.shift(begin + minute * 60_000).position in ("duty-1", "duty-2", "duty-3")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (roster(shift("duty-1", 0, 600)), "roster.gap"),
        (roster(shift("duty-1", 0, 600), shift("duty-2", 700)), "roster.gap"),
        (roster(shift("duty-1", days=[0, 1, 2, 3, 4, 5])), "roster.gap"),
        (roster(shift("duty-1"), shift("duty-2", 60, 120, [3])), "roster.twice"),
        (roster(zone="Atlantis/Deep"), "roster.zone"),
        (roster(shift("duty-1", 600, 600)), "roster.shape"),
        (roster(shift("Duty One")), "roster.shape"),
        (roster(absences=[{"position": "liaison", "from": 0, "until": 1}]), "roster.liaison"),
        (roster(absences=[{"position": "duty-1", "from": 5, "until": 5}]), "roster.shape"),
        (roster(holidays=[{"from": "2026-12-02", "until": "2026-12-01", "shifts": [shift("duty-1")]}]), "roster.shape"),
        (
            roster(holidays=[{"from": "2026-12-01", "until": "2026-12-02", "shifts": [shift("duty-1", 60)]}]),
            "roster.gap",
        ),
        (roster(more=1), "roster.shape"),
        ({"zone": "UTC"}, "roster.shape"),
    ],
)
def test_a_roster_with_a_hole_or_two_watches_is_refused(value: Any, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_roster(value)
    assert refused.value.code == code


def test_a_handover_holds_until_the_next_whatever_the_shift_says() -> None:
    one = parse_roster(roster(shift("duty-1", 0, 720, alternates=["duty-3"]), shift("duty-2", 720)))
    morning = YEAR_MS + 3_600_000
    everybody = POSITIONS.__contains__
    assert on_watch(one, None, morning, everybody).position == "duty-1"
    assert on_watch(one, "duty-2", morning, everybody).position == "duty-2"
    assert on_watch(one, "duty-2", morning, everybody).alternates == ("duty-1", "duty-3", "liaison")
    assert on_watch(one, "duty-2", morning, lambda position: position == "duty-3").position == "duty-3"
    assert on_watch(one, "duty-2", morning, lambda _: False).position == "liaison"


@given(st.lists(st.builds(
    shift, st.sampled_from(POSITIONS), st.integers(0, 700), st.integers(701, DAY_MINUTES), st.lists(st.integers(0, 6), min_size=1)
), min_size=1, max_size=8))  # fmt: skip
def test_every_hole_is_told_and_a_roster_is_refused_only_for_one(shifts: list[dict[str, Any]]) -> None:
    value = roster(*shifts)
    holes = roster_holes(value)
    for day in range(7):
        for minute in range(0, DAY_MINUTES, 7):
            on = sum(day in one["days"] and one["from"] <= minute < one["until"] for one in shifts)
            told = [one.twice for one in holes if one.day == day and one.start <= minute < one.end]
            assert bool(told) == (on != 1)
            assert not told or all(twice == (on > 1) for twice in told)
    if holes:
        with pytest.raises(BadInput) as refused:
            parse_roster(value)
        assert refused.value.code == ("roster.twice" if holes[0].twice else "roster.gap")
    else:
        parse_roster(value)
