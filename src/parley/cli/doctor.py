"""`parley doctor`: what is wrong with a node, and what to do about it."""

from __future__ import annotations

import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from parley.cli.client import NodeClient
from parley.cli.exits import REFUSED
from parley.cli.settings import (
    answer,
    home_of,
    home_option,
    json_option,
    passphrase,
    passphrase_option,
    show_banner,
    told,
)
from parley.errors import LinkFault, Misconfigured, ParleyError, StorageFault
from parley.node import founding
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import Home
from parley.node.home.record import durable_record
from parley.node.home.secrets import NodeSecrets
from parley.proof.words import printable
from parley.record.ids import RootHash, TreeSize, log_owner
from parley.record.rows import HeadRow
from parley.store.highwater import Agreement, HighWaterFile, guard
from parley.store.store import Store

LOW_DISK_BYTES = 1 << 30
EARLIEST_SANE_S = 1_767_225_600  # 2026-01-01: before this program existed
STORE_TRIES = 5
STORE_PAUSE_S = 0.2


@click.command()
@home_option
@passphrase_option
@json_option
@told
def doctor(home_path: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Check files, keys, store, clock, disk and lines, and say what to do."""
    home = home_of(home_path)
    results = [_checked(name, check) for name, check in _checks(home, passphrase_file)]
    if as_json:
        answer([{"check": name, "ok": ok, "says": says} for name, ok, says in results])
    else:
        show_banner(home.load_charter().charter.banner if home.charter_file.exists() else None)
        for name, ok, says in results:
            mark = click.style(" ok  " if ok else "FAIL ", fg="green" if ok else "red", bold=True)
            click.echo(f"{mark}{name}: {printable(says)}")
    sys.exit(0 if all(ok for _, ok, _ in results) else REFUSED)


def _checked(name: str, check: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return name, True, check()
    except (ParleyError, OSError) as error:
        return name, False, str(error)


def _checks(home: Home, passphrase_file: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "settings", lambda: _settings(home)
    yield "charter", lambda: _charter(home)
    yield "key files", lambda: _permissions(home)
    yield "node key", lambda: _opens(home, passphrase_file)
    yield "store", lambda: _store(home)
    yield "clock", _clock
    yield "disk", lambda: _disk(home)
    yield "lines", lambda: _lines(home)


def _settings(home: Home) -> str:
    settings = home.settings()
    members = home.load_charter().charter.members if home.charter_file.exists() else ()
    unknown = [one.code for one in members if one.code not in settings.peers and one.code != settings.code]
    waits = f"; no address for {', '.join(unknown)}, which must call here" if unknown else ""
    return f"{settings.code}, {len(settings.peers)} peers{waits}"


def _charter(home: Home) -> str:
    needs = founding.missing(home)
    if needs:
        raise Misconfigured(
            "charter.incomplete", "still missing: " + "; ".join(needs), rule="run `parley charter join`"
        )
    return Mechanism.of(home.load_charter()).digest.hex()


def _permissions(home: Home) -> str:
    secret = [*home.keys.rglob("*.key"), *(one for one in (home.token_file, home.private_file) if one.exists())]
    for path in secret:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Misconfigured("keyfile.open", f"{path} can be read by others", rule=f"chmod 600 {path}")
    kept = founding.root_key_file(home).exists()
    return "only their owner reads them" + ("; root.key is here: keep it offline when it is not needed" if kept else "")


def _opens(home: Home, passphrase_file: Path | None) -> str:
    NodeSecrets.read(home.node_key_file, passphrase(passphrase_file))
    return "opens"


def _store(home: Home) -> str:
    mechanism = Mechanism.of(home.load_charter())
    own = mechanism.ordinal(home.settings().code)
    if not Path(home.database(home.settings())).exists():
        return "no record yet"
    agreement = Agreement.AGREES
    for attempt in range(STORE_TRIES):  # a running node writes the record first, then the high-water file
        time.sleep(STORE_PAUSE_S if attempt else 0)
        agreement, entries = _agreement(home, own)
        if agreement is Agreement.AGREES:
            return f"{entries} entries; agrees with the high-water file"
    raise StorageFault("store.high-water", f"the high-water file and the record differ: {agreement.value}",
                       rule="start the node: it refills from its peers before it signs again")  # fmt: skip


def _agreement(home: Home, ordinal: int | None) -> tuple[Agreement, int]:
    with durable_record(home) as store:
        heads = store.heads()
        mine = [head for head in heads if head.branch == 0 and log_owner(head.log) == ordinal]
        own = max(mine, default=None, key=lambda head: head.log)
        mark = HighWaterFile(home.high_water_file).read()
        agreement = guard(mark, own, lambda size: _root_at(store, own, size))
        return agreement, sum(int(head.size) - int(head.base_size) for head in heads)


def _root_at(store: Store, own: HeadRow | None, size: TreeSize) -> RootHash | None:
    if own is None:
        return None
    return own.root if size == own.size else store.root_at(own.log, 0, size)


def _clock() -> str:
    if time.time() < EARLIEST_SANE_S:
        raise Misconfigured("clock.off", "this machine's clock is years off", rule="set it")
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())


def _disk(home: Home) -> str:
    free = shutil.disk_usage(home.path).free
    if free < LOW_DISK_BYTES:
        raise StorageFault("disk.low", f"only {free >> 20} MiB free", rule="make room")
    return f"{free >> 30} GiB free"


def _lines(home: Home) -> str:
    said = NodeClient.of(home).status()
    down = [f"{peer['code']} ({peer['note'] or peer['line']})" for peer in said["peers"] if peer["line"] != "open"]
    far = [peer["code"] for peer in said["peers"] if peer["clock_warning"]]
    if down:
        raise LinkFault("line.down", "no line to " + ", ".join(down), rule="look at the network; call by telephone")
    if far:
        raise LinkFault(
            "line.clock", "clocks far off: " + ", ".join(far), rule="check time synchronisation on both sides"
        )
    return "all open"
