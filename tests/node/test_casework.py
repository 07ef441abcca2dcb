"""What the desks of running nodes show each other."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from parley.cli.speaking import Speaker, speak
from parley.errors import Refused
from parley.node.cases.case_views import CaseView, CaseViewer
from parley.node.cases.cases import Cases
from parley.node.cases.casework import CaseMoved, RingsChanged
from parley.node.cases.watch import Stage
from parley.record.content import decode_content
from parley.record.statement import parse_statement
from parley.store.case_index import CaseIndex
from tests.node.cells import RunningCell, running_cell

TEXT = {"text": "SIMULATION", "lang": "en"}
Play = Callable[[Callable[[RunningCell], Awaitable[None]]], None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    def play(test: Callable[[RunningCell], Awaitable[None]]) -> None:
        async def main() -> None:
            async with running_cell(tmp_path) as cell:
                await test(cell)

        asyncio.run(main())

    return play


def test_what_one_officer_says_is_a_case_at_every_node(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        reference = await cell.say(0, "message", TEXT, precedence="FLASH", to=["SYR"])
        await cell.until(lambda: all(cell.case(n, reference).state == "sent" for n in range(3)), "the case everywhere")
        await cell.say(1, "acknowledge", case=reference, about=[reference])
        await cell.until(lambda: all(cell.case(n, reference).state == "acknowledged" for n in range(3)), "acknowledged")

        def views() -> list[CaseView]:
            return [
                CaseViewer(node.core, node.casework).case(cell.case(n, reference)) for n, node in enumerate(cell.nodes)
            ]

        await cell.until(
            lambda: all(view.items == views()[0].items for view in views()), "the same receipts everywhere"
        )
        assert views()[0].items[0].ladders[0].acknowledged

    play(test)


def test_a_flash_rings_at_its_addressee_until_it_is_acknowledged_and_nowhere_else(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        reference = await cell.say(0, "message", TEXT, precedence="FLASH", to=["SYR"])
        await cell.until(lambda: bool(cell.nodes[1].casework.rings()), "a ring")
        [ring] = cell.nodes[1].casework.rings()
        assert (ring.reference, ring.stage, ring.whose) == (reference, Stage.FIRST, "SYR")
        await cell.say(1, "acknowledge", case=reference, about=[reference])
        await cell.until(lambda: not cell.nodes[1].casework.rings(), "the ring ends")
        assert not cell.nodes[0].casework.rings()
        assert not cell.nodes[2].casework.rings()

    play(test)


def test_events_tell_of_cases_and_rings(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        events = cell.nodes[1].listen()
        reference = await cell.say(0, "message", TEXT, precedence="FLASH", to=["SYR"])
        seen: list[object] = []
        async with asyncio.timeout(10):
            while not any(isinstance(one, RingsChanged) for one in seen):
                seen.append(await events.get())
        moved = next(one for one in seen if isinstance(one, CaseMoved))
        assert moved.case.opening.reference == reference

    play(test)


def test_a_restarted_node_finds_its_cases_and_what_rings(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        reference = await cell.say(0, "message", TEXT, precedence="FLASH", to=["SYR"])
        await cell.until(lambda: bool(cell.nodes[1].casework.rings()), "a ring")
        await cell.nodes[1].stop()
        node = cell.nodes[1] = type(cell.nodes[1])(cell.cell.home(1), cell.cell.secrets[1])
        await node.start()
        await cell.until(lambda: bool(node.casework.rings()), "the ring is back")
        assert node.casework.rings()[0].reference == reference

    play(test)


def test_an_index_made_anew_from_the_logs_shows_the_same_cases(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        first = await cell.say(0, "message", TEXT)
        await cell.until(lambda: cell.case(1, first).state == "sent", "the case")
        await cell.say(1, "answer", TEXT, case=first)
        second = await cell.say(1, "message", TEXT)
        await cell.until(lambda: cell.case(0, first).state == "answered" and bool(cell.case(0, second)), "both cases")
        node = cell.nodes[0]
        anew = Cases(
            node.mechanism, node.store, CaseIndex(None), node.casework.cases.desks, voids_in=node.core.voids_in,
            fork_base=node.core.fork_base, latest=dict, changed=lambda *_: None,
        )  # fmt: skip
        for log in reversed(node.core.record.logs()):
            while anew.take(log, node.core.record.size(log)):
                pass
        for reference in (first, second):
            assert [(item.act, item.because) for item in anew.case(reference).items] == [
                (item.act, item.because) for item in cell.case(0, reference).items
            ]

    play(test)


def test_what_answers_a_statement_that_is_held_but_in_no_case_yet_is_let_through(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        reference = await cell.say(0, "message", TEXT)
        await cell.until(lambda: cell.case(1, reference).state == "sent", "the case")
        node = cell.nodes[1]
        behind = Cases(
            node.mechanism, node.store, CaseIndex(None), node.casework.cases.desks, voids_in=node.core.voids_in,
            fork_base=node.core.fork_base, latest=dict, changed=lambda *_: None,
        )  # fmt: skip
        log, size = node.core.log, node.core.record.size(node.core.log)
        statement, raw = signed(cell, 1, "answer", TEXT, reference)
        behind.rehearse(log, size, parse_statement(statement), decode_content(raw), node.now_ms())
        statement, raw = signed(cell, 1, "answer", TEXT, f"{reference}9")
        with pytest.raises(Refused) as refused:
            behind.rehearse(log, size, parse_statement(statement), decode_content(raw), node.now_ms())
        assert refused.value.code == "case.unknown"

    play(test)


def test_what_the_fold_would_find_void_is_refused_at_the_door(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        reference = await cell.say(0, "message", TEXT)
        await cell.until(lambda: cell.case(0, reference).state == "sent", "the case")
        node = cell.nodes[0]
        for kind, content, code in (("close", {"lang": 3}, "content.field"), ("lift", {}, "move.no-place")):
            statement, raw = signed(cell, 0, kind, content, reference)
            with pytest.raises(Refused) as refused:
                node.rehearse(parse_statement(statement), decode_content(raw))
            assert refused.value.code == code
        statement, raw = signed(cell, 0, "close", {}, reference)
        node.rehearse(parse_statement(statement), decode_content(raw))
        assert cell.case(0, reference).state == "sent", "a rehearsal changes nothing"

    play(test)


def signed(cell: RunningCell, n: int, kind: str, content: dict[str, Any], case: str) -> tuple[bytes, bytes]:
    speaker = Speaker(cell.cell.charter.members[n].code, "duty-1", cell.cell.officers[n])
    return speak(
        cell.cell.charter, speaker, kind, content, now_s=int(time.time()), random=os.urandom, channel="line", case=case
    )


def test_silence_is_told_with_its_evidence(play: Play) -> None:
    async def test(cell: RunningCell) -> None:
        assert {one.standing for one in cell.nodes[0].casework.silence()} == {"reachable"}
        await cell.nodes[1].stop()
        await cell.until(lambda: cell.nodes[0].casework.silence()[0].standing == "unreachable", "the line is down")
        await cell.until(lambda: cell.nodes[0].casework.silence()[0].cause == "node", "the facilitator's word")
        [syr, _] = cell.nodes[0].casework.silence()
        assert [one.code for one in syr.evidence][-1] == "other.reaches-not"
        assert syr.evidence[-1].by == "USA"
        cell.nodes[0].cut("USA")
        await cell.until(lambda: {one.cause for one in cell.nodes[0].casework.silence()} == {"unknown"}, "alone")

    play(test)
