"""Gathering what a proof holds of one log: leaves, their paths, the directory chain and a signed checkpoint.

Reads through a `RecordReader` only. The head is the newest that bears its author's signature in the store, or one
that the caller signs; the leaves a proof needs are asked for first, the rest follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from parley.charter.directory_kinds import BUILT_IN_KINDS
from parley.errors import BadInput, Refused, StorageFault
from parley.proof.bundle import Leaf
from parley.record.entry import Entry, decode_entry
from parley.record.ids import MemberSet, RootHash, Seq
from parley.record.merkle import BLOCK_LEAVES, BlockTree, leaf_hash, perfect_root, prove_consistency, prove_inclusion
from parley.record.rows import EntryRow, HeadRow, RecordReader
from parley.record.statement import parse_statement

WALK_ENTRIES = 1024
"""How far back an entry's earlier claims, a signed head or a fit last entry are looked for."""
MAX_LATE = 8
_STEP = 32

_Wanted = dict[int, tuple[bool, bool]]
"""By index: whether the statement, and whether the content, goes with the entry."""


@dataclass(frozen=True, slots=True)
class GivenHead:
    """The head a proof of one log is made to; `signature` is its node's, or None where the caller is to sign it."""

    size: int
    root: RootHash
    signature: bytes | None


class LogSource:
    """One history of one log, as the store has it; `versions` are those of the charters at hand."""

    def __init__(self, reader: RecordReader, head: HeadRow, versions: Set[int]) -> None:
        self.log = head.log
        self.size = int(head.size)
        self._reader = reader
        self._branch = head.branch
        self._rows: dict[int, EntryRow] = {}
        self._versions = versions
        self._asked: _Wanted = {}
        self._chain: _Wanted = {}
        self._tree = BlockTree(self.size, self._block_root, self._leaves_of_block)

    def row(self, seq: int) -> EntryRow | None:
        """The row at `seq`, with its statement and content where they are held."""
        if seq not in self._rows:
            self._rows.update({row.seq: row for row in self._reader.entries(self.log, self._branch, Seq(seq), 1)})
        return self._rows.get(seq)

    def entry(self, seq: int) -> Entry | None:
        """The entry at `seq`, or None where it is not held or not sound."""
        row = self.row(seq)
        return None if row is None else self._sound(row)

    def back_from(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Entries from `seq` backwards, as far as `WALK_ENTRIES`; those that are not sound are passed over."""
        for row in islice(self._rows_back_from(seq), WALK_ENTRIES):
            entry = self._sound(row)
            if entry is not None:
                yield int(row.seq), entry

    def root_at(self, size: int) -> RootHash | None:
        """Root of the first `size` entries, if so many are held."""
        return self._reader.root_at(self.log, self._branch, size) if 0 < size <= self.size else None

    def signed_head(self) -> GivenHead | None:
        """The newest head that bears its author's signature."""
        for row in islice(self._rows_back_from(self.size - 1), WALK_ENTRIES):
            if row.signature is not None:
                return GivenHead(row.seq + 1, row.root, row.signature)
        return None

    def unsigned_head(self) -> GivenHead:
        """The newest head, for its own node to sign.

        Raises:
            StorageFault: the store has no root for it.
        """
        root = self.root_at(self.size)
        if root is None:
            raise StorageFault("store.root", f"the store has no root at size {self.size}", field="root")
        return GivenHead(self.size, root, None)

    def want(self, seq: int, *, statement: bool = False, content: bool = False) -> None:
        """Have the entry at `seq` in the proof, with its statement and content or without."""
        _add(self._asked, seq, statement, content)

    def late(self, size: int, founders: MemberSet) -> list[int]:
        """Entries below `size`, latest first, from which the directory chain may begin.

        A late one tells what became of keys since. Those that would show outsiders that only some members spoke are
        not taken. There are several, for an author's bad entry must not spoil the proof of its earlier ones.
        """
        fit = (
            seq for seq, entry in self.back_from(size - 1) if entry.is_receipt or not founders & ~entry.statement_sight
        )
        return list(islice(fit, MAX_LATE))

    def want_chain(self, late: int | None) -> None:
        """Have the directory chain in the proof, from the entry `late` or the last one asked for, and entry 0.

        What an earlier call asked for is forgotten.

        Raises:
            Refused: ``proof.chain`` where something of the chain is not held here.
        """
        self._chain = {}
        if late is not None:
            row = self.row(late)
            link = row is not None and row.statement is not None and _changes_directory(row.statement)
            _add(self._chain, late, link, link and row is not None and row.content is not None)
        seq = self._before(max({**self._asked, **self._chain}))
        while seq:
            self._want_link(seq)
            seq = self._before(seq)
        first = self.row(0)
        if first is None:
            raise self._incomplete(0)
        _add(self._chain, 0, first.statement is not None, first.statement is not None)

    def leaves(self, size: int) -> tuple[Leaf, ...]:
        """What was asked for, with its paths to the head at `size`; without paths where that is 0."""
        wanted = self._asked.copy()
        for seq, (statement, content) in self._chain.items():
            _add(wanted, seq, statement, content)
        return tuple(self._leaf(seq, size, *wanted[seq]) for seq in sorted(wanted))

    def consistency(self, one: int, other: int) -> tuple[bytes, ...]:
        """Proof that two sizes are of this one history."""
        return tuple(prove_consistency(min(one, other), max(one, other), self._tree.subtree))

    # ---- inside --------------------------------------------------------------------------------------------

    def _before(self, seq: int) -> int:
        """The directory statement that the entry at `seq` names."""
        entry = self.entry(seq)
        if entry is None:
            raise self._incomplete(seq)
        return int(entry.directory)

    def _want_link(self, seq: int) -> None:
        row = self.row(seq)
        if row is None or row.statement is None or row.content is None:
            raise self._incomplete(seq)
        _add(self._chain, seq, True, True)

    def _incomplete(self, seq: int) -> Refused:
        return Refused("proof.chain", f"directory statement {seq} of log {self.log} is not held here", field="directory",
                       rule="wait until this node has caught up")  # fmt: skip

    def _sound(self, row: EntryRow) -> Entry | None:
        """The entry of a row, where it can be shown at all: well formed, in its place, under a charter at hand."""
        try:
            entry = decode_entry(row.raw)
        except BadInput:
            return None
        sound = entry.seq == row.seq and entry.charter_version in self._versions
        return entry if sound and (entry.directory < row.seq or entry.directory == 0) else None

    def _leaf(self, seq: int, size: int, statement: bool, content: bool) -> Leaf:
        row = self.row(seq)
        assert row is not None, "only what is held is asked for"
        return Leaf(
            Seq(seq),
            row.raw,
            tuple(prove_inclusion(seq, size, self._tree.subtree)) if size else (),
            row.statement if statement else None,
            row.content if content else None,
        )

    def _rows_back_from(self, seq: int) -> Iterator[EntryRow]:
        stop = seq + 1
        while stop > 0:
            first = max(0, stop - _STEP)
            rows = self._reader.entries(self.log, self._branch, Seq(first), stop - first)
            yield from reversed(rows)
            stop = first

    def _block_root(self, block: int) -> bytes:
        root = self._reader.block_root(self.log, self._branch, block)
        return perfect_root(self._leaves_of_block(block)) if root is None else root

    def _leaves_of_block(self, block: int) -> Sequence[bytes]:
        first, stop = block * BLOCK_LEAVES, min((block + 1) * BLOCK_LEAVES, self.size)
        return [leaf_hash(raw) for raw in self._reader.leaves(self.log, self._branch, Seq(first), Seq(stop))]


def _add(wanted: _Wanted, seq: int, statement: bool, content: bool) -> None:
    had = wanted.get(seq, (False, False))
    wanted[seq] = (had[0] or statement, had[1] or content)


def _changes_directory(statement: bytes) -> bool:
    try:
        return parse_statement(statement).fields.kind in BUILT_IN_KINDS
    except BadInput:
        return False
