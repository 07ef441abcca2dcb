"""Frames: all that two nodes say to each other, on a line or in a bundle. Their wire form is in `codec`.

What a receiver can compute is not sent: a PUSH carries no root, only its author's signature over its end. Nothing a
frame says counts before it is checked against signatures; that is the caller's part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parley.record.branch import Item
from parley.record.ids import LogId, MechanismDigest, MemberOrdinal, MemberSet, RootHash, Seq, TreeSize

LINK_VERSION = 1

__all__ = [
    "LINK_VERSION", "UNSIGNED", "Ahead", "Blob", "Bye", "Cosigned", "Doubt", "Echo", "Evidence", "Frame", "Head", "Heads", "Hello", "Item",
    "Parcel", "Probe", "Pull", "Push", "Want",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hello:
    """Who speaks: the root-signed statement and content that certify the node's keys (checked by the caller)."""

    mechanism: MechanismDigest
    ordinal: MemberOrdinal
    node_statement: bytes
    node_content: bytes
    version: int = LINK_VERSION


UNSIGNED = bytes(64)


class Head(NamedTuple):
    """One log's checkpoint: its author's `signature` over `size` and `root`, or `UNSIGNED` for a mere hint."""

    log: LogId
    size: TreeSize
    root: RootHash
    signature: bytes


@dataclass(frozen=True, slots=True)
class Heads:
    """Checkpoints of all logs known; `reach` is the set of members the sender has lines to now."""

    heads: tuple[Head, ...]
    reach: MemberSet


@dataclass(frozen=True, slots=True)
class Push:
    """Entries of `log` from `first`; `signature` is the author's checkpoint over size first + len(items)."""

    log: LogId
    first: Seq
    items: tuple[Item, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class Pull:
    """The sender has everything of `log` below `first`: send at most `max_bytes` beyond; `fresh` begins anew."""

    log: LogId
    first: Seq
    max_bytes: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Want:
    """The statements and contents at `seqs` of `log` are missing at the sender."""

    log: LogId
    seqs: tuple[Seq, ...]


@dataclass(frozen=True, slots=True)
class Blob:
    """One statement, with its content where the receiver has sight of it."""

    log: LogId
    seq: Seq
    statement: bytes
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A FLASH sent before its backlog, proven by inclusion `proof` to be at `seq` under the signed root of `size`."""

    log: LogId
    seq: Seq
    entry: bytes
    statement: bytes
    content: bytes | None
    size: TreeSize
    root: RootHash
    signature: bytes
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A statement and content sealed to `recipient`, for relay by a member without sight of them."""

    log: LogId
    seq: Seq
    recipient: MemberOrdinal
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Doubt:
    """The signature of a PUSH ending at `size` did not fit what the sender holds: show the signed head (by HEADS)."""

    log: LogId
    size: TreeSize


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two signed checkpoints (C2SP signed notes) of `log` that cannot both be true."""

    log: LogId
    first_note: str
    second_note: str


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint of `log` as a C2SP signed note with its author's Ed25519 and ML-DSA-44 signatures."""

    log: LogId
    note: str


@dataclass(frozen=True, slots=True)
class Probe:
    """Keep-alive and clock question; `sent_ms` is the asker's clock, Unix ms."""

    ident: int
    sent_ms: int


@dataclass(frozen=True, slots=True)
class Echo:
    """Answer to a PROBE: its `ident` and `sent_ms`, and the answerer's clock on receipt and on reply, Unix ms."""

    ident: int
    sent_ms: int
    received_ms: int
    replied_ms: int


@dataclass(frozen=True, slots=True)
class Bye:
    """The sender ends the session: a stable dotted code and a printable sentence."""

    code: str
    reason: str


Frame = Hello | Heads | Push | Pull | Want | Blob | Ahead | Parcel | Doubt | Evidence | Cosigned | Probe | Echo | Bye
