"""Who reads a node's record beside it sees all that is durable, and leaves the writing to the node."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from parley.node.home.record import durable_record
from parley.record.merkle import root_of
from parley.store.opening import open_store
from tests.node.cells import running_cell


def test_what_lies_beside_its_mark_alone_is_read_with_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.node.disk.SETTLE_AFTER_S", 3600.0)
    monkeypatch.setattr("parley.node.disk.QUICK_S", float("inf"))  # nothing goes to the writing thread

    async def look() -> None:
        async with running_cell(tmp_path, count=1) as cell:
            node, home = cell.nodes[0], cell.cell.home(0)
            reference = await cell.say(0, "message", {"text": "Durable, and not in a table yet."})
            assert node.store.deferred_count()
            place = node.mechanism.place(reference)
            assert place is not None
            tables = open_store(home.database(home.settings()), grow=False)
            assert not tables.entries(place.log, 0, place.seq, 1), "the test looks at nothing"
            tables.close()
            with durable_record(home) as record:
                (entry,) = record.entries(place.log, 0, place.seq, 1)
                (head,) = (head for head in record.heads() if head.log == place.log)
                assert head.size == place.seq + 1
                assert head.root == entry.root == root_of(record.leaves(place.log, 0, 0, head.size))
                assert record.directory_places() == node.store.directory_places()
                node.store.settle()
                later = node.mechanism.place(await cell.say(0, "message", {"text": "After the look."}))
                node.store.settle()
                assert later is not None
                rows = record.entries(place.log, 0, 0, later.seq + 1)
                assert [row.seq for row in rows] == list(range(later.seq + 1))
            assert node.store.find_statement(entry.digest or b"") == place
            assert not node.stopped.done()

    asyncio.run(look())
