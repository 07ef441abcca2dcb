"""Proofs of what was said under the emergency mandate, and of what was not."""

from __future__ import annotations

import pytest

from parley.charter.charter import Charter
from parley.proof.report import Verdict
from parley.record.statement import Precedence
from tests.charter.test_emergency import NOW_S, PLEA, RULE, with_rules
from tests.proof.scene import Scene, codes


class EmergencyScene(Scene):
    """A scene whose charter has the rule; `known` false: it has none."""

    def __init__(self, *, known: bool = True) -> None:
        self.known = known
        super().__init__(2)

    def charter_of(self, count: int, *, exercise: bool) -> Charter:
        assert (count, exercise) == (2, True)
        return with_rules(RULE) if self.known else with_rules()


def test_its_plea_is_proven_with_it() -> None:
    scene = EmergencyScene()
    place = scene.say("AAA", "duty-1", "SIMULATION", kind="zone", issued_at_s=NOW_S, marking=PLEA.marking)
    report = scene.report(place)
    assert report.verdict is Verdict.PROVEN
    assert codes(report)["marking"] == {"marking": PLEA.marking}


@pytest.mark.parametrize(
    ("known", "changes", "code"),
    [
        (False, {}, "mandate.exceeded"),
        (True, {"marking": ""}, "emergency.plea"),
        (True, {"marking": f"EMERGENCY {NOW_S - 600} no answer \u2066from them"}, "emergency.plea"),
        (True, {"marking": f"EMERGENCY {NOW_S - 600} \U0001f4de\U0001f4de\U0001f4de"}, "emergency.plea"),
        (True, {"precedence": Precedence.FLASH}, "emergency.exceeded"),
        (True, {"issued_at_s": NOW_S - 1}, "emergency.too-soon"),
    ],
)
def test_what_does_not_meet_the_charter_is_proven_void(known: bool, changes: dict[str, object], code: str) -> None:
    scene = EmergencyScene(known=known)
    said = {"kind": "zone", "issued_at_s": NOW_S, "marking": PLEA.marking, **changes}
    report = scene.report(scene.say("AAA", "duty-1", "SIMULATION", **said))
    assert report.verdict is Verdict.VOID
    assert codes(report)["void"]["fault"] == code


def test_a_reason_of_other_planes_is_counted_in_characters() -> None:
    scene = EmergencyScene()
    marking = f"EMERGENCY {NOW_S - 600} " + "\U0001f4de" * 100
    place = scene.say("AAA", "duty-1", "SIMULATION", kind="zone", issued_at_s=NOW_S, marking=marking)
    assert scene.report(place).verdict is Verdict.PROVEN
