"""Heads: what is shown and learnt of how far each log goes, and this node's own signatures on it.

HEADS from all to all is the gossip that shows a split view; a DOUBT asks for one head signed by its log's author; COSIGNED
carries the daily post-quantum checkpoints. An own log is shown from where it holds the certificate of the key that signs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.link import frames
from parley.node.core.cosigning import cosigned_document, open_cosigned
from parley.node.core.effects import Cut, Send
from parley.node.core.replication import HEADS_INTERVAL_MS, RELAY_GRACE_MS, Peer, Peers
from parley.record.checkpoint import parse_checkpoint, sign_head, verify_head
from parley.record.ids import LogId, MemberOrdinal, RootHash, TreeSize, log_owner
from parley.record.note import parse_note

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore
    from parley.node.core.forks import Forks


class SignedHead(NamedTuple):
    """A checkpoint of a log with its author's signature."""

    size: TreeSize
    root: RootHash
    signature: bytes


class Heads:
    """See the module."""

    def __init__(self, core: NodeCore, peers: Peers, forks: Forks, log_key: SigningKey) -> None:
        self._core = core
        self._peers = peers
        self._forks = forks
        self._log_key = log_key
        self._signed: dict[LogId, SignedHead] = {}
        self._own_shown: dict[LogId, int] = {}
        self._heard: set[MemberOrdinal] = set()

    def resume(self) -> None:
        """Recall the newest signed head held of each log."""
        for head in self._core.reader.heads():
            if head.branch:
                continue
            if not self.is_own(head.log):
                self._recall_signature(head.log, head.size)
            elif head.log != self._core.log or self._core.is_marked(head.size):
                self.sign(head.log, head.size, head.root)

    def all_heard(self) -> bool:
        """Whether every other member has told its heads since the start."""
        return self._heard.issuperset(peer.ordinal for peer in self._peers.all())

    def own_log_ahead(self) -> bool:
        """Whether a peer showed more of our own log, under our own key, than we hold; or of the one that it was reopened as.

        Once our own log is known to be forked there is nothing left to guard: statements go on, ring and show.
        """
        ahead = [
            log for log, size in self._own_shown.items() if log >= self._core.log and size > self._core.record.size(log)
        ]
        return bool(ahead) and not set(ahead) <= set(self._forks.forked())

    # ---- heads ---------------------------------------------------------------------------------------------

    def send(self, peer: Peer, now: int) -> None:
        """Tell `peer` the newest head of every log."""
        heads = tuple(
            frames.Head(log, head.size, head.root, head.signature) for log, head in sorted(self._signed.items())
        )
        peer.heads_due_ms = now + HEADS_INTERVAL_MS
        self._core.emit(Send(peer.ordinal, frames.Heads(heads, self._peers.reach()), urgent=False))
        self._forks.tell(peer.ordinal)

    def on_heads(self, peer: Peer, frame: frames.Heads, now: int) -> None:
        """A peer tells its heads."""
        self._heard.add(peer.ordinal)
        if frame.reach != peer.reach:
            peer.heads_due_ms = min(peer.heads_due_ms, now + RELAY_GRACE_MS)
        peer.reach, peer.reach_ms = frame.reach, now
        for head in frame.heads:
            if not self._core.mechanism.is_log(head.log):
                self._core.emit(Cut(peer.ordinal, "heads.stranger", f"log {head.log} belongs to no member"))
                return
            if self._forks.answers(peer.ordinal, head, now) or head.signature == frames.UNSIGNED:
                continue
            held = self._core.record.primary(head.log)
            if head.size <= held.tip.size:
                if self._core.record.known_root(held, head.size) != head.root:
                    self._forks.shown(peer.ordinal, head, now)
                    continue
            elif self.is_own(head.log) and self._signed_here(head):
                self._own_shown[head.log] = max(self._own_shown.get(head.log, 0), head.size)
            peer.learns(head.log, head.size)

    def on_doubt(self, peer: Peer, frame: frames.Doubt) -> None:
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
            signature = self.sign_at(frame.log, size, root) if self.is_own(frame.log) else row and row[0].signature
            exact = frames.Head(frame.log, size, root, signature or frames.UNSIGNED)
            heads = [exact] if signature else [*heads, exact]
        self._core.emit(Send(peer.ordinal, frames.Heads(tuple(heads), self._peers.reach()), urgent=False))

    def _signed_here(self, head: frames.Head) -> bool:
        """By the key of this node, or the one that was in force at that size."""
        origin = self._core.mechanism.origin(head.log)
        keys = [self._log_key.verify_key, *self._core.mechanism.keys_for(head.log, head.size, ())]
        return any(verify_head(key, origin, head.size, RootHash(head.root), head.signature) for key in keys)

    # ---- post-quantum checkpoints ----------------------------------------------------------------------------

    def cosigned(self, log: LogId, note: str) -> None:
        """Keep this node's own checkpoint with its ML-DSA-44 signature, and give it to all."""
        self._core.building().documents.append((cosigned_document(log), note.encode()))
        for peer in self._peers.up():
            self._core.emit(Send(peer.ordinal, frames.Cosigned(log, note), urgent=False))

    def send_cosigned(self, peer: Peer) -> None:
        """Give `peer` every post-quantum checkpoint held."""
        for log in self._core.record.logs():
            note = self._core.reader.document(cosigned_document(log))
            if note is not None:
                self._core.emit(Send(peer.ordinal, frames.Cosigned(log, note.decode()), urgent=False))

    def on_cosigned(self, peer: Peer, frame: frames.Cosigned) -> None:
        """Keep the largest post-quantum checkpoint of each log; one that is wrong is not kept, and says who sent it."""
        mechanism = self._core.mechanism
        if not mechanism.is_log(frame.log) or self.is_own(frame.log):
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

    def learn(self, log: LogId, head: SignedHead) -> None:
        """A head of a log is held, with its author's signature."""
        known = self._signed.get(log)
        if known is None or head.size > known.size:
            self._signed[log] = head

    def own_head_at(self, log: LogId, size: int) -> SignedHead | None:
        """The head of one of this node's own logs at a size it has signed or could have."""
        newest = self._signed.get(log)
        if newest is None or not 0 < size <= newest.size:
            return None
        root = self._core.record.root_at(self._core.record.primary(log), size)
        return SignedHead(TreeSize(size), root, self.sign_at(log, TreeSize(size), root)) if root else None

    def is_own(self, log: LogId) -> bool:
        """Whether this node writes, or before a reopening wrote, `log`."""
        return log_owner(log) == self._core.me

    def sign(self, log: LogId, size: TreeSize, root: RootHash) -> None:
        """Show an own log from where it holds the certificate of the key that signs it; nobody could check it before."""
        if self._core.mechanism.any_keys(log):
            if log not in self._signed:
                for peer in self._peers.up():
                    peer.heads_due_ms = self._core.now
            self._signed[log] = SignedHead(size, root, self.sign_at(log, size, root))

    def sign_at(self, log: LogId, size: TreeSize, root: RootHash) -> bytes:
        """This node's signature over a head of an own log."""
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
