"""A node that runs alone, its API, and officers who sign on to it; shared by this folder's tests."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from parley.api.app import compose
from parley.api.context import Context
from parley.api.octets import from_text, to_text
from parley.api.sign_on import login_message
from parley.charter.directory_build import DirectorySigner, prove_possession
from parley.charter.directory_kinds import DirectoryContent, Enrolment, RegistrarGrant
from parley.cli.speaking import Speaker, speak
from parley.cli.stage import PASSPHRASE, Stage
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from parley.node import founding
from parley.node.home.secrets import NodeSecrets
from parley.node.runtime import Node

CHARTER = (Path(__file__).parents[2] / "examples" / "charters" / "joint-mechanism.toml").read_text("utf-8")
BASE = "http://127.0.0.1:7342"
CODE = "ISR"
STATEMENTS = "/api/v1/statements"


@dataclass(slots=True)
class Desk:
    """What a test holds: the running node, its API's context, and a way to ask.

    `admin` shows the token; `stranger` shows nothing.
    """

    stage: Stage
    node: Node
    context: Context
    admin: httpx.AsyncClient
    app: Any

    def client(self, **headers: str) -> httpx.AsyncClient:
        """Another caller, who shows nothing but `headers`."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=BASE, headers=headers)

    def signed(self, content: DirectoryContent, *, root: bool = False) -> bytes:
        """A directory statement by this member's root or registrar, ready to post."""
        home, mechanism = self.stage.home(CODE), self.stage.charter.mechanism
        file = founding.root_key_file(home) if root else founding.registrar_key_file(home)
        key = signing_key(file, "root" if root else founding.REGISTRAR)
        signer = DirectorySigner.root(mechanism, CODE, key) if root else DirectorySigner(mechanism, CODE, founding.REGISTRAR, key)  # fmt: skip
        return cbor.encode(
            list(founding.directory_statement(content, signer, now=datetime.now(UTC), random=os.urandom))
        )

    async def enrol(self, position: str, *mandates: str, replaces: SigningKey | None = None) -> SigningKey:
        """Have a new key enrolled for a position."""
        key = SigningKey.generate(os.urandom)
        proof = prove_possession(self.stage.charter.mechanism, CODE, position, key)
        before = replaces.verify_key.kid if replaces is not None else None
        content = Enrolment(position, key.verify_key.raw, proof, mandates or ("watch",), before)
        answer = await self.admin.post(STATEMENTS, content=self.signed(content))
        assert answer.status_code == 201, answer.text
        return key

    async def answer(self, client: httpx.AsyncClient, position: str, key: SigningKey) -> dict[str, str]:
        """An answered challenge, not yet sent."""
        asked = await client.post("/api/v1/session/challenge", json={"position": position})
        assert asked.status_code == 200, asked.text
        challenge = asked.json()["challenge"]
        message = login_message(self.stage.charter.mechanism, CODE, position, from_text("challenge", challenge, 32))
        return {
            "position": position, "kid": key.verify_key.kid.hex(), "challenge": challenge, "signature": to_text(key.sign(message)),
        }  # fmt: skip

    async def sign_on(self, position: str, key: SigningKey) -> httpx.AsyncClient:
        """A client signed on as an officer."""
        client = self.client()
        answer = await client.post("/api/v1/session", json=await self.answer(client, position, key))
        assert answer.status_code == 201, answer.text
        return client

    def said(self, position: str, key: SigningKey, kind: str, content: dict[str, Any], **more: Any) -> bytes:
        """A statement of an officer, ready to post."""
        statement = speak(
            self.stage.charter, Speaker(CODE, position, key), kind, content, now_s=int(time.time()), random=os.urandom, **more
        )  # fmt: skip
        return cbor.encode(list(statement))


@cache
def signing_key(file: Path, kind: str) -> SigningKey:
    """The key in a key file, which takes a while to open."""
    return founding.read_signing_key(file, PASSPHRASE, kind)


Body = Callable[[Desk], Awaitable[None]]
Ask = Callable[..., None]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("api"), CHARTER) as made:
        yield made


@pytest.fixture
def ask(stage: Stage) -> Ask:
    """Run `body` with a node whose API is asked; the other nodes do not run."""

    def run(body: Body, *, drill: bool = False) -> None:
        async def main() -> None:
            async with running(stage, drill=drill) as desk:
                await body(desk)

        asyncio.run(main())

    return run


@asynccontextmanager
async def running(stage: Stage, *, drill: bool = False) -> AsyncIterator[Desk]:
    """The node of `CODE` and its API; its registrar is certified."""
    home = stage.home(CODE)
    node = Node(home, NodeSecrets.read(home.node_key_file, PASSPHRASE))
    context = Context.of(node, drill=drill)
    await node.start()
    app = compose(context)
    admin = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=BASE, headers={"Authorization": f"Bearer {context.token}"}
    )
    desk = Desk(stage, node, context, admin, app)
    try:
        key = signing_key(founding.registrar_key_file(home), founding.REGISTRAR)
        if all(one.kid != key.verify_key.kid for one in node.mechanism.directory(node.core.log).registrars()):
            grant = RegistrarGrant(founding.REGISTRAR, key.verify_key.raw)
            answer = await admin.post(STATEMENTS, content=desk.signed(grant, root=True))
            assert answer.status_code == 201, answer.text
        yield desk
    finally:
        context.close()
        await node.stop()


def problem(answer: httpx.Response) -> dict[str, Any]:
    """The problem document of a refusal, once its shape is checked."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"type", "title", "status", "code", "field", "reason", "rule"}
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:parley:{body['code']}"
    return body
