"""Length: what is sent as FLASH or IMMEDIATE must be read at once."""

from __future__ import annotations

from collections.abc import Iterator

from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.normal import word_spans
from parley.procedure.guard.view import View
from parley.record.statement import Precedence

MAX_WORDS = 200


def length_flags(view: View) -> Iterator[Flag]:
    """The words beyond the limit, as one flag."""
    if view.precedence >= Precedence.IMMEDIATE:
        words = word_spans(view.text)
        if len(words) > MAX_WORDS:
            yield flag("text.too-long", view.text, words[MAX_WORDS][0], words[-1][1])
