"""Everything private of one node, by its kinds."""

from __future__ import annotations

from pathlib import Path

from parley.node.private import contacts, orders
from parley.node.private.contacts import Contact, ContactBody
from parley.node.private.drafts import Drafts
from parley.node.private.file import PrivateFile
from parley.node.private.kept_sheets import KeptSheets
from parley.node.private.orders import OrderBody, StandingOrder
from parley.node.private.versioned import Versioned
from parley.node.private.watch_log import WatchLog


class PrivateStore:
    """The store in the file at `path`; None keeps it in memory.

    Raises:
        StorageFault: ``private.open``, ``private.newer``; every method of its parts ``private.failed``.
    """

    def __init__(self, path: Path | None) -> None:
        self._file = PrivateFile(path)
        self.drafts = Drafts(self._file)
        self.log = WatchLog(self._file)
        self.contacts = Versioned(self._file, contacts.TABLE, "contact", contacts.MAX_CONTACTS, Contact, ContactBody)
        self.orders = Versioned(self._file, orders.TABLE, "order", orders.MAX_ORDERS, StandingOrder, OrderBody)
        self.sheets = KeptSheets(self._file)

    def close(self) -> None:
        """Close it."""
        self._file.close()
