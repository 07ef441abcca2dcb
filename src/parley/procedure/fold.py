"""The fold: a case's statements, in the record's causal order, give one state, the same on every node.

`CaseFold.take` is called with each act in order and reads no clock. What a statement may do:

1. What the record holds void, what stands there twice, and what is not a content of its kind, moves nothing. Of two
   that are the same, the first that the record does not hold void counts: a copy in another's log takes nothing away.
   Nor does what stands before its case was opened, or is said on another channel than the case move it: others see the
   statement than see the case, and would come to another state.
2. A statement of a kind that the charter wants countersigned waits for the second officer's `release`, and takes effect
   at the release's place in the order. So does a correction of one.
3. A handling kind (see `handling`) is about the statement it names first: it climbs that one's ladder, asks, renders,
   corrects, responds or assents. A correction supersedes, and is acknowledged anew.
4. Then the procedure's table (see `moves`): the first row of this kind whose states, authors and values fit moves the case.
5. A kind that belongs to the procedure, but for which no row fits, is void, because… Where the case was in another state
   by a statement that the author had not seen, that one is named: it came first in the order.
"""

from __future__ import annotations

from parley.errors import BadInput
from parley.procedure import handling
from parley.procedure.act import Act
from parley.procedure.because import Because
from parley.procedure.contents import check_content
from parley.procedure.declare import Kind, Procedure, Who
from parley.procedure.item import Clarification, Emergency, Entered, Item
from parley.procedure.ladder import Ladder, Rung, addressed
from parley.procedure.moves import Moves
from parley.procedure.setting import Setting
from parley.procedure.words import words
from parley.record.ids import StatementDigest

NOT_UNDERSTOOD = "not-understood"
UNRELEASED = "unreleased"
DISOWNED = "disowned"
DISOWNED_TITLE = words("Withdrawn by its authority", "سحبه صاحب الصلاحية", "נמשך בידי בעל הסמכות")


class CaseFold:
    """See the module. The first act taken must be the one that opens the case."""

    def __init__(self, setting: Setting, opening: Act) -> None:
        self.setting = setting
        self.opening = opening
        self.procedure: Procedure | None = setting.desks.procedure_of(opening.kind, opening.version)
        self.items: list[Item] = []
        self.entered: list[Entered] = []
        self.clarifications: list[Clarification] = []
        self.assents: dict[StatementDigest, dict[int, Act]] = {}
        self._by_digest: dict[StatementDigest, Item] = {}
        self._by_reference: dict[str, Item] = {}
        self._current: Item | None = None
        self._moves = Moves(self.procedure) if self.procedure is not None else None
        self._disowned: Act | None = None
        self.take(opening)

    # ---- what it has come to -------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """Where the case stands."""
        if self.procedure is None:
            return NOT_UNDERSTOOD
        if self._disowned is not None:
            return DISOWNED
        return self.entered[-1].state if self.entered else UNRELEASED

    @property
    def is_unreleased(self) -> bool:
        """Whether what opens the case still waits for its second officer."""
        return self.state == UNRELEASED

    @property
    def is_over(self) -> bool:
        """Whether nothing is expected any more."""
        if self._disowned is not None:
            return True
        return bool(self.entered) and self.procedure is not None and self.procedure.state(self.state).final

    @property
    def moved_by(self) -> Act:
        """The statement by which the case came to where it stands; asked only of one that is released."""
        return self._disowned or self.entered[-1].act

    def awaits(self, item: Item) -> bool:
        """Whether an acknowledgement of it is waited for: as long as the case is not over, and of what ended it after too."""
        return not self.is_over or item.act.key >= self.moved_by.key

    @property
    def last(self) -> Act:
        """The last statement in the order."""
        last = self.items[-1].act
        return last if last.key > self.opening.key else self.opening

    def item(self, digest: StatementDigest) -> Item | None:
        """The statement with that digest."""
        return self._by_digest.get(digest)

    def item_at(self, reference: str) -> Item | None:
        """The statement of that reference."""
        return self._by_reference.get(reference)

    def current(self) -> Item:
        """The statement that says what the case is about: the opening one, or its latest correction."""
        return self._current or self.items[0]

    def entered_at(self, states: tuple[str, ...]) -> Entered | None:
        """When the case last came into one of `states` from outside them, if it is in one now."""
        found = None
        if self._disowned is not None:
            return None
        for one in reversed(self.entered):
            if one.state not in states:
                break
            found = one
        return found

    def responses(self) -> dict[int, Item]:
        """Each member's last response to what the case says now, and its author's own word, which needs none."""
        now = self.current()
        found: dict[int, Item] = {now.act.member: now}
        for one in self.items:
            counts = one.because is None and one.released is not None and one.act.kind == handling.RESPOND.name
            if counts and now.act.digest in one.act.replies_to[:1]:
                found[one.act.member] = one
        return found

    def members(self, who: Who) -> list[int]:
        """Those who may move the case as `who`."""
        return self.setting.members(who, self.opening, self.concerned() if who is Who.CONCERNED else ())

    def may(self, who: Who, member: int) -> bool:
        """Whether `member` is one of those."""
        return self.setting.may(who, self.opening, member, self.concerned() if who is Who.CONCERNED else ())

    def concerned(self) -> set[str]:
        """The members that what the case says now concerns, by code."""
        now = self.current()
        named = [(now.content or {}).get(one.name) for one in now.kind.fields if one.concerned]
        return {
            code for one in named for code in (one if isinstance(one, list | tuple) else [one]) if isinstance(code, str)
        }

    # ---- the fold ------------------------------------------------------------------------------------------

    def take(self, act: Act) -> Item:
        """Take the next statement of the case, in the record's order; what stands before the case comes after its opening."""
        kind = self.setting.kind_of(act)
        item = Item(act, kind, None, corrects=self._corrects(act))
        self.items.append(item)
        self._by_reference[act.reference] = item
        item.because = self._unfit(act, kind, item)
        said_in = self.setting.emergency(act) if item.because is None else None
        item.emergency = Emergency(*said_in) if said_in is not None else None
        if self._first(act) is None:
            self._by_digest[act.digest] = item
        if item.because is None:
            if self.countersigned_by(act):
                item.released = None
            else:
                item.because = self._effect(item, act)
        return item

    def _unfit(self, act: Act, kind: Kind, item: Item) -> Because | None:
        """Step 1."""
        if act.void is not None:
            return Because.of_record(act.void)
        first = self._first(act)
        if first is not None:
            reference = first.act.reference
            why = f"it stands in the record before, at {reference}"
            return Because("statement.repeated", why, {"first": reference}, reference)
        if act.key < self.opening.key:
            return Because("case.not-yet", f"it stands before {self.opening.reference}, which opens the case")
        if act.channel != self.opening.channel:
            return Because("case.other-channel", "it is said on another channel than its case")
        if act.content is None:
            return None
        if not self.setting.understands(act):
            item.content = act.content
            return None
        try:
            item.content = check_content(kind if item.corrects is None else item.corrects.kind, act.content)
        except BadInput as fault:
            return Because.of_content(fault)
        return None

    def _first(self, act: Act) -> Item | None:
        """The same statement, where it stood before and the record does not hold that void."""
        known = self._by_digest.get(act.digest)
        return known if known is not None and known.act.void is None else None

    def _effect(self, item: Item, at: Act) -> Because | None:
        """Steps 2 to 5, as of `at`: the act itself, or the release it waited for."""
        act, kind = item.act, item.kind
        if act is self.opening:
            if kind.opens is None and self.setting.understands(act):
                return Because("case.none", f"{act.kind} belongs in a case, and names none", {"kind": act.kind})
            if self._moves is not None:
                self._moves.begin(self, at)
        else:
            because = self._handle(item) if self.setting.desks.is_handling(act.kind) else None
            if because is None:
                because = self._moves.take(self, item, at) if self._moves is not None else None
            if because is not None:
                return because
        if kind.acknowledged:
            item.ladders = {member: Ladder() for member in addressed(act)}
        return None

    def countersigned_by(self, act: Act) -> tuple[str, ...]:
        """The mandates that may release it, () where it waits for no release: for a correction, as for what it corrects."""
        wanted = self.setting.countersigned_by(act)
        corrects = None if wanted else self._corrects(act)
        return wanted if corrects is None else self.setting.countersigned_by(corrects.act)

    # ---- handling kinds --------------------------------------------------------------------------------------

    def _target(self, act: Act) -> Item | None:
        return self._by_digest.get(act.replies_to[0]) if act.replies_to else None

    def _corrects(self, act: Act) -> Item | None:
        """What a correction corrects, also one of a correction. What is void counts as if it were not there: others may not see it
        at all."""
        target = self._target(act) if act.kind == handling.CORRECTION.name else None
        if target is None or target.because is not None:
            return None
        return target.corrects or target

    def _handle(self, item: Item) -> Because | None:
        act, target = item.act, self._target(item.act)
        if act.kind in (handling.ANSWER.name, handling.LAPSE.name) and not act.replies_to:
            return None
        if target is None:
            return Because("target.unknown", "it names no statement of this case")
        if target.because is not None:
            reference = target.act.reference
            return Because("target.void", f"it is about {reference}, which is void", {"about": reference}, reference)
        match act.kind:
            case handling.CLARIFICATION.name:
                return self._clarify(item, target)
            case handling.CORRECTION.name:
                return self._correct(item, target)
            case handling.RENDITION.name:
                target.renditions.append(act.reference)
            case handling.RELEASE.name:
                return self._release(item, target)
            case handling.CONFIRM_EMERGENCY.name | handling.WITHDRAW_EMERGENCY.name:
                return self._settle(item, target)
            case handling.RESPOND.name if target is not self.current():
                return Because("respond.superseded", "what it responds to is not what the case says now")
            case handling.ASSENT.name:
                self.assents.setdefault(target.act.digest, {})[act.member] = act
            case (
                handling.SHOWN.name
                | handling.ACKNOWLEDGE.name
                | handling.PASSED_ON.name
                | handling.UNIT_CONFIRMED.name
                | handling.OUTCOME.name
                | handling.DECLINE.name
            ):
                return self._climb(item)
        return None

    def _climb(self, item: Item) -> Because | None:
        """A ladder statement may be about several at once; those of other cases are theirs."""
        act, moved, unpassed = item.act, False, False
        for digest in act.replies_to:
            target = self._by_digest.get(digest)
            ladder = target.ladders.get(act.member) if target is not None else None
            if target is None or ladder is None:
                continue
            if act.kind == handling.UNIT_CONFIRMED.name and (act.content or {}).get("unit", "") not in ladder.units:
                unpassed = True
                continue
            moved = True
            ladder.take(act, target.kind, target.content)
            if act.kind == handling.ACKNOWLEDGE.name:
                self._question_read_back(act, target, ladder)
        if unpassed and not moved:
            return Because("ladder.not-passed-on", "it was not passed on to that unit")
        if not moved:
            return Because("ladder.not-addressed", "the statement it is about was not addressed to its author")
        return None

    def _question_read_back(self, act: Act, target: Item, ladder: Ladder) -> None:
        about = target.act.reference
        for one in self.clarifications:
            if one.about == about and one.asker == act.member and one.fields and one.closed is None:
                one.closed = act.reference
        if ladder.mismatched:
            self.clarifications.append(Clarification(about, act.member, act.reference, act.at_ms, ladder.mismatched))

    def _clarify(self, item: Item, target: Item) -> Because | None:
        act, stage = item.act, (item.content or {}).get("stage")
        about = target.act.reference
        open_ones = [one for one in self.clarifications if one.about == about and one.closed is None]
        match stage:
            case handling.ASKED:
                self.clarifications.append(Clarification(about, act.member, act.reference, act.at_ms))
            case handling.ANSWERED:
                if act.member != target.act.member:
                    return Because("clarification.not-yours", "only the member that said it can clarify it")
                if not open_ones:
                    return Because("clarification.none", "nothing is asked about it")
                for one in open_ones:
                    one.answers.append(act.reference)
            case handling.UNDERSTOOD:
                own = [one for one in open_ones if one.asker == act.member and not one.fields]
                if not own:
                    return Because("clarification.none", "its author asked nothing about it that is still open")
                for one in own:
                    one.closed = act.reference
        return None

    def _correct(self, item: Item, target: Item) -> Because | None:
        act, about = item.act, target.act
        if about.member != act.member:
            return Because("correction.not-yours", "only the member that said it can correct it")
        if target.superseded is not None:
            first = self._by_reference[target.superseded].act
            return Because(
                "correction.superseded", f"it was corrected before, by {first.reference}", {"about": about.reference},
                first.reference, unseen=not act.has_seen(first),
            )  # fmt: skip
        if target is self.current():
            self._current = item
        target.superseded = act.reference
        item.kind = target.kind
        item.ladders = {member: Ladder() for member in target.ladders}
        for one in self.clarifications:
            if one.about == about.reference and one.closed is None:
                one.closed = act.reference
        return None

    def _release(self, item: Item, target: Item) -> Because | None:
        act, about = item.act, target.act
        wanted = self.countersigned_by(about)
        if target.released is not None:
            return Because("release.not-wanted", "the statement it names waits for no release")
        if about.member != act.member or about.position == act.position or act.mandate not in wanted:
            return Because(
                "release.not-yours", "a second officer of the same member must sign it, under one of the mandates named",
                {"mandates": ", ".join(wanted)},
            )  # fmt: skip
        target.released = act.reference
        target.because = self._effect(target, act)
        return None

    def _settle(self, item: Item, target: Item) -> Because | None:
        """The authority confirms or withdraws what was said in its stead. The first word counts.

        What was withdrawn moves nothing any more: a case that it opened is over, a state that it led to is left again where
        nothing came after, what it corrected counts as it stood.
        """
        act, about, said = item.act, target.act, target.emergency
        if said is None:
            return Because("emergency.none", "the statement it names was not said under the emergency mandate")
        if about.member != act.member or about.position == act.position or act.mandate not in said.rule.authority:
            return Because(
                "emergency.not-yours", "another officer of the same member must sign it, under one of the mandates named",
                {"mandates": ", ".join(said.rule.authority)},
            )  # fmt: skip
        if said.settled is not None:
            first = said.settled
            return Because(
                "emergency.settled", f"that was settled before, by {first.reference}", {"about": about.reference},
                first.reference, unseen=not act.has_seen(first),
            )  # fmt: skip
        said.settled, said.withdrawn = act, act.kind == handling.WITHDRAW_EMERGENCY.name
        if said.withdrawn:
            target.because = Because(
                "emergency.withdrawn", f"its member's authority withdrew it, by {act.reference}", {"by": act.reference}
            )
            self._undo(target, act)
        return None

    def _undo(self, target: Item, by: Act) -> None:
        """What a statement moved is as it was before it, where nothing came after."""
        about = target.act
        if about is self.opening:
            self._disowned = by
        elif len(self.entered) > 1 and self.entered[-1].act.reference in (about.reference, target.released):
            self.entered.pop()
        for item in self.items:
            if item.superseded == about.reference:
                item.superseded = target.superseded
                if self._current is target:
                    self._current = item
        for question in self.clarifications:
            if question.closed == about.reference:
                question.closed = None
        for given in self.assents.values():
            if given.get(about.member) is about:
                del given[about.member]


def outcome_of(ladder: Ladder) -> str | None:
    """What an addressee said became of it."""
    mark = ladder.marks.get(Rung.OUTCOME)
    return mark.detail if mark is not None else None
