"""A small mechanism in one memory store, whose logs are written entry by entry the way nodes write them.

>>> scene = Scene(3)                             # three members, each with a node, a registrar and `duty-1`
>>> place = scene.say("AAA", "duty-1", "hello")
>>> scene.receive("BBB", place)
>>> scene.prove(place)                           # bytes of a proof file, made by AAA's node

One store stands for the record of whichever member makes the file.
"""

from __future__ import annotations

from typing import Any

from parley.charter.adoption import SignedCharter, sign_charter
from parley.charter.charter import Charter
from parley.charter.directory_kinds import CharterAssent, DirectoryContent, RegistrarGrant, Reopening
from parley.crypto.keys import PqSigningKey, SigningKey
from parley.proof.assemble import Notary, assemble
from parley.proof.bundle import ProofFile, decode_proof
from parley.proof.report import VerificationReport
from parley.proof.verify import verify
from parley.record.branch import Claims
from parley.record.checkpoint import origin, sign_head
from parley.record.content import decode_content, encode_content
from parley.record.entry import Entry, ReceiptRange, encode_entry
from parley.record.ids import LogId, MemberOrdinal, MemberSet, RootHash, Seq, TreeSize, UnixMs, log_id, sha256
from parley.record.merkle import Frontier, leaf_hash
from parley.record.rows import EntryRow, HeadRow, Place, ReceiptRow, VoidRow, WriteBatch
from parley.record.statement import Statement
from parley.store.memory import MemoryStore
from tests.changed import replace
from tests.charter.mechanisms import SALT, Log, draft, founded, key, node_certificate, root

START_MS = 1_790_000_000_000


def pq_key(label: str) -> PqSigningKey:
    """The post-quantum key that `mechanisms.node_certificate(label)` certifies."""
    return PqSigningKey.from_seed(sha256(label.encode()))


class Writer:
    """One log in the making: what its node knows and signs with."""

    def __init__(self, charter: Charter, log: LogId) -> None:
        self.id = log
        self.says = Log(charter, log)
        self.says.size = 0
        self.frontier = Frontier()
        self.claimed: dict[LogId, TreeSize] = {}
        self.label = f"node of {self.says.member.code}"

    @property
    def node_key(self) -> SigningKey:
        return key(self.label)

    @property
    def size(self) -> int:
        return self.frontier.size


class Scene:
    """See the module. `alone`: no node sees anything of the others."""

    def __init__(self, count: int = 3, *, exercise: bool = True, alone: bool = False) -> None:
        self.charter = self.charter_of(count, exercise=exercise)
        self.signed = [self.signed_by_all(self.charter, None)]
        self.store = MemoryStore()
        self.now = START_MS
        self._alone = alone
        self.logs = {log_id(ordinal): Writer(self.charter, log_id(ordinal)) for ordinal in range(count)}
        for writer in self.logs.values():
            self.append(writer, self.charter.mechanism, MemberSet(0), MemberSet(0), seen=False)
            self.certify(writer)
            self.enrol(writer, "duty-1", ["watch"])

    def charter_of(self, count: int, *, exercise: bool) -> Charter:
        """The charter that it is founded by."""
        seats = draft(count)
        return founded(replace(seats, terms=replace(seats.terms, exercise=exercise)))

    # ---- who ---------------------------------------------------------------------------------------------

    def writer(self, code: str) -> Writer:
        """The founding log of a member."""
        return next(one for one in self.logs.values() if one.says.member.code == code and one.id < 256)

    def signed_by_all(self, charter: Charter, previous: Charter | None) -> SignedCharter:
        needed = (previous or charter).members
        return SignedCharter(
            charter, {one.ordinal: sign_charter(charter, one.ordinal, root(one.code), previous) for one in needed}
        )

    def notary(self, code: str, time_s: int = 0) -> Notary:
        """The keys of a member's node."""
        writer = self.writer(code)
        return Notary(writer.id, writer.node_key, pq_key(writer.label), time_s)

    # ---- what happens ------------------------------------------------------------------------------------

    def certify(self, writer: Writer, label: str | None = None) -> None:
        """Certify the node's keys, and the registrar if there is none yet."""
        writer.label = label or writer.label
        self.direct(writer, node_certificate(writer.label))
        if not writer.says.directory.registrars():
            self.direct(writer, RegistrarGrant("registrar", writer.says.keys["registrar"].verify_key.raw))

    def enrol(self, writer: Writer, position: str, mandates: list[str], **more: Any) -> Place:
        return self.direct(writer, writer.says.enrolment(position, mandates, **more), "registrar")

    def direct(self, writer: Writer, content: DirectoryContent, signer: str = "root") -> Place:
        """Append a directory statement that is in force."""
        statement, raw = writer.says.build(content, signer)
        place = self.append_statement(writer, statement, raw)
        on_duty = writer.says.charter.terms.on_duty
        assert writer.says.directory.apply(place.seq, statement, decode_content(raw), on_duty) is None
        return place

    def direct_void(self, writer: Writer, content: DirectoryContent, signer: str = "root") -> Place:
        """Append a directory statement that is void."""
        return self.append_statement(writer, *writer.says.build(content, signer))

    def say(self, code: str, position: str, text: str, **changes: Any) -> Place:
        """Append an officer's statement; `seen` and `entry` change the entry, the rest the statement's fields."""
        writer = self.writer(code)
        content = encode_content({"text": text}, SALT)
        entry = {name: changes.pop(name) for name in ("seen", "entry") if name in changes}
        fields = {"nonce": writer.size.to_bytes(16, "big"), **changes}
        return self.append_statement(writer, writer.says.statement(position, content, **fields), content, **entry)

    def receive(self, code: str, *places: Place, seen: bool = True) -> Place:
        """Append a receipt of `places`."""
        body = tuple(ReceiptRange(place.log, place.seq, 1) for place in places)
        return self.append(self.writer(code), body, MemberSet(0), MemberSet(0), seen=seen)

    def amend(self, amended: Charter) -> None:
        """Have all members assent to an amendment, and their logs name it from then on."""
        previous = self.signed[-1].charter
        self.signed.append(self.signed_by_all(amended, previous))
        for writer in list(self.logs.values()):
            signature = self.signed[-1].signatures[writer.id % 256]
            self.direct(writer, CharterAssent(amended.version, amended.raw, signature))
        for writer in self.logs.values():
            writer.says.charter = amended

    def reopen(self, code: str) -> Writer:
        """Freeze a member's log where it stands and open its second generation."""
        old = self.writer(code)
        writer = self.logs[log_id(old.id, 2)] = Writer(self.charter, log_id(old.id, 2))
        name = origin(self.charter.mechanism, code)
        writer.says.keys.update(old.says.keys)
        self.direct(writer, Reopening(name, TreeSize(old.size), old.frontier.root(), "test"))
        self.certify(writer)
        return writer

    # ---- the record --------------------------------------------------------------------------------------

    def append_statement(self, writer: Writer, statement: Statement, content: bytes, **more: Any) -> Place:
        """Append the entry an honest node would append for `statement`."""
        writer.says.size = writer.size
        sights = writer.says.entry(statement)
        return self.append(
            writer, statement.digest, sights.statement_sight, sights.content_sight, statement=statement,
            content=content, **more,
        )  # fmt: skip

    def append(
        self, writer: Writer, body: Any, statement_sight: int, content_sight: int, *, statement: Statement | bytes | None = None,
        content: bytes | None = None, seen: bool = True, entry: dict[str, Any] | None = None, signed: bool = True,
    ) -> Place:  # fmt: skip
        """Append any entry; `entry` changes its fields."""
        spoken, digest = (statement.raw, statement.digest) if isinstance(statement, Statement) else (statement, None)
        self.now += 1000
        made = Entry(
            Seq(writer.size), UnixMs(self.now), writer.says.charter.version, writer.says.directory.latest_seq,
            self.unclaimed(writer) if seen and not self._alone else {}, MemberSet(statement_sight), MemberSet(content_sight), body,
        )  # fmt: skip
        made = replace(made, **(entry or {}))
        place = Place(writer.id, 0, Seq(writer.size))
        raw = encode_entry(made)
        writer.frontier.append(leaf_hash(raw))
        head = writer.frontier.root()
        name = origin(self.charter.mechanism, writer.says.member.code, writer.id // 256 + 1)
        batch = WriteBatch(
            entries=[
                EntryRow(
                    writer.id, 0, place.seq, made.at_ms, 1, raw, head,
                    sign_head(writer.node_key, name, writer.size, head) if signed else None,
                    spoken, content, digest, None,
                )
            ],
            heads=[
                HeadRow(
                    writer.id, 0, TreeSize(0), TreeSize(writer.size), head, writer.frontier.to_bytes(), 1, Seq(0),
                    Seq(0), Claims().to_bytes(),
                )
            ],
        )  # fmt: skip
        if isinstance(made.body, tuple):
            batch.receipts = [
                ReceiptRow(MemberOrdinal(writer.id % 256), writer.id, place.seq, made.at_ms, *item_of(item))
                for item in made.body
            ]
        self.store.commit(batch)
        writer.says.size = writer.size
        return place

    def unclaimed(self, writer: Writer) -> dict[LogId, tuple[TreeSize, RootHash]]:
        """What the writer's next entry has to claim, and notes that it did."""
        seen: dict[LogId, tuple[TreeSize, RootHash]] = {}
        for other in self.logs.values():
            if other.id != writer.id and other.size > self.size_claimed(writer, other):
                seen[other.id] = (TreeSize(other.size), other.frontier.root())
                writer.claimed[other.id] = TreeSize(other.size)
        return seen

    def size_claimed(self, writer: Writer, other: Writer) -> int:
        return writer.claimed.get(other.id, 0)

    def void(self, place: Place, code: str) -> None:
        """Note that this node holds the statement void."""
        self.store.commit(WriteBatch(voids=[VoidRow(*place, code, "test")]))

    # ---- proofs ------------------------------------------------------------------------------------------

    def prove(self, place: Place, by: str = "AAA", **more: Any) -> bytes:
        """The proof file that `by`'s node makes."""
        return assemble(self.store, self.signed, place, notary=self.notary(by), **more)

    def file(self, place: Place, by: str = "AAA", **more: Any) -> ProofFile:
        """The same, decoded."""
        return decode_proof(self.prove(place, by, **more))

    def report(self, place: Place, by: str = "AAA", **more: Any) -> VerificationReport:
        """What that file proves."""
        return verify(self.prove(place, by, **more))


def item_of(item: ReceiptRange) -> tuple[LogId, Seq, int]:
    return item.log, item.first, item.count


def codes(report: VerificationReport) -> dict[str, dict[str, Any]]:
    """The report's findings by code, the last of each."""
    return {one.code: dict(one.fields) for one in (*report.proven, *report.untold, *report.failed)}
