"""What the bench says where another program is missing and may not be installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.peers import Permission, postgis


def test_without_leave_nothing_is_installed_and_what_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Permission, "granted", False)
    monkeypatch.setattr(postgis, "_run", lambda command: pytest.fail(f"ran {command}"))
    monkeypatch.setattr(postgis, "CONTROL", tmp_path / "postgis.control")
    with pytest.raises(postgis.Missing, match=f"{postgis.PACKAGE} is missing; PEERS=1"):
        postgis.install()
    (tmp_path / "postgis.control").touch()
    monkeypatch.setattr(postgis, "CLIENT", tmp_path / "psycopg")
    with pytest.raises(postgis.Missing, match="psycopg is missing; PEERS=1"):
        postgis.install()
