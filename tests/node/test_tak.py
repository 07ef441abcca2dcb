"""TAK screens: fed by a signed entry and not by a setting; own notices, STOPs and areas to avoid; stale when they are over."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import takproto

from bench.cell import Cell
from parley.errors import Misconfigured
from parley.geo.notice import Activity, Notice, Phase
from parley.node.home.home import TakAddress, format_settings, parse_settings
from parley.node.tak import MAX_SHOWN, TakSender
from tests.changed import replace
from tests.exchange.notices import HOUR, NOON, OUTLINES, notice
from tests.node.cells import RunningCell, running_cell

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of what it could do with more packages
    import pytak

HERE = "127.0.0.1"
QUIET_S = 0.5


class Screen:
    """A receiver on loopback: every event that came, in order."""

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.address = (HERE, 0)

    def uids(self) -> list[str]:
        return [str(ElementTree.fromstring(event).get("uid")) for event in self.events]

    def last(self, uid: str) -> ElementTree.Element:
        return [one for one in map(ElementTree.fromstring, self.events) if one.get("uid") == uid][-1]

    def is_stale(self, uid: str) -> bool:
        """As pytak and takproto read it: whether its stale time has come."""
        message = takproto.parse_proto(takproto.xml2proto(ElementTree.tostring(self.last(uid)).decode()))
        return bool(message.cotEvent.staleTime <= message.cotEvent.sendTime)


@contextmanager
def udp_screen() -> Iterator[Screen]:
    screen = Screen()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind((HERE, 0))
        receiver.settimeout(0.05)
        screen.address = receiver.getsockname()
        over = threading.Event()

        def receive() -> None:
            while not over.is_set():
                try:
                    screen.events.append(receiver.recv(65_535))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=receive)
        thread.start()
        try:
            yield screen
        finally:
            over.set()
            thread.join()


@contextmanager
def tcp_screen(port: int = 0) -> Iterator[Screen]:
    """A TAK server's port, read by pytak's own receiver."""
    screen, started, loop = Screen(), threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(one_line, HERE, port)
        screen.address = server.sockets[0].getsockname()
        started.set()
        await over.wait()
        server.close()
        for writer in writers:
            writer.close()
        await asyncio.sleep(0.1)  # for the lines to end

    writers: list[asyncio.StreamWriter] = []

    async def one_line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        worker = _Receiver(asyncio.Queue(), {}, reader)
        while (data := await worker.readcot()) is not None:
            screen.events.append(data)

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield screen
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


class _Receiver(pytak.RXWorker):  # type: ignore[misc, name-defined]
    """pytak's receiver, for its way of reading a stream."""

    async def handle_data(self, data: bytes) -> None:
        """Nothing is handled here."""


def fed(screen: Screen, transport: str = "udp") -> Callable[[Cell], None]:
    """Have every node's settings name the screen."""

    def prepare(cell: Cell) -> None:
        for n in range(3):
            file = cell.home(n).settings_file
            host, port = screen.address
            file.write_text(
                file.read_text("utf-8") + f'\n[tak]\naddress = "{host}:{port}"\ntransport = "{transport}"\n', "utf-8"
            )

    return prepare


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def filed(hours: int = 2, east: int = 0, **more: Any) -> dict[str, Any]:
    start = int(time.time() * 1000) + hours * HOUR
    area = {"circle": [331_254_000, 358_012_000 + east * 10_000_000, 2_000]}
    volumes = [{"area": area, "start": start, "end": start + HOUR}]
    return {"activity": "sea", "volumes": volumes, "unit": "E-3", "intent": "SIMULATION", "lang": "en", **more}


def uid(reference: str, volume: int = 0) -> str:
    return f"parley.{reference.replace(' ', '-')}.{volume}"


def told(cell: RunningCell) -> tuple[bool, str | None]:
    """What the first node's status says of it."""
    tak = cell.nodes[0].status().tak
    assert tak is not None
    assert tak.address.startswith(("udp 127.0.0.1:", "tcp 127.0.0.1:"))
    return tak.on, tak.fault


async def say(
    cell: RunningCell, n: int, kind: str, content: dict[str, Any], mandate: str = "release", **more: Any
) -> str:
    channel = "line" if kind in ("stop", "lift") else "de-escalation"
    return await cell.say(n, kind, content, channel=channel, mandate=mandate, **more)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_only_a_signed_entry_switches_it_on_and_only_what_is_ours_to_show_goes_out(
    transport: str, tmp_path: Path
) -> None:
    async def body(screen: Screen) -> None:
        async with running_cell(tmp_path, prepare=fed(screen, transport)) as cell:
            before = await say(cell, 0, "notice", filed())
            theirs = await say(cell, 1, "notice", filed(east=1))
            await cell.until(lambda: cell.case(0, theirs).state == "filed", "the other's notice")
            await asyncio.sleep(QUIET_S)
            assert screen.events == [], "a setting alone sends nothing"
            assert told(cell) == (False, None)

            switched = await say(cell, 0, "tak-on", {})
            await cell.until(lambda: uid(before) in screen.uids(), "what stood already")
            assert told(cell) == (True, None)
            moved = await say(cell, 0, "correction", filed(hours=5), case=before, about=[before])
            assert moved
            start = (cell.case(0, before).current().content or {})["volumes"]
            assert start
            await cell.until(lambda: len(screen.events) >= 2, "the corrected notice")
            stop = await say(
                cell, 1, "stop",
                {"area": {"circle": [331_254_000, 361_012_000, 900]}, "activity": "fire", "until": int(time.time() * 1000) + HOUR},
                precedence="FLASH",
            )  # fmt: skip
            await cell.until(lambda: uid(stop) in screen.uids(), "another's STOP")
            avoid = filed(east=2) | {"zone": "protected-site", "members": ["SYR"], "terms": "SIMULATION"}
            zone = {name: avoid[name] for name in ("zone", "members", "terms", "volumes", "lang")}
            site = await say(cell, 0, "zone", zone)
            await cell.until(lambda: cell.case(1, site).state == "proposed", "the zone at the other")
            assert uid(site) not in screen.uids(), "what is proposed is not in force"
            await say(cell, 1, "respond", {"answer": "confirmed"}, case=site, about=[site])
            await cell.until(lambda: uid(site) in screen.uids(), "a protected site in force")

            await say(cell, 0, "called-off", {}, case=before)
            await cell.until(lambda: screen.is_stale(uid(before)), "called off")
            assert not screen.is_stale(uid(stop))
            assert uid(theirs) not in screen.uids()
            assert {one.get("type", "")[:3] for one in map(ElementTree.fromstring, screen.events)} == {"a-n"}
            assert all(b"SIMULATION" in event for event in screen.events)

            await say(cell, 0, "tak-off", {}, case=switched)
            await cell.until(lambda: screen.is_stale(uid(stop)) and screen.is_stale(uid(site)), "all taken off")
            sent = len(screen.events)
            assert told(cell) == (False, None)
            await say(cell, 0, "notice", filed(east=1, hours=9))
            await asyncio.sleep(QUIET_S)
            assert len(screen.events) == sent, "nothing after it is switched off"

    with udp_screen() if transport == "udp" else tcp_screen() as screen:
        asyncio.run(body(screen))


def test_the_entry_holds_over_a_restart_and_another_members_entry_switches_nothing(tmp_path: Path) -> None:
    async def body(screen: Screen) -> None:
        async with running_cell(tmp_path, prepare=fed(screen)) as cell:
            await say(cell, 1, "tak-on", {})
            own = await say(cell, 0, "notice", filed())
            theirs = await say(cell, 1, "notice", filed(east=1))
            await cell.until(lambda: uid(theirs) in screen.uids(), "at the member that switched it on")
            await cell.until(lambda: cell.case(1, own).state == "filed", "the other's notice")
            await asyncio.sleep(QUIET_S)
            assert set(screen.uids()) == {uid(theirs)}
            screen.events.clear()
            from parley.node.runtime import Node

            await cell.nodes[1].stop()
            cell.nodes[1] = Node(cell.cell.home(1), cell.cell.secrets[1])
            await cell.nodes[1].start()
            await cell.until(lambda: screen.uids() == [uid(theirs)], "what stood before the stop")

    with udp_screen() as screen:
        asyncio.run(body(screen))


def test_an_officer_without_the_mandate_cannot_switch_it_on(tmp_path: Path) -> None:
    async def body(screen: Screen) -> None:
        async with running_cell(tmp_path, prepare=fed(screen)) as cell:
            await say(cell, 0, "notice", filed())
            with pytest.raises(Exception, match="mandate"):
                await say(cell, 0, "tak-on", {}, mandate="watch")
            await asyncio.sleep(QUIET_S)
            assert screen.events == []

    with udp_screen() as screen:
        asyncio.run(body(screen))


def shown(reference: str = "SYR 42", phase: Phase = Phase.PLANNED, *outlines: str) -> Notice:
    made = notice(*(OUTLINES[name] for name in outlines or ("circle",)), activity=Activity.SEA, phase=phase)
    return replace(made, reference=reference)


def test_what_stands_is_sent_again_and_volumes_that_are_gone_are_taken_off() -> None:
    with udp_screen() as screen:
        sender = TakSender(TakAddress(*screen.address), "SYR", lambda: NOON, again_s=0.3)
        try:
            sender.open()
            sender.want("SYR 42", shown("SYR 42", Phase.PLANNED, "circle", "polygon"))
            until(lambda: len(screen.events) >= 6, "sent again")
            sender.want("SYR 42", shown())
            until(lambda: screen.is_stale(uid("SYR 42", 1)), "the second volume is gone")
            assert not screen.is_stale(uid("SYR 42", 0))
            sent = datetime.strptime(str(screen.last(uid("SYR 42")).get("time")), pytak.ISO_8601_UTC)
            assert sent.year == 2027
        finally:
            sender.close()


def test_a_server_that_is_away_delays_nobody_and_gets_the_latest_when_it_is_back() -> None:
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    sender = TakSender(TakAddress(HERE, port, "tcp"), "SYR", lambda: NOON)
    try:
        sender.open()
        began = time.perf_counter()
        for number in range(MAX_SHOWN + 50):
            sender.want(f"SYR {number}", shown(f"SYR {number}"))
        sender.want("SYR 7", None)
        assert time.perf_counter() - began < 5
        assert len(sender._wanted) == MAX_SHOWN - 1
        until(lambda: sender.fault is not None, "the fault is told")
        with tcp_screen(port) as screen:
            until(lambda: len(set(screen.uids())) == MAX_SHOWN - 1, "all of the latest")
            assert uid("SYR 7") not in screen.uids()
            until(lambda: sender.fault is None, "the fault is over")
            sender.clear()
            until(lambda: screen.is_stale(uid("SYR 8")), "taken off")
    finally:
        sender.close()


def test_off_and_on_again_leaves_nothing_of_before() -> None:
    with udp_screen() as screen:
        sender = TakSender(TakAddress(*screen.address), "SYR", lambda: NOON)
        try:
            sender.open()
            sender.want("SYR 1", shown("SYR 1"))
            until(lambda: len(screen.events) == 1, "shown")
            sender.clear()
            sender.want("SYR 3", shown("SYR 3"))
            sender.open()
            sender.want("SYR 2", shown("SYR 2"))
            until(lambda: len(screen.events) == 3, "one taken off, one shown")
            assert screen.is_stale(uid("SYR 1"))
            assert uid("SYR 3") not in screen.uids()
        finally:
            sender.close()


def test_settings_name_an_address_and_a_way() -> None:
    text = 'code = "SYR"\nlisten = "0.0.0.0:1"\napi = "127.0.0.1:2"\n'
    assert parse_settings(text).tak is None
    assert parse_settings(text + '[tak]\naddress = "239.2.3.1:6969"').tak == TakAddress("239.2.3.1", 6969, "udp")
    over_tcp = parse_settings(text + '[tak]\naddress = "[::1]:8087"\ntransport = "tcp"')
    assert over_tcp.tak == TakAddress("::1", 8087, "tcp")
    assert parse_settings(format_settings(over_tcp)) == over_tcp
    for wrong, field in (
        ("tak = 1", "tak"), ('[tak]\naddress = "nowhere"', "tak.address"), ('[tak]\ntransport = "udp"', "tak.address"),
        ('[tak]\naddress = "a:1"\ntransport = "smtp"', "tak.transport"), ('[tak]\naddress = "a:1"\nport = 1', "tak"),
    ):  # fmt: skip
        with pytest.raises(Misconfigured) as caught:
            parse_settings(text + wrong)
        assert caught.value.field == field
