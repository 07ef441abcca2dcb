"""The proof file (``.parley-proof``): its model and its one form in bytes.

Deterministic CBOR map (RFC 8949 §4.2.1) with integer keys:

    0  "parley proof"
    1  version of the format, 1
    2  signed charters (`adoption.encode_signed`), the founding one first, then each amendment in order
    3  [log, seq] of the statement
    4  logs, ascending: [log, checkpoint as a signed note, leaves]
       leaves, ascending: [seq, entry, inclusion proof, statement or null, content or null]
    5  claims, ascending: [by log, seq, of log, consistency proof]: what the entry ``seq`` of ``by log`` claims to have
       seen of ``of log`` is one history with that log's checkpoint in this file
    6  receipts, ascending: [log, seq]
    7  further checkpoints: [log, signed note, root, consistency proof]; ``root`` is the one that the history in this
       file has at the size of that note, and the proof joins it with the log's checkpoint above

- Every leaf is proven to its own log's checkpoint here; proof hashes run from the leaf's sibling upwards (C2SP
  tlog-proof). With `export` each leaf and checkpoint comes out in the C2SP text forms.
- All sizes are bounded. Nothing is verified here: see `verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parley.charter.adoption import MAX_FILE_BYTES as MAX_CHARTER_FILE_BYTES
from parley.charter.shapes import array, integer, mapping, octets, octets_within, text
from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.proof.tlogproof import MAX_HASHES
from parley.record.entry import MAX_ENTRY_BYTES
from parley.record.ids import DIGEST_BYTES, LogId, Seq
from parley.record.note import MAX_NOTE_BYTES
from parley.record.statement import MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES

FILE_SUFFIX = ".parley-proof"
FILE_TITLE = "parley proof"
FILE_VERSION = 1
MAX_PROOF_FILE_BYTES = 16 << 20
MAX_CHARTERS = 64
MAX_LOGS = 64
MAX_LEAVES = 8192
MAX_CLAIMS = 256
MAX_RECEIPTS = 64
MAX_FURTHER = 64
_MAX_LOG_ID = 1 << 16
_TITLE, _VERSION, _CHARTERS, _PLACE, _LOGS, _CLAIMS, _RECEIPTS, _FURTHER = range(8)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of a log, and how it is proven to stand there.

    Attributes:
        seq: leaf index.
        entry: leaf bytes.
        path: inclusion proof to the checkpoint of its log, the leaf's sibling first.
        statement, content: only of the statement itself and of directory statements; None otherwise or withheld.
    """

    seq: Seq
    entry: bytes
    path: tuple[bytes, ...]
    statement: bytes | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class LogPart:
    """What the file holds of one log: a signed checkpoint, verbatim, and leaves by ascending index, at least one."""

    log: LogId
    note: str
    leaves: tuple[Leaf, ...]


class Claim(NamedTuple):
    """Entry `seq` of log `by` claims in its `seen` a head of log `of`; `path` joins that head and `of`'s checkpoint."""

    by: LogId
    seq: Seq
    of: LogId
    path: tuple[bytes, ...]


class Further(NamedTuple):
    """Another signed checkpoint of a log: with the same root a second signature of this history, else of a fork."""

    log: LogId
    note: str
    root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof file as read, nothing verified. See the module for the fields."""

    charters: tuple[bytes, ...]
    log: LogId
    seq: Seq
    logs: tuple[LogPart, ...]
    claims: tuple[Claim, ...]
    receipts: tuple[tuple[LogId, Seq], ...]
    further: tuple[Further, ...] = ()

    def part(self, log: LogId) -> LogPart | None:
        """What the file holds of `log`."""
        return next((part for part in self.logs if part.log == log), None)


def encode_proof(proof: ProofFile) -> bytes:
    """The file's bytes.

    Raises:
        BadInput: what `decode_proof` would refuse, such as ``proof.oversized``.
    """
    raw = cbor.encode(
        {
            _TITLE: FILE_TITLE,
            _VERSION: FILE_VERSION,
            _CHARTERS: list(proof.charters),
            _PLACE: [proof.log, proof.seq],
            _LOGS: [[part.log, part.note, [_leaf_fields(leaf) for leaf in part.leaves]] for part in proof.logs],
            _CLAIMS: [[claim.by, claim.seq, claim.of, list(claim.path)] for claim in proof.claims],
            _RECEIPTS: [list(receipt) for receipt in proof.receipts],
            _FURTHER: [[one.log, one.note, one.root, list(one.path)] for one in proof.further],
        }
    )
    decode_proof(raw)
    return raw


def decode_proof(raw: bytes) -> ProofFile:
    """Read a proof file strictly; nothing in it is verified.

    Raises:
        BadInput: code ``proof.*`` or ``cbor.*``, naming the field.
    """
    if len(raw) > MAX_PROOF_FILE_BYTES:
        raise BadInput("proof.oversized", f"{len(raw)} bytes", field="file", rule=f"at most {MAX_PROOF_FILE_BYTES}")
    fields = mapping("file", cbor.decode(raw, max_bytes=MAX_PROOF_FILE_BYTES, max_depth=6))
    if fields.get(_TITLE) != FILE_TITLE:
        raise BadInput("proof.format", "is not a Parley proof file", field="file")
    if fields.get(_VERSION) != FILE_VERSION or isinstance(fields[_VERSION], bool):
        raise BadInput("proof.version", "is of a version not understood here", field="version",
                       rule=f"must be {FILE_VERSION}")  # fmt: skip
    if fields.keys() != set(range(8)):
        raise BadInput("proof.form", "must have the keys 0 to 7", field="file")
    log, seq = array("place", fields[_PLACE], count=2)
    logs = tuple(_log_part(item) for item in array("logs", fields[_LOGS], most=MAX_LOGS))
    _ascending("logs", [(part.log,) for part in logs])
    if sum(len(part.leaves) for part in logs) > MAX_LEAVES:
        raise BadInput("proof.oversized", "holds too many entries", field="logs", rule=f"at most {MAX_LEAVES}")
    claims = tuple(_claim(item) for item in array("claims", fields[_CLAIMS], most=MAX_CLAIMS))
    _ascending("claims", [claim[:3] for claim in claims])
    receipts = tuple(_place("receipts", item) for item in array("receipts", fields[_RECEIPTS], most=MAX_RECEIPTS))
    _ascending("receipts", receipts)
    further = tuple(_further(item) for item in array("further", fields[_FURTHER], most=MAX_FURTHER))
    _ascending("further", [(one.log, one.note) for one in further])
    return ProofFile(
        tuple(
            octets_within("charters", item, least=1, most=MAX_CHARTER_FILE_BYTES)
            for item in array("charters", fields[_CHARTERS], most=MAX_CHARTERS)
        ),
        _log("place", log),
        _seq("place", seq),
        logs,
        claims,
        receipts,
        further,
    )


def _leaf_fields(leaf: Leaf) -> list[CborValue]:
    return [leaf.seq, leaf.entry, list(leaf.path), leaf.statement, leaf.content]


def _log_part(value: CborValue) -> LogPart:
    log, note, items = array("logs", value, count=3)
    leaves = tuple(_leaf(item) for item in array("leaves", items, most=MAX_LEAVES))
    if not leaves:
        raise BadInput("proof.form", "a log without an entry proves nothing", field="leaves")
    _ascending("leaves", [(leaf.seq,) for leaf in leaves])
    return LogPart(_log("logs", log), text("checkpoint", note, most=MAX_NOTE_BYTES), leaves)


def _leaf(value: CborValue) -> Leaf:
    seq, entry, path, statement, content = array("leaves", value, count=5)
    return Leaf(
        _seq("leaves", seq),
        octets_within("entry", entry, least=1, most=MAX_ENTRY_BYTES),
        _path("inclusion", path),
        None if statement is None else octets_within("statement", statement, least=1, most=MAX_STATEMENT_BYTES),
        None if content is None else octets_within("content", content, least=1, most=MAX_CONTENT_BYTES),
    )


def _claim(value: CborValue) -> Claim:
    by, seq, of, path = array("claims", value, count=4)
    return Claim(_log("claims", by), _seq("claims", seq), _log("claims", of), _path("consistency", path, spare=1))


def _further(value: CborValue) -> Further:
    log, note, root, path = array("further", value, count=4)
    return Further(
        _log("further", log),
        text("checkpoint", note, most=MAX_NOTE_BYTES),
        octets("root", root, count=DIGEST_BYTES),
        _path("consistency", path, spare=1),
    )


def _place(field: str, value: CborValue) -> tuple[LogId, Seq]:
    log, seq = array(field, value, count=2)
    return _log(field, log), _seq(field, seq)


def _log(field: str, value: CborValue) -> LogId:
    return LogId(integer(field, value, most=_MAX_LOG_ID - 1))


def _seq(field: str, value: CborValue) -> Seq:
    return Seq(integer(field, value))


def _path(field: str, value: CborValue, spare: int = 0) -> tuple[bytes, ...]:
    return tuple(octets(field, item, count=DIGEST_BYTES) for item in array(field, value, most=MAX_HASHES + spare))


def _ascending(field: str, keys: Sequence[tuple[int | str, ...]]) -> None:
    if any(not earlier < later for earlier, later in pairwise(keys)):
        raise BadInput("proof.order", "must be in ascending order, each once", field=field)
