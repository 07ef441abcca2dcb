"""One run: found a cell from the seed, let officers speak while things go wrong, heal, wait for quiet, audit."""

from __future__ import annotations

import os
import tempfile
import traceback
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from parley.charter.charter_toml import load_toml
from parley.charter.founding import amend
from parley.node.cases import cases, casework
from parley.node.core import folding, traffic
from parley.record.ids import MemberOrdinal, Seq
from tests.sim.actor_node import SimNode
from tests.sim.attacks import Attacks
from tests.sim.audit import audit
from tests.sim.case_audit import audit_cases
from tests.sim.cell import MOST_MEMBERS, charter_text, found_cell, new_roots
from tests.sim.disk import SimDisk, SqliteDisk
from tests.sim.faults import DAY_MS, Faults
from tests.sim.hostile import HostileNode
from tests.sim.network import Line, Network
from tests.sim.observer import Observer
from tests.sim.session_line import SessionLine
from tests.sim.workload import CASES_IN_MIND, DEESCALATION, LINE, Staff
from tests.sim.world import World

SETTLE_STEP_MS = 1_000
QUIET_MS = 12_000
SETTLE_LIMIT_MS = 120_000
SQLITE_SHARE = 0.08
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
SESSION_SHARE = 0.15
REOPEN_SHARE = 0.2
AMEND_SHARE = 0.3


@dataclass
class Result:
    """What a run found: broken promises (none if all is well), and what happened in it."""

    seed: int
    failures: list[str]
    counts: dict[str, int] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)

    def report(self) -> str:
        """The failures, with how to play the run again."""
        shown = [f"  {failure}" for failure in self.failures[:12]]
        more = len(self.failures) - len(shown)
        return "\n".join(
            [
                f"seed {self.seed}: {len(self.failures)} promises broken; again by: make sim SEEDS=1 FROM={self.seed}",
                *shown,
            ]
            + ([f"  and {more} more"] if more > 0 else [])
        )


class Run:
    """The whole of one run; `only` names what may happen in it (see `faults` and `attacks`), None for chance."""

    def __init__(
        self, seed: int, *, members: int | None = None, hostile: bool | None = None, attacks: tuple[str, ...] | None = None,
        faults: tuple[str, ...] | None = None, sessions: bool | None = None, reopening: bool | None = None,
        amending: bool | None = None, tracing: bool = False,
    ) -> None:  # fmt: skip
        self.world = World(seed)
        self.world.tracing = tracing
        rng = self.world.rng
        size = members or rng.choice([2, 3, 3, 3, 4, 5])
        self.variant = rng.randrange(2)
        self.cell = found_cell(self.variant, size)
        self.observer = Observer()
        self._folder = (
            tempfile.TemporaryDirectory(prefix="parley-sim-", dir=IN_MEMORY) if rng.random() < SQLITE_SHARE else None
        )
        sessions = rng.random() < SESSION_SHARE if sessions is None else sessions
        ordinals = [seat.ordinal for seat in self.cell.seats]
        self.network = Network(self.world, self.observer, ordinals, SessionLine if sessions else Line)
        liar = rng.randrange(size) if (rng.random() < 0.4 if hostile is None else hostile) and size > 2 else None
        self.nodes: list[SimNode] = []
        for ordinal in range(size):
            kind = HostileNode if ordinal == liar else SimNode
            self.nodes.append(kind(self.world, self.network, self.observer, self.cell, ordinal, self._disk(ordinal)))
        self.staffs = [Staff(self.world, node) for node in self.nodes]
        self.faults = Faults(self.world, self.network, self.nodes)
        if faults is not None:
            self.faults.enabled = list(faults)
        self.attacks = None
        if liar is not None:
            self.attacks = Attacks(self.nodes[liar], self.staffs[liar])  # type: ignore[arg-type]
        self.attack_names = attacks
        self.reopening = reopening
        self.amending = amending
        self.active = True
        self.amended = False
        self.duration_ms = rng.randint(15_000, 45_000)

    def play(self) -> Result:
        """Run to the end and audit."""
        try:
            with small_bounds() if self.world.seed % 2 else all_at_once():
                failures = self._play()
        except Exception:
            failures = [*self.observer.failures, "a node crashed by itself: " + traceback.format_exc(limit=-6)]
        finally:
            for node in self.nodes:
                node.remove()
            if self._folder is not None:
                self._folder.cleanup()
        return Result(self.world.seed, failures, self._counts(), self.world.trace)

    def _play(self) -> list[str]:
        for node in self.nodes:
            self.world.after(self.world.rng.randint(0, 3_000), lambda node=node: None if node.alive else node.start())
        for staff in self.staffs:
            self._work(staff)
        self.faults.begin()
        if self.attacks is not None:
            self._attack()
        if self.world.chance(AMEND_SHARE) if self.amending is None else self.amending:
            self.world.after(self.duration_ms // 2, self._amend)
        if self.world.chance(REOPEN_SHARE) if self.reopening is None else self.reopening:
            self.world.after(self.duration_ms // 3, self._reopen)
        self._clash()
        self.world.run_for(self.duration_ms)
        self.active = False
        self.faults.end()
        settled = self._settle()
        if self._latest_at() > self.world.now:
            for node in self.nodes:
                node.jump_clock(2 * DAY_MS)
            settled = self._settle()
        failures = audit(self.nodes, self.observer) + audit_cases(self.nodes, self.observer.forked)
        if not settled:
            failures.insert(0, f"no quiet within {SETTLE_LIMIT_MS} ms of healing")
        return failures

    def _work(self, staff: Staff) -> None:
        def once() -> None:
            if self.active:
                staff.act()
                self._work(staff)

        self.world.after(int(self.world.rng.expovariate(1 / 900)) + 1, once)

    def _clash(self) -> None:
        """Officers of all members, some of one member, speak in one case before they can have heard each other."""

        def once() -> None:
            if not self.active:
                return
            node = self.world.rng.choice(self.nodes)
            desk = self.world.rng.choice((LINE, DEESCALATION.name))
            cases = node.casework.cases.cases(desk, over=False, before=None, limit=CASES_IN_MIND) if node.alive else []
            for staff in self.staffs if cases else ():
                for _ in range(self.world.rng.randint(0, 2)):
                    if staff.node.alive:
                        staff.speak_in(cases[0].opening.reference)
            self._clash()

        self.world.after(self.world.rng.randint(500, 3_000), once)

    def _attack(self) -> None:
        def once() -> None:
            if self.active and self.attacks is not None:
                self.attacks.attempt(self.world.rng.choice(self.attack_names) if self.attack_names else None)
                self._attack()

        self.world.after(self.world.rng.randint(500, 4_000), once)

    def _amend(self) -> None:
        """All assent to another text; half the time it seats a member more, whose node is not there yet.

        A hostile member may at any time claim to have seen that member's log. Nobody assents once a log is known to be
        forked (see `docs/limits.md`).
        """
        self.amended = True
        size = self.cell.size + (self.cell.size < MOST_MEMBERS and self.world.chance(0.5))
        draft = load_toml(charter_text("Simulated cell, amended", self.variant, size))
        charter = amend(draft, self.cell.charter, new_roots(self.variant, self.cell.size, size))
        for staff in self.staffs:
            self.world.after(
                self.world.rng.randint(0, 3_000), lambda staff=staff: self.observer.forked or staff.assent(charter)
            )

    def _reopen(self) -> None:
        """A member's log is reopened: where it may be survived, after its node lost its disk."""
        staff = self.world.rng.choice([one for one in self.staffs if one.node.honest])
        if not self.world.chance(0.3):
            if not self.active:
                return
            if not self.faults.lose(staff.node):
                self.world.after(1_000, self._reopen)
                return
        staff.to_reopen = True

    # ---- quiet ---------------------------------------------------------------------------------------------

    def _settle(self) -> bool:
        quiet_since, picture = self.world.now, None
        end = self.world.now + SETTLE_LIMIT_MS
        while self.world.now < end:
            self.world.run_for(SETTLE_STEP_MS)
            now = self._picture()
            if now != picture or now is None:
                quiet_since, picture = self.world.now, now
            elif self.world.now - quiet_since >= QUIET_MS:
                return True
        return False

    def _picture(self) -> object:
        """All heads, where nobody has work left, nor waits for what its author holds, and honest copies are level; None
        elsewhere."""
        honest = self._honest()
        authors = {node.core.log for node in honest} - self.observer.forked
        if any(node.core.ledger.missing(log) for node in honest if node.alive for log in authors):
            return None
        if not all(node.alive and not node.core.queued() and node.core.ledger.due_ms() is None for node in honest):
            return None
        heads = [
            {(head.log, head.branch): (head.size, head.root) for head in node.disk.store.heads()} for node in honest
        ]
        level = [{key: value for key, value in one.items() if key[0] not in self.observer.forked} for one in heads]
        return heads if all(one == level[0] for one in level) else None

    def _honest(self) -> list[SimNode]:
        return [node for node in self.nodes if node.honest]

    def _latest_at(self) -> int:
        """The latest time that any entry held by an honest node gives."""
        return max(
            row.at_ms
            for node in self._honest()
            for head in node.disk.store.heads()
            for row in node.disk.store.entries(head.log, head.branch, Seq(0), head.size)
        )

    def _disk(self, ordinal: int) -> SimDisk:
        return SqliteDisk(Path(self._folder.name) / str(ordinal)) if self._folder is not None else SimDisk()

    def _counts(self) -> dict[str, int]:
        counts = {f"fault {name}": count for name, count in self.faults.counts.items()}
        if self.attacks is not None:
            counts |= {f"attack {name}": count for name, count in self.attacks.tried.items()}
        counts["statements"] = sum(staff.handed_in for staff in self.staffs)
        counts["refused at the door"] = sum(staff.refused for staff in self.staffs)
        counts["confirmed"] = len(self.observer.confirmations)
        counts["frames"] = self.observer.frames_sent
        counts["flashes"] = self.observer.flashes
        counts["rings"] = self.observer.rings
        counts["put back from backup"] = int(self.faults.restored is not None)
        counts["amendments"] = int(self.amended)
        counts["logs reopened"] = sum(staff.reopened for staff in self.staffs)
        counts["runs over sessions"] = int(
            isinstance(self.network.line(MemberOrdinal(0), MemberOrdinal(1)), SessionLine)
        )
        counts["members"] = len(self.nodes)
        return counts


def small_bounds() -> ExitStack:
    """What takes thousands of statements to come about in the field comes about with a handful."""
    return patched(
        (traffic, "BULK_ITEMS", 3), (folding, "MAX_JOBS", 6), (folding, "REFILL_BELOW", 4), (folding, "READ_AGAIN_ROWS", 5),
        (traffic, "CHUNK_ENTRIES", 6), (cases, "KEPT_FOLDS", 4), (cases, "ROWS_AT_ONCE", 5), (cases, "BUFFERED_ACTS", 3),
        (casework, "BACKLOG_ENTRIES", 8), (casework, "SLICE_S", -1.0),
    )  # fmt: skip


def all_at_once() -> ExitStack:
    """What is judged is put into its case in one go: how much a slice of real time takes in is not the seed's."""
    return patched((casework, "SLICE_S", 3_600.0))


def patched(*bounds: tuple[ModuleType, str, object]) -> ExitStack:
    """These bounds of modules, until it is closed."""
    stack = ExitStack()
    for module, name, value in bounds:
        stack.enter_context(patch.object(module, name, value))
    return stack


def play(seed: int) -> Result:
    """One seed, with everything left to chance."""
    return Run(seed).play()
