"""What of a running node bears on a sheet.

Views are made on the event loop's thread, a slice at a time: whatever comes meanwhile is not kept waiting. How much of each log
is taken is noted *first*, so that what comes in the middle is told as having come since, and is in no case lost.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace

from parley.desks.line import STOP
from parley.desks.watch import CALL, HANDOVER, PAPER, ROSTER, TAKEN_OVER
from parley.node.cases.case_views import CaseView, CaseViewer, plain_content
from parley.node.private import PrivateStore
from parley.node.runtime import Node
from parley.node.sheets.canon import sheet_bytes
from parley.node.sheets.making import Scene, is_ahead, said_in, since_sheet, times_in
from parley.node.sheets.views import DAY_MS, MAX_ROWS, ClockRow, HandoverSheet, LogHead, SaidView, SinceSheet
from parley.procedure import handling
from parley.procedure.clocks import ACKNOWLEDGE
from parley.procedure.declare import Kind
from parley.procedure.fields import Field
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.record.ids import Seq, sha256
from parley.record.order import OrderKey
from parley.record.rows import Place
from parley.record.statement import Precedence

SLICE_S = 0.004
PAGE = 100
MAX_OPEN = 5_000
"""Open cases of a desk that are looked at, the latest moved first."""
MAX_OVER = 200
MAX_SINCE = 5_000
"""Entries of a log that are looked at for what came since a sheet, the last ones."""
UNTOLD = frozenset({handling.SHOWN.name, handling.ACKNOWLEDGE.name, handling.PASSED_ON.name})
"""Ladder acts: how far a statement has got is told with it."""


class Gathering:
    """Reads one node, and what is private there."""

    def __init__(self, node: Node, private: PrivateStore) -> None:
        self._node = node
        self._private = private
        self._viewer = CaseViewer(node.core, node.casework)
        self._yielded = 0.0

    def now_ms(self) -> int:
        """The time by this node's clock."""
        return self._node.now_ms()

    async def for_handover(self) -> Scene:
        """What bears on a handover sheet."""
        return await self._scene(self._node.now_ms(), self.watch_since())

    async def for_continuity(self) -> Scene:
        """What bears on a continuity sheet: with contacts, and what was said in the last day."""
        now = self._node.now_ms()
        scene = await self._scene(now, now - DAY_MS)
        contacts = await asyncio.to_thread(self._private.contacts.all)
        return replace(scene, contacts=contacts, traffic=await self._traffic(now - DAY_MS))

    def kinds(self) -> dict[str, Kind]:
        """Every kind that is declared here, by its name."""
        desks = self._node.casework.cases.desks
        return {kind.name: kind for kind in (*desks.handling, *(one for desk in desks.desks for one in desk.kinds))}

    def watch_since(self) -> int:
        """Since when the present watch of this member is told of: since it was taken over, else for a day."""
        node, now = self._node, self._node.now_ms()
        standing = node.casework.rota.standing(node.me, now)
        if standing is None or standing.handover is None:
            return now - DAY_MS
        entered = node.casework.cases.case(standing.handover).entered_at((TAKEN_OVER,))
        return entered.act.at_ms if entered is not None else now - DAY_MS

    def zone(self) -> str:
        """This member's own time zone, as its roster says; UTC without one."""
        node = self._node
        case = node.casework.cases.latest_of(ROSTER.name, node.mechanism.current_log(node.me))
        match case.opening.content if case is not None else None:
            case {"roster": {"zone": str() as zone}} if case is not None and case.opening.void is None:
                return zone
        return "UTC"

    async def since(self, sheet: HandoverSheet) -> SinceSheet:
        """What came after a sheet, but for the handover itself that offers it."""
        digest = sha256(sheet_bytes(sheet)).hex()
        found: list[SaidView] = []
        left_out = 0
        for log in self._node.casework.cases.logs():
            first = sheet.heads.get(self._node.mechanism.log_name(log), 0)
            upto = self._node.casework.cases.progress(log)
            left_out += max(0, upto - MAX_SINCE - first)
            for seq in range(max(first, upto - MAX_SINCE), upto):
                said = self._said(Place(log, 0, Seq(seq)))
                if said is None or (
                    said.kind == HANDOVER.name and said.content and said.content.get("sheet") == digest
                ):
                    pass
                elif len(found) < MAX_ROWS:
                    found.append(said)
                else:
                    left_out += 1
                await self._breathe()
        entries = await asyncio.to_thread(self._private.log.since, 0, sheet.log_upto)
        return since_sheet(max(sheet.made_ms, self._node.now_ms()), found, entries, left_out)

    # ---- inside ------------------------------------------------------------------------------------------------

    async def _scene(self, now: int, since_ms: int) -> Scene:
        node, mechanism = self._node, self._node.mechanism
        last = await asyncio.to_thread(self._private.log.page, limit=1)
        entries = await asyncio.to_thread(self._private.log.since, since_ms)
        orders = await asyncio.to_thread(self._private.orders.all)
        heads = self._heads()
        fields = {name: kind.fields for name, kind in self.kinds().items()}
        cases = [view async for view in self._cases(now, since_ms, fields)]
        return Scene(
            mechanism.digest.hex(), mechanism.name, mechanism.banner, mechanism.code(node.me), self.zone(), now, since_ms, fields,
            self._clocks(now), cases, self._viewer.silence(), self._viewer.watches(), orders, heads, entries,
            last[0].number if last else 0,
        )  # fmt: skip

    def _heads(self) -> list[LogHead]:
        status, cases = self._node.status(), self._node.casework.cases
        taken = {self._node.mechanism.log_name(log): cases.progress(log) for log in cases.logs()}
        return [LogHead(one.code, one.size, one.root, taken.get(one.code, 0)) for one in status.logs]

    def _clocks(self, now: int) -> list[ClockRow]:
        return [
            ClockRow(view, now >= view.due_ms, self._next(view.case, view.name, view.member))
            for view in self._viewer.running()
        ]

    def _next(self, case: str, name: str, member: str) -> list[str]:
        if name == ACKNOWLEDGE:
            return [handling.ACKNOWLEDGE.name]
        fold, ordinal = self._node.casework.cases.case(case), self._node.mechanism.ordinal(member)
        if fold.procedure is None or ordinal is None:
            return []
        moves = (row for row in fold.procedure.moves if fold.state in row.frm)
        return sorted({row.kind for row in moves if fold.setting.may(row.who, fold.opening, ordinal)})

    async def _cases(self, now: int, since_ms: int, fields: dict[str, tuple[Field, ...]]) -> AsyncIterator[CaseView]:
        """The cases that may bear on it, each once."""
        wanted = _bearing(now, since_ms, fields)
        for desk in self._node.casework.cases.desks.desks:
            for over, most in ((False, MAX_OPEN), (True, MAX_OVER)):
                async for fold in self._folds(desk.name, over=over, most=most):
                    if wanted(fold):
                        yield self._viewer.case(fold)

    async def _folds(self, desk: str, *, over: bool, most: int) -> AsyncIterator[CaseFold]:
        before: tuple[int, int] | None = None
        for _ in range(0, most, PAGE):
            page = self._node.casework.cases.cases(desk, over=over, before=before, limit=PAGE)
            for fold in page:
                yield fold
                await self._breathe()
            if len(page) < PAGE:
                return
            last = page[-1].last
            before = (last.key.clock, last.place.log)

    async def _traffic(self, since_ms: int) -> list[SaidView]:
        """What was said at every desk since then, latest first, the last `MAX_ROWS`."""
        found: list[tuple[OrderKey, SaidView]] = []
        for desk in self._node.casework.cases.desks.desks:
            for fold, item in self._node.casework.cases.feed(desk.name, before=None, limit=MAX_ROWS):
                if item.act.at_ms >= since_ms and item.act.kind not in UNTOLD:
                    found.append((item.act.key, self._told(fold, item)))
                await self._breathe()
        found.sort(key=lambda one: one[0], reverse=True)
        return [said for _, said in found[:MAX_ROWS]]

    def _said(self, place: Place) -> SaidView | None:
        fold = self._node.casework.cases.case_of(place)
        item = next((one for one in fold.items if one.act.place == place), None) if fold is not None else None
        if fold is None or item is None or item.act.kind in UNTOLD:
            return None
        return self._told(fold, item)

    def _told(self, fold: CaseFold, item: Item) -> SaidView:
        title = self._viewer.state_title(fold)
        desk = self._node.casework.cases.desk_of(fold.opening.kind)
        return said_in(self._viewer.item(fold, item), desk, fold.state, title)

    async def _breathe(self) -> None:
        if time.monotonic() - self._yielded > SLICE_S:
            await asyncio.sleep(0)
            self._yielded = time.monotonic()


def _bearing(now: int, since_ms: int, fields: dict[str, tuple[Field, ...]]) -> Callable[[CaseFold], bool]:
    """Whether a case may bear on a sheet."""

    def bears(fold: CaseFold) -> bool:
        opening = fold.opening
        if opening.kind in (CALL.name, PAPER.name):
            return opening.at_ms >= since_ms
        if opening.kind == STOP.name and not fold.is_over:
            return True
        if opening.kind in (ROSTER.name, HANDOVER.name):
            return False
        return any(one.closed is None for one in fold.clarifications) or any(_urgent_or_ahead(fold, now, fields))

    return bears


def _urgent_or_ahead(fold: CaseFold, now: int, fields: dict[str, tuple[Field, ...]]) -> Iterable[bool]:
    for item in fold.items:
        yield item.act.precedence >= Precedence.IMMEDIATE and bool(item.ladders) and fold.awaits(item)
        content = plain_content(item.content) if item.content is not None else {}
        yield any(is_ahead(start, end, now) for _, start, end in times_in(fields.get(item.act.kind, ()), content))
