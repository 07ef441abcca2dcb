"""The Line as its officers have it: a FLASH from the press of the send key to the alarm at the other floor, and a burst.

Three node processes, as `parley demo` starts them, with the example's daily quotas raised. *Click*: two officers sit in tabs
of a real Chromium. One presses *Sign and send* on a FLASH message; measured from that pointer event in the sender's page to
the change of the other page that shows the alarm, by the one clock of the machine. Each is acknowledged before the next.
*Burst*: FLASH statements by eight connections at one node as fast as it takes them, while officers of the others look on.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from websockets.sync.client import connect

from bench.place import bench_folder
from bench.rows import Row, percentile
from bench.telling import tell
from parley.cli.demo import CHARTER
from parley.cli.speaking import Speaker, speak
from parley.cli.stage import POSITION, Stage
from parley.node.home.token import read_token
from tests.web.floors import Floors, Seated, floors, until
from tests.web.tabs import chromium

CLICKS = 100
WARM_UP = 10
BURST = 600
SENDERS = 8
SETTLE_S = 60.0
PACE_S = 0.1
SENDER, ADDRESSEE, THIRD = "ISR", "SYR", "USA"
QUOTA = 1_000_000
TEXT = "SIMULATION. Hold fire until 14:30 UTC. This is measurement {}."

# In the sender's page: when the send key was pressed. In the other: when the alarm was first there, and when next painted.
CLICKED = """() => {
  addEventListener('click', (event) => {
    if (event.target.closest('.key--danger')) window.clickedAt = performance.timeOrigin + event.timeStamp;
  }, true);
}"""
RANG = """() => {
  const now = () => performance.timeOrigin + performance.now();
  const look = () => {
    const rings = document.querySelector('.alarm[data-loudness="urgent"]') !== null &&
      document.querySelector('.running--rings') !== null;
    if (!rings) { window.rangAt = null; return; }
    if (window.rangAt) return;
    window.rangAt = now();
    requestAnimationFrame(() => setTimeout(() => { window.paintedAt = now(); }));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  look();
}"""


def measure_clicks() -> list[Row]:
    """The rows `click_to_ring_p50` and `click_to_ring_p99`, in ms."""
    with _seated() as (found, sender, addressee):
        sender.page.evaluate(CLICKED)
        addressee.page.evaluate(RANG)
        shown: list[float] = []
        painted: list[float] = []
        for number in range(CLICKS + WARM_UP):
            at = _one_click(found, sender, addressee, number)
            if number >= WARM_UP:
                shown.append(at[0])
                painted.append(at[1])
    how = (
        f"{len(shown)} FLASH messages, send key pressed in {SENDER}'s page until the alarm is in {ADDRESSEE}'s; both in one Chromium; "
        f"drawn on screen after {percentile(painted, 50):.0f} ms (p50), {percentile(painted, 99):.0f} ms (p99)"
    )
    return [
        Row.alone(f"click_to_ring_p{q}", percentile(shown, q), "ms", how, f"< {most} ms")
        for q, most in ((50, 150), (99, 500))
    ]


def measure_burst() -> list[Row]:
    """The rows `burst_delivered` and `burst_seconds`."""
    with _seated((SENDER, ADDRESSEE, THIRD)) as (found, *_):
        done, seconds, accepted_s = _burst(found.stage)
    how = (
        f"FLASH by {SENDERS} connections at one node, all taken there within {accepted_s:.1f} s, two officers of the addressees "
        f"looking on; counted: those with the receipt and the ring of both addressees"
    )
    return [
        Row.alone("burst_delivered", done, "statements", how, f"{BURST} of {BURST}"),
        Row.alone("burst_seconds", seconds, "s", "until the last receipt was at the author and the last ring at an addressee"),
    ]  # fmt: skip


def measure_beside_synapse() -> list[Row]:
    """Ours and Synapse, one after the other: from handing in at one server until a client of the other has it."""
    from bench.peers import synapse

    with bench_folder() as folder, _stage(folder) as stage:
        ours = _deliveries(stage)
        ours_done, ours_s, _ = _burst(stage)
    theirs = synapse.measure(CLICKS, BURST)
    how = f"{CLICKS} FLASH: call of the node's API until the ring is told at the other node's live channel"
    of = f"Synapse {synapse.VERSION}, send call until the other server's long poll has it"
    burst = f"{SENDERS} connections; ours with a receipt and ring of each of two addressees, theirs arrived at one"
    return [
        *(
            Row.against(f"deliver_p{q}", percentile(ours, q), "ms", percentile(theirs.latencies_ms, q), of, how)
            for q in (50, 99)
        ),
        Row.against("deliver_burst", ours_done, "statements", theirs.burst_arrived, of, burst, f"{BURST} of {BURST}"),
        Row.against("deliver_burst_s", ours_s, "s", theirs.burst_s, of, burst),
    ]


# ---- clicks --------------------------------------------------------------------------------------------------


@contextmanager
def _seated(codes: tuple[str, ...] = (SENDER, ADDRESSEE)) -> Iterator[tuple[Floors, Seated, Seated]]:
    with bench_folder() as folder, chromium() as browser:
        if browser is None:
            raise RuntimeError("no Chromium: `python -m tools.browser` says what to do")
        with floors(folder, browser, charter=_charter()) as found:
            sender, addressee, *_ = [found.sit(code, "duty-2", language="en") for code in codes]
            yield found, sender, addressee


def _one_click(found: Floors, sender: Seated, addressee: Seated, number: int) -> tuple[float, float]:
    page, other = sender.page, addressee.page
    page.locator(".write .key--first").click()
    page.locator(".precedence-key--FLASH").click()
    page.locator(".panel .tabs .tab").first.click()
    page.locator(".panel textarea").fill(TEXT.format(number))
    time.sleep(PACE_S)
    page.evaluate("window.clickedAt = null")
    other.evaluate("window.paintedAt = null")
    page.locator(".saying__keys .key--danger").click()
    until(lambda: other.evaluate("window.rangAt !== null && window.paintedAt !== null"), "the ring")
    page.locator(".panel").wait_for(state="detached")
    begin = page.evaluate("window.clickedAt")
    rang, painted = other.evaluate("[window.rangAt, window.paintedAt]")
    _acknowledge_all(found.stage)
    until(lambda: other.evaluate("window.rangAt === null"), "the end of the ring")
    return rang - begin, painted - begin


def _acknowledge_all(stage: Stage) -> None:
    """What rings at the addressee, by its scripted officer, over the API."""
    for ring in _get(stage, ADDRESSEE, "now")["rings"]:
        reference = ring["reference"]
        opening = _get(stage, ADDRESSEE, f"cases/{quote(reference)}")["items"][0]
        stage.digests[reference] = bytes.fromhex(opening["digest"])
        stage.speak(ADDRESSEE, "acknowledge", {}, case=reference, about=reference)


# ---- the burst -----------------------------------------------------------------------------------------------


def _burst(stage: Stage) -> tuple[int, float, float]:
    """How many came whole, seconds until the last did, seconds until all were taken."""
    made = [_flash(stage, number) for number in range(BURST)]
    begin = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        said = list(senders.map(lambda one: stage.clients[SENDER].submit(*one), made))
    accepted_s = time.perf_counter() - begin
    tell(f"{len(said)} taken within {accepted_s:.1f} s")
    deadline = time.monotonic() + SETTLE_S
    while (done := _whole(stage, said)) < len(said) and time.monotonic() < deadline:
        time.sleep(0.2)
    return done, time.perf_counter() - begin, accepted_s


def _whole(stage: Stage, said: list[str]) -> int:
    """How many have the receipt and the ring of every addressee."""
    wanted = {ADDRESSEE, THIRD}
    whole = set(said)
    for code in wanted:
        whole &= {ring["reference"] for ring in _get(stage, code, "now")["rings"]}
    if len(whole) < len(said):  # rings are asked first: they come later than receipts, and are less to read
        return len(whole)
    receipted = {
        entry["reference"]
        for entry in stage.clients[SENDER].log()
        if wanted <= {one["holder"] for one in entry["receipts"]}
    }
    return len(whole & receipted)


def _deliveries(stage: Stage) -> list[float]:
    """Milliseconds from the call of the API until the ring is told at the other node."""
    came: dict[str, float] = {}
    changed = threading.Condition()

    def listen() -> None:
        for text in channel:
            now, news = time.perf_counter(), json.loads(text)
            with changed:
                for ring in news.get("fresh", ()):
                    came.setdefault(ring["reference"], now)
                changed.notify_all()

    times: list[float] = []
    host, port = stage.home(ADDRESSEE).settings().api
    bearer = {"Authorization": f"Bearer {read_token(stage.home(ADDRESSEE).token_file)}"}
    with connect(f"ws://{host}:{port}/api/v1/events", additional_headers=bearer) as channel:
        threading.Thread(target=listen, daemon=True).start()
        for number in range(CLICKS + WARM_UP):
            time.sleep(PACE_S)
            made = _flash(stage, number)
            begin = time.perf_counter()
            reference = stage.clients[SENDER].submit(*made)
            with changed:
                if not changed.wait_for(lambda: reference in came, 30):  # noqa: B023
                    raise TimeoutError(f"{reference} did not ring")
            times.append((came[reference] - begin) * 1000)
    return times[WARM_UP:]


# ---- the stage -----------------------------------------------------------------------------------------------


def _charter() -> str:
    """The example's, with quotas that a measurement does not use up."""
    text = CHARTER.read_text("utf-8")
    return re.sub(r"^(statements|flash|stop) = \d+$", rf"\1 = {QUOTA}", text, flags=re.MULTILINE)


@contextmanager
def _stage(folder: Path) -> Iterator[Stage]:
    with Stage(folder, _charter()) as stage:
        for step in (stage.start, stage.enrol):
            for code in stage.codes:
                step(code)
        until(lambda: _all_lines(stage), "lines between all nodes")
        yield stage


def _all_lines(stage: Stage) -> bool:
    return all(peer["line"] == "open" for code in stage.codes for peer in stage.clients[code].status()["peers"])


def _flash(stage: Stage, number: int) -> tuple[bytes, bytes]:
    speaker = Speaker(SENDER, POSITION, stage.officers[SENDER])
    content = {"text": TEXT.format(number), "lang": "en"}
    return speak(
        stage.charter, speaker, "message", content, now_s=int(time.time()), random=os.urandom, precedence="FLASH"
    )


def _get(stage: Stage, code: str, path: str) -> dict[str, Any]:
    return stage.clients[code].view(path)
