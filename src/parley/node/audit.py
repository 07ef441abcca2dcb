"""Full audit of a copy: every hash, root, signature, place in the order and verdict, from the stored bytes alone.

Logs are read together in causal order, so that each entry is judged with the directories and the charter as they stood
there. Nothing stored is believed: roots, clocks and digests are computed again and compared. Memory stays bounded:
one window of rows a log, and one chunk of signatures being checked on another thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from parley.charter.void import Void
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.node.core.mechanism import Mechanism
from parley.record.branch import Branch
from parley.record.checkpoint import verify_head
from parley.record.content import content_digest
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.order import next_clock
from parley.record.rows import EntryRow, Place, RecordReader
from parley.record.statement import Statement, parse_statement

WINDOW_ROWS = 512
CHUNK_SIGNATURES = 256
MAX_CHUNKS = 8
MAX_FINDINGS = 100

Progress = Callable[[int], None]
Job = tuple[Place, Statement, VerifyKey]


@dataclass(slots=True)
class AuditReport:
    """What an audit found.

    Attributes:
        entries, statements, checkpoints: how many were checked.
        void: statements that move nothing; they are no fault of this copy.
        uncovered: by log, how many entries at its end are under no checkpoint that its node signed, nor under one
            that another node signed after it had seen them. A copy may have some for a moment, most of all of its own.
        findings: what is wrong with this copy, at most `MAX_FINDINGS` of `faults`.
    """

    entries: int = 0
    statements: int = 0
    checkpoints: int = 0
    void: int = 0
    uncovered: dict[str, int] = field(default_factory=dict)
    faults: int = 0
    findings: list[str] = field(default_factory=list)

    def fault(self, what: str) -> None:
        """Note something wrong."""
        self.faults += 1
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(what)


class _LogWalk:
    """One log, entry by entry; `branch` stands where the walk is."""

    def __init__(self, reader: RecordReader, log: LogId, size: int) -> None:
        self.branch = Branch(log)
        self.frontier = Frontier()
        self.size = size
        self.covered = 0
        self.claimed: dict[LogId, int] = {}
        self._reader = reader
        self._window: deque[EntryRow] = deque()
        self._next = 0

    def head(self) -> EntryRow | None:
        """The next row, without taking it."""
        if not self._window and self._next < self.size:
            self._window.extend(
                self._reader.entries(self.branch.log, 0, self._next, min(WINDOW_ROWS, self.size - self._next))
            )
            self._next += len(self._window)
        return self._window[0] if self._window else None

    def take(self) -> EntryRow:
        """Take the next row."""
        return self._window.popleft()


class Audit:
    """See the module. `mechanism` is a fresh one: directories are folded again."""

    def __init__(self, reader: RecordReader, mechanism: Mechanism, progress: Progress | None = None) -> None:
        self._reader = reader
        self._mechanism = mechanism
        self._progress = progress or (lambda _: None)
        self._held = reader.heads()  # as they are now: the node may go on writing meanwhile
        self._walks = {head.log: _LogWalk(reader, head.log, head.size) for head in self._held if head.branch == 0}
        self._forked = {row.log for row in reader.evidence()}
        self._report = AuditReport()
        self._jobs: list[Job] = []
        self._chunks: deque[Future[list[Place]]] = deque()
        self._verifier = ThreadPoolExecutor(1, "parley-audit")

    def run(self) -> AuditReport:
        """Audit everything held."""
        try:
            for walk, row in self._in_order():
                self._entry(walk, row)
            self._heads()
            self._send_chunk()
            while self._chunks:
                self._collect()
        finally:
            self._verifier.shutdown(wait=True)
        return self._report

    def _in_order(self) -> Iterator[tuple[_LogWalk, EntryRow]]:
        """Rows so that each comes after all it has seen; a copy in which that cannot be is at fault."""
        while True:
            progress = False
            for walk in self._walks.values():
                while (row := walk.head()) is not None and self._is_ready(row):
                    yield walk, walk.take()
                    progress = True
            if not progress:
                break
        for walk in self._walks.values():
            if walk.head() is not None:
                self._report.fault(
                    f"log {walk.branch.log} from entry {walk.branch.size}: has seen what is not in this copy"
                )

    def _is_ready(self, row: EntryRow) -> bool:
        entry = _decoded(row.raw)
        if entry is None:
            return True
        return all(
            log not in self._walks or self._walks[log].branch.size >= size for log, (size, _) in entry.seen.items()
        )

    def _entry(self, walk: _LogWalk, row: EntryRow) -> None:
        branch, report = walk.branch, self._report
        place = Place(row.log, 0, row.seq)
        where = self._mechanism.reference(place)
        walk.frontier.append(leaf_hash(row.raw))
        root = walk.frontier.root()
        if int(row.seq) != int(branch.size) or root != row.root:
            report.fault(f"{where}: the stored root is not the root of the entries")
        entry = _decoded(row.raw)
        clock = next_clock(branch.clock, self._clocks_seen(walk, where, entry))
        if clock != row.clock:
            report.fault(f"{where}: stands at {row.clock} in the order, and belongs at {clock}")
        branch.record(root, clock)
        if entry is not None:
            branch.claim(entry, {log: head for log, head in entry.seen.items() if head[0] > branch.claims.covers(log)})
            self._mechanism.entered(place, entry, branch.claims)
            self._statement(place, where, entry, row)
        if row.signature is not None:
            self._checkpoint(walk, where, row)
        report.entries += 1
        self._progress(1)

    def _clocks_seen(self, by: _LogWalk, where: str, entry: Entry | None) -> list[int]:
        clocks: list[int] = []
        for log, (size, root) in entry.seen.items() if entry is not None else ():
            walk = self._walks.get(log)
            if walk is None or not 0 < size <= walk.branch.size:
                continue
            held, clock = walk.branch.root_at(size, self._reader), walk.branch.clock_at(size - 1, self._reader)
            if held == root and clock is not None:
                clocks.append(clock)
                by.claimed[log] = size
            elif log not in self._forked:
                self._report.fault(f"{where}: has seen another history of log {log} than this copy holds")
        return clocks

    def _statement(self, place: Place, where: str, entry: Entry, row: EntryRow) -> None:
        if row.statement is None:
            return
        report = self._report
        report.statements += 1
        if sha256(row.statement) != entry.body:
            report.fault(f"{where}: the stored statement is not the one its entry commits to")
            return
        try:
            statement = parse_statement(row.statement)
        except BadInput:
            report.void += 1
            return
        if row.content is not None and content_digest(row.content) != statement.fields.content_digest:
            report.fault(f"{where}: the stored content is not the one its statement signs")
        if self._mechanism.is_directory(statement.fields.kind):
            report.void += self._mechanism.apply(place, entry, statement, row.content) is not None
            return
        verdict = self._mechanism.judge(place, entry, statement, row.content)
        if isinstance(verdict, Void):
            report.void += 1
            return
        self._jobs.append((place, statement, verdict))
        if len(self._jobs) >= CHUNK_SIGNATURES:
            self._send_chunk()

    def _checkpoint(self, walk: _LogWalk, where: str, row: EntryRow) -> None:
        self._report.checkpoints += 1
        origin = self._mechanism.origin(row.log)
        keys = self._mechanism.any_keys(row.log)
        if any(verify_head(key, origin, row.seq + 1, row.root, row.signature or b"") for key in keys):
            walk.covered = row.seq + 1
            for log, size in walk.claimed.items():
                self._walks[log].covered = max(self._walks[log].covered, size)
            walk.claimed.clear()
        elif keys:
            self._report.fault(f"{where}: its checkpoint is not signed by that log's node key")

    def _heads(self) -> None:
        for head in self._held:
            walk = self._walks[head.log]
            if head.branch == 0 and (head.size, head.root) != (walk.branch.size, walk.branch.root):
                self._report.fault(f"log {head.log}: the stored head is not that of its entries")
        for log, walk in self._walks.items():
            if walk.covered < walk.branch.size:
                self._report.uncovered[self._mechanism.log_name(log)] = walk.branch.size - walk.covered

    def _send_chunk(self) -> None:
        if self._jobs:
            jobs, self._jobs = self._jobs, []
            self._chunks.append(self._verifier.submit(_unsigned, jobs))
        while len(self._chunks) > MAX_CHUNKS:
            self._collect()

    def _collect(self) -> None:
        self._report.void += len(self._chunks.popleft().result())


def audit(reader: RecordReader, mechanism: Mechanism, progress: Progress | None = None) -> AuditReport:
    """Audit all that `reader` holds against a fresh `mechanism`; `progress` is told of each entry."""
    return Audit(reader, mechanism, progress).run()


def _unsigned(jobs: list[Job]) -> list[Place]:
    return [place for place, statement, key in jobs if not statement.sign1.verify(key)]


def _decoded(raw: bytes) -> Entry | None:
    try:
        return decode_entry(raw)
    except BadInput:
        return None
