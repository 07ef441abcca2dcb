"""Everything static that a screen needs, in one view: who is who, what the charter opens, and how desks are declared.

Kinds, fields, procedures and states are the very records of `parley.procedure.declare`: what is added there is added here.
It changes when the charter is amended, and when another version of the program is started.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from parley.api.context import Ctx
from parley.charter.charter import Charter
from parley.charter.terms import Channel, EmergencyRule, KindRule, OnDuty
from parley.procedure.declare import Desk, Kind
from parley.record.ids import ordinals
from parley.record.statement import Precedence

router = APIRouter(tags=["floor"])


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member. `ordinal`: its number in statements; `role`: party, facilitator or observer."""

    code: str
    ordinal: int
    name: str
    role: str
    languages: list[str]


@dataclass(frozen=True, slots=True)
class MeView:
    """Whose node this is; `log`: the name of the log that it writes now."""

    code: str
    ordinal: int
    log: str


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel. `content`: codes of the members that read and write on it; `statement`: that know something was said.

    `addressed_only`: of those, only author and addressees read what is said.
    """

    index: int
    name: str
    title: str
    content: list[str]
    statement: list[str]
    addressed_only: bool


@dataclass(frozen=True, slots=True)
class KindRuleView:
    """A kind that the charter opens: on which channels (by index), under which mandates, released by whom."""

    name: str
    version: int
    desk: str
    channels: list[int]
    mandates: list[str]
    countersigned_by: list[str]


@dataclass(frozen=True, slots=True)
class MandateRuleView:
    """A mandate of the charter; `roles`: of the members whose officers may hold it."""

    name: str
    title: str
    ceiling: str
    roles: list[str]


@dataclass(frozen=True, slots=True)
class ClocksView:
    """How long an addressee has: `acknowledge_ms` by precedence, `desk_ms` by clock."""

    acknowledge_ms: dict[str, int]
    alternates_ms: list[int]
    facilitator_ms: int | None
    desk_ms: dict[str, int]


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level that disputes are referred up to, lowest first."""

    name: str
    title: str
    answer_ms: int


@dataclass(frozen=True, slots=True)
class OnDutyView:
    """Registrars on duty: who holds one of `mandates` may enrol and revoke officers who hold none but `grants`."""

    mandates: list[str]
    grants: list[str]
    new_positions: bool


@dataclass(frozen=True, slots=True)
class EmergencyRuleView:
    """Who may stand in for whom: `kinds`, under `mandates`, up to `ceiling`, where `authority` was tried for `tried_ms`."""

    kinds: list[str]
    mandates: list[str]
    authority: list[str]
    ceiling: str
    tried_ms: int
    confirm_ms: int


@dataclass(frozen=True, slots=True)
class FloorView:
    """See the module. `mechanism`: digest in hex; `languages`: of any member; `handling`: kinds that every desk has; `units`:
    aliases of this member's own units, of its node's settings."""

    banner: str | None
    mechanism: str
    name: str
    description: str
    charter_version: int
    me: MeView
    members: list[MemberView]
    languages: list[str]
    channels: list[ChannelView]
    kinds: list[KindRuleView]
    mandates: list[MandateRuleView]
    clocks: ClocksView
    levels: list[LevelView]
    purposes: list[str]
    on_duty: OnDutyView | None
    emergency: list[EmergencyRuleView]
    desks: list[Desk]
    handling: list[Kind]
    units: list[str]


@router.get("/api/v1/floor", operation_id="readFloor")
async def read_floor(context: Ctx) -> FloorView:
    """Everything static that a screen needs."""
    node = context.node
    charter, mechanism = node.mechanism.charter, node.mechanism
    terms = charter.terms
    return FloorView(
        mechanism.banner, mechanism.digest.hex(), mechanism.name, terms.description, charter.version,
        MeView(mechanism.code(node.me), node.me, mechanism.log_name(mechanism.current_log(node.me))),
        [MemberView(one.code, one.ordinal, one.name, one.role.label, list(one.languages)) for one in charter.members],
        list(charter.languages), [_channel(charter, one) for one in charter.channels],
        [_kind_rule(one) for one in terms.kinds],
        [MandateRuleView(one.name, one.title, Precedence(one.ceiling).name, [role.label for role in one.roles]) for one in terms.mandates],
        _clocks(charter), [LevelView(one.name, one.title, one.answer_ms) for one in terms.levels], list(terms.purposes), _on_duty(terms.on_duty),
        [_emergency(one) for one in terms.emergency],
        list(node.desks.desks), list(node.desks.handling), list(node.settings.units),
    )  # fmt: skip


def _channel(charter: Charter, one: Channel) -> ChannelView:
    def codes(sight: int) -> list[str]:
        return [charter.members[ordinal].code for ordinal in ordinals(sight)]

    return ChannelView(one.index, one.name, one.title, codes(one.content), codes(one.statement), one.addressed_only)


def _kind_rule(one: KindRule) -> KindRuleView:
    return KindRuleView(
        one.name, one.version, one.desk, list(one.channels), list(one.mandates), list(one.countersigned_by)
    )


def _on_duty(term: OnDuty | None) -> OnDutyView | None:
    return None if term is None else OnDutyView(list(term.mandates), list(term.grants), term.new_positions)


def _emergency(one: EmergencyRule) -> EmergencyRuleView:
    return EmergencyRuleView(
        list(one.kinds), list(one.mandates), list(one.authority), one.ceiling.name, one.tried_ms, one.confirm_ms
    )


def _clocks(charter: Charter) -> ClocksView:
    clocks = charter.terms.clocks
    by_precedence = {one.name: clocks.acknowledge_ms[one] for one in Precedence}
    return ClocksView(by_precedence, list(clocks.alternates_ms), clocks.facilitator_ms, dict(clocks.desk_ms))
