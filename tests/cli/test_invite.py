"""`parley officer invite`: a browser makes the key, a person compares it, the registrar signs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from parley.api.inviting import fingerprint
from parley.api.octets import from_text, to_text
from parley.api.sign_on import login_message
from parley.charter.directory_build import prove_possession
from parley.cli import exits, main
from parley.cli.inviting import link_to, qr_code
from parley.cli.stage import Stage
from parley.crypto.keys import SigningKey
from tests.cli.conftest import Run, parsed

CODE = "SYR"


@contextmanager
def command(stage: Stage, *arguments: str, **streams: Any) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "PARLEY_HOME": str(stage.home(CODE).path),
        "PARLEY_PASSPHRASE_FILE": str(stage.passphrase_file),
    }
    whole = [sys.executable, "-m", "parley", "officer", "invite", *arguments]
    with subprocess.Popen(whole, env=environment, text=True, **streams) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def browser(link: str) -> Iterator[tuple[httpx.Client, str]]:
    """A browser at the node's page, and where the token behind ``#`` leads."""
    page, _, token = link.partition("#/enrol/")
    with httpx.Client(base_url=page, headers={"Origin": page.rstrip("/")}) as client:
        yield client, f"/api/v1/invitations/by-token/{token}"


def present(stage: Stage, link: str, position: str) -> SigningKey:
    """What the page behind the link does."""
    key, mechanism = SigningKey.generate(os.urandom), stage.charter.mechanism
    with browser(link) as (client, path):
        opened = client.get(path).raise_for_status().json()
        assert (opened["position"], opened["mechanism"]) == (position, mechanism.hex())
        proof = to_text(prove_possession(mechanism, CODE, position, key))
        posted = client.post(path, json={"public_key": to_text(key.verify_key.raw), "possession": proof})
        assert posted.raise_for_status().json()["fingerprint"] == fingerprint(key.verify_key.raw)
    return key


def signs_on(stage: Stage, link: str, position: str, key: SigningKey) -> bool:
    with browser(link) as (client, _):
        challenge = client.post("/api/v1/session/challenge", json={"position": position}).json()["challenge"]
        message = login_message(stage.charter.mechanism, CODE, position, from_text("challenge", challenge, 32))
        answer = {
            "position": position, "kid": key.verify_key.kid.hex(), "challenge": challenge, "signature": to_text(key.sign(message)),
        }  # fmt: skip
        return client.post("/api/v1/session", json=answer).status_code == 201


@pytest.mark.slow
def test_a_key_made_behind_the_link_is_enrolled_and_the_next_one_replaces_it(stage: Stage, run: Run) -> None:
    keys: list[SigningKey] = []
    for _ in range(2):
        arguments = ("desk-1", "--mandate", "watch", "--language", "ar", "--yes", "--json")
        with command(stage, *arguments, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            offered = json.loads(process.stdout.readline())
            keys.append(present(stage, offered["link"], "desk-1"))
            enrolled = json.loads(process.stdout.readline())
            assert process.wait(20) == exits.OK
        assert enrolled["fingerprint"] == fingerprint(keys[-1].verify_key.raw)
        assert signs_on(stage, offered["link"], "desk-1", keys[-1])
    assert not signs_on(stage, offered["link"], "desk-1", keys[0])
    listed = parsed(run(CODE, "officer", "list", "--json"))["officers"]
    held = [one["key"] for one in listed if (one["member"], one["position"]) == (CODE, "desk-1")]
    assert held == [keys[-1].verify_key.kid.hex()]


@pytest.mark.slow
@pytest.mark.parametrize(("says", "code"), [("y\n", exits.OK), ("n\n", exits.REFUSED)])
def test_a_person_compares_the_fingerprint_before_anything_is_signed(
    stage: Stage, run: Run, says: str, code: int
) -> None:
    position = f"desk-{'yes' if code == exits.OK else 'no'}"
    ours, theirs = pty.openpty()
    with command(stage, position, "--mandate", "watch", stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = until(ours, "waiting for the key")
        link = next(word for word in shown.split() if "#/enrol/" in word)
        key = present(stage, link, position)
        assert fingerprint(key.verify_key.raw) in until(ours, "show the same?")
        assert not signs_on(stage, link, position, key)
        os.write(ours, says.encode())
        shown = until(ours, "enrolled " if code == exits.OK else "invitation.not-theirs")
        assert process.wait(20) == code
    os.close(ours)
    assert signs_on(stage, link, position, key) == (code == exits.OK)
    with browser(link) as (client, path):
        state = client.get(path).json()["state"]
    assert state == ("enrolled" if code == exits.OK else "refused")


@pytest.mark.slow
def test_without_anybody_to_compare_nothing_is_offered(run: Run) -> None:
    refused = run(CODE, "officer", "invite", "desk-9", "--mandate", "watch")
    assert refused.exit_code == exits.MISCONFIGURED
    assert "invite.unattended" in refused.stderr


@pytest.mark.slow
def test_what_could_not_be_enrolled_is_not_offered(run: Run) -> None:
    for arguments, code in ((("desk-9", "--mandate", "no-such"), "mandate.unknown"), (("Desk 9", "--mandate", "watch"), "directory.")):  # fmt: skip
        refused = run(CODE, "officer", "invite", *arguments, "--yes")
        assert refused.exit_code == exits.REFUSED
        assert code in refused.stderr


def test_the_token_stands_where_no_server_sees_it() -> None:
    link = link_to(("::1", 7342), "secret")
    assert link == "http://[::1]:7342/#/enrol/secret"
    assert httpx.URL(link).raw_path == b"/"


def test_a_link_is_drawn_as_a_code_that_fits_a_terminal() -> None:
    drawn = qr_code(link_to(("127.0.0.1", 7342), "A" * 43))
    lines = [line for line in drawn.splitlines() if line]
    assert 15 < len(lines) < 40
    assert "\u2580" in drawn or "\u2584" in drawn


def test_the_command_needs_a_mandate() -> None:
    assert CliRunner().invoke(main, ["officer", "invite", "desk-1"]).exit_code == exits.USAGE


def until(terminal: int, word: str) -> str:
    """What a terminal shows up to and with `word`."""
    shown, end = "", time.monotonic() + 20
    while word not in shown:
        assert time.monotonic() < end, shown
        shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown
