"""Enrolment by one-time link: one key, by who has the link, in time; and a registrar who signs for it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from parley.api import inviting
from parley.api.inviting import fingerprint
from parley.api.limits import Buckets
from parley.api.octets import from_text, to_text
from parley.charter.directory_build import prove_possession
from parley.charter.directory_kinds import Enrolment
from parley.crypto.keys import SigningKey
from tests.api.conftest import BASE, CODE, STATEMENTS, Ask, Desk, problem

INVITATIONS = "/api/v1/invitations"


def position() -> str:
    return f"duty-{os.urandom(3).hex()}"


async def invited(desk: Desk, where: str, *mandates: str) -> dict[str, Any]:
    answer = await desk.admin.post(INVITATIONS, json={"position": where, "mandates": list(mandates or ("watch",))})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def presented(desk: Desk, where: str, key: SigningKey, **other: Any) -> dict[str, str]:
    """What the page behind a link posts."""
    mechanism, code = other.get("mechanism", desk.stage.charter.mechanism), other.get("code", CODE)
    proof = prove_possession(mechanism, code, where, key)
    return {"public_key": to_text(key.verify_key.raw), "possession": to_text(proof)}


def test_a_link_is_opened_a_key_made_and_enrolled_and_signs_on(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where, key, page = position(), SigningKey.generate(os.urandom), desk.client()
        made = await invited(desk, where, "watch", "release")
        assert (made["state"], made["public_key"], len(from_text("token", made["token"], 32))) == ("open", None, 32)
        link = f"{INVITATIONS}/by-token/{made['token']}"
        opened = (await page.get(link)).json()
        assert (opened["member"], opened["position"], opened["mechanism"]) == (
            CODE,
            where,
            desk.stage.charter.mechanism.hex(),
        )
        assert [one["name"] for one in opened["mandates"]] == ["watch", "release"]
        assert opened["banner"] == desk.node.mechanism.banner
        answer = await page.post(link, json=presented(desk, where, key))
        assert (answer.status_code, answer.json()["state"]) == (200, "presented")
        told = (await desk.admin.get(f"{INVITATIONS}/{made['id']}")).json()
        assert told["fingerprint"] == answer.json()["fingerprint"] == fingerprint(key.verify_key.raw)
        assert "token" not in told
        raw, proof = from_text("k", told["public_key"], 32), from_text("p", told["possession"], 64)
        enrolment = Enrolment(where, raw, proof, tuple(told["mandates"]))
        assert (await desk.admin.post(STATEMENTS, content=desk.signed(enrolment))).status_code == 201
        assert (await page.get(link)).json()["state"] == "enrolled"
        await desk.sign_on(where, key)

    ask(body)


def test_a_second_use_of_a_link_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        link = f"{INVITATIONS}/by-token/{(await invited(desk, where))['token']}"
        first, thief = SigningKey.generate(os.urandom), SigningKey.generate(os.urandom)
        assert (await desk.client().post(link, json=presented(desk, where, first))).status_code == 200
        for key in (thief, first):
            refused = await desk.client().post(link, json=presented(desk, where, key))
            assert problem(refused)["code"] == "invitation.closed"
        assert (await desk.client().get(link)).json()["fingerprint"] == fingerprint(first.verify_key.raw)

    ask(body)


def test_an_expired_link_takes_no_key_and_is_forgotten_in_time(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        monkeypatch.setattr(inviting, "GOOD_FOR_MS", 0)
        made = await invited(desk, where)
        link = f"{INVITATIONS}/by-token/{made['token']}"
        late = await desk.client().post(link, json=presented(desk, where, SigningKey.generate(os.urandom)))
        assert problem(late)["code"] == "invitation.closed"
        assert (await desk.client().get(link)).json()["state"] == "expired"
        monkeypatch.setattr(inviting, "TOLD_FOR_MS", -1)
        await invited(desk, position())
        assert problem(await desk.client().get(link))["code"] == "invitation.unknown"

    ask(body)


def test_a_guessed_token_is_refused_alike_whatever_its_form(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        await invited(desk, position())
        key = {"public_key": "A", "possession": "A"}
        for token in ("A" * 43, "A", "A" * 44, "..", "%2e%2e", "refuse", "\u00fc" * 43, "A" * 42 + "B"):
            link = f"{INVITATIONS}/by-token/{token}"
            for answer in (await desk.client().get(link), await desk.client().post(link, json=key)):
                assert answer.status_code in (401, 404), token
                assert problem(answer)["code"] in ("invitation.unknown", "session.none"), token

    ask(body)


def test_guessing_tokens_is_slowed(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        desk.context.limits.failures = Buckets(1, 2, clock=lambda: 0.0)
        guesses = [await desk.client().get(f"{INVITATIONS}/by-token/{to_text(os.urandom(32))}") for _ in range(4)]
        assert [one.status_code for one in guesses] == [404, 404, 429, 429]

    ask(body)


def test_a_proof_that_is_not_over_this_very_invitation_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where, key, other = position(), SigningKey.generate(os.urandom), SigningKey.generate(os.urandom)
        made = await invited(desk, where)
        link = f"{INVITATIONS}/by-token/{made['token']}"
        right = presented(desk, where, key)
        for wrong in (
            right | {"possession": to_text(bytes(64))},
            right | {"public_key": to_text(other.verify_key.raw)},
            presented(desk, "duty-else", key),
            presented(desk, where, key, code="SYR"),
            presented(desk, where, key, mechanism=bytes(32)),
        ):
            assert problem(await desk.client().post(link, json=wrong))["code"] == "invitation.possession"
        assert (await desk.admin.get(f"{INVITATIONS}/{made['id']}")).json()["state"] == "open"
        assert (await desk.client().post(link, json=right)).status_code == 200

    ask(body)


def test_a_weak_or_malformed_key_is_refused(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        link = f"{INVITATIONS}/by-token/{(await invited(desk, where))['token']}"
        right = presented(desk, where, SigningKey.generate(os.urandom))
        for raw, code in (
            (bytes(32), "key.weak-point"),
            (b"\x01" + bytes(31), "key.weak-point"),
            (b"\xff" * 32, "key.malformed"),
        ):
            answer = await desk.client().post(link, json=right | {"public_key": to_text(raw)})
            assert problem(answer)["code"] == code
        short = await desk.client().post(link, json=right | {"public_key": to_text(bytes(31))})
        assert (problem(short)["code"], problem(short)["field"]) == ("api.octets", "public_key")

    ask(body)


def test_a_key_that_was_enrolled_before_is_refused_also_another_officers(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        held = await desk.enrol(position())
        where = position()
        link = f"{INVITATIONS}/by-token/{(await invited(desk, where))['token']}"
        assert (
            problem(await desk.client().post(link, json=presented(desk, where, held)))["code"] == "invitation.key-used"
        )

    ask(body)


def test_a_refused_invitation_takes_no_key(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        made = await invited(desk, where)
        answer = await desk.admin.post(f"{INVITATIONS}/{made['id']}/refuse")
        assert answer.json()["state"] == "refused"
        late = await desk.client().post(
            f"{INVITATIONS}/by-token/{made['token']}", json=presented(desk, where, SigningKey.generate(os.urandom))
        )
        assert problem(late)["code"] == "invitation.closed"

    ask(body)


def test_an_id_is_no_token(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        made = await invited(desk, position())
        assert problem(await desk.client().get(f"{INVITATIONS}/by-token/{made['id']}"))["code"] == "invitation.unknown"
        assert problem(await desk.client().get(f"{INVITATIONS}/{made['id']}"))["code"] == "session.none"

    ask(body)


NOT_OFFERED: list[tuple[dict[str, Any], str]] = [
    ({"position": "Duty 1", "mandates": ["watch"]}, "directory.content"),
    ({"position": "root", "mandates": ["watch"]}, "directory.content"),
    ({"position": "duty-1", "mandates": ["no-such"]}, "mandate.unknown"),
    ({"position": "duty-1", "mandates": ["watch", "watch"]}, "mandate.unknown"),
    ({"position": "duty-1", "mandates": []}, "api.parameter"),
    ({"position": "duty-1", "mandates": ["supervision"]}, "mandate.role"),
    ({"position": "duty-1", "mandates": ["watch"], "language": "x" * 17}, "invitation.language"),
]


def test_what_could_not_be_enrolled_is_not_offered(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        for asked, code in NOT_OFFERED:
            assert problem(await desk.admin.post(INVITATIONS, json=asked))["code"] == code, asked

    ask(body)


def test_invitations_take_no_more_than_their_room(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "MAX_INVITATIONS", 1)

    async def body(desk: Desk) -> None:
        await invited(desk, position())
        full = await desk.admin.post(INVITATIONS, json={"position": position(), "mandates": ["watch"]})
        assert problem(full)["code"] == "invitation.too-many"

    ask(body)


def test_the_token_itself_is_not_kept(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        made = await invited(desk, position())
        kept = repr(vars(desk.context.invitations))
        assert made["id"] in kept
        assert made["token"] not in kept
        assert repr(from_text("token", made["token"], 32)) not in kept

    ask(body)


def test_a_registrar_on_duty_invites_within_the_limits_and_follows_its_own_alone(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where, other = position(), position()
        await desk.enrol(where, "watch")
        await desk.enrol(other, "release")
        first, second = position(), position()
        registrar = await desk.sign_on(first, await desk.enrol(first, "register"))
        colleague = await desk.sign_on(second, await desk.enrol(second, "register"))
        made = (await registrar.post(INVITATIONS, json={"position": where, "mandates": ["watch"]})).json()
        assert made["link"] == f"{BASE}/#/enrol/{made['token']}"
        side = len(made["qr"])
        assert side in range(21, 178, 4)
        assert {len(row) for row in made["qr"]} == {side}
        assert (await registrar.get(f"{INVITATIONS}/{made['id']}")).json()["state"] == "open"
        assert problem(await colleague.get(f"{INVITATIONS}/{made['id']}"))["code"] == "invitation.unknown"
        assert (await desk.admin.get(f"{INVITATIONS}/{made['id']}")).status_code == 200
        beyond = [
            (where, ["release"]),
            (where, ["register"]),
            (other, ["watch"]),
            (position(), ["watch"]),
            (first, ["watch"]),
        ]
        for asked, mandates in beyond:
            answer = await registrar.post(INVITATIONS, json={"position": asked, "mandates": mandates})
            assert problem(answer)["code"] == "directory.on-duty", (asked, mandates)
        by_the_registrar = await invited(desk, where)
        assert problem(await registrar.get(f"{INVITATIONS}/{by_the_registrar['id']}"))["code"] == "invitation.unknown"

    ask(body)


def test_invitations_are_closed_to_every_other_officer(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        officer = await desk.sign_on(where, await desk.enrol(where, "watch", "release", "head"))
        answer = await officer.post(INVITATIONS, json={"position": where, "mandates": ["watch"]})
        assert (answer.status_code, problem(answer)["code"]) == (403, "api.registrars-only")
        made = await invited(desk, where)
        assert problem(await officer.get(f"{INVITATIONS}/{made['id']}"))["code"] == "api.registrars-only"
        assert problem(await officer.post(f"{INVITATIONS}/{made['id']}/refuse"))["code"] == "api.registrars-only"

    ask(body)


def test_the_officers_in_force_are_listed_with_the_entry_that_began_their_key(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        where = position()
        key = await desk.enrol(where, "watch")
        officer = await desk.sign_on(where, key)
        told = (await officer.get("/api/v1/officers")).json()
        [one] = [one for one in told["officers"] if one["position"] == where]
        assert (one["kid"], one["mandates"], told["binding"]) == (key.verify_key.kid.hex(), ["watch"], [])
        began = (await officer.get(f"/api/v1/entries/{one['enrolled']}")).json()
        assert (began["kind"], began["content"]["position"]) == ("directory.enrol", where)
        assert (await desk.client().get("/api/v1/officers")).status_code == 401

    ask(body)
