"""Amendments: which charter is in force, told from assents in the members' logs.

- A member's first assent to each version number counts, later ones are void (`Directory.apply`).
- The next version is adopted when every member of the charter in force has assented to one and the same draft of it
  that amends that charter.
- A version number at which two members assented to different drafts, or one to a draft that cannot amend the charter
  in force, is *given up*: no draft of it can ever be adopted, and the next number is open. So a member refuses a
  draft for good by assenting to another of the same number.

Assents are only ever added, and both rules only look at what is there: what is adopted stays adopted, versions follow
one another in a single line, and all nodes come to the same answer whatever order the assents arrive in.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from parley.charter.adoption import SignedCharter
from parley.charter.charter import Charter
from parley.charter.directory_view import Assent
from parley.charter.founding import check_amendment
from parley.errors import BadInput
from parley.record.ids import LogId, MemberCode, MemberOrdinal, log_owner

Seen = Set[tuple[MemberOrdinal, bytes, int]]


class Pending(NamedTuple):
    """A draft that some members have assented to."""

    charter: Charter
    assented: list[MemberCode]
    missing: list[MemberCode]


def adopted(founding: Charter, drafts: Mapping[bytes, Charter], seen: Seen) -> list[Charter]:
    """The charters adopted, in order, the founding one first and the one in force last.

    Args:
        founding: version 1.
        drafts: by digest, every charter that `seen` names.
        seen: (ordinal, charter digest, version) of each member's first assent to each version.
    """
    line = [founding]
    by_version: dict[int, dict[MemberOrdinal, bytes]] = {}
    for ordinal, digest, version in seen:
        by_version.setdefault(version, {})[ordinal] = digest
    version = founding.version + 1
    while version in by_version:
        current = line[-1]
        votes = {who: what for who, what in by_version[version].items() if who < len(current.members)}
        choices = set(votes.values())
        if len(choices) > 1 or any(not _amends(current, drafts[digest]) for digest in choices):
            version += 1
        elif len(votes) == len(current.members):
            line.append(drafts[choices.pop()])
            version += 1
        else:
            break
    return line


class Amendments:
    """The assents known here, and the charters they adopt."""

    def __init__(self, founding: Charter) -> None:
        self._founding = founding
        self._assents: dict[tuple[MemberOrdinal, int], tuple[LogId, Assent]] = {}
        self._line = [founding]

    def add(self, log: LogId, assent: Assent) -> None:
        """Take in an assent that a directory folded; a member's earliest for a version counts."""
        place = log_owner(log), assent.charter.version
        known = self._assents.get(place)
        if known is None or (log, assent.seq) < (known[0], known[1].seq):
            self._assents[place] = log, assent
            self._line = self._adopted(None)

    def charter(self, version: int) -> Charter | None:
        """The adopted charter of that version."""
        newest = self._line[-1]
        if newest.version == version:  # nearly always, and asked for every statement
            return newest
        return next((one for one in self._line if one.version == version), None)

    @property
    def in_force(self) -> Charter:
        """The latest charter adopted, as far as is known here."""
        return self._line[-1]

    def in_force_within(self, sizes: Mapping[LogId, int]) -> Charter:
        """The charter in force for an author that holds the first `sizes` entries of each log (absent: none).

        An entry may name no later version than this one for its own log up to it and for what it claims to have seen.
        """
        return self._adopted(sizes)[-1]

    def pending(self) -> list[Pending]:
        """Drafts of versions above the one in force that some members have assented to."""
        drafts = {assent.charter.digest: assent.charter for _, assent in self._assents.values()}
        found: list[Pending] = []
        for digest in sorted(drafts, key=lambda one: (drafts[one].version, one)):
            draft = drafts[digest]
            if draft.version > self.in_force.version:
                assented = self._assenting(draft)
                members = self.in_force.members
                found.append(
                    Pending(
                        draft,
                        [member.code for member in members if member.ordinal in assented],
                        [member.code for member in members if member.ordinal not in assented],
                    )
                )
        return found

    def signed(self, version: int) -> SignedCharter | None:
        """The adopted amendment of that version with the root signatures from its assents, as proof of adoption."""
        charter = self.charter(version)
        if charter is None or charter is self._founding:
            return None
        return SignedCharter(charter, self._assenting(charter))

    def _assenting(self, draft: Charter) -> dict[int, bytes]:
        return {
            ordinal: assent.signature
            for (ordinal, version), (_, assent) in sorted(self._assents.items(), key=lambda item: item[0])
            if version == draft.version and assent.charter.digest == draft.digest
        }

    def _adopted(self, sizes: Mapping[LogId, int] | None) -> list[Charter]:
        known = [
            (ordinal, assent.charter)
            for (ordinal, _), (log, assent) in self._assents.items()
            if sizes is None or assent.seq < sizes.get(log, 0)
        ]
        drafts = {charter.digest: charter for _, charter in known}
        return adopted(self._founding, drafts, {(who, charter.digest, charter.version) for who, charter in known})


def _amends(current: Charter, draft: Charter) -> bool:
    try:
        check_amendment(current, draft)
    except BadInput:
        return False
    return True
