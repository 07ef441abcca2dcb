"""Parcels: statement and content sealed by their author to one recipient, for relay by a peer without sight of them.

A relay keeps them, within bounds, until a receipt shows that the recipient holds the statement. A recipient that comes back
gets them in windows: the next once some are receipted, or after `PARCEL_PATIENCE_MS`, for it may be unable to open one, or may
not have its entry yet. All at once they would fill the line's lane and break it, each time it is opened.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.crypto import cbor
from parley.crypto.keys import SealPublicKey
from parley.crypto.sealing import seal
from parley.errors import BadInput
from parley.link import frames
from parley.node.core.effects import Cut, Send
from parley.node.core.replication import Peers
from parley.record.entry import decode_entry
from parley.record.ids import LogId, MemberOrdinal, Seq, ordinals
from parley.record.rows import EntryRow, ParcelRow, Place, ReceiptRow

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore

MAX_EARLY = 256
MAX_PARCELS_PER_RECIPIENT = 4096
MAX_PARCEL_BYTES = 72 * 1024
PARCEL_WINDOW = 64
PARCEL_WINDOW_BYTES = 256 * 1024
PARCEL_PATIENCE_MS = 30_000
PARCEL_TURNS = 3

_ParcelKey = tuple[LogId, int]
Take = Callable[[LogId, int, bytes, "bytes | None", int], None]


@dataclass(slots=True)
class _Delivery:
    """The parcels for a recipient whose line is up: those that wait for their turn, when those under way were sent, and how many
    turns each has had."""

    waiting: deque[_ParcelKey]
    under_way: dict[_ParcelKey, int] = field(default_factory=dict)
    turns: Counter[_ParcelKey] = field(default_factory=Counter)


class Parcels:
    """See the module. `take` is given what was opened of an entry that is held: log, seq, statement, content, now."""

    def __init__(self, core: NodeCore, peers: Peers, unseal: Callable[[bytes, bytes], bytes], take: Take) -> None:
        self._core = core
        self._peers = peers
        self._unseal = unseal
        self._take = take
        self._early: dict[_ParcelKey, tuple[bytes, bytes | None]] = {}
        self._parcels: dict[MemberOrdinal, dict[_ParcelKey, bytes]] = {}
        self._deliveries: dict[MemberOrdinal, _Delivery] = {}

    def early(self, place: Place) -> tuple[bytes, bytes | None] | None:
        """Statement and content that were opened before their entry came."""
        return self._early.pop((place.log, place.seq), None)

    def next_due(self) -> int | None:
        """When to deliver next."""
        sent = [min(one.under_way.values()) for one in self._deliveries.values() if one.under_way]
        return min(sent) + PARCEL_PATIENCE_MS if sent else None

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        for one in self._deliveries.values():
            one.under_way = {key: sent_ms - by_ms for key, sent_ms in one.under_way.items()}

    def tick(self, now: int) -> None:
        """What got no receipt for a while gives way to others, and has another turn after them."""
        for recipient, one in self._deliveries.items():
            late = [key for key, sent_ms in one.under_way.items() if sent_ms + PARCEL_PATIENCE_MS <= now]
            for key in late:
                del one.under_way[key]
            one.waiting.extend(key for key in late if one.turns[key] < PARCEL_TURNS)
            if late:
                self._deliver(recipient, now)

    def seal_for_absent(self, rows: Sequence[EntryRow]) -> None:
        """Seal own statements to members with sight but without a line, and leave them with peers without sight."""
        up = {peer.ordinal for peer in self._peers.up()}
        for row in rows:
            if row.statement is None:
                continue
            entry = decode_entry(row.raw)
            relays = [ordinal for ordinal in up if not entry.statement_sight >> ordinal & 1]
            for recipient in ordinals(entry.statement_sight):
                if recipient == self._core.me or recipient in up or not relays:
                    continue
                sealed = self._seal(row, recipient, row.content if entry.content_sight >> recipient & 1 else None)
                for relay in relays if sealed else []:
                    self._core.emit(Send(relay, frames.Parcel(row.log, row.seq, recipient, sealed), urgent=False))

    def on_parcel(self, ordinal: MemberOrdinal, frame: frames.Parcel, now: int) -> None:
        """Open a parcel for us; keep one for another member."""
        if frame.recipient not in self._core.mechanism.ordinals or not self._core.mechanism.is_log(frame.log):
            self._core.emit(
                Cut(ordinal, "parcel.stranger", f"member {frame.recipient} or log {frame.log} is not known here")
            )
            return
        if frame.recipient == self._core.me:
            try:
                opened = cbor.decode(
                    self._unseal(frame.sealed, self._info(frame.log, frame.seq, frame.recipient)),
                    max_bytes=MAX_PARCEL_BYTES,
                )
            except BadInput:
                return  # its author's fault: the relay could not know
            match opened:
                case [bytes() as raw, (bytes() | None) as content]:
                    if self._core.record.size(frame.log) > frame.seq:
                        self._take(frame.log, frame.seq, raw, content, now)
                    elif len(self._early) < MAX_EARLY:
                        self._early[frame.log, frame.seq] = raw, content
            return
        kept = self._kept(frame.recipient)
        if len(frame.sealed) > MAX_PARCEL_BYTES or len(kept) >= MAX_PARCELS_PER_RECIPIENT:
            return
        if (frame.log, frame.seq) not in kept:
            kept[frame.log, frame.seq] = frame.sealed
            self._core.building().parcels.append(ParcelRow(frame.log, frame.seq, frame.recipient, frame.sealed))
            delivery = self._deliveries.get(frame.recipient)
            if delivery is not None:
                delivery.waiting.append((frame.log, frame.seq))
                self._deliver(frame.recipient, now)

    def opened(self, ordinal: MemberOrdinal, now: int) -> None:
        """A line to `ordinal`: deliver what is kept for it."""
        self._deliveries[ordinal] = _Delivery(deque(self._kept(ordinal)))
        self._deliver(ordinal, now)

    def closed(self, ordinal: MemberOrdinal) -> None:
        """The line to `ordinal` is down."""
        self._deliveries.pop(ordinal, None)

    def receipted(self, row: ReceiptRow) -> None:
        """`row.holder` holds what it names: its parcels are delivered."""
        kept, delivery = self._kept(row.holder), self._deliveries.get(row.holder)
        for log, seq in [key for key in kept if key[0] == row.log and row.first <= key[1] < row.first + row.count]:
            del kept[log, seq]
            self._core.building().dropped_parcels.append((log, Seq(seq), row.holder))
            if delivery is not None:
                delivery.under_way.pop((log, seq), None)
        self._deliver(row.holder, self._core.now)

    def _deliver(self, recipient: MemberOrdinal, now: int) -> None:
        """Send the next parcels, as far as the window has room."""
        delivery = self._deliveries.get(recipient)
        if delivery is None or not delivery.waiting:
            return
        kept = self._kept(recipient)
        size = sum(len(kept.get(key, b"")) for key in delivery.under_way)
        while delivery.waiting and len(delivery.under_way) < PARCEL_WINDOW and size < PARCEL_WINDOW_BYTES:
            key = delivery.waiting.popleft()
            sealed = kept.get(key)
            if sealed is not None:
                size += len(sealed)
                delivery.under_way[key] = now
                delivery.turns[key] += 1
                self._core.emit(Send(recipient, frames.Parcel(key[0], Seq(key[1]), recipient, sealed), urgent=False))

    def _kept(self, recipient: MemberOrdinal) -> dict[_ParcelKey, bytes]:
        """Parcels for `recipient`, read from the store at the first call."""
        if recipient not in self._parcels:
            rows = self._core.reader.parcels(recipient)
            self._parcels[recipient] = {(row.log, row.seq): row.sealed for row in rows}
        return self._parcels[recipient]

    def _seal(self, row: EntryRow, recipient: MemberOrdinal, content: bytes | None) -> bytes:
        key = self._core.mechanism.seal_key(recipient)
        if key is None:
            return b""
        body = cbor.encode([row.statement, content])
        return seal(SealPublicKey.from_bytes(key), body, self._info(row.log, row.seq, recipient))

    def _info(self, log: LogId, seq: int, recipient: MemberOrdinal) -> bytes:
        return cbor.encode(["parley parcel", self._core.mechanism.digest, log, seq, recipient])
