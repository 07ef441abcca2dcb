"""What an officer types in the field of the search, read as phrases that must all be found.

Words between quotes stand together, in that order; so do those with no space between them (``06:30``).
The last word, unless it is quoted, may be the beginning of a longer one. What is typed is data: nothing in it is an operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.errors import BadInput
from parley.procedure.search.normal import shield_geresh, words_of

MAX_QUERY_CHARS = 400
MAX_QUERY_WORDS = 24
MIN_BEGINNING_CHARS = 3
_QUOTES = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb]')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together, in normal form; with `beginning` the last one may go on."""

    words: tuple[str, ...]
    beginning: bool = False


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """What is looked for; () where nothing is typed.

    Raises:
        BadInput: code ``search.too-long``, or ``search.no-words`` where something is typed and no word is in it.
    """
    if len(text) > MAX_QUERY_CHARS:
        raise BadInput(
            "search.too-long", "is too long to look for", field="text", rule=f"at most {MAX_QUERY_CHARS} characters"
        )
    found: list[Phrase] = []
    for at, piece in enumerate(_QUOTES.split(shield_geresh(text))):
        for chunk in [piece] if at % 2 else piece.split():
            words = tuple(word.form for word in words_of(chunk))
            found += [Phrase(words)] if words else []
    if sum(len(one.words) for one in found) > MAX_QUERY_WORDS:
        raise BadInput("search.too-long", "has too many words", field="text", rule=f"at most {MAX_QUERY_WORDS} words")
    if text.strip() and not found:
        raise BadInput("search.no-words", "has no word to look for", field="text", rule="letters or digits")
    if found and not _ends_quoted(text) and len(found[-1].words[-1]) >= MIN_BEGINNING_CHARS:
        found[-1] = Phrase(found[-1].words, beginning=True)
    return tuple(found)


def _ends_quoted(text: str) -> bool:
    """Whether the last word is within quotes."""
    pieces = _QUOTES.split(shield_geresh(text))
    last = max((at for at, piece in enumerate(pieces) if words_of(piece)), default=0)
    return last % 2 == 1
