"""Evidence of a fork: two signed checkpoints of one log that cannot both be true.

Kept and passed on as two C2SP signed notes of the same origin. With equal sizes and different roots they prove, to
anybody and alone, that one key signed two histories.
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.record.checkpoint import Checkpoint, head_key, head_line, open_checkpoint, signed_note, verify_head
from parley.record.ids import RootHash, TreeSize

SignedHead = tuple[int, bytes, bytes]


def contradiction(origin: str, keys: Iterable[VerifyKey], ours: SignedHead, theirs: SignedHead) -> tuple[str, str]:
    """Two (size, root, signature) heads of `origin` as signed notes.

    Raises:
        BadInput: one of them is not signed by any of `keys`.
    """
    known = list(keys)
    return _note(origin, known, ours), _note(origin, known, theirs)


def read_evidence(note: str, origin: str, keys: Iterable[VerifyKey]) -> Checkpoint:
    """The checkpoint in `note`, if it is one of `origin` signed by one of `keys`.

    Raises:
        BadInput: code ``evidence.forged``.
    """
    try:
        return open_checkpoint(note, origin, [head_key(origin, key) for key in keys])[0]
    except BadInput as fault:
        raise BadInput(
            "evidence.forged", f"is no signed checkpoint of {origin}: {fault.reason}", field="evidence"
        ) from None


def _note(origin: str, keys: list[VerifyKey], head: SignedHead) -> str:
    size, root, signature = head
    for key in keys:
        if verify_head(key, origin, size, RootHash(root), signature):
            return signed_note(Checkpoint(origin, TreeSize(size), RootHash(root)), [head_line(origin, key, signature)])
    raise BadInput("evidence.forged", f"a head of {origin} at size {size} is not signed by that log's node key")
