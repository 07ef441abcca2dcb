"""`parley rebuild`: make the indexes of cases and of the search anew from the logs, or check that they say what the logs say."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from parley.charter.void import Void
from parley.cli.exits import STORAGE
from parley.cli.settings import answer, home_of, home_option, json_option, told
from parley.desks import at_hand
from parley.node.cases.cases import Cases
from parley.node.core.core import ABOVE_FORK
from parley.node.core.folding import fold_directories, judged
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import Home
from parley.node.home.record import durable_record
from parley.node.search.feed import Teller
from parley.node.search.feed import rebuild as rebuild_search
from parley.record.ids import LogId, Seq
from parley.record.record import Record
from parley.record.rows import Place
from parley.store.case_index import CaseIndex, CaseKey, CaseRow
from parley.store.highwater import HighWaterFile
from parley.store.search_index import SearchIndex, Told
from parley.store.store import Store


@click.command()
@click.option("--check", is_flag=True, help="Change nothing: compare the index with what the logs give.")
@home_option
@json_option
@told
def rebuild(check: bool, home_path: Path, as_json: bool) -> None:
    """Make the indexes of cases and of the search anew from the logs; the node must not run, unless only checking.

    Both are derived: nothing of the record is lost with them, and what is made is the same every time.
    """
    home = home_of(home_path)
    lock = HighWaterFile(home.high_water_file)
    if not check:
        lock.redos()  # held by a running node
    try:
        with durable_record(home) as store:
            mechanism = Mechanism.of(home.load_charter())
            fold_directories(store, mechanism)
            made = _made(mechanism, store, None if check else home.case_index_file, quiet=as_json)
            differs = _differing(home, made) if check else []
            count, unlike = _searched(home, mechanism, store, check=check)
            differs += unlike
    finally:
        lock.close()
    if as_json:
        answer({"cases": len(made), "statements": count, "differing": differs})
    else:
        click.echo(
            f"{len(made)} cases and {count} statements from the logs" + (f"; {len(differs)} differ" if check else "")
        )
        for line in differs[:20]:
            click.echo(f"  {line}")
    if differs:
        sys.exit(STORAGE)


def _searched(home: Home, mechanism: Mechanism, store: Store, *, check: bool) -> tuple[int, list[str]]:
    """Make the search index, or, only checking, one to compare with; how many statements are in it, and what differs.

    What a node had not come to yet when it was stopped is no difference.
    """
    me = mechanism.ordinal(home.settings().code)
    assert me is not None, "a node's own code is in its charter"
    teller = Teller(mechanism, store, at_hand(), me)
    upto = [(head.log, int(head.size)) for head in store.heads() if head.branch == 0]
    if not check:
        index = SearchIndex(home.search_index_file)
        count = rebuild_search(index, teller, store, upto)
        index.close()
        return count, []
    with tempfile.TemporaryDirectory() as folder:
        made, kept = SearchIndex(Path(folder) / "search.db"), SearchIndex(home.search_index_file)
        count = rebuild_search(made, teller, store, upto)
        pairs: dict[int, list[Told | None]] = {one.number: [one, None] for one in made.everything()}
        for one in kept.everything():
            pairs.setdefault(one.number, [None, None])[1] = one
        reached = kept.progress()
        made.close()
        kept.close()
    return count, [
        f"{mechanism.reference(Place(told.log, 0, Seq(told.seq)))}: the search index says otherwise than the logs"
        for left, right in pairs.values()
        if left != right and (told := left or right) is not None and (right or told.seq < reached.get(told.log, 0))
    ]  # fmt: skip


def _made(mechanism: Mechanism, store: Store, path: Path | None, *, quiet: bool) -> dict[CaseKey, CaseRow]:
    index = CaseIndex(path)
    index.clear()
    heads = [head for head in store.heads() if head.branch == 0]
    record = Record(store, mechanism.is_log_within, mechanism.founders, mechanism.origin)
    bases = {head.log: base for head in heads if (base := record.parting(head.log)) is not None}
    fresh = {head.log: judged(store, mechanism, head.log, head.folded, head.size) for head in heads}

    def voids_in(log: LogId, first: int, stop: int) -> dict[int, Void]:
        found = {int(row.seq): Void(row.code, row.reason) for row in store.voids(log, 0, first, stop)}
        found |= {seq: void for seq, void in fresh[log].items() if first <= seq < stop}
        return dict.fromkeys(range(max(first, bases.get(log, stop)), stop), ABOVE_FORK) | found

    cases = Cases(
        mechanism, store, index, at_hand(), voids_in=voids_in, fork_base=bases.get, latest=dict, changed=lambda *_: None
    )  # fmt: skip
    with click.progressbar(
        length=sum(head.size for head in heads), label="cases", file=sys.stderr, hidden=quiet
    ) as bar:
        for head in heads:
            while (left := cases.progress(head.log)) < head.size:
                cases.take(head.log, head.size)
                bar.update(cases.progress(head.log) - left)
    cases.flush()
    made = {(row.log, row.seq): row for row in index.all_cases()}
    index.close()
    return made


def _differing(home: Home, made: dict[CaseKey, CaseRow]) -> list[str]:
    index = CaseIndex(home.case_index_file)
    kept = {(row.log, row.seq): row for row in index.all_cases()}
    index.close()
    return [
        f"log {key[0]} entry {key[1]}: the index says {_state(kept.get(key))}, the logs {_state(made.get(key))}"
        for key in sorted(made.keys() | kept.keys())
        if _state(kept.get(key)) != _state(made.get(key))
    ]


def _state(row: CaseRow | None) -> str:
    return "nothing" if row is None else f"{row.kind} {row.state}"
