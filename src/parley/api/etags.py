"""Weak ETags (RFC 9110 §8.8.3) on every JSON view: who asks again with ``If-None-Match`` gets 304 where it is still the same.

The tag is a digest of what would be sent, so no view need know what it depends on.
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = "application/json"
TAG_CHARS = 32


class ETags:
    """See the module."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that nothing changed."""
        if scope["type"] == "http" and scope["method"] == "GET":
            await self._app(scope, receive, _Tagging(Headers(scope=scope).get("if-none-match", ""), send))
        else:
            await self._app(scope, receive, send)


class _Tagging:
    """Holds a JSON answer back until it is whole, and lets everything else through."""

    def __init__(self, known: str, send: Send) -> None:
        self._known = known
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        """Take what the route sends."""
        if message["type"] == "http.response.start" and _is_view(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._answer(self._start)

    async def _answer(self, start: Message) -> None:
        tag = f'W/"{hashlib.sha256(self._body).hexdigest()[:TAG_CHARS]}"'
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        if tag in (one.strip() for one in self._known.split(",")):
            start["status"] = 304
            for name in ("content-length", "content-type"):
                del headers[name]
            self._body.clear()
        await self._send(start)
        await self._send({"type": "http.response.body", "body": bytes(self._body)})


def _is_view(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and headers.get("content-type") == JSON and "etag" not in headers
