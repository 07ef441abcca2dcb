"""Folding: every statement judged and its signature checked, in whatever order the answers come.

Directory statements are checked at once, for what comes after them in the log depends on them. All others become
`Verify` jobs; a log's fold cursor stands at the first place not yet judged. What does not hold is void, because…:
kept at its index, moving nothing. The number of jobs in flight is bounded: what is beyond is read again from the
store once there is room, which is also how a node resumes after a crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.charter.void import Void
from parley.errors import BadInput
from parley.node.blobs import Blob
from parley.node.effects import Folded, Verify, VerifyJob
from parley.node.mechanism import EPOCHS, Mechanism
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, Seq
from parley.record.order import order_key
from parley.record.record import Accepted
from parley.record.rows import EntryRow, Place, RecordReader, VoidRow
from parley.record.statement import Statement, parse_statement

if TYPE_CHECKING:
    from parley.node.core import NodeCore

MAX_JOBS = 32_768
REFILL_BELOW = 1_024
READ_AGAIN_ROWS = 256
STORE_CURSOR_EVERY = 4_096

MALFORMED = Void("statement.malformed", "the statement is not in the form every statement must have")
FORGED = Void("signature.invalid", "the signature is not by the key the statement names")

BranchKey = tuple[LogId, int]


class Folding:
    """See the module."""

    def __init__(self, core: NodeCore) -> None:
        self._core = core
        self._jobs: list[VerifyJob] = []
        self._pending: dict[BranchKey, dict[int, None]] = {}
        self._count = 0
        self._later: dict[BranchKey, int] = {}
        self._stored: dict[BranchKey, int] = {}

    def resume(self, now: int) -> None:
        """Fold all directories again, find the receipts still owed, and take up verifying where it stopped."""
        core = self._core
        fold_directories(core.reader, core.mechanism)
        for head in core.reader.heads():
            self._stored[head.log, head.branch] = head.folded
            if head.folded < head.size:
                self._later[head.log, head.branch] = head.folded
            if head.branch == 0:
                self._resume_receipts(head.log, head.receipted, head.size, now)
        self._read_again()

    def take(self, accepted: Accepted, blob: Blob) -> None:
        """An entry has its place; judge its statement if it has come."""
        place, entry = accepted.place, accepted.entry
        if accepted.fault is not None:
            self._void(place, Void(accepted.fault.code, accepted.fault.reason))
        elif entry is not None and blob.raw is not None:
            self._take(place, entry, blob)

    def take_late(self, place: Place, entry: Entry, blob: Blob) -> None:
        """A statement that came after its entry."""
        self._take(place, entry, blob)
        key = (place.log, place.branch)
        if key in self._pending:
            self._pending[key] = dict.fromkeys(sorted(self._pending[key]))

    def own(self, place: Place, entry: Entry, statement: Statement | None, content: bytes | None) -> None:
        """An own statement, checked at the door already; one of the directory takes effect."""
        if statement is not None and self._core.mechanism.is_directory(statement.fields.kind):
            self._directory(place, entry, statement, content)

    def verified(self, answers: list[tuple[Place, bool]]) -> None:
        """Outcomes of jobs."""
        touched: set[BranchKey] = set()
        for place, good in answers:
            key = (place.log, place.branch)
            self._pending[key].pop(place.seq, None)
            self._count -= 1
            touched.add(key)
            if not good:
                self._void(place, FORGED)
        if self._later and self._count < REFILL_BELOW:
            self._read_again()
        for log, branch in touched:
            upto = self.cursor(log, branch, self._core.record.branches(log)[branch].size)
            self._core.emit(Folded(log, branch, upto))
            if upto >= self._stored.get((log, branch), 0) + STORE_CURSOR_EVERY:
                self._core.touch(log, branch)

    def dispatch(self) -> None:
        """Send out the jobs gathered since the last time."""
        if self._jobs:
            jobs, self._jobs = tuple(self._jobs), []
            self._core.emit(Verify(jobs))

    def cursor(self, log: LogId, branch: int, size: int) -> Seq:
        """The first place of the branch that is not judged yet, `size` where none is left."""
        key = (log, branch)
        candidates = [size, self._later.get(key, size)]
        pending = self._pending.get(key)
        if pending:
            candidates.append(next(iter(pending)))
        if branch == 0:
            candidates += self._core.ledger.missing(log)[:1]
        return Seq(min(candidates))

    def stored(self, log: LogId, branch: int, cursor: Seq) -> None:
        """The cursor goes to the store with the next batch."""
        self._stored[log, branch] = cursor

    def committed(self) -> None:
        """More can be read from the store now."""
        if self._later and self._count < REFILL_BELOW:
            self._read_again()

    def caught_up(self) -> bool:
        """Whether every statement held is judged."""
        return self._count == 0 and not self._later

    # ---- inside --------------------------------------------------------------------------------------------

    def _take(self, place: Place, entry: Entry, blob: Blob) -> None:
        statement = blob.statement
        if statement is None:
            self._void(place, MALFORMED)
        elif self._core.mechanism.is_directory(statement.fields.kind):
            self._directory(place, entry, statement, blob.content)
        elif (place.log, place.branch) not in self._later:
            if self._count >= MAX_JOBS:
                self._later[place.log, place.branch] = place.seq
            else:
                self._judge(place, entry, statement, blob.content)

    def _judge(self, place: Place, entry: Entry, statement: Statement, content: bytes | None) -> None:
        verdict = self._core.mechanism.judge(place, entry, statement, content)
        if isinstance(verdict, Void):
            self._void(place, verdict)
            return
        self._queue(VerifyJob(place, statement, verdict))

    def _queue(self, job: VerifyJob) -> None:
        self._jobs.append(job)
        self._pending.setdefault((job.place.log, job.place.branch), {})[job.place.seq] = None
        self._count += 1

    def _directory(self, place: Place, entry: Entry, statement: Statement, content: bytes | None) -> None:
        void: Void | None
        if place.branch:
            void = Void("fork.directory", "a statement on a fork of its log changes no directory")
        else:
            self._core.building().directory.append(place)
            void = self._core.mechanism.apply(place, entry, statement, content)
        if void is not None:
            self._void(place, void)

    def _void(self, place: Place, void: Void) -> None:
        self._core.building().voids.append(VoidRow(place.log, place.branch, place.seq, void.code, void.reason))

    def _read_again(self) -> None:
        """Queue jobs from the store until the verifier has enough to go on with, or nothing is left.

        Not until there is no room: nothing else is done meanwhile, and a FLASH may be waiting.
        """
        for log, branch in list(self._later):
            while (first := self._later.get((log, branch))) is not None and self._count < REFILL_BELOW:
                rows = self._core.reader.entries(log, branch, first, READ_AGAIN_ROWS)
                for row in rows:
                    self._judge_row(row)
                if not rows:
                    if first >= self._core.record.branches(log)[branch].size:
                        del self._later[log, branch]
                    break
                self._later[log, branch] = rows[-1].seq + 1

    def _judge_row(self, row: EntryRow) -> None:
        entry, blob = _read(row)
        if entry is None or blob.statement is None:
            return
        if not self._core.mechanism.is_directory(blob.statement.fields.kind):
            self._judge(Place(row.log, row.branch, row.seq), entry, blob.statement, blob.content)

    def _resume_receipts(self, log: LogId, settled: int, size: int, now: int) -> None:
        core = self._core
        core.ledger.resume(log, settled)
        covered = [
            range(row.first, row.first + row.count)
            for row in core.reader.receipts_for(log, settled, size)
            if row.holder == core.me
        ]
        first = settled
        while first < size:
            rows = core.reader.entries(log, 0, first, READ_AGAIN_ROWS)
            for row in rows:
                entry, blob = _read(row)
                receipted = any(row.seq in run for run in covered)
                if entry is None or (receipted and not core.lacks(entry, blob)):
                    core.ledger.settle(log, row.seq)
                else:
                    core.owe(Place(row.log, 0, row.seq), entry, blob, now)
            first = rows[-1].seq + 1 if rows else size


def fold_directories(reader: RecordReader, mechanism: Mechanism) -> None:
    """Fold all directories of a stored record into a fresh `mechanism`, in causal order."""
    epochs = reader.document(EPOCHS)
    if epochs is not None:
        mechanism.recall_epochs(epochs)
    places = [place for place in reader.directory_places() if place.branch == 0]
    rows = [row for place in places for row in reader.entries(place.log, 0, place.seq, 1)]
    for row in sorted(rows, key=lambda row: order_key(row.clock, row.log)):
        entry, blob = _read(row)
        mechanism.resume_epochs(row.log, row.seq)
        if entry is not None and blob.statement is not None:
            mechanism.apply(Place(row.log, 0, row.seq), entry, blob.statement, blob.content)
    for head in reader.heads():
        mechanism.resume_epochs(head.log, head.size)


def _read(row: EntryRow) -> tuple[Entry | None, Blob]:
    try:
        entry = decode_entry(row.raw)
    except BadInput:
        return None, Blob(None, None, None)
    if row.statement is None:
        return entry, Blob(None, None, None)
    try:
        return entry, Blob(row.statement, parse_statement(row.statement), row.content)
    except BadInput:
        return entry, Blob(row.statement, None, None)
