"""What an officer may say next: what makes sense in a case, or nonsense. All chance is the `random.Random` handed in.

Contents are made from a kind's declared fields, so whatever desk is declared can be spoken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from parley.crypto.cbor import CborValue
from parley.procedure import handling
from parley.procedure.critical import critical_in
from parley.procedure.declare import Kind
from parley.procedure.fields import DATUMS, TOLERANCES, Content, Field, FieldKind
from parley.procedure.fold import UNRELEASED, CaseFold
from parley.procedure.item import Clarification, Item
from parley.procedure.ladder import Rung
from parley.procedure.registry import Desks
from parley.record.ids import StatementDigest

HOUR_MS = 3_600_000
TEXTS = ("SIMULATION", "SIMULATION: say again", "محاكاة", "סימולציה")
LADDER = (
    handling.SHOWN,
    handling.ACKNOWLEDGE,
    handling.PASSED_ON,
    handling.UNIT_CONFIRMED,
    handling.OUTCOME,
    handling.DECLINE,
)
WEIGHTS = (1, 6, 1, 1, 2, 1)


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement to be made: `case` None opens one; `about` are the digests it replies to."""

    kind: str
    content: Mapping[str, CborValue]
    case: str | None = None
    about: tuple[StatementDigest, ...] = ()


def opening(rng: Random, kind: Kind, now_ms: int, **fixed: CborValue) -> Saying:
    """A statement of a kind that opens a case; some of its fields may be given."""
    return Saying(kind.name, {**content_of(kind, rng, now_ms), **fixed})


def sensible(rng: Random, case: CaseFold, me: int, now_ms: int) -> Saying | None:
    """Something that member `me` may well say in a case as it knows it, None where it has nothing to say."""
    said = _Speaker(rng, case, me, now_ms)
    options = [*said.ladders(), *said.moves(), *said.clarifications(), *said.own_matters(), *said.remarks()]
    return rng.choice(options)() if options else None


def nonsense(rng: Random, desks: Desks, case: CaseFold | None, now_ms: int) -> Saying:
    """A kind in a case where it has no place, about whatever, with a content that need not be one of its kind."""
    kinds = [kind for desk in desks.desks for kind in desk.kinds] + list(desks.handling)
    kind = rng.choice(kinds)
    content = content_of(kind, rng, now_ms)
    spoilt = rng.random()
    if spoilt < 0.2:
        content["unheard-of"] = 1
    elif spoilt < 0.4 and content:
        content[rng.choice(sorted(content))] = rng.choice([None, -1, "", "\n", [], {}, {"circle": 1}, 1 << 60])
    acts = [item.act.digest for item in case.items] if case is not None else []
    about = tuple(rng.sample(acts, min(len(acts), rng.randint(0, 2))))
    return Saying(kind.name, content, case.opening.reference if case is not None else None, about)


# ---- contents -----------------------------------------------------------------------------------------------


def content_of(kind: Kind, rng: Random, now_ms: int) -> dict[str, CborValue]:
    """A good content of a kind: what is required, one of each group, some of the rest."""
    grouped = {name for group in kind.one_of for name in group}
    speakable = [one for one in kind.fields if one.kind not in (FieldKind.PHRASE, FieldKind.READ_BACK)]
    names = {one.name for one in speakable}
    chosen = {rng.choice([name for name in group if name in names]) for group in kind.one_of}
    content = {
        one.name: _value(one, rng, now_ms)
        for one in speakable
        if one.required or one.name in chosen or (one.name not in grouped and rng.random() < 0.4)
    }
    return whole(kind, content, rng, now_ms)


def whole(kind: Kind, content: dict[str, CborValue], rng: Random, now_ms: int) -> dict[str, CborValue]:
    """The content with what its choices want beside them."""
    wanted = {
        choice.wants
        for one in kind.fields
        for choice in one.choices
        if choice.wants is not None and choice.value == content.get(one.name)
    }
    return {one.name: _value(one, rng, now_ms) for one in kind.fields if one.name in wanted} | content


def read_back(rng: Random, item: Item) -> dict[str, CborValue]:
    """The critical fields of a statement read back: mostly right, within a convention's rounding; or one wrong, or gone."""
    back = {one.field.name: _rounded(one.field, one.said, rng) for one in critical_in(item.kind, item.content)}
    if back and rng.random() < 0.35:
        name = rng.choice(sorted(back))
        wrong = [None, "elsewhere", -1, [1, 2], {"circle": [0, 0, 1]}, [91_440, "AGL"]]
        back[name] = rng.choice([one for one in wrong if one != back[name]])
        if rng.random() < 0.3:
            del back[name]
    return back


def _rounded(field: Field, value: CborValue, rng: Random) -> CborValue:
    if type(value) is int and field.kind in TOLERANCES:
        return max(0, value - rng.choice([0, TOLERANCES[field.kind]]))
    return value


def _value(field: Field, rng: Random, now_ms: int) -> CborValue:
    return _VALUES[field.kind](field, rng, now_ms)


def _place(rng: Random) -> list[CborValue]:
    return [335_000_000 + rng.randint(0, 9) * 10_000, 358_000_000 + rng.randint(0, 9) * 10_000]


def _area(rng: Random) -> CborValue:
    """Within some fifteen kilometres: some meet, some pass each other by, and some boundaries cross themselves."""
    south, west = [base + rng.randint(0, 9) * 150_000 for base in (335_000_000, 358_000_000)]
    if rng.random() < 0.5:
        return {"circle": [south, west, rng.randint(1, 9) * 1_000]}
    north, east = south + rng.randint(1, 9) * 100_000, west + rng.randint(1, 9) * 100_000
    corners: list[CborValue] = [[south, west], [south, east], [north, east], [north, west]]
    return {"polygon": corners if rng.random() < 0.8 else rng.sample(corners, 4)}


def _volume(rng: Random, now_ms: int) -> CborValue:
    area = _area(rng) if rng.random() < 0.7 else {"corridor": [[_place(rng), _place(rng)], rng.randint(1, 9) * 500]}
    start = now_ms + rng.randint(0, 9) * HOUR_MS
    limits: dict[str, CborValue] = (
        {"floor": [rng.randint(0, 9) * 30_480, rng.choice(DATUMS)]} if rng.random() < 0.5 else {}
    )
    return {"area": area, "start": start, "end": start + rng.randint(1, 9) * HOUR_MS, **limits}


_VALUES: Mapping[FieldKind, Callable[[Field, Random, int], CborValue]] = {
    FieldKind.TEXT: lambda _, rng, now: rng.choice(TEXTS),
    FieldKind.LABEL: lambda _, rng, now: f"label-{rng.randint(1, 9)}",
    FieldKind.LANGUAGE: lambda _, rng, now: rng.choice(["en", "ar", "he"]),
    FieldKind.INSTANT: lambda _, rng, now: now + rng.randint(0, 9) * HOUR_MS,
    FieldKind.SPAN: lambda _, rng, now: rng.randint(1, 9) * HOUR_MS,
    FieldKind.PLACE: lambda _, rng, now: _place(rng),
    FieldKind.AREA: lambda _, rng, now: _area(rng),
    FieldKind.VOLUMES: lambda _, rng, now: [_volume(rng, now) for _ in range(rng.randint(1, 3))],
    FieldKind.HEIGHT: lambda _, rng, now: [rng.randint(0, 9) * 30_480, rng.choice(DATUMS)],
    FieldKind.CHOICE: lambda field, rng, now: rng.choice(field.choices).value,
    FieldKind.MEMBER: lambda _, rng, now: "AAA",
    FieldKind.MEMBERS: lambda _, rng, now: ["AAA", "BBB"],
    FieldKind.REFERENCE: lambda _, rng, now: f"AAA {rng.randint(1, 9)}",
    FieldKind.REFERENCES: lambda _, rng, now: [f"AAA {rng.randint(1, 9)}"],
    FieldKind.COUNT: lambda _, rng, now: rng.randint(0, 9),
    FieldKind.FLAG: lambda _, rng, now: rng.random() < 0.5,
    FieldKind.NAMES: lambda _, rng, now: ["message", "service"],
    FieldKind.ROSTER: lambda _, rng, now: {
        "zone": "UTC",
        "liaison": "liaison",
        "shifts": [{"position": f"duty-{rng.randint(1, 9)}", "days": list(range(7)), "from": 0, "until": 1440}],
    },
}


# ---- what makes sense ------------------------------------------------------------------------------------------

Options = Iterator[Callable[[], Saying]]


@dataclass(frozen=True, slots=True)
class _Speaker:
    rng: Random
    case: CaseFold
    me: int
    now_ms: int

    def ladders(self) -> Options:
        """What is owed for what was addressed to this member."""
        for item in self.case.items:
            ladder = item.ladders.get(self.me)
            if ladder is not None and ladder.unconfirmed and self.rng.random() < 0.5:
                yield lambda item=item, alias=ladder.unconfirmed[0]: self._say(
                    handling.UNIT_CONFIRMED.name, [item], unit=alias
                )
            if ladder is not None and not (ladder.acknowledged and Rung.OUTCOME in ladder.marks):
                yield from [lambda item=item: self._climb(item)] * (1 if ladder.acknowledged else 3)

    def moves(self) -> Options:
        """The procedure's moves that are this member's to make now."""
        case, procedure = self.case, self.case.procedure
        for row in procedure.moves if procedure is not None else ():
            mine = self.me in case.members(row.who)
            if mine and case.state in row.frm and row.kind != handling.ACKNOWLEDGE.name:
                yield from [lambda row=row: self._say(row.kind, self._target(row.kind), **row.where)] * 3

    def clarifications(self) -> Options:
        """Questions of one's own that were answered, and what one is asked."""
        for one in self.case.clarifications:
            if one.closed is None and not one.fields and one.asker == self.me:
                yield from [lambda one=one: self._clarify(one, handling.UNDERSTOOD)] * 2
            about = self.case.item_at(one.about)
            if one.closed is None and about is not None and about.act.member == self.me:
                yield from [lambda one=one: self._clarify(one, handling.ANSWERED)] * 2

    def own_matters(self) -> Options:
        """The second signature on what waits for one; the authority's word on what was said in its stead; a correction."""
        own = [item for item in self.case.items if item.act.member == self.me and item.because is None]
        for item in own:
            if item.released is None:
                yield from [lambda item=item: self._say(handling.RELEASE.name, [item])] * 3
            if item.emergency is not None and item.emergency.settled is None:
                settles = self.rng.choice((handling.CONFIRM_EMERGENCY, handling.WITHDRAW_EMERGENCY))
                yield from [lambda item=item, kind=settles.name: self._say(kind, [item])] * 6
        standing = [item for item in own if item.released is not None and item.superseded is None and item.ladders]
        if standing:
            yield lambda: self._correct(self.rng.choice(standing))

    def remarks(self) -> Options:
        """What may be said of any statement of another member."""
        others = [item for item in self.case.items if item.because is None and item.act.member != self.me]
        if others and self.case.state != UNRELEASED:
            target = [self.rng.choice(others)]
            kinds = (handling.CLARIFICATION, handling.RENDITION, handling.ASSENT, handling.LAPSE)
            kind = self.rng.choice(kinds)
            fixed: dict[str, CborValue] = {"stage": handling.ASKED} if kind is handling.CLARIFICATION else {}
            yield lambda: self._say(kind.name, target, **fixed)

    def _climb(self, item: Item) -> Saying:
        kind = self.rng.choices(LADDER, WEIGHTS)[0]
        targets = [item]
        if kind is handling.SHOWN:
            targets += [one for one in self.case.items if one is not item and self.me in one.ladders][:2]
        if kind is not handling.ACKNOWLEDGE:
            return self._say(kind.name, targets)
        back = read_back(self.rng, item)
        return self._say(kind.name, targets, **({"read_back": back} if back or self.rng.random() < 0.2 else {}))

    def _correct(self, item: Item) -> Saying:
        content = content_of(item.kind, self.rng, self.now_ms)
        return Saying(handling.CORRECTION.name, content, self.case.opening.reference, (item.act.digest,))

    def _clarify(self, one: Clarification, stage: str) -> Saying:
        about = self.case.item_at(one.about)
        return self._say(handling.CLARIFICATION.name, [about] if about is not None else [], stage=stage)

    def _target(self, kind: str) -> list[Item]:
        """A handling kind that moves a case is about its opening statement, mostly."""
        wanted = self.case.setting.desks.is_handling(kind) and (kind != handling.ANSWER.name or self.rng.random() < 0.7)
        return [self.case.current()] if wanted else []

    def _say(self, kind: str, targets: Sequence[Item], **fixed: CborValue) -> Saying:
        declared = self.case.setting.desks.kind(kind)
        content: Content = content_of(declared, self.rng, self.now_ms) if declared is not None else {}
        content = {**content, **fixed}
        if declared is not None:
            content = whole(declared, content, self.rng, self.now_ms)
        return Saying(kind, content, self.case.opening.reference, tuple(item.act.digest for item in targets))
