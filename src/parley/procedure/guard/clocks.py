"""Times of day in a text: where they stand, whatever is wrong with them.

A number is taken for a time only in the shape of one (14:30, 0600, 6 pm) or beside a word that makes it one (at 6).
`VAGUE` and `RELATIVE` are times told by words alone: of a day (dawn), and counted from when they are read (in 2 hours).
"""

from __future__ import annotations

import re

CLOCK = re.compile(
    r"(?<![\d:.,/+])(?<![CT]-)(?P<h>\d{1,2})(?::|[hH](?=\d\d(?!\d)))(?P<m>\d{2})(?::\d{2}(?:\.\d{1,3})?)?(?![\d:])"
)

_FOUR = r"(?:[01]\d|2[0-3])[0-5]\d"
_HOUR = r"(?:1?\d|2[0-4])"
_NOT_IN_NUMBER = r"(?<![\d.,:/])(?<!\d[+-])(?<![A-Za-z_\u2316])(?<![A-Za-z]-)"
_UNITS = r"(?!\s?(?:m|km|ft|feet|metres?|meters?|rounds|kg|MHz|kHz|متر|قدم|كم|מטר|רגל)(?!\w))"
HOURS = r"(?:\s?(?:hours|hrs?|[hH])(?!\w))"

# What may follow a bare hour for it to be one: an end, or a word that opens what happens then.
_ENDS = (
    r"(?=\s{0,2}(?:$|\n|[;!?)(+]|[.,،؛؟](?!\d)|(?:today|tomorrow|tonight|on|sharp|and|or|to|until|till|local|LT|UTC|GMT|Z"
    r"|we|our|you|your|they|their|all|the|it|both|no|نحن|جميع|يوم|אנו|אנחנו|כל|ביום)(?!\w)))"
)
# What may not follow "at 6": more of a number, a unit, or a plural of what is counted.
_ORDINARY_S = r"(?:this|thus|always|perhaps|across|units|forces|troops)(?!\w)"
_COUNTED = (
    rf"(?:(?!{_ORDINARY_S})[a-z]{{3,20}}s|people|men|women|children|aircraft|of|or|per|percent|km|m|ft|feet|nm|kg|t"
    r"|degrees?)(?!\w)"
)
_NOT_COUNTED = rf"(?!\d|[.,:/]\d|\s?[%°]|-?[A-Za-z]\w|\s{{1,2}}{_COUNTED})"

_FIGURES = (
    # 0600, 1430 hrs, 1430L
    rf"{_NOT_IN_NUMBER}0\d[0-5]\d(?!\d|[.,:/]\d){HOURS}?(?!\w(?<![A-IK-Zlz])){_UNITS}",
    rf"{_NOT_IN_NUMBER}{_FOUR}(?:{HOURS}|(?=[ABCDJL](?!\w)))",
)

_EN_HOURS = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_BY = r"(?<!\w)(?i:by|before|after|until|till|since)\s{1,2}"
_AT = r"(?<!\w)(?i:at)\s{1,2}"
_FROM = r"(?<!\w)(?i:from|between)\s{1,2}"
_TO = r"\s(?:to|until|till|and)\s"
_NOT_YEAR = r"(?!19[0-5]|20[0-5])"
_ENGLISH = (
    r"(?<![\w.,:/])(?:1[0-2]|0?[1-9])(?:[:.]\d{2})?\s?(?i:am|pm|a\.m\.|p\.m\.|o['’]?clock)(?!\w)",
    rf"{_AT}(?:{_FOUR}|{_HOUR}){_NOT_COUNTED}",
    rf"{_AT}\d{{1,2}}\.\d{{2}}(?![\d.]){_UNITS}",
    rf"{_BY}(?:{_NOT_YEAR}{_FOUR}|{_HOUR})(?!\d){_ENDS}",
    rf"{_FROM}{_FOUR}{_TO}{_FOUR}(?!\d){_UNITS}",
    rf"{_FROM}{_HOUR}{_TO}{_HOUR}(?!\d){_ENDS}",
    rf"(?:{_AT}|{_BY})(?i:{_EN_HOURS}){_ENDS}",
    rf"(?<!\w)(?i:(?:half|quarter)\s(?:past|to)\s(?:{_EN_HOURS}|\d{{1,2}})|{_EN_HOURS}\so['’]?clock)(?!\w)",
)

_AR_HOUR = r"(?<!\w)[وفبل]{0,2}(?:الساعة|لساعة)\s{1,2}"
_AR_HOURS = (
    r"(?:الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة|الحادية\sعشرة|الثانية\sعشرة)"
)
_AR_PART = r"\s(?:صباح|مساء|ظهر|عصر|فجر|ليل)[\u064b-\u0652اء]{0,3}(?!\w)"
_ARABIC = (
    rf"(?<![\w.,:/])\d{{1,2}}(?::\d{{2}})?{_AR_PART}",
    rf"{_AR_HOUR}(?:{_FOUR}(?!\d)|\d{{1,2}}\.\d{{2}}(?![\d.])|\d{{1,2}}(?![\d:]|\.\d)|{_AR_HOURS}(?!\w)(?:{_AR_PART})?)",
    rf"(?<!\w)[وف]?(?:عند|في\sتمام|قبل|بعد|حتى)\s{{1,2}}(?:{_HOUR}(?!\d){_ENDS}|{_AR_HOURS}(?!\w)(?:{_AR_PART})?)",
    rf"(?<!\w)[وف]?(?:من|بين)\s{{1,2}}{_HOUR}\s(?:إلى|حتى|و)\s?{_HOUR}(?!\d){_ENDS}",
)

_HE_HOUR = r"(?<!\w)[ובמלהש]{0,3}(?:שעה|שעות)\s{1,2}"
_HE_HOURS = "(?:אחת\\sעשרה|שתים\\sעשרה|אחת|שתיים|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר)"
_HE_PART = r"\s(?:בבוקר|בערב|בלילה|בצהריים|אחר\sהצהריים|אחה[\"״]צ|לפנות\sבוקר)(?!\w)"
_HEBREW = (
    rf"(?<![\w.,:/])\d{{1,2}}(?::\d{{2}})?{_HE_PART}",
    rf"{_HE_HOUR}(?:{_FOUR}(?!\d)|\d{{1,2}}\.\d{{2}}(?![\d.])|\d{{1,2}}(?![\d:]|\.\d))",
    rf"(?<!\w)[בלמ]שעה\s{{1,2}}{_HE_HOURS}(?!\w)(?:{_HE_PART})?",
    rf"(?<!\w)[בל](?:-{_HOUR}(?!\d){_ENDS}|{_HE_HOURS}{_HE_PART})",
    rf"(?<!\w)(?:מ-|בין\s){_HOUR}\s(?:עד\s|ל-){_HOUR}(?!\d){_ENDS}",
)

_SHAPES = tuple(re.compile(shape) for shape in (*_FIGURES, *_ENGLISH, *_ARABIC, *_HEBREW))

VAGUE = re.compile(
    r"(?<!\w)(?:(?i:noon|midday|midnight|dawn|dusk|sunrise|sunset|first\slight|last\slight|nightfall)"
    r"|[وفبلك]{0,2}(?:الفجر|فجر\u064b?ا\u064b?|الظهر|الظهيرة|منتصف\sالليل|الغروب|الشروق)"
    r"|[ושבלמכ]{0,2}(?:חצות|צהריים|שחר|השחר|שקיעה|השקיעה|זריחה|הזריחה|דמדומים))(?!\w)"
)

_EN_COUNT = rf"(?:\d{{1,3}}|{_EN_HOURS}|an?|half\san)"
_EN_SPAN = r"\s(?:minutes?|mins?|hours?|hrs?|days?|weeks?)"
_AR_SPAN = r"(?:\d{1,3}\s(?:دقيقة|دقائق|ساعة|ساعات|يوما?|أيام)|ساعة|ساعتين|دقيقتين|يومين|نصف\sساعة)"
_HE_SPAN = r"(?:\d{1,3}\s(?:דקות|שעות|ימים)|שעה|שעתיים|יומיים|חצי\sשעה)"
RELATIVE = re.compile(
    rf"(?<!\w)(?:(?i:(?:in|within)\s(?:the\snext\s)?{_EN_COUNT}{_EN_SPAN}(?!\s(?:of|after|before)\s)"
    rf"|{_EN_COUNT}{_EN_SPAN}\s(?:ago|from\snow))"
    rf"|(?:بعد|خلال|قبل|في\sغضون)\s{_AR_SPAN}(?!\sمن(?!\w))"
    rf"|(?:בעוד|תוך|לפני|כעבור)\s{_HE_SPAN}(?!\sמ))(?!\w)"
)

Span = tuple[int, int]


def is_clock(match: re.Match[str]) -> bool:
    """Whether a match of `CLOCK` can be a time of day."""
    hour, minute = int(match["h"]), int(match["m"])
    return minute < 60 and (hour < 24 or (hour, minute) == (24, 0))


def find_times(text: str) -> list[Span]:
    """Places of times in a text whose digits are folded; of those that overlap, the whole."""
    found = [match.span() for match in CLOCK.finditer(text) if is_clock(match)]
    found += [match.span() for shape in _SHAPES for match in shape.finditer(text)]
    times: list[Span] = []
    for start, end in sorted(found):
        if times and start < times[-1][1]:
            times[-1] = (times[-1][0], max(times[-1][1], end))
        else:
            times.append((start, end))
    return times
