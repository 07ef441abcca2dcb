"""Parley: the software of a dedicated communication cell between sovereign members."""

__version__ = "0.1.0"
