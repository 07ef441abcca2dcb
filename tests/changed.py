"""`replace` for every frozen record, dataclass or struct."""

from __future__ import annotations

import dataclasses
from typing import TypeVar

import msgspec

Frozen = TypeVar("Frozen")


def replace(record: Frozen, **changes: object) -> Frozen:
    """A copy of `record` with some fields changed."""
    change = msgspec.structs.replace if isinstance(record, msgspec.Struct) else dataclasses.replace
    return change(record, **changes)  # type: ignore[type-var, return-value]
