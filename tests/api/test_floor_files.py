"""The floor's page: what is built is served as it is, what is not there is not, and nothing leads out of its folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from fastapi.responses import FileResponse

from parley.api import floor_files
from parley.api.floor_files import FloorFiles
from tests.api.conftest import Ask, Desk

TITLE = "<title>floor</title>"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "floor"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(f'<!doctype html><html lang="en">{TITLE}', "utf-8")
    (folder / "assets" / "index-3f9a1c2b.js").write_text("export {}", "utf-8")
    (folder / "assets" / "index-77aa00bb.css").write_text("body{}", "utf-8")
    (folder / "assets" / "arabic-12345678.woff2").write_bytes(b"wOF2")
    (folder / "ring.ogg").write_bytes(b"OggS")
    (tmp_path / "secret.txt").write_text("SIMULATION of a secret", "utf-8")
    found = FloorFiles.found
    monkeypatch.setattr(floor_files.FloorFiles, "found", partial(found, folder))
    return folder


def test_the_page_is_open_typed_and_asked_for_anew_and_its_hashed_files_are_kept(ask: Ask, built: Path) -> None:
    async def body(desk: Desk) -> None:
        client = desk.client()
        page = await client.get("/")
        assert (page.text.endswith(TITLE), page.headers["cache-control"]) == (True, "no-cache")
        for path, kind in (
            ("/assets/index-3f9a1c2b.js", "text/javascript"), ("/assets/index-77aa00bb.css", "text/css"),
            ("/assets/arabic-12345678.woff2", "font/woff2"),
        ):  # fmt: skip
            answer = await client.get(path)
            assert answer.headers["content-type"].partition(";")[0] == kind
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert (await client.get("/ring.ogg")).headers["cache-control"] == "no-cache"

    ask(body)


def test_in_an_exercise_the_document_says_so_and_in_no_other(built: Path) -> None:
    whole = (built / "index.html").read_bytes()
    for path in ("/", "/index.html"):
        assert FloorFiles.found(exercise=True).answer(path).body == whole.replace(b"<html", b"<html data-exercise")
        as_it_is = FloorFiles.found().answer(path)
        assert isinstance(as_it_is, FileResponse)
        assert Path(as_it_is.path).read_bytes() == whole


OUTSIDE = [
    "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt", "/assets", "/assets/",
     "//secret.txt", "/assets/index.js", "/floor/index.html", "/index.html/", "/assets/index-3f9a1c2b.js%00",
]  # fmt: skip


def test_nothing_leads_out_of_the_folder(ask: Ask, built: Path) -> None:
    async def body(desk: Desk) -> None:
        for path in OUTSIDE:
            for client in (desk.client(), desk.admin):
                answer = await client.get(f"http://127.0.0.1:7342{path}")
                assert answer.status_code in (401, 404), path
                assert "secret" not in answer.text

    ask(body)


def test_the_page_loads_from_its_node_alone_and_is_framed_by_nobody(ask: Ask, built: Path) -> None:
    async def body(desk: Desk) -> None:
        policy = (await desk.client().get("/")).headers["content-security-policy"]
        rules = {one.strip().partition(" ")[0]: one.strip().partition(" ")[2] for one in policy.split(";")}
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["font-src"] == rules["connect-src"] == rules["worker-src"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"
        assert "http" not in policy

    ask(body)


def test_in_a_drill_pages_of_this_machine_may_frame_it_and_no_others(ask: Ask, built: Path) -> None:
    async def body(desk: Desk) -> None:
        policy = (await desk.client().get("/")).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors http://127.0.0.1:* http://localhost:*")

    ask(body, drill=True)


def test_where_the_floor_is_not_built_its_address_leads_to_the_record(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = FloorFiles.found
    monkeypatch.setattr(floor_files.FloorFiles, "found", partial(found, tmp_path / "nothing"))

    async def body(desk: Desk) -> None:
        answer = await desk.client().get("/")
        assert (answer.status_code, answer.headers["location"]) == (307, "/record")

    ask(body)
