"""Where the measured stores lie: on a real disk, since every figure here waits for one.

`PARLEY_BENCH_DIR` names the folder; without it, `.bench/` in the repository. What a run makes there it removes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VARIABLE = "PARLEY_BENCH_DIR"
DEFAULT = Path(__file__).resolve().parent.parent / ".bench"


@contextmanager
def bench_folder() -> Iterator[Path]:
    """An empty folder for one measurement, gone afterwards."""
    base = Path(os.environ.get(VARIABLE) or DEFAULT).resolve()
    base.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=base, prefix="run-") as folder:
            yield Path(folder)
    finally:
        with suppress(OSError):  # another run is still in it, or it is somebody's own folder with things in it
            base.rmdir()
