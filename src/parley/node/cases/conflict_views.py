"""Views of what stands and of what clashes, as the map and the list of the de-escalation desk show them.

Volumes are as the record holds them: places in 1e-7 degree, latitude first; heights in centimetres above a datum; Unix ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.geo.verdict import Verdict
from parley.geo.volumes import to_record
from parley.node.cases.case_views import Json, plain_content
from parley.node.cases.conflicts import Conflict, Meeting, Standing
from parley.node.cases.response_views import ResponseView, responses

if TYPE_CHECKING:
    from parley.node.cases.casework import Casework
    from parley.node.core.core import NodeCore


@dataclass(frozen=True, slots=True)
class StandingView:
    """An item that stands.

    Attributes:
        version: reference of the statement that says what it is now: the key by which others file knowing of it.
        bound: the members that a zone or standstill binds; empty: all.
        doubtful: numbers of volumes that are drawn as the circle around them, for they cannot be as written.
    """

    reference: str
    version: str
    kind: str
    member: str
    state: str
    activity: str
    bound: list[str]
    volumes: list[dict[str, Json]]
    doubtful: list[int]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What two volumes are to each other; gaps are negative where they overlap, null where there is no number."""

    space: str
    time: str
    height: str
    distance_m: float
    distance_error_m: float
    time_gap_ms: int
    height_gap_m: float | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two items that are not clear of each other. `coordination`: the last case in which they are settled, its state, and who has
    answered what there."""

    items: list[str]
    status: str
    verdict: VerdictView
    coordination: str | None
    coordination_state: str | None
    way: str | None
    responses: list[ResponseView]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """What a drawn volume would meet: `mine` and `theirs` are numbers of volumes, from 0; `must_name`: a notice that is filed must
    name `version`."""

    reference: str
    version: str
    kind: str
    member: str
    activity: str
    mine: int
    theirs: int
    status: str
    verdict: VerdictView
    must_name: bool


@dataclass(frozen=True, slots=True)
class SituationView:
    """All that stands, and all that clashes; `complete`: after a start, whether all is taken up yet."""

    items: list[StandingView]
    conflicts: list[ConflictView]
    complete: bool


class ConflictViewer:
    """Makes these views at one node."""

    def __init__(self, core: NodeCore, casework: Casework) -> None:
        self._core = core
        self._casework = casework

    def situation(self) -> SituationView:
        """What stands and what clashes."""
        found = self._casework.conflicts
        return SituationView(
            [self._standing(one) for one in found.items()], [self._conflict(one) for one in found.conflicts()],
            self._casework.standing_read(),
        )  # fmt: skip

    def meeting(self, one: Meeting, *, must_name: bool) -> MeetingView:
        """What something drawn would meet."""
        other = one.other
        return MeetingView(
            other.reference, other.version, other.kind, self._core.mechanism.code(other.member), other.activity, one.mine, one.theirs,
            one.status, _verdict(one.verdict), must_name,
        )  # fmt: skip

    def _standing(self, one: Standing) -> StandingView:
        return StandingView(
            one.reference, one.version, one.kind, self._core.mechanism.code(one.member), one.state, one.activity,
            sorted(one.bound), [plain_content(to_record(volume)) for volume in one.volumes],  # type: ignore[arg-type]
            sorted(one.doubtful),
        )  # fmt: skip

    def _conflict(self, one: Conflict) -> ConflictView:
        reference = self._casework.conflicts.coordination(one.one, one.other)
        case = self._casework.cases.case(reference) if reference is not None else None
        way = (case.current().content or {}).get("way") if case is not None else None
        return ConflictView(
            [one.one, one.other], one.status, _verdict(one.verdict), reference, case.state if case is not None else None,
            str(way) if way is not None else None, responses(case, self._core.mechanism.code) if case is not None else [],
        )  # fmt: skip


def _verdict(one: Verdict) -> VerdictView:
    return VerdictView(
        one.space, one.time, one.height, round(one.distance_m, 1), round(one.distance_error_m, 3), one.time_gap_ms,
        one.height_gap_m,
    )  # fmt: skip
