"""Weak ETags: who holds the latest answer is told so, and nobody is told so wrongly."""

from __future__ import annotations

import asyncio

import httpx
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from parley.api.etags import ETags
from tests.api.conftest import BASE, STATEMENTS, Ask, Desk
from tests.api.test_app import registrar

VIEWS = ["/api/v1/floor", "/api/v1/log", "/api/v1/status", "/api/v1/cases?desk=line"]


def test_who_holds_the_latest_answer_is_told_so_without_it(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for path in VIEWS:
            first = await desk.admin.get(path)
            tag = first.headers["etag"]
            assert tag.startswith('W/"')
            for known in (tag, f'"x", {tag}'):
                again = await desk.admin.get(path, headers={"If-None-Match": known})
                assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
            other = await desk.admin.get(path, headers={"If-None-Match": 'W/"0123"'})
            assert (other.status_code, other.content) == (200, first.content), path

    ask(body)


def test_what_changed_has_another_tag(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        tag = (await desk.admin.get("/api/v1/log")).headers["etag"]
        assert (await desk.admin.post(STATEMENTS, content=registrar(desk))).status_code == 201
        answer = await desk.admin.get("/api/v1/log", headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag

    ask(body)


def test_what_is_no_view_passes_as_it_is() -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONResponse({"fault": "SIMULATION"}, 503)(scope, receive, send)

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=ETags(fails)), base_url=BASE) as client:
            answer = await client.get("/", headers={"If-None-Match": "*"})
            assert (answer.status_code, answer.json()) == (503, {"fault": "SIMULATION"})
            assert "etag" not in answer.headers

    asyncio.run(main())


def test_a_refusal_is_never_told_as_unchanged(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        tag = (await desk.admin.get("/api/v1/log")).headers["etag"]
        answer = await desk.client().get("/api/v1/log", headers={"If-None-Match": tag})
        assert answer.status_code == 401
        assert "etag" not in answer.headers

    ask(body)
