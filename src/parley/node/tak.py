"""Cursor on Target to a member's own TAK screens: own notices, STOPs and areas to avoid, always of neutral affiliation.

Nothing goes out unless two things are so: ``[tak]`` in ``node.toml`` says where to, and the last ``tak-on`` of this member's own log is in
force, signed by an officer as the charter asks and on record for all to see. A setting alone sends nothing, and ``tak-off``
takes everything off the screens again.

    [tak]
    address = "239.2.3.1:6969"     # TAK's own group for screens beside each other; or a server
    transport = "udp"              # a datagram for each event; "tcp": a stream of them, as a TAK server takes it

Events are CoT 2.0 as XML, unencrypted, as TAK takes them on those ports: the network that they cross is the member's own.

*The loop's side* (`TakFeed`) sees cases move and says what is wanted on the screens now. *The thread's side* (`TakSender`) holds the
latest of each reference and nothing else, at most `MAX_SHOWN`, so that a slow or dead receiver costs no memory and delays nobody. What
changed is sent; what is over is sent stale; every `AGAIN_S` what stands is sent again, for screens that were switched on later.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.desks.deescalation import NOTICE, STANDING, TAK_ON
from parley.exchange import cot
from parley.geo.notice import Activity, Notice, Phase
from parley.node.cases.notices import notice_of
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import TakAddress
from parley.node.status import TakStatus
from parley.procedure.fold import CaseFold
from parley.record.ids import LogId, MemberOrdinal

if TYPE_CHECKING:
    from parley.node.cases.casework import Casework, Later

log = logging.getLogger("parley.node")

MAX_SHOWN = 2_000
AGAIN_S = 60.0
RETRY_FIRST_S, RETRY_MOST_S = 1.0, 60.0
TIMEOUT_S = 3.0
AT_ONCE = 100
LOOK_AGAIN_S = 0.2
MAX_DATAGRAM = 65_000
ON = "on"
FOR_ALL = frozenset({Activity.STOP, Activity.AVOID})


class TakFeed:
    """What is wanted on this member's screens. Called on the event loop's thread."""

    def __init__(
        self, mechanism: Mechanism, casework: Casework, me: MemberOrdinal, sender: TakSender, later: Later
    ) -> None:
        self._mechanism = mechanism
        self._casework = casework
        self._me = me
        self._sender = sender
        self._later = later
        self._on = False
        self._log: LogId | None = None
        self._started = False
        self._closed = False
        self._left: list[str] = []

    def start(self) -> None:
        """Look what is in force, once all that stood when the node stopped is taken up."""
        if self._closed:
            return
        if self._casework.standing_read() and self._casework.caught_up():
            self._started = True
            self._switch()
        else:
            self._later(LOOK_AGAIN_S, self.start)

    def close(self) -> None:
        """Send no more. What is on the screens stays there until its own time is over."""
        self._closed = True
        self._sender.close()

    def moved(self, case: CaseFold) -> None:
        """A case changed."""
        kind = case.opening.kind
        if not self._started:
            return
        is_switch = kind == TAK_ON.name and case.opening.member == self._me
        if is_switch or self._log != self._mechanism.current_log(self._me):
            self._switch()
        elif self._on and kind in STANDING:
            self._show(case)

    def is_on(self) -> bool:
        """Whether the last ``tak-on`` of the own log is in force."""
        case = self._casework.cases.latest_of(TAK_ON.name, self._mechanism.current_log(self._me))
        return case is not None and case.state == ON and case.items[0].because is None

    def status(self) -> TakStatus:
        """What of it people should know."""
        return TakStatus(self._sender.told_address, self._on, self._sender.fault)

    def _switch(self) -> None:
        self._log = self._mechanism.current_log(self._me)
        before, self._on = self._on, self.is_on()
        if self._on and not before:
            self._sender.open()
            self._left = self._casework.conflicts.references()
            self._show_left()
        elif before and not self._on:
            self._left = []
            self._sender.clear()

    def _show_left(self) -> None:
        """A few at a time of what stood when it was switched on."""
        if self._closed or not self._on:
            return
        now, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        for reference in now:
            self._show(self._casework.cases.case(reference))
        if self._left:
            self._later(0.01, self._show_left)

    def _show(self, case: CaseFold) -> None:
        reference = case.opening.reference
        notice = self._may_go_out(case) if self._casework.conflicts.stands(reference) else None
        self._sender.want(reference, notice)

    def _may_go_out(self, case: CaseFold) -> Notice | None:
        """The case as a notice, if it is one of the three that go out."""
        own = case.opening.member == self._me and case.opening.kind == NOTICE.name
        code = self._mechanism.code(case.opening.member)
        notice = notice_of(case, code, simulation=self._mechanism.charter.terms.exercise)
        return notice if notice is not None and (own or notice.activity in FOR_ALL) else None


class TakSender:
    """Keeps the screens at `address` as they are wanted, on a thread of its own.

    Attributes:
        fault: why what was sent last did not leave this machine; None where it did.
    """

    def __init__(self, address: TakAddress, own: str, now_ms: Callable[[], int], *, again_s: float = AGAIN_S) -> None:
        self._address = address
        self._own = own
        self._now_ms = now_ms
        self._again_s = again_s
        self._changed = threading.Condition()
        self._wanted: dict[str, Notice] = {}
        self._dirty: dict[str, None] = {}
        self._open = False
        self._sweep = False
        self._closed = False
        self._thread: threading.Thread | None = None
        self._shown: dict[str, Notice] = {}
        self._line: _Line | None = None
        self.fault: str | None = None

    @property
    def told_address(self) -> str:
        """The address as people read it."""
        host = f"[{self._address.host}]" if ":" in self._address.host else self._address.host
        return f"{self._address.transport} {host}:{self._address.port}"

    # ---- the loop's side: never waits ----------------------------------------------------------------------------

    def open(self) -> None:
        """From here on something may be sent."""
        with self._changed:
            self._open = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="parley-tak", daemon=True)
                self._thread.start()

    def want(self, reference: str, notice: Notice | None) -> None:
        """Show a notice as it is now; None: take it off the screens, if it is on them."""
        with self._changed:
            if not self._open:
                return
            if notice is None:
                if self._wanted.pop(reference, None) is None:
                    return
            elif reference not in self._wanted and len(self._wanted) >= MAX_SHOWN:
                log.warning("%s is not sent to TAK: %d are there already", reference, MAX_SHOWN)
                return
            else:
                self._wanted[reference] = notice
            self._dirty[reference] = None
            self._changed.notify()

    def clear(self) -> None:
        """Take everything off the screens, and send nothing more."""
        with self._changed:
            self._open, self._sweep = False, True
            self._wanted.clear()
            self._dirty.clear()
            self._changed.notify()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout=TIMEOUT_S)

    # ---- the thread's side ---------------------------------------------------------------------------------------

    def _run(self) -> None:
        retry_s, due = 0.0, time.monotonic() + self._again_s
        while True:
            with self._changed:
                while not (self._closed or self._sweep or (self._open and (self._dirty or time.monotonic() >= due))):
                    self._changed.wait(max(0.0, due - time.monotonic()) if self._open else None)
                if self._closed:
                    break
                sweep, self._sweep = self._sweep, False
                dirty = list(self._dirty)
                self._dirty.clear()
                if time.monotonic() >= due:
                    due = time.monotonic() + self._again_s
                    dirty = list({**dict.fromkeys(dirty), **dict.fromkeys(self._wanted)})
                wanted = {reference: self._wanted.get(reference) for reference in dirty}
            try:
                if sweep:
                    self._take_off()
                self._bring(wanted)
                retry_s, self.fault = 0.0, None
            except OSError as error:
                self._hang_up()
                if sweep:
                    self._shown.clear()
                retry_s = min(max(RETRY_FIRST_S, 2 * retry_s), RETRY_MOST_S)
                self.fault = str(error)
                log.warning("TAK at %s: %s; again in %.0f s", self.told_address, error, retry_s)
                with self._changed:
                    self._dirty.update(dict.fromkeys([*wanted, *self._wanted]))
                    self._changed.wait_for(lambda: self._closed or self._sweep, retry_s)
        self._hang_up()

    def _bring(self, wanted: dict[str, Notice | None]) -> None:
        """Bring the screens to what is wanted."""
        for reference, notice in wanted.items():
            with self._changed:
                if self._closed or not self._open:
                    return
            now_ms, before = self._now_ms(), self._shown.get(reference)
            if before is not None and (notice is None or len(notice.volumes) < len(before.volumes)):
                kept = 0 if notice is None else len(notice.volumes)
                self._send(self._stale(before, now_ms)[kept:])
            if notice is None or notice.end_ms <= now_ms:
                self._shown.pop(reference, None)
                continue
            self._send(cot.write(notice, self._own, now_ms))
            self._shown[reference] = notice

    def _take_off(self) -> None:
        for reference in list(self._shown):
            self._send(self._stale(self._shown[reference], self._now_ms()))
            del self._shown[reference]
        self._hang_up()

    def _stale(self, notice: Notice, now_ms: int) -> list[bytes]:
        return cot.write(replace(notice, phase=Phase.ENDED), self._own, now_ms)

    def _send(self, events: list[bytes]) -> None:
        for event in events:
            if self._line is None:
                self._line = _dial(self._address)
            self._line.send(event)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


class _Line:
    """A socket that events go out by."""

    def __init__(self, made: socket.socket, *, is_stream: bool) -> None:
        self._socket = made
        self._is_stream = is_stream

    def send(self, event: bytes) -> None:
        """Send one.

        Raises:
            OSError: it did not leave this machine.
        """
        if self._is_stream:
            self._socket.sendall(event)
        elif len(event) > MAX_DATAGRAM:
            log.warning("an event of %d bytes is too long for a datagram, and not sent to TAK", len(event))
        else:
            with suppress(ConnectionRefusedError):  # nobody listened to the datagram before this one
                self._socket.send(event)

    def close(self) -> None:
        """Close it."""
        with suppress(OSError):
            self._socket.close()


def _dial(address: TakAddress) -> _Line:
    if address.transport == "tcp":
        made = socket.create_connection((address.host, address.port), timeout=TIMEOUT_S)
        return _Line(made, is_stream=True)
    family, kind, proto, _, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_DGRAM)[0]
    made = socket.socket(family, kind, proto)
    made.settimeout(TIMEOUT_S)
    if ipaddress.ip_address(where[0]).is_multicast and family == socket.AF_INET:
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    made.connect(where)
    return _Line(made, is_stream=False)
