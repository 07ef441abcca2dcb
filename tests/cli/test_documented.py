"""docs/cli.md documents every command, and no other; help tells every option."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from parley.cli import exits, main

DOCUMENT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")


def commands(group: click.Group, prefix: str = "parley") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        where = f"{prefix} {name}"
        found += commands(command, where) if isinstance(command, click.Group) else [(where, command)]
    return found


def test_every_command_is_documented_and_no_other() -> None:
    assert {name for name, _ in commands(main)} == set(re.findall(r"^\| `(parley [a-z ]+)` \|", DOCUMENT, re.M))


@pytest.mark.parametrize(("name", "command"), commands(main))
def test_help_says_what_a_command_does_and_what_each_option_means(name: str, command: click.Command) -> None:
    shown = CliRunner().invoke(main, [*name.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_every_exit_code_is_documented() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert codes == {int(code) for code in re.findall(r"^\| (\d) \|", DOCUMENT, re.M)}
