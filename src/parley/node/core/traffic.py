"""What goes over the lines: greetings by HEADS, live pushes, catch-up windows, doubts, and what each peer is owed.

The rules of who is asked for what are in `replication`; forks in `forks`; statements and contents that are missing
or sealed in `blobs`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.link import frames
from parley.node.core.blobs import Blobs
from parley.node.core.effects import Arrived, Cut, Send
from parley.node.core.forks import Forks
from parley.node.core.heads import Heads, SignedHead
from parley.node.core.replication import (
    CHUNK_BYTES,
    CHUNK_ENTRIES,
    PULL_TIMEOUT_MS,
    PULL_WINDOW_BYTES,
    RELAY_GRACE_MS,
    Peer,
    Peers,
    Pulling,
    Serving,
)
from parley.record.branch import Item
from parley.record.checkpoint import verify_head
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, MemberOrdinal, Seq, TreeSize, log_owner
from parley.record.merkle import leaf_hash, verify_inclusion
from parley.record.record import Accepted, Arrival
from parley.record.rows import EntryRow, Place, ReceiptRow, WriteBatch
from parley.record.statement import parse_statement

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore

ROWS_TO_A_SIGNATURE = 4096
BULK_ITEMS = 64
MAX_LIVE_BYTES = 768 * 1024


class Traffic:
    """See the module."""

    def __init__(self, core: NodeCore, log_key: SigningKey, unseal: Callable[[bytes, bytes], bytes]) -> None:
        self._core = core
        self.peers = Peers([ordinal for ordinal in core.mechanism.ordinals if ordinal != core.me])
        self.blobs = Blobs(core, self.peers, unseal)
        self.forks = Forks(core, self.peers)
        self.heads = Heads(core, self.peers, self.forks, log_key)
        self._durable: dict[LogId, int] = {}
        self._source: dict[LogId, MemberOrdinal] = {}

    # ---- sessions ------------------------------------------------------------------------------------------

    def resume(self) -> None:
        """Recall the newest signed head held of each log."""
        for peer in self.peers.all():
            peer.since_ms = self._core.now
        for head in self._core.reader.heads():
            if head.branch == 0:
                self._durable[head.log] = head.size
        self.heads.resume()

    def opened(self, ordinal: MemberOrdinal, now: int) -> None:
        """A session is open: tell all heads."""
        peer = self.peers[ordinal]
        peer.opened(now)
        self._tell_heads(peer, now)
        self.heads.send_cosigned(peer)
        for other in self.peers.up():
            if other is not peer:
                other.heads_due_ms = min(other.heads_due_ms, now + RELAY_GRACE_MS)
        self.blobs.opened(ordinal, now)

    def closed(self, ordinal: MemberOrdinal, now: int) -> None:
        """A session ended: whatever was asked of it is asked elsewhere."""
        self.peers[ordinal].closed(now)
        for log in [log for log, pull in self.peers.pulls.items() if pull.peer == ordinal]:
            del self.peers.pulls[log]
        for other in self.peers.up():
            self._tell_heads(other, now)
        self.forks.closed(ordinal)
        self.blobs.parcels.closed(ordinal)
        self._consider_pulls(now)

    def tick(self, now: int) -> None:
        """Whatever is due: heads, stalled pulls, wanted statements."""
        for peer in self.peers.up():
            if peer.heads_due_ms <= now:
                self._tell_heads(peer, now)
        self._consider_pulls(now)
        self.blobs.tick(now)

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        self.peers.put_back(by_ms)
        self.blobs.put_back(by_ms)

    def next_due(self) -> int | None:
        """When `tick` is needed next."""
        due = [peer.heads_due_ms for peer in self.peers.up()]
        due += [pull.since_ms + PULL_TIMEOUT_MS for pull in self.peers.pulls.values()]
        due += [at for at in (self.peers.grace_ends(), self.blobs.next_due()) if at is not None]
        return min(due, default=None)

    def durable(self, log: LogId) -> int:
        """Entries of the first history of `log` that are on the disk."""
        return self._durable.get(log, 0)

    # ---- what arrives --------------------------------------------------------------------------------------

    def receive(self, ordinal: MemberOrdinal, frame: frames.Frame, now: int) -> None:
        """One frame of an open session."""
        peer = self.peers[ordinal]
        match frame:
            case frames.Push():
                self._on_push(peer, frame, now)
            case frames.Heads():
                self.heads.on_heads(peer, frame, now)
                self._consider_pulls(now)
            case frames.Pull():
                self._on_pull(peer, frame)
            case frames.Doubt():
                self.heads.on_doubt(peer, frame)
            case frames.Want():
                self.blobs.on_want(ordinal, frame)
            case frames.Blob():
                self.blobs.on_blob(frame.log, frame.seq, frame.statement, frame.content, now)
            case frames.Parcel():
                self.blobs.parcels.on_parcel(ordinal, frame, now)
            case frames.Ahead():
                self._on_ahead(peer, frame)
            case frames.Cosigned():
                self.heads.on_cosigned(peer, frame)
            case frames.Evidence():
                self.forks.on_evidence(ordinal, frame, now)
            case _:
                self._core.emit(Cut(ordinal, "link.unexpected-frame", f"{type(frame).__name__} is not expected here"))

    def accepted(self, accepted: Accepted) -> None:
        """An entry got its place: its claims tell what its author holds."""
        if accepted.entry is None or accepted.fault is not None or accepted.place.branch:
            return
        author = log_owner(accepted.place.log)
        if author == self._core.me:
            return
        peer = self.peers[author]
        for log, (size, _) in accepted.entry.seen.items():
            peer.learns(log, size)

    def receipted(self, row: ReceiptRow) -> None:
        """A receipt names what its holder has; parcels for it are delivered."""
        self.blobs.parcels.receipted(row)

    # ---- what leaves, once durable -------------------------------------------------------------------------

    def publish(self, batch: WriteBatch, now: int) -> None:
        """`batch` is durable: sign what is ours, push to whom holds all before it, ask for what comes next."""
        for head in batch.heads:
            if head.branch == 0:
                self._durable[head.log] = head.size
        if batch.high_water is not None:
            self.heads.sign(*batch.high_water)
        by_log: dict[LogId, list[EntryRow]] = {}
        for row in batch.entries:
            if row.branch == 0:
                by_log.setdefault(row.log, []).append(row)
                if row.signature is not None:
                    self.heads.learn(row.log, SignedHead(TreeSize(row.seq + 1), row.root, row.signature))
        urgent = self._core.is_urgent()
        for log, rows in by_log.items():
            self._spread(log, rows, urgent)
        if self._core.log in by_log:
            self.blobs.parcels.seal_for_absent(by_log[self._core.log])
        self._continue_pulls(now)

    def _spread(self, log: LogId, rows: Sequence[EntryRow], urgent: bool) -> None:
        author = log_owner(log)
        signed = self.heads.signed(log)
        if signed is None:
            return
        for peer in self.peers.up():
            serving = peer.serving.get(log)
            if serving is not None and peer.sent.get(log) is None:
                self._fill(peer, log, serving)
            relayed = author == self._core.me or not peer.reach >> author & 1
            if peer.ordinal == author or not relayed:
                continue
            level = peer.sent.get(log, peer.known.get(log, 0)) == rows[0].seq and signed.size == rows[-1].seq + 1
            if level and len(_within(rows, MAX_LIVE_BYTES)) < len(rows):  # more than a frame carries: by windows
                serving = peer.serving[log] = Serving(rows[0].seq, PULL_WINDOW_BYTES)
                peer.sent.pop(log, None)
                self._fill(peer, log, serving)
                peer.heads_due_ms = self._core.now
                if urgent and author == self._core.me:
                    self.blobs.send_ahead(peer.ordinal, rows, signed.size, signed.root, signed.signature)
            elif level:
                self._push(peer, log, rows, signed.signature, urgent)
                peer.sent[log] = signed.size
                if serving is not None:
                    serving.cursor = signed.size
            elif urgent and author == self._core.me and signed.size == rows[-1].seq + 1:
                self.blobs.send_ahead(peer.ordinal, rows, signed.size, signed.root, signed.signature)

    def _push(self, peer: Peer, log: LogId, rows: Sequence[EntryRow], signature: bytes, urgent: bool) -> None:
        items = tuple(item_for(peer.ordinal, row) for row in rows)
        self._core.emit(Send(peer.ordinal, frames.Push(log, rows[0].seq, items, signature), urgent))

    # ---- pulls ---------------------------------------------------------------------------------------------

    def _on_pull(self, peer: Peer, frame: frames.Pull) -> None:
        if not self._core.mechanism.is_log(frame.log):
            return  # nothing of it can be held here, nor is it to be asked for because a peer names it
        serving = peer.serving.get(frame.log)
        if serving is None or frame.fresh or frame.first > serving.cursor:
            serving = peer.serving[frame.log] = Serving(frame.first, frame.max_bytes)
            peer.sent.pop(frame.log, None)
        else:
            serving.accepted(frame.first, frame.max_bytes)
        peer.learns(frame.log, frame.first)
        if peer.sent.get(frame.log) is None:
            self._fill(peer, frame.log, serving)

    def _fill(self, peer: Peer, log: LogId, serving: Serving) -> None:
        durable = self._durable.get(log, 0) if self.heads.signed(log) is not None else 0
        while serving.cursor < durable and serving.has_room():
            rows, signature = self._chunk(log, serving.cursor, durable)
            if not rows:
                return
            self._push(peer, log, rows, signature, urgent=False)
            serving.sent(
                rows[-1].seq + 1,
                sum(len(row.raw) + len(row.statement or b"") + len(row.content or b"") for row in rows),
            )
        if serving.cursor >= durable:
            peer.sent[log] = serving.cursor

    def _chunk(self, log: LogId, first: int, durable: int) -> tuple[Sequence[EntryRow], bytes]:
        """Rows from `first` that end where a signature is known, and that signature."""
        limit = CHUNK_ENTRIES
        while True:
            rows: Sequence[EntryRow] = self._core.reader.entries(log, 0, first, min(limit, durable - first))
            if self.heads.is_own(log):
                rows = _within(rows, CHUNK_BYTES)
                return rows, self.heads.sign_at(log, TreeSize(rows[-1].seq + 1), rows[-1].root) if rows else b""
            signed = [at for at, row in enumerate(rows) if row.signature is not None]
            if signed:
                fitting = [at for at in signed if at < len(_within(rows, CHUNK_BYTES))] or signed[:1]
                return rows[: fitting[-1] + 1], rows[fitting[-1]].signature or b""
            if len(rows) < limit or limit >= ROWS_TO_A_SIGNATURE:
                return [], b""
            limit *= 4

    def _consider_pulls(self, now: int) -> None:
        for log in self.peers.unsettled(lambda log: self._core.record.primary(log).tip.size):
            pull = self.peers.pulls.get(log)
            if pull is not None and now - pull.since_ms < PULL_TIMEOUT_MS:
                continue
            tip = self._core.record.primary(log).tip.size
            holder = self.peers.holder_of(log, log_owner(log), tip, now, pull.peer if pull is not None else None)
            if holder is None:
                self.peers.pulls.pop(log, None)
                continue
            self._pull(holder.ordinal, log, self._core.record.size(log), now, fresh=True)

    def _continue_pulls(self, now: int) -> None:
        for log, pull in list(self.peers.pulls.items()):
            durable = self._durable.get(log, 0)
            if self.peers[pull.peer].known.get(log, 0) <= self._core.record.primary(log).tip.size:
                del self.peers.pulls[log]
                self.peers.gap_closed(log)
            elif durable > pull.first:
                self._pull(pull.peer, log, durable, now, fresh=False)
        self._consider_pulls(now)

    def _pull(self, ordinal: MemberOrdinal, log: LogId, first: int, now: int, *, fresh: bool) -> None:
        self.peers.pulls[log] = Pulling(ordinal, first, now)
        self._core.emit(Send(ordinal, frames.Pull(log, Seq(first), PULL_WINDOW_BYTES, fresh), urgent=False))

    # ---- pushes that arrive --------------------------------------------------------------------------------

    def _on_push(self, peer: Peer, frame: frames.Push, now: int) -> None:
        log = frame.log
        if not self._core.mechanism.is_log(log) or not frame.items:
            self._core.emit(Cut(peer.ordinal, "push.stranger", f"log {log} belongs to no member"))
            return
        end = frame.first + len(frame.items)
        record = self._core.record
        bulk = len(frame.items) >= BULK_ITEMS and log in self.peers.pulls
        keys_for = self._core.mechanism.keys_for
        arrival = record.authenticate(log, frame.first, frame.items, frame.signature, keys_for, bulk=bulk)
        if arrival is Arrival.DOUBTFUL and self.forks.begins(peer.ordinal, frame):
            arrival = record.authenticate(log, frame.first, frame.items, frame.signature, keys_for, bulk=bulk)
        if arrival is Arrival.DOUBTFUL:
            self.forks.doubt(peer.ordinal, log, end)
            return
        if arrival is Arrival.STRIPPED:
            self._core.emit(
                Cut(peer.ordinal, "push.stripped", "a statement that every member sees was left out or exchanged")
            )
            return
        peer.learns(log, end)
        if arrival is Arrival.QUEUED:
            self._source[log] = peer.ordinal
            self._core.drain(now)
            self._ask_for_seen(now)
        elif arrival is Arrival.REPEAT:
            for at, item in enumerate(frame.items):
                if item.statement is not None:
                    self.blobs.on_blob(log, frame.first + at, item.statement, item.content, now)
        self._consider_pulls(now)

    def _ask_for_seen(self, now: int) -> None:
        """Who sent an entry holds what the entry has seen."""
        for (log, _), blocked in self._core.record.blocked.items():
            source = self._source.get(log)
            if source is None:
                continue
            if blocked.contradicts:
                self.forks.contradicted(source, blocked, now)
            else:
                self.peers[source].learns(blocked.log, blocked.size)

    def _on_ahead(self, peer: Peer, frame: frames.Ahead) -> None:
        """A FLASH ahead of its backlog: proven to be in its author's log, so it rings; it is recorded in its turn."""
        mechanism = self._core.mechanism
        if not mechanism.is_log(frame.log) or self._core.record.size(frame.log) > frame.seq:
            return
        keys = list(mechanism.keys_for(frame.log, frame.size, ()))
        if not keys:
            return  # too far behind to judge it
        origin = mechanism.origin(frame.log)
        try:
            entry = decode_entry(frame.entry)
            statement = parse_statement(frame.statement)
        except BadInput as error:
            self._core.emit(Cut(peer.ordinal, error.code, error.reason))
            return
        signer = mechanism.directory(frame.log).signer_key(statement.fields.kid, frame.seq)
        proven = (
            any(verify_head(key, origin, frame.size, frame.root, frame.signature) for key in keys)
            and verify_inclusion(frame.seq, frame.size, leaf_hash(frame.entry), frame.proof, frame.root)
            and entry.body == statement.digest
        )
        if not proven:
            self._core.emit(Cut(peer.ordinal, "ahead.unproven", "a FLASH sent ahead is not in its author's signed log"))
        elif signer is not None and statement.sign1.verify(signer):
            self._core.emit(Arrived(Place(frame.log, 0, entry.seq), statement, durable=False))

    # ---- other histories -----------------------------------------------------------------------------------

    def _tell_heads(self, peer: Peer, now: int) -> None:
        self.heads.send(peer, now)
        self._show_other_histories(peer)

    def _show_other_histories(self, peer: Peer) -> None:
        """Whoever holds a forked log up to where it parts is shown how it goes on otherwise, up to the next signature."""
        for log in self.forks.forked():
            parting = self._core.record.parting(log)
            for branch in self._core.record.branches(log)[1:]:
                shown = (log, branch.index) in peer.shown
                if parting is None or shown or not 0 < parting <= peer.known.get(log, 0):
                    continue
                rows = self._core.reader.entries(log, branch.index, parting, ROWS_TO_A_SIGNATURE)
                end = next((at for at, row in enumerate(rows, 1) if row.signature is not None), None)
                if end is not None:
                    peer.shown.add((log, branch.index))
                    self._push(peer, log, rows[:end], rows[end - 1].signature or b"", urgent=False)


def item_for(peer: MemberOrdinal, row: EntryRow) -> Item:
    """What `peer` may have of `row`: the leaf always; statement and content within its sight."""
    if row.statement is None:
        return Item(row.raw, None, None)
    entry = _entry(row.raw)
    if entry is None or not entry.statement_sight >> peer & 1:
        return Item(row.raw, None, None)
    return Item(row.raw, row.statement, row.content if entry.content_sight >> peer & 1 else None)


def _entry(raw: bytes) -> Entry | None:
    try:
        return decode_entry(raw)
    except BadInput:
        return None


def _within(rows: Sequence[EntryRow], limit: int) -> Sequence[EntryRow]:
    """The first rows that together stay within `limit` bytes; at least one."""
    total = 0
    for at, row in enumerate(rows):
        total += len(row.raw) + len(row.statement or b"") + len(row.content or b"")
        if total > limit and at:
            return rows[:at]
    return rows
