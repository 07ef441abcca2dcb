"""A case by the command line alone: opened, read back, answered and closed; what runs and what is known, in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from parley.cli import exits, main
from parley.cli.casework import EVIDENCE, STAGES, STANDINGS
from parley.cli.stage import Stage
from parley.node.cases import silence
from parley.node.cases.watch import Stage as RingStage
from parley.node.sheets.fonts import FOLDER
from tests.cli.conftest import Run, parsed
from tests.web.conftest import lacking

pytestmark = pytest.mark.slow
PLACE = [331_254_000, 358_012_000]


@pytest.fixture(scope="module")
def warning(stage: Stage) -> str:
    """A FLASH of ISR with a place, open in SYR."""
    content = {"text": "SIMULATION. Aircraft near the line.", "lang": "en", "place": PLACE}
    return stage.speak("ISR", "message", content, precedence="FLASH", to=["SYR"])


def arrived(run: Run, code: str, reference: str) -> dict:
    for _ in range(100):
        found = run(code, "case", *reference.split(), "--json")
        if found.exit_code == 0:
            return dict(json.loads(found.stdout))
    raise AssertionError(found.output)


def test_a_statement_without_a_text_reads_back_what_it_is_about(run: Run, warning: str) -> None:
    arrived(run, "SYR", warning)
    said = ("send", "--as", "duty-1", "--kind", "acknowledge", "--about", warning)
    sent = run("SYR", *said, "--content", json.dumps({"read_back": {"place": PLACE}}), "--wait", "--json")
    acknowledged = parsed(sent)
    assert (acknowledged["case"], acknowledged["content"]) == (warning, {"read_back": {"place": PLACE}})
    [item, *_] = parsed(run("ISR", "case", *warning.split(), "--json"))["items"]
    assert [one["member"] for one in item["ladders"] if one["acknowledged"]] == ["SYR"]
    shown = run("ISR", "case", *warning.split()).stdout
    assert "SIMULATION. Aircraft near the line." in shown
    assert "acknowledged" in shown
    answered = run(
        "SYR", "send", "SIMULATION. Seen.", "--as", "duty-1", "--kind", "answer", "--about", warning, "--wait"
    )
    assert answered.exit_code == 0, answered.output
    assert f"answer about {warning}  \u2068SIMULATION. Seen.\u2069" in run("ISR", "case", *warning.split()).stdout


def test_cases_of_a_desk_are_listed(run: Run, warning: str) -> None:
    listed = parsed(run("ISR", "cases", "--desk", "line", "--json"))
    assert warning in [one["reference"] for one in listed["cases"]]
    row = next(one for one in run("ISR", "cases", "--desk", "line").stdout.splitlines() if one.startswith(warning))
    assert "SIMULATION. Aircraft near the line." in row
    assert "no case at the desk nowhere" in run("ISR", "cases", "--desk", "nowhere").stdout


def test_what_runs_rings_and_is_known_is_told(run: Run, stage: Stage) -> None:
    urgent = stage.speak("ISR", "message", {"text": "SIMULATION. Two.", "lang": "en"}, precedence="FLASH", to=["SYR"])
    arrived(run, "SYR", urgent)
    told = run("SYR", "now")
    assert f"FLASH {urgent} message of ISR/duty-1: rings" in told.stdout, told.output
    assert f"{urgent}: " in told.stdout.partition("Runs")[2]
    assert "our line to ISR is open since" in told.stdout
    now = parsed(run("SYR", "now", "--json"))
    assert {one["code"] for one in now["silence"]} == {"ISR", "USA"}


def test_what_cannot_be_said_is_refused_before_it_is_signed(run: Run, warning: str) -> None:
    usage = run("ISR", "send", "--as", "duty-1", "--content", "[1]")
    assert (usage.exit_code, "not a JSON object" in usage.output) == (exits.USAGE, True)
    assert run("ISR", "send", "--as", "duty-1", "--content", "{").exit_code == exits.USAGE
    silent = run("ISR", "send", "--as", "duty-1")
    assert (silent.exit_code, "content.one-of" in silent.output) == (exits.REFUSED, True)
    other = parsed(run("ISR", "send", "SIMULATION. Three.", "--as", "duty-1", "--json"))["reference"]
    stray = run("ISR", "send", "SIMULATION.", "--as", "duty-1", "--kind", "answer", "--case", warning, "--about", other)
    assert (stray.exit_code, "about.unknown" in stray.output) == (exits.REFUSED, True)
    assert CliRunner().invoke(main, ["cases"]).exit_code == exits.USAGE


def test_every_standing_and_stage_has_its_words() -> None:
    assert {RingStage(one) for one in STAGES} == set(RingStage)
    causes = {cause for _, cause in STANDINGS} | {"unknown"}
    assert causes == set(silence.Cause)
    assert set(EVIDENCE) >= {"line.open", "line.closed", "human.unmet"}


def test_the_continuity_sheet_is_written_for_its_owner_alone(run: Run, warning: str, tmp_path: Path) -> None:
    if not list(FOLDER.glob("*.ttf")):
        lacking("the fonts of printed sheets are not built: `make web`")
    arrived(run, "SYR", warning)
    file = tmp_path / "sheet.pdf"
    done = run("SYR", "sheet", "-o", str(file), "--language", "ar")
    assert done.exit_code == 0, done.output
    assert "private to this member" in done.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    assert warning in "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert parsed(run("SYR", "sheet", "-o", str(file), "--json"))["bytes"] == file.stat().st_size
    assert run("SYR", "sheet", "--language", "xx").exit_code == exits.USAGE
    nowhere = run("SYR", "sheet", "-o", str(tmp_path / "none" / "x.pdf"))
    assert (nowhere.exit_code, "sheet.file" in nowhere.output) == (exits.MISCONFIGURED, True)
