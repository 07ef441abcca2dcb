"""The canonical bytes of a handover sheet: deterministic CBOR of what it says, under a name of their own.

Both officers sign their SHA-256. Whoever has the bytes can read them with any CBOR reader.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from parley.crypto import cbor
from parley.errors import BadInput
from parley.node.sheets.views import HandoverSheet

NAME = "parley-handover-sheet"


def sheet_bytes(sheet: HandoverSheet) -> bytes:
    """The bytes of a sheet."""
    fields: cbor.CborValue = cast("cbor.CborValue", asdict(sheet))
    return cbor.encode({"name": NAME, "sheet": fields})


def sheet_fields(raw: bytes) -> dict[str, Any]:
    """What the bytes of a sheet say, as `HandoverSheet` names it. They are this node's own, however long the night was.

    Raises:
        BadInput: code ``sheet.form``, or a fault of the CBOR.
    """
    match cbor.decode(raw, max_bytes=len(raw)):
        case {"name": str() as name, "sheet": {**fields}} if name == NAME:
            return {str(key): value for key, value in fields.items()}
    raise BadInput("sheet.form", "is no handover sheet", field="sheet")
