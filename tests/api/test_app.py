"""The API over a running node: what it takes, what it refuses, in what shape, and from whom."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from parley.api.app import MAX_BODY_BYTES, make_app
from parley.charter.charter import EXERCISE_BANNER
from parley.charter.directory_build import DirectorySigner
from parley.charter.directory_kinds import RegistrarGrant
from parley.cli.stage import PASSPHRASE, Stage
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from parley.node import founding
from parley.node.runtime import Node
from parley.node.secrets import NodeSecrets
from parley.proof.verify import verify

CHARTER = (Path(__file__).parents[2] / "examples" / "charters" / "joint-mechanism.toml").read_text("utf-8")
BASE = "http://127.0.0.1"

Body = Callable[[httpx.AsyncClient, Node], Awaitable[None]]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("api"), CHARTER) as made:
        yield made


@pytest.fixture
def ask(stage: Stage) -> Callable[..., None]:
    """Run `body` with a client of the API of one node; the others do not run."""

    def run(body: Body, *, drill: bool = False) -> None:
        async def main() -> None:
            home = stage.home("ISR")
            node = Node(home, NodeSecrets.read(home.node_key_file, PASSPHRASE))
            await node.start()
            transport = httpx.ASGITransport(app=make_app(node, drill=drill))
            try:
                async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                    await body(client, node)
            finally:
                await node.stop()

        asyncio.run(main())

    return run


def registrar(stage: Stage) -> bytes:
    """A statement that the node takes: its root certifies a registrar."""
    home, mechanism = stage.home("ISR"), stage.charter.mechanism
    root = founding.read_signing_key(founding.root_key_file(home), PASSPHRASE, "root")
    key = SigningKey.generate(os.urandom)
    position = f"registrar-{os.urandom(3).hex()}"
    statement = founding.directory_statement(
        RegistrarGrant(position, key.verify_key.raw), DirectorySigner.root(mechanism, "ISR", root),
        now=datetime.now(UTC), random=os.urandom,
    )  # fmt: skip
    return cbor.encode(list(statement))


def problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"type", "title", "status", "code", "field", "reason", "rule"}
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:parley:{body['code']}"
    return body


def test_a_statement_is_taken_shown_and_proven(ask: Callable[..., None], stage: Stage) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        answer = await client.post("/api/v1/statements", content=registrar(stage))
        assert answer.status_code == 201
        reference = answer.json()["reference"]
        entry = (await client.get(f"/api/v1/entries/{reference}")).json()
        assert (entry["banner"], entry["kind"], entry["void"]) == (EXERCISE_BANNER, "directory.registrar", None)
        assert (await client.get(f"/api/v1/entries/{reference.replace(' ', '-')}")).json() == entry
        log = (await client.get("/api/v1/log")).json()
        assert log["banner"] == EXERCISE_BANNER
        assert reference in {one["reference"] for one in log["entries"]}
        proof = await client.get(f"/api/v1/proofs/{reference}")
        assert verify(proof.content, expected=stage.charter.mechanism).verdict.exit_code == 0
        assert (await client.get("/api/v1/status")).json()["banner"] == EXERCISE_BANNER
        page = (await client.get("/")).text
        assert EXERCISE_BANNER in page
        assert reference in page

    ask(body)


def test_pages_of_the_log_have_every_entry_once(ask: Callable[..., None], stage: Stage) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        for _ in range(5):
            await client.post("/api/v1/statements", content=registrar(stage))
        whole = [one["reference"] for one in (await client.get("/api/v1/log?limit=500")).json()["entries"]]
        found, cursor = [], ""
        while cursor is not None:
            page = (await client.get(f"/api/v1/log?limit=2{f'&cursor={cursor}' if cursor else ''}")).json()
            found += [one["reference"] for one in page["entries"]]
            cursor = page["next"]
        assert found == whole
        assert len(whole) >= 6

    ask(body)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "cbor."),
        (b"\xff", 400, "cbor."),
        (cbor.encode([b"x", b"y"]) + b"\0", 400, "cbor.trailing-bytes"),
        (cbor.encode([b"x"]), 400, "api.submission"),
        (cbor.encode([b"x", "y"]), 400, "api.submission"),
        (cbor.encode([b"x", b"y"]), 400, "c"),
        (b"x" * (MAX_BODY_BYTES + 1), 413, "api.oversized"),
    ],
    ids=["empty", "not CBOR", "trailing bytes", "too few", "wrong type", "no statement", "oversized"],
)
def test_bad_input_is_refused_as_a_problem_and_nothing_is_recorded(
    ask: Callable[..., None], content: bytes, status: int, code: str
) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        before = node.status().logs
        answer = await client.post("/api/v1/statements", content=content)
        assert answer.status_code == status
        assert problem(answer)["code"].startswith(code)
        assert node.status().logs == before

    ask(body)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/entries/ISR 99999", 404, "api.not-found"),
        ("/api/v1/entries/ISR 99999999999999999999999", 404, "api.not-found"),
        ("/api/v1/entries/ISR9 1", 404, "api.not-found"),
        ("/api/v1/entries/ZZZ 1", 404, "api.not-found"),
        ("/api/v1/entries/%00", 404, "api.not-found"),
        ("/api/v1/proofs/ISR 0", 409, "proof."),
        ("/api/v1/log?limit=0", 400, "api.parameter"),
        ("/api/v1/log?limit=1000000", 400, "api.parameter"),
        ("/api/v1/log?cursor=x", 400, "api.cursor"),
        ("/?before=<script>", 400, "api.cursor"),
        ("/docs", 404, "http.404"),
        ("/redoc", 404, "http.404"),
        ("/openapi.json", 404, "http.404"),
        ("/api/v1/statements", 405, "http.405"),
    ],
)
def test_what_cannot_be_shown_is_a_problem(ask: Callable[..., None], path: str, status: int, code: str) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        answer = await client.get(path)
        assert answer.status_code == status
        assert problem(answer)["code"].startswith(code)

    ask(body)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7342", "127.0.0.1.evil.example", "", "[::2]", "[::1"])
def test_a_strangers_name_that_points_here_reads_nothing(ask: Callable[..., None], host: str) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        for path in ("/", "/api/v1/status", "/api/v1/log", "/healthz"):
            answer = await client.get(path, headers={"Host": host})
            assert answer.status_code == 403
            assert problem(answer)["code"] == "api.host"

    ask(body)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:7342", "localhost:7342", "[::1]:7342", "[::1]"])
def test_this_machines_own_names_are_answered(ask: Callable[..., None], host: str) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        assert (await client.get("/healthz", headers={"Host": host})).text == "ok"

    ask(body)


def test_a_web_page_in_a_browser_here_changes_nothing(ask: Callable[..., None], stage: Stage) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        before = node.status().logs
        for path in ("/api/v1/statements", "/api/v1/reopen", "/api/v1/drill/cut/SYR"):
            answer = await client.post(path, content=registrar(stage), headers={"Origin": "https://evil.example"})
            assert problem(answer)["code"] == "api.origin"
        assert node.status().logs == before

    ask(body, drill=True)


def test_lines_are_cut_in_a_drill_only(ask: Callable[..., None]) -> None:
    async def without(client: httpx.AsyncClient, node: Node) -> None:
        assert (await client.post("/api/v1/drill/cut/SYR")).status_code == 404

    async def within(client: httpx.AsyncClient, node: Node) -> None:
        assert (await client.post("/api/v1/drill/cut/SYR")).status_code == 200
        assert (await client.post("/api/v1/drill/restore/SYR")).status_code == 200
        assert (await client.post("/api/v1/drill/burn/SYR")).status_code == 404
        for nobody in ("ZZZ", "ISR"):
            assert problem(await client.post(f"/api/v1/drill/cut/{nobody}"))["code"] == "node.no-peer"

    ask(without)
    ask(within, drill=True)


def test_every_answer_forbids_scripts_frames_and_outside_requests(ask: Callable[..., None]) -> None:
    async def body(client: httpx.AsyncClient, node: Node) -> None:
        for path in ("/", "/api/v1/status", "/nowhere"):
            headers = (await client.get(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline';")
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"

    ask(body)
