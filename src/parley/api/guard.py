"""What stands before every request, since a browser on this machine also runs pages of strangers.

* `Host` must name this machine: a page of a stranger whose name is made to resolve to 127.0.0.1 reads nothing.
* A request that changes something and bears an `Origin` comes from a page; there is none that may.
* Bodies are bounded as they arrive.
* Every answer forbids scripts, frames and whatever would be loaded from elsewhere, and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from parley.errors import BadInput, Refused

HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Answer = Callable[[Request], Awaitable[Response]]


def refusal(request: Request) -> Refused | None:
    """Why a request is not served, or None."""
    host = request.headers.get("host", "")
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    if name not in HOSTS:
        return Refused("api.host", "this API answers on this machine only", field="Host", rule="ask for 127.0.0.1")
    if request.method not in SAFE_METHODS and "origin" in request.headers:
        return Refused("api.origin", "no web page may change anything here", field="Origin")
    return None


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
