"""Drills: an exercise's own desk. What is led, who has to say what, and what was in fact the case.

| kind | life of its case |
| --- | --- |
| ``drill`` | announced → over, by who leads it. Its opening says which drill, and whom it is about |
| ``assessment`` | what an officer holds to be the cause of a member's silence, or that its log is split |
| ``drill-over`` | ends it: which statement was the inject, and the cause that was in fact so |

A drill is scored from the record alone (`parley.procedure.drill`). Only an exercise's charter should open these kinds; the
command that leads a drill refuses any other.
"""

from __future__ import annotations

from parley.procedure import handling
from parley.procedure.declare import Desk, Kind, Move, Procedure, State, Who
from parley.procedure.drill.vocabulary import CAUSES as CAUSE_WORDS
from parley.procedure.drill.vocabulary import EXERCISES as EXERCISE_WORDS
from parley.procedure.fields import Choice, Field, FieldKind
from parley.procedure.words import words

EXERCISES = tuple(Choice(name, title) for name, title in EXERCISE_WORDS.items())
CAUSES = tuple(Choice(name, title) for name, title in CAUSE_WORDS.items())
ABOUT = words("About member", "عن العضو", "בעניין החבר")

DRILL = Kind(
    "drill", words("Drill", "تمرين", "תרגיל"),
    (Field("exercise", FieldKind.CHOICE, words("Which drill", "أي تمرين", "איזה תרגיל"), choices=EXERCISES),
     Field("member", FieldKind.MEMBER, ABOUT, required=False), handling.TEXT, handling.LANGUAGE),
    opens="drill", acknowledged=False, rings=False,
)  # fmt: skip
ASSESSMENT = Kind(
    "assessment", words("Assessment of a silence", "تقدير سبب الصمت", "הערכת סיבת השתיקה"),
    (Field("member", FieldKind.MEMBER, ABOUT),
     Field("cause", FieldKind.CHOICE, words("Cause, as held", "السبب المعتقد", "הסיבה המשוערת"), choices=CAUSES),
     handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE),
    acknowledged=False, rings=False,
)  # fmt: skip
DRILL_OVER = Kind(
    "drill-over", words("Drill over", "انتهى التمرين", "התרגיל הסתיים"),
    (Field("inject", FieldKind.REFERENCE, words("Statement injected", "البيان المُدخل", "ההודעה שהוזרקה"), required=False),
     Field("cause", FieldKind.CHOICE, words("Cause in fact", "السبب الفعلي", "הסיבה בפועל"), required=False, choices=CAUSES)),
    acknowledged=False, rings=False,
)  # fmt: skip

ANNOUNCED, OVER = "announced", "over"
PROCEDURES = (
    Procedure(
        "drill",
        (State(ANNOUNCED, words("Announced", "مُعلن", "הוכרז")), State(OVER, words("Over", "انتهى", "הסתיים"), final=True)),
        ANNOUNCED,
        (Move("assessment", (ANNOUNCED,), ANNOUNCED, Who.ANYONE), Move("drill-over", (ANNOUNCED,), OVER, Who.OPENER)),
    ),
)  # fmt: skip

DESK = Desk("drills", words("Drills", "التمارين", "תרגילים"), (DRILL, ASSESSMENT, DRILL_OVER), PROCEDURES)
