"""Key files: a secret under a passphrase, as text that a person can recognise and carry on paper or a stick.

    -----BEGIN PARLEY SECRET KEY-----
    kind: root
    label: AAA root, first of two copies
    cost: argon2id m=65536 t=3 p=1

    <base64 of salt (16), nonce (12), ciphertext, 64 characters a line>
    -----END PARLEY SECRET KEY-----

Argon2id (RFC 9106) with the parameters of the cost line (memory in KiB, passes, lanes) gives a 32-byte key from
passphrase and salt; ChaCha20-Poly1305 (RFC 8439) encrypts the secret.

Rules:

* the header is bound to the ciphertext: changing kind, label or cost makes the file not open. There is one text for
  one key file; only line ends and blanks around the whole, which mail and editors change, are forgiven;
* a file from a stranger cannot make this machine spend more than `MAX_COST`;
* a passphrase is normalised (NFC), since keyboards and systems compose letters differently;
* a key file is never overwritten and is readable by its owner only. `write_key_file` and `read_key_file` are the only
  functions in this room that touch a disk.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from parley.crypto.keys import Random
from parley.errors import BadInput, Misconfigured, Refused, StorageFault


class KeyCost(NamedTuple):
    """What one guess at a passphrase costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


DEFAULT_COST = KeyCost(64 * 1024, 3, 1)
LIGHT_COST = KeyCost(1024, 1, 1)
MAX_COST = KeyCost(256 * 1024, 10, 4)
MAX_SECRET_BYTES = 4096
MAX_LABEL_CHARS = 80
MAX_FILE_BYTES = 16 * 1024

_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
_LINE_CHARS = 64
_BEGIN, _END = "-----BEGIN PARLEY SECRET KEY-----", "-----END PARLEY SECRET KEY-----"
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}", re.A)
_COUNT = r"([1-9][0-9]{0,6})"
_FILE = re.compile(
    rf"{_BEGIN}\nkind: ([^\n]+)\nlabel: ([^\n]+)\ncost: argon2id m={_COUNT} t={_COUNT} p={_COUNT}\n\n"
    rf"([A-Za-z0-9+/=\n]+)\n{_END}\n",
    re.A,
)


def encrypt_key(
    kind: str, secret: bytes, passphrase: str, *, label: str, light: bool = False, random: Random = os.urandom
) -> str:
    """The text form of `secret` under `passphrase`.

    Args:
        kind: what the secret is (``root``, ``officer``, ``node``), lower case.
        secret: 1 to `MAX_SECRET_BYTES` bytes.
        passphrase: any text but the empty one.
        label: for the person holding the file; 1 to `MAX_LABEL_CHARS` printable characters.
        light: take `LIGHT_COST`, for exercises and tests, where starting many nodes counts for more than guessing.
        random: where salt and nonce come from.

    Raises:
        BadInput: ``keyfile.kind``, ``keyfile.label``, ``keyfile.secret``, ``keyfile.passphrase``.
    """
    _check_names(kind, label)
    if not 0 < len(secret) <= MAX_SECRET_BYTES:
        raise BadInput("keyfile.secret", f"must be 1 to {MAX_SECRET_BYTES} bytes", field="secret")
    cost = LIGHT_COST if light else DEFAULT_COST
    salt, nonce = random(_SALT_BYTES), random(_NONCE_BYTES)
    header = _header(kind, label, cost)
    sealed = ChaCha20Poly1305(_stretch(passphrase, salt, cost)).encrypt(nonce, secret, header.encode())
    return _armour(header, salt + nonce + sealed)


def decrypt_key(text: str, passphrase: str) -> tuple[str, bytes, str]:
    """Kind, secret and label of a key file's `text`.

    Raises:
        BadInput: ``keyfile.malformed``, ``keyfile.kind`` and ``keyfile.label`` as for `encrypt_key`, ``keyfile.cost``
            where opening would cost too much, ``keyfile.passphrase`` for an empty one, ``keyfile.wrong-passphrase``
            also where the file was changed: the two look alike.
    """
    text = text.replace("\r\n", "\n").strip() + "\n"
    found = _FILE.fullmatch(text) if len(text) <= MAX_FILE_BYTES else None
    if found is None:
        raise _malformed(f"does not read {_BEGIN} … {_END}")
    kind, label = found[1], found[2]
    cost = KeyCost(int(found[3]), int(found[4]), int(found[5]))
    try:
        body = base64.b64decode(found[6].replace("\n", ""), validate=True)
    except binascii.Error:
        raise _malformed("the base64 is broken") from None
    header = _header(kind, label, cost)
    if _armour(header, body) != text:
        raise _malformed("the base64 is not in its one form")
    if len(body) <= _SALT_BYTES + _NONCE_BYTES + _TAG_BYTES:
        raise _malformed("it is too short")
    _check_names(kind, label)
    _check_cost(cost)
    salt, rest = body[:_SALT_BYTES], body[_SALT_BYTES:]
    key = _stretch(passphrase, salt, cost)
    try:
        secret = ChaCha20Poly1305(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], header.encode())
    except InvalidTag:
        raise BadInput(
            "keyfile.wrong-passphrase", "does not open: another passphrase, or the file was changed", field="passphrase"
        ) from None
    return kind, secret, label


def write_key_file(
    path: Path | str,
    kind: str,
    secret: bytes,
    passphrase: str,
    *,
    label: str,
    light: bool = False,
    random: Random = os.urandom,
) -> None:
    """Write `encrypt_key`'s text to a new file, readable by its owner only; on return it is on the disk.

    Raises:
        Refused: ``keyfile.exists``.
        StorageFault: ``keyfile.not-written``; nothing is left behind.
        BadInput: as `encrypt_key`.
    """
    text = encrypt_key(kind, secret, passphrase, label=label, light=light, random=random)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused("keyfile.exists", f"{path} exists", rule="a key file is never overwritten") from None
    except OSError as error:
        raise StorageFault("keyfile.not-written", f"{path}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        Path(path).unlink(missing_ok=True)
        raise StorageFault("keyfile.not-written", f"{path}: {error.strerror}") from error


def read_key_file(path: Path | str, passphrase: str) -> tuple[str, bytes, str]:
    """Kind, secret and label of the key file at `path`.

    Raises:
        Misconfigured: ``keyfile.not-read``.
        BadInput: as `decrypt_key`.
    """
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Misconfigured("keyfile.not-read", f"{path}: {error.strerror}", rule="name the key file") from error
    try:
        return decrypt_key(raw.decode(), passphrase)
    except UnicodeDecodeError:
        raise _malformed("it is not text") from None


def _check_names(kind: str, label: str) -> None:
    if not _KIND.fullmatch(kind):
        raise BadInput("keyfile.kind", f"must match {_KIND.pattern}", field="kind")
    # isprintable also keeps out line ends and the marks that turn the direction of what is shown.
    if not 0 < len(label) <= MAX_LABEL_CHARS or not label.isprintable() or label != label.strip():
        raise BadInput("keyfile.label", f"must be 1 to {MAX_LABEL_CHARS} printable characters", field="label")


def _check_cost(cost: KeyCost) -> None:
    if any(asked > most for asked, most in zip(cost, MAX_COST, strict=True)) or cost.memory_kib < 8 * cost.lanes:
        most = _cost(MAX_COST)
        raise BadInput("keyfile.cost", f"asks for {_cost(cost)}", field="cost", rule=f"at most {most}, 8 KiB a lane")


def _stretch(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    try:
        typed = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        typed = b""
    if not typed:
        raise BadInput("keyfile.passphrase", "must be text, and not empty", field="passphrase")
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(typed)


def _cost(cost: KeyCost) -> str:
    return f"argon2id m={cost.memory_kib} t={cost.passes} p={cost.lanes}"


def _header(kind: str, label: str, cost: KeyCost) -> str:
    return f"{_BEGIN}\nkind: {kind}\nlabel: {label}\ncost: {_cost(cost)}\n\n"


def _armour(header: str, body: bytes) -> str:
    text = base64.b64encode(body).decode()
    lines = [text[start : start + _LINE_CHARS] for start in range(0, len(text), _LINE_CHARS)]
    return header + "\n".join([*lines, _END, ""])


def _malformed(reason: str) -> BadInput:
    return BadInput("keyfile.malformed", reason, rule="this is not a key file, or it was damaged")
