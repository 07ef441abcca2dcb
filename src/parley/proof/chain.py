"""The directory chain of one log: from its latest entry in the proof back to entry 0, folded.

Every entry names the place of its log's latest directory statement in force before it, so the walk back from any
entry meets all of them and nothing else:

1. the last leaf held; if it is itself a directory statement in force, it is the first link;
2. the statement that its `directory` field names, the one which that statement's entry names, and so on, to 0;
3. entry 0: the founding charter's digest, or, in a reopened log, the root-signed ``log.reopen``.

A link that is missing, or that is void when judged in its place, breaks the chain. What stands after the last leaf
cannot be told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.charter import admission
from parley.charter.charter import Charter
from parley.charter.directory import Directory
from parley.charter.directory_kinds import BUILT_IN_KINDS, DirectoryContent, decode_fields
from parley.charter.void import Void
from parley.errors import BadInput
from parley.proof.bundle import Leaf
from parley.proof.charters import CharterLine
from parley.proof.report import Unproven
from parley.record.content import content_digest, decode_content
from parley.record.entry import Entry, decode_entry
from parley.record.ids import LogId, Seq, StatementDigest, log_generation, log_owner, sha256
from parley.record.statement import Statement, parse_statement

CHARTER_BACK = Void("entry.charter", "its entry goes back to an earlier version of the charter")


@dataclass(frozen=True, slots=True)
class Link:
    """A directory statement in force, at its place."""

    seq: Seq
    statement: Statement
    said: DirectoryContent


@dataclass(frozen=True, slots=True)
class Chain:
    """A log's entries in the proof, and its directory as of the last of them.

    Attributes:
        entries: by index.
        links: the directory statements in force, in log order.
        last: index of the last entry held; what stands after it is not known.
        behind: indexes of entries that go back to an earlier charter than one before them named; they are void.
        last_void: why the last entry's own directory statement, where there is one, is not a link.
    """

    log: LogId
    entries: Mapping[int, Entry]
    directory: Directory
    links: tuple[Link, ...]
    last: Seq
    behind: frozenset[int]
    last_void: Void | None

    def holds(self, seq: int) -> bool:
        """Whether the entry at `seq` is a link."""
        at = bisect_left(self.links, seq, key=lambda link: link.seq)
        return at < len(self.links) and self.links[at].seq == seq


def _chain_before(entries: Mapping[int, Entry], seq: int) -> list[int]:
    """Places of the directory statements that the entry at `seq` leads back to, latest first, without 0.

    Each entry names one before it: `_check_names` saw to that.

    Raises:
        KeyError: one of them is not among `entries`.
    """
    places: list[int] = []
    while (earlier := int(entries[seq].directory)) > 0:
        places.append(earlier)
        seq = earlier
    return places


def fold(line: CharterLine, log: LogId, leaves: Sequence[Leaf]) -> Chain:
    """Decode the leaves of a member's log, walk its chain and fold it.

    Raises:
        Unproven: an entry is malformed or out of place, the chain has a gap, or a link of it is void.
    """
    entries = {int(leaf.seq): _entry(line, log, leaf) for leaf in leaves}
    _check_names(line, log, entries)
    behind = _behind(entries)
    held = {int(leaf.seq): leaf for leaf in leaves}
    last = max(entries)
    places = _walk(line, log, entries, last)
    _check_genesis(line, log, entries)
    directory = Directory(
        line.newest.members[log_owner(log)].code, line.first_root(log, entries[0].charter_version), line.mechanism, log
    )
    links: list[Link] = []
    for seq in places:
        statement, content = _spoken(line, log, held[seq])
        void = CHARTER_BACK if seq in behind else _apply(line, directory, entries[seq], statement, content)
        if void is not None:
            raise Unproven("chain.void", reference=line.reference(log, seq), fault=void.code, reason=void.reason)
        links.append(_link(seq, statement, content))
    last_void = None
    spoken = None if last in places else _last_spoken(line, log, held[last])
    if spoken is not None:
        last_void = CHARTER_BACK if last in behind else _apply(line, directory, entries[last], *spoken)
        if last_void is None:
            links.append(_link(last, *spoken))
    return Chain(log, entries, directory, tuple(links), Seq(last), behind, last_void)


def judge_off_chain(line: CharterLine, chain: Chain, entry: Entry, statement: Statement, content: bytes) -> Void | None:
    """Why a directory statement that stands before the last entry, and is no link, is void; None where it is not."""
    return _apply(line, chain.directory.prefix(entry.seq), entry, statement, content)


def _walk(line: CharterLine, log: LogId, entries: Mapping[int, Entry], last: int) -> list[int]:
    try:
        places = _chain_before(entries, last)
    except KeyError as gap:
        raise Unproven("chain.gap", reference=line.reference(log, gap.args[0])) from None
    if 0 not in entries:
        raise Unproven("chain.gap", reference=line.reference(log, 0))
    if log_generation(log) > 1:
        places.append(0)
    return places[::-1]


def _entry(line: CharterLine, log: LogId, leaf: Leaf) -> Entry:
    try:
        entry = decode_entry(leaf.entry)
    except BadInput as fault:
        raise Unproven.because("entry.malformed", fault, reference=line.reference(log, leaf.seq)) from None
    if entry.seq != leaf.seq:
        raise Unproven("entry.place", reference=line.reference(log, leaf.seq), says=int(entry.seq))
    return entry


def _check_names(line: CharterLine, log: LogId, entries: Mapping[int, Entry]) -> None:
    """Every entry names a charter in the file, and a directory statement before it."""
    for seq, entry in entries.items():
        if entry.directory >= seq and entry.directory > 0:
            raise Unproven("entry.directory", reference=line.reference(log, seq))
        if line.version(entry.charter_version) is None:
            raise Unproven("charter.missing", reference=line.reference(log, seq), version=entry.charter_version)


def _behind(entries: Mapping[int, Entry]) -> frozenset[int]:
    newest, behind = 0, set()
    for seq in sorted(entries):
        if entries[seq].charter_version < newest:
            behind.add(seq)
        newest = max(newest, entries[seq].charter_version)
    return frozenset(behind)


def _check_genesis(line: CharterLine, log: LogId, entries: Mapping[int, Entry]) -> None:
    if log_generation(log) == 1 and entries[0].body != StatementDigest(line.mechanism):
        raise Unproven("genesis.other", reference=line.reference(log, 0))


def _spoken(line: CharterLine, log: LogId, leaf: Leaf) -> tuple[Statement, bytes]:
    """The statement and content of a link, as its entry and its statement commit to them."""
    reference = line.reference(log, leaf.seq)
    if leaf.statement is None or leaf.content is None:
        raise Unproven("chain.withheld", reference=reference)
    if sha256(leaf.statement) != decode_entry(leaf.entry).body:
        raise Unproven("statement.other", reference=reference)
    try:
        statement = parse_statement(leaf.statement)
    except BadInput as fault:
        raise Unproven.because("statement.malformed", fault, reference=reference) from None
    if content_digest(leaf.content) != statement.fields.content_digest:
        raise Unproven("content.other", reference=reference)
    return statement, leaf.content


def _last_spoken(line: CharterLine, log: LogId, leaf: Leaf) -> tuple[Statement, bytes] | None:
    """The last leaf's directory statement, where it holds one."""
    if leaf.statement is None or leaf.content is None:
        return None
    try:
        kind = parse_statement(leaf.statement).fields.kind
    except BadInput:
        return None
    return _spoken(line, log, leaf) if kind in BUILT_IN_KINDS else None


def _apply(line: CharterLine, directory: Directory, entry: Entry, statement: Statement, content: bytes) -> Void | None:
    """Judge and fold a directory statement; the root key is that of the charter its entry names."""
    charter = line.version(entry.charter_version)
    assert charter is not None, "that every charter named is there was checked"
    if statement.fields.kind not in BUILT_IN_KINDS:
        return Void("directory.kind", "it is not a directory statement")
    if log_owner(directory.log) < len(charter.members):
        directory.change_root(entry.seq, charter.members[log_owner(directory.log)].root_key)
    return admission.judge(charter, directory, entry, statement, content) or _fold_in(
        charter, directory, entry, statement, content
    )


def _fold_in(charter: Charter, directory: Directory, entry: Entry, statement: Statement, content: bytes) -> Void | None:
    try:
        fields = decode_content(content)
    except BadInput as fault:
        return Void.because(fault)
    return directory.apply(entry.seq, statement, fields, charter.terms.on_duty)


def _link(seq: int, statement: Statement, content: bytes) -> Link:
    return Link(Seq(seq), statement, decode_fields(statement.fields.kind, decode_content(content)))
