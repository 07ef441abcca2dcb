"""Branch: one history of one log, as far as it is held.

Two sizes matter. The *tip* is how far entries are authenticated: their root carries the author's signature. The
*accepted* size is how far they also have their place in the causal order, which an entry gets only when every
prefix that its `seen` names is accepted too. Between the two, entries wait. Every prefix of an authenticated run
is authenticated, since the signed root commits to all leaves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from parley.crypto import cbor
from parley.errors import StorageFault
from parley.record.entry import Entry, Seen
from parley.record.ids import LogId, RootHash, Seq, TreeSize
from parley.record.merkle import EMPTY_ROOT, Frontier
from parley.record.rows import HeadRow, RecordReader

RECENT_ENTRIES = 8192
NO_DIRECTORY = Seq(0)


class Item(NamedTuple):
    """One entry on its way: leaf bytes, and the statement and content where they came with it."""

    raw: bytes
    statement: bytes | None
    content: bytes | None


class Waiting(NamedTuple):
    """An authenticated entry that waits for its place in the order.

    Attributes:
        entry: None where it cannot be decoded.
        bulk: it came in a backlog.
    """

    item: Item
    entry: Entry | None
    root: RootHash
    signature: bytes | None
    bulk: bool


@dataclass(slots=True)
class Claims:
    """What a log's author has claimed up to its last accepted entry.

    Attributes:
        seen: latest size and root claimed of each other log.
        charter_version, directory: as in the last entry.
    """

    seen: dict[LogId, tuple[TreeSize, RootHash]] = field(default_factory=dict)
    charter_version: int = 1
    directory: Seq = NO_DIRECTORY

    def to_bytes(self) -> bytes:
        """Deterministic CBOR, kept beside the head so that a start need not read the log for it."""
        seen = {log: [size, root] for log, (size, root) in sorted(self.seen.items())}
        return cbor.encode_as_is([seen, self.charter_version, self.directory])

    @classmethod
    def from_bytes(cls, data: bytes) -> Claims:
        """The inverse of `to_bytes`; a store that gives anything else is at fault."""
        value = cbor.decode(data)
        seen, version, directory = value if isinstance(value, list | tuple) and len(value) == 3 else (None, None, None)
        if not isinstance(seen, Mapping):
            raise StorageFault("store.claims", "a stored head does not decode", field="claims")
        heads = {LogId(_whole(log)): _head(head) for log, head in seen.items()}
        return cls(heads, _whole(version), Seq(_whole(directory)))

    def covers(self, log: LogId) -> int:
        """The size claimed of `log`, 0 where none."""
        head = self.seen.get(log)
        return head[0] if head else 0


class Branch:
    """See the module. `index` 0 is the first history held of `log`; forks of it follow, from their `base_size`."""

    __slots__ = (
        "base_size", "claims", "clock", "clocks", "folded", "index", "log", "receipted", "root", "roots",
        "size", "tip", "waiting", "waiting_bytes",
    )  # fmt: skip

    def __init__(self, log: LogId, index: int = 0, base_size: int = 0) -> None:
        self.log = log
        self.index = index
        self.base_size = TreeSize(base_size)
        self.size = TreeSize(0)
        self.root: RootHash = EMPTY_ROOT
        self.clock = 0
        self.claims = Claims()
        self.receipted = Seq(0)
        self.folded = Seq(0)
        self.tip = Frontier()
        self.waiting: deque[Waiting] = deque()
        self.waiting_bytes = 0
        self.roots: dict[int, RootHash] = {}
        self.clocks: dict[int, int] = {}

    @classmethod
    def from_head(cls, head: HeadRow) -> Branch:
        """The branch as it was when `head` was stored."""
        branch = cls(head.log, head.branch, head.base_size)
        branch.size = head.size
        branch.root = head.root
        branch.clock = head.clock
        branch.claims = Claims.from_bytes(head.claims)
        branch.receipted = head.receipted
        branch.folded = head.folded
        branch.tip = Frontier.from_bytes(head.size, head.frontier)
        return branch

    def head_row(self, frontier: bytes) -> HeadRow:
        """The row that brings this branch back; `frontier` is that of the accepted size."""
        return HeadRow(
            self.log, self.index, self.base_size, self.size, self.root, frontier, self.clock,
            self.receipted, self.folded, self.claims.to_bytes(),
        )  # fmt: skip

    def queue(self, waiting: list[Waiting], tip: Frontier) -> None:
        """Let an authenticated run wait for its place; `tip` includes it."""
        self.waiting.extend(waiting)
        self.waiting_bytes += sum(map(_bytes_held, waiting))
        self.tip = tip

    def advance(self, clock: int, seen: Seen) -> Waiting:
        """Accept the entry that waits longest, at logical `clock`, with the valid part of its `seen`."""
        waiting = self.waiting.popleft()
        self.waiting_bytes -= _bytes_held(waiting)
        self.record(waiting.root, clock)
        if waiting.entry is not None:
            self.claim(waiting.entry, seen)
        return waiting

    def claim(self, entry: Entry, seen: Seen) -> None:
        """Take in what an entry claims, with the valid part of its `seen`."""
        self.claims.seen.update(seen)
        self.claims.charter_version = max(self.claims.charter_version, entry.charter_version)
        self.claims.directory = entry.directory

    def record(self, root: RootHash, clock: int) -> None:
        """Move the accepted head one entry on."""
        seq = self.size
        self.size = TreeSize(seq + 1)
        self.root = root
        self.clock = clock
        self.roots[seq + 1] = root
        self.clocks[seq] = clock
        if len(self.roots) > 2 * RECENT_ENTRIES:
            self._forget_older()

    def root_at(self, size: int, reader: RecordReader) -> RootHash | None:
        """Root at an accepted `size`, from memory or else from the store."""
        if size == self.size:
            return self.root
        if size == 0:
            return EMPTY_ROOT
        if size > self.size:
            return None
        return self.roots.get(size) or reader.root_at(self.log, self.index, size)

    def known_root(self, size: int, reader: RecordReader) -> RootHash | None:
        """Root at any authenticated `size`, also of entries that still wait for their place."""
        if self.size < size <= self.tip.size:
            return self.waiting[size - self.size - 1].root
        return self.root_at(size, reader)

    def clock_at(self, seq: int, reader: RecordReader) -> int | None:
        """Logical clock of an accepted entry, from memory or else from the store."""
        if seq == self.size - 1:
            return self.clock
        clock = self.clocks.get(seq)
        return clock if clock is not None else reader.clock_at(self.log, self.index, seq)

    def _forget_older(self) -> None:
        floor = self.size - RECENT_ENTRIES
        self.roots = {size: root for size, root in self.roots.items() if size > floor}
        self.clocks = {seq: clock for seq, clock in self.clocks.items() if seq >= floor}


def _whole(value: object) -> int:
    if type(value) is not int:
        raise StorageFault("store.claims", "a stored head does not decode", field="claims")
    return value


def _head(value: object) -> tuple[TreeSize, RootHash]:
    match value:
        case [int() as size, bytes() as root]:
            return TreeSize(size), RootHash(root)
    raise StorageFault("store.claims", "a stored head does not decode", field="claims")


def _bytes_held(waiting: Waiting) -> int:
    item = waiting.item
    return len(item.raw) + len(item.statement or b"") + len(item.content or b"")
