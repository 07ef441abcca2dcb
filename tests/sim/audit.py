"""The audit after a run: one check per promise, over the disks of the honest nodes.

Once faults have stopped and lines have healed, every check must hold. Each yields sentences that name what is broken;
`audit` gives them all. A member's log of which two histories exist is compared only as far as it can agree: there the
promise is that the split is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from parley.errors import BadInput
from parley.record.checkpoint import Checkpoint
from parley.record.entry import Entry, decode_entry
from parley.record.fork import read_evidence
from parley.record.ids import LogId, Seq, log_owner, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.order import order_key
from parley.record.rows import EntryRow
from parley.record.statement import parse_statement
from tests.sim.actor_node import SimNode
from tests.sim.observer import Observer

AHEAD_MS = 60_000


class Copy:
    """What one honest node's disk holds, read back through the store."""

    def __init__(self, node: SimNode) -> None:
        self.node = node
        self.name = node.seat.code
        self.store = node.disk.store
        self.heads = {(head.log, head.branch): head for head in self.store.heads()}
        self.rows = {
            key: self.store.entries(*key, Seq(0), head.size) if head.size else [] for key, head in self.heads.items()
        }

    @cached_property
    def entries(self) -> dict[LogId, list[Entry | None]]:
        """First histories, decoded."""
        return {log: [decoded(row.raw) for row in rows] for (log, branch), rows in self.rows.items() if branch == 0}

    @cached_property
    def receipted(self) -> set[tuple[LogId, int]]:
        """What this node's own log says that it holds, or a log of its member's before that."""
        found: set[tuple[LogId, int]] = set()
        own = [entry for log in self.entries if log_owner(log) == self.node.ordinal for entry in self.entries[log]]
        for entry in own:
            if entry is not None and isinstance(entry.body, tuple):
                for run in entry.body:
                    found.update((run.log, seq) for seq in range(run.first, run.first + run.count))
        return found

    @cached_property
    def voids(self) -> dict[tuple[LogId, int, int], list[str]]:
        """Codes of void statements, by log, branch and seq."""
        found: dict[tuple[LogId, int, int], list[str]] = {}
        for (log, branch), head in self.heads.items():
            for row in self.store.voids(log, branch, 0, head.size):
                found.setdefault((log, branch, row.seq), []).append(row.code)
        return found

    def row(self, log: LogId, seq: int) -> EntryRow | None:
        """One row of a first history."""
        rows = self.rows.get((log, 0), [])
        return rows[seq] if seq < len(rows) else None

    def sees(self, sight: int) -> bool:
        """Whether this node's member is in `sight`."""
        return bool(sight >> self.node.ordinal & 1)


class Evidence:
    """All that the checks look at."""

    def __init__(self, nodes: Sequence[SimNode], observer: Observer) -> None:
        self.nodes = nodes
        self.observer = observer
        self.copies = [Copy(node) for node in nodes if node.honest]
        self.honest = {copy.node.ordinal for copy in self.copies}
        self.logs = sorted({log for copy in self.copies for log, branch in copy.heads if branch == 0} - observer.forked)

    def pairs(self) -> Iterator[tuple[Copy, Copy]]:
        """The first copy with each other one."""
        for copy in self.copies[1:]:
            yield self.copies[0], copy


def audit(nodes: Sequence[SimNode], observer: Observer) -> list[str]:
    """Every broken promise of a finished run, as sentences."""
    evidence = Evidence(nodes, observer)
    return observer.failures + [failure for check in CHECKS for failure in check(evidence)]


def nothing_confirmed_is_lost(evidence: Evidence) -> Iterator[str]:
    """Every confirmed statement stands in every honest copy, at its place, with statement and content by sight."""
    for told in evidence.observer.confirmations:
        author = next(copy for copy in evidence.copies if copy.node.ordinal == told.ordinal)
        own = author.row(told.place.log, told.place.seq)
        for copy in evidence.copies:
            row = copy.row(told.place.log, told.place.seq)
            if row is None or own is None or row.raw != own.raw or decode_entry(row.raw).body != told.digest:
                yield f"{author.name} {told.place.seq} was confirmed, but {copy.name} does not hold it there"
                continue
            entry = decode_entry(row.raw)
            if copy.sees(entry.statement_sight) and (row.statement is None or sha256(row.statement) != told.digest):
                yield f"{author.name} {told.place.seq}: {copy.name} has sight of the statement but does not hold it"
            if copy.sees(entry.content_sight) and row.content is None:
                yield f"{author.name} {told.place.seq}: {copy.name} has sight of the content but does not hold it"


def copies_agree(evidence: Evidence) -> Iterator[str]:
    """Leaves, roots and clocks are the same, byte for byte, in all honest copies."""
    for one, other in evidence.pairs():
        for log in evidence.logs:
            mine, theirs = one.rows.get((log, 0), []), other.rows.get((log, 0), [])
            if len(mine) != len(theirs):
                yield f"log {log}: {one.name} holds {len(mine)} entries, {other.name} {len(theirs)}"
            for a, b in zip(mine, theirs, strict=False):
                if (a.raw, a.root, a.clock) != (b.raw, b.root, b.clock):
                    what = "leaf" if a.raw != b.raw else "root" if a.root != b.root else "clock"
                    yield f"log {log} entry {a.seq}: {one.name} and {other.name} differ in its {what}"
                    break


def roots_are_true(evidence: Evidence) -> Iterator[str]:
    """Every stored root follows from the leaves; every row stands where it says."""
    for copy in evidence.copies:
        for (log, branch), rows in copy.rows.items():
            tree = Frontier()
            for seq, row in enumerate(rows):
                tree.append(leaf_hash(row.raw))
                if row.seq != seq or row.root != tree.root():
                    yield f"{copy.name}: log {log}.{branch} entry {seq}: the stored root is not that of its leaves"
                    break
            if rows and copy.heads[log, branch].root != tree.root():
                yield f"{copy.name}: log {log}.{branch}: the stored head is not that of its leaves"


def order_is_equal(evidence: Evidence) -> Iterator[str]:
    """The total order is the same everywhere, and nothing stands before what it has seen."""

    def order(copy: Copy) -> list[tuple[LogId, int]]:
        keyed = [
            (order_key(row.clock, log), log, row.seq) for log in evidence.logs for row in copy.rows.get((log, 0), [])
        ]
        return [(log, seq) for _, log, seq in sorted(keyed)]

    orders = [order(copy) for copy in evidence.copies]
    for copy, one in zip(evidence.copies[1:], orders[1:], strict=True):
        if one != orders[0]:
            yield f"{evidence.copies[0].name} and {copy.name} order the entries differently"
    for copy in evidence.copies:
        for log in evidence.logs:
            last = 0
            for row, entry in zip(copy.rows.get((log, 0), []), copy.entries.get(log, []), strict=True):
                seen = entry.seen if entry is not None and (log, 0, row.seq) not in copy.voids else {}
                before = [copy.row(other, size - 1) for other, (size, _) in seen.items() if other in evidence.logs]
                if row.clock <= last or any(one is None or one.clock >= row.clock for one in before):
                    yield f"{copy.name}: log {log} entry {row.seq} does not stand after what it has seen"
                last = row.clock


def sight_is_honoured(evidence: Evidence) -> Iterator[str]:
    """No disk holds a statement or content that its member has no sight of."""
    for copy in evidence.copies:
        for rows in copy.rows.values():
            for row in rows:
                entry = decoded(row.raw)
                sights = (entry.statement_sight, entry.content_sight) if entry is not None else (0, 0)
                for what, held, sight in (("statement", row.statement, sights[0]), ("content", row.content, sights[1])):
                    if held is not None and not copy.sees(sight):
                        yield f"{copy.name} holds the {what} of log {row.log} entry {row.seq} without sight of it"


def everything_is_receipted(evidence: Evidence) -> Iterator[str]:
    """Every statement within sight that arrived whole has its receipt from each honest member."""
    for copy in evidence.copies:
        for log in evidence.logs:
            author = log_owner(log)
            for row, entry in zip(copy.rows.get((log, 0), []), copy.entries.get(log, []), strict=True):
                if (
                    entry is None
                    or entry.is_receipt
                    or not copy.sees(entry.statement_sight)
                    or author == copy.node.ordinal
                ):
                    continue
                due = entry.at_ms <= copy.node.clock() + AHEAD_MS and whole(row, entry, copy)
                if due and (log, row.seq) not in copy.receipted:
                    yield f"log {log} entry {row.seq} has no receipt by {copy.name}"
                if author in evidence.honest and not whole(row, entry, copy):
                    yield f"log {log} entry {row.seq}: {copy.name} still lacks what it may see of it"


def honest_logs_never_fork(evidence: Evidence) -> Iterator[str]:
    """All heads an honest node ever signed are prefixes of its log as it stands."""
    for copy in evidence.copies:
        for log, by_size in evidence.observer.heads.items():
            if log_owner(log) != copy.node.ordinal:
                continue
            for size, roots in sorted(by_size.items()):
                if roots != {copy.store.root_at(log, 0, size)}:
                    yield f"{copy.name} signed its log at {size} with a root that is not in its history: it forked itself"
                    break
        for (log, branch), _ in copy.heads.items():
            if branch and log_owner(log) in evidence.honest:
                yield f"{copy.name} holds a second history of honest log {log}"


def splits_are_shown(evidence: Evidence) -> Iterator[str]:
    """Where honest copies hold two histories of a log, every one keeps evidence that verifies; else nobody does."""
    for log in {log for copy in evidence.copies for log, _ in copy.heads} | {
        row.log for copy in evidence.copies for row in copy.store.evidence()
    }:
        split = log in evidence.observer.forked and _is_split(evidence, log)
        for copy in evidence.copies:
            kept = [row for row in copy.store.evidence() if row.log == log]
            if split and not kept:
                yield f"log {log} is forked, but {copy.name} keeps no evidence of it"
            if kept and log not in evidence.observer.forked:
                yield f"{copy.name} keeps evidence of a fork of log {log}, which was never forked"
            for row in kept:
                yield from _contradicts(copy, row.log, row.first, row.second)


def verdicts_agree(evidence: Evidence) -> Iterator[str]:
    """Members with the same sight find the same statements void, for the same reasons; honest ones never are."""
    for copy in evidence.copies:
        for (log, branch, seq), codes in copy.voids.items():
            if len(codes) > 1:
                yield f"{copy.name}: log {log} entry {seq} is void {len(codes)} times: {codes}"
            if log_owner(log) in evidence.honest and branch == 0:
                yield f"{copy.name} finds log {log} entry {seq} void ({codes}), though an honest node admitted it"
    for one in evidence.copies:
        for other in evidence.copies:
            for log in evidence.logs:
                for seq, entry in enumerate(one.entries.get(log, [])):
                    sights = [
                        (copy.sees(entry.statement_sight), copy.sees(entry.content_sight)) if entry else None
                        for copy in (one, other)
                    ]
                    if sights[0] == sights[1] and one.voids.get((log, 0, seq)) != other.voids.get((log, 0, seq)):
                        yield (f"log {log} entry {seq}: {one.name} finds {one.voids.get((log, 0, seq))}, "
                               f"{other.name} {other.voids.get((log, 0, seq))}")  # fmt: skip


def attacks_are_void(evidence: Evidence) -> Iterator[str]:
    """Each hostile leaf is kept at its index, and void for its own reason (or not, where nothing is wrong with it)."""
    for expected in evidence.observer.expected:
        for copy in evidence.copies:
            for (log, branch), rows in copy.rows.items():
                if log != expected.log or branch:
                    continue
                for row in (row for row in rows if row.raw == expected.leaf):
                    entry = decoded(row.raw)
                    shown = expected.entry_fault or (
                        entry is not None and copy.sees(entry.statement_sight) and row.statement is not None
                    )
                    found = copy.voids.get((log, 0, row.seq), [])
                    if shown and not (set(found) & expected.codes or (not expected.codes and not found)):
                        yield (f"{copy.name}: hostile log {log} entry {row.seq} should be void for one of "
                               f"{sorted(expected.codes)}, is {found}")  # fmt: skip


def honest_peers_are_never_cut_off(evidence: Evidence) -> Iterator[str]:
    """No honest node tells another that it broke a rule."""
    for cut in evidence.observer.cuts:
        if cut.peer in evidence.honest:
            yield f"member {cut.by} cut off honest member {cut.peer}: {cut.code}: {cut.reason}"


def nothing_waits(evidence: Evidence) -> Iterator[str]:
    """Every honest node runs, signs, and has nothing left to do."""
    for copy in evidence.copies:
        core = copy.node.core
        if not copy.node.alive:
            yield f"{copy.name} does not run"
        elif not core.may_sign():
            yield f"{copy.name} may not sign its log although all lines are up"
        elif core.queued() or copy.node.unconfirmed:
            yield f"{copy.name} has {core.queued()} statements queued, {len(copy.node.unconfirmed)} unconfirmed"
        elif not core.folding.caught_up():
            yield f"{copy.name} has statements it never verified"
        mine = [decode_entry(row.raw).body for row in copy.rows.get((core.log, 0), []) if row.statement is not None]
        if len(set(mine)) != len(mine):
            yield f"{copy.name} recorded a statement of its own twice"


def directories_agree(evidence: Evidence) -> Iterator[str]:
    """All know the same officers, charter and registrars of every log."""
    for log in evidence.logs:
        views = []
        for copy in evidence.copies:
            directory = copy.node.core.mechanism.directory(log)
            signers = [
                (one.kid, one.position, one.mandates, one.from_seq)
                for one in [*directory.officers(), *directory.registrars()]
            ]
            views.append((signers, directory.latest_seq, copy.node.core.mechanism.charter.digest))
        for copy, view in zip(evidence.copies, views, strict=True):
            if view != views[0]:
                yield f"{evidence.copies[0].name} and {copy.name} know different officers or charters of log {log}"


CHECKS: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    nothing_confirmed_is_lost, copies_agree, roots_are_true, order_is_equal, sight_is_honoured, everything_is_receipted,
    honest_logs_never_fork, splits_are_shown, verdicts_agree, attacks_are_void, honest_peers_are_never_cut_off,
    nothing_waits, directories_agree,
)  # fmt: skip


def decoded(raw: bytes) -> Entry | None:
    """A leaf's entry, None where it is none."""
    try:
        return decode_entry(raw)
    except BadInput:
        return None


def whole(row: EntryRow, entry: Entry, copy: Copy) -> bool:
    """Whether the copy holds all that it may see of an entry."""
    if row.statement is None:
        return False
    try:
        parse_statement(row.statement)
    except BadInput:
        return True
    return row.content is not None or not copy.sees(entry.content_sight)


def _is_split(evidence: Evidence, log: LogId) -> bool:
    roots: dict[int, set[bytes]] = {}
    for copy in evidence.copies:
        for (held, _), rows in copy.rows.items():
            for row in rows if held == log else []:
                roots.setdefault(row.seq, set()).add(row.root)
    return any(len(found) > 1 for found in roots.values())


def _contradicts(copy: Copy, log: LogId, *notes: str) -> Iterator[str]:
    mechanism = copy.node.core.mechanism
    owner = next(seat for seat in copy.node.cell.seats if seat.ordinal == log_owner(log))
    try:
        first, second = (
            read_evidence(note, mechanism.origin(log), [owner.secrets.log_key.verify_key]) for note in notes
        )
    except BadInput as error:
        yield f"{copy.name}: evidence of log {log} does not verify: {error}"
        return
    if first.size == second.size:
        proven = first.root != second.root
    else:
        proven = any(_disproves(copy, log, one, other) for one, other in ((first, second), (second, first)))
    if not proven:
        yield f"{copy.name}: evidence of log {log} does not contradict itself"


def _disproves(copy: Copy, log: LogId, one: Checkpoint, other: Checkpoint) -> bool:
    """Whether a history held here under `one` has another root than `other` at the size of `other`."""
    return any(
        copy.store.root_at(log, branch, one.size) == one.root
        and copy.store.root_at(log, branch, other.size) not in (None, other.root)
        for held, branch in copy.heads
        if held == log
    )
