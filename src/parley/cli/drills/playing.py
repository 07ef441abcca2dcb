"""Scripted players: what the officers of each member do in a drill, mistakes included, drawn from one seed.

`plan` decides before anything happens and is pure; `Players` carries the plans out at real nodes. What the record shows of
them is then scored like anybody's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from parley.cli.client import NodeClient
from parley.cli.drills.leading import MINUTE_MS, Officer
from parley.procedure.drill.exercises import ASSESSED, MISSED_CALL, SPLIT, STOP_CALL, UNKNOWN

WATCH = ("duty-1", "duty-2", "duty-3")
LIAISON = "liaison"
LEADER = "exercise-1"
"""The officer who leads; not on any roster, so also the one who must not answer."""
POSITIONS = (*WATCH, LIAISON, LEADER)
UNIT = "OP4"

SOON_S, AFTER_EACH_S = 0.4, 0.25
CLOCKS = """
[clocks.acknowledge]
FLASH = "15 s"
IMMEDIATE = "30 min"
PRIORITY = "3 h"
ROUTINE = "6 h"

[clocks.rings]
alternates = ["3 s", "6 s"]
facilitator = "9 s"

[clocks.desk]
"line.pass-down" = "3 s"
"""
ALTERNATES_S, FACILITATOR_S, ACKNOWLEDGE_S, PASS_DOWN_S = (3.0, 6.0), 9.0, 15.0, 3.0
ROSTER = {
    "zone": "UTC",
    "shifts": [{"position": WATCH[0], "days": list(range(7)), "from": 0, "until": 1440, "alternates": list(WATCH[1:])}],
    "liaison": LIAISON,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a member's officers do.

    Attributes:
        answers: the position that acknowledges, None where nobody does; `after_s` since the inject.
        misreads, puts_right: reads back otherwise; and right a moment later.
        passes, confirms, tells: passes on to its unit; has the unit's word; tells the outcome.
        cause: what it holds of a silence, None where it says nothing.
        facilitates_s: when the facilitator's officer answers in the case, None where it does not.
    """

    answers: str | None = None
    after_s: float = 0.0
    misreads: bool = False
    puts_right: bool = False
    passes: bool = False
    confirms: bool = False
    tells: bool = False
    cause: str | None = None
    facilitates_s: float | None = None


def plan(
    rng: Random, exercise: str, codes: Sequence[str], addressed: Sequence[str], facilitator: str, shown: str
) -> dict[str, Plan]:
    """A plan for each of `codes`. `shown`: the cause that their screens show, where the drill has one."""
    plans: dict[str, Plan] = {}
    for code in codes:
        own = Plan()
        if code in addressed:
            own = _stop(rng, addressed.index(code)) if exercise == STOP_CALL else _call(rng, exercise)
        elif exercise == MISSED_CALL and code == facilitator:
            own = Plan(facilitates_s=FACILITATOR_S + SOON_S if rng.random() < 0.8 else None)
        cause = _cause(rng, shown) if exercise in ASSESSED else None
        plans[code] = Plan(
            own.answers,
            own.after_s,
            own.misreads,
            own.puts_right,
            own.passes,
            own.confirms,
            own.tells,
            cause,
            own.facilitates_s,
        )
    return plans


def _stop(rng: Random, number: int) -> Plan:
    """A STOP: of the first addressee an alternate takes it; of the others the watch or an alternate, or nobody who should."""
    step = 1 if number == 0 else rng.choice((0, 0, 1, 2))
    after_s = (0.0, *ALTERNATES_S)[step] + SOON_S
    passes = rng.random() < 0.85
    misreads = rng.random() < 0.5
    return Plan(
        LEADER if number and rng.random() < 0.25 else WATCH[step], after_s, misreads, misreads and rng.random() < 0.5, passes,
        passes and rng.random() < 0.6, rng.random() < 0.8,
    )  # fmt: skip


def _call(rng: Random, exercise: str) -> Plan:
    """A call that asks for an acknowledgement alone; a missed one is answered after the facilitator, or too late."""
    if exercise != MISSED_CALL:
        return Plan(WATCH[0], 2 * SOON_S)
    late = rng.random() < 0.3
    return Plan(rng.choice((WATCH[0], WATCH[1])), (ACKNOWLEDGE_S if late else FACILITATOR_S) + 4 * SOON_S)


def _cause(rng: Random, shown: str) -> str | None:
    """What the screen shows, mostly; now and then what it does not, or nothing."""
    draw = rng.random()
    if draw < 0.5:
        return shown
    return UNKNOWN if draw < 0.65 else None if draw < 0.75 else rng.choice(("desk", "refused", "link"))


Act = tuple[float, Callable[[], object]]


@dataclass(slots=True)
class Players:
    """Carries plans out. `officers`: by member and position."""

    officers: Mapping[tuple[str, str], Officer]

    def play(self, plans: Mapping[str, Plan], drill: str, inject: str, about: str | None) -> None:
        """Everybody's acts, each at its time from now on."""
        began = time.monotonic()
        acts = sorted(
            (act for code, own in plans.items() for act in self._acts(code, own, drill, inject, about)),
            key=lambda act: act[0],
        )
        for after_s, act in acts:
            time.sleep(max(0.0, began + after_s - time.monotonic()))
            act()

    def settle_s(self, plans: Mapping[str, Plan]) -> float:
        """How long to wait after the last act until what was left undone is missed."""
        left = any(own.passes and not own.confirms for own in plans.values())
        return PASS_DOWN_S + SOON_S if left else SOON_S

    # ---- inside ------------------------------------------------------------------------------------------------

    def _acts(self, code: str, own: Plan, drill: str, inject: str, about: str | None) -> Iterator[Act]:
        watch = self.officers[code, WATCH[0]]
        if own.answers is not None:
            officer, at = self.officers[code, own.answers], own.after_s
            yield SOON_S / 2, lambda: watch.say("shown", {}, case=inject, about=inject)
            yield at, lambda: self._acknowledge(officer, inject, own.misreads)
            for happens, act in (
                (own.puts_right, lambda: self._acknowledge(officer, inject, misreads=False)),
                (own.passes, lambda: officer.say("passed-on", {"unit": UNIT}, case=inject, about=inject)),
                (own.confirms, lambda: self._confirm(officer, inject)),
                (own.tells, lambda: officer.say("outcome", {"result": "complied"}, case=inject, about=inject)),
            ):
                if happens:
                    at += AFTER_EACH_S
                    yield at, act
        if own.facilitates_s is not None:
            words = {"text": "DRILL. SIMULATION. The facilitator answers this call.", "lang": "en"}
            yield own.facilitates_s, lambda: watch.say("answer", words, case=inject, about=inject)
        if own.cause is not None and about is not None:
            held = {"member": about, "cause": own.cause}
            yield own.after_s + 2 * SOON_S, lambda: watch.say("assessment", held, case=drill)

    def _acknowledge(self, officer: Officer, inject: str, misreads: bool) -> None:
        item = officer.client.case(inject)["items"][0]
        content = item["content"] or {}
        back: dict[str, Any] = {one["name"]: content[one["name"]] for one in item["critical"] if one["name"] in content}
        if misreads and "until" in back:
            back["until"] += 60 * MINUTE_MS
        officer.say("acknowledge", {"read_back": back} if back else {}, case=inject, about=inject)

    def _confirm(self, officer: Officer, inject: str) -> None:
        said = {"unit": UNIT, "by": f"{UNIT} watch", "how": "radio", "time": time.time_ns() // 1_000_000}
        officer.say("unit-confirmed", said, case=inject, about=inject)


def cause_shown(officer: Officer, about: str) -> str:
    """What this officer's node shows of a member: the cause of its silence, or that its log is split."""
    if about in forked(officer.client):
        return SPLIT
    found = next((one for one in officer.client.now()["silence"] if one["code"] == about), None)
    return UNKNOWN if found is None or found["standing"] == "reachable" else str(found["cause"])


def forked(client: NodeClient) -> set[str]:
    """Codes of the members of whose logs a node holds two histories."""
    return {re.sub(r"(?<=[A-Z])[0-9]+$", "", fork["log"]) for fork in client.status()["forks"]}
