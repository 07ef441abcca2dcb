"""Conflicts: what one member has filed that would meet something of another, derived alike on every node and stated by nobody.

*Items* are the cases whose volumes count in the state they are in (`desks.deescalation.STANDING`): notices, zones and standstills in
force, STOPs. A conflict is a pair of items that concern each other (`concern`) and whose volumes are not clear of each other
(`geo`). It is there as long as both stand as they do: an item that is moved, delayed or withdrawn takes it away. Both sides
settle it in a `coordination`, which is found by the two references that it names.

What an author's node refuses at the door, nothing of it recorded: outlines that are none, volumes that are over, and a notice that
does not name, by its current version, every item it would clash with here (`admit`): nobody files blind. Two that are filed at two
nodes at once cannot name each other, and cannot miss each other either: wherever both have come, they are a pair.

A volume that geometry cannot make sense of, as only another member's node could have let through, counts as the circle around it, and
what it would meet as *not comparable*: never as clear. Nothing here is in the record; it is made anew at every start.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parley.crypto.cbor import CborValue
from parley.desks import deescalation
from parley.desks.line import STOP
from parley.errors import BadInput, Refused
from parley.geo.ellipsoid import Position, distance_and_bearing
from parley.geo.index import ConflictIndex
from parley.geo.shapes import MAX_REACH_M, Circle, check_outline
from parley.geo.verdict import Buffers, Status, Verdict, worst
from parley.geo.volumes import Volume4D, of_record, outline_of_record
from parley.procedure import handling
from parley.procedure.fields import Content
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.record.statement import Statement

NOTICE = deescalation.NOTICE.name
OVER_ITS_TIME_MS = 24 * 3_600_000
"""How much longer a notice that is not as filed is looked at than it said."""
TOLD = 12
"""How many items a refusal names."""
MUST_NAME = frozenset({Status.CONFLICT, Status.NOT_COMPARABLE})
CONCERNED_BY: Mapping[str, frozenset[str]] = {
    "fire": frozenset({"fire", "exercise"}), "air": frozenset({"air", "exercise"}), "ground": frozenset({"ground", "engineering", "exercise"}),
    "sea": frozenset({"sea", "exercise"}),
}  # fmt: skip
"""By what is halted: the activities of a notice that it concerns. All of them, where *all* is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One item.

    Attributes:
        reference: of its case.
        version: reference of the statement that says what it is now.
        activity: of a notice, or what a STOP or standstill halts; the kind of a zone.
        bound: codes of the members that a standstill or zone binds; empty: all.
        doubtful: numbers of the volumes that are not as they were written.
    """

    reference: str
    version: str
    kind: str
    member: int
    state: str
    activity: str
    bound: frozenset[str]
    volumes: tuple[Volume4D, ...]
    doubtful: frozenset[int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What an item would meet: `status` is the verdict's, or *not comparable* where either volume is doubtful."""

    other: Standing
    mine: int
    theirs: int
    status: Status
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Conflict:
    """A pair of items that are not clear of each other; `one` is the reference that sorts first."""

    one: str
    other: str
    status: Status
    verdict: Verdict


class Conflicts:
    """See the module."""

    def __init__(self, buffers: Buffers | None = None) -> None:
        self._codes: Sequence[str] = ()
        self._index: ConflictIndex[str] = ConflictIndex(buffers)
        self._items: dict[str, Standing] = {}
        self._conflicts: dict[str, dict[str, Conflict]] = {}
        self._coordinations: dict[frozenset[str], str] = {}

    # ---- what comes in -----------------------------------------------------------------------------------------

    def moved(self, case: CaseFold, codes: Sequence[str]) -> bool:
        """A case changed; whether what stands, or what clashes, did. `codes`: of the members, by ordinal."""
        self._codes = codes
        if case.opening.kind == deescalation.COORDINATION.name:
            return self._coordinated(case)
        if case.opening.kind not in deescalation.STANDING:
            return False
        reference = case.opening.reference
        before, now = self._items.get(reference), standing(case)
        if before == now:
            return False
        self._forget(reference)
        if now is not None:
            self._items[reference] = now
            self._index.insert(reference, now.volumes)
            for meeting in self._meet(now):
                self._note(now, meeting)
        return True

    def _coordinated(self, case: CaseFold) -> bool:
        content = case.current().content or {}
        named = content.get("items")
        pair = frozenset(str(one) for one in named) if isinstance(named, list | tuple) else frozenset()
        if len(pair) != 2:
            return False
        self._coordinations[pair] = case.opening.reference
        return True

    # ---- what is known -----------------------------------------------------------------------------------------

    def items(self) -> list[Standing]:
        """What stands, by reference."""
        return [self._items[reference] for reference in sorted(self._items, key=_by_number)]

    def references(self) -> list[str]:
        """Of what stands, in no order."""
        return list(self._items)

    def stands(self, reference: str) -> bool:
        """Whether that case stands."""
        return reference in self._items

    def conflicts(self) -> list[Conflict]:
        """Every pair that is not clear, the worst first."""
        pairs = (one for one in self._pairs())
        return sorted(
            pairs, key=lambda one: (list(Status).index(one.status), _by_number(one.one), _by_number(one.other))
        )

    def of(self, reference: str) -> list[Conflict]:
        """Those of one item."""
        return list(self._conflicts.get(reference, {}).values())

    def coordination(self, one: str, other: str) -> str | None:
        """The last coordination of two items."""
        return self._coordinations.get(frozenset({one, other}))

    def check(
        self, kind: str, activity: str, member: int, volumes: Sequence[CborValue], *, bound: Collection[str] = (),
        besides: str | None = None,
    ) -> list[Meeting]:  # fmt: skip
        """What volumes would meet if they were filed now; `besides`: the case of their earlier version.

        Raises:
            BadInput: an outline or a window is none, naming it.
        """
        made = tuple(_checked(number, one) for number, one in enumerate(volumes))
        return self._meet(Standing(besides or "", "", kind, member, "", activity, frozenset(bound), made, frozenset()))

    def admit(self, statement: Statement, content: Content, case: CaseFold | None, member: int, now_ms: int) -> None:
        """Refuse what an own officer may not file.

        Raises:
            BadInput: an outline that is none, a window that is over.
            Refused: ``notice.blind``: it does not name what it would clash with.
        """
        kind = _filed(statement, case)
        volumes = content.get("volumes")
        if kind is None or not isinstance(volumes, list | tuple):
            return
        besides = case.opening.reference if case is not None else None
        for number, one in enumerate(volumes):
            if _checked(number, one).time_end_ms <= now_ms:
                raise BadInput(
                    "geo.past", "it is over already", field=f"volumes[{number}].end", rule="the end lies in the future"
                )
        if kind != NOTICE:
            return
        activity = str(content.get("activity"))
        found = self.check(kind, activity, member, volumes, besides=besides)
        named = content.get("overlaps")
        told = {str(one) for one in named} if isinstance(named, list | tuple) else set()
        unseen = sorted({one.other.version for one in found if one.status in MUST_NAME} - told, key=_by_number)
        if unseen:
            raise Refused(
                "notice.blind", f"it would clash with {_some(unseen)}, which it does not name", field="overlaps",
                rule="a notice names what it is filed knowing of; look at them, then name them",
            )  # fmt: skip

    # ---- inside ------------------------------------------------------------------------------------------------

    def _forget(self, reference: str) -> None:
        self._items.pop(reference, None)
        self._index.withdraw(reference)
        for other in self._conflicts.pop(reference, {}):
            self._conflicts[other].pop(reference, None)

    def _note(self, item: Standing, meeting: Meeting) -> None:
        one, other = sorted((item.reference, meeting.other.reference), key=_by_number)
        conflict = Conflict(one, other, meeting.status, meeting.verdict)
        self._conflicts.setdefault(one, {})[other] = conflict
        self._conflicts.setdefault(other, {})[one] = conflict

    def _meet(self, item: Standing) -> list[Meeting]:
        """The worst meeting with each item that it concerns, by reference."""
        found: dict[str, Meeting] = {}
        for key, mine, theirs, verdict in self._index.check(item.volumes, besides=(item.reference,)):
            other = self._items[key]
            if not concern(item, other, self._codes):
                continue
            doubtful = mine in item.doubtful or theirs in other.doubtful
            meeting = Meeting(other, mine, theirs, Status.NOT_COMPARABLE if doubtful else verdict.status, verdict)
            known = found.get(key)
            if known is None or worst([known.verdict, verdict]) is verdict:
                found[key] = meeting
        return list(found.values())

    def _pairs(self) -> Iterator[Conflict]:
        for reference, others in self._conflicts.items():
            yield from (one for one in others.values() if one.one == reference)


def concern(one: Standing, other: Standing, codes: Sequence[str]) -> bool:
    """Whether two items concern each other: two sides' notices; a notice and what restrains its author and its activity."""
    if one.kind == other.kind == NOTICE:
        return one.member != other.member
    if NOTICE not in (one.kind, other.kind):
        return False
    notice, restraint = (one, other) if one.kind == NOTICE else (other, one)
    if restraint.bound and codes[notice.member] not in restraint.bound:
        return False
    halted = CONCERNED_BY.get(restraint.activity) if restraint.kind != deescalation.ZONE.name else None
    return halted is None or notice.activity in halted


def standing(case: CaseFold) -> Standing | None:
    """A case as an item, None where its volumes do not count in the state it is in."""
    kind = case.opening.kind
    now = case.current()
    if case.state not in deescalation.STANDING[kind] or now.because is not None or now.content is None:
        return None
    volumes, doubtful = volumes_of(case, longer_ms=OVER_ITS_TIME_MS if case.state == "off-nominal" else 0)
    if not volumes:
        return None
    activity = now.content.get("zone" if kind == deescalation.ZONE.name else "activity")
    bound = frozenset(case.concerned()) if kind != deescalation.STANDSTILL.name else _members(now.content.get("whose"))
    return Standing(
        case.opening.reference,
        now.act.reference,
        kind,
        case.opening.member,
        case.state,
        str(activity),
        bound,
        volumes,
        doubtful,
    )


def volumes_of(case: CaseFold, *, longer_ms: int = 0) -> tuple[tuple[Volume4D, ...], frozenset[int]]:
    """The volumes of what a case says now, and the numbers of those that geometry cannot make sense of and that are the circle
    around them. `longer_ms`: how much later each ends. None where the content is not in sight, or has no volumes."""
    now = case.current()
    if now.content is None:
        return (), frozenset()
    written = _of_stop(case, now) if case.opening.kind == STOP.name else now.content.get("volumes")
    return _prepared(written, longer_ms) if isinstance(written, list | tuple) else ((), frozenset())


def _of_stop(case: CaseFold, now: Item) -> list[CborValue]:
    """The area of a STOP as a volume, from when it was called until it expires, as last extended."""
    content = now.content or {}
    until = [
        (item.content or {}).get("until")
        for item in case.items
        if item.because is None and item.kind.expires == "until"
    ]
    end = max((one for one in until if isinstance(one, int)), default=0)
    if end <= case.opening.at_ms:
        return []
    volume: dict[CborValue, CborValue] = {"area": content["area"], "start": case.opening.at_ms, "end": end}
    return [volume | {name: content[name] for name in ("floor", "ceiling") if name in content}]


def _prepared(written: Sequence[CborValue], longer_ms: int) -> tuple[tuple[Volume4D, ...], frozenset[int]]:
    made: list[Volume4D] = []
    doubtful: set[int] = set()
    for number, one in enumerate(written):
        value = _longer(one, longer_ms) if longer_ms else one
        try:
            made.append(_in_the_record(value))
        except BadInput:
            doubtful.add(number)
            made.append(_around(value))
    return tuple(made), frozenset(doubtful)


def _in_the_record(value: CborValue) -> Volume4D:
    """A volume whose window and heights were checked with its content, or are those of a STOP, which has no longest time."""
    assert isinstance(value, Mapping), "its form was checked"
    check_outline(outline_of_record(value["area"]))
    return of_record(value, trusted=True)


def _longer(value: CborValue, by_ms: int) -> CborValue:
    assert isinstance(value, Mapping), "its form was checked"
    end = value["end"]
    assert isinstance(end, int), "its form was checked"
    return {**value, "end": end + by_ms}


def _around(value: CborValue) -> Volume4D:
    """The circle around the corners of a volume, at all heights, for as long as one may last from its beginning."""
    assert isinstance(value, Mapping), "its form was checked"
    corners = list(_corners(value["area"]))
    reach = max(distance_and_bearing(corners[0], one)[0] for one in corners)
    width = max((part for part in _numbers(value["area"])), default=0)
    circle = Circle(corners[0], min(MAX_REACH_M, max(1.0, reach + width)))
    start, end = value["start"], value["end"]
    assert isinstance(start, int), "its form was checked"
    assert isinstance(end, int), "its form was checked"
    return Volume4D.trusted(circle, None, None, start, end)


def _corners(area: CborValue) -> Iterable[Position]:
    match area:
        case {"circle": [int() as latitude, int() as longitude, _]}:
            yield Position(latitude, longitude)
        case {"polygon": [*corners]} | {"corridor": [[*corners], _]}:
            yield from (Position(*one) for one in corners)  # type: ignore[misc]


def _numbers(area: CborValue) -> Iterable[float]:
    match area:
        case {"circle": [_, _, int() as radius_m]}:
            yield radius_m
        case {"corridor": [_, int() as width_m]}:
            yield width_m


def _checked(number: int, value: CborValue) -> Volume4D:
    try:
        return of_record(value)
    except BadInput as fault:
        raise BadInput(fault.code, fault.reason, field=f"volumes[{number}].{fault.field}", rule=fault.rule) from fault


def _filed(statement: Statement, case: CaseFold | None) -> str | None:
    """The kind of what a statement files or files anew, None for others."""
    kind = statement.fields.kind
    if kind == handling.CORRECTION.name and case is not None:
        kind = case.opening.kind
    return kind if kind in deescalation.STANDING and kind != STOP.name else None


def _members(value: CborValue) -> frozenset[str]:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else frozenset()


def _some(references: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(references) - TOLD
    return ", ".join(references[:TOLD]) + (f" and {more} more" if more > 0 else "")


def _by_number(reference: str) -> tuple[str, int, str]:
    code, _, number = reference.partition(" ")
    return code, int(number) if number.isdigit() else 0, reference
