"""What a member keeps for itself over HTTP: for its officers who are signed on, and never on a line."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.api.conftest import Ask, Desk, problem

PRIVATE = "/api/v1/private"
ENTRY = {"text": "SIMULATION. Line poor since 02:00 UTC.", "language": "en", "references": ["SYR 4"]}
CONTACT = {
    "name": "SIMULATION: A. Example", "position": "liaison", "body": "SYR", "telephones": ["+00 00 0000 001"],
    "languages": ["ar", "en"], "hours": "24 h", "note": "", "language": "en",
}  # fmt: skip
ORDER = {"text": "SIMULATION. Ring twice.", "language": "en", "from_ms": 10, "until_ms": 20, "given_by": "head-1"}


async def officer(desk: Desk) -> Any:
    where = f"duty-{os.urandom(3).hex()}"
    return await desk.sign_on(where, await desk.enrol(where))


def test_the_log_is_added_to_by_the_officer_who_is_signed_on_and_corrected_by_adding(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-logger")
        one = await desk.sign_on("duty-logger", key)
        made = await one.post(f"{PRIVATE}/log", json=ENTRY)
        assert made.status_code == 201
        entry = made.json()
        assert (entry["position"], entry["text"], entry["references"]) == ("duty-logger", ENTRY["text"], ["SYR 4"])
        fixed = (await one.post(f"{PRIVATE}/log", json=ENTRY | {"corrects": entry["number"]})).json()
        page = (await one.get(f"{PRIVATE}/log?limit=2")).json()
        assert [one["number"] for one in page["entries"]] == [fixed["number"], entry["number"]]
        assert page["entries"][1] == entry | {"corrected_by": fixed["number"]}
        older = (await one.get(f"{PRIVATE}/log?before={entry['number']}")).json()
        assert all(one["number"] < entry["number"] for one in older["entries"])
        for method in ("PUT", "DELETE", "PATCH"):
            assert (await one.request(method, f"{PRIVATE}/log/{entry['number']}", json=ENTRY)).status_code in (404, 405)

    ask(body)


@pytest.mark.parametrize(("path", "said"), [("contacts", CONTACT), ("orders", ORDER)])
def test_what_is_changed_together_is_changed_one_version_at_a_time(ask: Ask, path: str, said: dict[str, Any]) -> None:
    async def body(desk: Desk) -> None:
        one, other = await officer(desk), await officer(desk)
        made = await one.post(f"{PRIVATE}/{path}", json=said)
        assert (made.status_code, made.headers["etag"], made.json()["body"]) == (201, '"1"', said)
        where = f"{PRIVATE}/{path}/{made.json()['id']}"
        changed = await other.put(where, json=said | {"language": "ar"}, headers={"If-Match": '"1"'})
        assert (changed.json()["version"], changed.json()["body"]["language"]) == (2, "ar")
        noun = path.removesuffix("s")
        late = await one.put(where, json=said, headers={"If-Match": '"1"'})
        assert (late.status_code, problem(late)["code"]) == (412, f"{noun}.changed")
        bare = await one.delete(where)
        assert (bare.status_code, problem(bare)["code"]) == (428, f"{noun}.if-match")
        assert (await one.delete(where, headers={"If-Match": '"2"'})).status_code == 204
        gone = await one.delete(where, headers={"If-Match": '"2"'})
        assert (gone.status_code, problem(gone)["code"]) == (404, f"{noun}.unknown")
        assert made.json()["id"] not in (await one.get(f"{PRIVATE}/{path}")).text

    ask(body)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("log", ENTRY | {"text": ""}, "api.parameter"),
    ("log", ENTRY | {"text": " \n "}, "api.parameter"),
    ("log", ENTRY | {"text": "x" * 4_001}, "api.parameter"),
    ("log", ENTRY | {"language": "<b>"}, "api.parameter"),
    ("log", ENTRY | {"references": ["nonsense"]}, "api.parameter"),
    ("log", ENTRY | {"references": ["SYR 4"] * 17}, "api.parameter"),
    ("log", ENTRY | {"corrects": 1 << 40}, "log.unknown"),
    ("contacts", CONTACT | {"name": " "}, "api.parameter"),
    ("contacts", CONTACT | {"telephones": []}, "api.parameter"),
    ("contacts", CONTACT | {"telephones": ["call me"]}, "api.parameter"),
    ("contacts", CONTACT | {"telephones": ["+00 1"] * 9}, "api.parameter"),
    ("contacts", CONTACT | {"note": "x" * 4_001}, "api.parameter"),
    ("orders", ORDER | {"until_ms": 10}, "order.until"),
    ("orders", ORDER | {"from_ms": -1}, "api.parameter"),
    ("orders", ORDER | {"given_by": ""}, "api.parameter"),
]


def test_what_is_none_is_refused_and_not_kept(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        before = [(await one.get(f"{PRIVATE}/{path}")).text for path in ("log", "contacts", "orders")]
        for path, said, code in BAD:
            assert problem(await one.post(f"{PRIVATE}/{path}", json=said))["code"] == code, said
        assert [(await one.get(f"{PRIVATE}/{path}")).text for path in ("log", "contacts", "orders")] == before

    ask(body)


def test_neither_a_stranger_nor_a_command_of_this_machine_reads_what_is_private(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for path in ("log", "contacts", "orders"):
            assert (await desk.client().get(f"{PRIVATE}/{path}")).status_code == 401
            assert problem(await desk.admin.get(f"{PRIVATE}/{path}"))["code"] == "api.officers-only"
            assert (await desk.client().post(f"{PRIVATE}/{path}", json={})).status_code == 401

    ask(body)
