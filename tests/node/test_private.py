"""Drafts: kept, changed one version at a time, noted, deleted; the same in memory and in a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from parley.errors import Refused, StorageFault
from parley.node.private import (
    Contact,
    ContactBody,
    Draft,
    DraftBody,
    DraftState,
    Note,
    OrderBody,
    PrivateStore,
    StandingOrder,
    drafts,
)
from parley.node.private.file import PRIVATE_VERSION
from parley.node.private.kept_sheets import KeptSheets
from parley.node.private.watch_log import WatchLog

BODY = DraftBody("message", "line", None, "ROUTINE", ["BBB"], {"text": "SIMULATION. One.", "lang": "en"}, "en")


def draft(id_: str = "a", updated_ms: int = 5) -> Draft:
    return Draft(id_, 1, DraftState.DRAFT, "duty-1", updated_ms, BODY)


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrivateStore]:
    made = PrivateStore(tmp_path / "private.db" if request.param == "file" else None)
    yield made
    made.close()


def test_a_draft_is_kept_changed_and_noted(store: PrivateStore) -> None:
    store.drafts.add(draft())
    other = replace(BODY, content={"text": "SIMULATION. Two.", "place": [330000000, 361234567]})
    changed = store.drafts.change("a", 1, 9, other, DraftState.IN_REVIEW, None, "duty-2")
    assert (changed.version, changed.updated_ms, changed.body, changed.author) == (2, 9, other, "duty-1")
    noted = store.drafts.note("a", Note("duty-2", 11, "SIMULATION. Say when."))
    assert (noted.version, noted.notes) == (2, [Note("duty-2", 11, "SIMULATION. Say when.")])
    assert store.drafts.one("a", "duty-2") == noted


def test_of_two_who_change_one_version_the_second_is_told_and_loses_nothing(store: PrivateStore) -> None:
    store.drafts.add(draft())
    store.drafts.change("a", 1, 9, replace(BODY, language="he"), DraftState.DRAFT, None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.changed"):
        store.drafts.change("a", 1, 10, replace(BODY, language="ar"), DraftState.DRAFT, None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.changed"):
        store.drafts.remove("a", 1, "duty-2")
    assert store.drafts.one("a", "duty-2").body.language == "he"


def test_of_many_who_change_one_version_at_once_one_gets_through(store: PrivateStore) -> None:
    store.drafts.add(draft())
    outcomes: list[bool] = []

    def change(n: int) -> None:
        try:
            store.drafts.change("a", 1, 10 + n, BODY, DraftState.DRAFT, None, "duty-2")
            outcomes.append(True)
        except Refused:
            outcomes.append(False)

    threads = [Thread(target=change, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]
    assert store.drafts.one("a", "duty-2").version == 2


@pytest.mark.parametrize("state", [DraftState.SENT, DraftState.DROPPED])
def test_what_is_sent_or_dropped_changes_no_more(store: PrivateStore, state: DraftState) -> None:
    store.drafts.add(draft())
    store.drafts.change("a", 1, 9, BODY, state, "AAA 7" if state is DraftState.SENT else None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.final"):
        store.drafts.change("a", 2, 10, BODY, DraftState.DRAFT, None, "duty-2")
    store.drafts.remove("a", 2, "duty-2")
    with pytest.raises(Refused, match=r"draft\.unknown"):
        store.drafts.one("a", "duty-2")


def test_pages_have_every_draft_once_the_latest_changed_first(store: PrivateStore) -> None:
    for n in range(7):
        store.drafts.add(draft(f"{n:02}", updated_ms=n // 2))
    whole = store.drafts.page("duty-2", limit=100)
    assert [one.id for one in whole] == ["06", "05", "04", "03", "02", "01", "00"]
    found: list[Draft] = []
    while page := store.drafts.page("duty-2", before=(found[-1].updated_ms, found[-1].id) if found else None, limit=2):
        found += page
    assert found == whole
    store.drafts.change("03", 1, 99, BODY, DraftState.READY, None, "duty-2")
    assert [one.id for one in store.drafts.page("duty-2", state=DraftState.READY, limit=100)] == ["03"]


def test_neither_drafts_nor_notes_are_kept_without_bound(store: PrivateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 2)
    monkeypatch.setattr(drafts, "MAX_NOTES", 1)
    store.drafts.add(draft("a"))
    store.drafts.add(draft("b"))
    with pytest.raises(Refused, match=r"draft\.too-many"):
        store.drafts.add(draft("c"))
    store.drafts.note("a", Note("duty-1", 1, "x"))
    with pytest.raises(Refused, match=r"draft\.notes"):
        store.drafts.note("a", Note("duty-1", 2, "y"))


def test_another_account_of_the_machine_cannot_read_the_file_and_it_outlives_the_node(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    store = PrivateStore(file)
    store.drafts.add(draft())
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    store.close()
    again = PrivateStore(file)
    assert again.drafts.one("a", "duty-2") == draft()
    again.close()


def test_what_was_deleted_cannot_be_read_from_the_disk(tmp_path: Path) -> None:
    store = PrivateStore(tmp_path / "private.db")
    secret = "SIMULATION-of-a-secret-thought" * 9
    store.drafts.add(replace(draft(), body=replace(BODY, content={"text": secret})))
    store.drafts.note("a", Note("duty-1", 1, secret))
    assert any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.drafts.remove("a", 1, "duty-2")
    assert not any(secret[:30].encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


def test_drafts_of_a_later_program_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    PrivateStore(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE about SET version = {PRIVATE_VERSION + 1}")
    connection.close()
    with pytest.raises(StorageFault, match=r"private\.newer"):
        PrivateStore(file)


def test_what_was_left_unsent_at_a_shared_terminal_is_its_authors_alone(store: PrivateStore) -> None:
    store.drafts.add(replace(draft(), state=DraftState.KEPT))
    assert store.drafts.one("a", "duty-1").body == BODY
    assert [one.id for one in store.drafts.page("duty-1", limit=9)] == ["a"]
    assert store.drafts.page("duty-2", limit=9) == []
    assert store.drafts.page("duty-2", state=DraftState.KEPT, limit=9) == []
    attempts = (
        lambda: store.drafts.one("a", "duty-2"),
        lambda: store.drafts.change("a", 1, 9, BODY, DraftState.DRAFT, None, "duty-2"),
        lambda: store.drafts.note("a", Note("duty-2", 9, "x")),
        lambda: store.drafts.remove("a", 1, "duty-2"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match=r"draft\.unknown"):
            attempt()
    store.drafts.change("a", 1, 9, BODY, DraftState.IN_REVIEW, None, "duty-1")
    assert [one.id for one in store.drafts.page("duty-2", limit=9)] == ["a"]


def test_nobody_hides_another_officers_draft_from_the_others(store: PrivateStore) -> None:
    store.drafts.add(draft())
    with pytest.raises(Refused, match=r"draft\.kept"):
        store.drafts.change("a", 1, 9, BODY, DraftState.KEPT, None, "duty-2")
    assert store.drafts.change("a", 1, 9, BODY, DraftState.KEPT, None, "duty-1").state is DraftState.KEPT


def test_a_file_of_the_first_version_keeps_its_drafts_and_gains_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    store = PrivateStore(file)
    store.drafts.add(draft())
    store.close()
    with sqlite3.connect(file) as connection:
        for table in ("watch_log", "contacts", "standing_orders", "sheets"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE about SET version = 1")
    connection.close()
    again = PrivateStore(file)
    assert again.drafts.one("a", "duty-2") == draft()
    assert again.log.add(1, "duty-1", "SIMULATION", "en", [], None).number == 1
    again.close()


# ---- the log -------------------------------------------------------------------------------------------------------


def test_the_log_is_added_to_and_corrected_by_adding_to_it(store: PrivateStore) -> None:
    first = store.log.add(10, "duty-1", "SIMULATION. Patrol at 14:10 UTC.", "en", ["AAA 3"], None)
    second = store.log.add(20, "duty-2", "SIMULATION. At 14:20 UTC.", "en", [], first.number)
    assert [one.number for one in store.log.page(limit=9)] == [2, 1]
    kept = store.log.entry(first.number)
    assert (kept.text, kept.references, kept.corrected_by) == (first.text, ["AAA 3"], second.number)
    assert store.log.entry(second.number).corrects == first.number
    assert not [name for name in dir(WatchLog) if name in ("change", "remove", "update", "delete")]


@pytest.mark.parametrize("number", [0, 2, -1, 1 << 40])
def test_an_entry_that_is_not_there_is_not_corrected(store: PrivateStore, number: int) -> None:
    store.log.add(10, "duty-1", "SIMULATION", "en", [], None)
    with pytest.raises(Refused, match=r"log\.unknown"):
        store.log.add(11, "duty-1", "SIMULATION", "en", [], number)
    assert len(store.log.page(limit=9)) == 1


def test_the_log_is_read_by_pages_and_since_a_time_and_is_bounded(tmp_path: Path) -> None:
    store = PrivateStore(tmp_path / "private.db")
    log = WatchLog(store._file, most=7)
    for n in range(7):
        log.add(n * 10, "duty-1", f"SIMULATION {n}", "en", [], None)
    with pytest.raises(Refused, match=r"log\.full"):
        log.add(99, "duty-1", "SIMULATION", "en", [], None)
    found: list[int] = []
    while page := log.page(before=found[-1] if found else None, limit=3):
        found += [one.number for one in page]
    assert found == [7, 6, 5, 4, 3, 2, 1]
    assert [one.number for one in log.since(30)] == [4, 5, 6, 7]
    assert [one.number for one in log.since(30, after=5)] == [6, 7]
    store.close()


# ---- contacts, standing orders, sheets -----------------------------------------------------------------------------

WHOM = ContactBody("SIMULATION", "liaison", "BBB", ["+00 1"], ["en"], "always", "", "en")
ORDER = OrderBody("SIMULATION. Ring twice.", "en", 100, 200, "head-1")


def test_a_contact_and_an_order_are_changed_one_version_at_a_time(store: PrivateStore) -> None:
    store.contacts.add(Contact("a", 1, "duty-1", 5, WHOM))
    store.orders.add(StandingOrder("a", 1, "duty-1", 5, ORDER))
    changed = store.contacts.change("a", 1, 9, replace(WHOM, hours="08:00 to 16:00 UTC"))
    assert changed == store.contacts.one("a") == Contact("a", 2, "duty-1", 9, replace(WHOM, hours="08:00 to 16:00 UTC"))
    for act in (lambda: store.contacts.change("a", 1, 10, WHOM), lambda: store.contacts.remove("a", 1)):
        with pytest.raises(Refused, match=r"contact\.changed"):
            act()
    assert store.orders.change("a", 1, 9, replace(ORDER, until_ms=None)).version == 2
    store.contacts.remove("a", 2)
    assert (store.contacts.all(), len(store.orders.all())) == ([], 1)
    with pytest.raises(Refused, match=r"contact\.unknown"):
        store.contacts.one("a")


def test_an_order_stands_from_and_until() -> None:
    assert [ORDER.stands(at) for at in (99, 100, 199, 200)] == [False, True, True, False]
    assert replace(ORDER, from_ms=None, until_ms=None).stands(0)


def test_contacts_are_not_kept_without_bound(store: PrivateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.contacts, "_most", 1)
    store.contacts.add(Contact("a", 1, "duty-1", 5, WHOM))
    with pytest.raises(Refused, match=r"contact\.too-many"):
        store.contacts.add(Contact("b", 1, "duty-1", 5, WHOM))


def test_a_contact_an_order_or_a_wording_that_is_gone_cannot_be_read_from_the_disk(tmp_path: Path) -> None:
    store = PrivateStore(tmp_path / "private.db")
    secrets = ["SIMULATION-of-a-number" * 9, "SIMULATION-of-an-order" * 9, "SIMULATION-of-words-replaced" * 9]
    store.contacts.add(Contact("a", 1, "duty-1", 5, replace(WHOM, note=secrets[0])))
    store.orders.add(StandingOrder("a", 1, "duty-1", 5, replace(ORDER, text=secrets[1])))
    store.orders.add(StandingOrder("b", 1, "duty-1", 5, replace(ORDER, text=secrets[2])))

    def seen() -> list[bool]:
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        return [one[:20].encode() in held for one in secrets]

    assert seen() == [True] * 3
    store.contacts.remove("a", 1)
    store.orders.remove("a", 1)
    store.orders.change("b", 1, 9, ORDER)
    assert seen() == [False] * 3
    store.close()


def test_a_sheet_is_kept_under_its_digest_and_the_oldest_go_first(tmp_path: Path) -> None:
    store = PrivateStore(tmp_path / "private.db")
    sheets = KeptSheets(store._file, most=2)
    kept = [sheets.keep(b"SIMULATION %d" % n, n, "duty-1", "duty-2") for n in range(3)]
    assert sheets.list(9) == kept[:0:-1]
    assert sheets.read(kept[2].digest) == (kept[2], b"SIMULATION 2")
    assert sheets.keep(b"SIMULATION 2", 9, "duty-3", "duty-2").digest == kept[2].digest
    assert sheets.read(kept[2].digest)[0] == kept[2], "what was kept first stands"
    with pytest.raises(Refused, match=r"sheet\.unknown"):
        sheets.read(kept[0].digest)
    store.close()
