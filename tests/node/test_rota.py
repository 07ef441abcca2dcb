"""Never an alarm without somebody to ring; never no watch, and never two: over rosters, absences, clock changes, keys and
handovers in flight, at every stage of a ring, and the same at every node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from parley.charter.charter import Charter
from parley.desks.watch import HANDOVER, ROSTER
from parley.node.cases.cases import Cases
from parley.node.cases.rota import Rota
from parley.node.cases.watch import Ring, Ringing, Stage, escalates, rings
from parley.node.core.mechanism import Mechanism
from parley.procedure.act import Act
from parley.procedure.clocks import ACKNOWLEDGE, Clock
from parley.procedure.fold import CaseFold
from parley.procedure.roster import Roster
from parley.record.ids import LogId, MemberOrdinal
from parley.record.statement import Precedence
from tests.procedure.histories import CHARTER, ISR, SYR, USA, History
from tests.procedure.test_roster import POSITIONS, YEAR_MS, rosters

SHEET = {"sheet": "ab" * 32}
STEPS = CHARTER.terms.clocks.alternates_ms
FACILITATOR_MS = CHARTER.terms.clocks.facilitator_ms or 0


@dataclass
class Record:
    """A mechanism's watch cases, as `Rota` asks for them."""

    history: History = field(default_factory=History)
    opened: list[Act] = field(default_factory=list)

    charter: Charter = CHARTER

    def current_log(self, member: MemberOrdinal) -> LogId:
        return LogId(member)

    def latest_of(self, kind: str, log: LogId) -> CaseFold | None:
        return next(iter(self.last_of(kind, log, 1)), None)

    def last_of(self, kind: str, log: LogId, limit: int) -> list[CaseFold]:
        own = [act for act in reversed(self.opened) if act.kind == kind and act.place.log == log]
        return [self.history.fold(act) for act in own[:limit]]

    def open(self, member: int, kind: str, content: dict[str, Any], position: str = "duty-1") -> Act:
        act = self.history.say(member, kind, content, position=position)
        self.opened.append(act)
        return act

    def rota(self, keys: Sequence[str]) -> Rota:
        """As any node makes it, from this record."""
        return Rota(cast(Mechanism, self), cast(Cases, self), lambda _, position: position in keys)


def value(roster: Roster) -> dict[str, Any]:
    """A roster as it is said."""

    def shifts(own: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {
                "position": one.position,
                "days": list(one.days),
                "from": one.start,
                "until": one.end,
                "alternates": list(one.alternates),
            }
            for one in own
        ]

    return {
        "zone": roster.zone, "liaison": roster.liaison, "shifts": shifts(roster.shifts),
        "holidays": [{"from": f"{one.first}", "until": f"{one.last}", "shifts": shifts(one.shifts)} for one in roster.holidays],
        "absences": [{"position": one.position, "from": one.start_ms, "until": one.end_ms} for one in roster.absences],
    }  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, Roster, str | None]:
    """A member's roster and what was handed over since: by whom it was taken over last, and perhaps one in flight."""
    record, roster = Record(), draw(rosters())
    record.open(SYR, ROSTER.name, {"roster": value(roster)})
    taken: str | None = None
    for to, end in draw(
        st.lists(
            st.tuples(st.sampled_from(POSITIONS), st.sampled_from(["taken", "kept", "stranger", "offered"])), max_size=5
        )
    ):
        offer = record.open(SYR, HANDOVER.name, {"to": to, **SHEET})
        if end == "taken":
            record.history.say(SYR, "take-over", SHEET, case=offer, position=to)
            taken = to
        elif end == "kept":
            record.history.say(SYR, "keep-watch", {}, case=offer)
        elif end == "stranger":
            record.history.say(SYR, "take-over", SHEET, case=offer, position="liaison")
            record.history.say(ISR, "take-over", SHEET, case=offer, position=to)
    return record, roster, taken


def ring(stage: Stage, alternates: int = 0) -> Ring:
    return Ring("ISR 7", "ISR 7", "message", "ISR/duty-1", Precedence.FLASH, stage, alternates, "SYR", 0, 1)


NOW = st.integers(YEAR_MS, YEAR_MS + 365 * 86_400_000)
KEYS = st.sets(st.sampled_from([*POSITIONS, "liaison"])).map(sorted)


@given(records(), NOW, KEYS)
def test_every_stage_of_a_ring_reaches_somebody_and_each_step_one_more(
    made: tuple[Record, Roster, str | None], now: int, keys: list[str]
) -> None:
    record, roster, _ = made
    rota = record.rota(keys)
    before: tuple[str, ...] = ()
    for alternates in range(len(STEPS) + 1):
        stage = Stage.ALTERNATES if alternates else Stage.FIRST
        reached = rota.reached(ring(stage, alternates), MemberOrdinal(SYR), now)
        assert reached, "never an alarm without somebody to ring"
        assert len(set(reached)) == len(reached), "nobody is rung twice"
        assert reached[: len(before)] == before, "who was rung goes on being rung"
        for position in reached:
            there = position in keys and not roster.is_absent(position, now)
            assert there or position == roster.liaison, "who is away or holds no key is not rung"
        before = reached
    assert before[-1] == roster.liaison, "the last step reaches whoever is left, the liaison with them"
    for stage in (Stage.MISSED, Stage.FACILITATOR):
        assert rota.reached(ring(stage), MemberOrdinal(SYR), now)[0] == before[0]


@given(records(), NOW, KEYS)
def test_there_is_one_accountable_watch_also_while_it_is_handed_over_and_every_node_names_the_same(
    made: tuple[Record, Roster, str | None], now: int, keys: list[str]
) -> None:
    record, roster, taken = made
    standings = [record.rota(keys).standing(MemberOrdinal(SYR), now) for _ in CHARTER.members]
    assert len({repr(one) for one in standings}) == 1
    [standing] = {one.watch.position for one in standings if one is not None}
    if taken is not None and taken in keys and not roster.is_absent(taken, now):
        assert standing == taken, "an offer that was not taken over, by the very position named, changes nothing"
    elif taken is None and roster.shift(now).position in keys and not roster.is_absent(roster.shift(now).position, now):
        assert standing == roster.shift(now).position


@given(records(), KEYS, st.lists(st.integers(0, 400_000), min_size=1, max_size=12), NOW)
def test_a_flash_that_nobody_takes_always_rings_somebody_and_the_facilitator_in_its_time(
    made: tuple[Record, Roster, str | None], keys: list[str], waits: list[int], since: int
) -> None:
    record, _, _ = made
    record.open(USA, ROSTER.name, {"roster": {"zone": "UTC", "liaison": "liaison", "shifts": [
        {"position": "duty-1", "days": list(range(7)), "from": 0, "until": 1440}]}})  # fmt: skip
    clock = Clock(ACKNOWLEDGE, {"en": ""}, "ISR 7", "ISR 7", SYR, Precedence.FLASH, since, since + 600_000, True, None)
    flash = Ringing(clock, "message", "ISR/duty-1", escalates(Precedence.FLASH, life_safety=False))
    rota = record.rota(keys)
    for wait in waits:
        now = since + wait
        [own] = rings([flash], CHARTER, SYR, now)
        assert rota.reached(own, MemberOrdinal(SYR), now)
        assert own.alternates == sum(wait >= step for step in STEPS)
        others = rings([flash], CHARTER, USA, now)
        assert bool(others) == (wait >= FACILITATOR_MS)
        assert all(rota.reached(one, MemberOrdinal(USA), now) for one in others), "the facilitator's own watch is rung"
        assert rings([flash], CHARTER, ISR, now) == []


@given(records(), NOW, KEYS, st.sampled_from([*POSITIONS, "liaison"]))
def test_a_key_that_is_lost_leaves_one_watch(
    made: tuple[Record, Roster, str | None], now: int, keys: list[str], lost: str
) -> None:
    record, roster, _ = made
    rota = record.rota([one for one in keys if one != lost])
    order = rota.order(MemberOrdinal(SYR), now)
    assert order
    assert lost not in order or lost == roster.liaison


def test_a_member_without_a_roster_has_every_officer_rung() -> None:
    assert Record().rota(POSITIONS).reached(ring(Stage.FIRST), MemberOrdinal(SYR), YEAR_MS) == ()
