"""What is this member's alone: drafts, the watch's own log, contacts, standing orders, and the sheets that the program made.

* None of it is ever in the record or on a line. No other room of the node reads it; the API gives it to this member's own
  officers, and the sheets are made of it (`node.sheets`).
* One file, which only its owner reads. What is deleted is overwritten (SQLite's ``secure_delete``), in the write-ahead log too.
* What officers change together bears a `version`, and a change names the version it changes: of two who change one thing at
  once the second is told, and loses nothing.
* The log is added to and never changed: a correction is an entry of its own, which names the one it corrects.

Thread-safe: every method takes the one connection in turn.
"""

from __future__ import annotations

from parley.node.private.contacts import Contact, ContactBody
from parley.node.private.drafts import Draft, DraftBody, DraftState, Note
from parley.node.private.kept_sheets import KeptSheet
from parley.node.private.orders import OrderBody, StandingOrder
from parley.node.private.store import PrivateStore
from parley.node.private.watch_log import LogEntry

__all__ = [
    "Contact", "ContactBody", "Draft", "DraftBody", "DraftState", "KeptSheet", "LogEntry", "Note", "OrderBody", "PrivateStore",
    "StandingOrder",
]  # fmt: skip
