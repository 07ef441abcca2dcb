"""The proof file has one form, is read strictly and within bounds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import cbor
from parley.errors import BadInput
from parley.proof import bundle
from parley.proof.bundle import Claim, Further, Leaf, LogPart, ProofFile, decode_proof, encode_proof
from parley.record.ids import LogId, Seq
from tests.changed import replace

HASH = bytes(32)
LEAF = Leaf(Seq(0), b"entry", (HASH,), b"statement", b"content")
SMALL = ProofFile((b"charter",), LogId(0), Seq(0), (LogPart(LogId(0), "note", (LEAF,)),), (), ())

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=4).map(tuple)
logs = st.integers(0, 600).map(LogId)
seqs = st.integers(0, 2**53 - 1).map(Seq)
blobs = st.none() | st.binary(min_size=1, max_size=40)
leaves = st.builds(Leaf, seqs, st.binary(min_size=1, max_size=60), hashes, blobs, blobs)
sorted_leaves = st.lists(leaves, min_size=1, max_size=4, unique_by=lambda leaf: leaf.seq).map(
    lambda items: tuple(sorted(items, key=lambda leaf: leaf.seq))
)
parts = st.lists(
    st.builds(LogPart, logs, st.text(max_size=20), sorted_leaves), max_size=3, unique_by=lambda part: part.log
).map(lambda items: tuple(sorted(items, key=lambda part: part.log)))
proofs = st.builds(
    ProofFile,
    st.lists(st.binary(min_size=1, max_size=40), max_size=3).map(tuple),
    logs,
    seqs,
    parts,
    st.lists(st.builds(Claim, logs, seqs, logs, hashes), max_size=3, unique_by=lambda one: one[:3]).map(
        lambda items: tuple(sorted(items))
    ),
    st.lists(st.tuples(logs, seqs), max_size=3, unique=True).map(lambda items: tuple(sorted(items))),
    st.lists(
        st.builds(Further, logs, st.text(max_size=20), st.binary(min_size=32, max_size=32), hashes),
        max_size=2,
        unique_by=lambda one: one[:2],
    ).map(lambda items: tuple(sorted(items))),
)


def code_of(raw: bytes) -> str:
    with pytest.raises(BadInput) as fault:
        decode_proof(raw)
    return fault.value.code


def fields() -> dict[int, Any]:
    value = cbor.decode(encode_proof(SMALL))
    assert isinstance(value, dict)
    return value


@given(proofs)
@settings(max_examples=60)
def test_a_proof_file_comes_back_from_its_bytes(proof: ProofFile) -> None:
    assert decode_proof(encode_proof(proof)) == proof


@given(proofs, st.data())
@settings(max_examples=60)
def test_what_is_read_from_any_bytes_is_written_the_same_or_refused(proof: ProofFile, data: st.DataObject) -> None:
    raw = bytearray(encode_proof(proof))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        read = decode_proof(bytes(raw))
    except BadInput:
        return
    assert encode_proof(read) == bytes(raw)


@given(st.binary(max_size=60))
@settings(max_examples=60)
def test_junk_is_bad_input(junk: bytes) -> None:
    with pytest.raises(BadInput):
        decode_proof(junk)


def test_every_truncation_is_refused() -> None:
    raw = encode_proof(SMALL)
    for size in range(len(raw)):
        with pytest.raises(BadInput):
            decode_proof(raw[:size])


def test_trailing_bytes_are_refused() -> None:
    assert code_of(encode_proof(SMALL) + b"\x00") == "cbor.trailing-bytes"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        (0, "parley charter", "proof.format"),
        (1, 2, "proof.version"),
        (1, True, "proof.version"),
        (2, b"charter", "cbor.type"),
        (2, [b""], "cbor.type"),
        (3, [0], "cbor.type"),
        (3, [-1, 0], "cbor.type"),
        (3, [1 << 16, 0], "cbor.type"),
        (3, [0, 1 << 53], "cbor.type"),
        (4, [[0, "note", []]], "proof.form"),
        (4, [[0, b"note", [[0, b"e", [], None, None]]]], "cbor.type"),
        (4, [[0, "n", [[0, b"e", [HASH[:31]], None, None]]]], "cbor.type"),
        (4, [[0, "n", [[0, b"e" * 4097, [], None, None]]]], "cbor.type"),
        (4, [[0, "n", [[0, b"e", [], b"s" * 4097, None]]]], "cbor.type"),
        (4, [[0, "n", [[0, b"e", [], None, b"c" * 65537]]]], "cbor.type"),
        (4, [[0, "n", [[0, b"e", [HASH] * 64, None, None]]]], "cbor.type"),
        (4, [[0, "n", [[1, b"e", [], None, None], [0, b"e", [], None, None]]]], "proof.order"),
        (4, [[0, "n", [[0, b"e", [], None, None], [0, b"e", [], None, None]]]], "proof.order"),
        (4, [[1, "n", [[0, b"e", [], None, None]]], [0, "n", [[0, b"e", [], None, None]]]], "proof.order"),
        (5, [[1, 0, 0, []], [0, 0, 0, []]], "proof.order"),
        (5, [[0, 0, 1, [b""]]], "cbor.type"),
        (6, [[1, 2], [1, 2]], "proof.order"),
        (6, [[n, 0] for n in range(65)], "cbor.type"),
        (7, [[0, "n", HASH, []], [0, "n", HASH, []]], "proof.order"),
        (7, [[0, "n", b"root", []]], "cbor.type"),
        (8, [], "proof.form"),
    ],
)
def test_every_field_is_checked(key: int, value: Any, code: str) -> None:
    assert code_of(cbor.encode({**fields(), key: value})) == code


def test_a_missing_field_is_refused() -> None:
    for key in range(2, 8):
        rest = {name: value for name, value in fields().items() if name != key}
        assert code_of(cbor.encode(rest)) == "proof.form"


def test_oversized_files_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = encode_proof(SMALL)
    monkeypatch.setattr(bundle, "MAX_PROOF_FILE_BYTES", len(raw) - 1)
    assert code_of(raw) == "proof.oversized"


def test_too_many_entries_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    part = replace(SMALL.logs[0], leaves=tuple(Leaf(Seq(n), b"e", ()) for n in range(4)))
    raw = encode_proof(replace(SMALL, logs=(part, replace(part, log=LogId(1)))))
    monkeypatch.setattr(bundle, "MAX_LEAVES", 7)
    assert code_of(raw) == "proof.oversized"
