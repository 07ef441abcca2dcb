"""`parley reopen`: a member's root freezes its log and goes on in a new one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from parley.charter.directory_build import DirectorySigner
from parley.charter.directory_kinds import Reopening
from parley.cli.client import NodeClient
from parley.cli.settings import home_of, home_option, passphrase, passphrase_option, show_banner, told
from parley.errors import Refused
from parley.node import founding
from parley.node.core.folding import fold_directories
from parley.node.core.mechanism import Mechanism
from parley.node.home.cards import Card
from parley.node.home.record import durable_record
from parley.node.home.secrets import NodeSecrets
from parley.record.ids import GENERATION_STEP, LogId, RootHash, TreeSize


@click.command()
@click.option("--reason", required=True, help="Why; every member reads it.")
@click.option("--size", type=int, help="Freeze the log at this size; by default all that is held.")
@click.confirmation_option(prompt="Freeze this member's log for ever, and enrol everybody anew in a new one?")
@home_option
@passphrase_option
@told
def reopen(reason: str, size: int | None, home_path: Path, passphrase_file: Path | None) -> None:
    """Freeze this member's log with its root's signature and go on in a new one.

    The new log begins with this node's certificate; registrars and officers are then enrolled anew. A log is never
    frozen below what another member has seen. Where it was interrupted before the certificate, it goes on from there.
    """
    home = home_of(home_path)
    settings = home.settings()
    client = NodeClient.of(home)
    client.status()
    secret = passphrase(passphrase_file)
    mechanism = Mechanism.of(home.load_charter())
    member = mechanism.charter.member(settings.code)
    if member is None:
        raise Refused("settings.code", f"{settings.code} is no member of this mechanism", field="code")
    with durable_record(home) as store:
        fold_directories(store, mechanism)
        log = mechanism.current_log(member.ordinal)
        begun = mechanism.directory(log).reopening if not mechanism.any_keys(log) else None
        head = next(one for one in store.heads() if one.log == log and one.branch == 0)
        frozen = TreeSize(size if size is not None else head.size)
        root_hash = head.root if frozen == head.size else store.root_at(log, 0, frozen)
    if root_hash is None:
        raise Refused("log.reopen", f"the log does not have {frozen} entries here", field="size")
    root = founding.read_signing_key(founding.root_key_file(home), secret, "root")
    signer = DirectorySigner.root(mechanism.digest, member.code, root)
    now = datetime.now(UTC)
    if begun is not None:
        binding = mechanism.directory(log).binding
        reference, log, frozen = f"{mechanism.log_name(log)} 0", LogId(log - GENERATION_STEP), begun.size
    else:
        said = Reopening(mechanism.origin(log), frozen, RootHash(root_hash), reason)
        reference, digest = client.reopen(*founding.directory_statement(said, signer, now=now, random=os.urandom))
        binding = (digest,)
    card = founding.certify(
        mechanism.charter, member.code, NodeSecrets.read(home.node_key_file, secret), root, now=now, random=os.urandom,
        binding=binding, certificate=mechanism.card_keys(Card.read(home.card_file)).tls_certificate,
    )  # fmt: skip
    client.submit(card.statement, card.content)
    show_banner(mechanism.banner)
    click.echo(f"{mechanism.log_name(log)} is frozen at {frozen}; this member goes on at {reference}")
    click.echo("next: enrol the officers anew with `parley officer add`")
