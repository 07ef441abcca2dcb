"""The demo itself, as `make demo ARGS=--exit` runs it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from parley.charter.charter import EXERCISE_BANNER

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("charter", ["joint-mechanism", "maritime-hotline"])
def test_the_demo_ends_with_every_receipt_and_equal_copies(charter: str) -> None:
    file = ROOT / "examples" / "charters" / f"{charter}.toml"
    shown = subprocess.run(
        [sys.executable, "-m", "parley", "demo", "--exit", "--charter", str(file)],
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert shown.stdout.startswith(EXERCISE_BANNER)
    assert "every statement has every receipt, and all copies agree" in shown.stdout
    assert "SIGKILL" in shown.stdout


PAGE = re.compile(r"runs as a process of its own: http://127\.0\.0\.1:(\d+)/")


@contextlib.contextmanager
def started(nodes: int, folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A demo whose nodes run, in `folder`, and their ports."""
    demo = subprocess.Popen(
        [sys.executable, "-u", "-m", "parley", "demo", "--exit"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "TMPDIR": str(folder)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where a shell runs this in the background
    )  # fmt: skip
    ports: list[int] = []
    assert demo.stdout is not None
    try:
        while len(ports) < nodes:
            line = demo.stdout.readline()
            assert line, "the demo ended before its nodes ran"
            ports += [int(port) for port in PAGE.findall(line)]
        yield demo, ports
    finally:
        demo.kill()
        demo.wait()
        demo.stdout.close()


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda one: one.name)
def test_no_node_outlives_the_demo_however_it_ends(number: signal.Signals, tmp_path: Path) -> None:
    with started(3, tmp_path) as (demo, ports):
        os.kill(demo.pid, number)
        deadline, again = time.monotonic() + 20, time.monotonic() + 1
        while any(map(answers, ports)):
            assert time.monotonic() < deadline, "a node still runs"
            if time.monotonic() > again and demo.poll() is None:
                os.kill(demo.pid, number)  # an interrupt that falls into a finaliser is lost: people press again
                again += 1
            time.sleep(0.1)
        if number != signal.SIGKILL:
            assert demo.stdout is not None
            demo.stdout.read()
            assert demo.wait(20) != 0
            assert not list(tmp_path.iterdir()), "keys of the simulation are left on the disk"


def test_a_charter_in_earnest_is_not_played_with(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "charters" / "maritime-hotline.toml").read_text("utf-8")
    file = tmp_path / "maritime-hotline.toml"
    file.write_text(text.replace("exercise = true", "exercise = false"), "utf-8")
    scenario = ROOT / "examples" / "scenarios" / "maritime-first-day.yaml"
    refused = subprocess.run(
        [sys.executable, "-m", "parley", "demo", "--exit", "--charter", str(file), "--scenario", str(scenario)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 5
    assert "demo.exercise" in refused.stderr
