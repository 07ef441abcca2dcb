"""Batches to try stores with: histories with true trees, made of nothing but a seed and numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, StatementDigest, TreeSize, UnixMs
from parley.record.merkle import Frontier, leaf_hash
from parley.record.rows import (
    BlobRow,
    EntryRow,
    EvidenceRow,
    HeadRow,
    ParcelRow,
    Place,
    ReceiptRow,
    VoidRow,
    WriteBatch,
)

LOG1, LOG2, LOG3 = LogId(1), LogId(2), LogId(3)


def noise(*parts: object, length: int = 32) -> bytes:
    """`length` bytes that depend on `parts` only."""
    return hashlib.shake_256(repr(parts).encode()).digest(length)


def digest(*parts: object) -> StatementDigest:
    return StatementDigest(noise("digest", *parts))


@dataclass
class History:
    """One branch of a log as its author grows it."""

    number: int
    branch: int = 0
    base: int = 0
    clock: int = 0
    tree: Frontier = field(default_factory=Frontier)
    rows: list[EntryRow] = field(default_factory=list)

    @property
    def log(self) -> LogId:
        return LogId(self.number)

    @property
    def size(self) -> int:
        return self.tree.size

    def fork(self, branch: int, base: int) -> History:
        """Another history of the same log, equal up to `base`."""
        tree = Frontier()
        tree.extend(row.raw for row in self.rows[:base])
        clock = self.rows[base - 1].clock if base else 0
        return History(self.log, branch, base, clock, tree, self.rows[:base])

    def grow(
        self, *, blobs: bool = True, signed: bool = True, repeat: bool = False, clock: int | None = None
    ) -> EntryRow:
        """The next entry."""
        seq = self.size
        mine = (self.log, self.branch, seq)
        raw = noise("raw", *mine, length=40 + seq % 7)
        self.tree.append(leaf_hash(raw))
        self.clock = self.clock + 1 if clock is None else clock
        row = EntryRow(
            self.log, self.branch, Seq(seq), UnixMs(1000 + seq), self.clock, raw, self.tree.root(),
            noise("signature", *mine, length=64) if signed else None,
            noise("statement", *mine, length=90) if blobs else None,
            noise("content", *mine, length=50) if blobs else None,
            digest(*mine), noise("repeat", *mine) if repeat else None,
        )  # fmt: skip
        self.rows.append(row)
        return row

    def head(self) -> HeadRow:
        return HeadRow(
            self.log, self.branch, TreeSize(self.base), TreeSize(self.size), self.tree.root(),
            self.tree.to_bytes(), self.clock, Seq(0), Seq(0), b"\x83\xa0\x01\x00",
        )  # fmt: skip

    def batch(self, count: int, **how: bool) -> WriteBatch:
        """A batch of the next `count` entries."""
        return WriteBatch(entries=[self.grow(**how) for _ in range(count)], heads=[self.head()])


def place(log: int, seq: int, branch: int = 0) -> Place:
    return Place(LogId(log), branch, Seq(seq))


def receipt(log: int, first: int, count: int, *, holder: int = 1, seq: int = 0) -> ReceiptRow:
    return ReceiptRow(MemberOrdinal(holder), LogId(holder), Seq(seq), UnixMs(5), LogId(log), Seq(first), count)


def void(log: int, seq: int, reason: str = "forged", branch: int = 0) -> VoidRow:
    return VoidRow(LogId(log), branch, Seq(seq), "signature.invalid", reason)


def blob(log: int, seq: int, content: bytes | None = b"content", statement: bytes = b"statement") -> BlobRow:
    return BlobRow(LogId(log), 0, Seq(seq), statement, content, digest(log, 0, seq))


def evidence(log: int, which: str, noticed_ms: int = 7) -> EvidenceRow:
    return EvidenceRow(LogId(log), f"ours {which}\n", f"theirs {which}\n", UnixMs(noticed_ms), MemberOrdinal(2))


def parcel(recipient: int, log: int, seq: int, sealed: bytes = b"sealed") -> ParcelRow:
    return ParcelRow(LogId(log), Seq(seq), MemberOrdinal(recipient), sealed)


def far_entry(log: int, seq: int, said: bytes, clock: int = 1) -> WriteBatch:
    """A batch of one entry with statement digest `said`, as if all before it were held."""
    row = EntryRow(
        LogId(log), 0, Seq(seq), UnixMs(1), clock, b"leaf", RootHash(noise("root")), None, None, None,
        StatementDigest(said), None,
    )  # fmt: skip
    head = HeadRow(
        LogId(log), 0, TreeSize(0), TreeSize(seq + 1), row.root, b"", clock, Seq(0), Seq(0), b"\x83\xa0\x01\x00"
    )
    return WriteBatch(entries=[row], heads=[head])
