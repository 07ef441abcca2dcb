"""The commands against real nodes: say, read, prove, verify, check, and be refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from parley.charter.charter import EXERCISE_BANNER
from parley.cli import exits, main
from parley.cli.client import NodeClient
from parley.cli.stage import Stage
from parley.errors import Refused
from tests.cli.conftest import Run, parsed

pytestmark = pytest.mark.slow


def test_a_message_is_recorded_receipted_read_and_proven_on_the_other_side(run: Run, tmp_path: Path) -> None:
    sent = parsed(run("ISR", "send", "SIMULATION. One.", "--as", "duty-1", "--precedence", "FLASH", "--wait", "--json"))
    assert {one["holder"] for one in sent["receipts"]} >= {"SYR", "USA"}
    shown = run("SYR", "show", *sent["reference"].split())
    assert shown.stdout.startswith(EXERCISE_BANNER)
    assert "SIMULATION. One." in shown.stdout
    assert sent["reference"] in run("USA", "log").stdout
    file = tmp_path / "one.parley-proof"
    assert run("SYR", "proof", *sent["reference"].split(), "-o", str(file)).exit_code == 0
    verified = CliRunner().invoke(main, ["verify", str(file)])
    assert verified.exit_code == exits.OK
    assert verified.stdout.startswith(EXERCISE_BANNER)
    report = parsed(CliRunner().invoke(main, ["verify", str(file), "--json"]))
    assert (report["banner"], report["verdict"]) == (EXERCISE_BANNER, "proven")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    assert CliRunner().invoke(main, ["verify", str(file)]).exit_code == exits.REFUSED


def test_a_proof_of_another_mechanism_than_expected_is_refused(run: Run, tmp_path: Path) -> None:
    sent = parsed(run("ISR", "send", "SIMULATION. Two.", "--as", "duty-1", "--wait", "--json"))
    file = tmp_path / "two.parley-proof"
    run("ISR", "proof", *sent["reference"].split(), "-o", str(file))
    assert CliRunner().invoke(main, ["verify", str(file), "--mechanism", "00" * 32]).exit_code == exits.REFUSED


def test_a_proof_without_content_shows_that_it_was_said_and_not_what(run: Run, tmp_path: Path) -> None:
    sent = parsed(run("ISR", "send", "SIMULATION. A secret.", "--as", "duty-1", "--wait", "--json"))
    file = tmp_path / "without.parley-proof"
    run("ISR", "proof", *sent["reference"].split(), "-o", str(file), "--without-content")
    verified = CliRunner().invoke(main, ["verify", str(file)])
    assert verified.exit_code == exits.OK
    assert "A secret" not in verified.stdout


def test_status_doctor_and_audit_find_healthy_nodes_healthy(run: Run) -> None:
    status = parsed(run("USA", "status", "--json"))
    assert status["banner"] == EXERCISE_BANNER
    assert status["signing"]
    assert {peer["line"] for peer in status["peers"]} == {"open"}
    assert run("USA", "status").stdout.startswith(EXERCISE_BANNER)
    doctor = run("USA", "doctor")
    assert doctor.exit_code == 0, doctor.output
    audited = parsed(run("USA", "audit", "--json"))
    assert audited["faults"] == 0
    assert audited["statements"] > 0


def test_a_token_that_others_can_read_is_found_by_the_doctor(run: Run, stage: Stage) -> None:
    file = stage.home("USA").token_file
    file.chmod(0o644)
    try:
        doctor = run("USA", "doctor")
    finally:
        file.chmod(0o600)
    assert doctor.exit_code == exits.REFUSED
    assert f"{file} can be read by others" in doctor.stdout


def test_officers_are_enrolled_listed_and_revoked_and_then_refused(run: Run) -> None:
    added = run("SYR", "officer", "add", "duty-7", "--mandate", "watch")
    assert added.exit_code == 0, added.output
    listed = parsed(run("SYR", "officer", "list", "--json"))
    assert ("SYR", "duty-7") in {(one["member"], one["position"]) for one in listed["officers"]}
    assert run("SYR", "send", "SIMULATION. Seven.", "--as", "duty-7").exit_code == 0
    assert run("SYR", "officer", "revoke", "duty-7", "--reason", "SIMULATION").exit_code == 0
    refused = run("SYR", "send", "SIMULATION. Seven again.", "--as", "duty-7")
    assert refused.exit_code == exits.REFUSED
    assert "officer.revoked" in refused.stderr


def test_a_position_is_filled_again_and_a_lost_key_replaced_in_one_act(run: Run, stage: Stage) -> None:
    add = ("officer", "add", "duty-8", "--mandate", "watch")
    first = parsed(run("SYR", *add, "--json"))
    held = run("SYR", *add)
    assert held.exit_code == exits.REFUSED
    assert "officer.held" in held.stderr
    second = parsed(run("SYR", *add, "--replace", "--json"))
    assert first["key"] != second["key"]
    assert first["file"] == second["file"]
    assert run("SYR", "send", "SIMULATION. Eight.", "--as", "duty-8").exit_code == 0
    assert run("SYR", "officer", "revoke", "duty-8", "--reason", "SIMULATION").exit_code == 0
    assert run("SYR", "send", "SIMULATION. Eight.", "--as", "duty-8").exit_code == exits.REFUSED
    assert run("SYR", *add).exit_code == 0
    assert run("SYR", "send", "SIMULATION. Eight again.", "--as", "duty-8").exit_code == 0


@pytest.mark.parametrize(
    ("position", "mandate", "code"),
    [
        ("../duty-9", "watch", "directory."),
        ("Duty 9", "watch", "directory."),
        ("duty-9", "no-such", "mandate.unknown"),
        ("duty-9", "supervision", "mandate.role"),
    ],
)
def test_a_refused_enrolment_leaves_no_key_behind(
    run: Run, stage: Stage, position: str, mandate: str, code: str
) -> None:
    refused = run("SYR", "officer", "add", position, "--mandate", mandate)
    assert refused.exit_code == exits.REFUSED, refused.output
    assert code in refused.stderr
    assert not [path for path in stage.home("SYR").keys.rglob("*.key") if "9" in path.stem]


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"], ["log"], ["log", "--all"], ["show", "ISR", "1"], ["officer", "list"], ["charter", "show"], ["doctor"], ["audit"],
        ["proof", "ISR", "1", "-o", "PROOF"], ["send", "SIMULATION.", "--as", "duty-1"],
        ["officer", "add", "clerk-7", "--mandate", "watch"], ["officer", "revoke", "clerk-7", "--reason", "SIMULATION"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_screen_of_an_exercise_opens_with_its_banner(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    shown = run("ISR", *(one.replace("PROOF", str(tmp_path / "x")) for one in arguments))
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[0] == EXERCISE_BANNER
    if arguments[0] == "proof":
        assert CliRunner().invoke(main, ["verify", str(tmp_path / "x")]).stdout.splitlines()[0] == EXERCISE_BANNER


def test_what_people_wrote_cannot_move_the_terminals_cursor_or_turn_its_direction(run: Run) -> None:
    hostile = "SIMULATION. \x1b[2J\x1b[H\u202efinal\r\nISR 99 FLASH\x07\u2066"
    sent = parsed(
        run(
            "SYR",
            "send",
            hostile,
            "--as",
            "duty-1",
            "--kind",
            "quotation",
            "--field",
            f"source={hostile}",
            "--wait",
            "--json",
        )
    )
    for arguments in (["log"], ["show", *sent["reference"].split()]):
        shown = run("ISR", *arguments).stdout
        assert "SIMULATION. \\u001b[2J" in shown
        for line in shown.splitlines():
            assert not set(line.removesuffix("\u2069")) & set("\x1b\x07\r\u202e\u2066"), line
            assert not line.startswith("ISR 99 FLASH")


def test_a_mandate_exceeded_is_refused_with_its_code(run: Run) -> None:
    run("USA", "officer", "add", "clerk-1", "--mandate", "supervision")
    refused = run("USA", "send", "SIMULATION.", "--as", "clerk-1", "--kind", "service")
    assert refused.exit_code == exits.REFUSED
    assert "mandate.exceeded" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["send", "x", "--as", "duty-1", "--kind", "unheard-of"], "kind.unknown"),
        (["send", "x", "--as", "duty-1", "--channel", "nowhere"], "channel.unknown"),
        (["send", "x", "--as", "duty-1", "--to", "ZZZ"], "member.unknown"),
        (["send", "x", "--as", "nobody"], "keyfile.not-read"),
        (["show", "ISR", "999999"], "api.not-found"),
        (["show", "ZZZ", "1"], "api.not-found"),
        (["proof", "ISR", "0", "-o", "x"], "proof."),
        (["officer", "revoke", "nobody", "--reason", "x"], "officer.unknown"),
    ],
)
def test_bad_input_is_refused_with_a_stable_code(run: Run, arguments: list[str], code: str) -> None:
    refused = run("ISR", *arguments)
    assert refused.exit_code in (exits.REFUSED, exits.MISCONFIGURED), refused.output
    assert code in refused.stderr


def test_an_amendment_is_in_force_when_every_root_has_assented(run: Run, stage: Stage, tmp_path: Path) -> None:
    from tests.cli.conftest import CHARTER

    draft = tmp_path / "amended.toml"
    draft.write_text(
        CHARTER.replace('name = "Joint mechanism (SIMULATION)"', 'name = "Amended mechanism (SIMULATION)"', 1), "utf-8"
    )
    for at, code in enumerate(stage.codes):
        assented = run(code, "charter", "amend", str(draft))
        assert assented.exit_code == 0, assented.output
        shown = run(code, "charter", "show")
        assert ("not yet by" in shown.stdout) == (at < len(stage.codes) - 1)
    sent = parsed(run("ISR", "send", "SIMULATION. Under the amended charter.", "--as", "duty-1", "--wait", "--json"))
    assert sent["void"] is None
    assert parsed(run("SYR", "charter", "show", "--json"))["version"] == 2
    assert parsed(run("SYR", "show", *sent["reference"].split(), "--json"))["void"] is None


def test_a_reopened_log_goes_on_under_a_new_name_also_where_reopening_was_interrupted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise Refused("node.stopping", "the node is stopping")

    with monkeypatch.context() as patch:
        patch.setattr(NodeClient, "submit", interrupted)
        assert run("USA", "reopen", "--reason", "SIMULATION", "--yes").exit_code == exits.REFUSED
    reopened = run("USA", "reopen", "--reason", "SIMULATION of a stolen key", "--yes")
    assert reopened.exit_code == 0, reopened.output
    assert run("USA", "officer", "add", "duty-2", "--mandate", "supervision").exit_code == 0
    sent = run(
        "USA", "send", "SIMULATION. In the new log.", "--as", "duty-2", "--mandate", "supervision", "--wait", "--json"
    )
    assert parsed(sent)["reference"].startswith("USA2 ")
    assert "USA2" in run("ISR", "log").stdout


def test_a_node_that_does_not_run_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text('code = "AVA"\nlisten = "127.0.0.1:1"\napi = "127.0.0.1:1"\n', "utf-8")
    refused = CliRunner().invoke(main, ["status", "--home", str(tmp_path)])
    assert refused.exit_code == exits.UNREACHABLE
    assert "parley serve" in refused.stderr


def test_settings_that_are_missing_are_told_as_such(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["status", "--home", str(tmp_path)])
    assert refused.exit_code == exits.MISCONFIGURED
    assert "parley init" in refused.stderr
