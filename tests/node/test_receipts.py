"""The receipt ledger: what is owed is what is held, once, and never before its time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.node.core.receipts import MAX_AHEAD_MS, RECEIPT_DELAY_MS, ReceiptLedger
from parley.record.ids import LogId

LOG = LogId(1)
NOW = 1_000_000


def covered(ledger: ReceiptLedger) -> list[int]:
    return [seq for item in ledger.take() for seq in range(item.first, item.first + item.count)]


def note(ledger: ReceiptLedger, seq: int, *, speaks: bool = True, complete: bool = True, at: int = NOW) -> None:
    ledger.note(LOG, seq, at, NOW, speaks=speaks, complete=complete, urgent=False)


def test_a_receipt_causes_no_receipt() -> None:
    ledger = ReceiptLedger()
    for seq in range(5):
        note(ledger, seq, speaks=False)
    assert ledger.due_ms() is None
    assert covered(ledger) == []


def test_a_flash_is_owed_at_once_and_anything_else_within_the_delay() -> None:
    ledger = ReceiptLedger()
    note(ledger, 0)
    assert ledger.due_ms() == NOW + RECEIPT_DELAY_MS
    ledger.note(LOG, 1, NOW, NOW, speaks=True, complete=True, urgent=True)
    assert ledger.due_ms() == NOW


def test_what_has_not_arrived_is_not_receipted() -> None:
    ledger = ReceiptLedger()
    note(ledger, 0)
    note(ledger, 1, complete=False)
    note(ledger, 2)
    assert covered(ledger) == [0, 2]
    assert ledger.missing(LOG) == [1]
    assert ledger.settled(LOG) == 1
    ledger.complete(LOG, 1, NOW, NOW, urgent=False)
    assert covered(ledger) == [1]
    assert ledger.settled(LOG) == 3


def test_an_entry_dated_a_day_ahead_is_receipted_only_when_that_day_comes() -> None:
    ledger = ReceiptLedger()
    tomorrow = NOW + 86_400_000
    note(ledger, 0, at=tomorrow)
    assert ledger.due_ms() is None
    ledger.tick(tomorrow - MAX_AHEAD_MS - 1)
    assert covered(ledger) == []
    ledger.tick(tomorrow - MAX_AHEAD_MS)
    assert covered(ledger) == [0]


@given(
    st.lists(st.sampled_from(["speaks", "silent", "missing", "early"]), min_size=1, max_size=60),
    st.randoms(use_true_random=False),
)
def test_every_statement_is_receipted_exactly_once_whatever_comes_late(entries: list[str], rng) -> None:
    ledger = ReceiptLedger()
    receipted: list[int] = []
    open_ones = {}
    for seq, what in enumerate(entries):
        at = NOW + MAX_AHEAD_MS + 1 + seq if what == "early" else NOW
        note(ledger, seq, speaks=what != "silent", complete=what != "missing", at=at)
        if what in ("missing", "early"):
            open_ones[seq] = what
        if rng.random() < 0.3:
            receipted += covered(ledger)
        if open_ones and rng.random() < 0.3:
            late = rng.choice([seq for seq, kind in open_ones.items() if kind == "missing"] or [-1])
            if late >= 0:
                del open_ones[late]
                ledger.complete(LOG, late, NOW, NOW, urgent=False)
        missing = [one for one, kind in open_ones.items() if kind == "missing"]
        assert ledger.missing(LOG) == missing
        assert (ledger.first_missing(LOG), ledger.missing_count(LOG)) == (min(missing, default=None), len(missing))
        assert [one for one in range(seq + 1) if ledger.lacks(LOG, one)] == missing
        assert ledger.missing(LOG, 2) == missing[:2]
    for seq, kind in open_ones.items():
        if kind == "missing":
            ledger.complete(LOG, seq, NOW, NOW, urgent=False)
    ledger.tick(NOW + 10 * MAX_AHEAD_MS)
    receipted += covered(ledger)
    said = {seq for seq, what in enumerate(entries) if what != "silent"}
    assert said <= set(receipted)
    assert len([seq for seq in receipted if seq in said]) == len(said)
    assert ledger.settled(LOG) == len(entries) or not said
