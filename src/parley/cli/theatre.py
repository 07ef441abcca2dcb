"""The theatre of the demo: three live floors side by side, what happens told in words, and buttons that make it happen.

Scripted officers (one of each member, played by this process) send a FLASH, call a STOP, or keep light traffic going; the
people in front of the floors are officers of their own, enrolled by one-time links. Who acts first rotates: each party does
as often what the other does. Everything said is SIMULATION.
"""

from __future__ import annotations

import itertools
import threading
import time
import tomllib
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.charter.terms import Role
from parley.cli.stage import Stage
from parley.errors import BadInput, ParleyError

NARRATION_FILE = Path(__file__).resolve().parents[3] / "examples" / "theatre" / "narration.toml"
KEPT_TOLD = 60
TRAFFIC_EVERY_S = 12.0
ACKNOWLEDGE_AFTER_S = 4.0
STOP_FOR_MS = 3_600_000
MINUTE_MS = 60_000
ACTS = ("flash", "stop", "cut", "kill", "restore", "quiet", "talk")
LANGUAGES = ("en", "ar", "he")
ROUTINE = {
    "en": "SIMULATION. Line test. Please acknowledge.",
    "ar": "محاكاة. اختبار الخط. يرجى تأكيد الاستلام.",
    "he": "סימולציה. בדיקת קו. נא לאשר קבלה.",
}
URGENT = {
    "en": "SIMULATION. An unarmed aircraft of ours has lost contact and drifts. Please acknowledge and read back.",
    "ar": "محاكاة. طائرة غير مسلحة لنا فقدت الاتصال وتنحرف عن مسارها. يرجى تأكيد الاستلام والقراءة المرتدة.",
    "he": "סימולציה. כלי טיס לא חמוש שלנו איבד קשר וסוטה ממסלולו. נא לאשר ולהקריא חזרה.",
}
PLACE = [335_000_000, 358_000_000]
AREA = {"circle": [*PLACE, 2_000]}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the narration, in every language."""

    at_ms: int
    event: str
    text: dict[str, str]
    why: dict[str, str]


@dataclass(slots=True)
class Theatre:
    """See the module. Called from any thread; one act at a time."""

    stage: Stage
    quiet: bool = False
    clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    told: deque[Told] = field(default_factory=lambda: deque(maxlen=KEPT_TOLD))
    cut: set[frozenset[str]] = field(default_factory=set)
    down: set[str] = field(default_factory=set)
    _turn: Any = None
    _acting: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _texts: Mapping[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Say what there is to see, and begin the traffic, unless it is to be quiet at first."""
        self._texts = tomllib.loads(NARRATION_FILE.read_text("utf-8"))
        parties = [one.code for one in self.stage.charter.members if one.role is Role.PARTY]
        self._turn = itertools.cycle(list(itertools.permutations(parties, 2)))
        self._tell("welcome")
        threading.Thread(target=self._traffic, name="theatre-traffic", daemon=True).start()

    def end(self) -> None:
        """Say no more."""
        self._ended.set()

    def act(self, name: str, about: Mapping[str, str]) -> None:
        """Do what a button says.

        Raises:
            BadInput: there is no such act, or it is not for these members.
            ParleyError: a node refuses.
        """
        acts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "flash": self._flash,
            "stop": self._stop,
            "cut": self._cut,
            "kill": self._kill,
            "restore": self._restore,
            "quiet": self._hush,
            "talk": self._talk,
        }
        if name not in acts:
            raise BadInput("theatre.act", f"there is no act {name[:20]}", field="act", rule=", ".join(acts))
        with self._acting:
            acts[name](about)

    def lines(self) -> list[tuple[str, str, bool]]:
        """Every line, and whether it is cut here."""
        return [(a, b, frozenset((a, b)) in self.cut) for a, b in itertools.combinations(self.stage.codes, 2)]

    # ---- acts --------------------------------------------------------------------------------------------------

    def _flash(self, about: Mapping[str, str]) -> None:
        by, to = self._pair(about)
        content = {"text": URGENT[self._language(by)], "lang": self._language(by), "place": PLACE, "time": self._soon()}
        self._say(by, "message", content, [to], "FLASH")
        self._tell("flash", by=by, to=to)

    def _stop(self, about: Mapping[str, str]) -> None:
        by, to = self._pair(about)
        content = {"area": AREA, "activity": "fire", "until": self._soon() + STOP_FOR_MS, "lang": self._language(by),
                   "text": ROUTINE[self._language(by)].split(". ")[0] + "."}  # fmt: skip
        self._say(by, "stop", content, [to], "FLASH")
        self._tell("stop", by=by, to=to)

    def _cut(self, about: Mapping[str, str]) -> None:
        a, b = self._pair(about, "a", "b")
        self.stage.line("cut", a, b)
        self.cut.add(frozenset((a, b)))
        self._tell("cut", a=a, b=b)

    def _kill(self, about: Mapping[str, str]) -> None:
        code = str(about.get("code", ""))
        if code not in self.stage.codes or code in self.down:
            raise BadInput("theatre.member", "must be the code of a member whose node runs", field="code")
        self.stage.kill(code)
        self.down.add(code)
        self._tell("kill", code=code)

    def _restore(self, _: Mapping[str, str]) -> None:
        for code in sorted(self.down):
            self.stage.start(code)
            self.down.discard(code)
        for pair in list(self.cut):
            self.stage.line("restore", *sorted(pair))
            self.cut.discard(pair)
        self._tell("restore")

    def _hush(self, _: Mapping[str, str]) -> None:
        self.quiet = True

    def _talk(self, _: Mapping[str, str]) -> None:
        self.quiet = False

    # ---- traffic -----------------------------------------------------------------------------------------------

    def _traffic(self) -> None:
        """Somebody says something, the other acknowledges, for as long as the theatre is open and is not to be quiet."""
        while not self._ended.wait(TRAFFIC_EVERY_S):
            if self.quiet:
                continue
            by, to = self._pair({})
            if not {by, to} & self.down:
                with suppress(ParleyError):
                    self._exchange(by, to)

    def _exchange(self, by: str, to: str) -> None:
        with self._acting:
            content = {"text": ROUTINE[self._language(by)], "lang": self._language(by)}
            reference = self._say(by, "message", content, [to])
            self._tell("traffic", by=by, to=to)
        if not self._ended.wait(ACKNOWLEDGE_AFTER_S):
            with self._acting:
                self._say(to, "acknowledge", {}, [by], case=reference, about=reference)

    # ---- inside ------------------------------------------------------------------------------------------------

    def _pair(self, about: Mapping[str, str], first: str = "by", second: str = "to") -> tuple[str, str]:
        """The two members asked for; by default the parties whose turn it is, in either order as often."""
        a, b = about.get(first), about.get(second)
        if a is None and b is None:
            turn: tuple[str, str] = next(self._turn)
            return turn
        if a not in self.stage.codes or b not in self.stage.codes or a == b:
            raise BadInput("theatre.member", "must be the codes of two members", field=first)
        return str(a), str(b)

    def _language(self, code: str) -> str:
        member = self.stage.charter.member(code)
        assert member is not None, "a code of the stage"
        return next((one for one in member.languages if one in LANGUAGES), "en")

    def _soon(self) -> int:
        """In ten minutes, on a whole minute, as people say times."""
        return (self.clock_ms() // MINUTE_MS + 10) * MINUTE_MS

    def _say(self, by: str, kind: str, content: Mapping[str, Any], to: list[str], precedence: str = "ROUTINE",
             case: str | None = None, about: str | None = None) -> str:  # fmt: skip
        return self.stage.speak(by, kind, content, to=to, precedence=precedence, case=case, about=about)

    def _tell(self, event: str, **names: str) -> None:
        texts = self._texts[event]
        filled = {language: str(texts[language]).format(**names) for language in LANGUAGES}
        why = {language: str(texts["why"][language]) for language in LANGUAGES}
        self.told.append(Told(self.clock_ms(), event, filled, why))
