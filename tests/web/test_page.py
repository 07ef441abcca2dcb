"""The page's own tests (vitest), and that what it was given of the node is current: vectors, words, proof files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parley.proof.verify import verify
from tests.web import mutants
from tests.web.conftest import lacking
from tests.web.vectors import FOLDER, MAKERS, kept_proofs, rendered

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
CATALOGUES = WEB / "src" / "language" / "catalogues"


def run(*command: str, folder: Path = WEB, **environment: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-8000:]


@pytest.fixture
def npm() -> str:
    found = shutil.which("npm")
    if found is None or not (WEB / "node_modules").is_dir():
        lacking("no Node, or its packages are not installed: `make web`")
    return str(found)


@pytest.mark.parametrize("name", MAKERS)
def test_the_vectors_are_those_of_this_node(name: str) -> None:
    current = rendered(MAKERS[name]())
    assert (FOLDER / f"{name}.json").read_text("utf-8") == current, "run python -m tests.web.vectors"


def test_the_proof_files_are_judged_as_they_were() -> None:
    kept = json.loads((FOLDER / "proofs.json").read_text("utf-8"))
    files = kept_proofs()
    assert [verify(files[one["name"]]).as_dict() for one in kept] == [one["report"] for one in kept]


@pytest.mark.slow
def test_the_page_passes_its_own_tests(npm: str, tmp_path: Path) -> None:
    proofs = tmp_path / "proofs"
    run(
        sys.executable, "-m", "pytest", "-q", "-p", "tests.web.recorder", "tests/proof", "-x",
        folder=ROOT, PARLEY_RECORD_PROOFS=str(proofs), PYTEST_ADDOPTS="",
    )  # fmt: skip
    run(npm, "test", PARLEY_PROOF_FILES=str(proofs))


@pytest.mark.slow
def test_the_page_finds_in_changed_proof_files_what_the_node_finds(npm: str, tmp_path: Path) -> None:
    mutants.write(tmp_path / "mutants")
    run(npm, "test", "--", "src/proof/verify.test.ts", PARLEY_PROOF_FILES=str(tmp_path / "mutants"))


@pytest.mark.slow
def test_the_catalogues_hold_what_the_sources_say_and_lack_nothing(npm: str, tmp_path: Path) -> None:
    names = sorted(path.name for path in CATALOGUES.glob("*.po"))
    for name in names:
        shutil.copy(CATALOGUES / name, tmp_path)
    run(npm, "run", "extract", PARLEY_CATALOGUES=os.path.relpath(tmp_path, WEB))
    for name in names:
        current, committed = (read_messages(folder / name) for folder in (tmp_path, CATALOGUES))
        assert current == committed, f"{name}: run npm run extract"
        assert name == "en.po" or [key for key, said in committed.items() if not said] == [], f"{name}: not translated"


def read_messages(path: Path) -> dict[str, str]:
    """Messages of a catalogue, by what they say in English; the header left out."""
    found: dict[str, str] = {}
    for block in path.read_text("utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith(("msgid ", "msgstr ", "msgctxt ")):
                name, _, line = line.partition(" ")
            if line.startswith('"'):
                fields[name] = fields.get(name, "") + line[1:-1]
        if fields.get("msgid"):
            found[fields.get("msgctxt", "") + fields["msgid"]] = fields.get("msgstr", "")
    return found
