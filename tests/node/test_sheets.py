"""Sheets say what the watch must know, are frozen under a digest, and tell what has come since."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from parley.errors import BadInput
from parley.node.cases.case_views import CaseView, CaseViewer
from parley.node.sheets.canon import sheet_bytes, sheet_fields
from parley.node.sheets.gather import Gathering
from parley.node.sheets.making import Scene, handover_sheet, is_ahead, situation, times_in
from parley.node.sheets.views import AHEAD_MS, MAX_ROWS, HandoverSheet
from parley.procedure.fields import Field, FieldKind
from parley.procedure.words import words
from tests.node.cells import RunningCell, running_cell
from tests.node.scenes import ISR, SYR, Watch, watch

Play = Callable[[Callable[[RunningCell, Watch], Awaitable[None]]], None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    def play(test: Callable[[RunningCell, Watch], Awaitable[None]]) -> None:
        async def main() -> None:
            async with running_cell(tmp_path) as cell:
                await test(cell, await watch(cell))

        asyncio.run(main())

    return play


async def made(of: Watch) -> HandoverSheet:
    return handover_sheet(await of.gathering.for_handover(), "duty-1", "duty-2")


def test_a_sheet_says_what_the_next_watch_must_know(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        sheet = await made(of)
        now = sheet.situation
        assert (sheet.member, sheet.by, sheet.to, sheet.banner is not None) == ("SYR", "duty-1", "duty-2", True)
        assert {(row.clock.about, row.clock.member, tuple(row.next)) for row in now.clocks} >= {
            (of.flash, "SYR", ("acknowledge",)),
            (of.stop, "ISR", ("acknowledge",)),
        }
        assert [row.clock.due_ms for row in now.clocks] == sorted(row.clock.due_ms for row in now.clocks)
        (stop,) = now.stops
        assert (stop.said.reference, stop.ladders[0].member) == (of.stop, "ISR")
        assert stop.until_ms == stop.said.content["until"]
        (asked,) = now.clarifications
        assert (asked.said.reference, asked.asker) == (of.asked, "SYR")
        assert [(one.reference, one.waits_for) for one in now.unread] == [(of.flash, ["SYR"]), (of.stop, ["ISR"])]
        assert [(row.said.reference, row.field) for row in now.ahead] == [(of.stop, "until"), (of.planned, "time")]
        assert [one.code for one in now.silence] == ["ISR", "USA"]
        assert all(one.evidence for one in now.silence)
        assert [(one.member, one.position, one.roster) for one in now.watches] == [("SYR", "duty-1", of.roster)]
        assert [one.body.given_by for one in now.orders] == ["head-1"]
        assert [one.number for one in sheet.log] == [1, 2]
        assert [one.reference for one in sheet.calls] == [of.call]
        assert [one.reference for one in sheet.papers] == [of.paper]

    play(test)


def test_a_flash_that_comes_after_a_sheet_is_told_as_come_since_and_is_not_lost(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        before = await made(of)
        assert (await of.gathering.since(before)).said == []
        during = await cell.say(
            ISR, "message", {"text": "SIMULATION: during", "lang": "en"}, precedence="FLASH", to=["SYR"]
        )
        of.private.log.add(9, "duty-1", "SIMULATION: during", "en", [during], None)
        await cell.until(lambda: cell.case(SYR, during) is not None, "the FLASH")
        since = await of.gathering.since(before)
        assert ([one.reference for one in since.said], [one.number for one in since.log]) == ([during], [3])
        assert since.said[0].waits_for == ["SYR"]
        after = await made(of)
        assert during in [one.reference for one in after.situation.unread]
        assert (await of.gathering.since(after)).said == []

    play(test)


def test_what_comes_while_a_sheet_is_made_is_in_it_or_has_come_since(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        said: list[str] = []

        async def interrupted(self: Gathering) -> None:
            if len(said) < 2:
                said.append("")
                said[-1] = await cell.say(SYR, "paper", {"time": 1, "text": "SIMULATION", "lang": "en"}, to=["ISR"])
                await cell.until(lambda: cell.case(SYR, said[-1]) is not None, "it is in its case")

        monkeypatch.setattr(Gathering, "_breathe", interrupted)
        sheet = await made(of)
        monkeypatch.undo()
        since = await of.gathering.since(sheet)
        assert len(said) == 2
        assert {one.reference for one in since.said} >= set(said)

    play(test)


def test_the_bytes_of_a_sheet_are_canonical_and_read_back_whole(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        sheet = await made(of)
        raw = sheet_bytes(sheet)
        assert sheet_fields(raw) == plain(asdict(sheet))
        assert sheet_bytes(replace(sheet)) == raw
        other = replace(sheet, to="duty-3")
        assert hashlib.sha256(sheet_bytes(other)).digest() != hashlib.sha256(raw).digest()
        kept = of.private.sheets.keep(raw, sheet.made_ms, "duty-1", "duty-2")
        assert kept.digest == hashlib.sha256(raw).hexdigest()
        with pytest.raises(BadInput):
            sheet_fields(raw[:-1])

    play(test)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def test_a_watch_that_was_taken_over_is_told_of_since_then(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        now = cell.nodes[SYR].now_ms()
        assert now - of.gathering.watch_since() >= 24 * 3_600_000 - 1
        handover = await cell.say(SYR, "handover", {"to": "duty-1", "sheet": "a" * 64})
        await cell.say(SYR, "take-over", {"sheet": "a" * 64}, case=handover)
        await cell.until(lambda: cell.case(SYR, handover).state == "taken-over", "it is taken over")
        assert of.gathering.watch_since() == cell.case(SYR, handover).entered[-1].act.at_ms
        sheet = await made(of)
        assert (sheet.calls, sheet.papers) == ([], [])

    play(test)


# ---- the pure part, for kinds that are not declared yet ------------------------------------------------------------

WINDOW = Field("while", FieldKind.LABEL, words("While", "خلال", "בזמן"))
AT = Field("at", FieldKind.INSTANT, words("At", "في", "בשעה"))
NOW = 1_790_000_000_000


@pytest.mark.parametrize(
    ("start", "end", "ahead"),
    [
        (NOW - 1, None, False), (NOW + 1, None, True), (NOW + AHEAD_MS, None, True), (NOW + AHEAD_MS + 1, None, False),
        (NOW - 9, NOW - 1, False), (NOW - 9, NOW + 1, True), (NOW + AHEAD_MS, NOW + 2 * AHEAD_MS, True),
        (NOW + AHEAD_MS + 1, NOW + 2 * AHEAD_MS, False),
    ],
)  # fmt: skip
def test_what_is_ahead_touches_the_next_twelve_hours(start: int, end: int | None, ahead: bool) -> None:
    assert is_ahead(start, end, NOW) is ahead


def test_a_window_is_a_window_whatever_its_field_is_declared_as() -> None:
    found = list(times_in((WINDOW, AT), {"while": {"from": NOW, "until": NOW + 5}, "at": NOW + 7, "other": NOW}))
    assert [(one.name, start, end) for one, start, end in found] == [("while", NOW, NOW + 5), ("at", NOW + 7, None)]


def test_every_volume_of_a_notice_is_a_window() -> None:
    volumes = [{"area": {}, "start": NOW, "end": NOW + 5}, {"area": {}, "start": NOW + 7, "end": NOW + 9}]
    field = Field("volumes", FieldKind.VOLUMES, words("Where and when", "أين ومتى", "היכן ומתי"))
    assert [(start, end) for _, start, end in times_in((field,), {"volumes": volumes})] == [
        (NOW, NOW + 5),
        (NOW + 7, NOW + 9),
    ]


def test_a_kind_of_a_desk_that_comes_later_is_ahead_without_a_line_of_its_own(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        viewer = CaseViewer(cell.nodes[SYR].core, cell.nodes[SYR].casework)
        case = viewer.case(cell.case(SYR, of.asked))
        notice = replace(case.items[0], kind="notice", content={"while": {"from": NOW + 5, "until": NOW + 9}})
        scene = scene_of([replace(case, kind="notice", items=[notice])], {"notice": (WINDOW,)})
        assert [(row.said.kind, row.from_ms, row.until_ms) for row in situation(scene).ahead] == [
            ("notice", NOW + 5, NOW + 9)
        ]
        void = replace(notice, because=object())
        assert situation(replace(scene, cases=[replace(case, items=[void])])).ahead == []

    play(test)


def test_a_list_that_is_too_long_says_how_much_it_leaves_out(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        row = (await of.gathering.for_handover()).clocks[0]
        told = situation(replace(scene_of([], {}), clocks=[row] * (MAX_ROWS + 7)))
        assert (len(told.clocks), told.left_out) == (MAX_ROWS, {"clocks": 7})

    play(test)


def scene_of(cases: list[CaseView], fields: dict[str, tuple[Field, ...]]) -> Scene:
    return Scene("00", "SIMULATION", None, "SYR", "UTC", NOW, NOW, fields, [], cases, [], [], [], [])


def test_a_sheet_of_a_long_night_is_read_back(play: Play) -> None:
    async def test(cell: RunningCell, of: Watch) -> None:
        sheet = await made(of)
        assert sheet.log
        long = replace(sheet, log=[replace(sheet.log[0], text="SIMULATION " * 100) for _ in range(MAX_ROWS)])
        raw = sheet_bytes(long)
        assert len(raw) > 300_000
        assert len(sheet_fields(raw)["log"]) == MAX_ROWS

    play(test)
