"""Statements and contents that do not come with their entry: asked for, sent ahead, or as parcels (see `parcels`).

Rules:

* a statement is taken only if its digest is the entry's, a content only if its digest is the statement's,
  and either only within this member's sight; anything else is treated as not having come;
* a FLASH that a peer cannot accept yet, for it lacks what came before, is sent ahead with its inclusion proof;
* what is missing is asked for in windows of at most `WANT_WINDOW_BYTES` an answer. The next is asked for when one has come;
  the same again only where nothing came for a while, and ever later: on a slow line the answer is still under way, and
  asking each second would fill the line until it breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from parley.errors import BadInput
from parley.link import frames
from parley.node.core.effects import Send
from parley.node.core.parcels import Parcels
from parley.node.core.replication import RELAY_GRACE_MS, Peers
from parley.record.content import content_digest
from parley.record.entry import Entry, decode_entry
from parley.record.ids import (
    LogId,
    MemberOrdinal,
    RootHash,
    Seq,
    StatementDigest,
    TreeSize,
    log_owner,
    sha256,
)
from parley.record.merkle import BlockTree, leaf_hash, prove_inclusion
from parley.record.record import Accepted
from parley.record.rows import BlobRow, EntryRow, Place
from parley.record.statement import Precedence, Statement, content_digest_in, parse_statement, precedence_in

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore

WANT_RETRY_MS = 1_000
MAX_WANT_RETRY_MS = 16_000
WANT_WINDOW_BYTES = 256 * 1024
MAX_WANTED = 256


class Blob(NamedTuple):
    """What fits an entry of the statement and content that came for it."""

    raw: bytes | None
    content: bytes | None

    @property
    def statement(self) -> Statement | None:
        """The statement, parsed now; None also where it is unreadable."""
        if self.raw is None:
            return None
        try:
            return parse_statement(self.raw)
        except BadInput:
            return None

    @property
    def is_flash(self) -> bool:
        """Whether it goes before everything else."""
        return self.raw is not None and precedence_in(self.raw) is Precedence.FLASH


NOTHING = Blob(None, None)


@dataclass(slots=True)
class _Asking:
    """What is asked for of one log.

    Attributes:
        due: when to ask (again).
        patience_ms: how long nothing need come before the same is asked for again.
        moved_ms: when it was asked for, or the last of it came.
        came: bytes that came since it was asked for.
        awaited: what was asked for and has not come.
    """

    due: int
    patience_ms: int = WANT_RETRY_MS
    moved_ms: int = 0
    came: int = 0
    awaited: set[int] = field(default_factory=set)

    def asked(self, seqs: Sequence[int], now: int) -> None:
        self.awaited, self.moved_ms, self.came = set(seqs), now, 0
        self.due = now + self.patience_ms
        self.patience_ms = min(2 * self.patience_ms, MAX_WANT_RETRY_MS)

    def arrived(self, seq: int, size: int, now: int) -> None:
        if seq not in self.awaited:
            return
        self.awaited.discard(seq)
        self.came += size
        self.patience_ms = min(max(WANT_RETRY_MS, 2 * (now - self.moved_ms)), MAX_WANT_RETRY_MS)
        self.moved_ms = now
        self.due = now if not self.awaited or self.came >= WANT_WINDOW_BYTES else now + self.patience_ms

    def afresh(self, due: int) -> None:
        self.due, self.patience_ms, self.awaited = min(self.due, due), WANT_RETRY_MS, set()


class Blobs:
    """See the module."""

    def __init__(self, core: NodeCore, peers: Peers, unseal: Callable[[bytes, bytes], bytes]) -> None:
        self._core = core
        self._peers = peers
        self.parcels = Parcels(core, peers, unseal, self.on_blob)
        self._asking: dict[LogId, _Asking] = {}

    # ---- taking --------------------------------------------------------------------------------------------

    def fitting(self, accepted: Accepted) -> Blob:
        """The statement and content that came with an entry, as far as they are its own and ours to see."""
        entry, item = accepted.entry, accepted.item
        early = self.parcels.early(accepted.place)
        if entry is None:
            return NOTHING
        raw, content = early if item.statement is None and early else (item.statement, item.content)
        return NOTHING if raw is None else self._fit(entry, raw, content)

    def lacks(self, entry: Entry, blob: Blob) -> bool:
        """Whether something this member may see of the entry has not come."""
        if not self._core.sees(entry.statement_sight):
            return False
        if blob.raw is None:
            return True
        return blob.content is None and self._core.sees(entry.content_sight) and blob.statement is not None

    def expect(self, log: LogId, now: int) -> None:
        """Something of a log is missing; ask for it after a grace."""
        if log not in self._asking:
            self._asking[log] = _Asking(now + RELAY_GRACE_MS)

    def next_due(self) -> int | None:
        """When to ask or deliver next."""
        parcels = self.parcels.next_due()
        return min([*(one.due for one in self._asking.values()), *([] if parcels is None else [parcels])], default=None)

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        for one in self._asking.values():
            one.due -= by_ms
            one.moved_ms -= by_ms
        self.parcels.put_back(by_ms)

    def tick(self, now: int) -> None:
        """Ask for what is missing: its author first, else every peer in turn."""
        self.parcels.tick(now)
        for log, asking in list(self._asking.items()):
            if asking.due > now:
                continue
            wanted = tuple(Seq(seq) for seq in self._core.ledger.missing(log, MAX_WANTED))
            if not wanted:
                del self._asking[log]
                continue
            asking.asked(wanted, now)
            author = log_owner(log)
            up = [peer.ordinal for peer in self._peers.up()]
            for ordinal in [author] if author in up else up:
                self._core.emit(Send(ordinal, frames.Want(log, wanted), urgent=False))

    def on_want(self, ordinal: MemberOrdinal, frame: frames.Want) -> None:
        """Give what is held of the wanted statements, within the asker's sight, up to a window."""
        given = 0
        for seq in frame.seqs[:MAX_WANTED]:
            for row in self._core.reader.entries(frame.log, 0, seq, 1):
                entry = _decoded(row)
                if entry is None or row.statement is None or not entry.statement_sight >> ordinal & 1:
                    continue
                content = row.content if entry.content_sight >> ordinal & 1 else None
                if given >= WANT_WINDOW_BYTES:
                    return
                given += _size(row.statement, content)
                self._core.emit(Send(ordinal, frames.Blob(frame.log, seq, row.statement, content), urgent=False))

    def on_blob(self, log: LogId, seq: int, raw: bytes, content: bytes | None, now: int) -> None:
        """A statement that was missing; ignored where it is not."""
        if not self._core.ledger.lacks(log, seq):
            return
        for row in self._core.reader.entries(log, 0, seq, 1):
            entry = _decoded(row)
            if entry is None:
                return
            blob = self._fit(entry, raw, content)
            if blob.raw is None or self.lacks(entry, blob):
                return
            place = Place(log, 0, Seq(seq))
            self._core.building().blobs.append(
                BlobRow(log, 0, Seq(seq), blob.raw, blob.content, StatementDigest(sha256(blob.raw)))
            )
            self._core.says(place, blob)
            self._core.ledger.complete(log, seq, entry.at_ms, now, urgent=blob.is_flash)
            if log in self._asking:
                self._asking[log].arrived(seq, _size(raw, content), now)
            self._core.folding.take_late(place, entry, blob)
            self._core.touch(log, 0)

    def _fit(self, entry: Entry, raw: bytes, content: bytes | None) -> Blob:
        if not self._core.sees(entry.statement_sight) or entry.body != sha256(raw):
            return NOTHING
        if (
            content is None
            or not self._core.sees(entry.content_sight)
            or content_digest(content) != content_digest_in(raw)
        ):
            return Blob(raw, None)
        return Blob(raw, content)

    def opened(self, ordinal: MemberOrdinal, now: int) -> None:
        """A line to `ordinal`: it is asked anew; what was under way on the last one is lost."""
        for asking in self._asking.values():
            asking.afresh(now + RELAY_GRACE_MS)
        self.parcels.opened(ordinal, now)

    # ---- ahead of the backlog ------------------------------------------------------------------------------

    def send_ahead(
        self, ordinal: MemberOrdinal, rows: Sequence[EntryRow], size: TreeSize, root: RootHash, signature: bytes
    ) -> None:
        """Send the FLASH statements of `rows` at once, proven to be in the log of `size`."""
        for row in rows:
            entry = _decoded(row)
            if entry is None or row.statement is None or not entry.statement_sight >> ordinal & 1:
                continue
            if parse_statement(row.statement).fields.precedence != Precedence.FLASH:
                continue
            tree = self._tree(row.log, size)
            content = row.content if entry.content_sight >> ordinal & 1 else None
            frame = frames.Ahead(
                row.log, row.seq, row.raw, row.statement, content, size, root, signature,
                tuple(prove_inclusion(row.seq, size, tree.subtree)),
            )  # fmt: skip
            self._core.emit(Send(ordinal, frame, urgent=True))

    def _tree(self, log: LogId, size: TreeSize) -> BlockTree:
        reader = self._core.reader

        def block_root(block: int) -> bytes:
            root = reader.block_root(log, 0, block)
            assert root is not None, "a complete block of a committed log has a root"
            return root

        def leaves(block: int) -> list[bytes]:
            first = block * 256
            return [leaf_hash(raw) for raw in reader.leaves(log, 0, first, min(first + 256, size))]

        return BlockTree(size, block_root, leaves)


def _size(raw: bytes, content: bytes | None) -> int:
    return len(raw) + len(content or b"")


def _decoded(row: EntryRow) -> Entry | None:
    try:
        return decode_entry(row.raw)
    except BadInput:
        return None
