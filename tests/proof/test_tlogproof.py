"""The proof text: one form, read strictly, proving one entry of one log."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.proof.tlogproof import (
    MAX_EXTRA_BYTES,
    MAX_HASHES,
    MAX_PROOF_BYTES,
    TlogProof,
    format_tlog_proof,
    open_tlog_proof,
    parse_tlog_proof,
)
from parley.record.checkpoint import Checkpoint, head_key, head_line, sign_head, signed_note
from parley.record.ids import TreeSize
from parley.record.merkle import LeafTree, leaf_hash, prove_inclusion
from parley.record.note import encode_base64

KEY = SigningKey.from_seed(bytes(range(32)))
LOG = "parley/0123456789abcdef/AAA"
KEYS = [head_key(LOG, KEY.verify_key)]
LEAVES = [leaf_hash(b"entry %d" % at) for at in range(40)]
TREE = LeafTree(LEAVES)
HASH = encode_base64(LEAVES[0])

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=MAX_HASHES).map(tuple)
checkpoints = st.text(min_size=1, max_size=60)
proofs = st.builds(TlogProof, st.integers(0, 2**63 - 1), hashes, checkpoints, st.binary(max_size=40))


def note_of(size: int) -> str:
    head = Checkpoint(LOG, TreeSize(size), TREE.root(size))
    return signed_note(head, [head_line(LOG, KEY.verify_key, sign_head(KEY, *head))])


def proof_of(index: int, size: int) -> TlogProof:
    return TlogProof(index, tuple(prove_inclusion(index, size, TREE.subtree)), note_of(size))


def refused(text: str | bytes) -> str:
    with pytest.raises(BadInput) as fault:
        parse_tlog_proof(text)
    return fault.value.code


def test_the_text_is_laid_out_as_in_tlog_proof_v1() -> None:
    first, second = (hashlib.sha256(word).digest() for word in (b"hash1", b"hash2"))
    lines = f"{encode_base64(first)}\n{encode_base64(second)}\n"
    assert format_tlog_proof(TlogProof(5, (first, second), "checkpoint\n")) == (
        f"c2sp.org/tlog-proof@v1\nindex 5\n{lines}\ncheckpoint\n"
    )
    assert format_tlog_proof(TlogProof(5, (first, second), "checkpoint\n", b"more")) == (
        f"c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 5\n{lines}\ncheckpoint\n"
    )
    assert format_tlog_proof(TlogProof(0, (), "checkpoint\n")) == "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"


@given(proofs)
@settings(max_examples=80)
def test_a_proof_comes_back_from_its_text(proof: TlogProof) -> None:
    text = format_tlog_proof(proof)
    assert parse_tlog_proof(text) == parse_tlog_proof(text.encode()) == proof
    assert text.endswith(f"\n\n{proof.checkpoint}")


@given(st.binary(max_size=120) | st.text(max_size=120).map(lambda rest: f"c2sp.org/tlog-proof@v1\n{rest}"))
@settings(max_examples=100)
def test_whatever_is_read_is_written_the_same_or_refused_as_bad_input(junk: str | bytes) -> None:
    try:
        proof = parse_tlog_proof(junk)
    except BadInput:
        return
    assert format_tlog_proof(proof).encode() == (junk if isinstance(junk, bytes) else junk.encode())


@given(st.data())
@settings(max_examples=30)
def test_a_proof_shows_its_entry_and_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    proof = parse_tlog_proof(format_tlog_proof(proof_of(index, size)))
    assert open_tlog_proof(proof, LEAVES[index], LOG, KEYS) == (LOG, size, TREE.root(size))
    elsewhere = dataclasses.replace(proof, index=(index + 1) % size)
    for wrong, leaf in [(proof, LEAVES[index - 1]), (elsewhere, LEAVES[index])]:
        with pytest.raises(BadInput) as fault:
            open_tlog_proof(wrong, leaf, LOG, KEYS)
        assert fault.value.code == "tlog-proof.not-included"


def test_the_only_entry_of_a_log_needs_no_hashes() -> None:
    assert open_tlog_proof(proof_of(0, 1), LEAVES[0], LOG, KEYS).size == 1


def test_a_proof_under_an_unsigned_head_or_another_log_is_refused() -> None:
    proof = proof_of(3, 10)
    stranger = SigningKey.from_seed(bytes(32))
    with pytest.raises(BadInput, match=r"note\.no-known-key"):
        open_tlog_proof(proof, LEAVES[3], LOG, [head_key(LOG, stranger.verify_key)])
    with pytest.raises(BadInput, match=r"checkpoint\.wrong-origin"):
        open_tlog_proof(proof, LEAVES[3], "other", KEYS)
    with pytest.raises(BadInput, match=r"note\.bad-signature"):
        open_tlog_proof(
            dataclasses.replace(proof, checkpoint=proof.checkpoint.replace("\n10\n", "\n11\n")), LEAVES[3], LOG, KEYS
        )


def test_extra_data_changes_nothing_that_is_proven() -> None:
    proof = dataclasses.replace(proof_of(3, 10), extra=b"anything")
    assert open_tlog_proof(proof, LEAVES[3], LOG, KEYS).size == 10


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "tlog-proof.malformed"),
        ("wrong-header\nindex 0\n\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\r\nindex 0\n\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex 0\nextra QQ==\n\ncheckpoint\n", "note.base64"),
        ("c2sp.org/tlog-proof@v1\nextra QQ==\nextra QQ==\nindex 0\n\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nextra QR==\nindex 0\n\ncheckpoint\n", "note.base64"),
        ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\ncheckpoint\n", "note.base64"),
        ("c2sp.org/tlog-proof@v1\nindex\n\ncheckpoint\n", "tlog-proof.malformed"),
        ("c2sp.org/tlog-proof@v1\nindex x\n\ncheckpoint\n", "tlog-proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n", "tlog-proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n", "tlog-proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex \u0665\n\ncheckpoint\n", "tlog-proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\ncheckpoint\n", "tlog-proof.index"),
        ("c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n", "note.base64"),
        (f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH} \n\ncheckpoint\n", "note.base64"),
        (f"c2sp.org/tlog-proof@v1\nindex 0\n{encode_base64(bytes(64))}\n\ncheckpoint\n", "tlog-proof.hash"),
        (b"c2sp.org/tlog-proof@v1\nindex 0\n\n\xff\n", "tlog-proof.not-utf8"),
    ],
)
def test_what_is_not_formed_as_a_proof_is_refused(text: str | bytes, code: str) -> None:
    assert refused(text) == code


def test_oversized_proofs_are_refused() -> None:
    assert refused("a" * (MAX_PROOF_BYTES + 1)) == "tlog-proof.oversized"
    many = f"{HASH}\n" * (MAX_HASHES + 1)
    assert refused(f"c2sp.org/tlog-proof@v1\nindex 0\n{many}\ncheckpoint\n") == "tlog-proof.oversized"
    extra = encode_base64(bytes(MAX_EXTRA_BYTES + 1))
    assert refused(f"c2sp.org/tlog-proof@v1\nextra {extra}\nindex 0\n\ncheckpoint\n") == "tlog-proof.oversized"


@pytest.mark.parametrize("bad", [TlogProof(-1, (), "x"), TlogProof(0, (b"",), "x"), TlogProof(0, (), "")])
def test_a_proof_that_has_no_text_form_is_not_written(bad: TlogProof) -> None:
    with pytest.raises(BadInput):
        format_tlog_proof(bad)
