"""A desk of another package is at hand where the package is installed; what is no desk stops the node with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.desks import at_hand
from parley.errors import Misconfigured
from tests.procedure import toy_desk


def install(folder: Path, names: str) -> None:
    told = folder / "toy_desk-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-desk\nVersion: 1\n", "utf-8")
    (told / "entry_points.txt").write_text(f"[parley.desks]\ntoy = tests.procedure.toy_desk:{names}\n", "utf-8")


def test_it_comes_after_those_of_this_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = at_hand().desks
    install(tmp_path, "DESK")
    monkeypatch.syspath_prepend(tmp_path)
    assert at_hand().desks == (*own, toy_desk.DESK)


def test_what_is_no_desk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "HOUR_MS")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Misconfigured, match="is no desk"):
        at_hand()
