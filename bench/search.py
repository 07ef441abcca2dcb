"""Searching a million statements in three languages, through the node's own query path.

The corpus is a realistic mix: texts in English, Arabic (a third of it with vowel signs) and Hebrew whose words fall as words
do (Zipf), phrases of the phrasebook, STOPs with areas, calls and notes of what was done on paper, and acknowledgements; over
two years, of three members. It is written into the index by its own writer. Measured is what `GET /api/v1/search` has the index
do: the query read and checked, the index asked, what is found measured and excerpted, a page of twenty. What the cases
add to each of the twenty (void, superseded) is not in it. Each query runs once, none has run before.

The reference is SQLite bare: the same FTS5 expression, the newest twenty row numbers, nothing read of what they stand for.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from pathlib import Path

from bench.place import bench_folder
from bench.rows import Row, percentile
from bench.telling import tell
from parley.crypto.cbor import CborValue
from parley.desks import at_hand
from parley.node.search.search import Query, look, wanted
from parley.procedure import phrasebook
from parley.procedure.phrasebook import LANGUAGES, render
from parley.procedure.search.matter import NOTHING, Matter, Reading
from parley.record.ids import LogId, MemberOrdinal
from parley.store.search_index import SearchIndex, Told, expression, number_of

STATEMENTS = 1_000_000
BATCH = 256
TARGET_MS = 100
CODES = ["AAA", "BBB", "FAC"]
BEGAN_MS = 1_700_000_000_000
STEP_MS = 63_000
VOCABULARY = 20_000
POOL = 2_000
LATITUDES, LONGITUDES = (320_000_000, 350_000_000), (350_000_000, 380_000_000)
SEED = 20_261_126
COMMON = {
    "en": ["the", "of", "to", "and", "in", "at", "convoy", "patrol", "crossing", "sector", "quiet", "vehicle", "medical", "north", "south", "road", "report", "received", "passage", "works", "station", "movement", "tomorrow", "agreed", "route", "closed", "open", "bridge", "river", "line", "observer", "fire", "smoke", "engine", "crew", "units", "water"],
    "ar": ["في", "من", "إلى", "على", "القافلة", "الدورية", "المعبر", "القطاع", "هادئ", "المركبة", "الطبية", "الشمالي", "الجنوبي", "الطريق", "تقرير", "وصلت", "مرور", "أعمال", "محطة", "حركة", "غدًا", "متفق", "مغلق", "مفتوح", "الجسر", "النهر", "الخط", "المراقب", "نار", "دخان", "المحرك", "الطاقم", "وحدات", "المياه", "سيارة", "مدرسة"],
    "he": ["של", "על", "את", "אל", "השיירה", "הסיור", "המעבר", "הגזרה", "שקט", "רכב", "רפואי", "הצפוני", "הדרומי", "הכביש", "דיווח", "התקבל", "תנועה", "עבודות", "תחנה", "מחר", "מוסכם", "סגור", "פתוח", "הגשר", "הנהר", "הקו", "המשקיף", "אש", "עשן", "מנוע", "צוות", "יחידות", "מים", "בית", "ספר", "קרוב", "רחוק"],
}  # fmt: skip
LETTERS = {"en": "etaoinshrdlucmfwypvbgk", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "he": "אבגדהוזחטיכלמנסעפצקרשת"}
VOWELS = "\u064b\u064c\u064e\u064f\u0650\u0651\u0652"
PHRASES: tuple[tuple[str, dict[str, CborValue]], ...] = (
    ("stop.cease-fire-area", {"fire": "all-fire", "radius": 500}),
    ("warning.unexploded-ordnance", {"distance": 300}),
    ("warning.unidentified", {"objects": [2, "vehicle"], "direction": "north"}),
    ("warning.blaze", {"direction": "east"}),
)


def measure(count: int = STATEMENTS) -> Iterator[Row]:
    """The rows `search_1m_p95`, `search_index_us` and `search_index_bytes`."""
    with bench_folder() as folder:
        corpus = Corpus()
        index = SearchIndex(folder / "search.db")
        took_s = _build(index, corpus, count)
        size = sum(file.stat().st_size for file in Path(folder).glob("search.db*"))
        queries = list(corpus.queries(count))
        ours, bare = _ask(index, queries)
        index.close()
    told = ", ".join(f"p{q} {percentile(ours, q):.1f} ms" for q in (50, 90, 99)) + f", most {max(ours):.1f} ms"
    yield Row.against(
        "search_1m_p95", percentile(ours, 95), "ms", percentile(bare, 95), "bare FTS5, p95 of the same expressions for 20 row numbers",
        f"{len(queries)} queries of all sorts over {count} statements, each once: {told}", f"under {TARGET_MS} ms",
    )  # fmt: skip
    yield Row.alone(
        "search_index_us",
        took_s / count * 1e6,
        "µs/statement",
        f"written in batches of {BATCH}, corpus made beforehand",
    )
    yield Row.alone(
        "search_index_bytes", size / count, "bytes/statement", f"{size / 1e6:.0f} MB on disk, the originals in it"
    )


def _build(index: SearchIndex, corpus: Corpus, count: int) -> float:
    """Write the corpus; seconds that writing took."""
    took_s, begun = 0.0, time.perf_counter()
    for first in range(0, count, BATCH):
        batch = [corpus.statement(number) for number in range(first, min(first + BATCH, count))]
        begin = time.perf_counter()
        index.write(batch, [(LogId(0), first + BATCH)], [])
        took_s += time.perf_counter() - begin
        if first % (BATCH * 400) == 0:
            tell(f"indexed {first} statements in {time.perf_counter() - begun:.0f} s")
    return took_s


def _ask(index: SearchIndex, queries: list[Query]) -> tuple[list[float], list[float]]:
    """Milliseconds of each query, and of its expression bare; in turns, so that a noisy machine disturbs both alike. Which of
    the two comes first takes turns too: what one has read, the other need not."""
    ours: list[float] = []
    bare: list[float] = []
    for at, query in enumerate(queries):
        for who in ((True, False), (False, True))[at % 2]:
            begin = time.perf_counter()
            if who:
                look(index, wanted(query, CODES))
            else:
                asked = wanted(query, CODES)
                match = expression([(one.words, one.beginning) for one in asked.phrases], asked.marks)
                begin = time.perf_counter()
                index.bare("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 20", match)
            (ours if who else bare).append((time.perf_counter() - begin) * 1000)
    return ours, bare


class Corpus:
    """What was said, statement by statement, always the same."""

    def __init__(self) -> None:
        self._dice = random.Random(SEED)
        self._words = {tag: self._vocabulary(tag) for tag in COMMON}
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self._reading = Reading(at_hand())
        self._phrases = [self._phrase() for _ in range(POOL)]

    def statement(self, number: int) -> Told:
        """Statement `number`."""
        dice = self._dice
        member = dice.randrange(len(CODES))
        sort = dice.random()
        kind, desk, matter = "message", "line", NOTHING
        if sort < 0.25:
            matter = dice.choice(self._phrases)
        elif sort < 0.70:
            matter = self._text("message")
        elif sort < 0.75:
            kind, matter = "stop", self._stop()
        elif sort < 0.85:
            kind, desk, matter = "call", "watch", self._text("call", time=BEGAN_MS + number * STEP_MS - 900_000)
        else:
            kind = "acknowledge"
        return Told(
            number_of(number + 1, member), LogId(member), number, BEGAN_MS + number * STEP_MS, LogId(member), number, desk, kind,
            MemberOrdinal(member), "duty-1", dice.choices((0, 1, 2, 3), (80, 12, 6, 2))[0], b"", kind == "acknowledge", False, matter,
        )  # fmt: skip

    def queries(self, count: int) -> Iterator[Query]:
        """Queries of every sort, common words among them."""
        dice, last_ms = self._dice, BEGAN_MS + count * STEP_MS
        for tag, common in COMMON.items():
            for word in dice.sample(common, 10):
                yield Query(word, language=tag)
                yield Query(f"{word} {dice.choice(common)}", language=tag, best=dice.random() < 0.5)
            for _ in range(8):
                rare, word = dice.choice(self._words[tag][2_000:]), dice.choice(common)
                yield Query(rare, language=tag)
                yield Query(f"{word} {rare}", language=tag)
                yield Query(f'"{dice.choice(common)} {dice.choice(common)}"', language=tag)
                yield Query(dice.choice(common)[: dice.randint(3, 5)], language=tag)
                yield Query(f"{word} {rare[:4]}", language=tag)
                yield Query(f"{word} {dice.choice(common)} {dice.choice(common)}", language=tag)
                from_ms = dice.randrange(BEGAN_MS, last_ms)
                yield Query(
                    word, from_ms=from_ms, until_ms=from_ms + dice.choice((3_600_000, 86_400_000, 30 * 86_400_000))
                )
                yield Query(word, until_ms=from_ms, member=dice.choice(CODES))
                yield Query(word, kind=dice.choice(("message", "stop", "call")), precedence="FLASH")
        for name, slots in PHRASES:
            for tag in LANGUAGES:
                text = render(name, self._slots(name, slots), tag).text
                yield Query(" ".join(text.split()[:4]), language=tag)
        for radius_m in (1_000, 20_000, 300_000):
            for _ in range(6):
                around = dice.randrange(*LATITUDES), dice.randrange(*LONGITUDES), radius_m
                yield Query("", around=around)
                yield Query(dice.choice(COMMON["en"]), around=around, kind=dice.choice((None, "stop")))
        for _ in range(12):
            at_ms = dice.randrange(BEGAN_MS, last_ms)
            yield Query("", about_from_ms=at_ms, about_until_ms=at_ms + 7_200_000)
            yield Query(f"{dice.choice(CODES)} {dice.randrange(count)}")
            yield Query(
                "",
                member=dice.choice(CODES),
                desk=dice.choice(("line", "watch")),
                cursor=f"n{number_of(dice.randrange(count), 0)}",
            )
            yield Query("nothing-of-the-kind was ever said")

    # ---- inside ------------------------------------------------------------------------------------------------

    def _vocabulary(self, tag: str) -> list[str]:
        dice, found = self._dice, list(COMMON[tag])
        while len(found) < VOCABULARY:
            found.append("".join(dice.choices(LETTERS[tag], k=dice.randint(3, 9))))
        return found

    def _text(self, kind: str, **fields: CborValue) -> Matter:
        dice = self._dice
        tag = dice.choice(("en", "ar", "he"))
        words = dice.choices(self._words[tag], cum_weights=self._weights, k=dice.randint(5, 30))
        if tag == "ar" and dice.random() < 0.33:
            words = ["".join(char + dice.choice(VOWELS) for char in word) for word in words]
        if dice.random() < 0.3:
            words.insert(dice.randrange(len(words)), f"{dice.randrange(24):02}:{dice.randrange(60):02} UTC")
        return self._reading.matter(kind, 1, {"text": "SIMULATION. " + " ".join(words), "lang": tag, **fields})

    def _stop(self) -> Matter:
        dice = self._dice
        circle: list[CborValue] = [
            dice.randrange(*LATITUDES),
            dice.randrange(*LONGITUDES),
            dice.choice((200, 1_000, 5_000)),
        ]
        words = " ".join(self._dice.choices(self._words["en"], cum_weights=self._weights, k=6))
        return self._reading.matter(
            "stop", 1, {"area": {"circle": circle}, "text": f"SIMULATION. {words}", "lang": "en"}
        )

    def _phrase(self) -> Matter:
        name, slots = self._dice.choice(PHRASES)
        return self._reading.matter("message", 1, {"phrase": _said(name, self._slots(name, slots))})

    def _slots(self, name: str, given: dict[str, CborValue]) -> dict[str, CborValue]:
        """The slots of a phrase, somewhere at some time."""
        dice = self._dice
        place: list[CborValue] = [dice.randrange(*LATITUDES), dice.randrange(*LONGITUDES), ""]
        spoken: dict[str, CborValue] = {
            "place": place,
            "time": (BEGAN_MS + dice.randrange(10**6) * STEP_MS) // 60_000 * 60_000,
        }
        wanted_ = {slot.name for slot in phrasebook.PHRASES[name].slots}
        return given | {key: value for key, value in spoken.items() if key in wanted_}


def _said(name: str, slots: dict[str, CborValue]) -> CborValue:
    """A phrase as it stands in a content."""
    return {"id": name, "slots": dict(slots.items())}
