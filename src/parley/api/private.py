"""What this member keeps for itself (see `node.private`): its watch's log, its contacts, its standing orders.

Every officer who is signed on reads and writes them; nobody else does, and nothing of it leaves the node. A change names the
version it changes, as with drafts. The log is added to, and corrected by adding to it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import BaseModel, Field

from parley.api.access import Officer, officer_of
from parley.api.context import Context, Ctx
from parley.api.news import PrivateNews
from parley.api.versions import tag_of, version_in
from parley.errors import BadInput
from parley.node.private import Contact, ContactBody, LogEntry, OrderBody, StandingOrder
from parley.procedure.fields import MAX_MS, REFERENCE

MAX_PAGE = 200
ID_BYTES = 8
MAX_TEXT_CHARS = 4_000

router = APIRouter(prefix="/api/v1/private", tags=["private"], dependencies=[Depends(officer_of)])

Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT_CHARS, pattern=r"\S")]
Label = Annotated[str, Field(max_length=120)]
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$")]
Telephone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ().-]{1,38}[0-9]$")]
Instant = Annotated[int, Field(ge=0, le=MAX_MS)]
IfMatch = Annotated[str | None, Header()]
Thing = TypeVar("Thing", Contact, StandingOrder)


class LogRequest(BaseModel):
    """An entry of the watch's log. `corrects`: number of the entry that it corrects, which stays as it is."""

    text: Text
    language: Tag = "en"
    references: Annotated[list[Annotated[str, Field(pattern=REFERENCE.pattern)]], Field(max_length=16)] = []
    corrects: Annotated[int, Field(ge=1)] | None = None


class ContactRequest(BaseModel):
    """Whom to call. Telephones in the order in which they are tried."""

    name: Name
    position: Label = ""
    body: Label = ""
    telephones: Annotated[list[Telephone], Field(min_length=1, max_length=8)]
    languages: Annotated[list[Tag], Field(max_length=8)] = []
    hours: Label = ""
    note: Annotated[str, Field(max_length=MAX_TEXT_CHARS)] = ""
    language: Tag = "en"


class OrderRequest(BaseModel):
    """A standing order; it stands until it is deleted where no end is given. `given_by`: the position that gave it."""

    text: Text
    language: Tag = "en"
    from_ms: Instant | None = None
    until_ms: Instant | None = None
    given_by: Name


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, latest first; `next`: number to ask for what is before, null where nothing is left."""

    entries: list[LogEntry]
    next: int | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Every contact, latest changed first."""

    contacts: list[Contact]


@dataclass(frozen=True, slots=True)
class Orders:
    """Every standing order, latest changed first."""

    orders: list[StandingOrder]


# ---- the log -------------------------------------------------------------------------------------------------------


@router.get("/log", operation_id="listLog")
async def list_log(
    context: Ctx, before: Annotated[int, Query(ge=1)] | None = None, limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50
) -> LogPage:  # fmt: skip
    """The watch's log, latest first."""
    found = await asyncio.to_thread(context.private.log.page, before=before, limit=limit + 1)
    return LogPage(found[:limit], found[limit - 1].number if len(found) > limit else None)


@router.post("/log", operation_id="addToLog", status_code=201)
async def add_to_log(context: Ctx, officer: Officer, asked: LogRequest) -> LogEntry:
    """Add an entry; none is ever changed."""
    made = await asyncio.to_thread(
        context.private.log.add, context.node.now_ms(), officer.position, asked.text, asked.language, asked.references, asked.corrects
    )  # fmt: skip
    context.tell(PrivateNews("log"))
    return made


# ---- contacts ------------------------------------------------------------------------------------------------------


@router.get("/contacts", operation_id="listContacts")
async def list_contacts(context: Ctx) -> Contacts:
    """Whom this member's watch calls."""
    return Contacts(await asyncio.to_thread(context.private.contacts.all))


@router.post("/contacts", operation_id="addContact", status_code=201)
async def add_contact(context: Ctx, officer: Officer, response: Response, asked: ContactRequest) -> Contact:
    """Keep a contact."""
    contact = Contact(context.random(ID_BYTES).hex(), 1, officer.position, context.node.now_ms(), _contact(asked))
    return _told(context, response, "contacts", await asyncio.to_thread(context.private.contacts.add, contact))


@router.put("/contacts/{id}", operation_id="changeContact")
async def change_contact(
    context: Ctx, response: Response, id: str, asked: ContactRequest, if_match: IfMatch = None
) -> Contact:
    """Replace what a contact says."""
    version, now = version_in(if_match, "contact"), context.node.now_ms()
    changed = await asyncio.to_thread(context.private.contacts.change, id, version, now, _contact(asked))
    return _told(context, response, "contacts", changed)


@router.delete("/contacts/{id}", operation_id="deleteContact", status_code=204)
async def delete_contact(context: Ctx, id: str, if_match: IfMatch = None) -> None:
    """Delete a contact."""
    await asyncio.to_thread(context.private.contacts.remove, id, version_in(if_match, "contact"))
    context.tell(PrivateNews("contacts"))


# ---- standing orders -----------------------------------------------------------------------------------------------


@router.get("/orders", operation_id="listOrders")
async def list_orders(context: Ctx) -> Orders:
    """The standing orders of this member's watch."""
    return Orders(await asyncio.to_thread(context.private.orders.all))


@router.post("/orders", operation_id="addOrder", status_code=201)
async def add_order(context: Ctx, officer: Officer, response: Response, asked: OrderRequest) -> StandingOrder:
    """Keep a standing order."""
    order = StandingOrder(context.random(ID_BYTES).hex(), 1, officer.position, context.node.now_ms(), _order(asked))
    return _told(context, response, "orders", await asyncio.to_thread(context.private.orders.add, order))


@router.put("/orders/{id}", operation_id="changeOrder")
async def change_order(
    context: Ctx, response: Response, id: str, asked: OrderRequest, if_match: IfMatch = None
) -> StandingOrder:
    """Replace what a standing order says."""
    version, now = version_in(if_match, "order"), context.node.now_ms()
    changed = await asyncio.to_thread(context.private.orders.change, id, version, now, _order(asked))
    return _told(context, response, "orders", changed)


@router.delete("/orders/{id}", operation_id="deleteOrder", status_code=204)
async def delete_order(context: Ctx, id: str, if_match: IfMatch = None) -> None:
    """Delete a standing order."""
    await asyncio.to_thread(context.private.orders.remove, id, version_in(if_match, "order"))
    context.tell(PrivateNews("orders"))


def _told(context: Context, response: Response, what: str, thing: Thing) -> Thing:
    context.tell(PrivateNews(what))
    response.headers["ETag"] = tag_of(thing.version)
    return thing


def _contact(asked: ContactRequest) -> ContactBody:
    return ContactBody(**asked.model_dump())


def _order(asked: OrderRequest) -> OrderBody:
    if asked.from_ms is not None and asked.until_ms is not None and asked.from_ms >= asked.until_ms:
        raise BadInput("order.until", "must end after it begins", field="until_ms")
    return OrderBody(**asked.model_dump())
