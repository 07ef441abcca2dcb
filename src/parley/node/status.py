"""The state of a node in one value, for `parley status`, the page and scripts. Says no more than is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.node.core.receipts import MAX_AHEAD_MS

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore


@dataclass(frozen=True, slots=True)
class LogStatus:
    """One log as held here: accepted size, root (hex), how far verified, its branches if it was forked."""

    code: str
    size: int
    root: str
    verified: int
    waiting: int
    missing: int
    branches: int


@dataclass(frozen=True, slots=True)
class PeerStatus:
    """One peer node.

    Attributes:
        line: ``open``, or ``unreachable, cause unknown``: this node cannot tell a fault from a refusal.
        holds: entries of each log it is known to hold.
        offset_ms: its clock less ours, as far as measured; None where not.
        clock_warning: its clock is so far off that its statements are receipted late.
    """

    code: str
    line: str
    reaches: list[str]
    holds: dict[str, int]
    offset_ms: int | None
    round_trip_ms: float | None
    clock_warning: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class ForkStatus:
    """Two contradicting checkpoints of one log, as C2SP texts."""

    log: str
    first: str
    second: str
    noticed_ms: int
    told_by: str


@dataclass(frozen=True, slots=True)
class TakStatus:
    """The feed of this member's TAK screens.

    Attributes:
        address: where to, such as ``udp 239.2.3.1:6969``.
        on: whether the last ``tak-on`` of this member is in force; nothing is sent otherwise.
        fault: why what was sent last did not leave this machine; None where it did.
    """

    address: str
    on: bool
    fault: str | None


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """See the module.

    Attributes:
        banner: what every screen opens with in an exercise, else None.
        signing: whether own statements enter the record now; `signing_note` says why not.
        queued: own statements not yet in the record.
        tak: None where no TAK screens are set.
    """

    banner: str | None
    mechanism: str
    name: str
    code: str
    signing: bool
    signing_note: str | None
    queued: int
    logs: list[LogStatus]
    peers: list[PeerStatus]
    forks: list[ForkStatus]
    tak: TakStatus | None


@dataclass(frozen=True, slots=True)
class LineState:
    """What the transport knows of a line: measured offset and round trip, and the last reason it closed."""

    offset_ms: int | None = None
    round_trip_ms: float | None = None
    note: str | None = None


def node_status(core: NodeCore, lines: dict[int, LineState], tak: TakStatus | None) -> NodeStatus:
    """The status of `core`, with what is known of each line by ordinal, and of the feed of TAK screens."""
    mechanism = core.mechanism
    return NodeStatus(
        banner=mechanism.banner,
        mechanism=mechanism.digest.hex(),
        name=mechanism.name,
        code=mechanism.code(core.me),
        signing=core.may_sign(),
        signing_note=None if core.may_sign() else _why_not_signing(core),
        queued=core.queued(),
        logs=_logs(core),
        peers=[_peer(core, peer.ordinal, lines.get(peer.ordinal, LineState())) for peer in core.traffic.peers.all()],
        forks=[
            ForkStatus(mechanism.log_name(row.log), row.first, row.second, row.noticed_ms, mechanism.code(row.told_by))
            for row in core.reader.evidence()
        ],
        tak=tak,
    )


def _logs(core: NodeCore) -> list[LogStatus]:
    rows: list[LogStatus] = []
    for log in core.record.logs():
        branches = core.record.branches(log)
        held = branches[0]
        rows.append(
            LogStatus(
                core.mechanism.log_name(log), held.size, held.root.hex(), core.folding.cursor(log, 0, held.size),
                sum(len(branch.waiting) for branch in branches), core.ledger.missing_count(log), len(branches),
            )
        )  # fmt: skip
    return rows


def _peer(core: NodeCore, ordinal: int, line: LineState) -> PeerStatus:
    mechanism = core.mechanism
    peer = core.traffic.peers[mechanism.ordinals[ordinal]]
    return PeerStatus(
        code=mechanism.code(peer.ordinal),
        line="open" if peer.up else "unreachable, cause unknown",
        reaches=[mechanism.code(other) for other in mechanism.ordinals if peer.up and peer.reach >> other & 1],
        holds={mechanism.log_name(log): size for log, size in sorted(peer.known.items())},
        offset_ms=line.offset_ms,
        round_trip_ms=line.round_trip_ms,
        clock_warning=line.offset_ms is not None and abs(line.offset_ms) > MAX_AHEAD_MS,
        note=line.note,
    )


def _why_not_signing(core: NodeCore) -> str:
    if core.traffic.heads.own_log_ahead():
        return "a peer holds more of this node's own log than this node: refilling from peers before anything is signed"
    own = core.record.size(core.log)
    return (
        f"the store holds {own} entries of this node's own log, fewer than it may have signed (a restored backup?): "
        "refilling from peers; officers' statements queue and are not yet in the record"
    )
