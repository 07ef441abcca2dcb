"""What the node tells, as messages of the hub: hints of what to read again, in the words of the views.

| type | says |
| --- | --- |
| ``entry`` | a statement is durable here: an own one, or another member's once it is verified. It may be told twice |
| ``receipt`` | a member's own log names statements as held there |
| ``verified`` | every statement of a log below `upto` is judged |
| ``fork`` | two checkpoints of a log contradict each other |
| ``line`` | the line to a member opened or closed |
| ``draft`` | a draft changed, or is gone (`state` null) |
| ``private`` | something else that this member keeps for itself changed: ``log``, ``contacts``, ``orders`` or ``sheets`` |
| ``case`` | a case changed: by these statements, or by what is known about them |
| ``ring`` | what rings at this member's desks changed |
| ``ahead`` | a FLASH is verified and rings, though what stands before it is not in its cases yet |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from parley.node.cases.case_views import RingView, ring_view
from parley.node.cases.casework import CaseMoved, RangAhead, RingsChanged
from parley.node.cases.watch import Ring
from parley.node.core.effects import Arrived, Confirmed, Folded, ForkSeen, Receipted
from parley.node.core.mechanism import Mechanism
from parley.node.runtime import Event, LineChanged, Node
from parley.procedure.act import Act
from parley.procedure.fold import CaseFold
from parley.record.ids import MemberOrdinal, log_owner
from parley.record.rows import Place, ReceiptRow
from parley.record.statement import Precedence, Statement, parse_statement


@dataclass(frozen=True, slots=True)
class EntryNews:
    """A statement is durable here; `case`: the reference of the case it moves, null where it may open one."""

    reference: str
    log: str
    kind: str
    author: str
    precedence: str
    channel: int
    case: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class ReceiptNews:
    """`holder`'s log says, at `reference`, that it holds `count` entries of `log` from `first`."""

    holder: str
    reference: str
    at_ms: int
    log: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class VerifiedNews:
    """Every statement of `log` below `upto` is judged."""

    log: str
    upto: int


@dataclass(frozen=True, slots=True)
class ForkNews:
    """A log is forked, as `told_by` showed."""

    log: str
    noticed_ms: int
    told_by: str


@dataclass(frozen=True, slots=True)
class LineNews:
    """The line to `member` is open or not; `note`: why it closed."""

    member: str
    open: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class DraftNews:
    """A draft changed; `state` null: it is deleted."""

    id: str
    version: int
    state: str | None


@dataclass(frozen=True, slots=True)
class PrivateNews:
    """Something that this member keeps for itself changed."""

    what: str


@dataclass(frozen=True, slots=True)
class CaseNews:
    """A case changed; `acts`: references of the statements that moved it, none where only what is known of it changed."""

    reference: str
    desk: str
    kind: str
    state: str
    over: bool
    acts: list[str]


@dataclass(frozen=True, slots=True)
class RingNews:
    """What rings changed: `fresh` did not, or less far, before; `gone` does not any more."""

    fresh: list[RingView]
    gone: list[RingView]


@dataclass(frozen=True, slots=True)
class AheadNews:
    """A FLASH that came before what stands before it; `durable`: it is in this node's own copy already."""

    reference: str
    kind: str
    author: str
    durable: bool


News = (
    EntryNews | ReceiptNews | VerifiedNews | ForkNews | LineNews | DraftNews | PrivateNews | CaseNews | RingNews | AheadNews
)  # fmt: skip
TYPES: Mapping[type, str] = {
    EntryNews: "entry", ReceiptNews: "receipt", VerifiedNews: "verified", ForkNews: "fork", LineNews: "line", DraftNews: "draft",
    PrivateNews: "private", CaseNews: "case", RingNews: "ring", AheadNews: "ahead",
}  # fmt: skip


def message_of(news: News) -> tuple[str, dict[str, object]]:
    """Type and data, as the hub takes them."""
    return TYPES[type(news)], asdict(news)


def news_of(event: Event, node: Node) -> News | None:
    """What the floor is told of a node's event; None where others tell it, or nobody needs it."""
    mechanism, me = node.mechanism, node.me
    match event:
        case CaseMoved(case, acts):
            return _case(case, acts, node)
        case RingsChanged(fresh, gone):
            return RingNews([_ring(one, node) for one in fresh], [_ring(one, node) for one in gone])
        case RangAhead(place, statement, durable):
            fields = statement.fields
            return AheadNews(mechanism.reference(place), fields.kind, fields.issuer, durable)
        case Confirmed(_, place, raw):
            return _entry(place, parse_statement(raw), mechanism, me)
        case Arrived(place, statement, True):
            return _entry(place, statement, mechanism, me)
        case Receipted(row):
            return _receipt(row, mechanism)
        case Folded(log, 0, upto):
            return VerifiedNews(mechanism.log_name(log), upto)
        case ForkSeen(evidence):
            return ForkNews(mechanism.log_name(evidence.log), evidence.noticed_ms, mechanism.code(evidence.told_by))
        case LineChanged(peer, is_open, note):
            return LineNews(mechanism.code(peer), is_open, note)
    return None


def _ring(ring: Ring, node: Node) -> RingView:
    return ring_view(ring, node.casework.rota.reached(ring, node.me, node.now_ms()))


def _case(case: CaseFold, acts: Sequence[Act], node: Node) -> CaseNews:
    opening = case.opening
    desk = node.casework.cases.desk_of(opening.kind)
    return CaseNews(opening.reference, desk, opening.kind, case.state, case.is_over, [act.reference for act in acts])


def _entry(place: Place, statement: Statement, mechanism: Mechanism, me: MemberOrdinal) -> EntryNews:
    fields = statement.fields
    return EntryNews(
        mechanism.reference(place), mechanism.log_name(place.log), fields.kind, fields.issuer, Precedence(fields.precedence).name,
        fields.channel, fields.case, log_owner(place.log) == me,
    )  # fmt: skip


def _receipt(row: ReceiptRow, mechanism: Mechanism) -> ReceiptNews:
    reference = mechanism.reference(Place(row.holder_log, 0, row.seq))
    return ReceiptNews(
        mechanism.code(row.holder), reference, row.at_ms, mechanism.log_name(row.log), row.first, row.count
    )
