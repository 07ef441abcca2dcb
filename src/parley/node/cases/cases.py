"""Cases: every verified statement put into its case, every case folded, what changed told.

Statements are taken from each log in its own order, as far as they are judged (`Folded`), with what their author had seen
by then. The record's order is restored inside each case: a statement that comes before others that are here already makes
its case fold anew. Folds are kept for the cases used last; what is behind them is in the index (`store.case_index`),
which is written a little later, and can be made anew from the logs.

No clock is read here. Everything is called on the event loop's thread.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from parley.errors import Refused
from parley.node.cases.acts import Acts, VoidsIn
from parley.node.core.mechanism import Mechanism
from parley.procedure import handling
from parley.procedure.act import Act
from parley.procedure.clocks import Clock, running_clocks
from parley.procedure.fields import Content
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.procedure.ladder import Mark
from parley.procedure.registry import Desks
from parley.procedure.setting import Setting
from parley.record.ids import LogId, MemberOrdinal
from parley.record.order import is_final
from parley.record.rows import Place, RecordReader
from parley.record.statement import Statement
from parley.store.case_index import ActRow, CaseIndex, CaseKey, CaseRow, Passed, Progress, decode_past, encode_past

KEPT_FOLDS = 4096
ROWS_AT_ONCE = 256
BUFFERED_ACTS = 256
ONLY_LADDER = frozenset(
    {
        handling.SHOWN.name,
        handling.ACKNOWLEDGE.name,
        handling.PASSED_ON.name,
        handling.UNIT_CONFIRMED.name,
        handling.RELEASE.name,
        handling.RENDITION.name,
    }
)

ForkBase = Callable[[LogId], int | None]
Latest = Callable[[], Mapping[MemberOrdinal, int]]


class Running(NamedTuple):
    """The clocks that run in a case, and the kind that opened it."""

    kind: str
    clocks: tuple[Clock, ...]


class Cases:
    """See the module.

    Args:
        voids_in: why the record holds statements of a range of a log void, by seq.
        fork_base: up to where all histories held of a log are one, None where there is but one.
        latest: the logical clock of the last entry held of each member's current log.
        changed: told of every case that changed, the clocks that run in it, and by which statements it moved.
    """

    def __init__(
        self, mechanism: Mechanism, reader: RecordReader, index: CaseIndex, desks: Desks, *,
        voids_in: VoidsIn, fork_base: ForkBase, latest: Latest, changed: Callable[[CaseFold, Sequence[Clock], Sequence[Act]], None],
    ) -> None:  # fmt: skip
        self.desks = desks
        self._mechanism = mechanism
        self._reader = reader
        self._reading = Acts(mechanism, reader, voids_in)
        self._index = index
        self._fork_base = fork_base
        self._latest = latest
        self._changed = changed
        self._progress = index.progress()
        self._settled: set[LogId] = set()
        self._last_acts = index.last_acts()
        self._folds: OrderedDict[CaseKey, CaseFold] = OrderedDict()
        self._acts: list[ActRow] = []
        self._passed: list[Passed] = []
        self._rows: dict[CaseKey, CaseRow] = {}
        self._orphans = set(index.orphans())
        self._running_in: dict[tuple[LogId, int], CaseKey] = {}
        self._running: dict[CaseKey, Running] = {}
        self._unread = dict.fromkeys(reversed(index.with_clocks()))

    @property
    def setting(self) -> Setting:
        """The desks at hand."""
        return Setting(self.desks)

    # ---- taking in -----------------------------------------------------------------------------------------

    def take(self, log: LogId, upto: int) -> bool:
        """Take the statements of a log below `upto`, at most `ROWS_AT_ONCE`; whether any are left."""
        at = self._progress.get(log) or Progress(log, 0, {})
        acts, passed, end = self._reading.after(at, upto, ROWS_AT_ONCE)
        if end.seq == at.seq:
            return False
        self._passed += passed
        self._settled.discard(log)  # what is written before all its cases are told does not say that it is taken
        self._progress[log] = end
        self._put(acts)
        self._settled.add(log)
        if len(self._acts) >= BUFFERED_ACTS:
            self.flush()
        return end.seq < upto

    def receipted(self, log: LogId, first: int, count: int) -> set[CaseKey]:
        """A receipt names statements: the cases whose clocks may run from another time, to be told anew."""
        places = (
            [(log, seq) for seq in range(first, first + count)]
            if count < len(self._running_in)
            else [place for place in self._running_in if place[0] == log and first <= place[1] < first + count]
        )
        return {self._running_in[place] for place in places if place in self._running_in}

    def tell(self, key: CaseKey) -> None:
        """What is known of a case has changed, though nothing was said in it."""
        fold = self._fold(key)
        if fold is not None:
            self._tell(key, fold, ())

    def progress(self, log: LogId) -> int:
        """How much of a log is taken."""
        at = self._progress.get(log)
        return at.seq if at is not None else 0

    def logs(self) -> list[LogId]:
        """Every log of which something is taken."""
        return list(self._progress)

    def take_again(self, log: LogId, first: int, stop: int) -> None:
        """Statements of a range that is taken count otherwise than they did, or were missing: what is in no case yet is put
        into its own, and the cases of all others are folded anew."""
        self.flush()
        self._index.found(log, first, stop)
        known = {act.seq: act.case for act in self._index.acts_in(log, first, stop)}
        before = self._index.act_before(log, first)
        at = Progress(log, before.seq, decode_past(before.past)) if before is not None else Progress(log, 0, {})
        while at.seq < stop:
            acts, passed, end = self._reading.after(at, stop, ROWS_AT_ONCE)
            if end.seq == at.seq:
                break
            self._passed += passed
            at = end
            self._put([act for act in acts if act.place.seq >= first and act.place.seq not in known])
        self.flush()
        for key in set(known.values()):
            self._folds.pop(key, None)
            self.tell(key)

    def tell_clocks(self) -> None:
        """Receipts count otherwise than they did: every case in which clocks run is told."""
        for key in list(self._running):
            self.tell(key)

    def flush(self) -> None:
        """Write the index."""
        acts, self._acts = self._acts, []
        passed, self._passed = self._passed, []
        rows, self._rows = self._rows, {}
        if acts or passed or rows:
            self._index.write(acts, passed, [self._progress[log] for log in self._settled], rows.values())
            self._settled.clear()

    # ---- asking --------------------------------------------------------------------------------------------

    def case(self, reference: str) -> CaseFold:
        """The case of that reference.

        Raises:
            Refused: code ``case.unknown``, or ``reference.letter``.
        """
        place = self._mechanism.heard(reference)
        fold = self._fold((place.log, place.seq)) if place is not None else None
        if fold is None:
            raise Refused("case.unknown", f"no case {reference} is known here", field="case", rule="as in SYR 42")
        return fold

    def case_of(self, place: Place) -> CaseFold | None:
        """The case to which the statement at a place belongs."""
        self.flush()
        act = self._index.act(place.log, place.seq)
        return self._fold(act.case) if act is not None else None

    def cases(self, desk: str, *, over: bool | None, before: tuple[int, int] | None, limit: int) -> list[CaseFold]:
        """Cases of a desk, latest moved first."""
        self.flush()
        rows = self._index.cases(desk, over=over, before=before, limit=limit)
        return [fold for row in rows if (fold := self._fold((row.log, row.seq))) is not None]

    def passed(self, member: MemberOrdinal) -> list[Passed]:
        """Statements that were passed over, and that `member` may hold by now."""
        return self._index.passed(member)

    def open_of(self, kind: str) -> list[CaseFold]:
        """Cases opened by `kind` that are not over, oldest first."""
        self.flush()
        rows = self._index.open_of(kind)
        return [fold for row in rows if (fold := self._fold((row.log, row.seq))) is not None]

    def open_keys(self, kinds: Collection[str]) -> list[CaseKey]:
        """Where the cases opened by one of `kinds` that are not over begin, oldest first of each kind."""
        self.flush()
        return [(row.log, row.seq) for kind in sorted(kinds) for row in self._index.open_of(kind)]

    def case_at(self, key: CaseKey) -> CaseFold | None:
        """The case that begins there."""
        return self._fold(key)

    def latest_of(self, kind: str, log: LogId) -> CaseFold | None:
        """The last case that a log opened by `kind`."""
        return next(iter(self.last_of(kind, log, 1)), None)

    def last_of(self, kind: str, log: LogId, limit: int) -> list[CaseFold]:
        """The last cases that a log opened by `kind`, latest first."""
        self.flush()
        rows = self._index.last_of(kind, log, limit)
        return [fold for row in rows if (fold := self._fold((row.log, row.seq))) is not None]

    def feed(self, desk: str, *, before: tuple[int, int] | None, limit: int) -> list[tuple[CaseFold, Item]]:
        """What was said at a desk, latest first, each with its case."""
        self.flush()
        found: list[tuple[CaseFold, Item]] = []
        for row in self._index.feed(desk, before=before, limit=limit):
            fold = self._fold(row.case)
            item = next((one for one in fold.items if one.act.place[::2] == (row.log, row.seq)), None) if fold else None
            if fold is not None and item is not None:
                found.append((fold, item))
        return found

    def running(self) -> Iterator[Running]:
        """The clocks that run, or have run out unmet, by case; of those that ran at the start, as far as they are read."""
        yield from list(self._running.values())

    def running_cases(self) -> Iterator[CaseFold]:
        """The cases in which these run."""
        for key in list(self._running):
            fold = self._fold(key)
            if fold is not None:
                yield fold

    def read_running(self) -> tuple[CaseFold, tuple[Clock, ...]] | None:
        """Read the next case in which clocks ran at the start, the soonest due first; None where none is left."""
        while self._unread:
            key = self._unread.popitem()[0]
            fold = self._fold(key) if key not in self._running else None
            if fold is not None:
                return fold, self._note(key, fold)
        return None

    def stored(self, act: Act) -> Mapping[int, Mark]:
        """Who is proven to hold a statement; a receipt above a fork of its log is in one history only, and counts nowhere."""
        place = act.place
        marks: dict[int, Mark] = {}
        for row in self._reader.receipts_for(place.log, place.seq, place.seq + 1):
            base = self._fork_base(row.holder_log)
            if base is not None and row.seq >= base:
                continue
            reference = self._mechanism.reference(Place(row.holder_log, 0, row.seq))
            known = marks.get(row.holder)
            if known is None or row.at_ms < known.at_ms:
                marks[row.holder] = Mark(row.at_ms, reference)
        return marks

    def is_final(self, fold: CaseFold) -> bool:
        """Whether no message still under way can change what a case has come to."""
        entitled = [member.ordinal for member in self._mechanism.charter.members
                    if self._mechanism.charter.channels[fold.opening.channel].content >> member.ordinal & 1]  # fmt: skip
        return is_final(fold.last.key, self._latest(), entitled)

    def rehearse(self, log: LogId, size: int, statement: Statement, content: Content, now: int) -> None:
        """Refuse at the door what the fold would find void, as far as it can be known: what names a statement that is held
        but in no case yet is let through, and folded like any other.

        Raises:
            Refused: code and reason are those of the void it would be.
        """
        act = self._reading.upcoming(log, size, statement, content, now, list(self._progress))
        if act is None:
            return
        key = self._key_of(act)
        fold = CaseFold(self.setting, act) if act.case is None else self._refold(key, [act])
        item = fold.items[-1] if fold is not None else None
        if (item is not None and item.because is None) or self._names_untaken(act):
            return
        if item is None or item.because is None:
            raise Refused("case.unknown", f"no case {act.case} is known here", field="case")
        raise Refused(item.because.code, item.because.reason, field=item.because.arguments.get("field"))

    # ---- inside --------------------------------------------------------------------------------------------

    def _names_untaken(self, act: Act) -> bool:
        """Whether it names a statement that is held, but not yet taken into its case."""
        named = [self._reader.find_statement(digest) for digest in act.replies_to]
        if act.case is not None:
            named.append(self._mechanism.place(str(act.case)))
        return any(
            place is not None
            and place.seq >= self.progress(place.log)
            and bool(self._reader.entries(place.log, 0, place.seq, 1))
            for place in named
        )

    def _put(self, acts: list[Act]) -> None:
        moved: dict[CaseKey, list[Act]] = {}
        for act in acts:
            key = self._key_of(act)
            moved.setdefault(key, []).append(act)
        for key, own in moved.items():
            desk = self.desk_of(self._opener(key, own))
            self._acts += [self._act_row(act, key, desk) for act in own]
        for key, own in moved.items():
            fold = self._extend(key, own)
            if fold is None:
                self._orphans.add(key)
                continue
            if key in self._orphans:
                self._orphans.discard(key)
                self.flush()
                self._index.assign(key, self.desk_of(fold.opening.kind))
            self._tell(key, fold, own)

    def _tell(self, key: CaseKey, fold: CaseFold, acts: Sequence[Act]) -> None:
        self._changed(fold, self._note(key, fold), acts)

    def _extend(self, key: CaseKey, acts: list[Act]) -> CaseFold | None:
        """The case with `acts` in it."""
        fold = self._folds.get(key)
        in_order = sorted(acts, key=lambda act: act.key)
        if fold is not None and fold.last.key < in_order[0].key:
            self._folds.move_to_end(key)
            for act in in_order:
                fold.take(act)
            return fold
        log, seq = in_order[0].place.log, in_order[0].place.seq
        if (log, seq) == key and key not in self._orphans and seq > self._last_acts.get(log, -1):
            fold = CaseFold(self.setting, in_order[0])
            for act in in_order[1:]:
                fold.take(act)
            self._keep(key, fold)
            return fold
        self._folds.pop(key, None)
        return self._fold(key)

    def _keep(self, key: CaseKey, fold: CaseFold) -> None:
        self._folds[key] = fold
        if len(self._folds) > KEPT_FOLDS:
            self._folds.popitem(last=False)

    def _fold(self, key: CaseKey) -> CaseFold | None:
        fold = self._folds.get(key)
        if fold is not None:
            self._folds.move_to_end(key)
            return fold
        self.flush()
        fold = self._refold(key, [])
        if fold is not None:
            self._keep(key, fold)
        return fold

    def _refold(self, key: CaseKey, more: list[Act]) -> CaseFold | None:
        self.flush()
        acts = [act for row in self._index.acts_of(key) if (act := self._reading.again(row)) is not None]
        opening = next((act for act in acts if (act.place.log, act.place.seq) == key), None)
        if opening is None:
            return None
        fold = CaseFold(self.setting, opening)
        for act in [*acts, *more]:
            if act is not opening:
                fold.take(act)
        return fold

    def _note(self, key: CaseKey, fold: CaseFold) -> tuple[Clock, ...]:
        """Where a case stands goes to the index; the clocks that run in it."""
        opening, last = fold.opening, fold.last
        running = tuple(running_clocks(fold, self.stored))
        self._rows[key] = CaseRow(
            key[0], key[1], self.desk_of(opening.kind), opening.kind, fold.state, fold.is_over, opening.channel, opening.at_ms,
            last.at_ms, last.key.clock, min((clock.due_ms for clock in running), default=None),
        )  # fmt: skip
        for one in fold.items:
            self._running_in.pop((one.act.place.log, one.act.place.seq), None)
        if running:
            self._running[key] = Running(opening.kind, running)
            self._running_in |= {(one.act.place.log, one.act.place.seq): key for one in fold.items}
        else:
            self._running.pop(key, None)
        return running

    def _key_of(self, act: Act) -> CaseKey:
        place = self._mechanism.place(act.case) if act.case is not None else None
        return (place.log, place.seq) if place is not None else (act.place.log, act.place.seq)

    def desk_of(self, kind: str) -> str:
        """The desk of the cases that a kind opens: as declared, else as the charter says."""
        desk = self.desks.desk_of(kind)
        rule = self._mechanism.charter.kinds.get(kind)
        return desk.name if desk is not None else rule.desk if rule is not None else ""

    def _opener(self, key: CaseKey, acts: Sequence[Act]) -> str:
        """The kind that opened a case, "" where that is not known; it may be among `acts`."""
        fold = self._folds.get(key)
        opening = fold.opening if fold is not None else next((act for act in acts if act.place[::2] == key), None)
        row = None if opening is not None else self._rows.get(key) or self._index.case(key)
        return opening.kind if opening is not None else row.kind if row is not None else ""

    def _act_row(self, act: Act, key: CaseKey, desk: str) -> ActRow:
        return ActRow(
            act.place.log, act.place.seq, act.key.clock, key[0], key[1], desk, act.kind, act.member,
            act.kind not in ONLY_LADDER, encode_past({int(log): size for log, size in act.past.items()}),
        )  # fmt: skip
