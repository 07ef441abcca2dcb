"""A TCP relay that counts what passes, independent of the code under test, and can go down like a cable.

It reads TLS record headers (RFC 8446 §5.1) only to count records; it holds no key and changes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Count:
    """One direction: total bytes of TCP payload, and the sizes of the TLS records in it, headers included."""

    total: int = 0
    records: list[int] = field(default_factory=list)
    _rest: bytes = b""

    def add(self, data: bytes) -> None:
        self.total += len(data)
        rest = self._rest + data
        while len(rest) >= 5 and len(rest) >= (size := 5 + int.from_bytes(rest[3:5], "big")):
            self.records.append(size)
            rest = rest[size:]
        self._rest = rest


class CountingRelay:
    """Relays every connection to `port` here on to `target`; counts by direction since `reset`."""

    def __init__(self, target_host: str, target_port: int) -> None:
        self._target = (target_host, target_port)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._down = False
        self.port = 0
        self.connections = 0
        self.to_target = Count()
        self.from_target = Count()

    async def __aenter__(self) -> CountingRelay:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_exc: object) -> None:
        assert self._server is not None
        self._server.close()
        self.break_line()
        await asyncio.sleep(0)

    def reset(self) -> None:
        """Count from zero."""
        self.to_target, self.from_target = Count(), Count()

    def break_line(self) -> None:
        """Drop all connections, and all that come, until `mend_line`."""
        self._down = True
        for writer in list(self._writers):
            writer.transport.abort()

    def mend_line(self) -> None:
        """Relay again."""
        self._down = False

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self._down:
            writer.transport.abort()
            return
        try:
            onward_reader, onward_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, onward_writer}
        await asyncio.gather(
            self._pipe(reader, onward_writer, forward=True), self._pipe(onward_reader, writer, forward=False)
        )

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, forward: bool) -> None:
        try:
            while data := await reader.read(65536):
                (self.to_target if forward else self.from_target).add(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.close()
