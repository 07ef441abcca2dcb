"""Checkpoints of a proof file: whose node signed them, and that every entry is in their tree.

- A checkpoint is signed (C2SP tlog-checkpoint, 0x01) by the node key in force at its size, as the log's own chain of
  root-signed certificates says.
- Cosignatures (C2SP tlog-cosignature, 0x06) are by nodes of logs in the file. One by the log's own node protects all
  below it should Ed25519 fall; one by another's says that it had this checkpoint at that time of its clock.
- A checkpoint's size is one that entries can number, 2^53 - 1 at most; C2SP's bound is wider.
- C2SP lets a reader ignore lines of unknown keys. Here they are refused, so that no byte of a file lacks a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parley.charter.shapes import MAX_INTEGER
from parley.errors import BadInput
from parley.proof.bundle import Further, LogPart
from parley.proof.chain import Chain
from parley.proof.charters import CharterLine
from parley.proof.facts import Cosigned, Forked, Head
from parley.proof.report import Unproven
from parley.record.checkpoint import (
    Checkpoint,
    cosignature_time,
    cosigner_key,
    head_key,
    open_checkpoint,
    parse_checkpoint,
)
from parley.record.ids import LogId
from parley.record.merkle import leaf_hash, verify_inclusion
from parley.record.note import NoteKey, NoteSignature, parse_note


def check_head(line: CharterLine, chains: Mapping[LogId, Chain], part: LogPart) -> Head:
    """The verified checkpoint of one log.

    Raises:
        Unproven: it is malformed, of another log, not signed by the node in force, or signed by a stranger.
    """
    log, name, origin = part.log, line.name(part.log), line.origin(part.log)
    try:
        size = _parsed(part.note).size
    except BadInput as fault:
        raise Unproven.because("checkpoint.refused", fault, log=name) from None
    keys = chains[log].directory.node_keys_for_size(size)
    if keys is None:
        raise Unproven("node.uncertified", log=name)
    cosigners = list(_cosigners(line, chains, log, size))
    checkpoint, signatures = _opened(
        name, part.note, origin, [head_key(origin, keys.log_key)], [key for _, key in cosigners]
    )
    cosigned = _cosigned(log, checkpoint, signatures, {_line_of(key): by for by, key in cosigners})
    return Head(checkpoint.size, checkpoint.root, keys, tuple(cosigned))


def check_inclusion(line: CharterLine, part: LogPart, head: Head) -> None:
    """Every leaf of a log is in its checkpoint's tree.

    Raises:
        Unproven: naming the first that is not.
    """
    for leaf in part.leaves:
        if not verify_inclusion(leaf.seq, head.size, leaf_hash(leaf.entry), leaf.path, head.root):
            raise Unproven("inclusion.wrong", reference=line.reference(part.log, leaf.seq))


def check_further(
    line: CharterLine, chains: Mapping[LogId, Chain], heads: Mapping[LogId, Head], further: Further
) -> list[Cosigned] | Forked:
    """What another signed checkpoint of a log adds: post-quantum signatures of its history, or that it is forked.

    Raises:
        Unproven: it is not signed by that log's node, is not joined with the history in the file, or adds nothing.
    """
    log = further.log
    if log not in heads:
        raise Unproven("log.unknown", log=line.name(log))
    name, origin = line.name(log), line.origin(log)
    nodes = chains[log].directory.all_node_keys()
    own = [head_key(origin, keys.log_key) for keys in nodes]
    post_quantum = [cosigner_key(origin, keys.pq_key) for keys in nodes]
    checkpoint, signatures = _opened(name, further.note, origin, own, post_quantum)
    if not heads[log].is_one_history_with(checkpoint.size, further.root, further.path):
        raise Unproven("further.unjoined", log=name, size=int(checkpoint.size))
    if checkpoint.root != further.root:
        return Forked(log, checkpoint.size)
    cosigned = _cosigned(log, checkpoint, signatures, {_line_of(key): log for key in post_quantum})
    if not cosigned:
        raise Unproven("further.idle", log=name, size=int(checkpoint.size))
    return cosigned


def _opened(
    name: str, note: str, origin: str, own: Sequence[NoteKey], cosigners: Sequence[NoteKey]
) -> tuple[Checkpoint, tuple[NoteSignature, ...]]:
    """The checkpoint in a note: signed by one of `own` (0x01), and otherwise by `cosigners` only."""
    try:
        _parsed(note)
        checkpoint, signatures = open_checkpoint(note, origin, [*own, *cosigners])
    except BadInput as fault:
        raise Unproven.because("checkpoint.refused", fault, log=name) from None
    if len(signatures) != len(parse_note(note).signatures):
        raise Unproven("checkpoint.stranger", log=name)
    if not set(map(_line_of, own)) & set(map(_line_of, signatures)):
        raise Unproven("checkpoint.unsigned", log=name)
    return checkpoint, signatures


def _parsed(note: str) -> Checkpoint:
    checkpoint = parse_checkpoint(parse_note(note).text)
    if checkpoint.size > MAX_INTEGER:
        raise BadInput("checkpoint.size", "is larger than entries can number", field="size")
    return checkpoint


def _cosigned(
    log: LogId,
    checkpoint: Checkpoint,
    signatures: Iterable[NoteSignature],
    cosigners: Mapping[tuple[str, bytes], LogId],
) -> list[Cosigned]:
    return [
        Cosigned(log, checkpoint.size, cosigners[_line_of(one)], cosignature_time(one.signature))
        for one in signatures
        if _line_of(one) in cosigners
    ]


def _cosigners(
    line: CharterLine, chains: Mapping[LogId, Chain], log: LogId, size: int
) -> Iterable[tuple[LogId, NoteKey]]:
    """The post-quantum keys that may cosign `log` at `size`: its own node's then, and the newest of the others."""
    for by, chain in chains.items():
        nodes = chain.directory.all_node_keys()
        keys = chain.directory.node_keys_for_size(size) if by == log else nodes[0] if nodes else None
        if keys is not None:
            yield by, cosigner_key(line.origin(by), keys.pq_key)


def _line_of(one: NoteKey | NoteSignature) -> tuple[str, bytes]:
    return one.name, one.key_id
