"""The sheet's own words, in every language in which one is made. Kinds, states, clocks and fields bring theirs."""

from __future__ import annotations

from collections.abc import Mapping

from parley.procedure.words import Words, words

TITLE = words("Continuity sheet", "ورقة الاستمرارية", "גיליון המשכיות")
PRIVATE = words("Private to {member}", "خاص بـ{member}", "פרטי של {member}")
SIMULATION = words(
    "SIMULATION: not an act of any state",
    "محاكاة: ليس عملاً صادراً عن أي دولة",
    "סימולציה: אינה מעשה של אף מדינה",
)
PAGE = words("Page {number} of {count}", "صفحة {number} من {count}", "עמוד {number} מתוך {count}")
NONE = words("None", "لا شيء", "אין")
LEFT_OUT = words("and {count} more, not shown", "و{count} أخرى غير معروضة", "ועוד {count} שאינם מוצגים")
WITHHELD = words("content not seen by this member", "محتوى لا يطّلع عليه هذا الطرف", "תוכן שאינו גלוי לחבר זה")

MADE = words("Made at", "أُعدّت في", "הוכן בשעה")
LOCAL = words("local time ({zone})", "بالتوقيت المحلي ({zone})", "שעון מקומי ({zone})")
MECHANISM = words("Mechanism", "الآلية", "המנגנון")
MEMBER = words("Member", "الطرف", "החבר")
ON_WATCH = words("On watch here", "في المناوبة هنا", "במשמרת כאן")
NO_ROSTER = words(
    "no roster: every officer of the watch is rung",
    "لا جدول: يُستدعى كل ضباط المناوبة",
    "אין לוח: כל קציני המשמרת מוזעקים",
)
SUMMARY = words("In short", "باختصار", "בקצרה")

SECTIONS: Mapping[str, Words] = {
    "stops": words("STOPs in force", "نداءات «قف» السارية", "קריאות «עצור» בתוקף"),
    "clocks": words("Running clocks", "المهل الجارية", "שעונים רצים"),
    "unread": words(
        "FLASH and IMMEDIATE, not yet acknowledged", "خاطف وفوري، لم يُقر استلامها بعد", "מבזק ומיידי, קבלתם טרם אושרה"
    ),
    "clarifications": words("Not yet mutually understood", "لم يُتفق على فهمها بعد", "עדיין לא הובנו הדדית"),
    "ahead": words("The next twelve hours", "الساعات الاثنتا عشرة القادمة", "שתים-עשרה השעות הבאות"),
    "watches": words("Who has the watch", "من في المناوبة", "מי במשמרת"),
    "silence": words("The other members, with evidence", "الأطراف الأخرى، مع الأدلة", "החברים האחרים, עם ראיות"),
    "orders": words("Standing orders", "الأوامر الدائمة", "הוראות קבע"),
    "contacts": words("Contacts", "جهات الاتصال", "אנשי קשר"),
    "log": words("Private log of the last day", "السجل الخاص لليوم الأخير", "יומן פרטי של היממה האחרונה"),
    "traffic": words("The last 24 hours, latest first", "آخر 24 ساعة، الأحدث أولاً", "24 השעות האחרונות, החדש תחילה"),
    "heads": words("Record: compare by voice", "السجل: قارنوا صوتياً", "הרשומה: להשוואה בקול"),
    "paper": words(
        "If the line is away: write here, enter it afterwards as done on paper",
        "إذا انقطع الخط: اكتبوا هنا، ثم أدخلوه لاحقاً بوصفه أُنجز على الورق",
        "אם הקו אינו זמין: כתבו כאן, והזינו אחר כך כנעשה על הנייר",
    ),
}
COLUMNS: Mapping[str, Words] = {
    "reference": words("Reference", "المرجع", "סימוכין"),
    "what": words("What", "ماذا", "מה"),
    "due": words("Due (UTC)", "الموعد (UTC)", "מועד (UTC)"),
    "whose": words("Whose", "على من", "של מי"),
    "next": words("Next", "التالي", "הבא"),
    "until": words("Until (UTC)", "حتى (UTC)", "עד (UTC)"),
    "ladder": words("How far", "إلى أين وصلت", "עד היכן"),
    "from": words("From", "من", "מאת"),
    "when": words("When (UTC)", "متى (UTC)", "מתי (UTC)"),
    "waits": words("Waits for", "بانتظار", "ממתין ל"),
    "asker": words("Asked by", "السائل", "השואל"),
    "position": words("Position", "الموقع", "תפקיד"),
    "alternates": words("Alternates", "البدلاء", "ממלאי מקום"),
    "by": words("By", "بموجب", "לפי"),
    "member": words("Member", "الطرف", "חבר"),
    "state": words("State", "الحالة", "מצב"),
    "evidence": words("Evidence", "الأدلة", "ראיות"),
    "order": words("Order", "الأمر", "הוראה"),
    "given": words("Given by", "أصدره", "ניתנה בידי"),
    "name": words("Name", "الاسم", "שם"),
    "telephones": words("Telephone", "الهاتف", "טלפון"),
    "languages": words("Languages", "اللغات", "שפות"),
    "note": words("Hours, note", "الأوقات، ملاحظة", "שעות, הערה"),
    "number": words("No.", "رقم", "מס׳"),
    "log": words("Log", "السجل", "יומן"),
    "size": words("Entries", "القيود", "רשומות"),
    "root": words("Root, in groups of four", "الجذر، في مجموعات من أربعة", "השורש, בקבוצות של ארבע"),
    "to": words("To", "إلى", "אל"),
}
MISSED = words("missed", "فات", "הוחמץ")
CORRECTS = words("corrects {number}", "يصحح {number}", "מתקן את {number}")
CORRECTED = words("corrected by {number}", "صُحح بـ{number}", "תוקן ב-{number}")
DONE_ON_PAPER = words("done on paper at {at}", "أُنجز على الورق في {at}", "נעשה על הנייר בשעה {at}")
HANDING = words("handover offered: {reference}", "تسليم معروض: {reference}", "הוצעה העברה: {reference}")
READ_BACK = words("read back otherwise: {fields}", "قُرئت على نحو آخر: {fields}", "הוקראו אחרת: {fields}")
FROM_UNTIL = words("from {start} until {end}", "من {start} حتى {end}", "מ-{start} עד {end}")
YES, NO = words("yes", "نعم", "כן"), words("no", "لا", "לא")
CORNER = words("corner {number}", "زاوية {number}", "פינה {number}")

PRECEDENCES: Mapping[str, Words] = {
    "FLASH": words("FLASH", "خاطف", "מבזק"),
    "IMMEDIATE": words("IMMEDIATE", "فوري", "מיידי"),
    "PRIORITY": words("PRIORITY", "مستعجل", "דחוף"),
    "ROUTINE": words("ROUTINE", "عادي", "רגיל"),
}
RUNGS: Mapping[str, Words] = {
    "stored": words("stored", "محفوظة", "נשמרה"),
    "shown": words("shown", "عُرضت", "הוצגה"),
    "acknowledged": words("acknowledged", "أُقر استلامها", "אושרה קבלתה"),
    "read-back": words("read back", "قُرئت مرتدة", "הוקראה חזרה"),
    "passed-on": words("passed on", "أُبلغت", "הועברה"),
    "outcome": words("outcome", "النتيجة", "תוצאה"),
    "signed": words("signed", "وُقّعت", "נחתמה"),
}
STANDINGS: Mapping[tuple[str, str], Words] = {
    ("reachable", "none"): words("reachable", "متصل", "יש קשר"),
    ("reachable", "declined"): words("declined to take it", "امتنع عن تسلّمها", "סירב לקבל אותה"),
    ("reachable", "refused"): words("refused", "رفض", "דחה"),
    ("silent", "desk"): words("nobody answers at its desk", "لا أحد يرد في مكتبه", "איש אינו עונה בעמדה שלו"),
    ("unreachable", "link"): words("unreachable: the line between us", "لا اتصال: الخط بيننا", "אין קשר: הקו בינינו"),
    ("unreachable", "node"): words("unreachable: its node", "لا اتصال: عقدته", "אין קשר: הצומת שלו"),
}
UNKNOWN_CAUSE = words("unreachable, cause unknown", "لا اتصال، السبب مجهول", "אין קשר, הסיבה לא ידועה")
EVIDENCE: Mapping[str, Words] = {
    "line.open": words(
        "our line to {peer} is open since {at}", "خطنا مع {peer} مفتوح منذ {at}", "הקו שלנו אל {peer} פתוח מאז {at}"
    ),
    "line.closed": words(
        "our line to {peer} is closed since {at}", "خطنا مع {peer} مغلق منذ {at}", "הקו שלנו אל {peer} סגור מאז {at}"
    ),
    "node.heard": words(
        "its node last gave a sign at {at}", "آخر إشارة من عقدته في {at}", "הצומת שלו נתן אות לאחרונה בשעה {at}"
    ),
    "other.reaches": words(
        "{by} says, at {at}, that it has a line to {peer}", "يقول {by}، في {at}، إن له خطاً مع {peer}",
        "{by} אומר, בשעה {at}, שיש לו קו אל {peer}",
    ),
    "other.reaches-not": words(
        "{by} says, at {at}, that it has no line to {peer}", "يقول {by}، في {at}، إنه لا خط له مع {peer}",
        "{by} אומר, בשעה {at}, שאין לו קו אל {peer}",
    ),
    "self.alone": words(
        "this node hears nobody since {at}: the fault may be here", "هذه العقدة لا تسمع أحداً منذ {at}: قد يكون الخلل هنا",
        "הצומת הזה אינו שומע איש מאז {at}: ייתכן שהתקלה כאן",
    ),
    "human.unmet": words(
        "its node holds {reference}, and no human there answered it by {at}",
        "تحتفظ عقدته بـ{reference}، ولم يرد عليها إنسان هناك حتى {at}",
        "הצומת שלו מחזיק את {reference}, ואיש שם לא ענה עליה עד {at}",
    ),
    "officer.refused": words(
        "an officer of {peer} refused {reference} at {at}", "رفض ضابط من {peer} {reference} في {at}",
        "קצין של {peer} דחה את {reference} בשעה {at}",
    ),
    "officer.declined": words(
        "an officer of {peer} declined to take {reference} at {at}", "امتنع ضابط من {peer} عن تسلّم {reference} في {at}",
        "קצין של {peer} סירב לקבל את {reference} בשעה {at}",
    ),
}  # fmt: skip
