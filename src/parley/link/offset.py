"""How far a peer's clock is from ours, from PROBE and ECHO. No clock is read here.

NTP's four time stamps (RFC 5905 §8): asked T1 and answered T4 by our clock, received T2 and replied T3 by the
peer's. Offset = ((T2 - T1) + (T3 - T4)) / 2, round trip = (T4 - T1) - (T3 - T2). Of the last samples the one with
the shortest round trip is the best; its error is at most half that round trip. The offset informs people and alarms;
no rule of the record depends on it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

KEPT_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Offset:
    """Peer's clock minus ours, give or take half the round trip, both in ms."""

    offset_ms: int
    round_trip_ms: int


def measure(sent_ms: int, received_ms: int, replied_ms: int, returned_ms: int) -> Offset | None:
    """One sample, or None where the four times cannot be true of steady clocks (1 ms is allowed for rounding)."""
    away, held = returned_ms - sent_ms, replied_ms - received_ms
    if away < 0 or held < 0 or held > away + 1:
        return None
    return Offset(((received_ms - sent_ms) + (replied_ms - returned_ms)) // 2, max(0, away - held))


class OffsetEstimate:
    """The best of the last `KEPT_SAMPLES` samples."""

    def __init__(self) -> None:
        self._samples: deque[Offset] = deque(maxlen=KEPT_SAMPLES)

    def add(self, sample: Offset) -> None:
        """Take one sample in."""
        self._samples.append(sample)

    def clear(self) -> None:
        """Forget all samples: our own clock was set."""
        self._samples.clear()

    def best(self) -> Offset | None:
        """The sample with the shortest round trip, the latest of equals; None before the first."""
        return min(reversed(self._samples), key=lambda sample: sample.round_trip_ms, default=None)
