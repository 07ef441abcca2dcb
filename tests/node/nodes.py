"""A few cores wired together in one thread, without delays: frames are delivered when the test says so.

    nodes = Nodes(3)
    nodes.connect()
    ticket = nodes.say(0, "hello")
    nodes.run(1_000)
    assert nodes.agree()

The simulator has the losses, crashes and clocks; this is for tests that follow one thing step by step.
"""

from __future__ import annotations

import hashlib
from collections import deque

from parley.charter.directory_build import DirectorySigner, build, prove_possession
from parley.charter.directory_kinds import DirectoryContent, Enrolment, RegistrarGrant
from parley.crypto.keys import SigningKey
from parley.crypto.sealing import open_sealed
from parley.link.frames import Frame
from parley.node.core.core import NodeCore
from parley.node.core.effects import (
    Arrived,
    Commit,
    Confirmed,
    Cut,
    Durable,
    ForkSeen,
    Parted,
    Receipted,
    Send,
    Unjudged,
    VerifyJob,
)
from parley.node.core.mechanism import Mechanism
from parley.record.content import content_digest, encode_content
from parley.record.ids import LogId, MemberOrdinal, members
from parley.record.rows import HighWater, Place, ReceiptRow
from parley.record.statement import Precedence, Statement, StatementFields, sign_statement
from parley.store.memory import MemoryStore
from tests.sim.cell import found_cell

NOON_MS = 1_790_000_000_000
STEP_MS = 50


def drawn(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


class Nodes:
    """See the module. Node numbers are ordinals; the channels are those of `tests.sim.cell` (set 1)."""

    def __init__(self, size: int = 3) -> None:
        self.cell = found_cell(1, size)
        self.size = size
        self.now = NOON_MS
        self.stores = [MemoryStore() for _ in range(size)]
        self.marks: list[HighWater | None] = [None] * size
        self.cores: list[NodeCore] = []
        self.lines: set[tuple[int, int]] = set()
        self.wire: deque[tuple[int, int, Frame]] = deque()
        self.sent: list[tuple[int, int, Frame]] = []
        self.confirmed: dict[tuple[int, int], Place] = {}
        self.arrived: list[tuple[int, Place, Statement, bool]] = []
        self.cuts: list[tuple[int, int, str]] = []
        self.forks_seen: list[int] = []
        self.parted: list[tuple[int, LogId]] = []
        self.receipted: list[tuple[int, ReceiptRow]] = []
        self.durable: list[tuple[int, Durable]] = []
        self.officers = [SigningKey.from_seed(drawn("officer", n)) for n in range(size)]
        self.registrars = [SigningKey.from_seed(drawn("registrar", n)) for n in range(size)]
        self.slow: set[int] = set()
        self.unverified: list[list[VerifyJob]] = [[] for _ in range(size)]
        self.tickets = 0
        for n in range(size):
            self.cores.append(self._core(n))
            self._begin(n)
        for n in range(size):
            self.submit(n, *self.cell.seats[n].card)
            self.enrol(n, binding=())

    # ---- acts ----------------------------------------------------------------------------------------------

    def restart(self, n: int) -> None:
        """Start node `n` anew from its store and mark; its lines are gone."""
        for a, b in [line for line in self.lines if n == line[0]]:
            self.disconnect(a, b)
        self.cores[n] = self._core(n)
        self._begin(n)

    def connect(self, *pairs: tuple[int, int]) -> None:
        """Open lines (all of them by default) and deliver what follows."""
        for a, b in pairs or [(m, n) for m in range(self.size) for n in range(m)]:
            self.lines |= {(a, b), (b, a)}
            for x, y in ((a, b), (b, a)):
                self.cores[x].link_up(MemberOrdinal(y), self.now)
                self.pump(x)
        self.deliver()

    def disconnect(self, a: int, b: int) -> None:
        """Cut a line; what is on it is lost."""
        self.lines -= {(a, b), (b, a)}
        self.wire = deque(one for one in self.wire if {one[0], one[1]} != {a, b})
        for x, y in ((a, b), (b, a)):
            self.cores[x].link_down(MemberOrdinal(y), self.now)
            self.pump(x)

    def run(self, ms: int) -> None:
        """Let time pass, delivering everything."""
        self.deliver()
        for _ in range(ms // STEP_MS):
            self.now += STEP_MS
            for n in range(self.size):
                self.cores[n].tick(self.now)
                self.pump(n)
            self.deliver()

    def deliver(self) -> None:
        """Deliver all frames under way, and what they cause."""
        while self.wire:
            sender, receiver, frame = self.wire.popleft()
            if (sender, receiver) in self.lines:
                self.cores[receiver].receive(MemberOrdinal(sender), frame, self.now)
                self.pump(receiver)

    def verify(self, n: int) -> None:
        """Check the signatures that wait at node `n`; those of a `slow` one wait for this call."""
        jobs, self.unverified[n] = self.unverified[n], []
        self.cores[n].verified([(job.place, job.statement.sign1.verify(job.key)) for job in jobs], self.now)

    def inject(self, sender: int, receiver: int, frame: Frame) -> None:
        """Let `receiver` get `frame` as if `sender` had sent it."""
        self.cores[receiver].receive(MemberOrdinal(sender), frame, self.now)
        self.pump(receiver)

    def say(self, n: int, text: str, *, channel: str = "plenary", precedence: Precedence = Precedence.ROUTINE,
            to: list[int] | None = None, at: int | None = None) -> int:  # fmt: skip
        """Submit a message of node `n`'s officer; its ticket."""
        statement, content = self.message(n, text, channel=channel, precedence=precedence, to=to)
        return self.submit(n, statement, content, at=at)

    def message(self, n: int, text: str, *, channel: str = "plenary", precedence: Precedence = Precedence.ROUTINE,
                to: list[int] | None = None, changed: dict[str, object] | None = None) -> tuple[bytes, bytes]:  # fmt: skip
        """A signed message; `changed` replaces fields before signing."""
        self.tickets += 1
        key, charter = self.officers[n], self.cell.charter
        rule = charter.channel(channel)
        assert rule is not None
        content = encode_content({"text": text}, drawn("salt", self.tickets)[:16])
        others = [m for m in range(self.size) if m != n and rule.content >> m & 1] if to is None else to
        fields: dict[str, object] = {
            "kid": key.verify_key.kid, "issuer": f"{self.cell.seats[n].code}/duty-1", "case": None,
            "issued_at_s": self.now // 1000, "nonce": drawn("nonce", self.tickets)[:16],
            "mechanism": charter.mechanism, "kind": "message", "kind_version": 1, "channel": rule.index,
            "precedence": precedence, "addressees": members(others), "replies_to": (), "mandate": "duty", "marking": "",
            "content_digest": content_digest(content), "content_bytes": len(content), "attachments": (),
        }  # fmt: skip
        fields |= changed or {}
        signer = fields.pop("signer", key)
        return sign_statement(StatementFields(**fields), signer), content  # type: ignore[arg-type]

    def submit(self, n: int, statement: bytes, content: bytes, *, at: int | None = None) -> int:
        """Submit a statement to node `n`; its ticket."""
        self.tickets += 1
        self.cores[n].submit(self.tickets, statement, content, self.now if at is None else at)
        self.pump(n)
        return self.tickets

    def directory(self, n: int, content: DirectoryContent, *, root: bool = False, binding: tuple = ()) -> int:
        """Submit a directory statement of node `n`'s root or registrar."""
        seat = self.cell.seats[n]
        signer = (
            DirectorySigner.root(self.cell.charter.mechanism, seat.code, seat.root)
            if root
            else DirectorySigner(self.cell.charter.mechanism, seat.code, "registrar", self.registrars[n])
        )
        self.tickets += 1
        return self.submit(
            n, *build(content, signer, issued_at_s=self.now // 1000, nonce=drawn("n", self.tickets)[:16],
                      salt=drawn("s", self.tickets)[:16], binding=binding),
        )  # fmt: skip

    def enrol(self, n: int, *, binding: tuple) -> None:
        """Enrol node `n`'s registrar and its officer ``duty-1``."""
        seat, key = self.cell.seats[n], self.officers[n]
        self.directory(n, RegistrarGrant("registrar", self.registrars[n].verify_key.raw), root=True, binding=binding)
        proof = prove_possession(self.cell.charter.mechanism, seat.code, "duty-1", key)
        self.directory(n, Enrolment("duty-1", key.verify_key.raw, proof, ("duty",)), binding=binding)

    # ---- what is seen --------------------------------------------------------------------------------------

    def sizes(self, n: int) -> dict[LogId, int]:
        """Accepted entries of each log at node `n`."""
        return {log: self.cores[n].record.size(log) for log in self.cores[n].record.logs()}

    def agree(self) -> bool:
        """Whether all nodes hold the same logs under the same roots, with nothing missing."""
        heads = [
            [
                (log, core.record.size(log), core.record.primary(log).root, core.ledger.missing(log))
                for log in core.record.logs()
            ]
            for core in self.cores
        ]
        return all(head == heads[0] and not any(missing for *_, missing in head) for head in heads)

    def holders(self, n: int, place: Place) -> set[int]:
        """Who, by receipts that node `n` holds, has the statement at `place`."""
        return {row.holder for row in self.stores[n].receipts_for(place.log, place.seq, place.seq + 1)}

    def voids(self, n: int) -> list[tuple[LogId, int, str]]:
        """Void statements that node `n` knows."""
        store = self.stores[n]
        return [
            (row.log, row.seq, row.code)
            for head in store.heads()
            for row in store.voids(head.log, head.branch, head.base_size, head.size)
        ]

    # ---- inside --------------------------------------------------------------------------------------------

    def _core(self, n: int) -> NodeCore:
        mechanism, secrets = Mechanism(self.cell.charter), self.cell.seats[n].secrets
        return NodeCore(
            MemberOrdinal(n), mechanism.current_log(MemberOrdinal(n)), secrets.log_key, mechanism, self.stores[n],
            high_water=self.marks[n], unseal=lambda sealed, info: open_sealed(secrets.seal_key, sealed, info),
        )  # fmt: skip

    def _begin(self, n: int) -> None:
        self.cores[n].start(self.now)
        self.pump(n)

    def pump(self, n: int) -> None:
        """Carry out node `n`'s effects at once."""
        core = self.cores[n]
        while effects := core.effects():
            for effect in effects:
                match effect:
                    case Commit(batch):
                        self.stores[n].commit(batch)
                        self.marks[n] = batch.high_water or self.marks[n]
                        core.committed(self.now)
                    case Send(peer, frame, _):
                        self.sent.append((n, peer, frame))
                        self.wire.append((n, peer, frame))
                    case Unjudged():
                        self.unverified[n] += core.judge(self.now)
                        if n not in self.slow:
                            self.verify(n)
                    case Confirmed(ticket, place):
                        self.confirmed[n, ticket] = place
                    case Arrived(place, statement, durable):
                        self.arrived.append((n, place, statement, durable))
                    case Cut(peer, code, _):
                        self.cuts.append((n, peer, code))
                        if (n, peer) in self.lines:
                            self.disconnect(n, peer)
                    case Receipted(row):
                        self.receipted.append((n, row))
                    case Durable():
                        self.durable.append((n, effect))
                    case Parted(log):
                        self.parted.append((n, log))
                    case ForkSeen():
                        self.forks_seen.append(n)
                    case _:
                        pass
