"""Order and finality: the places every member computes alike.

clock(entry) = 1 + max(clock of the entry before it, clocks of the last entries in its `seen`). The total order is
by (clock, member, generation): one member's entries have rising clocks, and two members' never tie. A place is
*final* once, from every member entitled to act, an entry of a greater (clock, member) is held, for nothing that
still arrives can come before it; until then it is *provisional*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parley.record.ids import LogId, MemberOrdinal, log_generation, log_owner


class OrderKey(NamedTuple):
    """Sort key of one entry. `branch` only separates the sides of a fork, whose entries move no case."""

    clock: int
    member: MemberOrdinal
    generation: int
    branch: int


def order_key(clock: int, log: LogId, branch: int = 0) -> OrderKey:
    """The place of the entry of `log` with logical `clock`."""
    return OrderKey(clock, log_owner(log), log_generation(log), branch)


def next_clock(previous: int, seen: Iterable[int]) -> int:
    """Clock of an entry after one with clock `previous` (0 before the first) that saw entries with clocks `seen`."""
    return 1 + max(previous, max(seen, default=0))


def is_final(place: OrderKey, latest: Mapping[MemberOrdinal, int], entitled: Iterable[MemberOrdinal]) -> bool:
    """Whether no entitled member can still place an entry before `place`.

    Args:
        place: key of the entry asked about.
        latest: clock of the last entry held of each member; absent means none is held.
        entitled: members that may act in the case.
    """
    return all((latest.get(member, 0), member) > (place.clock, place.member) for member in entitled)
