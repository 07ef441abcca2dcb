"""Histories for folds: members say things, and hear each other when the test says so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from parley.charter.charter import EXERCISE_BANNER, Charter
from parley.charter.charter_toml import load_toml
from parley.charter.founding import found
from parley.crypto.keys import SigningKey
from parley.desks import at_hand
from parley.procedure.act import Act
from parley.procedure.fields import Content
from parley.procedure.fold import CaseFold
from parley.procedure.registry import Desks
from parley.procedure.setting import Setting
from parley.record.ids import LogId, MemberOrdinal, MemberSet, Seq, StatementDigest, members
from parley.record.order import order_key
from parley.record.rows import Place
from parley.record.statement import Precedence

CHARTER_FILE = Path(__file__).parents[2] / "examples" / "charters" / "joint-mechanism.toml"
NOON_MS = 1_790_000_000_000
ISR, SYR, USA = 0, 1, 2
assert EXERCISE_BANNER


def charter_of(text: str) -> Charter:
    draft = load_toml(text)
    keys = {seat.code: SigningKey.from_seed(hashlib.sha256(seat.code.encode()).digest()) for seat in draft.seats}
    return found(draft, {code: key.verify_key.raw for code, key in keys.items()})


CHARTER = charter_of(CHARTER_FILE.read_text("utf-8"))


@dataclass
class History:
    """Logs of all members, and how much of the others' each has heard."""

    charter: Charter = CHARTER
    desks: Desks = field(default_factory=at_hand)
    now: int = NOON_MS
    acts: list[Act] = field(default_factory=list)
    _clock: dict[int, int] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)
    _heard: dict[int, dict[int, int]] = field(default_factory=dict)
    _clocks_at: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def setting(self) -> Setting:
        return Setting(self.desks)

    def hear(self, member: int, other: int | None = None) -> None:
        """`member` receives all that `other` (by default everyone) has said so far, and what that has seen."""
        for one in range(len(self.charter.members)) if other is None else [other]:
            if one != member and self._sizes.get(one):
                last = next(act for act in reversed(self.acts) if act.place.log == one)
                for log, size in {**last.past, one: self._sizes[one]}.items():
                    if log != member:
                        heard = self._heard.setdefault(member, {})
                        heard[log] = max(size, heard.get(log, 0))

    def known(self, member: int) -> list[Act]:
        """What `member` has said and heard."""
        heard = {**self._heard.get(member, {}), member: self._sizes.get(member, 0)}
        return [act for act in self.acts if act.place.seq < heard.get(act.place.log, 0)]

    def say(self, member: int, kind: str, content: dict | None = None, *, case: Act | str | None = None,
            about: list[Act] | Act | None = None, to: list[int] | None = None, position: str = "duty-1",
            precedence: Precedence = Precedence.ROUTINE, mandate: str = "watch", later_ms: int = 1_000,
            blind: bool = False, marking: str = "") -> Act:  # fmt: skip
        """The next statement of `member`; it has heard everything, unless `blind`."""
        targets = [about] if isinstance(about, Act) else about or []
        addressees = members([m for m in range(len(self.charter.members)) if m != member] if to is None else to)
        return self.record(
            member, kind, {} if content is None else content, case.reference if isinstance(case, Act) else case,
            tuple(one.digest for one in targets), addressees, position=position, precedence=precedence, mandate=mandate,
            later_ms=later_ms, blind=blind, marking=marking,
        )  # fmt: skip

    def record(self, member: int, kind: str, content: Content | None, case: str | None, about: tuple[StatementDigest, ...],
               addressees: MemberSet, *, position: str, precedence: Precedence, mandate: str, later_ms: int = 1_000,
               blind: bool = True, channel: int = 1, marking: str = "") -> Act:  # fmt: skip
        """As `say`, with everything given."""
        if not blind:
            self.hear(member)
        self.now += later_ms
        heard = self._heard.get(member, {})
        seq = self._sizes.get(member, 0)
        seen_clocks = [self._clocks_at[other, size - 1] for other, size in heard.items() if size]
        clock = 1 + max([self._clock.get(member, 0), *seen_clocks])
        self._clock[member], self._sizes[member], self._clocks_at[member, seq] = clock, seq + 1, clock
        act = Act(
            Place(LogId(member), 0, Seq(seq)), f"{self.charter.members[member].code} {seq}", self.charter, order_key(clock, LogId(member)),
            self.now, StatementDigest(hashlib.sha256(f"{member} {seq}".encode()).digest()), MemberOrdinal(member), position,
            kind, 1, channel, precedence, MemberSet(addressees), mandate, about, case, content,
            {LogId(other): size for other, size in heard.items()} | {LogId(member): seq}, marking=marking,
        )  # fmt: skip
        self.acts.append(act)
        return act

    def fold(self, opening: Act) -> CaseFold:
        """The case that `opening` opened, from all that was said, in the record's order."""
        own = [act for act in self.acts if act.case == opening.reference]
        case = CaseFold(self.setting, opening)
        for act in sorted(own, key=lambda act: act.key):
            case.take(act)
        return case


def message(history: History, member: int, text: str = "SIMULATION", **how: object) -> Act:
    """A message of `member` that opens a case."""
    extra = how.pop("fields", {})
    return history.say(member, "message", {"text": text, "lang": "en", **extra}, **how)  # type: ignore[arg-type, dict-item]
