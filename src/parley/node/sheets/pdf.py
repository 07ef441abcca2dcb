"""A document as PDF (PDF/A-2u), set by Typst in this process: without a browser, without the net, with this package's fonts alone.

What people wrote is handed in as data and never read as markup. The same document gives the same bytes.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from parley.node.sheets.fonts import fonts, shown
from parley.node.sheets.layout import Document

TEMPLATE = Path(__file__).with_name("sheet.typ")
STANDARD: Any = "a-2u"
"""It has a glyph and a Unicode meaning for every letter. What cannot be set so is printed all the same: nothing that anybody says
can keep a member from its sheet."""
log = logging.getLogger("parley.node")


def to_pdf(document: Document) -> bytes:
    """The PDF of a document.

    Raises:
        Misconfigured: code ``sheet.fonts``: the fonts are not built.
    """
    made = datetime.fromtimestamp(document.made_ms // 1000, UTC)
    told = {**asdict(document), "day": [made.year, made.month, made.day, made.hour, made.minute]}
    data = json.dumps(_visible(told), ensure_ascii=False)
    try:
        return _set(data, made, [STANDARD])
    except typst.TypstError as fault:
        log.warning("a continuity sheet is not PDF/A: %s", fault)
        return _set(data, made, [])


def _set(data: str, made: datetime, standards: list[Any]) -> bytes:
    return bytes(
        typst.compile(
            TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs={"document": data}, pdf_standards=standards, timestamp=made,
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
