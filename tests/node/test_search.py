"""The search of a node: what it may see and no more, whatever came when; behind the cases; the same when made anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.desks import at_hand
from parley.errors import BadInput, StorageFault
from parley.link import frames
from parley.node.cases.casework import Casework
from parley.node.search.feed import SearchFeed, Teller, rebuild
from parley.node.search.search import Page, Query, Search, look, wanted
from parley.procedure.search.matter import NOTHING, Matter, Passage
from parley.record.ids import LogId, MemberOrdinal
from parley.record.rows import Place
from parley.store.case_index import CaseIndex
from parley.store.search_index import SearchIndex, Told, number_of
from tests.node.nodes import Nodes
from tests.node.test_cases import speak

LOG = LogId(0)
TEXT = "SIMULATION: heliograph"


class Searched:
    """The search of node `n` and what feeds it, by hand."""

    def __init__(self, nodes: Nodes, n: int, path: Path) -> None:
        self.nodes, self.n = nodes, n
        self.waiting: list[Callable[[], None]] = []
        self.writes: list[tuple[Callable[[], None], Callable[[BaseException | None], None]]] = []
        core = nodes.cores[n]
        self.casework = Casework(
            core, CaseIndex(None), at_hand(), now_ms=lambda: nodes.now, later=lambda _, act: self.waiting.append(act),
            tell=lambda _: None,
        )  # fmt: skip
        self.index = SearchIndex(path)
        self.feed = SearchFeed(
            core, self.casework, self.index, at_hand(), later=lambda _, act: self.waiting.append(act),
            apart=lambda work, done: self.writes.append((work, done)),
        )  # fmt: skip
        self.search = Search(core, self.casework, self.index, self.feed)
        self.casework.start()
        self.feed.start()

    def step(self, *, write: bool = True) -> None:
        """Do what is to be done later, once, and what is to be written."""
        waiting, self.waiting = self.waiting, []
        for act in waiting:
            act()
        if not write:
            return
        writes, self.writes = self.writes, []
        for work, done in writes:
            work()
            done(None)

    def settle(self) -> None:
        """Everything that is held is in its case and found."""
        core = self.nodes.cores[self.n]
        for log in core.record.logs():
            self.casework.judged(log)
        self.feed.wake()
        for _ in range(12):
            self.step()
        assert self.feed.behind() == 0

    def find(self, text: str = "", **more: Any) -> list[Place]:
        page = look(self.index, self.search.wanted(Query(text, **more)))
        return [Place(hit.told.log, 0, hit.told.seq) for hit in page.hits]  # type: ignore[arg-type]

    def rows(self) -> tuple[list[Told], list[Any]]:
        """All that is in the index: what is kept, and every word at its place."""
        return list(self.index.everything()), words_in(self.index)

    def close(self) -> None:
        self.feed.close()
        self.index.close()


def words_in(index: SearchIndex) -> list[Any]:
    index.bare("CREATE VIRTUAL TABLE IF NOT EXISTS temp.v USING fts5vocab(main, words, instance)")
    return index.bare("SELECT term, doc, col, offset FROM temp.v ORDER BY 1, 2, 3, 4")


@pytest.fixture
def nodes() -> Nodes:
    made = Nodes(3)
    made.connect()
    made.run(500)
    return made


@pytest.fixture
def searched(nodes: Nodes, tmp_path: Path) -> Iterator[Callable[[int], Searched]]:
    opened: list[Searched] = []

    def open_(n: int) -> Searched:
        opened.append(Searched(nodes, n, tmp_path / f"search-{n}-{len(opened)}.db"))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def test_what_is_outside_a_members_sight_is_not_found_there(nodes: Nodes, searched: Callable[[int], Searched]) -> None:
    caucus = speak(nodes, 0, "message", {"text": TEXT}, channel=3, addressees=0b10)
    post = speak(nodes, 0, "message", {"text": TEXT}, channel=2, addressees=0b100)
    plenary = speak(nodes, 0, "message", {"text": TEXT})
    found = {}
    for n in range(3):
        one = searched(n)
        one.settle()
        found[n] = one.find("heliograph")
    assert found == {0: [plenary, post, caucus], 1: [plenary, caucus], 2: [plenary, post]}


def test_a_statement_whose_content_is_withheld_is_told_without_it(
    nodes: Nodes, searched: Callable[[int], Searched]
) -> None:
    post = speak(nodes, 0, "message", {"text": TEXT}, channel=2, addressees=0b100)
    one = searched(1)
    one.settle()
    assert one.find("heliograph") == []
    told = one.index.at(post.log, post.seq)
    if told is not None:
        assert told.withheld
        assert told.matter == NOTHING


def test_nothing_is_taken_before_its_case_and_one_slice_at_a_time(
    nodes: Nodes, searched: Callable[[int], Searched]
) -> None:
    one = searched(1)
    one.settle()
    place = speak(nodes, 0, "message", {"text": TEXT})
    one.feed.wake()
    one.step()
    assert one.find("heliograph") == [], "its case does not have it yet"
    one.casework.judged(LOG)
    one.feed.wake()
    one.step(write=False)
    one.step(write=False)
    speak(nodes, 0, "message", {"text": TEXT})
    one.casework.judged(LOG)
    one.feed.wake()
    for _ in range(4):
        one.step(write=False)
    assert len(one.writes) == 1, "one slice is under way"
    one.settle()
    assert len(one.find("heliograph")) == 2
    assert place in one.find("heliograph")


def test_a_statement_that_comes_late_is_found_and_those_of_its_case_learn_their_desk(
    nodes: Nodes, searched: Callable[[int], Searched]
) -> None:
    one = searched(1)
    one.settle()
    nodes.disconnect(0, 1)
    nodes.disconnect(0, 2)
    caucus = {"channel": 3, "addressees": 0b10}
    first = speak(nodes, 0, "message", {"text": TEXT}, **caucus)
    answer = speak(nodes, 0, "answer", {"text": "SIMULATION: semaphore"}, case=f"{nodes.cell.seats[0].code} {first.seq}", **caucus)  # fmt: skip
    size = nodes.sizes(0)[LOG]
    rows = nodes.stores[0].entries(LOG, 0, first.seq, size - first.seq)
    items = tuple(
        frames.Item(row.raw, *(None, None) if row.seq == first.seq else (row.statement, row.content)) for row in rows
    )
    signed = nodes.cores[0].traffic.heads.own_head_at(LOG, size)
    assert signed is not None
    nodes.inject(2, 1, frames.Push(LOG, first.seq, items, signed.signature))
    nodes.run(200)
    one.settle()
    assert one.find("semaphore") == [answer]
    assert one.find("semaphore", desk="line") == []
    nodes.inject(2, 1, frames.Blob(LOG, first.seq, rows[0].statement, rows[0].content))  # type: ignore[arg-type]
    nodes.run(200)
    [late] = [effect for n, effect in nodes.durable if n == 1 and effect.late]
    one.casework.held(late.logs, late.receipts, late.late)
    one.feed.late(late.late)
    one.settle()
    assert one.find("heliograph", desk="line") == [first]
    assert one.find("semaphore", desk="line") == [answer]
    assert one.index.passed() == []


def test_an_index_that_cannot_be_written_is_said_to_be_and_not_fed_on(
    nodes: Nodes, searched: Callable[[int], Searched]
) -> None:
    one = searched(0)
    one.settle()
    speak(nodes, 0, "message", {"text": TEXT})
    one.casework.judged(LOG)
    one.feed.wake()
    one.step(write=False)
    one.step(write=False)
    [(_, done)] = one.writes
    done(StorageFault("search.write", "the disk is full"))
    with pytest.raises(StorageFault, match="disk is full"):
        one.search.wanted(Query("heliograph"))


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(0, 2), st.sampled_from(["وصلت القَافِلَةُ", "שלום לכם", "convoy 42", "SIMULATION"])),
        st.tuples(st.just("answer"), st.integers(0, 2), st.integers(0, 5)),
        st.tuples(st.just("caucus"), st.integers(0, 1), st.integers(0, 5)),
        st.tuples(st.sampled_from(["cut", "mend"]), st.integers(1, 2), st.just(0)),
        st.tuples(st.just("feed"), st.integers(1, 3), st.just(0)),
    ),
    max_size=12,
)  # fmt: skip


@given(MOVES)
@settings(max_examples=15, deadline=None)
def test_made_anew_it_is_what_was_fed_whatever_came_when(moves: list[tuple[str, int, Any]]) -> None:
    nodes = Nodes(3)
    nodes.connect()
    nodes.run(500)
    with tempfile.TemporaryDirectory() as folder:
        one = Searched(nodes, 1, Path(folder) / "fed.db")
        said: list[tuple[int, Place]] = []
        for name, number, more in moves:
            match name:
                case "say":
                    said.append((number, speak(nodes, number, "message", {"text": more})))
                case "answer" if said:
                    author, about = said[more % len(said)]
                    speak(
                        nodes,
                        number,
                        "answer",
                        {"text": "جواب answer"},
                        case=f"{nodes.cell.seats[author].code} {about.seq}",
                    )
                case "caucus":
                    speak(nodes, number, "message", {"text": "caucus"}, channel=3, addressees=0b11 ^ 1 << number)
                case "cut":
                    nodes.disconnect(1, 0 if number == 1 else 2)
                case "mend":
                    nodes.connect((1, 0 if number == 1 else 2))
                    nodes.run(300)
                case "feed":
                    for log in nodes.cores[1].record.logs():
                        one.casework.judged(log)
                    for _ in range(number):
                        one.step()
        nodes.connect((1, 0), (1, 2), (0, 2))
        nodes.run(1_500)
        late = [place for n, effect in nodes.durable if n == 1 for place in effect.late]
        one.feed.late(late)
        one.settle()
        made = SearchIndex(Path(folder) / "made.db")
        core = nodes.cores[1]
        teller = Teller(core.mechanism, nodes.stores[1], at_hand(), MemberOrdinal(1))
        rebuild(made, teller, nodes.stores[1], list(nodes.sizes(1).items()))
        assert (list(made.everything()), words_in(made)) == one.rows()
        assert made.passed() == one.index.passed()
        made.close()
        one.close()


# ---- the index itself --------------------------------------------------------------------------------------------


def told(seq: int, text: str, **changed: Any) -> Told:
    matter = Matter((Passage("text", "en", text),))
    one = Told(
        number_of(seq + 1, 0), LOG, seq, 1_000 * seq, LOG, seq, "line", "message", MemberOrdinal(0), "duty-1", 0, b"", False,
        False, matter,
    )  # fmt: skip
    return one._replace(**changed)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    made = SearchIndex(tmp_path / "search.db")
    yield made
    made.close()


def found(index: SearchIndex, text: str, **more: Any) -> Page:
    return look(index, wanted(Query(text, **more), ["AAA", "BBB"]))


def seqs(index: SearchIndex, text: str, **more: Any) -> list[int]:
    return [hit.told.seq for hit in found(index, text, **more).hits]


def test_what_is_erased_is_found_no_more_and_leaves_no_word(index: SearchIndex) -> None:
    index.write([told(1, "SIMULATION: heliograph"), told(2, "SIMULATION: semaphore")], [(LOG, 3)], [])
    index.write([told(1, "", withheld=True, matter=NOTHING)], [], [])
    assert seqs(index, "heliograph") == []
    assert not [row for row in words_in(index) if "helio" in str(row[0])]
    assert seqs(index, "simulation") == [2]
    assert seqs(index, "", kind="message") == [2, 1]
    assert index.at(LOG, 1) == told(1, "", withheld=True, matter=NOTHING)


def test_what_only_climbs_a_ladder_is_told_when_its_words_or_kind_are_asked_for(index: SearchIndex) -> None:
    index.write([told(1, "heliograph"), told(2, "heliograph", kind="acknowledge", ladder=True)], [], [])
    assert seqs(index, "") == [1]
    assert seqs(index, "heliograph") == [*seqs(index, "", kind="acknowledge"), 1] == [2, 1]


def test_no_phrase_reaches_from_one_text_into_the_next(index: SearchIndex) -> None:
    two = Matter((Passage("text", "en", "north gate"), Passage("reason", "en", "closed today")))
    index.write([told(1, "", matter=two)], [], [])
    assert seqs(index, '"gate closed"') == []
    assert seqs(index, "gate closed") == seqs(index, '"north gate" "closed today"') == [1]


@pytest.mark.parametrize("rare", [1, 7, 400])
def test_the_beginning_of_a_word_is_found_however_many_have_its_first_letters(index: SearchIndex, rare: int) -> None:
    """Read through where many have it, asked for where few do: the same either way, page by page."""
    rows = [told(seq, "heliograph" if seq % rare == 0 else "helium balloon") for seq in range(1, 1_201)]
    index.write(rows, [], [])
    wanted_ = [seq for seq in range(1_200, 0, -1) if seq % rare == 0]
    got: list[int] = []
    cursor = None
    while True:
        page = found(index, "heliog", cursor=cursor, limit=50)
        got += [hit.told.seq for hit in page.hits]
        if (cursor := page.cursor) is None:
            break
    assert got == wanted_


@given(st.lists(st.integers(0, 1 << 53), min_size=1, max_size=12), st.integers(0, 1 << 53), st.integers(0, 1 << 53))
@settings(deadline=None)
def test_times_are_found_exactly_where_they_are_in_the_span(times: list[int], one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "search.db")
        index.write(
            [told(at, "x", at_ms=ms, matter=Matter((), (), (ms,))) for at, ms in enumerate(times)], [], []
        )  # fmt: skip
        expected = [at for at in reversed(range(len(times))) if first <= times[at] <= last]
        assert seqs(index, "", from_ms=first, until_ms=last) == expected
        assert seqs(index, "", about_from_ms=first, about_until_ms=last) == expected
        assert seqs(index, "", until_ms=last) == [at for at in reversed(range(len(times))) if times[at] <= last]
        index.close()


def test_the_best_come_before_the_newest_where_that_is_asked(index: SearchIndex) -> None:
    index.write(
        [told(1, "the northern gate is closed"), told(2, "a gate. " + "Nothing else. " * 60 + "northern"), told(3, "northern gate " + "and so on " * 90)],
        [], [],
    )  # fmt: skip
    assert seqs(index, "northern gate") == [3, 2, 1]
    assert seqs(index, "northern gate", best=True) == [1, 3, 2]
    page = found(index, "northern gate", best=True, limit=2)
    assert page.cursor is not None
    assert seqs(index, "northern gate", best=True, limit=2, cursor=page.cursor) == [2]


@given(st.text(max_size=80))
@settings(deadline=None)
def test_whatever_is_typed_is_looked_for_or_refused(typed: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "search.db")
        index.write([told(1, typed), told(2, "said m0 k00")], [], [])
        refused = ""
        try:
            hits = seqs(index, typed)
        except BadInput as fault:
            refused = fault.code
        quoted = any(quote in typed for quote in '"“”„‟«»')
        assert refused.startswith("search.") or not typed.strip() or 1 in hits or quoted
        index.close()


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "search.db")
    index.write([told(1, "heliograph")], [(LOG, 2)], [])
    index._run("UPDATE about SET version = 0")
    index.close()
    again = SearchIndex(tmp_path / "search.db")
    assert again.progress() == {}
    assert seqs(again, "heliograph") == []
    again.close()
