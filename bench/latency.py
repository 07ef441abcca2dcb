"""Author's confirmed append and the other node's receipt, against its irreducible work done bare.

Both sides of the comparison run as two processes on loopback. *Bare* is what no design can leave out: one TLS 1.3
round trip on blocking sockets, a 1 kB append with fsync at each end, three Ed25519 signatures (officer, author's
head, receiver's head) and four verifications (at the author's door, of the head, of the statement, of the receipt's
head), one after another. *Ours* runs the real nodes: `Node.submit` until the other node's receipt entry is in hand.
The two are measured in turns, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bench.cell import Cell, found_cell, free_port, open_cell, seed
from bench.place import bench_folder
from bench.rows import Row, percentile
from parley.crypto.keys import SigningKey
from parley.link.certificate import certificate_pem, client_context, make_certificate, private_key_pem, server_context
from parley.node.core.effects import Receipted
from parley.node.loop import run
from parley.node.runtime import Node
from parley.record.statement import Precedence

ROUNDS = 10
PER_ROUND = 150
WARM_UP = 100
MESSAGE = b"m" * 260
RECORD = b"r" * 1024


def measure() -> list[Row]:
    """The rows `append_receipt_p50` and `append_receipt_p99`, in ms beside the bare work's."""
    with bench_folder() as folder:
        ours, confirmed, bare = run(_measure(folder))
    how = (
        f"{len(ours)} FLASH messages between two node processes, TLS on loopback, SQLite FULL; "
        f"confirmed to the author after {percentile(confirmed, 50):.2f} ms (p50)"
    )
    return [
        Row.against(f"append_receipt_p{q}", percentile(ours, q), "ms", percentile(bare, q), "bare work", how)
        for q in (50, 99)
    ]


async def _measure(folder: Path) -> tuple[list[float], list[float], list[float]]:
    cell = found_cell(folder / "cell")
    ours: list[float] = []
    confirmed: list[float] = []
    bare: list[float] = []
    with _bare_peer(folder) as step, _other_node(cell, 1):
        node = Node(cell.home(0), cell.secrets[0])
        await node.start()
        try:
            await prepare(node, cell, 0)
            await _messages(node, cell, WARM_UP)
            for _ in range(ROUNDS):
                for whole, durable in await _messages(node, cell, PER_ROUND):
                    ours.append(whole)
                    confirmed.append(durable)
                bare += [step() for _ in range(PER_ROUND)]
        finally:
            await node.stop()
    return ours, confirmed, bare


async def prepare(node: Node, cell: Cell, ordinal: int) -> None:
    """Enrol the officer and wait for the line to the first other node."""
    for statement, content in cell.enrolments(ordinal):
        await node.submit(statement, content)
    while not node.core.traffic.peers.up():
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)


async def _messages(node: Node, cell: Cell, count: int) -> list[tuple[float, float]]:
    """Milliseconds to the receipt and to the confirmation of `count` FLASH messages, one after another."""
    events = node.listen()
    times: list[tuple[float, float]] = []
    for number in range(count):
        begin = time.perf_counter()
        statement, content = cell.message(0, f"{number:0100d}", Precedence.FLASH)
        place = await node.submit(statement, content)
        durable = time.perf_counter()
        while True:
            event = await events.get()
            if isinstance(event, Receipted) and event.receipt.holder != 0 and event.receipt.log == place.log:
                row = event.receipt
                if row.first <= place.seq < row.first + row.count:
                    break
        times.append(((time.perf_counter() - begin) * 1000, (durable - begin) * 1000))
    node.unlisten(events)
    return times


# ---- the other node ----------------------------------------------------------------------------------------


def serve_node(root: Path, ordinal: int, ready: Connection) -> None:
    """Run a node in this process until the other end of `ready` closes."""
    run(_serve(open_cell(root), ordinal, ready))


async def _serve(cell: Cell, ordinal: int, ready: Connection) -> None:
    node = Node(cell.home(ordinal), cell.secrets[ordinal])
    await node.start()
    for statement, content in cell.enrolments(ordinal):
        await node.submit(statement, content)
    ready.send("up")
    with contextlib.suppress(EOFError):
        await asyncio.to_thread(ready.recv)
    await node.stop()


@contextlib.contextmanager
def _other_node(cell: Cell, ordinal: int) -> Iterator[None]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve_node, args=(cell.root, ordinal, there))
    process.start()
    there.close()
    here.recv()
    try:
        yield
    finally:
        here.close()
        process.join(10)
        process.kill()


# ---- the bare work -----------------------------------------------------------------------------------------


def _contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    keys = [SigningKey.from_seed(seed("bare", side)) for side in range(2)]
    certificates = [
        make_certificate(key, f"bare-{n}", n + 1, begin, begin + timedelta(days=9999)) for n, key in enumerate(keys)
    ]
    pems = [(certificate_pem(one), private_key_pem(key)) for one, key in zip(certificates, keys, strict=True)]
    return server_context(*pems[0], [certificates[1]]), client_context(*pems[1], [certificates[0]])


def _bare_server(port: int, path: str) -> None:
    key = SigningKey.from_seed(seed("bare head"))
    signature = key.sign(MESSAGE)
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    with socket.create_server(("127.0.0.1", port)) as listener:
        raw, _ = listener.accept()
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with _contexts()[0].wrap_socket(raw, server_side=True) as line:
            while line.recv(4096):
                key.verify_key.verify(signature, MESSAGE)
                key.verify_key.verify(signature, MESSAGE)
                os.write(file, RECORD)
                os.fsync(file)
                line.sendall(key.sign(MESSAGE) * 3)


@contextlib.contextmanager
def _bare_peer(folder: Path) -> Iterator[Step]:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=_bare_server, args=(port, str(folder / "bare-there")))
    process.start()
    deadline = time.monotonic() + 10
    while True:
        try:
            raw = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line = _contexts()[1].wrap_socket(raw)
    try:
        yield Step(line, folder / "bare-here")
    finally:
        line.close()
        process.join(10)
        process.kill()


class Step:
    """One round of the bare work; calling it gives milliseconds."""

    def __init__(self, line: ssl.SSLSocket, path: Path) -> None:
        self._line = line
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY)
        self._key = SigningKey.from_seed(seed("bare head"))
        self._signature = self._key.sign(MESSAGE)

    def __call__(self) -> float:
        """Do it once."""
        begin = time.perf_counter()
        key = self._key
        key.sign(MESSAGE)
        key.verify_key.verify(self._signature, MESSAGE)
        os.write(self._file, RECORD)
        os.fsync(self._file)
        self._line.sendall(key.sign(MESSAGE) * 10)
        self._line.recv(4096)
        key.verify_key.verify(self._signature, MESSAGE)
        return (time.perf_counter() - begin) * 1000
