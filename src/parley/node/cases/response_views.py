"""Views of who has answered a proposal, and how: every member that it concerns is told, the silent ones too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parley.procedure import handling
from parley.procedure.declare import Needs, Who
from parley.procedure.fold import CaseFold

PROPOSES = "proposes"


@dataclass(frozen=True, slots=True)
class ResponseView:
    """What a member that a proposal concerns has answered to what it says now.

    Attributes:
        answer: ``proposes`` of its author; null: no answer yet, which is no consent.
        reference: of the statement that says so.
    """

    member: str
    answer: str | None
    reference: str | None
    position: str | None
    at_ms: int | None
    reason: str | None


def responses(fold: CaseFold, code: Callable[[int], str]) -> list[ResponseView]:
    """What each member that a case concerns has answered; nothing where it waits for no answers."""
    if fold.procedure is None or not any(row.needs is Needs.ALL_CONFIRM for row in fold.procedure.moves):
        return []
    said = fold.responses()
    views = []
    for member in fold.members(Who.CONCERNED):
        item = said.get(member)
        if item is None:
            views.append(ResponseView(code(member), None, None, None, None, None))
            continue
        content = (item.content or {}) if item.act.kind == handling.RESPOND.name else {}
        reason = content.get("reason")
        views.append(
            ResponseView(
                code(member), str(content.get("answer", PROPOSES)), item.act.reference, item.act.position, item.act.at_ms,
                str(reason) if reason is not None else None,
            )
        )  # fmt: skip
    return views
