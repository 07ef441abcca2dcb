"""`parley serve`, `status`, `doctor`, `audit`: the node itself."""

from __future__ import annotations

import asyncio
import logging
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from parley.api.server import serve as serve_node
from parley.charter.adoption import decode_signed
from parley.cli.client import NodeClient
from parley.cli.exits import REFUSED, STORAGE, exit_code
from parley.cli.settings import answer, home_of, home_option, json_option, passphrase, passphrase_option, told
from parley.errors import ParleyError
from parley.node import founding
from parley.node.audit import audit
from parley.node.home import Home
from parley.node.mechanism import Mechanism
from parley.node.runtime import Node
from parley.node.secrets import NodeSecrets
from parley.store.highwater import Agreement, HighWaterFile, guard
from parley.store.opening import open_store

LOW_DISK_BYTES = 1 << 30
EARLIEST_SANE_S = 1_767_225_600  # 2026-01-01: before this program existed


@click.command()
@click.option("--drill", is_flag=True, help="Let the API cut and restore lines; for demonstrations only.")
@home_option
@passphrase_option
@told
def serve(drill: bool, home_path: Path, passphrase_file: Path | None) -> None:
    """Run this member's node until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    home = home_of(home_path)
    secrets = NodeSecrets.read(home.node_key_file, passphrase(passphrase_file))
    fault = asyncio.run(_serve(home, secrets, drill=drill))
    if fault is not None:
        click.echo(f"stopped: {fault}", err=True)
        sys.exit(exit_code(fault) if isinstance(fault, ParleyError) else STORAGE)


async def _serve(home: Home, secrets: NodeSecrets, *, drill: bool) -> BaseException | None:
    node = Node(home, secrets)
    if node.mechanism.banner:
        click.secho(node.mechanism.banner, fg="yellow", bold=True)
    host, port = node.settings.api
    click.echo(f"node of {node.settings.code}; its record: http://{host}:{port}/")
    return await serve_node(node, drill=drill)


@click.command()
@home_option
@json_option
@told
def status(home_path: Path, as_json: bool) -> None:
    """What the running node knows of itself, of the lines and of the logs."""
    said = NodeClient(home_of(home_path).settings().api).status()
    if as_json:
        answer(said)
        return
    _show_status(said)


def _show_status(said: dict[str, Any]) -> None:
    if said["banner"]:
        click.secho(said["banner"], fg="yellow", bold=True)
    click.echo(f"{said['code']} in {said['name']} ({said['mechanism'][:16]}…)")
    if not said["signing"]:
        click.secho(f"not signing: {said['signing_note']}; {said['queued']} queued", fg="red", bold=True)
    for peer in said["peers"]:
        up = peer["line"] == "open"
        clock = "" if peer["offset_ms"] is None else f", clock {peer['offset_ms']:+d} ms"
        warning = click.style(" CLOCK FAR OFF", fg="red", bold=True) if peer["clock_warning"] else ""
        note = "" if up or not peer["note"] else f" ({peer['note']})"
        click.echo(
            "  line to "
            + click.style(f"{peer['code']}: {peer['line']}", fg="green" if up else "red")
            + f"{clock}{warning}{note}"
        )
    for log in said["logs"]:
        waits = f", {log['waiting']} waiting" if log["waiting"] else ""
        lacks = f", {log['missing']} not arrived" if log["missing"] else ""
        click.echo(
            f"  log {log['code']:<6} {log['size']:>8} entries, verified to {log['verified']}{waits}{lacks}  {log['root'][:16]}…"
        )
    for fork in said["forks"]:
        click.secho(
            f"  FORK of log {fork['log']}: two signed checkpoints contradict each other; both are kept",
            fg="red",
            bold=True,
        )
        click.echo(fork["first"] + "\n" + fork["second"])


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
        for name, ok, says in results:
            click.echo(
                click.style(" ok  " if ok else "FAIL ", fg="green" if ok else "red", bold=True) + f"{name}: {says}"
            )
    sys.exit(0 if all(ok for _, ok, _ in results) else REFUSED)


def _checked(name: str, check: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return name, True, check()
    except ParleyError as error:
        return name, False, str(error)
    except (OSError, AssertionError) as error:
        return name, False, str(error)


def _checks(home: Home, passphrase_file: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "settings", lambda: f"{home.settings().code}, {len(home.settings().peers)} peers"
    yield "charter", lambda: _charter(home)
    yield "key files", lambda: _permissions(home)
    yield "node key", lambda: _opens(home, passphrase_file)
    yield "store", lambda: _store(home)
    yield "clock", _clock
    yield "disk", lambda: _disk(home)
    yield "lines", lambda: _lines(home)


def _charter(home: Home) -> str:
    needs = founding.missing(home)
    assert not needs, "still missing: " + "; ".join(needs)
    return Mechanism.of(decode_signed(home.charter_file.read_bytes())).digest.hex()


def _permissions(home: Home) -> str:
    for path in home.keys.glob("*.key"):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), f"{path} can be read by others: chmod 600 it"
    kept = founding.root_key_file(home).exists()
    return "only their owner reads them" + ("; root.key is here: keep it offline when it is not needed" if kept else "")


def _opens(home: Home, passphrase_file: Path | None) -> str:
    NodeSecrets.read(home.node_key_file, passphrase(passphrase_file))
    return "opens"


def _store(home: Home) -> str:
    store = open_store(home.database(home.settings()))
    try:
        mechanism = Mechanism.of(decode_signed(home.charter_file.read_bytes()))
        ordinal = mechanism.ordinal(home.settings().code)
        heads = [head for head in store.heads() if head.branch == 0 and head.log % 256 == ordinal]
        own = max(heads, default=None, key=lambda head: head.log)
        agreement = guard(
            HighWaterFile(home.high_water_file).read(),
            own,
            lambda size: store.root_at(own.log, 0, size) if own else None,
        )
        assert agreement is Agreement.AGREES, agreement.value
        return f"{sum(head.size for head in store.heads())} entries; agrees with the high-water file"
    finally:
        store.close()


def _clock() -> str:
    assert time.time() > EARLIEST_SANE_S, "this machine's clock is years off: set it"
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())


def _disk(home: Home) -> str:
    free = shutil.disk_usage(home.path).free
    assert free > LOW_DISK_BYTES, f"only {free >> 20} MiB free: make room"
    return f"{free >> 30} GiB free"


def _lines(home: Home) -> str:
    said = NodeClient(home.settings().api).status()
    down = [f"{peer['code']} ({peer['note'] or peer['line']})" for peer in said["peers"] if peer["line"] != "open"]
    far = [peer["code"] for peer in said["peers"] if peer["clock_warning"]]
    assert not down, "no line to " + ", ".join(down)
    assert not far, "clocks far off: " + ", ".join(far)
    return "all open"


@click.command("audit")
@home_option
@json_option
@told
def audit_command(home_path: Path, as_json: bool) -> None:
    """Check every hash, root, signature and place of this node's copy, from the stored bytes alone."""
    home = home_of(home_path)
    mechanism = Mechanism.of(decode_signed(home.charter_file.read_bytes()))
    store = open_store(home.database(home.settings()))
    total = sum(head.size for head in store.heads() if head.branch == 0)
    with click.progressbar(length=total, label="auditing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        report = audit(store, mechanism, bar.update)
    store.close()
    if as_json:
        answer({"banner": mechanism.banner, "entries": report.entries, "statements": report.statements, "void": report.void,
                "checkpoints": report.checkpoints, "faults": report.faults, "findings": report.findings})  # fmt: skip
    else:
        if mechanism.banner:
            click.secho(mechanism.banner, fg="yellow", bold=True)
        click.echo(
            f"{report.entries} entries, {report.statements} statements ({report.void} void), {report.checkpoints} checkpoints"
        )
        for finding in report.findings:
            click.secho(finding, fg="red")
        click.echo(
            "nothing is wrong with this copy" if not report.faults else f"{report.faults} faults: restore from a peer"
        )
    sys.exit(STORAGE if report.faults else 0)
