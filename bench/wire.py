"""Bytes on one peer link, both ways, of one 100-character FLASH with its receipt.

A relay between two real nodes (TLS on loopback) counts TCP payload: TLS records with all their framing, not TCP/IP.
It knows nothing of the nodes' own counters. The line is warm: greeted, directories exchanged, statements gone both
ways. A window opens with the line silent, just before a FLASH is submitted, and closes when the line is silent again
after its receipt. PROBE, ECHO and HEADS go by the clock and not by the statement: windows in which one side's
session wrote any of these are measured again.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from unittest.mock import patch

from bench.cell import Cell, found_cell
from bench.place import bench_folder
from bench.rows import Row
from parley.link.codec import encode_frame
from parley.link.frames import Echo, Frame, Heads, Probe
from parley.node.home.home import format_settings
from parley.node.loop import run
from parley.node.runtime import Node
from parley.record.statement import Precedence
from tests.link.counting_relay import CountingRelay

MESSAGES = 20
WARM_UP = 6
SILENT_S = 0.15
LIMIT_S = 60.0
ASCII = "SIMULATION. Four vehicles of a medical convoy stand at the northern crossing; hold fire until 18:00."
ARABIC = "محاكاة. قافلة طبية من أربع مركبات عند المعبر الشمالي. نرجو وقف إطلاق النار حتى تعبر، وتأكيد الاستلام"
TEXTS = (("flash_bytes_ascii", ASCII, "en", 900), ("flash_bytes_arabic", ARABIC, "ar", 1_000))


@dataclass
class Taken:
    """One window: bytes there and back, and the sizes of the TLS records."""

    there: int
    back: int
    records: list[int] = field(default_factory=list)

    @property
    def whole(self) -> int:
        """Bytes both ways."""
        return self.there + self.back


def measure() -> Iterator[Row]:
    """The rows `flash_bytes_ascii` and `flash_bytes_arabic`."""
    with bench_folder() as folder:
        alone = run(_measure(found_cell(folder / "two"), third=False))
        three = run(_measure(found_cell(folder / "three"), third=True))
    for (name, text, _, target), taken, beside in zip(TEXTS, alone, three, strict=True):
        middle = statistics.median(one.whole for one in taken)
        there, back = (statistics.median(getattr(one, side) for one in taken) for side in ("there", "back"))
        yield Row.against(
            name, middle, "bytes", target, "the most allowed",
            f"median of {len(taken)} ({min(one.whole for one in taken)} to {max(one.whole for one in taken)}), counted by a relay "
            f"as TCP payload: {there:.0f} with the FLASH ({len(text.encode())} bytes of text), {back:.0f} with its receipt; "
            f"windows without PROBE, ECHO and HEADS; the third member's node absent; with it on the line too: "
            f"{statistics.median(one.whole for one in beside):.0f} on this link", f"at most {target}",
        )  # fmt: skip


async def _measure(cell: Cell, *, third: bool) -> list[list[Taken]]:
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(CountingRelay(*cell.home(1).settings().listen))
        clocked = stack.enter_context(_clocked_frames())
        nodes = [
            await stack.enter_async_context(_running(cell, ordinal, relay.port if ordinal == 0 else None))
            for ordinal in (1, 0, *((2,) if third else ()))
        ]
        there, here, *_ = nodes
        async with asyncio.timeout(LIMIT_S):
            while any(len(node.core.traffic.peers.up()) < len(nodes) - 1 for node in nodes):
                await asyncio.sleep(0.05)
            for number in range(WARM_UP):
                for node, ordinal in ((here, 0), (there, 1)):
                    await node.submit(*cell.message(ordinal, f"warm-up {number}", Precedence.FLASH))
                    await _silence(relay)
        await _silence(relay)
        return [
            [await _window(here, cell, relay, clocked, text, lang) for _ in range(MESSAGES)]
            for _, text, lang, _ in TEXTS
        ]


async def _window(node: Node, cell: Cell, relay: CountingRelay, clocked: list[Frame], text: str, lang: str) -> Taken:
    """One FLASH and its receipt, in a window of their own."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            relay.reset()
            clocked.clear()
            place = await node.submit(*cell.message(0, text, Precedence.FLASH, lang))
            await _silence(relay)
            holders = {row.holder for row in node.store.receipts_for(place.log, place.seq, place.seq + 1)}
            if not clocked and 1 in holders:
                return Taken(
                    relay.to_target.total, relay.from_target.total, relay.to_target.records + relay.from_target.records
                )


async def _silence(relay: CountingRelay) -> None:
    """Wait until nothing has passed for a while."""
    before = -1
    while (now := relay.to_target.total + relay.from_target.total) != before:
        before = now
        await asyncio.sleep(SILENT_S)


@asynccontextmanager
async def _running(cell: Cell, ordinal: int, relay_port: int | None) -> AsyncIterator[Node]:
    """A node; of the two measured only the one with a relay calls the other."""
    home = cell.home(ordinal)
    settings = home.settings()
    peers = dict(settings.peers) if ordinal == 2 else {}
    if relay_port is not None:
        peers[cell.charter.members[1].code] = ("127.0.0.1", relay_port)
    home.settings_file.write_text(format_settings(replace(settings, peers=peers)))
    node = Node(home, cell.secrets[ordinal])
    await node.start()
    try:
        for statement, content in cell.enrolments(ordinal):
            await node.submit(statement, content)
        yield node
    finally:
        await node.stop()


@contextmanager
def _clocked_frames() -> Iterator[list[Frame]]:
    """Notes each PROBE, ECHO and HEADS that any session of this process encodes."""
    seen: list[Frame] = []

    def noting(frame: Frame) -> bytes:
        if isinstance(frame, Probe | Echo | Heads):
            seen.append(frame)
        return encode_frame(frame)

    with patch("parley.link.session.encode_frame", noting):
        yield seen
