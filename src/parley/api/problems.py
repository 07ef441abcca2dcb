"""Problem documents (RFC 9457): every refusal, whoever it comes from, in one shape."""

from __future__ import annotations

from fastapi.responses import JSONResponse

from parley.errors import BadInput, LinkFault, Misconfigured, ParleyError, Refused, StorageFault

MEDIA_TYPE = "application/problem+json"
_BY_CODE = {"api.not-found": 404, "api.host": 403, "api.origin": 403, "api.oversized": 413, "node.stopping": 503}
_BY_KIND: tuple[tuple[type[ParleyError], int], ...] = (
    (BadInput, 400),
    (Refused, 409),
    (Misconfigured, 500),
    (StorageFault, 503),
    (LinkFault, 502),
)


def problem(error: ParleyError) -> JSONResponse:
    """`error` as a problem document, with its code, field, reason and rule."""
    by_kind = next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)
    status = _BY_CODE.get(error.code, by_kind)
    body = {"type": f"urn:parley:{error.code}", "title": error.reason, "status": status, **error.as_dict()}
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


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
