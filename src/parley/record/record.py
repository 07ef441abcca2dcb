"""The record: every log held, and the rules by which entries come in.

Rules, each where it is checked:

* an entry is authenticated by its author's signature over a root that commits to it (`authenticate`);
* it is accepted only when every prefix in its `seen` is held and matches; until then it waits (`drain`);
* `seen` never shrinks, never names the author's own log nor a stranger's: such a claim voids the entry, which
  keeps its index, since the author signed it there (`_claims_fault`);
* a receipt names only what its author has claimed to see;
* nothing is ever dropped from a log or moved in it.

No I/O: older roots and clocks are read through the `RecordReader` handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from parley.crypto.keys import VerifyKey
from parley.errors import BadInput, StorageFault
from parley.record.branch import Branch, Item, Waiting
from parley.record.checkpoint import verify_head
from parley.record.entry import Entry, Seen, decode_entry, encode_entry
from parley.record.ids import LogId, MemberSet, RootHash, Seq, TreeSize, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.order import next_clock
from parley.record.rows import HeadRow, Place, RecordReader

MAX_WAITING_BYTES = 32 << 20

KeysFor = Callable[[LogId, int, Sequence[Item]], Iterable[VerifyKey]]
"""Node keys that may sign a checkpoint of a log at a size, given what leads up to it and has no place yet: a certificate
may be among it."""


IsLog = Callable[[LogId, Mapping[LogId, int]], bool]
"""Whether a log can be a member's, for an author that holds so many entries of each log."""


class Arrival(Enum):
    """What became of a run of entries."""

    QUEUED = "authenticated; waits for, or gets, its place"
    REPEAT = "already held"
    GAP = "begins beyond what is held; pull from the tip"
    FULL = "too much waits already; pull again later"
    STRIPPED = "a statement that every member sees was left out or exchanged on the way"
    DOUBTFUL = "not signed as a continuation of any history held; ask for the explicit head"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an entry is void, in a stable code and a sentence."""

    code: str
    reason: str


class Accepted(NamedTuple):
    """An entry that has just got its place in the order; `bulk`: it came in a backlog."""

    place: Place
    item: Item
    entry: Entry | None
    root: RootHash
    signature: bytes | None
    clock: int
    fault: Fault | None
    bulk: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """What the first waiting entry of a log lacks: `log` up to `size` under `root`.

    `contradicts` is true where that much of `log` is held, but under another root.
    """

    log: LogId
    size: TreeSize
    root: RootHash
    contradicts: bool


class Record:
    """All logs of a mechanism as far as this node holds them."""

    def __init__(
        self, reader: RecordReader, is_log: IsLog, founders: MemberSet, origin: Callable[[LogId], str]
    ) -> None:
        self._reader = reader
        self._is_log = is_log
        self._founders = founders
        self._origin = origin
        self._logs: dict[LogId, list[Branch]] = {}
        self._frontiers: dict[tuple[LogId, int], Frontier] = {}
        self.blocked: dict[tuple[LogId, int], Blocked] = {}
        for head in reader.heads():
            branch = Branch.from_head(head)
            self._logs.setdefault(head.log, []).append(branch)
            self._frontiers[head.log, head.branch] = branch.tip.copy()

    def logs(self) -> list[LogId]:
        """Every log of which something is held."""
        return sorted(self._logs)

    def branches(self, log: LogId) -> Sequence[Branch]:
        """All histories held of `log`; more than one means it was forked."""
        return self._logs.get(log, ())

    def primary(self, log: LogId) -> Branch:
        """The history first held of `log` (empty where nothing is)."""
        held = self._logs.get(log)
        if held is None:
            held = self._logs[log] = [Branch(log)]
        return held[0]

    def size(self, log: LogId) -> TreeSize:
        """Accepted size of the first history of `log`."""
        held = self._logs.get(log)
        return held[0].size if held else TreeSize(0)

    def waiting(self, log: LogId) -> list[Item]:
        """What is authenticated of `log`, and waits for its place."""
        return [item for branch in self.branches(log) for item in _items(branch)]

    def root_at(self, branch: Branch, size: int) -> RootHash | None:
        """Root of `branch` at an accepted size."""
        return branch.root_at(size, self._reader)

    def known_root(self, branch: Branch, size: int) -> RootHash | None:
        """Root of `branch` at an authenticated size, whether or not its entries have their places yet."""
        return branch.known_root(size, self._reader)

    def parting(self, log: LogId) -> TreeSize | None:
        """Up to where all histories held of a log are one; None where there is but one.

        One that was begun, and of which nothing came that differs, is none: not everybody has begun it.
        """
        first, *others = self.branches(log) or (None,)
        if first is None:
            return None
        common = ((self._common(first, other), other.size) for other in others)
        return min((upto for upto, size in common if upto < size), default=None)

    def matching(self, log: LogId, size: int, root: bytes) -> Branch | None:
        """The history of `log` that has `root` at `size`, if one is held that far."""
        return next((branch for branch in self.branches(log) if self.root_at(branch, size) == root), None)

    def head_row(self, branch: Branch) -> HeadRow:
        """The row to store for `branch` as it is accepted now."""
        return branch.head_row(self._frontiers.setdefault((branch.log, branch.index), Frontier()).to_bytes())

    def add_branch(self, log: LogId, base_size: int) -> Branch:
        """Begin to hold another history of `log`, equal to the first up to `base_size`, which is read again for it."""
        first = self.primary(log)
        branch = Branch(log, len(self._logs[log]), base_size)
        for raw in self._reader.leaves(log, 0, 0, base_size):
            entry = _decode(raw)
            if entry is not None:
                void = self._claims_fault(branch, entry) or self._strangers(branch, entry)
                branch.claim(entry, {} if void else entry.seen)
            branch.tip.append(leaf_hash(raw))
            branch.size = TreeSize(branch.size + 1)
        branch.root = branch.tip.root()
        clock = first.clock_at(base_size - 1, self._reader) if base_size else 0
        if branch.root != self.root_at(first, base_size) or clock is None:
            raise StorageFault("record.branch-base", "the common part of a fork does not match the store")
        branch.clock = clock
        branch.receipted = branch.folded = Seq(base_size)
        self._logs[log].append(branch)
        self._frontiers[log, branch.index] = branch.tip.copy()
        return branch

    def continues(self, log: LogId, first: int, items: Sequence[Item], signature: bytes, keys: KeysFor) -> bool:
        """Whether the author of `log` signed `items` on top of the first `first` entries of the history first held."""
        tip = Frontier()
        tip.extend(self._reader.leaves(log, 0, 0, first))
        for item in items:
            tip.append(leaf_hash(item.raw))
        return tip.size == first + len(items) and self._signed(log, tip.size, tip.root(), signature, keys, items)

    def authenticate(
        self, log: LogId, first: int, items: Sequence[Item], signature: bytes, keys: KeysFor, *, bulk: bool = False
    ) -> Arrival:
        """Check that the author of `log` signed `items` at [first, first + len(items)); let them wait for their place.

        What is held already is skipped, so repeats are harmless. `bulk` only marks them as part of a backlog.
        """
        self.primary(log)
        end = first + len(items)
        verdict = Arrival.GAP
        for branch in self._logs[log]:
            if first > branch.tip.size:
                continue
            if end <= branch.tip.size:
                if self._is_repeat(branch, end, signature, keys, items):
                    return Arrival.REPEAT
                verdict = Arrival.DOUBTFUL
                continue
            if branch.waiting_bytes > MAX_WAITING_BYTES:
                return Arrival.FULL
            fresh = items[branch.tip.size - first :]
            tip = branch.tip.copy()
            roots = [_grow(tip, item.raw) for item in fresh]
            if self._signed(log, end, roots[-1], signature, keys, [*_items(branch), *fresh]):
                waiting = _decoded(fresh, roots, signature, bulk)
                if any(self._stripped(one) for one in waiting):
                    return Arrival.STRIPPED
                branch.queue(waiting, tip)
                return Arrival.QUEUED
            verdict = Arrival.DOUBTFUL
        return verdict

    def drain(self) -> Iterator[Accepted]:
        """Accept every waiting entry whose `seen` is held, until none is left that can be.

        One at a time: when an entry is yielded, its branch stands exactly there.
        """
        progress = True
        while progress:
            progress = False
            for branches in list(self._logs.values()):
                for branch in branches:
                    while branch.waiting:
                        one = self._accept_next(branch)
                        if one is None:
                            break
                        progress = True
                        yield one

    def append(self, log: LogId, entry: Entry) -> tuple[bytes, RootHash, int]:
        """Append this node's own `entry`; its leaf bytes, the new root and its logical clock."""
        branch = self.primary(log)
        raw = encode_entry(entry)
        root = _grow(branch.tip, raw)
        clock = next_clock(branch.clock, (self._clock_seen(log, size) for log, (size, _) in entry.seen.items()))
        branch.claims.seen.update(entry.seen)
        branch.claims.charter_version = entry.charter_version
        branch.claims.directory = entry.directory
        branch.record(root, clock)
        self._frontiers[log, 0] = branch.tip
        return raw, root, clock

    def unclaimed(self, log: LogId) -> Seen:
        """What `log`'s next entry has to claim: every other log that grew since its last."""
        claimed = self.primary(log).claims.seen
        seen: dict[LogId, tuple[TreeSize, RootHash]] = {}
        for other, branches in self._logs.items():
            held = branches[0]
            if other != log and held.size > (claimed[other][0] if other in claimed else 0):
                seen[other] = (held.size, held.root)
        return seen

    def _common(self, one: Branch, other: Branch) -> TreeSize:
        """A branch may begin below where it parts: what was not durable then is held twice."""
        size = other.base_size
        while size < min(one.size, other.size) and self.root_at(one, size + 1) == self.root_at(other, size + 1):
            size = TreeSize(size + 1)
        return size

    def _accept_next(self, branch: Branch) -> Accepted | None:
        entry = branch.waiting[0].entry
        seq = branch.size
        fault: Fault | None = None
        seen: Seen = {}
        clocks: list[int] = []
        if entry is None:
            fault = Fault("entry.undecodable", "the entry is not a well-formed entry of this version")
        else:
            fault = self._claims_fault(branch, entry)
            if fault is None:
                strangers = self._strangers(branch, entry)
                known = {log: head for log, head in entry.seen.items() if log not in strangers}
                blocked = self._collect_clocks(known, clocks)
                if blocked is not None:
                    self.blocked[branch.log, branch.index] = blocked
                    return None
                if strangers:
                    fault, clocks = Fault("entry.seen-stranger", "claims to have seen a log that is no member's"), []
                else:
                    seen = entry.seen
                    fault = _receipt_fault(branch, entry)
        self.blocked.pop((branch.log, branch.index), None)
        clock = next_clock(branch.clock, clocks)
        waiting = branch.advance(clock, seen)
        key = branch.log, branch.index
        frontier = self._frontiers.get(key)
        if frontier is None:
            frontier = self._frontiers[key] = Frontier()
        frontier.append(leaf_hash(waiting.item.raw))
        return Accepted(
            Place(branch.log, branch.index, Seq(seq)), waiting.item, entry, waiting.root, waiting.signature, clock, fault,
            waiting.bulk,
        )  # fmt: skip

    def _claims_fault(self, branch: Branch, entry: Entry) -> Fault | None:
        if int(entry.seq) != int(branch.size):
            return Fault("entry.seq", f"says it is entry {entry.seq}, but stands at {branch.size}")
        if entry.charter_version < branch.claims.charter_version:
            return Fault("entry.charter", "goes back to an earlier charter version")
        for log, (size, _) in entry.seen.items():
            if log == branch.log:
                return Fault("entry.seen-stranger", "claims to have seen its own log")
            if size <= branch.claims.covers(log):
                return Fault("entry.seen-shrinks", "claims to have seen less than its author claimed before")
        return None

    def _strangers(self, branch: Branch, entry: Entry) -> set[LogId]:
        """Logs that it claims to have seen, and that no charter which its author had seen adopted gives to a member.

        By what the author had seen, not by what is known here by now: so it is the same on every node, wherever all of
        it but the strangers' is held.
        """
        strangers = {log for log in entry.seen if not self._is_log(log, {})}
        if not strangers:  # nearly always
            return strangers
        sizes = {log: int(size) for log, (size, _) in branch.claims.seen.items()} | {branch.log: int(branch.size)}
        sizes |= {log: int(size) for log, (size, _) in entry.seen.items() if log not in strangers}
        while joined := {log for log in strangers if self._is_log(log, sizes)}:
            strangers -= joined
            sizes |= {log: int(entry.seen[log][0]) for log in joined}
        return strangers

    def _collect_clocks(self, seen: Seen, clocks: list[int]) -> Blocked | None:
        for log, (size, root) in seen.items():
            branch = self.matching(log, size, root)
            if branch is None:
                known = [self.known_root(one, size) for one in self.branches(log)]
                return Blocked(log, size, root, contradicts=root not in known and any(one is not None for one in known))
            clock = branch.clock_at(size - 1, self._reader)
            if clock is None:
                raise StorageFault("record.clock", f"the clock of entry {size - 1} of log {log} is not in the store")
            clocks.append(clock)
        return None

    def _clock_seen(self, log: LogId, size: int) -> int:
        clock = self.primary(log).clock_at(size - 1, self._reader)
        if clock is None:
            raise StorageFault("record.clock", f"the clock of entry {size - 1} of log {log} is not in the store")
        return clock

    def _stripped(self, waiting: Waiting) -> bool:
        """What every founder sees comes with its entry, for later entries may depend on it (directories)."""
        entry, statement = waiting.entry, waiting.item.statement
        if entry is None or not isinstance(entry.body, bytes) or self._founders & ~entry.statement_sight:
            return False
        return statement is None or sha256(statement) != entry.body

    def _is_repeat(self, branch: Branch, end: int, signature: bytes, keys: KeysFor, items: Sequence[Item]) -> bool:
        if end > branch.size:
            return all(
                branch.waiting[at].item.raw == item.raw
                for at, item in zip(range(end - len(items) - branch.size, end - branch.size), items, strict=True)
                if at >= 0
            )
        root = self.root_at(branch, end)
        return root is not None and self._signed(branch.log, end, root, signature, keys, items)

    def _signed(
        self, log: LogId, size: int, root: RootHash, signature: bytes, keys: KeysFor, items: Sequence[Item]
    ) -> bool:
        origin = self._origin(log)
        return any(verify_head(key, origin, size, root, signature) for key in keys(log, size, items))


def _items(branch: Branch) -> list[Item]:
    return [one.item for one in branch.waiting]


def _grow(frontier: Frontier, raw: bytes) -> RootHash:
    frontier.append(leaf_hash(raw))
    return frontier.root()


def _decoded(items: Sequence[Item], roots: Sequence[RootHash], signature: bytes, bulk: bool) -> list[Waiting]:
    waiting = [Waiting(item, _decode(item.raw), root, None, bulk) for item, root in zip(items, roots, strict=True)]
    waiting[-1] = waiting[-1]._replace(signature=signature)
    return waiting


def _decode(raw: bytes) -> Entry | None:
    try:
        return decode_entry(raw)
    except BadInput:
        return None


def _receipt_fault(branch: Branch, entry: Entry) -> Fault | None:
    if not isinstance(entry.body, tuple):
        return None
    for item in entry.body:
        claimed = max(branch.claims.covers(item.log), entry.seen[item.log][0] if item.log in entry.seen else 0)
        if item.first + item.count > claimed:
            return Fault("receipt.unseen", "receipts more of a log than its author claims to have seen")
    return None
