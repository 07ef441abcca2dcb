"""Check and file in one step: two notices filed at the same moment cannot miss each other.

One lock goes round check, durable commit and insertion. So of any two notices one is filed first, and the check of the other sees it.
The commit is the caller's: when it returns, the notice is on disk. If it raises, nothing is filed. After a start the
register is built anew from what was committed (`restore`); the index itself is never the truth.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Generic

from parley.geo.index import ConflictIndex, Finding, Key
from parley.geo.verdict import Buffers
from parley.geo.volumes import Volume4D

Decide = Callable[[Sequence[Finding[Key]]], None]
"""Given what was found, files by returning and refuses by raising; commits what must be on disk before it returns."""


class Register(Generic[Key]):
    """A conflict index that threads may share."""

    def __init__(self, buffers: Buffers | None = None) -> None:
        self._index: ConflictIndex[Key] = ConflictIndex(buffers)
        self._lock = threading.Lock()  # guards _index, and what is committed while it is held

    def __len__(self) -> int:
        return len(self._index)

    def file(
        self, key: Key, volumes: Sequence[Volume4D], decide: Decide[Key], *, besides: Iterable[Key] = ()
    ) -> list[Finding[Key]]:
        """Check volumes against all that is filed and file them, as one step.

        Args:
            decide: called with the findings while nothing else can be filed. What it raises is passed on, and nothing is filed.
            besides: keys not to look at; what is filed under `key` itself is replaced and not looked at either.
        """
        with self._lock:
            found = self._index.check(volumes, besides=(key, *besides))
            decide(found)
            self._index.insert(key, volumes)
        return found

    def check(self, volumes: Sequence[Volume4D], *, besides: Iterable[Key] = ()) -> list[Finding[Key]]:
        """What volumes would meet if they were filed now: while somebody draws."""
        with self._lock:
            return self._index.check(volumes, besides=besides)

    def withdraw(self, key: Key, commit: Callable[[], None]) -> bool:
        """File nothing under a key any more, once that is durable; whether anything was."""
        with self._lock:
            commit()
            return self._index.withdraw(key)

    def restore(self, filed: Iterable[tuple[Key, Sequence[Volume4D]]]) -> int:
        """File what was committed by an earlier run, without asking anyone; how many notices."""
        with self._lock:
            count = 0
            for key, volumes in filed:
                self._index.insert(key, volumes)
                count += 1
            return count
