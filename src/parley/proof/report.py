"""Report: what verifying a proof file came to, as data. Sentences are made of it in `words`.

- A finding is a stable code and fields; no sentence is kept in it, so that every language renders the same findings.
- Three lists: what is *proven*, what is *not proven or cannot be told*, and what *failed*. Where anything failed,
  nothing is proven: a file that is wrong in one place is not relied on in another.
- A statement that is recorded but void is a verdict of its own; it moves nothing, and who says otherwise errs.
- Fields are text, integers or lists of text. Names ending in ``_ms`` and ``_s`` are Unix times in those units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from parley.crypto.cbor import CborValue
from parley.errors import BadInput, ParleyError

FieldValue: TypeAlias = str | int | list[str]
JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"


class Verdict(Enum):
    """What a file comes to. Its value is the stable word used in JSON."""

    PROVEN = "proven"
    VOID = "recorded-but-void"
    NOT_PROVEN = "not-proven"

    @property
    def exit_code(self) -> int:
        """For scripts: 0 only where a statement that counts is proven."""
        return _EXIT_CODES[self]


_EXIT_CODES = {Verdict.PROVEN: 0, Verdict.NOT_PROVEN: 1, Verdict.VOID: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `code` names the sentence, `fields` fill it."""

    code: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)

    def as_dict(self) -> dict[str, JsonValue]:
        """Code and fields, for JSON."""
        fields: dict[str, JsonValue] = {name: _json(value) for name, value in sorted(self.fields.items())}
        return {"code": self.code, "fields": fields}


class Unproven(BadInput):
    """A check of a proof file that failed; `finding` says which."""

    def __init__(self, code: str, **fields: FieldValue) -> None:
        super().__init__(code, "the proof file does not show what it must")
        self.finding = Finding(code, fields)

    @classmethod
    def because(cls, code: str, fault: ParleyError, **fields: FieldValue) -> Unproven:
        """A failed check that another room's refusal explains."""
        where = f"{fault.field}: " if fault.field else ""
        return cls(code, fault=fault.code, reason=f"{where}{fault.reason}", **fields)


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What `verify` found.

    Attributes:
        banner: the first line of every rendering, where the charter in the file is that of an exercise.
        mechanism: digest of the founding charter in hex, "" where the file holds none that can be read.
        reference: the place the file is about, such as ``SYR 42``; "" where it cannot be told.
        content: the statement's content where the file holds it and it is readable, by field.
    """

    verdict: Verdict
    banner: str | None = None
    mechanism: str = ""
    reference: str = ""
    proven: tuple[Finding, ...] = ()
    untold: tuple[Finding, ...] = ()
    failed: tuple[Finding, ...] = ()
    content: Mapping[str, CborValue] | None = None

    @property
    def exit_code(self) -> int:
        """That of the verdict."""
        return self.verdict.exit_code

    def as_dict(self) -> dict[str, JsonValue]:
        """The report for JSON: always these keys, in this order; byte strings in hex."""
        return {
            "banner": self.banner,
            "verdict": self.verdict.value,
            "mechanism": self.mechanism,
            "reference": self.reference,
            "proven": [finding.as_dict() for finding in self.proven],
            "cannot_be_told": [finding.as_dict() for finding in self.untold],
            "failed": [finding.as_dict() for finding in self.failed],
            "content": None if self.content is None else {name: _json(self.content[name]) for name in self.content},
        }


def _json(value: CborValue) -> JsonValue:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {name.hex() if isinstance(name, bytes) else str(name): _json(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    return [_json(item) for item in value]
