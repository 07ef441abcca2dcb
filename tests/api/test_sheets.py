"""Sheets over HTTP: made and kept at once, read by their digest with what came since; the continuity sheet on demand."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from typing import Any

import pytest

from parley.node.sheets.fonts import FOLDER
from tests.api.conftest import STATEMENTS, Ask, Desk, problem
from tests.web.conftest import lacking

SHEETS = "/api/v1/sheets"
CONTINUITY = "/api/v1/continuity"


async def two(desk: Desk) -> tuple[str, Any, Any, str]:
    """Two officers of the watch: the first one's position, key and client; the second one's position."""
    one, other = f"duty-{os.urandom(3).hex()}", f"duty-{os.urandom(3).hex()}"
    key = await desk.enrol(one)
    await desk.enrol(other)
    return one, key, await desk.sign_on(one, key), other


def test_a_sheet_is_kept_under_the_digest_of_its_bytes_and_read_back_with_what_came_since(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        position, key, client, other = await two(desk)
        await client.post("/api/v1/private/log", json={"text": "SIMULATION. For the next."})
        made = await client.post(SHEETS, json={"to": other})
        assert made.status_code == 201, made.text
        digest, sheet = made.json()["kept"]["digest"], made.json()["sheet"]
        assert (sheet["by"], sheet["to"], sheet["member"]) == (position, other, "ISR")
        assert "SIMULATION. For the next." in [one["text"] for one in sheet["log"]]
        raw = desk.context.private.sheets.read(digest)[1]
        assert hashlib.sha256(raw).hexdigest() == digest
        assert made.json()["since"]["said"] == []

        said = await client.post(STATEMENTS, content=desk.said(position, key, "message", {"text": "SIMULATION", "lang": "en"}))  # fmt: skip
        reference = said.json()["reference"]
        await client.post("/api/v1/private/log", json={"text": "SIMULATION. Later."})
        end = time.monotonic() + 10
        while True:
            answered = await client.get(f"{SHEETS}/{digest}")
            assert answered.status_code == 200, answered.text
            again = answered.json()
            if again["since"]["said"] or time.monotonic() > end:
                break
            await asyncio.sleep(0.1)
        assert again["sheet"] == sheet, "it is frozen"
        assert [one["reference"] for one in again["since"]["said"]] == [reference]
        assert [one["text"] for one in again["since"]["log"]] == ["SIMULATION. Later."]
        listed = (await client.get(SHEETS)).json()["sheets"]
        assert listed[0] == made.json()["kept"]

    ask(body)


def test_a_handover_is_to_another_position_that_can_sign_for_the_watch(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        position, _, client, _ = await two(desk)
        await desk.enrol("head-x", "head")
        before = (await client.get(SHEETS)).json()
        for to, code in (
            (position, "sheet.to"),
            ("nobody-9", "sheet.to"),
            ("head-x", "sheet.to"),
            ("NO", "api.parameter"),
        ):
            assert problem(await client.post(SHEETS, json={"to": to}))["code"] == code, to
        assert (await client.get(SHEETS)).json() == before, "nothing is kept of what is refused"

    ask(body)


def test_a_sheet_that_is_not_kept_is_not_found(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        *_, client, _ = await two(desk)
        for digest in ("0" * 64, "x", "..%2f..%2fnode.toml", "A" * 64):
            answer = await client.get(f"{SHEETS}/{digest}")
            assert answer.status_code == 404, digest
        assert problem(await client.get(f"{SHEETS}/{'0' * 64}"))["code"] == "sheet.unknown"

    ask(body)


def test_sheets_are_for_officers_and_the_continuity_sheet_for_this_machine_too(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        assert (await desk.client().get(SHEETS)).status_code == 401
        assert problem(await desk.admin.get(SHEETS))["code"] == "api.officers-only"
        assert (await desk.client().get(CONTINUITY)).status_code == 401
        assert problem(await desk.admin.get(f"{CONTINUITY}?language=xx"))["code"] == "api.parameter"

    ask(body)


@pytest.mark.parametrize("language", ["en", "ar", "he"])
def test_the_continuity_sheet_is_a_pdf(ask: Ask, language: str) -> None:
    if not list(FOLDER.glob("*.ttf")):
        lacking("the fonts of printed sheets are not built: `make web`")

    async def body(desk: Desk) -> None:
        answer = await desk.admin.get(f"{CONTINUITY}?language={language}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["cache-control"] == "no-store"
        assert f"Z-{language}.pdf" in answer.headers["content-disposition"]
        assert answer.content.startswith(b"%PDF-")

    ask(body)
