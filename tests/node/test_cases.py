"""Cases as they are fed from a record: nothing is left out, whatever comes when."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import pytest

from parley.desks import at_hand
from parley.link import frames
from parley.node.cases.cases import ROWS_AT_ONCE, Cases
from parley.node.cases.casework import Casework
from parley.procedure.fold import CaseFold
from parley.record.content import content_digest, encode_content
from parley.record.ids import GENERATION_STEP, LogId, log_owner
from parley.record.rows import Place
from parley.store.case_index import ActRow, CaseIndex, Progress, encode_past
from tests.node.nodes import Nodes

LOG = LogId(0)


@pytest.fixture
def nodes() -> Nodes:
    made = Nodes(3)
    made.connect()
    made.run(500)
    return made


@pytest.fixture
def index() -> Iterator[CaseIndex]:
    made = CaseIndex(None)
    yield made
    made.close()


def cases_of(nodes: Nodes, n: int, index: CaseIndex, told: list[CaseFold] | None = None) -> Cases:
    """The cases of node `n`; those that change are put into `told`."""
    core, changed = nodes.cores[n], [] if told is None else told
    return Cases(
        core.mechanism, nodes.stores[n], index, at_hand(), voids_in=core.voids_in, fork_base=core.fork_base,
        latest=dict,
        changed=lambda case, *_: changed.append(case),
    )  # fmt: skip


def speak(
    nodes: Nodes, n: int, kind: str, fields: dict | None = None, *, case: str | None = None, **changed: object
) -> Place:
    """A statement of node `n`'s officer, recorded; where it stands."""
    content = encode_content({"text": "SIMULATION"} if fields is None else fields, b"s" * 16)
    told = {"kind": kind, "case": case, "content_digest": content_digest(content), "content_bytes": len(content)}
    statement, _ = nodes.message(n, "", changed=told | changed)
    ticket = nodes.submit(n, statement, content)
    nodes.run(300)
    return nodes.confirmed[n, ticket]


def test_statements_of_one_clock_stand_in_the_order_of_their_members_also_from_a_log_reopened(index: CaseIndex) -> None:
    logs = [LogId(1), LogId(GENERATION_STEP), LogId(2)]
    for log in logs:
        row = ActRow(log, 5, 9, LOG, 1, "line", "message", log_owner(log), True, encode_past({}))
        index.write([row], [], [Progress(log, 6, {})], [])
    assert [row.log for row in index.acts_of((LOG, 1))] == [GENERATION_STEP, 1, 2]
    pages, before = [], None
    while page := index.feed("line", before=before, limit=1):
        pages.append(page[0].log)
        before = page[0].clock, page[0].log
    assert pages == [2, 1, GENERATION_STEP]


def take_all(nodes: Nodes, n: int, cases: Cases) -> None:
    for log in nodes.cores[n].record.logs():
        while cases.take(log, nodes.sizes(n)[log]):
            pass


def test_what_comes_in_one_go_with_the_statement_that_opens_its_case_is_in_its_desks_feed(
    nodes: Nodes, index: CaseIndex
) -> None:
    opening = speak(nodes, 0, "message")
    more = speak(nodes, 0, "message", case=f"{nodes.cell.seats[0].code} {opening.seq}")
    cases = cases_of(nodes, 1, index)
    take_all(nodes, 1, cases)
    assert [item.act.place for _, item in cases.feed("line", before=None, limit=9)] == [more, opening]


def casework_of(nodes: Nodes, n: int, index: CaseIndex) -> tuple[Casework, list[Callable[[], None]]]:
    """The casework of node `n` and what it wants done later."""
    later: list[Callable[[], None]] = []
    core = nodes.cores[n]
    made = Casework(
        core,
        index,
        at_hand(),
        now_ms=lambda: nodes.now,
        later=lambda _, action: later.append(action),
        tell=lambda _: None,
    )
    return made, later


def settle(later: list[Callable[[], None]]) -> None:
    """Do what is to be done later, and what that wants, a few times: a watch never ends."""
    for _ in range(4):
        waiting, later[:] = later[:], []
        for action in waiting:
            action()


def test_a_case_is_folded_anew_when_the_other_history_of_a_log_is_found(nodes: Nodes, index: CaseIndex) -> None:
    backup = copy.deepcopy(nodes.stores[0])
    opening = speak(nodes, 1, "message")
    reference = f"{nodes.cell.seats[1].code} {opening.seq}"
    answer = speak(nodes, 0, "answer", case=reference)
    casework, later = casework_of(nodes, 1, index)
    casework.start()
    settle(later)
    assert casework.cases.case(reference).state == "answered"
    nodes.disconnect(0, 1)
    nodes.disconnect(0, 2)
    nodes.stores[0], nodes.marks[0] = backup, None
    nodes.restart(0)
    nodes.cores[0]._unmarked = False
    for number in range(3):
        nodes.say(0, f"another history {number}")
    nodes.connect((0, 1), (0, 2))
    nodes.run(15_000)
    assert (1, LogId(0)) in nodes.parted
    casework.parted(LogId(0))
    settle(later)
    case = casework.cases.case(reference)
    assert answer in [item.act.place for item in case.items]
    assert case.state == "sent"
    assert 0 not in casework.cases.stored(case.opening), "the receipt stands in one of the two histories only"


def test_an_index_that_is_ahead_of_a_store_put_back_from_its_backup_is_followed_up(
    nodes: Nodes, index: CaseIndex
) -> None:
    opening = speak(nodes, 0, "message")
    reference = f"{nodes.cell.seats[0].code} {opening.seq}"
    backup = copy.deepcopy(nodes.stores[1])
    speak(nodes, 2, "answer", case=reference)
    casework, later = casework_of(nodes, 1, index)
    casework.start()
    settle(later)
    assert casework.cases.case(reference).state == "answered"
    casework.cases.flush()
    nodes.stores[1] = backup
    nodes.restart(1)
    casework, later = casework_of(nodes, 1, index)
    casework.start()
    settle(later)
    assert casework.cases.case(reference).state == "sent", "the store does not hold the answer"
    nodes.connect((1, 0), (1, 2))
    nodes.run(1_000)
    for log in nodes.cores[1].record.logs():
        casework.judged(log)
    settle(later)
    assert casework.cases.case(reference).state == "answered"


def test_a_statement_that_is_kept_back_delays_no_later_one_and_is_put_into_its_case_when_it_comes(
    nodes: Nodes, index: CaseIndex
) -> None:
    casework, later = casework_of(nodes, 1, index)
    casework.start()
    settle(later)
    kept_back = nodes.stores[0]
    nodes.disconnect(0, 1)
    nodes.disconnect(0, 2)
    caucus = {"channel": 3, "addressees": 0b10}
    first = speak(nodes, 0, "message", **caucus)
    stop = speak(nodes, 0, "message", case=f"{nodes.cell.seats[0].code} {first.seq}", **caucus)
    size = nodes.sizes(0)[LOG]
    rows = kept_back.entries(LOG, 0, first.seq, size - first.seq)
    items = tuple(
        frames.Item(row.raw, *(None, None) if row.seq == first.seq else (row.statement, row.content)) for row in rows
    )
    signed = nodes.cores[0].traffic.heads.own_head_at(LOG, size)
    assert signed is not None
    nodes.inject(2, 1, frames.Push(LOG, first.seq, items, signed.signature))
    nodes.run(200)
    assert nodes.cores[1].ledger.missing(LOG) == [first.seq]
    casework.judged(LOG)
    settle(later)
    assert casework.cases.progress(LOG) > stop.seq
    nodes.inject(2, 1, frames.Blob(LOG, first.seq, rows[0].statement, rows[0].content))  # type: ignore[arg-type]
    nodes.run(200)
    [late] = [effect for n, effect in nodes.durable if n == 1 and effect.late]
    casework.held(late.logs, late.receipts, late.late)
    settle(later)
    assert [item.act.place for item in casework.cases.case(f"{nodes.cell.seats[0].code} {first.seq}").items] == [
        first,
        stop,
    ]


def test_a_receipt_that_covers_a_backlog_reaches_every_case_in_it(nodes: Nodes, index: CaseIndex) -> None:
    opening = speak(nodes, 0, "message")
    told: list[CaseFold] = []
    cases = cases_of(nodes, 1, index, told)
    take_all(nodes, 1, cases)
    told.clear()
    key = (LOG, opening.seq)
    assert cases.receipted(LOG, 0, ROWS_AT_ONCE * 1_000) == cases.receipted(LOG, opening.seq, 1) == {key}
    assert cases.receipted(LOG, opening.seq + 1, ROWS_AT_ONCE) == set()
    cases.tell(key)
    assert [case.opening.place for case in told] == [opening]
    for _ in range(3):
        speak(nodes, 0, "message")
    take_all(nodes, 1, cases)
    assert len(cases.receipted(LOG, 1, ROWS_AT_ONCE + opening.seq + 3)) == 4


def test_what_is_written_before_all_cases_are_told_is_taken_again_after_a_crash(
    nodes: Nodes, index: CaseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = speak(nodes, 0, "message"), speak(nodes, 0, "message")
    cases, size = cases_of(nodes, 1, index), nodes.sizes(1)[LOG]

    class PowerCut(Exception):
        pass

    def cut(*_: object) -> None:
        cases.flush()
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(cases, "_tell", cut)
        with pytest.raises(PowerCut):
            cases.take(LOG, size)
    assert [act.seq for act in index.acts_in(LOG, 0, size)] == [first.seq, second.seq]
    again = cases_of(nodes, 1, index)
    take_all(nodes, 1, again)
    again.flush()
    assert [row.seq for row in index.all_cases()] == [first.seq, second.seq]
    assert [again.case(f"{nodes.cell.seats[0].code} {place.seq}").state for place in (first, second)] == ["sent"] * 2
