"""Values in words of one language, as paragraphs that each know their direction.

Codes, references, times, coordinates and numbers with units are written from left to right in every language, times in UTC; a
person's text goes in the direction of its language, or of its first letter where none is named. What stands inside a sentence of
ours is isolated (UAX 9: FSI … PDI), so that it cannot turn the words around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from parley.node.cases.case_views import Json
from parley.node.sheets import labels
from parley.procedure.critical import volume_parts
from parley.procedure.fields import Field, FieldKind
from parley.procedure.words import Words, said

LANGUAGES = ("en", "ar", "he")
RTL = frozenset({"ar", "he", "fa", "ur", "ps", "ckb", "yi", "dv", "syr"})
FSI, PDI = "\u2068", "\u2069"
E7 = 10_000_000
LAST_MS = 253_402_300_799_999
BREAK, BROKEN_AFTER = "\u200b", 32
_JOINING = frozenset("\u200b\u200c\u200d")
_LONG = re.compile(r"\S{40,}")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, its direction (``ltr`` or ``rtl``), how it is set (``plain``, ``strong``, ``small``, ``alarm``)."""

    text: str
    dir: str
    style: str = "plain"


def direction(language: str, text: str = "") -> str:
    """The direction of a text in a language; of its first letter that has one where no language is named."""
    if language:
        return "rtl" if language.partition("-")[0] in RTL else "ltr"
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((one for one in strong if one in ("L", "R", "AL")), "L") != "L" else "ltr"


def clean(text: str) -> str:
    """A person's text without what would turn the direction of what follows it, or control the page."""
    kept = (letter for letter in _LONG.sub(_divided, text) if letter not in _TURNING)
    return "".join(one if one == "\n" or unicodedata.category(one)[0] != "C" or one in _JOINING else " " for one in kept)  # fmt: skip


def _divided(word: re.Match[str]) -> str:
    """A word that no line can hold, with places at which it may be broken."""
    return BREAK.join(word[0][at : at + BROKEN_AFTER] for at in range(0, len(word[0]), BROKEN_AFTER))


def isolated(text: str) -> str:
    """A piece inside a sentence of another direction."""
    return f"{FSI}{clean(text)}{PDI}"


def code(text: str, style: str = "plain") -> Paragraph:
    """A reference, a code, a number."""
    return Paragraph(clean(text), "ltr", style)


def passage(text: str, language: str, style: str = "plain") -> Paragraph:
    """What a person wrote."""
    shown = clean(text).strip()
    return Paragraph(shown, direction(language, shown), style)


def sentence(label: Words, language: str, style: str = "plain", **parts: str) -> Paragraph:
    """Our own words, with isolated pieces in them."""
    text = said(label, language)
    for name, piece in parts.items():
        text = text.replace(f"{{{name}}}", isolated(piece))
    return Paragraph(text, direction(language), style)


def moment(at_ms: int, *, day: bool = True) -> str:
    """A time in UTC, such as ``2026-11-26 14:30 UTC``; one that no calendar reaches as the number it is."""
    if not 0 <= at_ms <= LAST_MS:
        return f"{at_ms} ms"
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC" if day else "%H:%M UTC")


def local(at_ms: int, zone: str) -> str:
    """A time in a zone, with its offset."""
    return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %z")


def fields_said(
    fields: Sequence[Field], content: Mapping[str, Json], phrase: Mapping[str, str], language: str
) -> list[Paragraph]:
    """What a statement says: its phrase or text first, then its other fields, each under its name."""
    found: list[Paragraph] = []
    if phrase:
        spoken = language if language in phrase else next(iter(phrase))
        found.append(passage(phrase[spoken], spoken))
    text, tag = content.get("text"), content.get("lang")
    if isinstance(text, str):
        found.append(passage(text, tag if isinstance(tag, str) else ""))
    known = {one.name: one for one in fields}
    for name, value in content.items():
        if name not in ("text", "lang", "phrase", "read_back", "roster", "sheet"):
            found += _field(name, known.get(name), value, language)
    return found


def _field(name: str, field: Field | None, value: Json, language: str) -> list[Paragraph]:
    title = said(field.title, language) if field is not None else name
    shown = value_said(field, value, language)
    if len(shown) == 1:
        return [Paragraph(f"{isolated(title)}: {isolated(shown[0].text)}", direction(language), "small")]
    return [Paragraph(f"{isolated(title)}:", direction(language), "small"), *shown]


def value_said(field: Field | None, value: Json, language: str) -> list[Paragraph]:
    """One value, by what its field is declared to be; whatever it is, it is shown."""
    kind = field.kind if field is not None else None
    match kind, value:
        case FieldKind.INSTANT, int():
            return [code(moment(value), "small")]
        case FieldKind.SPAN, int():
            return [code(_span(value), "small")]
        case FieldKind.PLACE, [int() as latitude, int() as longitude]:
            return [code(_place(latitude, longitude), "small")]
        case FieldKind.AREA, {"circle": [int() as latitude, int() as longitude, int() as radius_m]}:
            return [code(f"{_place(latitude, longitude)}, {radius_m} m", "small")]
        case FieldKind.AREA, {"polygon": [*corners]}:
            return [_corner(number, corner, language) for number, corner in enumerate(corners, 1)]
        case FieldKind.AREA, {"corridor": [[*points], int() as width_m]}:
            line = [_corner(number, point, language) for number, point in enumerate(points, 1)]
            return [*line, code(f"{width_m} m", "small")]
        case FieldKind.VOLUMES, [*volumes]:
            return [part for volume in volumes for part in _volume(volume, language)]
        case FieldKind.HEIGHT, [int() as centimetres, str() as datum]:
            return [code(f"{centimetres / 100:g} m {datum}", "small")]
        case FieldKind.CHOICE, str() if field is not None:
            title = next((one.title for one in field.choices if one.value == value), None)
            return [Paragraph(said(title, language), direction(language), "small") if title else code(value, "small")]
        case _, bool():
            return [Paragraph(said(labels.YES if value else labels.NO, language), direction(language), "small")]
        case _, {"from": int() as start, "until": int() as end}:
            return [sentence(labels.FROM_UNTIL, language, "small", start=moment(start), end=moment(end))]
        case _, str():
            return [passage(value, "", "small")]
        case _, [*items] if all(isinstance(one, str) for one in items):
            return [code(", ".join(map(str, items)), "small")]
    return [code(str(value), "small")]


def _volume(volume: Json, language: str) -> list[Paragraph]:
    """Where, when, and between which heights."""
    if not isinstance(volume, dict):
        return [code(str(volume), "small")]
    parts = volume_parts("volumes", [volume])  # type: ignore[list-item]
    return [
        one
        for part in parts
        for one in _field(part.field.name, part.field, volume[part.field.name.rpartition(".")[2]], language)
    ]


def _corner(number: int, corner: Json, language: str) -> Paragraph:
    match corner:
        case [int() as latitude, int() as longitude]:
            where = _place(latitude, longitude)
        case _:
            where = str(corner)
    name = said(labels.CORNER, language).replace("{number}", str(number))
    return Paragraph(f"{isolated(name)}: {isolated(where)}", direction(language), "small")


def _place(latitude: int, longitude: int) -> str:
    return f"{abs(latitude) / E7:.5f} {'S' if latitude < 0 else 'N'} {abs(longitude) / E7:.5f} {'W' if longitude < 0 else 'E'}"


def _span(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or f"{ms} ms"
