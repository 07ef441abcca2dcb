"""Notifications to people away from the screen: pager, mail, SMS or chat, by Apprise.

`[notify]` in ``node.toml`` lists service addresses (https URLs of Apprise's own form) for each stage of a ring:

    [notify]
    first = ["mailto://…"]
    alternates = ["…"]
    facilitator = ["…"]
    missed = ["…"]

A notification says that something rings, never what was said: reference, kind, precedence, author, stage. In an exercise it
opens with the banner. Sending is tried in the order of rings on a thread of its own, at most `MAX_WAITING` behind; what
cannot be sent is logged, and never delays the watch.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from parley.node.watch import Ring, Stage
from parley.record.statement import Precedence

log = logging.getLogger("parley.node")

MAX_WAITING = 256
STAGES = tuple(stage.value for stage in Stage)

Send = Callable[[Sequence[str], str, str], bool]
"""Addresses, title and body; whether all took it."""


class Notifier:
    """See the module. `send` is Apprise unless a test hands in another."""

    def __init__(self, addresses: Mapping[str, Sequence[str]], banner: str | None, send: Send | None = None) -> None:
        self._addresses = {stage: tuple(own) for stage, own in addresses.items() if own}
        self._banner = banner
        self._send = send or _by_apprise
        self._waiting: queue.Queue[Ring | None] = queue.Queue(MAX_WAITING)
        self._thread: threading.Thread | None = None

    def notify(self, rings: Iterable[Ring]) -> None:
        """Tell whoever is to be told of these rings."""
        for ring in rings:
            if ring.stage.value not in self._addresses:
                continue
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="parley-notify", daemon=True)
                self._thread.start()
            try:
                self._waiting.put_nowait(ring)
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
        while (ring := self._waiting.get()) is not None:
            title, body = told(ring, self._banner)
            try:
                sent = self._send(self._addresses[ring.stage.value], title, body)
            except Exception as error:  # a service's library may raise anything
                log.warning("the notification of %s failed: %s", ring.reference, error)
                continue
            if not sent:
                log.warning("not every service took the notification of %s", ring.reference)


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
