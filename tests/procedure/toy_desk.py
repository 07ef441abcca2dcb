"""A whole desk in one small file: pacts, which all addressees assent to and two officers of their author seal.

| kind | life of its case |
| --- | --- |
| ``pact`` | proposed → agreed by every addressee's assent to one text → sealed; retracted by its author before that |

An hour is given for the assents. `CHARTER_LINES` opens the desk; a ``seal`` waits for the head's release.
"""

from __future__ import annotations

from parley.procedure import handling
from parley.procedure.declare import ClockRule, Desk, Kind, Move, Needs, Procedure, State, Who
from parley.procedure.fields import Field, FieldKind
from parley.procedure.words import words

HOUR_MS = 3_600_000
CHARTER_LINES = """
[kinds]
pact = { version = 1, desk = "toy", channels = ["line"], mandates = ["watch"] }
retract = { version = 1, desk = "toy", channels = ["line"], mandates = ["watch"] }
seal = { version = 1, desk = "toy", channels = ["line"], mandates = ["watch"], countersigned_by = ["head"] }
"""

PACT = Kind(
    "pact", words("Pact", "ميثاق", "ברית"),
    (handling.TEXT, handling.LANGUAGE, Field("until", FieldKind.INSTANT, words("Until", "حتى", "עד"), critical=True)),
    opens="pact",
)  # fmt: skip
RETRACT = Kind("retract", words("Retract", "سحب", "חזרה"), acknowledged=False)
SEAL = Kind("seal", words("Seal", "ختم", "חותם"), (handling.OPTIONAL_TEXT, handling.OPTIONAL_LANGUAGE))

LIFE = Procedure(
    "pact",
    (State("proposed", words("Proposed", "مقترح", "מוצע")),
     State("agreed", words("Agreed", "متفق عليه", "מוסכם")),
     State("sealed", words("Sealed", "مختوم", "חתום"), final=True),
     State("retracted", words("Retracted", "مسحوب", "נסוג"), final=True)),
    "proposed",
    (Move("assent", ("proposed",), "agreed", Who.ADDRESSEE, Needs.ALL_ASSENT),
     Move("retract", ("proposed",), "retracted", Who.OPENER),
     Move("seal", ("agreed",), "sealed", Who.OPENER)),
    (ClockRule("toy.assent", words("Assent", "موافقة", "הסכמה"), ("proposed",), Who.ADDRESSEE, HOUR_MS),),
)  # fmt: skip

DESK = Desk("toy", words("Toy desk", "مكتب تجريبي", "שולחן ניסיון"), (PACT, RETRACT, SEAL), (LIFE,))
