"""Who asks. Everything is closed but what `is_open` names: a route that forgets to ask who comes is closed all the same.

* An officer, by the cookie of a session (see `sign_on`). Its name bears member and mechanism, since a browser sends the
  cookies of all ports of a host to each of them.
* A local caller, by ``Authorization: Bearer`` and the node's token (see `node.home.token`); compared in constant time.

Both may read everything and hand in signed statements, for it is the signature that decides. What is an officer's own
(`Officer`: drafts, the session), a registrar's (`Registrar`: invitations) or an administrator's (`LocalOnly`: reopening) says so
in its route.

In a drill of an exercise the page of the record is open too: a demonstration shows it to whoever is at this machine.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from parley.api.context import Context, Ctx
from parley.api.octets import from_text
from parley.api.problems import problem
from parley.api.sign_on import SECRET_BYTES, Session
from parley.errors import BadInput, Refused

OPEN_PATHS = frozenset({
    "/", "/healthz", "/readyz", "/docs", "/api/v1/openapi.json", "/api/v1/session", "/api/v1/session/challenge",
})  # fmt: skip
OPEN_FOLDERS = ("/docs/", "/api/v1/invitations/by-token/")
LIMITED_BY_ROUTE = "/api/v1/statements"
RECORD_PAGE = "/record"


@dataclass(frozen=True, slots=True)
class Local:
    """Who shows the node's token."""


Caller = Local | Session


class Access:
    """See the module. `files`: paths of the floor's page, open to all."""

    def __init__(self, app: ASGIApp, context: Context, files: frozenset[str]) -> None:
        self._app = app
        self._context = context
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through if its caller may ask for that path."""
        if scope["type"] in ("http", "websocket"):
            connection = HTTPConnection(scope)
            caller = scope.setdefault("state", {})["caller"] = self._caller(connection)
            try:
                self._limit(connection, caller)
                if caller is None and not self._is_open(scope["path"]):
                    raise not_signed_on()
            except Refused as refused:
                await problem(refused)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _caller(self, connection: HTTPConnection) -> Caller | None:
        scheme, _, given = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._context.token.encode()):
            return Local()
        cookie = connection.cookies.get(cookie_name(self._context))
        try:
            secret = from_text("cookie", cookie or "", SECRET_BYTES)
        except BadInput:
            return None
        return self._context.sign_on.session(secret)

    def _is_open(self, path: str) -> bool:
        if path == RECORD_PAGE:
            return self._context.drill and self._context.node.mechanism.banner is not None
        return path in OPEN_PATHS or path in self._files or path.startswith(OPEN_FOLDERS)

    def _limit(self, connection: HTTPConnection, caller: Caller | None) -> None:
        if caller is None or connection.scope["path"] != LIMITED_BY_ROUTE:
            limit(self._context, connection, caller)


def limit(context: Context, connection: HTTPConnection, caller: Caller | None) -> None:
    """Count one request.

    Raises:
        Refused: code ``api.rate``.
    """
    match caller:
        case None:
            context.limits.address.take(address_of(connection))
        case Session(name):
            context.limits.session.take(name)


def not_signed_on() -> Refused:
    """Nobody is signed on under this request."""
    return Refused("session.none", "nobody is signed on here", rule="sign on at the node's page, or show its token")


def cookie_name(context: Context) -> str:
    """The cookie of this node's sessions."""
    mechanism = context.node.mechanism
    return f"parley_{mechanism.code(context.node.me)}_{mechanism.digest.hex()[:8]}"


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from."""
    return connection.client.host if connection.client is not None else ""


def caller_of(connection: HTTPConnection) -> Caller | None:
    """Who asks, if anybody is known."""
    caller: Caller | None = connection.state.caller
    return caller


def officer_of(connection: HTTPConnection) -> Session:
    """The officer who asks.

    Raises:
        Refused: code ``session.none``, or ``api.officers-only`` for a local caller.
    """
    match caller_of(connection):
        case Session() as session:
            return session
        case Local():
            raise Refused(
                "api.officers-only", "this is for officers who are signed on", rule="sign on at the node's page"
            )
    raise not_signed_on()


def local_only(connection: HTTPConnection) -> None:
    """Let only a local caller through.

    Raises:
        Refused: code ``api.local-only``.
    """
    if not isinstance(caller_of(connection), Local):
        raise Refused("api.local-only", "this is for commands on the node's machine", rule="use `parley`")


def registrar_of(connection: HTTPConnection, context: Ctx) -> str | None:
    """The position of the registrar on duty who asks; None for a local caller.

    Raises:
        Refused: code ``session.none``, or ``api.registrars-only`` for any other officer.
    """
    match caller_of(connection):
        case Local():
            return None
        case Session() as session if context.invitations.may_invite(session.position):
            return session.position
        case Session():
            raise Refused("api.registrars-only", "this is for registrars on duty", rule="the charter says who they are")
    raise not_signed_on()


Officer = Annotated[Session, Depends(officer_of)]
Registrar = Annotated[str | None, Depends(registrar_of)]
LocalOnly = Depends(local_only)
