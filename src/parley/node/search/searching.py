"""The search of a running node: its index, what feeds it, who asks it, and the two threads that wait for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from parley.errors import Refused
from parley.node.cases.casework import Casework
from parley.node.core.core import NodeCore
from parley.node.search.feed import SearchFeed
from parley.node.search.search import Query, Search, SearchPage, look
from parley.procedure.registry import Desks
from parley.store.search_index import SearchIndex

MAX_LOOKING = 16


class Searching:
    """See the module. Made and called on the event loop's thread."""

    def __init__(self, core: NodeCore, casework: Casework, path: Path, desks: Desks) -> None:
        self._loop = asyncio.get_running_loop()
        self._index = SearchIndex(path)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="search-write")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="search-read")
        self._looking = 0
        self._closed = False
        self.feed = SearchFeed(core, casework, self._index, desks, later=self._loop.call_later, apart=self._apart)
        self.search = Search(core, casework, self._index, self.feed)

    async def close(self) -> None:
        """Finish what is being written and looked for, and let go of the file."""
        self._closed = True
        self.feed.close()
        for pool in (self._writer, self._reader):
            await asyncio.to_thread(pool.shutdown)
        self._index.close()

    async def find(self, query: Query) -> SearchPage:
        """What is looked for.

        Raises:
            BadInput: code ``search.…``, naming the parameter.
            Refused: code ``search.busy``: too many look at once.
            StorageFault: the index does not answer.
        """
        wanted = self.search.wanted(query)
        if self._looking >= MAX_LOOKING or self._closed:
            raise Refused("search.busy", "too many are looking for something", rule="look again in a moment")
        self._looking += 1
        try:
            page = await self._loop.run_in_executor(self._reader, look, self._index, wanted)
        finally:
            self._looking -= 1
        return self.search.view(wanted, page)

    def _apart(self, work: Callable[[], None], done: Callable[[BaseException | None], None]) -> None:
        def tell(made: Future[None]) -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(done, made.exception())

        self._writer.submit(work).add_done_callback(tell)
