"""Views: what is held, in the shape people and scripts read. They say no more than the record proves."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from parley.errors import BadInput
from parley.procedure.references import letter_at
from parley.record.content import decode_content
from parley.record.entry import decode_entry
from parley.record.ids import ordinals
from parley.record.order import is_final, order_key
from parley.record.rows import EntryRow, Place
from parley.record.statement import Precedence, parse_statement

if TYPE_CHECKING:
    from parley.node.core.core import NodeCore
    from parley.node.pages import Page


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One member's own log names the statement, at `reference`, by its own clock `at_ms`."""

    holder: str
    reference: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry.

    Attributes:
        letter: by which a misheard reference is noticed (see `procedure.references`).
        standing: ``final``, ``provisional``, or ``fork`` for the side of a fork, which moves no case.
        sight: why the statement is not shown, where it is not.
        void: why it moves nothing, or None.
        content: its fields, as far as this member has sight.
    """

    reference: str
    letter: str
    log: str
    seq: int
    at_ms: int
    clock: int
    standing: str
    receipt: bool
    author: str | None
    kind: str | None
    precedence: str | None
    addressees: list[str]
    case: str | None
    void: str | None
    sight: str | None
    content: dict[str, object] | None
    receipts: list[ReceiptView]

    def fields(self) -> dict[str, Any]:
        """Its fields as they are."""
        return {one.name: getattr(self, one.name) for one in fields(EntryView)}


def page_views(core: NodeCore, page: Page) -> list[EntryView]:
    """The entries of a page as people read them."""
    return [entry_view(core, row) for row in page.rows]


def entry_view(core: NodeCore, row: EntryRow) -> EntryView:
    """One row as people read it."""
    mechanism = core.mechanism
    place = Place(row.log, row.branch, row.seq)
    void = next(
        (f"{one.reason} [{one.code}]" for one in core.reader.voids(row.log, row.branch, row.seq, row.seq + 1)), None
    )
    view = EntryView(
        reference=mechanism.reference(place), letter=letter_at(place.log, place.seq), log=mechanism.log_name(row.log), seq=row.seq, at_ms=row.at_ms,
        clock=row.clock, standing=_standing(core, row), receipt=_is_receipt(row), author=None, kind=None,
        precedence=None, addressees=[], case=None, void=void, sight=None, content=None, receipts=receipt_views(core, place),
    )  # fmt: skip
    if row.statement is None:
        return _with(
            view,
            sight=None if view.receipt or row.seq == 0 else "this member has no sight of it, or it has not arrived",
        )
    try:
        fields = parse_statement(row.statement).fields
        content = decode_content(row.content) if row.content is not None else None
    except BadInput as error:
        return _with(view, void=view.void or str(error))
    return _with(
        view, author=fields.issuer, kind=fields.kind, precedence=Precedence(fields.precedence).name, case=fields.case,
        addressees=[mechanism.code(one) for one in ordinals(fields.addressees) if one in mechanism.ordinals],
        sight=None if content is not None else "content withheld from this member, or not arrived", content=_plain(content),
    )  # fmt: skip


def receipt_views(core: NodeCore, place: Place) -> list[ReceiptView]:
    """Who holds what stands at `place`, by their own logs; the earliest receipt of each holder."""
    earliest: dict[int, ReceiptView] = {}
    for row in sorted(
        core.reader.receipts_for(place.log, place.seq, place.seq + 1), key=lambda row: (row.holder, row.seq)
    ):
        reference = core.mechanism.reference(Place(row.holder_log, 0, row.seq))
        earliest.setdefault(row.holder, ReceiptView(core.mechanism.code(row.holder), reference, row.at_ms))
    return list(earliest.values())


def _standing(core: NodeCore, row: EntryRow) -> str:
    if row.branch:
        return "fork"
    logs = {ordinal: core.mechanism.current_log(ordinal) for ordinal in core.mechanism.ordinals}
    latest = {ordinal: core.record.primary(log).clock for ordinal, log in logs.items()}
    return "final" if is_final(order_key(row.clock, row.log), latest, core.mechanism.ordinals) else "provisional"


def _is_receipt(row: EntryRow) -> bool:
    try:
        return decode_entry(row.raw).is_receipt
    except BadInput:
        return False


def _with(view: EntryView, **changed: object) -> EntryView:
    return replace(view, **changed)  # type: ignore[arg-type]


def _plain(content: object) -> dict[str, object] | None:
    if not isinstance(content, dict):
        return None
    return {str(name): _jsonable(value) for name, value in content.items()}


def _jsonable(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(name): _jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    return value
