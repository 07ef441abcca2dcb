"""What the node's core asks of the world. The core itself does nothing but return these, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parley.crypto.keys import VerifyKey
from parley.errors import ParleyError
from parley.link.frames import Frame
from parley.record.ids import LogId, MemberOrdinal
from parley.record.rows import EvidenceRow, Place, ReceiptRow, WriteBatch
from parley.record.statement import Statement


@dataclass(frozen=True, slots=True)
class Commit:
    """Make `batch` durable, then its high-water mark, then call `committed`. Never two at once."""

    batch: WriteBatch


@dataclass(frozen=True, slots=True)
class Send:
    """Queue `frame` for `peer`; `urgent` goes before what is not."""

    peer: MemberOrdinal
    frame: Frame
    urgent: bool


class VerifyJob(NamedTuple):
    """One statement signature to check, away from the event loop."""

    place: Place
    statement: Statement
    key: VerifyKey


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Statements wait: once nothing more urgent is left, call `judge`, check the signatures of the jobs it gives, in
    any order, and hand the answers back by `verified`."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The statement submitted under `ticket`, whose bytes are `raw`, is durable at `place`."""

    ticket: int
    place: Place
    raw: bytes


@dataclass(frozen=True, slots=True)
class Rejected:
    """The statement queued under `ticket` was refused after all; nothing of it was recorded."""

    ticket: int
    error: ParleyError


@dataclass(frozen=True, slots=True)
class Arrived:
    """Another member's statement is verified, and durable here (`durable`) or ahead of its backlog: it only rings.

    It may be told more than once.
    """

    place: Place
    statement: Statement
    durable: bool


@dataclass(frozen=True, slots=True)
class Receipted:
    """A member's own log, as it signed it, names statements as held there. It may not be durable here yet."""

    receipt: ReceiptRow


@dataclass(frozen=True, slots=True)
class Folded:
    """Everything of a log's branch below `upto` is verified."""

    log: LogId
    branch: int
    upto: int


@dataclass(frozen=True, slots=True)
class Durable:
    """A batch is durable: more may be `judged` of `logs`, `receipts`, own ones too, can be looked up, and what was missing
    at `late` is there."""

    logs: frozenset[LogId]
    receipts: tuple[ReceiptRow, ...]
    late: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ForkSeen:
    """Two checkpoints of one log contradict each other; both are kept."""

    evidence: EvidenceRow


@dataclass(frozen=True, slots=True)
class Parted:
    """Another history of a log is held, or more of it: where it parts from the first may be known better."""

    log: LogId


@dataclass(frozen=True, slots=True)
class Cut:
    """Tell `peer` which rule it broke and close the line to it."""

    peer: MemberOrdinal
    code: str
    reason: str


Effect = (
    Commit | Send | Unjudged | Confirmed | Rejected | Arrived | Receipted | Folded | Durable | ForkSeen | Parted | Cut
)
