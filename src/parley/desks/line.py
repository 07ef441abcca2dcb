"""The Line: officers talk, warn, call a stop, and show that they are there.

| kind | life of its case |
| --- | --- |
| ``message`` | sent → acknowledged → answered → closed; further messages go on in it |
| ``stop`` | called → taken → ended by its caller: lifted, or withdrawn. Extended by a new expiry. Acts first: a wrong
  read-back never delays *taken* and what follows |
| ``service`` | operators among themselves; never a principal's word, nothing to acknowledge |
| ``proof`` | asked → answered by the human on duty, hourly each way |
| ``suspend`` | in force → resumed by who suspended. Kinds of life-safety stay open unless named one by one |
| ``quotation`` | what somebody outside said, word for word, with its source; nobody's position |

STOP is sent and taken by any duty officer. Alternates ring at the charter's times, then the facilitator (`node.watch`).
"""

from __future__ import annotations

from parley.procedure import handling
from parley.procedure.declare import ClockRule, Desk, Kind, Move, Needs, Procedure, State, Who
from parley.procedure.fields import Choice, Field, FieldKind
from parley.procedure.words import words

PROOF_CLOCK, PROOF_EVERY_MS = "line.proof", 3_600_000
"""How often each member asks the others for a proof of life: the charter's desk clock of that name, else hourly."""

EXPIRES = Field("until", FieldKind.INSTANT, words("In force until", "سارٍ حتى", "בתוקף עד"), critical=True)
AREA = Field("area", FieldKind.AREA, words("Area", "المنطقة", "אזור"), critical=True)
FLOOR = Field(
    "floor", FieldKind.HEIGHT, words("Floor", "الحد الأدنى للارتفاع", "גובה תחתון"), required=False, critical=True
)
CEILING = Field(
    "ceiling", FieldKind.HEIGHT, words("Ceiling", "الحد الأعلى للارتفاع", "גובה עליון"), required=False, critical=True
)
ACTIVITIES = (
    Choice("fire", words("Fire", "إطلاق النار", "ירי")),
    Choice("air", words("Air activity", "نشاط جوي", "פעילות אווירית")),
    Choice("ground", words("Ground movement", "تحرك بري", "תנועה קרקעית")),
    Choice("sea", words("Sea activity", "نشاط بحري", "פעילות ימית")),
    Choice("all", words("All activity", "كل نشاط", "כל פעילות")),
)
ACTIVITY = Field(
    "activity", FieldKind.CHOICE, words("Cease now", "أوقفوا الآن", "הפסיקו מיד"), critical=True, choices=ACTIVITIES
)

MESSAGE = Kind(
    "message", words("Message", "رسالة", "הודעה"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE, handling.PHRASE,
     Field("time", FieldKind.INSTANT, words("Time", "الوقت", "שעה"), required=False, critical=True),
     Field("place", FieldKind.PLACE, words("Place", "المكان", "מקום"), required=False, critical=True),
     Field("height", FieldKind.HEIGHT, words("Height", "الارتفاع", "גובה"), required=False, critical=True),
     Field("unit", FieldKind.LABEL, words("Unit (alias)", "الوحدة (اسم رمزي)", "יחידה (כינוי)"), required=False, critical=True),
     Field("action", FieldKind.LABEL, words("Action", "الإجراء", "פעולה"), required=False, critical=True)),
    opens="message", one_of=(("text", "phrase"),),
)  # fmt: skip
CLOSE = Kind(
    "close",
    words("Close", "إغلاق", "סגירה"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    acknowledged=False,
    rings=False,
)

STOP = Kind(
    "stop", words("STOP", "قف", "עצור"),
    (AREA, FLOOR, CEILING, ACTIVITY, EXPIRES, handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE, handling.PHRASE),
    opens="stop", acts_first=True, life_safety=True, expires="until",
)  # fmt: skip
EXTEND = Kind("extend", words("Extend", "تمديد", "הארכה"), (EXPIRES,), life_safety=True, expires="until")
LIFT = Kind(
    "lift", words("Lift", "رفع", "הסרה"), (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE), life_safety=True
)
WITHDRAW = Kind(
    "withdraw",
    words("Withdraw", "سحب", "משיכה"),
    (handling.OPTIONAL_REASON, handling.OPTIONAL_LANGUAGE),
    life_safety=True,
)

SERVICE = Kind(
    "service", words("Service", "خدمة المشغّلين", "שירות מפעילים"), (handling.TEXT, handling.LANGUAGE),
    opens="service", acknowledged=False, rings=False,
)  # fmt: skip
PROOF = Kind(
    "proof",
    words("Proof of life", "إثبات التواجد", "הוכחת נוכחות"),
    opens="proof",
    acknowledged=False,
    rings=False,
    life_safety=True,
)
PRESENT = Kind("present", words("On watch", "في المناوبة", "במשמרת"), acknowledged=False, rings=False, life_safety=True)

SCOPES = (
    Choice("named", words("The kinds named", "الأنواع المسماة", "הסוגים הנקובים")),
    Choice("all", words("All but life-safety", "الكل عدا سلامة الأرواح", "הכול מלבד הצלת חיים")),
)
SUSPEND = Kind(
    "suspend", words("Suspend", "تعليق", "השעיה"),
    (Field("scope", FieldKind.CHOICE, words("Scope", "النطاق", "היקף"), choices=SCOPES),
     Field("kinds", FieldKind.NAMES, words("Kinds named", "الأنواع المسماة", "הסוגים הנקובים"), required=False),
     handling.REASON, handling.LANGUAGE,
     Field("terms", FieldKind.TEXT, words("Terms of resumption", "شروط الاستئناف", "תנאי החידוש"), free=True)),
    opens="suspension", life_safety=True,
)  # fmt: skip
RESUME = Kind(
    "resume",
    words("Resume", "استئناف", "חידוש"),
    (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    life_safety=True,
)

QUOTATION = Kind(
    "quotation", words("Quotation", "اقتباس", "ציטוט"),
    (handling.TEXT, handling.LANGUAGE, Field("source", FieldKind.LABEL, words("Source", "المصدر", "מקור"))),
    opens="quotation", acknowledged=False, rings=False,
)  # fmt: skip

ALIVE = ("sent", "acknowledged", "answered")
IN_FORCE = ("called", "taken")
PROCEDURES = (
    Procedure(
        "message",
        (State("sent", words("Sent", "أُرسلت", "נשלחה")),
         State("acknowledged", words("Acknowledged", "أُقر استلامها", "אושרה קבלתה")),
         State("answered", words("Answered", "أُجيب عنها", "נענתה")),
         State("closed", words("Closed", "أُغلقت", "נסגרה"), final=True)),
        "sent",
        (Move("acknowledge", ("sent",), "acknowledged", Who.ADDRESSEE, Needs.ALL_ACKNOWLEDGED),
         Move("answer", ("sent", "acknowledged", "answered"), "answered", Who.OTHERS),
         *(Move("message", (state,), state, Who.ANYONE) for state in ALIVE),
         Move("close", ALIVE, "closed", Who.OPENER)),
    ),
    Procedure(
        "stop",
        (State("called", words("Called", "أُطلق النداء", "נקרא")),
         State("taken", words("Taken", "استُلم", "נקלט")),
         State("lifted", words("Lifted", "رُفع", "הוסר"), final=True),
         State("withdrawn", words("Withdrawn", "سُحب", "נמשך"), final=True)),
        "called",
        (Move("acknowledge", ("called",), "taken", Who.OTHERS),
         Move("extend", ("called",), "called", Who.OPENER),
         Move("extend", ("taken",), "taken", Who.OPENER),
         Move("lift", IN_FORCE, "lifted", Who.OPENER),
         Move("withdraw", IN_FORCE, "withdrawn", Who.OPENER)),
    ),
    Procedure("service", (State("open", words("Open", "مفتوحة", "פתוח")),), "open", ()),
    Procedure(
        "proof",
        (State("asked", words("Asked", "طُلب", "התבקשה")), State("answered", words("Answered", "أُجيب", "נענתה"), final=True)),
        "asked",
        (Move("present", ("asked",), "answered", Who.ADDRESSEE),),
        (ClockRule("line.present", words("Answer the proof of life", "الرد على إثبات التواجد", "מענה להוכחת נוכחות"),
                   ("asked",), Who.ADDRESSEE, 10 * 60_000),),
    ),
    Procedure(
        "suspension",
        (State("in-force", words("Suspended", "معلّق", "מושעה")), State("resumed", words("Resumed", "استؤنف", "חודש"), final=True)),
        "in-force",
        (Move("resume", ("in-force",), "resumed", Who.OPENER),),
    ),
    Procedure("quotation", (State("kept", words("Kept", "محفوظ", "נשמר")),), "kept", ()),
)  # fmt: skip

DESK = Desk(
    "line", words("Line", "الخط", "הקו"),
    (MESSAGE, CLOSE, STOP, EXTEND, LIFT, WITHDRAW, SERVICE, PROOF, PRESENT, SUSPEND, RESUME, QUOTATION), PROCEDURES,
)  # fmt: skip
