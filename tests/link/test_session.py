from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import Refused
from parley.link import session as rules
from parley.link.codec import FrameReader, encode_frame
from parley.link.frames import Blob, Bye, Doubt, Echo, Frame, Heads, Hello, Item, Probe, Pull, Push
from parley.link.lanes import Bound
from parley.link.offset import Offset
from parley.link.session import (
    GREETING_LIMIT_MS,
    MAX_STEP_MS,
    PROBE_INTERVAL_MS,
    SILENCE_LIMIT_MS,
    TRANSITIONS,
    Closed,
    Cue,
    Event,
    Greeted,
    Received,
    Session,
    State,
)

NOW = 1_800_000_000_000
DAY_MS = 86_400_000
MECHANISM = bytes(range(32))
AAA = Hello(MECHANISM, 0, b"statement of AAA", b"content of AAA")
BBB = Hello(MECHANISM, 1, b"statement of BBB", b"content of BBB")


def accept(_hello: Hello) -> None:
    return


def dialler(**options: object) -> Session:
    return Session(AAA, accept, initiator=True, expected=1, **options)  # type: ignore[arg-type]


def answerer(**options: object) -> Session:
    return Session(BBB, accept, initiator=False, **options)  # type: ignore[arg-type]


def carry(a: Session, b: Session, now: int = NOW, rounds: int = 8) -> None:
    """Everything each side has to say, to the other side, until both are silent."""
    for _ in range(rounds):
        there, back = a.outgoing(1 << 20), b.outgoing(1 << 20)
        b.receive(there, now)
        a.receive(back, now)
        if not there and not back:
            return


def opened(now: int = NOW) -> tuple[Session, Session]:
    a, b = dialler(), answerer()
    a.start(now)
    b.start(now)
    carry(a, b, now)
    assert a.events() == [Greeted(BBB)]
    assert b.events() == [Greeted(AAA)]
    return a, b


def frames_in(data: bytes) -> list[Frame]:
    return FrameReader().feed(data)


def push(log: int, first: int, size: int = 8) -> Push:
    return Push(log, first, (Item(bytes(size), None, None),), bytes(64))


def told(session: Session) -> tuple[str, list[Frame]]:
    """The code of the `Closed` event, and what the peer is told."""
    (closed,) = [event for event in session.events() if isinstance(event, Closed)]
    return closed.code, frames_in(session.outgoing(1 << 20))


# ---- the table -----------------------------------------------------------------------------------------------------


def test_the_table_in_the_docstring_is_the_table_in_force() -> None:
    lines = [line.strip() for line in (rules.__doc__ or "").splitlines() if line.strip().startswith("|")]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert head[1:] == [cue.name for cue in Cue]
    shown = {State[row[0]]: dict(zip(Cue, (State[cell] for cell in row[1:]), strict=True)) for row in rows}
    assert shown == TRANSITIONS


def in_state(state: State) -> Session:
    session = Session(BBB, accept, initiator=False)
    session.start(NOW)
    if state is not State.GREETING:
        session.receive(encode_frame(AAA), NOW)
        session.outgoing(1 << 20)
    if state in (State.CLOSING, State.CLOSED):
        session.close("link.test", "test")
    if state is State.CLOSED:
        session.outgoing(1 << 20)
    assert session.state is state
    return session


def give(session: Session, cue: Cue) -> None:
    match cue:
        case Cue.HELLO:
            session.receive(encode_frame(AAA), NOW)
        case Cue.FRAME:
            session.receive(encode_frame(Doubt(1, 2)), NOW)
        case Cue.FAULT:
            session.receive(b"\xff\x00\x00\x00", NOW)
        case Cue.LEAVE:
            session.close("link.test", "test")
        case Cue.BYE:
            session.receive(encode_frame(Bye("link.test", "test")), NOW)
        case Cue.DRAINED:
            session.outgoing(1 << 20)
        case Cue.LOST:
            session.lost()


@pytest.mark.parametrize("cue", Cue)
@pytest.mark.parametrize("state", State)
def test_every_cue_in_every_state_leads_where_the_table_says(state: State, cue: Cue) -> None:
    session = in_state(state)
    give(session, cue)
    assert session.state is TRANSITIONS[state][cue]


@given(st.lists(st.sampled_from(list(Cue)), max_size=8))
def test_a_session_ends_once_and_says_nothing_after_its_bye(cues: list[Cue]) -> None:
    session = Session(BBB, accept, initiator=False)
    session.start(NOW)
    events: list[Event] = []
    for cue in cues:
        was_closed = session.state is State.CLOSED
        give(session, cue)
        events += session.events()
        if was_closed:
            assert session.outgoing(1 << 20) == b""
    ends = [at for at, event in enumerate(events) if isinstance(event, Closed)]
    assert len(ends) <= 1
    assert not ends or ends[0] == len(events) - 1


# ---- greeting ------------------------------------------------------------------------------------------------------


def test_the_called_side_says_nothing_before_it_has_accepted_the_caller() -> None:
    b = answerer()
    b.start(NOW)
    assert b.outgoing(1 << 20) == b""
    b.receive(encode_frame(AAA), NOW)
    assert frames_in(b.outgoing(1 << 20))[0] == BBB


@pytest.mark.parametrize("frame", [Probe(1, 2), push(0, 0), Heads((), 0), Echo(1, 2, 3, 4)])
def test_frames_before_hello_are_answered_by_bye(frame: Frame) -> None:
    b = answerer()
    b.start(NOW)
    b.receive(encode_frame(frame), NOW)
    code, said = told(b)
    assert code == "link.not-greeted"
    assert said == [Bye(code, f"{type(frame).__name__} before HELLO")]
    assert b.state is State.CLOSED


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        (dataclasses.replace(AAA, mechanism=bytes(32)), "link.mechanism"),
        (dataclasses.replace(AAA, version=2), "link.version"),
        (dataclasses.replace(AAA, ordinal=1), "link.ordinal"),
    ],
)
def test_a_hello_of_another_mechanism_version_or_of_ourselves_is_refused(hello: Hello, code: str) -> None:
    b = answerer()
    b.start(NOW)
    b.receive(encode_frame(hello), NOW)
    got, said = told(b)
    assert got == code
    assert isinstance(said[0], Bye)
    assert said[0].code == code


def test_another_member_than_the_one_called_is_refused() -> None:
    a = dialler()
    a.start(NOW)
    a.receive(encode_frame(dataclasses.replace(BBB, ordinal=2)), NOW)
    assert a.events() == [Closed("link.ordinal", "member 2 answered where member 1 was called", by_peer=False)]


def test_a_hello_that_is_not_certified_is_refused_with_the_checkers_reason() -> None:
    def refuse(_hello: Hello) -> None:
        raise Refused("hello.certificate", "names another TLS\x1b certificate")

    b = Session(BBB, refuse, initiator=False)
    b.start(NOW)
    b.receive(encode_frame(AAA), NOW)
    assert told(b) == ("hello.certificate", [Bye("hello.certificate", "names another TLS? certificate")])


def test_a_peer_that_never_greets_is_cut() -> None:
    b = answerer()
    b.start(NOW)
    for step in range(0, GREETING_LIMIT_MS + 1, 1000):
        b.tick(NOW + step)
    assert told(b)[0] == "link.no-hello"


# ---- sending -------------------------------------------------------------------------------------------------------

sends = st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.integers(1, 400)), max_size=30)


@given(sends, st.data())
@settings(max_examples=150)
def test_any_interleaving_arrives_whole_in_order_per_log_and_urgent_first(
    plan: list[tuple[int, bool, int]], data: st.DataObject
) -> None:
    a, b = opened()
    sent: dict[int, list[int]] = {0: [], 1: [], 2: []}
    got: list[Push] = []
    backlog: list[tuple[int, int]] = []

    def deliver(limit: int) -> None:
        raw = a.outgoing(limit)
        cut = data.draw(st.integers(0, len(raw)))
        for part in (raw[:cut], raw[cut:]):
            b.receive(part, NOW)
            got.extend(
                event.frame for event in b.events() if isinstance(event, Received) and isinstance(event.frame, Push)
            )

    for number, (log, urgent, size) in enumerate(plan):
        repeats = data.draw(st.integers(1, 2))
        for _ in range(repeats):
            assert a.send(push(log, number, size), urgent=urgent)
            sent[log].append(number)
        if urgent:
            backlog.append((log, number))
        if data.draw(st.booleans()):
            deliver(data.draw(st.integers(1, 600)))
    while a.waiting[0]:
        deliver(600)
    for log, numbers in sent.items():
        assert [frame.first for frame in got if frame.log == log] == numbers


def test_a_flash_is_written_before_a_backlog_of_other_logs_and_after_its_own() -> None:
    a, _ = opened()
    for first in range(5):
        a.send(push(1, first))
        a.send(push(2, first))
    a.send(Heads((), 0))
    a.send(push(1, 5), urgent=True)
    order = [(f.log, f.first) for f in frames_in(a.outgoing(1 << 20)) if isinstance(f, Push)]
    assert order == [*((1, n) for n in range(6)), *((2, n) for n in range(5))]


def test_small_frames_go_before_bulk() -> None:
    a, _ = opened()
    a.send(push(1, 0))
    a.send(Blob(1, 0, b"s", None))
    a.send(Pull(1, 0, 1, False))
    assert [type(frame) for frame in frames_in(a.outgoing(1 << 20))] == [Pull, Push, Blob]


def test_a_full_lane_refuses_and_keeps_what_it_holds() -> None:
    wide = Bound(1000, 1 << 20)
    a = dialler(bounds=(wide, wide, Bound(3, 1 << 20)))
    b = answerer()
    a.start(NOW)
    b.start(NOW)
    carry(a, b)
    assert [a.send(push(1, n)) for n in range(5)] == [True, True, True, False, False]
    assert a.send(push(2, 0), urgent=True)
    b.events()
    carry(a, b)
    firsts = [(e.frame.log, e.frame.first) for e in b.events() if isinstance(e, Received) and isinstance(e.frame, Push)]
    assert firsts == [(2, 0), (1, 0), (1, 1), (1, 2)]


def test_nothing_can_be_sent_before_the_greeting_or_after_the_end() -> None:
    a = dialler()
    a.start(NOW)
    assert not a.send(Doubt(1, 1))
    a, _ = opened()
    a.close("link.test", "test")
    assert not a.send(Doubt(1, 1))


def test_leaving_drops_what_waits_and_says_why() -> None:
    a, b = opened()
    a.send(push(1, 0))
    a.close("link.stopping", "this node stops")
    carry(a, b)
    assert a.events() == [Closed("link.stopping", "this node stops", by_peer=False)]
    assert b.events() == [Closed("link.stopping", "this node stops", by_peer=True)]
    assert (a.state, b.state) == (State.CLOSED, State.CLOSED)


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
