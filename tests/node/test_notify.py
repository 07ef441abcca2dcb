"""People away from the screen are told that something rings; never what was said, and never at the watch's cost."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from parley.errors import Misconfigured
from parley.node.cases.watch import Ring, Stage
from parley.node.home.home import format_settings, parse_settings
from parley.node.notify import Notifier, told
from parley.record.statement import Precedence

BANNER = "SIMULATION: not an act of any state"


def ring(stage: Stage = Stage.ALTERNATES, reference: str = "AAA 42", alternates: int = 1) -> Ring:
    return Ring(reference, reference, "stop", "AAA/duty-1", Precedence.FLASH, stage, alternates, "BBB", 1_000, 601_000)


def reaching(*rings: Ring, positions: tuple[str, ...] = ()) -> list[tuple[Ring, tuple[str, ...]]]:
    return [(one, positions) for one in rings]


@contextmanager
def receiver() -> Iterator[tuple[str, list[dict[str, object]], threading.Event]]:
    """A service on loopback that takes Apprise's JSON notifications."""
    got: list[dict[str, object]] = []
    came = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            came.set()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/", got, came
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.filterwarnings("default")  # of the service libraries, not ours
def test_alternates_are_told_by_a_real_service() -> None:
    with receiver() as (address, got, came):
        notifier = Notifier({"alternates": [address]}, BANNER)
        notifier.notify(reaching(ring(Stage.FIRST), ring()))
        assert came.wait(15)
        notifier.close()
    assert len(got) == 1, "a stage without an address is told nobody"
    assert got[0]["title"] == f"{BANNER}: FLASH stop AAA 42"
    assert str(got[0]["message"]).startswith(BANNER)


def test_a_notification_says_nothing_of_the_content() -> None:
    title, body = told(ring(), None)
    assert title == "FLASH stop AAA 42"
    assert body.split("\n") == ["from AAA/duty-1", "stage: alternates", "to be acknowledged by BBB"]


def test_a_service_that_hangs_or_fails_delays_nothing() -> None:
    release = threading.Event()
    tried: list[str] = []

    def send(_: object, title: str, __: str) -> bool:
        tried.append(title)
        if len(tried) == 1:
            release.wait(10)
            raise OSError("no route")
        return True

    notifier = Notifier({"alternates": ["x://y"]}, None, send)
    notifier.notify(reaching(*(ring(reference=f"AAA {number}") for number in range(3))))
    assert len(tried) <= 1, "the caller does not wait for the service"
    release.set()
    notifier.close()
    assert len(tried) == 3


def test_addresses_are_settings_and_a_wrong_stage_is_refused() -> None:
    text = 'code = "AAA"\nlisten = "127.0.0.1:1"\napi = "127.0.0.1:2"\n[notify]\nmissed = ["json://127.0.0.1:3/"]\n'
    settings = parse_settings(text)
    assert settings.notify == {"missed": ("json://127.0.0.1:3/",)}
    assert parse_settings(format_settings(settings)) == settings
    both = parse_settings(text + '[notify.positions]\nduty-2 = ["json://127.0.0.1:4/"]\n')
    assert (both.notify, both.notify_positions) == (settings.notify, {"duty-2": ("json://127.0.0.1:4/",)})
    assert parse_settings(format_settings(both)) == both
    for wrong in (
        'late = ["json://x"]', 'missed = "json://x"', "missed = [3]", "positions = 3", "positions = {duty-1 = 3}",
        'positions = {duty-1 = ["pager"]}',
    ):  # fmt: skip
        with pytest.raises(Misconfigured, match="notify"):
            parse_settings(text.replace('missed = ["json://127.0.0.1:3/"]', wrong))


def sent_by(
    notifier_of: dict[str, tuple[str, ...]], stages: dict[str, list[str]] | None = None
) -> tuple[Notifier, list[tuple[str, ...]]]:
    sent: list[tuple[str, ...]] = []

    def send(addresses: object, _: str, __: str) -> bool:
        sent.append(tuple(addresses))  # type: ignore[call-overload]
        return True

    return Notifier(stages or {}, None, send, positions=notifier_of), sent


DIRECT = {"duty-1": ("x://1",), "duty-2": ("x://2",), "liaison": ("x://l",)}


def test_each_position_is_told_when_a_ring_first_reaches_it_and_once() -> None:
    notifier, sent = sent_by(DIRECT)
    first, alternates = ring(Stage.FIRST, alternates=0), ring()
    notifier.notify(reaching(first, positions=("duty-1",)))
    notifier.notify(reaching(first, positions=("duty-1",)))
    notifier.notify(reaching(alternates, positions=("duty-1", "duty-2")), [first])
    notifier.notify(reaching(alternates, positions=("duty-1", "duty-2", "liaison")))
    notifier.close()
    assert sent == [("x://1",), ("x://2",), ("x://l",)]


def test_who_takes_the_watch_over_while_it_rings_is_told_of_it() -> None:
    notifier, sent = sent_by(DIRECT)
    notifier.notify(reaching(ring(Stage.FIRST, alternates=0), positions=("duty-1",)))
    notifier.notify(reaching(ring(Stage.FIRST, alternates=0), positions=("duty-2",)))
    notifier.close()
    assert sent == [("x://1",), ("x://2",)]


def test_a_position_is_told_again_when_a_clock_is_missed_and_when_it_rings_anew() -> None:
    notifier, sent = sent_by(DIRECT)
    first, missed = ring(Stage.FIRST, alternates=0), ring(Stage.MISSED, alternates=0)
    notifier.notify(reaching(first, positions=("duty-1",)))
    notifier.notify(reaching(missed, positions=("duty-1", "duty-2")), [first])
    notifier.notify([], [missed])
    notifier.notify(reaching(first, positions=("duty-1",)))
    notifier.close()
    assert sent == [("x://1",), ("x://1", "x://2"), ("x://1",)]


def test_without_a_roster_every_position_is_told_and_an_address_of_several_once() -> None:
    notifier, sent = sent_by({**DIRECT, "duty-3": ("x://2",)}, {"first": ["x://1"]})
    notifier.notify(reaching(ring(Stage.FIRST, alternates=0)))
    notifier.close()
    assert sent == [("x://1", "x://2", "x://l")]
