"""What the record hands to a store, and how it reads it back.

A `WriteBatch` is committed whole or not at all; when `Store.commit` returns, it is durable. Rows refer to a place
as (log, branch, seq): branch 0 is the first history held of a log; a fork of it is kept as branch 1, 2, … which
starts at its `base_size` and shares everything below with branch 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, StatementDigest, TreeSize, UnixMs


class Place(NamedTuple):
    """One leaf: its log, the branch it was first held under, its index."""

    log: LogId
    branch: int
    seq: Seq


class EntryRow(NamedTuple):
    """One entry with what is held for it.

    Attributes:
        clock: logical clock of the entry.
        raw: leaf bytes.
        root: tree root after this leaf (size seq + 1).
        signature: author's 64-byte Ed25519 checkpoint signature over size seq + 1, where one is held.
        statement, content: None where there is none, no sight, or not yet arrived.
        repeat: digest of what was signed, kept for this node's own statements only.
    """

    log: LogId
    branch: int
    seq: Seq
    at_ms: UnixMs
    clock: int
    raw: bytes
    root: RootHash
    signature: bytes | None
    statement: bytes | None
    content: bytes | None
    digest: StatementDigest | None
    repeat: bytes | None


class BlobRow(NamedTuple):
    """A statement and content that arrived after their entry."""

    log: LogId
    branch: int
    seq: Seq
    statement: bytes
    content: bytes | None
    digest: StatementDigest


class HeadRow(NamedTuple):
    """How far one branch of a log is held and processed.

    Attributes:
        base_size: 0, or for a fork branch the size up to which it equals branch 0.
        frontier: concatenated perfect-subtree roots, largest first (see `merkle.Frontier`).
        clock: logical clock of the last entry.
        receipted: every statement entry below this seq is receipted here, or needs none.
        folded: every statement below this seq is verified and folded.
        claims: CBOR of what its author claimed so far (see `branch.Claims`).
    """

    log: LogId
    branch: int
    base_size: TreeSize
    size: TreeSize
    root: RootHash
    frontier: bytes
    clock: int
    receipted: Seq
    folded: Seq
    claims: bytes


class ReceiptRow(NamedTuple):
    """`holder`'s own log says, at `seq`, that it holds `count` entries of `log` from `first`."""

    holder: MemberOrdinal
    holder_log: LogId
    seq: Seq
    at_ms: UnixMs
    log: LogId
    first: Seq
    count: int  # type: ignore[assignment]  # hides tuple.count, which no row needs


class VoidRow(NamedTuple):
    """A statement that moves nothing, and why."""

    log: LogId
    branch: int
    seq: Seq
    code: str
    reason: str


class EvidenceRow(NamedTuple):
    """Two signed checkpoints of one log that cannot both be true, as C2SP texts."""

    log: LogId
    first: str
    second: str
    noticed_ms: UnixMs
    told_by: MemberOrdinal


class ParcelRow(NamedTuple):
    """A statement and content sealed to `recipient`, kept here for relay without sight of it."""

    log: LogId
    seq: Seq
    recipient: MemberOrdinal
    sealed: bytes


class HighWater(NamedTuple):
    """The furthest (size, root) of this node's own log that it may have signed."""

    log: LogId
    size: TreeSize
    root: RootHash


@dataclass(slots=True)
class WriteBatch:
    """Everything that becomes durable together."""

    entries: list[EntryRow] = field(default_factory=list)
    blobs: list[BlobRow] = field(default_factory=list)
    heads: list[HeadRow] = field(default_factory=list)
    receipts: list[ReceiptRow] = field(default_factory=list)
    voids: list[VoidRow] = field(default_factory=list)
    directory: list[Place] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)
    parcels: list[ParcelRow] = field(default_factory=list)
    dropped_parcels: list[tuple[LogId, Seq, MemberOrdinal]] = field(default_factory=list)
    documents: list[tuple[str, bytes]] = field(default_factory=list)
    high_water: HighWater | None = None

    def __bool__(self) -> bool:
        return bool(
            self.entries or self.blobs or self.heads or self.receipts or self.voids or self.directory
            or self.evidence or self.parcels or self.dropped_parcels or self.documents
        )  # fmt: skip

    def only_appends(self) -> bool:
        """Whether it holds no more than entries, their heads and places in the directory, and receipts."""
        return not (self.blobs or self.voids or self.evidence or self.parcels or self.dropped_parcels or self.documents)


class RecordReader(Protocol):
    """Reading side of a store. Every call sees the last committed batch. Absent places give None or nothing."""

    def heads(self) -> list[HeadRow]:
        """All branches held, ordered by (log, branch)."""
        ...

    def entries(self, log: LogId, branch: int, first: int, limit: int) -> list[EntryRow]:
        """Up to `limit` rows from `first`, in order; below a fork branch's base the rows are branch 0's."""
        ...

    def leaves(self, log: LogId, branch: int, first: int, stop: int) -> Iterator[bytes]:
        """Leaf bytes of [first, stop), streamed in order, with bounded memory."""
        ...

    def root_at(self, log: LogId, branch: int, size: int) -> RootHash | None:
        """Tree root at `size` ≥ 1."""
        ...

    def block_root(self, log: LogId, branch: int, block: int) -> bytes | None:
        """Root of the complete aligned 256-leaf subtree number `block`, or None where it is not complete."""
        ...

    def clock_at(self, log: LogId, branch: int, seq: int) -> int | None:
        """Logical clock of one entry."""
        ...

    def find_statement(self, digest: bytes) -> Place | None:
        """Where the statement with this digest first stands."""
        ...

    def find_repeat(self, repeat: bytes) -> Place | None:
        """Where this node's own statement with this to-be-signed digest stands."""
        ...

    def receipts_for(self, log: LogId, first: int, stop: int) -> list[ReceiptRow]:
        """Receipts of any holder that cover part of [first, stop) of `log`."""
        ...

    def voids(self, log: LogId, branch: int, first: int, stop: int) -> list[VoidRow]:
        """Void statements in [first, stop)."""
        ...

    def directory_places(self) -> list[Place]:
        """Places of all directory and charter statements, ordered by (log, branch, seq)."""
        ...

    def evidence(self) -> list[EvidenceRow]:
        """All fork evidence kept."""
        ...

    def parcels(self, recipient: MemberOrdinal) -> Sequence[ParcelRow]:
        """Sealed parcels kept for `recipient`."""
        ...

    def document(self, name: str) -> bytes | None:
        """A named document, the latest under that name."""
        ...
