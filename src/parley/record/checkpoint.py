"""Checkpoints: a log's signed tree head (C2SP tlog-checkpoint v1.0.0, tlog-cosignature v1.1).

* Text: origin, size in decimal, base64 root, each on a line. Extension lines are refused: the ML-DSA-44 signature
  does not cover them. The root of size 0 is `EMPTY_ROOT`.
* A log signs with Ed25519 (0x01) over the text, under its origin as key name.
* The timestamped ML-DSA-44 cosignature (0x06) signs cosigner, time, origin, size and root, with empty context. Its
  time is in seconds; 0 makes no claim that this was the newest head.
* On the link and in the store a head is (size, root, 64 signature bytes); the text is rebuilt to verify it.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterable
from typing import NamedTuple

from parley.crypto.keys import PqSigningKey, PqVerifyKey, SigningKey, VerifyKey
from parley.errors import BadInput
from parley.record.ids import DIGEST_BYTES, MechanismDigest, RootHash, TreeSize
from parley.record.merkle import EMPTY_ROOT, MAX_TREE_SIZE
from parley.record.note import (
    ED25519,
    ML_DSA_44_COSIGNATURE,
    NoteKey,
    NoteSignature,
    check_note,
    decode_base64,
    format_note,
    key_id,
    parse_note,
)

MAX_NAME_BYTES = 255
MAX_TIME_S = 2**63 - 1
ED25519_SIGNATURE_BYTES = 64
COSIGNATURE_BYTES = 8 + 2420

_COSIGNATURE_LABEL = b"subtree/v1\n\x00"
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class Checkpoint(NamedTuple):
    """A tree head of the log named `origin`; nothing about it is verified."""

    origin: str
    size: TreeSize
    root: RootHash


def origin(mechanism: MechanismDigest, code: str, generation: int = 1) -> str:
    """Name of a member's log in a mechanism: ``parley/<16 hex>/<CODE>``, with ``/2`` after a reopening."""
    name = f"parley/{mechanism[:8].hex()}/{code}"
    return name if generation == 1 else f"{name}/{generation}"


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What is signed; ends in a newline. ValueError where (size, root) can be no tree head."""
    if not _is_head(size, root) or "\n" in origin:
        raise ValueError("not a tree head")
    return f"{origin}\n{size}\n{b2a_base64(root).decode('ascii')}"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text, as `parse_note` gives it.

    Raises:
        BadInput: ``checkpoint.malformed``, ``checkpoint.extension-lines``, ``checkpoint.size``,
            ``checkpoint.root``, ``note.base64``.
    """
    lines = text.split("\n")
    if len(lines) > 4 and all(lines[:3]):
        raise BadInput("checkpoint.extension-lines", "the checkpoint has extension lines", rule="exactly three lines")
    if len(lines) != 4 or lines[3] or not lines[0] or len(lines[0].encode()) > MAX_NAME_BYTES:
        raise BadInput("checkpoint.malformed", "not a checkpoint", rule="origin, size and root, each on a line")
    size = parse_decimal(lines[1], "checkpoint.size")
    root = decode_base64(lines[2])
    if not _is_head(size, root):
        raise BadInput("checkpoint.root", "no tree of this size has this root", field="root")
    return Checkpoint(lines[0], TreeSize(size), RootHash(root))


def parse_decimal(text: str, code: str) -> int:
    """An ASCII decimal without leading zeroes, up to 2^63-1; BadInput with `code` otherwise."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_TREE_SIZE:
        raise BadInput(code, "not a whole number as it must be written", rule="ASCII digits, no leading zero")
    return int(text)


def sign_head(key: SigningKey, origin: str, size: int, root: bytes) -> bytes:
    """The log's own Ed25519 signature over a head, 64 bytes."""
    return key.sign(checkpoint_text(origin, size, root).encode())


def verify_head(key: VerifyKey, origin: str, size: int, root: bytes, signature: bytes) -> bool:
    """Whether `signature` is `key`'s over this head; False for a head that can be none."""
    return _is_head(size, root) and key.verify(signature, checkpoint_text(origin, size, root).encode())


def cosignature_message(cosigner: str, time_s: int, origin: str, size: int, root: bytes) -> bytes:
    """The `cosigned_message` of tlog-cosignature for a whole checkpoint (start 0, end `size`)."""
    if not 0 <= time_s <= MAX_TIME_S or not _is_head(size, root):
        raise ValueError("not a tree head, or its time is out of range")
    return b"".join(
        (
            _COSIGNATURE_LABEL,
            _short(cosigner),
            time_s.to_bytes(8, "big"),
            _short(origin),
            bytes(8),
            size.to_bytes(8, "big"),
            root,
        )
    )


def cosign(key: PqSigningKey, cosigner: str, origin: str, size: int, root: bytes, time_s: int) -> bytes:
    """A timestamped ML-DSA-44 cosignature by `cosigner`, 2428 bytes; `time_s` in seconds since 1970, or 0."""
    return time_s.to_bytes(8, "big") + key.sign(cosignature_message(cosigner, time_s, origin, size, root))


def verify_cosignature(
    key: PqVerifyKey, cosigner: str, origin: str, size: int, root: bytes, cosignature: bytes
) -> bool:
    """Whether `cosignature` (time and signature) is `key`'s, as `cosigner`, over this head."""
    if len(cosignature) != COSIGNATURE_BYTES or not _is_head(size, root):
        return False
    time_s = cosignature_time(cosignature)
    if time_s > MAX_TIME_S:
        return False
    return key.verify(cosignature[8:], cosignature_message(cosigner, time_s, origin, size, root))


def cosignature_time(cosignature: bytes) -> int:
    """Seconds since 1970 that a 0x06 cosignature claims; 0 where it claims none."""
    return int.from_bytes(cosignature[:8], "big")


def head_line(origin: str, key: VerifyKey, signature: bytes) -> NoteSignature:
    """The note's signature line (0x01) for a log's own signature."""
    return NoteSignature(origin, key_id(origin, ED25519, key.raw), signature)


def cosignature_line(cosigner: str, key: PqVerifyKey, cosignature: bytes) -> NoteSignature:
    """The note's signature line (0x06) for a cosignature."""
    return NoteSignature(cosigner, key_id(cosigner, ML_DSA_44_COSIGNATURE, key.raw), cosignature)


def head_key(origin: str, key: VerifyKey) -> NoteKey:
    """A log's Ed25519 key as a note verifier; it accepts heads of that origin only."""

    def verify(text: str, signature: bytes) -> bool:
        return text.startswith(f"{origin}\n") and key.verify(signature, text.encode())

    return NoteKey(origin, key_id(origin, ED25519, key.raw), verify)


def cosigner_key(cosigner: str, key: PqVerifyKey) -> NoteKey:
    """A cosigner's ML-DSA-44 key as a note verifier."""

    def verify(text: str, cosignature: bytes) -> bool:
        head = parse_checkpoint(text)
        return verify_cosignature(key, cosigner, *head, cosignature)

    return NoteKey(cosigner, key_id(cosigner, ML_DSA_44_COSIGNATURE, key.raw), verify)


def signed_note(checkpoint: Checkpoint, signatures: Iterable[NoteSignature]) -> str:
    """The checkpoint as a signed note."""
    return format_note(checkpoint_text(*checkpoint), signatures)


def open_checkpoint(
    note: str | bytes, origin: str, keys: Iterable[NoteKey]
) -> tuple[Checkpoint, tuple[NoteSignature, ...]]:
    """A checkpoint of the log named `origin` and its verified signatures, from a signed note.

    Raises:
        BadInput: ``checkpoint.wrong-origin``, and what `parse_note`, `parse_checkpoint` or `check_note` refuse.
    """
    parsed = parse_note(note)
    checkpoint = parse_checkpoint(parsed.text)
    if checkpoint.origin != origin:
        raise BadInput("checkpoint.wrong-origin", f"this is a checkpoint of another log than {origin}", field="origin")
    return checkpoint, check_note(parsed, keys)


def _is_head(size: int, root: bytes) -> bool:
    return len(root) == DIGEST_BYTES and (0 < size <= MAX_TREE_SIZE or (size == 0 and root == EMPTY_ROOT))


def _short(name: str) -> bytes:
    """``opaque<1..2^8-1>`` (RFC 8446 §3.4)."""
    data = name.encode()
    if not 0 < len(data) <= MAX_NAME_BYTES:
        raise ValueError("a name must have 1 to 255 bytes")
    return bytes([len(data)]) + data
