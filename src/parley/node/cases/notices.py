"""What stands at the de-escalation desk as notices (`geo.notice`): what goes out to other systems, and onto paper.

A notice says what its case says now, in the words of who filed it, and is the same on every node that sees the case. Its version
counts corrections. A CAP alert is another thing at each step (Common Alerting Protocol 1.2, 3.2.1), so there the *edition* is
counted: corrections, and every change of phase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from parley.desks.deescalation import COORDINATION, NOTICE, PROTECTED, STANDING, STANDSTILL, ZONE
from parley.desks.line import STOP
from parley.errors import BadInput, Refused
from parley.exchange import cap
from parley.geo.notice import MAX_TEXT_CHARS, MAX_TITLE_CHARS, Activity, Notice, Phase
from parley.node.cases.cases import Cases
from parley.node.cases.conflicts import volumes_of
from parley.node.core.mechanism import Mechanism
from parley.procedure.act import Act
from parley.procedure.fold import DISOWNED, CaseFold
from parley.procedure.words import FALLBACK, said

PHASES: Mapping[str, Mapping[str, Phase]] = {
    NOTICE.name: {
        "filed": Phase.PLANNED, "read-back": Phase.PLANNED, "objected": Phase.PLANNED, "active": Phase.ACTIVE,
        "off-nominal": Phase.ACTIVE, "ended": Phase.ENDED, "called-off": Phase.WITHDRAWN,
    },
    ZONE.name: {"proposed": Phase.PLANNED, "in-force": Phase.ACTIVE, "lifted": Phase.ENDED, "taken-back": Phase.WITHDRAWN},
    STANDSTILL.name: {
        "offered": Phase.PLANNED, "in-force": Phase.ACTIVE, "denounced": Phase.ENDED, "taken-back": Phase.WITHDRAWN,
    },
    STOP.name: {"called": Phase.ACTIVE, "taken": Phase.ACTIVE, "lifted": Phase.ENDED, "withdrawn": Phase.WITHDRAWN},
}  # fmt: skip
"""By the kind that opens a case and its state: where it stands for other systems."""
_ZONES = {
    "separation": Activity.AVOID, "restricted-airspace": Activity.AVOID, PROTECTED: Activity.AVOID,
    "limited-forces": Activity.LIMITED, "corridor": Activity.CORRIDOR,
}  # fmt: skip


class Edition(NamedTuple):
    """One step of what other systems are told of a case."""

    act: Act
    phase: Phase


def notice_of(case: CaseFold, code: str, *, simulation: bool) -> Notice | None:
    """A case as a notice; None where it is none, says nothing that counts, or what it says is not in sight here.

    Args:
        code: of the member that opened it.
        simulation: whether the charter is of an exercise.
    """
    now = case.current()
    disowned = case.state == DISOWNED
    phase = Phase.WITHDRAWN if disowned else PHASES.get(case.opening.kind, {}).get(case.state)
    if case.opening.kind not in PHASES or phase is None or now.content is None or (now.because and not disowned):
        return None
    volumes, _ = volumes_of(case)
    title, text = _words(case)
    try:
        return Notice(
            case.opening.reference, 1 + _corrections(case), code, _activity(case), phase, title, text,
            str(now.content.get("lang", FALLBACK)), now.act.at_ms, volumes, simulation=simulation,
        )  # fmt: skip
    except BadInput:
        return None


def find_notice(cases: Cases, mechanism: Mechanism, reference: str) -> tuple[CaseFold, Notice]:
    """The case of that reference, as a notice.

    Raises:
        Refused: code ``notice.none``: there is none, or it is nothing that other systems take.
    """
    case = cases.case(reference)
    notice = notice_of(case, mechanism.code(case.opening.member), simulation=mechanism.charter.terms.exercise)
    if notice is None:
        raise Refused(
            "notice.none", f"{reference} is no notice, zone, standstill or STOP that can be seen here", field="reference",
            rule="the reference of its case",
        )  # fmt: skip
    return case, notice


def standing_notices(cases: Cases, mechanism: Mechanism, references: Iterator[str]) -> list[Notice]:
    """Those of cases that are notices, in the order given."""
    simulation = mechanism.charter.terms.exercise
    found = (cases.case(reference) for reference in references)
    made = (notice_of(case, mechanism.code(case.opening.member), simulation=simulation) for case in found)
    return [one for one in made if one is not None]


def editions(case: CaseFold) -> list[Edition]:
    """Every step, first to last: filed, each correction, each change of phase, and that its authority withdrew it."""
    phases = PHASES[case.opening.kind]
    entered = [(one.act, phases.get(one.state)) for one in case.entered]
    corrections = [(item.act, None) for item in case.items if _is_correction(case, item.act.reference)]
    found: list[Edition] = []
    for act, phase in sorted([*entered, *corrections], key=lambda one: one[0].key):
        before = found[-1].phase if found else None
        is_correction = phase is None or _is_correction(case, act.reference)
        if found and found[-1].act is act:
            found[-1] = Edition(act, phase or found[-1].phase)
        elif is_correction or phase is not before:
            found.append(Edition(act, phase or before or Phase.PLANNED))
    return [*found, Edition(case.moved_by, Phase.WITHDRAWN)] if case.state == DISOWNED else found


def cap_alert(case: CaseFold, notice: Notice, sender: str) -> bytes:
    """The CAP 1.2 alert of a case as it stands; the same bytes on every node.

    Args:
        sender: unique in the world; the origin of the log of who filed it.
    """
    steps = editions(case)
    named = [replace(notice, version=number) for number in range(1, len(steps) + 1)]
    earlier = [
        cap.Sent(sender, cap.identifier(one), step.act.at_ms) for one, step in zip(named[:-1], steps[:-1], strict=True)
    ]
    return cap.write(named[-1], sender, steps[-1].act.at_ms, earlier)


def _is_correction(case: CaseFold, reference: str) -> bool:
    return any(item.superseded == reference for item in case.items)


def _corrections(case: CaseFold) -> int:
    item, count = case.items[0], 0
    while item.superseded is not None:
        item = next(one for one in case.items if one.act.reference == item.superseded)
        count += 1
    return count


def _activity(case: CaseFold) -> Activity:
    content = case.current().content or {}
    match case.opening.kind:
        case STOP.name:
            return Activity.STOP
        case STANDSTILL.name:
            return Activity.STANDSTILL
        case ZONE.name:
            return _ZONES.get(str(content.get("zone")), Activity.AVOID)
    return Activity(str(content.get("activity")))


def _words(case: CaseFold) -> tuple[str, str]:
    """Title and text. A notice has the unit and its intent; others the first line of what was said, or the name of their kind."""
    now = case.current()
    content = now.content or {}
    if case.opening.kind == NOTICE.name:
        return _cut(str(content.get("unit", "")).strip() or "—", MAX_TITLE_CHARS), _cut(
            str(content.get("intent", "")), MAX_TEXT_CHARS
        )
    spoken = str(content.get("terms") or content.get("text") or "").strip()
    first = spoken.partition("\n")[0].strip()
    title = _cut(first or said(now.kind.title, str(content.get("lang", FALLBACK))), MAX_TITLE_CHARS)
    return title, "" if spoken == title else _cut(spoken, MAX_TEXT_CHARS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


assert PHASES.keys() == STANDING.keys(), f"of all but {COORDINATION.name}, which has no volumes"
