"""The words of a drill's report, in the members' languages."""

from __future__ import annotations

from collections.abc import Mapping

from parley.procedure.drill import scale
from parley.procedure.drill.exercises import FORK_SEEN, MISSED_CALL, NODE_LOST, SPLIT, STOP_CALL, UNKNOWN
from parley.procedure.words import Words, words

EXERCISES: Mapping[str, Words] = {
    STOP_CALL: words("STOP call", "نداء قف", "קריאת עצור"),
    MISSED_CALL: words("Missed call", "نداء لم يُجب عليه", "קריאה שלא נענתה"),
    NODE_LOST: words("Node lost", "فقدان عقدة", "צומת שאבד"),
    FORK_SEEN: words("Split log", "سجل منقسم", "יומן מפוצל"),
}
CAUSES: Mapping[str, Words] = {
    UNKNOWN: words("Cause unknown", "السبب غير معروف", "הסיבה אינה ידועה"),
    "link": words("The line", "الخط", "הקו"),
    "node": words("Its node", "عقدته", "הצומת שלו"),
    "desk": words("Nobody at its desk", "لا أحد عند مكتبه", "אין איש בעמדתו"),
    "declined": words("It declined", "امتنع", "סירב לטפל"),
    "refused": words("It refused", "رفض", "דחה"),
    SPLIT: words("Its log is split", "سجله منقسم", "היומן שלו מפוצל"),
}
FINDINGS: Mapping[str, Words] = {
    scale.STORED: words("Stored at its node", "خُزّن في عقدته", "נשמר בצומת שלו"),
    scale.SHOWN: words("Shown", "عُرض", "הוצג"),
    scale.ACKNOWLEDGED: words("Acknowledged", "أُقر باستلامه", "אושרה קבלה"),
    scale.READ_BACK: words("Read back", "قُرئ قراءة مرتدة", "הוקרא חזרה"),
    scale.PASSED_ON: words("Passed on to the unit", "أُبلغ إلى الوحدة", "הועבר ליחידה"),
    scale.CONFIRMED: words("Confirmed by the unit", "أكدته الوحدة", "אושר בידי היחידה"),
    scale.OUTCOME: words("Outcome told", "أُخبر بالنتيجة", "דווחה תוצאה"),
    scale.ANSWERED: words("The first ring answered", "أُجيب عن أول تنبيه", "נענה הצלצול הראשון"),
    scale.FACILITATED: words("The facilitator acted", "تصرّف الميسّر", "המתווך פעל"),
    scale.ASSESSED: words("The silence assessed", "قُدّر سبب الصمت", "הוערכה סיבת השתיקה"),
}
STEPS: Mapping[str, Words] = {
    "first": words("The watch", "المناوبة", "המשמרת"),
    "alternates": words("An alternate", "بديل", "מחליף"),
    "facilitator": words("The facilitator", "الميسّر", "המתווך"),
    "missed": words("Rung again: missed", "تنبيه ثانٍ: فات الأجل", "צלצול חוזר: המועד חלף"),
}
VERDICTS: Mapping[str, Words] = {
    "on-time": words("on time", "في موعده", "במועד"),
    "late": words("late", "متأخر", "באיחור"),
    "never": words("not at all", "لم يحدث", "כלל לא"),
    "not-due": words("not due before the end", "لم يحن قبل النهاية", "המועד לא הגיע לפני הסיום"),
}
MISTAKES: Mapping[str, Words] = {
    scale.MISREAD: words("Read back otherwise, then put right", "قُرئ خلافًا لما قيل ثم صُحّح", "הוקרא אחרת ואז תוקן"),
    scale.MISREAD_LEFT: words("Read back otherwise", "قُرئ خلافًا لما قيل", "הוקרא אחרת"),
    scale.STRANGER: words("Position not on the roster", "موقع ليس في جدول المناوبة", "תפקיד שאינו בלוח התורנויות"),
    scale.MISSED: words("A clock was missed", "فاتت مهلة", "מועד הוחמץ"),
    scale.BELIEVED: words("Wrong cause believed", "اعتُقد سبب خاطئ", "הוערכה סיבה שגויה"),
}
LABELS: Mapping[str, Words] = {
    "title": words("Report of a drill", "تقرير تمرين", "דוח תרגיל"),
    "of-hundred": words("{score} of 100", "{score} من 100", "{score} מתוך 100"),
    "nothing-expected": words("nothing was expected", "لم يُنتظر منه شيء", "לא נדרש דבר"),
    "drill": words("Drill", "التمرين", "התרגיל"),
    "inject": words("Statement injected", "البيان المُدخل", "ההודעה שהוזרקה"),
    "led-by": words("Led by", "أداره", "הובילו"),
    "said": words("Said at", "قيل في", "נאמר בשעה"),
    "ended": words("Ended at", "انتهى في", "הסתיים בשעה"),
    "about": words("About member", "عن العضو", "בעניין החבר"),
    "cause": words("Cause in fact", "السبب الفعلي", "הסיבה בפועל"),
    "what": words("What", "ماذا", "מה"),
    "value": words("Value", "القيمة", "ערך"),
    "after": words("After", "بعد", "לאחר"),
    "by": words("By", "مَن", "בידי"),
    "verdict": words("Verdict", "الحكم", "קביעה"),
    "points": words("Points", "النقاط", "נקודות"),
    "steps": words("Escalation", "التصعيد", "ההסלמה"),
    "step": words("Step", "الخطوة", "שלב"),
    "came": words("Came after", "جاءت بعد", "הגיע לאחר"),
    "rung": words("Rung", "مَن نُبّه", "מי הוזעק"),
    "everyone": words("every officer of the watch", "كل ضباط المناوبة", "כל קציני המשמרת"),
    "answered": words("Answered after", "أُجيب بعد", "נענה לאחר"),
    "mistakes": words("Mistakes", "الأخطاء", "טעויות"),
    "no-mistakes": words("No mistake.", "لا أخطاء.", "אין טעויות."),
    "mistake": words("Mistake", "الخطأ", "טעות"),
    "detail": words("Detail", "التفصيل", "פירוט"),
    "statement": words("Statement", "البيان", "הודעה"),
}
