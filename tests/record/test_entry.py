"""An entry has one form in bytes, and one fault is told of what has not."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest

from parley.errors import BadInput
from parley.record.entry import decode_entry, encode_entry

WHOLE: list[Any] = [1, 7, 1_790_000_000_000, 1, 3, {1: [9, bytes(32)]}, 3, 3, bytes(32)]


def fault(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        decode_entry(raw)
    return caught.value.code


def with_field(index: int, value: Any) -> bytes:
    return cbor2.dumps([*WHOLE[:index], value, *WHOLE[index + 1 :]])


def test_what_is_read_is_written_the_same() -> None:
    assert encode_entry(decode_entry(cbor2.dumps(WHOLE))) == cbor2.dumps(WHOLE)


def test_true_does_not_pass_for_version_1() -> None:
    assert fault(with_field(0, True)) == "entry.version"


@pytest.mark.parametrize("value", [-1, 1 << 53, True, None, "7", b"7"])
@pytest.mark.parametrize(
    ("index", "name"), [(1, "seq"), (2, "at"), (3, "charter"), (4, "directory"), (6, "statement-sight")]
)
def test_a_field_of_another_type_or_out_of_bounds_is_refused_and_named(index: int, name: str, value: Any) -> None:
    assert fault(with_field(index, value)) == f"entry.{name}"


def test_bytes_that_are_no_cbor_of_the_profile_are_told_as_that_whatever_else_is_wrong_in_them() -> None:
    assert fault(with_field(1, 7.5)) == "cbor.type"
    assert fault(with_field(1, -1) + b"\x00") == "cbor.trailing-bytes"
    assert fault(b"\x98\x09" + with_field(1, -1)[1:]) == "cbor.not-canonical"
    assert fault(with_field(8, cbor2.CBORTag(4, [1, 2]))) == "cbor.tag"
