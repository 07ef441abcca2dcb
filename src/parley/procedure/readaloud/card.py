"""The card from which a statement is read aloud: always the same lines in the same order, so that a listener can follow blind.

Reference · precedence · kind · from · to · said at · what is read back, in the order of its fields · check words; beside them the
text as it stands. Pure: it says no more than the statement does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.procedure.critical import Critical, volume_parts
from parley.procedure.declare import Kind
from parley.procedure.fields import Content, FieldKind
from parley.procedure.readaloud.alphabets import TONGUES
from parley.procedure.readaloud.check_words import check_words
from parley.procedure.readaloud.speaking import Said, moment, spelled, value
from parley.procedure.words import Words, said, words

LANGUAGES = tuple(TONGUES)
TITLES: dict[str, Words] = {
    "reference": words("Reference", "المرجع", "סימוכין"),
    "kind": words("Kind", "النوع", "סוג"),
    "precedence": words("Precedence", "الأسبقية", "קדימות"),
    "from": words("From", "من", "מאת"),
    "to": words("To", "إلى", "אל"),
    "said": words("Said at", "قيل في", "נאמר בשעה"),
    "check": words("Check words", "كلمات التحقق", "מילות בדיקה"),
}
PRECEDENCES: dict[str, Words] = {
    "ROUTINE": words("routine", "عادي", "רגיל"),
    "PRIORITY": words("priority", "مستعجل", "דחוף"),
    "IMMEDIATE": words("immediate", "فوري", "מיידי"),
    "FLASH": words("flash", "خاطف", "מבזק"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `critical`: it is read back."""

    name: str
    title: str
    parts: tuple[Said, ...]
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """What of a statement is read: as the record and the charter have it."""

    reference: str
    digest: bytes
    kind: Kind
    precedence: str
    author: str
    position: str
    addressees: Sequence[str]
    at_ms: int
    content: Content | None
    critical: Sequence[Critical]
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card. `text`: as it stands in the language `text_language`, never translated; "" where there is none."""

    language: str
    lines: tuple[Line, ...]
    text: str
    text_language: str
    check_words: tuple[str, ...]


def card(spoken: Spoken, language: str, *, letter: str = "") -> Card:
    """The card of a statement in one of `LANGUAGES`. `letter`: of its reference, said after it, where references bear one."""
    found = check_words(spoken.digest, language)

    def line(name: str, parts: Sequence[Said], *, critical: bool = False) -> Line:
        return Line(name, said(TITLES[name], language), tuple(parts), critical)

    title = said(spoken.kind.title, language)
    precedence = said(PRECEDENCES[spoken.precedence], language)
    lines = [
        line("reference", spelled(f"{spoken.reference}{letter}", language)),
        line("precedence", [Said(spoken.precedence, precedence)]),
        line("kind", [Said(title, title)]),
        line("from", [*spelled(spoken.author, language), Said(spoken.position, spoken.position)]),
        line("to", [part for code in spoken.addressees for part in (*spelled(code, language), Said("·", "·"))][:-1]),
        line("said", moment(spoken.at_ms, language)),
    ]
    lines += [
        Line(one.field.name, said(one.field.title, language), value(one.field, one.said, language), critical=True)
        for one in _whole(spoken)
    ]
    lines.append(line("check", [Said(word, word) for word in found]))
    text, text_language = _text(spoken, language)
    return Card(language, tuple(lines), text, text_language, found)


def _whole(spoken: Spoken) -> list[Critical]:
    """What is read back; of volumes all that they say, though one corner is read back: no listener knows which."""
    whole: list[Critical] = []
    for field in spoken.kind.fields:
        if field.kind is FieldKind.VOLUMES:
            whole += volume_parts(field.name, (spoken.content or {}).get(field.name))
        else:
            whole += [one for one in spoken.critical if one.field.name.partition(".")[0] == field.name]
    return whole


def _text(spoken: Spoken, language: str) -> tuple[str, str]:
    """A phrase is rendered by rule; a written text stays in its own language."""
    if spoken.phrase is not None:
        return spoken.phrase, language
    content = spoken.content or {}
    text, own = content.get("text"), content.get("lang")
    return (text if isinstance(text, str) else ""), (own if isinstance(own, str) else "")
