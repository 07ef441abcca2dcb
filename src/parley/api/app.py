"""The API over one running node.

`POST /api/v1/statements` takes deterministic CBOR ``[signed statement, content]`` and answers once it is durable. Views
are JSON. Every refusal is a problem document (RFC 9457) with the error's code, field, reason and rule. Nothing here
loads anything from elsewhere; there are no documentation pages that would.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from parley.api.guard import HEADERS, Answer, bounded_body, refusal
from parley.api.page import record_page
from parley.api.problems import http_problem, problem
from parley.crypto import cbor
from parley.errors import BadInput, ParleyError, Refused
from parley.node.pages import Cursor, page_after, page_before
from parley.node.proving import prove_place
from parley.node.runtime import Node
from parley.node.views import entry_view, page_views
from parley.record.rows import EntryRow
from parley.record.statement import MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES

MAX_BODY_BYTES = MAX_CONTENT_BYTES + MAX_STATEMENT_BYTES + 64
MAX_PAGE = 500
SCREEN_ENTRIES = 100
MAX_SEQ = (1 << 53) - 1


def make_app(node: Node, *, drill: bool = False) -> FastAPI:
    """The application over `node`; `drill` adds the means to cut and restore lines, for demonstrations."""
    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None)
    _refusals(app)
    _statements(app, node)
    _views(app, node)
    if drill:
        _drill(app, node)
    return app


def _refusals(app: FastAPI) -> None:
    @app.exception_handler(ParleyError)
    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, ParleyError), "registered for these alone"
        return problem(error)

    @app.exception_handler(HTTPException)
    async def not_http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "registered for these alone"
        return http_problem(error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def not_valid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError), "registered for these alone"
        first = error.errors()[0]
        return problem(BadInput("api.parameter", str(first["msg"]), field=str(first["loc"][-1])))

    @app.middleware("http")
    async def guarded(request: Request, answer: Answer) -> Response:
        fault = refusal(request)
        response = problem(fault) if fault is not None else await answer(request)
        response.headers.update(HEADERS)
        return response


def _statements(app: FastAPI, node: Node) -> None:
    @app.post("/api/v1/statements")
    async def submit(request: Request) -> Response:
        place = await node.submit(*_submission(await bounded_body(request, MAX_BODY_BYTES)))
        return JSONResponse({"reference": node.mechanism.reference(place), "log": place.log, "seq": place.seq}, 201)

    @app.post("/api/v1/reopen")
    async def reopen(request: Request) -> Response:
        place = await node.reopen(*_submission(await bounded_body(request, MAX_BODY_BYTES)))
        return JSONResponse({"reference": node.mechanism.reference(place), "log": place.log, "seq": place.seq}, 201)


def _views(app: FastAPI, node: Node) -> None:
    @app.get("/healthz")
    async def health() -> Response:
        return PlainTextResponse("stopped" if node.stopped.done() else "ok", 503 if node.stopped.done() else 200)

    @app.get("/api/v1/status")
    async def status() -> Response:
        return JSONResponse(node.status().as_dict())

    @app.get("/api/v1/log")
    async def log(
        cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100, receipts: bool = False
    ) -> Response:
        after = None if cursor is None else Cursor.parse(cursor)
        page = page_after(node.store, after, limit, receipts_too=receipts)
        entries = [view.as_dict() for view in page_views(node.core, page)]
        following = None if page.further is None else str(page.further)
        return JSONResponse({"banner": node.mechanism.banner, "entries": entries, "next": following})

    @app.get("/api/v1/entries/{reference}")
    async def entry(reference: str) -> Response:
        return JSONResponse({"banner": node.mechanism.banner, **entry_view(node.core, _row(node, reference)).as_dict()})

    @app.get("/api/v1/proofs/{reference}")
    async def proof(reference: str, content: bool = True) -> Response:
        row = _row(node, reference)
        raw = prove_place(node, row.log, row.seq, with_content=content)
        return Response(raw, media_type="application/octet-stream")

    @app.get("/")
    async def record(before: str | None = None) -> Response:
        page = page_before(node.store, None if before is None else Cursor.parse(before), SCREEN_ENTRIES)
        shown = record_page(node.status(), page_views(node.core, page), earlier=page.further, latest=before is None)
        return HTMLResponse(shown)


def _drill(app: FastAPI, node: Node) -> None:
    @app.post("/api/v1/drill/cut/{code}")
    async def cut(code: str) -> Response:
        node.cut(code)
        return JSONResponse({"done": f"cut {code}"})

    @app.post("/api/v1/drill/restore/{code}")
    async def restore(code: str) -> Response:
        node.restore(code)
        return JSONResponse({"done": f"restore {code}"})


def _submission(body: bytes) -> tuple[bytes, bytes]:
    match cbor.decode(body, max_bytes=MAX_BODY_BYTES, max_depth=2):
        case [bytes() as statement, bytes() as content]:
            return statement, content
    raise BadInput("api.submission", "must be CBOR [signed statement, content]", field="body")


def _row(node: Node, reference: str) -> EntryRow:
    place = node.mechanism.place(reference.replace("-", " ").replace("_", " "))
    there = place is not None and place.seq <= MAX_SEQ
    rows = node.store.entries(place.log, 0, place.seq, 1) if place is not None and there else []
    if not rows:
        raise Refused("api.not-found", f"nothing stands at {reference} here", field="reference", rule="as in SYR 42")
    return rows[0]
