"""What a sheet says. Members are told by code, statements by reference; times are Unix ms; words come by language.

Every list is bounded (`MAX_ROWS`), most urgent first where there is an urgency; `left_out` counts what did not fit, by list.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.node.cases.case_views import ClockView, Json, SilenceView, WatchView
from parley.node.cases.ladder_views import LadderView
from parley.node.private import Contact, LogEntry, StandingOrder

SHEET_VERSION = 1
MAX_ROWS = 300
AHEAD_MS = 12 * 3_600_000
DAY_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class SaidView:
    """A statement, and how its case stands.

    Attributes:
        phrase: what it says, by language, where it says a phrase of the phrasebook.
        content: its fields; null where this member has no sight of them.
        waits_for: members whose human acknowledgement is still waited for.
    """

    reference: str
    case: str
    desk: str
    at_ms: int
    author: str
    position: str
    kind: str
    precedence: str
    addressees: list[str]
    state: str
    state_title: dict[str, str]
    content: dict[str, Json] | None
    phrase: dict[str, str]
    waits_for: list[str]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock that runs or has run out unmet; `next`: the kinds of which one would stop it."""

    clock: ClockView
    missed: bool
    next: list[str]


@dataclass(frozen=True, slots=True)
class StopRow:
    """A STOP in force; `until_ms`: its expiry, null where it is not known; `ladders` of its opening statement."""

    said: SaidView
    until_ms: int | None
    ladders: list[LadderView]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Not yet mutually understood: who asks about which statement, since when; `fields` were read back otherwise."""

    said: SaidView
    asker: str
    opened: str
    opened_ms: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class AheadRow:
    """A statement that names a time within the next twelve hours: in which field; `until_ms`: where that is a window."""

    said: SaidView
    field: str
    title: dict[str, str]
    from_ms: int
    until_ms: int | None


@dataclass(frozen=True, slots=True)
class Situation:
    """How matters stand at `at_ms`, by this node's record.

    Attributes:
        unread: FLASH and IMMEDIATE statements that no human of an addressee has acknowledged yet.
        silence: what is known of every other member, with the evidence.
        watches: who is accountable at every member that has a roster.
        orders: standing orders that stand now or begin within twelve hours.
    """

    at_ms: int
    clocks: list[ClockRow]
    stops: list[StopRow]
    clarifications: list[QuestionRow]
    unread: list[SaidView]
    ahead: list[AheadRow]
    silence: list[SilenceView]
    watches: list[WatchView]
    orders: list[StandingOrder]
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """What the outgoing watch tells the incoming one.

    Attributes:
        mechanism: its digest, in hex; `name`, `banner` of it.
        by: position that had the sheet made; `to`: the one that is to take over.
        since_ms: since when the watch of `by` is told of.
        heads: how much of each log is in it, by the log's name.
        log_upto: number of the last entry of the private log that is in it.
        log, calls, papers: the private log, telephone calls, and what was done on paper, since then.
    """

    version: int
    mechanism: str
    name: str
    banner: str | None
    member: str
    made_ms: int
    by: str
    to: str
    since_ms: int
    heads: dict[str, int]
    log_upto: int
    situation: Situation
    log: list[LogEntry]
    calls: list[SaidView]
    papers: list[SaidView]


@dataclass(frozen=True, slots=True)
class SinceSheet:
    """What came after a sheet was made, oldest first: statements of every member, entries of the private log."""

    at_ms: int
    said: list[SaidView]
    log: list[LogEntry]
    left_out: int


@dataclass(frozen=True, slots=True)
class LogHead:
    """How far one log is held here: its size and root (hex); `taken`: how much of it is in its cases, and so in the sheet."""

    log: str
    size: int
    root: str
    taken: int


@dataclass(frozen=True, slots=True)
class ContinuitySheet:
    """Enough to go on with on paper.

    Attributes:
        zone: IANA name of this member's own time, as its roster says.
        traffic: what was said in the last day, latest first.
        heads: of every log, to be compared by voice.
    """

    version: int
    mechanism: str
    name: str
    banner: str | None
    member: str
    zone: str
    situation: Situation
    contacts: list[Contact]
    log: list[LogEntry]
    traffic: list[SaidView]
    heads: list[LogHead]
