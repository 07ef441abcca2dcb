"""Views of cases: what screens and scripts show of them. They say no more than the record proves.

Members are told by code, channels by name, statements by reference. Times are Unix ms; whether a clock is missed is for the
reader's own clock to say. A content that this member has no sight of is null, and `sight` says so.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import TypeAliasType

from parley.charter.charter import Charter
from parley.desks.line import PROOF, PROOF_CLOCK, PROOF_EVERY_MS
from parley.node.cases.ladder_views import STORED, LadderView, RungView, ladder_view, rung_view
from parley.node.cases.response_views import ResponseView, responses
from parley.node.cases.silence import PeerSilence
from parley.node.cases.watch import Ring
from parley.procedure import phrasebook
from parley.procedure.because import Because
from parley.procedure.clocks import Clock, clocks, pass_down
from parley.procedure.critical import Critical, critical_in
from parley.procedure.declare import Who
from parley.procedure.fields import Content
from parley.procedure.fold import DISOWNED, DISOWNED_TITLE, CaseFold
from parley.procedure.item import Clarification, Item
from parley.procedure.words import FALLBACK
from parley.record.ids import ordinals
from parley.record.statement import Precedence

if TYPE_CHECKING:
    from parley.node.cases.casework import Casework
    from parley.node.core.core import NodeCore

Json = TypeAliasType("Json", "bool | int | str | list[Json] | dict[str, Json] | None")
MAX_RUNNING = 1_000


@dataclass(frozen=True, slots=True)
class PhrasePart:
    """A piece of a rendered phrase: of the fixed words, or what stands in a slot; `dir` is for isolating it."""

    text: str
    slot: str | None
    dir: str


@dataclass(frozen=True, slots=True)
class PhraseRendering:
    """A phrase in one language, by rule."""

    text: str
    parts: list[PhrasePart]


@dataclass(frozen=True, slots=True)
class CriticalView:
    """What an addressee reads back: a field, or ``phrase.`` and a slot; its kind, its title by language.

    `said`: what a slot says, as a field of that kind; null for a field, which stands in the content.
    """

    name: str
    kind: str
    title: dict[str, str]
    said: int | str | list[int | str] | None


@dataclass(frozen=True, slots=True)
class BecauseView:
    """Why a statement moves nothing; `before`: what came first in the order, `unseen` by its author."""

    code: str
    reason: str
    arguments: dict[str, str]
    before: str | None
    unseen: bool


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """A statement said under the emergency mandate. `tried_since_ms`, `reason`: its author's word.

    `authority`: mandates of which another officer of its member must hold one to confirm or withdraw it, by `due_ms`;
    `settled`: reference of that, null while neither is done.
    """

    authority: list[str]
    tried_since_ms: int
    reason: str
    due_ms: int
    settled: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One statement of a case.

    Attributes:
        understood: whether its kind is declared here.
        released: null while a second officer's release is awaited, else its reference, "" where none is wanted.
        questioned: an open clarification is about it: not yet mutually understood.
        critical: what of it is read back.
        phrase: by language, where it says a phrase of the phrasebook: equal in meaning by construction.
    """

    reference: str
    case: str
    digest: str
    at_ms: int
    author: str
    position: str
    mandate: str
    kind: str
    understood: bool
    precedence: str
    addressees: list[str]
    channel: str
    about: list[str]
    content: dict[str, Json] | None
    sight: str | None
    because: BecauseView | None
    superseded: str | None
    released: str | None
    emergency: EmergencyView | None
    renditions: list[str]
    questioned: bool
    critical: list[CriticalView]
    phrase: dict[str, PhraseRendering]
    ladders: list[LadderView]
    held_by: list[RungView]


@dataclass(frozen=True, slots=True)
class ClarificationView:
    """A question about a statement; `fields`: what was read back otherwise, where that is the question."""

    about: str
    asker: str
    opened: str
    opened_ms: int
    fields: list[str]
    answers: list[str]
    closed: str | None


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock: who has to do what by when."""

    name: str
    title: dict[str, str]
    case: str
    about: str
    kind: str
    desk: str
    member: str
    precedence: str
    since_ms: int
    due_ms: int
    stored: bool
    stopped_ms: int | None


@dataclass(frozen=True, slots=True)
class EnteredView:
    """A state that the case entered, and by which statement."""

    state: str
    title: dict[str, str]
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class MoveView:
    """What this member may do next in the case: a kind, and the state it leads to."""

    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case. `final`: no message still under way can change what it has come to."""

    reference: str
    desk: str
    kind: str
    state: str
    state_title: dict[str, str]
    over: bool
    final: bool
    channel: str
    opener: str
    opened_ms: int
    moved_ms: int
    cursor: str
    items: list[ItemView]
    entered: list[EnteredView]
    clarifications: list[ClarificationView]
    clocks: list[ClockView]
    moves: list[MoveView]
    responses: list[ResponseView]


@dataclass(frozen=True, slots=True)
class RingView:
    """Something rings at this member's desks. `positions`: the officers whom it reaches; none: every officer of the watch."""

    reference: str
    case: str
    kind: str
    author: str
    precedence: str
    stage: str
    alternates: int
    whose: str
    since_ms: int
    due_ms: int
    positions: list[str]


@dataclass(frozen=True, slots=True)
class WatchView:
    """The accountable watch of a member. `alternates`: who is rung after it, in order; `handing`: a handover that is offered."""

    member: str
    position: str
    alternates: list[str]
    shift: str
    roster: str
    handover: str | None
    handing: str | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence for a cause of silence."""

    code: str
    at_ms: int
    by: str
    arguments: dict[str, str]


@dataclass(frozen=True, slots=True)
class SilenceView:
    """What can be said of a peer, and why."""

    code: str
    standing: str
    cause: str
    since_ms: int
    evidence: list[EvidenceView]


class CaseViewer:
    """Makes views of the cases of one node."""

    def __init__(self, core: NodeCore, casework: Casework) -> None:
        self._core = core
        self._casework = casework

    @property
    def _charter(self) -> Charter:
        return self._core.mechanism.charter

    def case(self, fold: CaseFold) -> CaseView:
        """A whole case."""
        opening, last = fold.opening, fold.last
        return CaseView(
            opening.reference, self._casework.cases.desk_of(opening.kind), opening.kind, fold.state, self.state_title(fold),
            fold.is_over, self._casework.cases.is_final(fold), self._channel(opening.channel), self._code(opening.member),
            opening.at_ms, last.at_ms, cursor_of(last.key.clock, last.place.log), [self.item(fold, item) for item in fold.items],
            [EnteredView(one.state, self._title(fold, one.state), one.act.reference, one.act.at_ms) for one in fold.entered],
            [self._clarification(one) for one in fold.clarifications],
            [self.clock(one, opening.kind) for one in clocks(fold, self._casework.cases.stored)], self._moves(fold),
            responses(fold, self._code),
        )  # fmt: skip

    def state_title(self, fold: CaseFold) -> dict[str, str]:
        """What a case's state is called, by language."""
        return self._title(fold, fold.state)

    def item(self, fold: CaseFold, item: Item) -> ItemView:
        """One statement of a case."""
        act = item.act
        held = self._casework.cases.stored(act)
        limit = fold.setting.acknowledge_ms(act) if fold.awaits(item) else None
        by_digest = {one.act.digest: one.act.reference for one in fold.items}
        return ItemView(
            act.reference, fold.opening.reference, act.digest.hex(), act.at_ms, self._code(act.member), act.position, act.mandate,
            act.kind, fold.setting.understands(act), Precedence(act.precedence).name,
            [self._code(one) for one in ordinals(act.addressees) if one < len(self._charter.members)], self._channel(act.channel),
            [by_digest[digest] for digest in act.replies_to if digest in by_digest],
            None if item.content is None and act.content is None else plain_content(item.content or act.content or {}),
            None if act.content is not None else "content withheld from this member, erased, or not arrived",
            _because(item.because), item.superseded, item.released, _emergency(item), list(item.renditions),
            any(one.about == act.reference and one.closed is None for one in fold.clarifications),
            [_critical(one, item.content or {}) for one in critical_in(item.kind, item.content)],
            renderings(item.content),
            [ladder_view(self._code(member), ladder, held.get(member), act.at_ms, limit, pass_down(fold, item, member))
             for member, ladder in item.ladders.items()],
            [rung_view(STORED, mark, self._code(member)) for member, mark in held.items()],
        )  # fmt: skip

    def clock(self, clock: Clock, kind: str) -> ClockView:
        """One clock, of a case opened by `kind`."""
        return ClockView(
            clock.name, dict(clock.title), clock.case, clock.about, kind,
            self._casework.cases.desk_of(kind), self._code(clock.member), Precedence(clock.precedence).name,
            clock.since_ms, clock.due_ms, clock.stored, clock.stopped_ms,
        )  # fmt: skip

    def running(self) -> list[ClockView]:
        """Every clock that runs or has run out unmet, soonest first; the first `MAX_RUNNING`."""
        found = [(clock, own.kind) for own in self._casework.cases.running() for clock in own.clocks]
        soonest = heapq.nsmallest(MAX_RUNNING, found, key=lambda one: (one[0].due_ms, one[0].about, one[0].member))
        return [self.clock(clock, kind) for clock, kind in soonest]

    def rings(self) -> list[RingView]:
        """What rings here now."""
        return [self.ring(ring) for ring in self._casework.rings()]

    def ring(self, ring: Ring) -> RingView:
        """One ring, and whom it reaches."""
        return ring_view(ring, self._casework.rota.reached(ring, self._core.me, self._casework.now_ms()))

    def watches(self) -> list[WatchView]:
        """The accountable watch of every member that has a roster."""
        found = []
        for member in self._core.mechanism.ordinals:
            one = self._casework.rota.standing(member, self._casework.now_ms())
            if one is not None:
                found.append(
                    WatchView(
                        self._code(member), one.watch.position, list(one.watch.alternates), one.shift, one.roster, one.handover,
                        one.handing,
                    )
                )  # fmt: skip
        return found

    def proof_due_ms(self) -> int | None:
        """When this member is to ask for a proof of life: as long as the charter says (an hour) after it did, or after its log
        began; None where the charter opens none."""
        if PROOF.name not in self._charter.kinds:
            return None
        every_ms = self._charter.terms.clocks.desk(PROOF_CLOCK) or PROOF_EVERY_MS
        last = self._casework.cases.latest_of(PROOF.name, self._core.log)
        if last is not None:
            return last.opening.at_ms + every_ms
        rows = self._core.reader.entries(self._core.log, 0, 0, 1)
        return rows[0].at_ms + every_ms if rows else None

    def silence(self) -> list[SilenceView]:
        """What can be said of every other member."""
        return [silence_view(one) for one in self._casework.silence()]

    # ---- inside ------------------------------------------------------------------------------------------------

    def _code(self, member: int) -> str:
        return self._core.mechanism.code(member)

    def _channel(self, index: int) -> str:
        channels = self._charter.channels
        return channels[index].name if 0 <= index < len(channels) else str(index)

    def _title(self, fold: CaseFold, state: str) -> dict[str, str]:
        if state == DISOWNED:
            return dict(DISOWNED_TITLE)
        found = next((one for one in fold.procedure.states if one.name == state), None) if fold.procedure else None
        return dict(found.title) if found is not None else {FALLBACK: state}

    def _clarification(self, one: Clarification) -> ClarificationView:
        return ClarificationView(
            one.about, self._code(one.asker), one.opened, one.opened_ms, list(one.fields), list(one.answers), one.closed
        )

    def _moves(self, fold: CaseFold) -> list[MoveView]:
        if fold.procedure is None:
            return []
        me = self._core.me
        return [
            MoveView(row.kind, row.to) for row in fold.procedure.moves
            if fold.state in row.frm and (row.who is Who.ANYONE or fold.may(row.who, me))
        ]  # fmt: skip


def renderings(content: Content | None) -> dict[str, PhraseRendering]:
    """What a content's phrase says in every language; nothing where it says none."""
    match (content or {}).get("phrase"):
        case {"id": str() as name, "slots": Mapping() as slots}:
            return render_all(name, {str(key): value for key, value in slots.items()})
    return {}


def render_all(name: str, slots: Mapping[str, object]) -> dict[str, PhraseRendering]:
    """A phrase in every language.

    Raises:
        BadInput: there is no such phrase, or its slots are not right.
    """
    rendered = {language: phrasebook.render(name, slots, language) for language in phrasebook.LANGUAGES}
    return {
        language: PhraseRendering(one.text, [PhrasePart(part.text, part.slot, part.dir) for part in one.parts])
        for language, one in rendered.items()
    }


def cursor_of(clock: int, log: int) -> str:
    """A place in the order, for pages."""
    return f"{clock}.{log}"


def plain_content(content: Content) -> dict[str, Json]:
    """A content as JSON; bytes in hex."""
    return {str(name): _plain(value) for name, value in content.items()}


def ring_view(ring: Ring, positions: Iterable[str]) -> RingView:
    """A ring."""
    return RingView(
        ring.reference, ring.case, ring.kind, ring.author, Precedence(ring.precedence).name, ring.stage, ring.alternates,
        ring.whose, ring.since_ms, ring.due_ms, list(positions),
    )  # fmt: skip


def silence_view(one: PeerSilence) -> SilenceView:
    """What can be said of a peer."""
    evidence = [EvidenceView(each.code, each.at_ms, each.by, dict(each.arguments)) for each in one.evidence]
    return SilenceView(one.code, one.standing, one.cause, one.since_ms, evidence)


def _emergency(item: Item) -> EmergencyView | None:
    said = item.emergency
    if said is None:
        return None
    return EmergencyView(
        list(said.rule.authority), said.plea.tried_since_s * 1000, said.plea.reason, item.act.at_ms + said.rule.confirm_ms,
        None if said.settled is None else said.settled.reference, said.withdrawn,
    )  # fmt: skip


def _because(because: Because | None) -> BecauseView | None:
    if because is None:
        return None
    return BecauseView(because.code, because.reason, dict(because.arguments), because.before, because.unseen)


def _critical(one: Critical, content: Content) -> CriticalView:
    said = None if one.field.name in content else one.said
    match said:
        case int() | str():
            told: int | str | list[int | str] | None = said
        case [*parts]:
            told = [part for part in parts if isinstance(part, int | str)]
        case _:
            told = None
    return CriticalView(one.field.name, one.field.kind, dict(one.field.title), told)


def _plain(value: object) -> Json:
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
