"""Drafts over HTTP: for every officer of the member who is signed on, never on a line, one version at a time."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.api.conftest import STATEMENTS, Ask, Desk, problem

DRAFTS = "/api/v1/drafts"
SAID = {
    "kind": "message", "channel": "line", "precedence": "PRIORITY", "addressees": ["SYR"],
    "content": {"text": "SIMULATION. One.", "lang": "en"}, "language": "en",
}  # fmt: skip


async def officer(desk: Desk) -> Any:
    where = f"duty-{os.urandom(3).hex()}"
    return await desk.sign_on(where, await desk.enrol(where))


def test_one_officer_begins_another_reviews_and_the_first_marks_it_sent(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-writer")
        writer, reviewer = await desk.sign_on("duty-writer", key), await officer(desk)
        begun = await writer.post(DRAFTS, json=SAID)
        assert (begun.status_code, begun.headers["etag"]) == (201, '"1"')
        draft = begun.json()
        assert (draft["author"], draft["state"], draft["version"], draft["body"]["content"]) == ("duty-writer", "draft", 1, SAID["content"])  # fmt: skip
        where = f"{DRAFTS}/{draft['id']}"
        noted = await reviewer.post(f"{where}/notes", json={"text": "SIMULATION. Say when."})
        assert noted.json()["notes"][0]["text"] == "SIMULATION. Say when."
        changed = await reviewer.put(where, json=SAID | {"state": "ready"}, headers={"If-Match": '"1"'})
        assert (changed.status_code, changed.headers["etag"], changed.json()["state"]) == (200, '"2"', "ready")
        posted = await writer.post(STATEMENTS, content=desk.said("duty-writer", key, "message", SAID["content"]))  # type: ignore[arg-type]
        reference = posted.json()["reference"]
        sent = await writer.put(
            where, json=SAID | {"state": "sent", "reference": reference}, headers={"If-Match": '"2"'}
        )
        assert (sent.status_code, sent.json()["reference"]) == (200, reference)
        late = await reviewer.put(where, json=SAID, headers={"If-Match": '"3"'})
        assert problem(late)["code"] == "draft.final"

    ask(body)


def test_who_changes_what_another_has_changed_meanwhile_is_told(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one, other = await officer(desk), await officer(desk)
        where = f"{DRAFTS}/{(await one.post(DRAFTS, json=SAID)).json()['id']}"
        assert (await one.put(where, json=SAID, headers={"If-Match": '"1"'})).status_code == 200
        late = await other.put(where, json=SAID, headers={"If-Match": '"1"'})
        assert (late.status_code, problem(late)["code"]) == (412, "draft.changed")
        assert (await other.delete(where, headers={"If-Match": '"1"'})).status_code == 412

    ask(body)


def test_a_change_that_names_no_version_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        where = f"{DRAFTS}/{(await one.post(DRAFTS, json=SAID)).json()['id']}"
        for tag in (None, "", "*", "1", 'W/"1"', '"0"', '"x"', '"1", "2"'):
            headers = {} if tag is None else {"If-Match": tag}
            for answer in (await one.put(where, json=SAID, headers=headers), await one.delete(where, headers=headers)):
                assert (answer.status_code, problem(answer)["code"]) == (428, "draft.if-match"), tag

    ask(body)


def test_a_deleted_draft_is_gone(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        where = f"{DRAFTS}/{(await one.post(DRAFTS, json=SAID)).json()['id']}"
        assert (await one.delete(where, headers={"If-Match": '"1"'})).status_code == 204
        for answer in (await one.get(where), await one.put(where, json=SAID, headers={"If-Match": '"1"'})):
            assert (answer.status_code, problem(answer)["code"]) == (404, "draft.unknown")

    ask(body)


def test_a_draft_passes_for_sent_only_by_a_statement_of_this_member_that_stands(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        where = f"{DRAFTS}/{(await one.post(DRAFTS, json=SAID)).json()['id']}"
        for more, code in (
            ({"state": "sent"}, "draft.reference"),
            ({"state": "ready", "reference": "ISR 1"}, "draft.reference"),
            ({"state": "sent", "reference": "ISR 99999"}, "draft.reference"),
            ({"state": "sent", "reference": "SYR 0"}, "draft.reference"),
            ({"state": "sent", "reference": "nonsense"}, "draft.reference"),
        ):
            answer = await one.put(where, json=SAID | more, headers={"If-Match": '"1"'})
            assert problem(answer)["code"] == code, more
        assert problem(await one.post(DRAFTS, json=SAID | {"state": "sent"}))["code"] == "draft.state"

    ask(body)


def test_a_draft_does_not_pass_for_sent_by_another_members_statement(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        where = f"{DRAFTS}/{(await one.post(DRAFTS, json=SAID)).json()['id']}"
        own = desk.node.store.entries(desk.node.core.log, 0, 1, 1)
        monkeypatch.setattr(desk.node.store, "entries", lambda *_: own)
        for reference, status in (("SYR 1", 409), ("ISR 1", 200)):
            sent = SAID | {"state": "sent", "reference": reference}
            assert (await one.put(where, json=sent, headers={"If-Match": '"1"'})).status_code == status

    ask(body)


NO_DRAFT: list[tuple[dict[str, Any], str]] = [
    ({"precedence": "URGENT"}, "api.parameter"),
    ({"kind": ""}, "api.parameter"),
    ({"state": "lost"}, "api.parameter"),
    ({"addressees": ["AAA"] * 33}, "api.parameter"),
    ({"content": {"text": "x" * 70_000}}, "draft.oversized"),
]


def test_what_is_no_draft_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        for changed, code in NO_DRAFT:
            assert problem(await one.post(DRAFTS, json=SAID | changed))["code"] == code

    ask(body)


def test_pages_have_every_draft_once(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        made = {(await one.post(DRAFTS, json=SAID)).json()["id"] for _ in range(5)}
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await one.get(f"{DRAFTS}?limit=2{f'&before={cursor}' if cursor else ''}")).json()
            found += [draft["id"] for draft in page["drafts"]]
            cursor = page["next"]
        assert made <= set(found)
        assert len(set(found)) == len(found)
        assert problem(await one.get(f"{DRAFTS}?before=x"))["code"] == "api.cursor"

    ask(body)


def test_a_draft_is_nowhere_in_the_record(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await officer(desk)
        before = desk.node.status().logs
        secret = f"SIMULATION. {os.urandom(8).hex()}"
        await one.post(DRAFTS, json=SAID | {"content": {"text": secret}})
        assert desk.node.status().logs == before
        held = [
            path for path in desk.node.home.path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
        ]
        assert {path.name.removesuffix("-wal") for path in held} == {"private.db"}

    ask(body)
