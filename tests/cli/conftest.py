"""Two real nodes as processes, founded by the same steps as an administrator takes; shared by this folder's tests."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parley.cli import main
from parley.cli.stage import PASSPHRASE, POSITION, Stage
from parley.crypto.keyfile import write_key_file
from parley.node import founding

CHARTER = (Path(__file__).parents[2] / "examples" / "charters" / "joint-mechanism.toml").read_text("utf-8")

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage"), CHARTER) as made:
        for code in made.codes:
            made.start(code)
        for code in made.codes:
            made.enrol(code)
            path = founding.officer_key_file(made.home(code), POSITION)
            write_key_file(
                path, "officer", made.officers[code].seed, PASSPHRASE, label=f"{code} {POSITION}", light=True
            )
        yield made


@pytest.fixture
def run(stage: Stage) -> Run:
    """Run a command as a member's administrator or officer: ``run("ISR", "status", "--json")``."""

    def invoke(code: str, *arguments: str) -> Result:
        environment = {
            "PARLEY_HOME": str(stage.home(code).path),
            "PARLEY_PASSPHRASE_FILE": str(stage.passphrase_file),
            "PATH": os.environ["PATH"],
        }
        return CliRunner().invoke(main, list(arguments), env=environment)

    return invoke


def parsed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
