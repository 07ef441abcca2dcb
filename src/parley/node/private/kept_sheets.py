"""Sheets as they were made: their canonical bytes, under the SHA-256 that a handover's statement bears."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, delete, select

from parley.errors import Refused
from parley.node.private.file import PrivateFile, metadata

MAX_SHEETS = 1_000
MAX_SHEET_BYTES = 4 << 20

_sheets = Table(
    "sheets", metadata,
    Column("digest", String, primary_key=True), Column("made_ms", BigInteger, nullable=False, index=True),
    Column("by", String, nullable=False), Column("to", String, nullable=False), Column("raw", LargeBinary, nullable=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet in short.

    Attributes:
        digest: SHA-256 of its bytes, in hex.
        by: position that had it made.
        to: position that is to take the watch over.
    """

    digest: str
    made_ms: int
    by: str
    to: str


class KeptSheets:
    """See the module. The oldest go where there would be more than `most`."""

    def __init__(self, file: PrivateFile, most: int = MAX_SHEETS) -> None:
        self._file = file
        self._most = most

    def keep(self, raw: bytes, made_ms: int, by: str, to: str) -> KeptSheet:
        """Keep a sheet as it is.

        Raises:
            Refused: ``sheet.oversized``.
        """
        if len(raw) > MAX_SHEET_BYTES:
            raise Refused("sheet.oversized", f"the sheet is more than {MAX_SHEET_BYTES} bytes", field="sheet")
        kept = KeptSheet(hashlib.sha256(raw).hexdigest(), made_ms, by, to)
        row = {"digest": kept.digest, "made_ms": made_ms, "by": by, "to": to, "raw": raw}
        oldest = select(_sheets.c.digest).order_by(_sheets.c.made_ms.desc(), _sheets.c.digest).offset(self._most)
        with self._file.removal() as connection:
            connection.execute(_sheets.insert().prefix_with("OR IGNORE").values(row))
            connection.execute(delete(_sheets).where(_sheets.c.digest.in_(oldest)))
        return kept

    def list(self, limit: int) -> list[KeptSheet]:
        """The last ones, latest first."""
        columns = (_sheets.c.digest, _sheets.c.made_ms, _sheets.c.by, _sheets.c.to)
        query = select(*columns).order_by(_sheets.c.made_ms.desc(), _sheets.c.digest).limit(limit)
        with self._file.transaction() as connection:
            return [KeptSheet(*row) for row in connection.execute(query)]

    def read(self, digest: str) -> tuple[KeptSheet, bytes]:
        """A sheet and its bytes.

        Raises:
            Refused: ``sheet.unknown``.
        """
        with self._file.transaction() as connection:
            row = connection.execute(select(_sheets).where(_sheets.c.digest == digest)).first()
        if row is None:
            raise Refused("sheet.unknown", "no sheet of that digest is kept here", field="digest")
        return KeptSheet(row.digest, row.made_ms, row.by, row.to), bytes(row.raw)
