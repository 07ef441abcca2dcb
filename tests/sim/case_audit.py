"""The audit of the cases: what the desks of honest nodes show after a run, against their disks and against each other.

`Shown` is one node's cases made anew from its disk; the node's own, which were fed as the run went on, must say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from parley.charter.terms import Role
from parley.errors import BadInput, Refused
from parley.node.cases.cases import Cases
from parley.node.cases.conflicts import Conflicts
from parley.node.cases.watch import Ringing, Stage, escalates, rings
from parley.node.core.folding import fold_directories
from parley.node.core.mechanism import Mechanism
from parley.procedure.clocks import Clock, clocks, pass_down
from parley.procedure.critical import mismatches
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.procedure.ladder import Rung
from parley.record.ids import LogId
from parley.record.rows import Place
from parley.record.statement import Statement, parse_statement
from parley.store.case_index import CaseIndex, CaseKey, decode_past
from tests.procedure.pictures import Picture, differences, picture
from tests.sim.actor_node import DESKS, SimNode

T = TypeVar("T")

BY_ANOTHER = frozenset({"move.other-state", "statement.repeated", "correction.superseded", "withdrawal.bound"})
"""Reasons that name the statement which came first."""


class Shown:
    """The cases that a node's disk gives, its logs taken in their order, or the other way round."""

    def __init__(self, node: SimNode, *, backwards: bool) -> None:
        self.node = node
        self.name = node.seat.code
        self.mechanism = Mechanism(node.cell.charter)
        store = node.disk.store
        fold_directories(store, self.mechanism)
        self.index = CaseIndex(None)
        self.cases = Cases(
            self.mechanism,
            store,
            self.index,
            DESKS,
            voids_in=node.core.voids_in,
            fork_base=node.core.fork_base,
            latest=dict,
            changed=lambda *_: None,
        )
        heads = [head for head in store.heads() if head.branch == 0]
        for head in heads[::-1] if backwards else heads:
            while self.cases.take(head.log, head.size):
                pass
        self.cases.flush()
        self.rows = {(row.log, row.seq): row for row in self.index.all_cases()}

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    def reference(self, key: CaseKey) -> str:
        """How people name a case."""
        return self.mechanism.reference(Place(key[0], 0, key[1]))  # type: ignore[arg-type]

    @cached_property
    def folds(self) -> dict[CaseKey, CaseFold]:
        """All cases."""
        return {key: self.cases.case(self.reference(key)) for key in self.rows}

    @cached_property
    def pictures(self) -> dict[CaseKey, Picture]:
        """All cases as values."""
        return {key: picture(fold) for key, fold in self.folds.items()}

    @cached_property
    def acts(self) -> set[object]:
        """Every statement that is in a case, or waits for the one that opens it."""
        return acts_in(self.index, self.node)

    def clocks(self, key: CaseKey) -> list[Clock]:
        """The clocks of a case, by this node's receipts."""
        return sorted(clocks(self.folds[key], self.cases.stored), key=lambda one: (one.about, one.name, one.member))

    def ringing(self, key: CaseKey) -> list[Ringing]:
        """What may ring of a case."""
        fold = self.folds[key]
        found = []
        for clock in self.clocks(key):
            item = fold.item_at(clock.about)
            if clock.stopped_ms is None and item is not None and item.kind.rings:
                author = f"{self.mechanism.code(item.act.member)}/{item.act.position}"
                urgent = escalates(item.act.precedence, life_safety=item.kind.life_safety)
                found.append(Ringing(clock, item.act.kind, author, urgent))
        return found

    def conflicts(self, folds: Iterable[CaseFold]) -> Conflicts:
        """What stands and what clashes in some cases."""
        found = Conflicts()
        for fold in folds:
            found.moved(fold, [member.code for member in self.mechanism.charter.members])
        return found

    def sees_all_of(self, fold: CaseFold) -> bool:
        """Whether this member has sight of all that is said in a case, what is void apart."""
        sighted = self.mechanism.charter.channels[fold.opening.channel].content >> self.node.ordinal & 1
        return bool(sighted) and all(item.act.content is not None for item in fold.items if item.act.void is None)


def acts_in(index: CaseIndex, node: SimNode) -> set[object]:
    """All statements of an index."""
    rows = (act for head in node.disk.store.heads() for act in index.acts_in(head.log, 0, head.size))
    return {(*row[:-1], *sorted(decode_past(row.past).items())) for row in rows}


def audit_cases(nodes: Sequence[SimNode], forked: set[LogId]) -> list[str]:
    """Every broken promise about cases."""
    honest = [node for node in nodes if node.honest and node.alive]
    shown = [Shown(node, backwards=bool(at % 2)) for at, node in enumerate(honest)]
    again = Shown(honest[0], backwards=True)
    try:
        found = [failure for one in shown for check in OF_ONE for failure in check(one)]
        found += order_of_logs_is_nothing(shown[0], again)
        found += [
            failure
            for check in OF_TWO
            for one in shown
            for other in shown
            if one is not other
            for failure in check(one, other)
        ]
        return found + list(nothing_above_a_fork_moves(shown, forked))
    finally:
        for one in [*shown, again]:
            one.close()


# ---- one node -------------------------------------------------------------------------------------------------


def live_cases_are_those_of_the_disk(shown: Shown) -> Iterator[str]:
    """What was fed as the run went on is what the logs give: cases, index, clocks and rings."""
    node, live = shown.node, shown.node.casework.cases
    if not node.casework.caught_up():
        yield f"{shown.name} has judged statements that are in no case yet"
    for key, wanted in shown.pictures.items():
        reference = shown.reference(key)
        try:
            found = live.case(reference)
        except Refused:
            yield f"{shown.name} does not show {reference}"
            continue
        for difference in differences(picture(found), wanted):
            yield f"{shown.name} shows {reference} otherwise than its logs: {difference}"
    live.flush()
    index = node.index
    for key, row in {(row.log, row.seq): row for row in index.all_cases()}.items():
        if row != shown.rows.get(key):
            yield f"{shown.name}: the index says {row}, the logs {shown.rows.get(key)}"
    for act in acts_in(index, node) ^ shown.acts:
        yield f"{shown.name}: {act} is in one index and not in the other"
    wanted_clocks = [clock for key in shown.folds for clock in shown.clocks(key) if clock.stopped_ms is None]
    for clock in _symmetric(node.casework.clocks(), wanted_clocks):
        told = "shows" if clock not in wanted_clocks else "does not show"
        yield f"{shown.name} {told} the clock {_told(clock)}"
    now = node.clock()
    ringing = [one for key in shown.folds for one in shown.ringing(key)]
    for ring in set(node.casework.rings()) ^ set(rings(ringing, node.core.mechanism.charter, node.ordinal, now)):
        yield f"{shown.name} rings otherwise than the clocks say at {now}: {ring}"


def order_of_logs_is_nothing(one: Shown, two: Shown) -> Iterator[str]:
    """Made anew in another order of logs, the cases are the same."""
    for key in one.rows.keys() | two.rows.keys():
        if one.rows.get(key) != two.rows.get(key):
            yield f"{one.name}: {one.reference(key)} is {one.rows.get(key)} or {two.rows.get(key)} by the order of logs"
        elif one.pictures[key] != two.pictures[key]:
            yield from (f"{one.name}: {one.reference(key)}, by the order of logs: {what}"
                        for what in differences(one.pictures[key], two.pictures[key]))  # fmt: skip
    if one.acts != two.acts:
        yield f"{one.name}: statements indexed otherwise by the order of logs: {one.acts ^ two.acts}"


def every_statement_is_in_one_case(shown: Shown) -> Iterator[str]:
    """Every statement is in exactly one case, save those of the directory, and those that name none that is opened here."""
    places = Counter(item.act.place for fold in shown.folds.values() for item in fold.items)
    for head in shown.node.disk.store.heads():
        for row in shown.node.disk.store.entries(head.log, 0, 1, head.size) if head.branch == 0 else ():
            statement = _parsed(row.statement)
            if statement is None or shown.mechanism.is_directory(statement.fields.kind):
                continue
            count, place = places[Place(row.log, 0, row.seq)], Place(row.log, 0, row.seq)
            if count != 1 and not (count == 0 and _names_no_case(shown, statement)):
                yield f"{shown.name}: {shown.mechanism.reference(place)} is in {count} cases, it names {statement.fields.case}"


def losers_are_told_why(shown: Shown) -> Iterator[str]:
    """What moves nothing has a code and a sentence; where another statement came first, its reference."""
    for fold in shown.folds.values():
        references = {item.act.reference for item in fold.items}
        for item in fold.items:
            told = item.because
            if told is not None and not (told.code and told.reason):
                yield f"{shown.name}: {item.act.reference} is void without a reason"
            if told is not None and told.code in BY_ANOTHER and told.before not in references:
                yield f"{shown.name}: {item.act.reference} lost ({told.code}) and is not told to which"


def what_is_void_moves_nothing(shown: Shown) -> Iterator[str]:
    """What the record holds void is told so; without it the case is the same."""
    for key, fold in shown.folds.items():
        void = [item for item in fold.items if item.act.void is not None]
        for item in void:
            if item.because is None or item.act.void is None or item.because.code != item.act.void.code:
                yield f"{shown.name}: {item.act.reference} is void in the record ({item.act.void}), but not in its case"
        if void and fold.opening.void is None:
            without = CaseFold(fold.setting, fold.opening)
            for item in fold.items[1:]:
                if item.act.void is None:
                    without.take(item.act)
            for what in differences(_common(fold), _common(without)):
                yield f"{shown.name}: {shown.reference(key)} is another case without what is void in it: {what}"


def acknowledgements_are_read_back(shown: Shown) -> Iterator[str]:
    """An acknowledgement counts only where it reads every critical field back as it was said; of a STOP it counts anyway."""
    for fold in shown.folds.values():
        for item in fold.items:
            for member, ladder in item.ladders.items():
                mark = ladder.marks.get(Rung.ACKNOWLEDGED)
                by = fold.item_at(mark.reference) if mark is not None else None
                if mark is None or item.kind.acts_first:
                    continue
                read_back = (by.act.content or {}).get("read_back", {}) if by is not None else {}
                if by is None or by.act.member != member or mismatches(item.kind, item.content, read_back):  # type: ignore[arg-type]
                    yield f"{shown.name}: {mark.reference} counts as acknowledgement of {item.act.reference} but reads it back wrong"


def units_are_waited_for_until_they_confirm(shown: Shown) -> Iterator[str]:
    """Whom a statement was passed on to and who has not confirmed since, told anew from the statements alone; the clock with it."""
    for fold in shown.folds.values():
        for item in fold.items:
            for member, ladder in item.ladders.items() if item.released == "" and item.because is None else ():
                waiting = _unconfirmed(fold, item, member)
                if set(ladder.unconfirmed) != waiting:
                    yield f"{shown.name}: {item.act.reference} waits for {ladder.unconfirmed}, not {sorted(waiting)}"
                clock = pass_down(fold, item, member)
                if clock is not None and (clock.stopped_ms is None) != (bool(waiting) and fold.awaits(item)):
                    yield f"{shown.name}: the pass-down clock of {item.act.reference} is {clock}, and waits for {sorted(waiting)}"


def _unconfirmed(fold: CaseFold, item: Item, member: int) -> set[str]:
    waiting: set[str] = set()
    for other in fold.items:
        act = other.act
        if other.because is None and act.member == member and item.act.digest in act.replies_to:
            unit = str((act.content or {}).get("unit", ""))
            if act.kind == "passed-on":
                waiting.add(unit)
            elif act.kind == "unit-confirmed":
                waiting.discard(unit)
    return waiting


def _names_no_case(shown: Shown, statement: Statement) -> bool:
    case = statement.fields.case
    place = shown.mechanism.place(case) if case is not None else None
    return place is not None and (place.log, place.seq) not in shown.rows


def _parsed(raw: bytes | None) -> Statement | None:
    try:
        return parse_statement(raw) if raw is not None else None
    except BadInput:
        return None


def conflicts_are_those_of_the_disk(shown: Shown) -> Iterator[str]:
    """What stands and what clashes, as it was followed while the run went on, is what the logs give."""
    live, anew = shown.node.casework.conflicts, shown.conflicts(shown.folds.values())
    if not shown.node.casework.standing_read():
        yield f"{shown.name} has not taken up all that stood"
    for name, found, wanted in (
        ("stands", live.items(), anew.items()),
        ("clashes", live.conflicts(), anew.conflicts()),
    ):
        for one in _symmetric(found, wanted):
            told = "" if one in found else "does not say that "
            yield f"{shown.name} {told}{one} {name}, otherwise than its logs"


# ---- two nodes, or all ------------------------------------------------------------------------------------------


def cases_agree(one: Shown, other: Shown) -> Iterator[str]:
    """Members that see all of a case come to the same of it; what the record holds void apart."""
    for key, fold in one.folds.items():
        theirs = other.folds.get(key)
        if fold.opening.void is not None or not one.sees_all_of(fold):
            continue
        if theirs is None:
            if one.mechanism.charter.channels[fold.opening.channel].content >> other.node.ordinal & 1:
                yield f"{other.name} does not show {one.reference(key)}, which {one.name} does"
        elif other.sees_all_of(theirs):
            for what in differences(_common(fold), _common(theirs)):
                yield f"{one.name} and {other.name} differ in {one.reference(key)}: {what}"


def clocks_agree(one: Shown, other: Shown) -> Iterator[str]:
    """They run alike, and ring alike at any member at any time: addressees, and who supervises, nobody else."""
    for key, fold in one.folds.items():
        theirs = other.folds.get(key)
        if (
            theirs is None
            or not one.sees_all_of(fold)
            or not other.sees_all_of(theirs)
            or fold.opening.void is not None
        ):
            continue
        mine, wanted = one.clocks(key), other.clocks(key)
        if mine != wanted:
            yield f"{one.name} and {other.name} let clocks run otherwise: {[_told(clock) for clock in _symmetric(mine, wanted)]}"
            continue
        charter = one.mechanism.charter
        pairs = one.ringing(key), other.ringing(key)
        for now in _times(mine, charter.terms.clocks.alternates_ms, charter.terms.clocks.facilitator_ms):
            for member in charter.members:
                found, again = (rings(ringing, charter, member.ordinal, now) for ringing in pairs)
                if found != again:
                    yield f"{one.name} and {other.name} let {member.code} ring otherwise at {now}"
                for ring in found:
                    item = fold.item_at(ring.reference)
                    mine_to_take = item is not None and bool(item.act.addressees >> member.ordinal & 1)
                    if not mine_to_take and (ring.stage, member.role) != (Stage.FACILITATOR, Role.FACILITATOR):
                        yield f"{one.name} lets {member.code} ring for {ring.reference}, not addressed to it"


def conflicts_agree(one: Shown, other: Shown) -> Iterator[str]:
    """Of the cases that both see all of, both find the same standing and the same clashing."""
    both = [
        key for key, fold in one.folds.items()
        if fold.opening.void is None and key in other.folds and one.sees_all_of(fold) and other.sees_all_of(other.folds[key])
    ]  # fmt: skip
    mine, theirs = (shown.conflicts(shown.folds[key] for key in both) for shown in (one, other))
    if mine.items() != theirs.items():
        yield f"{one.name} and {other.name} differ in what stands: {_symmetric(mine.items(), theirs.items())}"
    if mine.conflicts() != theirs.conflicts():
        yield f"{one.name} and {other.name} differ in what clashes: {_symmetric(mine.conflicts(), theirs.conflicts())}"


def nothing_above_a_fork_moves(shown: Sequence[Shown], forked: set[LogId]) -> Iterator[str]:
    """What a member signed above the point where its log parts moves no case at any node."""
    for log in forked:
        base = _parting(shown, log)
        for one in shown if base is not None else ():
            for fold in one.folds.values():
                for item in fold.items:
                    if item.act.place.log == log and item.act.place.seq >= base and item.because is None:
                        yield f"{one.name}: {item.act.reference} moves its case, though log {log} is forked at {base}"


def _parting(shown: Sequence[Shown], log: LogId) -> int | None:
    """Up to where all histories that honest nodes hold of a log are one; None where there is but one."""
    leaves: dict[int, set[bytes]] = {}
    for one in shown:
        store = one.node.disk.store
        for head in store.heads():
            for row in store.entries(log, head.branch, 0, head.size) if head.log == log else ():
                leaves.setdefault(row.seq, set()).add(row.raw)
    return min((seq for seq, raw in leaves.items() if len(raw) > 1), default=None)


def _common(fold: CaseFold) -> Picture:
    """A case without what the record holds void, and what was said on a channel that others see. What is about such a
    statement names it, or knows of none."""
    made = picture(fold)
    items = [
        made_item._replace(because=None) if _is_about_void(item) else made_item
        for item, made_item in zip(fold.items, made.items, strict=True)
        if item.act.void is None and item.act.channel == fold.opening.channel
    ]  # fmt: skip
    return made._replace(items=tuple(items))


def _is_about_void(item: Item) -> bool:
    return item.because is not None and item.because.code.startswith("target.")


def _times(found: Sequence[Clock], alternates_ms: Sequence[int], facilitator_ms: int | None) -> Iterator[int]:
    """Around every moment at which a ring may change."""
    waits = {0, *alternates_ms, facilitator_ms or 0}
    moments = {clock.since_ms + wait for clock in found for wait in waits} | {clock.due_ms for clock in found}
    yield from sorted({at + step for at in moments for step in (-1, 0)})


def _symmetric(one: Sequence[T], other: Sequence[T]) -> list[T]:
    return [each for each in [*one, *other] if each not in one or each not in other]


def _told(clock: Clock) -> str:
    return (f"{clock.name} of {clock.about} for member {clock.member} since {clock.since_ms}, due {clock.due_ms}, "
            f"{'stored' if clock.stored else 'not stored'}, stopped {clock.stopped_ms}")  # fmt: skip


OF_ONE = (
    live_cases_are_those_of_the_disk, every_statement_is_in_one_case, losers_are_told_why, what_is_void_moves_nothing,
    acknowledgements_are_read_back, units_are_waited_for_until_they_confirm, conflicts_are_those_of_the_disk,
)  # fmt: skip
OF_TWO = (cases_agree, clocks_agree, conflicts_agree)
