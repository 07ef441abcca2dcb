"""The directory: the fold of one member's built-in statements, in the order of its log.

- Root certifies node keys and registrars; registrars enrol, entrust and revoke officers. Registrars on duty, officers
  themselves, enrol and revoke within the charter's limits (`on_duty`). An officer is valid only in its member's log.
- Validity is by place in the log, never by clock; a revocation is not retroactive; "compromised since" annotates
  and voids nothing.
- A bad statement is void and changes nothing. Those in force chain: every entry names the latest before it, so a
  proof needs that chain and no other entry.
- The directory of a reopened log begins empty with its ``log.reopen``: everyone is enrolled anew.

`Directory.apply` trusts that `admission.judge` found the statement not void and that its signature was verified.
"""

from __future__ import annotations

from parley.charter import on_duty as duty
from parley.charter.adoption import signs
from parley.charter.charter import decode_charter
from parley.charter.directory_kinds import (
    BUILT_IN_KINDS,
    ROOT_POSITION,
    CharterAssent,
    ContentFields,
    Enrolment,
    MandateChange,
    NodeCertificate,
    RegistrarGrant,
    Reopening,
    Revocation,
    decode_fields,
    possession_message,
)
from parley.charter.directory_view import Annotation, Assent, DirectoryView, NodeKeys
from parley.charter.signers import Capacity, Signer
from parley.charter.terms import OnDuty
from parley.charter.void import Void
from parley.crypto.keys import PqVerifyKey, SealPublicKey, VerifyKey
from parley.errors import BadInput
from parley.record.checkpoint import origin
from parley.record.ids import LogId, MechanismDigest, MemberCode, Seq, StatementDigest, log_generation, log_owner
from parley.record.statement import Statement

_AUTHORITY = {
    NodeCertificate.KIND: (Capacity.ROOT,),
    RegistrarGrant.KIND: (Capacity.ROOT,),
    Enrolment.KIND: (Capacity.REGISTRAR,),
    Revocation.KIND: (Capacity.REGISTRAR, Capacity.ROOT),
    MandateChange.KIND: (Capacity.REGISTRAR,),
    CharterAssent.KIND: (Capacity.ROOT,),
    Reopening.KIND: (Capacity.ROOT,),
}


class Directory(DirectoryView):
    """A directory that grows by one log's statements.

    Args of the constructor: the member's code, its root key in the founding charter (or in the charter in force where
    a reopened log begins), the mechanism and the log.
    """

    def __init__(self, owner: MemberCode, root_key: VerifyKey, mechanism: MechanismDigest, log: LogId) -> None:
        super().__init__(owner, mechanism, log)
        self._first_root = root_key
        self._root_kid = root_key.kid
        self._applied: set[bytes] = set()
        self._history: list[tuple[int, Statement | VerifyKey, ContentFields, OnDuty | None]] = []
        self._begin_root(root_key, 0)

    def authority(self, kind: str, kid: bytes, seq: int, on_duty: OnDuty | None = None) -> Void | None:
        """Void where the key `kid` may not sign the built-in `kind` at entry `seq`; `on_duty`: the charter's term."""
        signer = self._signers.at(kid, seq)
        if signer is None:
            return self._signers.why_not(kid, seq)
        if signer.capacity not in _AUTHORITY[kind] and not duty.may_sign(on_duty, kind, signer):
            allowed = " or ".join(capacity.label for capacity in _AUTHORITY[kind])
            return Void("mandate.exceeded", f"{kind} is signed by {allowed}, not by {signer.position}")
        return None

    def apply(
        self, seq: int, statement: Statement, content: ContentFields, on_duty: OnDuty | None = None
    ) -> Void | None:
        """Fold the built-in statement at entry `seq`; a void one changes nothing. `on_duty`: the term of the charter in force.

        A kind not built in here changes nothing either, and is not void. Entries are handed in ascending order;
        another order is a programmer's mistake (ValueError).
        """
        if seq <= self._last:
            raise ValueError(f"entry {seq} after entry {self._last}")
        self._last = seq
        fields = statement.fields
        if fields.kind not in BUILT_IN_KINDS:
            return None
        try:
            void = self.authority(fields.kind, fields.kid, seq, on_duty) or self._misplaced(seq, statement)
            void = void or self._fold(seq, statement, content, on_duty)
        except BadInput as fault:
            return Void.because(fault)
        if void is None:
            self._chain.append(Seq(seq))
            self._applied.add(statement.repeat_digest)
            self._history.append((seq, statement, content, on_duty))
        return void

    def change_root(self, seq: int, root_key: VerifyKey) -> Void | None:
        """A charter names this member's root key, from entry `seq` on: the first entry that names that charter.

        Called before that entry is applied. The key it has changes nothing; one that this log has known in any other
        capacity is refused, and the old one stays.
        """
        if root_key.kid == self._root_kid:
            return None
        if self.knows_key(root_key.kid):
            return Void("directory.key-used", f"key {root_key.kid.hex()} was used before in this log")
        self._signers.end(self._root_kid, seq, "officer.replaced")
        self._begin_root(root_key, seq)
        self._root_kid = root_key.kid
        self._history.append((seq, root_key, {}, None))
        return None

    def prefix(self, size: int) -> Directory:
        """The directory as it was when the log had `size` entries: where a fork branch begins."""
        earlier = Directory(self.owner, self._first_root, self.mechanism, self.log)
        for seq, event, content, on_duty in self._history:
            if seq >= size:
                break
            if isinstance(event, Statement):
                earlier.apply(seq, event, content, on_duty)
            else:
                earlier.change_root(seq, event)
        return earlier

    def _begin_root(self, key: VerifyKey, seq: int) -> None:
        self._signers.begin(Signer(Capacity.ROOT, key.kid, key, ROOT_POSITION, (), Seq(seq)))

    def _misplaced(self, seq: int, statement: Statement) -> Void | None:
        fields = statement.fields
        if (fields.kind == Reopening.KIND) != (seq == 0):
            return Void("directory.place", "log.reopen, and nothing else, is entry 0 of a reopened log")
        if log_generation(self.log) > 1 and seq > 0 and self._reopened_by is None:
            return Void("directory.place", "this log was not reopened by its member's root")
        if fields.replies_to != self.binding:
            return Void("directory.other-log", "it was signed for another log of this member")
        if statement.repeat_digest in self._applied:
            return Void("directory.repeated", "it was applied before in this log and counts once")
        return None

    def _fold(self, seq: int, statement: Statement, content: ContentFields, on_duty: OnDuty | None) -> Void | None:
        said = decode_fields(statement.fields.kind, content)
        by = self._signers.at(statement.fields.kid, seq)
        assert by is not None, "its authority was checked"
        limits = on_duty if by.capacity == Capacity.OFFICER else None
        match said:
            case NodeCertificate():
                return self._node(seq, said)
            case RegistrarGrant():
                return self._enlist(seq, Capacity.REGISTRAR, said.position, VerifyKey.from_bytes(said.key), ())
            case Enrolment():
                return self._enrol(seq, said, by, limits)
            case Revocation():
                return self._revoke(seq, said, by, limits)
            case MandateChange():
                return self._entrust(seq, said)
            case CharterAssent():
                return self._assent(seq, said)
            case Reopening():
                return self._reopen(said, statement.digest)

    def _node(self, seq: int, said: NodeCertificate) -> Void | None:
        log_key = VerifyKey.from_bytes(said.log_key)
        if log_key.kid in self._signers:
            return Void("directory.key-used", "a node's log key is nobody's signing key")
        self._nodes.append(
            NodeKeys(
                Seq(seq), log_key, PqVerifyKey.from_bytes(said.pq_key), SealPublicKey.from_bytes(said.seal_key),
                said.tls_certificate,
            )
        )  # fmt: skip
        return None

    def _enlist(
        self, seq: int, capacity: Capacity, position: str, key: VerifyKey, mandates: tuple[str, ...],
        replaces: bytes | None = None, by: Capacity | None = None,
    ) -> Void | None:  # fmt: skip
        if self.knows_key(key.kid):
            return Void("directory.key-used", f"key {key.kid.hex()} was used before in this log; each is used once")
        holder = self._signers.holder(position)
        if holder != replaces:
            return Void("directory.position", f"{position} is " + ("free" if holder is None else "held by another key"))
        if replaces is not None:
            self._signers.end(replaces, seq, "officer.replaced", by)
        self._signers.begin(Signer(capacity, key.kid, key, position, mandates, Seq(seq + 1)))
        return None

    def _enrol(self, seq: int, said: Enrolment, by: Signer, limits: OnDuty | None) -> Void | None:
        if said.replaces is not None:
            replaced = self._signers.now(said.replaces)
            if replaced is None or replaced.capacity != Capacity.OFFICER:
                return Void("directory.not-in-force", "the key to be replaced is no officer's in force")
        key = VerifyKey.from_bytes(said.key)
        if not key.verify(said.possession, possession_message(self.mechanism, self.owner, said.position, said.key)):
            return Void("directory.possession", "the new key did not prove that its holder has it")
        if limits is not None:
            beyond = duty.enrols_beyond(limits, said.mandates, self._signers.latest_in(said.position))
            if beyond is not None:
                return beyond
        return self._enlist(seq, Capacity.OFFICER, said.position, key, said.mandates, said.replaces, by.capacity)

    def _revoke(self, seq: int, said: Revocation, by: Signer, limits: OnDuty | None) -> Void | None:
        if said.kid not in self._signers:
            return Void("directory.unknown-key", f"key {said.kid.hex()} was never enrolled in this log")
        by_root = by.capacity == Capacity.ROOT
        latest = self._signers.latest(said.kid)
        if latest.capacity == Capacity.ROOT or (latest.capacity == Capacity.REGISTRAR and not by_root):
            return Void("mandate.exceeded", "registrars revoke officers; root revokes anyone but itself")
        beyond = None if limits is None else duty.revokes_beyond(limits, latest)
        if beyond is not None:
            return beyond
        if latest.until_seq is not None and said.compromised_since_ms is None:
            return Void("directory.not-in-force", f"key {said.kid.hex()} ended at entry {latest.until_seq} already")
        if latest.until_seq is None:
            self._signers.end(said.kid, seq, "officer.revoked", by.capacity)
        if said.compromised_since_ms is not None:
            note = Annotation(Seq(seq), said.compromised_since_ms, said.reason)
            self.annotations.setdefault(said.kid, []).append(note)
        return None

    def _entrust(self, seq: int, said: MandateChange) -> Void | None:
        officer = self._signers.now(said.kid)
        if officer is None or officer.capacity != Capacity.OFFICER:
            return Void("directory.not-in-force", f"key {said.kid.hex()} is no officer's in force")
        self._signers.end(said.kid, seq, "")
        self._signers.begin(Signer(Capacity.OFFICER, said.kid, officer.key, officer.position, said.mandates, Seq(seq)))
        return None

    def _assent(self, seq: int, said: CharterAssent) -> Void | None:
        charter = decode_charter(said.charter)
        if charter.version != said.version or charter.founding != self.mechanism:
            return Void("charter.amendment", "the charter is not that version of this mechanism's")
        if said.version in self.assents:
            return Void("charter.assented", f"this member assented to a version {said.version} before")
        ordinal = log_owner(self.log)
        if not signs(charter, ordinal, said.signature, self._signers.latest(self._root_kid).key):
            return Void("charter.signature", "the root signature of the charter is wrong")
        self.assents[said.version] = Assent(Seq(seq), charter, said.signature)
        return None

    def _reopen(self, said: Reopening, digest: StatementDigest) -> Void | None:
        generation = log_generation(self.log)
        if generation < 2 or said.origin != origin(self.mechanism, self.owner, generation - 1):
            return Void("directory.place", "it does not close the log before this one")
        self.reopening = said
        self._reopened_by = digest
        return None
