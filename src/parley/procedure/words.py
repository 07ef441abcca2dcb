"""Words for people: one label in each language, for names, states, fields and buttons.

English is always there, and what a screen falls back to. Labels are plain text without bidirectional controls: who
shows one isolates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Words: TypeAlias = Mapping[str, str]

FALLBACK = "en"


def words(en: str, ar: str, he: str) -> Words:
    """A label in English, Arabic and Hebrew."""
    return {"en": en, "ar": ar, "he": he}


def said(label: Words, language: str) -> str:
    """The label in `language`, in English where it is not there."""
    return label.get(language) or label[FALLBACK]
