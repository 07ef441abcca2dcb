"""`python -m parley` is `parley`."""

from __future__ import annotations

from parley.cli import main

if __name__ == "__main__":
    main()
