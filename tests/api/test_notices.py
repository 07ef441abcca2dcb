"""What stands, for other systems and on paper: as it was filed, marked, and the same whoever asks."""

from __future__ import annotations

import asyncio
import time
from typing import Any, NamedTuple
from xml.etree import ElementTree

import takproto

from parley.crypto.keys import SigningKey
from tests.api.conftest import STATEMENTS, Ask, Desk, problem
from tests.api.test_situation import CIRCLE, HOUR_MS, notice, volume

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
INTENT = 'SIMULATION: <b>شحن</b> "supplies" & water'


class Officer(NamedTuple):
    """Who speaks: nodes of one stage keep their officers from test to test."""

    position: str
    key: SigningKey


async def said(desk: Desk, key: Officer, kind: str, content: dict[str, Any], **more: Any) -> str:
    answer = await desk.admin.post(STATEMENTS, content=desk.said(key.position, key.key, kind, content, **more))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


async def asked(desk: Desk, path: str, fits: Any) -> Any:
    """The answer, once it is as it must be."""
    answer = None
    for _ in range(150):
        answer = await desk.admin.get(path)
        if answer.status_code == 200 and fits(answer):
            return answer
        await asyncio.sleep(0.02)
    raise AssertionError(answer.text if answer is not None else path)


def alert(answer: Any) -> ElementTree.Element:
    return ElementTree.fromstring(answer.content)


def told(root: ElementTree.Element, name: str) -> str:
    found = root.find(f".//{CAP}{name}")
    return "" if found is None else found.text or ""


def test_a_notice_goes_out_as_it_was_filed_and_every_step_is_another_alert(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = Officer("out-1", await desk.enrol("out-1", "watch"))
        filed = notice(volume(hours=9), intent=INTENT, unit="E-3")
        reference = await said(desk, key, "notice", filed)
        path = f"/api/v1/notices/{reference.replace(' ', '-')}"
        first = alert(await asked(desk, f"{path}.cap.xml", lambda answer: True))
        assert (told(first, "msgType"), told(first, "status"), told(first, "note")) == (
            "Alert",
            "Exercise",
            "SIMULATION",
        )
        assert told(first, "description") == INTENT
        assert told(first, "identifier").endswith(".1")

        await said(
            desk, key, "correction", notice(volume(hours=12), intent=INTENT, unit="E-4"), case=reference,
            channel="de-escalation", about=[await digest(desk, reference)],
        )  # fmt: skip
        answer = await asked(
            desk, f"{path}.geojson", lambda one: one.json()["features"][0]["properties"]["version"] == 2
        )
        assert answer.headers["content-type"] == "application/geo+json"
        (feature,) = answer.json()["features"]
        assert feature["properties"]["title"] == "E-4"
        assert feature["properties"]["text"] == INTENT
        assert feature["properties"]["simulation"] is True
        assert feature["geometry"]["type"] == "Polygon"
        second = alert(await asked(desk, f"{path}.cap.xml", lambda one: b"Update" in one.content))
        assert told(first, "identifier") in told(second, "references")
        await said(desk, key, "begun", {}, case=reference)
        third = alert(await asked(desk, f"{path}.cap.xml", lambda one: b"Observed" in one.content))
        assert told(third, "identifier").endswith(".3")
        assert (await asked(desk, f"{path}.geojson", lambda one: b'"active"' in one.content)).json()["features"][0][
            "properties"
        ]["version"] == 2
        standing = await asked(desk, "/api/v1/situation.geojson", lambda one: reference in one.text)
        assert reference in {one["properties"]["reference"] for one in standing.json()["features"]}
        cot = (await asked(desk, f"{path}.cot", lambda one: True)).text.strip()
        event = takproto.parse_proto(takproto.xml2proto(cot)).cotEvent
        assert event.type == "a-n-G"
        own = (await asked(desk, "/api/v1/situation.cot", lambda one: True)).text
        assert event.uid in own
        await said(desk, key, "ended", {}, case=reference)
        await asked(desk, "/api/v1/situation.geojson", lambda one: reference not in one.text)
        over = (await asked(desk, f"{path}.geojson", lambda one: b'"ended"' in one.content)).json()
        assert len(over["features"]) == 1

    ask(body)


async def digest(desk: Desk, reference: str) -> bytes:
    entry = desk.node.mechanism.place(reference)
    assert entry is not None
    for _ in range(1_500):
        case = desk.node.casework.cases.case(reference)
        if case is not None:
            return case.opening.digest
        await asyncio.sleep(0.02)
    raise AssertionError(reference)


def test_a_notice_that_is_called_off_is_a_cancel_that_names_what_it_cancels(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = Officer("out-2", await desk.enrol("out-2", "watch"))
        reference = await said(desk, key, "notice", notice(volume(hours=9)))
        path = f"/api/v1/notices/{reference}.cap.xml"
        first = alert(await asked(desk, path, lambda answer: True))
        await said(desk, key, "called-off", {}, case=reference)
        last = alert(await asked(desk, path, lambda answer: b"Cancel" in answer.content))
        assert told(first, "identifier") in told(last, "references")
        assert told(first, "identifier") != told(last, "identifier")

    ask(body)


def test_what_is_no_notice_goes_nowhere(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = Officer("out-3", await desk.enrol("out-3", "watch"))
        reference = await said(desk, key, "message", {"text": "SIMULATION", "lang": "en"})
        for path in (
            f"/api/v1/notices/{reference}.geojson",
            f"/api/v1/notices/{reference}.cap.xml",
            f"/notices/{reference}",
        ):
            answer = await desk.admin.get(path)
            for _ in range(1_500):
                if problem(answer)["code"] != "case.unknown":
                    break
                await asyncio.sleep(0.02)
                answer = await desk.admin.get(path)
            assert problem(answer)["code"] == "notice.none"
        assert (await desk.client().get(f"/notices/{reference}")).status_code == 401

    ask(body)


def test_a_printed_notice_says_where_and_when_in_every_way_and_runs_right_to_left(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = Officer("out-4", await desk.enrol("out-4", "watch"))
        start = 1_999_999_980_000  # 2033-05-18 03:33 UTC
        when = {"start": start, "end": start + HOUR_MS}
        corridor = {"corridor": [[[331_254_000, 358_012_000], [332_000_000, 359_000_000]], 2_000]}
        filed = notice(
            {"area": CIRCLE, **when, "floor": [30_480, "AGL"], "ceiling": [91_440, "AMSL"]}, {"area": corridor, **when},
            intent=INTENT, behalf="Red <i>Cross</i>",
        )  # fmt: skip
        reference = await said(desk, key, "notice", filed)
        page = (await asked(desk, f"/notices/{reference}?zone=Asia/Nicosia", lambda answer: True)).text
        assert page.count("SIMULATION: not an act of any state") == 2
        for words in (
            "33.12540 N 35.80120 E", "36S YB 61347 68681", "5,000 m", "2,000 m", "304.8 m AGL (1,000 ft)",
            "914.4 m AMSL (3,000 ft)", "2033-05-18 03:33 UTC", "2033-05-18 06:33 Asia/Nicosia", reference, "no limit",
        ):  # fmt: skip
            assert words in page, words
        assert "<b>شحن" not in page
        assert "<i>Cross" not in page
        assert '<html lang="en" dir="ltr">' in page
        arabic = (await desk.admin.get(f"/notices/{reference}?language=ar")).text
        assert '<html lang="ar" dir="rtl">' in arabic
        assert "ممر عبر النقاط" in arabic
        assert '<bdi class="n" dir="ltr">33.12540 N 35.80120 E</bdi>' in arabic
        answer = await desk.admin.get(f"/notices/{reference}")
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert problem(await desk.admin.get(f"/notices/{reference}?zone=../../etc/passwd"))["code"] == "notice.zone"

    ask(body)


def test_a_stop_is_told_to_whoever_must_keep_out(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = Officer("out-5", await desk.enrol("out-5", "watch"))
        until = int(time.time() * 1000) + 6 * HOUR_MS
        content = {"area": CIRCLE, "activity": "fire", "until": until}
        reference = await said(desk, key, "stop", content, precedence="FLASH")
        found = alert(await asked(desk, f"/api/v1/notices/{reference}.cap.xml", lambda answer: True))
        assert (told(found, "responseType"), told(found, "event")) == ("Avoid", "stop")
        await said(desk, key, "lift", {}, case=reference)
        await asked(desk, f"/api/v1/notices/{reference}.cap.xml", lambda answer: b"Past" in answer.content)

    ask(body)
