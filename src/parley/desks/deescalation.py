"""De-escalation: what each side is about to do, told in time; zones that both keep out of; a halt that is confirmed.

| kind | life of its case |
| --- | --- |
| ``notice`` | filed → read back → active → ended; or objected to, corrected (and filed anew), called off. While it is active it may be
  off nominal: overrun, deviating, contingent, unknown |
| ``zone`` | proposed → in force once every member named has confirmed → lifted; a protected site is attested anew |
| ``standstill`` | offered → in force only once all whose activity it is, and all it names, have confirmed → ended |
| ``coordination`` | of two items that clash: opened → agreed by both sides: moved, delayed, withdrawn, or proceed coordinated |
| ``tak-on`` | this member's own TAK screens are fed from its node (`node.tak`): on → off |

A notice is no request, and its absence changes nothing: who files nothing has given no permission, and who objects has taken none
away. What clashes is derived, not stated: `node.conflicts` computes it alike on every node from the volumes filed.

Whose volumes are looked at is told by `STANDING`: states of a case in which its volumes count.
"""

from __future__ import annotations

from collections.abc import Mapping

from parley.procedure import handling
from parley.procedure.declare import ClockRule, Desk, Kind, Move, Needs, Procedure, State, Who
from parley.procedure.fields import Choice, Field, FieldKind
from parley.procedure.words import words

VOLUMES = Field("volumes", FieldKind.VOLUMES, words("Where and when", "أين ومتى", "היכן ומתי"), critical=True)
ITEMS = Field("items", FieldKind.REFERENCES, words("Items that clash", "البنود المتعارضة", "הפריטים המתנגשים"))
BY_NOTICE = (
    Choice("air", words("Air activity", "نشاط جوي", "פעילות אווירית")),
    Choice("ground", words("Ground movement", "تحرك بري", "תנועה קרקעית")),
    Choice("sea", words("Sea activity", "نشاط بحري", "פעילות ימית")),
    Choice("fire", words("Fire", "إطلاق النار", "ירי")),
    Choice("exercise", words("Exercise", "تمرين", "תרגיל")),
    Choice("engineering", words("Engineering work", "أعمال هندسية", "עבודות הנדסה")),
    Choice("humanitarian", words("Humanitarian movement", "تحرك إنساني", "תנועה הומניטרית")),
)
HALTED = (
    Choice("fire", words("Fire", "إطلاق النار", "ירי")),
    Choice("air", words("Air activity", "نشاط جوي", "פעילות אווירית")),
    Choice("ground", words("Ground movement", "تحرك بري", "תנועה קרקעית")),
    Choice("sea", words("Sea activity", "نشاط بحري", "פעילות ימית")),
    Choice("all", words("All activity", "كل نشاط", "כל פעילות")),
)
PROTECTED = "protected-site"
ZONES = (
    Choice("separation", words("Separation area", "منطقة فصل", "אזור חיץ")),
    Choice("limited-forces", words("Limited-forces area", "منطقة محدودة القوات", "אזור דילול כוחות")),
    Choice("corridor", words("Corridor", "ممر", "מסדרון")),
    Choice("restricted-airspace", words("Restricted airspace", "مجال جوي مقيد", "מרחב אווירי מוגבל")),
    Choice(PROTECTED, words("Protected site", "موقع محمي", "אתר מוגן")),
)
NOMINAL = "nominal"
OFF = (
    Choice("overrun", words("Overrun", "تجاوز الوقت", "חריגה בזמן")),
    Choice("deviating", words("Deviating", "انحراف", "סטייה")),
    Choice("contingent", words("Contingency", "حالة طارئة", "מצב חירום")),
    Choice("unknown", words("Unknown", "غير معروف", "לא ידוע")),
    Choice(NOMINAL, words("Nominal again", "عاد إلى المعتاد", "חזר לשגרה")),
)
WAYS = (
    Choice("move", words("Move", "تغيير المكان", "שינוי מקום")),
    Choice("delay", words("Delay", "تأجيل", "דחייה")),
    Choice("withdraw", words("Withdraw", "سحب", "ביטול")),
    Choice("proceed-coordinated", words("Proceed, coordinated", "المضي بالتنسيق", "ממשיכים בתיאום")),
)

NOTICE = Kind(
    "notice", words("Notice of activity", "إشعار بنشاط", "הודעה על פעילות"),
    (Field("activity", FieldKind.CHOICE, words("Activity", "النشاط", "פעילות"), critical=True, choices=BY_NOTICE),
     VOLUMES,
     Field("unit", FieldKind.LABEL, words("Unit (alias)", "الوحدة (اسم رمزي)", "יחידה (כינוי)"), critical=True),
     Field("intent", FieldKind.TEXT, words("Intent", "الغرض", "מטרה"), free=True),
     handling.LANGUAGE,
     Field("contact", FieldKind.LABEL, words("Contact (position)", "جهة الاتصال (الموقع)", "איש קשר (תפקיד)"), required=False),
     Field("behalf", FieldKind.LABEL, words("On behalf of", "نيابة عن", "בשם"), required=False),
     Field("overlaps", FieldKind.REFERENCES, words("Filed knowing of", "قُدم مع العلم بـ", "הוגש בידיעת"), required=False)),
    opens="notice",
)  # fmt: skip
BEGUN = Kind(
    "begun", words("Begun", "بدأ", "החלה"), (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE), acknowledged=False
)
ENDED = Kind(
    "ended",
    words("Ended", "انتهى", "הסתיימה"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    acknowledged=False,
)
CALLED_OFF = Kind(
    "called-off", words("Called off", "أُلغي", "בוטלה"), (handling.OPTIONAL_REASON, handling.OPTIONAL_LANGUAGE)
)
OBJECTION = Kind("objection", words("Objection", "اعتراض", "התנגדות"), (handling.REASON, handling.LANGUAGE))
OFF_NOMINAL = Kind(
    "off-nominal", words("Not as filed", "خلافاً لما قُدم", "לא כפי שהוגש"),
    (Field("status", FieldKind.CHOICE, words("Status", "الحالة", "מצב"), choices=OFF),
     handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE,
     Field("place", FieldKind.PLACE, words("Last known place", "آخر مكان معروف", "מקום אחרון ידוע"), required=False, critical=True)),
    life_safety=True,
)  # fmt: skip

ZONE = Kind(
    "zone", words("Zone", "منطقة", "אזור"),
    (Field("zone", FieldKind.CHOICE, words("Kind of zone", "نوع المنطقة", "סוג האזור"), critical=True, choices=ZONES),
     VOLUMES,
     Field("members", FieldKind.MEMBERS, words("Members bound", "الأعضاء الملتزمون", "החברים המחויבים"), concerned=True),
     Field("terms", FieldKind.TEXT, words("Terms", "الشروط", "תנאים"), free=True),
     handling.LANGUAGE),
    opens="zone",
)  # fmt: skip
ATTEST = Kind(
    "attest", words("Attested anew", "تأكيد متجدد", "אישור מחדש"), (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    acknowledged=False, rings=False,
)  # fmt: skip
RAISED = Kind(
    "raised", words("Zone lifted", "رُفعت المنطقة", "האזור הוסר"), (handling.OPTIONAL_REASON, handling.OPTIONAL_LANGUAGE)
)

STANDSTILL = Kind(
    "standstill", words("Standstill", "وقف للنشاط", "הקפאת פעילות"),
    (Field("whose", FieldKind.MEMBERS, words("Whose activity", "نشاط من", "פעילות של מי"), critical=True, concerned=True),
     Field("against", FieldKind.MEMBERS, words("Against whom", "ضد من", "נגד מי"), required=False, critical=True, concerned=True),
     Field("activity", FieldKind.CHOICE, words("Activity halted", "النشاط الموقوف", "הפעילות המוקפאת"), critical=True, choices=HALTED),
     VOLUMES,
     Field("terms", FieldKind.TEXT, words("Terms", "الشروط", "תנאים"), required=False, free=True),
     handling.OPTIONAL_LANGUAGE),
    opens="standstill", life_safety=True,
)  # fmt: skip
TAKEN_BACK = Kind(
    "taken-back", words("Offer taken back", "سُحب العرض", "ההצעה נמשכה"), (handling.OPTIONAL_REASON, handling.OPTIONAL_LANGUAGE),
    life_safety=True,
)  # fmt: skip
DENOUNCED = Kind(
    "denounced", words("Standstill ended", "أُنهي وقف النشاط", "ההקפאה הופסקה"), (handling.REASON, handling.LANGUAGE),
    life_safety=True,
)  # fmt: skip

COORDINATION = Kind(
    "coordination", words("Coordination", "تنسيق", "תיאום"),
    (ITEMS,
     Field("members", FieldKind.MEMBERS, words("Sides", "الطرفان", "הצדדים"), concerned=True),
     Field("way", FieldKind.CHOICE, words("Way out", "الحل", "הפתרון"), choices=WAYS),
     handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    opens="coordination",
)  # fmt: skip

TAK_ON = Kind(
    "tak-on", words("TAK screens switched on", "شُغّلت شاشات TAK", "הפעלת מסכי TAK"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE), opens="tak", acknowledged=False, rings=False,
)  # fmt: skip
TAK_OFF = Kind(
    "tak-off", words("TAK screens switched off", "أُطفئت شاشات TAK", "כיבוי מסכי TAK"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE), acknowledged=False, rings=False,
)  # fmt: skip

BEFORE = ("filed", "read-back", "objected")
PROCEDURES = (
    Procedure(
        "notice",
        (State("filed", words("Filed", "قُدم", "הוגשה")),
         State("read-back", words("Read back", "قُرئ مرتداً", "הוקראה חזרה")),
         State("objected", words("Objected to", "اعتُرض عليه", "הוגשה התנגדות")),
         State("active", words("Active", "جارٍ", "פעילה")),
         State("off-nominal", words("Not as filed", "خلافاً لما قُدم", "לא כפי שהוגשה")),
         State("ended", words("Ended", "انتهى", "הסתיימה"), final=True),
         State("called-off", words("Called off", "أُلغي", "בוטלה"), final=True)),
        "filed",
        (Move("acknowledge", ("filed",), "read-back", Who.ADDRESSEE, Needs.ALL_ACKNOWLEDGED),
         *(Move("objection", (state,), "objected", Who.OTHERS) for state in BEFORE),
         Move("correction", BEFORE, "filed", Who.OPENER),
         Move("begun", BEFORE, "active", Who.OPENER),
         Move("off-nominal", ("active", "off-nominal"), "active", Who.OPENER, where={"status": NOMINAL}),
         *(Move("off-nominal", ("active", "off-nominal"), "off-nominal", Who.OPENER, where={"status": one.value})
           for one in OFF if one.value != NOMINAL),
         Move("ended", ("active", "off-nominal"), "ended", Who.OPENER),
         Move("called-off", BEFORE, "called-off", Who.OPENER)),
    ),
    Procedure(
        "zone",
        (State("proposed", words("Proposed", "مقترحة", "הוצע")),
         State("in-force", words("In force", "سارية", "בתוקף")),
         State("lifted", words("Lifted", "مرفوعة", "הוסר"), final=True),
         State("taken-back", words("Taken back", "مسحوبة", "נמשך"), final=True)),
        "proposed",
        (Move("respond", ("proposed",), "in-force", Who.CONCERNED, Needs.ALL_CONFIRM),
         Move("attest", ("in-force",), "in-force", Who.CONCERNED),
         Move("taken-back", ("proposed",), "taken-back", Who.OPENER),
         Move("raised", ("in-force",), "lifted", Who.CONCERNED)),
        (ClockRule("zone.respond", words("Respond to the zone", "الرد على المنطقة", "מענה לאזור"),
                   ("proposed",), Who.CONCERNED, 24 * 3_600_000),
         ClockRule("zone.attest", words("Attest the zone anew", "تأكيد المنطقة من جديد", "אישור האזור מחדש"),
                   ("in-force",), Who.OPENER)),
    ),
    Procedure(
        "standstill",
        (State("offered", words("Offered", "معروض", "הוצעה")),
         State("in-force", words("In force", "سارٍ", "בתוקף")),
         State("taken-back", words("Taken back", "مسحوب", "נמשכה"), final=True),
         State("denounced", words("Ended", "منتهٍ", "הופסקה"), final=True)),
        "offered",
        (Move("respond", ("offered",), "in-force", Who.CONCERNED, Needs.ALL_CONFIRM),
         Move("taken-back", ("offered",), "taken-back", Who.OPENER),
         Move("denounced", ("in-force",), "denounced", Who.CONCERNED)),
        (ClockRule("standstill.respond", words("Respond to the standstill", "الرد على وقف النشاط", "מענה להקפאה"),
                   ("offered",), Who.CONCERNED, 30 * 60_000),),
    ),
    Procedure(
        "coordination",
        (State("open", words("Open", "مفتوح", "פתוח")), State("agreed", words("Agreed", "متفق عليه", "הוסכם"), final=True)),
        "open",
        (Move("respond", ("open",), "agreed", Who.CONCERNED, Needs.ALL_CONFIRM),),
        (ClockRule("coordination.respond", words("Respond to the coordination", "الرد على التنسيق", "מענה לתיאום"),
                   ("open",), Who.CONCERNED, 3_600_000),),
    ),
    Procedure(
        "tak",
        (State("on", words("On", "مشغّل", "פועל")), State("off", words("Off", "مطفأ", "כבוי"), final=True)),
        "on",
        (Move("tak-off", ("on",), "off", Who.OPENER),),
    ),
)  # fmt: skip

STANDING: Mapping[str, frozenset[str]] = {
    "notice": frozenset({*BEFORE, "active", "off-nominal"}),
    "zone": frozenset({"in-force"}),
    "standstill": frozenset({"in-force"}),
    "stop": frozenset({"called", "taken"}),
}
"""By the kind that opens a case: the states in which its volumes are looked at."""

DESK = Desk(
    "de-escalation", words("De-escalation", "خفض التصعيد", "הפחתת הסלמה"),
    (NOTICE, BEGUN, ENDED, CALLED_OFF, OBJECTION, OFF_NOMINAL, ZONE, ATTEST, RAISED, STANDSTILL, TAKEN_BACK, DENOUNCED,
     COORDINATION, TAK_ON, TAK_OFF),
    PROCEDURES,
)  # fmt: skip
