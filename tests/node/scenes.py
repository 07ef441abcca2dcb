"""A watch with everything in it, at the node of SYR and said in three languages, for tests of sheets. All of it SIMULATION."""

from __future__ import annotations

import time
from dataclasses import dataclass

from parley.node.private import Contact, ContactBody, OrderBody, PrivateStore, StandingOrder
from parley.node.sheets.gather import Gathering
from tests.node.cells import RunningCell

ISR, SYR, USA = 0, 1, 2
HOUR_MS = 3_600_000
ROSTER = {
    "zone": "Asia/Damascus",
    "shifts": [{"position": "duty-1", "days": list(range(7)), "from": 0, "until": 1440, "alternates": ["duty-2"]}],
    "liaison": "liaison",
}
ARABIC = "محاكاة: دورية قرب NORTH-2 عند الساعة 06:30 UTC، ثم تعود (3 مركبات)."
HEBREW = "סימולציה: לעצור את הפעילות ב-NORTH-2 עד 06:30 UTC (שלושה כלי רכב)."


@dataclass
class Watch:
    """References of what was said, and what is private at SYR."""

    private: PrivateStore
    gathering: Gathering
    flash: str
    stop: str
    asked: str
    planned: str
    call: str
    paper: str
    roster: str


async def watch(cell: RunningCell) -> Watch:
    """Play it."""
    now = int(time.time() * 1000)
    roster = await cell.say(SYR, "roster", {"roster": ROSTER})
    flash = await cell.say(ISR, "message", {"text": HEBREW, "lang": "he"}, precedence="FLASH", to=["SYR"])
    area = {"circle": [330_000_000, 361_234_567, 500]}
    stop = await cell.say(
        SYR, "stop", {"area": area, "activity": "fire", "until": now + 2 * HOUR_MS}, precedence="FLASH", to=["ISR"]
    )
    asked = await cell.say(ISR, "message", {"text": "SIMULATION: convoy on road 7.", "lang": "en"}, to=["SYR"])
    await cell.until(lambda: cell.case(SYR, asked) is not None, "the question's statement")
    await cell.say(
        SYR, "clarification", {"stage": "asked", "text": "محاكاة: أي طريق؟", "lang": "ar"}, case=asked, about=[asked]
    )
    planned = await cell.say(
        SYR, "message", {"text": ARABIC, "lang": "ar", "time": now + 3 * HOUR_MS, "place": [325_000_000, 360_000_000]}, to=["ISR"]
    )  # fmt: skip
    call = await cell.say(
        SYR,
        "call",
        {"with": "duty-1", "time": now - HOUR_MS, "text": "SIMULATION: read aloud.", "lang": "en"},
        to=["ISR"],
    )
    paper = await cell.say(
        SYR, "paper", {"time": now - 2 * HOUR_MS, "text": "SIMULATION: passed by radio.", "lang": "en"}, to=["ISR"]
    )
    await cell.until(
        lambda: all(cell.case(SYR, one) for one in (flash, stop, planned, call, paper)), "everything at SYR"
    )
    private = PrivateStore(None)
    private.log.add(now, "duty-1", "محاكاة: الخط ضعيف منذ 02:00 UTC.", "ar", [flash], None)
    private.log.add(now, "duty-1", "SIMULATION: since 03:00 UTC.", "en", [], 1)
    private.contacts.add(
        Contact("a", 1, "duty-1", now, ContactBody("SIMULATION: A. Example", "liaison", "ISR", ["+00 00 0000 001"],
                                                   ["he", "en"], "24 h", "SIMULATION: ask for the desk", "en"))
    )  # fmt: skip
    private.orders.add(
        StandingOrder("a", 1, "head-1", now, OrderBody("محاكاة: يُبلّغ القائد عن كل خاطف.", "ar", None, None, "head-1"))
    )
    return Watch(
        private, Gathering(cell.nodes[SYR], private), flash, stop, asked, planned, call, paper, roster
    )  # fmt: skip
