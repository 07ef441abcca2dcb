"""Names of months and weekdays in the languages the guard reads, and words that only make sense on one day."""

from __future__ import annotations

import re

_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_EN_SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_AR_EAST = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_AR_WEST = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_HE = ["ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"]
_MORE = {"sept": 9, "اذار": 3, "ايار": 5, "ايلول": 9, "ابريل": 4, "إبريل": 4, "اغسطس": 8, "اكتوبر": 10, "מרס": 3}

MONTHS: dict[str, int] = {
    **{name: month for names in (_EN, _EN_SHORT, _AR_EAST, _AR_WEST, _HE) for month, name in enumerate(names, 1)},
    **_MORE,
}

_ANY_MONTH = "|".join(
    re.escape(name).replace("\\ ", r"\s") for name in sorted(MONTHS, key=lambda name: (-len(name), name))
)
# A month's name, or both of the names in use.
MONTH = rf"(?:(?i:{_ANY_MONTH}))(?:\s?/\s?(?:{_ANY_MONTH}))?"

SHORT_MONTH = "|".join(_EN_SHORT)

# From Monday, as in `datetime.date.weekday`.
WEEKDAYS: dict[str, int] = {
    **{f"{name}day": day for day, name in enumerate(["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"])},
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الاربعاء": 2, "الخميس": 3, "الجمعة": 4, "السبت": 5,
    "الأحد": 6, "الاحد": 6,
    "יום שני": 0, "יום שלישי": 1, "יום רביעי": 2, "יום חמישי": 3, "יום שישי": 4, "יום שבת": 5, "יום ראשון": 6,
    **{f"יום {letter}{mark}": (index + 6) % 7 for index, letter in enumerate("אבגדהו") for mark in "'׳"},
}  # fmt: skip
_ANY_WEEKDAY = "|".join(
    re.escape(name).replace("\\ ", r"\s") for name in sorted(WEEKDAYS, key=lambda name: (-len(name), name))
)
WEEKDAY = re.compile(rf"(?<!\w)(?:[ובלמשכ]{{0,2}}|[وفب])(?P<day>(?i:{_ANY_WEEKDAY}))(?!\w)")

_MARKS = "[\u064b\u064d\u064e]?"
RELATIVE = re.compile(
    r"(?<!\w)(?:"
    r"(?i:the\sday\s(?:after\stomorrow|before\syesterday)|today|tonight|tomorrow|yesterday"
    r"|(?:this|next|last)\s(?:morning|afternoon|evening|night|week|weekend|month|year))"
    rf"|[وفبلك]{{0,2}}(?:اليوم|بعد\sغد|غد{_MARKS}ا{_MARKS}|الغد|[أا]مس|الأمس|الليلة|البارحة|بكرة|هذا\s(?:الصباح|المساء|الأسبوع|الشهر)"
    r"|(?:الأسبوع|الشهر|العام)\s(?:القادم|المقبل|الماضي))"
    r"|[ושבלמכ]{0,2}(?:היום|מחרתיים|מחר|אתמול|שלשום|אמש|הלילה|הערב|הבוקר|השבוע|מוצאי\sשבת)|בשבת"
    r"|[בלמ]?(?:שבוע|חודש)\s(?:הבא|שעבר)"
    r")(?!\w)"
)


def month_number(name: str) -> int:
    """The number of a month by a name that `MONTH` found; of two names, by the first."""
    return MONTHS[" ".join(name.split("/")[0].split()).lower()]


def weekday_number(name: str) -> int:
    """The number of a weekday, Monday 0, by a name that `WEEKDAY` found."""
    return WEEKDAYS[" ".join(name.split()).lower()]
