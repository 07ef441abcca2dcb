"""What XML formats share: text without characters that XML 1.0 forbids, and a document as bytes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

Element = ElementTree.Element

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A child with a text and attributes."""
    child = ElementTree.SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    if text is not None:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    """A text in which what XML forbids is replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def document(root: Element) -> bytes:
    """A whole document, UTF-8."""
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
