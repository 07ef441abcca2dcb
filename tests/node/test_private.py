"""Drafts: kept, changed one version at a time, noted, deleted; the same in memory and in a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from parley.errors import Refused, StorageFault
from parley.node import private
from parley.node.private import Draft, DraftBody, DraftState, Note, PrivateStore

BODY = DraftBody("message", "line", None, "ROUTINE", ["BBB"], {"text": "SIMULATION. One.", "lang": "en"}, "en")


def draft(id_: str = "a", updated_ms: int = 5) -> Draft:
    return Draft(id_, 1, DraftState.DRAFT, "duty-1", updated_ms, BODY)


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrivateStore]:
    made = PrivateStore(tmp_path / "private.db" if request.param == "file" else None)
    yield made
    made.close()


def test_a_draft_is_kept_changed_and_noted(store: PrivateStore) -> None:
    store.add(draft())
    other = replace(BODY, content={"text": "SIMULATION. Two.", "place": [330000000, 361234567]})
    changed = store.change("a", 1, 9, other, DraftState.IN_REVIEW, None, "duty-2")
    assert (changed.version, changed.updated_ms, changed.body, changed.author) == (2, 9, other, "duty-1")
    noted = store.note("a", Note("duty-2", 11, "SIMULATION. Say when."))
    assert (noted.version, noted.notes) == (2, [Note("duty-2", 11, "SIMULATION. Say when.")])
    assert store.draft("a", "duty-2") == noted


def test_of_two_who_change_one_version_the_second_is_told_and_loses_nothing(store: PrivateStore) -> None:
    store.add(draft())
    store.change("a", 1, 9, replace(BODY, language="he"), DraftState.DRAFT, None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.changed"):
        store.change("a", 1, 10, replace(BODY, language="ar"), DraftState.DRAFT, None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.changed"):
        store.remove("a", 1, "duty-2")
    assert store.draft("a", "duty-2").body.language == "he"


def test_of_many_who_change_one_version_at_once_one_gets_through(store: PrivateStore) -> None:
    store.add(draft())
    outcomes: list[bool] = []

    def change(n: int) -> None:
        try:
            store.change("a", 1, 10 + n, BODY, DraftState.DRAFT, None, "duty-2")
            outcomes.append(True)
        except Refused:
            outcomes.append(False)

    threads = [Thread(target=change, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]
    assert store.draft("a", "duty-2").version == 2


@pytest.mark.parametrize("state", [DraftState.SENT, DraftState.DROPPED])
def test_what_is_sent_or_dropped_changes_no_more(store: PrivateStore, state: DraftState) -> None:
    store.add(draft())
    store.change("a", 1, 9, BODY, state, "AAA 7" if state is DraftState.SENT else None, "duty-2")
    with pytest.raises(Refused, match=r"draft\.final"):
        store.change("a", 2, 10, BODY, DraftState.DRAFT, None, "duty-2")
    store.remove("a", 2, "duty-2")
    with pytest.raises(Refused, match=r"draft\.unknown"):
        store.draft("a", "duty-2")


def test_pages_have_every_draft_once_the_latest_changed_first(store: PrivateStore) -> None:
    for n in range(7):
        store.add(draft(f"{n:02}", updated_ms=n // 2))
    whole = store.drafts("duty-2", limit=100)
    assert [one.id for one in whole] == ["06", "05", "04", "03", "02", "01", "00"]
    found: list[Draft] = []
    while page := store.drafts("duty-2", before=(found[-1].updated_ms, found[-1].id) if found else None, limit=2):
        found += page
    assert found == whole
    store.change("03", 1, 99, BODY, DraftState.READY, None, "duty-2")
    assert [one.id for one in store.drafts("duty-2", state=DraftState.READY, limit=100)] == ["03"]


def test_neither_drafts_nor_notes_are_kept_without_bound(store: PrivateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "MAX_DRAFTS", 2)
    monkeypatch.setattr(private, "MAX_NOTES", 1)
    store.add(draft("a"))
    store.add(draft("b"))
    with pytest.raises(Refused, match=r"draft\.too-many"):
        store.add(draft("c"))
    store.note("a", Note("duty-1", 1, "x"))
    with pytest.raises(Refused, match=r"draft\.notes"):
        store.note("a", Note("duty-1", 2, "y"))


def test_another_account_of_the_machine_cannot_read_the_file_and_it_outlives_the_node(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    store = PrivateStore(file)
    store.add(draft())
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    store.close()
    again = PrivateStore(file)
    assert again.draft("a", "duty-2") == draft()
    again.close()


def test_what_was_deleted_cannot_be_read_from_the_disk(tmp_path: Path) -> None:
    store = PrivateStore(tmp_path / "private.db")
    secret = "SIMULATION-of-a-secret-thought" * 9
    store.add(replace(draft(), body=replace(BODY, content={"text": secret})))
    store.note("a", Note("duty-1", 1, secret))
    assert any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.remove("a", 1, "duty-2")
    assert not any(secret[:30].encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


def test_drafts_of_a_later_program_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    PrivateStore(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE about SET version = 2")
    connection.close()
    with pytest.raises(StorageFault, match=r"private\.newer"):
        PrivateStore(file)


def test_what_was_left_unsent_at_a_shared_terminal_is_its_authors_alone(store: PrivateStore) -> None:
    store.add(replace(draft(), state=DraftState.KEPT))
    assert store.draft("a", "duty-1").body == BODY
    assert [one.id for one in store.drafts("duty-1", limit=9)] == ["a"]
    assert store.drafts("duty-2", limit=9) == []
    assert store.drafts("duty-2", state=DraftState.KEPT, limit=9) == []
    attempts = (
        lambda: store.draft("a", "duty-2"),
        lambda: store.change("a", 1, 9, BODY, DraftState.DRAFT, None, "duty-2"),
        lambda: store.note("a", Note("duty-2", 9, "x")),
        lambda: store.remove("a", 1, "duty-2"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match=r"draft\.unknown"):
            attempt()
    store.change("a", 1, 9, BODY, DraftState.IN_REVIEW, None, "duty-1")
    assert [one.id for one in store.drafts("duty-2", limit=9)] == ["a"]


def test_nobody_hides_another_officers_draft_from_the_others(store: PrivateStore) -> None:
    store.add(draft())
    with pytest.raises(Refused, match=r"draft\.kept"):
        store.change("a", 1, 9, BODY, DraftState.KEPT, None, "duty-2")
    assert store.change("a", 1, 9, BODY, DraftState.KEPT, None, "duty-1").state is DraftState.KEPT
