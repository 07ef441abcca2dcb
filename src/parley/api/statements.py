"""Statements in: signed elsewhere, checked here, answered once they are durable.

The content of a kind that a desk declares is checked field by field before the node is asked; of a correction, whose fields
are those of what it corrects, and of a kind that no desk declares, by the node alone. Then whoever rehearses cases may refuse
what would move nothing. Whatever is refused leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request

from parley.api.access import LocalOnly, caller_of, limit
from parley.api.context import Context, Ctx
from parley.api.guard import bounded_body
from parley.charter.terms import STOP_KIND
from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.procedure.contents import check_content
from parley.procedure.handling import CORRECTION
from parley.record.content import decode_content
from parley.record.ids import sha256
from parley.record.rows import Place
from parley.record.statement import MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES, Precedence, Statement, parse_statement

MAX_BODY_BYTES = MAX_CONTENT_BYTES + MAX_STATEMENT_BYTES + 64
SUBMISSION = {
    "requestBody": {
        "required": True,
        "description": "deterministic CBOR: an array of two byte strings, the signed statement (COSE_Sign1) and its content",
        "content": {"application/cbor": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(tags=["statements"])


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a statement stands: `digest` is SHA-256 (hex) of the whole signed statement, by which others refer to it."""

    reference: str
    log: str
    seq: int
    digest: str


@router.post("/api/v1/statements", operation_id="submitStatement", status_code=201, openapi_extra=SUBMISSION)
async def submit_statement(context: Ctx, request: Request) -> Recorded:
    """Have a signed statement recorded; answers once it is durable here."""
    body = await bounded_body(request, MAX_BODY_BYTES)
    try:
        raw, content = _submission(body)
        statement = parse_statement(raw)
    except BadInput:
        limit(context, request, caller_of(request))
        raise
    if not _is_urgent(statement):
        limit(context, request, caller_of(request))
    fields = decode_content(content)
    _check(context, statement, fields)
    context.rehearse(statement, fields)
    return _recorded(context, await context.node.submit(raw, content), raw)


@router.post("/api/v1/reopen", operation_id="reopenLog", status_code=201, openapi_extra=SUBMISSION, dependencies=[LocalOnly])  # fmt: skip
async def reopen_log(context: Ctx, request: Request) -> Recorded:
    """Freeze this member's log by its root's statement and go on in a new one. For local callers."""
    raw, content = _submission(await bounded_body(request, MAX_BODY_BYTES))
    return _recorded(context, await context.node.reopen(raw, content), raw)


def _submission(body: bytes) -> tuple[bytes, bytes]:
    match cbor.decode(body, max_bytes=MAX_BODY_BYTES, max_depth=2):
        case [bytes() as statement, bytes() as content]:
            return statement, content
    raise BadInput("api.submission", "must be CBOR [signed statement, content]", field="body")


def _is_urgent(statement: Statement) -> bool:
    return statement.fields.kind == STOP_KIND or statement.fields.precedence is Precedence.FLASH


def _check(context: Context, statement: Statement, fields: Mapping[str, CborValue]) -> None:
    kind = context.node.desks.kind(statement.fields.kind, statement.fields.kind_version)
    if kind is not None and kind.name != CORRECTION.name:
        check_content(kind, fields)


def _recorded(context: Context, place: Place, raw: bytes) -> Recorded:
    mechanism = context.node.mechanism
    return Recorded(mechanism.reference(place), mechanism.log_name(place.log), place.seq, sha256(raw).hex())
