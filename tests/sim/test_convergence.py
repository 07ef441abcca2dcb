"""Any interleaving, loss, repeat or reorder of frames converges to the same record on all nodes.

Bare cores over memory stores; Hypothesis decides what happens to every frame, and shrinks what breaks.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.charter.directory_build import DirectorySigner, build
from parley.charter.directory_kinds import RegistrarGrant
from parley.crypto.keys import SigningKey
from parley.crypto.sealing import open_sealed
from parley.link.codec import FrameReader, encode_frame
from parley.link.frames import Frame
from parley.node.core.core import NodeCore
from parley.node.core.effects import Commit, Cut, Send, Unjudged
from parley.node.core.mechanism import Mechanism
from parley.record.entry import decode_entry
from parley.record.ids import MemberOrdinal, log_id
from parley.store.memory import MemoryStore
from tests.sim.cell import Cell, derived, found_cell
from tests.sim.world import START_MS

MAX_ROUNDS = 90
QUIET_ROUNDS = 12

Mail = tuple[int, int, Frame]
ACTIONS = ("deliver", "deliver", "deliver", "lose", "repeat", "speak", "wait", "disk", "flap")


class Pool:
    """Cores with a common mailbag from which frames are taken in any order."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.now = START_MS
        self.mail: list[Mail] = []
        self.writing: dict[int, Commit] = {}
        self.stores = [MemoryStore() for _ in cell.seats]
        self.cores = [self._core(ordinal) for ordinal in range(cell.size)]
        self.spoken = 0
        for ordinal, core in enumerate(self.cores):
            core.start(self.now)
            self.settle_disk(ordinal)
            self._do(ordinal, lambda core, ordinal=ordinal: core.submit(0, *cell.seats[ordinal].card, self.now))
            self.settle_disk(ordinal)
        for one in range(cell.size):
            for other in range(cell.size):
                if one != other:
                    self._do(one, lambda core, other=other: core.link_up(MemberOrdinal(other), self.now))

    def act(self, action: str, which: int) -> None:
        """One thing happens to the `which`-th frame, node or line."""
        node = which % self.cell.size
        if action == "speak":
            self._speak(node)
        elif action == "wait":
            self.pass_time(which % 5_000)
        elif action == "disk":
            self.settle_disk(node)
        elif action == "flap":
            self._flap(node, (node + 1) % self.cell.size)
        elif self.mail:
            at = which % len(self.mail)
            mail = self.mail[at] if action == "repeat" else self.mail.pop(at)
            if action != "lose":
                self._deliver(mail)

    def pass_time(self, duration_ms: int) -> None:
        """Time passes for all."""
        self.now += duration_ms
        for ordinal in range(self.cell.size):
            self._do(ordinal, lambda core: core.tick(self.now))

    def settle_disk(self, ordinal: int) -> None:
        """Finish every write under way."""
        while ordinal in self.writing:
            commit = self.writing.pop(ordinal)
            self.stores[ordinal].commit(commit.batch)
            self._do(ordinal, lambda core: core.committed(self.now))

    def converge(self) -> bool:
        """Deliver everything in order from now on, until nothing has changed for a while."""
        quiet, picture = 0, None
        for _ in range(MAX_ROUNDS):
            while self.mail or self.writing:
                for ordinal in range(self.cell.size):
                    self.settle_disk(ordinal)
                if self.mail:
                    self._deliver(self.mail.pop(0))
            now = [store.heads() for store in self.stores]
            roots = [{head.log: head.root for head in heads} for heads in now]
            quiet, picture = (quiet + 1 if now == picture and all(one == roots[0] for one in roots) else 0), now
            if quiet == QUIET_ROUNDS:
                return True
            self.pass_time(1_000)
        return False

    def _core(self, ordinal: int) -> NodeCore:
        seat = self.cell.seats[ordinal]
        return NodeCore(
            seat.ordinal, log_id(ordinal), seat.secrets.log_key, Mechanism(self.cell.charter), self.stores[ordinal],
            high_water=None, unseal=lambda sealed, info: open_sealed(seat.secrets.seal_key, sealed, info),
        )  # fmt: skip

    def _do(self, ordinal: int, ask: Callable[[NodeCore], None]) -> None:
        core = self.cores[ordinal]
        ask(core)
        for effect in core.effects():
            match effect:
                case Commit():
                    self.writing[ordinal] = effect
                case Send(peer, frame, _):
                    self.mail += [(ordinal, peer, one) for one in FrameReader().feed(encode_frame(frame))]
                case Unjudged():
                    self._do(ordinal, self._judge)
                case Cut(peer, code, reason):
                    raise AssertionError(f"honest node {ordinal} cuts off honest node {peer}: {code}: {reason}")

    def _judge(self, core: NodeCore) -> None:
        jobs = core.judge(self.now)
        core.verified([(job.place, job.statement.sign1.verify(job.key)) for job in jobs], self.now)

    def _deliver(self, mail: Mail) -> None:
        sender, receiver, frame = mail
        self._do(receiver, lambda core: core.receive(MemberOrdinal(sender), frame, self.now))

    def _speak(self, ordinal: int) -> None:
        self.spoken += 1
        seat, mechanism = self.cell.seats[ordinal], self.cell.charter.mechanism
        label = str(self.spoken)
        grant = RegistrarGrant(f"registrar-{label}", SigningKey.from_seed(derived("key", label)).verify_key.raw)
        raw, content = build(
            grant, DirectorySigner.root(mechanism, seat.code, seat.root), issued_at_s=self.now // 1000,
            nonce=derived("nonce", label)[:16], salt=derived("salt", label)[:16],
        )  # fmt: skip
        self._do(ordinal, lambda core: core.submit(self.spoken, raw, content, self.now))

    def _flap(self, one: int, other: int) -> None:
        """The line between two goes down and up: what is under way on it is lost."""
        self.mail = [mail for mail in self.mail if {mail[0], mail[1]} != {one, other}]
        for here, there in ((one, other), (other, one)):
            self._do(here, lambda core, there=there: core.link_down(MemberOrdinal(there), self.now))
        self.mail = [mail for mail in self.mail if {mail[0], mail[1]} != {one, other}]
        for here, there in ((one, other), (other, one)):
            self._do(here, lambda core, there=there: core.link_up(MemberOrdinal(there), self.now))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    size=st.integers(2, 4),
    script=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 10_000)), max_size=80),
)
def test_any_interleaving_loss_repeat_or_reorder_of_frames_converges(size: int, script: list[tuple[str, int]]) -> None:
    pool = Pool(found_cell(0, size))
    for action, which in script:
        pool.act(action, which)
    assert pool.converge(), "the copies do not become level"
    pictures = []
    for store in pool.stores:
        rows = [row for head in store.heads() for row in store.entries(head.log, head.branch, 0, head.size)]
        pictures.append([(row.log, row.seq, row.raw, row.root, row.clock, row.statement, row.content) for row in rows])
    assert all(picture == pictures[0] for picture in pictures)
    for ordinal, store in enumerate(pool.stores):
        held = {
            (run.log, seq)
            for body in (decode_entry(row.raw).body for row in store.entries(log_id(ordinal), 0, 0, 10_000))
            for run in (body if isinstance(body, tuple) else ())
            for seq in range(run.first, run.first + run.count)
        }
        others = [row for row in pictures[0] if row[0] != log_id(ordinal) and row[5] is not None]
        assert {(row[0], row[1]) for row in others} <= held, f"node {ordinal} has not receipted all that it holds"
