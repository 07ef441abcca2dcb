"""The scale: what each expectation is worth, and what each mistake costs. docs/drills.md is compared with it by a test.

A member's score is ``100 × earned / possible − mistakes``, in whole points, from 0 to 100. What is reached on time earns its
whole worth, late half of it (rounded down), never nothing. The drill's score is the mean of its members', rounded down.
"""

from __future__ import annotations

from collections.abc import Mapping

STORED, SHOWN, ACKNOWLEDGED, READ_BACK = "stored", "shown", "acknowledged", "read-back"
PASSED_ON, CONFIRMED, OUTCOME = "passed-on", "unit-confirmed", "outcome"
ANSWERED, FACILITATED, ASSESSED = "answered", "facilitated", "assessed"

WORTH: Mapping[str, int] = {
    STORED: 6, SHOWN: 10, ACKNOWLEDGED: 30, READ_BACK: 20, PASSED_ON: 10, CONFIRMED: 10, OUTCOME: 14,
    ANSWERED: 10, FACILITATED: 20, ASSESSED: 30,
}  # fmt: skip
"""By expectation: the rungs of the ladder; that the ring was answered in its first step; that the facilitator acted in its step;
that the silence was assessed."""

MISREAD, MISREAD_LEFT, STRANGER, MISSED, BELIEVED = "misread", "misread-left", "stranger", "missed", "believed"
COST: Mapping[str, int] = {MISREAD: 5, MISREAD_LEFT: 15, STRANGER: 10, MISSED: 15, BELIEVED: 20}
"""By mistake: read back otherwise and put right; and not put right; acknowledged by a position that is not on the roster; a clock
missed; a cause of silence wrongly believed."""
