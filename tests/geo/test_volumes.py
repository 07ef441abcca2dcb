"""Windows, counts, and what is over already."""

from __future__ import annotations

import pytest

from parley.errors import BadInput
from parley.geo.ellipsoid import Position
from parley.geo.notice import Activity, Notice, Phase
from parley.geo.shapes import Circle
from parley.geo.volumes import MAX_WINDOW_MS, Volume4D, check_not_past, check_window

HERE = Circle(Position.at(33, 35), 1000)


@pytest.mark.parametrize(
    ("start", "end", "field", "reason"),
    [
        (5, 5, "time_end", "same time"), (6, 5, "time_end", "before it begins"), (-1, 5, "time_start", "out of range"),
        (0, 1 << 54, "time_end", "out of range"), (0.5, 5, "time_start", "out of range"), (True, 5, "time_start", "out of range"),
        (0, float("nan"), "time_end", "out of range"), (0, MAX_WINDOW_MS + 1, "time_end", "too long"),
    ],
)  # fmt: skip
def test_what_is_no_window_is_refused(start: int, end: int, field: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        check_window(start, end)
    assert (refused.value.code, refused.value.field) == ("geo.window", field)
    assert refused.value.rule


def test_what_is_over_is_refused() -> None:
    volume = Volume4D.checked(HERE, None, None, 1_000, 2_000)
    check_not_past(volume, 1_999)
    with pytest.raises(BadInput, match="over already"):
        check_not_past(volume, 2_000)


@pytest.mark.parametrize(
    "changes", [{"volumes": ()}, {"title": "  "}, {"title": "x" * 121}, {"text": "x" * 2001}, {"version": 0}]
)
def test_a_notice_that_is_none_is_refused(changes: dict[str, object]) -> None:
    volume = Volume4D.checked(HERE, None, None, 1_000, 2_000)
    fields: dict[str, object] = {
        "reference": "SYR 1", "version": 1, "member": "SYR", "activity": Activity.AIR, "phase": Phase.PLANNED, "title": "x",
        "text": "", "language": "en", "filed_ms": 5, "volumes": (volume, volume),
    }  # fmt: skip
    made = Notice(**fields)  # type: ignore[arg-type]
    assert (made.start_ms, made.end_ms) == (1_000, 2_000)
    with pytest.raises(BadInput):
        Notice(**fields | changes)  # type: ignore[arg-type]
