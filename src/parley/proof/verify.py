"""Verifying a proof file: bytes in, a report out. No I/O, no clock; it relies on nothing but the bytes.

Steps. Where one fails, the next are not taken and nothing is proven:

1. the file is in its one form, within its bounds;
2. every charter bears every root signature it needs, and the mechanism is the one expected, where one is;
3. every log's entries decode, and its directory chain is whole and folds from entry 0 (`chain`);
4. every checkpoint is signed by the node that this chain certifies (`heads`);
5. every entry is in its checkpoint's tree, and what entries claim to have seen is one history with the checkpoints;
6. statement and content are those that the entry commits to;
7. each receipt covers the statement's place, in this very history (`claims`);
8. the statement is judged as every node judges it: it counts, or is recorded but void.

Hostile bytes give a report, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from parley.charter import admission
from parley.charter.adoption import SignedCharter, decode_signed
from parley.charter.directory_kinds import BUILT_IN_KINDS
from parley.charter.signers import Signer
from parley.charter.void import Void
from parley.crypto.cbor import CborValue
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput, ParleyError
from parley.proof import findings
from parley.proof.bundle import LogPart, ProofFile, decode_proof
from parley.proof.chain import CHARTER_BACK, Chain, fold, judge_off_chain
from parley.proof.charters import CharterLine
from parley.proof.claims import check_claim, holding, sightings
from parley.proof.facts import Facts, Forked
from parley.proof.heads import check_further, check_head, check_inclusion
from parley.proof.report import Finding, Unproven, Verdict, VerificationReport
from parley.record.content import content_digest, decode_content
from parley.record.entry import Entry
from parley.record.ids import LogId, sha256
from parley.record.statement import Statement, parse_statement

MALFORMED = Void("statement.malformed", "the statement is not in the form every statement must have")

_T = TypeVar("_T")
_Item = TypeVar("_Item")


class _Failures(Exception):  # carries findings up to `verify` and never leaves this module
    def __init__(self, found: list[Finding]) -> None:
        super().__init__()
        self.found = found


def verify(data: bytes, *, expected: bytes | None = None) -> VerificationReport:
    """What the proof file `data` proves.

    Args:
        data: the file's bytes, from anybody.
        expected: 32-byte digest of the mechanism that the reader relies on, learned by another channel; a file of
            another mechanism fails.
    """
    try:
        proof = decode_proof(data)
        signed = [decode_signed(raw) for raw in proof.charters]
    except BadInput as fault:
        return _refused([Unproven.because("file.malformed", fault).finding])
    banner = next((one.charter.banner for one in signed if one.charter.banner), None)
    mechanism = signed[0].charter.digest.hex() if signed else ""
    reference = ""
    try:
        line = _one(lambda: _line(signed, expected))
        reference = line.reference(proof.log, proof.seq)
        facts = _facts(proof, line, anchored=expected is not None)
    except _Failures as failures:
        return _refused(failures.found, banner, mechanism, reference)
    return VerificationReport(
        Verdict.PROVEN if facts.void is None else Verdict.VOID,
        banner,
        mechanism,
        reference,
        tuple(findings.proven(facts)),
        tuple(findings.untold(facts)),
        content=_readable(facts.content),
    )


def _refused(
    failed: list[Finding], banner: str | None = None, mechanism: str = "", reference: str = ""
) -> VerificationReport:
    return VerificationReport(Verdict.NOT_PROVEN, banner, mechanism, reference, failed=tuple(failed))


def _line(signed: list[SignedCharter], expected: bytes | None) -> CharterLine:
    try:
        line = CharterLine.verified(signed)
    except ParleyError as fault:
        raise Unproven.because("charter.refused", fault) from None
    if expected is not None and line.mechanism != expected:
        raise Unproven("mechanism.other", digest=line.mechanism.hex(), expected=expected.hex())
    return line


def _facts(proof: ProofFile, line: CharterLine, *, anchored: bool) -> Facts:
    parts = {part.log: part for part in proof.logs}
    unknown = [log for log in parts if line.owner(log) is None] or [proof.log] * (proof.log not in parts)
    if unknown:
        raise _Failures([Finding("log.unknown", {"log": line.name(log)}) for log in unknown])
    chains = {chain.log: chain for chain in _all(parts.values(), lambda part: fold(line, part.log, part.leaves))}
    heads = dict(zip(parts, _all(parts.values(), lambda part: check_head(line, chains, part)), strict=True))
    _all(parts.values(), lambda part: check_inclusion(line, part, heads[part.log]))
    _all(parts.values(), lambda part: _check_nothing_more(line, proof, part, chains[part.log]))
    _all(proof.claims, lambda claim: check_claim(line, chains, heads, claim))
    further = _all(proof.further, lambda one: check_further(line, chains, heads, one))
    entry, statement, content = _one(lambda: _spoken(line, proof, chains))
    charter = line.version(entry.charter_version)
    assert charter is not None, "that every charter named is there was checked"
    chain = chains[proof.log]
    return Facts(
        line=line,
        chains=chains,
        heads=heads,
        log=proof.log,
        entry=entry,
        charter=charter,
        statement=statement,
        void=MALFORMED if statement is None else _one(lambda: _judge(line, chain, entry, statement, content)),
        signer=None if statement is None else _signer(chain, entry, statement),
        content=content,
        holdings=tuple(_all(proof.receipts, lambda receipt: holding(line, chains, proof, *receipt))),
        sightings=tuple(_one(lambda: sightings(line, chains, proof))),
        cosigned=tuple(
            one
            for found in (*(head.cosigned for head in heads.values()), *further)
            if not isinstance(found, Forked)
            for one in found
        ),
        forks=tuple(found for found in further if isinstance(found, Forked)),
        anchored=anchored,
    )


def _spoken(
    line: CharterLine, proof: ProofFile, chains: Mapping[LogId, Chain]
) -> tuple[Entry, Statement | None, bytes | None]:
    """The statement's entry, the statement if it is one in form, and the content if the file holds it."""
    reference = line.reference(proof.log, proof.seq)
    part = proof.part(proof.log)
    leaf = next((leaf for leaf in part.leaves if leaf.seq == proof.seq), None) if part else None
    if leaf is None or leaf.statement is None:
        raise Unproven("statement.missing", reference=reference)
    entry = chains[proof.log].entries[proof.seq]
    if sha256(leaf.statement) != entry.body:
        raise Unproven("statement.other", reference=reference)
    try:
        statement = parse_statement(leaf.statement)
    except BadInput:
        if leaf.content is not None:
            raise Unproven("content.other", reference=reference) from None
        return entry, None, None
    if leaf.content is not None and content_digest(leaf.content) != statement.fields.content_digest:
        raise Unproven("content.other", reference=reference)
    return entry, statement, leaf.content


def _check_nothing_more(line: CharterLine, proof: ProofFile, part: LogPart, chain: Chain) -> None:
    """Statements and contents are there only where they prove something: nothing unread travels in a proof."""
    for leaf in part.leaves:
        needed = (part.log, leaf.seq) == (proof.log, proof.seq) or chain.holds(leaf.seq)
        needed = needed or (leaf.seq == chain.last and chain.last_void is not None)
        if not needed and (leaf.statement is not None or leaf.content is not None):
            raise Unproven("leaf.superfluous", reference=line.reference(part.log, leaf.seq))


def _judge(line: CharterLine, chain: Chain, entry: Entry, statement: Statement, content: bytes | None) -> Void | None:
    """Why the statement moves nothing, by the rules of admission and of the directory."""
    charter = line.version(entry.charter_version)
    assert charter is not None, "that every charter named is there was checked"
    if entry.seq in chain.behind:
        return CHARTER_BACK
    if statement.fields.kind not in BUILT_IN_KINDS:
        return admission.judge(charter, chain.directory, entry, statement, content)
    if chain.holds(entry.seq):
        return None
    if content is None:
        raise Unproven("chain.withheld", reference=line.reference(chain.log, entry.seq))
    if entry.seq == chain.last:
        return chain.last_void
    void = judge_off_chain(line, chain, entry, statement, content)
    if void is None:
        raise Unproven("chain.passed-over", reference=line.reference(chain.log, entry.seq))
    return void


def _signer(chain: Chain, entry: Entry, statement: Statement) -> Signer | None:
    """Who validly signed, by the author's directory at that place."""
    key = admission.needed_key(chain.directory, entry.seq, statement)
    if not isinstance(key, VerifyKey) or not statement.sign1.verify(key):
        return None
    return chain.directory.signer_at(statement.fields.kid, entry.seq)


def _readable(content: bytes | None) -> Mapping[str, CborValue] | None:
    if content is None:
        return None
    try:
        return decode_content(content)
    except BadInput:
        return None


def _all(items: Iterable[_Item], check: Callable[[_Item], _T]) -> list[_T]:
    """`check` of every item; all that failed are told together."""
    passed: list[_T] = []
    failed: list[Finding] = []
    for item in items:
        try:
            passed.append(check(item))
        except Unproven as failure:
            failed.append(failure.finding)
    if failed:
        raise _Failures(failed)
    return passed


def _one(check: Callable[[], _T]) -> _T:
    return _all([None], lambda _: check())[0]
