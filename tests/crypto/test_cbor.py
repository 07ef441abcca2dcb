"""One value, one encoding; one encoding, one value; nothing else is read."""

from __future__ import annotations

import datetime
import enum
import struct
import time
from collections import OrderedDict
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import cbor
from parley.errors import BadInput
from tests.vectors import load_json

INTEGERS = st.integers(-(1 << 64), (1 << 64) - 1)
KEYS = INTEGERS | st.text(max_size=8) | st.binary(max_size=8)
LEAVES = st.none() | st.booleans() | INTEGERS | st.text(max_size=30) | st.binary(max_size=30)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)

ENTRY: list[Any] = [1, 7, 1_760_000_000_000, 1, 0, {2: [9, b"\x05" * 32], 258: [3, b"\x06" * 32]}, 7, 3, b"\x07" * 32]


def reference_encode(value: Any) -> bytes:
    """RFC 8949 §4.2.1 written plainly, to compare with."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return reference_head(0, value) if value >= 0 else reference_head(1, -1 - value)
    if isinstance(value, bytes):
        return reference_head(2, len(value)) + value
    if isinstance(value, str):
        return reference_head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return reference_head(4, len(value)) + b"".join(reference_encode(item) for item in value)
    pairs = sorted((reference_encode(key), reference_encode(item)) for key, item in value.items())
    return reference_head(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def reference_head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, form in ((24, ">B"), (25, ">H"), (26, ">I")):
        if argument < 1 << 8 * struct.calcsize(form):
            return bytes([major << 5 | info]) + struct.pack(form, argument)
    return bytes([major << 5 | 27]) + struct.pack(">Q", argument)


def refusal(data: bytes, **bounds: int) -> str:
    with pytest.raises(BadInput) as caught:
        cbor.decode(data, **bounds)
    return caught.value.code


@given(VALUES)
def test_every_value_comes_back(value: Any) -> None:
    assert cbor.decode(cbor.encode(value)) == value


@given(VALUES)
def test_encoding_is_the_one_of_the_standard(value: Any) -> None:
    assert cbor.encode(value) == reference_encode(value)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.randoms(use_true_random=False))
def test_order_of_insertion_does_not_matter(value: dict[Any, Any], random: Any) -> None:
    pairs = list(value.items())
    random.shuffle(pairs)
    assert cbor.encode(dict(pairs)) == cbor.encode(value)


@given(VALUES)
def test_encoding_leaves_its_argument_alone(value: Any) -> None:
    before = repr(value)
    cbor.encode(value)
    assert repr(value) == before


@given(st.binary(max_size=60))
def test_what_is_read_is_written_the_same(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except BadInput:
        return
    assert cbor.encode(value) == data == reference_encode(value)


@given(VALUES, st.data())
def test_any_changed_byte_is_refused_or_another_value(value: Any, data: st.DataObject) -> None:
    raw = cbor.encode(value)
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + bytes([raw[place] ^ data.draw(st.integers(1, 255))]) + raw[place + 1 :]
    try:
        read = cbor.decode(changed)
    except BadInput:
        return
    assert cbor.encode(read) == changed != raw


@given(VALUES, st.binary(min_size=1, max_size=5))
def test_trailing_bytes_are_refused(value: Any, more: bytes) -> None:
    assert refusal(cbor.encode(value) + more) == "cbor.trailing-bytes"


@given(VALUES, st.data())
def test_truncated_input_is_refused(value: Any, data: st.DataObject) -> None:
    raw = cbor.encode(value)
    with pytest.raises(BadInput):
        cbor.decode(raw[: data.draw(st.integers(0, len(raw) - 1))])


def test_keys_stand_in_bytewise_order_not_length_first() -> None:
    # RFC 7049's length-first order, which cbor2 calls canonical, would put -1 before 395 and 395 before "a".
    assert cbor.encode({-1: 0, 395: 0, 16: 0}).hex() == "a31000" + "19018b00" + "2000"
    mixed: dict[Any, Any] = {"a": 0, 395: 0}
    assert cbor.encode(mixed).hex() == "a2" + "19018b00" + "616100"
    assert cbor.encode({-1: 0, 395: 0}) != cbor2.dumps({-1: 0, 395: 0}, canonical=True)


def test_length_first_order_is_refused() -> None:
    assert refusal(cbor2.dumps({-1: 0, 395: 0}, canonical=True)) == "cbor.not-canonical"


def test_appendix_a_of_the_standard() -> None:
    outside = []
    for vector in load_json("cbor", "appendix_a.json"):
        raw = bytes.fromhex(vector["hex"])
        inside_profile = vector["roundtrip"] and (raw[0] < 0xC0 or raw[:1] in (b"\xf4", b"\xf5", b"\xf6"))
        if not inside_profile:
            outside.append(vector["hex"])
            with pytest.raises(BadInput):
                cbor.decode(raw)
            continue
        value = cbor.decode(raw)
        assert cbor.encode(value) == raw
        if "decoded" in vector:
            assert value == vector["decoded"]
    assert len(outside) == 45


HOSTILE = {
    "empty input": ("", "cbor.malformed"),
    "array shorter than said": ("8301", "cbor.malformed"),
    "array of 2^63 items": ("9b7fffffffffffffff", "cbor.malformed"),
    "map of 2^63 pairs": ("bb7fffffffffffffff", "cbor.malformed"),
    "byte string of 2^63 bytes": ("5b7fffffffffffffff00", "cbor.malformed"),
    "text of 2^63 bytes": ("7b7fffffffffffffff00", "cbor.malformed"),
    "indefinite array": ("9f01ff", "cbor.malformed"),
    "indefinite map": ("bf0102ff", "cbor.malformed"),
    "indefinite byte string": ("5f4101ff", "cbor.malformed"),
    "indefinite text": ("7f6161ff", "cbor.malformed"),
    "lone break": ("ff", "cbor.malformed"),
    "reserved head 28": ("1c", "cbor.malformed"),
    "equal integer keys": ("a201020103", "cbor.malformed"),
    "equal text keys": ("a2616101616102", "cbor.malformed"),
    "equal keys, one written long": ("a20100180100", "cbor.malformed"),
    "equal keys, 1 and true": ("a20100f500", "cbor.malformed"),
    "equal keys, 1 and 1.0": ("a20100f93c0000", "cbor.malformed"),
    "text cut in a character": ("61c3", "cbor.malformed"),
    "text with a lone surrogate": ("63eda080", "cbor.malformed"),
    "text with an overlong form": ("62c080", "cbor.malformed"),
    "unsorted keys": ("a202000100", "cbor.not-canonical"),
    "unsorted keys, inside": ("81a202000100", "cbor.not-canonical"),
    "unsorted text keys": ("a2626161006162" + "00", "cbor.not-canonical"),
    "integer in a longer head": ("1817", "cbor.not-canonical"),
    "integer in a head of eight": ("1b0000000000000001", "cbor.not-canonical"),
    "negative integer in a longer head": ("3800", "cbor.not-canonical"),
    "byte string length in a longer head": ("580101", "cbor.not-canonical"),
    "text length in a longer head": ("790001" + "61", "cbor.not-canonical"),
    "array length in a longer head": ("980101", "cbor.not-canonical"),
    "map length in a longer head": ("b8010102", "cbor.not-canonical"),
    "trailing null": ("00f6", "cbor.trailing-bytes"),
    "trailing garbage": ("8101ff", "cbor.trailing-bytes"),
    "two items": ("0102", "cbor.trailing-bytes"),
    "half float": ("f93c00", "cbor.type"),
    "single float": ("fa47c35000", "cbor.type"),
    "double float": ("fb3ff199999999999a", "cbor.type"),
    "not a number": ("f97e00", "cbor.type"),
    "float inside": ("81a101f93c00", "cbor.type"),
    "undefined": ("f7", "cbor.type"),
    "undefined inside": ("8201f7", "cbor.type"),
    "simple value 16": ("f0", "cbor.type"),
    "simple value 255": ("f8ff", "cbor.type"),
    "false in two bytes": ("f814", "cbor.malformed"),
    "key true": ("a1f500", "cbor.type"),
    "key null": ("a1f600", "cbor.type"),
    "key float": ("a1f93c0000", "cbor.type"),
    "key undefined": ("a1f700", "cbor.type"),
    "key array": ("a1810100", "cbor.type"),
    "key map": ("a1a0" + "00", "cbor.type"),
    "tag 0 date text": ("c074323031332d30332d32315432303a30343a30305a", "cbor.tag"),
    "tag 1 date": ("c11a514b67b0", "cbor.tag"),
    "tag 2 small big number": ("c24101", "cbor.tag"),
    "tag 2 big number": ("c249010000000000000000", "cbor.tag"),
    "tag 3 negative big number": ("c349010000000000000000", "cbor.tag"),
    "tag 4 decimal with a huge exponent": ("c4821b7fffffffffffffff01", "cbor.tag"),
    "tag 5 big float with a huge exponent": ("c5821b7fffffffffffffff03", "cbor.tag"),
    "tag 18 COSE": ("d28440a04040", "cbor.tag"),
    "tag 24 encoded CBOR": ("d8184101", "cbor.tag"),
    "tag 25 string reference": ("d9010082656161616161d81900", "cbor.tag"),
    "tag 28 cycle": ("d81c81d81d00", "cbor.tag"),
    "tag 29 reference to nothing": ("d81d00", "cbor.tag"),
    "tag 30 fraction by zero": ("d81e820100", "cbor.tag"),
    "tag 35 pattern": ("d8236b28282b2b2b292a2a2a292a", "cbor.tag"),
    "tag 36 mail": ("d8246161", "cbor.tag"),
    "tag 37 UUID": ("d82550" + "00" * 16, "cbor.tag"),
    "tag 258 set": ("d9010281" + "01", "cbor.tag"),
    "tag 260 network address": ("d9010444c0a80001", "cbor.tag"),
    "tag 43000 complex": ("d9a7f8820102", "cbor.tag"),
    "tag 55799 self-described": ("d9d9f700", "cbor.tag"),
    "unknown tag": ("d9fffe00", "cbor.tag"),
    "unknown tag of eight bytes": ("dbffffffffffffffff00", "cbor.tag"),
    "tag as a key": ("a1c1000" + "0", "cbor.tag"),
    "tag written long": ("d80100", "cbor.tag"),
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_input_is_refused(attack: str) -> None:
    data, code = HOSTILE[attack]
    assert refusal(bytes.fromhex(data)) == code


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_input_is_refused_inside_a_large_one(attack: str) -> None:
    # Large inputs take another path first.
    padded = b"\x82" + cbor2.dumps(bytes(9000)) + bytes.fromhex(HOSTILE[attack][0])
    assert refusal(padded).startswith("cbor.")


def test_no_tag_that_cbor2_knows_is_acted_on() -> None:
    for tag in (*range(1100), 21065, 40000, 43000, 43001, 55799, 65536):
        head = bytearray(reference_head(0, tag))
        head[0] |= 0xC0
        for inner in ("00", "6130", "820102", "4101"):
            assert refusal(bytes(head) + bytes.fromhex(inner)) == "cbor.tag"


def test_shared_references_cannot_grow_a_small_input() -> None:
    # The "billion laughs": each level refers twice to the one before.
    level = cbor2.CBORTag(28, [0, 0])
    for index in range(6):
        level = cbor2.CBORTag(28, [level, cbor2.CBORTag(29, index)])
    assert refusal(cbor2.dumps(level)) == "cbor.tag"


def test_oversized_input_is_refused_before_it_is_read() -> None:
    assert refusal(b"\xff" * 101, max_bytes=100) == "cbor.oversized"
    assert refusal(bytes(65537)) == "cbor.oversized"
    assert cbor.decode(b"\x00", max_bytes=1) == 0


@pytest.mark.parametrize("opening", [b"\x81", b"\xa1\x00"])
def test_depth_is_bounded(opening: bytes) -> None:
    assert cbor.decode(opening * 15 + b"\x80") is not None
    assert refusal(opening * 16 + b"\x80") == "cbor.too-deep"
    assert refusal(opening * 16 + b"\x00", max_depth=3) == "cbor.too-deep"
    assert refusal(opening * 4 + b"\x00", max_depth=3) == "cbor.too-deep"
    assert refusal(opening * 3 + b"\x80", max_depth=3) == "cbor.too-deep"
    assert cbor.decode(opening * 3 + b"\x00", max_depth=3) is not None
    assert refusal(opening * 200 + b"\x80") == "cbor.malformed"
    assert refusal(opening * 20000) == "cbor.malformed"


def test_depth_is_bounded_when_writing() -> None:
    value: Any = 0
    for _ in range(16):
        value = [value]
    assert cbor.decode(cbor.encode(value)) == value
    for deeper in ([value], {1: value}, (value,)):
        with pytest.raises(BadInput, match=r"cbor\.too-deep"):
            cbor.encode(deeper)
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(BadInput, match=r"cbor\.too-deep"):
        cbor.encode(cycle)


def test_unsorted_maps_inside_each_other_cost_linear_time() -> None:
    value: Any = 0
    for _ in range(16):
        value = {2: value, 1: 0, "b": 0}
    start = time.perf_counter()
    raw = cbor.encode(value)
    assert time.perf_counter() - start < 1
    assert raw == reference_encode(value)


def colliding_tuples(count: int) -> list[tuple[int, int]]:
    """Pairs of integers whose tuples all have one hash (CPython's is xxHash without a secret)."""
    prime_1, prime_2, prime_5 = 11400714785074694791, 14029467366897019727, 2870177450012600261
    mask = (1 << 64) - 1
    back_1, back_2 = pow(prime_1, -1, 1 << 64), pow(prime_2, -1, 1 << 64)

    def turn(value: int, by: int) -> int:
        return (value << by | value >> (64 - by)) & mask

    target = turn(12345678901234567 * back_1 & mask, 33)
    found: list[tuple[int, int]] = []
    first = 0
    while len(found) < count:
        first += 1
        state = turn(prime_5 + first * prime_2 & mask, 31) * prime_1 & mask
        second = (target - state) * back_2 & mask
        if second < (1 << 61) - 1:
            found.append((first, second))
    return found


def test_colliding_array_keys_are_refused_before_a_map_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    tuples = colliding_tuples(4000)
    assert len({hash(pair) for pair in tuples}) == 1
    keys = b"".join(cbor2.dumps(pair) + b"\x00" for pair in tuples)
    monkeypatch.delattr(cbor, "_loads")
    assert refusal(b"\xb9\x03\xe8" + keys) == "cbor.type"
    assert refusal(b"\xb9\x0f\xa0" + keys) == "cbor.oversized"
    assert refusal(b"\x82" + cbor2.dumps(bytes(9000)) + b"\xa1\x00\xb9\x03\xe8" + keys) == "cbor.type"


def test_a_map_of_too_many_keys_is_refused() -> None:
    most = dict.fromkeys(range(cbor.MAX_MAP_KEYS), 0)
    assert cbor.decode(cbor.encode(most)) == most
    more = most | {-1: 0}
    with pytest.raises(BadInput, match=r"cbor\.oversized"):
        cbor.encode(more)
    assert refusal(reference_encode(more)) == "cbor.oversized"
    assert refusal(reference_encode([bytes(9000), more])) == "cbor.oversized"
    named = cbor2.dumps({f"{index:04}": None for index in range(cbor.MAX_MAP_KEYS + 1)})
    assert refusal(named) == "cbor.oversized"
    assert cbor.decode_flat_map(named) is None


@given(VALUES)
@settings(max_examples=50)
def test_large_inputs_are_read_like_small_ones(value: Any) -> None:
    padded = [bytes(9000), value, [1, {2: 3}]]
    assert cbor.decode(cbor.encode(padded)) == padded


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        1 << 64,
        -(1 << 64) - 1,
        [1 << 64],
        {1: 1 << 64},
        {1 << 64: 1},
        {-(1 << 64) - 1: 1},
        "\ud800",
        {"\ud800": 1, "a": 2},
        bytearray(b"a"),
        memoryview(b"a"),
        {1, 2},
        frozenset(),
        range(3),
        object(),
        cbor2.undefined,
        cbor2.CBORSimpleValue(16),
        cbor2.CBORTag(1, 0),
        datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        datetime.date(2026, 1, 1),
        Decimal(1),
        Fraction(1, 2),
        {None: 1},
        {True: 1},
        {1.0: 1},
        {(1,): 1},
        [[{1: [2.5]}]],
    ],
    ids=repr,
)
def test_values_without_a_place_are_not_written(value: Any) -> None:
    with pytest.raises(BadInput) as caught:
        cbor.encode(value)
    assert caught.value.code == "cbor.type"


def test_values_that_stand_for_a_plain_one_are_written_as_it() -> None:
    class Level(enum.IntEnum):
        HIGH = 3

    class Name(enum.StrEnum):
        A = "a"

    class Pair(NamedTuple):
        first: int
        second: str

    class Octets(bytes):
        pass

    assert cbor.encode([Level.HIGH, Name.A, Octets(b"x")]) == cbor.encode([3, "a", b"x"])
    assert cbor.encode(Pair(1, "b")) == cbor.encode((1, "b")) == cbor.encode([1, "b"])
    named: dict[Any, Any] = {Level.HIGH: 1, Name.A: 2, 1: 0}
    plain: dict[Any, Any] = {1: 0, 3: 1, "a": 2}
    assert cbor.encode(named) == cbor.encode(plain)
    view: Any = MappingProxyType(OrderedDict([(2, 0), (1, 0)]))
    assert cbor.encode([view]) == cbor.encode([{1: 0, 2: 0}])


def test_edges_of_64_bits() -> None:
    edges = [0, 23, 24, 255, 256, 65535, 65536, (1 << 32) - 1, 1 << 32, (1 << 64) - 1]
    values = [sign for edge in edges for sign in (edge, -1 - edge)]
    assert cbor.decode(cbor.encode(values)) == values
    assert cbor.encode(values) == reference_encode(values)
    keyed = dict.fromkeys(values, 0)
    assert cbor.encode(keyed) == reference_encode(keyed)


def test_an_entry_comes_back_with_plain_lists_and_dicts() -> None:
    raw = cbor.encode(ENTRY)
    assert raw == reference_encode(ENTRY)
    value: Any = cbor.decode(raw, max_bytes=4096, max_depth=4)
    assert value == ENTRY
    assert type(value) is list
    assert type(value[5]) is dict
    assert type(value[5][2]) is list
