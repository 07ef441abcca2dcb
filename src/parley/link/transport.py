"""The two ends of a line: `LinkServer` takes calls, `Dialer` makes them, again and again, with jittered back-off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from parley.errors import Misconfigured
from parley.link.connection import Connection
from parley.link.links import Links
from parley.record.ids import MemberOrdinal

CONNECT_LIMIT_S = 10.0
STABLE_S = 15.0
BACKLOG = 64


@dataclass(frozen=True, slots=True)
class BackOff:
    """Seconds between calls: doubling from `first_s` to `limit_s`, each drawn from its upper half."""

    first_s: float = 0.2
    limit_s: float = 15.0

    def delay_s(self, failures: int, draw: float) -> float:
        """The pause after so many failures in a row; `draw` is random, 0 to 1."""
        return min(self.limit_s, self.first_s * 2.0 ** min(failures, 32)) * (0.5 + draw / 2)


class LinkServer:
    """Takes calls at `host` and `port` (0: any free one)."""

    def __init__(self, links: Links, host: str, port: int) -> None:
        self._links = links
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen; the port.

        Raises:
            Misconfigured: the address cannot be had (code ``link.address``).
        """
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                lambda: Connection(self._links, None), self._host, self._port, backlog=BACKLOG
            )
        except OSError as error:
            reason = f"cannot listen on {self._host} port {self._port}: {error.strerror}"
            raise Misconfigured("link.address", reason, field="listen") from error
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Take no more calls; sessions that are open stay."""
        if self._server is not None:
            self._server.close()
            self._server = None


class Dialer:
    """Calls `peer` at `host` and `port` whenever there is no session with it.

    A session that held for `STABLE_S` resets the back-off; one that ended sooner counts as a failure, so that two
    nodes which cut each other off do not do so many times a second.

    Attributes:
        failures: calls in a row that led to no lasting session.
        last_fault: why the last one failed or ended, for people; None before the first.
    """

    def __init__(
        self,
        links: Links,
        peer: MemberOrdinal,
        host: str,
        port: int,
        random: Callable[[], float],
        back_off: BackOff | None = None,
    ) -> None:
        self.peer = peer
        self.failures = 0
        self.last_fault: str | None = None
        self._links = links
        self._host = host
        self._port = port
        self._random = random
        self._back_off = back_off or BackOff()
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()

    def start(self) -> None:
        """Begin to call."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    def wake(self) -> None:
        """Do not wait out the back-off."""
        self._woken.set()

    async def stop(self) -> None:
        """Call no more; a session that is open stays."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _run(self) -> None:
        while True:
            await self._links.wanted(self.peer)
            connection = await self._call()
            lasted_s = 0.0
            if connection is not None:
                await asyncio.wait([connection.ended])
                if connection.peer is not None:
                    lasted_s = asyncio.get_running_loop().time() - connection.opened_s
                if connection.end is not None:
                    self.last_fault = f"{connection.end.reason} [{connection.end.code}]"
            self.failures = 0 if lasted_s >= STABLE_S else self.failures + 1
            await self._rest()

    async def _call(self) -> Connection | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_LIMIT_S):
                _, connection = await loop.create_connection(
                    lambda: Connection(self._links, self.peer), self._host, self._port
                )
        except OSError as error:
            self.last_fault = error.strerror or str(error) or type(error).__name__
            return None
        return connection

    async def _rest(self) -> None:
        self._woken.clear()
        try:
            async with asyncio.timeout(self._back_off.delay_s(self.failures, self._random())):
                await self._woken.wait()
        except TimeoutError:
            pass
