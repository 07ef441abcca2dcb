"""Whether the node lives, and whether it is ready; for supervisors, which show no token. Nothing else is told."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from parley.api.context import Ctx

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="readHealth", response_class=PlainTextResponse)
async def read_health(context: Ctx) -> Response:
    """200 ``ok`` while the node runs, 503 ``stopped`` when it must be started again."""
    return _said(not context.node.stopped.done(), "ok", "stopped")


@router.get("/readyz", operation_id="readReadiness", response_class=PlainTextResponse)
async def read_readiness(context: Ctx) -> Response:
    """200 ``ready`` while own statements enter the record, 503 ``not signing`` while they queue."""
    node = context.node
    return _said(not node.stopped.done() and node.core.may_sign(), "ready", "not signing")


def _said(well: bool, word: str, otherwise: str) -> Response:
    return PlainTextResponse(word if well else otherwise, 200 if well else 503)
