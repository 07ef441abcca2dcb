"""A node's process with open sockets: a signal ends it within three seconds, and its tabs are told to come back."""

from __future__ import annotations

import asyncio
import json
import signal
import time

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from parley.cli.stage import Stage
from parley.node.home.token import read_token
from tests.api.conftest import CODE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_node_stops_within_three_seconds_though_sockets_are_open(stage: Stage, number: signal.Signals) -> None:
    stage.start(CODE)
    process, home = stage._processes[CODE], stage.home(CODE)
    host, port = home.settings().api

    async def main() -> None:
        shown = {"Authorization": f"Bearer {read_token(home.token_file)}"}
        address = f"ws://{host}:{port}/api/v1/events"
        tabs = [await connect(address, additional_headers=shown, proxy=None) for _ in range(20)]
        for tab in tabs:
            assert json.loads(await tab.recv())["type"] == "hello"
        begin = time.monotonic()
        process.send_signal(number)
        for tab in tabs:
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(tab.recv(), 3)
            assert tab.close_code == 1012
        while process.poll() is None and time.monotonic() - begin < 10:
            await asyncio.sleep(0.02)
        assert process.returncode == 0
        assert time.monotonic() - begin < 3

    asyncio.run(main())
    assert process.stdin is not None
    process.stdin.close()
