"""Forks: two histories under one key are kept, shown and never healed by themselves.

When a peer shows a head, or pushes entries, that no history held of a log explains:

1. *doubt*: ask for its explicit head. A head whose signature fails is forged: the peer is told and cut off;
2. a genuine head that contradicts what is held is a fork: both checkpoints become evidence, alarmed and gossiped;
3. the last common size is searched by halving (DOUBT for a size, the answer compared with ours);
4. the other history is pulled from there and kept as a branch. Its entries ring and show, get no receipt and move no
   case; the Line stays up;
5. whoever is told of the fork is shown that history too, from where the log parts up to its author's next signature:
   evidence alone does not say from where on nothing counts. Nobody need be asked for it, the author least of all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.link import frames
from parley.node.core.effects import Cut, ForkSeen, Parted, Send
from parley.node.core.replication import PULL_TIMEOUT_MS, PULL_WINDOW_BYTES, Peers
from parley.record.checkpoint import Checkpoint, verify_head
from parley.record.fork import contradiction, read_evidence
from parley.record.ids import LogId, MemberOrdinal, RootHash, Seq, TreeSize, UnixMs, log_owner
from parley.record.record import Blocked
from parley.record.rows import EvidenceRow

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore


MAX_EVIDENCE_PER_LOG = 8
MAX_HISTORIES = 8
MAX_WRONG = 16


@dataclass(slots=True)
class _Search:
    """Histories agree at `low` and differ at `high`; `asked` is the size the peer was asked for."""

    low: int
    high: int
    asked: int


class Forks:
    """See the module."""

    def __init__(self, core: NodeCore, peers: Peers) -> None:
        self._core = core
        self._peers = peers
        self._doubted: dict[tuple[MemberOrdinal, LogId], int] = {}
        self._searches: dict[tuple[MemberOrdinal, LogId], _Search] = {}
        self._asked_ms: dict[tuple[MemberOrdinal, LogId], int] = {}
        self._known: set[tuple[LogId, str, str]] = {(row.log, row.first, row.second) for row in core.reader.evidence()}
        self._wrong: Counter[MemberOrdinal] = Counter()
        self._evidenced: set[tuple[LogId, bytes]] = set()

    def forked(self) -> list[LogId]:
        """Logs of which contradicting checkpoints are held."""
        return sorted({log for log, _, _ in self._known})

    def closed(self, ordinal: MemberOrdinal) -> None:
        """Forget what was asked of a peer that is gone."""
        del self._wrong[ordinal]
        self._doubted = {key: size for key, size in self._doubted.items() if key[0] != ordinal}
        self._searches = {key: search for key, search in self._searches.items() if key[0] != ordinal}

    def doubt(self, ordinal: MemberOrdinal, log: LogId, size: int) -> None:
        """A push was not signed as any continuation held: ask for the head it claims."""
        key, now = (ordinal, log), self._core.now
        if abs(now - self._asked_ms.get(key, now)) > PULL_TIMEOUT_MS:  # the question or its answer went astray
            self._doubted.pop(key, None)
            self._searches.pop(key, None)
        if key not in self._doubted and key not in self._searches:
            self._asked_ms[key] = now
            self._doubted[ordinal, log] = size
            self._core.emit(Send(ordinal, frames.Doubt(log, TreeSize(size)), urgent=True))

    def contradicted(self, ordinal: MemberOrdinal, blocked: Blocked, now: int) -> None:
        """An entry `ordinal` sent has seen a root of a log that is not ours: let it show that log's signed head."""
        del now
        self.doubt(ordinal, blocked.log, blocked.size)

    def answers(self, ordinal: MemberOrdinal, head: frames.Head, now: int) -> bool:
        """Whether `head` answers a doubt or a search step; if so it is dealt with."""
        search = self._searches.get((ordinal, head.log))
        if search is not None and head.size == search.asked:
            self._step(ordinal, head, search)
            return True
        doubted = self._doubted.pop((ordinal, head.log), None)
        if doubted is None:
            return False
        if not self._keys(head.log):
            return True  # too far behind to judge it; it is shown again
        if not self._genuine(head):
            self._core.emit(
                Cut(ordinal, "checkpoint.forged", f"its head of log {head.log} is not signed by that log's node key")
            )
            return True
        held = self._core.record.primary(head.log)
        if head.size <= held.tip.size and self._core.record.known_root(held, head.size) != head.root:
            self.shown(ordinal, head, now)
        elif head.size > held.tip.size:
            self._search(ordinal, head, held.tip.size)
        return True

    def shown(self, ordinal: MemberOrdinal, head: frames.Head, now: int) -> None:
        """A head with another root than ours at that size."""
        if not self._keys(head.log):
            return  # too far behind to judge it; it is shown again
        if not self._genuine(head):
            self._core.emit(
                Cut(ordinal, "checkpoint.forged", f"its head of log {head.log} is not signed by that log's node key")
            )
            return
        self._keep(ordinal, head, now)
        if not any(
            head.root == self._core.record.known_root(b, head.size) for b in self._core.record.branches(head.log)
        ):
            self._search(ordinal, head, head.size)

    def on_evidence(self, ordinal: MemberOrdinal, frame: frames.Evidence, now: int) -> None:
        """Another node's evidence: kept if both checkpoints are genuine and contradict each other."""
        if not self._core.mechanism.is_log(frame.log) or not self._core.mechanism.any_keys(frame.log):
            return  # too far behind to judge it; it is told again
        origin = self._core.mechanism.origin(frame.log)
        try:
            first = read_evidence(frame.first_note, origin, self._core.mechanism.any_keys(frame.log))
            second = read_evidence(frame.second_note, origin, self._core.mechanism.any_keys(frame.log))
        except BadInput as error:
            self._core.emit(Cut(ordinal, "evidence.forged", error.reason))
            return
        contradict_each_other = first.size == second.size and first.root != second.root
        if (
            contradict_each_other
            or self._contradicts_held(frame.log, first)
            or self._contradicts_held(frame.log, second)
        ):
            self._remember(EvidenceRow(frame.log, frame.first_note, frame.second_note, UnixMs(now), ordinal))

    def tell(self, ordinal: MemberOrdinal) -> None:
        """Give `ordinal` all evidence kept, each time heads are told: it may have been away, or not able to judge it."""
        for log, first, second in sorted(self._known):
            self._core.emit(Send(ordinal, frames.Evidence(log, first, second), urgent=False))

    def begins(self, ordinal: MemberOrdinal, push: frames.Push) -> bool:
        """Whether a push is another history of a log known to be forked, signed by its author; it is held from now on.

        To tell costs reading the log up to there, so a peer may be wrong `MAX_WRONG` times a session.
        """
        record, log = self._core.record, push.log
        parting = record.parting(log)
        if log not in self.forked() or not 0 < push.first <= self._core.traffic.durable(log):
            return False
        if len(record.branches(log)) > MAX_HISTORIES and parting is not None and push.first >= parting:
            return False
        if self._wrong[ordinal] >= MAX_WRONG:
            return False
        if not record.continues(log, push.first, push.items, push.signature, self._core.mechanism.keys_for):
            self._wrong[ordinal] += 1
            return False
        self._core.touch(log, record.add_branch(log, push.first).index)
        self._core.emit(Parted(log))
        return True

    # ---- evidence ------------------------------------------------------------------------------------------

    def _keep(self, ordinal: MemberOrdinal, head: frames.Head, now: int) -> None:
        """Both checkpoints as texts: theirs, and ours of the same size where its signature is held."""
        if (head.log, head.root) in self._evidenced:
            return
        ours = self._ours_at(head)
        if ours is None:
            return
        self._evidenced.add((head.log, head.root))
        first, second = contradiction(
            self._core.mechanism.origin(head.log), self._core.mechanism.any_keys(head.log), ours,
            (head.size, head.root, head.signature),
        )  # fmt: skip
        self._remember(EvidenceRow(head.log, first, second, UnixMs(now), ordinal))

    def _ours_at(self, head: frames.Head) -> tuple[int, bytes, bytes] | None:
        """Our signed checkpoint of that log at the same size, else our newest (which the entries held contradict)."""
        record, log = self._core.record, head.log
        if log_owner(log) == self._core.me:
            own = self._core.traffic.heads.own_head_at(log, head.size)
            if own is not None:
                return own
        for row in self._core.reader.entries(log, 0, head.size - 1, 1) if head.size else []:
            if row.signature is not None:
                return head.size, row.root, row.signature
        newest = self._core.traffic.heads.signed(log)
        return newest if newest is not None and record.size(log) >= newest.size else None

    def _contradicts_held(self, log: LogId, said: Checkpoint) -> bool:
        """Whether some history held of `log` has another root at that size."""
        roots = (
            {self._core.record.root_at(one, said.size) for one in self._core.record.branches(log)}
            if said.size
            else set()
        )
        return any(root is not None and root != said.root for root in roots)

    def _remember(self, row: EvidenceRow) -> None:
        key = (row.log, row.first, row.second)
        kept = sum(1 for log, _, _ in self._known if log == row.log)
        if key in self._known or (row.log, row.second, row.first) in self._known or kept >= MAX_EVIDENCE_PER_LOG:
            return
        self._known.add(key)
        self._core.building().evidence.append(row)
        self._core.emit(ForkSeen(row))
        for peer in self._peers.up():
            if peer.ordinal != row.told_by:
                self._core.emit(Send(peer.ordinal, frames.Evidence(row.log, row.first, row.second), urgent=True))

    def _genuine(self, head: frames.Head) -> bool:
        origin = self._core.mechanism.origin(head.log)
        keys = self._keys(head.log)
        return any(verify_head(key, origin, head.size, RootHash(head.root), head.signature) for key in keys)

    def _keys(self, log: LogId) -> list[VerifyKey]:
        """Every node key that may have signed `log`, also by a certificate that waits for its place."""
        mechanism = self._core.mechanism
        return [*mechanism.any_keys(log), *mechanism.keys_within(log, self._core.record.waiting(log))]

    # ---- the other history ---------------------------------------------------------------------------------

    def _search(self, ordinal: MemberOrdinal, head: frames.Head, differs_at_most: int) -> None:
        if (ordinal, head.log) in self._searches:
            return
        high = min(differs_at_most, self._core.record.primary(head.log).tip.size)
        if high == 0:
            return
        # Where the peer's log is longer, whether ours is a prefix of it is asked first: at our own size.
        probe = high if head.size > high else high // 2
        self._ask(ordinal, head.log, _Search(0, high, probe))

    def _ask(self, ordinal: MemberOrdinal, log: LogId, search: _Search) -> None:
        self._searches[ordinal, log] = search
        self._asked_ms[ordinal, log] = self._core.now
        self._core.emit(Send(ordinal, frames.Doubt(log, TreeSize(search.asked)), urgent=False))

    def _step(self, ordinal: MemberOrdinal, head: frames.Head, search: _Search) -> None:
        del self._searches[ordinal, head.log]
        held = self._core.record.primary(head.log)
        same = self._core.record.known_root(held, head.size) == head.root
        if same and head.size == held.tip.size:
            return  # ours is a prefix of theirs after all
        if not same and self._genuine(head):
            self._keep(ordinal, head, self._core.now)
        low, high = (head.size, search.high) if same else (search.low, head.size)
        if high - low > 1:
            self._ask(ordinal, head.log, _Search(low, high, (low + high) // 2))
        else:
            self._branch(ordinal, head.log, low)

    def _branch(self, ordinal: MemberOrdinal, log: LogId, base: int) -> None:
        record = self._core.record
        base = min(base, self._core.traffic.durable(log))  # what waits, or is on its way to the disk, is held twice
        if not any(one.base_size == base for one in record.branches(log)[1:]):
            self._core.touch(log, record.add_branch(log, base).index)
            self._core.emit(Parted(log))
        self._core.emit(Send(ordinal, frames.Pull(log, Seq(base), PULL_WINDOW_BYTES, fresh=True), urgent=False))
