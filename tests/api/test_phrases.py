"""Phrases and the text guard over HTTP: the same words in every language, and flags that change nothing."""

from __future__ import annotations

import json
from typing import Any

from parley.procedure import guard, phrasebook
from parley.record.statement import Precedence
from tests.api.conftest import STATEMENTS, Ask, Desk, problem

STOP = {"fire": "all-fire", "radius": 500, "place": [330_000_000, 361_234_567, ""]}


def test_the_phrasebook_comes_whole(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        told = (await desk.admin.get("/api/v1/phrasebook")).json()
        whole: Any = json.loads(json.dumps(phrasebook.describe()))
        for slot in whole["slots"].values():
            slot.setdefault("enumeration", None)
        assert told == whole

    ask(body)


def test_a_phrase_is_rendered_in_every_language_part_by_part_and_can_be_said(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        slots = STOP
        told = (await desk.admin.post("/api/v1/phrases", json={"id": "stop.cease-fire-area", "slots": slots})).json()
        assert told["renderings"].keys() == phrasebook.LANGUAGES.keys()
        for language, one in told["renderings"].items():
            assert one["text"] == phrasebook.render("stop.cease-fire-area", slots, language).text
            assert "".join(part["text"] for part in one["parts"]) == one["text"]
            assert {part["slot"] for part in one["parts"]} >= set(slots)
        key = await desk.enrol("duty-phrase")
        said = {"phrase": {"id": "stop.cease-fire-area", "slots": slots}}
        assert (await desk.admin.post(STATEMENTS, content=desk.said("duty-phrase", key, "message", said))).status_code == 201  # fmt: skip
        wrong = {"phrase": {"id": "stop.cease-fire-area", "slots": slots | {"radius": -1}}}
        refused = await desk.admin.post(STATEMENTS, content=desk.said("duty-phrase", key, "message", wrong))
        assert refused.status_code == 400

    ask(body)


def test_a_phrase_that_is_not_filled_rightly_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        name = "stop.cease-fire-area"
        for asked in ({"id": "no-such"}, {"id": name}, {"id": name, "slots": STOP | {"radius": 1.5}}, {"id": "x" * 65}):
            answer = await desk.admin.post("/api/v1/phrases", json=asked)
            assert answer.status_code == 400, asked
            assert problem(answer)["code"]

    ask(body)


def test_a_text_is_looked_through_and_not_kept(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        text = "SIMULATION. We fire at 06:00 on 03/11/2026, \u202enear the river."
        asked = {"text": text, "language": "en", "precedence": "FLASH"}
        told = (await desk.admin.post("/api/v1/guard", json=asked)).json()["flags"]
        now = desk.node.now_ms()
        wanted = guard.check(text, language="en", precedence=Precedence.FLASH, now_ms=now, codes=["ISR", "SYR", "USA"])
        assert [(one["code"], one["start"], one["end"], one["severity"]) for one in told] == [
            (one.code, one.start, one.end, one.severity.value) for one in wanted
        ]
        assert {"refuse", "warn"} <= {one["severity"] for one in told}
        files = [path for path in desk.node.home.path.rglob("*") if path.is_file()]
        assert not any(b"near the river" in path.read_bytes() for path in files)

    ask(body)


def test_what_is_no_text_to_look_through_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        text: dict[str, Any] = {"text": "x", "language": "en"}
        for changed in ({"text": "x" * 20_001}, {"precedence": "SOON"}, {"text": 5}):
            assert problem(await desk.admin.post("/api/v1/guard", json=text | changed))["code"] == "api.parameter"

    ask(body)
