"""Real nodes on loopback in this process, with one officer each, for tests of what happens between them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench.cell import Cell, found_cell
from parley.cli.speaking import Speaker, speak
from parley.node.runtime import Node
from parley.procedure.fold import CaseFold
from parley.procedure.registry import Desks

WAIT_S = 60.0


class RunningCell:
    """Nodes by ordinal."""

    def __init__(self, cell: Cell, nodes: list[Node]) -> None:
        self.cell = cell
        self.nodes = nodes

    async def say(self, n: int, kind: str, content: Mapping[str, Any] | None = None, *, case: str | None = None,
                  about: Sequence[str] = (), to: Sequence[str] | None = None, precedence: str = "ROUTINE",
                  channel: str = "line", mandate: str | None = None) -> str:  # fmt: skip
        """Have the officer of node `n` say something; its reference."""
        node, member = self.nodes[n], self.cell.charter.members[n]
        digests = [self.digest(n, reference) for reference in about]
        statement, raw = speak(
            self.cell.charter, Speaker(member.code, "duty-1", self.cell.officers[n]), kind, content or {}, now_s=int(time.time()),
            random=os.urandom, channel=channel, precedence=precedence, to=to, case=case, mandate=mandate, about=digests,
        )  # fmt: skip
        return node.mechanism.reference(await node.submit(statement, raw))

    def digest(self, n: int, reference: str) -> bytes:
        """The digest of a statement that node `n` holds."""
        place = self.nodes[n].mechanism.place(reference)
        assert place is not None
        digest = self.nodes[n].store.entries(place.log, 0, place.seq, 1)[0].digest
        assert digest is not None
        return digest

    def case(self, n: int, reference: str) -> CaseFold:
        """A case as node `n` has it."""
        return self.nodes[n].casework.cases.case(reference)

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something holds; what it asks of may not be there yet."""
        end = time.monotonic() + WAIT_S
        while True:
            try:
                if is_so():
                    return
            except Exception:
                if time.monotonic() > end:
                    raise
            assert time.monotonic() < end, f"not within {WAIT_S} s: {what}"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running_cell(
    folder: Path, *, desks: Desks | None = None, count: int = 3, prepare: Callable[[Cell], None] = lambda cell: None
) -> AsyncIterator[RunningCell]:
    """The example mechanism with its nodes running and their officers enrolled. `prepare`: what is done to it before they start."""
    cell = found_cell(folder / "cell")
    prepare(cell)
    nodes = [Node(cell.home(n), cell.secrets[n], desks=desks) for n in range(count)]
    running = RunningCell(cell, nodes)
    try:
        for n, node in enumerate(nodes):
            await node.start()
            for statement, content in cell.enrolments(n):
                await node.submit(statement, content)
        await running.until(
            lambda: all(len(node.core.traffic.peers.up()) == count - 1 for node in nodes), "lines between all nodes"
        )
        yield running
    finally:
        for node in nodes:
            await node.stop()
