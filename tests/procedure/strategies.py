"""Random slots for every phrase, and the same text in other digits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hypothesis import strategies as st

from parley.procedure.phrasebook import PHRASES, Phrase, Slot, SlotKind, SlotValue
from parley.procedure.phrasebook.kinds import moments, nouns, positions
from parley.procedure.phrasebook.kinds.positions import feet_to_cm
from parley.procedure.phrasebook.slots import ASCENDING, codes_of

MINUTES = moments.MINUTE_MS

aliases = st.from_regex(r"[A-Z]{1,4}[0-9]{0,3}(-[A-Z]{1,2}[0-9]{0,2})?", fullmatch=True).filter(
    lambda text: len(text) > 1
)
degrees = st.one_of(st.integers(-900_000_000, 900_000_000), st.sampled_from([0, -1, 1, 331_254_000, -900_000_000]))
longitudes = st.one_of(st.integers(1 - 1_800_000_000, 1_800_000_000), st.sampled_from([0, 358_012_000, 1_800_000_000]))
counts = st.one_of(st.integers(0, 12), st.integers(0, nouns.MAX_COUNT), st.sampled_from([100, 101, 102, 103, 111, 200]))


def lengths(least: int, most: int) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(least, most), st.sampled_from([n for n in (0, 1, 2, 3, 11, 100, 101) if n >= least]))


def _heights() -> st.SearchStrategy[SlotValue]:
    def sized(datum: str) -> st.SearchStrategy[SlotValue]:
        least = 0 if datum == "AGL" else -1000
        metres = lengths(least, 40_000).map(lambda size: (size * 100, datum, "m"))
        feet = lengths(least, 60_000).map(lambda size: (feet_to_cm(size), datum, "ft"))
        return st.one_of(metres, feet)

    return st.sampled_from(positions.DATUMS).flatmap(sized)


@cache
def values(slot: Slot) -> st.SearchStrategy[SlotValue]:
    match slot.kind:
        case SlotKind.INSTANT:
            first, last = moments.FIRST_INSTANT_MS // MINUTES, moments.LAST_INSTANT_MS // MINUTES
            return st.integers(first, last).map(lambda minute: minute * MINUTES)
        case SlotKind.DURATION:
            return st.one_of(st.integers(1, 200), st.integers(1, 300).map(lambda h: h * 60))
        case SlotKind.PLACE:
            return st.tuples(degrees, longitudes, st.one_of(st.just(""), aliases))
        case SlotKind.HEIGHT:
            return _heights()
        case SlotKind.DISTANCE:
            return lengths(1, positions.MAX_DISTANCE_M)
        case SlotKind.BEARING:
            return st.integers(0, 35_999)
        case SlotKind.COUNT:
            return counts
        case SlotKind.OBJECTS:
            return st.tuples(counts.map(lambda n: n or 1), st.sampled_from(codes_of(slot)))
        case SlotKind.UNIT:
            return aliases
        case SlotKind.CASE:
            return st.from_regex(r"[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})", fullmatch=True)
        case SlotKind.MEMBER:
            return st.from_regex(r"[A-Z][A-Z0-9]{0,4}[A-Z]", fullmatch=True)
        case SlotKind.CHOICE:
            return st.sampled_from(codes_of(slot))


def _turned(slots: Mapping[str, SlotValue]) -> dict[str, SlotValue]:
    """Random slots, each pair that must ascend turned round where it descends."""
    turned = dict(slots)
    for low, high in _not_ascending(slots):
        turned[low], turned[high] = turned[high], turned[low]
    return turned


def _not_ascending(slots: Mapping[str, SlotValue]) -> list[tuple[str, str]]:
    pairs = [(low, high) for low, high in ASCENDING if low in slots and high in slots]
    return [(low, high) for low, high in pairs if _not_below(slots[low], slots[high])]


def _not_below(low: SlotValue, high: SlotValue) -> bool:
    if isinstance(low, tuple) and isinstance(high, tuple):
        return low[1] == high[1] and int(low[0]) >= int(high[0])
    return isinstance(low, int) and isinstance(high, int) and low >= high


@cache
def filled(phrase: Phrase) -> st.SearchStrategy[dict[str, SlotValue]]:
    """Slots that the phrase can hold. Turning parts no pair that is equal, such as 0 feet and 0 metres: those go."""
    slots = st.fixed_dictionaries({slot.name: values(slot) for slot in phrase.slots})
    return slots.map(_turned).filter(lambda turned: not _not_ascending(turned))


@cache
def said() -> st.SearchStrategy[tuple[str, dict[str, SlotValue]]]:
    """Any phrase with slots."""
    return st.sampled_from(list(PHRASES.values())).flatmap(lambda one: st.tuples(st.just(one.id), filled(one)))


def in_arabic_digits(text: str) -> str:
    return text.translate({ord("0") + n: 0x0660 + n for n in range(10)})
