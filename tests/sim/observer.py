"""What an all-seeing bystander notes while a run goes on, and the promises that are judged at that very moment.

Every frame an honest node sends passes here before it is on the line. Judged at once: nothing leaves before it is
durable; no receipt before what it names is durable; nothing reaches a member without sight of it; no head is signed
beyond the high-water mark; a FLASH is sent urgently in the moment it is durable; nothing rings where it was not
addressed. The rest is for the audit at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from parley.charter.terms import Role
from parley.errors import BadInput
from parley.link import frames
from parley.node.cases.watch import Ring, Stage
from parley.node.core.effects import Confirmed, Effect, Send
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, MemberOrdinal, Seq, log_owner, sha256
from parley.record.rows import EntryRow, Place
from parley.record.statement import Precedence, parse_statement

if TYPE_CHECKING:
    from tests.sim.actor_node import SimNode


class Confirmation(NamedTuple):
    """An officer was told that `statement` is recorded at `place` of the record of `ordinal`."""

    ordinal: MemberOrdinal
    place: Place
    digest: bytes


class CutNote(NamedTuple):
    """`by` closed the line to `peer` and told it why."""

    by: MemberOrdinal
    peer: MemberOrdinal
    code: str
    reason: str


class Expected(NamedTuple):
    """What honest nodes must find of a hostile leaf: one of `codes`, or no fault where there are none.

    An entry fault shows to every member, a statement's fault to those with statement sight.
    """

    log: LogId
    leaf: bytes
    codes: frozenset[str]
    entry_fault: bool


@dataclass
class Observer:
    """See the module.

    Attributes:
        heads: every root each honest node's log was ever signed with, by size.
        confirmations: what officers were told.
        cuts: lines closed for a broken rule.
        expected: what honest nodes must say of hostile leaves.
        forked: logs of which two histories were signed by their owner's key.
        failures: promises broken, as sentences.
    """

    expected: list[Expected] = field(default_factory=list)
    forked: set[LogId] = field(default_factory=set)
    heads: dict[LogId, dict[int, set[bytes]]] = field(default_factory=dict)
    confirmations: list[Confirmation] = field(default_factory=list)
    cuts: list[CutNote] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    frames_sent: int = 0
    flashes: int = 0
    rings: int = 0
    _resubmitted: set[tuple[MemberOrdinal, int]] = field(default_factory=set)
    _checked: set[tuple[MemberOrdinal, int, LogId, int, bool]] = field(default_factory=set)

    def fail(self, text: str) -> None:
        """Note a broken promise, once."""
        if text not in self.failures:
            self.failures.append(text)

    def effects(self, node: SimNode, effects: list[Effect]) -> None:
        """What a core asks for in one go: a FLASH that is confirmed leaves at once, urgently."""
        if not node.honest:
            return
        for effect in effects:
            if isinstance(effect, Confirmed) and (node.ordinal, effect.ticket) not in self._resubmitted:
                for row in node.disk.store.entries(effect.place.log, effect.place.branch, effect.place.seq, 1):
                    if row.statement is not None and _is_flash(row.statement):
                        self._flash(node, row, effects)

    def resubmitted(self, node: SimNode, ticket: int) -> None:
        """A statement is handed in again after a restart: it may be in the record, and on its way, already."""
        self._resubmitted.add((node.ordinal, ticket))

    def confirmed(self, node: SimNode, ticket: int, place: Place, raw: bytes) -> None:
        """An officer is told; what it is told must be on the disk."""
        if not node.honest:
            return
        rows = node.disk.store.entries(place.log, place.branch, place.seq, 1)
        if not rows or rows[0].statement != raw:
            self.fail(f"{node.seat.code} confirmed ticket {ticket} at {place}, but its store does not hold it")
        self.confirmations.append(Confirmation(node.ordinal, place, sha256(raw)))

    def cut(self, node: SimNode, peer: MemberOrdinal, code: str, reason: str) -> None:
        """A node closes a line for a broken rule."""
        node.world.note(f"{node.seat.code} cuts {peer}: {code}: {reason}")
        if node.honest:
            self.cuts.append(CutNote(node.ordinal, peer, code, reason))

    def rang(self, node: SimNode, ring: Ring) -> None:
        """Something begins to ring at a member's desks, or rings further: only what it was addressed, or it supervises."""
        self.rings += 1
        if not node.honest:
            return
        item = node.casework.cases.case(ring.case).item_at(ring.reference)
        member = node.core.mechanism.charter.members[node.ordinal]
        mine = ring.whose == member.code and item is not None and bool(item.act.addressees >> node.ordinal & 1)
        supervised = ring.stage is Stage.FACILITATOR and member.role is Role.FACILITATOR
        if not mine and not supervised:
            self.fail(f"{ring.reference} rings at {member.code}, to which it was not addressed: {ring}")

    def sent(self, node: SimNode, peer: MemberOrdinal, frame: frames.Frame) -> None:
        """A frame leaves a node."""
        self.frames_sent += 1
        if not node.honest:
            return
        match frame:
            case frames.Push():
                for at, item in enumerate(frame.items):
                    self._item(node, peer, frame.log, frame.first + at, item)
                self._head(node, frame.log, frame.first + len(frame.items), None)
            case frames.Heads():
                for head in frame.heads:
                    if head.signature:
                        self._head(node, head.log, head.size, head.root)
            case frames.Ahead():
                self._item(node, peer, frame.log, frame.seq, frames.Item(frame.entry, frame.statement, frame.content))
                self._head(node, frame.log, frame.size, frame.root)
            case frames.Blob():
                for row in node.disk.store.entries(frame.log, 0, frame.seq, 1):
                    self._item(node, peer, frame.log, frame.seq, frames.Item(row.raw, frame.statement, frame.content))

    # ---- inside --------------------------------------------------------------------------------------------

    def _flash(self, node: SimNode, row: EntryRow, effects: Iterable[Effect]) -> None:
        entry = decode_entry(row.raw)
        self.flashes += 1
        urgent = {
            effect.peer
            for effect in effects
            if isinstance(effect, Send) and effect.urgent and _carries(effect.frame, row)
        }
        for peer in node.core.traffic.peers.up():
            if entry.statement_sight >> peer.ordinal & 1 and peer.ordinal not in urgent:
                self.fail(f"{node.seat.code} did not send its FLASH at {row.seq} to {peer.ordinal} at once")

    def _item(self, node: SimNode, peer: MemberOrdinal, log: LogId, seq: int, item: frames.Item) -> None:
        key = (node.ordinal, peer, log, seq, item.statement is not None)
        if key in self._checked:
            return
        entry = _decoded(item.raw)
        held = any(
            row.raw == item.raw
            for head in node.disk.store.heads() if head.log == log
            for row in node.disk.store.entries(log, head.branch, Seq(seq), 1)
        )  # fmt: skip
        if not held:
            self.fail(f"{node.seat.code} sent entry {seq} of log {log} to {peer} before its own store held it")
        if entry is None:
            return
        if item.statement is not None and not entry.statement_sight >> peer & 1:
            self.fail(f"{node.seat.code} gave {peer} the statement of {log}/{seq} without sight of it")
        if item.content is not None and not entry.content_sight >> peer & 1:
            self.fail(f"{node.seat.code} gave {peer} the content of {log}/{seq} without sight of it")
        if log == node.core.log and isinstance(entry.body, tuple):
            self._receipt(node, seq, entry)
        self._checked.add(key)

    def _receipt(self, node: SimNode, seq: int, entry: Entry) -> None:
        key = (node.ordinal, -1, node.core.log, seq, False)
        if key in self._checked:
            return
        self._checked.add(key)
        assert isinstance(entry.body, tuple)
        for run in entry.body:
            rows = node.disk.store.entries(run.log, 0, run.first, run.count)
            held = len(rows) == run.count and all(_whole(node.ordinal, row) for row in rows)
            if not held:
                self.fail(
                    f"{node.seat.code} sent its receipt {seq} for log {run.log} from {run.first}, {run.count} entries, "
                    "which its store does not hold whole"
                )

    def _head(self, node: SimNode, log: LogId, size: int, root: bytes | None) -> None:
        """A node shows a signed head of an own log: the one it writes, or one that it wrote before a reopening."""
        if log_owner(log) != node.ordinal:
            return
        held = node.disk.store.root_at(log, 0, size)
        root = held if root is None else root
        if root is None:
            self.fail(f"{node.seat.code} signed its log at {size} before its store held that")
            return
        roots = self.heads.setdefault(log, {}).setdefault(size, set())
        if root in roots:
            return  # signed before, whatever has become of the mark since
        if roots:
            self.fail(f"{node.seat.code} signed two histories of its log {log} at {size}")
        roots.add(root)
        mark = node.disk.high_water
        if log == node.core.log and (mark is None or mark.log != log or size > mark.size):
            self.fail(f"{node.seat.code} signed its log at {size}, beyond its high-water mark {mark and mark.size}")


def _whole(ordinal: int, row: EntryRow) -> bool:
    entry = _decoded(row.raw)
    if entry is None or isinstance(entry.body, tuple) or not entry.statement_sight >> ordinal & 1:
        return True
    if row.statement is None:
        return False
    try:
        parse_statement(row.statement)
    except BadInput:
        return True
    return not entry.content_sight >> ordinal & 1 or row.content is not None


def _carries(frame: frames.Frame, row: EntryRow) -> bool:
    if isinstance(frame, frames.Push):
        return frame.log == row.log and any(item.raw == row.raw for item in frame.items)
    return isinstance(frame, frames.Ahead) and frame.entry == row.raw


def _is_flash(raw: bytes) -> bool:
    return parse_statement(raw).fields.precedence == Precedence.FLASH


def _decoded(raw: bytes) -> Entry | None:
    try:
        return decode_entry(raw)
    except BadInput:
        return None
