"""The stage of the demo: a mechanism founded in a directory, one process a node, officers enrolled.

Every member goes through the same steps as an administrator would, with light key files since nothing here is secret.
No process outlives the stage: each holds one end of a pipe, and stops when the other is gone, however that came.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parley.charter.adoption import encode_signed
from parley.charter.charter import Charter, Member
from parley.charter.charter_toml import load_toml
from parley.charter.directory_build import DirectorySigner, prove_possession
from parley.charter.directory_kinds import Enrolment, RegistrarGrant
from parley.cli.client import NodeClient
from parley.cli.scenario import Said
from parley.cli.speaking import Speaker, speak
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SigningKey
from parley.desks import at_hand
from parley.errors import LinkFault, Refused
from parley.node import founding
from parley.node.home.home import Address, Home, Settings
from parley.procedure.critical import critical_in
from parley.procedure.handling import ACKNOWLEDGE
from parley.record.ids import sha256
from parley.record.statement import Precedence

PASSPHRASE = "simulation"
START_LIMIT_S = 30.0
SEEN_LIMIT_S = 20.0
STOP_LIMIT_S = 6.0
POSITION = "duty-1"
ABOUT = frozenset({"acknowledge"})
"""Kinds of a scenario that are about the statement that opened their case."""
LISTENING_PORTS = range(20_000, 32_000)


class Stage:
    """See the module. Use as a context manager: all processes end with it."""

    def __init__(self, folder: Path, charter_text: str) -> None:
        self.folder = folder
        self.passphrase_file = folder / "passphrase"
        self.passphrase_file.write_text(PASSPHRASE + "\n", "utf-8")
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.charter = self._found(charter_text)
        self.clients = {code: NodeClient.of(self.home(code)) for code in self.codes}
        self.digests: dict[str, bytes] = {}
        self._desks = at_hand()
        self._read_back: dict[str, dict[CborValue, CborValue]] = {}
        self.officers = {code: SigningKey.generate(os.urandom) for code in self.codes}

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.terminate()
            if process.stdin is not None:
                process.stdin.close()
        deadline = time.monotonic() + STOP_LIMIT_S
        for process in self._processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def codes(self) -> list[str]:
        """All members' codes."""
        return [member.code for member in self.charter.members]

    def home(self, code: str) -> Home:
        """A member's node directory."""
        return Home(self.folder / code)

    def page(self, code: str) -> str:
        """The address of a node's page of the record."""
        host, port = self.home(code).settings().api
        return f"http://{host}:{port}/record"

    def start(self, code: str) -> None:
        """Start a node's process and wait until it answers.

        Raises:
            LinkFault: it does not.
        """
        home = self.home(code)
        with (home.path / "node.log").open("ab") as output:
            self._processes[code] = subprocess.Popen(
                [sys.executable, "-m", "parley", "serve", "--drill", "--until-eof", "--home", str(home.path),
                 "--passphrase-file", str(self.passphrase_file)],
                stdout=output, stderr=output, stdin=subprocess.PIPE,
            )  # fmt: skip
        deadline = time.monotonic() + START_LIMIT_S
        while not self.clients[code].is_up():
            if self._processes[code].poll() is not None or time.monotonic() > deadline:
                log = (home.path / "node.log").read_text("utf-8", "replace")
                raise LinkFault("demo.start", f"the node of {code} does not start", rule=log[-800:])
            time.sleep(0.05)

    def kill(self, code: str) -> None:
        """End a node's process with SIGKILL."""
        process = self._processes[code]
        process.send_signal(signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def line(self, act: str, a: str, b: str) -> None:
        """Cut or restore the line between two nodes, at both ends."""
        self.clients[a].drill(act, b)
        self.clients[b].drill(act, a)

    def enrol(self, code: str, positions: Mapping[str, SigningKey] | None = None) -> None:
        """Have officers of a member enrolled by its registrar, and the registrar by its root; by default the scripted one."""
        home, member = self.home(code), self._member(code)
        root = founding.read_signing_key(founding.root_key_file(home), PASSPHRASE, "root")
        registrar = founding.read_signing_key(founding.registrar_key_file(home), PASSPHRASE, founding.REGISTRAR)
        mechanism = self.charter.mechanism
        contents: list[tuple[RegistrarGrant | Enrolment, DirectorySigner]] = [
            (
                RegistrarGrant(founding.REGISTRAR, registrar.verify_key.raw),
                DirectorySigner.root(mechanism, member.code, root),
            )
        ]
        for position, key in (positions or {POSITION: self.officers[code]}).items():
            proof = prove_possession(mechanism, member.code, position, key)
            enrolment = Enrolment(position, key.verify_key.raw, proof, tuple(self.mandates(member)))
            contents.append((enrolment, DirectorySigner(mechanism, member.code, founding.REGISTRAR, registrar)))
        for content, signer in contents:
            self.clients[code].submit(
                *founding.directory_statement(content, signer, now=datetime.now(UTC), random=os.urandom)
            )

    def say(self, said: Said, references: dict[str, str]) -> str:
        """Have the scripted officer of a member say what a scenario says; the reference."""
        content: dict[str, CborValue] = {
            "text": said.text,
            "lang": said.lang,
            **({"source": said.source} if said.source else {}),
        }
        if said.announced is not None:
            where: CborValue = said.announced.volume(int(time.time() * 1000))
            told: dict[str, CborValue] = {
                "activity": said.announced.what,
                "volumes": [where],
                "unit": said.announced.unit,
            }
            content = {**told, "intent": said.text, "lang": said.lang}
        case = references[said.case] if said.case else None
        if said.kind == ACKNOWLEDGE.name and case in self._read_back:
            content["read_back"] = self._read_back[case]
        return self.speak(
            said.by, said.kind, content, channel=said.channel, precedence=said.precedence, to=said.to, case=case,
            about=case if said.kind in ABOUT else None,
        )  # fmt: skip

    def speak(
        self, by: str, kind: str, content: Mapping[str, Any], *, precedence: str = "ROUTINE", channel: str | None = None,
        to: Sequence[str] | None = None, case: str | None = None, about: str | None = None,
    ) -> str:  # fmt: skip
        """Sign a statement as the scripted officer of a member and have its node record it; the reference.

        `about` is the reference of the statement that it is about; it must have been said here.
        """
        if case is not None:
            self._await_case(by, case)
        rule = self.charter.kinds[kind]
        held = self.mandates(self._member(by))
        ceiling = Precedence[precedence]
        fitting = [name for name in rule.mandates if name in held and self.charter.mandates[name].ceiling >= ceiling]
        statement, raw = speak(
            self.charter, Speaker(by, POSITION, self.officers[by]), kind, content, now_s=int(time.time()), random=os.urandom,
            channel=channel, precedence=precedence, to=to, case=case, mandate=fitting[0] if fitting else None,
            about=[self.digests[about]] if about else [],
        )  # fmt: skip
        reference = self.clients[by].submit(statement, raw)
        self.digests[reference] = sha256(statement)
        declared = self._desks.kind(kind)
        if declared is not None:
            self._read_back[reference] = {one.field.name: one.said for one in critical_in(declared, content)}
        return reference

    def _await_case(self, code: str, case: str) -> None:
        """Wait until a member's node knows a case: nobody speaks in one before seeing it."""
        deadline = time.monotonic() + SEEN_LIMIT_S
        while True:
            try:
                self.clients[code].case(case)
                return
            except Refused as unknown:
                if unknown.code != "case.unknown" or time.monotonic() > deadline:
                    raise
            time.sleep(0.05)

    def mandates(self, member: Member) -> list[str]:
        """Every mandate that officers of a member may hold, but for those of registrars on duty."""
        on_duty = self.charter.terms.on_duty
        apart = on_duty.mandates if on_duty is not None else ()
        return [name for name, one in self.charter.mandates.items() if member.role in one.roles and name not in apart]

    def _member(self, code: str) -> Member:
        member = self.charter.member(code)
        assert member is not None, f"{code} is in the charter"
        return member

    def _found(self, text: str) -> Charter:
        codes = [seat.code for seat in load_toml(text).seats]
        ports = free_ports(2 * len(codes))
        listen: dict[str, Address] = {code: ("127.0.0.1", ports[2 * n]) for n, code in enumerate(codes)}
        roots = []
        for n, code in enumerate(codes):
            others = {other: address for other, address in listen.items() if other != code}
            settings = Settings(code, listen[code], ("127.0.0.1", ports[2 * n + 1]), peers=others)
            roots.append(founding.begin(self.home(code), settings, PASSPHRASE, os.urandom, light=True))
        signed = founding.new_charter(text, roots)
        for code in codes:
            signed = founding.sign(self.home(code), signed, PASSPHRASE, now=datetime.now(UTC), random=os.urandom)
        charter = self.folder / "charter.parley"
        charter.write_bytes(encode_signed(signed))
        for code in codes:
            cards = [self.home(other).card_file for other in codes if other != code]
            missing = founding.join(self.home(code), [charter], cards)
            assert not missing, missing
        return signed.charter


def free_ports(count: int) -> list[int]:
    """Loopback ports that are free now, below those that systems give to outgoing connections."""
    ports: list[int] = []
    candidates = iter(random.sample(LISTENING_PORTS, len(LISTENING_PORTS)))
    while len(ports) < count:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", next(candidates)))
            ports.append(int(probe.getsockname()[1]))
    return ports
