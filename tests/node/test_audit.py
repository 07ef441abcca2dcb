"""The audit of a copy: a sound one passes, and whatever is changed in what is stored is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parley.node.audit import AuditReport, audit
from parley.node.core.mechanism import Mechanism
from parley.record.ids import LogId, RootHash
from parley.record.merkle import Frontier, leaf_hash
from parley.record.rows import EntryRow, HeadRow
from tests.node.nodes import Nodes

OWN, OTHER = LogId(0), LogId(1)


def spoken() -> Nodes:
    nodes = Nodes(3)
    nodes.connect()
    for turn in range(6):
        nodes.say(turn % 3, f"turn {turn}")
        nodes.run(200)
    return nodes


NODES = spoken()


class Tampered:
    """Node 0's store, of which one log reads back as `change` makes it."""

    def __init__(
        self, change: Callable[[list[EntryRow]], list[EntryRow]] = lambda rows: rows, log: LogId = OTHER
    ) -> None:
        self._store = NODES.stores[0]
        self._log = log
        head = next(head for head in self._store.heads() if head.log == log)
        self.rows = change(self._store.entries(log, 0, 0, head.size))

    def entries(self, log: LogId, branch: int, first: int, limit: int) -> list[EntryRow]:
        if log == self._log:
            return self.rows[first : first + limit]
        return self._store.entries(log, branch, first, limit)

    def root_at(self, log: LogId, branch: int, size: int) -> RootHash | None:
        return self.rows[size - 1].root if log == self._log else self._store.root_at(log, branch, size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def audited(store: Any) -> AuditReport:
    return audit(store, Mechanism(NODES.cell.charter))


def spoken_at(rows: list[EntryRow]) -> int:
    """Index of the last row that carries a statement."""
    return max(at for at, row in enumerate(rows) if row.statement is not None)


def flipped(data: bytes | None) -> bytes:
    assert data is not None
    return data[:-1] + bytes([data[-1] ^ 1])


def one_changed(**how: Callable[[EntryRow], object]) -> Callable[[list[EntryRow]], list[EntryRow]]:
    def change(rows: list[EntryRow]) -> list[EntryRow]:
        at = spoken_at(rows)
        return [*rows[:at], rows[at]._replace(**{name: make(rows[at]) for name, make in how.items()}), *rows[at + 1 :]]

    return change


def rewritten(rows: list[EntryRow]) -> list[EntryRow]:
    """History changed with all roots made anew to fit, and the signatures that do not fit dropped."""
    at = spoken_at(rows)
    rows = [*rows[:at], rows[at]._replace(raw=flipped(rows[at].raw), statement=None), *rows[at + 1 :]]
    frontier, made = Frontier(), []
    for row in rows:
        frontier.append(leaf_hash(row.raw))
        made.append(row._replace(root=frontier.root(), signature=row.signature if row.seq < at else None))
    return made


def test_a_sound_copy_passes_and_everything_is_counted() -> None:
    told: list[int] = []
    report = audit(NODES.stores[0], Mechanism(NODES.cell.charter), told.append)
    assert (report.faults, report.findings, report.void) == (0, [], 0)
    assert set(report.uncovered) <= {"QAB"}, "only this node's own last entries may be seen by nobody yet"
    assert report.entries == sum(NODES.sizes(0).values()) == sum(told)
    assert report.statements == 3 * 3 + 6


CHANGES = {
    "statement": (one_changed(statement=lambda row: flipped(row.statement)), "the stored statement is not the one"),
    "content": (one_changed(content=lambda row: flipped(row.content)), "the stored content is not the one"),
    "entry": (one_changed(raw=lambda row: flipped(row.raw)), "the stored root is not the root of the entries"),
    "root": (
        one_changed(root=lambda row: RootHash(flipped(row.root))),
        "the stored root is not the root of the entries",
    ),
    "clock": (one_changed(clock=lambda row: row.clock + 1), "in the order, and belongs at"),
    "truncated": (lambda rows: rows[:-1], "the stored head is not that of its entries"),
    "swapped": (lambda rows: [*rows[:-2], rows[-1], rows[-2]], ""),
    "left out": (lambda rows: [*rows[:3], *rows[4:]], ""),
    "rewritten": (rewritten, "has seen another history of log"),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("log", [OWN, OTHER])
def test_what_was_changed_in_the_store_is_found(name: str, log: LogId) -> None:
    change, finding = CHANGES[name]
    report = audited(Tampered(change, log))
    assert report.faults
    assert any(finding in one for one in report.findings), report.findings


def test_a_forged_checkpoint_is_found() -> None:
    forged = Tampered(lambda rows: [row._replace(signature=row.signature and flipped(row.signature)) for row in rows])
    report = audited(forged)
    assert any("its checkpoint is not signed" in one for one in report.findings)


def test_a_log_without_its_signatures_is_not_passed_over_in_silence() -> None:
    bare = Tampered(lambda rows: [row._replace(signature=None) for row in rows])
    entries = NODES.stores[0].entries
    bare.entries = lambda *where: [row._replace(signature=None) for row in entries(*where)]  # type: ignore[method-assign]
    report = audited(bare)
    assert report.uncovered == {
        "QAB": NODES.sizes(0)[OWN],
        "BBB": NODES.sizes(0)[OTHER],
        "MID": NODES.sizes(0)[LogId(2)],
    }


def test_what_others_signed_that_they_had_seen_covers_a_log_too() -> None:
    report = audited(Tampered(lambda rows: [row._replace(signature=None) for row in rows]))
    assert report.uncovered.get("BBB", 0) < NODES.sizes(0)[OTHER]


def test_evidence_against_one_log_excuses_no_other() -> None:
    tampered = Tampered(rewritten)
    tampered.evidence = lambda: [type("Row", (), {"log": LogId(2)})()]  # type: ignore[attr-defined]
    assert audited(tampered).faults


def test_a_head_that_is_not_that_of_its_entries_is_found() -> None:
    tampered = Tampered()
    heads: list[HeadRow] = NODES.stores[0].heads()
    tampered.heads = lambda: [head._replace(root=RootHash(flipped(head.root))) for head in heads]  # type: ignore[attr-defined]
    assert audited(tampered).faults == len(heads)
