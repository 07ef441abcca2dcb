"""The API over one running node.

`POST /api/v1/statements` takes deterministic CBOR ``[signed statement, content]`` and answers once it is durable. Views
are JSON. Every refusal is a problem document (RFC 9457) with the error's code, field, reason and rule. Nothing here
loads anything from elsewhere; there are no documentation pages that would.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from parley.api.page import record_page
from parley.crypto import cbor
from parley.errors import BadInput, Misconfigured, ParleyError, Refused, StorageFault
from parley.node.proving import prove_place
from parley.node.runtime import Node
from parley.node.views import entry_view, record_views
from parley.record.rows import EntryRow
from parley.record.statement import MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES

MAX_BODY_BYTES = MAX_CONTENT_BYTES + MAX_STATEMENT_BYTES + 64
MAX_PAGE = 1000
_STATUS: tuple[tuple[type[ParleyError], int], ...] = (
    (BadInput, 400),
    (Refused, 409),
    (Misconfigured, 500),
    (StorageFault, 503),
)


def problem(error: ParleyError) -> JSONResponse:
    """`error` as a problem document."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if error.code == "api.not-found":
        status = 404
    body = {"type": f"urn:parley:{error.code}", "title": error.reason, "status": status, **error.as_dict()}
    return JSONResponse(body, status, media_type="application/problem+json")


def make_app(node: Node, *, drill: bool = False) -> FastAPI:
    """The application over `node`; `drill` adds the means to cut and restore lines, for demonstrations."""
    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None)

    @app.exception_handler(ParleyError)
    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, ParleyError), "registered for these alone"
        return problem(error)

    @app.get("/healthz")
    async def health() -> Response:
        return PlainTextResponse("stopped" if node.stopped.done() else "ok", 503 if node.stopped.done() else 200)

    @app.post("/api/v1/statements")
    async def submit(request: Request) -> Response:
        statement, content = _submission(await request.body())
        place = await node.submit(statement, content)
        reference = node.mechanism.reference(place)
        return JSONResponse({"reference": reference, "log": place.log, "seq": place.seq}, 201)

    @app.post("/api/v1/reopen")
    async def reopen(request: Request) -> Response:
        place = await node.reopen(*_submission(await request.body()))
        return JSONResponse({"reference": node.mechanism.reference(place), "log": place.log, "seq": place.seq}, 201)

    @app.get("/api/v1/status")
    async def status() -> Response:
        return JSONResponse(node.status().as_dict())

    @app.get("/api/v1/log")
    async def log(cursor: int = 0, limit: int = 200, receipts: bool = False) -> Response:
        views = record_views(node.core, receipts_too=receipts)
        size = max(1, min(limit, MAX_PAGE))
        page = views[max(0, cursor) :][:size]
        following = cursor + len(page) if cursor + len(page) < len(views) else None
        return JSONResponse(
            {"banner": node.mechanism.banner, "entries": [view.as_dict() for view in page], "next": following}
        )

    @app.get("/api/v1/entries/{reference}")
    async def entry(reference: str) -> Response:
        return JSONResponse({"banner": node.mechanism.banner, **entry_view(node.core, _row(node, reference)).as_dict()})

    @app.get("/api/v1/proofs/{reference}")
    async def proof(reference: str, content: bool = True) -> Response:
        row = _row(node, reference)
        raw = prove_place(node, row.log, row.seq, with_content=content)
        return Response(raw, media_type="application/octet-stream")

    @app.get("/")
    async def page() -> Response:
        return HTMLResponse(record_page(node.status(), record_views(node.core)))

    if drill:

        @app.post("/api/v1/drill/{act}/{code}")
        async def drilled(act: str, code: str) -> Response:
            {"cut": node.cut, "restore": node.restore}[act](code)
            return JSONResponse({"done": f"{act} {code}"})

    return app


def _submission(body: bytes) -> tuple[bytes, bytes]:
    match cbor.decode(body, max_bytes=MAX_BODY_BYTES, max_depth=2):
        case [bytes() as statement, bytes() as content]:
            return statement, content
    raise BadInput("api.submission", "must be CBOR [signed statement, content]", field="body")


def _row(node: Node, reference: str) -> EntryRow:
    place = node.mechanism.place(reference.replace("-", " ").replace("_", " "))
    rows = node.store.entries(place.log, 0, place.seq, 1) if place is not None else []
    if not rows:
        raise Refused("api.not-found", f"nothing stands at {reference} here", field="reference", rule="as in SYR 42")
    return rows[0]
