"""Who holds what, and what to ask of whom: live pushes, catch-up by windows, relay.

Rules:

* a node pushes its own new entries at once to every peer that holds all before them; any other peer pulls;
* it relays another member's entries at once to a peer that says it has no line to that member; otherwise the peer
  hears of them by HEADS, or by an entry that has seen them, and pulls;
* only committed entries are sent. A PUSH ends where the author's checkpoint signature is known;
* a PULL is a window: *I have accepted up to `first`, send at most `max_bytes` beyond it*. It is repeated as it is
  consumed, and asked anew (`fresh`) after `PULL_TIMEOUT_MS` without progress.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from parley.record.ids import LogId, MemberOrdinal, MemberSet

PULL_WINDOW_BYTES = 2 << 20
PULL_TIMEOUT_MS = 4_000
RELAY_GRACE_MS = 250
HEADS_INTERVAL_MS = 10_000
CHUNK_BYTES = 192 * 1024
CHUNK_ENTRIES = 1024


@dataclass(slots=True)
class Serving:
    """A window this node fills for a peer: next entry to send, and what is out and not yet accepted."""

    cursor: int
    window: int
    unaccepted: deque[tuple[int, int]] = field(default_factory=deque)
    outstanding: int = 0

    def sent(self, end: int, size: int) -> None:
        """Note a chunk of `size` bytes that ends before entry `end`."""
        self.cursor = end
        self.unaccepted.append((end, size))
        self.outstanding += size

    def accepted(self, first: int, window: int) -> None:
        """The peer has accepted everything below `first`."""
        self.window = window
        while self.unaccepted and self.unaccepted[0][0] <= first:
            self.outstanding -= self.unaccepted.popleft()[1]

    def has_room(self) -> bool:
        """Whether another chunk may be sent."""
        return self.outstanding < self.window


@dataclass(slots=True)
class Pulling:
    """A window this node has asked for."""

    peer: MemberOrdinal
    first: int
    since_ms: int


@dataclass(slots=True)
class Peer:
    """What is known of one peer.

    Attributes:
        up: whether a session is open.
        since_ms: since when the session is open, or is not.
        reach: members it said it has lines to, `reach_ms`: when.
        known: entries of each log it holds, as far as it said or its receipts show.
        sent: entries of each log it holds or has been sent on this session, with nothing in between left out.
        serving: windows being filled for it.
        shown: other histories of forked logs that it has been shown on this session, by log and branch.
    """

    ordinal: MemberOrdinal
    up: bool = False
    since_ms: int = 0
    reach: int = 0
    reach_ms: int = 0
    heads_due_ms: int = 0
    known: dict[LogId, int] = field(default_factory=dict)
    sent: dict[LogId, int] = field(default_factory=dict)
    serving: dict[LogId, Serving] = field(default_factory=dict)
    shown: set[tuple[LogId, int]] = field(default_factory=set)

    def learns(self, log: LogId, size: int) -> None:
        """It holds at least `size` entries of `log`."""
        if size > self.known.get(log, 0):
            self.known[log] = size

    def opened(self, now: int) -> None:
        """A new session: what was sent on the last one counts no more."""
        self.up = True
        self.since_ms = now
        self.sent.clear()
        self.serving.clear()
        self.shown.clear()

    def closed(self, now: int) -> None:
        """The session ended."""
        self.up = False
        self.since_ms = now
        self.reach = 0
        self.sent.clear()
        self.serving.clear()


class Peers:
    """All peers, and the pulls under way."""

    def __init__(self, ordinals: list[MemberOrdinal]) -> None:
        self._peers = {ordinal: Peer(ordinal) for ordinal in ordinals}
        self.pulls: dict[LogId, Pulling] = {}
        self._gaps: dict[LogId, int] = {}

    def __getitem__(self, ordinal: MemberOrdinal) -> Peer:
        return self._peers[ordinal]

    def all(self) -> list[Peer]:
        """Every peer."""
        return list(self._peers.values())

    def up(self) -> list[Peer]:
        """Peers with an open session."""
        return [peer for peer in self._peers.values() if peer.up]

    def add(self, ordinal: MemberOrdinal) -> None:
        """A member joined by amendment."""
        self._peers.setdefault(ordinal, Peer(ordinal))

    def reach(self) -> MemberSet:
        """Bit set of the members with an open session."""
        bits = 0
        for peer in self.up():
            bits |= 1 << peer.ordinal
        return MemberSet(bits)

    def unsettled(self, tip: Callable[[LogId], int]) -> list[LogId]:
        """Logs of which an open peer holds more than `tip`, or that are being pulled, or were to be."""
        ahead = {log for peer in self.up() for log, size in peer.known.items() if size > tip(log)}
        return sorted(ahead.union(self.pulls, self._gaps))

    def holder_of(
        self, log: LogId, author: MemberOrdinal, tip: int, now: int, stalled: MemberOrdinal | None = None
    ) -> Peer | None:
        """The peer to pull `log` from beyond `tip`: its author, or after a grace any that holds more.

        `stalled` was asked before and gave nothing; it is asked again only where no other can be.
        """
        holders = [peer for peer in self.up() if peer.known.get(log, 0) > tip]
        holders = [peer for peer in holders if peer.ordinal != stalled] or holders
        if not holders:
            self._gaps.pop(log, None)
            return None
        since = self._gaps.setdefault(log, now)
        by_author = next((peer for peer in holders if peer.ordinal == author), None)
        if by_author is not None:
            return by_author
        author_peer = self._peers.get(author)
        if author_peer is not None and author_peer.up and now - since < RELAY_GRACE_MS:
            return None
        return max(holders, key=lambda peer: peer.known.get(log, 0))

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        for peer in self._peers.values():
            peer.heads_due_ms -= by_ms
        for pull in self.pulls.values():
            pull.since_ms -= by_ms
        self._gaps = {log: since - by_ms for log, since in self._gaps.items()}

    def grace_ends(self) -> int | None:
        """When the first pull that waits for its author may go to another peer."""
        waiting = [since for log, since in self._gaps.items() if log not in self.pulls]
        return min(waiting) + RELAY_GRACE_MS if waiting else None

    def gap_closed(self, log: LogId) -> None:
        """Nothing more is known to be missing of `log`."""
        self._gaps.pop(log, None)
