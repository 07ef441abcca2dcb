"""Contacts: whom this member's watch calls, at which numbers, when, and in which languages."""

from __future__ import annotations

from dataclasses import dataclass

from parley.node.private.versioned import table_of

MAX_CONTACTS = 2_000
TABLE = table_of("contacts")


@dataclass(frozen=True, slots=True)
class ContactBody:
    """Whom to call.

    Attributes:
        position: what the person or office does.
        body: code of a member, or the name of a body outside the mechanism.
        telephones: in the order in which they are tried.
        languages: BCP 47.
        hours: when somebody answers, in words.
        language: of the words above (BCP 47).
    """

    name: str
    position: str
    body: str
    telephones: list[str]
    languages: list[str]
    hours: str
    note: str
    language: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact, as of its version."""

    id: str
    version: int
    author: str
    updated_ms: int
    body: ContactBody
