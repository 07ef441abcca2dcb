"""Terms: what a charter lays down besides its members' keys.

Units: clocks in milliseconds, quotas in statements per member and UTC day. Channel 0 is built in and named
``directory``: every member sees all of it, and the directory, charter and log kinds travel on nothing else. A
charter's own channels count from 1 in the order given. Members are meant by ordinal, as bit sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from parley.record.ids import MemberCode, MemberSet
from parley.record.statement import Precedence

DIRECTORY_CHANNEL = 0
DIRECTORY_CHANNEL_NAME = "directory"
BUILT_IN_VERSION = 1
RESERVED_DESKS = ("directory", "charter", "log")
STOP_KIND = "stop"
SECOND_HAND_KINDS = ("release", "confirm-emergency", "withdraw-emergency")
"""What only another officer than the first may say: no emergency stands in for that."""


class Role(IntEnum):
    """What a member is in the mechanism. A charter may have any number of each."""

    PARTY = 0
    FACILITATOR = 1
    OBSERVER = 2

    @property
    def label(self) -> str:
        """The word used in texts: ``party``, ``facilitator`` or ``observer``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as a draft names it, before its root key is known.

    Attributes:
        code: 2 to 6 capital letters or digits, beginning and ending with a letter, so that ``SYR2 42`` can only
            mean the second log of SYR.
        name: as shown on screens.
        languages: BCP 47 tags in the member's order of preference.
    """

    code: MemberCode
    name: str
    role: Role
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """Who sees what is said on it.

    Attributes:
        index: its number in statements; 0 is the built-in one.
        content: members with content sight; they, and only they, may write on it and be addressed on it.
        statement: members with statement sight; includes all of `content`.
        addressed_only: content sight narrows to the author and the addressees; statement sight stays.
    """

    index: int
    name: str
    title: str
    content: MemberSet
    statement: MemberSet
    addressed_only: bool


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind that the charter opens, in the one version in force.

    Attributes:
        desk: the desk that declares it.
        channels: indexes of the channels on which it may be used.
        mandates: names of the mandates under which it may be signed.
        countersigned_by: mandates of which a second officer of the same member must hold one, and release the
            statement under it, before it takes effect; none: it takes effect by itself.
    """

    name: str
    version: int
    desk: str
    channels: tuple[int, ...]
    mandates: tuple[str, ...]
    countersigned_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """What an officer may be entrusted with.

    Attributes:
        ceiling: the highest precedence it covers.
        roles: roles of the members whose officers may hold it.
    """

    name: str
    title: str
    ceiling: Precedence
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long an addressee has.

    Attributes:
        acknowledge_ms: by precedence, ROUTINE first: until a human must have acknowledged.
        alternates_ms: when a FLASH rings each next alternate, after the first ring.
        facilitator_ms: when it rings the facilitator; None where the charter has none.
        desk_ms: further clocks by name, such as ``dispute.answer``.
    """

    acknowledge_ms: tuple[int, int, int, int]
    alternates_ms: tuple[int, ...]
    facilitator_ms: int | None
    desk_ms: tuple[tuple[str, int], ...]

    def desk(self, name: str) -> int | None:
        """The clock of that name in milliseconds, or None where the charter sets none."""
        return dict(self.desk_ms).get(name)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Statements per member and UTC day; excess is slowed. FLASH and STOP are counted apart from the rest."""

    statements: int
    flash: int
    stop: int

    def counted_as(self, kind: str, precedence: Precedence) -> tuple[str, int]:
        """Which counter a statement falls under (``stop``, ``flash`` or ``statements``), and its limit."""
        if kind == STOP_KIND:
            return "stop", self.stop
        if precedence == Precedence.FLASH:
            return "flash", self.flash
        return "statements", self.statements


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the dispute ladder, lowest first.

    Attributes:
        answer_ms: until a dispute referred to it must be answered there.
    """

    name: str
    title: str
    answer_ms: int


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Registrars on duty: officers who may enrol and revoke officers while root and registrar are away; see `on_duty`.

    Attributes:
        mandates: whoever holds one of these is a registrar on duty.
        grants: what such an officer may entrust, and the most that an officer whom it touches may hold.
        new_positions: whether it may fill a position that nobody held before.
    """

    mandates: tuple[str, ...]
    grants: tuple[str, ...]
    new_positions: bool


@dataclass(frozen=True, slots=True)
class EmergencyRule:
    """Who may stand in for whom, in an emergency; see `emergency`.

    Attributes:
        kinds: what may be said so.
        mandates: that stand in; none of them covers these kinds.
        authority: mandates that are stood in for; each covers these kinds. Who holds one confirms or withdraws.
        ceiling: the highest precedence.
        tried_ms: how long the authority must have been tried.
        confirm_ms: within what time the authority is to confirm or withdraw.
    """

    kinds: tuple[str, ...]
    mandates: tuple[str, ...]
    authority: tuple[str, ...]
    ceiling: Precedence
    tried_ms: int
    confirm_ms: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything a charter lays down besides version and members.

    Attributes:
        exercise: bound into the mechanism's digest for ever; see `charter.EXERCISE_BANNER`.
        channels: the charter's own, without the built-in channel 0; ``channels[i].index == i + 1``.
        levels: the ladder of dispute levels, lowest first.
        purposes: protective purposes that an intelligence item may name.
        on_duty: what registrars on duty may do; None where the charter knows none.
        emergency: the rules of the emergency mandate; none where the charter knows no such mandate.
        area: corners of the polygon in which the mechanism's activities lie, ``(latitude, longitude)`` in 1e-7 degree; none
            where the charter names no area. What lies outside is doubted, and refused nowhere.
    """

    name: str
    description: str
    exercise: bool
    channels: tuple[Channel, ...]
    kinds: tuple[KindRule, ...]
    mandates: tuple[Mandate, ...]
    clocks: Clocks
    quotas: Quotas
    levels: tuple[Level, ...]
    purposes: tuple[str, ...]
    on_duty: OnDuty | None = None
    emergency: tuple[EmergencyRule, ...] = ()
    area: tuple[tuple[int, int], ...] = ()


def is_reserved(kind: str) -> bool:
    """Whether `kind` belongs to the built-in desks, which no charter can redefine."""
    return kind.partition(".")[0] in RESERVED_DESKS
