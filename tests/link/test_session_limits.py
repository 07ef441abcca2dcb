from __future__ import annotations

import pytest

from parley.link import session as rules
from parley.link.codec import encode_frame
from parley.link.frames import Bye, Doubt, Echo, Probe
from parley.link.offset import Offset
from parley.link.session import (
    MAX_STEP_MS,
    PROBE_INTERVAL_MS,
    SILENCE_LIMIT_MS,
    Closed,
    Received,
    State,
)
from tests.link.sessions import (
    AAA,
    DAY_MS,
    NOW,
    answerer,
    carry,
    dialler,
    frames_in,
    opened,
    push,
    told,
)

# ---- hostile peers -------------------------------------------------------------------------------------------------


def test_a_flood_of_frames_in_one_breath_is_told_the_rule_and_cut() -> None:
    _, b = opened()
    b.receive(encode_frame(Doubt(1, 2)) * (rules.MAX_UNREAD_FRAMES + 50), NOW)
    events = b.events()
    assert len(events) == rules.MAX_UNREAD_FRAMES + 1
    assert isinstance(events[-1], Closed)
    assert events[-1].code == "link.flood"
    (bye,) = frames_in(b.outgoing(1 << 20))
    assert isinstance(bye, Bye)
    assert "at most 4096" in bye.reason


def test_a_lasting_flood_of_frames_is_cut() -> None:
    _, b = opened()
    data = encode_frame(Doubt(1, 2)) * 1000
    for turn in range(200):
        b.receive(data, NOW + turn)
        if b.state is not State.OPEN:
            break
        b.events()
    assert told(b)[0] == "link.flood"


def test_a_flood_of_probes_is_cut_before_its_echoes_fill_the_urgent_lane() -> None:
    _, b = opened()
    b.outgoing(1 << 20)
    for ident in range(5000):
        b.receive(encode_frame(Probe(ident, NOW)), NOW)
        if b.state is not State.OPEN:
            break
        assert b.waiting[0] < 512
    assert told(b)[0] == "link.flood"


def test_a_peer_that_never_listens_gets_no_more_memory_than_the_bounds() -> None:
    a, _ = opened()
    accepted = sum(a.send(push(1, n, 4000)) for n in range(20_000))
    assert accepted <= 4096
    assert a.waiting[1] <= 32 << 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x03\xff\xff\xff", "link.oversized"),
        (b"\x63\x00\x00\x00", "link.unknown-frame"),
        (b"\x0b\x00\x00\x01\xff", "link.malformed"),
        (encode_frame(AAA), "link.greeted-twice"),
    ],
)
def test_broken_rules_are_told_by_bye_and_what_came_before_counts(data: bytes, code: str) -> None:
    _, b = opened()
    b.receive(encode_frame(Doubt(1, 2)) + data + encode_frame(Doubt(3, 4)), NOW)
    received, closed = b.events()
    assert received == Received(Doubt(1, 2))
    assert isinstance(closed, Closed)
    assert (closed.code, closed.by_peer) == (code, False)
    (bye,) = frames_in(b.outgoing(1 << 20))
    assert isinstance(bye, Bye)
    assert bye.code == code


def test_an_echo_nobody_asked_for_changes_nothing() -> None:
    _, b = opened()
    before = b.offset()
    b.receive(encode_frame(Echo(77, NOW, NOW + DAY_MS, NOW + DAY_MS)), NOW)
    assert b.offset() == before
    assert b.events() == []


# ---- time ----------------------------------------------------------------------------------------------------------


def test_a_silent_peer_is_given_up_after_the_limit_and_not_before() -> None:
    a, _ = opened()
    now = NOW
    while now < NOW + SILENCE_LIMIT_MS - 500:
        now += 500
        a.tick(now)
        a.outgoing(1 << 20)
    assert a.state is State.OPEN
    a.tick(now + 500)
    assert told(a)[0] == "link.silent"


def test_probes_keep_an_idle_line_open() -> None:
    a, b = opened()
    for step in range(0, 5 * SILENCE_LIMIT_MS, 500):
        a.tick(NOW + step)
        b.tick(NOW + step)
        carry(a, b, NOW + step)
    assert (a.state, b.state) == (State.OPEN, State.OPEN)


def test_a_probe_goes_out_every_interval() -> None:
    a, _ = opened()
    probes = 0
    for step in range(500, 4 * PROBE_INTERVAL_MS + 1, 500):
        a.receive(encode_frame(Doubt(1, 1)), NOW + step)
        a.tick(NOW + step)
        probes += sum(isinstance(frame, Probe) for frame in frames_in(a.outgoing(1 << 20)))
    assert probes == 4


@pytest.mark.parametrize("jump", [DAY_MS, -DAY_MS])
def test_a_jump_of_our_own_clock_cuts_no_line(jump: int) -> None:
    a, b = opened()
    a.tick(NOW + jump)
    b.tick(NOW + jump)
    for step in range(0, 2 * SILENCE_LIMIT_MS, 500):
        a.tick(NOW + jump + step)
        b.tick(NOW + jump + step)
        carry(a, b, NOW + jump + step)
    assert (a.state, b.state) == (State.OPEN, State.OPEN)
    assert a.offset() == Offset(0, 0)


def test_a_peer_whose_clock_is_a_day_off_is_measured_and_stays() -> None:
    a, b = dialler(), answerer()
    a.start(NOW)
    b.start(NOW + DAY_MS)
    ours, theirs = NOW, NOW + DAY_MS
    for _ in range(60):
        ours, theirs = ours + 100, theirs + 100
        b.receive(a.outgoing(1 << 20), theirs)
        ours, theirs = ours + 30, theirs + 30
        a.receive(b.outgoing(1 << 20), ours)
        a.tick(ours)
        b.tick(theirs)
    offset = a.offset()
    assert offset is not None
    assert abs(offset.offset_ms - DAY_MS) <= offset.round_trip_ms / 2 + 1
    assert b.offset() is not None
    assert (a.state, b.state) == (State.OPEN, State.OPEN)


def test_a_very_slow_line_still_gets_its_offset() -> None:
    """An echo that returns after the next probe has gone out is still matched to its own."""
    a, b = opened()
    waiting: list[tuple[int, bytes]] = []
    delay = 3 * MAX_STEP_MS
    a.tick(NOW - DAY_MS)  # forget the first sample
    a.tick(NOW)
    for now in range(NOW, NOW + 40_000, 500):
        a.tick(now)
        waiting.append((now + delay, a.outgoing(1 << 20)))
        while waiting and waiting[0][0] <= now:
            b.receive(waiting.pop(0)[1], now)
            a.receive(b.outgoing(1 << 20), now)
    offset = a.offset()
    assert offset is not None
    assert offset.round_trip_ms == delay
