"""Signing on and off (see `sign_on` for the rules). The cookie is out of reach of scripts and of other sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from parley.api.access import Officer, address_of, caller_of, cookie_name, not_signed_on
from parley.api.context import Context, Ctx
from parley.api.guard import is_encrypted
from parley.api.octets import from_text, to_text
from parley.api.sign_on import CHALLENGE_BYTES, Session
from parley.crypto.keys import KID_BYTES, SIGNATURE_BYTES
from parley.errors import BadInput, Refused
from parley.record.statement import Precedence

router = APIRouter(prefix="/api/v1/session", tags=["session"])

Position = Annotated[str, Field(min_length=1, max_length=32, description="pseudonym, such as ``duty-1``")]


class ChallengeRequest(BaseModel):
    """Who wants to sign on."""

    position: Position


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """What is to be signed (base64url of 32 bytes) by `expires_ms`."""

    challenge: str
    expires_ms: int


class SignOnRequest(BaseModel):
    """An answered challenge.

    `signature`: Ed25519, base64url, over deterministic CBOR ``["parley login, version 1", mechanism digest, member code,
    position, challenge]``, where digest and challenge are byte strings.
    """

    position: Position
    kid: Annotated[str, Field(description="key id, hex: the first 8 bytes of SHA-256 of the public key")]
    challenge: Annotated[str, Field(description="as it was given")]
    signature: str


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate from the charter; `ceiling`: the highest precedence it covers."""

    name: str
    title: str
    ceiling: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who is signed on. The session lasts until `expires_ms` unless something is asked under it before."""

    member: str
    position: str
    kid: str
    mandates: list[MandateView]
    since_ms: int
    expires_ms: int


@router.post("/challenge", operation_id="askChallenge")
async def ask_challenge(context: Ctx, request: Request, asked: ChallengeRequest) -> ChallengeView:
    """Ask for a challenge; it is given for any position, held or not."""
    made = context.sign_on.challenge(asked.position, address_of(request))
    return ChallengeView(to_text(made.value), made.expires_ms)


@router.post("", operation_id="signOn", status_code=201)
async def sign_on(context: Ctx, request: Request, response: Response, answered: SignOnRequest) -> SessionView:
    """Sign on by an answered challenge; sets the session's cookie. What is wrong with an answer is not told."""
    session, secret = _signed_on(context, answered, address_of(request))
    before = caller_of(request)
    if isinstance(before, Session):
        context.sign_on.end(before, "replaced")
    response.set_cookie(
        cookie_name(context), to_text(secret), path="/", httponly=True, samesite="strict", secure=is_encrypted(request)
    )
    return _view(context, session)


@router.get("", operation_id="whoAmI")
async def who_am_i(context: Ctx, officer: Officer) -> SessionView:
    """Who is signed on here."""
    return _view(context, officer)


@router.delete("", operation_id="signOff", status_code=204)
async def sign_off(context: Ctx, response: Response, officer: Officer) -> None:
    """End the session."""
    context.sign_on.end(officer, "left")
    response.delete_cookie(cookie_name(context), path="/", httponly=True, samesite="strict")


def mandate_views(context: Context, names: tuple[str, ...]) -> list[MandateView]:
    """Mandates with their titles and ceilings, as far as the charter in force has them."""
    known = context.node.mechanism.charter.mandates
    return [
        MandateView(name, known[name].title, Precedence(known[name].ceiling).name) for name in names if name in known
    ]


def _signed_on(context: Context, answered: SignOnRequest, address: str) -> tuple[Session, bytes]:
    try:
        kid = bytes.fromhex(answered.kid)
    except ValueError:
        kid = b""
    if len(kid) != KID_BYTES:
        raise BadInput("api.octets", "is not in its form", field="kid", rule=f"{KID_BYTES} bytes in hex")
    challenge = from_text("challenge", answered.challenge, CHALLENGE_BYTES)
    signature = from_text("signature", answered.signature, SIGNATURE_BYTES)
    try:
        return context.sign_on.sign_on(answered.position, kid, challenge, signature, address)
    except Refused:
        context.limits.failures.take(address)
        raise


def _view(context: Context, session: Session) -> SessionView:
    officer = context.sign_on.officer(session.position)
    if officer is None:
        raise not_signed_on()
    mechanism = context.node.mechanism
    return SessionView(
        mechanism.code(context.node.me), session.position, session.kid.hex(), mandate_views(context, officer.mandates),
        session.since_ms, session.seen_ms + context.sign_on.idle_ms,
    )  # fmt: skip
