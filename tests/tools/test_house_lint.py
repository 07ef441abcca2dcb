"""The house lint finds what it is there to find, and lets honest code be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import house_lint

Rule = Callable[[list[Path]], Iterator[str]]
PIN = "click==8.5.1 \\\n    --hash=sha256:00\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(house_lint, "ROOT", tmp_path)
    return tmp_path


def put(root: Path, texts: dict[str, str]) -> list[Path]:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [root / name for name in texts]


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (house_lint.files_are_short, "src/parley/x.py", "x = 1\n" * 601),
        (house_lint.core_is_pure, "src/parley/record/x.py", "import time\n"),
        (house_lint.core_is_pure, "src/parley/charter/x.py", "from random import choice\n"),
        (house_lint.core_is_pure, "src/parley/node/core.py", "salt = os.urandom(16)\n"),
        (house_lint.core_is_pure, "src/parley/link/session.py", "from os import urandom\n"),
        (house_lint.core_is_pure, "src/parley/desks/x.py", "now = datetime.datetime.now(UTC)\n"),
        (house_lint.nothing_is_left_over, "src/parley/x.py", "# TO" + "DO later\n"),
        (house_lint.no_places_are_named, "docs/x.md", "see /ho" + "me/someone/parley\n"),
        (house_lint.no_places_are_named, "docs/x.md", "from https://py" + "pi.org/simple\n"),
        (house_lint.web_asks_no_stranger, "web/x.html", '<link href="https://fonts.example/a.css">\n'),
        (house_lint.web_asks_no_stranger, "src/parley/api/x.css", "@import url(//fonts.example/a.css);\n"),
        (house_lint.modules_are_documented, "src/parley/x.py", "x = 1\n"),
        (house_lint.modules_are_documented, "src/parley/utils.py", '"""Things."""\n'),
        (house_lint.modules_are_documented, "src/parley/common/x.py", '"""Things."""\n'),
        (house_lint.locks_are_pinned, "requirements-dev.lock", "click>=8\n"),
        (house_lint.locks_are_pinned, "requirements-dev.lock", "click==8.5.1\n"),
        (house_lint.locks_are_pinned, "requirements-dev.lock", "--extra-index-url somewhere\n" + PIN),
        (
            house_lint.npm_lock_names_no_registry,
            "web/package-lock.json",
            '{"packages": {"": {}, "node_modules/x": {}}}',
        ),
        (
            house_lint.npm_lock_names_no_registry,
            "web/package-lock.json",
            '{"packages": {"node_modules/x": {"integrity": "sha512-0", "resolved": "https://registry.example/x.tgz"}}}',
        ),
        (house_lint.documents_keep_their_word, "README.md", "```\nmake peace\n```\n"),
        (house_lint.documents_keep_their_word, "README.md", "see [limits](docs/limits.md#clocks)\n"),
        (house_lint.examples_are_marked, "examples/charters/x.toml", 'name = "x"\n'),
    ],
)
def test_a_breach_is_found(root: Path, rule: Rule, name: str, text: str) -> None:
    assert len(list(rule(put(root, {name: text})))) == 1


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (house_lint.core_is_pure, "src/parley/node/runtime.py", "import time\nnow = time.time()\n"),
        (house_lint.core_is_pure, "src/parley/record/x.py", '"""Not datetime.now."""\ntime = entry.time\n'),
        (house_lint.no_places_are_named, "docs/x.md", "run it in ~/parley or at https://node.example/home/page\n"),
        (house_lint.web_asks_no_stranger, "web/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"> // drawn by hand\n'),
        (house_lint.locks_are_pinned, "requirements-dev.lock", PIN),
        (house_lint.documents_keep_their_word, "README.md", "They make sure. [RFC](https://rfc.example/9052)\n"),
    ],
)
def test_honest_work_is_let_be(root: Path, rule: Rule, name: str, text: str) -> None:
    assert list(rule(put(root, {name: text}))) == []


def test_a_gap_in_the_decisions_is_found(root: Path) -> None:
    assert list(house_lint.decisions_are_numbered(put(root, {f"docs/decisions/000{n}-x.md": "" for n in (1, 3)})))


def test_a_dependency_without_reason_and_a_reason_without_dependency_are_found(root: Path) -> None:
    pyproject = '[project]\ndependencies = ["leftpad>=1,<2"]\noptional-dependencies.dev = ["pytest>=9"]\n'
    told = "| package | what for |\n| --- | --- |\n| pytest, rightpad | tests |\n"
    put(root, {"pyproject.toml": pyproject, "docs/dependencies.md": told})
    assert list(house_lint.dependencies_are_told([])) == [
        "docs/dependencies.md: no row for leftpad",
        "docs/dependencies.md: rightpad is not a dependency",
    ]


def test_an_npm_package_without_reason_is_found(root: Path) -> None:
    put(
        root,
        {
            "pyproject.toml": "[project]\ndependencies = []\noptional-dependencies.dev = []\n",
            "web/package.json": '{"dependencies": {"@left/pad": "1"}, "devDependencies": {"right-pad": "1"}}',
            "docs/dependencies.md": "| npm package | what for |\n| --- | --- |\n| right-pad, @up/pad | tests |\n",
        },
    )
    assert list(house_lint.dependencies_are_told([])) == [
        "docs/dependencies.md: no row for @left/pad",
        "docs/dependencies.md: @up/pad is not a dependency",
    ]


def test_locks_that_disagree_are_found(root: Path) -> None:
    locks = {"requirements.lock": PIN, "requirements-dev.lock": PIN.replace("8.5.1", "8.5.0")}
    assert len(list(house_lint.locks_are_pinned(put(root, locks)))) == 1


def test_the_project_itself_keeps_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert house_lint.main() == 0, capsys.readouterr().out
