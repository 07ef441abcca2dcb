"""Two sessions of AAA and BBB, and what carries bytes between them."""

from __future__ import annotations

from parley.link.codec import FrameReader
from parley.link.frames import Frame, Hello, Item, Push
from parley.link.session import (
    Closed,
    Greeted,
    Session,
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
