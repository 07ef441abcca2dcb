"""Post-quantum checkpoints: a head with its author's Ed25519 (0x01) and ML-DSA-44 (0x06) signatures, daily.

One such signature covers every entry below it: should Ed25519 fall, what was recorded stays provable.
"""

from __future__ import annotations

from parley.charter.directory import Directory
from parley.crypto.keys import PqSigningKey, VerifyKey
from parley.errors import BadInput
from parley.record.checkpoint import (
    Checkpoint,
    cosign,
    cosignature_line,
    cosigner_key,
    head_key,
    head_line,
    open_checkpoint,
    signed_note,
)
from parley.record.ids import LogId, RootHash, TreeSize

SIGNATURES = 2


def cosigned_document(log: LogId) -> str:
    """The name under which a log's newest post-quantum checkpoint is kept."""
    return f"cosigned/{log}"


def cosigned_note(
    pq_key: PqSigningKey, origin: str, log_key: VerifyKey, size: TreeSize, root: RootHash, signature: bytes, time_s: int
) -> str:
    """The signed note of an own head; `time_s` is this node's clock, Unix seconds."""
    cosignature = cosign(pq_key, origin, origin, size, root, time_s)
    lines = [head_line(origin, log_key, signature), cosignature_line(origin, pq_key.verify_key, cosignature)]
    return signed_note(Checkpoint(origin, size, root), lines)


def open_cosigned(note: str, origin: str, directory: Directory) -> Checkpoint:
    """The checkpoint in `note`, if both its author's signatures are there and right.

    Raises:
        BadInput: they are not.
    """
    for keys in directory.all_node_keys():
        try:
            checkpoint, signatures = open_checkpoint(
                note, origin, [head_key(origin, keys.log_key), cosigner_key(origin, keys.pq_key)]
            )
        except BadInput:
            continue
        if len(signatures) == SIGNATURES:
            return checkpoint
    raise BadInput("cosigned.forged", f"is no checkpoint of {origin} with both its node's signatures", field="note")
