"""Leading a drill: announce, inject, wait, end, score. Who leads is an officer of one member, and speaks under its own key."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.charter.charter import Charter
from parley.cli.client import NodeClient
from parley.cli.drills.observing import observe, observed, watch_cases
from parley.cli.drills.texts import ANNOUNCED, ENDED, INJECTED, text_of
from parley.cli.settings import random_bytes
from parley.cli.speaking import Speaker, speak
from parley.errors import Refused
from parley.procedure.drill.exercises import FORK_SEEN, NODE_LOST, SPLIT, STOP_CALL
from parley.procedure.drill.score import Score, Verdict, score
from parley.record.statement import Precedence

POLL_S = 0.5
STOP_FOR_MS, MINUTE_MS = 3_600_000, 60_000
AREA = {"circle": [335_000_000, 358_000_000, 2_000]}
DRILL_KINDS = ("drill", "assessment", "drill-over")
CAUSE_IN_FACT = {NODE_LOST: "node", FORK_SEEN: SPLIT}

Note = Callable[[str], None]


@dataclass(slots=True)
class Officer:
    """An officer who speaks at the node behind `client`."""

    client: NodeClient
    charter: Charter
    speaker: Speaker

    def say(
        self, kind: str, content: Mapping[str, Any], *, to: Sequence[str] | None = None, precedence: str = "ROUTINE",
        case: str | None = None, about: str | None = None,
    ) -> str:  # fmt: skip
        """Sign and hand in; the reference. `about` stands in `case`.

        Raises:
            ParleyError: the node refuses, or does not answer.
        """
        digests = {one["reference"]: one["digest"] for one in self.client.case(case)["items"]} if case and about else {}
        rule = self.charter.kinds.get(kind)
        ceiling = Precedence[precedence]
        able = [name for name in rule.mandates if self.charter.mandates[name].ceiling >= ceiling] if rule else []
        statement, raw = speak(
            self.charter, self.speaker, kind, content, now_s=int(time.time()), random=random_bytes, precedence=precedence, to=to,
            case=case, mandate=able[0] if able else None, about=[bytes.fromhex(digests[about])] if about else (),
        )  # fmt: skip
        return self.client.submit(statement, raw)


@dataclass(slots=True)
class Leader:
    """See the module. `language`: of what the drill says."""

    officer: Officer
    language: str
    note: Note

    def check(self, exercise: str, member: str | None) -> None:
        """Refuse where a drill must not be led.

        Raises:
            Refused: code ``drill.exercise``, ``drill.kinds``, ``drill.member``.
        """
        check_charter(self.officer.charter)
        about = member in {one.code for one in self.officer.charter.members} and member != self.officer.speaker.code
        if exercise in CAUSE_IN_FACT and not about:
            raise Refused(
                "drill.member", "names no other member", field="lost", rule="the code of the member that it is about"
            )

    def announce(self, exercise: str, member: str | None) -> str:
        """Open the drill's case; its reference."""
        content = {"exercise": exercise, **text_of(ANNOUNCED, exercise, self.language, member)}
        if member is not None:
            content["member"] = member
        reference = self.officer.say("drill", content)
        self.note(f"{reference}: announced")
        return reference

    def inject(self, exercise: str, member: str | None, to: Sequence[str] | None) -> str:
        """Say what is to be handled; its reference. `to`: by default everybody but `member`."""
        content: dict[str, Any] = text_of(INJECTED, exercise, self.language, member)
        addressed = list(to) if to else [one for one in self._others() if one != member]
        if exercise == STOP_CALL:
            until = (time.time_ns() // 1_000_000 // MINUTE_MS + 1) * MINUTE_MS + STOP_FOR_MS
            content |= {"area": AREA, "activity": "fire", "until": until}
        kind = "stop" if exercise == STOP_CALL else "message"
        reference = self.officer.say(kind, content, to=addressed, precedence=Precedence.FLASH.name)
        self.note(f"{reference}: {kind}, FLASH, to {', '.join(addressed)}")
        return reference

    def wait(self, drill: str, inject: str, exercise: str, wait_s: float) -> None:
        """Until everything expected was done, or for `wait_s`. Who was to be rung is looked up once: it was so when it was said."""
        client = self.officer.client
        floor, watch = client.view("floor"), watch_cases(client)
        deadline = time.monotonic() + wait_s
        while time.monotonic() < deadline:
            live = observed(
                client.case(drill), client, floor, watch, inject=inject, ended_ms=client.now()["now_ms"],
                cause=CAUSE_IN_FACT.get(exercise),
            )  # fmt: skip
            findings = [finding for member in score(live).members for finding in member.findings]
            if findings and all(one.verdict in (Verdict.ON_TIME, Verdict.LATE) for one in findings):
                return
            time.sleep(POLL_S)

    def end(self, drill: str, inject: str | None, exercise: str) -> None:
        """End the drill, a STOP of its own with it: it was no STOP."""
        told = {"inject": inject} if inject is not None else {}
        if inject is not None and exercise in CAUSE_IN_FACT:
            told["cause"] = CAUSE_IN_FACT[exercise]
        self.officer.say("drill-over", told, case=drill)
        if inject is not None and exercise == STOP_CALL:
            reason = text_of(ENDED, exercise, self.language, None)
            self.officer.say("withdraw", {"reason": reason["text"], "lang": reason["lang"]}, case=inject)
        self.note(f"{drill}: over")

    def score(self, drill: str) -> Score:
        """What the record shows of everyone."""
        return score(observe(self.officer.client, drill))

    def _others(self) -> list[str]:
        charter, me = self.officer.charter, self.officer.speaker.code
        sight = charter.channels[charter.kinds["message"].channels[0]].content
        return [one.code for one in charter.members if one.code != me and sight >> one.ordinal & 1]


def check_charter(charter: Charter) -> None:
    """Refuse what is no exercise, or opens no drills.

    Raises:
        Refused: code ``drill.exercise`` or ``drill.kinds``.
    """
    if not charter.terms.exercise:
        raise Refused(
            "drill.exercise", "this mechanism is no exercise: what a drill says would stand in its record as an act of a state",
            field="charter", rule="lead drills in a mechanism whose charter says exercise = true",
        )  # fmt: skip
    lacking = [kind for kind in DRILL_KINDS if kind not in charter.kinds]
    if lacking:
        raise Refused("drill.kinds", f"the charter does not open {', '.join(lacking)}", field="charter",
                      rule="amend it by these kinds of the desk drills")  # fmt: skip
