"""The command line: `parley COMMAND`. `docs/cli.md` documents every command; a test compares the two."""

from __future__ import annotations

from parley.cli.main import main

__all__ = ["main"]
