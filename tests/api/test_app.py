"""The API over a running node: what it takes, what it refuses, in what shape, and to whose pages it answers."""

from __future__ import annotations

import os

from parley.api.statements import MAX_BODY_BYTES
from parley.charter.charter import EXERCISE_BANNER
from parley.charter.directory_kinds import RegistrarGrant
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.proof.verify import verify
from tests.api.conftest import CODE, STATEMENTS, Ask, Desk, problem


def registrar(desk: Desk) -> bytes:
    """A statement that the node takes: its root certifies another registrar."""
    key = SigningKey.generate(os.urandom)
    return desk.signed(RegistrarGrant(f"registrar-{os.urandom(3).hex()}", key.verify_key.raw), root=True)


def test_a_statement_is_taken_shown_and_proven(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        client = desk.admin
        posted = registrar(desk)
        answer = await client.post(STATEMENTS, content=posted)
        assert answer.status_code == 201
        recorded = answer.json()
        assert recorded.keys() == {"reference", "log", "seq", "digest"}
        reference = recorded["reference"]
        assert reference == f"{recorded['log']} {recorded['seq']}"
        place = desk.node.mechanism.place(reference)
        assert place is not None
        digest = desk.node.store.entries(place.log, 0, place.seq, 1)[0].digest
        assert digest is not None
        assert recorded["digest"] == digest.hex()
        entry = (await client.get(f"/api/v1/entries/{reference}")).json()
        assert (entry["banner"], entry["kind"], entry["void"]) == (EXERCISE_BANNER, "directory.registrar", None)
        assert (await client.get(f"/api/v1/entries/{reference.replace(' ', '-')}")).json() == entry
        log = (await client.get("/api/v1/log")).json()
        assert log["banner"] == EXERCISE_BANNER
        assert reference in {one["reference"] for one in log["entries"]}
        proof = await client.get(f"/api/v1/proofs/{reference}")
        assert verify(proof.content, expected=desk.stage.charter.mechanism).verdict.exit_code == 0
        assert (await client.get("/api/v1/status")).json()["banner"] == EXERCISE_BANNER
        page = (await client.get("/record")).text
        assert EXERCISE_BANNER in page
        assert reference in page

    ask(body)


def test_pages_of_the_log_have_every_entry_once(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        client = desk.admin
        for _ in range(5):
            await client.post(STATEMENTS, content=registrar(desk))
        whole = [one["reference"] for one in (await client.get("/api/v1/log?limit=500")).json()["entries"]]
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await client.get(f"/api/v1/log?limit=2{f'&cursor={cursor}' if cursor else ''}")).json()
            found += [one["reference"] for one in page["entries"]]
            cursor = page["next"]
        assert found == whole
        assert len(whole) >= 6
        found, cursor = [], ""
        while cursor is not None:
            way = f"limit=2&backwards=true{f'&cursor={cursor}' if cursor else ''}"
            page = (await client.get(f"/api/v1/log?{way}")).json()
            found = [one["reference"] for one in page["entries"]] + found
            cursor = page["next"]
        assert found == whole

    ask(body)


BAD = {
    "empty": (b"", 400, "cbor."),
    "not CBOR": (b"\xff", 400, "cbor."),
    "trailing bytes": (cbor.encode([b"x", b"y"]) + b"\0", 400, "cbor.trailing-bytes"),
    "too few": (cbor.encode([b"x"]), 400, "api.submission"),
    "wrong type": (cbor.encode([b"x", "y"]), 400, "api.submission"),
    "no statement": (cbor.encode([b"x", b"y"]), 400, "c"),
    "oversized": (b"x" * (MAX_BODY_BYTES + 1), 413, "api.oversized"),
    "huge": (b"x" * 300_000, 413, "api.oversized"),
}


def test_bad_input_is_refused_as_a_problem_and_nothing_is_recorded(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        before = desk.node.status().logs
        for name, (content, status, code) in BAD.items():
            answer = await desk.admin.post(STATEMENTS, content=content)
            assert answer.status_code == status, name
            assert problem(answer)["code"].startswith(code), name
        assert desk.node.status().logs == before

    ask(body)


def test_a_huge_body_is_refused_by_every_route(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for path in ("/api/v1/session", "/api/v1/session/challenge", "/api/v1/invitations", "/api/v1/reopen"):
            answer = await desk.admin.post(path, content=b"{" * 300_000)
            assert problem(answer)["code"] == "api.oversized"

    ask(body)


NOT_OF_ITS_KIND: list[tuple[str, dict[str, object], str, str]] = [
    ("message", {"text": " ", "lang": "en"}, "content.field", "text"),
    ("message", {"lang": "en"}, "content.one-of", "text"),
    ("message", {"text": "SIMULATION.", "note": "x"}, "content.unknown", "note"),
    ("stop", {"text": "SIMULATION."}, "content.missing", "area"),
    ("acknowledge", {"read_back": 5}, "content.field", "read_back"),
]


def test_a_content_that_is_not_of_its_kind_is_refused_at_the_door_with_its_field(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        key = await desk.enrol("duty-kinds")
        before = desk.node.status().logs
        for kind, content, code, field in NOT_OF_ITS_KIND:
            answer = await desk.admin.post(STATEMENTS, content=desk.said("duty-kinds", key, kind, content))
            assert (answer.status_code, problem(answer)["code"], problem(answer)["field"]) == (400, code, field)
        assert desk.node.status().logs == before
        good = {"text": "SIMULATION.", "lang": "en"}
        assert (
            await desk.admin.post(STATEMENTS, content=desk.said("duty-kinds", key, "message", good))
        ).status_code == 201

    ask(body)


def test_what_a_rehearsal_refuses_leaves_no_trace(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        heard: list[tuple[str, object]] = []

        def rehearse(statement: object, content: object) -> None:
            heard.append((statement.fields.kind, content))  # type: ignore[attr-defined]
            raise Refused("move.other-state", "SIMULATION: it would move nothing")

        key = await desk.enrol("duty-rehearsed")
        said = desk.said("duty-rehearsed", key, "message", {"text": "SIMULATION.", "lang": "en"})
        before = desk.node.status().logs
        usual, desk.context.rehearse = desk.context.rehearse, rehearse
        assert problem(await desk.admin.post(STATEMENTS, content=said))["code"] == "move.other-state"
        assert desk.node.status().logs == before
        assert heard == [("message", {"text": "SIMULATION.", "lang": "en"})]
        desk.context.rehearse = usual
        assert (await desk.admin.post(STATEMENTS, content=said)).status_code == 201

    ask(body)


NOT_SHOWN = [
    (f"/api/v1/entries/{CODE} 99999", 404, "api.not-found"),
    (f"/api/v1/entries/{CODE} 99999999999999999999999", 404, "api.not-found"),
    (f"/api/v1/entries/{CODE}9 1", 404, "api.not-found"),
    ("/api/v1/entries/ZZZ 1", 404, "api.not-found"),
    ("/api/v1/entries/%00", 404, "api.not-found"),
    ("/api/v1/cases/ZZZ 1", 404, "case.unknown"),
    (f"/api/v1/proofs/{CODE} 0", 409, "proof."),
    ("/api/v1/log?limit=0", 400, "api.parameter"),
    ("/api/v1/log?limit=1000000", 400, "api.parameter"),
    ("/api/v1/log?cursor=x", 400, "api.cursor"),
    ("/record?before=<script>", 400, "api.cursor"),
    ("/redoc", 404, "http.404"),
    ("/openapi.json", 404, "http.404"),
    ("/api/v1/statements", 405, "http.405"),
    ("/assets/../api.token", 404, "http.404"),
]


def test_what_cannot_be_shown_is_a_problem(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for path, status, code in NOT_SHOWN:
            answer = await desk.admin.get(path)
            assert answer.status_code == status, path
            assert problem(answer)["code"].startswith(code), path

    ask(body)


def test_a_strangers_name_that_points_here_reads_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for host in ("evil.example", "evil.example:7342", "127.0.0.1.evil.example", "", "[::2]", "[::1"):
            for path in ("/", "/api/v1/status", "/api/v1/log", "/healthz", "/docs", "/api/v1/session"):
                answer = await desk.admin.get(path, headers={"Host": host})
                assert answer.status_code == 403, host
                assert problem(answer)["code"] == "api.host"

    ask(body)


def test_this_machines_own_names_are_answered(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for host in ("127.0.0.1", "127.0.0.1:7342", "localhost:7342", "[::1]:7342", "[::1]"):
            assert (await desk.client().get("/healthz", headers={"Host": host})).text == "ok", host

    ask(body)


STRANGERS = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:7343"},
    {"Origin": "http://localhost:7342"},
    {"Origin": "https://127.0.0.1:7342"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1:7342", "Sec-Fetch-Site": "cross-site"},
]


def test_a_strangers_page_in_a_browser_here_changes_nothing_and_reads_nothing(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        before, said = desk.node.status().logs, registrar(desk)
        for headers in STRANGERS:
            for path in (
                STATEMENTS,
                "/api/v1/reopen",
                "/api/v1/drill/cut/SYR",
                "/api/v1/session",
                "/api/v1/invitations",
            ):
                answer = await desk.admin.post(path, content=said, headers=headers)
                assert problem(answer)["code"] == "api.origin", headers
            for path in ("/api/v1/status", "/api/v1/log", "/api/v1/floor", "/api/v1/session"):
                assert problem(await desk.admin.get(path, headers=headers))["code"] == "api.origin", headers
        assert desk.node.status().logs == before

    ask(body, drill=True)


def test_the_nodes_own_page_may_ask(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        own = {"Origin": "http://127.0.0.1:7342", "Sec-Fetch-Site": "same-origin"}
        assert (await desk.admin.get("/api/v1/status", headers=own)).status_code == 200
        assert (await desk.admin.post(STATEMENTS, content=registrar(desk), headers=own)).status_code == 201

    ask(body)


def test_a_link_from_elsewhere_opens_the_page_and_no_more(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert (await desk.client().get("/docs", headers=led)).status_code == 200
        assert problem(await desk.admin.get("/api/v1/log", headers=led))["code"] == "api.origin"

    ask(body)


def test_lines_are_cut_in_a_drill_only(ask: Ask) -> None:
    async def without(desk: Desk) -> None:
        assert (await desk.admin.post("/api/v1/drill/cut/SYR")).status_code == 404

    async def within(desk: Desk) -> None:
        assert (await desk.admin.post("/api/v1/drill/cut/SYR")).status_code == 200
        assert (await desk.admin.post("/api/v1/drill/restore/SYR")).status_code == 200
        assert (await desk.admin.post("/api/v1/drill/burn/SYR")).status_code == 404
        for nobody in ("ZZZ", CODE):
            assert problem(await desk.admin.post(f"/api/v1/drill/cut/{nobody}"))["code"] == "node.no-peer"

    ask(without)
    ask(within, drill=True)


def test_every_answer_forbids_scripts_frames_and_outside_requests(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for path in ("/", "/record", "/api/v1/status", "/nowhere", "/healthz"):
            headers = (await desk.admin.get(path)).headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; ")
            assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")
            assert "script-src 'self';" in policy if path == "/" else "script-src" not in policy, (
                "the page's own files alone"
            )
            assert "frame-ancestors 'none'" in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == ("no-cache" if path == "/" else "no-store")
            assert headers["cross-origin-resource-policy"] == "same-origin"

    ask(body)


def test_health_and_readiness_are_told_to_anybody_on_this_machine_and_nothing_else(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        client = desk.client()
        assert ((await client.get("/healthz")).text, (await client.get("/readyz")).text) == ("ok", "ready")
        desk.node.stopped.set_result(None)
        health, ready = await client.get("/healthz"), await client.get("/readyz")
        assert (health.status_code, ready.status_code) == (503, 503)

    ask(body)
