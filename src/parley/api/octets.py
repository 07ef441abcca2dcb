"""Bytes in JSON: base64url without padding (RFC 4648 §5), in one form only."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from parley.errors import BadInput

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*", re.A)


def to_text(raw: bytes) -> str:
    """`raw` as text."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_text(field: str, text: str, count: int) -> bytes:
    """The `count` bytes that `text` means.

    Raises:
        BadInput: code ``api.octets``, naming the field.
    """
    raw = b""
    if _ALPHABET.fullmatch(text) and len(text) == len(to_text(bytes(count))):
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != count or to_text(raw) != text:
        raise BadInput("api.octets", "is not in its form", field=field, rule=f"{count} bytes in base64url, not padded")
    return raw
