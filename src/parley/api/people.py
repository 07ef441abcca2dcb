"""The officers of this member who are in force, as its directory has them, and what a directory statement replies to.

Whom a registrar on duty may touch is the charter's rule (`charter.on_duty`); the statement that does it is signed in that
officer's browser and handed in like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from parley.api.context import Ctx
from parley.charter.signers import Signer
from parley.record.rows import Place

router = APIRouter(tags=["people"])


@dataclass(frozen=True, slots=True)
class OfficerView:
    """An officer in force. `kid`: of its key, hex; `mandates`: names; `enrolled`: reference of the entry that began its key."""

    position: str
    kid: str
    mandates: list[str]
    enrolled: str


@dataclass(frozen=True, slots=True)
class OfficersView:
    """This member's officers by position. `binding`: what a directory statement for its log replies to (digests, hex)."""

    officers: list[OfficerView]
    binding: list[str]


@router.get("/api/v1/officers", operation_id="listOfficers")
async def list_officers(context: Ctx) -> OfficersView:
    """Who may speak for this member."""
    mechanism = context.node.mechanism
    log = mechanism.current_log(context.node.me)
    directory = mechanism.directory(log)

    def view(one: Signer) -> OfficerView:
        began = mechanism.reference(Place(log, 0, directory.enrolled_at(one.kid)))
        return OfficerView(one.position, one.kid.hex(), list(one.mandates), began)

    return OfficersView([view(one) for one in directory.officers()], [one.hex() for one in directory.binding])
