"""The read-only page: marked, escaped, isolated, and loading nothing from anywhere."""

from __future__ import annotations

import re

from parley.api.page import record_page
from parley.node.pages import Cursor
from parley.node.status import ForkStatus, LogStatus, NodeStatus, PeerStatus
from parley.node.views import EntryView, ReceiptView
from parley.record.ids import LogId

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eevil\u2066",
    "a" * 3000,
    "שלום <b>עולם</b>",
    "مرحبا & أهلا",
)


def status(**changed: object) -> NodeStatus:
    fields: dict[str, object] = {
        "banner": "SIMULATION: not an act of any state", "mechanism": "ab" * 32, "name": "<i>name</i>", "code": "AAA",
        "signing": True, "signing_note": None, "queued": 0,
        "logs": [LogStatus("AAA", 3, "cd" * 32, 3, 0, 0, 1)],
        "peers": [PeerStatus("BBB", "unreachable, cause unknown", [], {}, 86_400_000, 1.0, True, "<u>why</u>")],
        "forks": [ForkStatus("BBB", "one", "two", 1, "CCC")], "tak": None,
    }  # fmt: skip
    return NodeStatus(**{**fields, **changed})  # type: ignore[arg-type]


def entry(text: str, **changed: object) -> EntryView:
    fields: dict[str, object] = {
        "reference": "AAA 7", "letter": "U", "log": "AAA", "seq": 7, "at_ms": 1_790_000_000_000, "clock": 9, "standing": "final",
        "receipt": False, "author": "AAA/duty-1", "kind": "message", "precedence": "FLASH", "addressees": ["BBB"],
        "case": None, "void": None, "sight": None, "content": {"text": text, "lang": "he"},
        "receipts": [ReceiptView("BBB", "BBB 9", 1_790_000_000_500)],
    }  # fmt: skip
    return EntryView(**{**fields, **changed})  # type: ignore[arg-type]


def test_an_exercise_is_marked_before_anything_else() -> None:
    page = record_page(status(), [])
    assert re.search(r"<body><div class=\"sim\"[^>]*>SIMULATION: not an act of any state</div>", page)


def test_no_text_of_a_person_becomes_markup_and_each_stands_isolated() -> None:
    page = record_page(status(), [entry(text) for text in HOSTILE])
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>עולם" not in page
    assert "<i>name" not in page
    assert "<u>why" not in page
    assert page.count('class="said" dir="auto"') == len(HOSTILE)


def test_hostile_fields_besides_the_text_are_escaped_too() -> None:
    page = record_page(status(), [entry("x", content={"text": "x", "lang": '"><script>', "<script>": "<script>"})])
    assert "<script" not in page


def test_the_page_loads_nothing_from_anywhere() -> None:
    page = record_page(status(), [entry("x")])
    assert not re.search(r"https?://|src=|@import|url\(", page)


def test_a_quotation_is_shown_as_one_with_its_source() -> None:
    page = record_page(
        status(), [entry("words", kind="quotation", content={"text": "words", "lang": "en", "source": "a report"})]
    )
    assert "<blockquote" in page
    assert "a report" in page
    assert "nobody’s position" in page


def test_a_date_reads_the_same_within_arabic_text() -> None:
    page = record_page(status(), [entry("محاكاة. في 2026-12-01 من 08:00 UTC")])
    assert '<bdi dir="ltr">2026-12-01</bdi>' in page


def test_a_number_that_html_needs_is_left_alone() -> None:
    assert "&#x27;" in record_page(status(), [entry("it's 1-2")])


def test_the_latest_stands_first_and_earlier_ones_are_a_link_away() -> None:
    page = record_page(status(), [entry("one"), entry("two")], earlier=Cursor(4, LogId(0), 0), latest=False)
    assert page.index("two</p>") < page.index("one</p>")
    assert 'href="/record?before=4.0.0"' in page
    assert 'href="/record"' in page


def test_a_clock_that_no_calendar_reaches_is_shown_as_the_number_it_is() -> None:
    page = record_page(status(), [entry("x", at_ms=2**53 - 1, receipts=[ReceiptView("BBB", "BBB 9", 2**53 - 1)])])
    assert page.count(f"{2**53 - 1} ms after 1970") == 2


def test_a_void_statement_says_why_and_a_fork_shows_both_checkpoints() -> None:
    page = record_page(status(), [entry("x", void="because [mandate.exceeded]")])
    assert 'Void, because: <bdi dir="auto">because [mandate.exceeded]</bdi>' in page
    assert "both signed checkpoints are kept" in page


def test_a_node_that_may_not_sign_says_so() -> None:
    assert "Not signing: refilling" in record_page(status(signing=False, signing_note="refilling", queued=2), [])
