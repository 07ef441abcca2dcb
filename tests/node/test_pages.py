"""Pages of the record: every entry once, in causal order, whichever way they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.node.pages import Cursor, Page, page_after, page_before
from parley.record.ids import LogId
from parley.record.order import order_key
from parley.record.rows import EntryRow
from tests.node.nodes import Nodes


def spoken() -> Nodes:
    """Three nodes that said things in turn and, with a line cut, at the same time."""
    nodes = Nodes(3)
    nodes.connect()
    for turn in range(9):
        if turn == 4:
            nodes.disconnect(0, 1)
        nodes.say(turn % 3, f"turn {turn}")
        nodes.say((turn + 1) % 3, f"at the same time {turn}")
        nodes.run(100)
    return nodes


NODES = spoken()


def expected(*, receipts_too: bool) -> list[EntryRow]:
    store = NODES.stores[0]
    rows = [row for head in store.heads() for row in store.entries(head.log, head.branch, 0, head.size)]
    rows = [row for row in rows if receipts_too or (row.digest is not None and row.seq > 0)]
    return sorted(rows, key=lambda row: order_key(row.clock, row.log, row.branch))


@given(limit=st.integers(1, 60), receipts_too=st.booleans())
def test_forwards_every_entry_comes_once_and_in_causal_order(limit: int, receipts_too: bool) -> None:
    rows: list[EntryRow] = []
    page = Page([], None)
    while not rows or page.further:
        page = page_after(NODES.stores[0], page.further, limit, receipts_too=receipts_too)
        assert 0 < len(page.rows) <= limit
        rows += page.rows
    assert rows == expected(receipts_too=receipts_too)


@given(limit=st.integers(1, 60), receipts_too=st.booleans())
def test_backwards_every_entry_comes_once_and_in_causal_order(limit: int, receipts_too: bool) -> None:
    rows: list[EntryRow] = []
    page = Page([], None)
    while not rows or page.further:
        page = page_before(NODES.stores[0], page.further, limit, receipts_too=receipts_too)
        assert 0 < len(page.rows) <= limit
        rows = page.rows + rows
    assert rows == expected(receipts_too=receipts_too)


@given(clock=st.integers(0, 400), log=st.integers(0, 300), branch=st.integers(0, 2))
def test_any_place_divides_the_record(clock: int, log: int, branch: int) -> None:
    cursor = Cursor(clock, LogId(log), branch)
    before = page_before(NODES.stores[0], cursor, 1000, receipts_too=True).rows
    after = page_after(NODES.stores[0], cursor, 1000, receipts_too=True).rows
    between = [row for row in expected(receipts_too=True) if (row.clock, row.log, row.branch) == tuple(cursor)]
    assert before + between + after == expected(receipts_too=True)


@given(clock=st.integers(0, 10**17), log=st.integers(0, 10**5), branch=st.integers(0, 10**5))
def test_a_cursor_reads_back_as_it_was_written(clock: int, log: int, branch: int) -> None:
    cursor = Cursor(clock, LogId(log), branch)
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "-1.0.0", "01.0.0", "1.0.0 ", "٣.0.0", "9" * 60 + ".0.0"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"api\.cursor"):
        Cursor.parse(text)


def test_an_empty_record_has_an_empty_page() -> None:
    store = type(NODES.stores[0])()
    assert page_after(store, None, 10) == page_before(store, None, 10) == Page([], None)
