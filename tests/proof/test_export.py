"""Exports: tools that know C2SP's text forms, and not Parley, verify them with the keys exported beside."""

from __future__ import annotations

import pytest

from parley.crypto.keys import PqVerifyKey, VerifyKey
from parley.errors import BadInput
from parley.proof.export import checkpoint, tlog_proof, vkeys
from parley.proof.tlogproof import open_tlog_proof, parse_tlog_proof
from parley.record.checkpoint import cosigner_key, head_key, open_checkpoint
from parley.record.ids import LogId, Seq
from parley.record.merkle import leaf_hash
from parley.record.note import ED25519, ML_DSA_44_COSIGNATURE, NoteKey, parse_vkey
from tests.proof.scene import Scene


def outside_keys(texts: list[str]) -> tuple[str, list[NoteKey]]:
    """The log's name and the keys, as a reader with only the exported texts has them."""
    first, second = map(parse_vkey, texts)
    assert (first.kind, second.kind) == (ED25519, ML_DSA_44_COSIGNATURE)
    return first.name, [
        head_key(first.name, VerifyKey.from_bytes(first.public_key)),
        cosigner_key(second.name, PqVerifyKey.from_bytes(second.public_key)),
    ]


def test_checkpoint_and_inclusion_proof_verify_outside_parley() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    scene.receive("BBB", place)
    file = scene.file(place)
    log, keys = outside_keys(vkeys(file))
    head, signatures = open_checkpoint(checkpoint(file), log, keys)
    assert head.size == place.seq + 1
    assert len(signatures) == 2
    proof = parse_tlog_proof(tlog_proof(file))
    assert proof.index == place.seq
    assert open_tlog_proof(proof, leaf_hash(proof.extra), log, keys) == head


def test_any_entry_in_the_file_can_be_exported() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "hello")
    receipt = scene.receive("BBB", place)
    file = scene.file(place)
    assert parse_tlog_proof(tlog_proof(file, receipt.log, receipt.seq)).index == receipt.seq
    for log, seq in ((LogId(9), None), (LogId(1), Seq(99))):
        with pytest.raises(BadInput, match=r"proof\.no-entry"):
            tlog_proof(file, log, seq)
