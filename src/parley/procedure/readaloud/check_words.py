"""Check words: three plain words made from a statement's digest, so that both ends of a telephone know that they read the same one.

Each word is one of 64 and stands for six bits; three are 18 bits: two statements have the same by chance once in 262,144. They
tell a slip of the eye, not an attack: who wants to can make two statements with the same words. The words mean the same in
every language, and in each they are far apart in sound and spelling: no two begin alike, or differ in one letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

COUNT = 3
_BITS = 6
_CONTEXT = b"parley read-aloud check words 1\0"

_TABLE: tuple[tuple[str, str, str], ...] = (
    ("apple", "تفاحة", "תפוח"),
    ("bread", "خبز", "לחם"),
    ("camel", "جمل", "גמל"),
    ("window", "نافذة", "חלון"),
    ("river", "نهر", "נהר"),
    ("chair", "كرسي", "כיסא"),
    ("garden", "حديقة", "גינה"),
    ("snow", "ثلج", "שלג"),
    ("fish", "سمكة", "דג"),
    ("hammer", "مطرقة", "פטיש"),
    ("violin", "كمان", "כינור"),
    ("lemon", "ليمون", "לימון"),
    ("ladder", "سلم", "סולם"),
    ("honey", "عسل", "דבש"),
    ("valley", "وادي", "עמק"),
    ("horse", "حصان", "סוס"),
    ("butterfly", "فراشة", "פרפר"),
    ("umbrella", "مظلة", "מטרייה"),
    ("salt", "ملح", "מלח"),
    ("needle", "إبرة", "מחט"),
    ("turtle", "سلحفاة", "צב"),
    ("kitchen", "مطبخ", "מטבח"),
    ("onion", "بصلة", "בצל"),
    ("elbow", "مرفق", "מרפק"),
    ("thunder", "رعد", "רעם"),
    ("ship", "سفينة", "אונייה"),
    ("rabbit", "أرنب", "ארנב"),
    ("clock", "ساعة", "שעון"),
    ("tomato", "طماطم", "עגבנייה"),
    ("bridge", "جسر", "גשר"),
    ("lantern", "فانوس", "פנס"),
    ("doctor", "طبيب", "רופא"),
    ("elephant", "فيل", "פיל"),
    ("flower", "زهرة", "פרח"),
    ("banana", "موزة", "בננה"),
    ("desert", "صحراء", "מדבר"),
    ("mirror", "مرآة", "מראה"),
    ("pillow", "وسادة", "כרית"),
    ("sugar", "سكر", "סוכר"),
    ("triangle", "مثلث", "משולש"),
    ("village", "قرية", "כפר"),
    ("whistle", "صفارة", "משרוקית"),
    ("museum", "متحف", "מוזיאון"),
    ("carpet", "سجادة", "שטיח"),
    ("owl", "بومة", "ינשוף"),
    ("cucumber", "خيار", "מלפפון"),
    ("helmet", "خوذة", "קסדה"),
    ("jasmine", "ياسمين", "יסמין"),
    ("drawer", "درج", "מגירה"),
    ("milk", "حليب", "חלב"),
    ("olive", "زيتونة", "זית"),
    ("parrot", "ببغاء", "תוכי"),
    ("queen", "ملكة", "מלכה"),
    ("square", "مربع", "ריבוע"),
    ("spider", "عنكبوت", "עכביש"),
    ("table", "طاولة", "שולחן"),
    ("wheel", "عجلة", "גלגל"),
    ("bicycle", "دراجة", "אופניים"),
    ("corn", "ذرة", "תירס"),
    ("notebook", "دفتر", "מחברת"),
    ("forest", "غابة", "יער"),
    ("barrel", "برميل", "חבית"),
    ("guitar", "جيتار", "גיטרה"),
    ("scissors", "مقص", "מספריים"),
)

WORDS: Mapping[str, tuple[str, ...]] = {
    language: tuple(row[column] for row in _TABLE) for column, language in enumerate(("en", "ar", "he"))
}
assert all(len(own) == 1 << _BITS for own in WORDS.values()), "a word for every value of its bits"


def check_words(digest: bytes, language: str) -> tuple[str, ...]:
    """The words of a statement's digest in a language that has them, in their order."""
    drawn = int.from_bytes(hashlib.sha256(_CONTEXT + digest).digest()[:4], "big") >> (32 - COUNT * _BITS)
    own = WORDS[language]
    return tuple(own[drawn >> _BITS * (COUNT - 1 - place) & (1 << _BITS) - 1] for place in range(COUNT))
