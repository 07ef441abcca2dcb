"""Assembling a proof file for one statement from a node's record.

What goes in:

- the charters with all root signatures;
- of the author's log: the statement, its content unless withheld, its entry, the directory chain, a checkpoint;
- of every other member: its earliest receipt of that place, and the entry by which it is bound to this history;
- of every other log that the author had seen: the last entry seen, for the earliest time. An entry's `seen` names
  changes only, so the author's earlier entries are walked for the rest;
- of each of these logs: chain and checkpoint;
- of each of these logs further checkpoints: those signed post-quantum, and those that show it forked, where kept.

What another member's part lacks is left out, and the report says so; what the author's part lacks is refused. Each
file is verified before it is handed out, and a statement that this node holds void must come out void.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from parley.charter.adoption import SignedCharter, encode_signed
from parley.crypto.keys import PqSigningKey, SigningKey
from parley.errors import ParleyError, Refused
from parley.proof.bundle import MAX_FURTHER, Claim, Further, LogPart, ProofFile, encode_proof
from parley.proof.chain import Chain, fold
from parley.proof.charters import CharterLine
from parley.proof.gather import GivenHead, LogSource
from parley.proof.report import Verdict, VerificationReport
from parley.proof.verify import verify
from parley.proof.words import sentence
from parley.record.checkpoint import (
    Checkpoint,
    cosign,
    cosignature_line,
    head_line,
    parse_checkpoint,
    sign_head,
    signed_note,
)
from parley.record.entry import Entry
from parley.record.ids import LogId, Seq, TreeSize, log_owner
from parley.record.note import NoteSignature, parse_note
from parley.record.rows import Place, ReceiptRow, RecordReader


@dataclass(frozen=True, slots=True)
class Notary:
    """The node that makes the file: it signs its own log's head, and cosigns every head with its post-quantum key.

    Attributes:
        log: the log this node writes now.
        time_s: its clock, Unix seconds; 0 to state none.
    """

    log: LogId
    log_key: SigningKey
    pq_key: PqSigningKey
    time_s: int


def assemble(
    reader: RecordReader,
    charters: Sequence[SignedCharter],
    place: Place,
    *,
    notary: Notary | None = None,
    cosigned: Mapping[LogId, str] | None = None,
    with_content: bool = True,
) -> bytes:
    """The proof file of the statement at `place`.

    Args:
        reader: the node's record.
        charters: the founding charter, then every adopted amendment in order, each with all its signatures.
        place: where the statement stands.
        notary: needed for statements in the node's own log, whose heads are not stored signed.
        cosigned: by log, the newest checkpoint held with its node's post-quantum signature, as a signed note.
        with_content: False withholds the content; a directory statement always shows its own.

    Raises:
        Refused: ``proof.*``: no statement is held there, or something that its proof needs is not.
    """
    line = CharterLine.verified(charters)
    assembly = _Assembly(reader, line, place, notary, cosigned or {})
    proof = assembly.proof(tuple(map(encode_signed, charters)), with_content=with_content)
    raw = encode_proof(proof)
    _check(verify(raw), bool(reader.voids(place.log, place.branch, place.seq, place.seq + 1)))
    return raw


def _check(report: VerificationReport, void: bool) -> None:
    """Nothing is handed out that does not verify, or that tells less ill of a statement than this node knows."""
    if report.verdict is Verdict.NOT_PROVEN:
        raise Refused(
            "proof.fails", f"what this node holds proves nothing: {sentence(report.failed[0])}", field="record"
        )
    if void and report.verdict is Verdict.PROVEN:
        raise Refused("proof.void", "the statement is void here for a reason that a proof file cannot show",
                      field="statement", rule="show it in the record itself")  # fmt: skip


class _Assembly:
    """One file in the making."""

    def __init__(
        self,
        reader: RecordReader,
        line: CharterLine,
        place: Place,
        notary: Notary | None,
        cosigned: Mapping[LogId, str],
    ) -> None:
        self._reader = reader
        self._line = line
        self._place = place
        self._notary = notary
        self._cosigned = cosigned
        versions = {charter.version for charter in line.charters}
        branches = {(head.log, head.branch): head for head in reader.heads()}
        if (place.log, place.branch) not in branches:
            raise _nothing_there()
        self._sources = {
            log: LogSource(reader, head, versions)
            for (log, branch), head in branches.items()
            if branch == (place.branch if log == place.log else 0) and line.owner(log) is not None
        }
        self._heads = {log: head for log, source in self._sources.items() if (head := self._head(source)) is not None}

    def proof(self, charters: tuple[bytes, ...], *, with_content: bool) -> ProofFile:
        """The file."""
        log, seq = self._place.log, self._place.seq
        entry = self._statement_entry(with_content)
        bound = self._seen_by_author(entry)
        receipts, claims = self._receipts()
        used = {log, *(claim.of for claim in bound), *(claim.by for claim in claims)}
        chains = {one: self._chain(one) for one in sorted(used)}
        lost = {one for one, chain in chains.items() if chain is None}
        shown = chains.keys() - lost
        if log in lost:
            raise Refused("proof.chain", "the directory of its author cannot be shown", field="directory")
        parts = [self._part(chain, shown) for chain in chains.values() if chain is not None]
        kept = [claim for claim in (*bound, *claims) if {claim.by, claim.of} <= shown]
        return ProofFile(
            charters,
            log,
            seq,
            tuple(parts),
            tuple(sorted(kept)),
            tuple(sorted(receipt for receipt in receipts if receipt[0] in shown)),
            tuple(self._further(shown)),
        )

    # ---- inside --------------------------------------------------------------------------------------------

    def _head(self, source: LogSource) -> GivenHead | None:
        """The head of one log that the file proves to; this node signs its own, but not a fork of it."""
        forked = source.log == self._place.log and self._place.branch != 0
        if self._notary is not None and source.log == self._notary.log and not forked:
            return source.unsigned_head()
        return source.signed_head()

    def _statement_entry(self, with_content: bool) -> Entry:
        source, seq = self._sources.get(self._place.log), self._place.seq
        row = None if source is None else source.row(seq)
        entry = None if source is None else source.entry(seq)
        if source is None or row is None or row.statement is None:
            raise _nothing_there()
        if entry is None:
            raise Refused("proof.unsound", "its entry is malformed, or names a charter that is not at hand", field="entry",
                          rule="show it in the record itself")  # fmt: skip
        head = self._heads.get(self._place.log)
        if head is None or head.size <= seq:
            raise Refused("proof.unsigned", "no checkpoint that covers it, signed by its author's node, is held here",
                          field="checkpoint", rule="wait for the next one, or have its own node make the proof")  # fmt: skip
        source.want(seq, statement=True, content=with_content and row.content is not None)
        return entry

    def _seen_by_author(self, entry: Entry) -> list[Claim]:
        """The author's latest claim of each other member's log up to its statement, and the entries they end at."""
        log, author = self._place.log, self._sources[self._place.log]
        others = {one for one in self._heads if log_owner(one) != log_owner(log)}
        claims: list[Claim] = []
        for seq, earlier in author.back_from(entry.seq):
            for other in sorted(others & earlier.seen.keys()):
                others.discard(other)
                size, root = earlier.seen[other]
                source = self._sources[other]
                if source.root_at(size) == root and size <= self._heads[other].size and source.entry(size - 1):
                    author.want(seq)
                    source.want(size - 1)
                    claims.append(self._claim(log, seq, other, size))
            if not others:
                break
        return claims

    def _receipts(self) -> tuple[list[tuple[LogId, Seq]], list[Claim]]:
        """Each other member's earliest receipt that is bound to this history, and the claims that bind them."""
        receipts: dict[int, tuple[LogId, Seq]] = {}
        claims: list[Claim] = []
        if self._place.branch:
            return [], []
        rows = self._reader.receipts_for(self._place.log, self._place.seq, Seq(self._place.seq + 1))
        for row in sorted(rows, key=lambda row: (row.holder_log, row.seq)):
            if row.holder in receipts or row.holder == log_owner(self._place.log):
                continue
            claim = self._binding(row)
            if claim is not None:
                self._sources[row.holder_log].want(row.seq)
                self._sources[row.holder_log].want(claim.seq)
                receipts[row.holder] = row.holder_log, row.seq
                claims.append(claim)
        return list(receipts.values()), claims

    def _binding(self, receipt: ReceiptRow) -> Claim | None:
        """The latest claim of the author's log that the receipt's author had made by then, if it covers the place."""
        log, by = self._place.log, receipt.holder_log
        head = self._heads.get(by)
        if head is None or head.size <= receipt.seq:
            return None
        for seq, entry in self._sources[by].back_from(receipt.seq):
            if log in entry.seen:
                size, root = entry.seen[log]
                covered = receipt.first + receipt.count <= size
                return self._claim(by, seq, log, size) if covered and self._root_at(size) == root else None
        return None

    def _root_at(self, size: int) -> bytes | None:
        return self._sources[self._place.log].root_at(size)

    def _claim(self, by: LogId, seq: int, of: LogId, size: int) -> Claim:
        return Claim(by, Seq(seq), of, self._sources[of].consistency(size, self._heads[of].size))

    def _chain(self, log: LogId) -> Chain | None:
        """The folded chain of one log, from as late an entry as it holds from; None where it cannot be shown."""
        source, head = self._sources[log], self._heads[log]
        for late in (*source.late(head.size, self._line.founding.everyone), None):
            try:
                source.want_chain(late)
                chain = fold(self._line, log, source.leaves(0))
            except ParleyError:
                continue
            if chain.directory.node_keys_for_size(head.size) is not None:
                return chain
        return None

    def _part(self, chain: Chain, logs: Set[LogId]) -> LogPart:
        source, head = self._sources[chain.log], self._heads[chain.log]
        return LogPart(chain.log, self._note(chain, head, logs), source.leaves(head.size))

    def _note(self, chain: Chain, head: GivenHead, logs: Set[LogId]) -> str:
        """The checkpoint with its node's signature, and this node's post-quantum one where its own log is shown."""
        origin, notary = self._line.origin(chain.log), self._notary
        keys = chain.directory.node_keys_for_size(head.size)
        assert keys is not None, "a chain without node keys is left out"
        signatures: list[NoteSignature] = []
        if head.signature is not None:
            signatures.append(head_line(origin, keys.log_key, head.signature))
        elif notary is not None:
            signature = sign_head(notary.log_key, origin, head.size, head.root)
            signatures.append(head_line(origin, notary.log_key.verify_key, signature))
        if notary is not None and notary.log in logs:
            cosigner = self._line.origin(notary.log)
            cosignature = cosign(notary.pq_key, cosigner, origin, head.size, head.root, notary.time_s)
            signatures.append(cosignature_line(cosigner, notary.pq_key.verify_key, cosignature))
        return signed_note(Checkpoint(origin, TreeSize(head.size), head.root), signatures)

    def _further(self, logs: Set[LogId]) -> list[Further]:
        """Post-quantum checkpoints of these logs, and signed ones that contradict the history shown here."""
        told = {(row.log, note): False for row in self._reader.evidence() for note in (row.first, row.second)}
        told |= dict.fromkeys(self._cosigned.items(), True)
        further: list[Further] = []
        for (log, note), agrees in sorted(told.items()):
            source = self._sources[log] if log in logs else None
            checkpoint = parse_checkpoint(parse_note(note).text)
            root = None if source is None else source.root_at(checkpoint.size)
            if source is not None and root is not None and (root == checkpoint.root) == agrees:
                path = source.consistency(checkpoint.size, self._heads[log].size)
                further.append(Further(log, note, root, path))
        return further[:MAX_FURTHER]


def _nothing_there() -> Refused:
    return Refused("proof.no-statement", "no statement is held at this place", field="place",
                   rule="name the place of a statement, such as SYR 42")  # fmt: skip
