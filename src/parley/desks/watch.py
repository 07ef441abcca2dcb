"""The watch: who has it, handed over by both officers' signatures; what was said by voice; what was done on paper.

| kind | life of its case |
| --- | --- |
| ``roster`` | in force until the next one of the same member; positions, shifts, alternates, absences, holidays |
| ``handover`` | offered → taken over by the position named, or kept by the one that has the watch. Until it is taken over, the
  outgoing watch is accountable. Both sign the digest of one sheet: a ``take-over`` that bears another moves nothing |
| ``call`` | a telephone call: who, when, what was said, which statements were read. Kept; or, where it differed from the written
  original, differs → reconciled, by the other side, or by who told it where the written original stands. Until then a clock
  runs on both sides |
| ``paper`` | what was done on paper while the line was away, entered afterwards and marked as such |

Nobody rings for these: the others are told who is accountable, no more. The sheet of a handover stays in its member's own node;
the statement bears its digest.
"""

from __future__ import annotations

from parley.procedure import handling
from parley.procedure.declare import Begin, ClockRule, Desk, Kind, Move, Procedure, State, Who
from parley.procedure.fields import Choice, Field, FieldKind
from parley.procedure.words import words

TAKEN_OVER = "taken-over"
HOUR_MS = 3_600_000

ROSTER = Kind(
    "roster", words("Roster", "جدول المناوبة", "לוח תורנויות"),
    (Field("roster", FieldKind.ROSTER, words("Roster", "جدول المناوبة", "לוח תורנויות")),),
    opens="roster", acknowledged=False, rings=False,
)  # fmt: skip
HANDOVER = Kind(
    "handover", words("Handover of the watch", "تسليم المناوبة", "העברת המשמרת"),
    (Field("to", FieldKind.LABEL, words("To (position)", "إلى (الموقع)", "אל (תפקיד)")),
     Field("sheet", FieldKind.LABEL, words("Digest of the sheet", "بصمة الورقة", "טביעת הגיליון"))),
    opens="handover", acknowledged=False, rings=False, life_safety=True,
)  # fmt: skip
TAKE_OVER = Kind(
    "take-over", words("Takes the watch over", "يتسلم المناوبة", "מקבל את המשמרת"),
    (Field("sheet", FieldKind.LABEL, words("Digest of the sheet", "بصمة الورقة", "טביעת הגיליון")),),
    acknowledged=False, rings=False, life_safety=True,
)  # fmt: skip
KEEP_WATCH = Kind(
    "keep-watch", words("Keeps the watch", "يُبقي المناوبة", "ממשיך במשמרת"), (), acknowledged=False, rings=False,
    life_safety=True,
)  # fmt: skip
CALL = Kind(
    "call", words("Telephone call", "مكالمة هاتفية", "שיחת טלפון"),
    (Field("with", FieldKind.LABEL, words("With (position)", "مع (الموقع)", "עם (תפקיד)")),
     Field("time", FieldKind.INSTANT, words("Began", "بدأت", "התחילה")),
     Field("lasted", FieldKind.SPAN, words("Lasted", "دامت", "נמשכה"), required=False),
     Field("read", FieldKind.REFERENCES, words("Statements read", "البيانات المقروءة", "הודעות שהוקראו"), required=False),
     handling.TEXT, handling.LANGUAGE,
     Field("differs", FieldKind.FLAG, words("Differs from the written original", "تخالف الأصل المكتوب", "שונה מהמקור הכתוב"),
           required=False)),
    opens="call", acknowledged=False, rings=False, life_safety=True,
)  # fmt: skip
STANDS = (
    Choice("written", words("The written original", "الأصل المكتوب", "המקור הכתוב")),
    Choice(
        "spoken",
        words("What was spoken: it is written anew", "ما قيل شفاهة: يُكتب من جديد", "מה שנאמר בעל פה: ייכתב מחדש"),
    ),
    Choice("neither", words("Neither: it is said anew", "لا هذا ولا ذاك: يُقال من جديد", "לא זה ולא זה: ייאמר מחדש")),
)
RECONCILE = Kind(
    "reconcile", words("Reconciled", "تمت المطابقة", "יושב ההבדל"),
    (Field("stands", FieldKind.CHOICE, words("What stands", "ما الذي يُعتمد", "מה תקף"), choices=STANDS),
     handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    acknowledged=False, rings=False, life_safety=True,
)  # fmt: skip
PAPER = Kind(
    "paper", words("Done on paper", "أُنجز على الورق", "נעשה על הנייר"),
    (Field("time", FieldKind.INSTANT, words("Done at", "أُنجز في", "נעשה בשעה")), handling.TEXT, handling.LANGUAGE),
    opens="paper", acknowledged=False, rings=False, life_safety=True,
)  # fmt: skip

PROCEDURES = (
    Procedure("roster", (State("in-force", words("In force", "سارٍ", "בתוקף")),), "in-force", ()),
    Procedure(
        "handover",
        (State("offered", words("Offered", "معروضة", "הוצעה")),
         State(TAKEN_OVER, words("Taken over", "تم التسلم", "התקבלה"), final=True),
         State("kept", words("Kept", "مُبقاة", "נשארה"), final=True)),
        "offered",
        (Move("take-over", ("offered",), TAKEN_OVER, Who.NAMED, same=("sheet",)), Move("keep-watch", ("offered",), "kept", Who.OPENER)),
    ),
    Procedure(
        "call",
        (State("kept", words("Kept", "محفوظة", "נשמרה")),
         State("differs", words("Differs from the original", "تخالف الأصل", "שונה מהמקור")),
         State("reconciled", words("Reconciled", "تمت المطابقة", "יושב ההבדל"), final=True)),
        "kept",
        (Move("reconcile", ("differs",), "reconciled", Who.ADDRESSEE),
         Move("reconcile", ("differs",), "reconciled", Who.OPENER, where={"stands": "written"})),
        tuple(ClockRule("watch.reconcile", words("Reconcile the call", "مطابقة المكالمة", "יישוב השיחה"), ("differs",), who, HOUR_MS)
              for who in (Who.OPENER, Who.ADDRESSEE)),
        (Begin({"differs": True}, "differs"),),
    ),
    Procedure("paper", (State("kept", words("Kept", "محفوظ", "נשמר")),), "kept", ()),
)  # fmt: skip

DESK = Desk(
    "watch",
    words("Watch", "المناوبة", "המשמרת"),
    (ROSTER, HANDOVER, TAKE_OVER, KEEP_WATCH, CALL, RECONCILE, PAPER),
    PROCEDURES,
)
