"""Handling kinds: what is said of a statement, rather than of the matter. Every desk has them.

Each names the statements that it is about in `replies_to`; the first is its target.

| kind | says |
| --- | --- |
| ``shown`` | the statements named were on a screen at which this officer was signed on |
| ``acknowledge`` | this officer has read it; its critical fields read back. Of a STOP: *taken* |
| ``passed-on`` | it was passed to the unit concerned, named by its alias |
| ``unit-confirmed`` | that unit has confirmed that it has it: who there, how, when |
| ``outcome`` | complied · refused, because… · not under our control |
| ``answer`` | a reply in words |
| ``decline`` | this position will not take it, because… |
| ``clarification`` | asked · answered · understood: until the asker closes it, not yet mutually understood |
| ``rendition`` | a translation: who made it, who checked it, whether certified; the original is authoritative |
| ``correction`` | new fields in the place of a statement of one's own, which it supersedes |
| ``confirm-emergency``, ``withdraw-emergency`` | the authority's word on what was said under the emergency mandate |
| ``release`` | the second officer's signature that a kind needs (charter: ``countersigned_by``) |
| ``respond`` | to a proposal: confirmed · confirmed with reservation · declined, because… · denies the proposal |
| ``assent`` | assent to the very statement named, by its digest |
| ``lapse`` | a clock ran out without an answer, and this follows |
"""

from __future__ import annotations

from parley.procedure.declare import Kind
from parley.procedure.fields import Choice, Field, FieldKind
from parley.procedure.words import words

TEXT = Field("text", FieldKind.TEXT, words("Text", "النص", "טקסט"), free=True)
LANGUAGE = Field("lang", FieldKind.LANGUAGE, words("Language", "اللغة", "שפה"))
OPTIONAL_TEXT = Field("text", FieldKind.TEXT, TEXT.title, required=False, free=True)
OPTIONAL_LANGUAGE = Field("lang", FieldKind.LANGUAGE, LANGUAGE.title, required=False)
PHRASE = Field("phrase", FieldKind.PHRASE, words("Phrase", "عبارة", "ביטוי"), required=False)
REASON = Field("reason", FieldKind.TEXT, words("Reason", "السبب", "סיבה"), free=True)
OPTIONAL_REASON = Field("reason", FieldKind.TEXT, REASON.title, required=False, free=True)

COMPLIED, REFUSED, NOT_OURS = "complied", "refused", "not-under-our-control"
OUTCOMES = (
    Choice(COMPLIED, words("Complied", "تم التنفيذ", "בוצע")),
    Choice(REFUSED, words("Refused, because", "رُفض، لأن", "נדחה, משום ש")),
    Choice(NOT_OURS, words("Not under our control", "ليس تحت سيطرتنا", "לא בשליטתנו")),
)
ASKED, ANSWERED, UNDERSTOOD = "asked", "answered", "understood"
STAGES = (
    Choice(ASKED, words("Please clarify", "يرجى التوضيح", "נא להבהיר")),
    Choice(ANSWERED, words("Clarified", "توضيح", "הבהרה")),
    Choice(UNDERSTOOD, words("Understood", "مفهوم", "הובן")),
)

CONFIRMED, RESERVED, DECLINED, DENIED = "confirmed", "reserved", "declined", "denied"
BINDING = frozenset({CONFIRMED, RESERVED})
RESPONSES = (
    Choice(CONFIRMED, words("Confirmed", "مؤكَّد", "מאושר")),
    Choice(RESERVED, words("Confirmed with reservation", "مؤكَّد مع تحفظ", "מאושר בהסתייגות"), wants="reason"),
    Choice(DECLINED, words("Declined, because", "مرفوض، لأن", "נדחה, משום ש"), wants="reason"),
    Choice(DENIED, words("Denies the proposal", "ينفي وجود الاقتراح", "מכחיש את ההצעה")),
)

SHOWN = Kind("shown", words("Shown", "عُرضت", "הוצגה"), acknowledged=False, rings=False)
ACKNOWLEDGE = Kind(
    "acknowledge",
    words("Acknowledged", "تم الاستلام", "אושרה קבלה"),
    (Field("read_back", FieldKind.READ_BACK, words("Read back", "القراءة المرتدة", "הקראה חוזרת"), required=False),
     OPTIONAL_TEXT, OPTIONAL_LANGUAGE),
    acknowledged=False,
    rings=False,
)  # fmt: skip
PASSED_ON = Kind(
    "passed-on",
    words("Passed on", "أُبلغت إلى الوحدة", "הועברה ליחידה"),
    (Field("unit", FieldKind.LABEL, words("Unit (alias)", "الوحدة (اسم رمزي)", "יחידה (כינוי)")),
     OPTIONAL_TEXT, OPTIONAL_LANGUAGE),
    acknowledged=False,
    rings=False,
)  # fmt: skip
HOW_CONFIRMED = (
    Choice("radio", words("By radio", "باللاسلكي", "בקשר רדיו")),
    Choice("telephone", words("By telephone", "بالهاتف", "בטלפון")),
    Choice("data", words("By data link", "برسالة رقمية", "בקישור נתונים")),
    Choice("in-person", words("In person", "شخصيًا", "פנים אל פנים")),
)
UNIT_CONFIRMED = Kind(
    "unit-confirmed",
    words("Confirmed by the unit", "أكدتها الوحدة", "אושרה בידי היחידה"),
    (Field("unit", FieldKind.LABEL, words("Unit (alias)", "الوحدة (اسم رمزي)", "יחידה (כינוי)")),
     Field("by", FieldKind.LABEL, words("Who there (position)", "مَن هناك (الموقع)", "מי שם (תפקיד)")),
     Field("how", FieldKind.CHOICE, words("How", "كيف", "כיצד"), choices=HOW_CONFIRMED),
     Field("time", FieldKind.INSTANT, words("When", "متى", "מתי")),
     OPTIONAL_TEXT, OPTIONAL_LANGUAGE),
    acknowledged=False,
    rings=False,
)  # fmt: skip
OUTCOME = Kind(
    "outcome",
    words("Outcome", "النتيجة", "תוצאה"),
    (Field("result", FieldKind.CHOICE, words("Result", "النتيجة", "תוצאה"), choices=OUTCOMES),
     OPTIONAL_REASON, OPTIONAL_LANGUAGE),
    acknowledged=False,
)  # fmt: skip
ANSWER = Kind(
    "answer",
    words("Answer", "جواب", "תשובה"),
    (OPTIONAL_TEXT, OPTIONAL_LANGUAGE, PHRASE),
    one_of=(("text", "phrase"),),
)
DECLINE = Kind("decline", words("Declined", "امتناع", "סירוב לטפל"), (REASON, OPTIONAL_LANGUAGE), acknowledged=False)
CLARIFICATION = Kind(
    "clarification",
    words("Clarification", "توضيح", "הבהרה"),
    (
        Field("stage", FieldKind.CHOICE, words("Stage", "المرحلة", "שלב"), choices=STAGES),
        OPTIONAL_TEXT,
        OPTIONAL_LANGUAGE,
    ),
    acknowledged=False,
)
RENDITION = Kind(
    "rendition",
    words("Rendition", "ترجمة", "תרגום"),
    (TEXT, LANGUAGE,
     Field("translator", FieldKind.LABEL, words("Translated by (position)", "ترجمها (الموقع)", "תורגם בידי (תפקיד)")),
     Field("checker", FieldKind.LABEL, words("Checked by (position)", "دققها (الموقع)", "נבדק בידי (תפקיד)"), required=False),
     Field("certified", FieldKind.FLAG, words("Certified", "مصدّقة", "מאושר"), required=False)),
    acknowledged=False,
    rings=False,
)  # fmt: skip
CORRECTION = Kind("correction", words("Correction", "تصحيح", "תיקון"))
RELEASE = Kind("release", words("Released", "أُجيز الإرسال", "שוחרר"), acknowledged=False, rings=False)
CONFIRM_EMERGENCY = Kind(
    "confirm-emergency",
    words("Emergency confirmed", "تأكيد ما قيل في حالة الطوارئ", "אישור הנאמר בחירום"),
    (OPTIONAL_TEXT, OPTIONAL_LANGUAGE),
    acknowledged=False,
)
WITHDRAW_EMERGENCY = Kind(
    "withdraw-emergency",
    words("Emergency withdrawn", "سحب ما قيل في حالة الطوارئ", "משיכת הנאמר בחירום"),
    (REASON, OPTIONAL_LANGUAGE),
)
RESPOND = Kind(
    "respond",
    words("Response", "رد", "תגובה"),
    (Field("answer", FieldKind.CHOICE, words("Answer", "الجواب", "תשובה"), choices=RESPONSES), OPTIONAL_REASON,
     OPTIONAL_LANGUAGE),
    acknowledged=False,
)  # fmt: skip
ASSENT = Kind("assent", words("Assent", "موافقة", "הסכמה"), (OPTIONAL_TEXT, OPTIONAL_LANGUAGE), acknowledged=False)
LAPSE = Kind(
    "lapse",
    words("Lapsed", "انقضى الأجل", "פקע המועד"),
    (Field("clock", FieldKind.LABEL, words("Clock", "المهلة", "שעון")),),
    acknowledged=False,
)

HANDLING_KINDS: tuple[Kind, ...] = (
    SHOWN, ACKNOWLEDGE, PASSED_ON, UNIT_CONFIRMED, OUTCOME, ANSWER, DECLINE, CLARIFICATION, RENDITION, CORRECTION, RELEASE,
    CONFIRM_EMERGENCY, WITHDRAW_EMERGENCY, RESPOND, ASSENT, LAPSE,
)  # fmt: skip
