"""What a directory answers: who was in force at an entry, and with which keys a node signed.

This is the reading side, asked for every statement received; `directory` folds the statements into it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from parley.charter.charter import Charter
from parley.charter.directory_kinds import Reopening
from parley.charter.signers import Capacity, Signer, Signers
from parley.charter.void import Void
from parley.crypto.keys import PqVerifyKey, SealPublicKey, VerifyKey
from parley.record.ids import LogId, MechanismDigest, MemberCode, Seq, StatementDigest, UnixMs


@dataclass(frozen=True, slots=True)
class NodeKeys:
    """A node's keys, certified at entry `seq` of its log."""

    seq: Seq
    log_key: VerifyKey
    pq_key: PqVerifyKey
    seal_key: SealPublicKey
    tls_certificate: bytes


class Annotation(NamedTuple):
    """A doubt on what a key signed from `since_ms` on (its owner's word), stated at entry `seq`."""

    seq: Seq
    since_ms: UnixMs
    reason: str


class Assent(NamedTuple):
    """This member's assent to an amendment, at entry `seq`, with its root's signature of the charter."""

    seq: Seq
    charter: Charter
    signature: bytes


class DirectoryView:
    """One member's directory in one log. Answers hold for any place up to the last entry applied.

    Attributes:
        owner: the member's code.
        log: the log it is of.
        annotations: doubts by kid; they void nothing.
        assents: this member's assents by version of the amendment.
        reopening: how this log was reopened; None in a founding log.
    """

    def __init__(self, owner: MemberCode, mechanism: MechanismDigest, log: LogId) -> None:
        self.owner = owner
        self.mechanism = mechanism
        self.log = log
        self.annotations: dict[bytes, list[Annotation]] = {}
        self.assents: dict[int, Assent] = {}
        self.reopening: Reopening | None = None
        self._signers = Signers()
        self._nodes: list[NodeKeys] = []
        self._chain: list[Seq] = []
        self._reopened_by: StatementDigest | None = None
        self._last = -1

    def officer_at(self, kid: bytes, seq: int) -> Signer | None:
        """The officer whose key `kid` is, if it is in force at entry `seq`."""
        signer = self._signers.at(kid, seq)
        return signer if signer is not None and signer.capacity == Capacity.OFFICER else None

    def signer_at(self, kid: bytes, seq: int) -> Signer | None:
        """The officer, registrar or root whose key `kid` is, if it is in force at entry `seq`."""
        return self._signers.at(kid, seq)

    def signer_key(self, kid: bytes, seq: int) -> VerifyKey | None:
        """The key to check a signature at entry `seq` with, whoever's it is."""
        signer = self._signers.at(kid, seq)
        return None if signer is None else signer.key

    def why_not(self, kid: bytes, seq: int) -> Void:
        """Why `signer_at` gives nothing: ``officer.unknown``, ``.not-yet``, ``.revoked`` or ``.replaced``."""
        return self._signers.why_not(kid, seq)

    def node_keys_for_size(self, size: int) -> NodeKeys | None:
        """The keys that sign checkpoints of `size`; None before the first certificate.

        A certificate at entry s governs sizes above s; the first also those before, so that the log's beginning
        can be verified.
        """
        for keys in reversed(self._nodes):
            if keys.seq < size:
                return keys
        return self._nodes[0] if self._nodes else None

    def all_node_keys(self) -> list[NodeKeys]:
        """Every certificate of this log, newest first."""
        return self._nodes[::-1]

    @property
    def latest_seq(self) -> Seq:
        """The latest statement in force, 0 where there is none: what the next entry names as `directory`."""
        return self._chain[-1] if self._chain else Seq(0)

    def latest_before(self, seq: int) -> Seq:
        """The latest statement in force before entry `seq`: what that entry must name."""
        if not self._chain or self._chain[-1] < seq:
            return self.latest_seq
        place = bisect_left(self._chain, seq)
        return self._chain[place - 1] if place else Seq(0)

    @property
    def binding(self) -> tuple[StatementDigest, ...]:
        """What a statement for this log replies to; see `directory_kinds`."""
        return () if self._reopened_by is None else (self._reopened_by,)

    def holder(self, position: str) -> Signer | None:
        """The officer that holds `position` now."""
        kid = self._signers.holder(position)
        signer = None if kid is None else self._signers.now(kid)
        return signer if signer is not None and signer.capacity == Capacity.OFFICER else None

    def latest_in(self, position: str) -> Signer | None:
        """Whoever held `position` last, whether or not still in force."""
        return self._signers.latest_in(position)

    def enrolled_at(self, kid: bytes) -> Seq:
        """The entry after which a key that this log knows was first good."""
        return Seq(self._signers.first(kid).from_seq - 1)

    def officers(self, seq: int | None = None) -> list[Signer]:
        """Officers in force at entry `seq` (default: now), by position."""
        return self._in_force(Capacity.OFFICER, seq)

    def registrars(self, seq: int | None = None) -> list[Signer]:
        """Registrars in force at entry `seq` (default: now), by position."""
        return self._in_force(Capacity.REGISTRAR, seq)

    def knows_key(self, kid: bytes) -> bool:
        """Whether a key of that kid was ever root's, a registrar's, an officer's or the node's in this log."""
        return kid in self._signers or any(keys.log_key.kid == kid for keys in self._nodes)

    def _in_force(self, capacity: Capacity, seq: int | None) -> list[Signer]:
        at = self._last + 1 if seq is None else seq
        found = [
            one for one in self._signers
            if one.capacity == capacity and one.from_seq <= at and (one.until_seq is None or at < one.until_seq)
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.position)
