from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.link.lanes import Bound, Lane, Lanes

WIDE = Bound(1000, 1 << 20)
puts = st.lists(
    st.tuples(st.sampled_from(list(Lane)), st.one_of(st.none(), st.integers(0, 2)), st.integers(1, 30)), max_size=40
)


def label(number: int, size: int) -> bytes:
    return f"<{number:04}>".encode() + b"." * size


def taken_numbers(data: bytes) -> list[int]:
    return [int(part[:4]) for part in data.split(b"<")[1:]]


@given(puts, st.lists(st.integers(0, 40), max_size=40), st.integers(1, 100))
@settings(max_examples=300)
def test_order_is_kept_within_each_log_and_nothing_is_lost(
    sent: list[tuple[Lane, int | None, int]], pauses: list[int], limit: int
) -> None:
    lanes = Lanes((WIDE, WIDE, WIDE))
    got: list[int] = []
    for number, (lane, log, size) in enumerate(sent):
        assert lanes.put(label(number, size), lane, log)
        if number in pauses:
            got += taken_numbers(lanes.take(limit))
    while lanes:
        got += taken_numbers(lanes.take(limit))
    assert sorted(got) == list(range(len(sent)))
    for log in range(3):
        of_log = [number for number in got if sent[number][1] == log]
        for at, number in enumerate(of_log):
            if sent[number][0] is Lane.URGENT:
                assert all(later > number for later in of_log[at + 1 :])
    for lane in Lane:
        alone = [n for n in got if sent[n][0] is lane and sent[n][1] is None]
        assert alone == sorted(alone)
    assert (lanes.waiting_frames, lanes.waiting_bytes) == (0, 0)


def test_flash_is_first_then_normal_then_bulk() -> None:
    lanes = Lanes()
    lanes.put(b"b", Lane.BULK, 1)
    lanes.put(b"n", Lane.NORMAL)
    lanes.put(b"u", Lane.URGENT, 2)
    assert lanes.take(100) == b"unb"


def test_an_urgent_push_takes_the_earlier_ones_of_its_log_with_it() -> None:
    lanes = Lanes()
    for data, log in ((b"1", 1), (b"2", 2), (b"3", 1)):
        lanes.put(data, Lane.BULK, log)
    lanes.put(b"4", Lane.URGENT, 1)
    lanes.put(b"5", Lane.BULK, 1)
    lanes.put(b"6", Lane.URGENT, 1)
    assert lanes.take(100) == b"134562"


def test_a_promoted_backlog_leaves_room_for_flash() -> None:
    lanes = Lanes((Bound(2, 100), WIDE, WIDE))
    for _ in range(50):
        lanes.put(b"b", Lane.BULK, 1)
    assert lanes.put(b"u", Lane.URGENT, 1)
    assert lanes.put(b"u", Lane.URGENT, 2)
    assert not lanes.put(b"u", Lane.URGENT, 2)


@given(puts)
def test_no_lane_ever_holds_more_than_its_bound(sent: list[tuple[Lane, int | None, int]]) -> None:
    bounds = (Bound(3, 60), Bound(4, 50), Bound(5, 40))
    lanes = Lanes(bounds)
    accepted = [0, 0, 0]
    for lane, log, size in sent:
        if lanes.put(bytes(size), lane, log):
            accepted[lane] += 1
        assert accepted[lane] <= bounds[lane].frames
        assert lanes.waiting_bytes <= sum(bound.bytes for bound in bounds)
    assert lanes.waiting_frames == sum(accepted)


def test_a_frame_longer_than_the_limit_is_still_taken_whole_and_alone() -> None:
    lanes = Lanes()
    lanes.put(b"x" * 50, Lane.NORMAL)
    lanes.put(b"y", Lane.NORMAL)
    assert lanes.take(10) == b"x" * 50
    assert lanes.take(10) == b"y"
    assert lanes.take(10) == b""


def test_clearing_gives_the_room_back() -> None:
    lanes = Lanes((Bound(1, 10), WIDE, WIDE))
    lanes.put(b"x", Lane.URGENT)
    lanes.clear()
    assert not lanes
    assert lanes.put(b"x", Lane.URGENT)
