"""Exports of a proof file in C2SP's text forms, for tools that know transparency logs and not Parley.

- `checkpoint`: the author's log's checkpoint, a signed note (tlog-checkpoint, tlog-cosignature).
- `tlog_proof`: inclusion proof and checkpoint (tlog-proof@v1). The leaf's bytes travel as ``extra``, unauthenticated:
  a reader hashes them (RFC 9162 §2.1.1) and checks that hash.
- `vkeys`: the verifier keys (signed-note) of the nodes that signed that checkpoint, for the reader's policy. They are
  what the file says; the root key and the directory chain behind them are Parley's own.
"""

from __future__ import annotations

from parley.charter.adoption import decode_signed
from parley.errors import BadInput
from parley.proof.bundle import Leaf, LogPart, ProofFile
from parley.proof.chain import fold
from parley.proof.charters import CharterLine
from parley.proof.tlogproof import TlogProof, format_tlog_proof
from parley.record.checkpoint import parse_checkpoint
from parley.record.ids import LogId, Seq
from parley.record.note import ED25519, ML_DSA_44_COSIGNATURE, format_vkey, parse_note


def checkpoint(proof: ProofFile) -> str:
    """The author's log's checkpoint, verbatim."""
    return _part(proof, proof.log).note


def tlog_proof(proof: ProofFile, log: LogId | None = None, seq: Seq | None = None) -> str:
    """The ``.tlog-proof`` text of the statement's entry, or of any other entry in the file.

    Raises:
        BadInput: ``proof.no-entry``.
    """
    part = _part(proof, proof.log if log is None else log)
    leaf = _leaf(part, proof.seq if seq is None else seq)
    return format_tlog_proof(TlogProof(int(leaf.seq), leaf.path, part.note, leaf.entry))


def vkeys(proof: ProofFile) -> list[str]:
    """Verifier keys of the author's node at that checkpoint: Ed25519 (0x01), then ML-DSA-44 (0x06).

    Raises:
        ParleyError: charter or directory chain do not hold; verify the file first.
    """
    part = _part(proof, proof.log)
    line = CharterLine.verified([decode_signed(raw) for raw in proof.charters])
    directory = fold(line, part.log, part.leaves).directory
    keys = directory.node_keys_for_size(parse_checkpoint(parse_note(part.note).text).size)
    if keys is None:
        raise BadInput("proof.no-entry", "the file holds no certificate of the author's node", field="leaves")
    origin = line.origin(part.log)
    return [
        format_vkey(origin, ED25519, keys.log_key.raw),
        format_vkey(origin, ML_DSA_44_COSIGNATURE, keys.pq_key.raw),
    ]


def _part(proof: ProofFile, log: LogId) -> LogPart:
    part = proof.part(log)
    if part is None:
        raise BadInput("proof.no-entry", f"the file holds nothing of log {log}", field="log")
    return part


def _leaf(part: LogPart, seq: int) -> Leaf:
    leaf = next((leaf for leaf in part.leaves if leaf.seq == seq), None)
    if leaf is None:
        raise BadInput("proof.no-entry", f"the file does not hold entry {seq} of log {part.log}", field="seq")
    return leaf
