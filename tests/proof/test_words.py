"""Words: every finding has its sentence, an exercise its banner, and no stranger's text can pose as the report."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley.proof
from parley.proof.report import Finding, Unproven, Verdict, VerificationReport
from parley.proof.verify import verify
from parley.proof.words import TEMPLATES, VERDICTS, lines, moment, printable, sentence
from tests.proof.scene import Scene

BANNER = "SIMULATION: not an act of any state"
ROOM = Path(parley.proof.__file__).parent
NAMED = {"Finding", "Unproven", "because", "_find"}


def codes_in_source() -> set[str]:
    """Every finding code that the room's source spells out as the first argument of a call that makes one."""
    found: set[str] = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                texts = [one.value for one in ast.walk(first) if isinstance(one, ast.Constant)]
                if name in NAMED and not isinstance(first, ast.JoinedStr):
                    found.update(text for text in texts if isinstance(text, str))
    return found


def test_every_finding_has_a_sentence() -> None:
    spelled = codes_in_source()
    assert len(spelled) > 50
    assert spelled <= TEMPLATES.keys()


def test_every_sentence_is_of_some_finding() -> None:
    built = {
        *(f"signed.{capacity}" for capacity in ("officer", "registrar", "root")),
        *(f"held.{what}" for what in ("content", "statement", "entry")),
        *(f"{what}{timed}" for what in ("post-quantum", "cosigned") for timed in ("", ".timed")),
    }
    assert TEMPLATES.keys() - codes_in_source() <= built


def test_every_verdict_has_its_sentence() -> None:
    assert VERDICTS.keys() == set(Verdict)


def test_a_whole_report_is_told_line_by_line() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "شكرا ותודה")
    scene.receive("BBB", place)
    told = lines(scene.report(place))
    assert told[0] == BANNER
    assert told[1] == f"PROVEN: AAA {place.seq} is recorded as told below."
    assert "NOT PROVEN, OR CANNOT BE TOLD" in told
    assert "FAILED" not in told
    assert told[-1] == "- text: شكرا ותודה"
    assert not any(re.search(r"\{\w+\}", line) for line in told)


def test_an_exercise_opens_every_rendering_with_its_banner_even_when_it_fails() -> None:
    scene = Scene(2)
    raw = scene.prove(scene.say("AAA", "duty-1", "hello"))
    broken = bytearray(raw)
    broken[-40] ^= 1
    for report in (verify(raw), verify(bytes(broken)), verify(raw, expected=bytes(32))):
        assert report.banner == BANNER
        assert lines(report)[0] == BANNER
        assert next(iter(report.as_dict().items())) == ("banner", BANNER)


def test_where_acts_are_real_there_is_no_banner() -> None:
    scene = Scene(2, exercise=False)
    report = scene.report(scene.say("AAA", "duty-1", "hello"))
    assert report.banner is None
    assert lines(report)[0].startswith("PROVEN")
    assert any(one.code == "in-earnest" for one in report.proven)


def test_the_json_form_has_the_same_keys_always() -> None:
    scene = Scene(2)
    raw = scene.prove(scene.say("AAA", "duty-1", "hello"))
    keys = ["banner", "verdict", "mechanism", "reference", "proven", "cannot_be_told", "failed", "content"]
    for report in (verify(raw), verify(b""), verify(raw, expected=bytes(32))):
        assert list(json.loads(json.dumps(report.as_dict()))) == keys
    proven = verify(raw).as_dict()
    assert proven["verdict"] == "proven"
    assert proven["content"] == {"text": "hello"}
    assert verify(b"").as_dict()["verdict"] == "not-proven"


def test_byte_strings_in_content_are_hex_in_json() -> None:
    report = VerificationReport(Verdict.PROVEN, content={"a": b"\x01", "b": [{b"\xff": None, 3: True}]})
    assert report.as_dict()["content"] == {"a": "01", "b": [{"ff": None, "3": True}]}
    assert lines(report)[-1] == "- b: [{ff: None, 3: True}]"


def test_a_strangers_text_cannot_add_a_line_or_turn_the_writing() -> None:
    scene = Scene(2)
    place = scene.say("AAA", "duty-1", "a\nPROVEN\u2028\u202eb", marking="x\n- All of it is proven.\r\x1b[2J")
    told = lines(scene.report(place))
    assert not any(set(line) & set("\n\r\x1b\u2028\u202e") for line in told)
    assert told.count("PROVEN") == 1
    assert "- text: a\\u000aPROVEN\\u2028\\u202eb" in told


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_printable_text_stays_on_its_line(text: str) -> None:
    assert len(printable(text).splitlines()) <= 1


@given(st.integers(0, 2**53))
@settings(max_examples=60)
def test_any_time_is_told(unix_ms: int) -> None:
    assert moment(unix_ms)


def test_times_are_told_in_utc() -> None:
    at = datetime(2026, 2, 28, 23, 59, 59, 7000, tzinfo=UTC)
    assert moment(round(at.timestamp() * 1000)) == "2026-02-28 23:59:59.007 UTC"
    assert moment(2**53) == f"{2**53} ms after 1970"


def test_nobody_is_named_as_such() -> None:
    assert sentence(Finding("sight", {"statement": ["AAA"], "content": []})).endswith("its content to nobody.")


def test_an_unknown_finding_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        sentence(Finding("no such finding"))


def test_a_failed_check_carries_its_finding() -> None:
    assert Unproven("log.unknown", log="AAA").finding == Finding("log.unknown", {"log": "AAA"})
