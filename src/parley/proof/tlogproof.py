"""Inclusion proof and checkpoint in one text (C2SP tlog-proof@v1).

    c2sp.org/tlog-proof@v1
    extra <base64>              only where there is extra data
    index <decimal>
    <base64 hash>               zero or more, the leaf's sibling first
                                (empty line)
    <checkpoint as a signed note, verbatim>

Extra data is not authenticated: nothing may rest on it. The same proof has one text only. A proof for leaf 0 of a
tree of one has no hashes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parley.errors import BadInput
from parley.record.checkpoint import Checkpoint, open_checkpoint, parse_decimal
from parley.record.ids import DIGEST_BYTES
from parley.record.merkle import verify_inclusion
from parley.record.note import MAX_NOTE_BYTES, NoteKey, decode_base64, encode_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63
MAX_EXTRA_BYTES = 64 * 1024
MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES
FILE_SUFFIX = ".tlog-proof"


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A proof as read, nothing verified.

    Attributes:
        index: zero-based index of the leaf.
        hashes: inclusion proof, 32 bytes each, the leaf's sibling first.
        checkpoint: the signed note, verbatim.
        extra: unauthenticated extra data, empty where there is none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def format_tlog_proof(proof: TlogProof) -> str:
    """The text of `proof`.

    Raises:
        BadInput: what `parse_tlog_proof` would refuse.
    """
    lines = [HEADER]
    if proof.extra:
        lines.append(f"extra {encode_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines.extend(map(encode_base64, proof.hashes))
    lines += ["", proof.checkpoint]
    text = "\n".join(lines)
    if parse_tlog_proof(text) != proof:
        raise BadInput("tlog-proof.malformed", "this proof has no text form")
    return text


def parse_tlog_proof(data: str | bytes) -> TlogProof:
    """Read a proof; verifies nothing, and leaves the checkpoint to `open_checkpoint`.

    Raises:
        BadInput: ``tlog-proof.oversized``, ``tlog-proof.not-utf8``, ``tlog-proof.malformed``, ``tlog-proof.index``,
            ``tlog-proof.hash``, ``note.base64``.
    """
    head, gap, checkpoint = _decoded(data).partition("\n\n")
    header, *lines = head.split("\n")
    if header != HEADER or not gap or not checkpoint:
        raise BadInput("tlog-proof.malformed", "not a tlog-proof", rule=f"{HEADER}, index, hashes, checkpoint")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0).removeprefix("extra "))
        if len(extra) > MAX_EXTRA_BYTES:
            raise BadInput("tlog-proof.oversized", "the extra data is too long", rule=f"at most {MAX_EXTRA_BYTES}")
    if not lines or not lines[0].startswith("index "):
        raise BadInput("tlog-proof.malformed", "the proof names no index", field="index")
    index = parse_decimal(lines[0].removeprefix("index "), "tlog-proof.index")
    return TlogProof(index, _parse_hashes(lines[1:]), checkpoint, extra)


def open_tlog_proof(proof: TlogProof, leaf: bytes, origin: str, keys: Iterable[NoteKey]) -> Checkpoint:
    """The signed head of the log `origin` that `proof` shows to hold the leaf hash `leaf` at `proof.index`.

    `keys` are those the reader trusts for that log; at least one must have signed.

    Raises:
        BadInput: ``tlog-proof.not-included``, and what `open_checkpoint` refuses.
    """
    checkpoint, _ = open_checkpoint(proof.checkpoint, origin, keys)
    if not verify_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root):
        raise BadInput("tlog-proof.not-included", f"the proof does not show this entry at index {proof.index}")
    return checkpoint


def _parse_hashes(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > MAX_HASHES:
        raise BadInput("tlog-proof.oversized", "the proof has too many hashes", rule=f"at most {MAX_HASHES}")
    hashes = tuple(map(decode_base64, lines))
    if any(len(hash_) != DIGEST_BYTES for hash_ in hashes):
        raise BadInput("tlog-proof.hash", "a hash of the proof has not 32 bytes", field="hashes")
    return hashes


def _decoded(data: str | bytes) -> str:
    if len(data) > MAX_PROOF_BYTES:
        raise BadInput("tlog-proof.oversized", "the proof is too long", rule=f"at most {MAX_PROOF_BYTES} bytes")
    try:
        return data.decode() if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        raise BadInput("tlog-proof.not-utf8", "the proof is not valid UTF-8") from None
