"""Filing through the door: over ground and times that are, knowing of what it clashes with; and what something drawn would meet."""

from __future__ import annotations

import asyncio
import json
import random
import time
from pathlib import Path
from typing import Any

from parley.exchange.packs import PackKind
from parley.node.maps.packs import MapPacks
from tests.api.conftest import STATEMENTS, Ask, Desk, problem
from tests.node.test_conflicts import BOW_TIE
from tests.tiles import streets, written

HOUR_MS = 3_600_000
CIRCLE = {"circle": [331_254_000, 358_012_000, 5_000]}
APART = {"circle": [random.randrange(326_000_000, 328_500_000), random.randrange(362_000_000, 368_000_000), 5_000]}
"""Where nothing stands of what other tests said to the same node."""


def volume(area: dict[str, Any] = CIRCLE, hours: int = 1) -> dict[str, Any]:
    now = int(time.time() * 1000)
    return {"area": area, "start": now + hours * HOUR_MS, "end": now + (hours + 1) * HOUR_MS}


def notice(*volumes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"activity": "fire", "volumes": list(volumes), "unit": "E-3", "intent": "SIMULATION", "lang": "en", **more}


def test_ground_and_times_that_are_none_are_refused_by_their_field(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("geo-1", "watch")
        before = (await desk.admin.get("/api/v1/situation")).json()["items"]
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
        assert (await desk.admin.get("/api/v1/situation")).json()["items"] == before

    ask(body)


def test_nobody_files_blind(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("geo-2", "watch")

        async def said(kind: str, content: dict[str, Any], **more: Any) -> Any:
            return await desk.admin.post(STATEMENTS, content=desk.said("geo-2", key, kind, content, **more))

        now = int(time.time() * 1000)
        stop = {"area": APART, "activity": "fire", "until": now + 6 * HOUR_MS}
        called = (await said("stop", stop, precedence="FLASH")).json()["reference"]
        drawn = {"kind": "notice", "activity": "fire", "volumes": [volume(APART)]}
        for _ in range(1_500):
            met = (await desk.admin.post("/api/v1/situation/check", json=drawn)).json()["meetings"]
            if met:
                break
            await asyncio.sleep(0.02)
        assert [(one["reference"], one["status"], one["must_name"]) for one in met] == [(called, "conflict", True)]
        blind = await said("notice", notice(volume(APART)))
        assert (blind.status_code, problem(blind)["code"], problem(blind)["field"]) == (409, "notice.blind", "overlaps")
        assert called in problem(blind)["reason"]
        filed = await said("notice", notice(volume(APART), overlaps=[met[0]["version"]]))
        assert filed.status_code == 201
        assert (await said("notice", notice(volume(APART, hours=9)))).status_code == 201
        situation: dict[str, Any] = {}
        for _ in range(1_500):
            situation = (await desk.admin.get("/api/v1/situation")).json()
            here = [one for one in situation["items"] if one["volumes"][0]["area"] == APART]
            if len(here) == 3 and situation["complete"]:
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


SWAPPED = {"circle": [358_012_000, 331_254_000, 5_000]}
FAR_EAST = {"circle": [331_254_000, 369_999_000, 5_000]}


def test_what_is_doubtful_is_told_and_filed_all_the_same(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("geo-3", "watch")

        async def looked(kind: str = "notice", activity: str = "sea", *volumes: dict[str, Any]) -> dict[str, Any]:
            drawn = {"kind": kind, "activity": activity, "volumes": list(volumes)}
            answer = await desk.admin.post("/api/v1/situation/check", json=drawn)
            assert answer.status_code == 200, answer.text
            found: dict[str, Any] = answer.json()
            return found

        good = await looked("notice", "sea", volume(hours=9))
        assert (good["doubts"], good["short_ms"]) == ([], None)
        swapped = await looked("notice", "sea", volume(hours=9), volume(SWAPPED, 9))
        (doubt,) = swapped["doubts"]
        assert (doubt["volume"], doubt["code"], doubt["how"]) == (1, "outside-area", "swapped")
        assert doubt["guess"] == [331_254_000, 358_012_000]
        late = await looked("notice", "sea", volume(hours=1))
        assert 5 * HOUR_MS <= late["short_ms"] <= 5 * HOUR_MS + 5_000
        assert (await looked("zone", "corridor", volume(hours=1)))["short_ms"] is None
        odd = {**volume(hours=-1), "ceiling": [3_000_000, "AMSL"], "end": volume()["end"] + 40 * 24 * HOUR_MS}
        told = {(one["code"], one["field"], one["how"]) for one in (await looked("notice", "sea", odd))["doubts"]}
        assert told == {("unit", "ceiling", "feet"), ("begun", "time_start", None), ("long", "time_end", None)}

        filed = desk.said("geo-3", key, "notice", notice(volume(hours=9), activity="sea"))
        assert (await desk.admin.post(STATEMENTS, content=filed)).status_code == 201
        for _ in range(1_500):
            jumped = (await looked("notice", "sea", volume(FAR_EAST, 9)))["doubts"]
            if jumped:
                break
            await asyncio.sleep(0.02)
        assert [(one["code"], one["guess"]) for one in jumped] == [("jump", None)]
        assert 105_000 < jumped[0]["numbers"]["distance_m"] < 118_000
        assert (await looked("notice", "ground", volume(FAR_EAST, 9)))["doubts"] == []
        filed = desk.said("geo-3", key, "notice", notice(volume(SWAPPED, 1), activity="sea"))
        assert (await desk.admin.post(STATEMENTS, content=filed)).status_code == 201

    ask(body)


def test_tiles_of_a_ground_are_handed_out_to_whoever_is_signed_on(ask: Ask, tmp_path: Path) -> None:
    async def body(desk: Desk) -> None:
        packs = MapPacks(desk.node.home.map_folder)
        packs.add(written(tmp_path / "t.pmtiles"), "SYR", "Streets", "SIMULATION")
        (pack,) = (await desk.admin.get("/api/v1/map/packs")).json()["packs"]
        assert (pack["number"], pack["kind"], pack["features"]["features"]) == (1, "ground", [])
        assert pack["tiles"] == {"layers": ["streets"], "least": 0, "most": 2, "bounds": [-180, -85, 180, 85]}
        tile = await desk.admin.get("/api/v1/map/packs/1/tiles/2/3/1")
        assert (tile.content, tile.headers["content-type"]) == (streets(), "application/vnd.mapbox-vector-tile")
        for path in ("1/tiles/3/0/0", "1/tiles/0/1/0", "2/tiles/0/0/0"):
            assert (await desk.admin.get(f"/api/v1/map/packs/{path}")).status_code == 204
        for path in ("0/tiles/0/0/0", "1/tiles/23/0/0", "1/tiles/0/-1/0", "1/tiles/0/x/0", "10000/tiles/0/0/0"):
            assert (await desk.admin.get(f"/api/v1/map/packs/{path}")).status_code == 400
        assert (await desk.client().get("/api/v1/map/packs/1/tiles/0/0/0")).status_code == 401
        packs.remove(1)
        assert (await desk.admin.get("/api/v1/map/packs/1/tiles/0/0/0")).status_code == 204

    ask(body)


def test_a_place_that_is_said_three_ways_is_compared_with_this_nodes_gazetteer(ask: Ask, tmp_path: Path) -> None:
    async def body(desk: Desk) -> None:
        source = tmp_path / "names.geojson"
        point = {"type": "Point", "coordinates": [35.8012, 33.1254]}
        feature = {"type": "Feature", "geometry": point, "properties": {"name": "الجسر", "lang": "ar"}}
        source.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
        MapPacks(desk.node.home.map_folder).add(source, "SYR", "Names", "SIMULATION", PackKind.GAZETTEER)
        (pack,) = (await desk.admin.get("/api/v1/map/packs")).json()["packs"]
        assert pack == {
            "number": 1, "member": "SYR", "title": "Names · SIMULATION", "kind": "gazetteer",
            "features": {"type": "FeatureCollection", "features": [feature]}, "tiles": None,
        }  # fmt: skip
        assert (await desk.client().get("/api/v1/map/packs")).status_code == 401

        async def doubts(circle: dict[str, Any], **said: Any) -> list[tuple[str, str | None]]:
            drawn = {"kind": "zone", "activity": "corridor", "volumes": [volume(circle, 9)], **said}
            answer = await desk.admin.post("/api/v1/situation/check", json=drawn)
            assert answer.status_code == 200, answer.text
            return [(one["code"], one["how"]) for one in answer.json()["doubts"]]

        west = {"circle": [331_254_000, 356_012_000, 5_000]}
        assert await doubts(CIRCLE, place_name="الجسر") == []
        assert await doubts(west, place_name="الجسر") == [("name-elsewhere", None)]
        assert await doubts(CIRCLE, place_name="nowhere") == [("name-unknown", None)]
        assert ("name-elsewhere", "swapped") in await doubts(SWAPPED, place_name="الجسر")
        from_it = {"name": "الجسر", "bearing_deg": 270.0, "distance_m": 18_660.0}
        assert await doubts(west, landmark=from_it) == []
        assert await doubts(west, landmark=from_it | {"bearing_deg": 90.0}) == [("landmark-elsewhere", None)]

    ask(body)
