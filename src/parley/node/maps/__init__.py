"""Packs of lines, names and grounds that a member vouches for."""
