"""A revoked key is heard of by all: what it signs afterwards is void at every node, though its own node records it."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.cell import seed
from parley.charter.directory_build import DirectorySigner, prove_possession
from parley.charter.directory_kinds import DirectoryContent, Enrolment, Revocation
from parley.cli.speaking import Speaker, speak
from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.node import founding
from parley.node.core import core, door
from parley.node.views import entry_view
from parley.record.content import content_digest
from parley.record.statement import Statement, parse_statement
from tests.node.cells import RunningCell, running_cell

A, B, C = range(3)
CODE = "ISR"


def directory_statement(cell: RunningCell, content: DirectoryContent) -> tuple[bytes, bytes]:
    registrar = SigningKey.from_seed(seed("registrar", CODE))
    signer = DirectorySigner(cell.cell.charter.mechanism, cell.cell.charter.members[A].code, "registrar", registrar)
    return founding.directory_statement(content, signer, now=datetime.now(UTC), random=os.urandom)


def said_by(cell: RunningCell, position: str, key: SigningKey, text: str) -> tuple[bytes, bytes]:
    return speak(
        cell.cell.charter, Speaker(CODE, position, key), "message", {"text": f"SIMULATION: {text}", "lang": "en"},
        now_s=int(time.time()), random=os.urandom, channel="line", mandate="watch",
    )  # fmt: skip


def verdict(cell: RunningCell, n: int, reference: str) -> str | None:
    """Why node `n` holds the statement void; None where it is in force."""
    node = cell.nodes[n]
    place = node.mechanism.place(reference)
    assert place is not None
    [row] = node.store.entries(place.log, 0, place.seq, 1)
    return entry_view(node.core, row).void


def judged(cell: RunningCell, n: int, reference: str) -> bool:
    node = cell.nodes[n]
    place = node.mechanism.place(reference)
    assert place is not None
    return any(head.folded > place.seq for head in node.store.heads() if head.log == place.log)


class NoDoor:
    """Stands in for the door of a node that a hostile administrator runs."""

    @staticmethod
    def check(_mechanism: Any, _log: Any, _size: int, raw: bytes, content: bytes) -> Statement:
        statement = parse_statement(raw)
        assert content_digest(content) == statement.fields.content_digest
        return statement

    @staticmethod
    def check_again(*_: Any) -> None:
        """Whatever was taken in is recorded."""

    standing = staticmethod(door.standing)


@pytest.mark.slow
def test_what_a_revoked_key_signs_is_void_at_every_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body() -> None:
        async with running_cell(tmp_path) as cell:
            node, old = cell.nodes[A], cell.cell.officers[A]
            before = node.mechanism.reference(await node.submit(*said_by(cell, "duty-1", old, "in time")))
            await node.submit(*directory_statement(cell, Revocation(old.verify_key.kid, "SIMULATION: browser lost")))
            with pytest.raises(Refused, match=r"officer\.revoked"):
                await node.submit(*said_by(cell, "duty-1", old, "too late"))

            new = SigningKey.generate(os.urandom)
            proof = prove_possession(cell.cell.charter.mechanism, cell.cell.charter.members[A].code, "duty-1", new)
            enrolled = Enrolment("duty-1", new.verify_key.raw, proof, ("watch",))
            await node.submit(*directory_statement(cell, enrolled))
            monkeypatch.setattr(core, "door", NoDoor)
            late = node.mechanism.reference(await node.submit(*said_by(cell, "duty-1", old, "by who found the key")))
            after = node.mechanism.reference(await node.submit(*said_by(cell, "duty-1", new, "by the officer")))
            for n in (B, C):
                await cell.until(lambda n=n: judged(cell, n, after), f"node {n} judged all")
                assert verdict(cell, n, before) is None
                assert "officer.revoked" in (verdict(cell, n, late) or "")
                assert verdict(cell, n, after) is None
                assert cell.case(n, after).opening.reference == after
                opening = cell.case(n, late).opening
                assert opening.void is not None
                assert opening.void.code == "officer.revoked"

    asyncio.run(body())
