"""What holds of every history: random acts of two to four members with random hearing, sense and nonsense.

The order of arrival leaves no trace; nothing crashes the fold; what an officer was told stays; what is void moves nothing.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from parley.charter.void import Void
from parley.desks import line
from parley.procedure.act import Act
from parley.procedure.fold import CaseFold
from parley.procedure.item import Item
from parley.procedure.registry import Desks
from parley.record.ids import MemberSet
from parley.record.statement import Precedence
from tests.changed import replace
from tests.procedure import toy_desk
from tests.procedure.histories import History
from tests.procedure.pictures import differences, picture
from tests.procedure.sayings import Saying, nonsense, opening, sensible
from tests.sim.cell import found_cell

DESKS = Desks((line.DESK, toy_desk.DESK))
OPENING = [kind for desk in DESKS.desks for kind in desk.kinds if kind.opens]
POSITIONS = (("duty-1", "duty"), ("duty-2", "duty"), ("clerk-1", "clerk"))
REVOKED = Void("officer.revoked", "the key was revoked")

Step = tuple[int, int, int]
"""Who speaks, whom it hears first (bits), and the seed of what it says."""

steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 15), st.integers(0, 1 << 16)), min_size=2, max_size=22)


class Arrival:
    """A case whose statements come in any order: put in as `node.cases` does."""

    def __init__(self, history: History, reference: str) -> None:
        self.history = history
        self.reference = reference
        self.acts: list[Act] = []
        self.fold: CaseFold | None = None

    def take(self, act: Act) -> None:
        self.acts.append(act)
        if self.fold is not None and self.fold.last.key < act.key:
            self.fold.take(act)
            return
        opener = next((one for one in self.acts if one.reference == self.reference), None)
        if opener is not None:
            self.fold = folded(self.history, opener, self.acts)


def folded(history: History, opener: Act, acts: list[Act]) -> CaseFold:
    """The case that `opener` opened, of these of its acts."""
    case = CaseFold(history.setting, opener)
    for act in sorted((one for one in acts if one is not opener), key=lambda act: act.key):
        case.take(act)
    return case


def played(size: int, variant: int, script: list[Step]) -> History:
    """The history of a script: each speaks from what it knows, mostly sense."""
    history = History(found_cell(variant, size).charter, DESKS)
    for who, hears, seed in script:
        member, rng = who % size, Random(seed)
        for other in range(size):
            if hears >> other & 1:
                history.hear(member, other)
        position, mandate = rng.choice(POSITIONS)
        saying, void = _said(history, member, rng)
        addressees = MemberSet(rng.getrandbits(size) & ~(1 << member))
        act = history.record(
            member, saying.kind, saying.content, saying.case, saying.about, addressees, position=position, mandate=mandate,
            precedence=Precedence(rng.randint(0, 3)), channel=1 if rng.random() < 0.97 else 2,
        )  # fmt: skip
        history.acts[-1] = _blurred(act, history, rng, void)
    return history


def _said(history: History, member: int, rng: Random) -> tuple[Saying, Void | None]:
    known = history.known(member)
    openers = [act for act in known if act.case is None]
    draw = rng.random()
    if draw < 0.04 and history.acts:
        unheard = rng.choice([act for act in history.acts if act.case is None])
        return replace(nonsense(rng, DESKS, None, history.now), case=unheard.reference, about=(unheard.digest,)), None
    if not openers or draw < 0.16:
        return opening(rng, rng.choice(OPENING), history.now), None
    case = folded(history, opener := rng.choice(openers), [act for act in known if act.case == opener.reference])
    if draw < 0.28:
        saying = nonsense(rng, DESKS, case, history.now)
        elsewhere = f"{history.charter.members[rng.randrange(len(history.charter.members))].code} {rng.randint(0, 9)}"
        return (saying if rng.random() < 0.7 else replace(saying, case=elsewhere)), None
    saying = sensible(rng, case, member, history.now) or nonsense(rng, DESKS, case, history.now)
    return saying, REVOKED if rng.random() < 0.06 else None


def _blurred(act: Act, history: History, rng: Random, void: Void | None) -> Act:
    """Now and then it is void, its content is not seen here, or it is another's statement over again."""
    earlier = [one for one in history.acts[:-1] if one.case == act.case and one.case is not None]
    if earlier and rng.random() < 0.06:
        first = rng.choice(earlier)
        foreign = Void("issuer.other-member", "it speaks as another") if first.member != act.member else None
        names = (
            "digest",
            "position",
            "kind",
            "channel",
            "precedence",
            "addressees",
            "mandate",
            "replies_to",
            "content",
        )
        return replace(act, void=foreign, **{name: getattr(first, name) for name in names})
    return replace(act, void=void, content=None if rng.random() < 0.03 else act.content)


def cases_of(history: History) -> list[tuple[Act, list[Act]]]:
    """Every case: the act that opens it, and all acts that name it, that one included."""
    return [
        (opener, [opener, *(act for act in history.acts if act.case == opener.reference)])
        for opener in history.acts if opener.case is None
    ]  # fmt: skip


@given(st.integers(2, 4), st.integers(0, 1), steps, st.randoms(use_true_random=False))
def test_the_order_of_arrival_leaves_no_trace(size: int, variant: int, script: list[Step], chance: Random) -> None:
    history = played(size, variant, script)
    for opener, acts in cases_of(history):
        arrival = Arrival(history, opener.reference)
        for act in chance.sample(acts, len(acts)):
            arrival.take(act)
        assert arrival.fold is not None
        assert not [*differences(picture(arrival.fold), picture(folded(history, opener, acts)))]


@given(st.integers(2, 4), st.integers(0, 1), steps)
def test_every_statement_is_an_item_and_a_void_one_says_why(size: int, variant: int, script: list[Step]) -> None:
    history = played(size, variant, script)
    for opener, acts in cases_of(history):
        case = folded(history, opener, acts)
        assert sorted(item.act.reference for item in case.items) == sorted(act.reference for act in acts)
        references = {act.reference for act in acts}
        for item in case.items:
            strays = item.act.key < opener.key or item.act.channel != opener.channel
            assert not strays or item.because is not None, f"{item.act.reference} is no part of {opener.reference}"
            if item.because is not None:
                assert item.because.code
                assert item.because.reason
                assert item.because.before is None or item.because.before in references
            if item.because is not None and item.because.code == "move.other-state":
                assert item.because.before in references


@given(st.integers(2, 4), st.integers(0, 1), steps)
def test_what_an_officer_was_told_is_not_changed_by_what_comes_later(
    size: int, variant: int, script: list[Step]
) -> None:
    history = played(size, variant, script)
    for opener, acts in cases_of(history):
        in_order = [opener, *sorted(acts[1:], key=lambda act: act.key)]
        stages = [folded(history, opener, in_order[:count]) for count in range(1, len(in_order) + 1)]
        for before, after in pairwise(stages):
            for was, now in zip(before.items, after.items, strict=False):
                changed = was.because != now.because
                assert not changed or _released(was, now, after) or _bound(now, after), (
                    f"{was.act.reference}: {now.because}"
                )


def _released(was: Item, now: Item, after: CaseFold) -> bool:
    """It waited for the statement that came, and takes effect, or too late, by it."""
    return was.released is None and was.because is None and now.released == after.last.reference


def _bound(now: Item, after: CaseFold) -> bool:
    """It is the withdrawal that the assent that came, and had not seen it, undid."""
    return now.because is not None and (now.because.code, now.because.before) == (
        "withdrawal.bound",
        after.last.reference,
    )


@given(st.integers(2, 4), st.integers(0, 1), steps)
def test_what_is_void_changes_nothing_else(size: int, variant: int, script: list[Step]) -> None:
    history = played(size, variant, script)
    for opener, acts in cases_of(history):
        case = folded(history, opener, acts)
        for void in (item for item in case.items[1:] if item.because is not None):
            if _left_a_trace(case, void):
                continue
            without = folded(history, opener, [act for act in acts if act is not void.act])
            citing = _about(case, void)
            found, wanted = picture(without), picture(case)
            assert not [
                *differences(
                    found._replace(items=tuple(item for item in found.items if item.reference not in citing)),
                    wanted._replace(items=tuple(item for item in wanted.items if item.reference not in citing)),
                )
            ], f"without {void.act.reference}, {void.because}"


def _left_a_trace(case: CaseFold, void: Item) -> bool:
    """What may change with it: a copy of it would count in its place; until it was found void, at its release or by the
    assent that undid a withdrawal, it was asked about, or others were told of it."""
    reasons = [(item.because.code, item.because.before) for item in case.items if item.because is not None]
    bound = void.because is not None and void.because.code == "withdrawal.bound"
    return ("statement.repeated", void.act.reference) in reasons or bound or void.released not in ("", None)


def _about(case: CaseFold, void: Item) -> set[str]:
    """The void statement, what is the very same one, and what is about any of these: void too, and told by which."""
    digests, found = {void.act.digest}, {void.act.reference}
    for item in case.items:
        same = item.act.digest == void.act.digest and item.act.void is None
        if same or digests & {*item.act.replies_to}:
            digests.add(item.act.digest)
            found.add(item.act.reference)
    return found
