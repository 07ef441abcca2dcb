"""The record: entries, statements, contents, Merkle logs, checkpoints, order, finality, forks.

Knows members as ordinals only; does no I/O; reads no clock.
"""
