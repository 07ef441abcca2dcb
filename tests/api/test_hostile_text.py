"""Hostile texts in every field of every kind, said through the door: refused by name, or kept and read back as they were said."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from parley.cli.speaking import Speaker, speak
from parley.crypto import cbor
from parley.desks import at_hand
from parley.errors import BadInput
from parley.procedure.declare import Kind
from parley.procedure.fields import Field, FieldKind
from parley.record.content import content_digest
from parley.record.ids import sha256
from parley.record.statement import parse_statement, sign_statement
from tests.api.conftest import CODE, STATEMENTS, Ask, Desk, problem
from tests.changed import replace
from tests.hostile import HOSTILE, LONE_SURROGATES

DESKS = at_hand()
KINDS: Mapping[str, Kind] = {one.name: one for desk in DESKS.desks for one in desk.kinds} | {
    one.name: one for one in DESKS.handling
}
HARMLESS: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: "SIMULATION", FieldKind.LABEL: "E-3", FieldKind.LANGUAGE: "en", FieldKind.INSTANT: 1_800_000_000_000,
    FieldKind.SPAN: 60_000, FieldKind.PLACE: [331_254_000, 358_012_000], FieldKind.AREA: {"circle": [-431_254_000, 358_012_000, 500]},
    FieldKind.VOLUMES: [{"area": {"circle": [-331_254_000, -358_012_000, 500]}, "start": 1_900_000_000_000, "end": 1_900_003_600_000}],
    FieldKind.REFERENCES: ["ISR 1"], FieldKind.HEIGHT: [30_480, "AMSL"], FieldKind.MEMBER: "SYR", FieldKind.MEMBERS: ["SYR"], FieldKind.REFERENCE: "ISR 1",
    FieldKind.COUNT: 1, FieldKind.FLAG: True, FieldKind.NAMES: ["message"], FieldKind.READ_BACK: {},
    FieldKind.PHRASE: {"id": "none", "slots": {}},
    FieldKind.ROSTER: {
        "zone": "UTC", "liaison": "liaison",
        "shifts": [{"position": "duty-1", "days": [0, 1, 2, 3, 4, 5, 6], "from": 0, "until": 1440}],
    },
}  # fmt: skip
NAMED = {FieldKind.PHRASE: ("phrase", "id", "slots"), FieldKind.ROSTER: ("roster", "zone", "shifts", "liaison")}
"""Fields that a refusal may name, where it is not that of the kind."""
MANDATES = ("watch", "release", "head", "intelligence", "commerce")


def texts_in(field: Field, text: str) -> Iterator[Any]:
    """The values of a field in which a text stands wherever one can."""
    yield text
    match field.kind:
        case FieldKind.HEIGHT:
            yield [1, text]
        case FieldKind.MEMBERS | FieldKind.NAMES:
            yield [text]
        case FieldKind.PHRASE:
            yield from ({"id": text, "slots": {}}, {"id": "none", "slots": {text: text}})
        case FieldKind.AREA:
            yield {text: [1, 2, 3]}
        case FieldKind.REFERENCES:
            yield [text]
        case FieldKind.VOLUMES:
            volume = HARMLESS[FieldKind.VOLUMES][0]
            yield from (
                [text],
                [{**volume, text: 1}],
                [{**volume, "area": {text: [1]}}],
                [{**volume, "floor": [1, text]}],
            )
        case FieldKind.ROSTER:
            yield from (
                {"zone": text, "shifts": [], "liaison": "liaison"},
                {"zone": "UTC", "shifts": [], "liaison": text},
            )
        case FieldKind.READ_BACK:
            yield from ({"text": text}, {text: text})


def base(kind: Kind, field: Field) -> dict[str, Any]:
    """The least that the kind says, without `field`."""
    group = next((one for one in kind.one_of if field.name in one), ())
    firsts = {one[0] for one in kind.one_of if one is not group}
    wanted = [one for one in kind.fields if (one.required or one.name in firsts) and one is not field]
    return {
        one.name: one.choices[0].value if one.kind is FieldKind.CHOICE else HARMLESS[one.kind]
        for one in wanted
        if one.name not in group
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_it_is_refused_by_its_field_or_read_back_as_it_was_said(ask: Ask, name: str) -> None:
    kind = KINDS[name]

    async def body(desk: Desk) -> None:
        speaker = await enrolled(desk)
        kept: dict[str, dict[str, Any]] = {}
        for field in kind.fields:
            for text in HOSTILE.values():
                for value in texts_in(field, text):
                    content = {**base(kind, field), field.name: value}
                    reference = await said(desk, speaker, name, content, field)
                    if reference is not None:
                        kept[reference] = content
        written = any(field.kind in (FieldKind.TEXT, FieldKind.LABEL) for field in kind.fields)
        assert kept or kind.opens is None or not written
        await check_read_back(desk, kept)

    ask(body)


async def enrolled(desk: Desk) -> Speaker:
    position = f"h-{os.urandom(4).hex()}"
    return Speaker(CODE, position, await desk.enrol(position, *MANDATES))


async def said(desk: Desk, speaker: Speaker, kind: str, content: dict[str, Any], field: Field) -> str | None:
    """Its reference where it was kept; else it was refused as the module says."""
    try:
        body = desk.said(speaker.position, speaker.key, kind, content)
    except BadInput as fault:
        if fault.field != "content":
            raise
        return None
    answer = await desk.admin.post(STATEMENTS, content=body)
    if answer.status_code == 201:
        return str(answer.json()["reference"])
    told = problem(answer)
    assert told["reason"], told
    if answer.status_code == 400:
        assert re.split(r"[\[.]", told["field"])[0] in NAMED.get(field.kind, (field.name,)), (told, content)
    else:  # a word about a case that is not there moves nothing
        assert KINDS[kind].opens is None, (told, content)
    return None


async def check_read_back(desk: Desk, kept: Mapping[str, dict[str, Any]]) -> None:
    """Entry by entry, in the list of the record, and at the desk."""
    for reference, content in kept.items():
        assert (await desk.admin.get(f"/api/v1/entries/{reference}")).json()["content"] == content
    listed: dict[str, Any] = {}
    cursor: dict[str, str] = {}
    while True:
        page = (await desk.admin.get("/api/v1/log", params={"limit": "200", **cursor})).json()
        listed |= {one["reference"]: one["content"] for one in page["entries"]}
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert {reference: listed[reference] for reference in kept} == kept
    for reference, content in kept.items():
        case = (await desk.admin.get(f"/api/v1/cases/{reference}")).json()
        assert case["items"][0]["content"] == content


STOP: Mapping[str, Any] = {"area": HARMLESS[FieldKind.AREA], "activity": "all", "until": HARMLESS[FieldKind.INSTANT]}
SUSPENSION: Mapping[str, Any] = {"scope": "all", "reason": "SIMULATION", "lang": "en", "terms": "SIMULATION"}
TEXT: Mapping[str, Any] = {"text": "SIMULATION", "lang": "en"}
OWN_CASES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "close": ("message", TEXT), "rendition": ("message", TEXT), "lift": ("stop", STOP), "withdraw": ("stop", STOP),
    "resume": ("suspend", SUSPENSION),
}  # fmt: skip
"""What a member says in a case of its own, and what opens one."""
MOST = 60_000


@pytest.mark.slow
@pytest.mark.parametrize("name", OWN_CASES)
def test_said_in_a_case_it_is_kept_and_read_back_there(ask: Ask, name: str) -> None:
    kind, (opener, opening) = KINDS[name], OWN_CASES[name]
    field = next(one for one in kind.fields if one.kind is FieldKind.TEXT)

    async def body(desk: Desk) -> None:
        speaker, kept = await enrolled(desk), 0
        for text in HOSTILE.values():
            if len(text.encode()) > MOST:
                continue  # refused before it is signed, as above
            raw = desk.said(speaker.position, speaker.key, opener, dict(opening))
            case = (await desk.admin.post(STATEMENTS, content=raw)).json()["reference"]
            content = {**base(kind, field), field.name: text}
            if "lang" in [one.name for one in kind.fields]:
                content["lang"] = "en"
            about = [sha256(cbor.decode(raw)[0])]
            answer = await desk.admin.post(
                STATEMENTS, content=desk.said(speaker.position, speaker.key, name, content, case=case, about=about)
            )
            if answer.status_code == 201:
                reference, kept = answer.json()["reference"], kept + 1
                assert await item_of(desk, case, reference) == content
            else:
                assert (answer.status_code, problem(answer)["field"]) == (400, field.name), problem(answer)
        assert kept > len(HOSTILE) / 2

    ask(body)


async def item_of(desk: Desk, case: str, reference: str) -> Any:
    """The content of a statement in its case, once it is there: it is put there just after it is confirmed."""
    for _ in range(500):
        items = (await desk.admin.get(f"/api/v1/cases/{case}")).json()["items"]
        found = [one["content"] for one in items if one["reference"] == reference and one["because"] is None]
        if found:
            return found[0]
        await asyncio.sleep(0.01)
    raise AssertionError(f"{reference} moves nothing in {case}")


@pytest.mark.parametrize("name", LONE_SURROGATES)
def test_what_is_no_utf_8_is_refused(ask: Ask, name: str) -> None:
    async def body(desk: Desk) -> None:
        speaker = await enrolled(desk)
        mark = "X" * len(LONE_SURROGATES[name])
        raw, content = speak(
            desk.stage.charter, speaker, "message", {"text": mark, "lang": "en"}, now_s=int(time.time()), random=os.urandom
        )  # fmt: skip
        content = content.replace(mark.encode(), LONE_SURROGATES[name])
        fields = replace(
            parse_statement(raw).fields, content_digest=content_digest(content), content_bytes=len(content)
        )
        answer = await desk.admin.post(STATEMENTS, content=cbor.encode([sign_statement(fields, speaker.key), content]))
        assert answer.status_code == 400
        assert problem(answer)["code"].startswith("cbor.")

    ask(body)
