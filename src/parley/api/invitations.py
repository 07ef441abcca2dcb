"""Enrolment by one-time link (see `inviting` for the rules).

A registrar's command makes and follows an invitation, or a registrar on duty from the page of the floor; the page behind the link makes the key. The link bears its secret after
``#``, where no server or log sees it; the page then shows it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from parley.api.access import Registrar, address_of
from parley.api.context import Context, Ctx
from parley.api.inviting import SECRET_BYTES, Invitation, fingerprint
from parley.api.octets import from_text, to_text
from parley.api.session import MandateView, Position, mandate_views
from parley.charter.directory_kinds import KEY_BYTES, SIGNATURE_BYTES
from parley.errors import BadInput, Refused

router = APIRouter(prefix="/api/v1/invitations", tags=["invitations"])


class InvitationRequest(BaseModel):
    """A position to offer. `language`: of the page behind the link (BCP 47)."""

    position: Position
    mandates: Annotated[list[str], Field(min_length=1, max_length=64)]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation, for who made it. `public_key`, `possession` (base64url): once a key is presented.

    `state`: open, presented, enrolled, refused or expired. `fingerprint`: of that key, as two people compare it.
    """

    id: str
    state: str
    position: str
    mandates: list[str]
    language: str | None
    expires_ms: int
    public_key: str | None
    possession: str | None
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class MadeInvitation(InvitationView):
    """A new invitation. `token` is told this once: the link is the node's page with ``#/enrol/`` and it.

    `qr`: the link as a QR code (ISO/IEC 18004), rows of ``1`` (dark) and ``0``, with no quiet zone.
    """

    token: str
    link: str
    qr: list[str]


@dataclass(frozen=True, slots=True)
class OpenedInvitation:
    """What the page behind a link needs: the key signs ``[possession domain, mechanism, member, position, public key]``.

    `mechanism`: digest in hex. `languages`: of this member. `fingerprint`: of the key presented, null while none is.
    """

    state: str
    mechanism: str
    name: str
    banner: str | None
    member: str
    position: str
    mandates: list[MandateView]
    language: str | None
    languages: list[str]
    expires_ms: int
    fingerprint: str | None


class PresentedKey(BaseModel):
    """A new key: raw Ed25519 public key and its signature as proof of possession, base64url."""

    public_key: str
    possession: str


@router.post("", operation_id="createInvitation", status_code=201)
async def create_invitation(context: Ctx, request: Request, by: Registrar, asked: InvitationRequest) -> MadeInvitation:
    """Offer a position by a one-time link. For local callers and registrars on duty."""
    made, secret = context.invitations.invite(asked.position, asked.mandates, asked.language, by)
    token = to_text(secret)
    link = f"{request.base_url}#/enrol/{token}"
    rows = ["".join(str(module) for module in row) for row in segno.make(link, error="m", micro=False).matrix]
    return MadeInvitation(*_fields(context, made), token=token, link=link, qr=rows)


@router.get("/by-token/{token}", operation_id="openInvitation")
async def open_invitation(context: Ctx, request: Request, token: str) -> OpenedInvitation:
    """What a link is for, and how far it is."""
    return _opened(context, _by_token(context, request, token))


@router.post("/by-token/{token}", operation_id="presentKey")
async def present_key(context: Ctx, request: Request, token: str, presented: PresentedKey) -> OpenedInvitation:
    """Present the key that was made for a link; once."""
    found = _by_token(context, request, token)
    key = from_text("public_key", presented.public_key, KEY_BYTES)
    possession = from_text("possession", presented.possession, SIGNATURE_BYTES)
    context.invitations.present(found, key, possession)
    return _opened(context, found)


@router.get("/{id}", operation_id="readInvitation")
async def read_invitation(context: Ctx, by: Registrar, id: str) -> InvitationView:
    """How far an invitation is. For local callers, and the registrar on duty who made it."""
    return InvitationView(*_fields(context, context.invitations.by_id(id, by)))


@router.post("/{id}/refuse", operation_id="refuseInvitation")
async def refuse_invitation(context: Ctx, by: Registrar, id: str) -> InvitationView:
    """Call an invitation off. For local callers, and the registrar on duty who made it."""
    found = context.invitations.by_id(id, by)
    context.invitations.refuse(found)
    return InvitationView(*_fields(context, found))


def _by_token(context: Context, request: Request, token: str) -> Invitation:
    """A token that is none of ours and one that is malformed are refused alike, and both counted."""
    try:
        return context.invitations.by_secret(from_text("token", token, SECRET_BYTES))
    except (BadInput, Refused):
        context.limits.failures.take(address_of(request))
        raise Refused("invitation.unknown", "there is no such invitation", rule="ask the registrar for another") from None  # fmt: skip


def _fields(context: Context, one: Invitation) -> tuple[str, str, str, list[str], str | None, int, str | None, str | None, str | None]:  # fmt: skip
    key = None if one.key is None else one.key.raw
    return (
        one.id, context.invitations.state(one).value, one.position, list(one.mandates), one.language, one.expires_ms,
        None if key is None else to_text(key), None if one.possession is None else to_text(one.possession),
        None if key is None else fingerprint(key),
    )  # fmt: skip


def _opened(context: Context, one: Invitation) -> OpenedInvitation:
    mechanism = context.node.mechanism
    member = mechanism.charter.members[context.node.me]
    return OpenedInvitation(
        context.invitations.state(one).value, mechanism.digest.hex(), mechanism.name, mechanism.banner, member.code, one.position,
        mandate_views(context, one.mandates), one.language, list(member.languages), one.expires_ms,
        None if one.key is None else fingerprint(one.key.raw),
    )  # fmt: skip
