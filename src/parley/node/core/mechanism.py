"""The mechanism as one node knows it: charters, directories, names, and who may say what.

Everything here is derived from the founding charter and from what stands in the logs, so every node derives the
same. An amendment is in force in a log from its first entry that names it, provided that this entry's author had by
then claimed to see every member's assent to it; what each log named when is kept as the document `EPOCHS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parley.charter import admission
from parley.charter.adoption import SignedCharter
from parley.charter.amendments import Amendments
from parley.charter.charter import Charter
from parley.charter.directory import Directory
from parley.charter.directory_kinds import BUILT_IN_KINDS, CharterAssent, NodeCertificate, decode_fields
from parley.charter.terms import is_reserved
from parley.charter.void import Void
from parley.crypto import cbor
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput, Misconfigured
from parley.node.home.cards import Card
from parley.procedure.references import misheard, typed
from parley.record.branch import Claims, Item
from parley.record.checkpoint import origin
from parley.record.content import content_digest, decode_content
from parley.record.entry import Entry
from parley.record.ids import (
    LogId,
    MechanismDigest,
    MemberOrdinal,
    MemberSet,
    Seq,
    StatementDigest,
    log_generation,
    log_id,
    log_owner,
)
from parley.record.rows import Place
from parley.record.statement import Statement, parse_statement

EPOCHS = "charter-epochs"
MAX_GENERATIONS = 16
NOT_ADOPTED = Void("charter.not-adopted", "the entry names a charter that its author had not seen adopted by all")
NO_CONTENT = Void("directory.content", "a directory statement without its content changes nothing")


class Mechanism:
    """See the module."""

    def __init__(self, founding: Charter) -> None:
        self._founding = founding
        self._amendments = Amendments(founding)
        self._directories: dict[LogId, Directory] = {}
        self._origins: dict[LogId, str] = {}
        self._epochs: dict[LogId, list[tuple[int, int]]] = {}
        self._epochs_changed = False
        self._resumed: dict[LogId, int] = {}

    @classmethod
    def of(cls, signed: SignedCharter) -> Mechanism:
        """The mechanism that a charter founds, once every member's root has signed it.

        Raises:
            ParleyError: a signature is missing or wrong, or it is an amendment.
        """
        signed.verify()
        return cls(signed.charter)

    # ---- names ---------------------------------------------------------------------------------------------

    @property
    def digest(self) -> MechanismDigest:
        """The founding charter's digest: the mechanism's name for ever."""
        return self._founding.mechanism

    @property
    def charter(self) -> Charter:
        """The newest charter that all have adopted, as far as this node knows."""
        return self._amendments.in_force

    @property
    def name(self) -> str:
        """The mechanism's name in words."""
        return self.charter.terms.name

    @property
    def banner(self) -> str | None:
        """What every screen opens with; None where acts are real."""
        return self._founding.banner

    @property
    def ordinals(self) -> list[MemberOrdinal]:
        """All members."""
        return [member.ordinal for member in self.charter.members]

    @property
    def founders(self) -> MemberSet:
        """The members of the founding charter."""
        return self._founding.everyone

    def code(self, ordinal: int) -> str:
        """A member's code."""
        return self.charter.members[ordinal].code

    def ordinal(self, code: str) -> MemberOrdinal | None:
        """The member of that code."""
        member = self.charter.member(code)
        return None if member is None else member.ordinal

    def log_name(self, log: LogId) -> str:
        """``SYR``, or ``SYR2`` for the log of a second generation."""
        generation = log_generation(log)
        return self.code(log_owner(log)) + (str(generation) if generation > 1 else "")

    def reference(self, place: Place) -> str:
        """How people name a place: ``SYR 42``."""
        return f"{self.log_name(place.log)} {place.seq}"

    def place(self, reference: str) -> Place | None:
        """The place that a reference means, whether or not anything stands there."""
        name, _, seq = reference.strip().partition(" ")
        code = name.rstrip("0123456789")
        generation = name[len(code) :]
        ordinal = self.ordinal(code)
        if ordinal is None or not (seq.isascii() and seq.isdigit()) or generation in ("0", "1"):
            return None
        return Place(log_id(ordinal, int(generation or 1)), 0, Seq(int(seq)))

    def heard(self, reference: str) -> Place | None:
        """The place that a reference means as people type it, its letter (see `references`) with it or not.

        Raises:
            Refused: code ``reference.letter``: it has another letter than the one given.
        """
        one = typed(reference, [member.code for member in self.charter.members])
        if one is None:
            return None
        place = Place(log_id(one.ordinal, one.generation), 0, Seq(one.seq))
        if one.letter not in ("", one.right_letter):
            raise misheard(self.reference(place), one.right_letter, one.letter)
        return place

    def is_log(self, log: LogId) -> bool:
        """Whether `log` can be a member's."""
        return log_owner(log) in range(len(self.charter.members)) and log_generation(log) <= MAX_GENERATIONS

    def is_log_within(self, log: LogId, sizes: Mapping[LogId, int]) -> bool:
        """Whether `log` can be a member's, for an author that holds the first `sizes` entries of each log."""
        founding = log_owner(log) < len(self._founding.members)
        charter = self._founding if founding else self._amendments.in_force_within(sizes)
        return log_owner(log) < len(charter.members) and log_generation(log) <= MAX_GENERATIONS

    def current_log(self, ordinal: MemberOrdinal) -> LogId:
        """The log that a member writes now: its newest generation known here."""
        reopened = (one.log for one in self._directories.values() if one.reopening and log_owner(one.log) == ordinal)
        return max(reopened, default=log_id(ordinal))

    def origin(self, log: LogId) -> str:
        """The C2SP origin of a log."""
        known = self._origins.get(log)
        if known is None:
            known = self._origins[log] = origin(self.digest, self.code(log_owner(log)), log_generation(log))
        return known

    def genesis_body(self, log: LogId) -> StatementDigest:
        """What entry 0 of a founding log commits to."""
        if log_generation(log) != 1:
            raise Misconfigured(
                "log.reopen", "a reopened log begins with its member's root-signed reopening", field="log"
            )
        return StatementDigest(self.digest)

    # ---- keys ----------------------------------------------------------------------------------------------

    def directory(self, log: LogId) -> Directory:
        """The directory of `log`."""
        directory = self._directories.get(log)
        if directory is None:
            member = self.charter.members[log_owner(log)]
            first = self._founding.member(member.code) or member
            root = first.root_key if log_generation(log) == 1 else member.root_key
            directory = self._directories[log] = Directory(member.code, root, self.digest, log)
        return directory

    def keys_for(self, log: LogId, size: int, items: Sequence[Item]) -> Iterator[VerifyKey]:
        """Node keys that may have signed `log` at `size`: those in force, else any its root certifies in `items`."""
        keys = self.directory(log).node_keys_for_size(size)
        if keys is not None:
            yield keys.log_key
        yield from self.keys_within(log, items)

    def keys_within(self, log: LogId, items: Sequence[Item]) -> Iterator[VerifyKey]:
        """Node keys that the root of the owner of `log` certifies in `items`."""
        for item in items:
            if item.statement is not None and item.content is not None and b"directory.node" in item.statement:
                certificate = self.node_keys_in(log_owner(log), item.statement, item.content)
                if certificate is not None:
                    yield VerifyKey.from_bytes(certificate.log_key)

    def any_keys(self, log: LogId) -> list[VerifyKey]:
        """Every node key that ever signed `log`, newest first."""
        return [keys.log_key for keys in self.directory(log).all_node_keys()]

    def seal_key(self, ordinal: MemberOrdinal) -> bytes | None:
        """The sealing key of a member's node, where its certificate is known."""
        nodes = self.directory(self.current_log(ordinal)).all_node_keys()
        return nodes[0].seal_key.raw if nodes else None

    def node_keys_in(self, ordinal: int, raw: bytes, content: bytes) -> NodeCertificate | None:
        """The node certificate that `raw` and `content` are, if that member's root signed it for this mechanism."""
        if ordinal not in range(len(self.charter.members)):
            return None
        member = self.charter.members[ordinal]
        try:
            statement = parse_statement(raw)
            fields = statement.fields
            if (
                fields.kind != NodeCertificate.KIND
                or fields.mechanism != self.digest
                or not fields.issuer.startswith(f"{member.code}/")
                or content_digest(content) != fields.content_digest
                or not statement.sign1.verify(member.root_key)
            ):
                return None
            certificate = decode_fields(fields.kind, decode_content(content))
        except BadInput:
            return None
        return certificate if isinstance(certificate, NodeCertificate) else None

    def card_keys(self, card: Card) -> NodeCertificate:
        """The certificate on a card.

        Raises:
            Misconfigured: the card is not certified by its member's root for this mechanism.
        """
        ordinal = self.ordinal(card.code)
        certificate = None if ordinal is None else self.node_keys_in(ordinal, card.statement, card.content)
        if certificate is None:
            raise Misconfigured(
                "card.uncertified",
                f"the card of {card.code} is not certified by that member's root for this mechanism",
                field="card",
            )
        return certificate

    # ---- judging -------------------------------------------------------------------------------------------

    def is_directory(self, kind: str) -> bool:
        """Whether `kind` changes a directory, a charter or a log."""
        return kind in BUILT_IN_KINDS

    def is_reserved(self, kind: str) -> bool:
        """Whether every member, also one that joins later, sees all of `kind`."""
        return is_reserved(kind)

    def understands(self, kind: str) -> bool:
        """Whether the charter opens `kind`."""
        return admission.is_understood(self.charter, kind)

    def sights(self, log: LogId, statement: Statement) -> tuple[MemberSet, MemberSet]:
        """Who holds the statement and the content, by channel and addressees; nobody for an unknown channel."""
        charter, fields = self.charter, statement.fields
        if fields.channel >= len(charter.channels):
            return MemberSet(0), MemberSet(0)
        return charter.sights(fields.channel, log_owner(log), fields.addressees)

    def charter_version(self, log: LogId) -> int:
        """The version that the next own entry names."""
        del log
        return self.charter.version

    def directory_seq(self, log: LogId) -> Seq:
        """The latest directory statement in force in `log`."""
        return self.directory(log).latest_seq

    def judge(
        self, place: Place, entry: Entry, statement: Statement, content: bytes | None, *, upcoming: bool = False
    ) -> VerifyKey | Void:
        """The key whose signature the statement needs, or why it is void.

        `upcoming`: the entry is not in the log yet, and would be the next, under the charter in force.
        """
        directory = self.directory(place.log)
        charter = self.charter if upcoming else self._charter_at(place.log, place.seq, entry.charter_version)
        if charter is None:
            return NOT_ADOPTED
        key = admission.needed_key(directory, place.seq, statement)
        if isinstance(key, Void):
            return key
        void = admission.judge_statement(charter, directory, place.seq, statement, content)
        return void or admission.judge_entry(charter, directory, entry, statement) or key

    def rehearse(self, place: Place, statement: Statement, content: bytes) -> Void | None:
        """Why a directory statement would change nothing at `place`, the end of its log; nothing is changed."""
        before, on_duty = self.directory(place.log).prefix(place.seq), self.charter.terms.on_duty
        return before.apply(place.seq, statement, decode_content(content), on_duty)

    def apply(self, place: Place, entry: Entry, statement: Statement, content: bytes | None) -> Void | None:
        """Judge and fold a directory statement, its signature included."""
        if content is None:
            return NO_CONTENT
        verdict = self.judge(place, entry, statement, content)
        if isinstance(verdict, Void):
            return verdict
        if not statement.sign1.verify(verdict):
            return admission.WRONG_SIGNATURE
        try:
            fields = decode_content(content)
        except BadInput as fault:
            return Void.because(fault)
        charter = self._charter_at(place.log, place.seq, entry.charter_version)
        assert charter is not None, "what names a charter not adopted was judged void"
        void = self.directory(place.log).apply(place.seq, statement, fields, charter.terms.on_duty)
        if void is None and statement.fields.kind == CharterAssent.KIND:
            self._amendments.add(place.log, max(self.directory(place.log).assents.values(), key=lambda one: one.seq))
        return void

    # ---- amendments ----------------------------------------------------------------------------------------

    @property
    def amendments(self) -> Amendments:
        """The assents known here, and what they adopt."""
        return self._amendments

    def entered(self, place: Place, entry: Entry, claims: Claims) -> None:
        """An entry got its place: where it is the first to name a later charter, whether it may is settled here.

        `claims` is what the author had claimed up to and with this entry, so every node settles it alike.
        """
        epochs = self._epochs.setdefault(place.log, [])
        if entry.charter_version == (epochs[-1][0] if epochs else 1):
            return
        sizes = {log: int(size) for log, (size, _) in claims.seen.items()} | {place.log: int(place.seq)}
        charter = self._amendments.charter(entry.charter_version)
        if charter is None or self._amendments.in_force_within(sizes).version < entry.charter_version:
            return
        epochs.append((entry.charter_version, place.seq))
        self._epochs_changed = True
        self.directory(place.log).change_root(place.seq, charter.members[log_owner(place.log)].root_key)

    def changed_epochs(self) -> bytes | None:
        """The document `EPOCHS`, if it changed since it was asked for last."""
        if not self._epochs_changed:
            return None
        self._epochs_changed = False
        return cbor.encode([[log, version, seq] for log, epochs in self._epochs.items() for version, seq in epochs])

    def recall_epochs(self, document: bytes) -> None:
        """What `changed_epochs` gave before a restart."""
        for log, version, seq in _triples(document):
            self._epochs.setdefault(LogId(log), []).append((version, seq))

    def resume_epochs(self, log: LogId, upto: float) -> None:
        """At start: let the root keys of the charters that `log` named up to entry `upto` take effect, in log order."""
        done = self._resumed.get(log, 0)
        for version, seq in self._epochs.get(log, [])[done:]:
            charter = self._amendments.charter(version)
            if seq > upto or charter is None:
                return
            self.directory(log).change_root(seq, charter.members[log_owner(log)].root_key)
            self._resumed[log] = self._resumed.get(log, 0) + 1

    def charter_at(self, place: Place) -> Charter:
        """The charter in force in a log where an entry stands; what names another there is void."""
        return self._amendments.charter(self._epoch(place.log, place.seq)) or self._founding

    def _charter_at(self, log: LogId, seq: int, version: int) -> Charter | None:
        return self._amendments.charter(version) if version == self._epoch(log, seq) else None

    def _epoch(self, log: LogId, seq: int) -> int:
        epochs = self._epochs.get(log)
        return next((epoch for epoch, first in reversed(epochs) if first <= seq), 1) if epochs else 1


def _triples(document: bytes) -> Iterable[tuple[int, int, int]]:
    value = cbor.decode(document)
    assert isinstance(value, list | tuple), "a stored document is what was written"
    for item in value:
        assert isinstance(item, list | tuple), "a stored document is what was written"
        log, version, seq = item
        yield int(str(log)), int(str(version)), int(str(seq))
