"""Spelling words: what is said for a letter, a digit or a sign, in the reader's language.

* Latin letters, in which references, codes and most aliases are written, are spelled by the words of the ICAO alphabet (Annex 10
  to the Chicago Convention, Volume II, 5.2.1.3; the same as in Appendix 14 of the ITU Radio Regulations). Its point is that the
  words are the same in every language; for readers of Arabic and Hebrew they are written in their own script.
* English digits are those of the same table.
* Hebrew letters are spelled as is common on radio nets in that language (alef, boaz, gimel…). For Arabic letters there is no
  agreed table: each is said by its name *as in* a common word that begins with it, as people do on the telephone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_LATIN_EN = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango "
    "Uniform Victor Whiskey X-ray Yankee Zulu"
)
_LATIN_AR = (
    "ألفا برافو تشارلي دلتا إيكو فوكستروت غولف هوتيل إنديا جولييت كيلو ليما مايك نوفمبر أوسكار بابا كيبيك روميو سييرا تانغو "
    "يونيفورم فيكتور ويسكي إكس-راي يانكي زولو"
)
_LATIN_HE = (
    "אלפא בראבו צ'ארלי דלתא אקו פוקסטרוט גולף הוטל אינדיה ג'ולייט קילו לימה מייק נובמבר אוסקר פאפא קוויבק רומיאו סיירה טנגו "
    "יוניפורם ויקטור ויסקי אקס-ריי יאנקי זולו"
)
_HEBREW = (
    "א אלף|ב בועז|ג גימל|ד דלת|ה הגר|ו ויו|ז זאב|ח חווה|ט טבת|י יונה|כ כרמל|ל לאה|מ משה|נ נח|ס סמך|ע עין|פ פסח|צ ציפורה|ק קורח|"
    "ר רות|ש שמש|ת תלם|ך כרמל סופית|ם משה סופית|ן נח סופית|ף פסח סופית|ץ ציפורה סופית"
)
_ARABIC = (
    "ا ألف كما في أسد|أ ألف كما في أرنب|إ ألف كما في إبرة|آ ألف كما في آلة|ب باء كما في باب|ت تاء كما في تمر|ث ثاء كما في ثلج|"
    "ج جيم كما في جمل|ح حاء كما في حصان|خ خاء كما في خبز|د دال كما في دار|ذ ذال كما في ذهب|ر راء كما في رمل|ز زاي كما في زيت|"
    "س سين كما في سمك|ش شين كما في شمس|ص صاد كما في صقر|ض ضاد كما في ضوء|ط طاء كما في طير|ظ ظاء كما في ظل|ع عين كما في عنب|"
    "غ غين كما في غابة|ف فاء كما في فيل|ق قاف كما في قمر|ك كاف كما في كتاب|ل لام كما في ليل|م ميم كما في ماء|ن نون كما في نهر|"
    "ه هاء كما في هواء|و واو كما في ورد|ي ياء كما في يد|ى ألف مقصورة|ة تاء مربوطة|ء همزة"
)
_DIGITS_EN = "zero wun too tree fower fife six seven ait niner"
_DIGITS_AR = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة"
_DIGITS_HE = "אפס אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע"
_MONTHS_EN = "January February March April May June July August September October November December"
_MONTHS_HE = "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"
_MONTHS_AR = (
    "كانون الثاني يناير|شباط فبراير|آذار مارس|نيسان أبريل|أيار مايو|حزيران يونيو|تموز يوليو|آب أغسطس|أيلول سبتمبر|"
    "تشرين الأول أكتوبر|تشرين الثاني نوفمبر|كانون الأول ديسمبر"
)


class Tongue(NamedTuple):
    """What a language says.

    Attributes:
        letters: spelling words by letter: capitals of the Latin script, and its own script where it has another.
        digits: by value. `months`: January first.
        say: words that stand between what is spelled, by name.
    """

    letters: Mapping[str, str]
    digits: tuple[str, ...]
    months: tuple[str, ...]
    say: Mapping[str, str]


_SIGNS = ("decimal", "dash", "space", "north", "south", "east", "west", "day", "year", "time", "zone", "metres", "centimetres",
          "minus", "radius", "corner", "datum", "yes", "no", "end", "width")  # fmt: skip


def _own(table: str) -> dict[str, str]:
    return dict(tuple(one.split(" ", 1)) for one in table.split("|"))  # type: ignore[misc]  # each row is a letter and its words


def _latin(table: str) -> dict[str, str]:
    return dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", table.split(" "), strict=True))


def _say(table: str) -> dict[str, str]:
    return dict(zip(_SIGNS, table.split("|"), strict=True))


TONGUES: Mapping[str, Tongue] = {
    "en": Tongue(
        _latin(_LATIN_EN), tuple(_DIGITS_EN.split(" ")), tuple(_MONTHS_EN.split(" ")),
        _say("decimal|dash|space|north|south|east|west|day|year|time|Coordinated Universal Time|metres|centimetres|minus|radius|"
             "corner|datum|yes|no|end|width"),
    ),
    "ar": Tongue(
        _latin(_LATIN_AR) | _own(_ARABIC), tuple(_DIGITS_AR.split(" ")), tuple(_MONTHS_AR.split("|")),
        _say("فاصلة|شرطة|مسافة|شمال|جنوب|شرق|غرب|يوم|سنة|الساعة|التوقيت العالمي المنسق|متر|سنتيمتر|ناقص|نصف القطر|الزاوية|المرجع|نعم|"
             "لا|انتهى|العرض"),
    ),
    "he": Tongue(
        _latin(_LATIN_HE) | _own(_HEBREW), tuple(_DIGITS_HE.split(" ")), tuple(_MONTHS_HE.split(" ")),
        _say("נקודה|מקף|רווח|צפון|דרום|מזרח|מערב|יום|שנה|שעה|זמן אוניברסלי מתואם|מטרים|סנטימטרים|מינוס|רדיוס|פינה|ייחוס|כן|לא|סוף|רוחב"),
    ),
}  # fmt: skip
"""By language; all have the same signs."""
