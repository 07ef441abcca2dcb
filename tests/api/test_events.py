"""Live events over real sockets: in order, resumed without a gap, to signed-on pages of this node alone."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from parley.api import events
from parley.cli.stage import Stage, free_ports
from parley.node import hub
from tests.api.conftest import STATEMENTS, Desk, running
from tests.api.test_app import registrar


@dataclass(slots=True)
class Live:
    """A desk whose API is served on a port of this machine."""

    desk: Desk
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.desk.context.token}"}

    async def officer(self, position: str | None = None) -> tuple[str, dict[str, str], httpx.AsyncClient]:
        """A position signed on, and what its browser shows."""
        where = position or f"duty-{os.urandom(3).hex()}"
        client = await self.desk.sign_on(where, await self.desk.enrol(where))
        (name, value), = client.cookies.items()  # fmt: skip
        return where, {"Cookie": f"{name}={value}"}, client

    def tab(self, shown: dict[str, str] | None = None, *, origin: str | None = None, query: str = "") -> connect:
        """A tab of the node's own page, or of another's."""
        return connect(
            f"ws://127.0.0.1:{self.port}/api/v1/events{query}", origin=origin or self.origin,  # type: ignore[arg-type]
            additional_headers=self.token() if shown is None else shown, proxy=None,
        )  # fmt: skip


Body = Callable[[Live], Awaitable[None]]


@asynccontextmanager
async def served(desk: Desk) -> AsyncIterator[Live]:
    (port,) = free_ports(1)
    config = uvicorn.Config(
        desk.app, host="127.0.0.1", port=port, log_level="critical", lifespan="off", ws_ping_interval=None, ws_max_size=4096,
        proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield Live(desk, port)
    finally:
        desk.context.hub.close()
        server.should_exit = True
        await serving


@pytest.fixture
def live(stage: Stage) -> Callable[[Body], None]:
    def run(body: Body) -> None:
        async def main() -> None:
            async with running(stage) as desk, served(desk) as found:
                await asyncio.wait_for(body(found), 20)

        asyncio.run(main())

    return run


async def heard(tab: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of a type."""
    while True:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(tab.recv(), 5))
        if message["type"] == kind:
            return message


async def closed(tab: ClientConnection) -> int | None:
    """The code with which the node ends a tab."""
    while True:
        try:
            await asyncio.wait_for(tab.recv(), 5)
        except ConnectionClosed:
            return tab.close_code


def test_a_tab_is_greeted_and_told_what_becomes_durable(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        async with found.tab() as tab:
            hello = await heard(tab, "hello")
            assert (hello["epoch"], hello["resumed"]) == (found.desk.context.hub.epoch, False)
            posted = (await found.desk.admin.post(STATEMENTS, content=registrar(found.desk))).json()
            entry = await heard(tab, "entry")
            assert (entry["reference"], entry["kind"], entry["author"], entry["own"], entry["case"]) == (
                posted["reference"], "directory.registrar", "ISR/root", True, None,
            )  # fmt: skip
            assert entry["seq"] > hello["seq"]

    live(body)


def test_a_tab_that_was_away_misses_nothing_and_hears_nothing_twice(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        async with found.tab() as tab:
            hello = await heard(tab, "hello")
            await found.desk.admin.post(STATEMENTS, content=registrar(found.desk))
            last = (await heard(tab, "entry"))["seq"]
        for _ in range(3):
            await found.desk.admin.post(STATEMENTS, content=registrar(found.desk))
        async with found.tab(query=f"?epoch={hello['epoch']}&since={last}") as tab:
            assert (await heard(tab, "hello"))["resumed"]
            await found.desk.admin.post(STATEMENTS, content=registrar(found.desk))
            numbers = [(await heard(tab, "entry"))["seq"] for _ in range(4)]
            assert numbers == sorted(set(numbers))
            assert numbers[0] > last

    live(body)


def test_a_tab_that_cannot_resume_is_told_to_read_anew(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        for query in ("?epoch=another&since=0", "?since=99999"):
            async with found.tab(query=query) as tab:
                assert not (await heard(tab, "hello"))["resumed"]
                await heard(tab, "reset")

    live(body)


def test_a_strangers_page_gets_no_socket_though_the_browser_shows_the_cookie(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        _, cookie, _ = await found.officer()
        for origin in ("https://evil.example", "http://127.0.0.1:1", "http://localhost", "null"):
            for shown in (cookie, found.token()):
                with pytest.raises(InvalidStatus) as refused:
                    async with found.tab(shown, origin=origin):
                        pass
                assert refused.value.response.status_code == 403, origin
        assert found.desk.node.presence.signed_on() == ()

    live(body)


def test_whoever_is_not_signed_on_gets_no_socket(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        for shown in ({}, {"Cookie": "parley_ISR_00000000=x"}, {"Authorization": "Bearer x"}):
            with pytest.raises(InvalidStatus) as refused:
                async with found.tab(shown):
                    pass
            assert refused.value.response.status_code == 401

    live(body)


def test_a_position_is_present_while_its_tab_is_and_a_local_caller_never_is(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        where, cookie, _ = await found.officer()
        presence = found.desk.node.presence
        async with found.tab(cookie) as tab, found.tab():
            await heard(tab, "hello")
            await asyncio.sleep(0.05)
            (signed_on,) = presence.signed_on()
            assert (signed_on.position, signed_on.mandates) == (where, ("watch",))
            await asyncio.sleep(0.01)
            await tab.send('{"type":"beat"}')
            await asyncio.sleep(0.05)
            assert presence.signed_on()[0].seen_ms > signed_on.seen_ms
        await asyncio.sleep(0.05)
        assert presence.signed_on() == ()

    live(body)


def test_a_session_that_ends_takes_its_tabs_with_it_and_no_others(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        _, cookie, client = await found.officer()
        async with found.tab(cookie) as tab, found.tab(cookie) as second, found.tab() as other:
            for one in (tab, second, other):
                await heard(one, "hello")
            assert (await client.delete("/api/v1/session")).status_code == 204
            for one in (tab, second):
                assert (await heard(one, "session"))["ended"] == "left"
                assert await closed(one) == 4001
            await found.desk.admin.post(STATEMENTS, content=registrar(found.desk))
            await heard(other, "entry")

    live(body)


def test_activity_keeps_a_session_and_a_beat_does_not(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        _, cookie, _ = await found.officer()
        async with found.tab(cookie) as tab:
            await heard(tab, "hello")
            (session,) = found.desk.context.sign_on._sessions.values()
            session.seen_ms = 5
            await tab.send('{"type":"beat"}')
            await asyncio.sleep(0.05)
            assert session.seen_ms == 5
            await tab.send('{"type":"active"}')
            await asyncio.sleep(0.05)
            assert session.seen_ms > 5

    live(body)


def test_an_idle_officer_is_signed_off_though_the_tab_stays_open(
    live: Callable[[Body], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BEAT_S", 0.05)

    async def body(found: Live) -> None:
        _, cookie, _ = await found.officer()
        async with found.tab(cookie) as tab:
            assert (await heard(tab, "beat"))["at_ms"] > 0
            (session,) = found.desk.context.sign_on._sessions.values()
            session.seen_ms = 5
            assert (await heard(tab, "session"))["ended"] == "idle"
            assert await closed(tab) == 4001

    live(body)


def test_a_tab_that_is_not_heard_is_ended(live: Callable[[Body], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "SILENT_S", 0.1)

    async def body(found: Live) -> None:
        async with found.tab() as tab:
            assert await closed(tab) == 4008

    live(body)


def test_a_tab_that_sends_what_is_no_message_is_ended(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        for said in ("", "x", "[]", "{}", '{"type":"entry"}', '{"type":"beat"' + " " * 300 + "}", b"\x00"):
            async with found.tab() as tab:
                await tab.send(said)
                assert await closed(tab) == 4002, said

    live(body)


def test_a_message_that_never_ends_is_not_taken_in(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        async with found.tab() as tab:
            await tab.send("x" * 10_000)
            assert await closed(tab) == 1009

    live(body)


def test_a_tab_that_falls_behind_is_ended_and_resumes_without_a_gap(
    live: Callable[[Body], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(found: Live) -> None:
        of = found.desk.context.hub
        async with found.tab() as tab:
            hello = await heard(tab, "hello")
            for n in range(hub.TAB_MESSAGES + 5):
                of.publish("test", {"n": n})
            assert await closed(tab) == 4009
        async with found.tab(query=f"?epoch={of.epoch}&since={hello['seq']}") as tab:
            told = [(await heard(tab, "test"))["n"] for _ in range(hub.TAB_MESSAGES + 5)]
            assert told == list(range(hub.TAB_MESSAGES + 5))

    live(body)


def test_no_more_tabs_are_taken_than_there_is_room_for(
    live: Callable[[Body], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "MAX_TABS", 1)

    async def body(found: Live) -> None:
        async with found.tab() as first, found.tab() as second:
            await heard(first, "hello")
            assert await closed(second) == 1013

    live(body)


def test_a_draft_is_told_of_to_the_other_officers(live: Callable[[Body], None]) -> None:
    async def body(found: Live) -> None:
        _, cookie, client = await found.officer()
        async with found.tab(cookie) as tab:
            await heard(tab, "hello")
            made = (await client.post("/api/v1/drafts", json={"kind": "message", "channel": "line"})).json()
            told = await heard(tab, "draft")
            assert (told["id"], told["version"], told["state"]) == (made["id"], 1, "draft")
            await client.delete(f"/api/v1/drafts/{made['id']}", headers={"If-Match": '"1"'})
            assert (await heard(tab, "draft"))["state"] is None

    live(body)


def test_a_node_that_stops_ends_its_tabs_so_that_they_come_back(stage: Stage) -> None:
    async def main() -> None:
        async with running(stage) as desk:
            async with served(desk) as found:
                tab = await found.tab()
                await heard(tab, "hello")
                begin = time.monotonic()
            assert await closed(tab) == 1012
            assert time.monotonic() - begin < 3

    asyncio.run(main())
