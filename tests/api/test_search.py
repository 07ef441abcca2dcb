"""Search over HTTP: in three languages, by everything it narrows by, and whatever is typed."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import urlencode

import pytest

from parley.crypto.keys import SigningKey
from parley.procedure.references import LETTERS
from tests.api.conftest import CODE, STATEMENTS, Ask, Desk, problem

POSITION = "duty-search"
PLACE = [331_234_567, 357_654_321, ""]
NOON_MS = 1_795_694_400_000
STOP = {"fire": "all-fire", "radius": 500, "place": PLACE}
KEY: dict[str, SigningKey] = {}


async def say(desk: Desk, kind: str, content: dict[str, Any], **more: Any) -> str:
    """A statement in the record, and found; its reference."""
    key = KEY.get(POSITION) or KEY.setdefault(POSITION, await desk.enrol(POSITION, "watch", "line"))
    answer = await desk.admin.post(STATEMENTS, content=desk.said(POSITION, key, kind, content, **more))
    assert answer.status_code == 201, answer.text
    reference = str(answer.json()["reference"])
    end = time.monotonic() + 20
    while (await find(desk, reference))["named"]["hit"] is None:
        assert time.monotonic() < end, "indexed"
        await asyncio.sleep(0.02)
    return reference


async def find(asked: Desk, text: str = "", **more: Any) -> dict[str, Any]:
    answer = await asked.admin.get(f"/api/v1/search?{urlencode({'text': text, **more})}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def references(asked: Desk, text: str = "", **more: Any) -> list[str]:
    return [one["reference"] for one in (await find(asked, text, **more))["hits"]]


def marked(hit: dict[str, Any]) -> list[str]:
    """The words that are marked, cut from the original by the offsets told."""
    return [
        one["text"][start - one["start"] : end - one["start"]] for one in hit["excerpts"] for start, end in one["marks"]
    ]


def test_texts_are_found_in_three_languages_and_marked_as_they_were_written(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        arabic = await say(desk, "message", {"text": "محاكاة: القَافِلَةُ الطِّبِّيَّةُ عند المعبر الشمالي", "lang": "ar"})
        hebrew = await say(desk, "message", {"text": 'סימולציה: צה"ל דיווח על שלום בַּגְּבוּל הצפוני', "lang": "he"})
        mixed = await say(desk, "message", {"text": "SIMULATION: convoy قافلة at שער number ٤٢", "lang": "en"})
        for typed, reference, marks in (
            ("القافلة الطبية", arabic, ["القَافِلَةُ", "الطِّبِّيَّةُ"]),
            ("القـــافله", arabic, ["القَافِلَةُ"]),
            ("صهال שלומ", None, []),
            ("צהל", hebrew, ['צה"ל']),
            ("צה״ל בגבול", hebrew, ['צה"ל', "בַּגְּבוּל"]),
            ("שלומ", hebrew, ["שלום"]),
            ("قافله convoy שער 42", mixed, ["convoy", "قافلة", "שער", "٤٢"]),
            ('"at שער"', mixed, ["at שער"]),
            ('"שער at"', None, []),
            ("CONV", mixed, ["convoy"]),
            ("\u202bקו\u202c", None, []),
        ):
            hits = (await find(desk, typed))["hits"]
            assert [one["reference"] for one in hits] == ([reference] if reference else []), typed
            assert not hits or marked(hits[0]) == marks, typed

    ask(body)


def test_a_phrase_is_found_by_its_words_in_any_language(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        said = await say(desk, "message", {"phrase": {"id": "stop.cease-fire-area", "slots": STOP}})
        whole = (await desk.admin.get(f"/api/v1/cases/{said}")).json()["items"][0]["phrase"]
        for tag, rendering in whole.items():
            words = " ".join(rendering["text"].split()[:3])
            [hit] = [one for one in (await find(desk, words, language=tag))["hits"] if one["reference"] == said]
            first = hit["excerpts"][0]
            assert (first["field"], first["language"]) == ("phrase", tag)
            assert first["text"] == rendering["text"][first["start"] : first["start"] + len(first["text"])]
            assert marked(hit)

    ask(body)


def test_what_narrows_narrows(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        one = await say(desk, "message", {"text": "SIMULATION: quarry works", "lang": "en"}, precedence="PRIORITY")
        two = await say(
            desk, "call", {"with": "duty-9", "time": NOON_MS, "text": "SIMULATION: quarry call", "lang": "en"}
        )
        where = await say(desk, "message", {"phrase": {"id": "stop.cease-fire-area", "slots": STOP}})
        at_ms = (await desk.admin.get(f"/api/v1/entries/{two}")).json()["at_ms"]
        assert await references(desk, "quarry") == [two, one]
        assert await references(desk, "quarry", desk="line") == [one]
        assert await references(desk, "quarry", kind="call") == [two]
        assert await references(desk, "quarry", precedence="PRIORITY") == [one]
        assert await references(desk, "quarry", member="SYR") == []
        assert await references(desk, "quarry", member=CODE) == [two, one]
        assert await references(desk, "quarry", from_ms=at_ms) == [two]
        assert await references(desk, "quarry", until_ms=at_ms - 1) == [one]
        assert await references(desk, "quarry", about_from_ms=NOON_MS, about_until_ms=NOON_MS) == [two]
        assert await references(desk, "quarry", about_from_ms=NOON_MS + 1) == []
        assert where in await references(desk, lat=33.1234567, lon=35.7654321, radius_m=10)
        far = await find(desk, lat=33.2, lon=35.7654321, radius_m=9_000)
        [hit] = [hit for hit in far["hits"] if hit["reference"] == where]
        assert hit["distance_m"] == pytest.approx(8_512, abs=50)
        assert where not in await references(desk, lat=33.2, lon=35.7654321, radius_m=8_400)
        pages, cursor = [], None
        while True:
            page = await find(desk, "quarry", limit=1, **({"cursor": cursor} if cursor else {}))
            pages += [hit["reference"] for hit in page["hits"]]
            if (cursor := page["next"]) is None:
                break
        assert pages == [two, one]
        best = await find(desk, '"quarry works"', order="best")
        assert [hit["reference"] for hit in best["hits"]] == [one]

    ask(body)


def test_a_reference_is_found_with_its_letter_and_a_misheard_one_is_said(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        said = await say(desk, "message", {"text": "SIMULATION: the one that is named", "lang": "en"})
        naming = await say(desk, "message", {"text": f"SIMULATION: see {said} again", "lang": "en"})
        entry = (await desk.admin.get(f"/api/v1/entries/{said}")).json()
        letter = entry["letter"]
        wrong = next(one for one in LETTERS if one != letter)
        for typed in (said, said.lower().replace(" ", ""), f"{said}-{letter}", f"{said.lower()} {letter.lower()}"):
            found = await find(desk, typed)
            assert found["named"]["hit"]["reference"] == said, typed
            assert (found["named"]["letter"], found["named"]["misheard"]) == (letter, False)
            assert [hit["reference"] for hit in found["hits"]] == [naming], typed
            if typed != said.lower().replace(" ", ""):
                assert (await desk.admin.get(f"/api/v1/entries/{typed}")).json()["reference"] == said
        found = await find(desk, f"{said}-{wrong}")
        assert (found["named"]["misheard"], found["named"]["given"], found["named"]["hit"], found["hits"]) == (
            True,
            wrong,
            None,
            [],
        )
        for path in ("entries", "cases", "proofs"):
            refused = problem(await desk.admin.get(f"/api/v1/{path}/{said}-{wrong}"))
            assert refused["reason"] == f"{said} has the letter {letter}, not {wrong}: misheard?"
        nothing = await find(desk, f"{CODE} 99999")
        assert nothing["named"]["hit"] is None

    ask(body)


def test_what_became_of_a_statement_is_told_with_it(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        first = await say(desk, "message", {"text": "SIMULATION: heliograph at noon", "lang": "en"})
        whole = (await desk.admin.get(f"/api/v1/cases/{first}")).json()
        about = [bytes.fromhex(whole["items"][0]["digest"])]
        second = await say(
            desk, "correction", {"text": "SIMULATION: heliograph at one", "lang": "en"}, case=first, about=about
        )
        hits = {hit["reference"]: hit for hit in (await find(desk, "heliograph"))["hits"]}
        assert (hits[first]["superseded"], hits[second]["about"], hits[second]["case"]) == (second, first, first)
        assert hits[second]["desk"] == "line"
        assert hits[first]["void"] is None

    ask(body)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": "!!"}, "text"),
        ({"text": "w " * 30}, "text"),
        ({"text": "x" * 401}, "text"),
        ({"member": "QQQ"}, "member"),
        ({"precedence": "LOUD"}, "precedence"),
        ({"from_ms": 2, "until_ms": 1}, "from_ms"),
        ({"lat": 1}, "lat"),
        ({"lat": "nan", "lon": 1, "radius_m": 1}, "lat"),
        ({"lat": 91, "lon": 1, "radius_m": 1}, "lat"),
        ({"cursor": "b1"}, "cursor"),
        ({"cursor": "n99999999999999999999"}, "cursor"),
        ({"limit": 1000}, "limit"),
    ],
)
def test_what_is_asked_wrongly_is_refused(ask: Ask, asked: dict[str, Any], field: str) -> None:
    async def body(desk: Desk) -> None:
        answer = await desk.admin.get(f"/api/v1/search?{urlencode(asked)}")
        assert answer.status_code == 400
        assert problem(answer)["field"] == field

    ask(body)


HOSTILE = [
    '"', '""', '"unbalanced', "a AND b", "a OR b", "NOT a", "a NEAR/2 b", "NEAR(a b)", "text:a", "marks:said", "{text} : a", "-a", "^a",
    "a*", "*", "a + b", "(a", "a)", "'; DROP TABLE words; --", "said", "m0", "\\", "a\u0000b", "%", "_", "\u00b6", "a\u00b6b",
    '"a" OR "said"', "\U0001f54a", "\u202e", "é" * 100,
]  # fmt: skip


def test_nothing_that_is_typed_is_an_operator(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        await say(desk, "message", {"text": "SIMULATION: tables and words are said", "lang": "en"})
        for typed in HOSTILE:
            answer = await desk.admin.get("/api/v1/search", params={"text": typed})
            assert answer.status_code in (200, 400), (typed, answer.text)
            assert answer.status_code == 200 or problem(answer)["code"] == "search.no-words", (typed, answer.text)
        assert await references(desk, "tables OR nothing-of-the-kind") == []
        assert await references(desk, "m0") == await references(desk, "text:tables") == []
        assert len(await references(desk, "tables")) == 1

    ask(body)


def test_a_stranger_finds_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        async with desk.client() as stranger:
            assert problem(await stranger.get("/api/v1/search?text=SIMULATION"))["code"] == "session.none"

    ask(body)
