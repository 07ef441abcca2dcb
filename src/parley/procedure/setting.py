"""The setting of a fold: the desks at hand, and what they make of the charter that is in force where a statement stands.

A case goes on by the charter under which it was opened: who may move it, and how long its clocks run; a statement in it is
countersigned, stands in for an authority and is acknowledged by its own. An amendment changes nothing that stands already.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from parley.charter.emergency import Plea, stands_in
from parley.charter.terms import EmergencyRule, Role
from parley.procedure.act import Act
from parley.procedure.declare import ClockRule, Kind, Who
from parley.procedure.ladder import addressed
from parley.procedure.registry import Desks
from parley.procedure.words import FALLBACK


@dataclass(frozen=True, slots=True)
class Setting:
    """See the module."""

    desks: Desks

    def may(self, who: Who, opening: Act, member: int, concerned: Collection[str] = ()) -> bool:
        """Whether `member` is one of those who may move the case that `opening` opened; `concerned`: codes."""
        match who:
            case Who.OPENER | Who.NAMED:
                return member == opening.member
            case Who.ADDRESSEE:
                return member in addressed(opening)
            case Who.OTHERS:
                return member != opening.member
            case Who.FACILITATOR:
                return opening.charter.members[member].role is Role.FACILITATOR
            case Who.ANYONE:
                return True
            case Who.CONCERNED:
                return opening.charter.members[member].code in concerned

    def members(self, who: Who, opening: Act, concerned: Collection[str] = ()) -> list[int]:
        """Those members."""
        charter = opening.charter
        sighted = charter.channels[opening.channel].content
        return [one.ordinal for one in charter.members
                if sighted >> one.ordinal & 1 and self.may(who, opening, one.ordinal, concerned)]  # fmt: skip

    def countersigned_by(self, act: Act) -> tuple[str, ...]:
        """The mandates of which a second officer must hold one to release a statement; () for none."""
        rule = act.charter.kinds.get(act.kind)
        return rule.countersigned_by if rule is not None else ()

    def emergency(self, act: Act) -> tuple[EmergencyRule, Plea] | None:
        """The charter's rule by which a statement was said under the emergency mandate, and its plea; None: it was not."""
        return stands_in(act.charter, act.kind, act.mandate, act.marking)

    def acknowledge_ms(self, act: Act) -> int:
        """How long an addressee has until a human must have acknowledged."""
        return act.charter.terms.clocks.acknowledge_ms[act.precedence]

    def clock_ms(self, rule: ClockRule, opening: Act) -> int | None:
        """How long a procedure's clock runs."""
        return opening.charter.terms.clocks.desk(rule.name) or rule.default_ms

    def kind_of(self, act: Act) -> Kind:
        """The declaration of an act's kind; a bare one where it is not understood here: it is kept, and can be
        acknowledged and answered."""
        return self.desks.kind(act.kind, act.version) or Kind(act.kind, {FALLBACK: act.kind}, version=act.version)

    def understands(self, act: Act) -> bool:
        """Whether an act's kind is declared here in its version."""
        return self.desks.kind(act.kind, act.version) is not None
