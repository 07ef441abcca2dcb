"""What is going on, for whoever waits: on stderr, so that stdout holds rows and nothing else."""

from __future__ import annotations

import sys


def tell(text: str) -> None:
    """One line of progress."""
    print(f"bench: {text}", file=sys.stderr, flush=True)
