"""Big records built directly: statements signed by two processes, appended by the real `Record` to the real `Store`.

What comes out is what nodes would have written: leaves, roots, clocks, claims, receipts, checkpoint signatures where
a batch of another member ends. Only the waiting is left out: thousands of entries a commit instead of one batch.
"""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench.cell import Cell, open_cell
from parley.charter.adoption import decode_signed
from parley.node.core.mechanism import Mechanism
from parley.node.runtime import Node, wall_ms
from parley.record.checkpoint import sign_head
from parley.record.entry import Entry, ReceiptRange
from parley.record.ids import LogId, MemberSet, Seq, StatementDigest, UnixMs, log_id, sha256
from parley.record.record import Record
from parley.record.rows import EntryRow, HighWater, ReceiptRow, WriteBatch
from parley.record.statement import Precedence, parse_statement
from parley.store.highwater import HighWaterFile
from parley.store.opening import open_store

SIGNERS = 2
CHUNK = 1_024
AHEAD = 4
BATCHES = (1, 3, 8, 2, 16, 5)
"""Statements that a member says before another answers: on average about six entries to one receipt."""
COMMIT_ENTRIES = 16_384
AGO_MS = 3_600_000
"""The records begin an hour ago, so that their millions of entries, one a millisecond, are not ahead of the clock."""
TEXTS = (
    "SIMULATION. Watch report, sector {n}: quiet since the last message; patrol returned on the agreed route at dusk.",
    "SIMULATION. Medical convoy {n} asks passage tomorrow 06:00 to 09:00 by the northern crossing, four vehicles.",
    "SIMULATION. Received {n}. The works at the pumping station end today; no further movement is planned this week.",
)


class Said(NamedTuple):
    """A signed statement on its way into a log."""

    raw: bytes
    content: bytes
    repeat: bytes


def sign_chunk(root: Path, ordinal: int, first: int, count: int) -> list[Said]:
    """Messages `first` to `first + count` of a member's officer; runs in a signer."""
    cell = open_cell(root)
    said: list[Said] = []
    for number in range(first, first + count):
        raw, content = cell.message(ordinal, TEXTS[number % len(TEXTS)].format(n=number), Precedence.ROUTINE)
        said.append(Said(raw, content, parse_statement(raw).repeat_digest))
    return said


class Signers:
    """Statements signed ahead by `SIGNERS` processes, a bounded number of chunks for each member."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._pool = ProcessPoolExecutor(SIGNERS, mp_context=multiprocessing.get_context("spawn"))
        self._ahead: dict[int, deque[Future[list[Said]]]] = {}
        self._ready: dict[int, deque[Said]] = {}
        self._asked = 0

    def __enter__(self) -> Signers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def take(self, ordinal: int, count: int) -> list[Said]:
        """The next `count` statements of a member's officer."""
        ahead, ready = self._ahead.setdefault(ordinal, deque()), self._ready.setdefault(ordinal, deque())
        while len(ready) < count:
            while len(ahead) < AHEAD:
                ahead.append(self._pool.submit(sign_chunk, self._cell.root, ordinal, self._asked, CHUNK))
                self._asked += CHUNK
            ready.extend(ahead.popleft().result())
        return [ready.popleft() for _ in range(count)]


def converse(builder: Builder, signers: Signers, ordinals: Sequence[int], entries: int) -> None:
    """Fill the record up to `entries`: members speak in turn, a few statements at a time; each is receipted by the next."""
    held = builder.entries()
    for turn, count in zip(itertools.count(), itertools.cycle(BATCHES)):
        if held >= entries:
            break
        speaker, other = ordinals[turn % len(ordinals)], ordinals[(turn + 1) % len(ordinals)]
        count = min(count, max(1, entries - held - 1))
        first = builder.size(speaker)
        builder.say(speaker, signers.take(speaker, count))
        held += count
        if held < entries:
            builder.receipt(other, speaker, first, count)
            held += 1
    builder.commit()


async def founded(cell: Cell, ordinals: Sequence[int]) -> None:
    """Let the real nodes of `ordinals` found and enrol, and exchange what they wrote; then stop them."""
    nodes = [Node(cell.home(ordinal), cell.secrets[ordinal], clock_ms=_an_hour_ago) for ordinal in ordinals]
    try:
        for ordinal, node in zip(ordinals, nodes, strict=True):
            await node.start()
            for statement, content in cell.enrolments(ordinal):
                await node.submit(statement, content)
        while len({tuple(_sizes(node)) for node in nodes}) > 1 or not all(_settled(node) for node in nodes):
            await asyncio.sleep(0.1)
    finally:
        for node in nodes:
            await node.stop()


def _an_hour_ago() -> int:
    return wall_ms() - AGO_MS


def _sizes(node: Node) -> list[tuple[int, int]]:
    return [(head.log, head.size) for head in node.store.heads()]


def _settled(node: Node) -> bool:
    core = node.core
    return core.folding.caught_up() and core.ledger.due_ms() is None


class Builder:
    """Appends to the store of `me`'s node, which must not run."""

    def __init__(self, cell: Cell, me: int) -> None:
        self.me = me
        self.cell = cell
        self.home = cell.home(me)
        self.store = open_store(self.home.database(self.home.settings()))
        self.mechanism = Mechanism.of(decode_signed(self.home.charter_file.read_bytes()))
        self.record = Record(self.store, self.mechanism.is_log_within, self.mechanism.founders, self.mechanism.origin)
        self._directory = {log: self._latest_directory(log) for log in self.record.logs()}
        self._batch = WriteBatch()
        self._sights = self.cell.charter.everyone
        self._now = _an_hour_ago()

    def say(self, ordinal: int, said: Sequence[Said]) -> None:
        """A batch of a member's statements, signed at its end where the member is another."""
        for one in said:
            self._append(ordinal, StatementDigest(sha256(one.raw)), self._sights, one)
        self._sign_end(ordinal)

    def receipt(self, ordinal: int, of: int, first: int, count: int) -> None:
        """`ordinal`'s receipt for entries of the log of `of`."""
        holder, log = log_id(ordinal), log_id(of)
        seq = self.record.size(holder)
        self._append(ordinal, (ReceiptRange(log, Seq(first), count),), MemberSet(0), None)
        self._batch.receipts.append(
            ReceiptRow(
                self.cell.charter.members[ordinal].ordinal, holder, Seq(seq), UnixMs(self._now), log, Seq(first), count
            )
        )
        self._sign_end(ordinal)

    def entries(self) -> int:
        """Entries of all logs."""
        return sum(self.record.size(log) for log in self.record.logs())

    def size(self, ordinal: int) -> int:
        """Entries of a member's log."""
        return self.record.size(log_id(ordinal))

    def commit(self) -> None:
        """Write what was appended, as wholly receipted and folded."""
        for log in self.record.logs():
            branch = self.record.primary(log)
            branch.receipted = branch.folded = Seq(branch.size)
            self._batch.heads.append(self.record.head_row(branch))
        self.store.commit(self._batch)
        self._batch = WriteBatch()

    def close(self) -> None:
        """Commit, and leave store and high-water mark as a stopped node leaves them."""
        self.commit()
        own = self.record.primary(log_id(self.me))
        mark = HighWaterFile(self.home.high_water_file)
        mark.write(HighWater(own.log, own.size, own.root))
        mark.close()
        self.store.checkpoint_wal()
        self.store.close()

    def _append(
        self, ordinal: int, body: StatementDigest | tuple[ReceiptRange, ...], sight: MemberSet, said: Said | None
    ) -> None:
        log = log_id(ordinal)
        seq = self.record.size(log)
        self._now += 1
        entry = Entry(
            Seq(seq), UnixMs(self._now), 1, self._directory[log], self.record.unclaimed(log), sight, sight, body
        )
        raw, root, clock = self.record.append(log, entry)
        own_repeat = said.repeat if said is not None and ordinal == self.me else None
        self._batch.entries.append(
            EntryRow(
                log, 0, Seq(seq), UnixMs(self._now), clock, raw, root, None, said.raw if said else None,
                said.content if said else None, body if isinstance(body, bytes) else None, own_repeat,
            )
        )  # fmt: skip

    def _sign_end(self, ordinal: int) -> None:
        if ordinal != self.me and self._batch.entries:
            last = self._batch.entries[-1]
            key = self.cell.secrets[ordinal].log_key
            signature = sign_head(key, self.mechanism.origin(last.log), self.record.size(last.log), last.root)
            self._batch.entries[-1] = last._replace(signature=signature)
        if len(self._batch.entries) >= COMMIT_ENTRIES:
            self.commit()

    def _latest_directory(self, log: LogId) -> Seq:
        return max((place.seq for place in self.store.directory_places() if place.log == log), default=Seq(0))
