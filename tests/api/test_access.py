"""Who may ask: everything is closed to whoever shows neither a session nor the node's token."""

from __future__ import annotations

import base64

import httpx
import pytest

from parley.api.access import cookie_name
from parley.api.limits import Buckets, Limits
from parley.errors import Refused
from tests.api.conftest import CODE, STATEMENTS, Ask, Desk, problem

OPEN = {
    ("GET", "/"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/docs"), ("GET", "/docs/begin.js"),
    ("GET", "/docs/swagger-ui-bundle.js"), ("GET", "/docs/swagger-ui.css"), ("GET", "/api/v1/openapi.json"),
    ("POST", "/api/v1/session/challenge"), ("POST", "/api/v1/session"), ("GET", "/api/v1/session"), ("DELETE", "/api/v1/session"),
    ("GET", "/api/v1/invitations/by-token/{token}"), ("POST", "/api/v1/invitations/by-token/{token}"),
}  # fmt: skip


def test_every_route_but_the_open_ones_is_closed_to_strangers(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        described = (await desk.client().get("/api/v1/openapi.json")).json()["paths"]
        known = {(method.upper(), path) for path, operations in described.items() for method in operations}
        assert len(known) >= 25
        stranger = desk.client()
        for method, path in sorted(known - OPEN):
            answer = await stranger.request(method, path.replace("{", "").replace("}", ""))
            assert (answer.status_code, problem(answer)["code"]) == (401, "session.none"), (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"
        for path in ("/record", "/nowhere", "/api/v1/nowhere", "/api.token", "/private.db", "/api/v1/sessions"):
            assert (await stranger.get(path)).status_code == 401, path

    ask(body)


def test_the_open_routes_answer_a_stranger(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        stranger = desk.client()
        for path in ("/healthz", "/readyz", "/docs", "/docs/begin.js", "/docs/swagger-ui.css", "/api/v1/openapi.json"):
            assert (await stranger.get(path)).status_code == 200, path

    ask(body)


def forged(token: str) -> list[str]:
    encoded = base64.b64encode(f"token:{token}".encode()).decode()
    return [
        "Bearer", "Bearer ", f"Bearer {token[:-1]}", f"Bearer {token}x", f"Bearer {token.swapcase()}", f"Basic {encoded}", token,
        f"Bearer {'A' * len(token)}", "Bearer \u00fc", f"Digest {token}",
    ]  # fmt: skip


def test_a_guessed_cut_or_misplaced_token_opens_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for authorization in forged(desk.context.token):
            headers = httpx.Headers({"Authorization": authorization}, encoding="utf-8")
            async with desk.client() as client:
                assert (await client.get("/api/v1/status", headers=headers)).status_code == 401, authorization
        assert (await desk.client().get(f"/api/v1/status?token={desk.context.token}")).status_code == 401
        cookie = {"Cookie": f"{cookie_name(desk.context)}={desk.context.token}"}
        assert (await desk.client().get("/api/v1/status", headers=cookie)).status_code == 401

    ask(body)


def test_what_is_an_administrators_is_not_an_officers_and_the_other_way_round(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        officer = await desk.sign_on("duty-both", await desk.enrol("duty-both"))
        assert problem(await officer.post("/api/v1/reopen"))["code"] == "api.local-only"
        for method, path in (("GET", "/api/v1/invitations/x"), ("POST", "/api/v1/invitations/x/refuse")):
            assert problem(await officer.request(method, path))["code"] == "api.registrars-only"
        offered = {"position": "duty-9", "mandates": ["watch"]}
        assert problem(await officer.post("/api/v1/invitations", json=offered))["code"] == "api.registrars-only"
        for path in ("/api/v1/drafts", "/api/v1/session"):
            assert problem(await desk.admin.get(path))["code"] == "api.officers-only"

    ask(body)


def test_the_record_page_is_open_in_a_drill_of_an_exercise_only(ask: Ask) -> None:
    async def closed(desk: Desk) -> None:
        assert (await desk.client().get("/record")).status_code == 401
        officer = await desk.sign_on("duty-page", await desk.enrol("duty-page"))
        assert (await officer.get("/record")).status_code == 200

    async def opened(desk: Desk) -> None:
        assert (await desk.client().get("/record")).status_code == 200
        assert (await desk.client().get("/api/v1/log")).status_code == 401

    ask(closed)
    ask(opened, drill=True)


def test_a_runaway_caller_is_slowed_and_a_flash_is_not(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-fast")
        officer = await desk.sign_on("duty-fast", key)
        desk.context.limits = Limits(clock=lambda: 0.0)
        desk.context.limits.session = Buckets(1, 3, clock=lambda: 0.0)
        desk.context.limits.address = Buckets(1, 2, clock=lambda: 0.0)
        assert [(await officer.get("/api/v1/status")).status_code for _ in range(4)] == [200, 200, 200, 429]
        routine = desk.said("duty-fast", key, "message", {"text": "SIMULATION.", "lang": "en"})
        assert problem(await officer.post(STATEMENTS, content=routine))["code"] == "api.rate"
        assert problem(await officer.post(STATEMENTS, content=b"noise"))["code"] == "api.rate"
        flash = desk.said("duty-fast", key, "message", {"text": "SIMULATION.", "lang": "en"}, precedence="FLASH")
        assert (await officer.post(STATEMENTS, content=flash)).status_code == 201
        stop = {"area": {"circle": [330000000, 361234567, 500]}, "activity": "fire", "until": 1_990_000_000_000}
        called = desk.said("duty-fast", key, "stop", stop, precedence="IMMEDIATE")
        assert (await officer.post(STATEMENTS, content=called)).status_code == 201
        stranger = desk.client()
        assert [(await stranger.get("/healthz")).status_code for _ in range(3)] == [200, 200, 429]
        assert [(await desk.admin.get("/api/v1/status")).status_code for _ in range(5)] == [200] * 5
        assert problem(await stranger.post(STATEMENTS, content=flash))["code"] == "api.rate"

    ask(body)


def test_a_bucket_fills_again_and_forgets_no_more_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("parley.api.limits.MAX_KEYS", 2)
    buckets = Buckets(2, 2, clock=lambda: now[0])
    for _ in range(2):
        buckets.take("a")
    with pytest.raises(Refused, match="try again in 1 s"):
        buckets.take("a")
    now[0] = 0.5
    buckets.take("a")
    with pytest.raises(Refused):
        buckets.take("a")
    buckets.take("b")
    with pytest.raises(Refused):
        buckets.take("a")
    buckets.take("c")
    with pytest.raises(Refused):
        buckets.take("a")


def test_the_cookie_is_named_by_member_and_mechanism(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        assert cookie_name(desk.context) == f"parley_{CODE}_{desk.stage.charter.mechanism.hex()[:8]}"

    ask(body)
