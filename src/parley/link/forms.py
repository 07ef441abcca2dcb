"""The fields of each frame type on the wire: how they are checked, and how long a body may be.

Nothing here is skipped or mended: a field of the wrong type or out of bounds is a `LinkFault` that names it. Some
bodies are flat where their frame is nested (HEADS, PUSH, WANT, the proof of AHEAD), to save bytes on narrow lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parley.crypto.cbor import CborValue
from parley.errors import LinkFault
from parley.link.frames import (
    LINK_VERSION,
    Ahead,
    Blob,
    Bye,
    Cosigned,
    Doubt,
    Echo,
    Evidence,
    Frame,
    Head,
    Heads,
    Hello,
    Item,
    Parcel,
    Probe,
    Pull,
    Push,
    Want,
)
from parley.record.entry import MAX_ENTRY_BYTES
from parley.record.ids import DIGEST_BYTES, MAX_MEMBERS, LogId, MemberSet, RootHash, Seq, TreeSize
from parley.record.statement import MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES

MAX_FRAME_BYTES = 1 << 20
SIGNATURE_BYTES = 64
MAX_HEADS = 256
MAX_PUSH_ITEMS = 8192
MAX_WANTED = 1024
MAX_PROOF_HASHES = 64
MAX_SEALED_BYTES = 80 * 1024
MAX_NOTE_CHARS = 16 * 1024
MAX_REASON_CHARS = 400

_MAX_INT = 1 << 53
_MAX_LOG = 1 << 16
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.A)
HELLO, HEADS, PUSH, PULL, WANT, BLOB, AHEAD, PARCEL, DOUBT, EVIDENCE, PROBE, ECHO, BYE, COSIGNED = range(1, 15)

Check = Callable[[str, CborValue], object]
Decode = Callable[[Sequence[CborValue]], Frame]


def _bad(field: str, reason: str) -> LinkFault:
    return LinkFault("link.malformed", reason, field=field, rule="frames are strict: one encoding, bounded fields")


def _integer(field: str, value: CborValue) -> int:
    if type(value) is not int or not 0 <= value < _MAX_INT:
        raise _bad(field, "must be an integer from 0 to 2^53 - 1")
    return value


def _below(bound: int) -> Callable[[str, CborValue], int]:
    def check(field: str, value: CborValue) -> int:
        if type(value) is not int or not 0 <= value < bound:
            raise _bad(field, f"must be an integer from 0 to {bound - 1}")
        return value

    return check


def _bytes(least: int, most: int) -> Callable[[str, CborValue], bytes]:
    def check(field: str, value: CborValue) -> bytes:
        if type(value) is not bytes or not least <= len(value) <= most:
            raise _bad(field, f"must be {least} to {most} bytes")
        return value

    return check


def _text(most: int) -> Callable[[str, CborValue], str]:
    def check(field: str, value: CborValue) -> str:
        if type(value) is not str or len(value) > most:
            raise _bad(field, f"must be a text of at most {most} characters")
        return value

    return check


def _code(field: str, value: CborValue) -> str:
    if type(value) is not str or not _CODE.fullmatch(value):
        raise _bad(field, "must be a dotted code")
    return value


def _reason(field: str, value: CborValue) -> str:
    """Shown on terminals: no control or direction characters."""
    if type(value) is not str or len(value) > MAX_REASON_CHARS or not value.isprintable():
        raise _bad(field, f"must be a printable text of at most {MAX_REASON_CHARS} characters")
    return value


def _bit(field: str, value: CborValue) -> bool:
    return bool(_below(2)(field, value))


_log = _below(_MAX_LOG)
_ordinal = _below(MAX_MEMBERS)
_members = _below(1 << MAX_MEMBERS)
_digest = _bytes(DIGEST_BYTES, DIGEST_BYTES)
_signature = _bytes(SIGNATURE_BYTES, SIGNATURE_BYTES)
_entry = _bytes(0, MAX_ENTRY_BYTES)
_statement = _bytes(0, MAX_STATEMENT_BYTES)
_some_content = _bytes(0, MAX_CONTENT_BYTES)


def _content(field: str, value: CborValue) -> bytes | None:
    return None if value is None else _some_content(field, value)


def _fields(frame_type: Callable[..., Frame], **checks: Check) -> Decode:
    """Decoder of a frame whose body lists its fields in the order of `checks`."""
    named = tuple(checks.items())

    def decode(parts: Sequence[CborValue]) -> Frame:
        if len(parts) != len(named):
            raise _bad("body", f"must have {len(named)} fields, has {len(parts)}")
        return frame_type(**{name: check(name, part) for (name, check), part in zip(named, parts, strict=True)})

    return decode


_decode_hello_fields = _fields(
    Hello, version=_integer, mechanism=_digest, ordinal=_ordinal, node_statement=_statement, node_content=_some_content
)


def _decode_hello(parts: Sequence[CborValue]) -> Frame:
    """The version is first and judged first: what follows it may differ in another version."""
    if parts and parts[0] != LINK_VERSION:
        raise LinkFault("link.version", f"speaks link version {parts[0]!r:.20}", rule=f"version {LINK_VERSION} only")
    return _decode_hello_fields(parts)


def _decode_heads(parts: Sequence[CborValue]) -> Frame:
    if len(parts) % 4 != 1 or len(parts) > 4 * MAX_HEADS + 1:
        raise _bad("heads", f"must be a set of members and at most {MAX_HEADS} heads of 4 fields")
    heads = tuple(
        Head(
            LogId(_log("log", parts[at])),
            TreeSize(_integer("size", parts[at + 1])),
            RootHash(_digest("root", parts[at + 2])),
            _signature("signature", parts[at + 3]),
        )
        for at in range(1, len(parts), 4)
    )
    return Heads(heads, MemberSet(_members("reach", parts[0])))


def _decode_push(parts: Sequence[CborValue]) -> Frame:
    count = len(parts) // 3 - 1 + (len(parts) % 3 > 0)
    if not 0 < count <= MAX_PUSH_ITEMS or parts[-1] is None:
        raise _bad("items", f"must be 1 to {MAX_PUSH_ITEMS} entries, without nulls at the end")
    parts = [*parts, None, None]
    items = []
    for at in range(3, 3 * count + 3, 3):
        statement, content = parts[at + 1], parts[at + 2]
        if statement is not None:
            statement = _statement("statement", statement)
            content = _content("content", content)
        elif content is not None:
            raise _bad("content", "comes without its statement")
        items.append(Item(_entry("entry", parts[at]), statement, content))
    log, first = LogId(_log("log", parts[0])), Seq(_integer("first", parts[1]))
    return Push(log, first, tuple(items), _signature("signature", parts[2]))


def _decode_want(parts: Sequence[CborValue]) -> Frame:
    if not 1 < len(parts) <= MAX_WANTED + 1:
        raise _bad("seqs", f"must be 1 to {MAX_WANTED}")
    return Want(LogId(_log("log", parts[0])), tuple(Seq(_integer("seqs", part)) for part in parts[1:]))


def _proof(field: str, value: CborValue) -> tuple[bytes, ...]:
    raw = _bytes(0, DIGEST_BYTES * MAX_PROOF_HASHES)(field, value)
    if len(raw) % DIGEST_BYTES:
        raise _bad(field, f"must be whole hashes of {DIGEST_BYTES} bytes")
    return tuple(raw[at : at + DIGEST_BYTES] for at in range(0, len(raw), DIGEST_BYTES))


class Form(NamedTuple):
    """How one type of frame is read, and its longest body."""

    decode: Decode
    max_bytes: int


_BLOB_BYTES = MAX_STATEMENT_BYTES + MAX_CONTENT_BYTES + 64

FORMS: dict[int, Form] = {
    HELLO: Form(_decode_hello, _BLOB_BYTES + 64),
    HEADS: Form(_decode_heads, 128 * MAX_HEADS),
    PUSH: Form(_decode_push, MAX_FRAME_BYTES),
    PULL: Form(_fields(Pull, log=_log, first=_integer, max_bytes=_integer, fresh=_bit), 64),
    WANT: Form(_decode_want, 9 * MAX_WANTED + 16),
    BLOB: Form(_fields(Blob, log=_log, seq=_integer, statement=_statement, content=_content), _BLOB_BYTES),
    AHEAD: Form(
        _fields(
            Ahead,
            log=_log,
            seq=_integer,
            entry=_entry,
            statement=_statement,
            content=_content,
            size=_integer,
            root=_digest,
            signature=_signature,
            proof=_proof,
        ),
        _BLOB_BYTES + MAX_ENTRY_BYTES + DIGEST_BYTES * MAX_PROOF_HASHES + 256,
    ),
    PARCEL: Form(
        _fields(Parcel, log=_log, seq=_integer, recipient=_ordinal, sealed=_bytes(1, MAX_SEALED_BYTES)),
        MAX_SEALED_BYTES + 64,
    ),
    DOUBT: Form(_fields(Doubt, log=_log, size=_integer), 64),
    EVIDENCE: Form(
        _fields(Evidence, log=_log, first_note=_text(MAX_NOTE_CHARS), second_note=_text(MAX_NOTE_CHARS)),
        4 * MAX_NOTE_CHARS,
    ),
    COSIGNED: Form(_fields(Cosigned, log=_log, note=_text(MAX_NOTE_CHARS)), 4 * MAX_NOTE_CHARS),
    PROBE: Form(_fields(Probe, ident=_integer, sent_ms=_integer), 64),
    ECHO: Form(_fields(Echo, ident=_integer, sent_ms=_integer, received_ms=_integer, replied_ms=_integer), 64),
    BYE: Form(_fields(Bye, code=_code, reason=_reason), 4 * MAX_REASON_CHARS + 128),
}
