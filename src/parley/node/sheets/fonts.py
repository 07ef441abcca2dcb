"""The fonts of printed sheets: Noto Sans (OFL-1.1), which the build puts beside this file out of the page's npm packages.

What no font has a letter for is written as its code point in brackets, ``(1F600)``, so that nothing is printed as an empty
box and nothing goes unseen.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

from parley.errors import Misconfigured

FOLDER = Path(__file__).with_name("fonts")
_SCRIPTS = (range(0x0590, 0x0600), range(0x0600, 0x0700), range(0x0750, 0x0780), range(0x08A0, 0x0900))
"""Hebrew and Arabic: their vowels and points are marks. Marks of other letters are composed with them (NFC)."""
_INVISIBLE = frozenset({0x200B, 0x200C, 0x200D, 0x2066, 0x2067, 0x2068, 0x2069, 0x0A})


@cache
def fonts() -> typst.Fonts:
    """The fonts, read once; no font of this machine is ever used.

    Raises:
        Misconfigured: code ``sheet.fonts``: they are not built.
    """
    if not list(FOLDER.glob("*.ttf")):
        raise Misconfigured(
            "sheet.fonts", "the fonts of printed sheets are not built", rule="`make web`, which needs Node, makes them"
        )
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def shown(text: str) -> str:
    """`text`, in which every letter has a glyph. A mark that is no part of a letter of one font is told as what it is."""
    known = covered()
    found: list[str] = []
    for one in unicodedata.normalize("NFC", text):
        if ord(one) in known and (unicodedata.category(one)[0] != "M" or _marks(found[-1] if found else "", one)):
            found.append(one)
        else:
            found.append(f"({ord(one):04X})")
    return "".join(found)


def _marks(before: str, mark: str) -> bool:
    """Whether a mark stands on a letter of its own script, or on another mark of it."""
    return any(before != "" and ord(mark) in script and ord(before[-1]) in script for script in _SCRIPTS)


@cache
def covered() -> frozenset[int]:
    """Every code point that the regular fonts have a glyph for, and those that are not drawn at all."""
    found = set(_INVISIBLE)
    for path in FOLDER.glob("*-400-*.ttf"):
        found.update(_code_points(path.read_bytes()))
    return frozenset(found)


def _code_points(font: bytes) -> Iterator[int]:
    """The code points in a font's ``cmap`` (OpenType 1.9), of its subtables in format 4 and 12."""
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, table, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag != b"cmap":
            continue
        for sub in range(struct.unpack_from(">H", font, table + 2)[0]):
            start = table + struct.unpack_from(">I", font, table + 8 + 8 * sub)[0]
            match struct.unpack_from(">H", font, start)[0]:
                case 4:
                    yield from _format_4(font, start)
                case 12:
                    for group in range(struct.unpack_from(">I", font, start + 12)[0]):
                        first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * group)
                        yield from range(first, last + 1)


def _format_4(font: bytes, start: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    at = start + 16 + 2 * segments
    starts = struct.unpack_from(f">{segments}H", font, at)
    deltas = struct.unpack_from(f">{segments}H", font, at + 2 * segments)
    offsets = struct.unpack_from(f">{segments}H", font, at + 4 * segments)
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, last + 1):
            glyph = point
            if offset:
                where = at + 4 * segments + 2 * segment + offset + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, where)[0]
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF and point != 0xFFFF:
                yield point
