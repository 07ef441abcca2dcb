"""Card: what one node gives the others so that they know it: its keys, certified by its member's root.

A card holds the root-signed `directory.node` statement and its content. It is public. It can only be made once the
mechanism has its digest, since the statement is bound to it.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path

from parley.errors import Misconfigured
from parley.record.ids import StatementDigest
from parley.record.statement import parse_statement

CARD_FORMAT = "parley-card/1"
MAX_CARD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Card:
    """See the module. `statement` and `content` are as they stand in the member's log."""

    code: str
    statement: bytes
    content: bytes

    def to_text(self) -> str:
        """The file's text."""
        fields = {
            "format": CARD_FORMAT,
            "code": self.code,
            "statement": base64.b64encode(self.statement).decode("ascii"),
            "content": base64.b64encode(self.content).decode("ascii"),
        }
        return json.dumps(fields, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Card:
        """The inverse of `to_text`.

        Raises:
            Misconfigured: code ``card.malformed``.
        """
        try:
            fields = json.loads(text) if len(text) <= MAX_CARD_BYTES else None
            match fields:
                case {
                    "format": "parley-card/1",
                    "code": str() as code,
                    "statement": str() as statement,
                    "content": str() as content,
                }:
                    return cls(
                        code, base64.b64decode(statement, validate=True), base64.b64decode(content, validate=True)
                    )
        except (json.JSONDecodeError, binascii.Error):
            pass
        raise Misconfigured(
            "card.malformed", "is not a node card", field="card", rule="ask that member for its card again"
        )

    @classmethod
    def read(cls, path: Path) -> Card:
        """Read a card file.

        Raises:
            Misconfigured: it is not there or not a card.
        """
        try:
            return cls.from_text(path.read_text("ascii"))
        except (FileNotFoundError, UnicodeDecodeError):
            raise Misconfigured("card.missing", f"{path} is not there or not a card", field="card") from None

    def fits(self, binding: tuple[StatementDigest, ...]) -> bool:
        """Whether it was certified for the log whose `Directory.binding` that is.

        Raises:
            BadInput: it holds no statement.
        """
        return parse_statement(self.statement).fields.replies_to == binding

    def write(self, path: Path) -> None:
        """Write the card file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.to_text(), "ascii")
