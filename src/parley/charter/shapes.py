"""Shape checks of decoded CBOR values, each naming the field at fault.

Every check returns the value narrowed to its type, or raises `BadInput` with code ``cbor.type``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.crypto.cbor import CborValue
from parley.errors import BadInput

MAX_INTEGER = (1 << 53) - 1


def array(field: str, value: object, *, count: int | None = None, most: int = 4096) -> Sequence[CborValue]:
    """An array of exactly `count`, or of at most `most`."""
    if not isinstance(value, list | tuple) or len(value) > most:
        raise _fault(field, f"must be an array of at most {most}")
    if count is not None and len(value) != count:
        raise _fault(field, f"must be an array of {count}")
    return value


def mapping(field: str, value: object) -> Mapping[CborValue, CborValue]:
    """A map."""
    if not isinstance(value, Mapping):
        raise _fault(field, "must be a map")
    return value


def text(field: str, value: object, *, most: int = 2000) -> str:
    """Text of at most `most` characters."""
    if not isinstance(value, str) or len(value) > most:
        raise _fault(field, f"must be text of at most {most} characters")
    return value


def integer(field: str, value: object, *, least: int = 0, most: int = MAX_INTEGER) -> int:
    """An integer within bounds, both included."""
    if type(value) is not int or not least <= value <= most:
        raise _fault(field, f"must be an integer from {least} to {most}")
    return value


def flag(field: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise _fault(field, "must be true or false")
    return value


def octets(field: str, value: object, *, count: int) -> bytes:
    """Exactly `count` bytes."""
    if not isinstance(value, bytes) or len(value) != count:
        raise _fault(field, f"must be {count} bytes")
    return value


def octets_within(field: str, value: object, *, least: int, most: int) -> bytes:
    """From `least` to `most` bytes."""
    if not isinstance(value, bytes) or not least <= len(value) <= most:
        raise _fault(field, f"must be {least} to {most} bytes")
    return value


def _fault(field: str, reason: str) -> BadInput:
    return BadInput("cbor.type", reason, field=field)
