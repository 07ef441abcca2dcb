"""Searching by the command line, and references with their letter wherever one is typed."""

from __future__ import annotations

import json
import time

import pytest

from parley.cli import exits
from parley.cli.stage import Stage
from parley.procedure.references import LETTERS, SPELLED
from tests.cli.conftest import Run, parsed

pytestmark = pytest.mark.slow


def found(run: Run, code: str, *arguments: str) -> dict:
    """What is found, once something is."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        told = dict(parsed(run(code, "search", *arguments, "--json")))
        if told["hits"] or (told["named"] or {}).get("hit"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def test_what_is_said_in_arabic_is_found_at_another_node_and_marked(run: Run, stage: Stage) -> None:
    said = stage.speak("SYR", "message", {"text": "محاكاة: عند البُرْجِ الأبيض.", "lang": "ar"})
    [hit] = found(run, "ISR", "البرج", "الابيض")["hits"]
    assert (hit["reference"], hit["kind"]) == (said, "message")
    told = run("ISR", "search", "البرج").stdout
    assert f"{said}-{hit['letter']}" in told
    assert "\u2039البُرْجِ\u203a" in told
    assert "nothing found" in run("ISR", "search", "برج-ليس-هنا").stdout
    assert "nothing found" in run("ISR", "search", "البرج", "--member", "ISR").stdout
    assert run("ISR", "search", "البرج", "--from", "2026-01-01T00:00").exit_code == exits.USAGE
    long_ago = ("--from", "2020-01-01T00:00Z", "--until", "2020-02-01T00:00+02:00")
    assert said not in run("ISR", "search", "البرج", *long_ago).stdout
    assert "search.member" in run("ISR", "search", "--member", "QQQ").output
    assert run("ISR", "search", "--near", "33.1", "35.8", "1000").exit_code == 0


def test_a_letter_is_shown_taken_and_checked(run: Run, stage: Stage) -> None:
    said = stage.speak("ISR", "message", {"text": "SIMULATION. The letter counts.", "lang": "en"})
    letter = found(run, "ISR", said)["named"]["letter"]
    wrong = next(one for one in LETTERS if one != letter)
    misheard = f"{said} has the letter {letter}, not {wrong}: misheard?"
    assert f"read aloud {said}-{letter} ({SPELLED[letter]})" in run("ISR", "show", f"{said}-{letter}").stdout
    assert parsed(run("ISR", "case", *f"{said} {letter}".split(), "--json"))["reference"] == said
    assert misheard in run("ISR", "search", f"{said}-{wrong}").stdout
    for command in (("show", f"{said}-{wrong}"), ("case", f"{said}-{wrong}")):
        refused = run("ISR", *command)
        assert (refused.exit_code, misheard in refused.output) == (exits.REFUSED, True)
    say = ("send", "SIMULATION. More.", "--as", "duty-1", "--case")
    sent = run("ISR", *say, f"{said.lower()}-{letter}", "--json")
    assert json.loads(sent.stdout)["case"] == said, "what is signed is the plain reference"
    assert misheard in run("ISR", *say, f"{said}-{wrong}").output
