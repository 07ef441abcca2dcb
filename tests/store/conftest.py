from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.disks import AnyStore, Disk, open_disk


@pytest.fixture(params=["sqlite", "memory"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """One test for every engine."""
    opened = open_disk(request.param, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def store(disk: Disk) -> AnyStore:
    return disk.store
