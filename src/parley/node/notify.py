"""Notifications to people away from the screen: pager, mail, SMS or chat, by Apprise.

`[notify]` in ``node.toml`` lists service addresses (https URLs of Apprise's own form) for each stage of a ring:

    [notify]
    first = ["mailto://…"]
    alternates = ["…"]
    facilitator = ["…"]
    missed = ["…"]

    [notify.positions]
    duty-2 = ["…"]

By stage, whoever is to be told that anything rings so far; by position, the officer whom a ring reaches by the rota in force, each
when it first reaches that position: the watch at once, each alternate in its step, whoever takes over meanwhile, and again when it
is missed. No screen need be open. A member without a roster has all of them told.

A notification says that something rings, never what was said: reference, kind, precedence, author, stage. In an exercise it
opens with the banner. Sending is tried in the order of rings on a thread of its own, at most `MAX_WAITING` behind; what
cannot be sent is logged, and never delays the watch.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from parley.node.cases.watch import Ring, Stage
from parley.record.statement import Precedence

log = logging.getLogger("parley.node")

MAX_WAITING = 256
STAGES = tuple(stage.value for stage in Stage)

Send = Callable[[Sequence[str], str, str], bool]
"""Addresses, title and body; whether all took it."""


Reached = tuple[Ring, Sequence[str]]
"""A ring, and the positions that it reaches; none named: every officer of the watch."""


class Notifier:
    """See the module. `send` is Apprise unless a test hands in another."""

    def __init__(
        self, addresses: Mapping[str, Sequence[str]], banner: str | None, send: Send | None = None, *,
        positions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self._stages = {stage: tuple(own) for stage, own in addresses.items() if own}
        self._positions = {position: tuple(own) for position, own in (positions or {}).items() if own}
        self._told: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._banner = banner
        self._send = send or _by_apprise
        self._waiting: queue.Queue[tuple[Ring, tuple[str, ...]] | None] = queue.Queue(MAX_WAITING)
        self._thread: threading.Thread | None = None

    def notify(self, rings: Iterable[Reached], gone: Iterable[Ring] = ()) -> None:
        """Tell whoever is to be told of these rings and was not yet; `gone` ring no more, or not as they did."""
        fresh = list(rings)
        still = {_key(ring) for ring, _ in fresh}
        for ring in gone:
            if _key(ring) not in still:
                self._told.pop(_key(ring), None)
        for ring, reached in fresh:
            told = self._told.setdefault(_key(ring), set())
            names = [("stage", ring.stage.value), *(self._named(ring, one) for one in reached or self._positions)]
            new = [name for name in dict.fromkeys(names) if name not in told]
            told.update(new)
            addresses = tuple(dict.fromkeys(address for name in new for address in self._addresses(*name)))
            if addresses:
                self._put(ring, addresses)

    def _named(self, ring: Ring, position: str) -> tuple[str, str]:
        """A position is told of a ring once, and once more when it is missed."""
        return ("again" if ring.stage is Stage.MISSED else "position", position)

    def _addresses(self, sort: str, name: str) -> tuple[str, ...]:
        return (self._stages if sort == "stage" else self._positions).get(name, ())

    def _put(self, ring: Ring, addresses: tuple[str, ...]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="parley-notify", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait((ring, addresses))
        except queue.Full:
            log.warning("%s is not notified of: %d notifications wait already", ring.reference, MAX_WAITING)

    def close(self) -> None:
        """Send no more."""
        if self._thread is not None:
            try:
                self._waiting.put_nowait(None)
            except queue.Full:
                return
            self._thread.join(timeout=1.0)

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            ring, addresses = waiting
            title, body = told(ring, self._banner)
            try:
                sent = self._send(addresses, title, body)
            except Exception as error:  # a service's library may raise anything
                log.warning("the notification of %s failed: %s", ring.reference, error)
                continue
            if not sent:
                log.warning("not every service took the notification of %s", ring.reference)


def _key(ring: Ring) -> tuple[str, str]:
    return ring.reference, ring.whose


def told(ring: Ring, banner: str | None) -> tuple[str, str]:
    """Title and body of a notification."""
    title = f"{Precedence(ring.precedence).name} {ring.kind} {ring.reference}"
    lines = [f"from {ring.author}", f"stage: {ring.stage.value}", f"to be acknowledged by {ring.whose}"]
    if banner:
        title, lines = f"{banner}: {title}", [banner, *lines]
    return title, "\n".join(lines)


def _by_apprise(addresses: Sequence[str], title: str, body: str) -> bool:
    import apprise  # half a second to load, and most nodes never need it

    sender = apprise.Apprise()
    for address in addresses:
        sender.add(address)
    return bool(sender.notify(title=title, body=body))
