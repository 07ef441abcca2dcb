"""Signing on: by the key that holds the position now, by a challenge that is answered once; and what ends it."""

from __future__ import annotations

import asyncio
import os

import httpx
import pytest

from parley.api import sign_on
from parley.api.limits import Buckets
from parley.api.octets import from_text, to_text
from parley.api.sign_on import login_message
from parley.charter.directory_kinds import MandateChange, Revocation
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from tests.api.conftest import CODE, STATEMENTS, Ask, Desk, problem


def refused(answer: httpx.Response) -> None:
    """Refused, in the one way in which every wrong answer is."""
    assert (answer.status_code, answer.json()) == (401, {
        "type": "urn:parley:session.refused", "title": "this position is not signed on so", "status": 401, "code": "session.refused",
        "field": None, "reason": "this position is not signed on so",
        "rule": "ask for a challenge, and sign with the key enrolled for it",
    })  # fmt: skip
    assert "set-cookie" not in answer.headers


def test_an_officer_signs_on_is_known_and_leaves(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-a", "watch", "release")
        officer = await desk.sign_on("duty-a", key)
        told = (await officer.get("/api/v1/session")).json()
        assert (told["member"], told["position"], told["kid"]) == (CODE, "duty-a", key.verify_key.kid.hex())
        assert told["mandates"] == [
            {"name": "watch", "title": "Duty officer of the watch", "ceiling": "FLASH"},
            {"name": "release", "title": "Release authority", "ceiling": "FLASH"},
        ]
        assert told["expires_ms"] - told["since_ms"] >= 12 * 3_600_000
        assert (await officer.get("/api/v1/status")).status_code == 200
        kept = dict(officer.cookies)
        left = await officer.delete("/api/v1/session")
        assert left.status_code == 204
        assert not officer.cookies
        again = desk.client()
        again.cookies.update(kept)
        assert problem(await again.get("/api/v1/status"))["code"] == "session.none"

    ask(body)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-b")
        client = desk.client()
        answer = await client.post("/api/v1/session", json=await desk.answer(client, "duty-b", key))
        cookie = answer.headers["set-cookie"].lower()
        assert {"httponly", "samesite=strict", "path=/"} <= {one.strip() for one in cookie.split(";")}
        assert "secure" not in cookie
        assert "domain" not in cookie
        assert answer.json().keys() == {"member", "position", "kid", "mandates", "since_ms", "expires_ms"}

    ask(body)


def test_over_tls_the_cookie_travels_no_other_way() -> None:
    from starlette.requests import HTTPConnection

    from parley.api.guard import is_encrypted

    assert is_encrypted(HTTPConnection({"type": "http", "scheme": "https", "headers": []}))
    assert not is_encrypted(HTTPConnection({"type": "http", "scheme": "http", "headers": []}))


def test_a_replayed_answer_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-c")
        client = desk.client()
        answered = await desk.answer(client, "duty-c", key)
        assert (await client.post("/api/v1/session", json=answered)).status_code == 201
        refused(await desk.client().post("/api/v1/session", json=answered))

    ask(body)


def test_a_wrong_answer_uses_the_challenge_up(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-d")
        client = desk.client()
        right = await desk.answer(client, "duty-d", key)
        refused(await client.post("/api/v1/session", json=right | {"signature": to_text(bytes(64))}))
        refused(await client.post("/api/v1/session", json=right))

    ask(body)


def test_a_late_answer_opens_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-e")
        client = desk.client()
        monkeypatch.setattr(sign_on, "CHALLENGE_MS", 0)
        late = await desk.answer(client, "duty-e", key)
        refused(await client.post("/api/v1/session", json=late))

    ask(body)


def test_an_answer_from_another_address_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-f")
        answered = await desk.answer(desk.client(), "duty-f", key)
        transport = httpx.ASGITransport(app=desk.app, client=("127.0.0.2", 9))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7342") as elsewhere:
            refused(await elsewhere.post("/api/v1/session", json=answered))

    ask(body)


def test_a_key_that_holds_no_position_or_another_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key, other = await desk.enrol("duty-g"), await desk.enrol("duty-h")
        stranger, client = SigningKey.generate(os.urandom), desk.client()
        for position, by in (("duty-g", other), ("duty-g", stranger), ("duty-nobody", key), ("root", key), ("registrar", key)):  # fmt: skip
            refused(await client.post("/api/v1/session", json=await desk.answer(client, position, by)))
        asked_for_one = await desk.answer(client, "duty-g", key)
        refused(await client.post("/api/v1/session", json=asked_for_one | {"position": "duty-h"}))
        borrowed = (await desk.answer(client, "duty-g", stranger)) | {"kid": key.verify_key.kid.hex()}
        refused(await client.post("/api/v1/session", json=borrowed))

    ask(body)


def test_a_challenge_that_another_position_asked_for_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key, client = await desk.enrol("duty-q"), desk.client()
        asked = (await client.post("/api/v1/session/challenge", json={"position": "duty-else"})).json()["challenge"]
        message = login_message(desk.stage.charter.mechanism, CODE, "duty-q", from_text("challenge", asked, 32))
        whole = {"position": "duty-q", "kid": key.verify_key.kid.hex(), "challenge": asked}
        refused(await client.post("/api/v1/session", json=whole | {"signature": to_text(key.sign(message))}))

    ask(body)


def test_the_key_of_nobody_whose_seed_is_public_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        nobody, client = SigningKey.from_seed(bytes(32)), desk.client()
        refused(await client.post("/api/v1/session", json=await desk.answer(client, "duty-unheld", nobody)))

    ask(body)


def test_a_signature_of_another_mechanism_member_or_purpose_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key, client, mechanism = await desk.enrol("duty-i"), desk.client(), desk.stage.charter.mechanism
        for made in (
            lambda challenge: login_message(bytes(32), CODE, "duty-i", challenge),  # type: ignore[arg-type]
            lambda challenge: login_message(mechanism, "SYR", "duty-i", challenge),
            lambda challenge: cbor.encode(["parley login, version 2", mechanism, CODE, "duty-i", challenge]),
            lambda challenge: challenge,
        ):
            answered = await desk.answer(client, "duty-i", key)
            signed = key.sign(made(from_text("challenge", answered["challenge"], 32)))
            refused(await client.post("/api/v1/session", json=answered | {"signature": to_text(signed)}))

    ask(body)


def test_the_next_key_of_a_position_signs_on_and_the_one_before_does_not(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        first = await desk.enrol("duty-j")
        officer = await desk.sign_on("duty-j", first)
        second = await desk.enrol("duty-j", replaces=first)
        assert problem(await officer.get("/api/v1/status"))["code"] == "session.none"
        client = desk.client()
        refused(await client.post("/api/v1/session", json=await desk.answer(client, "duty-j", first)))
        await desk.sign_on("duty-j", second)

    ask(body)


def test_a_revoked_key_loses_its_session_at_once(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-k")
        officer = await desk.sign_on("duty-k", key)
        ended: list[str] = []
        session = next(iter(desk.context.sign_on._sessions.values()))
        session.at_end.append(ended.append)
        revoked = desk.signed(Revocation(key.verify_key.kid, "SIMULATION"))
        assert (await desk.admin.post(STATEMENTS, content=revoked)).status_code == 201
        await asyncio.sleep(0)
        assert ended == ["key"]
        assert problem(await officer.get("/api/v1/session"))["code"] == "session.none"

    ask(body)


def test_mandates_are_those_of_now(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-l", "watch")
        officer = await desk.sign_on("duty-l", key)
        changed = desk.signed(MandateChange(key.verify_key.kid, ("head",)))
        assert (await desk.admin.post(STATEMENTS, content=changed)).status_code == 201
        told = (await officer.get("/api/v1/session")).json()
        assert [one["name"] for one in told["mandates"]] == ["head"]

    ask(body)


def test_a_session_that_nobody_uses_ends(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        officer = await desk.sign_on("duty-m", await desk.enrol("duty-m"))
        session = next(iter(desk.context.sign_on._sessions.values()))
        session.seen_ms -= desk.context.sign_on.idle_ms - 60_000
        assert (await officer.get("/api/v1/status")).status_code == 200
        session.seen_ms -= desk.context.sign_on.idle_ms
        assert problem(await officer.get("/api/v1/status"))["code"] == "session.none"
        assert session.ended == "idle"

    ask(body)


def test_a_switch_of_officers_on_one_screen_ends_the_session_before(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        first, second = await desk.enrol("duty-n"), await desk.enrol("duty-o")
        client = await desk.sign_on("duty-n", first)
        kept = dict(client.cookies)
        assert (
            await client.post("/api/v1/session", json=await desk.answer(client, "duty-o", second))
        ).status_code == 201
        assert (await client.get("/api/v1/session")).json()["position"] == "duty-o"
        before = desk.client()
        before.cookies.update(kept)
        assert (await before.get("/api/v1/session")).status_code == 401

    ask(body)


def test_a_cookie_that_is_forged_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        officer = await desk.sign_on("duty-p", await desk.enrol("duty-p"))
        (name, value), = officer.cookies.items()  # fmt: skip
        for forged in (value[:-1], value + "A", value.swapcase(), "A" * 43, "", "\u00fc"):
            client = desk.client()
            headers = httpx.Headers({"Cookie": f"{name}={forged}"}, encoding="utf-8")
            assert (await client.get("/api/v1/status", headers=headers)).status_code == 401, forged
        renamed = desk.client()
        assert (await renamed.get("/api/v1/status", headers={"Cookie": f"{name}x={value}"})).status_code == 401

    ask(body)


def test_guessing_is_slowed(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        desk.context.limits.failures = Buckets(1, 3, clock=lambda: 0.0)
        wrong, client = SigningKey.generate(os.urandom), desk.client()
        answers = [
            (await client.post("/api/v1/session", json=await desk.answer(client, "duty-1", wrong))).status_code for _ in range(5)
        ]  # fmt: skip
        assert answers == [401, 401, 401, 429, 429]

    ask(body)


def test_unanswered_challenges_take_no_more_than_their_room(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_on, "MAX_CHALLENGES", 2)

    async def body(desk: Desk) -> None:
        client = desk.client()
        asked = [await client.post("/api/v1/session/challenge", json={"position": "duty-1"}) for _ in range(3)]
        assert [one.status_code for one in asked] == [200, 200, 429]

    ask(body)


MALFORMED: list[dict[str, str]] = [
    {"kid": "zz"}, {"kid": "00"}, {"signature": "A"}, {"signature": "!" * 86}, {"challenge": "A" * 42}, {"position": ""},
    {"position": "x" * 33},
]  # fmt: skip


def test_an_answer_that_is_malformed_is_told_as_such(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        whole = {
            "position": "duty-1",
            "kid": "00" * 8,
            "challenge": to_text(bytes(32)),
            "signature": to_text(bytes(64)),
        }
        for changed in MALFORMED:
            answer = await desk.client().post("/api/v1/session", json=whole | changed)
            assert (answer.status_code, problem(answer)["field"]) == (400, next(iter(changed)))

    ask(body)
