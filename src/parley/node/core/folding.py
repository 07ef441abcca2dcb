"""Folding: every statement judged and its signature checked, in whatever order the answers come.

Directory statements are checked at once, for what comes after them in the log depends on them. All others are judged
when nothing more urgent is left to do, and their signatures checked away from here; a log's fold cursor stands at the
first place not yet judged. What does not hold is void, because…: kept at its index, moving nothing.

What comes in a backlog is held first and judged after, read again from the store: so is what is beyond the bound on
jobs in flight, and what a crash left unjudged. A backlog that does not end puts judging off for `MAX_PUT_OFF_MS`; a
FLASH is judged when it comes, whatever else waits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.charter.directory_kinds import BUILT_IN_KINDS
from parley.charter.void import Void
from parley.errors import BadInput
from parley.node.core.blobs import Blob
from parley.node.core.effects import Folded, Unjudged, VerifyJob
from parley.node.core.mechanism import EPOCHS, Mechanism
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, Seq
from parley.record.order import order_key
from parley.record.record import Accepted
from parley.record.rows import EntryRow, Place, RecordReader, VoidRow
from parley.record.statement import Statement

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore

MAX_JOBS = 32_768
REFILL_BELOW = 4_096
PUT_OFF_MS = 500
MAX_PUT_OFF_MS = 60_000
READ_AGAIN_ROWS = 256
STORE_CURSOR_EVERY = 4_096

MALFORMED = Void("statement.malformed", "the statement is not in the form every statement must have")
FORGED = Void("signature.invalid", "the signature is not by the key the statement names")

BranchKey = tuple[LogId, int]
_BUILT_IN = re.compile(b"|".join(re.escape(kind.encode()) for kind in sorted(BUILT_IN_KINDS)))


class Folding:
    """See the module."""

    def __init__(self, core: NodeCore) -> None:
        self._core = core
        self._fresh: list[tuple[Place, Entry, Blob]] = []
        self._pending: dict[BranchKey, dict[int, Statement | None]] = {}
        self._early: dict[Place, Statement] = {}
        self._count = 0
        self._later: dict[BranchKey, int] = {}
        self._stored: dict[BranchKey, int] = {}
        self._asked = False
        self._all_read = False
        self._put_off_since = 0
        self._put_off_until = 0

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

    def take(self, accepted: Accepted, blob: Blob, now: int) -> None:
        """An entry has its place; its statement, if it has come, is to be judged."""
        place, entry = accepted.place, accepted.entry
        if accepted.fault is not None:
            self._void(place, Void(accepted.fault.code, accepted.fault.reason))
        elif entry is None or blob.raw is None:
            return
        elif accepted.bulk and not may_be_directory(blob.raw):
            self._put_off(place, now)
        elif not may_be_directory(blob.raw) or not self._unjudgeable(place, entry, blob):
            self._line_up(place, entry, blob)  # its receipt does not wait until it is parsed

    def take_late(self, place: Place, entry: Entry, blob: Blob) -> None:
        """A statement that came after its entry."""
        if not self._unjudgeable(place, entry, blob):
            self._queue(place, entry, blob)
            key = (place.log, place.branch)
            self._pending[key] = dict(sorted(self._pending[key].items()))

    def own(self, place: Place, entry: Entry, statement: Statement | None, content: bytes | None) -> None:
        """An own statement, checked at the door already; one of the directory takes effect."""
        if statement is not None and self._core.mechanism.is_directory(statement.fields.kind):
            self._directory(place, entry, statement, content)

    def dispatch(self, now: int) -> None:
        """Ask to be called for what is to be judged."""
        if not self._asked and (self._fresh or self._may_read_again(now)):
            self._asked = True
            self._core.emit(Unjudged())

    def judge(self, now: int) -> tuple[VerifyJob, ...]:
        """Judge what waits; the signatures that remain to be checked."""
        self._asked = False
        jobs: list[VerifyJob] = []
        touched: set[BranchKey] = set()
        if self._may_read_again(now):
            self._read_again()
        fresh, self._fresh = self._fresh, []
        for place, entry, blob in fresh:
            statement = blob.statement
            verdict = self._core.mechanism.judge(place, entry, statement, blob.content) if statement else MALFORMED
            if statement is None or isinstance(verdict, Void):
                assert isinstance(verdict, Void), "what cannot be read is void"
                self._void(place, verdict)
                self._judged(place)
                touched.add((place.log, place.branch))
            else:
                jobs.append(VerifyJob(place, statement, verdict))
                self._note(place, statement)
        self._tell(touched)
        return tuple(jobs)

    def verified(self, answers: list[tuple[Place, bool]]) -> None:
        """Outcomes of jobs."""
        for place, good in answers:
            statement = self._judged(place)
            if not good:
                self._void(place, FORGED)
            elif statement is not None:
                self._core.heard(place, statement)
        self._tell({(place.log, place.branch) for place, _ in answers})

    def cursor(self, log: LogId, branch: int, size: int) -> Seq:
        """The first place of the branch that is not judged yet, or where something is missing; `size` where none is left."""
        waiting = self.waiting(log, branch, size)
        missing = self._core.ledger.first_missing(log) if branch == 0 else None
        return waiting if missing is None else Seq(min(waiting, missing))

    def waiting(self, log: LogId, branch: int, size: int) -> Seq:
        """The first place of the branch at which something held is not judged yet, `size` where none is left."""
        key = (log, branch)
        pending = self._pending.get(key) or {size: None}
        return Seq(min(size, self._later.get(key, size), next(iter(pending))))

    def stored(self, log: LogId, branch: int, cursor: Seq) -> None:
        """The cursor goes to the store with the next batch."""
        self._stored[log, branch] = cursor

    def committed(self) -> None:
        """The store holds more."""
        self._all_read = False

    def next_due(self) -> int | None:
        """When what was put off is due."""
        return self._put_off_until if self._later and self._put_off_until > self._core.now else None

    def put_back(self, by_ms: int) -> None:
        """The node's clock was put back."""
        self._put_off_since -= by_ms
        self._put_off_until -= by_ms

    def backlog(self) -> int:
        """How many entries hold a statement that is not judged, at most."""
        branches = self._core.record.branches
        return self._count + sum(branches(log)[branch].size - first for (log, branch), first in self._later.items())

    def caught_up(self) -> bool:
        """Whether every statement held is judged."""
        return self._count == 0 and not self._later

    # ---- inside --------------------------------------------------------------------------------------------

    def _unjudgeable(self, place: Place, entry: Entry, blob: Blob) -> bool:
        """What is settled at once: what cannot be read is void, and what is of the directory takes effect."""
        statement = blob.statement
        if statement is None:
            self._void(place, MALFORMED)
        elif self._core.mechanism.is_directory(statement.fields.kind):
            self._directory(place, entry, statement, blob.content)
        else:
            return False
        return True

    def _line_up(self, place: Place, entry: Entry, blob: Blob) -> None:
        key = (place.log, place.branch)
        if key not in self._later and self._count < MAX_JOBS:
            self._queue(place, entry, blob)
            return
        self._later.setdefault(key, place.seq)
        self._all_read = False
        if blob.is_flash:  # it comes up again in its turn, but does not wait for it
            self._fresh.append((place, entry, blob))

    def _queue(self, place: Place, entry: Entry, blob: Blob) -> None:
        pending = self._pending.setdefault((place.log, place.branch), {})
        if place.seq not in pending:
            self._fresh.append((place, entry, blob))
            pending[place.seq] = None
            self._count += 1

    def _note(self, place: Place, statement: Statement) -> None:
        """Keep a statement whose signature is being checked."""
        pending = self._pending.get((place.log, place.branch))
        if pending is not None and place.seq in pending:
            pending[place.seq] = statement
        else:
            self._early[place] = statement

    def _judged(self, place: Place) -> Statement | None:
        """Forget a place that waited; its statement where the signature was being checked."""
        pending = self._pending.get((place.log, place.branch))
        if pending is not None and place.seq in pending:
            self._count -= 1
            return pending.pop(place.seq)
        return self._early.pop(place, None)

    def _tell(self, touched: set[BranchKey]) -> None:
        for log, branch in sorted(touched):
            upto = self.cursor(log, branch, self._core.record.branches(log)[branch].size)
            self._core.emit(Folded(log, branch, upto))
            if upto >= self._stored.get((log, branch), 0) + STORE_CURSOR_EVERY:
                self._core.touch(log, branch)

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

    def _put_off(self, place: Place, now: int) -> None:
        """Leave a statement of a backlog to be read again from the store, once no more of it comes."""
        if not self._later:
            self._put_off_since = now
        self._later.setdefault((place.log, place.branch), place.seq)
        self._all_read = False
        self._put_off_until = min(now + PUT_OFF_MS, self._put_off_since + MAX_PUT_OFF_MS)

    def _may_read_again(self, now: int) -> bool:
        waits = bool(self._later) and not self._all_read and self._count < REFILL_BELOW
        return waits and (now >= self._put_off_until or not self._core.traffic.peers.pulls)

    def _read_again(self) -> None:
        """Line up what the store holds until there is enough to go on with, or nothing is left.

        Not until there is no room: nothing else is done meanwhile, and a FLASH may be waiting.
        """
        self._all_read = True
        for log, branch in list(self._later):
            while (first := self._later.get((log, branch))) is not None and self._count < REFILL_BELOW:
                rows = self._core.reader.entries(log, branch, first, READ_AGAIN_ROWS)
                for row in rows:
                    self._line_up_row(row)
                if not rows:
                    if first >= self._core.record.branches(log)[branch].size:
                        del self._later[log, branch]
                    break
                self._later[log, branch] = rows[-1].seq + 1
            self._all_read = self._all_read and self._count < REFILL_BELOW

    def _line_up_row(self, row: EntryRow) -> None:
        entry, blob = _read(row)
        if entry is None or blob.raw is None or (may_be_directory(blob.raw) and self._is_settled(blob)):
            return
        if blob.statement is None:
            self._void(Place(row.log, row.branch, row.seq), MALFORMED)
        else:
            self._queue(Place(row.log, row.branch, row.seq), entry, blob)

    def _is_settled(self, blob: Blob) -> bool:
        """Whether it was settled when it came, as all that changes a directory is."""
        statement = blob.statement
        return statement is None or self._core.mechanism.is_directory(statement.fields.kind)

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
    found = [row for place in places for row in reader.entries(place.log, 0, place.seq, 1)]
    for row in sorted(found, key=lambda row: order_key(row.clock, row.log)):
        entry, blob = _read(row)
        mechanism.resume_epochs(row.log, row.seq)
        if entry is not None and blob.statement is not None:
            mechanism.apply(Place(row.log, 0, row.seq), entry, blob.statement, blob.content)
    for head in reader.heads():
        mechanism.resume_epochs(head.log, head.size)


def judged(reader: RecordReader, mechanism: Mechanism, log: LogId, first: int, stop: int) -> dict[int, Void]:
    """Which statements of [first, stop) of a stored log are void, signatures checked here and now; directory kinds are
    left out. For what a stopped node has not judged yet."""
    voids: dict[int, Void] = {}
    for row in reader.entries(log, 0, first, stop - first) if stop > first else ():
        entry, blob = _read(row)
        statement = blob.statement
        if (
            entry is None
            or blob.raw is None
            or (statement is not None and mechanism.is_directory(statement.fields.kind))
        ):
            continue
        if statement is None:
            voids[row.seq] = MALFORMED
            continue
        verdict = mechanism.judge(Place(log, 0, row.seq), entry, statement, blob.content)
        if isinstance(verdict, Void):
            voids[row.seq] = verdict
        elif not statement.sign1.verify(verdict):
            voids[row.seq] = FORGED
    return voids


def may_be_directory(raw: bytes) -> bool:
    """Whether a statement could be of a built-in kind: it cannot where its bytes hold the name of none."""
    return _BUILT_IN.search(raw) is not None


def _read(row: EntryRow) -> tuple[Entry | None, Blob]:
    try:
        return decode_entry(row.raw), Blob(row.statement, row.content)
    except BadInput:
        return None, Blob(None, None)
