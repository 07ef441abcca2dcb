"""Proofs that leave the mechanism: what is proven, to someone who has only the file and the keys.

Imports the record and the charter; does no I/O; reads no clock.
"""
