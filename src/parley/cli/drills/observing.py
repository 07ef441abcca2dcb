"""What a node shows of a drill, as the scorer looks at it. From views of the record and the charter alone: every node that holds
the record gives the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from parley.cli.client import NodeClient
from parley.errors import BadInput, Refused
from parley.procedure.clocks import PASS_DOWN, PASS_DOWN_MS
from parley.procedure.drill.exercises import ASSESSED
from parley.procedure.drill.observed import Belief, Clocks, MemberObserved, Mismatch, Observed, Passed, Reached, Spoke
from parley.procedure.roster import on_watch, parse_roster
from parley.record.statement import Precedence

View = Mapping[str, Any]
WATCH_DESK = "watch"
PAGE_CASES, MOST_PAGES = 200, 50
BY_SCREENS = frozenset({"shown"})
"""Statements that a screen signs by itself: nobody acted."""


def observe(client: NodeClient, drill: str) -> Observed:
    """What the node behind `client` shows of the drill of that reference.

    Raises:
        Refused: there is no such drill, it is not over, or nothing was injected.
    """
    return observed(client.case(drill), client, client.view("floor"), watch_cases(client))


def watch_cases(client: NodeClient) -> list[View]:
    """The rosters and handovers that a node shows, the latest moved first."""
    found: list[View] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        page = client.view(f"cases?desk={WATCH_DESK}&limit={PAGE_CASES}{cursor}")
        found += [one for one in page["cases"] if one["kind"] in ("roster", "handover")]
        if page["next"] is None:
            break
        cursor = f"&before={quote(page['next'])}"
    return found


def observed(
    led: View, client: NodeClient, floor: View, watch: Sequence[View], *, inject: str | None = None, ended_ms: int | None = None,
    cause: str | None = None,
) -> Observed:  # fmt: skip
    """What `led`, the case of a drill, its inject, the charter's `floor` and the cases of the `watch` desk show.

    `inject`, `ended_ms` and `cause` are of a drill that is not over yet; else they are as its end says.
    """
    if led["kind"] != "drill":
        raise Refused("drill.unknown", f"{led['reference']} is no drill", field="drill")
    over = next((one for one in _said(led, "drill-over")), None)
    if over is not None:
        told = over["content"] or {}
        inject, cause, ended_ms = told.get("inject"), told.get("cause"), over["at_ms"]
    elif ended_ms is None:
        raise Refused("drill.not-over", "it is not over yet", field="drill", rule="who leads it ends it")
    if inject is None or ended_ms is None:
        raise Refused("drill.no-inject", "it was called off before anything was injected", field="drill")
    case, opening = client.case(inject), led["items"][0]
    item = next(one for one in case["items"] if one["reference"] == inject)
    content = opening["content"] or {}
    exercise, about = str(content.get("exercise", "")), content.get("member")
    kind = next((one for desk in floor["desks"] for one in desk["kinds"] if one["name"] == item["kind"]), None)
    members = [
        _member(one, item, case, led, exercise, about, watch)
        for one in floor["members"]
        if _is_scored(one, item, opening["author"], exercise, about)
    ]
    return Observed(
        exercise, led["reference"], inject, f"{opening['author']}/{opening['position']}", item["at_ms"], ended_ms,
        bool(item["critical"]), bool(kind and kind["acts_first"]), _clocks(floor, item, kind), tuple(members), about,
        cause,
    )  # fmt: skip


def _said(case: View, kind: str) -> Iterable[View]:
    return (one for one in case["items"] if one["kind"] == kind and one["because"] is None)


def _is_scored(member: View, item: View, leader: str, exercise: str, about: str | None) -> bool:
    """Addressees, who is rung for them, and whoever is to assess a silence; not the member that it is about."""
    code = member["code"]
    if code == about and exercise in ASSESSED:
        return False
    return code in item["addressees"] or (_facilitates(member, leader)) or exercise in ASSESSED


def _facilitates(member: View, leader: str) -> bool:
    return bool(member["role"] == "facilitator" and member["code"] != leader)


def _clocks(floor: View, item: View, kind: View | None) -> Clocks:
    told = floor["clocks"]
    escalates = item["precedence"] == Precedence.FLASH.name or bool(kind and kind["life_safety"])
    return Clocks(
        told["acknowledge_ms"][item["precedence"]], tuple(told["alternates_ms"]) if escalates else (),
        told["facilitator_ms"] if escalates else None, told["desk_ms"].get(PASS_DOWN, PASS_DOWN_MS),
    )  # fmt: skip


def _member(
    member: View, item: View, case: View, led: View, exercise: str, about: str | None, watch: Sequence[View]
) -> MemberObserved:
    code, opening = member["code"], led["items"][0]
    ladder = next((one for one in item["ladders"] if one["member"] == code), None)
    times = {one["reference"]: one["at_ms"] for one in case["items"]}
    beliefs = [
        Belief(one["at_ms"], one["content"]["cause"], one["position"], one["reference"])
        for one in _said(led, "assessment")
        if one["author"] == code and one["content"] and one["content"].get("member") == about
        and (code, one["position"]) != (opening["author"], opening["position"])
    ]  # fmt: skip
    spoke = [
        Spoke(one["at_ms"], one["position"], one["reference"])
        for one in case["items"]
        if one["author"] == code and one["kind"] not in BY_SCREENS and one["because"] is None
    ]
    wrong = [
        Mismatch(one["opened_ms"], tuple(one["fields"]), one["opened"], times.get(one["closed"]))
        for one in case["clarifications"]
        if one["about"] == item["reference"] and one["asker"] == code and one["fields"]
    ]
    return MemberObserved(
        code, code in item["addressees"], _facilitates(member, opening["author"]), order_at(watch, code, item["at_ms"]),
        {one["rung"]: Reached(one["at_ms"], one["reference"], one["position"]) for one in ladder["rungs"]} if ladder else {},
        tuple(wrong), tuple(_units(ladder)), tuple(beliefs) if exercise in ASSESSED else (), tuple(spoke),
    )  # fmt: skip


def _units(ladder: View | None) -> Iterable[Passed]:
    for one in ladder["units"] if ladder else ():
        yield Passed(one["alias"], one["passed"]["at_ms"], one["confirmed"] and one["confirmed"]["at_ms"])


def order_at(watch: Sequence[View], code: str, at_ms: int) -> tuple[str, ...]:
    """Who had the watch of a member then, and who was rung after it, by the roster and the handovers of the record; () without a
    roster. Keys are not looked at: who had none could not sign."""
    rosters = [one for one in watch if one["kind"] == "roster" and one["opener"] == code and one["opened_ms"] <= at_ms]
    content = max(rosters, key=_opened)["items"][0]["content"] if rosters else None
    try:
        roster = parse_roster(content["roster"]) if content else None
    except BadInput:
        return ()
    if roster is None:
        return ()
    taken = [
        one for one in watch
        if one["kind"] == "handover" and one["opener"] == code
        and any(entered["state"] == "taken-over" and entered["at_ms"] <= at_ms for entered in one["entered"])
    ]  # fmt: skip
    taken_by = (max(taken, key=_opened)["items"][0]["content"] or {}).get("to") if taken else None
    found = on_watch(roster, taken_by, at_ms, lambda _: True)
    return (found.position, *found.alternates)


def _opened(case: View) -> int:
    return int(case["opened_ms"])
