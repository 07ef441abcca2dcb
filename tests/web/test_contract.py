"""The page's hand-written types of the node's answers, requests, news and words agree with the node's own description of itself.

Types are made from the description (`@hey-api/openapi-ts`, which asks nobody), and `contract.ts` compares them, compiled.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parley.api.inviting import InvitationState
from parley.api.news import TYPES
from parley.charter.terms import Role
from parley.cli.stage import Stage as Nodes
from parley.node.cases.silence import Cause, Standing
from parley.node.cases.watch import Stage
from parley.node.private import DraftState
from parley.procedure.fields import FieldKind
from parley.procedure.guard.flags import Severity
from parley.procedure.phrasebook.slots import SlotKind
from parley.record.statement import Precedence
from tests.api.conftest import CHARTER, running
from tests.web.conftest import lacking

WEB = Path(__file__).resolve().parents[2] / "web"
CONTRACT = Path(__file__).with_name("contract.ts")
WORDS: Mapping[str, Iterable[str]] = {
    "Precedence": Precedence.__members__,
    "Role": [one.label for one in Role],
    "FieldKind": [one.value for one in FieldKind],
    "SlotKind": [one.value for one in SlotKind],
    "Severity": [one.value for one in Severity],
    "DraftState": [one.value for one in DraftState],
    "InvitationState": [one.value for one in InvitationState],
    "Stage": [one.value for one in Stage],
    "Standing": [one.value for one in Standing],
    "Cause": [one.value for one in Cause],
    "NewsType": TYPES.values(),
}
OPTIONS = {
    "strict": True, "exactOptionalPropertyTypes": True, "noEmit": True, "skipLibCheck": True, "module": "ESNext",
    "moduleResolution": "bundler", "target": "ES2023", "lib": ["ES2023", "DOM"], "types": [],
}  # fmt: skip


@pytest.mark.slow
def test_the_page_takes_the_nodes_answers_for_what_they_are(tmp_path: Path) -> None:
    tools = [WEB / "node_modules" / ".bin" / name for name in ("openapi-ts", "tsc")]
    if not all(one.exists() for one in tools):
        lacking("the page's packages are not installed: `make web`")
    generate, compile_ = map(str, tools)
    (tmp_path / "openapi.json").write_text(json.dumps(described(tmp_path / "nodes")), "utf-8")
    run(generate, "-i", str(tmp_path / "openapi.json"), "-o", str(tmp_path / "node"), "-p", "@hey-api/typescript")
    words = (f"export type {name} = {' | '.join(map(json.dumps, values))};\n" for name, values in WORDS.items())
    (tmp_path / "words.ts").write_text("".join(words), "utf-8")
    (tmp_path / "contract.ts").write_text(CONTRACT.read_text("utf-8"), "utf-8")
    options = {**OPTIONS, "paths": {"page/*": [str(WEB / "src" / "*")]}}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["contract.ts"]}), "utf-8")
    run(compile_, "-p", str(tmp_path), "--pretty", "false", "--noErrorTruncation")


def described(folder: Path) -> object:
    """The description of the API of a node."""
    folder.mkdir()

    async def main() -> object:
        with Nodes(folder, CHARTER) as stage:
            async with running(stage) as desk:
                return desk.app.openapi()

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has an event loop in this thread
        return apart.submit(lambda: asyncio.run(main())).result()


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-12_000:]
