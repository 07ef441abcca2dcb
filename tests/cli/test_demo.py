"""The demo itself, as `make demo ARGS=--exit` runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parley.charter.charter import EXERCISE_BANNER

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("charter", ["joint-mechanism", "maritime-hotline"])
def test_the_demo_ends_with_every_receipt_and_equal_copies(charter: str) -> None:
    file = ROOT / "examples" / "charters" / f"{charter}.toml"
    shown = subprocess.run(
        [sys.executable, "-m", "parley", "demo", "--exit", "--charter", str(file)],
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert shown.stdout.startswith(EXERCISE_BANNER)
    assert "every statement has every receipt, and all copies agree" in shown.stdout
    assert "SIGKILL" in shown.stdout
