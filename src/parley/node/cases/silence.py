"""Silence accounting: what is known of each other member, why it is silent, and the evidence for it.

The default is *unreachable, cause unknown*. A cause is named only where evidence for that very cause is at hand, and the
evidence is listed:

| cause | evidence it takes |
| --- | --- |
| link | this node has no line to it, and another member that this node hears says it has one |
| node | this node has no line to it, and neither has any other member; at least one, whom this node hears, says so |
| desk | its node answers (its receipts and entries come), but nobody there: a proof of life, or a statement that is proven
  to be held there, has gone without a human's act past its time |
| declined | an officer there signed that the position will not take it |
| refused | an officer there signed a refusal |

Nobody-at-the-desk is never said of a member whose node is not heard: its silence may be the line's. A node that hears
nobody says that of itself. No clock is read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

REPORT_FRESH_MS = 30_000


class Standing(StrEnum):
    """What can be said of a peer."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    SILENT = "silent"


class Cause(StrEnum):
    """Why, as far as evidence goes."""

    NONE = "none"
    UNKNOWN = "unknown"
    LINK = "link"
    NODE = "node"
    DESK = "desk"
    DECLINED = "declined"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of it: a stable code, its arguments, when it was so, and by whose word."""

    code: str
    at_ms: int
    by: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Another member's word whether it has a line to the peer, as told by its node at `at_ms` of this node's clock."""

    by: str
    reaches: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A human act that the peer owes since `due_ms`; `stored`: its node is proven to hold what asks for it."""

    reference: str
    due_ms: int
    stored: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer of the peer signed instead of acting."""

    reference: str
    at_ms: int
    refused: bool


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """All that bears on one peer.

    Attributes:
        line_since_ms: since when the line is as it is.
        heard_ms: when its node last gave a sign: an entry or receipt of its own, or an open line.
        human_ms: its clock at the last act signed by one of its officers, None where none is known.
        unmet: what it owes past its time.
        said: declined and refused, of what is still open.
    """

    code: str
    line_open: bool
    line_since_ms: int
    heard_ms: int | None = None
    human_ms: int | None = None
    reports: Sequence[Report] = ()
    unmet: Sequence[Unmet] = ()
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class PeerSilence:
    """What a lamp shows of one peer."""

    code: str
    standing: Standing
    cause: Cause
    since_ms: int
    evidence: tuple[Evidence, ...]


def account(peers: Sequence[PeerFacts], me: str, now_ms: int) -> list[PeerSilence]:
    """What can be said of every peer, in their order."""
    alone = not any(peer.line_open for peer in peers)
    return [_open(peer, me) if peer.line_open else _closed(peer, me, now_ms, alone=alone) for peer in peers]


def _open(peer: PeerFacts, me: str) -> PeerSilence:
    line = Evidence("line.open", peer.line_since_ms, me)
    said = sorted(peer.said, key=lambda one: one.at_ms)
    if said:
        last = said[-1]
        code = "officer.refused" if last.refused else "officer.declined"
        signed = Evidence(code, last.at_ms, peer.code, {"reference": last.reference})
        cause = Cause.REFUSED if last.refused else Cause.DECLINED
        return PeerSilence(peer.code, Standing.REACHABLE, cause, last.at_ms, (line, signed))
    owed = [one for one in peer.unmet if one.stored and (peer.human_ms is None or peer.human_ms < one.due_ms)]
    if owed:
        first = min(owed, key=lambda one: one.due_ms)
        unmet = [Evidence("human.unmet", one.due_ms, peer.code, {"reference": one.reference}) for one in owed]
        return PeerSilence(peer.code, Standing.SILENT, Cause.DESK, first.due_ms, (line, *unmet))
    return PeerSilence(peer.code, Standing.REACHABLE, Cause.NONE, peer.line_since_ms, (line,))


def _closed(peer: PeerFacts, me: str, now_ms: int, *, alone: bool) -> PeerSilence:
    evidence = [Evidence("line.closed", peer.line_since_ms, me)]
    if peer.heard_ms is not None:
        evidence.append(Evidence("node.heard", peer.heard_ms, me))
    fresh = [one for one in peer.reports if now_ms - one.at_ms <= REPORT_FRESH_MS and one.at_ms >= peer.line_since_ms]
    evidence += [Evidence("other.reaches" if one.reaches else "other.reaches-not", one.at_ms, one.by) for one in fresh]
    if alone:
        evidence.append(Evidence("self.alone", peer.line_since_ms, me))
        cause = Cause.UNKNOWN
    elif any(one.reaches for one in fresh):
        cause = Cause.LINK
    elif fresh:
        cause = Cause.NODE
    else:
        cause = Cause.UNKNOWN
    return PeerSilence(peer.code, Standing.UNREACHABLE, cause, peer.line_since_ms, tuple(evidence))
