"""A proof file made anew with one part of it changed, and everything that commits to that part made to fit it.

Whoever holds all keys can write anything and sign it. A verifier that refuses a changed file because a hash no longer fits has shown
nothing of what it makes of the change itself: here hashes, signatures, trees and proofs are made again above whatever is changed.

>>> sealed = Resealed(scene, scene.prove(place))
>>> sealed.made(lambda part, raw: mutated(raw) if part == "entry AAA 4" else raw)

Parts, from the inside out: ``charter 0``, ``charter file 0``; for each leaf of the file ``content AAA 4``, ``header AAA 4`` (the
protected header), ``statement AAA 4``, ``entry AAA 4``; for each log ``checkpoint AAA`` (the text) and ``note AAA``; ``file``.
Records without fork branches only: a log is taken to be one history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from parley.charter.directory_kinds import possession_message
from parley.crypto import cbor, cose
from parley.crypto.cose import to_be_signed
from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.proof.bundle import ProofFile, decode_proof
from parley.record.checkpoint import cosign, cosignature_line, head_key, head_line, origin, parse_checkpoint
from parley.record.entry import decode_entry
from parley.record.ids import LogId, MechanismDigest, log_generation, log_owner, sha256
from parley.record.merkle import LeafTree, leaf_hash, prove_consistency, prove_inclusion
from parley.record.note import ML_DSA_44_COSIGNATURE, NoteSignature, encode_base64, key_id, parse_note
from parley.record.rows import EntryRow
from tests.charter.mechanisms import CODES, key
from tests.proof.scene import Scene, pq_key

Change = Callable[[str, bytes], bytes]
"""What becomes of a part: its new bytes, or the ones given."""

LABELS = ("duty-1", "duty-2", "duty-9", "night-1", "desk", "desk-2", "new", "newer", "new key", "second key")
NODES = ("node of {}", "second node of {}")
_OWN_FIELDS, _LENGTH = -65537, 9


@cache
def keyring() -> Mapping[bytes, SigningKey]:
    """Every Ed25519 key of the scenes' people and nodes, by kid."""
    found = [
        key(label.format(code))
        for code in CODES[:4]
        for label in ("root of {}", "second root of {}", "registrar of {}", *NODES, *("{} " + one for one in LABELS))
    ]
    return {one.verify_key.kid: one for one in found}


class Resealed:
    """A scene's record and a proof file of it, taken apart."""

    def __init__(self, scene: Scene, raw: bytes) -> None:
        self.scene = scene
        self.proof: ProofFile = decode_proof(raw)
        self.rows: dict[LogId, list[EntryRow]] = {
            log: scene.store.entries(log, 0, 0, writer.size) for log, writer in scene.logs.items()
        }
        self.shown = {(part.log, leaf.seq) for part in self.proof.logs for leaf in part.leaves}

    def name(self, log: LogId) -> str:
        """``AAA``, or ``AAA2`` for a member's second log."""
        generation = log_generation(log)
        return self.scene.charter.members[log_owner(log)].code + (str(generation) if generation > 1 else "")

    def parts(self) -> dict[str, bytes]:
        """All parts by name, as they are."""
        found: dict[str, bytes] = {}

        def note(part: str, raw: bytes) -> bytes:
            found[part] = raw
            return raw

        self.made(note)
        return found

    def made(self, change: Change) -> bytes:
        """The file with whatever `change` changes, and all above it made to fit."""
        return _Making(self, change).file()


class _Making:
    """One file in the making. `swaps`: what an unchanged part was called by, and what is to be said in its place."""

    def __init__(self, whole: Resealed, change: Change) -> None:
        self.whole, self.scene, self.change = whole, whole.scene, change
        self.swaps: dict[bytes, bytes] = {}
        self.old_mechanism = self.mechanism = self.scene.charter.mechanism
        self.charters = [self.charter(index) for index in range(len(self.scene.signed))]
        self.leaves: dict[LogId, list[bytes]] = {log: [] for log in whole.rows}
        self.spoken: dict[tuple[LogId, int], tuple[bytes, bytes, bytes | None, bytes | None]] = {}
        old: dict[LogId, list[bytes]] = {log: [] for log in whole.rows}
        for row in sorted((row for rows in whole.rows.values() for row in rows), key=lambda row: row.at_ms):
            made = self.spoken[row.log, row.seq] = self.leaf(row)
            self.leaves[row.log].append(leaf_hash(made[1]))
            old[row.log].append(leaf_hash(row.raw))
            self.swaps[LeafTree(old[row.log]).root()] = LeafTree(self.leaves[row.log]).root()
        self.trees = {log: LeafTree(leaves) for log, leaves in self.leaves.items()}

    # ---- charters ----------------------------------------------------------------------------------------

    def charter(self, index: int) -> bytes:
        signed = self.scene.signed[index]
        raw = self.change(f"charter {index}", self.swapped(signed.charter.raw))
        self.swaps[signed.charter.raw], self.swaps[signed.charter.digest] = raw, sha256(raw)
        self.mechanism = MechanismDigest(self.swaps[self.old_mechanism])
        signatures = {}
        for ordinal, one in signed.signatures.items():
            parts = cose.parse1(one, max_bytes=512)
            again = self.signed(parts.protected_raw, sha256(raw), parts.signature)
            signatures[ordinal] = self.swaps[one] = again
        return self.change(f"charter file {index}", cbor.encode_as_is(["parley charter", 1, raw, signatures]))

    # ---- entries ------------------------------------------------------------------------------------------

    def leaf(self, row: EntryRow) -> tuple[bytes, bytes, bytes | None, bytes | None]:
        """Old entry, entry, statement and content of a row."""
        statement, content = row.statement, row.content
        if statement is not None and content is not None:
            content = self.changed("content", row, self.content(content))
            self.swaps[sha256(row.content or b"")] = sha256(content)
        if statement is not None:
            statement = self.changed("statement", row, self.statement(row, statement, content))
            self.swaps[sha256(row.statement or b"")] = sha256(statement)
        return row.raw, self.changed("entry", row, self.swapped(row.raw)), statement, content

    def content(self, raw: bytes) -> bytes:
        value = self.swap(cbor.read(raw))
        by = keyring().get(sha256(value["key"])[:8]) if {"key", "possession", "position"} <= value.keys() else None
        if by is not None:
            asked = next(log for log in self.scene.logs if self.owns(log, value["possession"], raw))
            code = self.scene.charter.members[log_owner(asked)].code
            value["possession"] = by.sign(possession_message(self.mechanism, code, value["position"], value["key"]))  # type: ignore[arg-type]
        return cbor.encode_as_is(value)

    def owns(self, log: LogId, possession: bytes, raw: bytes) -> bool:
        """Whether the enrolment `raw` is of this log's member."""
        value = cbor.read(raw)
        code = self.scene.charter.members[log_owner(log)].code
        message = possession_message(self.old_mechanism, code, value["position"], value["key"])
        return keyring()[sha256(value["key"])[:8]].sign(message) == possession

    def statement(self, row: EntryRow, raw: bytes, content: bytes | None) -> bytes:
        parts = cose.split1(raw)
        header = None if parts is None else cbor.read(parts[0])
        if parts is None or header is None:
            return raw
        protected, payload, signature = parts
        again = self.swap(header)
        if content is not None and header[_OWN_FIELDS][_LENGTH] == len(row.content or b""):
            again[_OWN_FIELDS][_LENGTH] = len(content)
        protected = self.changed("header", row, cbor.encode_as_is(again))
        return self.signed(protected, self.swaps.get(payload, payload), signature, header[4])

    def signed(self, protected: bytes, payload: bytes, signature: bytes, kid: bytes | None = None) -> bytes:
        by = keyring().get(kid or cbor.read(protected)[4])
        return cose.assemble(protected, payload, by.sign(to_be_signed(protected, payload)) if by else signature)

    # ---- checkpoints and the file -------------------------------------------------------------------------------

    def note(self, log: LogId, raw: str, name: str) -> str:
        """The signed note `raw` of `log`, over the tree as it is now."""
        note = parse_note(raw)
        lines = note.text.split("\n")
        root = parse_checkpoint(note.text).root
        text = f"{self.swap(lines[0])}\n{lines[1]}\n{encode_base64(self.swaps.get(root, root))}\n"
        text = self.change(f"checkpoint {name}", text.encode()).decode("utf-8", "replace")
        signatures = "".join(self.note_line(text, one) for one in note.signatures)
        return self.change(f"note {name}", f"{text}\n{signatures}".encode()).decode("utf-8", "replace")

    def note_line(self, text: str, line: NoteSignature) -> str:
        again = self.note_signature(text, line) or line._replace(name=self.swap(line.name))
        return f"— {again.name} {encode_base64(again.key_id + again.signature)}\n"

    def note_signature(self, text: str, line: NoteSignature) -> NoteSignature | None:
        for log in self.scene.logs:
            code = self.scene.charter.members[log_owner(log)].code
            name = origin(self.old_mechanism, code, log_generation(log))
            for label in NODES:
                node, post_quantum = key(label.format(code)), pq_key(label.format(code))
                if (line.name, line.key_id) == head_key(name, node.verify_key)[:2]:
                    return head_line(self.swap(name), node.verify_key, node.sign(text.encode()))
                if (line.name, line.key_id) == (name, key_id(name, ML_DSA_44_COSIGNATURE, post_quantum.verify_key.raw)):
                    time_s = int.from_bytes(line.signature[:8], "big")
                    try:
                        signature = cosign(post_quantum, self.swap(name), *parse_checkpoint(text), time_s)
                    except (BadInput, ValueError):
                        signature = line.signature
                    return cosignature_line(self.swap(name), post_quantum.verify_key, signature)
        return None

    def file(self) -> bytes:
        proof = self.whole.proof
        logs = []
        for part in proof.logs:
            size = parse_checkpoint(parse_note(part.note).text).size
            leaves = []
            for leaf in part.leaves:
                _, entry, statement, content = self.spoken[part.log, leaf.seq]
                path = prove_inclusion(leaf.seq, size, self.trees[part.log].subtree)
                leaves.append([
                    leaf.seq, entry, path, None if leaf.statement is None else statement,
                    None if leaf.content is None else content,
                ])  # fmt: skip
            logs.append([part.log, self.note(part.log, part.note, self.whole.name(part.log)), leaves])
        claims = [[one.by, one.seq, one.of, self.consistency(one.by, one.seq, one.of)] for one in proof.claims]
        further = []
        for index, one in enumerate(proof.further):
            again = self.note(one.log, one.note, f"{self.whole.name(one.log)} again {index}")
            further.append([one.log, again, self.swaps.get(one.root, one.root), list(one.path)])
            if one.root in self.swaps:
                size = parse_checkpoint(parse_note(one.note).text).size
                further[-1][3] = self.between(one.log, size)
        value: dict[Any, Any] = {
            0: "parley proof", 1: 1, 2: self.charters, 3: [proof.log, proof.seq], 4: logs, 5: claims,
            6: [list(receipt) for receipt in proof.receipts], 7: further,
        }  # fmt: skip
        return self.change("file", cbor.encode_as_is(value))

    def consistency(self, by: LogId, seq: int, of: LogId) -> list[bytes]:
        return self.between(of, decode_entry(self.whole.rows[by][seq].raw).seen[of][0])

    def between(self, log: LogId, size: int) -> list[bytes]:
        part = self.whole.proof.part(log)
        assert part is not None
        head = parse_checkpoint(parse_note(part.note).text).size
        return prove_consistency(min(size, head), max(size, head), self.trees[log].subtree)

    # ---- names ----------------------------------------------------------------------------------------------------

    def changed(self, part: str, row: EntryRow, raw: bytes) -> bytes:
        shown = (row.log, row.seq) in self.whole.shown
        return self.change(f"{part} {self.whole.name(row.log)} {row.seq}", raw) if shown else raw

    def swapped(self, raw: bytes) -> bytes:
        return cbor.encode_as_is(self.swap(cbor.read(raw)))

    def swap(self, value: Any) -> Any:
        """`value` with everything that was made anew in the place of what it was."""
        if isinstance(value, bytes):
            return self.swaps.get(value, value)
        if isinstance(value, str):
            return value.replace(self.old_mechanism[:8].hex(), self.mechanism[:8].hex())
        if isinstance(value, list):
            return [self.swap(item) for item in value]
        if isinstance(value, dict):
            return {name: self.swap(item) for name, item in value.items()}
        return value
