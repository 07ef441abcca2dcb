"""The one error tree of Parley.

Every fault that a person or a peer can cause is a `ParleyError`: it carries a stable code, the field at
fault, the reason and the rule, so that it can be shown to an officer, logged, or sent as problem details
(RFC 9457) without parsing prose. Programmers' mistakes are ordinary exceptions and crash.

    ParleyError
    ├── BadInput        what was handed in breaks a format or a rule; nothing was recorded
    ├── Refused         well formed, but not allowed here and now (mandate, revoked, quota, frozen)
    ├── Misconfigured   this node's own files or settings
    ├── StorageFault    the disk or database did not do what it must
    └── LinkFault       a peer or the line to it
"""

from __future__ import annotations


class ParleyError(Exception):
    """Base of all operating faults.

    Attributes:
        code: stable dotted identifier, e.g. ``cbor.trailing-bytes``.
        reason: one sentence saying what is wrong, for an officer or administrator.
        field: name of the field at fault, or None.
        rule: the rule that was broken, or what to do about it, or None.
    """

    def __init__(self, code: str, reason: str, *, field: str | None = None, rule: str | None = None) -> None:
        super().__init__(code, reason, field, rule)
        self.code = code
        self.reason = reason
        self.field = field
        self.rule = rule

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        rule = f" ({self.rule})" if self.rule else ""
        return f"{where}{self.reason}{rule} [{self.code}]"

    def as_dict(self) -> dict[str, str | None]:
        """The wire shape of an error: code, field, reason, rule."""
        return {"code": self.code, "field": self.field, "reason": self.reason, "rule": self.rule}


class BadInput(ParleyError):
    """What was handed in breaks a format or a rule."""


class Refused(ParleyError):
    """Well formed, but not allowed here and now."""


class Misconfigured(ParleyError):
    """This node's own files or settings are wrong."""


class StorageFault(ParleyError):
    """The disk or database did not do what it must."""


class LinkFault(ParleyError):
    """A peer, or the line to it, broke a rule."""
