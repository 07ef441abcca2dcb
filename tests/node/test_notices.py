"""Cases as notices for other systems: what is withdrawn is told as withdrawn, whoever withdrew it."""

from __future__ import annotations

from xml.etree import ElementTree

from parley.charter.emergency import Plea
from parley.geo.notice import Phase
from parley.node.cases.notices import cap_alert, editions, notice_of
from tests.procedure.histories import ISR, History

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
PLEA = Plea(1_790_000_000, "SIMULATION: no answer from the authority")
VOLUME = {"area": {"circle": [331_254_000, 358_012_000, 5_000]}, "start": 1_900_000_000_000, "end": 1_900_003_600_000}
ZONE = {"zone": "separation", "volumes": [VOLUME], "members": ["ISR", "SYR"], "terms": "SIMULATION", "lang": "en"}
WORDS = {"reason": "SIMULATION", "lang": "en"}


def test_what_an_authority_withdrew_is_a_cancel_of_what_was_told_before() -> None:
    history = History()
    opening = history.say(ISR, "zone", ZONE, marking=PLEA.marking)
    case = history.fold(opening)
    before = notice_of(case, "ISR", simulation=True)
    assert before is not None
    assert before.phase is Phase.PLANNED
    withdrawal = history.say(
        ISR, "withdraw-emergency", WORDS, case=opening, about=opening, position="head-1", mandate="release"
    )
    case = history.fold(opening)
    now = notice_of(case, "ISR", simulation=True)
    assert now is not None
    assert now.phase is Phase.WITHDRAWN
    assert [(one.act, one.phase) for one in editions(case)] == [(opening, Phase.PLANNED), (withdrawal, Phase.WITHDRAWN)]
    alert = ElementTree.fromstring(cap_alert(case, now, "isr.example"))
    assert alert.findtext(f"{CAP}msgType") == "Cancel"
    assert alert.findtext(f"{CAP}references")
