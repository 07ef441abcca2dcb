"""Act: one statement as the fold sees it, with its place in the record's order and what its author had seen by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.charter.charter import Charter
from parley.charter.void import Void
from parley.procedure.fields import Content
from parley.record.ids import LogId, MemberOrdinal, MemberSet, StatementDigest
from parley.record.order import OrderKey
from parley.record.rows import Place
from parley.record.statement import Precedence


@dataclass(frozen=True, slots=True)
class Act:
    """One statement of a case.

    Attributes:
        place, reference: where it stands; ``SYR 42``.
        charter: the one in force in its log where it stands: by that it is judged for good; an amendment changes what comes
            after it.
        key: its place in the causal order.
        at_ms: clock of its author's node.
        member, position: who said it, under which `mandate`.
        channel: index into the charter's channels.
        case: reference of the case it moves, None where it opens one.
        content: its checked fields; None where this member has no sight of them, or they are erased.
        past: how much of each log its author had seen, its own included: who knew what, when.
        void: why the record itself holds it void, or None.
        marking: as it was signed; it bears the plea of an emergency.
    """

    place: Place
    reference: str
    charter: Charter
    key: OrderKey
    at_ms: int
    digest: StatementDigest
    member: MemberOrdinal
    position: str
    kind: str
    version: int
    channel: int
    precedence: Precedence
    addressees: MemberSet
    mandate: str
    replies_to: tuple[StatementDigest, ...]
    case: str | None
    content: Content | None
    past: Mapping[LogId, int]
    void: Void | None = None
    marking: str = ""

    def has_seen(self, other: Act) -> bool:
        """Whether `other` was in its author's copy when it was made."""
        return self.past.get(other.place.log, 0) > other.place.seq
