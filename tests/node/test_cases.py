"""Cases as they are fed from a record: nothing is left out, whatever comes when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley.desks import at_hand
from parley.node.cases import ROWS_AT_ONCE, Cases
from parley.procedure.fold import CaseFold
from parley.record.content import content_digest, encode_content
from parley.record.ids import LogId
from parley.record.rows import Place
from parley.store.case_index import CaseIndex
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
        core.mechanism, nodes.stores[n], index, at_hand(), voids_in=core.voids_in, latest=dict,
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


def test_a_receipt_that_covers_a_backlog_is_told_to_every_case_in_it(nodes: Nodes, index: CaseIndex) -> None:
    opening = speak(nodes, 0, "message")
    told: list[CaseFold] = []
    cases = cases_of(nodes, 1, index, told)
    take_all(nodes, 1, cases)
    told.clear()
    cases.receipted(LOG, 0, ROWS_AT_ONCE * 1_000)
    cases.receipted(LOG, opening.seq, 1)
    cases.receipted(LOG, opening.seq + 1, ROWS_AT_ONCE)
    assert [case.opening.place for case in told] == [opening, opening]
    for _ in range(3):
        speak(nodes, 0, "message")
    take_all(nodes, 1, cases)
    told.clear()
    cases.receipted(LOG, 1, ROWS_AT_ONCE + opening.seq + 3)
    assert len(told) == 4
