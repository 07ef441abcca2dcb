"""The emergency mandate: in nobody's stead but as the charter lets it, with a plea that every member reads."""

from __future__ import annotations

from typing import Any

import pytest

from parley.charter import admission, emergency
from parley.charter.charter import Charter, decode_charter
from parley.charter.charter_text import to_toml
from parley.charter.charter_toml import load_toml
from parley.charter.emergency import Plea, plea_of, stands_in
from parley.charter.terms import EmergencyRule, KindRule, Mandate, Role
from parley.crypto import cbor
from parley.errors import BadInput
from parley.record.ids import log_id
from parley.record.statement import Precedence
from tests.changed import replace
from tests.charter.mechanisms import HOUR_MS, Log, draft, founded

NOW_S = 1_790_000_000
RULE = EmergencyRule(("zone",), ("watch",), ("release",), Precedence.IMMEDIATE, 600_000, 12 * HOUR_MS)
PLEA = Plea(NOW_S - 600, "no answer from the authority")


def with_rules(*rules: EmergencyRule) -> Charter:
    terms = draft(2).terms
    release = Mandate("release", "Release authority", Precedence.FLASH, (Role.PARTY,))
    kinds = (
        *terms.kinds,
        KindRule("zone", 1, "line", (1,), ("release",)),
        KindRule("release", 1, "line", (1,), ("release",)),
    )
    changed = replace(terms, mandates=(*terms.mandates, release), kinds=kinds, emergency=rules)
    return founded(replace(draft(2), terms=changed))


def verdict(charter: Charter, **changes: Any) -> str | None:
    """What every node makes of a zone said by an officer of the watch."""
    log = Log(charter, log_id(0))
    log.certify()
    log.enrol("duty-1", ["watch"])
    said = {"kind": "zone", "issued_at_s": NOW_S, "marking": PLEA.marking, **changes}
    entry, statement, content = log.speak("duty-1", **said)
    void = admission.judge(charter, log.directory, entry, statement, content)
    return None if void is None else void.code


def test_with_its_plea_it_counts() -> None:
    assert verdict(with_rules(RULE)) is None
    assert stands_in(with_rules(RULE), "zone", "watch", PLEA.marking) == (RULE, PLEA)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"marking": ""}, "emergency.plea"),
        ({"marking": "TLP:AMBER"}, "emergency.plea"),
        ({"marking": "EMERGENCY"}, "emergency.plea"),
        ({"marking": f"EMERGENCY {NOW_S - 600} short"}, "emergency.plea"),
        ({"marking": f"EMERGENCY {NOW_S - 600} {'x' * 101}"}, "emergency.plea"),
        ({"marking": f"EMERGENCY -{NOW_S} no answer from them"}, "emergency.plea"),
        ({"marking": f"EMERGENCY 0{NOW_S - 600} no answer from them"}, "emergency.plea"),
        ({"marking": f"EMERGENCY {NOW_S - 600} no answer\nCONFIRMED"}, "emergency.plea"),
        ({"marking": f"EMERGENCY {NOW_S - 600} no answer \u202efrom them"}, "emergency.plea"),
        ({"marking": f" EMERGENCY {NOW_S - 600} no answer from them"}, "emergency.plea"),
        ({"marking": f"emergency {NOW_S - 600} no answer from them"}, "emergency.plea"),
        ({"precedence": Precedence.FLASH}, "emergency.exceeded"),
        ({"issued_at_s": NOW_S - 1}, "emergency.too-soon"),
        ({"marking": f"EMERGENCY {NOW_S + 9_000} no answer from them"}, "emergency.too-soon"),
        ({"mandate": "quiet"}, "mandate.exceeded"),
        ({"mandate": "release"}, "mandate.exceeded"),
        ({"kind": "release"}, "mandate.exceeded"),
    ],
)
def test_anything_less_is_void(changes: dict[str, Any], code: str) -> None:
    assert verdict(with_rules(RULE), **changes) == code


def test_a_charter_without_the_term_knows_no_emergency() -> None:
    charter = with_rules()
    assert verdict(charter) == "mandate.exceeded"
    assert stands_in(charter, "zone", "watch", PLEA.marking) is None


def test_who_needs_no_plea_is_not_said_to_plead() -> None:
    charter = with_rules(RULE)
    assert verdict(charter, kind="message") is None
    assert stands_in(charter, "message", "watch", PLEA.marking) is None
    assert stands_in(charter, "zone", "release", PLEA.marking) is None


def test_a_reason_may_be_in_any_script() -> None:
    for reason in ("لا جواب من صاحب الصلاحية", "אין מענה מבעל הסמכות", "no answer, 3 calls"):
        assert plea_of(Plea(NOW_S, reason).marking) == Plea(NOW_S, reason)
    assert len(Plea(10**12 - 1, "x" * emergency.MAX_REASON_CHARS).marking) <= 128


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("nothing",)}, "kinds"),
        ({"kinds": ("zone", "zone")}, "kinds"),
        ({"kinds": ("release",)}, "kinds"),
        ({"mandates": ("nobody",)}, "mandates"),
        ({"mandates": ("release",)}, "mandates"),
        ({"authority": ("watch",)}, "authority"),
        ({"authority": ()}, "authority"),
        ({"tried_ms": 0}, "tried"),
        ({"confirm_ms": 0}, "confirm"),
    ],
)
def test_a_rule_that_contradicts_the_charter_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        with_rules(replace(RULE, **changes))
    assert caught.value.field == f"emergency[0].{field}"


def test_two_rules_do_not_compete_for_one_case() -> None:
    with pytest.raises(BadInput) as caught:
        with_rules(RULE, replace(RULE, tried_ms=1))
    assert caught.value.code == "charter.duplicate"


def test_the_forms_hold_it_and_a_charter_without_it_is_the_bytes_that_it_was() -> None:
    without, charter = with_rules(), with_rules(RULE)
    assert 16 not in cbor.decode(without.raw)  # type: ignore[operator]
    assert decode_charter(charter.raw) == charter
    a_draft = replace(draft(2), terms=charter.terms)
    assert load_toml(to_toml(a_draft)) == a_draft
    fields: Any = cbor.decode(charter.raw)
    for wrong in (
        [],
        [[]],
        [[["zone"], ["watch"], ["release"], 9, 1, 1]],
        None,
        [[["zone"], ["watch"], ["release"], 1, 1]],
    ):
        with pytest.raises(BadInput):
            decode_charter(cbor.encode(fields | {16: wrong}))
