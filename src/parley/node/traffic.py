"""What goes over the lines: greetings by HEADS, live pushes, catch-up windows, doubts, and what each peer is owed.

The rules of who is asked for what are in `replication`; forks in `forks`; statements and contents that are missing
or sealed in `blobs`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.link import frames
from parley.node.blobs import Blobs
from parley.node.cosigning import cosigned_document, open_cosigned
from parley.node.effects import Arrived, Cut, Send
from parley.node.forks import Forks
from parley.node.replication import (
    CHUNK_BYTES,
    CHUNK_ENTRIES,
    HEADS_INTERVAL_MS,
    PULL_TIMEOUT_MS,
    PULL_WINDOW_BYTES,
    RELAY_GRACE_MS,
    Peer,
    Peers,
    Pulling,
    Serving,
)
from parley.record.branch import Item
from parley.record.checkpoint import parse_checkpoint, sign_head, verify_head
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, TreeSize, log_owner
from parley.record.merkle import leaf_hash, verify_inclusion
from parley.record.note import parse_note
from parley.record.record import Accepted, Arrival
from parley.record.rows import EntryRow, Place, ReceiptRow, WriteBatch
from parley.record.statement import parse_statement

if TYPE_CHECKING:
    from parley.node.core import NodeCore

ROWS_TO_A_SIGNATURE = 4096
BULK_ITEMS = 64
MAX_LIVE_BYTES = 768 * 1024


class SignedHead(NamedTuple):
    """A checkpoint of a log with its author's signature."""

    size: TreeSize
    root: RootHash
    signature: bytes


class Traffic:
    """See the module."""

    def __init__(self, core: NodeCore, log_key: SigningKey, unseal: Callable[[bytes, bytes], bytes]) -> None:
        self._core = core
        self._log_key = log_key
        self.peers = Peers([ordinal for ordinal in core.mechanism.ordinals if ordinal != core.me])
        self.blobs = Blobs(core, self.peers, unseal)
        self.forks = Forks(core, self.peers)
        self._signed: dict[LogId, SignedHead] = {}
        self._durable: dict[LogId, int] = {}
        self._source: dict[LogId, MemberOrdinal] = {}
        self._own_shown: int = 0
        self._heard: set[MemberOrdinal] = set()

    # ---- sessions ------------------------------------------------------------------------------------------

    def resume(self) -> None:
        """Recall the newest signed head held of each log."""
        for peer in self.peers.all():
            peer.since_ms = self._core.now
        for head in self._core.reader.heads():
            if head.branch == 0:
                self._durable[head.log] = head.size
                if self._is_own(head.log):
                    if head.log != self._core.log or self._core.is_marked(head.size):
                        self._sign(head.log, head.size, head.root)
                else:
                    self._recall_signature(head.log, head.size)

    def opened(self, ordinal: MemberOrdinal, now: int) -> None:
        """A session is open: tell all heads."""
        peer = self.peers[ordinal]
        peer.opened(now)
        self._send_heads(peer, now)
        self._send_cosigned(peer)
        for other in self.peers.up():
            if other is not peer:
                other.heads_due_ms = min(other.heads_due_ms, now + RELAY_GRACE_MS)
        self.blobs.opened(ordinal)

    def closed(self, ordinal: MemberOrdinal, now: int) -> None:
        """A session ended: whatever was asked of it is asked elsewhere."""
        self.peers[ordinal].closed(now)
        for log in [log for log, pull in self.peers.pulls.items() if pull.peer == ordinal]:
            del self.peers.pulls[log]
        for other in self.peers.up():
            self._send_heads(other, now)
        self.forks.closed(ordinal)
        self._consider_pulls(now)

    def tick(self, now: int) -> None:
        """Whatever is due: heads, stalled pulls, wanted statements."""
        for peer in self.peers.up():
            if peer.heads_due_ms <= now:
                self._send_heads(peer, now)
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

    def all_heard(self) -> bool:
        """Whether every other member has told its heads since the start."""
        return self._heard.issuperset(peer.ordinal for peer in self.peers.all())

    def durable(self, log: LogId) -> int:
        """Entries of the first history of `log` that are on the disk."""
        return self._durable.get(log, 0)

    def own_log_ahead(self) -> bool:
        """Whether a peer showed more of our own log, under our own key, than we hold.

        Once our own log is known to be forked there is nothing left to guard: statements go on, ring and show.
        """
        ahead = self._own_shown > self._core.record.size(self._core.log)
        return ahead and self._core.log not in self.forks.forked()

    # ---- what arrives --------------------------------------------------------------------------------------

    def receive(self, ordinal: MemberOrdinal, frame: frames.Frame, now: int) -> None:
        """One frame of an open session."""
        peer = self.peers[ordinal]
        match frame:
            case frames.Push():
                self._on_push(peer, frame, now)
            case frames.Heads():
                self._on_heads(peer, frame, now)
            case frames.Pull():
                self._on_pull(peer, frame)
            case frames.Doubt():
                self._on_doubt(peer, frame)
            case frames.Want():
                self.blobs.on_want(ordinal, frame)
            case frames.Blob():
                self.blobs.on_blob(frame.log, frame.seq, frame.statement, frame.content, now)
            case frames.Parcel():
                self.blobs.on_parcel(ordinal, frame, now)
            case frames.Ahead():
                self._on_ahead(peer, frame)
            case frames.Cosigned():
                self._on_cosigned(peer, frame)
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
        self.blobs.receipted(row)

    # ---- what leaves, once durable -------------------------------------------------------------------------

    def publish(self, batch: WriteBatch, now: int) -> None:
        """`batch` is durable: sign what is ours, push to whom holds all before it, ask for what comes next."""
        for head in batch.heads:
            if head.branch == 0:
                self._durable[head.log] = head.size
        if batch.high_water is not None:
            self._sign(*batch.high_water)
        by_log: dict[LogId, list[EntryRow]] = {}
        for row in batch.entries:
            if row.branch == 0:
                by_log.setdefault(row.log, []).append(row)
                if row.signature is not None:
                    self._learn_head(row.log, SignedHead(TreeSize(row.seq + 1), row.root, row.signature))
        urgent = self._core.is_urgent()
        for log, rows in by_log.items():
            self._spread(log, rows, urgent)
        if self._core.log in by_log:
            self.blobs.seal_for_absent(by_log[self._core.log])
        self._continue_pulls(now)

    def _spread(self, log: LogId, rows: Sequence[EntryRow], urgent: bool) -> None:
        author = log_owner(log)
        signed = self._signed.get(log)
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
        durable = self._durable.get(log, 0) if log in self._signed else 0
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
            if self._is_own(log):
                rows = _within(rows, CHUNK_BYTES)
                return rows, self._sign_at(log, TreeSize(rows[-1].seq + 1), rows[-1].root) if rows else b""
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

    # ---- heads ---------------------------------------------------------------------------------------------

    def _send_heads(self, peer: Peer, now: int) -> None:
        heads = tuple(
            frames.Head(log, head.size, head.root, head.signature) for log, head in sorted(self._signed.items())
        )
        peer.heads_due_ms = now + HEADS_INTERVAL_MS
        self._core.emit(Send(peer.ordinal, frames.Heads(heads, self.peers.reach()), urgent=False))
        self.forks.tell(peer.ordinal)

    def _on_heads(self, peer: Peer, frame: frames.Heads, now: int) -> None:
        self._heard.add(peer.ordinal)
        if frame.reach != peer.reach:
            peer.heads_due_ms = min(peer.heads_due_ms, now + RELAY_GRACE_MS)
        peer.reach, peer.reach_ms = frame.reach, now
        for head in frame.heads:
            if not self._core.mechanism.is_log(head.log):
                self._core.emit(Cut(peer.ordinal, "heads.stranger", f"log {head.log} belongs to no member"))
                return
            if self.forks.answers(peer.ordinal, head, now) or head.signature == frames.UNSIGNED:
                continue
            held = self._core.record.primary(head.log)
            if head.size <= held.tip.size:
                if self._core.record.known_root(held, head.size) != head.root:
                    self.forks.shown(peer.ordinal, head, now)
                    continue
            elif head.log == self._core.log and self._genuine(head):
                self._own_shown = max(self._own_shown, head.size)
            peer.learns(head.log, head.size)
        self._consider_pulls(now)

    def _on_doubt(self, peer: Peer, frame: frames.Doubt) -> None:
        """Show the head of `log` at the size asked (the newest where that is smaller), signed as far as can be."""
        held = self._core.record.primary(frame.log) if self._core.mechanism.is_log(frame.log) else None
        newest = self._signed.get(frame.log)
        if held is None or newest is None:
            return
        size = TreeSize(min(frame.size, newest.size))
        root = self._core.record.root_at(held, size)
        if root is None or size == 0:
            return
        heads = [frames.Head(frame.log, *newest)]
        if size != newest.size:
            row = self._core.reader.entries(frame.log, 0, size - 1, 1) if size else []
            signature = self._sign_at(frame.log, size, root) if self._is_own(frame.log) else row and row[0].signature
            exact = frames.Head(frame.log, size, root, signature or frames.UNSIGNED)
            heads = [exact] if signature else [*heads, exact]
        self._core.emit(Send(peer.ordinal, frames.Heads(tuple(heads), self.peers.reach()), urgent=False))

    def _genuine(self, head: frames.Head) -> bool:
        origin = self._core.mechanism.origin(head.log)
        keys = self._core.mechanism.keys_for(head.log, head.size, ())
        return any(verify_head(key, origin, head.size, RootHash(head.root), head.signature) for key in keys)

    # ---- post-quantum checkpoints ----------------------------------------------------------------------------

    def cosigned(self, log: LogId, note: str) -> None:
        """Keep this node's own checkpoint with its ML-DSA-44 signature, and give it to all."""
        self._core.building().documents.append((cosigned_document(log), note.encode()))
        for peer in self.peers.up():
            self._core.emit(Send(peer.ordinal, frames.Cosigned(log, note), urgent=False))

    def _send_cosigned(self, peer: Peer) -> None:
        for log in self._core.record.logs():
            note = self._core.reader.document(cosigned_document(log))
            if note is not None:
                self._core.emit(Send(peer.ordinal, frames.Cosigned(log, note.decode()), urgent=False))

    def _on_cosigned(self, peer: Peer, frame: frames.Cosigned) -> None:
        """Keep the largest post-quantum checkpoint of each log; one that is wrong is not kept, and says who sent it."""
        mechanism = self._core.mechanism
        if not mechanism.is_log(frame.log) or self._is_own(frame.log):
            return
        name = cosigned_document(frame.log)
        try:
            checkpoint = open_cosigned(frame.note, mechanism.origin(frame.log), mechanism.directory(frame.log))
            kept = self._core.reader.document(name)
            if kept is None or parse_checkpoint(parse_note(kept).text).size < checkpoint.size:
                self._core.building().documents.append((name, frame.note.encode()))
        except BadInput as error:
            if mechanism.any_keys(frame.log):
                self._core.emit(Cut(peer.ordinal, "cosigned.forged", error.reason))

    # ---- own signature -------------------------------------------------------------------------------------

    def signed(self, log: LogId) -> SignedHead | None:
        """The newest signed head held of `log`."""
        return self._signed.get(log)

    def _learn_head(self, log: LogId, head: SignedHead) -> None:
        known = self._signed.get(log)
        if known is None or head.size > known.size:
            self._signed[log] = head

    def own_head_at(self, log: LogId, size: int) -> SignedHead | None:
        """The head of one of this node's own logs at a size it has signed or could have."""
        newest = self._signed.get(log)
        if newest is None or not 0 < size <= newest.size:
            return None
        root = self._core.record.root_at(self._core.record.primary(log), size)
        return SignedHead(TreeSize(size), root, self._sign_at(log, TreeSize(size), root)) if root else None

    def _is_own(self, log: LogId) -> bool:
        """Whether this node writes, or before a reopening wrote, `log`."""
        return log_owner(log) == self._core.me

    def _sign(self, log: LogId, size: TreeSize, root: RootHash) -> None:
        """Show an own log from where it holds the certificate of the key that signs it; nobody could check it before."""
        if self._core.mechanism.any_keys(log):
            if log not in self._signed:
                for peer in self.peers.up():
                    peer.heads_due_ms = self._core.now
            self._signed[log] = SignedHead(size, root, self._sign_at(log, size, root))

    def _sign_at(self, log: LogId, size: TreeSize, root: RootHash) -> bytes:
        return sign_head(self._log_key, self._core.mechanism.origin(log), size, root)

    def _recall_signature(self, log: LogId, size: int) -> None:
        stop = size
        while stop > 0:
            first = max(0, stop - 256)
            for row in reversed(self._core.reader.entries(log, 0, first, stop - first)):
                if row.signature is not None:
                    self._signed[log] = SignedHead(TreeSize(row.seq + 1), row.root, row.signature)
                    return
            stop = first


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
