from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import Refused
from parley.link import session as rules
from parley.link.codec import encode_frame
from parley.link.frames import Blob, Bye, Doubt, Echo, Frame, Heads, Hello, Probe, Pull, Push
from parley.link.lanes import Bound
from parley.link.session import (
    GREETING_LIMIT_MS,
    TRANSITIONS,
    Closed,
    Cue,
    Event,
    Received,
    Session,
    State,
)
from tests.link.sessions import (
    AAA,
    BBB,
    NOW,
    accept,
    answerer,
    carry,
    dialler,
    frames_in,
    opened,
    push,
    told,
)

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
