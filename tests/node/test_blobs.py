"""What did not come with its entry is asked for as fast as it comes, and no faster."""

from __future__ import annotations

from collections import deque

import pytest

from parley.link import frames
from parley.node.core.blobs import MAX_WANT_RETRY_MS, WANT_WINDOW_BYTES
from parley.record.ids import LogId
from tests.node.nodes import STEP_MS, Nodes

AUTHOR, RELAY, ADDRESSEE = 0, 1, 2
LOG = LogId(AUTHOR)
LONG = "SIMULATION " + "x" * 60_000
COUNT = 20


@pytest.fixture
def nodes() -> Nodes:
    """A node that holds the entries of long statements addressed to it, by a relay without sight of their contents, and nothing else of them."""
    made = Nodes(3)
    made.connect((AUTHOR, RELAY), (RELAY, ADDRESSEE))
    made.run(2_000)
    for _ in range(COUNT):
        made.say(AUTHOR, LONG, channel="post", to=[ADDRESSEE])
        lose(made, frames.Parcel)
        made.deliver()
    for _ in range(40):
        lose(made, frames.Parcel)
        made.run(STEP_MS)
    assert len(made.cores[ADDRESSEE].ledger.missing(LOG)) == COUNT
    return made


def lose(nodes: Nodes, kind: type[frames.Frame]) -> list[frames.Frame]:
    """Take frames of a kind off the wire."""
    lost = [frame for _, _, frame in nodes.wire if isinstance(frame, kind)]
    nodes.wire = deque(one for one in nodes.wire if not isinstance(one[2], kind))
    return lost


def size(lost: list[frames.Frame]) -> int:
    return sum(len(one.statement) + len(one.content or b"") for one in lost if isinstance(one, frames.Blob))


def test_a_line_that_brings_nothing_yet_is_not_filled_with_the_same_answer(nodes: Nodes) -> None:
    nodes.connect((AUTHOR, ADDRESSEE))
    answers: list[int] = []
    for _ in range(60_000 // STEP_MS):
        nodes.now += STEP_MS
        nodes.cores[ADDRESSEE].tick(nodes.now)
        nodes.pump(ADDRESSEE)
        for sender, receiver, frame in [one for one in nodes.wire if isinstance(one[2], frames.Want)]:
            nodes.inject(sender, receiver, frame)
            answers.append(size(lose(nodes, frames.Blob)))
        nodes.wire.clear()
    assert 4 <= len(answers) <= 4 + 60_000 // MAX_WANT_RETRY_MS + 1
    assert all(0 < one <= WANT_WINDOW_BYTES + 2 * len(LONG) for one in answers)


def test_what_comes_is_followed_by_the_next_at_once(nodes: Nodes) -> None:
    begun = nodes.now
    nodes.connect((AUTHOR, ADDRESSEE))
    while nodes.cores[ADDRESSEE].ledger.missing(LOG):
        nodes.run(STEP_MS)
        assert nodes.now - begun < 3_000
    asked = [to for _, to, frame in nodes.sent if isinstance(frame, frames.Want) and to == AUTHOR]
    brought = [frame.seq for by, _, frame in nodes.sent if isinstance(frame, frames.Blob) and by == AUTHOR]
    assert len(brought) == len(set(brought)) == COUNT, "nothing came twice"
    assert len(asked) >= COUNT * len(LONG) // (WANT_WINDOW_BYTES + len(LONG))


def test_a_new_line_is_asked_at_once_whatever_was_asked_before(nodes: Nodes) -> None:
    nodes.run(60_000)
    begun = nodes.now
    nodes.connect((AUTHOR, ADDRESSEE))
    nodes.run(1_000)
    missing = len(nodes.cores[ADDRESSEE].ledger.missing(LOG))
    assert missing < COUNT, f"{missing} still missing after {nodes.now - begun} ms"
