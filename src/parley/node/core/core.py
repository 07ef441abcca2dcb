"""The node's core: one state machine, no I/O. Bytes, time and outcomes come in; effects go out.

The way of a statement, and the rules on it:

1. `submit`: checked at the door (`door`); what is refused leaves no trace.
2. `_flush`: queued statements and owed receipts become own entries; with everything that arrived meanwhile they form
   one batch, and there is at most one batch on its way to the disk (group commit).
3. `committed`: only now is the new root signed, only now does anything of the batch leave the node: confirmations,
   pushes, receipts. A crash before it loses nothing that anyone was told.
4. `receive`: entries are authenticated, wait for what they have seen, get their place, and join the next batch.
5. `judge` and `verified`: each statement is judged when nothing more urgent is left, its signature checked elsewhere;
   that moves the fold cursor of its log on, and only then does the statement ring.

Signing is guarded: while the high-water file knows of more than the store holds, or a peer shows a longer own log
under our own key, nothing of our own is appended; officers' statements queue, *not yet in the record*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parley.charter.void import Void
from parley.crypto.keys import PqSigningKey, SigningKey
from parley.errors import ParleyError, Refused
from parley.link.frames import Frame
from parley.node.core import door
from parley.node.core.blobs import Blob
from parley.node.core.cosigning import cosigned_note
from parley.node.core.effects import Arrived, Commit, Confirmed, Durable, Effect, Parted, Receipted, Rejected, VerifyJob
from parley.node.core.folding import Folding
from parley.node.core.mechanism import EPOCHS, Mechanism
from parley.node.core.quota import QuotaCounter
from parley.node.core.receipts import ReceiptLedger
from parley.node.core.traffic import Traffic
from parley.record.entry import Entry, ReceiptRange
from parley.record.ids import (
    GENERATION_STEP,
    LogId,
    MemberOrdinal,
    MemberSet,
    Seq,
    StatementDigest,
    UnixMs,
    log_generation,
    log_owner,
)
from parley.record.record import Accepted, Record
from parley.record.rows import BlobRow, EntryRow, HighWater, Place, ReceiptRow, RecordReader, VoidRow, WriteBatch
from parley.record.statement import Statement

MAX_QUEUED_SUBMISSIONS = 4096
MAX_BATCH_SUBMISSIONS = 256
MAX_BATCH_BYTES = 512 * 1024
MAX_QUIET_ENTRIES = 64
QUIET_DELAY_MS = 50
ABOVE_FORK = Void(
    "fork.above", "its author signed two histories of its log; what stands above their common part moves nothing"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """An own officer's statement that passed the door, when the mechanism stood at `standing`, and waits to become an
    entry."""

    ticket: int
    statement: Statement
    content: bytes
    standing: door.Standing


class NodeCore:
    """See the module. Every method takes `now`, this node's clock in Unix ms; `effects` drains what is to be done."""

    def __init__(
        self,
        me: MemberOrdinal,
        log: LogId,
        log_key: SigningKey,
        mechanism: Mechanism,
        reader: RecordReader,
        *,
        high_water: HighWater | None,
        unseal: Callable[[bytes, bytes], bytes],
    ) -> None:
        self.me = me
        self.log = log
        self.now = 0
        self.mechanism = mechanism
        self.reader = reader
        self._log_key = log_key
        self._high_water = high_water
        self._effects: list[Effect] = []
        self._building = WriteBatch()
        self._inflight: WriteBatch | None = None
        self._said: dict[Place, bool] = {}
        self._said_inflight: dict[Place, bool] = {}
        self._heard: dict[Place, Statement] = {}
        self._touched: set[tuple[LogId, int]] = set()
        self._queue: list[Submission] = []
        self._tickets: dict[Place, int] = {}
        self._repeats: dict[bytes, int] = {}
        self._quota = QuotaCounter()
        self._quiet_due: int | None = None
        self.record = Record(reader, mechanism.is_log_within, mechanism.founders, mechanism.origin)
        # Entries without a mark: only all others together can tell that nothing more was signed.
        self._unmarked = high_water is None and self.record.size(log) > 0
        self.ledger = ReceiptLedger(me)
        self.folding = Folding(self)
        self.traffic = Traffic(self, log_key, unseal)

    # ---- what comes in -------------------------------------------------------------------------------------

    def start(self, now: int) -> None:
        """Resume from the store: directories, receipts owed, statements not yet verified; found the log if new."""
        self._tell_time(now)
        self.folding.resume(now)
        self.log = self.mechanism.current_log(self.me)
        self.traffic.resume()
        if self.may_sign() and self.record.size(self.log) == 0:
            self._found_log(now)
        self._flush(now)

    def submit(self, ticket: int, raw: bytes, content: bytes, now: int) -> None:
        """Take an own officer's signed statement.

        Raises:
            ParleyError: it is refused; nothing of it is recorded.
        """
        self._tell_time(now)
        statement = door.check(self.mechanism, self.log, self.record.size(self.log), raw, content)
        if len(self._queue) >= MAX_QUEUED_SUBMISSIONS:
            raise Refused(
                "node.queue-full", f"{MAX_QUEUED_SUBMISSIONS} statements wait already", rule="send again later"
            )
        known = self.reader.find_repeat(statement.repeat_digest)
        if known is not None:
            self.emit(Confirmed(ticket, known, raw))
            return
        if statement.repeat_digest in self._repeats:
            raise Refused("node.repeat", "this statement is being recorded already", field="cti")
        fields = statement.fields
        if not self.mechanism.is_directory(fields.kind):
            self._quota.count(self.mechanism.charter.terms.quotas, fields.kind, fields.precedence, now)
        self._repeats[statement.repeat_digest] = ticket
        self._queue.append(Submission(ticket, statement, content, door.standing(self.mechanism, self.log)))
        self._flush(now)

    def reopen(self, ticket: int, raw: bytes, content: bytes, now: int) -> None:
        """Freeze this member's log and go on in a new one, by its root's signed ``log.reopen``.

        Raises:
            ParleyError: it is refused: it is not root's, does not name a size and root held here, or lies below
                what another member has claimed to see.
        """
        self._tell_time(now)
        if self._inflight is not None or self._queue:
            raise Refused("log.busy", "statements are still being written", rule="stop sending and try again")
        fresh = LogId(self.log + GENERATION_STEP)
        statement = door.check_reopening(self.mechanism, self.record, self.log, fresh, raw, content)
        self.log = fresh
        everyone = self.mechanism.charter.everyone
        place = self._append(statement.digest, everyone, everyone, now, statement, content)
        self._tickets[place] = ticket
        self._flush(now)

    def link_up(self, peer: MemberOrdinal, now: int) -> None:
        """A session with `peer` is open and its HELLO checked."""
        self._tell_time(now)
        self.traffic.opened(peer, now)
        self._flush(now)

    def link_down(self, peer: MemberOrdinal, now: int) -> None:
        """The session with `peer` ended."""
        self._tell_time(now)
        self.traffic.closed(peer, now)
        self._flush(now)

    def receive(self, peer: MemberOrdinal, frame: Frame, now: int) -> None:
        """A frame from `peer`."""
        self._tell_time(now)
        self.traffic.receive(peer, frame, now)
        self._flush(now)

    def judge(self, now: int) -> tuple[VerifyJob, ...]:
        """Judge what waits to be judged (see `Unjudged`); the jobs whose signatures are to be checked."""
        self._tell_time(now)
        jobs = self.folding.judge(now)
        self._flush(now)
        return jobs

    def verified(self, answers: list[tuple[Place, bool]], now: int) -> None:
        """Outcome of the jobs that `judge` gave."""
        self._tell_time(now)
        self.folding.verified(answers)
        self._flush(now)

    def tick(self, now: int) -> None:
        """Time passes; call at `next_due` at the latest."""
        self._tell_time(now)
        self.ledger.tick(now)
        self.traffic.tick(now)
        self._flush(now)

    def next_due(self) -> int | None:
        """When `tick` must be called next at the latest, Unix ms."""
        due = (self.ledger.due_ms(), self.traffic.next_due(), self._quiet_due, self.folding.next_due())
        return min((at for at in due if at is not None), default=None)

    def committed(self, now: int) -> None:
        """The batch of the last `Commit` effect is durable, and its high-water mark too."""
        self._tell_time(now)
        batch = self._inflight
        assert batch is not None, "no commit is on its way"
        self._inflight = None
        if batch.high_water is not None:
            self._high_water = batch.high_water
        self.traffic.publish(batch, now)
        for row in batch.entries:
            if row.log == self.log:
                self._confirm(row)
        rows: Sequence[EntryRow | BlobRow | VoidRow] = (*batch.entries, *batch.blobs, *batch.voids)
        logs = frozenset(row.log for row in rows if row.branch == 0)
        if logs or batch.receipts:
            late = tuple(Place(row.log, 0, row.seq) for row in batch.blobs if row.branch == 0)
            self.emit(Durable(logs, tuple(batch.receipts), late))
        self.folding.committed()
        said, self._said_inflight = self._said_inflight, {}
        for place in said:
            heard = self._heard.pop(place, None)
            if heard is not None:
                self.emit(Arrived(place, heard, durable=True))
        self._flush(now)

    def cosign(self, key: PqSigningKey, now: int) -> None:
        """Sign the newest durable head of the own log with ML-DSA-44 too; daily, and wherever a proof wants it."""
        self._tell_time(now)
        signed = self.traffic.heads.signed(self.log)
        certified = self.mechanism.directory(self.log).all_node_keys()
        if signed is not None and certified and certified[0].pq_key.raw == key.verify_key.raw:
            note = cosigned_note(key, self.mechanism.origin(self.log), certified[0].log_key, *signed, now // 1000)
            self.traffic.heads.cosigned(self.log, note)
        self._flush(now)

    def effects(self) -> list[Effect]:
        """What is to be done now, in order; empties the list."""
        effects, self._effects = self._effects, []
        return effects

    # ---- for the parts of the core -------------------------------------------------------------------------

    def emit(self, effect: Effect) -> None:
        """Ask for `effect`."""
        self._effects.append(effect)

    def may_sign(self) -> bool:
        """Whether this node may append to its own log now (see the module on guarded signing)."""
        return not self.traffic.heads.own_log_ahead() and self._reaches_high_water()

    def is_marked(self, size: int) -> bool:
        """Whether the high-water file allows signing the own log at `size`."""
        return self._high_water is not None and self._high_water.log == self.log and self._high_water.size >= size

    def queued(self) -> int:
        """Own statements that wait, *not yet in the record*."""
        return len(self._queue)

    def voids_in(self, log: LogId, first: int, stop: int) -> dict[int, Void]:
        """Why statements of a range of a log move nothing, by seq: also what is not durable yet, and what stands above
        the point where the log was forked."""
        found = {int(row.seq): Void(row.code, row.reason) for row in self.reader.voids(log, 0, first, stop)}
        for batch in (self._inflight, self._building):
            for row in batch.voids if batch is not None else ():
                if row.log == log and row.branch == 0 and first <= row.seq < stop:
                    found[row.seq] = Void(row.code, row.reason)
        base = self.fork_base(log)
        for seq in range(max(first, base), stop) if base is not None else ():
            found.setdefault(seq, ABOVE_FORK)
        return found

    def judged(self, log: LogId) -> int:
        """Up to where every statement held of a log is judged, and durably so. What is missing of it is not waited for: a
        statement that its author keeps back, or has lost, must not keep the next STOP from its case."""
        upto = min(int(self.folding.waiting(log, 0, self.record.size(log))), self.traffic.durable(log))
        for batch in (self._inflight, self._building):
            voids = batch.voids if batch is not None else ()
            upto = min([upto, *(int(row.seq) for row in voids if row.log == log and row.branch == 0)])
        return upto

    def fork_base(self, log: LogId) -> int | None:
        """Up to where all histories held of a log are the same; None where only one is held."""
        return self.record.parting(log)

    def building(self) -> WriteBatch:
        """The batch that gathers while another is on its way to the disk."""
        return self._building

    def says(self, place: Place, blob: Blob) -> None:
        """The batch that gathers holds this statement."""
        self._said[place] = blob.is_flash

    def heard(self, place: Place, statement: Statement) -> None:
        """A statement is verified: once it is durable too, it rings."""
        if log_owner(place.log) == self.me:
            return
        if place in self._said or place in self._said_inflight:
            self._heard[place] = statement
        else:
            self.emit(Arrived(place, statement, durable=True))

    def is_urgent(self) -> bool:
        """Whether the batch on its way to the disk, or just durable, holds a FLASH."""
        return any(self._said_inflight.values())

    def touch(self, log: LogId, branch: int) -> None:
        """The head of this branch must be stored with the next batch."""
        self._touched.add((log, branch))

    def sees(self, sight: int) -> bool:
        """Whether this member is in the bit set `sight`."""
        return bool(sight >> self.me & 1)

    def lacks(self, entry: Entry, blob: Blob) -> bool:
        """Whether something this member may see of the entry has not come."""
        return isinstance(entry.body, bytes) and self.traffic.blobs.lacks(entry, blob)

    def owe(self, place: Place, entry: Entry, blob: Blob, now: int, *, bulk: bool = False) -> None:
        """Note what another member's entry wants: a receipt, and first whatever of it has not come.

        In a backlog (`bulk`) none is more urgent than the others: receipts go with every batch.
        """
        speaks = isinstance(entry.body, bytes) and entry.statement_sight != 0
        lacking = self.lacks(entry, blob)
        urgent = not bulk and blob.is_flash
        self.ledger.note(place.log, place.seq, entry.at_ms, now, speaks=speaks, complete=not lacking, urgent=urgent)
        if lacking:
            self.traffic.blobs.expect(place.log, now)

    def drain(self, now: int) -> None:
        """Give their places to all entries that can have them."""
        for accepted in self.record.drain():
            self._take_in(accepted, now)

    # ---- inside --------------------------------------------------------------------------------------------

    def _tell_time(self, now: int) -> None:
        """A clock that was put back must not put off what is due."""
        if now < self.now:
            self.ledger.put_back(self.now - now)
            self.traffic.put_back(self.now - now)
            self.folding.put_back(self.now - now)
            self._quiet_due = None
        self.now = now

    def _reaches_high_water(self) -> bool:
        mark = self._high_water
        own = self.record.primary(self.log)
        if self._unmarked and not self.traffic.heads.all_heard():
            return False
        if mark is None:
            return True
        if mark.log != self.log:  # a mark of a later generation: this store is from before the reopening
            return log_generation(mark.log) < log_generation(self.log)
        return own.size >= mark.size and self.record.root_at(own, mark.size) == mark.root

    def _found_log(self, now: int) -> None:
        self._append(self.mechanism.genesis_body(self.log), 0, 0, now, None, None)

    def _take_in(self, accepted: Accepted, now: int) -> None:
        """An entry of another member (or, in refill, of our own log) has its place: make it durable and owe for it."""
        place, item, entry = accepted.place, accepted.item, accepted.entry
        if entry is not None and place.branch == 0:
            self.mechanism.entered(place, entry, self.record.primary(place.log).claims)
        blob = self.traffic.blobs.fitting(accepted)
        own = log_owner(place.log) == self.me
        statement = blob.statement if own else None
        self._building.entries.append(
            EntryRow(
                place.log, place.branch, place.seq, UnixMs(entry.at_ms if entry else 0), accepted.clock, item.raw,
                accepted.root, accepted.signature, blob.raw, blob.content,
                entry.body if entry is not None and isinstance(entry.body, bytes) else None,
                statement.repeat_digest if statement is not None else None,
            )
        )  # fmt: skip
        if blob.raw is not None and not accepted.bulk:
            self.says(place, blob)
        self.touch(place.log, place.branch)
        self.folding.take(accepted, blob, now)
        if own:
            self.log = self.mechanism.current_log(self.me)
        self.traffic.accepted(accepted)
        if place.branch:
            self.emit(Parted(place.log))
        if entry is None or place.branch:
            return
        if isinstance(entry.body, tuple) and accepted.fault is None:
            self._note_receipts(place, entry)
        self.owe(place, entry, blob, now, bulk=accepted.bulk)

    def _note_receipts(self, place: Place, entry: Entry) -> None:
        assert isinstance(entry.body, tuple)
        holder = log_owner(place.log)
        for item in entry.body:
            row = ReceiptRow(
                holder, place.log, place.seq, UnixMs(entry.at_ms), item.log, item.first, item.count
            )  # fmt: skip
            self._building.receipts.append(row)
            self.traffic.receipted(row)
            self.emit(Receipted(row))

    def _flush(self, now: int) -> None:
        """Form the next batch, if the disk is free and there is something to write."""
        due = self.ledger.due_ms()
        idle = not (self._queue or self._touched or self._building or (due is not None and due <= now))
        if self._inflight is not None or (idle and self._head_is_marked()):
            self.folding.dispatch(now)
            return
        if self.may_sign():
            self._append_queued(now)
            due = self.ledger.due_ms()
            if due is not None and (due <= now or self._building.high_water is not None):
                self._append_receipt(now)
            self._mark_own_head()
        if self._may_wait(now):
            self.folding.dispatch(now)
            return
        for log, branch in sorted(self._touched):
            held = self.record.branches(log)[branch]
            if branch == 0:
                held.receipted = self._settled(log, held.size)
            held.folded = self.folding.cursor(log, branch, held.size)
            self.folding.stored(log, branch, held.folded)
            self._building.heads.append(self.record.head_row(held))
        self._touched.clear()
        epochs = self.mechanism.changed_epochs()
        if epochs is not None:
            self._building.documents.append((EPOCHS, epochs))
        if self._building:
            self._inflight, self._building = self._building, WriteBatch()
            self._said_inflight, self._said = self._said, {}
            self.emit(Commit(self._inflight))
        self.folding.dispatch(now)

    def _may_wait(self, now: int) -> bool:
        """Whether nobody waits for the building batch: only receipts of others, which go with the next that is written."""
        building = self._building
        quiet = building.high_water is None and not building.blobs and not building.evidence and not building.documents
        if (
            not quiet
            or any(row.digest is not None for row in building.entries)
            or len(building.entries) > MAX_QUIET_ENTRIES
        ):
            self._quiet_due = None
            return False
        if self._quiet_due is None and building.entries:
            self._quiet_due = now + QUIET_DELAY_MS
        if self._quiet_due is not None and now < self._quiet_due:
            return True
        self._quiet_due = None
        return False

    def _head_is_marked(self) -> bool:
        return self._high_water is not None and self._high_water.size == self.record.size(self.log)

    def _mark_own_head(self) -> None:
        """Whatever is to be signed is marked first, also where a crash or a refill left the store ahead of the mark."""
        own = self.record.primary(self.log)
        if own.size and self._building.high_water is None and not self.is_marked(own.size):
            self._building.high_water = HighWater(self.log, own.size, own.root)
            self.touch(self.log, 0)

    def _append_queued(self, now: int) -> None:
        for submission in self._next_submissions() if self._queue else ():
            try:
                self._append_submission(submission, now)
            except ParleyError as error:
                self._repeats.pop(submission.statement.repeat_digest, None)
                self.emit(Rejected(submission.ticket, error))

    def _settled(self, log: LogId, size: int) -> Seq:
        if log_owner(log) != self.me:
            return self.ledger.settled(log)
        missing = self.ledger.first_missing(log)
        return Seq(size if missing is None else min(size, missing))

    def _next_submissions(self) -> list[Submission]:
        """The submissions that go into one signed batch; it must fit one frame wherever it is relayed."""
        count = size = 0
        for submission in self._queue[:MAX_BATCH_SUBMISSIONS]:
            size += len(submission.statement.raw) + len(submission.content)
            if size > MAX_BATCH_BYTES and count:
                break
            count += 1
        batch, self._queue = self._queue[:count], self._queue[count:]
        return batch

    def _append_submission(self, submission: Submission, now: int) -> None:
        statement = submission.statement
        if submission.standing != door.standing(self.mechanism, self.log):
            door.check_again(self.mechanism, self.log, self.record.size(self.log), statement, submission.content)
        statement_sight, content_sight = self.mechanism.sights(self.log, statement)
        place = self._append(statement.digest, statement_sight, content_sight, now, statement, submission.content)
        self._tickets[place] = submission.ticket

    def _append_receipt(self, now: int) -> None:
        ranges = self.ledger.take()
        if ranges:
            place = self._append(ranges, 0, 0, now, None, None)
            entry_at = UnixMs(now)
            for item in ranges:
                self.touch(item.log, 0)
                self._building.receipts.append(
                    ReceiptRow(self.me, place.log, place.seq, entry_at, item.log, item.first, item.count)
                )

    def _append(
        self, body: StatementDigest | tuple[ReceiptRange, ...], statement_sight: int, content_sight: int, now: int,
        statement: Statement | None, content: bytes | None,
    ) -> Place:  # fmt: skip
        seq = self.record.size(self.log)
        entry = Entry(
            Seq(seq), UnixMs(now), self.mechanism.charter_version(self.log), self.mechanism.directory_seq(self.log),
            self.record.unclaimed(self.log), MemberSet(statement_sight), MemberSet(content_sight), body,
        )  # fmt: skip
        raw, root, clock = self.record.append(self.log, entry)
        place = Place(self.log, 0, Seq(seq))
        self.mechanism.entered(place, entry, self.record.primary(self.log).claims)
        self._building.entries.append(
            EntryRow(
                self.log, 0, Seq(seq), UnixMs(now), clock, raw, root, None, statement.raw if statement else None,
                content, statement.digest if statement else None, statement.repeat_digest if statement else None,
            )
        )  # fmt: skip
        if statement is not None:
            self.says(place, Blob(statement.raw, content))
        self._building.high_water = HighWater(self.log, self.record.size(self.log), root)
        self.folding.own(place, entry, statement, content)
        self.touch(self.log, 0)
        return place

    def _confirm(self, row: EntryRow) -> None:
        place = Place(row.log, row.branch, row.seq)
        ticket = self._tickets.pop(place, None)
        if ticket is not None:
            if row.repeat is not None:
                self._repeats.pop(row.repeat, None)
            self.emit(Confirmed(ticket, place, row.statement or b""))
