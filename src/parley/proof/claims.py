"""Claims: what an entry's `seen` ties its author to, and the two things that follow from it.

An entry that claims (size, root) of another log is bound to the history under that root. A consistency proof joins
it with the checkpoint of that log in the file (RFC 9162 §2.1.4), so both are of one history.

- *Receipts.* A receipt names places, not digests. Only with the claim that its author made by then is it a receipt of
  this entry, and not of one at the same place on the other side of a fork.
- *Earliest time.* What the author had seen was there before it wrote. The last entry seen of each other log bears
  that member's own clock.
"""

from __future__ import annotations

from collections.abc import Mapping

from parley.proof.bundle import Claim, ProofFile
from parley.proof.chain import Chain
from parley.proof.charters import CharterLine
from parley.proof.facts import Head, Holding, Sighting
from parley.proof.report import Unproven
from parley.record.ids import LogId, RootHash, Seq, TreeSize, log_owner


def check_claim(line: CharterLine, chains: Mapping[LogId, Chain], heads: Mapping[LogId, Head], claim: Claim) -> None:
    """What one entry claims of another log is one history with that log's checkpoint.

    Raises:
        Unproven: the entry is not held or claims nothing of that log, or the proof does not hold.
    """
    size, root = _claimed(line, chains, claim)
    if claim.of not in heads or not heads[claim.of].is_one_history_with(size, root, claim.path):
        raise _wrong(line, claim)


def holding(line: CharterLine, chains: Mapping[LogId, Chain], proof: ProofFile, log: LogId, seq: Seq) -> Holding:
    """The receipt of the statement that the entry `seq` of another member's `log` is.

    Raises:
        Unproven: it is none, covers other places, or its author was not bound to this history by then.
    """
    reference = line.reference(log, seq)
    entry = chains[log].entries.get(seq) if log in chains else None
    void = entry is None or seq in chains[log].behind or log_owner(log) == log_owner(proof.log)
    if void or entry is None or not isinstance(entry.body, tuple):
        raise Unproven("receipt.none", reference=reference)
    covering = [one for one in entry.body if one.log == proof.log and one.first <= proof.seq < one.first + one.count]
    if not covering:
        raise Unproven("receipt.elsewhere", reference=reference, statement=line.reference(proof.log, proof.seq))
    bound = max(
        (
            _claimed(line, chains, claim)[0]
            for claim in proof.claims
            if claim.by == log and claim.of == proof.log and claim.seq <= seq
        ),
        default=TreeSize(0),
    )
    if any(one.first + one.count > bound for one in covering):
        raise Unproven("receipt.unbound", reference=reference, seen=int(bound))
    return Holding(log, seq, entry.at_ms)


def sightings(line: CharterLine, chains: Mapping[LogId, Chain], proof: ProofFile) -> list[Sighting]:
    """The last entry of each other member's log that the author had seen, as far as the file shows it.

    Raises:
        Unproven: a claim of the author is later than the statement, or the entry it ends at is not held.
    """
    found: dict[LogId, Sighting] = {}
    for claim in proof.claims:
        if claim.by != proof.log or log_owner(claim.of) == log_owner(claim.by):
            continue
        last = Seq(_claimed(line, chains, claim)[0] - 1)
        entry = chains[claim.of].entries.get(last)
        if claim.seq > proof.seq or entry is None:
            raise _wrong(line, claim)
        found[claim.of] = Sighting(claim.of, last, entry.at_ms, claim.seq)
    return [found[log] for log in sorted(found)]


def _claimed(line: CharterLine, chains: Mapping[LogId, Chain], claim: Claim) -> tuple[TreeSize, RootHash]:
    entry = chains[claim.by].entries.get(claim.seq) if claim.by in chains else None
    if entry is None or claim.of not in entry.seen or claim.of == claim.by:
        raise _wrong(line, claim)
    return entry.seen[claim.of]


def _wrong(line: CharterLine, claim: Claim) -> Unproven:
    return Unproven("claim.wrong", reference=line.reference(claim.by, claim.seq), log=line.name(claim.of))
