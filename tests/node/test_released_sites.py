"""A protected site is released to whom its member chooses: they see it, read it back and are on record as having looked; others do not."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from parley.node.cases.conflict_views import ConflictViewer
from parley.procedure.ladder import Rung
from tests.node.cells import running_cell

ISR, SYR, USA = range(3)
HOUR_MS = 3_600_000


def test_only_those_it_is_released_to_see_it_and_who_looked_is_told(tmp_path: Path) -> None:
    async def main() -> None:
        async with running_cell(tmp_path) as cell:
            start = int(time.time() * 1000) + HOUR_MS
            volume = {"area": {"circle": [330_000_000, 360_000_000, 500]}, "start": start, "end": start + HOUR_MS}
            content = {
                "zone": "protected-site",
                "volumes": [volume],
                "members": ["USA"],
                "terms": "SIMULATION",
                "lang": "en",
            }
            site = await cell.say(ISR, "zone", content, channel="sites", to=["USA"], mandate="release")
            await cell.until(lambda: cell.case(USA, site).opening.content is not None, "released to USA")
            await cell.say(USA, "shown", case=site, about=[site], channel="sites", to=["ISR"])
            await cell.say(
                USA, "respond", {"answer": "confirmed"}, case=site, about=[site], channel="sites", to=["ISR"]
            )
            await cell.until(lambda: cell.case(ISR, site).state == "in-force", "in force")
            (ladder,) = cell.case(ISR, site).items[0].ladders.values()
            assert ladder.marks[Rung.SHOWN].position == "duty-1", "who registered it is told who has looked"
            last = await cell.say(ISR, "message", {"text": "SIMULATION", "lang": "en"})
            await cell.until(lambda: cell.case(SYR, last) is not None, "SYR has all that came before")
            stands = {
                n: {
                    one.reference
                    for one in ConflictViewer(cell.nodes[n].core, cell.nodes[n].casework).situation().items
                }
                for n in (ISR, SYR, USA)
            }
            assert stands == {ISR: {site}, SYR: set(), USA: {site}}
            fold = cell.case(SYR, site)
            assert all(item.content is None and item.act.content is None for item in fold.items)

    asyncio.run(main())
