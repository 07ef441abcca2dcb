"""The root command."""

from __future__ import annotations

import click

from parley import __version__
from parley.cli.casework import case, cases, now
from parley.cli.demo import demo
from parley.cli.doctor import doctor
from parley.cli.drills import drill
from parley.cli.exporting import export
from parley.cli.founding import charter, init
from parley.cli.mapping import map_
from parley.cli.node import audit_command, serve, status
from parley.cli.officers import officer
from parley.cli.reading import read
from parley.cli.rebuild import rebuild
from parley.cli.record import log, proof, show, verify_command
from parley.cli.reopening import reopen
from parley.cli.search import search
from parley.cli.sending import send
from parley.cli.sheets import sheet


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="parley")
def main() -> None:
    """Parley: a dedicated communication cell between sovereign members.

    Every member runs its own node and keeps its own complete, provable copy of the record.

    Exit codes: 0 done or proven; 1 refused or not proven; 2 wrong usage; 3 recorded but void; 4 the node does not
    answer; 5 wrong settings or files; 6 the store failed or the audit found faults.
    """


for command in (
    init,
    charter,
    officer,
    serve,
    status,
    send,
    log,
    search,
    show,
    cases,
    case,
    now,
    read,
    sheet,
    export,
    map_,
    proof,
    verify_command,
    doctor,
    drill,
    audit_command,
    rebuild,
    reopen,
    demo,
):
    main.add_command(command)
