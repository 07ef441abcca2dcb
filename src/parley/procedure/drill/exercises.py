"""The drills, and the causes of silence that an assessment may name; `desks.drills` declares the words."""

from __future__ import annotations

STOP_CALL, MISSED_CALL, NODE_LOST, FORK_SEEN = "stop", "missed-call", "node-lost", "fork-seen"
EXERCISES = (STOP_CALL, MISSED_CALL, NODE_LOST, FORK_SEEN)
ASSESSED = frozenset({NODE_LOST, FORK_SEEN})
"""Drills in which everyone says what they hold of a member's silence."""

UNKNOWN, SPLIT = "unknown", "split"
