"""Makes the fonts of printed sheets: `python -m tools.fonts`, after the page's npm packages are installed.

The npm packages (Noto Sans, OFL-1.1) hold WOFF 1.0 files, which are OpenType tables packed one by one. Unpacked they stand beside
the code that prints; git ignores them, and no font is ever part of this project's own files.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "web" / "node_modules" / "@fontsource"
TARGET = ROOT / "src" / "parley" / "node" / "sheets" / "fonts"
WEIGHTS = ("400", "700")
SUBSETS = {
    "noto-sans": ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-hebrew": ("hebrew",),
}
SIGNATURE = b"wOFF"


def unpacked(woff: bytes) -> bytes:
    """The OpenType font in a WOFF 1.0 file (W3C Recommendation, section 4 and 5).

    Raises:
        ValueError: it is no such file, or a table of it is damaged.
    """
    if woff[:4] != SIGNATURE:
        raise ValueError("is no WOFF 1.0 file")
    flavour, _, count = struct.unpack_from(">IIH", woff, 4)
    power = count.bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", flavour, count, search, power, 16 * count - search)
    directory, tables, at = b"", b"", len(head) + 16 * count
    for number in range(count):
        tag, offset, packed, size, checksum = struct.unpack_from(">4sIIII", woff, 44 + 20 * number)
        data = woff[offset : offset + packed]
        table = zlib.decompress(data) if packed < size else data
        if len(table) != size:
            raise ValueError(f"table {tag!r} has {len(table)} bytes, not {size}")
        directory += struct.pack(">4sIII", tag, checksum, at + len(tables), size)
        tables += table + bytes(-size % 4)
    return head + directory + tables


def main() -> None:
    """Unpack every font that is printed with."""
    TARGET.mkdir(exist_ok=True)
    for package, subsets in SUBSETS.items():
        for subset in subsets:
            for weight in WEIGHTS:
                name = f"{package}-{subset}-{weight}-normal"
                (TARGET / f"{name}.ttf").write_bytes(
                    unpacked((PACKAGES / package / "files" / f"{name}.woff").read_bytes())
                )
        (TARGET / f"{package}.LICENSE").write_bytes((PACKAGES / package / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
