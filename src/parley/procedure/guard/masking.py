"""Masking: what one rule has understood is covered, so that the next does not read it again in another way."""

from __future__ import annotations

from collections.abc import Iterable

# A visible sign that no rule takes for a letter, a digit or a space.
MASK = "\u2316"


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the characters of each span covered; as long as before."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += (text[at:start], MASK * (end - start))
            at = end
    return "".join((*pieces, text[at:]))
