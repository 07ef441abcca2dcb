"""Scoring a drill: a pure function from what was observed. Whoever has the same record comes to the same score.

* A rung of an addressee is due when the acknowledge clock is, which runs from its receipt; to pass it on and to have the unit's
  word, the pass-down clock counts from the acknowledgement and from the passing on. An outcome is in time before the end.
* An escalation *step* is a moment at which somebody more is rung: first · each alternate · facilitator; for what does not
  escalate, when it rings again as missed. A step that came is *answered* by an acknowledgement before the next one.
* In a missed-call drill the watch lets it ring on purpose: there the facilitator's step is what is to be answered, and the
  acknowledgement is in time until its clock runs out.
* Nothing after the drill's end counts. What was due only after it is not missed, and neither earns nor costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parley.procedure.drill import scale
from parley.procedure.drill.exercises import ASSESSED, MISSED_CALL, UNKNOWN
from parley.procedure.drill.observed import MemberObserved, Observed, Reached

LADDER = (scale.STORED, scale.SHOWN, scale.ACKNOWLEDGED, scale.READ_BACK)


class Verdict(StrEnum):
    """Of an expectation or a step."""

    ON_TIME = "on-time"
    LATE = "late"
    NEVER = "never"
    NOT_DUE = "not-due"  # the drill ended before it was due


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation: what became of it. `after_ms`: since the inject was said; None where it was not reached."""

    name: str
    verdict: Verdict
    after_ms: int | None
    by: str
    reference: str
    earned: int
    possible: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the escalation that came: when, who is rung from it on, and who answered before the next.

    `name`: ``first``, ``alternates``, ``facilitator`` or ``missed``. Times are since the inject was said.
    """

    name: str
    after_ms: int
    rung: tuple[str, ...]
    answered_ms: int | None
    answered_by: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `detail`: the fields, position, unit, clock or cause that it is about."""

    name: str
    after_ms: int
    detail: str
    reference: str
    cost: int


@dataclass(frozen=True, slots=True)
class MemberScore:
    """What a member came to, 0 to 100; None where nothing was expected of it."""

    code: str
    score: int | None
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A drill's score, 0 to 100, and each member's."""

    exercise: str
    drill: str
    inject: str
    led_by: str
    said_ms: int
    ended_ms: int
    about: str | None
    cause: str | None
    score: int
    members: tuple[MemberScore, ...]


def score(seen: Observed) -> Score:
    """The score of a drill."""
    members = tuple(_member(seen, one) for one in seen.members)
    counted = [one.score for one in members if one.score is not None]
    return Score(
        seen.exercise, seen.drill, seen.inject, seen.led_by, seen.said_ms, seen.ended_ms, seen.about, seen.cause,
        sum(counted) // len(counted) if counted else 0, members,
    )  # fmt: skip


def _member(seen: Observed, member: MemberObserved) -> MemberScore:
    steps = tuple(_steps(seen, member)) if member.addressed else ()
    findings = [*_climbed(seen, member), *_answered(seen, steps), *_facilitated(seen, member), *_assessed(seen, member)]
    mistakes = tuple(sorted(_mistakes(seen, member), key=lambda one: (one.after_ms, one.name, one.detail)))
    possible = sum(one.possible for one in findings)
    if not possible:
        return MemberScore(member.code, None, tuple(findings), steps, mistakes)
    points = 100 * sum(one.earned for one in findings) // possible - sum(one.cost for one in mistakes)
    return MemberScore(member.code, max(0, points), tuple(findings), steps, mistakes)


# ---- what was expected ---------------------------------------------------------------------------------------------


def _climbed(seen: Observed, member: MemberObserved) -> Iterator[Finding]:
    """The rungs of an addressee."""
    if not member.addressed:
        return
    due = _since(seen, member) + seen.clocks.acknowledge_ms
    for name in LADDER:
        if name != scale.READ_BACK or seen.critical:
            yield _finding(seen, name, _reached(seen, member, name), due)
    taken = _reached(seen, member, scale.ACKNOWLEDGED)
    if taken is not None and (seen.acts or _units(seen, member)):
        yield from _passed_on(seen, member, taken)
    if taken is not None and seen.acts:
        yield _finding(seen, scale.OUTCOME, _reached(seen, member, scale.OUTCOME), seen.ended_ms)


def _passed_on(seen: Observed, member: MemberObserved, taken: Reached) -> Iterator[Finding]:
    limit = seen.clocks.pass_down_ms
    yield _finding(seen, scale.PASSED_ON, _reached(seen, member, scale.PASSED_ON), taken.at_ms + limit)
    for alias, at_ms, confirmed_ms in _units(seen, member):
        mark = None if confirmed_ms is None else Reached(confirmed_ms, alias)
        yield _finding(seen, scale.CONFIRMED, mark, at_ms + limit)


def _answered(seen: Observed, steps: tuple[Step, ...]) -> Iterator[Finding]:
    """Whether the first ring was answered before anybody else was rung."""
    if not steps or seen.exercise == MISSED_CALL:
        return
    first, answer = steps[0], next((one for one in steps if one.answered_ms is not None), None)
    if first.verdict is Verdict.NOT_DUE:
        return
    worth = scale.WORTH[scale.ANSWERED]
    verdict = Verdict.ON_TIME if answer is first else Verdict.LATE if answer is not None else Verdict.NEVER
    yield Finding(
        scale.ANSWERED, verdict, answer.answered_ms if answer is not None else None, answer.answered_by if answer is not None else "",
        "", _earned(verdict, worth), worth,
    )  # fmt: skip


def _facilitated(seen: Observed, member: MemberObserved) -> Iterator[Finding]:
    """The facilitator is rung for what nobody has answered: whether its officers acted before that clock ran out."""
    wait = seen.clocks.facilitator_ms
    if not member.facilitates or wait is None:
        return
    rung = [
        since + wait
        for one in seen.members
        if one.addressed and one.code != member.code
        for since in [_since(seen, one)]
        if since + wait < seen.ended_ms and _taken_after(seen, one, since + wait)
    ]
    if rung:
        first = min(rung)
        spoke = next(
            (one for one in sorted(member.spoke, key=lambda one: one.at_ms) if first <= one.at_ms <= seen.ended_ms),
            None,
        )
        mark = Reached(spoke.at_ms, spoke.reference, spoke.position) if spoke is not None else None
        yield _finding(seen, scale.FACILITATED, mark, first - wait + seen.clocks.acknowledge_ms)


def _assessed(seen: Observed, member: MemberObserved) -> Iterator[Finding]:
    """What was held of the silence last: the cause in fact earns all, *unknown* half, another nothing."""
    if seen.exercise not in ASSESSED or member.code == seen.about:
        return
    worth, due = scale.WORTH[scale.ASSESSED], seen.said_ms + seen.clocks.acknowledge_ms
    held = [one for one in member.beliefs if one.at_ms <= seen.ended_ms]
    if not held:
        verdict = Verdict.NEVER if due <= seen.ended_ms else Verdict.NOT_DUE
        yield Finding(scale.ASSESSED, verdict, None, "", "", 0, worth if verdict is Verdict.NEVER else 0)
        return
    last = max(held, key=lambda one: (one.at_ms, one.reference))
    verdict = Verdict.ON_TIME if last.at_ms <= due else Verdict.LATE
    right = worth if last.cause == seen.cause else worth // 2 if last.cause == UNKNOWN else 0
    yield Finding(
        scale.ASSESSED,
        verdict,
        last.at_ms - seen.said_ms,
        last.position,
        last.reference,
        _earned(verdict, right),
        worth,
    )


def _finding(seen: Observed, name: str, mark: Reached | None, due_ms: int) -> Finding:
    worth = scale.WORTH[name]
    if mark is None:
        verdict = Verdict.NEVER if due_ms <= seen.ended_ms else Verdict.NOT_DUE
        return Finding(name, verdict, None, "", "", 0, worth if verdict is Verdict.NEVER else 0)
    verdict = Verdict.ON_TIME if mark.at_ms <= due_ms else Verdict.LATE
    return Finding(
        name, verdict, mark.at_ms - seen.said_ms, mark.position, mark.reference, _earned(verdict, worth), worth
    )


def _earned(verdict: Verdict, worth: int) -> int:
    return {Verdict.ON_TIME: worth, Verdict.LATE: worth // 2}.get(verdict, 0)


# ---- the escalation ------------------------------------------------------------------------------------------------


def _steps(seen: Observed, member: MemberObserved) -> Iterator[Step]:
    """The steps that came before it was answered, or before the drill's end."""
    since, clocks = _since(seen, member), seen.clocks
    times = [("first", since, _rung_at(member, 0))]
    times += [
        ("alternates", since + at, _rung_at(member, number + 1, last=number + 1 == len(clocks.alternates_ms)))
        for number, at in enumerate(clocks.alternates_ms)
    ]
    if clocks.facilitator_ms is not None and not member.facilitates:
        times.append(
            ("facilitator", since + clocks.facilitator_ms, tuple(one.code for one in seen.members if one.facilitates))
        )
    if not clocks.alternates_ms and clocks.facilitator_ms is None:
        times.append(("missed", since + clocks.acknowledge_ms, _rung_at(member, 0)))
    taken = _reached(seen, member, scale.ACKNOWLEDGED)
    for number, (name, at_ms, rung) in enumerate(times):
        if at_ms > seen.ended_ms or (number and taken is not None and taken.at_ms < at_ms):
            return
        until = times[number + 1][1] if number + 1 < len(times) else since + clocks.acknowledge_ms
        last = number + 1 == len(times)
        here = taken if taken is not None and (taken.at_ms < until or last) else None
        yield Step(
            name, at_ms - seen.said_ms, rung, None if here is None else here.at_ms - seen.said_ms,
            "" if here is None else here.position, _step_verdict(seen, here, until),
        )  # fmt: skip


def _step_verdict(seen: Observed, here: Reached | None, until_ms: int) -> Verdict:
    if here is not None:
        return Verdict.ON_TIME if here.at_ms < until_ms else Verdict.LATE
    return Verdict.NEVER if until_ms <= seen.ended_ms else Verdict.NOT_DUE


def _rung_at(member: MemberObserved, number: int, *, last: bool = False) -> tuple[str, ...]:
    """Who is rung from the step of that number on: the watch, each next alternate, in the last step everybody who is left; ():
    the whole watch, where there is no roster."""
    return member.order[number:] if last else member.order[number : number + 1]


# ---- mistakes ------------------------------------------------------------------------------------------------------


def _mistakes(seen: Observed, member: MemberObserved) -> Iterator[Mistake]:
    for one in member.mismatches:
        if one.at_ms <= seen.ended_ms:
            right = one.right_ms is not None and one.right_ms <= seen.ended_ms
            name = scale.MISREAD if right else scale.MISREAD_LEFT
            yield _mistake(seen, name, one.at_ms, ", ".join(one.fields), one.reference)
    taken = _reached(seen, member, scale.ACKNOWLEDGED)
    if taken is not None and member.order and taken.position not in member.order:
        yield _mistake(seen, scale.STRANGER, taken.at_ms, taken.position, taken.reference)
    yield from _missed(seen, member, taken)
    for held in member.beliefs:
        wrong = held.cause not in (seen.cause, UNKNOWN)
        if seen.exercise in ASSESSED and member.code != seen.about and wrong and held.at_ms <= seen.ended_ms:
            yield _mistake(seen, scale.BELIEVED, held.at_ms, held.cause, held.reference)


def _missed(seen: Observed, member: MemberObserved, taken: Reached | None) -> Iterator[Mistake]:
    if member.addressed:
        due = _since(seen, member) + seen.clocks.acknowledge_ms
        if due <= seen.ended_ms and (taken is None or taken.at_ms > due):
            yield _mistake(seen, scale.MISSED, due, scale.ACKNOWLEDGED, seen.inject)
    for alias, at_ms, confirmed_ms in _units(seen, member):
        due = at_ms + seen.clocks.pass_down_ms
        if due <= seen.ended_ms and (confirmed_ms is None or confirmed_ms > due):
            yield _mistake(seen, scale.MISSED, due, alias, seen.inject)


def _mistake(seen: Observed, name: str, at_ms: int, detail: str, reference: str) -> Mistake:
    return Mistake(name, at_ms - seen.said_ms, detail, reference, scale.COST[name])


# ---- what counts ---------------------------------------------------------------------------------------------------


def _since(seen: Observed, member: MemberObserved) -> int:
    """From when its clocks run: its receipt; without one, when it was said."""
    stored = _reached(seen, member, scale.STORED)
    return stored.at_ms if stored is not None else seen.said_ms


def _reached(seen: Observed, member: MemberObserved, name: str) -> Reached | None:
    mark = member.rungs.get(name)
    return mark if mark is not None and mark.at_ms <= seen.ended_ms else None


def _units(seen: Observed, member: MemberObserved) -> list[tuple[str, int, int | None]]:
    return [
        (
            one.alias,
            one.at_ms,
            one.confirmed_ms if one.confirmed_ms is not None and one.confirmed_ms <= seen.ended_ms else None,
        )
        for one in member.units
        if one.at_ms <= seen.ended_ms
    ]


def _taken_after(seen: Observed, member: MemberObserved, at_ms: int) -> bool:
    taken = _reached(seen, member, scale.ACKNOWLEDGED)
    return taken is None or taken.at_ms >= at_ms
