"""Signers: which key of a member was good for what, told by place in the member's log alone.

A tenure runs from the entry after the statement that began it up to, and without, the entry that ended it; where only
mandates change, the next tenure takes over without a gap. Clocks play no part: a revocation is never retroactive, and
a key known to have been stolen earlier only bears a note. A key is known by its kid (8 bytes); a kid is used once in a
log, and a position has one holder at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from parley.charter.void import Void
from parley.crypto.keys import VerifyKey
from parley.record.ids import Seq


class Capacity(IntEnum):
    """In what capacity a key signs."""

    OFFICER = 0
    REGISTRAR = 1
    ROOT = 2

    @property
    def label(self) -> str:
        """``officer``, ``registrar`` or ``root``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Signer:
    """One key's tenure.

    Attributes:
        position: pseudonym, such as ``duty-2``.
        mandates: names from the charter; empty for a registrar or root.
        from_seq: first entry it may have signed.
        until_seq: first entry it may no longer sign; None while in force.
        ended: void code that a later statement by it gets; "" while in force or where only mandates changed.
        ended_by: in what capacity the signer of the act that ended it signed; None where no act of a signer did.
    """

    capacity: Capacity
    kid: bytes
    key: VerifyKey
    position: str
    mandates: tuple[str, ...]
    from_seq: Seq
    until_seq: Seq | None = None
    ended: str = ""
    ended_by: Capacity | None = None


class Signers:
    """All tenures of one log. `begin` and `end` are called in log order; `at` answers for any place."""

    def __init__(self) -> None:
        self._tenures: dict[bytes, list[Signer]] = {}
        self._holders: dict[str, bytes] = {}
        self._latest: dict[str, bytes] = {}

    def __contains__(self, kid: bytes) -> bool:
        return kid in self._tenures

    def __iter__(self) -> Iterator[Signer]:
        for tenures in self._tenures.values():
            yield from tenures

    def at(self, kid: bytes, seq: int) -> Signer | None:
        """The tenure of `kid` that covers entry `seq`."""
        tenures = self._tenures.get(kid)
        if tenures is None:
            return None
        tenure = tenures[-1]
        if seq < tenure.from_seq:
            tenure = next((one for one in reversed(tenures) if one.from_seq <= seq), tenure)
            if seq < tenure.from_seq:
                return None
        return tenure if tenure.until_seq is None or seq < tenure.until_seq else None

    def now(self, kid: bytes) -> Signer | None:
        """The tenure of `kid` that has not ended."""
        tenures = self._tenures.get(kid)
        return tenures[-1] if tenures and tenures[-1].until_seq is None else None

    def latest(self, kid: bytes) -> Signer:
        """The latest tenure of a kid that has one."""
        return self._tenures[kid][-1]

    def first(self, kid: bytes) -> Signer:
        """The first tenure of a kid that has one."""
        return self._tenures[kid][0]

    def holder(self, position: str) -> bytes | None:
        """The kid that holds `position` now."""
        return self._holders.get(position)

    def latest_in(self, position: str) -> Signer | None:
        """The latest tenure of whoever held `position` last, ended or not."""
        kid = self._latest.get(position)
        return None if kid is None else self.latest(kid)

    def begin(self, signer: Signer) -> None:
        """Begin a tenure; that the kid is new, or its tenure just ended, and the position free, was checked."""
        self._tenures.setdefault(signer.kid, []).append(signer)
        self._holders[signer.position] = self._latest[signer.position] = signer.kid

    def end(self, kid: bytes, seq: int, ended: str, by: Capacity | None = None) -> None:
        """End the tenure that `kid` has now at entry `seq`; `by`: in what capacity that was signed."""
        tenures = self._tenures[kid]
        tenures[-1] = replace(tenures[-1], until_seq=Seq(seq), ended=ended, ended_by=by)
        del self._holders[tenures[-1].position]

    def why_not(self, kid: bytes, seq: int) -> Void:
        """Why no tenure of `kid` covers entry `seq`; asked only where `at` gave None."""
        tenures = self._tenures.get(kid)
        if tenures is None:
            return Void("officer.unknown", f"key {kid.hex()} was never enrolled in this member's log")
        if seq < tenures[0].from_seq:
            return Void("officer.not-yet", f"key {kid.hex()} is enrolled only from entry {tenures[0].from_seq} on")
        last = tenures[-1]
        verb = "was replaced" if last.ended == "officer.replaced" else "was revoked"
        return Void(last.ended or "officer.revoked", f"{last.position} {verb} at entry {last.until_seq}")
