"""Finds the folder of published test vectors, which is not part of this repository.

It is `$PARLEY_VECTORS`, or else `../shared/vectors` beside the repository's root.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def vectors(*parts: str) -> Path:
    """Path of one vector file or folder; skips the calling test, saying why, where it is absent."""
    folder = Path(os.environ.get("PARLEY_VECTORS") or ROOT.parent / "shared" / "vectors")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"published vectors absent: {'/'.join(parts)}; set PARLEY_VECTORS to their folder")
    return path


def load_json(*parts: str) -> Any:
    """The content of one JSON vector file."""
    return json.loads(vectors(*parts).read_text(encoding="utf-8"))
