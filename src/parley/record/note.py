"""Signed notes: text with signature lines, by name and key ID (C2SP signed-note v1.0.0).

* A note is UTF-8 without control characters other than newline: text ending in a newline, an empty line (the last
  one of the note), then signature lines ``— <name> <base64(key ID[4] ‖ signature)>``.
* A signature by an unknown (name, key ID) is ignored. One by a known key that fails rejects the whole note, and so
  does a note that no known key signed.
* Text forms are read strictly: lines end in U+000A only, base64 is standard, padded and canonical.
* The whole note is bounded by `MAX_NOTE_BYTES`, its text by `MAX_TEXT_BYTES`: a reader must take 16 signatures,
  and post-quantum ones run to 5 kB each. Notes meant for others' witnesses stay below `WITNESS_NOTE_BYTES`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from parley.errors import BadInput

ED25519 = 0x01
ML_DSA_44_COSIGNATURE = 0x06
PUBLIC_KEY_BYTES = {ED25519: 32, ML_DSA_44_COSIGNATURE: 1312}
"""Length of the public key by signature type, for the types Parley verifies."""

KEY_ID_BYTES = 4
MAX_NOTE_BYTES = 128 * 1024
MAX_TEXT_BYTES = 16 * 1024
MAX_SIGNATURES = 64
WITNESS_NOTE_BYTES = 16 * 1024

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_KEY_ID_HEX = re.compile(r"[0-9a-f]{8}", re.ASCII)


class NoteSignature(NamedTuple):
    """One signature line: signer's name, its 4-byte key ID, and the signature bytes that follow the key ID."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """A note as read, nothing verified. `text` ends in a newline."""

    text: str
    signatures: tuple[NoteSignature, ...]


class NoteKey(NamedTuple):
    """A key known to the reader: `verify(text, signature)` says whether the signature bytes are its over `text`."""

    name: str
    key_id: bytes
    verify: Callable[[str, bytes], bool]


class Vkey(NamedTuple):
    """A verifier key as read from its text form; `kind` is the signature type byte."""

    name: str
    kind: int
    public_key: bytes


def key_id(name: str, kind: int, public_key: bytes) -> bytes:
    """The 4-byte key ID of a key of signature type `kind` under `name`."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:KEY_ID_BYTES]


def format_note(text: str, signatures: Iterable[NoteSignature]) -> str:
    """The note of `text` with `signatures` in the order given, at least one.

    Raises:
        BadInput: what `parse_note` would refuse.
    """
    lines = [f"— {name} {encode_base64(key + signature)}\n" for name, key, signature in signatures]
    note = f"{text}\n{''.join(lines)}"
    if parse_note(note).text != text:
        raise BadInput("note.malformed", "the note's text does not end in a newline", field="text")
    return note


def parse_note(note: str | bytes) -> Note:
    """Read a note; verifies nothing.

    Raises:
        BadInput: ``note.oversized``, ``note.not-utf8``, ``note.control-character``, ``note.malformed``,
            ``note.too-many-signatures``, ``note.key-name``, ``note.base64``.
    """
    text, lines = _divide(_decoded(note))
    if len(text.encode()) > MAX_TEXT_BYTES:
        raise BadInput("note.oversized", "the note's text is too long", rule=f"at most {MAX_TEXT_BYTES} bytes")
    if len(lines) > MAX_SIGNATURES:
        raise BadInput("note.too-many-signatures", "the note has too many signatures", rule=f"at most {MAX_SIGNATURES}")
    return Note(text, tuple(map(_parse_signature, lines)))


def check_note(note: Note, keys: Iterable[NoteKey]) -> tuple[NoteSignature, ...]:
    """The signatures of `note` by `keys`, all verified; signatures by others are ignored.

    Raises:
        BadInput: ``note.bad-signature`` where a signature by a known key fails, ``note.no-known-key`` where none of
            `keys` signed.
    """
    known: dict[tuple[str, bytes], list[NoteKey]] = {}
    for key in keys:
        known.setdefault((key.name, key.key_id), []).append(key)
    ours = tuple(line for line in note.signatures if (line.name, line.key_id) in known)
    for line in ours:
        if not any(key.verify(note.text, line.signature) for key in known[line.name, line.key_id]):
            raise BadInput("note.bad-signature", f"the signature of {line.name} does not match", field=line.name)
    if not ours:
        raise BadInput("note.no-known-key", "no known key signed this note")
    return ours


def format_vkey(name: str, kind: int, public_key: bytes) -> str:
    """The text form of a verifier key: ``<name>+<8 hex>+<base64(type ‖ key)>``."""
    _check_name(name)
    return f"{name}+{key_id(name, kind, public_key).hex()}+{encode_base64(bytes([kind]) + public_key)}"


def parse_vkey(text: str) -> Vkey:
    """Read a verifier key of a type that Parley verifies; its key ID must be that of name, type and key.

    Raises:
        BadInput: ``note.vkey``, ``note.key-name``, ``note.base64``, ``note.oversized``.
    """
    if len(text) > MAX_TEXT_BYTES:
        raise BadInput("note.oversized", "the verifier key is too long", rule=f"at most {MAX_TEXT_BYTES} characters")
    name, _, rest = text.partition("+")
    id_hex, _, encoded = rest.partition("+")
    _check_name(name)
    data = decode_base64(encoded)
    if not _KEY_ID_HEX.fullmatch(id_hex) or not data or PUBLIC_KEY_BYTES.get(data[0]) != len(data) - 1:
        raise BadInput("note.vkey", "not a verifier key of a known type", rule="<name>+<8 hex>+<base64(type, key)>")
    if key_id(name, data[0], data[1:]).hex() != id_hex:
        raise BadInput("note.vkey", "the verifier key's ID does not fit its name and key")
    return Vkey(name, data[0], data[1:])


def encode_base64(data: bytes) -> str:
    """Standard padded base64 (RFC 4648 §4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """The inverse of `encode_base64`; every byte string has one form only.

    Raises:
        BadInput: ``note.base64``.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        data = b""
    if not text or base64.b64encode(data) != text.encode("ascii", "replace"):
        raise BadInput("note.base64", "not canonical base64", rule="standard alphabet, padded, no spare bits")
    return data


def _decoded(note: str | bytes) -> str:
    if len(note) > MAX_NOTE_BYTES:
        raise BadInput("note.oversized", "the note is too long", rule=f"at most {MAX_NOTE_BYTES} bytes")
    try:
        raw = note if isinstance(note, bytes) else note.encode()
        text = raw.decode()
    except UnicodeError:
        raise BadInput("note.not-utf8", "the note is not valid UTF-8") from None
    if len(raw) > MAX_NOTE_BYTES:
        raise BadInput("note.oversized", "the note is too long", rule=f"at most {MAX_NOTE_BYTES} bytes")
    if _CONTROL.search(text):
        raise BadInput("note.control-character", "the note has a control character", rule="only U+000A is allowed")
    return text


def _divide(note: str) -> tuple[str, list[str]]:
    """Text (with its final newline) and signature lines, split at the last empty line."""
    at = note.rfind("\n\n")
    *lines, end = note[at + 2 :].split("\n")
    if at < 0 or end or not lines:
        raise BadInput("note.malformed", "not a signed note", rule="text, an empty line, signature lines")
    return note[: at + 1], lines


def _parse_signature(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix("— ").partition(" ")
    if not line.startswith("— ") or not encoded:
        raise BadInput("note.malformed", "not a signature line", rule="— <name> <base64>")
    _check_name(name)
    data = decode_base64(encoded)
    if len(data) <= KEY_ID_BYTES:
        raise BadInput("note.malformed", "a signature line has no signature after its key ID", field=name)
    return NoteSignature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or c < " " or "\ud800" <= c <= "\udfff" for c in name):
        raise BadInput("note.key-name", "not a key name", rule="not empty, no space, no +, no control character")
