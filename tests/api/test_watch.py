"""What an officer asks while a roster is written, and while a statement is read aloud."""

from __future__ import annotations

import asyncio
from typing import Any

from parley.procedure.readaloud.check_words import WORDS, check_words
from tests.api.conftest import STATEMENTS, Ask, Desk

ROSTER: dict[str, Any] = {
    "zone": "Europe/Paris", "liaison": "liaison",
    "shifts": [
        {"position": "duty-1", "days": [0, 1, 2, 3, 4, 5, 6], "from": 0, "until": 720, "alternates": ["duty-2"], "languages": ["en"]},
        {"position": "duty-2", "days": [0, 1, 2, 3, 4, 5, 6], "from": 720, "until": 1440},
    ],
}  # fmt: skip
PREVIEW = "/api/v1/rosters/preview"


def test_the_positions_are_those_that_officers_hold_now(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        before = (await desk.admin.get("/api/v1/positions")).json()["positions"]
        await desk.enrol("duty-9", "watch", "release")
        after = (await desk.admin.get("/api/v1/positions")).json()["positions"]
        assert [one for one in after if one not in before] == [{"position": "duty-9", "mandates": ["release", "watch"]}]
        assert [one["position"] for one in after] == sorted(one["position"] for one in after)
        assert (await desk.client().get("/api/v1/positions")).status_code == 401

    ask(body)


def test_a_roster_is_shown_as_the_seven_days_it_comes_to(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        told = (await desk.admin.post(PREVIEW, json={"roster": ROSTER})).json()
        assert told["fault"] is None
        assert {one["position"] for one in told["week"]} == {"duty-1", "duty-2"}
        assert all(one["alternates"][-1] == "liaison" for one in told["week"])
        assert {(one["position"], tuple(one["languages"])) for one in told["week"]} == {
            ("duty-1", ("en",)),
            ("duty-2", ()),
        }
        assert {told["clock_change"]["before"], told["clock_change"]["after"]} == {60, 120}

    ask(body)


def test_what_a_roster_would_be_refused_for_is_told_as_the_door_would(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for change, code in (
            ({"shifts": ROSTER["shifts"][:1]}, "roster.gap"), ({"shifts": [*ROSTER["shifts"], ROSTER["shifts"][0]]}, "roster.twice"),
            ({"zone": "Atlantis/Deep"}, "roster.zone"), ({"shifts": []}, "roster.shape"), ({"liaison": 3.5}, "roster.shape"),
            ({"absences": [{"position": "liaison", "from": 0, "until": 1}]}, "roster.liaison"),
        ):  # fmt: skip
            told = (await desk.admin.post(PREVIEW, json={"roster": {**ROSTER, **change}})).json()
            assert bool(told["holes"]) == (code in ("roster.gap", "roster.twice")), change
            assert (told["fault"]["code"], told["week"], told["clock_change"]) == (code, [], None), change
        assert (await desk.admin.post(PREVIEW, json={"roster": [1]})).status_code == 400

    ask(body)


def test_a_statement_is_read_aloud_in_each_language_with_words_made_from_its_digest(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-1")
        content = {"text": "SIMULATION.", "lang": "en", "place": [335_000_000, 358_000_000]}
        answer = await desk.admin.post(STATEMENTS, content=desk.said("duty-1", key, "message", content))
        reference = answer.json()["reference"]
        case = await _settled(desk, reference)
        digest = bytes.fromhex(case["items"][0]["digest"])
        for language in WORDS:
            told = (await desk.admin.get(f"/api/v1/readings/{reference}", params={"language": language})).json()
            assert told["check_words"] == list(check_words(digest, language))
            assert [line["name"] for line in told["lines"] if line["critical"]] == ["place"]
            assert told["banner"].startswith("SIMULATION")
            assert (told["text"], told["text_language"]) == ("SIMULATION.", "en")
        for asked, status in ((f"{reference}?language=tlh", 400), ("ISR 4999", 409)):
            answer = await desk.admin.get(f"/api/v1/readings/{asked}")
            assert answer.status_code == status, answer.text

    ask(body)


async def _settled(desk: Desk, reference: str) -> dict[str, Any]:
    """The case, once it is folded."""
    for _ in range(1_500):
        answer = await desk.admin.get(f"/api/v1/cases/{reference}")
        if answer.status_code == 200:
            found: dict[str, Any] = answer.json()
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(answer.text)
