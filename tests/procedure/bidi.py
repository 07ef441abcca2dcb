"""The Unicode bidirectional algorithm (UAX 9) for one line without controls: what a screen shows, left to right.

Paragraph direction given; rules W1-W7, N0 (brackets), N1-N2, I1-I2, L1-L2. Enough for plain text in which nothing
is isolated: the worst case in which a rendering is read.
"""

from __future__ import annotations

import unicodedata

STRONG = {"L", "R"}


def _weak(types: list[str], base: str) -> None:
    last_strong = base
    for i, kind in enumerate(types):
        if kind == "NSM":
            types[i] = types[i - 1] if i else base
    for i, kind in enumerate(types):
        if kind in ("L", "R", "AL"):
            last_strong = kind
        elif kind == "EN" and last_strong == "AL":
            types[i] = "AN"
    types[:] = ["R" if kind == "AL" else kind for kind in types]
    for i in range(1, len(types) - 1):
        around = (types[i - 1], types[i + 1])
        if (types[i] in ("ES", "CS") and around == ("EN", "EN")) or (types[i] == "CS" and around == ("AN", "AN")):
            types[i] = around[0]
    types[:] = ["ON" if kind in ("ES", "CS", "ET", "WS", "S", "B") else kind for kind in types]
    last_strong = base
    for i, kind in enumerate(types):
        if kind in STRONG:
            last_strong = kind
        elif kind == "EN" and last_strong == "L":
            types[i] = "L"


def _side(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind


def _brackets(text: str, types: list[str], base: str) -> None:
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char == "(":
            stack.append(i)
        elif char == ")" and stack:
            pairs.append((stack.pop(), i))
    for start, end in sorted(pairs):
        inside = {_side(kind) for kind in types[start + 1 : end]} & STRONG
        if base in inside:
            types[start] = types[end] = base
        elif inside:
            before = next((_side(kind) for kind in reversed(types[:start]) if _side(kind) in STRONG), base)
            types[start] = types[end] = before if before != base else base


def _neutral(types: list[str], base: str) -> None:
    i = 0
    while i < len(types):
        if types[i] != "ON":
            i += 1
            continue
        end = i
        while end < len(types) and types[end] == "ON":
            end += 1
        before = _side(types[i - 1]) if i else base
        after = _side(types[end]) if end < len(types) else base
        types[i:end] = [before if before == after else base] * (end - i)
        i = end


def visual(text: str, direction: str) -> list[int]:
    """Indexes of the characters of `text` as they stand on the screen, from left to right."""
    base = "R" if direction == "rtl" else "L"
    types = [unicodedata.bidirectional(char) or "ON" for char in text]
    _weak(types, base)
    _brackets(text, types, base)
    _neutral(types, base)
    level = 1 if base == "R" else 0
    levels = [
        level + (kind == "L" if level else 1 if kind == "R" else 0) + (1 if kind in ("EN", "AN") else 0) * (2 - level)
        for kind in types
    ]
    order = list(range(len(text)))
    for floor in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < floor:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= floor:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
