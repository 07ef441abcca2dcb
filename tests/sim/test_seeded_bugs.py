"""The simulator must catch what it is there to catch: bugs planted one at a time in the production code.

For each, the runs that catch it are given; the same runs pass without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from parley.node.cases.cases import Cases
from parley.node.core.core import NodeCore
from parley.procedure.act import Act
from parley.procedure.declare import Kind
from parley.procedure.fields import Content
from parley.procedure.fold import CaseFold
from parley.procedure.ladder import Ladder, Mark, Rung
from parley.record import record as record_module
from parley.record.branch import Branch
from parley.record.record import Accepted, Fault, Record
from parley.store.case_index import CaseKey
from tests.changed import replace
from tests.sim.run import Result, Run

SEEDS = range(1_000, 1_008)


def receipt_before_fsync(patch: pytest.MonkeyPatch) -> None:
    """What is on its way to the disk is told at once."""
    flush = NodeCore._flush

    def hasty(self: NodeCore, now: int) -> None:
        before = self._inflight
        flush(self, now)
        if self._inflight is not None and self._inflight is not before:
            self.traffic.publish(self._inflight, now)

    patch.setattr(NodeCore, "_flush", hasty)


def stale_seen_accepted(patch: pytest.MonkeyPatch) -> None:
    """A `seen` that shrinks is taken for good."""
    claims_fault = Record._claims_fault

    def lenient(self: Record, *args: Any) -> Fault | None:
        fault = claims_fault(self, *args)
        return None if fault is not None and fault.code == "entry.seen-shrinks" else fault

    patch.setattr(Record, "_claims_fault", lenient)


def reorder_by_arrival(patch: pytest.MonkeyPatch) -> None:
    """An entry's place is when it came."""
    accept_next = Record._accept_next
    arrivals: Counter[int] = Counter()
    receiving = [0]

    def noting(self: Record, branch: Branch) -> Accepted | None:
        receiving[0] = id(self)
        return accept_next(self, branch)

    def by_arrival(previous: int, seen: object) -> int:
        del seen
        arrivals[receiving[0]] += 1
        return max(previous + 1, arrivals[receiving[0]])

    patch.setattr(Record, "_accept_next", noting)
    patch.setattr(record_module, "next_clock", by_arrival)


def signature_skipped_on_relay(patch: pytest.MonkeyPatch) -> None:
    """Whoever brings entries is believed."""
    patch.setattr(Record, "_signed", lambda *_: True)


def signing_below_the_high_water_mark(patch: pytest.MonkeyPatch) -> None:
    """A node put back from its backup signs at once."""
    patch.setattr(NodeCore, "_reaches_high_water", lambda _: True)


def order_by_arrival_inside_a_case(patch: pytest.MonkeyPatch) -> None:
    """What comes late is put at the end of its case."""
    extend = Cases._extend

    def hasty(self: Cases, key: CaseKey, acts: list[Act]) -> CaseFold | None:
        fold = self._folds.get(key)
        if fold is None:
            return extend(self, key, acts)
        for act in acts:
            fold.take(act)
        return fold

    patch.setattr(Cases, "_extend", hasty)


def what_is_void_moves_its_case(patch: pytest.MonkeyPatch) -> None:
    """The fold does not look whether the record holds a statement void."""
    unfit = CaseFold._unfit
    patch.setattr(CaseFold, "_unfit", lambda self, act, *rest: unfit(self, replace(act, void=None), *rest))


def acknowledgement_counts_in_spite_of_a_mismatch(patch: pytest.MonkeyPatch) -> None:
    """Who has read it back wrong has read it."""
    acknowledge = Ladder._acknowledge

    def lenient(self: Ladder, act: Act, kind: Kind, said: Content | None, mark: Mark) -> None:
        acknowledge(self, act, kind, said, mark)
        self.marks.setdefault(Rung.ACKNOWLEDGED, mark)

    patch.setattr(Ladder, "_acknowledge", lenient)


@dataclass(frozen=True)
class Scenario:
    """A planted bug, the runs it is looked for in, and words of the promise that it breaks."""

    plant: Callable[[pytest.MonkeyPatch], None]
    broken: tuple[str, ...]
    hostile: bool = False
    attacks: tuple[str, ...] | None = None
    faults: tuple[str, ...] = ()

    def play(self, seed: int) -> Result:
        """One of its runs."""
        return Run(seed, members=3, hostile=self.hostile, attacks=self.attacks, faults=self.faults).play()


SCENARIOS = [
    Scenario(receipt_before_fsync, ("before its own store held", "its store does not hold whole"), faults=("crash",)),
    Scenario(stale_seen_accepted, ("should be void for one of ['entry.seen-shrinks']",), True, ("seen_shrinks",)),
    Scenario(reorder_by_arrival, ("differ in its clock", "order the entries differently")),
    Scenario(signature_skipped_on_relay, ("second history of honest log", "differ in its leaf", "entries, "), True, ("forged_relay",)),
    Scenario(signing_below_the_high_water_mark, ("it forked itself", "second history of honest log"), faults=("backup",)),
    Scenario(order_by_arrival_inside_a_case, ("otherwise than its logs",), faults=("cut",)),
    Scenario(what_is_void_moves_its_case, ("is void in the record",), True, ("forged_signature",)),
    Scenario(acknowledgement_counts_in_spite_of_a_mismatch, ("reads it back wrong",)),
]  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.plant.__name__)
def test_a_planted_bug_is_caught_and_the_code_without_it_passes(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[int] = []
    with monkeypatch.context() as patch:
        scenario.plant(patch)
        for seed in SEEDS:
            failures = scenario.play(seed).failures
            if any(words in failure for failure in failures for words in scenario.broken):
                caught.append(seed)
                break
    assert caught, f"{scenario.plant.__name__} was not caught in {len(SEEDS)} runs"
    for seed in range(SEEDS.start, caught[0] + 1):
        result = scenario.play(seed)
        assert not result.failures, result.report()
