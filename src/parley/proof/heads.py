"""Checkpoints of a proof file: whose node signed them, and that every entry is in their tree.

- A checkpoint is signed (C2SP tlog-checkpoint, 0x01) by the node key in force at its size, as the log's own chain of
  root-signed certificates says.
- Cosignatures (C2SP tlog-cosignature, 0x06) are by nodes of logs in the file. One by the log's own node protects all
  below it should Ed25519 fall; one by another's says that it had this checkpoint at that time of its clock.
- C2SP lets a reader ignore lines of unknown keys. Here they are refused, so that no byte of a file lacks a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parley.errors import BadInput
from parley.proof.bundle import Fork, LogPart
from parley.proof.chain import Chain
from parley.proof.charters import CharterLine
from parley.proof.facts import Cosigned, Head
from parley.proof.report import Unproven
from parley.record.checkpoint import (
    Checkpoint,
    cosignature_time,
    cosigner_key,
    head_key,
    open_checkpoint,
    parse_checkpoint,
)
from parley.record.fork import read_evidence
from parley.record.ids import LogId, TreeSize
from parley.record.merkle import leaf_hash, verify_inclusion
from parley.record.note import NoteKey, NoteSignature, parse_note


def check_head(line: CharterLine, chains: Mapping[LogId, Chain], part: LogPart) -> Head:
    """The verified checkpoint of one log.

    Raises:
        Unproven: it is malformed, of another log, not signed by the node in force, or signed by a stranger.
    """
    log, name, origin = part.log, line.name(part.log), line.origin(part.log)
    try:
        size = parse_checkpoint(parse_note(part.note).text).size
        keys = chains[log].directory.node_keys_for_size(size)
        if keys is None:
            raise Unproven("node.uncertified", log=name)
        own = head_key(origin, keys.log_key)
        cosigners = {_line_of(key): by for by, key in _cosigners(line, chains, log, size)}
        known = [own, *(key for _, key in _cosigners(line, chains, log, size))]
        checkpoint, signatures = open_checkpoint(part.note, origin, known)
    except Unproven:
        raise
    except BadInput as fault:
        raise Unproven.because("checkpoint.refused", fault, log=name) from None
    if len(signatures) != len(set(map(_line_of, parse_note(part.note).signatures))):
        raise Unproven("checkpoint.stranger", log=name)
    if _line_of(own) not in map(_line_of, signatures):
        raise Unproven("checkpoint.unsigned", log=name)
    cosigned = [
        Cosigned(cosigners[_line_of(one)], cosignature_time(one.signature))
        for one in signatures
        if _line_of(one) in cosigners
    ]
    return Head(checkpoint.size, checkpoint.root, keys, tuple(cosigned))


def check_inclusion(line: CharterLine, part: LogPart, head: Head) -> None:
    """Every leaf of a log is in its checkpoint's tree.

    Raises:
        Unproven: naming the first that is not.
    """
    for leaf in part.leaves:
        if not verify_inclusion(leaf.seq, head.size, leaf_hash(leaf.entry), leaf.path, head.root):
            raise Unproven("inclusion.wrong", reference=line.reference(part.log, leaf.seq))


def check_fork(line: CharterLine, chains: Mapping[LogId, Chain], fork: Fork) -> tuple[LogId, TreeSize]:
    """The log that two signed checkpoints of equal size show to be forked, and that size.

    Raises:
        Unproven: they are not both signed by that log's node, or do not contradict each other.
    """
    if fork.log not in chains:
        raise Unproven("log.unknown", log=line.name(fork.log))
    keys = [keys.log_key for keys in chains[fork.log].directory.all_node_keys()]
    heads: list[Checkpoint] = []
    for note in (fork.first, fork.second):
        try:
            if len(parse_note(note).signatures) != 1:
                raise Unproven("checkpoint.stranger", log=line.name(fork.log))
            heads.append(read_evidence(note, line.origin(fork.log), keys))
        except Unproven:
            raise
        except BadInput as fault:
            raise Unproven.because("evidence.wrong", fault, log=line.name(fork.log)) from None
    if heads[0].size != heads[1].size or heads[0].root == heads[1].root:
        raise Unproven("evidence.agrees", log=line.name(fork.log))
    return fork.log, heads[0].size


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
