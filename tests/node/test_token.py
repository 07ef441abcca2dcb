"""The local token: made once, read by its owner alone, and refused where it is not so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parley.errors import Misconfigured
from parley.node.home.token import ensure_token, read_token


def test_it_is_made_once_random_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "api.token"
    token = ensure_token(file, os.urandom)
    assert len(token) == 43
    assert file.stat().st_mode & 0o777 == 0o600
    assert ensure_token(file, os.urandom) == token == read_token(file)
    assert ensure_token(tmp_path / "other", os.urandom) != token


def test_a_token_that_others_may_have_read_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "api.token"
    ensure_token(file, os.urandom)
    file.chmod(0o640)
    with pytest.raises(Misconfigured, match=r"token\.open"):
        ensure_token(file, os.urandom)


@pytest.mark.parametrize("text", ["", "short", "x" * 44, "!" * 43, "ü" * 43, "x" * 43 + "\n" + "x" * 43])
def test_a_file_that_holds_no_token_lets_nobody_in(tmp_path: Path, text: str) -> None:
    file = tmp_path / "api.token"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(Misconfigured, match=r"token\.malformed"):
        ensure_token(file, os.urandom)


def test_a_token_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"token\.missing"):
        read_token(tmp_path / "api.token")
