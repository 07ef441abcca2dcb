"""What stands before every request, since a browser on this machine also runs pages of strangers.

* `Host` must name this machine: a page of a stranger whose name is made to resolve to 127.0.0.1 reads nothing.
* Where a browser says whose page asks (`Origin`, `Sec-Fetch-Site`), everything under ``/api/``, every WebSocket and
  everything that changes something is for the node's own page alone. Another port of this machine is a stranger too.
* Every answer forbids scripts, frames and whatever would be loaded from elsewhere, and is kept nowhere, unless its route
  says otherwise. Bodies are bounded as they arrive.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.api.problems import problem
from parley.errors import BadInput, Refused

HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_PAGE: Final = frozenset({"same-origin", "none"})
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_STARTS = frozenset({"http.response.start", "websocket.http.response.start"})


class Guard:
    """See the module."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through if this node may be asked so."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] in _STARTS:
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        fault = refusal(HTTPConnection(scope))
        await (self._app if fault is None else problem(fault))(scope, receive, guarded)


def refusal(connection: HTTPConnection) -> Refused | None:
    """Why a request or WebSocket is not served, or None."""
    host = connection.headers.get("host", "")
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    if name not in HOSTS:
        return Refused("api.host", "this API answers on this machine only", field="Host", rule="ask for 127.0.0.1")
    if not _is_for_own_page(connection):
        return None
    origin = connection.headers.get("origin")
    site = connection.headers.get("sec-fetch-site")
    if (origin is not None and origin != own_origin(connection)) or (site is not None and site not in OWN_PAGE):
        return Refused("api.origin", "no other web page may ask here", field="Origin", rule="open the node's own page")
    return None


def own_origin(connection: HTTPConnection) -> str:
    """The origin of the node's own page, as this request names the node."""
    scheme = "https" if is_encrypted(connection) else "http"
    return f"{scheme}://{connection.headers.get('host', '')}"


def is_encrypted(connection: HTTPConnection) -> bool:
    """Whether it came over TLS."""
    return connection.scope.get("scheme") in ("https", "wss")


async def bounded_body(request: Request, most: int) -> bytes:
    """The body of a request, at most `most` bytes.

    Raises:
        BadInput: code ``api.oversized``; the rest is not read.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise BadInput("api.oversized", f"is more than {most} bytes", field="body")
    return bytes(body)


def _is_for_own_page(connection: HTTPConnection) -> bool:
    if connection.scope["type"] == "websocket" or connection.scope["method"] not in SAFE_METHODS:
        return True
    return str(connection.scope["path"]).startswith("/api/")
