"""Running a node with its API: both begin and end together, and a signal ends them within a few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading

import uvicorn

from parley.api.app import compose
from parley.api.context import Context
from parley.errors import ParleyError
from parley.node.runtime import Node
from parley.node.sheets.gather import Gathering
from parley.node.sheets.hourly import Hourly, languages_of

STOP_LIMIT_S = 2
MAX_SOCKET_BYTES = 4096


class _Server(uvicorn.Server):
    """Signals are handled by `serve`, for the node must stop as well."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        """Leave them alone."""
        yield


async def serve(node: Node, *, drill: bool = False, until_eof: bool = False) -> BaseException | None:
    """Run `node` and its API until a signal or a fault; the fault, if it was one.

    Args:
        drill: as `make_app`.
        until_eof: stop as well when standard input ends, as it does with the process that holds its other end.
    """
    context = Context.of(node, drill=drill)
    await node.start()
    host, port = node.settings.api
    config = uvicorn.Config(
        compose(context), host=host, port=port, log_level="warning", access_log=False, lifespan="off", proxy_headers=False,
        server_header=False, ws_max_size=MAX_SOCKET_BYTES, ws_ping_interval=None, timeout_graceful_shutdown=STOP_LIMIT_S,
    )  # fmt: skip
    server = _Server(config)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if until_eof:
        threading.Thread(target=_at_eof, args=(loop, stop), daemon=True).start()
    hourly = asyncio.create_task(_hourly(context).run())
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    node.stopped.add_done_callback(lambda _: stop.set())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    fault = node.stopped.result() if node.stopped.done() else None
    context.hub.close()
    server.should_exit = True
    with contextlib.suppress(SystemExit, ParleyError):
        await serving
    stopping.cancel()
    hourly.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await hourly
    context.close()
    await node.stop()
    return fault


def _hourly(context: Context) -> Hourly:
    """The continuity sheets of each hour, as the settings say."""
    node = context.node
    wanted, own = node.settings.continuity, node.mechanism.charter.members[node.me].languages
    return Hourly(
        Gathering(node, context.private), node.home.continuity_folder, every_hours=wanted.every_hours,
        keep_hours=wanted.keep_hours, languages=wanted.languages or languages_of(own),
    )  # fmt: skip


def _at_eof(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1):
            pass
    with contextlib.suppress(RuntimeError):  # the loop has ended by itself
        loop.call_soon_threadsafe(stop.set)
