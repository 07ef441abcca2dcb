"""`parley serve`, `status`, `audit`: the node itself."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import click

from parley.api.server import serve as serve_node
from parley.cli.client import NodeClient
from parley.cli.exits import STORAGE, exit_code
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
from parley.errors import ParleyError
from parley.node.audit import AuditReport, audit
from parley.node.core.mechanism import Mechanism
from parley.node.home.home import Home
from parley.node.home.record import durable_record
from parley.node.home.secrets import NodeSecrets
from parley.node.loop import run
from parley.node.runtime import Node
from parley.proof.words import printable


@click.command()
@click.option("--drill", is_flag=True, help="Let the API cut and restore lines; for demonstrations only.")
@click.option("--until-eof", is_flag=True, help="Stop as well when standard input ends.")
@home_option
@passphrase_option
@told
def serve(drill: bool, until_eof: bool, home_path: Path, passphrase_file: Path | None) -> None:
    """Run this member's node until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    home = home_of(home_path)
    secrets = NodeSecrets.read(home.node_key_file, passphrase(passphrase_file))
    fault = run(_serve(home, secrets, drill=drill, until_eof=until_eof))
    if fault is not None:
        click.echo(f"stopped: {fault}", err=True)
        sys.exit(exit_code(fault) if isinstance(fault, ParleyError) else STORAGE)


async def _serve(home: Home, secrets: NodeSecrets, *, drill: bool, until_eof: bool) -> BaseException | None:
    node = Node(home, secrets)
    show_banner(node.mechanism.banner)
    host, port = node.settings.api
    click.echo(f"node of {node.settings.code}; its page: http://{host}:{port}/")
    return await serve_node(node, drill=drill, until_eof=until_eof)


@click.command()
@home_option
@json_option
@told
def status(home_path: Path, as_json: bool) -> None:
    """What the running node knows of itself, of the lines and of the logs."""
    said = NodeClient.of(home_of(home_path)).status()
    if as_json:
        answer(said)
        return
    _show_status(said)


def _show_status(said: dict[str, Any]) -> None:
    show_banner(said["banner"])
    click.echo(f"{said['code']} in {printable(said['name'])} ({said['mechanism'][:16]}…)")
    if not said["signing"]:
        click.secho(f"not signing: {said['signing_note']}; {said['queued']} queued", fg="red", bold=True)
    for peer in said["peers"]:
        up = peer["line"] == "open"
        clock = "" if peer["offset_ms"] is None else f", clock {peer['offset_ms']:+d} ms"
        warning = click.style(" CLOCK FAR OFF", fg="red", bold=True) if peer["clock_warning"] else ""
        note = "" if up or not peer["note"] else f" ({printable(peer['note'])})"
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
    if said["tak"] is not None:
        click.echo(f"  TAK screens at {_tak_line(said['tak'])}")
    for fork in said["forks"]:
        click.secho(
            f"  FORK of log {fork['log']}: two signed checkpoints contradict each other; both are kept",
            fg="red",
            bold=True,
        )
        click.echo("\n".join(printable(line) for one in (fork["first"], fork["second"]) for line in one.splitlines()))


def _tak_line(tak: dict[str, Any]) -> str:
    if not tak["on"]:
        return f"{tak['address']}: nothing is sent; no tak-on of this member is in force"
    if tak["fault"] is not None:
        return f"{tak['address']}: " + click.style(
            f"switched on, but not reached ({printable(tak['fault'])})", fg="red"
        )
    return f"{tak['address']}: switched on"


@click.command("audit")
@home_option
@json_option
@told
def audit_command(home_path: Path, as_json: bool) -> None:
    """Check every hash, root, signature and place of this node's copy, from the stored bytes alone."""
    home = home_of(home_path)
    mechanism = Mechanism.of(home.load_charter())
    with durable_record(home) as store:
        total = sum(head.size for head in store.heads() if head.branch == 0)
        with click.progressbar(length=total, label="auditing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            report = audit(store, mechanism, bar.update)
    if as_json:
        answer({"banner": mechanism.banner, "entries": report.entries, "statements": report.statements, "void": report.void,
                "checkpoints": report.checkpoints, "uncovered": report.uncovered, "faults": report.faults,
                "findings": report.findings})  # fmt: skip
    else:
        show_banner(mechanism.banner)
        _show_audit(report)
    sys.exit(STORAGE if report.faults else 0)


def _show_audit(report: AuditReport) -> None:
    click.echo(
        f"{report.entries} entries, {report.statements} statements ({report.void} void), {report.checkpoints} checkpoints"
    )
    for log, count in report.uncovered.items():
        click.echo(f"no signed checkpoint held here covers the last {count} entries of {log} yet")
    for finding in report.findings:
        click.secho(printable(finding), fg="red")
    wrong = f"{report.faults} faults: restore from a peer"
    click.echo(wrong if report.faults else "nothing is wrong with this copy")
