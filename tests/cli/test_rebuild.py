"""The index of cases follows from the logs: made anew it is the same, and where it lies it is found out."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from parley.cli import main
from parley.node.home.home import Home
from parley.procedure.search.matter import Matter, Passage
from parley.store.case_index import CaseIndex
from parley.store.search_index import SearchIndex
from tests.node.cells import running_cell

TEXT = {"text": "SIMULATION", "lang": "en"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A stopped node with two cases."""

    async def play() -> Home:
        async with running_cell(tmp_path) as cell:
            first = await cell.say(0, "message", TEXT)
            await cell.say(1, "message", TEXT)
            await cell.until(lambda: cell.case(1, first).state == "sent", "the case")
            await cell.say(1, "answer", TEXT, case=first)
            await cell.until(lambda: cell.case(0, first).state == "answered", "the answer")
            return cell.nodes[0].home

    return asyncio.run(play())


def run(home: Home, *arguments: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(main, ["rebuild", "--home", str(home.path), "--json", *arguments])
    return result.exit_code, json.loads(result.stdout)


def rows(home: Home) -> list[tuple[object, ...]]:
    index = CaseIndex(home.case_index_file)
    found = [tuple(row) for row in index.all_cases()]
    index.close()
    return sorted(found, key=str)


def test_what_is_made_anew_is_what_was_there(home: Home) -> None:
    before = rows(home)
    assert len(before) == 2
    code, told = run(home, "--check")
    assert (code, told["cases"], told["differing"]) == (0, 2, [])
    home.case_index_file.unlink()
    home.search_index_file.unlink()
    assert run(home) == (0, told)
    assert run(home, "--check") == (0, told)
    index = SearchIndex(home.search_index_file)
    assert sum(one.kind in ("message", "answer") for one in index.everything()) == 3
    assert len(list(index.everything())) == told["statements"]
    index.close()
    assert rows(home) == before


def test_an_index_that_lies_is_found_out_and_mended(home: Home) -> None:
    index = CaseIndex(home.case_index_file)
    [answered, *_] = [row for row in index.all_cases() if row.state == "answered"]
    index.write([], [], [], [answered._replace(state="closed", over=True)])
    index.close()
    code, told = run(home, "--check")
    assert code == 6
    assert told["differing"] == ["log 0 entry 4: the index says message closed, the logs message answered"]
    assert run(home)[0] == 0
    assert run(home, "--check")[0] == 0


def test_a_search_index_that_lies_is_found_out_and_mended(home: Home) -> None:
    assert run(home)[0] == 0
    index = SearchIndex(home.search_index_file)
    said = next(one for one in index.everything() if one.kind == "message")
    index.write([said._replace(matter=Matter((Passage("text", "en", "SIMULATION: not what was said"),)))], [], [])
    index.close()
    code, told = run(home, "--check")
    assert code == 6
    assert [line.partition(":")[2] for line in told["differing"]] == [" the search index says otherwise than the logs"]
    assert run(home)[0] == 0
    assert run(home, "--check")[0] == 0


def test_beside_a_running_node_nothing_is_made_anew(tmp_path: Path) -> None:
    async def play() -> None:
        async with running_cell(tmp_path, count=2) as cell:
            home = cell.nodes[0].home
            result = await asyncio.to_thread(CliRunner().invoke, main, ["rebuild", "--home", str(home.path)])
            assert result.exit_code == 6
            assert "highwater.in-use" in result.output

    asyncio.run(play())
