"""Catch-up of a node that was away, against the single-thread rate of raw Ed25519 verification on the same machine.

Node 0's store is built beforehand and holds the statements of its officer; node 0 and node 1 then run as two
processes, with lines over TLS on loopback. The clock starts when node 1's line is open. *Held*: node 1's own log
names all of them in receipts, and its store, asked over a connection of the bench's own, says so: durable. *Folded*:
every signature is verified and judged. Node 1 reads its own store to tell; its report is checked for voids.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bench.cell import Cell, found_cell, open_cell
from bench.corpus import Builder, Signers, founded
from bench.place import bench_folder
from bench.rows import Row
from parley.crypto.keys import SigningKey
from parley.node.loop import run as run_loop
from parley.node.runtime import Node
from parley.record.ids import MemberOrdinal, log_id
from parley.record.statement import parse_statement

STATEMENTS = 100_000
AUTHOR, AWAY = 0, 1
BATCH = 64
FIRST = 1
"""Entry 0 of a log carries no statement, and so gets no receipt."""
POLL_S = 0.02
LIMIT_S = 300.0
VERIFIED = 8_000


class Built(NamedTuple):
    """The author's log, and one statement of it to verify bare: its signature, what that is over, and the key."""

    size: int
    signature: bytes
    message: bytes
    key: SigningKey


class Times(NamedTuple):
    """Seconds from the open line; `voids` must be 0."""

    held: float
    folded: float
    voids: int


def measure(statements: int = STATEMENTS) -> list[Row]:
    """The rows `catchup_held` and `catchup_folded`, in statements/s."""
    with bench_folder() as folder:
        cell = found_cell(folder / "cell")
        run_loop(founded(cell, [AUTHOR]))
        built = build(cell, statements)
        run_loop(founded(cell, [AWAY]))
        before = verify_rate(built)
        times = run(cell, built.size)
        after = verify_rate(built)
    if times.voids:
        raise RuntimeError(f"{times.voids} statements were found void")
    raw = 2 / (1 / before + 1 / after)
    how = (
        f"{statements} statements of one officer, from the open line until the other process (TLS on loopback, SQLite "
        f"FULL) {{}}: {{:.1f}} s; raw rate {before:.0f}/s before and {after:.0f}/s after"
    )
    of = "raw Ed25519 verification, one thread"
    return [
        Row.against(
            "catchup_held", statements / times.held, "statements/s", raw, of,
            how.format("holds and has receipted all, durably", times.held), "at least 1.0x",
        ),
        Row.against(
            "catchup_folded", statements / times.folded, "statements/s", raw, of,
            how.format("has verified and folded all", times.folded), "at least 0.5x",
        ),
    ]  # fmt: skip


def build(cell: Cell, statements: int) -> Built:
    """Fill the author's store."""
    builder = Builder(cell, AUTHOR)
    with Signers(cell) as signers:
        for first in range(0, statements, BATCH):
            said = signers.take(AUTHOR, min(BATCH, statements - first))
            builder.say(AUTHOR, said)
    size = builder.size(AUTHOR)
    builder.close()
    sign1 = parse_statement(said[-1].raw).sign1
    return Built(size, sign1.signature, sign1.to_be_signed, cell.officers[AUTHOR])


def verify_rate(built: Built) -> float:
    """Verifications a second, one after another on this thread, by the library alone."""
    public = Ed25519PublicKey.from_public_bytes(built.key.verify_key.raw)
    for _ in range(VERIFIED // 10):
        public.verify(built.signature, built.message)
    begin = time.perf_counter()
    for _ in range(VERIFIED):
        public.verify(built.signature, built.message)
    return VERIFIED / (time.perf_counter() - begin)


def run(cell: Cell, size: int) -> Times:
    """Start both nodes; what node 1 measured until it was done with the author's log of `size`."""
    with _process(_serve, cell.root) as author:
        author.recv()
        with _process(_catch_up, cell.root, size) as away:
            answer = away.recv()
    if not isinstance(answer, Times):
        raise TimeoutError(answer)
    return answer


@contextmanager
def _process(target: object, *arguments: object) -> Iterator[Connection]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=target, args=(*arguments, there))  # type: ignore[arg-type]
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join(10)
        process.kill()


def _serve(root: Path, line: Connection) -> None:
    run_loop(_serve_until_closed(open_cell(root), line))


async def _serve_until_closed(cell: Cell, line: Connection) -> None:
    node = Node(cell.home(AUTHOR), cell.secrets[AUTHOR])
    await node.start()
    line.send("up")
    while not await asyncio.to_thread(line.poll, 0.2):
        pass
    await node.stop()


class _AwayNode(Node):
    """A node that notes when its first line opened."""

    opened = 0.0

    def greeted(self, peer: MemberOrdinal) -> None:
        """See `Node.greeted`."""
        self.opened = self.opened or time.perf_counter()
        super().greeted(peer)


def _catch_up(root: Path, size: int, line: Connection) -> None:
    line.send(run_loop(_measure_catch_up(open_cell(root), size)))


async def _measure_catch_up(cell: Cell, size: int) -> Times | str:
    node = _AwayNode(cell.home(AWAY), cell.secrets[AWAY])
    deadline = time.monotonic() + LIMIT_S
    held = folded = 0.0
    await node.start()
    try:
        while not (held and folded):
            await asyncio.sleep(POLL_S)
            now = time.perf_counter()
            if not held and receipted(node) >= size:
                held = now
            if held and node.core.folding.caught_up():
                folded = now
            if time.monotonic() > deadline:
                return f"after {LIMIT_S:.0f} s {receipted(node)} of {size} entries were receipted"
        return Times(held - node.opened, folded - node.opened, len(node.store.voids(log_id(AUTHOR), 0, 0, size)))
    finally:
        await node.stop()


def receipted(node: Node) -> int:
    """Up to where node 1's own durable receipts name the author's statements without a gap."""
    upto = 0
    for row in node.store.receipts_for(log_id(AUTHOR), 0, 1 << 40):
        if row.holder == AWAY and row.first <= max(upto, FIRST):
            upto = max(upto, row.first + row.count)
    return upto
