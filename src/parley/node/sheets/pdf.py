"""A document as PDF (PDF/A-2u), set by Typst in this process: without a browser, without the net, with this package's fonts alone.

What people wrote is handed in as data and never read as markup. The same document gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from parley.node.sheets.fonts import fonts, shown
from parley.node.sheets.layout import Document

TEMPLATE = Path(__file__).with_name("sheet.typ")
STANDARD: Any = "a-2u"
"""It has a glyph and a Unicode meaning for every letter, or is not made at all."""


def to_pdf(document: Document) -> bytes:
    """The PDF of a document.

    Raises:
        Misconfigured: code ``sheet.fonts``: the fonts are not built.
    """
    made = datetime.fromtimestamp(document.made_ms // 1000, UTC)
    told = {**asdict(document), "day": [made.year, made.month, made.day, made.hour, made.minute]}
    return bytes(
        typst.compile(
            TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs={"document": json.dumps(_visible(told), ensure_ascii=False)}, pdf_standards=[STANDARD], timestamp=made,
        )
    )  # fmt: skip


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list | tuple):
        return [_visible(one) for one in value]
    if isinstance(value, dict):
        return {name: _visible(one) for name, one in value.items()}
    return value
