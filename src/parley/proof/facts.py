"""Facts: what stands verified once every check of a proof file has passed. `findings` puts them into lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.charter.charter import Charter
from parley.charter.directory_view import NodeKeys
from parley.charter.signers import Signer
from parley.charter.void import Void
from parley.proof.chain import Chain
from parley.proof.charters import CharterLine
from parley.record.entry import Entry
from parley.record.ids import LogId, MemberOrdinal, Seq, TreeSize, UnixMs, log_owner
from parley.record.merkle import verify_consistency
from parley.record.statement import Statement


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A post-quantum cosignature (0x06) of `log` at `size`; `time_s` is its cosigner's clock, 0 where it names none."""

    log: LogId
    size: TreeSize
    by: LogId
    time_s: int


@dataclass(frozen=True, slots=True)
class Forked:
    """`log`'s node signed, at `size`, another history than the one in the file."""

    log: LogId
    size: TreeSize


@dataclass(frozen=True, slots=True)
class Head:
    """A verified checkpoint: signed by the node key that its member's root certified (`keys`)."""

    size: TreeSize
    root: bytes
    keys: NodeKeys
    cosigned: tuple[Cosigned, ...]

    def is_one_history_with(self, size: int, root: bytes, path: Sequence[bytes]) -> bool:
        """Whether `path` is a consistency proof (RFC 9162 §2.1.4) between the tree (size, root) and this one."""
        (old, old_root), (new, new_root) = sorted([(int(size), bytes(root)), (int(self.size), bytes(self.root))])
        return verify_consistency(old, new, old_root, new_root, path)


@dataclass(frozen=True, slots=True)
class Holding:
    """A receipt of another member, in its own log at `seq`, of the very history that the file proves."""

    log: LogId
    seq: Seq
    at_ms: UnixMs


@dataclass(frozen=True, slots=True)
class Sighting:
    """The last entry of another's `log` that the author's entry `claimed_at` commits to."""

    log: LogId
    seq: Seq
    at_ms: UnixMs
    claimed_at: Seq


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one proof file shows.

    Attributes:
        log, entry: where the statement stands.
        charter: of the version that the entry names.
        statement: None where its bytes are not in the form of a statement; it is void then.
        void: why it moves nothing; None where it counts.
        signer: whose valid signature it bears, by the author's directory at that place; None where there is none.
        content: the bytes, None where withheld.
        cosigned, forks: all that the file holds, of any log in it.
    """

    line: CharterLine
    chains: Mapping[LogId, Chain]
    heads: Mapping[LogId, Head]
    log: LogId
    entry: Entry
    charter: Charter
    statement: Statement | None
    void: Void | None
    signer: Signer | None
    content: bytes | None
    holdings: tuple[Holding, ...]
    sightings: tuple[Sighting, ...]
    cosigned: tuple[Cosigned, ...]
    forks: tuple[Forked, ...]
    anchored: bool

    @property
    def reference(self) -> str:
        """The statement's place."""
        return self.line.reference(self.log, self.entry.seq)

    @property
    def author(self) -> MemberOrdinal:
        """The member in whose log it stands."""
        return log_owner(self.log)

    @property
    def chain(self) -> Chain:
        """The author's log."""
        return self.chains[self.log]

    @property
    def head(self) -> Head:
        """The checkpoint of the author's log."""
        return self.heads[self.log]
