"""The line of charters in a proof: the founding one and each amendment, verified, and the names they give to logs.

- Each charter carries the root signatures of all members that had to adopt it (`adoption`); each amendment amends
  the one before it.
- Root signatures prove that all members adopted an amendment. Whether an author had seen all assents when it first
  named that amendment takes more of its log than a proof holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.charter.adoption import SignedCharter
from parley.charter.charter import Charter, Member
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.record.checkpoint import origin
from parley.record.ids import LogId, MechanismDigest, log_generation, log_owner

MAX_GENERATIONS = 16


class CharterLine:
    """Verified charters in order. Build it with `verified`."""

    def __init__(self, charters: Sequence[Charter]) -> None:
        self.charters = tuple(charters)
        self._by_version = {charter.version: charter for charter in charters}

    @classmethod
    def verified(cls, signed: Sequence[SignedCharter]) -> CharterLine:
        """The line, once every signature of every charter in it is checked and none is missing.

        Raises:
            BadInput: ``charter.signature``, ``charter.amendment``, or ``proof.charters`` where there is none.
            Refused: ``charter.not-adopted``, naming who has not signed.
        """
        if not signed:
            raise BadInput("proof.charters", "holds no charter", field="charters")
        previous: Charter | None = None
        for one in signed:
            one.verify(previous)
            previous = one.charter
        return cls([one.charter for one in signed])

    @property
    def founding(self) -> Charter:
        """Version 1."""
        return self.charters[0]

    @property
    def newest(self) -> Charter:
        """The last one, which names every member there is."""
        return self.charters[-1]

    @property
    def mechanism(self) -> MechanismDigest:
        """The founding charter's digest."""
        return self.founding.mechanism

    def version(self, number: int) -> Charter | None:
        """The charter of that version."""
        return self._by_version.get(number)

    def owner(self, log: LogId) -> Member | None:
        """The member that writes `log`, or None where no member can."""
        known = log_owner(log) < len(self.newest.members) and log_generation(log) <= MAX_GENERATIONS
        return self.newest.members[log_owner(log)] if known else None

    def name(self, log: LogId) -> str:
        """``SYR``, or ``SYR2`` for the log of a second generation; ``log 9`` where no member writes it."""
        member, generation = self.owner(log), log_generation(log)
        if member is None:
            return f"log {log}"
        return member.code + (str(generation) if generation > 1 else "")

    def reference(self, log: LogId, seq: int) -> str:
        """How people name a place: ``SYR 42``."""
        return f"{self.name(log)} {seq}"

    def origin(self, log: LogId) -> str:
        """The C2SP origin of a member's log."""
        return origin(self.mechanism, self.newest.members[log_owner(log)].code, log_generation(log))

    def first_root(self, log: LogId, version: int) -> VerifyKey:
        """The root key at entry 0 of a member's log; `version` is the charter that entry 0 names."""
        ordinal = log_owner(log)
        if log_generation(log) > 1:
            opened = self._by_version.get(version, self.founding)
            if ordinal < len(opened.members):
                return opened.members[ordinal].root_key
        joined = next(charter for charter in self.charters if ordinal < len(charter.members))
        return joined.members[ordinal].root_key
