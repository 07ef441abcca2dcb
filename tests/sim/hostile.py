"""A hostile member: it holds a real member's keys, runs the real core, and lies where it can.

Its own log is validly signed whatever stands in it. Once it has `fork`ed, it shows some victims another history of
that log than the rest of the world, consistently, for as long as the run lasts. What it may do besides is in `attacks`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from parley.link import frames
from parley.record.checkpoint import sign_head
from parley.record.entry import Entry, encode_entry
from parley.record.ids import MemberOrdinal, MemberSet, RootHash, Seq, StatementDigest, TreeSize, UnixMs, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.order import next_clock
from parley.record.rows import EntryRow, HighWater
from tests.sim.actor_node import SimNode

PUSH_BYTES = 256 * 1024


class _Leaf(NamedTuple):
    item: frames.Item
    root: RootHash


class OtherHistory:
    """A second history of the hostile member's log, equal to the first up to `base`."""

    def __init__(self, node: HostileNode, base: int) -> None:
        self.base = base
        self._node = node
        self._frontier = Frontier()
        self._frontier.extend(node.disk.store.leaves(node.core.log, 0, 0, base))
        self._leaves: list[_Leaf] = []

    @property
    def size(self) -> int:
        """Entries in it, the common ones included."""
        return self.base + len(self._leaves)

    def append(self, raw: bytes, statement: bytes | None, content: bytes | None) -> None:
        """One more leaf of it."""
        self._frontier.append(leaf_hash(raw))
        self._leaves.append(_Leaf(frames.Item(raw, statement, content), self._frontier.root()))

    def head(self, size: int) -> frames.Head | None:
        """Its signed head at `size`."""
        node = self._node
        if size > self.base:
            root = self._leaves[min(size, self.size) - self.base - 1].root
            size = min(size, self.size)
        else:
            held = node.disk.store.root_at(node.core.log, 0, size) if size else None
            if held is None:
                return None
            root = held
        signature = sign_head(node.seat.secrets.log_key, node.core.mechanism.origin(node.core.log), size, root)
        return frames.Head(node.core.log, TreeSize(size), root, signature)

    def push(self, peer: MemberOrdinal, first: int) -> frames.Push | None:
        """Its entries from `first`, for `peer`."""
        node = self._node
        common = [
            frames.Item(row.raw, row.statement, row.content)
            for row in node.disk.store.entries(node.core.log, 0, Seq(first), max(0, self.base - first))
        ]
        items = common + [leaf.item for leaf in self._leaves[max(0, first - self.base) :]]
        sizes = accumulate(len(item.raw) + len(item.statement or b"") + len(item.content or b"") for item in items)
        items = items[: max(1, sum(size < PUSH_BYTES for size in sizes))]
        head = self.head(first + len(items))
        if head is None or not items:
            return None
        return frames.Push(node.core.log, Seq(first), tuple(items), head.signature)


class HostileNode(SimNode):
    """See the module.

    Attributes:
        victims: members that are shown `other` instead of the real log.
    """

    honest = False
    other: OtherHistory | None = None
    victims: frozenset[MemberOrdinal] = frozenset()

    def start(self) -> None:
        super().start()
        self.core.traffic.blobs.send_ahead = lambda *_: None  # type: ignore[method-assign]

    # ---- its own log ---------------------------------------------------------------------------------------

    def entry(self, body: bytes | tuple[object, ...], **changes: object) -> Entry:
        """A well-formed next entry of its log, with some fields changed."""
        core = self.core
        fields: dict[str, object] = {
            "seq": Seq(core.record.size(core.log)),
            "at_ms": UnixMs(self.clock()),
            "charter_version": core.mechanism.charter_version(core.log),
            "directory": core.mechanism.directory_seq(core.log),
            "seen": core.record.unclaimed(core.log),
            "statement_sight": MemberSet(0),
            "content_sight": MemberSet(0),
            "body": body,
        }
        return Entry(**(fields | changes))  # type: ignore[arg-type]

    def write(self, leaf: Entry | bytes, statement: bytes | None = None, content: bytes | None = None) -> bytes:
        """Put any leaf into its own log, past the door; the leaf's bytes."""
        core = self.core
        branch = core.record.primary(core.log)
        raw = leaf if isinstance(leaf, bytes) else encode_entry(leaf)
        clock = next_clock(branch.clock, ())
        void = isinstance(leaf, Entry) and (
            core.record._claims_fault(branch, leaf) or core.record._strangers(branch, leaf)
        )
        if isinstance(leaf, Entry) and not void:
            seen = {log: head for log, head in leaf.seen.items() if log != core.log}
            branch.claims.seen.update({log: head for log, head in seen.items() if head[0] > branch.claims.covers(log)})
        branch.tip.append(leaf_hash(raw))
        root = branch.tip.root()
        seq = branch.size
        branch.record(root, clock)
        core.record._frontiers[core.log, 0] = branch.tip
        core.building().entries.append(
            EntryRow(
                core.log, 0, Seq(seq), UnixMs(self.clock()), clock, raw, root, None, statement, content,
                StatementDigest(sha256(statement)) if statement is not None else None, None,
            )
        )  # fmt: skip
        core.building().high_water = HighWater(core.log, TreeSize(seq + 1), root)
        core.touch(core.log, 0)
        core.tick(self.clock())
        self.pump()
        return raw

    # ---- two faces -----------------------------------------------------------------------------------------

    def fork(self, base: int, victims: frozenset[MemberOrdinal]) -> OtherHistory:
        """From now on show `victims` a history that parts from the real one at `base`."""
        self.world.note(f"{self.seat.code} forks its log at {base} for {sorted(victims)}")
        self.other = OtherHistory(self, base)
        self.victims = victims
        return self.other

    def show_other(self) -> None:
        """Push the other history to its victims."""
        for victim in sorted(self.victims):
            push = self.other.push(victim, self.other.base) if self.other is not None else None
            if push is not None:
                self.network.send(self.ordinal, victim, push, urgent=False)

    def send(self, peer: MemberOrdinal, frame: frames.Frame, *, urgent: bool) -> None:
        if self.other is not None and peer in self.victims:
            match frame:
                case frames.Push(log=log) if log == self.core.log:
                    return
                case frames.Ahead(log=log) if log == self.core.log:
                    return
                case frames.Heads():
                    mine = self.other.head(self.other.size)
                    heads = [head for head in frame.heads if head.log != self.core.log]
                    frame = frames.Heads(tuple(heads + ([mine] if mine else [])), frame.reach)
                case frames.Evidence(log=log) if log == self.core.log:
                    return
        super().send(peer, frame, urgent=urgent)

    def receive(self, peer: MemberOrdinal, frame: frames.Frame) -> None:
        if self.other is not None and peer in self.victims:
            match frame:
                case frames.Doubt(log=log, size=size) if log == self.core.log:
                    head = self.other.head(size)
                    if head is not None:
                        self.network.send(
                            self.ordinal, peer, frames.Heads((head,), self.core.traffic.peers.reach()), urgent=False
                        )
                    return
                case frames.Pull(log=log, first=first) if log == self.core.log:
                    push = self.other.push(peer, first)
                    if push is not None:
                        self.network.send(self.ordinal, peer, push, urgent=False)
                    return
        super().receive(peer, frame)
