"""Distinct types for the look-alikes of the record, and the bit sets of members.

A *log* is one member's append-only log in one generation. The first generation of member *n* has log id *n*;
after a root-signed reopening the next has ``n + 256``, and so on. References name log and place: ``SYR 42``,
``SYR2 42``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NewType

MemberOrdinal = NewType("MemberOrdinal", int)
MemberCode = NewType("MemberCode", str)
LogId = NewType("LogId", int)
Seq = NewType("Seq", int)
TreeSize = NewType("TreeSize", int)
LeafHash = NewType("LeafHash", bytes)
RootHash = NewType("RootHash", bytes)
StatementDigest = NewType("StatementDigest", bytes)
ContentDigest = NewType("ContentDigest", bytes)
MechanismDigest = NewType("MechanismDigest", bytes)
MemberSet = NewType("MemberSet", int)
UnixMs = NewType("UnixMs", int)

DIGEST_BYTES = 32
MAX_MEMBERS = 32
GENERATION_STEP = 256


def sha256(data: bytes) -> bytes:
    """SHA-256 of `data`, 32 bytes."""
    return hashlib.sha256(data).digest()


def log_id(ordinal: int, generation: int = 1) -> LogId:
    """The log of a member's `generation` (1 is the founding one)."""
    return LogId(ordinal + GENERATION_STEP * (generation - 1))


def log_owner(log: LogId) -> MemberOrdinal:
    """The member that writes `log`."""
    return MemberOrdinal(log % GENERATION_STEP)


def log_generation(log: LogId) -> int:
    """1 for the founding log, 2 after the first reopening."""
    return log // GENERATION_STEP + 1


def members(ordinals: Iterable[int]) -> MemberSet:
    """The bit set of `ordinals`."""
    bits = 0
    for ordinal in ordinals:
        bits |= 1 << ordinal
    return MemberSet(bits)


def ordinals(bits: int) -> list[MemberOrdinal]:
    """The members of a bit set, ascending."""
    return [MemberOrdinal(i) for i in range(bits.bit_length()) if bits >> i & 1]
