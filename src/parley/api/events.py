"""Live events: one WebSocket a tab, ``/api/v1/events?epoch=…&since=…``, JSON text messages both ways.

| from the node | says |
| --- | --- |
| ``hello`` | first: the hub's `epoch`, the number of the last message before, whether the tab misses nothing (`resumed`) |
| ``reset`` | after a ``hello`` where the tab asked to resume and cannot: read the views anew |
| ``beat`` | every `BEAT_S`: the line is alive, and what the node's clock says |
| ``session`` | last: the session ended, and why; sign on again |
| others | see `news`, and what else is published on the hub |

A tab sends ``{"type": "beat"}`` at least every `BEAT_S` and ``{"type": "active"}`` when its officer did something, at most once
a minute: a beat keeps the line, activity keeps the session. Messages of the hub are numbered; ``hello``, ``reset``, ``beat`` and
``session`` bear the number of the last one.

| close code | means |
| --- | --- |
| 1012 | the node stops: come back and resume |
| 1013 | too many tabs |
| 4001 | the session ended |
| 4002 | the tab sent what is no message |
| 4008 | nothing was heard of the tab for `SILENT_S` |
| 4009 | the tab fell behind: come back and resume |

A tab that is refused at the door (not signed on, not the node's own page) is not opened at all: ask who is signed on.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, WebSocket, WebSocketDisconnect

from parley.api.access import caller_of
from parley.api.context import Context, Ctx
from parley.api.sign_on import Session
from parley.node.hub import Ending, EventHub, Joined, Message, Tab

BEAT_S = 15.0
SILENT_S = 45.0
MAX_MESSAGE_CHARS = 256
FULL = Ending(1013, "too many tabs")
SESSION_ENDED = 4001
MALFORMED = Ending(4002, "not a message")
SILENT = Ending(4008, "not heard")

router = APIRouter()


@router.websocket("/api/v1/events")
async def events(
    socket: WebSocket, context: Ctx, epoch: Annotated[str | None, Query(max_length=64)] = None, since: Annotated[int | None, Query(ge=0)] = None
) -> None:  # fmt: skip
    """Tell one tab what happens, until it or the node ends it."""
    await socket.accept()
    joined = context.hub.join(epoch, since)
    if joined is None:
        await socket.close(FULL.code, FULL.reason)
        return
    session = caller_of(socket)
    try:
        await _greet(socket, context.hub, joined, asked=since is not None)
        with suppress(WebSocketDisconnect):
            await _Talk(socket, context, joined.tab, session if isinstance(session, Session) else None).run()
    finally:
        context.hub.leave(joined.tab)


class _Talk:
    """One tab's talk: what it says is read, and what waits for it is sent, until either ends."""

    def __init__(self, socket: WebSocket, context: Context, tab: Tab, session: Session | None) -> None:
        self._socket = socket
        self._context = context
        self._tab = tab
        self._session = session
        self._ticket = 0

    async def run(self) -> None:
        """Talk. The presence of the session's position lasts as long."""
        presence, session, now_ms = self._context.node.presence, self._session, self._context.node.now_ms
        if session is not None:
            session.at_end.append(self._session_ended)
            self._ticket = presence.came(session.position, now_ms())
        tasks = [asyncio.create_task(one) for one in (self._hear(), self._send(), self._beat())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            answers = await asyncio.gather(*tasks, return_exceptions=True)
            if session is not None:
                presence.went(self._ticket)
                session.at_end.remove(self._session_ended)
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        ending = self._tab.ending
        if ending is not None:
            await self._socket.close(ending.code, ending.reason)

    async def _hear(self) -> None:
        while self._tab.ending is None:
            try:
                text = await asyncio.wait_for(self._socket.receive_text(), SILENT_S)
            except TimeoutError:
                self._tab.end(SILENT)
                return
            except KeyError:  # bytes, where text is due
                text = ""
            self._take(text)

    def _take(self, text: str) -> None:
        kind = _kind(text)
        if kind not in ("beat", "active"):
            self._tab.end(MALFORMED)
        elif self._session is not None:
            now = self._context.node.now_ms()
            self._context.node.presence.heard(self._ticket, now)
            if kind == "active":
                self._session.seen_ms = now

    async def _send(self) -> None:
        while (message := await self._tab.next()) is not None:
            await self._socket.send_text(message.text)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            if self._session is not None:
                self._context.sign_on.lasts(self._session)  # an idle one is ended by asking
            self._tab.put(Message(self._context.hub.seq, "beat", {"at_ms": self._context.node.now_ms()}))

    def _session_ended(self, reason: str) -> None:
        last = Message(self._context.hub.seq, "session", {"ended": reason})
        self._tab.end(Ending(SESSION_ENDED, "session ended"), last)


async def _greet(socket: WebSocket, hub: EventHub, joined: Joined, *, asked: bool) -> None:
    hello = Message(joined.seq, "hello", {"epoch": hub.epoch, "resumed": joined.resumed})
    await socket.send_text(hello.text)
    if asked and not joined.resumed:
        await socket.send_text(Message(joined.seq, "reset", {}).text)


def _kind(text: str) -> str:
    try:
        value = json.loads(text) if len(text) <= MAX_MESSAGE_CHARS else None
    except ValueError:
        return ""
    return str(value.get("type")) if isinstance(value, dict) else ""
