from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import pytest

from parley.errors import Misconfigured
from parley.link import links
from parley.link.frames import Doubt, Frame, Item, Push
from parley.link.links import Links, prefers_new
from parley.link.session import MAX_STEP_MS, PROBE_INTERVAL_MS, SILENCE_LIMIT_MS
from parley.link.transport import BackOff, Dialer, LinkServer
from tests.link.counting_relay import CountingRelay
from tests.link.members import Member, check_hello, member

QUICK = BackOff(first_s=0.02, limit_s=0.1)
AAA, BBB, CCC = member(0), member(1), member(2)


def run(test: Callable[[], Coroutine[None, None, None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(20):
            await test()

    asyncio.run(bounded())


async def until(condition: Callable[[], object]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []
        self.answer: Callable[[int, Frame], None] | None = None

    def greeted(self, peer: int) -> None:
        self.heard.append(("greeted", peer))

    def frame(self, peer: int, frame: Frame) -> None:
        self.heard.append(("frame", peer, frame))
        if self.answer is not None:
            self.answer(peer, frame)

    def closed(self, peer: int, code: str, _reason: str) -> None:
        self.heard.append(("closed", peer, code))

    def frames(self) -> list[Frame]:
        return [said[2] for said in self.heard if said[0] == "frame"]  # type: ignore[misc]


class Node:
    """Links, a server and dialers of one member."""

    def __init__(self, me: Member, others: list[Member], clock_ahead_ms: int = 0) -> None:
        self.ear = Ear()
        self.links = Links(
            me.speaks_to(others), self.ear, check_hello, lambda: int(time.time() * 1000) + clock_ahead_ms
        )
        self.server = LinkServer(self.links, "127.0.0.1", 0)
        self.dialers: list[Dialer] = []
        self.port = 0

    def dial(self, peer: int, port: int) -> Dialer:
        dialer = Dialer(self.links, peer, "127.0.0.1", port, random.Random(peer).random, QUICK)
        dialer.start()
        self.dialers.append(dialer)
        return dialer

    async def stop(self) -> None:
        for dialer in self.dialers:
            await dialer.stop()
        await self.server.stop()
        await self.links.stop()


@asynccontextmanager
async def nodes(*members: Member, **options: int) -> AsyncIterator[list[Node]]:
    made = [Node(me, [other for other in members if other is not me], **options) for me in members]
    for node in made:
        node.port = await node.server.start()
    try:
        yield made
    finally:
        for node in made:
            await node.stop()


def push(log: int, first: int, size: int = 100) -> Push:
    return Push(log, first, (Item(bytes(size), None, None),), bytes(64))


def test_two_nodes_greet_and_hear_each_other_in_order() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            a.dial(1, b.port)
            await until(lambda: a.links.connected() == [1] and b.links.connected() == [0])
            for number in range(50):
                assert a.links.send(1, push(0, number))
            assert b.links.send(0, Doubt(1, 2), urgent=True)
            await until(lambda: len(b.ear.frames()) == 50 and len(a.ear.frames()) == 1)
            assert b.ear.frames() == [push(0, number) for number in range(50)]
            assert a.ear.frames() == [Doubt(1, 2)]

    run(test)


def test_a_flash_push_is_one_tls_record_and_the_counters_tell_the_wire() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b), CountingRelay("127.0.0.1", b.port) as relay:
            a.dial(1, relay.port)
            await until(lambda: a.links.offset(1) and b.links.offset(0))
            before = a.links.traffic(1), b.links.traffic(0)
            relay.reset()
            a.links.send(1, push(0, 1, 700), urgent=True)
            await until(b.ear.frames)
            (record,) = relay.to_target.records
            assert relay.to_target.total == record == a.links.traffic(1).wire_out - before[0].wire_out
            assert b.links.traffic(0).wire_in - before[1].wire_in == record
            assert relay.from_target.total == 0

    run(test)


def test_frames_queued_together_share_one_record() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b), CountingRelay("127.0.0.1", b.port) as relay:
            a.dial(1, relay.port)
            await until(lambda: a.links.offset(1) and b.links.offset(0))
            relay.reset()
            for number in range(5):
                a.links.send(1, push(0, number))
            await until(lambda: len(b.ear.frames()) == 5)
            assert len(relay.to_target.records) == 1

    run(test)


def test_an_answer_given_in_a_callback_is_on_the_wire_before_the_loop_turns() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            b.ear.answer = lambda peer, _frame: assert_sent(b.links, peer)
            a.dial(1, b.port)
            await until(a.links.connected)
            a.links.send(1, Doubt(0, 1))
            await until(a.ear.frames)

    def assert_sent(links: Links, peer: int) -> None:
        assert links.send(peer, Doubt(5, 5))
        assert links.waiting(peer)[0] == 1
        asyncio.get_running_loop().call_soon(lambda: waiting.append(links.waiting(peer)[0]))

    waiting: list[int] = []
    run(test)
    assert waiting == [0]


def test_what_a_frame_from_one_peer_causes_for_another_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "TICK_S", 60)

    async def test() -> None:
        async with nodes(AAA, BBB, CCC) as (a, b, c):
            b.ear.answer = lambda _peer, frame: assert_relayed(b.links.send(2, frame, urgent=True))
            a.dial(1, b.port)
            c.dial(1, b.port)
            await until(lambda: a.links.connected() and b.links.connected() == [0, 2])
            a.links.send(1, push(0, 1))
            await until(c.ear.frames)

    def assert_relayed(sent: bool) -> None:
        assert sent

    run(test)


def test_when_both_have_dialled_one_line_remains_the_one_of_the_lower_ordinal() -> None:
    async def test() -> None:
        for _ in range(5):
            async with nodes(AAA, BBB) as (a, b):
                b.dial(0, a.port)
                a.dial(1, b.port)
                await until(lambda: a.links.connected() == [1] and b.links.connected() == [0])
                await asyncio.sleep(0.15)
                assert [len(node.links._all) for node in (a, b)] == [1, 1]
                a.links.send(1, Doubt(0, 1))
                b.links.send(0, Doubt(1, 1))
                await until(lambda: a.ear.frames() and b.ear.frames())
                for node in (a, b):
                    calls = [said[0] for said in node.ear.heard if said[0] != "frame"]
                    assert calls in (["greeted"], ["greeted", "closed", "greeted"])

    run(test)


@pytest.mark.parametrize("me", [0, 1])
def test_both_ends_choose_the_same_of_two_crossed_lines(me: int) -> None:
    peer = 1 - me
    for dialled_by_lower in (True, False):
        new_by_me = dialled_by_lower == (me < peer)
        assert (
            prefers_new(me=me, peer=peer, new_by_me=new_by_me, old_by_me=not new_by_me, old_age_s=0.1)
            is dialled_by_lower
        )
    assert prefers_new(me=me, peer=peer, new_by_me=True, old_by_me=True, old_age_s=0.1)
    assert prefers_new(me=me, peer=peer, new_by_me=False, old_by_me=True, old_age_s=60)


def test_a_cut_line_stays_down_in_both_directions_until_restored() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            a.dial(1, b.port)
            b.dial(0, a.port)
            await until(lambda: a.links.connected() and b.links.connected())
            a.links.cut(1)
            await until(lambda: not a.links.connected() and not b.links.connected())
            assert ("closed", 0, "link.cut") in b.ear.heard
            await asyncio.sleep(0.4)
            assert a.links.is_cut(1)
            assert (a.links.connected(), b.links.connected()) == ([], [])
            assert not a.links.send(1, Doubt(0, 1))
            a.links.restore(1)
            await until(lambda: a.links.connected() and b.links.connected())
            assert b.links.send(0, Doubt(0, 1))
            await until(a.ear.frames)

    run(test)


def test_a_line_that_goes_down_is_dialled_again() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b), CountingRelay("127.0.0.1", b.port) as relay:
            dialer = a.dial(1, relay.port)
            await until(lambda: a.links.connected() and b.links.connected())
            relay.break_line()
            await until(lambda: not a.links.connected() and not b.links.connected())
            await asyncio.sleep(0.3)
            assert dialer.failures > 1
            relay.mend_line()
            await until(lambda: a.links.connected() and b.links.connected())
            assert ("closed", 1, "link.lost") in a.ear.heard
            before = a.links.traffic(1)
            a.links.send(1, Doubt(0, 1))
            await until(b.ear.frames)
            assert a.links.traffic(1).wire_out > before.wire_out > 1000

    run(test)


def test_a_node_with_a_certificate_nobody_certified_gets_no_session() -> None:
    async def test() -> None:
        stranger = member(0, seed=77)
        async with nodes(AAA, BBB) as (_, b), nodes(stranger, BBB) as (s, _b):
            dialer = s.dial(1, b.port)
            await until(lambda: dialer.last_fault)
            assert "link.tls" in (dialer.last_fault or "")
            assert b.links.connected() == s.links.connected() == []
            assert b.ear.heard == s.ear.heard == []

    run(test)


def test_a_member_that_shows_anothers_hello_gets_no_session() -> None:
    """The HELLO must name the TLS certificate of the very connection it comes over."""

    async def test() -> None:
        async with nodes(AAA, BBB, CCC) as (_a, b, c):
            c.links.identity = CCC.speaks_to([AAA, BBB])
            object.__setattr__(c.links.identity, "hello", AAA.hello)
            dialer = c.dial(1, b.port)
            await until(lambda: dialer.failures > 1)
            assert "hello.certificate" in (dialer.last_fault or "")
            assert b.links.connected() == c.links.connected() == []

    run(test)


def test_a_withdrawn_certificate_ends_its_line_and_is_not_accepted_again() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            dialer = a.dial(1, b.port)
            await until(lambda: a.links.connected() and b.links.connected())
            b.links.renew(BBB.speaks_to([CCC]))
            await until(lambda: not a.links.connected() and not b.links.connected())
            assert ("closed", 1, "link.certificate") in a.ear.heard
            await until(lambda: dialer.last_fault)
            assert b.links.connected() == []

    run(test)


def test_a_clock_a_day_off_keeps_the_line_and_is_measured() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, _), nodes(AAA, BBB, clock_ahead_ms=86_400_000) as (_, b):
            a.dial(1, b.port)
            await until(lambda: a.links.offset(1))
            offset = a.links.offset(1)
            assert offset is not None
            assert abs(offset.offset_ms - 86_400_000) < 1000

    run(test)


def test_a_session_ended_from_within_a_callback_gives_no_more_frames_and_is_told_after_it_returns() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            depth: list[str] = []

            def hang_up(peer: int, _frame: Frame) -> None:
                depth.append("in")
                b.links.disconnect(peer, "link.test", "enough")
                assert b.ear.heard[-1][0] == "frame"
                depth.append("out")

            b.ear.answer = hang_up
            a.dial(1, b.port)
            await until(a.links.connected)
            a.links.send(1, Doubt(0, 1))
            a.links.send(1, Doubt(0, 2))
            await until(lambda: ("closed", 1, "link.test") in a.ear.heard)
            assert depth == ["in", "out"]
            assert ("closed", 0, "link.test") in b.ear.heard

    run(test)


def test_a_peer_that_does_not_read_fills_its_bounded_queue_and_a_flash_still_goes_first() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            a.dial(1, b.port)
            await until(lambda: a.links.connected() and b.links.connected())
            (line,) = b.links._all
            assert line._transport is not None
            line._transport.pause_reading()
            sent = 0
            while a.links.send(1, push(0, sent, 4000)):
                sent += 1
                if sent % 64 == 0:
                    await asyncio.sleep(0)
                assert sent < 20_000
            assert a.links.send(1, push(5, 0), urgent=True)
            line._transport.resume_reading()
            await until(lambda: len(b.ear.frames()) == sent + 1)
            order = [(frame.log, frame.first) for frame in b.ear.frames() if isinstance(frame, Push)]
            assert [first for log, first in order if log == 0] == list(range(sent))
            assert order.index((5, 0)) < sent - 3000

    run(test)


def test_garbage_callers_are_dropped_and_bounded() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            callers = [await asyncio.open_connection("127.0.0.1", b.port) for _ in range(80)]
            await asyncio.sleep(0.05)
            assert len(b.links._all) <= 64
            for _, writer in callers:
                writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await until(lambda: not b.links._all)
            for _, writer in callers:
                writer.close()
            a.dial(1, b.port)
            await until(lambda: a.links.connected() and b.links.connected())

    run(test)


def test_stopping_says_bye_and_takes_no_more_calls() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            a.dial(1, b.port)
            await until(lambda: a.links.connected() and b.links.connected())
            await b.links.stop()
            await until(lambda: ("closed", 1, "link.stopping") in a.ear.heard)
            await asyncio.sleep(0.2)
            assert a.links.connected() == []

    run(test)


def test_an_address_in_use_is_said_so() -> None:
    async def test() -> None:
        async with nodes(AAA, BBB) as (a, b):
            with pytest.raises(Misconfigured) as caught:
                await LinkServer(a.links, "127.0.0.1", b.port).start()
            assert caught.value.code == "link.address"

    run(test)


def test_the_back_off_doubles_from_a_fifth_of_a_second_to_fifteen_and_is_jittered() -> None:
    back_off = BackOff()
    assert [back_off.delay_s(n, 1.0) for n in (0, 1, 2, 3)] == [0.2, 0.4, 0.8, 1.6]
    assert back_off.delay_s(0, 0.0) == 0.1
    assert back_off.delay_s(1000, 1.0) == 15.0
    assert back_off.delay_s(1000, 0.0) == 7.5


def test_silence_is_noticed_after_the_keep_alive_had_its_chance() -> None:

    assert SILENCE_LIMIT_MS > 3 * PROBE_INTERVAL_MS
    assert PROBE_INTERVAL_MS > MAX_STEP_MS
