"""What the hostile member does. Each attack is named for what it tries.

An attack on the hostile member's own log returns what every honest node must say of that leaf (`Expected`); one by
frames returns nothing: it must simply change nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from parley.crypto import cbor, cose
from parley.crypto.keys import SigningKey
from parley.link import frames
from parley.record.checkpoint import sign_head
from parley.record.entry import Entry, ReceiptRange, encode_entry
from parley.record.ids import (
    LogId,
    MechanismDigest,
    MemberOrdinal,
    MemberSet,
    RootHash,
    Seq,
    StatementDigest,
    TreeSize,
    UnixMs,
    sha256,
)  # fmt: skip
from parley.record.merkle import Frontier, leaf_hash
from parley.record.statement import Precedence, parse_statement
from tests.sim.hostile import HostileNode
from tests.sim.observer import Expected
from tests.sim.workload import Staff

DAY_MS = 86_400_000
FLOOD = 200


class Attacks:
    """Everything one hostile member may try, drawn by chance."""

    def __init__(self, node: HostileNode, staff: Staff) -> None:
        self.node = node
        self.staff = staff
        self.world = node.world
        self._ahead_of_charter = False
        self.tried: dict[str, int] = {}

    def attempt(self, name: str | None = None) -> None:
        """One attack, or the one of that name."""
        node = self.node
        if not node.alive or not self.staff.officers() or not node.core.may_sign():
            return
        name = name or self.world.rng.choice(sorted(ON_LOG | BY_FRAMES))
        self.world.note(f"{node.seat.code} attacks: {name}")
        self.tried[name] = self.tried.get(name, 0) + 1
        outcome = getattr(self, name)()
        if isinstance(outcome, Expected):
            if name == "charter_not_adopted":
                self._ahead_of_charter = True
            elif self._ahead_of_charter:
                outcome = outcome._replace(codes=outcome.codes | {"entry.charter"})
            node.observer.expected.append(outcome)

    # ---- statements that must be void ----------------------------------------------------------------------

    def trailing_bytes(self) -> Expected:
        raw, content = self._statement()
        return self._write(raw + b"\x00", content, like=raw, codes={"statement.malformed"})

    def wrong_alg(self) -> Expected:
        raw, content = self._statement()
        parsed = cose.parse1(raw, max_bytes=8192)
        header = {**parsed.protected, 1: -7}
        signer = self.staff.keys[bytes(header[4])]  # type: ignore[arg-type]
        protected = cbor.encode(header)
        forged = cose.assemble(protected, parsed.payload, signer.sign(cose.to_be_signed(protected, parsed.payload)))
        return self._write(forged, content, like=raw, codes={"statement.malformed"})

    def not_canonical(self) -> Expected:
        raw, content = self._statement()
        parsed = cose.parse1(raw, max_bytes=8192)
        protected = b"\xb8" + bytes([len(parsed.protected)]) + parsed.protected_raw[1:]
        forged = cose.assemble(protected, parsed.payload, parsed.signature)
        return self._write(forged, content, like=raw, codes={"statement.malformed"})

    def other_mechanism(self) -> Expected:
        raw, content = self._statement(mechanism=MechanismDigest(self.world.octets(32)))
        return self._write(raw, content, like=raw, codes={"mechanism.other"})

    def replay_of_another(self) -> Expected | None:
        """A statement of another member, as if it had been said here."""
        others = [log for log in self.node.core.record.logs() if log != self.node.core.log]
        rows = [
            row for log in others for row in self.node.disk.store.entries(log, 0, Seq(1), 200)
            if row.statement is not None and b"directory." not in row.statement and b"charter." not in row.statement
        ]  # fmt: skip
        if not rows:
            return None
        row = self.world.rng.choice(rows)
        assert row.statement is not None
        return self._write(
            row.statement, row.content, like=row.statement, codes={"issuer.other-member", "officer.unknown"}
        )

    def unknown_officer(self) -> Expected:
        stranger = SigningKey.from_seed(self.world.octets(32))
        self.staff.keys[stranger.verify_key.kid] = stranger
        signer = self.world.rng.choice(self.staff.officers())
        raw, content = self.staff.statement(signer)
        fields = parse_statement(raw).fields
        values = {name: getattr(fields, name) for name in fields.__slots__} | {"kid": stranger.verify_key.kid}
        forged = self.staff.signed(type(signer)(**_but(signer, kid=stranger.verify_key.kid)), values)
        return self._write(forged, content, like=forged, codes={"officer.unknown"})

    def mandate_exceeded(self) -> Expected | None:
        clerks = [one for one in self.staff.officers() if one.mandates == ("clerk",)]
        if not clerks:
            return None
        raw, content = self.staff.statement(self.world.rng.choice(clerks), precedence=Precedence.FLASH)
        return self._write(raw, content, like=raw, codes={"mandate.exceeded"})

    def forged_signature(self) -> Expected:
        raw, content = self._statement()
        forged = raw[:-64] + self.world.octets(64)
        return self._write(forged, content, like=forged, codes={"signature.invalid"})

    def wrong_sights(self) -> Expected:
        raw, content = self._statement()
        sights = self._sights(raw)
        changed = MemberSet(sights[0] & ~(1 << self.node.ordinal))
        return self._write(raw, content, like=raw, codes={"sight.mismatch"}, statement_sight=changed)

    def directory_passed_over(self) -> Expected:
        raw, content = self._statement()
        return self._write(raw, content, like=raw, codes={"directory.mismatch"}, directory=Seq(0))

    def charter_not_adopted(self) -> Expected:
        raw, content = self._statement()
        return self._write(raw, content, like=raw, codes={"charter.not-adopted"}, charter_version=9)

    # ---- entries that must be void -------------------------------------------------------------------------

    def seen_shrinks(self) -> Expected | None:
        node = self.node
        claims = node.core.record.primary(node.core.log).claims.seen
        stale = {log: head for log, head in claims.items() if head[0] > 1}
        if not stale:
            return None
        log = self.world.rng.choice(sorted(stale))
        size = stale[log][0] - self.world.rng.randint(0, 1)
        root = node.core.record.root_at(node.core.record.primary(log), size)
        if root is None:
            return None
        return self._entry({"entry.seen-shrinks"}, seen={log: (TreeSize(size), root)})

    def sees_itself(self) -> Expected:
        node = self.node
        own = node.core.record.primary(node.core.log)
        return self._entry({"entry.seen-stranger"}, seen={node.core.log: (own.size, own.root)})

    def sees_a_stranger(self) -> Expected:
        head = (TreeSize(3), RootHash(self.world.octets(32)))
        return self._entry({"entry.seen-stranger"}, seen={LogId(self.node.cell.size): head})

    def receipt_of_unseen(self) -> Expected | None:
        logs = [log for log in self.node.core.record.logs() if log != self.node.core.log]
        if not logs:
            return None
        run = ReceiptRange(self.world.rng.choice(logs), Seq(100_000), 5)
        return self._leaf(self.node.entry((run,)), {"receipt.unseen"})

    def wrong_seq(self) -> Expected:
        return self._entry({"entry.seq"}, seq=Seq(self.world.rng.randint(1_000, 9_000)))

    def not_an_entry(self) -> Expected:
        node = self.node
        raw = node.write(self.world.octets(self.world.rng.randint(1, 80)))
        return Expected(node.core.log, raw, frozenset({"entry.undecodable"}), entry_fault=True)

    def dated_a_day_ahead(self) -> Expected:
        """Valid, kept, shown; receipted when that time comes."""
        raw, content = self._statement()
        at = UnixMs(self.node.clock() + DAY_MS)
        return self._write(raw, content, like=raw, codes=set(), at_ms=at)

    # ---- two histories -------------------------------------------------------------------------------------

    def fork_the_log(self) -> None:
        """Show some members another history; once done, lengthen it."""
        node, rng = self.node, self.world.rng
        own = node.core.record.size(node.core.log)
        if node.other is None:
            others = [MemberOrdinal(one) for one in range(node.cell.size) if one != node.ordinal]
            durable = max((head.size for head in node.disk.store.heads() if head.log == node.core.log), default=0)
            if durable < 8 or own != durable:
                return
            base = max(int(node.core.mechanism.directory_seq(node.core.log)) + 1, durable - rng.randint(0, 6))
            node.fork(min(base, durable), frozenset(rng.sample(others, rng.randint(1, len(others)))))
            node.observer.forked.add(node.core.log)
        assert node.other is not None
        for _ in range(rng.randint(1, 4)):
            raw, content = self._statement()
            sights = self._sights(raw)
            leaf = node.entry(
                StatementDigest(sha256(raw)), seq=Seq(node.other.size), seen={},
                statement_sight=sights[0], content_sight=sights[1],
            )  # fmt: skip
            node.other.append(encode_entry(leaf), raw, content)
        node.show_other()

    # ---- frames --------------------------------------------------------------------------------------------

    def forged_heads(self) -> None:
        """A head of another's log that its author never signed."""
        log = self._another_log()
        root = RootHash(self.world.octets(32))
        for signature in (self.world.octets(64), self._own_signature(log, 5, root)):
            self._to_all(frames.Heads((frames.Head(log, TreeSize(5), root, signature),), MemberSet(0)))

    def forged_relay(self) -> None:
        """Entries that another member never made, pushed as if relayed."""
        log = self._another_log()
        for peer in self._peers():
            size = self.node.core.record.size(log)
            tip = Frontier()
            tip.extend(self.node.disk.store.leaves(log, 0, 0, size))
            items = []
            for at in range(self.world.rng.randint(1, 3)):
                raw, content = self._statement()
                leaf = encode_entry(
                    self.node.entry(StatementDigest(sha256(raw)), seq=Seq(size + at), seen={},
                                    statement_sight=MemberSet((1 << self.node.cell.size) - 1))
                )  # fmt: skip
                tip.append(leaf_hash(leaf))
                items.append(frames.Item(leaf, raw, content))
            signature = self._own_signature(log, tip.size, tip.root())
            self._send(peer, frames.Push(log, Seq(size), tuple(items), signature))

    def altered_relay(self) -> None:
        """True entries of another member under another statement."""
        log = self._another_log()
        rows = self.node.disk.store.entries(log, 0, Seq(0), 12)
        if not rows:
            return
        raw, content = self._statement()
        items = tuple(frames.Item(row.raw, raw, content) for row in rows)
        self._to_all(frames.Push(log, Seq(0), items, rows[-1].signature or self.world.octets(64)))

    def forged_evidence(self) -> None:
        log = self._another_log()
        self._to_all(frames.Evidence(log, "no note", "no note either"))

    def forged_ahead(self) -> None:
        raw, content = self._statement()
        leaf = encode_entry(self.node.entry(StatementDigest(sha256(raw))))
        root = RootHash(self.world.octets(32))
        log = self._another_log()
        frame = frames.Ahead(
            log, Seq(9_999), leaf, raw, content, TreeSize(10_000), root, self._own_signature(log, 10_000, root), ()
        )
        self._to_all(frame)

    def garbage(self) -> None:
        """Bytes that are no frame; a frame that announces more than it may; half a frame."""
        rng = self.world.rng
        junk = rng.choice([self.world.octets(rng.randint(1, 400)), b"\x03\xff\xff\xff", b"\x02\x00\x00\x05\x85\x01",
                           b"\x04\x00\x00\x05\x84\x00\x00\x00\x00\xff"])  # fmt: skip
        for peer in self._peers():
            self.node.network.line(self.node.ordinal, peer).send_raw(self.node.ordinal, junk)

    def out_of_place(self) -> None:
        """Frames that have no place within an open session."""
        self._to_all(frames.Probe(1, 2))
        self._to_all(frames.Hello(MechanismDigest(bytes(32)), self.node.ordinal, b"", b""))

    def flood(self) -> None:
        """Many cheap questions with absurd arguments."""
        rng = self.world.rng
        logs = [0, 1, 255, 256, 257, 4_000, 65_535]
        big = [0, 1, 2**40, 2**53 - 1]
        for _ in range(FLOOD):
            log = LogId(rng.choice(logs))
            makers: list[Callable[[LogId], frames.Frame]] = [
                lambda log: frames.Pull(log, Seq(rng.choice(big)), rng.choice(big), rng.random() < 0.5),
                lambda log: frames.Want(log, tuple(Seq(rng.choice(big)) for _ in range(rng.randint(1, 9)))),
                lambda log: frames.Doubt(log, TreeSize(rng.choice(big))),
                lambda log: frames.Blob(log, Seq(rng.choice(big)), self.world.octets(9), None),
                lambda log: frames.Parcel(log, Seq(1), MemberOrdinal(rng.randrange(32)), self.world.octets(40)),
                lambda log: frames.Heads((frames.Head(log, TreeSize(rng.choice(big)), RootHash(bytes(32)), bytes(64)),), MemberSet(255)),
                lambda log: frames.Push(log, Seq(rng.choice(big)), (frames.Item(self.world.octets(9), None, None),), bytes(64)),
            ]  # fmt: skip
            self._to_all(rng.choice(makers)(log))

    # ---- inside --------------------------------------------------------------------------------------------

    def _statement(self, **changes: object) -> tuple[bytes, bytes]:
        return self.staff.statement(self.world.rng.choice(self.staff.officers()), **changes)

    def _sights(self, raw: bytes) -> tuple[MemberSet, MemberSet]:
        return self.node.core.mechanism.sights(self.node.core.log, parse_statement(raw))

    def _write(self, raw: bytes, content: bytes | None, *, like: bytes, codes: set[str], **changes: object) -> Expected:
        sights = self._sights(like)
        entry = self.node.entry(
            StatementDigest(sha256(raw)), **({"statement_sight": sights[0], "content_sight": sights[1]} | changes)
        )
        leaf = self.node.write(entry, raw, content)
        return Expected(self.node.core.log, leaf, frozenset(codes), entry_fault=False)

    def _entry(self, codes: set[str], **changes: object) -> Expected:
        raw, _ = self._statement()
        return self._leaf(self.node.entry(StatementDigest(sha256(raw)), **changes), codes)

    def _leaf(self, entry: Entry, codes: set[str]) -> Expected:
        return Expected(self.node.core.log, self.node.write(entry), frozenset(codes), entry_fault=True)

    def _another_log(self) -> LogId:
        return LogId(self.world.rng.choice([one for one in range(self.node.cell.size) if one != self.node.ordinal]))

    def _own_signature(self, log: LogId, size: int, root: bytes) -> bytes:
        return sign_head(self.node.seat.secrets.log_key, self.node.core.mechanism.origin(log), size, root)

    def _peers(self) -> list[MemberOrdinal]:
        return [peer.ordinal for peer in self.node.core.traffic.peers.up()]

    def _send(self, peer: MemberOrdinal, frame: frames.Frame) -> None:
        self.node.network.send(self.node.ordinal, peer, frame, urgent=False)

    def _to_all(self, frame: frames.Frame) -> None:
        for peer in self._peers():
            self._send(peer, frame)


def _but(one: object, **changes: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__} | changes  # type: ignore[attr-defined]


ON_LOG = {
    "trailing_bytes", "wrong_alg", "not_canonical", "other_mechanism", "replay_of_another", "unknown_officer",
    "mandate_exceeded", "forged_signature", "wrong_sights", "directory_passed_over", "charter_not_adopted",
    "seen_shrinks", "sees_itself", "sees_a_stranger", "receipt_of_unseen", "wrong_seq", "not_an_entry",
    "dated_a_day_ahead", "fork_the_log",
}  # fmt: skip
BY_FRAMES = {
    "forged_heads", "forged_relay", "altered_relay", "forged_evidence", "forged_ahead", "garbage", "out_of_place",
    "flood",
}  # fmt: skip
