"""The store: what makes a record durable, and the high-water file that guards signing.

`open_store` gives the durable store; `MemoryStore` is the same on a simulated disk; `HighWaterFile` and `guard` tell
whether what the store holds is all that was ever signed.
"""

from __future__ import annotations

from parley.store.highwater import Agreement, HighWaterFile, guard
from parley.store.memory import Backup, Fault, MemoryStore
from parley.store.opening import open_store
from parley.store.store import Store

__all__ = ["Agreement", "Backup", "Fault", "HighWaterFile", "MemoryStore", "Store", "guard", "open_store"]
