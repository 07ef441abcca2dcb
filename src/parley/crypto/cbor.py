"""Deterministic CBOR (RFC 8949 §4.2.1), the only form in which Parley hashes, signs or sends anything.

What may be written: null, booleans, integers of 64 bits (-2^64 to 2^64 - 1), byte strings, text, arrays, and maps
whose keys are integers, text or byte strings. Not: floats, tags (so no dates, big numbers, sets or shared
references), ``undefined`` and other simple values, indefinite lengths. At most `MAX_DEPTH` containers deep and
`MAX_MAP_KEYS` keys a map.

Rules:

* map keys stand in the bytewise order of their encodings. cbor2's ``canonical=True`` is the older, length-first
  order of RFC 7049 §3.9, so the order is made here;
* every byte string has at most one reading: `decode` takes exactly the bytes that `encode` gives for the value it
  returns, by encoding that value again and comparing. Non-minimal heads, unsorted or equal keys, trailing bytes and
  everything not in the list above fail that comparison, whatever cbor2 would have made of them;
* before that, no tag is ever acted on: cbor2 would parse dates, compile patterns, compute powers and follow shared
  references, each a way to spend a reader's time or memory;
* a map cannot be built that costs quadratic time by colliding keys: large inputs are scanned first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

import cbor2

from parley.errors import BadInput

CborValue: TypeAlias = "bool | int | bytes | str | Sequence[CborValue] | Mapping[CborValue, CborValue] | None"
CborMap: TypeAlias = Mapping[int, CborValue] | Mapping[str, CborValue]

MAX_BYTES = 65536
MAX_DEPTH = 16
MAX_MAP_KEYS = 1024

_LIMIT = 1 << 64
_dumps, _loads = cbor2.dumps, cbor2.loads
_SCAN_ABOVE_BYTES = 8192
_LEAVES = frozenset({bytes, str, bool, type(None)})
_FLAT = _LEAVES | {int}


def encode(value: CborValue | CborMap) -> bytes:
    """The deterministic encoding of `value`.

    Raises:
        BadInput: ``cbor.type`` for a value that has no place in the profile, ``cbor.too-deep``, ``cbor.oversized``
            for a map of too many keys.
    """
    try:
        return _dumps(_ordered(value, 1))
    except UnicodeEncodeError:
        raise BadInput("cbor.type", "text holds a lone surrogate", rule="text is UTF-8") from None


def decode(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> CborValue:
    """The value that `data`, and nothing but `data`, encodes. Arrays come as lists, maps as dicts.

    Args:
        data: one deterministic encoding, without anything after it.
        max_bytes: most bytes to look at.
        max_depth: most containers inside each other, at most `MAX_DEPTH`.

    Raises:
        BadInput: ``cbor.oversized``, ``cbor.malformed`` (also for indefinite lengths and equal keys), ``cbor.tag``,
            ``cbor.type``, ``cbor.too-deep``, ``cbor.trailing-bytes``, ``cbor.not-canonical``.
    """
    if len(data) > max_bytes:
        raise BadInput("cbor.oversized", f"{len(data)} bytes", rule=f"at most {max_bytes}")
    if len(data) > _SCAN_ABOVE_BYTES:
        _scan_maps(data)
    try:
        value = _loads(
            data,
            max_depth=MAX_DEPTH + 1,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            semantic_decoders=_NO_TAGS,
            tag_hook=_refuse_tag,
        )
    except cbor2.CBORError as error:
        if isinstance(error.__cause__, BadInput):
            raise error.__cause__ from None
        raise BadInput("cbor.malformed", str(error)[:200]) from None
    # Text that was read from UTF-8 is written as UTF-8 again, so nothing but `_ordered` can refuse here.
    again = _dumps(_ordered(value, 1 + MAX_DEPTH - max_depth))
    if again != data:
        if data.startswith(again):
            raise BadInput("cbor.trailing-bytes", f"{len(data) - len(again)} bytes follow the value")
        raise BadInput("cbor.not-canonical", "is not the deterministic encoding", rule="RFC 8949 §4.2.1")
    checked: CborValue = value
    return checked


def read(data: bytes) -> Any:
    """Whatever cbor2 reads at the start of `data`; None where it reads nothing, or meets a tag. Nothing is checked.

    For hot paths that know their form: who uses it builds the value again, of constants and of leaves whose types it
    has checked, and compares `encode_as_is` of that with `data`. That is what `decode` does for any form.
    """
    try:
        return _loads(
            data, max_depth=MAX_DEPTH + 1, allow_indefinite=False, allow_duplicate_keys=False,
            semantic_decoders=_NO_TAGS, tag_hook=_refuse_tag,
        )  # fmt: skip
    except cbor2.CBORError:
        return None


def decode_flat(data: bytes) -> list[Any]:
    """As `decode`, of an array with no container in it.

    Raises:
        BadInput: as `decode`; ``cbor.type`` also for anything but such an array.
    """
    value = read(data)
    if type(value) is list and _FLAT.issuperset(map(type, value)) and _dumps(value) == data:
        return value
    value = decode(data, max_bytes=len(data), max_depth=1)
    if type(value) is not list:
        raise BadInput("cbor.type", "must be an array")
    return value


def decode_flat_map(data: bytes) -> dict[str, Any] | None:
    """The map of texts to leaves that `data` encodes, read the short way; None leaves anything else to `decode`."""
    value = read(data) if len(data) <= _SCAN_ABOVE_BYTES else None
    if type(value) is not dict or len(value) > MAX_MAP_KEYS or not _FLAT.issuperset(map(type, value.values())):
        return None
    if not all(type(key) is str for key in value) or sorted(value, key=_text_rank) != list(value):
        return None
    return value if _dumps(value) == data else None


def encode_as_is(value: Any) -> bytes:
    """As `encode`, for hot paths whose maps are in order already and whose leaves are all of allowed, plain types."""
    return _dumps(value)


def _ordered(value: Any, depth: int) -> Any:
    """`value` checked, with every map in order; `value` itself where it was so already."""
    kind = type(value)
    if kind is list or kind is tuple:
        return _ordered_items(value, depth)
    if kind is dict:
        return _ordered_map(value, depth)
    if kind in _LEAVES:
        return value
    if isinstance(value, int):
        if not -_LIMIT <= value < _LIMIT:
            raise BadInput("cbor.type", "integer beyond 64 bits")
        return int(value)
    return _ordered(_plain(value), depth)


def _ordered_items(items: Any, depth: int) -> Any:
    # The hot loop of every encode and decode: leaves are passed without a call.
    if depth > MAX_DEPTH:
        raise BadInput("cbor.too-deep", "too many containers inside each other")
    changed = None
    for index, item in enumerate(items):
        kind = type(item)
        if kind is int:
            if -_LIMIT <= item < _LIMIT:
                continue
        elif kind in _LEAVES:
            continue
        ordered = _ordered(item, depth + 1)
        if ordered is not item:
            if changed is None:
                changed = list(items)
            changed[index] = ordered
    return items if changed is None else changed


def _ordered_map(pairs: dict[Any, Any], depth: int) -> dict[Any, Any]:
    if depth > MAX_DEPTH:
        raise BadInput("cbor.too-deep", "too many containers inside each other")
    if len(pairs) > MAX_MAP_KEYS:
        raise BadInput("cbor.oversized", f"a map of {len(pairs)} keys", rule=f"at most {MAX_MAP_KEYS}")
    # Integers stand in the order 0, 1, 2 ... -1, -2 ...; `last` follows it, so that maps of integers that are in
    # order already, as nearly all are, need no encoding of their keys.
    in_order, last, changed = True, -1, None
    for key, item in pairs.items():
        if type(key) is int and -_LIMIT <= key < _LIMIT:
            rank = key if key >= 0 else _LIMIT - key
            if rank <= last:
                in_order = False
            last = rank
        else:
            in_order = False
        kind = type(item)
        if kind is int:
            if -_LIMIT <= item < _LIMIT:
                continue
        elif kind in _LEAVES:
            continue
        ordered = _ordered(item, depth + 1)
        if ordered is not item:
            if changed is None:
                changed = {}
            changed[key] = ordered
    merged = pairs if changed is None else {**pairs, **changed}
    return merged if in_order else _sorted_map(merged)


def _sorted_map(pairs: dict[Any, Any]) -> dict[Any, Any]:
    plain = {_plain_key(key): item for key, item in pairs.items()}
    in_order = sorted(plain, key=_text_rank if all(type(key) is str for key in plain) else _dumps)
    if in_order == list(pairs):
        return pairs
    return {key: plain[key] for key in in_order}


def _text_rank(key: str) -> tuple[int, bytes]:
    """Encodings of texts stand in the order of their lengths in bytes, then of the bytes: the length is their head."""
    raw = key.encode()
    return len(raw), raw


def _plain_key(key: Any) -> Any:
    if type(key) is str or type(key) is bytes:
        return key
    if isinstance(key, bool) or not isinstance(key, int | bytes | str):
        raise BadInput("cbor.type", f"a map key of type {type(key).__name__}", rule="integers, text or byte strings")
    return _ordered(key, 1)


def _plain(value: Any) -> Any:
    """A subclass (an enumeration, a named tuple) or another mapping as the plain type it stands for."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    raise BadInput("cbor.type", f"a value of type {type(value).__name__}", rule="no floats, tags or simple values")


def _scan_maps(data: bytes) -> None:
    """Walk the heads of `data` and refuse maps that would be costly to build.

    Integers and arrays have hashes that an attacker can choose, so that a dict of n such keys takes n^2 steps. Keys
    are therefore never containers, and never more than `MAX_MAP_KEYS`. Whatever else is wrong ends the scan: cbor2,
    reading in the same order, gets no further.
    """
    position, end = 0, len(data)
    left, in_map = [1], [False]
    while left:
        if not left[-1]:
            left.pop()
            in_map.pop()
            continue
        left[-1] -= 1
        if position >= end:
            return
        major, argument = data[position] >> 5, data[position] & 31
        position += 1
        if argument >= 24:
            width = 1 << (argument - 24)
            if argument > 27:
                return
            argument = int.from_bytes(data[position : position + width], "big")
            position += width
        if major == 6:
            _refuse_tag()
        # An even number of items was left before a key, so an odd one is left now.
        if in_map[-1] and left[-1] & 1 and major > 3:
            raise BadInput("cbor.type", "a map key that is a container", rule="integers, text or byte strings")
        if major == 2 or major == 3:
            position += argument
        elif major == 4:
            left.append(argument)
            in_map.append(False)
        elif major == 5:
            if argument > MAX_MAP_KEYS:
                raise BadInput("cbor.oversized", f"a map of {argument} keys", rule=f"at most {MAX_MAP_KEYS}")
            left.append(2 * argument)
            in_map.append(True)


def _refuse_tag(*_: object) -> NoReturn:
    raise BadInput("cbor.tag", "tags are not allowed")


# All tags that cbor2 acts on by itself; the rest comes to `tag_hook`.
_ACTED_ON = (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799)
_NO_TAGS = dict.fromkeys(_ACTED_ON, _refuse_tag)
