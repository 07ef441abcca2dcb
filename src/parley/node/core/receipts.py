"""Which statements of others this node still owes a receipt.

Rules: a receipt names only what is held as far as this member has sight, and only once it is durable (the entry
that says so is committed in the same batch). A receipt causes no receipt. It comes at once for FLASH and within
`RECEIPT_DELAY_MS` otherwise; under load one covers many. An entry whose `at` is more than `MAX_AHEAD_MS` ahead of
this node's clock is receipted only when that time is reached. The sides of a fork get none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush, nsmallest

from parley.record.entry import MAX_RECEIPT_RANGES, ReceiptRange
from parley.record.ids import LogId, MemberOrdinal, Seq, log_owner

RECEIPT_DELAY_MS = 100
MAX_AHEAD_MS = 60_000


@dataclass(slots=True)
class _LogLedger:
    low: int
    high: int
    owed: bool = False
    missing: set[int] = field(default_factory=set)
    by_seq: list[int] = field(default_factory=list)  # a heap of what is missing, and of some that has come since
    early: dict[int, int] = field(default_factory=dict)
    late: set[int] = field(default_factory=set)


class ReceiptLedger:
    """What is owed, by log. Entries are noted in log order; blobs may come later."""

    def __init__(self, own: MemberOrdinal | None = None) -> None:
        """`own` is the member that gives itself no receipts; only what it lacks of its own log is noted."""
        self._own = own
        self._logs: dict[LogId, _LogLedger] = {}
        self._due_ms: int | None = None

    def resume(self, log: LogId, receipted: int) -> None:
        """Begin at `receipted`: everything below is settled."""
        self._logs[log] = _LogLedger(receipted, receipted)

    def note(self, log: LogId, seq: int, at_ms: int, now: int, *, speaks: bool, complete: bool, urgent: bool) -> None:
        """An entry has its place. `speaks`: it carries a statement; `complete`: all this member may see is here."""
        ledger = self._logs.setdefault(log, _LogLedger(0, 0))
        ledger.high = seq + 1
        if not speaks:
            return
        if not complete:
            ledger.missing.add(seq)
            heappush(ledger.by_seq, seq)
        elif at_ms > now + MAX_AHEAD_MS:
            ledger.early[seq] = at_ms
        else:
            self._owe(log, ledger, now, urgent)

    def settle(self, log: LogId, seq: int) -> None:
        """An entry that needs no receipt any more, met when the ledger is made again at start."""
        self._logs[log].high = seq + 1

    def complete(self, log: LogId, seq: int, at_ms: int, now: int, *, urgent: bool) -> None:
        """What was missing of an entry has arrived."""
        ledger = self._logs[log]
        if seq not in ledger.missing:
            return
        ledger.missing.discard(seq)
        if at_ms > now + MAX_AHEAD_MS:
            ledger.early[seq] = at_ms
            return
        if seq < ledger.low:
            ledger.late.add(seq)
        self._owe(log, ledger, now, urgent)

    def missing(self, log: LogId, limit: int | None = None) -> list[int]:
        """Entries of `log` whose statement or content has not arrived, ascending; the first `limit` of them."""
        ledger = self._logs.get(log)
        if ledger is None:
            return []
        return sorted(ledger.missing) if limit is None else nsmallest(limit, ledger.missing)

    def first_missing(self, log: LogId) -> int | None:
        """The first of them; asked for with every batch, however many there are."""
        ledger = self._logs.get(log)
        return _first(ledger) if ledger is not None else None

    def lacks(self, log: LogId, seq: int) -> bool:
        """Whether that entry is one of them."""
        ledger = self._logs.get(log)
        return ledger is not None and seq in ledger.missing

    def missing_count(self, log: LogId) -> int:
        """How many they are."""
        ledger = self._logs.get(log)
        return len(ledger.missing) if ledger is not None else 0

    def due_ms(self) -> int | None:
        """When the next receipt must be written, or None while nothing is owed."""
        return self._due_ms

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        if self._due_ms is not None:
            self._due_ms -= by_ms

    def tick(self, now: int) -> None:
        """Owe what was dated ahead of this node's clock and has now come."""
        for log, ledger in self._logs.items():
            for seq in [seq for seq, at_ms in ledger.early.items() if at_ms <= now + MAX_AHEAD_MS]:
                del ledger.early[seq]
                if seq < ledger.low:
                    ledger.late.add(seq)
                self._owe(log, ledger, now, urgent=False)

    def take(self) -> tuple[ReceiptRange, ...]:
        """All ranges owed now, at most `MAX_RECEIPT_RANGES`; what is left stays due."""
        ranges: list[ReceiptRange] = []
        for log, ledger in self._logs.items():
            if ledger.owed and len(ranges) < MAX_RECEIPT_RANGES:
                self._take_log(log, ledger, ranges)
        if not any(ledger.owed for ledger in self._logs.values()):
            self._due_ms = None
        return tuple(ranges)

    def settled(self, log: LogId) -> Seq:
        """Everything of `log` below this needs no receipt any more."""
        ledger = self._logs.get(log)
        if ledger is None:
            return Seq(0)
        first = _first(ledger)
        missing = [] if first is None else [first]
        return Seq(min([ledger.low if ledger.owed else ledger.high, *missing, *ledger.early, *ledger.late]))

    def _owe(self, log: LogId, ledger: _LogLedger, now: int, urgent: bool) -> None:
        if log_owner(log) == self._own:
            ledger.late.clear()
            return
        ledger.owed = True
        due = now if urgent else now + RECEIPT_DELAY_MS
        self._due_ms = due if self._due_ms is None else min(self._due_ms, due)

    @staticmethod
    def _take_log(log: LogId, ledger: _LogLedger, ranges: list[ReceiptRange]) -> None:
        for seq in sorted(ledger.late):
            if len(ranges) == MAX_RECEIPT_RANGES:
                return
            ranges.append(ReceiptRange(log, Seq(seq), 1))
            ledger.late.discard(seq)
        holes = sorted(hole for hole in (*ledger.missing, *ledger.early) if ledger.low <= hole < ledger.high)
        for hole in [*holes, ledger.high]:
            if len(ranges) == MAX_RECEIPT_RANGES and hole > ledger.low:
                return
            if hole > ledger.low:
                ranges.append(ReceiptRange(log, Seq(ledger.low), hole - ledger.low))
            ledger.low = min(hole + 1, ledger.high)
        ledger.owed = False


def _first(ledger: _LogLedger) -> int | None:
    while ledger.by_seq and ledger.by_seq[0] not in ledger.missing:
        heappop(ledger.by_seq)
    return ledger.by_seq[0] if ledger.by_seq else None
