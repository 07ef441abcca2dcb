"""Filing through the door: over ground and times that are, knowing of what it clashes with; and what something drawn would meet."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

from tests.api.conftest import STATEMENTS, Ask, Desk, problem
from tests.node.test_conflicts import BOW_TIE

HOUR_MS = 3_600_000
CIRCLE = {"circle": [-random.randrange(100_000_000, 500_000_000), -random.randrange(1_000_000_000), 5_000]}
"""Where nothing stands of what other tests said to the same node."""


def volume(area: dict[str, Any] = CIRCLE, hours: int = 1) -> dict[str, Any]:
    now = int(time.time() * 1000)
    return {"area": area, "start": now + hours * HOUR_MS, "end": now + (hours + 1) * HOUR_MS}


def notice(*volumes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"activity": "fire", "volumes": list(volumes), "unit": "E-3", "intent": "SIMULATION", "lang": "en", **more}


def test_ground_and_times_that_are_none_are_refused_by_their_field(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("geo-1", "watch")
        refused = [
            (volume(BOW_TIE), 400, "geo.crossing", "volumes[0].vertices"),
            (volume(hours=-3), 400, "geo.past", "volumes[0].end"),
            ({**volume(), "end": volume()["start"] - 5}, 400, "content.field", "volumes[0].end"),
            (volume({"circle": [331_254_000, 358_012_000, 0]}), 400, "content.field", "volumes[0].area"),
            (volume({"circle": [3_580_120_000, 331_254_000, 5]}), 400, "content.field", "volumes[0].area"),
            (
                {**volume(), "floor": [100, "AMSL"], "ceiling": [100, "AMSL"]},
                400,
                "content.field",
                "volumes[0].ceiling",
            ),
        ]
        for wrong, status, code, field in refused:
            answer = await desk.admin.post(STATEMENTS, content=desk.said("geo-1", key, "notice", notice(wrong)))
            told = problem(answer)
            assert (answer.status_code, told["code"]) == (status, code), told
            assert told["field"].startswith(field), told
        items = (await desk.admin.get("/api/v1/situation")).json()["items"]
        assert [one for one in items if one["kind"] == "notice" and one["volumes"][0]["area"] == CIRCLE] == []

    ask(body)


def test_nobody_files_blind(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("geo-2", "watch")

        async def said(kind: str, content: dict[str, Any], **more: Any) -> Any:
            return await desk.admin.post(STATEMENTS, content=desk.said("geo-2", key, kind, content, **more))

        now = int(time.time() * 1000)
        stop = {"area": CIRCLE, "activity": "fire", "until": now + 6 * HOUR_MS}
        called = (await said("stop", stop, precedence="FLASH")).json()["reference"]
        drawn = {"kind": "notice", "activity": "fire", "volumes": [volume()]}
        for _ in range(100):
            met = (await desk.admin.post("/api/v1/situation/check", json=drawn)).json()["meetings"]
            if met:
                break
            await asyncio.sleep(0.02)
        assert [(one["reference"], one["status"], one["must_name"]) for one in met] == [(called, "conflict", True)]
        blind = await said("notice", notice(volume()))
        assert (blind.status_code, problem(blind)["code"], problem(blind)["field"]) == (409, "notice.blind", "overlaps")
        assert called in problem(blind)["reason"]
        filed = await said("notice", notice(volume(), overlaps=[met[0]["version"]]))
        assert filed.status_code == 201
        assert (await said("notice", notice(volume(hours=9)))).status_code == 201
        situation: dict[str, Any] = {}
        for _ in range(100):
            situation = (await desk.admin.get("/api/v1/situation")).json()
            here = [one for one in situation["items"] if one["volumes"][0]["area"] == CIRCLE]
            if len(here) == 3:
                break
            await asyncio.sleep(0.02)
        pairs = [(sorted(one["items"]), one["status"]) for one in situation["conflicts"] if called in one["items"]]
        assert pairs == [(sorted([called, filed.json()["reference"]]), "conflict")]
        assert situation["complete"]

    ask(body)


def test_something_drawn_that_is_none_is_told_why(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        drawn = {"kind": "notice", "activity": "fire", "volumes": [volume(BOW_TIE)]}
        answer = await desk.admin.post("/api/v1/situation/check", json=drawn)
        assert problem(answer)["code"] == "geo.crossing"
        assert "meet at" in problem(answer)["reason"]
        answer = await desk.admin.post("/api/v1/situation/check", json={**drawn, "kind": "message"})
        assert problem(answer)["code"] == "situation.kind"

    ask(body)
