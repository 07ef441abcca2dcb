"""The charter: the document that founds a mechanism, and each amendment of it.

Deterministic CBOR map with integer keys: 0 format (1) · 1 version · 2 digest of the charter it amends / null ·
3 digest of the founding charter / null · 4 members ``[[code, name, role, root key, [language, …]], …]`` ·
5 to 17 the terms (see `terms_cbor`). A member's ordinal is its index in 4, for ever.

- The digest is SHA-256 of those bytes. The founding charter's digest names the mechanism for ever.
- Version 1 founds; every later version carries the digest of the charter it amends (see `founding`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from parley.charter import terms_rules
from parley.charter.shapes import array, integer, mapping, octets, text
from parley.charter.terms import (
    DIRECTORY_CHANNEL,
    DIRECTORY_CHANNEL_NAME,
    Channel,
    KindRule,
    Mandate,
    Role,
    Seat,
    Terms,
)
from parley.charter.terms_cbor import OPTIONAL_KEYS, TERMS_KEYS, decode_terms, encode_terms
from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.record.ids import DIGEST_BYTES, MechanismDigest, MemberCode, MemberOrdinal, MemberSet, members, sha256

CHARTER_FORMAT = 1
MAX_CHARTER_BYTES = 48 * 1024
MAX_VERSION = 65535
EXERCISE_BANNER = "SIMULATION: not an act of any state"
FORMAT, VERSION, PREVIOUS, FOUNDING, MEMBERS = range(5)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a founded mechanism: a seat, its ordinal and its root key."""

    ordinal: MemberOrdinal
    code: MemberCode
    name: str
    role: Role
    languages: tuple[str, ...]
    root_key: VerifyKey

    @property
    def seat(self) -> Seat:
        """The member without its key."""
        return Seat(self.code, self.name, self.role, self.languages)


@dataclass(frozen=True, slots=True)
class CharterDraft:
    """What people write: seats and terms, before root keys are known. Its rules have been checked."""

    seats: tuple[Seat, ...]
    terms: Terms


@dataclass(frozen=True)
class Charter:
    """A charter with all its keys. Build it with `founding.found`, `founding.amend` or `decode_charter`, which
    check its rules.

    Attributes:
        version: 1 for the founding charter, higher for each amendment.
        previous: digest of the charter it amends, None in the founding one.
        founding: digest of the founding charter, None in the founding one itself.
        members: by ordinal.
    """

    version: int
    previous: bytes | None
    founding: MechanismDigest | None
    members: tuple[Member, ...]
    terms: Terms

    @cached_property
    def raw(self) -> bytes:
        """Its CBOR bytes: what is signed."""
        return encode_charter(self)

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of `raw`."""
        return sha256(self.raw)

    @cached_property
    def mechanism(self) -> MechanismDigest:
        """The founding charter's digest."""
        return MechanismDigest(self.digest) if self.founding is None else self.founding

    @cached_property
    def everyone(self) -> MemberSet:
        """All members."""
        return members(range(len(self.members)))

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """All channels by index, the built-in channel 0 first."""
        built_in = Channel(
            DIRECTORY_CHANNEL, DIRECTORY_CHANNEL_NAME, DIRECTORY_CHANNEL_NAME, self.everyone, self.everyone, False
        )
        return (built_in, *self.terms.channels)

    @cached_property
    def kinds(self) -> Mapping[str, KindRule]:
        """The kinds that the charter opens, by name; the built-in ones are not among them."""
        return {kind.name: kind for kind in self.terms.kinds}

    @cached_property
    def mandates(self) -> Mapping[str, Mandate]:
        """The mandates by name."""
        return {mandate.name: mandate for mandate in self.terms.mandates}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every language of any member, in alphabetical order."""
        return tuple(sorted({language for member in self.members for language in member.languages}))

    @property
    def banner(self) -> str | None:
        """What every screen, proof and printout opens with; None where acts are real."""
        return EXERCISE_BANNER if self.terms.exercise else None

    @cached_property
    def _by_code(self) -> dict[str, Member]:
        return {member.code: member for member in self.members}

    @cached_property
    def _by_channel_name(self) -> dict[str, Channel]:
        return {channel.name: channel for channel in self.channels}

    def member(self, code: str) -> Member | None:
        """The member of that code."""
        return self._by_code.get(code)

    def channel(self, name: str) -> Channel | None:
        """The channel of that name, the built-in one included."""
        return self._by_channel_name.get(name)

    def sights(self, channel: int, author: int, addressees: int) -> tuple[MemberSet, MemberSet]:
        """(statement sight, content sight) of what `author` says to `addressees` on `channel`.

        An unknown channel is the caller's mistake (IndexError); `admission.judge` tells it as a void.
        """
        rule = self.channels[channel]
        if rule.addressed_only:
            return rule.statement, MemberSet(rule.content & (addressees | 1 << author))
        return rule.statement, rule.content


def encode_charter(charter: Charter) -> bytes:
    """The charter's deterministic CBOR."""
    fields: dict[CborValue, CborValue] = {
        FORMAT: CHARTER_FORMAT,
        VERSION: charter.version,
        PREVIOUS: charter.previous,
        FOUNDING: charter.founding,
        MEMBERS: [
            [one.code, one.name, int(one.role), one.root_key.raw, list(one.languages)] for one in charter.members
        ],
    }
    return cbor.encode(fields | encode_terms(charter.terms))


def decode_charter(raw: bytes) -> Charter:
    """Decode and check a charter; whether it was adopted is told by its signatures or assents.

    Raises:
        BadInput: code ``cbor.*``, ``key.*`` or ``charter.*``, naming the field.
    """
    fields = mapping("charter", cbor.decode(raw, max_bytes=MAX_CHARTER_BYTES, max_depth=8))
    if fields.get(FORMAT) != CHARTER_FORMAT or isinstance(fields[FORMAT], bool):
        raise BadInput("charter.format", "is of a format not understood here", field="format",
                       rule=f"must be {CHARTER_FORMAT}")  # fmt: skip
    if fields.keys() - OPTIONAL_KEYS != TERMS_KEYS | {FORMAT, VERSION, PREVIOUS, FOUNDING, MEMBERS}:
        raise BadInput("cbor.type", "must have the keys 0 to 14, and none beyond 17", field="charter")
    previous, founding = fields[PREVIOUS], fields[FOUNDING]
    version = integer("version", fields[VERSION], least=1, most=MAX_VERSION)
    if (previous is None) != (version == 1) or (founding is None) != (version == 1):
        raise BadInput("charter.value", "breaks a rule", field="previous",
                       rule="version 1 founds; a later one names what it amends and what founded it")  # fmt: skip
    return checked(
        Charter(
            version,
            None if previous is None else octets("previous", previous, count=DIGEST_BYTES),
            None if founding is None else MechanismDigest(octets("founding", founding, count=DIGEST_BYTES)),
            tuple(_member(index, one) for index, one in enumerate(array("members", fields[MEMBERS], most=256))),
            decode_terms(fields),
        )
    )


def checked(charter: Charter) -> Charter:
    """`charter` itself, once it keeps every rule; raises `BadInput` otherwise."""
    terms_rules.check(charter.terms, [member.seat for member in charter.members])
    if not 1 <= charter.version <= MAX_VERSION:
        raise BadInput("charter.value", "is out of bounds", field="version", rule=f"from 1 to {MAX_VERSION}")
    if len({member.root_key.kid for member in charter.members}) != len(charter.members):
        raise BadInput("charter.root-key", "two members have one root key", field="members",
                       rule="each member makes its own")  # fmt: skip
    if len(charter.raw) > MAX_CHARTER_BYTES:
        raise BadInput("charter.oversized", f"{len(charter.raw)} bytes", field="charter",
                       rule=f"at most {MAX_CHARTER_BYTES}")  # fmt: skip
    return charter


def _member(index: int, value: CborValue) -> Member:
    path = f"members[{index}]"
    code, name, role, root_key, languages = array(path, value, count=5)
    return Member(
        MemberOrdinal(index),
        MemberCode(text(f"{path}.code", code)),
        text(f"{path}.name", name),
        Role(integer(f"{path}.role", role, most=max(Role))),
        tuple(text(f"{path}.languages", one) for one in array(f"{path}.languages", languages)),
        VerifyKey.from_bytes(octets(f"{path}.root_key", root_key, count=32)),
    )
