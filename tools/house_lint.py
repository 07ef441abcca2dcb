"""House rules that no other linter knows. `python -m tools.house_lint` prints each breach and exits 1 if any.

A rule is a function from the project's files to breaches; its docstring says what it holds.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 600
CODE = (".py", ".ts", ".tsx")
WEB = (".html", ".css", ".js", ".ts", ".tsx", ".svg")
GRAB_BAGS = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}

CORE = re.compile(
    r"src/parley/(record|charter|proof|procedure|geo|desks)/"
    r"|src/parley/link/(session|frames|codec|forms|lanes|offset)\.py"
    r"|src/parley/node/(core\w*|traffic|blobs|forks|folding|door|receipts|replication|mechanism|effects)\.py"
)
CLOCKS_AND_DICE = {"time", "random", "secrets", "uuid"}
IMPURE_CALLS = ("time.time", "time.monotonic", "datetime.now", "datetime.utcnow", "date.today", "os.urandom")

# Written so that no pattern matches its own line.
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home)/")
REGISTRY = re.compile(r"pythonhosted\.|py[p]i\.org|registry\.npm[j]s|npm[j]s\.org|deb\.debian\.")
EXTERNAL_URL = re.compile(r"(?:https?:|wss?:|[\"'(])//(?!www\.w3\.org/|localhost\b|127\.0\.0\.1|\[::1\])\w")
PIN = re.compile(r"^([a-z0-9][\w.-]*)==(\S+)", re.M)

Breaches = Iterator[str]


def project_files() -> list[Path]:
    """Files that git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted({ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def read(path: Path) -> str:
    """A file's text; what is absent or not text is empty."""
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


def told(path: Path) -> str:
    """Path from the project's root."""
    return path.relative_to(ROOT).as_posix()


def matches(path: Path, pattern: re.Pattern[str]) -> Iterator[int]:
    """Numbers of the lines in which the pattern is found."""
    return (number for number, line in enumerate(read(path).splitlines(), 1) if pattern.search(line))


def parsed(path: Path) -> ast.Module | None:
    """A Python file's tree; what does not parse is for other linters to tell."""
    try:
        return ast.parse(read(path))
    except SyntaxError:
        return None


def files_are_short(files: list[Path]) -> Breaches:
    """No code file is longer than `MAX_LINES`."""
    for path in files:
        if path.suffix in CODE and (lines := read(path).count("\n")) > MAX_LINES:
            yield f"{told(path)}: {lines} lines, at most {MAX_LINES}"


def core_is_pure(files: list[Path]) -> Breaches:
    """The core reads no clock and draws no randomness: both are handed in."""
    for path in files:
        if CORE.match(told(path)) and path.suffix == ".py" and (tree := parsed(path)):
            for number, what in impurities(tree):
                yield f"{told(path)}:{number}: {what}: the core takes time and randomness as arguments"


def impurities(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every clock or source of randomness that a module imports or names."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [name.name for name in names if name.name.split(".")[0] in CLOCKS_AND_DICE]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                found = [f"{module}.{name.name}" for name in names]
                found = [name for name in found if module in CLOCKS_AND_DICE or name in IMPURE_CALLS]
            case ast.Attribute():
                name = ast.unparse(node)
                found = [name] if any(f".{name}".endswith(f".{call}") for call in IMPURE_CALLS) else []
            case _:
                found = []
        yield from ((node.lineno, name) for name in found if isinstance(node, ast.stmt | ast.expr))


def nothing_is_left_over(files: list[Path]) -> Breaches:
    """No plans in the tree."""
    for path in files:
        if path.suffix in CODE:
            for number in matches(path, LEFT_OVER):
                yield f"{told(path)}:{number}: plans belong in the issue tracker"


def no_places_are_named(files: list[Path]) -> Breaches:
    """No path of a machine, no registry's host."""
    for path in files:
        for pattern, what in ((MACHINE_PATH, "path of a machine"), (REGISTRY, "package registry")):
            for number in matches(path, pattern):
                yield f"{told(path)}:{number}: names a {what}"


def web_asks_no_stranger(files: list[Path]) -> Breaches:
    """What a browser is given loads nothing from outside the node."""
    for path in files:
        if path.suffix in WEB and told(path).startswith(("web/", "src/")):
            for number in matches(path, EXTERNAL_URL):
                yield f"{told(path)}:{number}: external address"


def modules_are_documented(files: list[Path]) -> Breaches:
    """Every module of the product and its tools opens with a docstring; none is a grab bag."""
    for path in files:
        if path.suffix == ".py" and not told(path).startswith("tests/") and read(path).strip():
            tree = parsed(path)
            if tree and not ast.get_docstring(tree):
                yield f"{told(path)}: no module docstring"
        if path.suffix in CODE and GRAB_BAGS & {path.stem, *path.relative_to(ROOT).parts}:
            yield f"{told(path)}: name it after what it does"


def dependencies_are_told(files: list[Path]) -> Breaches:
    """docs/dependencies.md has a row for each direct dependency, and for nothing else."""
    del files
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *(one for group in project["optional-dependencies"].values() for one in group)]
    direct = {re.split(r"[^a-z0-9-]", one.lower())[0] for one in wanted} | npm_packages()
    cells = re.findall(r"^\| ([a-z@][a-z0-9@/, -]*) \|", read(ROOT / "docs" / "dependencies.md"), re.M)
    rows = {name for cell in cells for name in cell.split(", ")} - {"package", "npm package"}
    yield from (f"docs/dependencies.md: no row for {name}" for name in sorted(direct - rows))
    yield from (f"docs/dependencies.md: {name} is not a dependency" for name in sorted(rows - direct))


def npm_packages() -> set[str]:
    """The page's direct dependencies."""
    package = json.loads(read(ROOT / "web" / "package.json") or "{}")
    return {name for group in ("dependencies", "devDependencies") for name in package.get(group, {})}


def npm_lock_names_no_registry(files: list[Path]) -> Breaches:
    """The page's lock file pins each package by hash, and leaves it to npm's settings where it comes from."""
    for path in files:
        if path.name == "package-lock.json":
            for name, one in json.loads(read(path))["packages"].items():
                if name and not one.get("link") and "integrity" not in one and not one.get("inBundle"):
                    yield f"{told(path)}: {name} has no hash"
                if "resolved" in one:
                    yield f"{told(path)}: {name} names where it comes from"


def locks_are_pinned(files: list[Path]) -> Breaches:
    """Lock files hold pins with hashes, nothing else; both pin what they share alike."""
    pins = {}
    for path in files:
        if re.fullmatch(r"requirements.*\.lock", told(path)):
            text = read(path).replace("\\\n", "")
            pins[told(path)] = dict(PIN.findall(text))
            for line in text.splitlines():
                if line and not line.startswith("#") and not (PIN.match(line) and "--hash=sha256:" in line):
                    yield f"{told(path)}: not a pin with its hashes: {line[:60]}"
    for name, version in pins.get("requirements.lock", {}).items():
        if pins.get("requirements-dev.lock", {}).get(name) != version:
            yield f"requirements-dev.lock: {name} is not {version} as in requirements.lock"


def documents_keep_their_word(files: list[Path]) -> Breaches:
    """Every `make` target that a document names exists, and so does every file that it links to."""
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.M))
    for path in files:
        if path.suffix == ".md":
            text = read(path)
            for target in sorted(set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, re.M)) - targets):
                yield f"{told(path)}: there is no `make {target}`"
            for link in sorted(set(re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text))):
                if not (path.parent / link).exists():
                    yield f"{told(path)}: links to {link}, which is not there"


def decisions_are_numbered(files: list[Path]) -> Breaches:
    """Decisions are numbered from 0001 without gaps."""
    numbers = sorted(int(path.name[:4]) for path in files if re.match(r"docs/decisions/\d{4}-", told(path)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"docs/decisions: numbered {numbers}"


def examples_are_marked(files: list[Path]) -> Breaches:
    """Everything in examples/ says that it is a simulation."""
    for path in files:
        if told(path).startswith("examples/") and "SIMULATION" not in read(path):
            yield f"{told(path)}: does not say SIMULATION"


RULES: tuple[Callable[[list[Path]], Breaches], ...] = (
    files_are_short,
    core_is_pure,
    nothing_is_left_over,
    no_places_are_named,
    web_asks_no_stranger,
    modules_are_documented,
    dependencies_are_told,
    locks_are_pinned,
    npm_lock_names_no_registry,
    documents_keep_their_word,
    decisions_are_numbered,
    examples_are_marked,
)


def main() -> int:
    """Check every rule."""
    files = project_files()
    breaches = [breach for rule in RULES for breach in rule(files)]
    for breach in breaches:
        print(breach)
    print(f"house rules: {len(breaches)} breaches in {len(files)} files")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
