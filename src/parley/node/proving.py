"""Making proof files from a running node: its own head is signed at the moment, others' heads are as they signed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.charter.adoption import SignedCharter
from parley.node.core.cosigning import cosigned_document
from parley.proof.assemble import Notary, assemble
from parley.record.ids import LogId, Seq
from parley.record.rows import Place

if TYPE_CHECKING:
    from parley.node.runtime import Node


def prove_place(node: Node, log: LogId, seq: int, *, with_content: bool = True) -> bytes:
    """The proof file of the statement at entry `seq` of `log`.

    Raises:
        Refused: there is no statement, or what its proof needs is not held.
    """
    notary = Notary(node.core.log, node.secrets.log_key, node.secrets.pq_key, node.now_ms() // 1000)
    notes = {one: node.store.document(cosigned_document(one)) for one in node.core.record.logs()}
    return assemble(
        node.store, _charters(node), Place(log, 0, Seq(seq)), notary=notary,
        cosigned={one: note.decode() for one, note in notes.items() if note is not None}, with_content=with_content,
    )  # fmt: skip


def _charters(node: Node) -> list[SignedCharter]:
    founding = node.home.load_charter()
    amended = [node.mechanism.amendments.signed(version) for version in range(2, node.mechanism.charter.version + 1)]
    return [founding, *(one for one in amended if one is not None)]
