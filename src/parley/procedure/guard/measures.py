"""Figures: heights without datum or unit, miles of two kinds, numbers that can be read as two, ranges with a hyphen.

Feet are taken for a height unless the words after them make them a length; metres only beside a word for height or
where something that flies is said to be at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.procedure.guard.flags import Flag, flag
from parley.procedure.guard.view import View

_NUMBER = r"\d{1,9}(?:[.,\u066b\u066c]\d{1,9}){0,3}"
_NOT_IN_NUMBER = r"(?<![\d.,\u066b\u066c:/])(?<![A-Za-z_])"
_LENGTHS = (
    r"(?:m|km|ft|feet|foot|metres?|meters?|kilometres?|kilometers?|[اأ]متار|متر(?:\u064b?ا\u064b?)?|م|كم|كيلومتر\w{0,3}"
    r"|قدم(?:\u064b?ا\u064b?)?|أقدام|מטר(?:ים)?|מ['׳]|ק[\"״]מ|קילומטר(?:ים)?|רגל|רגליים)(?!\w)"
)
_OTHER_UNITS = (
    r"(?:cm|mm|yd|yards?|miles?|mi|nm|NM|nautical|kts?|knots?|kmh|km/h|kph|mph|m/s|min|minutes?|hours?|seconds?|s|days?|kg|t|tons?"
    r"|degrees?|MHz|kHz|GHz|ميل|أميال|عقدة|عقد|درجة|درجات|دقيق\w{0,3}|دقائق|ساع\w{0,3}|ثانية|"
    r"מייל(?:ים)?|קשר(?:ים)?|מעלות|קמ[\"״]ש|דקות|שעות|שניות)(?!\w)|[%°]"
)
_OTHER_UNIT_AFTER = re.compile(rf"\s{{0,2}}(?:{_OTHER_UNITS})")
_UNIT = rf"(?:{_LENGTHS}|{_OTHER_UNITS})"
_FEET = r"(?:(?i:ft|feet|foot)|قدم(?:\u064b?ا\u064b?)?|أقدام|רגל|רגליים)(?!\w)"
_NOT_HIGH = r"(?!\s(?:(?i:long|wide|away|apart|deep|from|of)|بعيد|من|מן?)(?!\w))"
_HEIGHT_WORD = (
    r"(?<!\w)(?:(?i:altitude|height|elevation|ceiling|floor|flying\sat|flies\sat|alt)"
    r"|[وفبل]{0,2}(?:ال)?(?:ارتفاع|علو|سقف)(?:ه|ها)?|[ושבלמה]{0,3}(?:גובה|גובהו|רום|תקרה))"
)
_FILLER = r"\W{0,3}(?:(?:of|is|about|at|from|up\sto|إلى|على|نحو|حوالي|لا\sيتجاوز|قدره|של|עד|כ|הוא)\W{1,2}){0,2}"
DATUM = re.compile(
    r"(?:(?<!\w)(?:AMSL|ASL|MSL|AGL|AAL|HAE|WGS\s?-?84)(?!\w)|(?i:(?:above|below)\s(?:the\s)?(?:mean\s)?(?:sea|ground|terrain|WGS84))"
    r"|(?:فوق|تحت|عن)\s(?:متوسط\s)?(?:مستوى\s)?(?:سطح\s)?(?:البحر|الأرض|المجسم)"
    r"|(?:מעל|מתחת)\s(?:ל?גובה\s|ל?פני\s|ל?מפלס\s|ה?ל?אליפסואיד){1,2}(?:פני\s)?(?:הים|הקרקע|WGS84)?)"
)
# What a flight level is counted from.
_PRESSURE = re.compile(r"(?<!\w)(?:STD|QNE|1013|(?i:standard\spressure)|(?:ال)?ضغط\s(?:ال)?قياسي|לחץ\sתקני)")
_DATUM_CHARS = 40
_SENTENCE_END = re.compile(r"[;!?\n]|\.(?!\d)")

_HEIGHT_FEET = re.compile(rf"{_NOT_IN_NUMBER}{_NUMBER}\s{{0,2}}{_FEET}{_NOT_HIGH}")
_HEIGHT_AFTER_WORD = re.compile(rf"{_HEIGHT_WORD}{_FILLER}(?P<n>{_NUMBER}\s{{0,2}}{_LENGTHS})")
_HEIGHT_BARE = re.compile(
    rf"{_HEIGHT_WORD}{_FILLER}(?P<n>\d{{3,9}}(?:[.,\u066b\u066c]\d{{1,9}}){{0,3}})(?![:\d/]|[.,]\d)(?!\s{{0,2}}{_LENGTHS})"
)
_HEIGHT_BEFORE_WORD = re.compile(
    rf"{_NOT_IN_NUMBER}{_NUMBER}\s{{0,2}}{_LENGTHS}\s(?:(?i:altitude|height|high|elevation)|ارتفاع\w{{0,2}}|علو|גובה)(?!\w)"
)
_HEIGHT_OF_CRAFT = re.compile(
    rf"(?<!\w)(?:(?i:aircraft|helicopters?|drones?|UAVs?|jets?|planes?)(?:\s\w{{1,12}}){{0,3}}?\sat\s"
    rf"|(?:ال)?(?:طائر|مروحي|مسيّ?ر)\w{{1,3}}(?:\s\w{{1,12}}){{0,3}}?\s(?:على|عند)\s"
    rf"|ה?(?:מטוס|מסוק|רחפן)\w{{0,3}}(?:\s\w{{1,12}}){{0,3}}?\sב-)(?P<n>{_NUMBER}\s{{0,2}}{_LENGTHS}){_NOT_HIGH}"
)
_HEIGHTS = ((_HEIGHT_FEET, 0), (_HEIGHT_AFTER_WORD, "n"), (_HEIGHT_BEFORE_WORD, 0), (_HEIGHT_OF_CRAFT, "n"))
_FLIGHT_LEVEL = re.compile(
    r"(?<!\w)(?:FL\s?\d{2,3}|(?i:flight\slevel)\s\d{2,3}|مستوى\s(?:ال)?طيران\s\d{2,3}|רום\sטיסה\s\d{2,3})(?!\d)"
)
_NM = re.compile(rf"{_NOT_IN_NUMBER}{_NUMBER}\s{{0,2}}(?:nm|NM|Nm)(?!\w)")
_MILE = re.compile(
    rf"{_NOT_IN_NUMBER}{_NUMBER}\s{{0,2}}(?:(?i:miles?|mi)(?!\w)|(?:ميل(?:\u064b?ا\u064b?)?|أميال)(?!\w)(?!\s(?:ال)?بحري)"
    r"|מייל(?:ים)?(?!\w)(?!\sימי))"
)
_BARE = re.compile(
    r"(?<!\w)(?:(?i:distance|radius|range|speed|within)(?:\s(?:of|is))?|[وفبل]{0,2}(?:ال)?(?:مسافة|نصف\sقطر(?:ها|ه)?|مدى|سرعة)|على\sبعد"
    rf"|[ושבלמהכ]{{0,3}}(?:מרחק|רדיוס|טווח|מהירות)(?:\sשל)?)[\s:=]{{1,3}}{_NUMBER}(?!\d|[.,:/]\d)(?!\s{{0,2}}{_UNIT})"
    r"(?!\s(?:to|and|until|إلى|و|עד)\s?\d)(?!\s{0,2}[-‐-―−]\s?\d)"
)
_GROUPED = re.compile(
    r"(?<![\d.,\u066b\u066c'’:/])(?<![A-Za-z_])(?:[1-9]\d{0,2}[.,'’]\d{3}|\d{1,3}[\u066b\u066c]\d{3}"
    rf"|\d{{1,3}},\d{{1,2}}(?=\s?{_UNIT}))(?!\d|[.,]\d)(?!\s?[kMG]Hz)"
)
_DASH = r"[-\u05be\u2010-\u2015\u2212~]"
_RANGE = re.compile(
    rf"(?<![\w.\u2316])(?<!\d[-/])(?:[\d\u2316]{{1,32}}(?:[.:,]\d{{1,4}}){{0,2}})(?:[ZL]|\s?(?:m|km|ft|°|%))?\s{{0,2}}{_DASH}{{1,2}}"
    rf"\s{{0,2}}[\d\u2316](?:[\d\u2316]{{0,31}}(?:[.:,]\d{{1,4}}){{0,2}})(?!{_DASH}?[\d\u2316])"
)
_PHONE = re.compile(r"00?\d{1,4}-\d{5,8}")


def height_flags(view: View) -> Iterator[Flag]:
    """Heights that do not say above what, or in what."""
    for match in _FLIGHT_LEVEL.finditer(view.plain):
        after = _sentence_after(view.plain, match.end())
        if not _has_datum(view.plain, *match.span()) and not _PRESSURE.search(after):
            yield flag("height.flight-level", view.text, *match.span())
    yield from _bare_heights(view)
    seen: set[int] = set()
    for pattern, group in _HEIGHTS:
        for match in pattern.finditer(view.plain):
            start, end = match.span(group)
            if start not in seen and not _has_datum(view.plain, start, end):
                seen.add(start)
                yield flag("height.no-datum", view.text, start, end)


def _bare_heights(view: View) -> Iterator[Flag]:
    for match in _HEIGHT_BARE.finditer(view.plain):
        if not _OTHER_UNIT_AFTER.match(view.plain, match.end()):
            yield flag("height.no-unit", view.text, *match.span("n"))


def _has_datum(text: str, start: int, end: int) -> bool:
    """Whether a datum stands in the same sentence soon after, or just before."""
    return (
        DATUM.search(_sentence_after(text, end)) is not None
        or DATUM.search(text[max(0, start - 12) : start]) is not None
    )


def _sentence_after(text: str, end: int) -> str:
    return _SENTENCE_END.split(text[end : end + _DATUM_CHARS], maxsplit=1)[0]


def unit_flags(view: View) -> Iterator[Flag]:
    """Miles of which kind, and numbers of what."""
    for code, pattern in (("unit.nm", _NM), ("unit.mile", _MILE), ("number.no-unit", _BARE)):
        yield from (flag(code, view.text, *match.span()) for match in pattern.finditer(view.plain))


def number_flags(view: View) -> Iterator[Flag]:
    """Numbers that are thousands to one reader and a fraction to another."""
    yield from (flag("number.grouping", view.text, *match.span()) for match in _GROUPED.finditer(view.plain))


def range_flags(view: View) -> Iterator[Flag]:
    """Two values joined by a hyphen or dash."""
    for match in _RANGE.finditer(view.figures):
        if not _PHONE.fullmatch(match[0]):
            yield flag("range.hyphen", view.text, *match.span())
