"""Problem documents (RFC 9457): every refusal, whoever it comes from, in one shape."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from parley.errors import BadInput, LinkFault, Misconfigured, ParleyError, Refused, StorageFault

MEDIA_TYPE = "application/problem+json"
_BY_CODE = {
    "api.not-found": 404, "draft.unknown": 404, "invitation.unknown": 404, "case.unknown": 404,
    "session.none": 401, "session.refused": 401,
    "api.host": 403, "api.origin": 403, "api.officers-only": 403, "api.local-only": 403, "api.registrars-only": 403,
    "contact.unknown": 404, "order.unknown": 404, "log.unknown": 404, "sheet.unknown": 404,
    "draft.changed": 412, "contact.changed": 412, "order.changed": 412,
    "draft.if-match": 428, "contact.if-match": 428, "order.if-match": 428, "api.oversized": 413, "api.rate": 429, "node.stopping": 503,
}  # fmt: skip
_BY_KIND: tuple[tuple[type[ParleyError], int], ...] = (
    (BadInput, 400),
    (Refused, 409),
    (Misconfigured, 500),
    (StorageFault, 503),
    (LinkFault, 502),
)


class Problem(BaseModel):
    """Why a request was refused (RFC 9457): with the field, the reason, the rule, and a stable code."""

    type: Annotated[str, Field(description="urn:parley: and the code")]
    title: Annotated[str, Field(description="the reason")]
    status: int
    code: Annotated[str, Field(description="stable dotted identifier")]
    field: Annotated[str | None, Field(description="what is at fault")]
    reason: Annotated[str, Field(description="one sentence for an officer or administrator")]
    rule: Annotated[str | None, Field(description="the rule that was broken, or what to do about it")]


def problem(error: ParleyError, headers: dict[str, str] | None = None) -> JSONResponse:
    """`error` as a problem document, with its code, field, reason and rule."""
    by_kind = next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)
    status = _BY_CODE.get(error.code, by_kind)
    body = {"type": f"urn:parley:{error.code}", "title": error.reason, "status": status, **error.as_dict()}
    if status == 401:
        headers = {"WWW-Authenticate": "Bearer", **(headers or {})}
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def http_problem(status: int, reason: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """What HTTP itself refuses, such as an unknown path."""
    code = f"http.{status}"
    body = {"type": f"urn:parley:{code}", "title": reason, "status": status}
    return JSONResponse(
        {**body, "code": code, "field": None, "reason": reason, "rule": None},
        status,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def tell_problems(app: FastAPI) -> None:
    """Have every refusal in `app` answered as a problem document."""

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
