"""Cutting and restoring lines, for demonstrations. These routes are there only where the node was started for a drill."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from parley.api.context import Ctx

router = APIRouter(prefix="/api/v1/drill", tags=["drill"])


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    done: str


@router.post("/cut/{code}", operation_id="cutLine")
async def cut_line(context: Ctx, code: str) -> Done:
    """Cut the line to a member, and keep it cut."""
    context.node.cut(code)
    return Done(f"cut {code}")


@router.post("/restore/{code}", operation_id="restoreLine")
async def restore_line(context: Ctx, code: str) -> Done:
    """Open a line that was cut."""
    context.node.restore(code)
    return Done(f"restore {code}")
