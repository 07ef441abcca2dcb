"""Seats at the floors of the demo: positions offered by one-time links, their keys enrolled as soon as a browser presents them.

For demonstrations alone: nobody compares a fingerprint here. A link that runs out before it is opened is replaced.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parley.api.octets import from_text
from parley.charter.directory_build import DirectorySigner
from parley.charter.directory_kinds import KEY_BYTES, SIGNATURE_BYTES, Enrolment
from parley.cli.inviting import link_to
from parley.cli.stage import PASSPHRASE, Stage
from parley.errors import ParleyError, Refused
from parley.node import founding

POLL_S = 0.3


@dataclass(slots=True)
class Seat:
    """One position offered: its link, and whether a browser holds it."""

    code: str
    position: str
    link: str
    id: str
    mandates: list[str]
    taken: bool = False


class Seats:
    """See the module."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._seats: dict[tuple[str, str], Seat] = {}
        self._ended = threading.Event()
        self._attending: threading.Thread | None = None

    def offer(
        self, positions: Sequence[str], codes: Sequence[str] | None = None, mandates: Sequence[str] | None = None
    ) -> None:
        """Offer these positions at every floor, or at those of `codes`, and enrol who comes from now on.

        `mandates`: that they are to hold; by default all those of a duty officer.
        """
        for code in codes or self._stage.codes:
            member = self._stage.charter.member(code)
            assert member is not None, f"{code} is in the charter"
            held = list(mandates) if mandates is not None else self._stage.mandates(member)
            for position in positions:
                self._seats[code, position] = self._invite(code, position, held)
        if self._attending is None:
            self._attending = threading.Thread(target=self._run, name="demo-seats", daemon=True)
            self._attending.start()

    def of(self, position: str) -> list[Seat]:
        """The seats of that name, one at each floor."""
        return [seat for (_, name), seat in self._seats.items() if name == position]

    def end(self) -> None:
        """Enrol nobody any more."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(POLL_S):
            for seat in list(self._seats.values()):
                if not seat.taken:
                    with suppress(ParleyError):  # a node that is down is asked again
                        self._attend(seat)

    def _attend(self, seat: Seat) -> None:
        try:
            found = self._stage.clients[seat.code].invitation(seat.id)
        except Refused:  # the node was started anew, and knows none
            found = {"state": "expired"}
        if found["state"] == "presented":
            self._enrol(seat, found)
            seat.taken = True
        elif found["state"] in ("expired", "refused"):
            renewed = self._invite(seat.code, seat.position, seat.mandates)
            seat.id, seat.link = renewed.id, renewed.link

    def _invite(self, code: str, position: str, mandates: list[str]) -> Seat:
        member = self._stage.charter.member(code)
        assert member is not None, f"{code} is in the charter"
        made = self._stage.clients[code].invite(position, mandates, member.languages[0])
        link = link_to(self._stage.home(code).settings().api, made["token"])
        return Seat(code, position, link, made["id"], mandates)

    def _enrol(self, seat: Seat, presented: dict[str, Any]) -> None:
        mechanism = self._stage.charter.mechanism
        key_file = founding.registrar_key_file(self._stage.home(seat.code))
        registrar = founding.read_signing_key(key_file, PASSPHRASE, founding.REGISTRAR)
        enrolment = Enrolment(
            seat.position, from_text("public_key", presented["public_key"], KEY_BYTES),
            from_text("possession", presented["possession"], SIGNATURE_BYTES), tuple(presented["mandates"]),
        )  # fmt: skip
        member = self._stage.charter.member(seat.code)
        assert member is not None, f"{seat.code} is in the charter"
        signer = DirectorySigner(mechanism, member.code, founding.REGISTRAR, registrar)
        self._stage.clients[seat.code].submit(
            *founding.directory_statement(enrolment, signer, now=datetime.now(UTC), random=os.urandom)
        )
