"""Places: named without coordinates, or with coordinates that cannot be.

A word for a place is flagged only where the text holds no coordinates at all: which place they belong to is not for
a rule to say. Names change with the speaker, and a cease-fire line has two sides; a text that says where must say it
in figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.view import View

_EN_PLACES = (
    "village|town|city|hill|checkpoint|crossing|bridge|junction|crossroads|outpost|valley|ridge|farm|gate|camp|mosque|"
    "church|school|hospital|airfield|airport|airbase|harbour|beach|quarry|dam|wadi|tower|barracks|roadblock"
)
_AR_PLACES = (
    "قرية|بلدة|مدينة|تلة|تل|هضبة|حاجز|نقطة\\sتفتيش|نقطة\\sالتفتيش|معبر|جسر|مفرق|تقاطع|وادي|مزرعة|مخيم|مدرسة|"
    "مستشفى|مسجد|كنيسة|مطار|ميناء|شاطئ|السد|برج|ثكنة"
)
_HE_PLACES = (
    "כפר|עיירה|עיר|גבעה|גבעת|מחסום|גשר|צומת|מוצב|עמק|רכס|חווה|ואדי|מחנה|מסגד|כנסייה|בית\\sספר|בית\\sחולים|"
    "שדה\\sתעופה|נמל|חוף|סכר|מגדל|מעבר\\sהגבול"
)

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # near the village, close to Ein Something; not: near 3000 ft, near future
        r"(?<!\w)(?i:near|close\sto|next\sto|adjacent\sto|opposite|in\sthe\svicinity\sof|outskirts\sof)\s{1,2}"
        r"(?!(?i:future|term|miss|end|us|them|you|it|nothing|enough)\b)(?:the\s|our\s|your\s)?[^\W\d_]{2,20}",
        rf"(?<!\w)(?i:at|in|on|from|to|of|by)\s(?i:the\s|our\s|your\s|a\s)?(?i:{_EN_PLACES})(?!\w)(?:\s\w{{1,20}})?",
        rf"(?<!\w)(?i:{_EN_PLACES})\s(?:of\s)?(?:\d{{1,4}}|[A-Z]\w{{0,20}})(?!\w)",
        r"(?<!\w)[وفب]?(?:قرب|بالقرب\sمن|بجوار|بجانب|بمحاذاة|في\sمحيط|على\sمشارف|مقابل)\s[^\W\d_]{2,20}",
        rf"(?<!\w)[وفبلك]{{0,2}}(?:ال)?(?:{_AR_PLACES})(?!\w)(?:\s\w{{1,20}})?",
        r"(?<!\w)ו?(?:ליד|ב?סמוך\sל|בקרבת|באזור|מול|בפאתי)\s?[^\W\d_]{2,20}",
        rf"(?<!\w)[ושבלמהכ]{{0,3}}(?:{_HE_PLACES})(?!\w)(?:\s\w{{1,20}})?",
    )
)


def place_flags(view: View) -> Iterator[Flag]:
    """Coordinates that cannot be; and, where there are none, every word for a place."""
    for found in view.coordinates:
        if not found.plausible:
            yield flag("place.implausible", view.text, found.start, found.end)
    if not view.coordinates:
        taken: set[int] = set()
        for pattern in _PATTERNS:
            for match in pattern.finditer(view.plain):
                if taken.isdisjoint(range(*match.span())):
                    taken.update(range(*match.span()))
                    yield flag("place.no-coordinates", view.text, *match.span())
