"""`parley drill --players`: a mechanism of its own, founded as the demo's is, with scripted officers who make mistakes.

Here a node is killed, and a log is split by a member that puts an old copy of its node back, high-water file and all: things
that nobody should do to a mechanism that is kept. Nothing of it stays.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.charter.terms import Role
from parley.cli.drills.leading import Leader, Note, Officer
from parley.cli.drills.observing import observe
from parley.cli.drills.playing import CLOCKS, LEADER, POSITIONS, ROSTER, Plan, Players, cause_shown, forked, plan
from parley.cli.speaking import Speaker
from parley.cli.stage import Stage
from parley.crypto.keys import SigningKey
from parley.errors import ParleyError, Refused
from parley.procedure.drill.exercises import FORK_SEEN, MISSED_CALL, NODE_LOST
from parley.procedure.drill.score import Score, score

LIMIT_S = 40.0
POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One drill played. `agreed`: whether every node that keeps the record came to that very score."""

    score: Score
    plans: dict[str, Plan]
    agreed: bool


class Rehearsal:
    """See the module. The `stage` is founded, and not started."""

    def __init__(self, stage: Stage, seed: int, note: Note) -> None:
        self._stage = stage
        self._rng = random.Random(seed)  # of the players' mistakes: nothing secret
        self._note = note
        self._parties = [one.code for one in stage.charter.members if one.role is Role.PARTY]
        self._facilitator = next(one.code for one in stage.charter.members if one.role is Role.FACILITATOR)
        self._first = self._rng.randrange(len(self._parties))
        self._led = 0
        self._split: set[str] = set()
        self._officers = {
            (code, position): Officer(
                stage.clients[code], stage.charter, Speaker(code, position, SigningKey.generate(os.urandom))
            )
            for code in stage.codes
            for position in POSITIONS
        }

    def begin(self) -> None:
        """Start the nodes, enrol everybody, and put the rosters in force."""
        stage = self._stage
        for code in stage.codes:
            stage.start(code)
        for code in stage.codes:
            stage.enrol(code, {position: self._officers[code, position].speaker.key for position in POSITIONS})
        self._until("all lines are open", self._all_lines)
        for code in stage.codes:
            self._officers[code, POSITIONS[0]].say("roster", {"roster": ROSTER})
        self._note(
            f"{len(stage.codes)} nodes run, {len(POSITIONS)} officers are enrolled at each, rosters are in force"
        )

    def play(self, exercise: str) -> Rehearsed:
        """Lead one drill. One party leads as often as the other, and is led as often."""
        turn, self._led = self._led + self._first, self._led + 1
        by, other = self._parties[turn % len(self._parties)], self._parties[(turn + 1) % len(self._parties)]
        about = self._about(exercise, other)
        leader = Leader(self._officers[by, LEADER], self._language(by), self._note)
        drill = leader.announce(exercise, about)
        self._until("everybody has the announcement", lambda: self._everybody_has(drill))
        if about is not None:
            self._happen(exercise, about, by)
        live = [code for code in self._stage.codes if code != about]
        addressed = [other] if exercise == MISSED_CALL else [code for code in live if code != by]
        inject = leader.inject(exercise, about, addressed)
        self._until("they have it", lambda: all(self._has(code, inject) for code in addressed))
        shown = cause_shown(self._officers[by, POSITIONS[0]], about) if about is not None else ""
        plans = plan(self._rng, exercise, live, addressed, self._facilitator, shown)
        players = Players(self._officers)
        players.play(plans, drill, inject, about)
        time.sleep(players.settle_s(plans))
        leader.end(drill, inject, exercise)
        if exercise == NODE_LOST and about is not None:
            self._stage.start(about)
            self._until("the lines are back", self._all_lines)
        return self._agree(drill, plans)

    # ---- what happens ------------------------------------------------------------------------------------------

    def _about(self, exercise: str, other: str) -> str | None:
        if exercise == NODE_LOST:
            return self._rng.choice([other, self._facilitator])
        return other if exercise == FORK_SEEN else None

    def _happen(self, exercise: str, about: str, by: str) -> None:
        witnesses = [code for code in self._stage.codes if code != about]
        if exercise == NODE_LOST:
            self._stage.kill(about)
            self._note(f"SIGKILL: the node of {about}")
            self._until(
                f"{about} is seen to be silent", lambda: all(self._is_silent(code, about) for code in witnesses)
            )
        else:
            self._split_log(about, by, next(code for code in witnesses if code != by))
            self._until(
                "everybody sees two histories",
                lambda: all(about in forked(self._stage.clients[code]) for code in witnesses),
            )
            self._note(f"the log of {about} is split: every other node holds the proof")

    def _split_log(self, about: str, first: str, second: str) -> None:
        """Have a member write one history before one witness, and another before the other, while those cannot tell each other."""
        stage, home = self._stage, self._stage.home(about).path
        kept = home.with_name(f"{about}.before")
        stage.line("cut", first, second)
        stage.line("cut", about, second)
        stage.kill(about)
        shutil.copytree(home, kept)
        self._write(about, first, "one history")
        stage.kill(about)
        shutil.rmtree(home)
        kept.rename(home)
        stage.clients[first].drill("cut", about)
        stage.clients[second].drill("restore", about)
        self._write(about, second, "another history")
        self._split.add(about)
        stage.clients[first].drill("restore", about)
        stage.line("restore", first, second)

    def _write(self, about: str, witness: str, text: str) -> None:
        self._stage.start(about)
        self._until(f"a line to {witness}", lambda: self._line(about, witness))
        said = self._officers[about, POSITIONS[0]].say("service", {"text": f"DRILL. SIMULATION: {text}.", "lang": "en"})
        self._until(f"{witness} has it", lambda: bool(self._stage.clients[witness].entry(said)))

    # ---- who has come to what ----------------------------------------------------------------------------------

    def _agree(self, drill: str, plans: dict[str, Plan]) -> Rehearsed:
        """Wait until every node that keeps its record comes to the same score."""
        clients = [self._stage.clients[code] for code in self._stage.codes if code not in self._split]
        found: list[Score] = []

        def same() -> bool:
            found[:] = [score(observe(client, drill)) for client in clients]
            return len({repr(one) for one in found}) == 1

        try:
            self._until("every node comes to the same score", same)
        except Refused as late:
            if not found:
                raise
            self._note(late.reason)
            return Rehearsed(found[0], plans, agreed=False)
        return Rehearsed(found[0], plans, agreed=True)

    def _until(self, what: str, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT_S
        while True:
            try:
                if is_so():
                    return
            except ParleyError:  # not there yet
                pass
            if time.monotonic() > end:
                raise Refused("drill.late", f"{what}: not within {LIMIT_S:.0f} s")
            time.sleep(POLL_S)

    def _everybody_has(self, reference: str) -> bool:
        return all(self._has(code, reference) for code in self._stage.codes if code not in self._split)

    def _has(self, code: str, reference: str) -> bool:
        return bool(self._stage.clients[code].case(reference))

    def _all_lines(self) -> bool:
        return all(self._line(code, other) for code, other in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        codes = [code for code in self._stage.codes if code not in self._split]
        return ((code, other) for code in codes for other in codes if other != code)

    def _line(self, code: str, other: str) -> bool:
        return any(
            peer["code"] == other and peer["line"] == "open" for peer in self._stage.clients[code].status()["peers"]
        )

    def _is_silent(self, code: str, about: str) -> bool:
        found = self._stage.clients[code].now()["silence"]
        return any(one["code"] == about and (one["standing"], one["cause"]) == ("unreachable", "node") for one in found)

    def _language(self, code: str) -> str:
        member = self._stage.charter.member(code)
        assert member is not None, "a code of the stage"
        return member.languages[0]


def rehearse(folder: Path, charter_text: str, exercises: Sequence[str], seed: int, note: Note) -> list[Rehearsed]:
    """Found a mechanism in `folder` from a charter's text, with clocks of seconds, and play these drills; a split log comes last.

    Raises:
        ParleyError: something does not come about.
    """
    with Stage(folder, quickened(charter_text)) as stage:
        rehearsal = Rehearsal(stage, seed, note)
        rehearsal.begin()
        return [rehearsal.play(one) for one in sorted(exercises, key=lambda one: one == FORK_SEEN)]


def quickened(charter_text: str) -> str:
    """The text of a charter with clocks of seconds instead of its own."""
    kept, in_clocks = [], False
    for line in charter_text.splitlines():
        if re.match(r"\s*\[", line):
            in_clocks = bool(re.match(r"\s*\[clocks[.\]]", line))
        if not in_clocks:
            kept.append(line)
    return "\n".join(kept) + "\n" + CLOCKS
