"""The rules a charter's terms and members keep, whatever form they were read from.

`check` raises `BadInput` with code ``charter.value``, ``charter.duplicate``, ``charter.reserved``,
``charter.unknown`` or ``charter.members``, naming the field as a path (``channels[1].content``,
``kinds.message.channels``). Texts are shown on every member's screens, so control characters and bidirectional
overrides, which could make one text read as another, are refused (Unicode UTS 39).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from parley.charter.terms import (
    DIRECTORY_CHANNEL_NAME,
    SECOND_HAND_KINDS,
    Channel,
    Clocks,
    Role,
    Seat,
    Terms,
    is_reserved,
)
from parley.errors import BadInput
from parley.record.ids import MAX_MEMBERS
from parley.record.statement import Precedence

MAX_CHANNELS = 64
MAX_KINDS = 128
MAX_MANDATES = 32
MAX_LISTED = 32
MIN_CORNERS, MAX_CORNERS = 3, 64
MAX_NAME_CHARS = 120
MAX_DESCRIPTION_CHARS = 2000
MAX_CLOCK_MS = 400 * 24 * 3600 * 1000
MAX_QUOTA = 10_000_000
CAPACITY_MANDATES = ("root", "registrar")

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,4}[A-Z]", re.A)
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,23}", re.A)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,23}(\.[a-z][a-z0-9-]{0,23})?", re.A)
_CLOCK = re.compile(r"[a-z][a-z0-9-]{0,23}\.[a-z][a-z0-9-]{0,23}", re.A)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", re.A)
_CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}


def check(terms: Terms, members: Sequence[Seat]) -> None:
    """Refuse terms that break a rule; the first broken rule is told."""
    check_members(members)
    _text("name", terms.name, MAX_NAME_CHARS)
    _text("description", terms.description, MAX_DESCRIPTION_CHARS, may_be_empty=True, lines=True)
    check_channels(terms.channels, len(members))
    _check_mandates(terms)
    _check_kinds(terms)
    _check_clocks(terms.clocks, any(seat.role == Role.FACILITATOR for seat in members))
    for name in ("statements", "flash", "stop"):
        _within(f"quotas.{name}", getattr(terms.quotas, name), 1, MAX_QUOTA)
    _check_levels(terms)
    _count("purposes", len(terms.purposes), MAX_LISTED, least=0)
    for index, purpose in enumerate(terms.purposes):
        _text(f"purposes[{index}]", purpose, MAX_NAME_CHARS)
    _unique("purposes", terms.purposes)
    _check_on_duty(terms)
    _check_emergency(terms)
    if terms.area:
        _count("area.corners", len(terms.area), MAX_CORNERS, least=MIN_CORNERS)
        _unique("area.corners", terms.area)


def check_members(members: Sequence[Seat]) -> None:
    """The part of `check` that the rest of a text refers to by code: told first, it is told where the fault is."""
    if not 2 <= len(members) <= MAX_MEMBERS:
        raise BadInput("charter.members", f"there are {len(members)} members", field="members",
                       rule=f"a mechanism has 2 to {MAX_MEMBERS}")  # fmt: skip
    for index, seat in enumerate(members):
        _match(f"members[{index}].code", seat.code, _CODE, "2 to 6 capitals or digits, a letter first and last")
        _text(f"members[{index}].name", seat.name, MAX_NAME_CHARS)
        _count(f"members[{index}].languages", len(seat.languages), 8)
        for language in seat.languages:
            _match(f"members[{index}].languages", language, _LANGUAGE, "BCP 47 language tags such as ar, he, en")
        _unique(f"members[{index}].languages", seat.languages)
    _unique("members", (seat.code for seat in members))


def check_channels(channels: Sequence[Channel], members: int) -> None:
    """The part of `check` that kinds refer to by name, for a number of members."""
    _count("channels", len(channels), MAX_CHANNELS)
    for index, channel in enumerate(channels):
        _check_channel(f"channels[{index}]", channel, index, members)
    _unique("channels", (channel.name for channel in channels))


def _check_channel(path: str, channel: Channel, index: int, count: int) -> None:
    _match(f"{path}.name", channel.name, _SLUG, "small letters, digits and hyphens")
    _text(f"{path}.title", channel.title, MAX_NAME_CHARS)
    if channel.name == DIRECTORY_CHANNEL_NAME:
        raise _reserved(f"{path}.name", channel.name)
    if channel.index != index + 1:
        raise _value(f"{path}.index", "channels count from 1 in their order")
    if channel.content >> count or channel.statement >> count:
        raise _unknown(f"{path}.content", "names an ordinal that is no member's")
    if channel.content.bit_count() < 2:
        raise _value(f"{path}.content", "a channel has at least two members with content sight")
    if channel.content & ~channel.statement:
        raise _value(f"{path}.statement", "whoever sees the content sees the statement")


def _check_mandates(terms: Terms) -> None:
    _count("mandates", len(terms.mandates), MAX_MANDATES)
    for mandate in terms.mandates:
        path = f"mandates.{mandate.name}"
        _match(path, mandate.name, _SLUG, "small letters, digits and hyphens")
        _text(f"{path}.title", mandate.title, MAX_NAME_CHARS)
        _count(f"{path}.roles", len(mandate.roles), len(Role))
        _unique(f"{path}.roles", mandate.roles)
        if mandate.name in CAPACITY_MANDATES:
            raise _reserved(path, mandate.name)
    _unique("mandates", (mandate.name for mandate in terms.mandates))


def _check_kinds(terms: Terms) -> None:
    _count("kinds", len(terms.kinds), MAX_KINDS)
    mandates = {mandate.name for mandate in terms.mandates}
    for kind in terms.kinds:
        path = f"kinds.{kind.name}"
        _match(path, kind.name, _KIND, "small letters, digits and hyphens, at most one dot")
        if is_reserved(kind.name):
            raise _reserved(path, kind.name)
        _within(f"{path}.version", kind.version, 1, 65535)
        _match(f"{path}.desk", kind.desk, _SLUG, "small letters, digits and hyphens")
        _count(f"{path}.channels", len(kind.channels), MAX_CHANNELS)
        _unique(f"{path}.channels", kind.channels)
        for channel in kind.channels:
            if not 1 <= channel <= len(terms.channels):
                raise _unknown(f"{path}.channels", f"there is no channel {channel}")
        _check_mandates_named(f"{path}.mandates", kind.mandates, mandates)
        _check_mandates_named(f"{path}.countersigned_by", kind.countersigned_by, mandates, least=0)
    _unique("kinds", (kind.name for kind in terms.kinds))


def _check_mandates_named(field: str, names: Sequence[str], known: Collection[str], *, least: int = 1) -> None:
    _count(field, len(names), MAX_MANDATES, least=least)
    _unique(field, names)
    for mandate in names:
        if mandate not in known:
            raise _unknown(field, f"there is no mandate {mandate!r}")


def _check_on_duty(terms: Terms) -> None:
    if terms.on_duty is None:
        return
    known = {mandate.name for mandate in terms.mandates}
    _check_mandates_named("on_duty.mandates", terms.on_duty.mandates, known)
    _check_mandates_named("on_duty.grants", terms.on_duty.grants, known)
    if set(terms.on_duty.mandates) & set(terms.on_duty.grants):
        raise _value("on_duty.grants", "a registrar on duty makes no other")


def _check_emergency(terms: Terms) -> None:
    _count("emergency", len(terms.emergency), MAX_LISTED, least=0)
    known, kinds = {mandate.name for mandate in terms.mandates}, {kind.name: kind for kind in terms.kinds}
    for index, rule in enumerate(terms.emergency):
        path = f"emergency[{index}]"
        _count(f"{path}.kinds", len(rule.kinds), MAX_KINDS)
        _unique(f"{path}.kinds", rule.kinds)
        _check_mandates_named(f"{path}.mandates", rule.mandates, known)
        _check_mandates_named(f"{path}.authority", rule.authority, known)
        for name in rule.kinds:
            if name not in kinds:
                raise _unknown(f"{path}.kinds", f"there is no kind {name!r}")
            if name in SECOND_HAND_KINDS:
                raise _value(f"{path}.kinds", "nothing stands in for a second officer")
            if not set(rule.authority) <= set(kinds[name].mandates):
                raise _value(f"{path}.authority", "mandates that cover the kinds")
            if set(rule.mandates) & set(kinds[name].mandates):
                raise _value(f"{path}.mandates", "mandates that do not cover the kinds")
        _within(f"{path}.tried", rule.tried_ms, 1, MAX_CLOCK_MS)
        _within(f"{path}.confirm", rule.confirm_ms, 1, MAX_CLOCK_MS)
    _unique(
        "emergency", (f"{kind} {name}" for rule in terms.emergency for kind in rule.kinds for name in rule.mandates)
    )


def _check_clocks(clocks: Clocks, facilitated: bool) -> None:
    for precedence in Precedence:
        _within(f"clocks.acknowledge.{precedence.name}", clocks.acknowledge_ms[precedence], 1, MAX_CLOCK_MS)
        if precedence and clocks.acknowledge_ms[precedence] > clocks.acknowledge_ms[precedence - 1]:
            raise _value(f"clocks.acknowledge.{precedence.name}", "a higher precedence has no longer clock")
    _count("clocks.rings.alternates", len(clocks.alternates_ms), MAX_LISTED, least=0)
    last = 0
    for ring in clocks.alternates_ms:
        _within("clocks.rings.alternates", ring, last + 1, MAX_CLOCK_MS)
        last = ring
    if clocks.facilitator_ms is not None:
        _within("clocks.rings.facilitator", clocks.facilitator_ms, last + 1, MAX_CLOCK_MS)
        if not facilitated:
            raise _value("clocks.rings.facilitator", "there is no facilitator to ring")
    _count("clocks.desk", len(clocks.desk_ms), 2 * MAX_LISTED, least=0)
    for name, due_ms in clocks.desk_ms:
        _match(f"clocks.desk.{name}", name, _CLOCK, "a desk and a clock, such as dispute.answer")
        _within(f"clocks.desk.{name}", due_ms, 1, MAX_CLOCK_MS)
    _unique("clocks.desk", (name for name, _ in clocks.desk_ms))


def _check_levels(terms: Terms) -> None:
    _count("levels", len(terms.levels), MAX_LISTED, least=0)
    for index, level in enumerate(terms.levels):
        _match(f"levels[{index}].name", level.name, _SLUG, "small letters, digits and hyphens")
        _text(f"levels[{index}].title", level.title, MAX_NAME_CHARS)
        _within(f"levels[{index}].answer", level.answer_ms, 1, MAX_CLOCK_MS)
    _unique("levels", (level.name for level in terms.levels))


def _text(field: str, value: str, most: int, *, may_be_empty: bool = False, lines: bool = False) -> None:
    if len(value) > most or not (value.strip() or may_be_empty):
        raise _value(field, f"1 to {most} characters")
    if not unicodedata.is_normalized("NFC", value):
        raise _value(field, "text in Unicode normal form NFC")
    for character in value:
        if unicodedata.category(character) in _CONTROLS and character not in _JOINERS:
            if lines and character == "\n":
                continue
            raise _value(field, f"no control or direction characters (U+{ord(character):04X})")


def _match(field: str, value: str, pattern: re.Pattern[str], rule: str) -> None:
    if not pattern.fullmatch(value):
        raise BadInput("charter.value", f"{value!r} is not allowed", field=field, rule=rule)


def _within(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadInput("charter.value", f"{value} is out of bounds", field=field, rule=f"from {least} to {most}")


def _count(field: str, count: int, most: int, *, least: int = 1) -> None:
    if not least <= count <= most:
        raise BadInput("charter.value", f"holds {count}", field=field, rule=f"from {least} to {most}")


def _unique(field: str, values: Iterable[object]) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise BadInput("charter.duplicate", f"{value!s} is named twice", field=field, rule="each once")
        seen.add(value)


def _value(field: str, rule: str) -> BadInput:
    return BadInput("charter.value", "breaks a rule", field=field, rule=rule)


def _unknown(field: str, reason: str) -> BadInput:
    return BadInput("charter.unknown", reason, field=field, rule="name only what the charter defines")


def _reserved(field: str, name: str) -> BadInput:
    return BadInput("charter.reserved", f"{name!r} is built in", field=field, rule="a charter cannot redefine it")
