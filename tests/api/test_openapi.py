"""The API's description: whole, stable, exemplified, and shown without asking anybody outside."""

from __future__ import annotations

import re
from typing import Any

from pydantic import TypeAdapter

from parley.api import (
    declarations,
    docs_page,
    drafts,
    invitations,
    news,
    people,
    phrases,
    private,
    problems,
    record,
    search,
    session,
    sheets,
    statements,
)
from parley.api.examples import EXAMPLES, SIMULATION
from parley.charter.charter import EXERCISE_BANNER
from parley.node.private import Draft
from parley.node.status import NodeStatus
from parley.node.views import EntryView
from tests.api.conftest import Ask, Desk

OPERATIONS = {
    "readHealth", "readReadiness", "askChallenge", "signOn", "whoAmI", "signOff", "createInvitation", "readInvitation",
    "refuseInvitation", "listOfficers", "openInvitation", "presentKey", "readFloor", "readStatus", "listEntries", "readEntry", "readProof",
    "submitStatement", "reopenLog", "listDrafts", "createDraft", "readDraft", "changeDraft", "deleteDraft", "noteDraft",
    "readPhrasebook", "renderPhrase", "checkText", "listCases", "readCase", "readFeed", "readNow", "listLog", "addToLog",
    "listContacts", "addContact", "changeContact", "deleteContact", "listOrders", "addOrder", "changeOrder", "deleteOrder",
    "listSheets", "makeSheet", "readSheet", "makeContinuitySheet", "cutLine", "restoreLine",
}  # fmt: skip
MODULES = (
    declarations,
    drafts,
    invitations,
    news,
    people,
    phrases,
    private,
    problems,
    record,
    search,
    session,
    sheets,
    statements,
)


async def described(desk: Desk) -> dict[str, Any]:
    whole: dict[str, Any] = (await desk.client().get("/api/v1/openapi.json")).json()
    return whole


def test_operation_ids_are_the_names_of_a_clients_functions_and_stay(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        whole = await described(desk)
        assert whole["openapi"].startswith("3.1.")
        ids = [operation["operationId"] for path in whole["paths"].values() for operation in path.values()]
        assert len(ids) == len(set(ids))
        assert set(ids) >= OPERATIONS

    ask(body, drill=True)


def test_every_operation_says_what_it_does_answers_typed_and_may_refuse_with_a_problem(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        whole = await described(desk)
        for path, operations in whole["paths"].items():
            for method, operation in operations.items():
                where = f"{method} {path}"
                assert operation["description"], where
                responses = operation["responses"]
                assert responses["default"]["content"].keys() == {"application/problem+json"}, where
                good = next(answer for status, answer in responses.items() if status.startswith("2"))
                content = good.get("content", {}).get("application/json")
                assert content is None or "$ref" in content["schema"], where

    ask(body, drill=True)


def test_every_reference_in_the_description_leads_somewhere(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        whole = await described(desk)
        found = set(re.findall(r'"#/components/schemas/(\w+)"', str(whole).replace("'", '"')))
        assert found
        assert found <= whole["components"]["schemas"].keys()

    ask(body, drill=True)


def test_every_example_is_one_of_its_schema_and_of_a_simulation(ask: Ask) -> None:
    known: dict[str, Any] = {"Draft": Draft, "EntryView": EntryView, "NodeStatus": NodeStatus}
    for module in MODULES:
        known |= {name: value for name, value in vars(module).items() if isinstance(value, type)}
    for name, example in EXAMPLES.items():
        given = {key: value for key, value in example.items() if key not in ("seq", "type")} if name.endswith("News") else example  # type: ignore[attr-defined]  # fmt: skip
        adapter = TypeAdapter(known[name])
        assert adapter.dump_python(adapter.validate_python(given, strict=False), mode="json") == given, name
    assert SIMULATION == EXERCISE_BANNER
    assert not re.search(r"ISR|SYR|USA|Israel|Syria", str(EXAMPLES))

    async def body(desk: Desk) -> None:
        schemas = (await described(desk))["components"]["schemas"]
        assert EXAMPLES.keys() <= schemas.keys()
        assert {one for one in schemas if one.endswith("News")} == {one.__name__ for one in news.TYPES}

    ask(body)


def test_what_an_answer_has_it_always_has(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        schemas = (await described(desk))["components"]["schemas"]
        for name in ("Field", "Kind", "FloorView", "EntryNews", "Draft", "NodeStatus"):
            assert set(schemas[name]["required"]) == set(schemas[name]["properties"]), name
        assert "state" not in schemas["DraftRequest"]["required"]

    ask(body)


def test_the_description_is_shown_without_asking_anybody_outside(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        client = desk.client()
        page = await client.get("/docs")
        assert page.headers["content-type"].startswith("text/html")
        loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(loaded) == 4
        for address in loaded:
            assert address == "data:," or (await client.get(address)).status_code == 200, address
        started = (await client.get("/docs/begin.js")).text
        for text in (page.text, started, (await client.get("/docs/swagger-ui.css")).text):
            assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", text.split("sourceMappingURL")[0])
        assert "validatorUrl: null" in started
        policy = {one.strip().partition(" ")[0]: one.strip().partition(" ")[2] for one in page.headers["content-security-policy"].split(";")}  # fmt: skip
        assert policy["default-src"] == "'none'"
        assert (policy["script-src"], policy["connect-src"], policy["img-src"]) == ("'self'", "'self'", "'self' data:")
        assert docs_page.ASSETS.is_dir()

    ask(body)
