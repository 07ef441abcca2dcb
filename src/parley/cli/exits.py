"""Exit codes, the same for every command."""

from __future__ import annotations

from parley.errors import BadInput, LinkFault, Misconfigured, ParleyError, Refused, StorageFault

OK = 0
REFUSED = 1  # refused, bad input, or not proven
USAGE = 2  # the command line itself (click)
VOID = 3  # proven to be recorded, but void
UNREACHABLE = 4  # the node does not answer
MISCONFIGURED = 5
STORAGE = 6  # the store failed, or the audit found faults

_CODES: tuple[tuple[type[ParleyError], int], ...] = (
    (LinkFault, UNREACHABLE), (Misconfigured, MISCONFIGURED), (StorageFault, STORAGE), (Refused, REFUSED), (BadInput, REFUSED),
)  # fmt: skip


def exit_code(error: ParleyError) -> int:
    """The exit code that `error` gives."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), REFUSED)
