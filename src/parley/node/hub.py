"""The hub: what changes, told to every tab in the same order, so that a tab that was away for a moment misses nothing.

* Every message has a number, `seq`, one more than the one before it, within an *epoch*: the life of this hub.
* The last `RING_MESSAGES` are kept. A tab that comes back names epoch and the number it had last; what it missed is told
  again, or where that is no longer kept, it is told to begin anew (`Joined.resumed`).
* A tab takes at most `TAB_MESSAGES` live messages that wait. One that falls further behind is ended so that it resumes: one slow
  tab costs the node a bounded amount of memory, and the others nothing.
* Messages are hints to read again, in JSON; nothing in them is signed. A repeat does no harm.

Called on the event loop's thread.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

RING_MESSAGES = 10_000
TAB_MESSAGES = 1_000
MAX_TABS = 256


class Message:
    """One message; its text is made once, for the first tab that takes it."""

    def __init__(self, seq: int, kind: str, data: Mapping[str, object]) -> None:
        self.seq = seq
        self.kind = kind
        self._data = data

    @cached_property
    def text(self) -> str:
        """As it is sent: `seq` and `type`, then the data."""
        whole = {"seq": self.seq, "type": self.kind, **self._data}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


class Ending(NamedTuple):
    """Why a tab is ended: a WebSocket close code, and the word for it."""

    code: int
    reason: str


BEHIND = Ending(4009, "fell behind: resume")
STOPPING = Ending(1012, "the node stops")


class Tab:
    """One tab's waiting messages: first what it `missed`, then what is live."""

    def __init__(self, missed: Iterable[Message] = ()) -> None:
        self._missed = deque(missed)
        self._waiting: asyncio.Queue[Message | None] = asyncio.Queue(TAB_MESSAGES)
        self.ending: Ending | None = None

    def put(self, message: Message) -> None:
        """Queue `message`; a tab that is full is ended."""
        if self.ending is None:
            if self._waiting.full():
                self.end(BEHIND)
            else:
                self._waiting.put_nowait(message)

    def end(self, ending: Ending, last: Message | None = None) -> None:
        """Drop what waits, tell `last`, and no more."""
        if self.ending is None:
            self.ending = ending
            self._missed.clear()
            while not self._waiting.empty():
                self._waiting.get_nowait()
            for message in (last, None) if last is not None else (None,):
                self._waiting.put_nowait(message)

    async def next(self) -> Message | None:
        """The next message, once there is one; None when the tab is ended."""
        return self._missed.popleft() if self._missed else await self._waiting.get()


class Joined(NamedTuple):
    """A tab that joined.

    Attributes:
        seq: of the last message that came before it did.
        resumed: whether it misses nothing since the message it named; what it missed waits in `tab`.
    """

    tab: Tab
    seq: int
    resumed: bool


class EventHub:
    """See the module. `epoch` is a word that no other hub of this node has."""

    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self.seq = 0
        self._ring: deque[Message] = deque(maxlen=RING_MESSAGES)
        self._tabs: set[Tab] = set()
        self._closed = False

    def publish(self, kind: str, data: Mapping[str, object]) -> None:
        """Tell every tab a message of type `kind`. `data` is JSON, without the keys ``seq`` and ``type``."""
        self.seq += 1
        message = Message(self.seq, kind, data)
        self._ring.append(message)
        for tab in tuple(self._tabs):
            tab.put(message)

    def join(self, epoch: str | None = None, since: int | None = None) -> Joined | None:
        """A new tab, which has seen everything up to `since` of `epoch`; None where there is no room for another."""
        if self._closed or len(self._tabs) >= MAX_TABS:
            return None
        missed = self._missed(epoch, since)
        tab = Tab(missed or ())
        self._tabs.add(tab)
        return Joined(tab, self.seq, missed is not None)

    def leave(self, tab: Tab) -> None:
        """That tab is gone."""
        self._tabs.discard(tab)

    def close(self) -> None:
        """End every tab; nobody joins any more."""
        self._closed = True
        for tab in tuple(self._tabs):
            tab.end(STOPPING)

    def _missed(self, epoch: str | None, since: int | None) -> list[Message] | None:
        """What came after `since`; None where it is not known any more."""
        if epoch != self.epoch or since is None or not 0 <= since <= self.seq:
            return None
        count = self.seq - since
        if count > len(self._ring):
            return None
        return list(self._ring)[len(self._ring) - count :] if count else []
