"""The founding rounds as administrators run them: every step says the next, and scripts can follow them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.charter.charter import EXERCISE_BANNER
from parley.cli import exits, main
from tests.cli.conftest import CHARTER, parsed

PAIR = """
name = "A pair (SIMULATION)"
description = "SIMULATION: not an act of any state."
exercise = true
[[members]]
code = "AVA"
name = "Ava (SIMULATION)"
role = "party"
languages = ["en"]
[[members]]
code = "BRE"
name = "Brevia (SIMULATION)"
role = "party"
languages = ["en"]
"""

Run = Callable[..., Result]


def pair() -> str:
    """The example charter's desks for two members of other names."""
    channels = CHARTER[CHARTER.index("[[channels]]") : CHARTER.index("[mandates]")].split("[[channels]]")
    rest = "[[channels]]".join(one for one in channels if "caucus" not in one)
    rest = rest.replace('"ISR", "SYR", "USA"', '"AVA", "BRE"')
    kinds = CHARTER[CHARTER.index("[mandates]") :].replace(', "caucus-isr", "caucus-syr"', "")
    kinds = kinds.replace('facilitator = "240 s"\n', "")
    return PAIR + rest + kinds


@pytest.fixture
def run(tmp_path: Path) -> Run:
    secret = tmp_path / "passphrase"
    secret.write_text("a long one\nand a second line, which is not part of it\n", "utf-8")

    def invoke(code: str, *arguments: str) -> Result:
        environment = {"PARLEY_HOME": str(tmp_path / code), "PARLEY_PASSPHRASE_FILE": str(secret)}
        return CliRunner().invoke(main, list(arguments), env=environment)

    return invoke


def test_each_round_says_the_next(run: Run, tmp_path: Path) -> None:
    draft, file = tmp_path / "draft.toml", tmp_path / "charter.parley"
    draft.write_text(pair(), "utf-8")
    for code in ("AVA", "BRE"):
        made = run(code, "init", "--code", code, "--peer", f"{'BRE' if code == 'AVA' else 'AVA'}=127.0.0.1:7341")
        assert made.exit_code == 0, made.output
        assert f"next: give {tmp_path / code / code}.root" in made.stdout
    roots = [str(tmp_path / code / f"{code}.root") for code in ("AVA", "BRE")]
    new = run("AVA", "charter", "new", str(draft), *roots, "-o", str(file))
    assert new.stdout.startswith(EXERCISE_BANNER)
    assert "charter sign" in new.stdout
    first = run("AVA", "charter", "sign", str(file))
    assert first.stdout.startswith(EXERCISE_BANNER)
    assert "still to sign: BRE" in first.stdout
    assert "charter join" in first.stdout
    incomplete = run("AVA", "serve")
    assert incomplete.exit_code == exits.REFUSED
    assert "charter.not-adopted" in incomplete.stderr
    second = parsed(run("BRE", "charter", "sign", str(file), "--json"))
    assert second["unsigned"] == []
    half = run("AVA", "charter", "join", str(file))
    assert "still missing: the card of BRE" in half.stdout
    whole = run("AVA", "charter", "join", "--card", second["card"])
    assert whole.stdout.startswith(EXERCISE_BANNER)
    assert "next: `parley serve`" in whole.stdout
    shown = run("BRE", "charter", "show", str(file))
    assert shown.stdout.startswith(EXERCISE_BANNER)
    assert second["mechanism"] in new.stdout
    assert second["mechanism"] in shown.stdout


def test_scripts_can_follow_every_step(run: Run, tmp_path: Path) -> None:
    draft, file = tmp_path / "draft.toml", tmp_path / "charter.parley"
    draft.write_text(pair(), "utf-8")
    roots = [parsed(run(code, "init", "--code", code, "--json"))["root_file"] for code in ("AVA", "BRE")]
    new = parsed(run("AVA", "charter", "new", str(draft), *roots, "-o", str(file), "--json"))
    signed = [parsed(run(code, "charter", "sign", str(file), "--json")) for code in ("AVA", "BRE")]
    joined = parsed(run("AVA", "charter", "join", str(file), "--card", signed[1]["card"], "--json"))
    assert joined == {"banner": EXERCISE_BANNER, "missing": []}
    assert {one["mechanism"] for one in signed} == {new["mechanism"]}


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["init", "--code", "ava"], "settings.code", exits.MISCONFIGURED),
        (["init", "--code", "AVA", "--api", "0.0.0.0:7342"], "settings.api", exits.MISCONFIGURED),
        (["init", "--code", "AVA", "--peer", "BRE=nowhere"], "settings.address", exits.MISCONFIGURED),
        (["init", "--code", "AVA", "--listen", "nowhere"], "--listen", exits.USAGE),
        (["init", "--code", "AVA", "--peer", "BRE"], "--peer", exits.USAGE),
        (["serve"], "node.secrets|keyfile.not-read", exits.MISCONFIGURED),
        (["status"], "settings.missing", exits.MISCONFIGURED),
        (["charter", "show"], "charter.missing", exits.MISCONFIGURED),
        (["audit"], "charter.missing", exits.MISCONFIGURED),
        (["send", "x", "--as", "duty-1"], "settings.missing", exits.MISCONFIGURED),
    ],
)
def test_what_is_wrong_is_told_without_a_traceback(run: Run, arguments: list[str], code: str, exit_code: int) -> None:
    refused = run("AVA", *arguments)
    assert refused.exit_code == exit_code, refused.output
    assert any(one in refused.stderr for one in code.split("|"))


def test_a_second_init_and_a_wrong_passphrase_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("AVA", "init", "--code", "AVA").exit_code == 0
    again = run("AVA", "init", "--code", "AVA")
    assert (again.exit_code, "home.exists" in again.stderr) == (exits.REFUSED, True)
    (tmp_path / "passphrase").write_text("another\n", "utf-8")
    wrong = run("AVA", "serve")
    assert wrong.exit_code == exits.REFUSED
    assert "keyfile.wrong-passphrase" in wrong.stderr


def test_what_is_no_charter_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("AVA", "init", "--code", "AVA").exit_code == 0
    junk = tmp_path / "junk"
    junk.write_bytes(b"\xff\xfe junk")
    for arguments in (["sign", str(junk)], ["join", str(junk)], ["show", str(junk)],
                      ["new", str(junk), str(tmp_path / "AVA" / "AVA.root"), "-o", str(tmp_path / "out")]):  # fmt: skip
        refused = run("AVA", "charter", *arguments)
        assert refused.exit_code == exits.REFUSED, refused.output
        assert refused.stderr.startswith("refused: ")
    assert not (tmp_path / "out").exists()
