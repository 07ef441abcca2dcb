"""Entry: one leaf of a member's log, held by every member.

Deterministic CBOR array ``[version, seq, at, charter, directory, seen, statement sight, content sight, body]``.
The body is 32 bytes (SHA-256 of the complete statement; in entry 0 the digest of what founds the log) or, in a
*receipt*, an array of ranges ``[log, first, count]`` of entries whose statements and contents, as far as this
member has sight, are durable here. At most 4 KiB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.record.ids import DIGEST_BYTES, LogId, MemberSet, RootHash, Seq, StatementDigest, TreeSize, UnixMs

ENTRY_VERSION = 1
MAX_ENTRY_BYTES = 4096
MAX_RECEIPT_RANGES = 256
MAX_SEEN = 64
KEPT_ENTRIES = 512
_MAX_INT = 1 << 53


class ReceiptRange(msgspec.Struct, frozen=True, gc=False):
    """`count` consecutive entries of `log`, from `first`, that the receipt's author holds."""

    log: LogId
    first: Seq
    count: int


Seen = Mapping[LogId, tuple[TreeSize, RootHash]]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A decoded entry.

    Attributes:
        seq: leaf index in its log.
        at_ms: author's node clock.
        charter_version: 1 for the founding charter, +1 for each adopted amendment.
        directory: seq of this log's latest directory statement before this entry (0 where there is none).
        seen: size and root of each other log that grew since this log's previous entry.
        statement_sight, content_sight: members that hold the statement, the content.
        body: statement digest, or the ranges of a receipt.
    """

    seq: Seq
    at_ms: UnixMs
    charter_version: int
    directory: Seq
    seen: Seen
    statement_sight: MemberSet
    content_sight: MemberSet
    body: StatementDigest | tuple[ReceiptRange, ...]

    @property
    def is_receipt(self) -> bool:
        """Whether the body names receipts instead of a statement."""
        return isinstance(self.body, tuple)


_kept: dict[bytes, Entry] = {}
"""The latest entries by their bytes: each is looked at several times on its way."""


def encode_entry(entry: Entry) -> bytes:
    """The leaf bytes of `entry`."""
    raw = _encoded(entry)
    _keep(raw, entry)
    return raw


def _encoded(entry: Entry) -> bytes:
    return cbor.encode_as_is(
        [
            ENTRY_VERSION,
            entry.seq,
            entry.at_ms,
            entry.charter_version,
            entry.directory,
            {log: [size, root] for log, (size, root) in sorted(entry.seen.items())},
            entry.statement_sight,
            entry.content_sight,
            _body_value(entry.body),
        ]
    )


def decode_entry(raw: bytes) -> Entry:
    """Decode leaf bytes strictly.

    Raises:
        BadInput: code ``entry.*`` or ``cbor.*``, naming the field.
    """
    kept = _kept.get(raw)
    if kept is not None:
        return kept
    entry = _usual(raw) or _strict(raw)
    _keep(raw, entry)
    return entry


def _usual(raw: bytes) -> Entry | None:
    """The entry in bytes as every node writes them: those that its fields give again. What others lack, `_strict` says."""
    value = cbor.read(raw) if len(raw) <= MAX_ENTRY_BYTES else None
    if type(value) is not list or len(value) != 9:
        return None
    try:
        entry = _entry(value)
    except BadInput:
        return None
    return entry if _encoded(entry) == raw else None


def _strict(raw: bytes) -> Entry:
    value = cbor.decode(raw, max_bytes=MAX_ENTRY_BYTES, max_depth=4)
    if not isinstance(value, list | tuple) or len(value) != 9:
        raise _bad("entry", "must be an array of 9")
    return _entry(value)


def _keep(raw: bytes, entry: Entry) -> None:
    if len(_kept) >= KEPT_ENTRIES:
        _kept.clear()
    _kept[raw] = entry


def _entry(value: Sequence[object]) -> Entry:
    version, seq, at, charter, directory, seen, statement_sight, content_sight, body = value
    if type(version) is not int or version != ENTRY_VERSION:
        raise _bad("version", f"must be {ENTRY_VERSION}")
    return Entry(
        Seq(_integer("seq", seq)),
        UnixMs(_integer("at", at)),
        _integer("charter", charter),
        Seq(_integer("directory", directory)),
        _seen(seen),
        MemberSet(_integer("statement_sight", statement_sight)),
        MemberSet(_integer("content_sight", content_sight)),
        _body(body),
    )


def _body_value(body: StatementDigest | tuple[ReceiptRange, ...]) -> CborValue:
    if isinstance(body, bytes):
        return body
    return [[item.log, item.first, item.count] for item in body]


def _seen(value: object) -> Seen:
    if not isinstance(value, dict) or len(value) > MAX_SEEN:
        raise _bad("seen", f"must be a map of at most {MAX_SEEN}")
    out: dict[LogId, tuple[TreeSize, RootHash]] = {}
    for log, head in value.items():
        if not isinstance(head, list | tuple) or len(head) != 2:
            raise _bad("seen", "each value must be [size, root]")
        size, root = head
        if not isinstance(root, bytes) or len(root) != DIGEST_BYTES:
            raise _bad("seen", f"root must be {DIGEST_BYTES} bytes")
        out[LogId(_integer("seen", log))] = (TreeSize(_integer("seen", size)), RootHash(root))
    return out


def _body(value: object) -> StatementDigest | tuple[ReceiptRange, ...]:
    if isinstance(value, bytes):
        if len(value) != DIGEST_BYTES:
            raise _bad("body", f"a statement digest is {DIGEST_BYTES} bytes")
        return StatementDigest(value)
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MAX_RECEIPT_RANGES:
        raise _bad("body", f"must be a digest or 1 to {MAX_RECEIPT_RANGES} receipt ranges")
    ranges: list[ReceiptRange] = []
    for item in value:
        if not isinstance(item, list | tuple) or len(item) != 3:
            raise _bad("body", "a receipt range is [log, first, count]")
        log, first, count = (_integer("body", part) for part in item)
        if count == 0:
            raise _bad("body", "a receipt range is not empty")
        ranges.append(ReceiptRange(LogId(log), Seq(first), count))
    return tuple(ranges)


def _bad(field: str, reason: str) -> BadInput:
    return BadInput(f"entry.{field.replace('_', '-')}", reason, field=field)


def _integer(field: str, value: object) -> int:
    if type(value) is not int or not 0 <= value < _MAX_INT:
        raise _bad(field, "must be an integer from 0 to 2^53 - 1")
    return value
