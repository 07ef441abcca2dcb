"""Options that many commands share, and how faults are told."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from parley.cli.exits import exit_code
from parley.errors import Misconfigured, ParleyError
from parley.node.home.home import Home
from parley.proof.words import printable

F = TypeVar("F", bound=Callable[..., Any])

home_option = click.option(
    "--home", "home_path", type=click.Path(path_type=Path, file_okay=False), default=Path("parley-node"),
    envvar="PARLEY_HOME", show_default=True, show_envvar=True, help="Directory of this node.",
)  # fmt: skip
passphrase_option = click.option(
    "--passphrase-file", type=click.Path(path_type=Path, dir_okay=False), envvar="PARLEY_PASSPHRASE_FILE",
    show_envvar=True, help="File whose first line opens the key files; asked for on the terminal without it.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")


def told(command: F) -> F:
    """Turn a `ParleyError` into a sentence on standard error and an exit code that means something."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ParleyError as error:
            where = f"{printable(error.field)}: " if error.field else ""
            click.echo(click.style("refused: ", fg="red", bold=True) + f"{where}{_lines(error.reason)}", err=True)
            if error.rule:
                click.echo(f"  {_lines(error.rule)}", err=True)
            click.echo(f"  [{printable(error.code)}]", err=True)
            sys.exit(exit_code(error))

    return run  # type: ignore[return-value]


def _lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def home_of(path: Path) -> Home:
    """The node's home."""
    return Home(path.resolve())


def passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """The passphrase, from a file or from the terminal.

    Raises:
        Misconfigured: there is neither.
    """
    if file is not None:
        try:
            return file.read_text("utf-8").split("\n", 1)[0]
        except OSError as error:
            raise Misconfigured(
                "passphrase.file", f"{file} cannot be read: {error.strerror}", field="passphrase-file"
            ) from None
    if not sys.stdin.isatty():
        raise Misconfigured(
            "passphrase.missing", "no passphrase", rule="name a file by --passphrase-file or PARLEY_PASSPHRASE_FILE"
        )
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))


def show_banner(banner: str | None) -> None:
    """In an exercise, the first line of every screen."""
    if banner:
        click.secho(banner, fg="yellow", bold=True)


def answer(value: object) -> None:
    """Print `value` as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def answer_line(value: object) -> None:
    """Print `value` as JSON on one line, at once: for commands that tell more than one thing."""
    click.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()


def random_bytes(count: int) -> bytes:
    """Randomness for keys, nonces and salts."""
    return os.urandom(count)
