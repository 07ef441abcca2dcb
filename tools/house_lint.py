"""House rules that no other linter knows. `python -m tools.house_lint` prints each breach and exits 1 if any.

A rule is a function from the tracked files to breaches; each says in its docstring what it holds.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 600
CORE = re.compile(
    r"src/parley/(record|charter|proof|procedure|geo|desks)/"
    r"|src/parley/link/(session|frames|codec|forms|lanes|offset)\.py"
    r"|src/parley/node/(core|traffic|blobs|forks|folding|door|receipts|replication|mechanism|effects)\.py"
)
IMPURE = re.compile(r"\b(datetime\.now|time\.time|time\.monotonic|os\.urandom|random\.random|secrets\.token)\b")
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home)/\w")
REGISTRY = re.compile(r"files\.pythonhosted|pypi\.org|registry\.npmjs|deb\.debian", re.I)
GRAB_BAGS = {"utils", "helpers", "common", "manager", "misc"}
CODE = (".py", ".ts", ".tsx")
Breaches = Iterator[str]


def tracked() -> list[Path]:
    """Files that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def read(path: Path) -> str:
    """A file's text; what is not text is empty."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def name(path: Path) -> str:
    """Path from the project's root."""
    return path.relative_to(ROOT).as_posix()


def short_files(files: list[Path]) -> Breaches:
    """No code file is longer than `MAX_LINES`."""
    for path in files:
        lines = read(path).count("\n") if path.suffix in CODE else 0
        if lines > MAX_LINES:
            yield f"{name(path)}: {lines} lines, at most {MAX_LINES}"


def pure_core(files: list[Path]) -> Breaches:
    """The core reads no clock and draws no randomness: both are handed in."""
    for path in files:
        if CORE.match(name(path)):
            for number, line in enumerate(read(path).splitlines(), 1):
                if IMPURE.search(line):
                    yield f"{name(path)}:{number}: the core takes time and randomness as arguments"


def nothing_left_over(files: list[Path]) -> Breaches:
    """No plans in the tree."""
    for path in files:
        if path.suffix in CODE:
            for number, line in enumerate(read(path).splitlines(), 1):
                if LEFT_OVER.search(line):
                    yield f"{name(path)}:{number}: plans belong in the issue tracker"


def no_places(files: list[Path]) -> Breaches:
    """No path of a machine, no registry's host."""
    for path in files:
        if path.name == "house_lint.py":
            continue
        for number, line in enumerate(read(path).splitlines(), 1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                yield f"{name(path)}:{number}: names a machine's path or a registry"


def documented_modules(files: list[Path]) -> Breaches:
    """Every module opens with a docstring, and none is a grab bag."""
    for path in files:
        if path.suffix == ".py" and not name(path).startswith("tests/"):
            text = read(path)
            if text.strip() and not text.lstrip("#!/usrbinenvpython3 \n").startswith('"""'):
                yield f"{name(path)}: no module docstring"
        if path.stem in GRAB_BAGS:
            yield f"{name(path)}: name it after what it does"


def dependencies_told(files: list[Path]) -> Breaches:
    """Every dependency has its line in docs/dependencies.md."""
    del files
    told = read(ROOT / "docs" / "dependencies.md").lower()
    for line in read(ROOT / "pyproject.toml").splitlines():
        found = re.fullmatch(r'\s+"([a-z0-9-]+)[<>=].*",?', line)
        if found and found[1] not in told:
            yield f"docs/dependencies.md: says nothing of {found[1]}"


def decisions_numbered(files: list[Path]) -> Breaches:
    """Decisions are numbered from 0001 without gaps."""
    numbers = sorted(int(path.name[:4]) for path in files if re.match(r"docs/decisions/\d{4}-", name(path)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"docs/decisions: numbered {numbers}"


def examples_marked(files: list[Path]) -> Breaches:
    """Everything in examples/ says that it is a simulation."""
    for path in files:
        if name(path).startswith("examples/") and "SIMULATION" not in read(path):
            yield f"{name(path)}: does not say SIMULATION"


RULES: tuple[Callable[[list[Path]], Breaches], ...] = (
    short_files, pure_core, nothing_left_over, no_places, documented_modules, dependencies_told, decisions_numbered,
    examples_marked,
)  # fmt: skip


def main() -> int:
    """Check every rule."""
    files = tracked()
    breaches = [breach for rule in RULES for breach in rule(files)]
    for breach in breaches:
        print(breach)
    print(f"house rules: {len(breaches)} breaches in {len(files)} files")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
