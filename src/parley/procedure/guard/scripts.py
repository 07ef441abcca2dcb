"""Scripts: words that mix them, words of look-alikes, and texts in another script than their language's.

Unicode UTS 39 §5, with a table of look-alikes small enough to be read: capitals and small letters of Cyrillic and
Greek that are drawn like Latin ones. A word of left-to-right letters with a few Arabic or Hebrew prefix letters
(``לOP4``) is common and not flagged; any other word of both directions is shown in pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.normal import script_of
from parley.procedure.guard.view import View

LOOKALIKES = dict(
    zip(
        "АВЕЅЈКМНОРСТУХІԚԜасеѕјкорухіԁһԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονακριυγ",
        "ABESJKMHOPCTYXIQWacesjkopyxidhqw" + "ABEZHIKMNOPTYXovakpiuy",
        strict=True,
    )
)
# Within codes, what is taken for something else on a screen or a printed page.
_IN_CODES = {"0": "O", "1": "I", "l": "I", "5": "S", "8": "B"}
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"})
_RIGHT_TO_LEFT = frozenset({"ARABIC", "HEBREW"})
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ku", "ps", "ur"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    **dict.fromkeys(("de", "en", "es", "fr", "it", "pt", "tr"), "LATIN"),
    **dict.fromkeys(("be", "bg", "ru", "uk"), "CYRILLIC"),
    "el": "GREEK",
    "hy": "ARMENIAN",
}
LEAST_LETTERS = 10
MAX_PREFIX_LETTERS = 3
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[^\W_]{1,24}(?:-[^\W_]{1,24}){0,3}")


def script_flags(view: View) -> Iterator[Flag]:
    """Words that mix scripts which look alike, and words made only of look-alikes."""
    words = [(match, {script_of(char) for char in match[0]} - {""}) for match in _WORD.finditer(view.text)]
    meant = _meant_scripts(view.language, words)
    for match, scripts in words:
        if len(scripts & _ALIKE) > 1 or scripts >= _RIGHT_TO_LEFT or _is_two_way(match[0], scripts):
            yield flag("script.mixed", view.text, *match.span())
        elif scripts and not scripts & meant and _is_disguised(match[0]):
            yield flag("script.lookalike", view.text, *match.span())


def _is_two_way(word: str, scripts: set[str]) -> bool:
    if not (scripts & _ALIKE and scripts & _RIGHT_TO_LEFT):
        return False
    sides = [script_of(char) in _RIGHT_TO_LEFT for char in word if script_of(char)]
    return any(sides[sides.index(False) :]) or sides.count(True) > MAX_PREFIX_LETTERS


def _is_disguised(word: str) -> bool:
    return len(word) > 1 and all(char in LOOKALIKES or char.isdigit() for char in word)


def _meant_scripts(language: str, words: list[tuple[re.Match[str], set[str]]]) -> set[str]:
    """Scripts that the text is really written in: its language's, and any with a word that is no disguise."""
    own = {_SCRIPTS.get(_subtag(language), "")}
    return own.union(*(scripts for match, scripts in words if not _is_disguised(match[0])))


def code_flags(view: View) -> Iterator[Flag]:
    """Words that look like a known code and are not it."""
    known = {_skeleton(code) for code in view.codes}
    if known:
        for match in _CODE.finditer(view.text):
            if match[0] not in view.codes and _skeleton(match[0]) in known:
                yield flag("code.lookalike", view.text, *match.span())


def _skeleton(code: str) -> str:
    plain = unicodedata.normalize("NFKC", code)
    return "".join(_IN_CODES.get(char, LOOKALIKES.get(char, char)) for char in plain)


def language_flags(view: View) -> Iterator[Flag]:
    """No letter at all of the script that the language is written in."""
    wanted = _SCRIPTS.get(_subtag(view.language))
    letters = [(index, script_of(char)) for index, char in enumerate(view.text) if char.isalpha()]
    if wanted and len(letters) >= LEAST_LETTERS and all(script != wanted for _, script in letters):
        yield flag("text.language", view.text, letters[0][0], letters[-1][0] + 1)


def _subtag(language: str) -> str:
    return language.partition("-")[0].lower()
